"""Derives ``src/marsad/vocab/outlines.json`` from world-atlas: the outlines of countries, simplified for small maps.

Run: npm install --no-save world-atlas@2.0.2
     python benchmarks/outlines.py node_modules/world-atlas/countries-50m.json
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from babel.core import get_global

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))

from marsad.vocab.actors.registry import data_rows  # noqa: E402

OUT = ROOT / "src" / "marsad" / "vocab" / "outlines.json"
TOLERANCE = 0.1  # degrees a simplified line may lie off the true one
LEAST_RING = 0.15  # square degrees; a smaller island or lake is left out unless it is the country's largest part
STEP = 0.02  # degrees; coordinates are whole numbers of it
SOURCE = (
    "world-atlas 2.0.2 (ISC), countries-50m, made from Natural Earth 4.1.0 (public domain); "
    "boundaries as they are held, not as they are claimed"
)

NAMED = {"Kosovo": "XKX"}  # has no number

Point = tuple[float, float]


def simplified(line: Sequence[Point]) -> list[Point]:
    """Return a line with the points that matter (Douglas and Peucker 1973); its ends stay."""
    kept = {0, len(line) - 1}
    open_spans = [(0, len(line) - 1)]
    while open_spans:
        first, last = open_spans.pop()
        (ax, ay), (bx, by) = line[first], line[last]
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        far, at = 0.0, 0
        for n in range(first + 1, last):
            x, y = line[n]
            away = (
                abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
                if length
                else ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
            )
            if away > far:
                far, at = away, n
        if far > TOLERANCE:
            kept.add(at)
            open_spans += [(first, at), (at, last)]
    return [line[n] for n in sorted(kept)]


def decoded(topology: dict) -> list[list[Point]]:
    """Return the arcs of a TopoJSON file in degrees."""
    (kx, ky), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * kx + tx, y * ky + ty))
        arcs.append(line)
    return arcs


def ring(arcs: Sequence[Sequence[Point]], indexes: Sequence[int]) -> list[Point]:
    """Return the points of a ring; an index below zero is an arc run backwards."""
    points: list[Point] = []
    for index in indexes:
        line = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += line[1:] if points else line
    return points


def area(points: Sequence[Point]) -> float:
    """Return the area within a ring in square degrees."""
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def main() -> None:
    """Write the file."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    arcs = decoded(topology)
    short = [simplified(arc) for arc in arcs]
    numeric = {code: to[0] for code, to in get_global("territory_aliases").items() if code.isdigit() and len(to) == 1}
    states = {row["iso2"]: row["code"] for row in data_rows("states.csv")}
    codes = {code: states[two] for code, two in numeric.items() if two in states}
    countries: dict[str, list[list[int]]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        if name == "Antarctica":
            continue
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        rings = [indexes for polygon in polygons for indexes in polygon]
        sizes = [area(ring(arcs, indexes)) for indexes in rings]
        kept = [
            indexes
            for indexes, size in zip(rings, sizes, strict=True)
            if (size >= LEAST_RING or size == max(sizes)) and len(ring(short, indexes)) > 3
        ]
        if kept:
            countries[NAMED.get(name) or codes.get(shape.get("id", ""), name)] = kept
    used = sorted({index if index >= 0 else ~index for rings in countries.values() for r in rings for index in r})
    place = {index: n for n, index in enumerate(used)}
    lines = []
    for index in used:
        flat: list[int] = []
        px = py = 0
        for x, y in short[index]:
            ix, iy = round(x / STEP), round(y / STEP)
            flat += [ix - px, iy - py]
            px, py = ix, iy
        lines.append(flat)
    made = {
        "source": SOURCE,
        "step": STEP,
        "arcs": lines,
        "countries": {
            code: [[place[i] if i >= 0 else ~place[~i] for i in r] for r in rings]
            for code, rings in sorted(countries.items())
        },
    }
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    OUT.write_text(text.replace(',"', ',\n"').replace("],[", "],\n[") + "\n", encoding="utf-8")
    print(f"{len(countries)} countries, {sum(map(len, lines)) // 2} points, {OUT.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
