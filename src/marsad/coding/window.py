"""What is told round two parties: the words near them with the parties masked, and features a linear model reads."""

import zlib
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from marsad.coding.acts import type_scores
from marsad.coding.sentence import Sentence
from marsad.domain.words import EventType
from marsad.language.script import fold

TYPES = tuple(event_type.value for event_type in EventType)
N_BUCKETS = 1 << 15  # of the hashed pieces of words
_REACH = 8  # words kept before the first and behind the last party
_PIECES = (3, 4, 5)  # letters
_MASK_SOURCE, _MASK_TARGET = "A", "B"

Span = tuple[int, int]


def masked(sentence: Sentence, source: Span | None, target: Span | None) -> str:
    """Return the words round a pair as written, its parties replaced by A and B.

    Names are masked so that what is learnt is the act, not who is known for it.

    Args:
        sentence: laid open.
        source: offsets of the source in the report's text; None if unnamed.
        target: of the target.
    """
    spans = sorted((span, mask) for span, mask in ((source, _MASK_SOURCE), (target, _MASK_TARGET)) if span is not None)
    tokens = sentence.tokens
    within = [
        at for at, token in enumerate(tokens) for (low, high), _ in spans if token.start < high and token.end > low
    ]
    if not within:
        return sentence.text
    start = tokens[max(0, within[0] - _REACH)].start
    end = tokens[min(len(tokens) - 1, max(within) + _REACH)].end
    parts, at = [], min(start, spans[0][0][0])
    for (low, high), mask in spans:
        parts += [_slice(sentence, at, low), mask]
        at = high
    return "".join([*parts, _slice(sentence, at, end)])


def _slice(sentence: Sentence, low: int, high: int) -> str:
    return sentence.text[max(0, low - sentence.start) : max(0, high - sentence.start)]


def buckets(window: str) -> NDArray[np.intp]:
    """Return the hashed pieces of a window, each once: whole words, neighbours, and parts of three to five letters.

    >>> len(buckets("A met B")), len(buckets(""))
    (9, 0)
    """
    words = [word for part in fold(window).split() if (word := part.strip('.,:;"()[]?!،؛؟'))]
    pieces = {f"{first} {second}" for first, second in pairwise(words)}
    for word in set(words) - {"a", "b"}:
        edged = f"^{word}$"
        pieces.add(f"w{edged}")
        pieces.update(edged[at : at + n] for n in _PIECES for at in range(len(edged) - n + 1))
    return np.array(sorted({zlib.crc32(piece.encode()) % N_BUCKETS for piece in pieces}), dtype=np.intp)


def lexical_scores(sentence: Sentence, near: Sequence[int]) -> NDArray[np.float32]:
    """Return what the lexicon says of each of the sixteen types, in the order of :data:`TYPES`."""
    scores = type_scores(sentence, near)
    return np.array([scores.get(name, 0.0) for name in TYPES], dtype=np.float32)
