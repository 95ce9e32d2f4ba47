"""Figures drawn from tables: shapes in SVG, words in the issue's language, one tidy table behind each.

Time runs from left to right in every language, as charts in Arabic and Persian print do; the scale stands on
the side reading begins on, which in a right-to-left issue is next to the latest week.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from marsad.domain.desk import Desk
from marsad.domain.week import Week
from marsad.domain.words import Ladder, Language
from marsad.errors import BadInput
from marsad.language.calendars import date_words, format_date, gregorian, month_names, solar_hijri
from marsad.language.numerals import format_number
from marsad.publish.issue import Block, Figure, Issue
from marsad.publish.issue import Analyst, Draft, Listing, Quote
from marsad.publish.labels import Labels, labels
from marsad.publish.names import display_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = (  # names as in style.css; blue and orange are told apart by every kind of colour vision
    ("cooperation", "#1b62a5"),
    ("conflict", "#b9480f"),
    ("ink", "#1b1d21"),
    ("grey", "#5c626b"),
    ("grid", "#e3e6eb"),
    ("shade", "#e6e8ec"),
)
_COLOUR = dict(COLOURS)
_WEEKS_SHOWN = 52
_FACES = ("Amiri", "DejaVu Serif")
_COLUMNS = ("source", "target", "ladder", "week", "mean", "low", "high", "n_events", "is_covered", "standing")


@dataclass(frozen=True)
class Drawing:
    """One drawn figure.

    Args:
        name: what its files are called.
        svg: the drawing, text as shapes; ``colours`` names the colours a page may exchange.
        title: what it shows.
        alt: the same in words, for those who cannot see it.
        csv: the tidy table behind it.
        head, rows: that table in the issue's language.
    """

    name: str
    svg: str
    title: str
    alt: str
    csv: bytes
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    colours: tuple[tuple[str, str], ...] = COLOURS


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


def draw_figures(
    issue: Issue, desk: Desk, tables: Mapping[str, pa.Table], *, where: str = "issue"
) -> dict[int, Drawing]:
    """Draw every figure of an issue.

    Args:
        issue: its ``figure`` directives name the kind and the options.
        desk: the naming policy.
        tables: by name, as in ``domain.tables``; rows of other pairs are passed over.
        where: how to name the issue's file in a fault.

    Returns:
        The drawings by the line of their directive.

    Raises:
        BadInput: an unknown kind or option, or no row for what is asked; the message names the line.
    """
    return {figure.line: _draw(figure, issue, desk, tables, where) for figure in _figures(issue.blocks)}


def _figures(blocks: Sequence[Block]) -> list[Figure]:
    found: list[Figure] = []
    for block in blocks:
        match block:
            case Figure():
                found.append(block)
            case Draft(inner) | Analyst(inner) | Quote(inner):
                found += _figures(inner)
            case Listing(items=items):
                found += [figure for item in items for figure in _figures(item)]
            case _:
                pass
    return found


def _draw(figure: Figure, issue: Issue, desk: Desk, tables: Mapping[str, pa.Table], where: str) -> Drawing:
    place = f"line {figure.line}"
    if figure.kind not in KINDS:
        raise BadInput(where, f"{place}: no figure is called {figure.kind!r}", f"use one of {', '.join(KINDS)}")
    known, draw = KINDS[figure.kind]
    options = dict(figure.options)
    if unknown := sorted(options.keys() - known):
        raise BadInput(
            where, f"{place}: figure {figure.kind} has no option {unknown[0]!r}", f"use {', '.join(sorted(known))}"
        )
    try:
        return draw(options, issue, desk, tables)
    except BadInput as error:
        raise BadInput(where, f"{place}: {error.what}: {error.fault}", error.next_step) from error


# --- the relation, week by week ---------------------------------------------------------------------------------------


def relation(options: Mapping[str, str], issue: Issue, desk: Desk, tables: Mapping[str, pa.Table]) -> Drawing:
    """Draw both ladders of a pair over time.

    Args:
        options: ``source``, ``target`` (the issue's subject where missing), ``weeks`` (how many, 52 at most by default).
        issue: its language and ``as_of``.
        desk: the naming policy.
        tables: ``levels``, ``standings``, ``breaks``.

    Raises:
        BadInput: no pair is named, or nothing is known of it.
    """
    subject = issue.front.subject or ("", "")
    source, target = options.get("source", subject[0]), options.get("target", subject[1])
    if not (source and target):
        raise BadInput("figure relation", "names no pair", "add :source: and :target:")
    n_weeks = options.get("weeks", str(_WEEKS_SHOWN))
    if not n_weeks.isdecimal() or int(n_weeks) < 2:
        raise BadInput("figure relation", f"weeks {n_weeks!r} is no number above 1", "write :weeks: 26")
    points = relation_points(source, target, tables, int(n_weeks))
    if not points:
        raise BadInput(
            "figure relation", f"no level is known for {source} and {target}", "run the week, or correct the pair"
        )
    first, last = points[0].week, points[-1].week
    breaks = [row for row in _pair_rows(tables, "breaks", source, target) if first <= Week.parse(row["week"]) <= last]
    language = issue.front.language
    words = labels(language)
    names = [display_name(code, language, desk) for code in (source, target)]
    title = words.relation.format(source=names[0], target=names[1])
    return Drawing(
        name=f"relation-{source}-{target}",
        svg=_relation_svg(points, breaks, language, words),
        title=title,
        alt=f"{title}. {_relation_alt(points, breaks, language, words)}",
        csv=_relation_csv(source, target, points),
        head=(words.week, *_value_heads(words)),
        rows=_relation_rows(points, language, words),
    )


def relation_points(source: str, target: str, tables: Mapping[str, pa.Table], n_weeks: int) -> list[Point]:
    """Return the points behind the relation figure: grain (ladder, week), sorted by week, the last ``n_weeks`` weeks."""
    rows = _pair_rows(tables, "levels", source, target)
    weeks = sorted({Week.parse(row["week"]) for row in rows})[-n_weeks:]
    standings = _pair_rows(tables, "standings", source, target)
    shown = set(weeks)
    points = [
        Point(
            ladder=Ladder(row["ladder"]),
            week=week,
            mean=row["mean"],
            low=row["low"],
            high=row["high"],
            n_events=row["n_events"] or 0,
            is_covered=bool(row["is_covered"]),
            standing=_standing(standings, row["ladder"], week.end),
        )
        for row in rows
        if (week := Week.parse(row["week"])) in shown
    ]
    return sorted(points, key=lambda point: (point.week, point.ladder))


def _pair_rows(tables: Mapping[str, pa.Table], name: str, source: str, target: str) -> list[dict[str, Any]]:
    """Rows of a pair, whichever way round it is stored, of the latest run."""
    table = tables.get(name)
    if table is None or table.num_rows == 0:
        return []
    last_run = pc.max(table["run"]).as_py()
    mask = pc.and_(
        pc.and_(
            pc.is_in(table["source"], pa.array([source, target])), pc.is_in(table["target"], pa.array([source, target]))
        ),
        pc.equal(table["run"], last_run),
    )
    rows: list[dict[str, Any]] = table.filter(mask).to_pylist()
    return rows


def _standing(standings: Sequence[Mapping[str, Any]], ladder: str, day: date) -> int:
    """The highest rung in force at the end of a day."""
    return max(
        (
            row["rung"]
            for row in standings
            if row["ladder"] == ladder
            and row["opened"] <= day
            and (row["closed"] is None or row["closed"] > day)
            and (row["term"] is None or row["term"] >= day)
        ),
        default=0,
    )


def _relation_csv(source: str, target: str, points: Sequence[Point]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for p in points:
        values = ["" if value is None else f"{value:.4f}" for value in (p.mean, p.low, p.high)]
        writer.writerow(
            [source, target, p.ladder.value, p.week, *values, p.n_events, str(p.is_covered).lower(), p.standing]
        )
    return out.getvalue().encode()


def _value_heads(words: Labels) -> tuple[str, ...]:
    return tuple(
        f"{ladder}: {what}"
        for ladder in (words.cooperation, words.conflict)
        for what in (words.activity, words.band, words.standing)
    )


def _relation_rows(points: Sequence[Point], language: Language, words: Labels) -> tuple[tuple[str, ...], ...]:
    def number(value: float | None) -> str:
        return "" if value is None else format_number(value, language, decimals=1)

    def cells(point: Point | None) -> tuple[str, str, str]:
        if point is None or not point.is_covered:
            return words.uncovered, "", ""
        return (
            number(point.mean),
            f"{number(point.low)}{words.dash}{number(point.high)}",
            number(point.standing).split(".")[0],
        )

    by_key = {(point.ladder, point.week): point for point in points}
    weeks = sorted({point.week for point in points}, reverse=True)
    return tuple(
        (str(week), *cells(by_key.get((Ladder.COOPERATION, week))), *cells(by_key.get((Ladder.CONFLICT, week))))
        for week in weeks
    )


def _relation_alt(
    points: Sequence[Point], breaks: Sequence[Mapping[str, Any]], language: Language, words: Labels
) -> str:
    last = {point.ladder: point for point in points}

    def mean(ladder: Ladder) -> str:
        point = last.get(ladder)
        return "–" if point is None or point.mean is None else format_number(point.mean, language, decimals=1)

    def standing(ladder: Ladder) -> str:
        return format_number(last[ladder].standing if ladder in last else 0, language)

    days = sorted({Week.parse(row["week"]).start for row in breaks})
    return words.relation_alt.format(
        first=format_date(points[0].week.start, language),
        last=format_date(points[-1].week.end, language),
        cooperation=mean(Ladder.COOPERATION),
        conflict=mean(Ladder.CONFLICT),
        standing_cooperation=standing(Ladder.COOPERATION),
        standing_conflict=standing(Ladder.CONFLICT),
        breaks=words.list_separator.join(format_date(day, language) for day in days) or "–",
    )


def _relation_svg(
    points: Sequence[Point], breaks: Sequence[Mapping[str, Any]], language: Language, words: Labels
) -> str:
    from matplotlib.figure import Figure as Canvas

    with _style():
        canvas = Canvas(figsize=(6.2, 4.1), layout="constrained")
        panels = canvas.subplots(2, 1, sharex=True, height_ratios=(6, 5))
        for axes, ladder, names, rungs in (
            (panels[0], Ladder.COOPERATION, words.cooperation, words.cooperation_rungs),
            (panels[1], Ladder.CONFLICT, words.conflict, words.conflict_rungs),
        ):
            mine = [point for point in points if point.ladder is ladder]
            if mine:
                _panel(axes, mine, _COLOUR[ladder.value])
            _scale(axes, names, rungs, language)
            _mark_breaks(axes, [row for row in breaks if row["ladder"] == ladder], language)
        _time_axis(panels[1], points[0].week.start, points[-1].week.end, language)
        _legend(canvas, words, language)
        return _to_svg(canvas)


def _panel(axes: "Axes", points: Sequence[Point], colour: str) -> None:
    days = [point.week.start + timedelta(days=3) for point in points]
    nan = float("nan")

    def line(values: Sequence[float | None]) -> list[float]:
        return [nan if value is None or not p.is_covered else value for value, p in zip(values, points, strict=True)]

    for point in points:
        if not point.is_covered:
            axes.axvspan(
                point.week.start, point.week.end + timedelta(days=1), color=_COLOUR["shade"], linewidth=0, zorder=0
            )  # type: ignore[arg-type]
    low, high = line([p.low for p in points]), line([p.high for p in points])
    axes.fill_between(days, low, high, color=colour, alpha=0.2, linewidth=0)  # type: ignore[arg-type]
    edges = [points[0].week.start, *(p.week.end + timedelta(days=1) for p in points)]
    axes.stairs([p.standing for p in points], edges, color=_COLOUR["ink"], linewidth=1.3, baseline=None)  # type: ignore[arg-type]
    axes.plot(days, line([p.mean for p in points]), color=colour, linewidth=2)  # type: ignore[arg-type]


def _scale(axes: "Axes", name: str, rungs: Sequence[str], language: Language) -> None:
    numbers = [format_number(n, language) for n in range(len(rungs))]
    axes.set_yticks(range(len(rungs)), [f"{word}  {number}" for word, number in zip(rungs, numbers, strict=True)])
    axes.set_ylim(-0.25, len(rungs) - 0.55)
    axes.grid(axis="y", color=_COLOUR["grid"], linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelsize=9, labelcolor=_COLOUR["grey"])
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_COLOUR["grid"])
    if language.is_rtl:
        axes.yaxis.tick_right()
    axes.set_title(
        name, loc="right" if language.is_rtl else "left", fontsize=11, fontweight="bold", color=_COLOUR["ink"], pad=7
    )


def _mark_breaks(axes: "Axes", breaks: Sequence[Mapping[str, Any]], language: Language) -> None:
    top = axes.get_ylim()[1]
    for row in breaks:
        day = Week.parse(row["week"]).start
        words = date_words(day, language, _calendar(language))
        axes.axvline(day, color=_COLOUR["ink"], linewidth=0.9, linestyle=(0, (3, 2)))  # type: ignore[arg-type]
        label = f"{words.day} {words.month}"
        axes.annotate(
            label,
            (day, top),
            xytext=(0, 2),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=8.5,
            color=_COLOUR["ink"],
        )  # type: ignore[arg-type]


def _time_axis(axes: "Axes", first: date, last: date, language: Language) -> None:
    months = _month_starts(first, last, _calendar(language))
    step = max(1, -(-len(months) // 7))
    names = month_names(language, _calendar(language))
    ticks, texts, year_before = [], [], None
    for day, year, month in months[::step]:
        name = names[month - 1]
        shown = name if year == year_before else f"{name}\n{format_number(year, language, grouping=False)}"
        ticks.append(day)
        texts.append(shown)
        year_before = year
    axes.set_xticks(ticks, texts)  # type: ignore[arg-type]
    axes.set_xlim(first, last + timedelta(days=1))  # type: ignore[arg-type]


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


def _legend(canvas: Any, words: Labels, language: Language) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    entries = [
        (Line2D([], [], color=_COLOUR["grey"], linewidth=2), words.activity),
        (Patch(facecolor=_COLOUR["grey"], alpha=0.25), words.band),
        (Line2D([], [], color=_COLOUR["ink"], linewidth=1.3), words.standing),
        (Line2D([], [], color=_COLOUR["ink"], linewidth=0.9, linestyle=(0, (3, 2))), words.break_),
        (Patch(facecolor=_COLOUR["shade"]), words.uncovered),
    ]
    if language.is_rtl:
        entries.reverse()
    canvas.legend(
        *zip(*entries, strict=True),
        loc="outside lower center",
        ncols=5,
        frameon=False,
        fontsize=8.5,
        labelcolor=_COLOUR["grey"],
        handlelength=1.6,
        columnspacing=1.4,
        markerfirst=not language.is_rtl,
    )


# --- how every figure is written --------------------------------------------------------------------------------------


def _style() -> Any:
    import fontpkg_amiri
    import matplotlib as mpl
    from matplotlib import font_manager

    manager = font_manager.fontManager
    if "Amiri" not in {font.name for font in manager.ttflist}:
        for name in ("Amiri-Regular.ttf", "Amiri-Bold.ttf"):
            manager.addfont(fontpkg_amiri.ROOT / "files" / name)
    return mpl.rc_context(
        {
            "font.family": list(_FACES),
            "svg.fonttype": "path",
            "svg.hashsalt": "marsad",
            "axes.unicode_minus": False,
            "path.simplify": False,
        }
    )


def _to_svg(canvas: Any) -> str:
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    out = io.StringIO()
    FigureCanvasSVG(canvas).print_svg(out, metadata={"Date": None, "Creator": None})
    svg = out.getvalue()
    return svg[svg.index("<svg") :]


KINDS: dict[str, tuple[frozenset[str], Callable[[Mapping[str, str], Issue, Desk, Mapping[str, pa.Table]], Drawing]]] = {
    "relation": (frozenset({"source", "target", "weeks"}), relation),
}
