"""Text cut into the pieces of words a transformer reads, with the place of each piece in the text.

A unigram model (Kudo 2018, "Subword Regularization"): of all ways to cut a text into known pieces, the one whose pieces
are together the likeliest.
"""

import unicodedata
from collections.abc import Sequence

import ahocorasick

from marsad.coding.window import Span

SPACE = "\u2581"  # stands for the space before a word, as in the vocabularies of SentencePiece
START, END, UNKNOWN = 0, 1, 2  # ids that are no pieces
FIRST_ID = 3
_ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_PENALTY = 10.0  # of a letter that no piece holds, below the least likely piece


class Pieces:
    """The pieces of a vocabulary; ids count from :data:`FIRST_ID` in the order given.

    Args:
        words: the pieces, :data:`SPACE` for a space.
        scores: logarithm of each one's probability.

    >>> pieces = Pieces(["\u2581Iran", "\u2581met", "\u2581m", "et"], [-5.0, -6.0, -4.0, -4.0])
    >>> pieces.cut("Iran met")
    ([3, 4], [(0, 4), (5, 8)])
    """

    def __init__(self, words: Sequence[str], scores: Sequence[float]) -> None:
        self._known = ahocorasick.Automaton()
        for at, (word, score) in enumerate(zip(words, scores, strict=True)):
            self._known.add_word(word, (len(word), FIRST_ID + at, score))
        self._known.make_automaton()
        self._unknown = min(scores) - _PENALTY

    def cut(self, text: str) -> tuple[list[int], list[Span]]:
        """Return the ids of a text's pieces in order, and the offsets of each in the text."""
        letters, places = _letters(text)
        n = len(letters)
        best = [0.0] + [float("-inf")] * n
        before, ids = [0] * (n + 1), [UNKNOWN] * (n + 1)
        reached = 0
        for last, (length, known, score) in self._known.iter(letters):
            while reached < last:  # letters that no piece ends at
                reached += 1
                self._skip(best, before, ids, reached)
            first, behind = last + 1 - length, last + 1
            if best[first] + score > best[behind]:
                best[behind], before[behind], ids[behind] = best[first] + score, first, known
        while reached < n:
            reached += 1
            self._skip(best, before, ids, reached)
        return _backwards(letters, places, before, ids)

    def _skip(self, best: list[float], before: list[int], ids: list[int], behind: int) -> None:
        if best[behind - 1] + self._unknown > best[behind]:
            best[behind], before[behind], ids[behind] = best[behind - 1] + self._unknown, behind - 1, UNKNOWN


def _letters(text: str) -> tuple[str, list[int]]:
    """Return a text as the vocabulary writes it, and each letter's offset in the text."""
    letters, places = [SPACE], [0]
    for at, written in enumerate(text):
        for letter in " " if written in _ZERO_WIDTH else unicodedata.normalize("NFKC", written):
            if not letter.isspace():
                letters.append(letter)
                places.append(at)
            elif letters[-1] != SPACE:
                letters.append(SPACE)
                places.append(at)
    return "".join(letters), places


def _backwards(
    letters: str, places: Sequence[int], before: Sequence[int], ids: Sequence[int]
) -> tuple[list[int], list[Span]]:
    cut: list[int] = []
    spans: list[Span] = []
    behind = len(letters)
    while behind > 0:
        first = before[behind]
        cut.append(ids[behind])
        is_spaced = letters[first] == SPACE and behind - first > 1
        spans.append((places[first + is_spaced], places[behind - 1] + 1))
        behind = first
    return cut[::-1], spans[::-1]
