"""Outlets and the names they go by, for telling whether a source names one and names it always alike."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from marsad.check.lexicon import Hit
from marsad.language.script import fold, fold_aligned


@dataclass(frozen=True)
class Outlet:
    """One outlet: how it is called, and the services (language desks) that are named apart."""

    names: tuple[str, ...]
    services: tuple[str, ...]


@cache
def outlets() -> tuple[Outlet, ...]:
    """Return the outlets we know.

    >>> outlets()[0].names[0]
    'BBC'
    """
    raw = tomllib.loads(files("marsad.check").joinpath("outlets.toml").read_text("utf-8"))
    return tuple(Outlet(tuple(one["names"]), tuple(one["services"])) for one in raw["outlet"])


@cache
def _automaton() -> Any:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for number, outlet in enumerate(outlets()):
        for name in (*outlet.names, *outlet.services):
            automaton.add_word(fold(name), (number, name))
    automaton.make_automaton()
    return automaton


def find_outlets(text: str, offset: int = 0) -> list[tuple[int, Hit]]:
    """Return (number of the outlet, where it is named) in a text; the longest name at a place.

    >>> [(number, hit.phrase) for number, hit in find_outlets("according to BBC Persian, ...")]
    [(0, 'BBC Persian')]
    """
    folded, origin = fold_aligned(text)
    found: list[tuple[int, Hit]] = []
    for last, (number, name) in _automaton().iter_long(folded):
        begin = last - len(fold(name)) + 1
        starts = begin == 0 or not folded[begin - 1].isalnum()
        ends = last + 1 == len(folded) or not folded[last + 1].isalnum()
        if starts and ends:
            found.append((number, Hit(offset + origin[begin], offset + origin[last] + 1, name)))
    return found
