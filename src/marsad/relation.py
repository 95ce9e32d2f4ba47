"""From the tables known at a cutoff to the measures of a week, and to the answer of `marsad level`."""

from collections.abc import Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from marsad import measure, write
from marsad.domain.desk import Desk
from marsad.domain.ladder import CONFLICT_RUNGS, COOPERATION_RUNGS
from marsad.domain.tables import COVERAGE, DRIVERS, SPILLOVER
from marsad.domain.week import Week
from marsad.domain.words import Counting, Ladder, Status
from marsad.errors import BadInput
from marsad.known import known_events
from marsad.store import Store
from marsad.vocab.actors import load_registry

Tables = Mapping[str, pa.Table]

LEVEL_WEEKS = 156
"""Weeks of activity an issue looks back on: three years."""

SETTLED_WEEKS = 8
"""A break this old has enough weeks after it to compare with those before."""


def read_known(store: Store, week: Week, as_of: datetime) -> dict[str, pa.Table]:
    """Return what was known at the cutoff: reports, mentions, coverage, and the events that count by the week's end."""
    events = known_events(store, as_of)
    return {
        "reports": store.read("reports", as_of=as_of),
        "mentions": store.read("mentions", as_of=as_of),
        "coverage": latest_coverage(store.read("coverage", as_of=as_of)),
        "events": reported(events.filter(pc.less_equal(events["event_date"], pa.scalar(week.end)))),
    }


def latest_coverage(coverage: pa.Table) -> pa.Table:
    """Return the last row of each feed and day: what the latest collection saw of it."""
    rows = {(row["feed"], row["day"]): row for row in coverage.sort_by("known_at").to_pylist()}
    return COVERAGE.from_rows([rows[key] for key in sorted(rows)])


def reported(events: pa.Table) -> pa.Table:
    """Return the events that count: told as having happened, and not waiting for a person's review."""
    waits = pc.fill_null(events["review"], fill_value=False)
    return events.filter(pc.and_(pc.equal(events["status"], Status.REPORTED.value), pc.invert(waits)))


def measure_week(
    known: Tables, desk: Desk, week: Week, as_of: datetime, store: Store, subject: tuple[str, str] | None = None
) -> dict[str, pa.Table]:
    """Return every measure of the week's run; gains, drivers and spillover are those of the issue's subject.

    The subject is chosen as :func:`marsad.write.choose_subject` does where none is named.
    """
    events, coverage = known["events"], known["coverage"]
    vintage: dict[str, Any] = {"run": str(week), "as_of": as_of}
    measured = {
        **_dyad_weeks(known, store, vintage),
        "standings": measure.standings(events, **vintage),
        "breaks": measure.breaks(events, coverage, **vintage),
        "movers": measure.movers(events, week, coverage, **vintage),
    }
    chosen = subject or write.choose_subject({**known, **measured}, week=week, desk=desk, as_of=as_of)
    source, target = chosen
    pairs = sorted({_pair(*pair) for pair in (*desk.watched, (source, target))})
    measured |= {
        "alignments": measure.alignments(events, week, **vintage),
        "triads": measure.triads(events, week, **vintage),
        "positions": measure.positions(events, week, **vintage),
        "agreement": measure.agreement(events, known["mentions"], coverage, [week], **vintage),
    }
    measured["levels"] = measure.levels(events, _weeks(week), coverage, pairs=pairs, **vintage)
    measured["gains"] = measure.gains(events, source, target, **vintage)
    change = settled_break(measured["breaks"], source, target, week)
    if change is None:
        return {**measured, "drivers": DRIVERS.empty(), "spillover": SPILLOVER.empty()}
    measured["drivers"] = measure.drivers(events, source, target, change, coverage, **vintage)
    measured["spillover"] = measure.spillover(events, source, target, change, desk.groups, coverage=coverage, **vintage)
    return measured


def settled_break(breaks: pa.Table, source: str, target: str, week: Week) -> Week | None:
    """Return the week of the pair's latest break that is old enough to compare before with after, else of the latest.

    None if the pair has no break.
    """
    first, second = _pair(source, target)
    ours = breaks.filter(pc.and_(pc.equal(breaks["source"], first), pc.equal(breaks["target"], second)))
    weeks = sorted(Week.parse(name) for name in set(ours["week"].to_pylist()))
    settled = [found for found in weeks if found <= week.shift(-SETTLED_WEEKS)]
    return max(settled or weeks, default=None)


def level_of(source: str, target: str, events: pa.Table, as_of: datetime | None = None) -> dict[str, Any]:
    """Return the level of a relation by week, what is in force, and its breaks, as `marsad level` prints them.

    Args:
        source: a code or a name ("RUS", "Russia", «روسيا»).
        target: the other party; the order does not matter.
        events: one row per event, schema of ``domain.tables.EVENTS``.
        as_of: the cutoff; the end of the last event's week if None.

    Returns:
        ``{"source", "target", "weeks": [{"week", "cooperation": [p0..p5], "conflict": [p0..p4]}], "standing":
        {"cooperation": rung, "conflict": rung, "items": [...]}, "breaks": [{"week", "ladder", "from", "to",
        "probability", "events"}]}``; ``weeks`` run from the pair's first event to the cutoff.

    Raises:
        BadInput: an actor nobody knows and no event names.
    """
    events = reported(events)
    first, second = _pair(code_of(source, events), code_of(target, events))
    theirs = _between(events, first, second)
    end = as_of or last_instant(events)
    answer: dict[str, Any] = {"source": first, "target": second}
    if not theirs.num_rows:
        return answer | {"weeks": [], "standing": {"cooperation": 0, "conflict": 0, "items": []}, "breaks": []}
    vintage: dict[str, Any] = {"run": str(Week.of(end.date())), "as_of": end}
    start = Week.of(pc.min(theirs["event_date"]).as_py())
    weeks = [start.shift(i) for i in range(max(0, Week.of(end.date()).index - start.index + 1))]
    weeks = [week for week in weeks if week.cutoff <= end] or weeks[:1]
    levels = measure.levels(events, weeks, pairs=[(first, second)], **vintage)
    standings = measure.standings(theirs, **vintage)
    return answer | {
        "weeks": _level_weeks(levels),
        "standing": {**measure.highest(standings, first, second, end.date()), "items": _items(standings)},
        "breaks": _breaks(measure.breaks(events, pairs=[(first, second)], **vintage)),
    }


def level_text(level: Mapping[str, Any]) -> str:
    """Return the answer of :func:`level_of` as a short table for the terminal."""
    lines = [f"{level['source']} - {level['target']}"]
    standing = level["standing"]
    for ladder, names in ((Ladder.COOPERATION, COOPERATION_RUNGS), (Ladder.CONFLICT, CONFLICT_RUNGS)):
        rung = standing[ladder.value]
        lines.append(f"  {ladder.value:<12} standing {rung} ({names[rung]}){_activity(level, ladder)}")
    lines += [
        f"  in force     {item['commitment']} since {item['opened']} ({len(item['opened_by'])} events)"
        for item in standing["items"]
        if item["closed"] is None
    ]
    lines += [
        f"  break        {found['week']} {found['ladder']} {found['from']} -> {found['to']}"
        f"  p {found['probability']:.2f}  {', '.join(found['events'][:3])}"
        for found in level["breaks"]
    ]
    return "\n".join(lines if level["weeks"] else [*lines, "  no event between the two is known"])


def _activity(level: Mapping[str, Any], ladder: Ladder) -> str:
    if not level["weeks"]:
        return ""
    last = level["weeks"][-1]
    mean = sum(rung * p for rung, p in enumerate(last[ladder.value]))
    return f", activity {mean:.1f} in {last['week']}"


def last_instant(events: pa.Table) -> datetime:
    """Return the end of the last event's week; now if there is none."""
    return Week.of(pc.max(events["event_date"]).as_py()).cutoff if events.num_rows else datetime.now(UTC)


def code_of(name: str, events: pa.Table) -> str:
    """Return the code of an actor named by code or by name.

    Raises:
        BadInput: neither the registry nor the events know it.
    """
    named = set(events["source"].unique().to_pylist()) | set(events["target"].unique().to_pylist())
    if name in named:
        return name
    registry = load_registry()
    code = registry.code_of(name)
    if code is None and name.upper() in named:
        code = name.upper()
    if code is None:
        near = get_close_matches(name.upper(), sorted(named), n=3)
        raise BadInput(
            f"actor {name!r}",
            "neither in the registry nor in the events",
            f"use an ISO alpha-3 code or a name{', perhaps ' + ', '.join(near) if near else ', for example RUS'}",
        )
    return code


def _pair(source: str, target: str) -> tuple[str, str]:
    return (source, target) if source <= target else (target, source)


def _between(events: pa.Table, first: str, second: str) -> pa.Table:
    forth = pc.and_(pc.equal(events["source"], first), pc.equal(events["target"], second))
    back = pc.and_(pc.equal(events["source"], second), pc.equal(events["target"], first))
    return events.filter(pc.or_(forth, back))


def _weeks(week: Week) -> list[Week]:
    return [week.shift(i) for i in range(1 - LEVEL_WEEKS, 1)]


def _dyad_weeks(known: Tables, store: Store, vintage: Mapping[str, Any]) -> dict[str, pa.Table]:
    """Return the dyad-weeks under every counting, and their counts by rung and context."""
    events, mentions, coverage = (store.relation(known[name]) for name in ("events", "mentions", "coverage"))
    weeks = [measure.dyad_weeks(events, mentions, counting, coverage, **vintage) for counting in Counting]
    acts = [measure.dyad_week_acts(events, mentions, counting, **vintage) for counting in Counting]
    return {
        "dyad_weeks": pa.concat_tables(map(store.execute, weeks)),
        "dyad_week_acts": pa.concat_tables(map(store.execute, acts)),
    }


def _level_weeks(levels: pa.Table) -> list[dict[str, Any]]:
    by_week: dict[str, dict[str, Any]] = {}
    for row in levels.to_pylist():
        by_week.setdefault(row["week"], {"week": row["week"]})[row["ladder"]] = [round(p, 4) for p in row["p"]]
    return [by_week[week] for week in sorted(by_week)]


def _items(standings: pa.Table) -> list[dict[str, Any]]:
    return [
        {
            "ladder": row["ladder"],
            "commitment": row["commitment"],
            "rung": row["rung"],
            "opened": str(row["opened"]),
            "closed": row["closed"] and str(row["closed"]),
            "term": row["term"] and str(row["term"]),
            "opened_by": row["opened_by"],
            "closed_by": row["closed_by"],
        }
        for row in standings.to_pylist()
    ]


def _breaks(breaks: pa.Table) -> list[dict[str, Any]]:
    return [
        {
            "week": row["week"],
            "ladder": row["ladder"],
            "from": row["from_rung"],
            "to": row["to_rung"],
            "probability": round(row["probability"], 4),
            "events": row["events"],
        }
        for row in breaks.to_pylist()
    ]
