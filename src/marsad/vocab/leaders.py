"""Office-holders of the world as coded feeds name them in English, by the day they held office.

The registry holds the actors a desk of our region meets in five languages; this table adds those whom ICEWS-like feeds
name instead of their state. Its head says what it rests on.
"""

import csv
import itertools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

VERSION = "1"

_NOT_A_LETTER = re.compile(r"[^0-9a-z]+")
_TITLES = frozenset(
    ["gen", "general", "pol", "minister", "president", "prime", "mr", "dr", "sheikh", "sheik", "king", "pope"]
)
_UNDECOMPOSED = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ı": "i", "æ": "ae", "ß": "ss"})


@dataclass(frozen=True)
class Term:
    """One office-holder's time in office; None is open."""

    code: str
    role: str
    since: date | None
    until: date | None


def terms_of(name: str) -> tuple[Term, ...]:
    """Return the terms of the office-holder a name stands for; empty if it stands for none.

    Titles, accents and further names do not matter; the first word must agree. Where several holders fit, the one with
    most words in common is meant, and nobody if that is a tie between states.

    >>> [term.role for term in terms_of("Gen_Prayut_Chan-o-cha")]
    ['MIL', 'GOV']
    >>> sorted({term.code for term in terms_of("Joseph Robinette Biden")}), terms_of("Joseph")
    (['USA'], ())
    >>> [(term.code, term.role) for term in terms_of("Ursula von der Leyen")]
    [('DEU', 'MIL')]
    """
    words = _words(name)
    if len(words) < 2:
        return ()
    fits = {known: terms for known, terms in _by_first_word().get(words[0], {}).items() if set(known) <= set(words)}
    longest = max(map(len, fits), default=0)
    found = sorted(
        {term for known, terms in fits.items() if len(known) == longest for term in terms},
        key=lambda term: (term.since or date.min, term.code),
    )
    return () if _overlap(found) else tuple(found)


def _overlap(found: list[Term]) -> bool:
    """Tell whether two states would hold one name on one day."""
    return any(
        earlier.code != later.code and (earlier.until or date.max) > (later.since or date.min)
        for earlier, later in itertools.pairwise(found)
    )


def _words(name: str) -> tuple[str, ...]:
    plain = (
        unicodedata.normalize("NFKD", name.replace("'", "").translate(_UNDECOMPOSED))
        .encode("ascii", "ignore")
        .decode()
        .lower()
    )
    words = _NOT_A_LETTER.sub(" ", plain).split()
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return tuple(words)


@cache
def _by_first_word() -> Mapping[str, Mapping[tuple[str, ...], tuple[Term, ...]]]:
    found: dict[str, dict[tuple[str, ...], tuple[Term, ...]]] = {}
    text = files("marsad.vocab").joinpath("leaders.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        term = Term(row["code"], row["role"], _day(row["since"]), _day(row["until"]))
        for name in row["names"].split(";"):
            words = _words(name)
            of_first = found.setdefault(words[0], {})
            of_first[words] = (*of_first.get(words, ()), term)
    return found


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
