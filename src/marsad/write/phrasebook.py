"""The words of one language: its phrases, its names for parties and places, its numbers. Knows no tables."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from marsad.domain.words import Language, Role
from marsad.errors import BadInput
from marsad.language.numerals import Case, Noun, count_phrase, format_number, format_percent, isolate_ltr
from marsad.vocab.letters import fold_aligned
from marsad.vocab.places import load_places
from marsad.write.grammar import arabic, dari, english, pashto
from marsad.write.grammar.party import Party

WRITTEN = (Language.AR, Language.EN, Language.FA, Language.PS)
_GRAMMARS = {
    Language.AR: arabic.party,
    Language.EN: english.party,
    Language.FA: dari.party,
    Language.PS: pashto.party,
}
# These roles act for the state as a whole; the others are named.
_STATE_ROLES = (None, "", Role.GOV, Role.MIL, Role.IGO, Role.NGO)

NameOf = Callable[[str, str], str]
KindOf = Callable[[str], str]


@dataclass(frozen=True)
class Phrasebook:
    """One language's words. Built by :func:`open_phrasebook`."""

    language: Language
    words: Mapping[str, Any]
    acts: Mapping[str, str]
    name_of: NameOf
    kind_of: KindOf

    def say(self, key: str, **parts: object) -> str:
        """Return a sentence of ``[say]`` with its parts filled in."""
        return self.fill(self.words["say"][key], **parts)

    def fill(self, phrase: str, **parts: object) -> str:
        """Return a phrase with its parts filled in, its first letter large where the script has large letters."""
        return self.cell(phrase.format(**parts))

    def word(self, section: str, key: str) -> str:
        """Return a single word or phrase; a key the book lacks stands for itself."""
        return str(self.words[section].get(key, key.replace("_", " ")))

    def rung(self, ladder: str, height: int, *, is_oblique: bool = False) -> str:
        """Return the name of a rung, bent after a preposition where the language bends it."""
        table = self.words.get("rungs_oblique", self.words["rungs"]) if is_oblique else self.words["rungs"]
        return str(table[ladder][height])

    def commitment(self, name: str) -> str:
        """Return the name of a commitment or measure."""
        return self.word("commitments", name)

    def topic(self, context: str | None) -> tuple[str, str, str]:
        """Return how a context stands after an agreement, after an act, and as the subject of talks."""
        table = self.words["topics"]
        agreement, field, issues = table.get(context or "none", table["none"])
        return agreement, field, issues

    def party(self, code: str, role: str | None = None, *, is_domestic: bool = False) -> Party:
        """Return a party, named by the desk's policy.

        Args:
            code: of the registry.
            role: the sector that acts; a court or protesters are named as such, a government speaks for its state.
            is_domestic: both ends of the act lie in one state, so that even the government is named.
        """
        kind = self.kind_of(code)
        sector = None
        if kind == "state" and (is_domestic or role not in _STATE_ROLES):
            sector = self.words["roles"].get(role or "GOV")
        return _GRAMMARS[self.language](self.name_of(code, self.language), code, kind, sector)

    def both(self, first: Party, second: Party) -> Party:
        """Return two parties as one subject; the verb agrees with the first."""
        joiner = self.words["and"]
        return Party(f"{first}{joiner}{second}", first.form, f"{first.obl}{joiner}{second.obl}")

    def count(self, n: int, noun: str, case: Case = "nominative") -> str:
        """Return number and noun in agreement."""
        return count_phrase(n, Noun(**self.words["nouns"][noun]), self.language, case)

    def listing(self, items: Sequence[str]) -> str:
        """Return items as one enumeration: "a, b and c"; Arabic repeats its conjunction."""
        joiner = str(self.words["and"])
        if self.language is Language.AR:
            return joiner.join(items)
        *first, last = items
        return f"{str(self.words['comma']).join(first)}{joiner}{last}" if first else last

    def cell(self, text: str) -> str:
        """Return a text as a table shows it: a large first letter where the script has one."""
        return text[:1].upper() + text[1:] if self.language is Language.EN else text

    def number(self, x: float, decimals: int | None = None) -> str:
        """Return a number in the language's digits; a minus keeps its side in text that runs right to left."""
        text = format_number(x, self.language, decimals=decimals)
        return isolate_ltr(text) if x < 0 and self.language.is_rtl else text

    def percent(self, share: float) -> str:
        """Return a share in [0, 1] as a whole percentage; what is not quite all or nothing is not rounded to it."""
        shown = share if share in (0.0, 1.0) else min(max(share, 0.01), 0.99)
        return format_percent(shown, self.language)

    def place(self, name: str | None) -> str:
        """Return " in Kabul" in this language; "" for a place the gazetteer cannot name here."""
        known = _places().get(_search_form(name)) if name else None
        here = known.get(self.language) if known else None
        return str(self.words["where"]["in"]).format(place=here) if here else ""

    def attribution(self, outlets: list[str]) -> str:
        """Return who says so, as the language puts it; one outlet alone is named as such."""
        by = self.words["by"]
        quoted = [by["quote"].format(text=outlet) for outlet in outlets]
        if not quoted:
            return str(by["none"])
        if len(quoted) == 1:
            return str(by["one"]).format(a=quoted[0])
        return str(by["two" if len(quoted) == 2 else "more"]).format(a=quoted[0], b=quoted[1])


def open_phrasebook(
    language: str, names: Mapping[str, Mapping[str, str]], name_of: NameOf | None = None, kind_of: KindOf | None = None
) -> Phrasebook:
    """Return the words of a language.

    Args:
        language: ar, en, fa (Dari) or ps.
        names: the desk's naming policy: code -> language -> name.
        name_of: (code, language) -> name; None takes our registry's.
        kind_of: code -> kind; None takes our registry's.

    Raises:
        BadInput: a language no bulletin is written in.

    >>> book = open_phrasebook("ar", {"AFG": {"ar": "إمارة أفغانستان الإسلامية"}})
    >>> str(book.party("AFG")), book.party("AFG").form
    ('إمارة أفغانستان الإسلامية', 1)
    """
    if language not in WRITTEN:
        raise BadInput(f"language {language!r}", "no bulletin is written in it", f"use one of {', '.join(WRITTEN)}")
    key = Language(language)
    if name_of is None or kind_of is None:
        from marsad.vocab.actors import load_registry

        registry = load_registry()
        name_of, kind_of = name_of or registry.name, kind_of or registry.kind
    known = name_of

    def named(code: str, in_language: str) -> str:
        return names.get(code, {}).get(in_language) or known(code, in_language)

    return Phrasebook(key, _read(f"{key.value}.toml"), _read(f"{key.value}.events.toml"), named, kind_of)


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("marsad.write").joinpath("phrases", name).read_text(encoding="utf-8"))


@cache
def _places() -> dict[str, dict[str, str]]:
    """Return folded name in any language -> language -> displayed name; the gazetteer's first place wins."""
    found: dict[str, dict[str, str]] = {}
    for place in load_places():
        shown = {language: names[0] for language, names in place.names.items()}
        for names in place.names.values():
            for name in names:
                found.setdefault(_search_form(name), shown)
    return found


def _search_form(name: str) -> str:
    return fold_aligned(name.strip())[0].casefold()
