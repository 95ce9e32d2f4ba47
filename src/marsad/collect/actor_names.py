"""Actors as ICEWS and the temporal graphs name them (``Military (Thailand)``) to codes and roles, by the day."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np

from marsad.domain.words import Language, Role
from marsad.language.script import fold
from marsad.vocab import cameo, leaders
from marsad.vocab.actors import Alias, load_registry

_DESCRIBED = re.compile(r"(?P<who>.+?) \((?P<place>[^()]*(?:\([^()]*\)[^()]*)?)\)?\)")
_EPOCH = date(1970, 1, 1)
# A state's own body named with the state: "Pakistan Army", "Armed Forces of the Russian Federation".
_BODY = (
    r"(?:army|navy|air force|armed forces|defen[cs]e forces?|self[- ]defen[cs]e forces|police(?: service| force)?"
    r"|coast guard|parliament|senate|government|security service|border guards?|military)"
)
_BODY_LAST = re.compile(rf"(?:the |royal )?(?P<who>.+?)(?:'s)? (?:national |people's )?{_BODY}", re.IGNORECASE)
_BODY_FIRST = re.compile(
    rf"(?:national )?{_BODY} of (?:the )?(?P<who>(?:republic of |democratic republic of )?.+)", re.IGNORECASE
)
_ROLE_OF_KIND = {"igo": Role.IGO.value}


@dataclass(frozen=True)
class Term:
    """A code a name stands for from one day to another; None is open."""

    code: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Known:
    """What is known of one name: its terms (none: not resolved) and its role, which may be None."""

    terms: tuple[Term, ...]
    role: str | None


@cache
def _aliases() -> Mapping[str, tuple[Alias, ...]]:
    found: dict[str, list[Alias]] = {}
    for alias in load_registry().aliases(Language.EN):
        found.setdefault(alias.form, []).append(alias)
    return {form: tuple(aliases) for form, aliases in found.items()}


def _terms(name: str) -> tuple[Term, ...]:
    """Find a bare name in the feed's scheme, among office-holders, in the registry, or as a state's own body."""
    if code := cameo.actor_codes("icews_name").get(name):
        return (Term(code),)
    holders = tuple(Term(term.code, term.since, term.until) for term in leaders.terms_of(name))
    return (*holders, *_registered(name)) or _of_body(name)


def _registered(name: str) -> tuple[Term, ...]:
    """Find a name in the registry, or a person by the first and last name."""
    words = name.split()
    tried = [name, f"{words[0]} {words[-1]}"] if len(words) > 2 else [name]
    for n, form in enumerate(tried):
        aliases = _aliases().get(fold(form, Language.EN).strip(), ())
        usable = [alias for alias in aliases if n == 0 or alias.use == "person"]
        if usable:
            return tuple(Term(alias.code, alias.since, alias.until) for alias in usable)
    return ()


def _of_body(name: str) -> tuple[Term, ...]:
    """Resolve an army, a police or a parliament named with its state; a part of a state is no state."""
    for pattern in (_BODY_LAST, _BODY_FIRST):
        if match := pattern.fullmatch(name):
            who = fold(match["who"], Language.EN).strip()
            plain = who.removeprefix("republic of ")
            states = {
                alias.code
                for form in (who, plain)
                for alias in _aliases().get(form, ())
                if alias.use in {"name", "adjective"} and not alias.since
            }
            return tuple(Term(code) for code in states) if len(states) == 1 else ()
    return ()


@cache
def known(name: str) -> Known:
    """Return what is known of an actor's name; underscores count as spaces.

    A name with a place in brackets is a part of that country, whatever the rest says, and its words tell the role.

    >>> known("Military_(Thailand)")
    Known(terms=(Term(code='THA', since=None, until=None),), role='MIL')
    >>> known("Citizen (Nowhere)").terms, known("Pakistan_Army").terms[0].code
    ((), 'PAK')
    """
    plain = name.replace("_", " ").strip()
    if match := _DESCRIBED.fullmatch(plain):
        return Known(_terms(match["place"]), cameo.role_of_name(match["who"]))
    terms = _terms(plain)
    if not terms:
        return Known((), cameo.role_of_name(plain))
    aliases = _aliases().get(fold(plain, Language.EN).strip(), ())
    person = next((term.role for term in leaders.terms_of(plain)), None)
    person = person or next((alias.role for alias in aliases if alias.use == "person"), None)
    return Known(terms, person or cameo.role_of_name(plain) or _ROLE_OF_KIND.get(load_registry().kind(terms[0].code)))


def codes_by_day(names: Sequence[str], index: Any, days: Any) -> Any:
    """Return the code of each row's actor on the row's day, as a NumPy array of str or None.

    Args:
        names: the distinct names.
        index: per row, which name; int array.
        days: per row, days since 1970-01-01; int array of the same length.
    """
    everything = [known(name).terms for name in names]
    always = [terms[0].code if terms and not _is_dated(terms[0]) else None for terms in everything]
    found = np.array([*always, None], dtype=object)[index]
    for n, terms in enumerate(everything):
        if not any(_is_dated(term) for term in terms):
            continue
        rows = np.flatnonzero(index == n)
        for term in reversed(terms):
            first = -(10**9) if term.since is None else (term.since - _EPOCH).days
            last = 10**9 if term.until is None else (term.until - _EPOCH).days
            found[rows[(days[rows] >= first) & (days[rows] <= last)]] = term.code
    return found


def _is_dated(term: Term) -> bool:
    return term.since is not None or term.until is not None
