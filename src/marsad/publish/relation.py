"""The relation figure: both ladders of a pair, week by week, and the tidy table behind them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from marsad.domain.desk import Desk
from marsad.domain.week import Week
from marsad.domain.words import Ladder, Language
from marsad.errors import BadInput
from marsad.language.calendars import format_date
from marsad.language.numerals import format_number
from marsad.publish.drawing import Drawing, latest_run, tidy_csv, whole_number
from marsad.publish.issue import Issue
from marsad.publish.labels import Labels, labels
from marsad.publish.names import display_name
from marsad.publish.relation_chart import Point, chart

_WEEKS_SHOWN = 52
_COLUMNS = ("source", "target", "ladder", "week", "mean", "low", "high", "n_events", "is_covered", "standing")


def relation(options: Mapping[str, str], issue: Issue, desk: Desk, tables: Mapping[str, pa.Table]) -> Drawing:
    """Draw both ladders of a pair over time.

    Args:
        options: ``source``, ``target`` (the issue's subject where missing), ``weeks`` (the latest, 52 where missing).
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
    points = relation_points(source, target, tables, whole_number(options, "weeks", _WEEKS_SHOWN, least=2))
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
        svg=chart(points, breaks, language, words),
        title=title,
        alt=f"{title}. {_relation_alt(points, breaks, language, words)}",
        csv=_relation_csv(source, target, points),
        head=(words.week, *_value_heads(words)),
        rows=_relation_rows(points, language, words),
    )


def relation_points(source: str, target: str, tables: Mapping[str, pa.Table], n_weeks: int) -> list[Point]:
    """Return the points behind the figure: one per (ladder, week), sorted by week, the last ``n_weeks`` weeks."""
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
    pair = {source, target}
    return [row for row in latest_run(tables.get(name)) if row["source"] in pair and row["target"] in pair]


def _standing(standings: Sequence[Mapping[str, Any]], ladder: str, day: date) -> int:
    """Find the highest rung in force at the end of a day."""
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
    return tidy_csv(
        _COLUMNS,
        (
            (source, target, p.ladder.value, p.week, p.mean, p.low, p.high, p.n_events, p.is_covered, p.standing)
            for p in points
        ),
    )


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
