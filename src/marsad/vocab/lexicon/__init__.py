"""Trigger lexicons: how each act is told in the news, one TOML file per language, written by us.

Pattern language, one pattern a line: words stand for themselves, ``stem*`` for any ending, ``a|b`` for either,
``~stem*`` for an Arabic verb with or without the imperfect's prefix; ``..`` lets up to four words stand between,
``...`` up to twelve. A leading ``<`` says that the grammatical subject is the target. ``=0.6`` sets the strength,
else verbs have .9, nouns .65, weak cues .35. ``a|b_c`` takes "a" or "b c".
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

from marsad.domain.words import Language
from marsad.vocab.letters import fold_aligned

Form = Literal["verb", "noun", "weak"]
_STRENGTH: Mapping[Form, float] = {"verb": 0.9, "noun": 0.65, "weak": 0.35}
_GAPS = {"..": 4, "...": 12}
_OWN_STRENGTH = re.compile(r"\s*=\s*([01]?\.\d+|1)$")


@dataclass(frozen=True)
class Word:
    """One way to fill a slot: a folded word, or the stem of one; ``is_verb`` also without an imperfect prefix."""

    text: str
    is_stem: bool = False
    is_verb: bool = False


@dataclass(frozen=True)
class Slot:
    """One place of a pattern: its words, and how many others may stand before it."""

    words: tuple[Word, ...]
    gap: int = 0

    @cached_property
    def exact(self) -> frozenset[str]:
        """The words that stand for themselves."""
        return frozenset(word.text for word in self.words if not word.is_stem)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stems that any ending may follow."""
        return tuple(word.text for word in self.words if word.is_stem)


@dataclass(frozen=True)
class Pattern:
    """One way an act is told.

    Args:
        strength: how surely it tells the act, 0..1.
        is_reversed: the grammatical subject suffers the act.
    """

    event_type: str
    mode: str | None
    form: Form
    strength: float
    slots: tuple[Slot, ...]
    is_reversed: bool = False


@dataclass(frozen=True)
class Lexicon:
    """All we know of one language's way of telling acts: patterns, fields, and the cues of status and structure."""

    language: Language
    patterns: tuple[Pattern, ...]
    contexts: Mapping[str, tuple[Pattern, ...]]
    cues: Mapping[str, tuple[Pattern, ...]]


@cache
def load_lexicon(language: Language) -> Lexicon:
    """Return the lexicon of a language.

    >>> lexicon = load_lexicon(Language.EN)
    >>> len(lexicon.patterns) > 500, lexicon.patterns[0].event_type
    (True, 'AGREE')
    """
    raw = tomllib.loads((files("marsad.vocab.lexicon") / f"{language.value}.toml").read_text(encoding="utf-8"))
    contexts, cues = raw.pop("context"), raw.pop("cues")
    raw.pop("language")
    return Lexicon(
        language,
        tuple(
            pattern
            for event_type, modes in raw.items()
            for mode, forms in modes.items()
            for form, lines in forms.items()
            for written in lines.splitlines()
            for line in _variants(written)
            if (pattern := _pattern(line, event_type, None if mode == "none" else mode, form)) is not None
        ),
        {name: _cue_words(words, name) for name, words in contexts.items()},
        {name: _cues(words, name) for name, words in cues.items()},
    )


def _variants(line: str) -> list[str]:
    """Write out the alternatives of several words, each as a line of its own."""
    parts = line.split()
    for at, part in enumerate(parts):
        if "_" in part:
            choices = part.split("|")
            single = "|".join(choice for choice in choices if "_" not in choice)
            filled = [single] * bool(single) + [choice.replace("_", " ") for choice in choices if "_" in choice]
            return [line for choice in filled for line in _variants(" ".join([*parts[:at], choice, *parts[at + 1 :]]))]
    return [line]


def _pattern(line: str, event_type: str, mode: str | None, form: Form) -> Pattern | None:
    line = line.strip()
    if not line:
        return None
    strength = _STRENGTH[form]
    if own := _OWN_STRENGTH.search(line):
        strength, line = float(own[1]), line[: own.start()]
    is_reversed = line.startswith("<")
    slots: list[Slot] = []
    gap = 0
    for part in line.removeprefix("<").split():
        if part in _GAPS:
            gap = _GAPS[part]
            continue
        for slot in _slots(part):
            slots.append(Slot(slot, gap))
            gap = 0
    return Pattern(event_type, mode, form, strength, tuple(slots), is_reversed)


def _slots(part: str) -> list[tuple[Word, ...]]:
    """Fold one written slot; a joiner inside a single word parts it into two slots."""
    pieces = fold_aligned(part.strip("~*"))[0].split() if "|" not in part else []
    if len(pieces) > 1:
        last = Word(pieces[-1], part.endswith("*"), part.startswith("~"))
        return [(word,) for word in [*map(Word, pieces[:-1]), last]]
    return [tuple(_word(written) for written in part.split("|"))]


def _word(written: str) -> Word:
    bare = fold_aligned(written.strip("~*"))[0].replace(" ", "")
    return Word(bare, written.endswith("*"), written.startswith("~"))


def _cues(words: str, name: str) -> tuple[Pattern, ...]:
    """Read a cue list: phrases parted by ``|`` under names that end in ``phrases``, else single words."""
    return _cue_words(words, name) if "|" not in words else _phrases(words.split("|"), name)


def _cue_words(words: str, name: str) -> tuple[Pattern, ...]:
    return _phrases(words.split(), name)


def _phrases(phrases: list[str], name: str) -> tuple[Pattern, ...]:
    return tuple(pattern for phrase in phrases if (pattern := _pattern(phrase, name, None, "weak")) is not None)
