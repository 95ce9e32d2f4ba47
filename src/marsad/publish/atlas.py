"""The map figure: which states dealt with which in the latest weeks, on the map of the world's part they lie in."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from marsad.domain.desk import Desk
from marsad.domain.week import Week
from marsad.domain.words import Language
from marsad.errors import BadInput
from marsad.language.calendars import format_date
from marsad.language.numerals import format_number
from marsad.publish.drawing import COLOUR, Drawing, style, tidy_csv, to_svg, whole_number
from marsad.publish.issue import Issue
from marsad.publish.labels import Labels, labels
from marsad.publish.names import display_name
from marsad.publish.ties import COLUMNS, Point, Tie, draw_ties, tie_legend, tie_rows, ties, told
from marsad.vocab.outlines import load_outlines
from marsad.vocab.places import load_places

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

_WEEKS_SHOWN, _ACTORS_SHOWN = 13, 14
_WIDTH, _HEIGHT = 6.2, 4.4  # inches
_FINEST = 0.9  # points of paper between two points of an outline
_FOOT = 0.1  # of the height, for the legend
_LEAST_SPAN = 0.55  # of the earth's radius: how much of the world is seen at least, from side to side
_MARGIN = 0.2  # of the span, round the outermost seats
_NORTHERNMOST = 45.0  # degrees; a middle further north would stand known shapes on their heads


def atlas(options: Mapping[str, str], issue: Issue, desk: Desk, tables: Mapping[str, pa.Table]) -> Drawing:
    """Draw the states that acted, and an arc between those that acted towards each other.

    Args:
        options: ``weeks`` (up to the issue's, 13 where missing), ``actors`` (the busiest, 14 where missing).
        issue: its language and week.
        desk: the naming policy.
        tables: ``dyad_weeks``, read as counted by events.

    Raises:
        BadInput: no two states acted towards each other in those weeks.
    """
    n_weeks = whole_number(options, "weeks", _WEEKS_SHOWN, least=1)
    last = Week.parse(issue.front.week)
    first = last.shift(1 - n_weeks)
    seats = state_seats()
    found = ties(tables, first, last, whole_number(options, "actors", _ACTORS_SHOWN, least=2))
    shown = [tie for tie in found if tie.source in seats and tie.target in seats]
    if not shown:
        raise BadInput("figure map", f"no two states acted between {first} and {last}", "ask for more :weeks:")
    language = issue.front.language
    words = labels(language)
    names = {code: display_name(code, language, desk) for tie in shown for code in (tie.source, tie.target)}
    return Drawing(
        name="map",
        svg=_chart(shown, seats, names, language, words),
        title=words.map.format(first=format_date(first.start, language), last=format_date(last.end, language)),
        alt=words.map_alt.format(
            n=format_number(len(names), language),
            states=words.list_separator.join(names[code] for code in sorted(names, key=names.__getitem__)),
            items=told(shown, language, desk, words),
        ),
        csv=tidy_csv(COLUMNS, ([getattr(tie, name) for name in COLUMNS] for tie in shown)),
        head=(words.pair, words.n_events, words.cooperation, words.conflict),
        rows=tie_rows(shown, language, desk),
    )


def state_seats() -> dict[str, Point]:
    """Return where a state is marked: its capital, else the middle of its largest part; degrees east and north.

    >>> state_seats()["AFG"]
    (69.17, 34.53)
    """
    middles = {code: _middle(max(rings, key=len)) for code, rings in load_outlines().items()}
    return middles | {
        place.country: (place.longitude, place.latitude) for place in load_places() if place.kind == "capital"
    }


def _middle(points: Sequence[Point]) -> Point:
    xs, ys = zip(*points, strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


class Projection:
    """Lambert's azimuthal equal-area projection (1772) of a sphere of radius 1; the centre falls on (0, 0).

    >>> Projection((60.0, 0.0))(np.array([60, 150]), np.array([0, 0])).round(3).tolist()
    [[0.0, 0.0], [1.414, 0.0]]
    """

    def __init__(self, centre: Point) -> None:
        self._east, self._north = math.radians(centre[0]), math.radians(centre[1])

    def __call__(self, east: Any, north: Any) -> Any:
        """Project degrees, one point or arrays; what lies opposite the centre, which has no place, falls far away.

        Returns:
            x and y as the last axis of an array.
        """
        turn, up = np.radians(east) - self._east, np.radians(north)
        across, forth = np.cos(up) * np.sin(turn), np.cos(up) * np.cos(turn)
        towards = math.sin(self._north) * np.sin(up) + math.cos(self._north) * forth
        scale = np.sqrt(2 / np.maximum(1 + towards, 1e-6))
        y = math.cos(self._north) * np.sin(up) - math.sin(self._north) * forth
        return np.stack([scale * across, scale * y], axis=-1)


def _chart(
    shown: Sequence[Tie], seats: Mapping[str, Point], names: Mapping[str, str], language: Language, words: Labels
) -> str:
    from matplotlib.figure import Figure as Canvas

    east, north = _middle([seats[code] for code in names])
    onto = Projection((east, min(north, _NORTHERNMOST)))
    spot: dict[str, Point] = {code: tuple(onto(*seats[code]).tolist()) for code in names}
    with style():
        canvas = Canvas(figsize=(_WIDTH, _HEIGHT), dpi=72)
        axes = canvas.add_axes((0, _FOOT, 1, 1 - _FOOT))
        axes.set_axis_off()
        _frame(axes, list(spot.values()))
        _land(axes, onto, set(names))
        bows = {tie: _bow(spot[tie.source], spot[tie.target]) for tie in shown}
        draw_ties(axes, shown, bows, words)
        xs, ys = zip(*spot.values(), strict=True)
        axes.scatter(xs, ys, s=22, color=COLOUR["ink"], edgecolors=COLOUR["paper"], linewidths=0.8, zorder=4)
        _name(axes, spot, names, [point for bow in bows.values() for point in _along(bow)])
        canvas.legend(
            *tie_legend(shown, language, words),
            loc="lower right" if language.is_rtl else "lower left",
            ncols=3,
            frameon=False,
            fontsize=8.5,
            labelcolor=COLOUR["grey"],
            markerfirst=not language.is_rtl,
            borderaxespad=0.1,
        )
        canvas.text(
            0.01 if language.is_rtl else 0.99,
            0.03,
            words.map_credit,
            ha="left" if language.is_rtl else "right",
            fontsize=7.5,
            color=COLOUR["grey"],
        )
        return to_svg(canvas)


def _frame(axes: "Axes", spots: Sequence[Point]) -> None:
    """Show what lies round the seats, in the shape of the drawing."""
    (west, south), (east, north) = (tuple(f(spot[n] for spot in spots) for n in (0, 1)) for f in (min, max))
    shape = _WIDTH / (_HEIGHT * (1 - _FOOT))
    width = max(east - west, (north - south) * shape, _LEAST_SPAN) * (1 + 2 * _MARGIN)
    x, y = (west + east) / 2, (south + north) / 2
    axes.set_xlim(x - width / 2, x + width / 2)
    axes.set_ylim(y - width / shape / 2, y + width / shape / 2)


def _land(axes: "Axes", onto: Projection, parties: set[str]) -> None:
    """Paint the countries in view, those of the figure darker."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    corner, opposite = zip(axes.get_xlim(), axes.get_ylim(), strict=True)
    finest = (opposite[0] - corner[0]) / (72 * _WIDTH) * _FINEST
    for code, rings in load_outlines().items():
        vertices: list[Point] = []
        moves: list[Any] = []
        for ring in rings:
            points = onto(*np.array(ring).T)
            if (points.max(0) < corner).any() or (points.min(0) > opposite).any():
                continue
            points = _thinned(points.tolist(), finest)
            vertices += points
            moves += [Path.MOVETO, *[Path.LINETO] * (len(points) - 2), Path.CLOSEPOLY]
        if vertices:
            colour = COLOUR["party" if code in parties else "land"]
            axes.add_artist(  # unlike add_patch it leaves the view alone, and is quick
                PathPatch(Path(vertices, moves), facecolor=colour, edgecolor=COLOUR["paper"], linewidth=0.5)
            )


def _thinned(points: Sequence[Point], least: float) -> list[Point]:
    """Leave out points nearer to the one before than the eye can part."""
    kept = [points[0]]
    for point in points[1:-1]:
        if math.dist(point, kept[-1]) >= least:
            kept.append(point)
    return [*kept, points[-1]]


def _bow(start: Point, end: Point) -> tuple[Point, Point, Point]:
    """Bow a tie to its northern side, so that ties between three in a row stay apart."""
    (ax, ay), (bx, by) = sorted((start, end))
    return (ax, ay), ((ax + bx) / 2 - 0.16 * (by - ay), (ay + by) / 2 + 0.16 * (bx - ax)), (bx, by)


def _along(bow: tuple[Point, Point, Point]) -> list[Point]:
    """Points on a bow, a quadratic Bézier curve."""
    steps = [step / 16 for step in range(17)]
    return [
        tuple((1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c for a, b, c in zip(*bow, strict=True))  # type: ignore[misc]
        for t in steps
    ]


_SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))


def _name(axes: "Axes", spot: Mapping[str, Point], names: Mapping[str, str], drawn: Sequence[Point]) -> None:
    """Write each name beside its seat, on the side where it covers least of other names, seats and ties."""
    from matplotlib import patheffects
    from matplotlib.backends.backend_agg import RendererAgg

    measure: Any = RendererAgg  # of text; the drawing itself is SVG
    renderer = measure(_WIDTH * 72, _HEIGHT * 72, 72)
    lines = axes.transData.transform([*spot.values(), *drawn])
    view = axes.get_window_extent(renderer)
    taken: list[Any] = []
    for code in sorted(spot, key=lambda code: (-spot[code][1], code)):
        tries: list[tuple[float, int, Text, Any]] = []
        for n, (right, up) in enumerate(_SIDES):
            text = axes.annotate(
                names[code],
                spot[code],
                xytext=(5.5 * right, 5.5 * up),
                textcoords="offset points",
                ha={1: "left", 0: "center", -1: "right"}[right],
                va={1: "bottom", 0: "center_baseline", -1: "top"}[up],
                fontsize=8.5,
                color=COLOUR["ink"],
                zorder=5,
                path_effects=[patheffects.withStroke(linewidth=2, foreground=COLOUR["paper"])],
            )
            box = text.get_window_extent(renderer).padded(1)
            covered = sum(box.overlaps(other) for other in taken) + 0.5 * box.count_contains(lines)
            outside = box.x0 < view.x0 or box.x1 > view.x1 or box.y0 < view.y0 or box.y1 > view.y1
            tries.append((covered + 4 * outside, n, text, box))
        best = min(tries, key=lambda each: each[:2])
        taken.append(best[3])
        for each in tries:
            if each is not best:
                each[2].remove()
