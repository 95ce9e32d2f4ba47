"""One relation in one answer: level, standing, breaks, and what goes with the latest; for `marsad relation`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pyarrow as pa

from marsad import measure
from marsad.domain.tables import COVERAGE, FORECASTS, MENTIONS, RESOLUTIONS
from marsad.domain.week import Week
from marsad.domain.words import Counting, Language
from marsad.errors import BadInput
from marsad.relation import code_of, last_instant, latest_coverage, level_of, level_text, reported, settled_break

_VINTAGE = ("run", "known_at")
_MOST_LINES = 8
_QUARTERS = 4
_QUARTER_WEEKS = 13


@dataclass(frozen=True)
class Record:
    """What is known: events, and, where a desk has them, its ledgers and groups."""

    events: pa.Table
    mentions: pa.Table = field(default_factory=MENTIONS.empty)
    coverage: pa.Table = field(default_factory=COVERAGE.empty)
    forecasts: pa.Table = field(default_factory=FORECASTS.empty)
    resolutions: pa.Table = field(default_factory=RESOLUTIONS.empty)
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)


def relation_of(source: str, target: str, record: Record, as_of: datetime | None = None) -> dict[str, Any]:
    """Return everything measured of one relation.

    Args:
        source: a code or a name: A, whose dealings with B are looked at.
        target: B.
        record: what is known.
        as_of: the cutoff; the end of the last event's week if None.

    Returns:
        What :func:`marsad.relation.level_of` gives, with the parties in the order asked for, and ``as_of``; ``change``
        (week of the latest break old enough to compare before with after, or None), ``drivers`` and ``spillover``
        around it (rows of those tables; p-values are of placebo dates, never proof of cause), ``gains`` of both,
        ``alignment`` of the last quarter (or None), ``quarters`` (tie, alignment, and both sides' brokerage and
        community, over the last year), ``triads`` both are in, ``mover`` (how unusual the last week was, or None), and
        of the last quarter ``dyad_weeks``, as counted by events and by outlets, and ``agreement`` of the feeds.

    Raises:
        BadInput: an actor nobody knows, or both are one.
    """
    events, coverage = reported(record.events), latest_coverage(record.coverage)
    a, b = (code_of(name, events) for name in (source, target))
    if a == b:
        raise BadInput(f"relation {source} {target}", "both are the same actor", "name two")
    end = as_of or last_instant(events)
    answer = level_of(a, b, events, end) | {"source": a, "target": b, "as_of": end.isoformat()}
    week = Week.of(end.date()).shift(-1)
    vintage: dict[str, Any] = {"run": str(week), "as_of": end}
    breaks = measure.breaks(events, coverage, pairs=[(a, b)], **vintage)
    change = settled_break(breaks, a, b, week)
    drivers, spillover = [], []
    if change is not None:
        drivers = _rows(measure.drivers(events, a, b, change, coverage, **vintage)) + _rows(
            measure.predictability(record.forecasts, record.resolutions, a, b, change, **vintage)
        )
        spillover = _rows(measure.spillover(events, a, b, change, record.groups, coverage=coverage, **vintage))
    quarters = _quarters(events, a, b, week, vintage)
    pair = (min(a, b), max(a, b))
    return answer | {
        "change": change and str(change),
        "drivers": drivers,
        "gains": _rows(measure.gains(events, a, b, **vintage)),
        "spillover": spillover,
        "alignment": quarters[-1].pop("row"),
        "quarters": [{key: value for key, value in each.items() if key != "row"} for each in quarters],
        "triads": [
            row
            for row in _rows(measure.triads(events, week, **vintage))
            if {a, b} < {row["first"], row["second"], row["third"]}
        ],
        "mover": next(iter(_of_pair(measure.movers(events, week, coverage, **vintage), pair)), None),
        "dyad_weeks": _dyad_weeks(events, record.mentions, coverage, pair, week, vintage),
        "agreement": _of_pair(
            measure.agreement(events, record.mentions, coverage, _last_weeks(week), pairs=[pair], **vintage), pair
        ),
    }


def _last_weeks(week: Week) -> list[Week]:
    return [week.shift(-n) for n in range(_QUARTER_WEEKS)]


def _quarters(events: pa.Table, a: str, b: str, week: Week, vintage: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return both sides' place among the others in each of the last quarters, the earliest first."""
    quarters = []
    for n in reversed(range(_QUARTERS)):
        last = week.shift(-n * _QUARTER_WEEKS)
        row = next(iter(_of_pair(measure.alignments(events, last, **vintage), (min(a, b), max(a, b)))), None)
        place = {each["actor"]: each for each in _rows(measure.positions(events, last, **vintage))}
        quarters.append(
            {
                "week": str(last),
                "tie": row and row["tie"],
                "alignment": row and row["alignment"],
                "brokerage": {actor: place.get(actor, {}).get("brokerage") for actor in (a, b)},
                "community": {actor: place.get(actor, {}).get("community") for actor in (a, b)},
                "row": row,
            }
        )
    return quarters


def _dyad_weeks(
    events: pa.Table,
    mentions: pa.Table,
    coverage: pa.Table,
    pair: tuple[str, str],
    week: Week,
    vintage: Mapping[str, Any],
) -> list[dict[str, Any]]:
    """Return what each side did to the other in each week of the last quarter, counted by events and by outlets."""
    import ibis

    shown = [str(each) for each in _last_weeks(week)]
    acts, told, ledger = (ibis.memtable(each) for each in (events, mentions, coverage))
    rows = []
    for counting in (Counting.EVENTS, Counting.OUTLETS):
        found = measure.dyad_weeks(acts, told, counting, ledger, **vintage)
        theirs = found.filter(found.source.isin(pair), found.target.isin(pair), found.week.isin(shown))
        rows += _rows(theirs.to_pyarrow())
    return sorted(rows, key=lambda row: (row["counting"], row["week"], row["source"]))


def relation_text(answer: Mapping[str, Any]) -> str:
    """Return the answer of :func:`relation_of` as a table for the terminal."""
    lines = [level_text(answer)]
    lines += [
        f"  gain         {row['party']} from {row['giver']}: "
        f"{row['dimension']}, {row['n_events']} events since {row['first']}"
        for row in answer["gains"]
    ]
    lines += [_quarter_line(each) for each in answer["quarters"] if each["tie"] is not None]
    lines += [
        f"  triad        {row['first']}, {row['second']}, {row['third']}: {row['kind'].replace('_', ' ')}"
        + (f", between {row['odd']}" if row["kind"] == "split" else f" {row['odd']}" if row["odd"] else "")
        for row in answer["triads"][:_MOST_LINES]
    ]
    if mover := answer["mover"]:
        lines.append(f"  this week    {mover['n_events']} {mover['field']} acts, surprise {mover['surprise']:.1f} bits")
    lines += [
        f"  week         {row['week']} {row['source']} to {row['target']}: {row['n_events']} events, "
        f"Goldstein {_number(row['goldstein_mean'])}, material {row['material_share']:.0%}"
        for row in [each for each in answer["dyad_weeks"] if each["counting"] == Counting.EVENTS][-_MOST_LINES:]
    ]
    lines += [
        f"  feeds        {row['week']} "
        + ", ".join(f"{feed} {n}" for feed, n in zip(row["feeds"], row["n_events"], strict=True))
        + f": agreement {_number(row['agreement'])}"
        for row in answer["agreement"][-_MOST_LINES:]
    ]
    if answer["change"]:
        lines.append(f"  around the break of {answer['change']} (association, never proof of cause):")
        lines += [f"    driver     {row['driver']:<22} {_change(row)}" for row in answer["drivers"][:_MOST_LINES]]
        lines += [
            f"    spillover  {row['third']} ({row['group']}) to {row['side']}, {row['quad_class']}: {_change(row)}"
            for row in answer["spillover"][:_MOST_LINES]
        ]
    return "\n".join(lines)


def relation_figure(source: str, target: str, record: Record, as_of: datetime, language: Language) -> str:
    """Return the relation's figure as SVG: both ladders of the last year, week by week.

    Args:
        source: a code.
        target: another.
        record: what is known.
        as_of: the cutoff.
        language: of the labels.

    Raises:
        BadInput: no event between the two is known.
    """
    from marsad.publish.labels import labels
    from marsad.publish.relation import relation_points
    from marsad.publish.relation_chart import chart

    events, coverage = reported(record.events), latest_coverage(record.coverage)
    last = Week.of(as_of.date()).shift(-1)
    weeks = [last.shift(-n) for n in range(51, -1, -1)]
    vintage: dict[str, Any] = {"run": str(last), "as_of": as_of}
    breaks = measure.breaks(events, coverage, pairs=[(source, target)], **vintage)
    tables = {
        "levels": measure.levels(events, weeks, coverage, pairs=[(source, target)], **vintage),
        "standings": measure.standings(events, **vintage),
    }
    points = relation_points(source, target, tables, len(weeks))
    if not any(point.n_events or point.standing for point in points):
        raise BadInput(f"figure of {source} and {target}", "no event between the two is known", "name another pair")
    shown = [row for row in breaks.to_pylist() if weeks[0] <= Week.parse(row["week"]) <= weeks[-1]]
    return chart(points, shown, language, labels(language))


def _quarter_line(quarter: Mapping[str, Any]) -> str:
    broker = ", ".join(f"{actor} {_number(share)}" for actor, share in quarter["brokerage"].items())
    return (
        f"  quarter      to {quarter['week']}: tie {quarter['tie']:+.2f}, alignment {_number(quarter['alignment'])}, "
        f"brokerage {broker}"
    )


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.2f}"


def _change(row: Mapping[str, Any]) -> str:
    if row["after"] is None:
        return f"{row['before']:.2f} before, no whole week since"
    p_value = "" if row["p_value"] is None else f"  p {row['p_value']:.2f}"
    if row["effect"] is not None:
        p_value = f"  effect {row['effect']:+.2f} [{row['effect_low']:+.2f}, {row['effect_high']:+.2f}]{p_value}"
    return f"{row['before']:.2f} -> {row['after']:.2f}{p_value}"


def _of_pair(table: pa.Table, pair: tuple[str, str]) -> list[dict[str, Any]]:
    return [row for row in _rows(table) if (row["source"], row["target"]) == pair]


def _rows(table: pa.Table) -> list[dict[str, Any]]:
    """Rows as JSON can carry them, without the columns of the vintage."""
    plain = table.drop_columns([name for name in _VINTAGE if name in table.column_names]).to_pylist()
    return [{key: str(value) if hasattr(value, "isoformat") else value for key, value in row.items()} for row in plain]
