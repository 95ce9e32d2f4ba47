"""One relation in one answer: level, standing, breaks, and what goes with the latest; for `marsad relation`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pyarrow as pa

from marsad import measure
from marsad.domain.tables import COVERAGE, FORECASTS, RESOLUTIONS
from marsad.domain.week import Week
from marsad.domain.words import Language
from marsad.errors import BadInput
from marsad.relation import code_of, last_instant, latest_coverage, level_of, level_text, reported, settled_break

_VINTAGE = ("run", "known_at")
_MOST_LINES = 8


@dataclass(frozen=True)
class Record:
    """What is known: events, and, where a desk has them, its ledgers and groups."""

    events: pa.Table
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
        around it (rows of those tables; p-values are of placebo dates, never proof of cause), ``gains`` of both, and
        ``alignment`` of the last quarter (or None).

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
    aligned = [
        row
        for row in _rows(measure.alignments(events, week, **vintage))
        if (row["source"], row["target"]) == (min(a, b), max(a, b))
    ]
    return answer | {
        "change": change and str(change),
        "drivers": drivers,
        "gains": _rows(measure.gains(events, a, b, **vintage)),
        "spillover": spillover,
        "alignment": aligned[0] if aligned else None,
    }


def relation_text(answer: Mapping[str, Any]) -> str:
    """Return the answer of :func:`relation_of` as a table for the terminal."""
    lines = [level_text(answer)]
    if aligned := answer["alignment"]:
        alike = "unknown" if aligned["alignment"] is None else f"{aligned['alignment']:+.2f}"
        lines.append(
            f"  quarter      tie {aligned['tie']:+.2f} (before {aligned['tie_before']:+.2f}), alignment {alike}"
        )
    lines += [
        f"  gain         {row['party']} from {row['giver']}: "
        f"{row['dimension']}, {row['n_events']} events since {row['first']}"
        for row in answer["gains"]
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


def _change(row: Mapping[str, Any]) -> str:
    if row["after"] is None:
        return f"{row['before']:.2f} before, no whole week since"
    p_value = "" if row["p_value"] is None else f"  p {row['p_value']:.2f}"
    return f"{row['before']:.2f} -> {row['after']:.2f}{p_value}"


def _rows(table: pa.Table) -> list[dict[str, Any]]:
    """Rows as JSON can carry them, without the columns of the vintage."""
    plain = table.drop_columns([name for name in _VINTAGE if name in table.column_names]).to_pylist()
    return [{key: str(value) if hasattr(value, "isoformat") else value for key, value in row.items()} for row in plain]
