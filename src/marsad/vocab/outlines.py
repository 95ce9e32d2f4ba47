"""The outlines of countries, simplified for maps the width of a page; ``outlines.json`` names source and version."""

import json
from functools import cache
from importlib.resources import files

Ring = tuple[tuple[float, float], ...]


@cache
def load_outlines() -> dict[str, tuple[Ring, ...]]:
    """Return the rings of each country: islands, and holes wound the other way.

    Returns:
        ISO 3166-1 alpha-3, or the English name of an area without a code, to closed rings of (longitude, latitude) in
        degrees, east and north positive. Neighbours share their borders point by point. Antarctica and small islands
        are left out.

    Boundaries are those of Natural Earth (public domain): as they are held, which judges no claim.

    >>> (west, south), (east, north) = [
    ...     (f(x for x, _ in r), f(y for _, y in r)) for r in load_outlines()["AFG"] for f in (min, max)
    ... ]
    >>> [round(degrees) for degrees in (west, south, east, north)]
    [60, 29, 75, 38]
    """
    raw = json.loads((files("marsad.vocab") / "outlines.json").read_text(encoding="utf-8"))
    arcs = [_arc(flat, raw["step"]) for flat in raw["arcs"]]
    return {code: tuple(_ring(arcs, indexes) for indexes in rings) for code, rings in raw["countries"].items()}


def _arc(flat: list[int], step: float) -> Ring:
    """Add up the differences an arc is written in."""
    x = y = 0
    points = []
    for dx, dy in zip(flat[::2], flat[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x * step, y * step))
    return tuple(points)


def _ring(arcs: list[Ring], indexes: list[int]) -> Ring:
    """Join arcs to a ring; an index below zero is an arc run backwards."""
    lines = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in indexes]
    return lines[0] + tuple(point for line in lines[1:] for point in line[1:])
