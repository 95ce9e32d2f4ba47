"""How the relation figure looks: one panel a ladder, its weeks, its standing, its breaks.

Time runs from left to right in every language, as charts in Arabic and Persian print do; the scale stands on
the side reading begins on, which in a right-to-left issue is next to the latest week.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from marsad.domain.week import Week
from marsad.domain.words import Ladder, Language
from marsad.language.calendars import date_words, gregorian, month_names, solar_hijri
from marsad.language.numerals import format_number
from marsad.publish.drawing import COLOUR, bare, mark, style, to_svg
from marsad.publish.labels import Labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes


_SIZE = (6.2, 4.3)  # inches
_LABEL_WIDTH = 0.13  # of the chart: room a day and month take
_LEGEND_LINE = 80  # characters of the legend that fit on one line


@dataclass(frozen=True)
class Point:
    """One ladder in one week: activity with its 90 % interval, and the highest rung in force at the week's end."""

    ladder: Ladder
    week: Week
    mean: float | None
    low: float | None
    high: float | None
    n_events: int
    is_covered: bool
    standing: int


def chart(points: Sequence[Point], breaks: Sequence[Mapping[str, Any]], language: Language, words: Labels) -> str:
    """Return the figure as SVG.

    Args:
        points: both ladders, sorted by week.
        breaks: rows of ``breaks`` within those weeks.
        language: of the labels; months are the Solar Hijri ones in Dari and Pashto.
        words: its labels.
    """
    from matplotlib.figure import Figure as Canvas

    first, last = points[0].week.start, points[-1].week.end
    with style():
        canvas = Canvas(figsize=_SIZE, layout="constrained")
        panels = canvas.subplots(2, 1, sharex=True, height_ratios=(6, 5))
        for axes, ladder, names, rungs in (
            (panels[0], Ladder.COOPERATION, words.cooperation, words.cooperation_rungs),
            (panels[1], Ladder.CONFLICT, words.conflict, words.conflict_rungs),
        ):
            mine = [point for point in points if point.ladder is ladder]
            if mine:
                _panel(axes, mine, COLOUR[ladder.value])
            _scale(axes, rungs, language)
            n_rows = _mark_breaks(axes, [row for row in breaks if row["ladder"] == ladder], language, first, last)
            side = "right" if language.is_rtl else "left"
            axes.set_title(names, loc=side, fontsize=11, fontweight="bold", color=COLOUR["ink"], pad=6 + 13 * n_rows)
        _time_axis(panels[1], first, last, language)
        _legend(canvas, words, language, with_breaks=bool(breaks), with_gaps=not all(p.is_covered for p in points))
        svg = to_svg(canvas)
        return svg.replace("</svg>", "".join(_grounds(panels, points)) + "</svg>")


def _grounds(panels: Sequence["Axes"], points: Sequence[Point]) -> Iterator[str]:
    """Give unseen ground over each week of a panel, newest first as in the table: a page tells its figures there."""
    weeks = sorted({point.week for point in points}, reverse=True)
    width, height = (72 * side for side in _SIZE)
    for axes, ladder in zip(panels, (Ladder.COOPERATION, Ladder.CONFLICT), strict=True):
        place, (start, end) = axes.get_position(), axes.get_xlim()
        top, bottom = height * (1 - place.y1), height * (1 - place.y0)
        for n, week in enumerate(weeks):
            left, right = (
                width * (place.x0 + place.width * (_x(day) - start) / (end - start))
                for day in (week.start, week.shift(1).start)
            )
            yield (
                f'<g id="{mark(n, ladder.value)}"><path d="M{left:.2f} {top:.2f}H{right:.2f}V{bottom:.2f}H{left:.2f}z"'
                f' opacity="0"/></g>\n'
            )


def _x(day: date) -> float:
    """Days as the horizontal measure."""
    return float(day.toordinal())


def _panel(axes: "Axes", points: Sequence[Point], colour: str) -> None:
    days = [_x(point.week.start) + 3.5 for point in points]  # the middle of the week
    nan = float("nan")

    def line(values: Sequence[float | None]) -> list[float]:
        return [nan if value is None or not p.is_covered else value for value, p in zip(values, points, strict=True)]

    for point in points:
        if not point.is_covered:
            axes.axvspan(_x(point.week.start), _x(point.week.end) + 1, color=COLOUR["shade"], linewidth=0, zorder=0)
    low, high = line([p.low for p in points]), line([p.high for p in points])
    axes.fill_between(days, low, high, color=colour, alpha=0.15, linewidth=0)
    edges = [_x(points[0].week.start), *(_x(p.week.end) + 1 for p in points)]
    axes.plot(days, line([p.mean for p in points]), color=colour, linewidth=2, solid_capstyle="round")
    axes.stairs(
        [p.standing for p in points], edges, color=COLOUR["paper"], linewidth=3, alpha=0.75, baseline=None
    )  # parts it
    axes.stairs([p.standing for p in points], edges, color=COLOUR["ink"], linewidth=1.4, baseline=None)


def _scale(axes: "Axes", rungs: Sequence[str], language: Language) -> None:
    numbers = [format_number(n, language) for n in range(len(rungs))]
    axes.set_yticks(range(len(rungs)), [f"{word}  {number}" for word, number in zip(rungs, numbers, strict=True)])
    axes.set_ylim(-0.25, len(rungs) - 0.7)
    axes.grid(axis="y", color=COLOUR["grid"], linewidth=0.6)
    bare(axes, language)


def _mark_breaks(axes: "Axes", breaks: Sequence[Mapping[str, Any]], language: Language, first: date, last: date) -> int:
    """Draw a line at each break, its day above, near days on two rows; return how many rows there are."""
    top, width = axes.get_ylim()[1], (last - first).days
    row, n_rows = 0, 0
    before = first - (last - first)
    for start in sorted({Week.parse(found["week"]).start for found in breaks}):
        row = 1 - row if (start - before).days < _LABEL_WIDTH * width else 0
        before, n_rows = start, max(n_rows, row + 1)
        words = date_words(start, language, _calendar(language))
        edge = (start - first).days / width
        axes.axvline(_x(start), color=COLOUR["ink"], linewidth=0.9, linestyle=(0, (3, 2)))
        axes.annotate(
            f"{words.day} {words.month}",
            (_x(start), top),
            xytext=(0, 2 + 10 * row),
            textcoords="offset points",
            ha="left" if edge < _LABEL_WIDTH / 2 else "right" if edge > 1 - _LABEL_WIDTH / 2 else "center",
            va="bottom",
            fontsize=8.5,
            color=COLOUR["ink"],
        )
    return n_rows


def _time_axis(axes: "Axes", first: date, last: date, language: Language) -> None:
    months = _month_starts(first, last, _calendar(language))
    step = max(1, -(-len(months) // 7))
    names = month_names(language, _calendar(language))
    ticks, texts, year_before = [], [], None
    for day, year, month in months[::step]:
        name = names[month - 1]
        shown = name if year == year_before else f"{name}\n{format_number(year, language, grouping=False)}"
        ticks.append(_x(day))
        texts.append(shown)
        year_before = year
    axes.set_xticks(ticks, texts)
    axes.tick_params(axis="x", length=3, color=COLOUR["grey"])
    axes.set_xlim(_x(first), _x(last) + 1)


def _calendar(language: Language) -> str:
    return "solar_hijri" if language in {Language.FA, Language.PS} else "gregorian"


def _month_starts(first: date, last: date, calendar: str) -> list[tuple[date, int, int]]:
    """First days of the months within a span, with year and month of the calendar."""
    year, month = (solar_hijri(first)[:2]) if calendar == "solar_hijri" else (first.year, first.month)
    starts = []
    while (day := gregorian(year, month, 1, calendar)) <= last:
        if day >= first:
            starts.append((day, year, month))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return starts


def _legend(canvas: Any, words: Labels, language: Language, *, with_breaks: bool, with_gaps: bool) -> None:
    """Name the lines and grounds that are there."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    entries = [
        (Line2D([], [], color=COLOUR["grey"], linewidth=2), words.activity),
        (Patch(facecolor=COLOUR["grey"], alpha=0.25), words.band),
        (Line2D([], [], color=COLOUR["ink"], linewidth=1.3), words.standing),
    ]
    if with_breaks:
        entries.append((Line2D([], [], color=COLOUR["ink"], linewidth=0.9, linestyle=(0, (3, 2))), words.break_))
    if with_gaps:
        entries.append((Patch(facecolor=COLOUR["shade"]), words.uncovered))
    if language.is_rtl:
        entries.reverse()
    canvas.legend(
        *zip(*entries, strict=True),
        loc="outside lower center",
        ncols=5 if sum(len(label) for _, label in entries) < _LEGEND_LINE else -(-len(entries) // 2),
        frameon=False,
        fontsize=8.5,
        labelcolor=COLOUR["grey"],
        handlelength=1.6,
        columnspacing=1.4,
        markerfirst=not language.is_rtl,
    )
