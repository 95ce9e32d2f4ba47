"""Breaks: dated changes of a pair, in the weekly flow of weighty acts and in what stands between the two.

Flow: a sequential scan of both directions' acts, pooled, against the twelve weeks before: heavy rungs and, discounted
by how much it comes in bursts, mere contact or friction.
Standing: a commitment or measure on a higher rung than any in force before, the end of the highest, or a first
commitment of its kind on the highest rung, where that is political or above.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa

from marsad.domain.tables import BREAKS
from marsad.domain.words import Ladder
from marsad.measure.acts import Acts, Bools, Floats, Ints, last_whole_week, read, week_of
from marsad.measure.completeness import COVERED, completeness
from marsad.measure.scan import BASELINE_WEEKS, Alarm, Scan, find_alarms
from marsad.measure.standing import standings
from marsad.measure.steps import find_steps

_MOST_EVENTS = 20
_MOST_STANDING = 0.99  # a report can always be wrong
_LEAST_STANDING = 0.5
# A coder that does not say how sure it is codes an old treaty told again like a new one: three days make a step.
_UNKNOWN_CONFIDENCE = 0.25


# Thresholds so that quiet pairs show at most half a false rise a year, steps of standing and both ladders together;
# null rates as counted on the quiet pairs of two years of public events (benchmarks/turning_points.py).
FLOW = {
    Ladder.COOPERATION: Scan(9.0, ((2,), (3, 4, 5), (1,)), null_rate=1.6, null_decay=0.26),
    Ladder.CONFLICT: Scan(1.5, ((4,), (2, 3), (1,)), null_rate=0.6, null_decay=0.85),
}


def breaks(
    events: pa.Table,
    coverage: pa.Table | None = None,
    *,
    run: str,
    as_of: datetime,
    pairs: Sequence[tuple[str, str]] | None = None,
    flow: Mapping[Ladder, Scan] = FLOW,
) -> pa.Table:
    """Return the dated changes of every pair on both ladders, rises and falls.

    A break once found stays as it was found: only weeks over at ``as_of`` count, a break is named when the evidence up
    to that week suffices, and later events change neither its date nor its probability.

    Args:
        events: one row per event, schema of ``domain.tables.EVENTS``.
        coverage: the completeness ledger; None if there is none.
        run: the week of the run, as ``2026-W22``.
        as_of: the cutoff; an instant with a time zone.
        pairs: the pairs to look at; None for all.
        flow: the numbers of the flow test on each ladder.

    Returns:
        Schema of ``domain.tables.BREAKS``: one row per (pair, ladder, week); ``source`` < ``target`` alphabetically;
        ``week`` is the first of the new flow, or that of the commitment; ``noticed`` the one by whose end the evidence
        sufficed, the same for a commitment. ``from_rung`` and ``to_rung`` are rungs in
        force for a step of standing (equal where a new kind of commitment deepens the same rung), else the
        rung an average week reached before and since (equal where acts changed in number alone). A standing step's
        probability is its reports' joint confidence (above one half, or it is left out), a flow's the share of quiet
        pair-years that show less.
        ``events`` carry a rise; for a fall they are what came to an end. Sorted by pair, ladder, week.
    """
    acts = read(events, as_of)
    if not len(acts):
        return BREAKS.empty()
    wanted = None if pairs is None else {(min(pair), max(pair)) for pair in pairs}
    rows = [*_flow_rows(acts, coverage, as_of, wanted, flow), *_standing_rows(events, acts, run, as_of, wanted)]
    best: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    for row in rows:  # standing steps come last: they say more than a flow of the same week
        best[row["source"], row["target"], row["ladder"], row["week"]] = row
    return BREAKS.from_rows([{"run": run, **best[key], "known_at": as_of} for key in sorted(best)])


def _flow_rows(
    acts: Acts,
    coverage: pa.Table | None,
    as_of: datetime,
    wanted: set[tuple[str, str]] | None,
    flow: Mapping[Ladder, Scan],
) -> list[dict[str, Any]]:
    first, last = int(acts.week[0]), last_whole_week(as_of)
    if last < first:
        return []
    shares = completeness(coverage, first, last, as_of)
    covered = first + np.flatnonzero(shares >= COVERED)
    rows: list[dict[str, Any]] = []
    for ladder in Ladder:
        on_ladder = (acts.is_conflict == (ladder is Ladder.CONFLICT)) & (acts.week <= last)
        counts = _weekly(acts, [on_ladder & np.isin(acts.rung, rungs) for rungs in flow[ladder].streams], first, last)
        for alarm in find_alarms(counts, shares, flow[ladder]):
            names = acts.pair_names(alarm.series)
            if wanted is None or names in wanted:
                found = _flow_row(acts, names, ladder, alarm, first, covered)
                rows.append(found | {"probability": flow[ladder].probability(alarm.statistic)})
    return rows


def _weekly(acts: Acts, streams: list[Bools], first: int, last: int) -> Floats:
    """Return (streams, weeks, pairs) counts. All pairs: they tell how bursty the feed is."""
    counts = np.zeros((len(streams), last - first + 1, len(acts.pairs)))
    for stream, chosen in enumerate(streams):
        np.add.at(counts[stream], (acts.week[chosen] - first, acts.pair[chosen]), 1)
    return counts


def _flow_row(
    acts: Acts, names: tuple[str, str], ladder: Ladder, alarm: Alarm, first: int, covered: Ints
) -> dict[str, Any]:
    """Name the change: where an average week stood before and since, and the acts that carry it."""
    onset, crossed = first + alarm.onset, first + alarm.crossed
    before, since = covered[covered < onset][-BASELINE_WEEKS:], covered[(covered >= onset) & (covered <= crossed)]
    low, high = np.searchsorted(acts.week, [before[0], crossed + 1])
    near = np.arange(low, high)
    ends = [acts.number_of(name) for name in names]
    is_mine = np.isin(acts.source[near], ends) & np.isin(acts.target[near], ends)
    mine = near[is_mine & (acts.is_conflict[near] == (ladder is Ladder.CONFLICT))]
    was, now = (_mean_reach(acts, mine, weeks) for weeks in (before, since))
    if alarm.rises:  # of contact while blows fell off, say: a rise in number, and never named the other way round
        from_rung, to_rung = int(was), max(int(was), math.ceil(now))
    else:
        from_rung, to_rung = max(math.ceil(was), int(now)), int(now)
    carrying = mine[(acts.rung[mine] > 0) & np.isin(acts.week[mine], since if alarm.rises else before)]
    return {
        "source": names[0],
        "target": names[1],
        "ladder": ladder.value,
        "week": str(week_of(onset)),
        "noticed": str(week_of(crossed)),
        "from_rung": from_rung,
        "to_rung": to_rung,
        "events": acts.ids(_weightiest(acts, carrying)),
    }


def _mean_reach(acts: Acts, of_pair: Ints, weeks: Ints) -> float:
    """Return the highest rung of a week, averaged over the weeks, which are in order; a silent week reaches 0."""
    inside = of_pair[np.isin(acts.week[of_pair], weeks)]
    reach = np.zeros(len(weeks))
    np.maximum.at(reach, np.searchsorted(weeks, acts.week[inside]), acts.rung[inside])
    return float(reach.mean())


def _weightiest(acts: Acts, rows: Ints) -> Ints:
    """Keep the highest rungs, the earliest first among equals; give them in date order."""
    order = np.argsort(-acts.rung[rows], kind="stable")[:_MOST_EVENTS]
    return rows[np.sort(order)]


def _standing_rows(
    events: pa.Table, acts: Acts, run: str, as_of: datetime, wanted: set[tuple[str, str]] | None
) -> list[dict[str, Any]]:
    """Follow the highest rung in force from week to week."""
    place = {event: i for i, event in enumerate(acts.event_id.tolist())}
    confidence = acts.table["confidence"].fill_null(_UNKNOWN_CONFIDENCE).to_numpy()
    by_pair: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for item in standings(events, run=run, as_of=as_of).to_pylist():
        if wanted is None or (item["source"], item["target"]) in wanted:
            by_pair.setdefault((item["source"], item["target"], item["ladder"]), []).append(item)
    rows = []
    for (source, target, ladder), items in by_pair.items():
        for step in find_steps(items):
            rows_of = np.array([i for e in step.events if acts.week[i := place[e]] == step.week], dtype=np.int64)
            probability = _joint_confidence(acts.day[rows_of], confidence[rows_of])
            if probability <= _LEAST_STANDING:
                continue
            rows.append(
                {
                    "source": source,
                    "target": target,
                    "ladder": ladder,
                    "week": str(week_of(step.week)),
                    "noticed": str(week_of(step.week)),
                    "from_rung": step.was,
                    "to_rung": step.now,
                    "probability": probability,
                    "events": acts.ids(rows_of),
                }
            )
    return rows


def _joint_confidence(day: Ints, confidence: Floats) -> float:
    """Return the chance that at least one day's best report is right; copies of a day are no second witness."""
    doubt = 1.0
    for one in np.unique(day).tolist():
        doubt *= 1 - float(confidence[day == one].max())
    return min(1 - doubt, _MOST_STANDING)
