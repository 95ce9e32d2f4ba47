"""The words the typing check knows: names of actors and places, terms, phrases, contexts that give a slip away."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from marsad.check.slips import stem
from marsad.domain.words import Language
from marsad.language.script import fold
from marsad.vocab.actors.registry import load_registry
from marsad.vocab.places import load_places


@dataclass(frozen=True)
class SlipContext:
    """A pattern over folded text in which ``slip`` is nearly always ``right`` gone wrong."""

    find: re.Pattern[str]
    slip: str
    right: str


@dataclass(frozen=True)
class Glossary:
    """What is known of one language; words are folded, without the particles of Arabic.

    Args:
        names: folded stem -> a written form, of actors and places.
        terms: the same, of terms.
        loans: the same, of foreign words long enough to bear two slips.
        after, before: folded word -> what is known to follow or precede it, folded.
        shown: folded word of a phrase -> as written.
        contexts: patterns.
    """

    names: dict[str, str]
    terms: dict[str, str]
    loans: dict[str, str]
    after: dict[str, frozenset[str]]
    before: dict[str, frozenset[str]]
    shown: dict[str, str]
    contexts: tuple[SlipContext, ...]

    def knows(self, word: str) -> bool:
        """Tell whether a folded stem is a known word."""
        return (
            word in self.names or word in self.terms or word in self.loans or word in self.after or word in self.before
        )


@cache
def glossary(language: Language) -> Glossary:
    """Return the glossary of a language.

    >>> glossary(Language.AR).knows(fold("كرملين"))
    True
    """
    raw = tomllib.loads(files("marsad.check").joinpath(f"glossary/{language}.toml").read_text("utf-8"))
    after: dict[str, set[str]] = {}
    before: dict[str, set[str]] = {}
    shown: dict[str, str] = {}
    for phrase in raw["phrases"]:
        written = re.findall(r"\w+", phrase)
        words = [stem(fold(word), language) for word in written]
        shown.update(zip(words, written, strict=True))
        for one, other in pairwise(words):
            after.setdefault(one, set()).add(other)
            before.setdefault(other, set()).add(one)
    return Glossary(
        _names(language),
        {stem(fold(word), language): word for word in raw["terms"].split()},
        {stem(fold(word), language): word for word in raw["loans"].split()},
        {word: frozenset(known) for word, known in after.items()},
        {word: frozenset(known) for word, known in before.items()},
        shown,
        tuple(
            SlipContext(re.compile(_fold_pattern(entry["find"])), fold(entry["slip"]), entry["right"])
            for entry in raw["contexts"]
        ),
    )


def _fold_pattern(pattern: str) -> str:
    """Fold the letters of a pattern and leave its signs alone."""
    return re.sub(
        r"\\\w|[^\W\d_a-z]+", lambda found: found[0] if found[0].startswith("\\") else fold(found[0]), pattern
    )


def _names(language: Language) -> dict[str, str]:
    known: dict[str, str] = {}
    for alias in load_registry().aliases(language):
        if " " not in alias.form:
            known.setdefault(stem(alias.form, language), alias.text)
    for place in load_places():
        for name in place.names.get(language, ()):
            if " " not in name:
                known.setdefault(stem(fold(name), language), name)
    return {word: written for word, written in known.items() if len(word) >= 3}
