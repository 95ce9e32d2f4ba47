"""Word lists by language, found in one pass.

Each `lexicon/<language>.toml` holds the same keys; a value is a list of phrases. A phrase matches whole words, in any
spelling that folds alike; `(a|b)` in it stands for either. `*` at the end of a phrase takes any ending of its last
word; Arabic particles written onto a word (و ف ب ل ك ال) may precede its first.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any, NamedTuple

from marsad.domain.words import Language
from marsad.language.script import fold, fold_aligned

_CLITICS = {
    Language.AR: re.compile(r"[وف]?(?:[بکل]?(?:ال)?|لل|س)"),
    Language.FA: re.compile(""),
    Language.PS: re.compile(""),
    Language.RU: re.compile(""),
    Language.EN: re.compile(""),
}
_WORD_TAIL = re.compile(r"\w*")
_WORD_HEAD = re.compile(r"\w*$")


class Hit(NamedTuple):
    """A phrase of a word list, where it stands in the raw text."""

    start: int
    end: int
    phrase: str


@cache
def word_lists(language: Language) -> dict[str, Any]:
    """Return the word lists of a language by key, as written.

    >>> word_lists(Language.EN)["likelihood"][0]
    'likely'
    """
    raw = tomllib.loads(files("marsad.check").joinpath(f"lexicon/{language}.toml").read_text("utf-8"))
    return {key: _written_out(value) for key, value in raw.items()}


def _written_out(value: Any) -> Any:
    """Write out the alternatives of every phrase."""
    if isinstance(value, dict):
        return {key: _written_out(inner) for key, inner in value.items()}
    return list(dict.fromkeys(phrase for pattern in value for phrase in _phrases_of(pattern)))


def _phrases_of(pattern: str) -> Iterator[str]:
    """Yield what a phrase with alternatives stands for.

    >>> list(_phrases_of("(now|has come to) (see|regard)"))
    ['now see', 'now regard', 'has come to see', 'has come to regard']
    """
    parts = [part.split("|") for part in re.split(r"[()]", pattern)]
    for chosen in product(*parts):
        yield " ".join("".join(chosen).split())


@cache
def phrases(key: str, language: Language) -> tuple[str, ...]:
    """Return one list, folded, in its order."""
    return tuple(fold(phrase) for phrase in word_lists(language)[key])


def _flat(lists: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield (dotted key, phrase), nested tables included."""
    for key, value in lists.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield from ((f"{prefix}{key}", phrase) for phrase in value)


@cache
def _automaton(language: Language) -> Any:
    import ahocorasick

    entries: dict[str, list[tuple[str, bool, str]]] = {}
    for key, phrase in _flat(word_lists(language)):
        folded, meaning = fold(phrase.removesuffix("*")), (key, phrase.endswith("*"), phrase)
        entries.setdefault(folded, []).append(meaning)
        if language is Language.AR and folded.startswith("ال"):  # with «ل» the article is written «لل»
            entries.setdefault("لل" + folded[2:], []).append(meaning)
    automaton = ahocorasick.Automaton()
    for folded, meanings in entries.items():
        automaton.add_word(folded, (len(folded), meanings))
    automaton.make_automaton()
    return automaton


def scan(text: str, language: Language, offset: int = 0) -> list[tuple[str, Hit]]:
    """Return every (key, hit) in ``text``; ``offset`` is added to the places.

    >>> [(key, hit.phrase) for key, hit in scan("It is likely.", Language.EN) if key == "likelihood"]
    [('likelihood', 'likely')]
    """
    folded, origin = fold_aligned(text)
    found = []
    for last, (length, meanings) in _automaton(language).iter(folded):
        begin = last - length + 1
        head_start = _head(folded, begin)
        if head_start is None and not _clitic(folded, begin, language):
            continue
        tail = _WORD_TAIL.match(folded, last + 1)
        end = tail.end() if tail else last + 1
        first = head_start if head_start is not None else _word_start(folded, begin)
        for key, is_stem, phrase in meanings:
            if end == last + 1 or is_stem:
                found.append(
                    (key, Hit(offset + origin[first], offset + _after_marks(text, origin[end - 1] + 1), phrase))
                )
    return found


def _after_marks(text: str, end: int) -> int:
    """Return the offset after the vowel marks that belong to the last letter."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def _head(folded: str, begin: int) -> int | None:
    """Return ``begin`` if a word begins there."""
    return begin if begin == 0 or not _is_word(folded[begin - 1]) or not _is_word(folded[begin]) else None


def _clitic(folded: str, begin: int, language: Language) -> bool:
    head = folded[_word_start(folded, begin) : begin]
    return bool(_CLITICS[language].fullmatch(head))


def _word_start(folded: str, begin: int) -> int:
    head = _WORD_HEAD.search(folded, max(0, begin - 8), begin)
    return head.start() if head else begin


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"
