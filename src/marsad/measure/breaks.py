"""Breaks: dated changes of a pair, in the weekly flow of weighty acts and in what stands between the two.

Flow: a Poisson CUSUM on acts of rung 2 and above, both directions pooled, against the twelve weeks before it moved.
Standing: a commitment or measure on a higher rung than any in force before, or the end of the highest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa

from marsad.domain.tables import BREAKS
from marsad.domain.week import Week
from marsad.domain.words import Ladder
from marsad.measure.acts import Acts, Floats, Ints, last_whole_week, read, week_of
from marsad.measure.completeness import COVERED, completeness
from marsad.measure.standing import standings

BASELINE_WEEKS = 12
_WARM_UP_WEEKS = 4  # no judgement on less history
_LEAST_TO_FALL = 6  # acts in the baseline: below that, silence is nothing new
_PRIOR_ACTS, _PRIOR_WEEKS = 0.25, 1.0  # a pair never seen on rung 2 is taken to show a quarter of an act a week
_MOST_EVENTS = 20
_MOST_STANDING = 0.99  # a report can always be wrong


@dataclass(frozen=True)
class Cusum:
    """The numbers of the flow test.

    Args:
        ratio: how much a rise multiplies the weekly rate (a fall divides by it).
        step: the least acts a week a rise adds.
        threshold: of the log likelihood ratio that makes a break.
        null_rate: false breaks per quiet pair and year at threshold 0, and
        null_decay: how fast they fall with the threshold: ``null_rate * exp(-null_decay * h)``.
    """

    ratio: float = 2.5
    step: float = 1.0
    threshold: float = 4.0
    null_rate: float = 4.0
    null_decay: float = 0.5

    def probability(self, statistic: float) -> float:
        """Return the share of quiet pair-years that show nothing this strong.

        >>> round(Cusum(null_rate=4.0, null_decay=0.5).probability(6.0), 3)
        0.819
        """
        return float(np.exp(-self.null_rate * np.exp(-self.null_decay * statistic)))


FLOW = Cusum()


@dataclass(frozen=True)
class Alarm:
    """One crossing of the threshold: which series, when the excursion began and crossed, which way, how strongly."""

    series: int
    onset: int
    crossed: int
    rises: bool
    statistic: float


def breaks(
    events: pa.Table,
    coverage: pa.Table | None = None,
    *,
    run: str,
    as_of: datetime,
    pairs: Sequence[tuple[str, str]] | None = None,
    flow: Cusum = FLOW,
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
        flow: the numbers of the flow test.

    Returns:
        Schema of ``domain.tables.BREAKS``: one row per (pair, ladder, week); ``source`` < ``target`` alphabetically;
        ``week`` is the first of the new flow, or that of the commitment. ``from_rung`` and ``to_rung`` are rungs in
        force for a step of standing, else the rung an average week reached before and since. A standing step's
        probability is its reports' joint confidence, a flow's the share of quiet pair-years that show less.
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


def find_alarms(counts: Floats, shares: Floats, flow: Cusum = FLOW) -> list[Alarm]:
    """Run the two-sided CUSUM over many series at once.

    After an alarm the series starts afresh: its new baseline is what it has shown since the excursion began.

    Args:
        counts: (weeks, series), acts of rung 2 and above.
        shares: completeness per week, in [0, 1]; weeks below half are skipped.
        flow: the numbers of the test.

    Returns:
        Alarms in order of the week they were raised, then of series.
    """
    n_series = counts.shape[1]
    usable = shares >= COVERED
    total = np.vstack([np.zeros(n_series), np.cumsum(np.where(usable[:, None], counts, 0), axis=0)])
    length = np.concatenate([[0.0], np.cumsum(np.where(usable, shares, 0))])
    start = np.zeros(n_series, dtype=np.int64)  # first week the baseline may use
    column = np.arange(n_series)
    state = {rises: (np.zeros(n_series), np.zeros(n_series, dtype=np.int64)) for rises in (True, False)}
    alarms: list[Alarm] = []
    for week in np.flatnonzero(usable).tolist():
        fired = np.zeros(n_series, dtype=bool)
        for rises, (height, onset) in state.items():
            idle = height <= 0
            onset[idle] = week
            low = np.maximum(start, onset - BASELINE_WEEKS)
            history = length[onset] - length[low]
            rate = (total[onset, column] - total[low, column] + _PRIOR_ACTS) / (history + _PRIOR_WEEKS)
            gain = _gain(counts[week], rate * shares[week], shares[week], flow, rises=rises)
            is_fit = history >= _WARM_UP_WEEKS
            if not rises:
                is_fit &= total[onset, column] - total[low, column] >= _LEAST_TO_FALL
            height[:] = np.where(is_fit, np.maximum(height + gain, 0), 0)
            crossed = (height >= flow.threshold) & ~fired
            fired |= crossed
            alarms += [
                Alarm(int(i), int(onset[i]), week, rises, float(height[i])) for i in np.flatnonzero(crossed).tolist()
            ]
            start = np.where(crossed, onset, start)
        for height, _ in state.values():
            height[fired] = 0
    return alarms


def _gain(seen: Floats, rate: Floats, share: float, flow: Cusum, *, rises: bool) -> Floats:
    """Return the week's log likelihood ratio of the changed rate against the baseline."""
    changed = np.maximum(rate * flow.ratio, rate + flow.step * share) if rises else rate / flow.ratio
    return np.asarray(seen * np.log(changed / rate) - (changed - rate))


def _flow_rows(
    acts: Acts, coverage: pa.Table | None, as_of: datetime, wanted: set[tuple[str, str]] | None, flow: Cusum
) -> list[dict[str, Any]]:
    first, last = int(acts.week[0]), last_whole_week(as_of)
    if last < first:
        return []
    shares = completeness(coverage, first, last, as_of)
    rows: list[dict[str, Any]] = []
    for ladder in Ladder:
        is_heavy = (acts.is_conflict == (ladder is Ladder.CONFLICT)) & (acts.rung >= 2) & (acts.week <= last)
        series = np.flatnonzero(np.bincount(acts.pair[is_heavy], minlength=len(acts.pairs)) >= 2)
        if wanted is not None:
            series = np.asarray([i for i in series.tolist() if acts.pair_names(i) in wanted], dtype=np.int64)
        place = np.full(len(acts.pairs), -1)
        place[series] = np.arange(len(series))
        inside = is_heavy & (place[acts.pair] >= 0)
        flat = (acts.week[inside] - first) * len(series) + place[acts.pair[inside]]
        counts = (
            np.bincount(flat, minlength=(last - first + 1) * len(series))
            .reshape(last - first + 1, len(series))
            .astype(float)
        )
        rows += [
            _flow_row(acts, acts.pair_names(int(series[alarm.series])), ladder, alarm, first)
            | {"probability": flow.probability(alarm.statistic)}
            for alarm in find_alarms(counts, shares, flow)
        ]
    return rows


def _flow_row(acts: Acts, names: tuple[str, str], ladder: Ladder, alarm: Alarm, first: int) -> dict[str, Any]:
    """Name the change: where an average week stood before and since, and the acts that carry it."""
    onset, crossed = first + alarm.onset, first + alarm.crossed
    before, since = (max(first, onset - BASELINE_WEEKS), onset), (onset, crossed + 1)
    low, high = np.searchsorted(acts.week, [before[0], since[1]])
    near = np.arange(low, high)
    ends = [acts.number_of(name) for name in names]
    is_mine = np.isin(acts.source[near], ends) & np.isin(acts.target[near], ends)
    mine = near[is_mine & (acts.is_conflict[near] == (ladder is Ladder.CONFLICT))]
    was, now = (_mean_reach(acts, mine, span) for span in (before, since))
    rounding = (np.floor, np.ceil) if alarm.rises else (np.ceil, np.floor)
    span = since if alarm.rises else before
    carrying = mine[(acts.rung[mine] >= 2) & (acts.week[mine] >= span[0]) & (acts.week[mine] < span[1])]
    return {
        "source": names[0],
        "target": names[1],
        "ladder": ladder.value,
        "week": str(week_of(onset)),
        "from_rung": int(rounding[0](was)),
        "to_rung": int(rounding[1](now)),
        "events": acts.ids(_weightiest(acts, carrying)),
    }


def _mean_reach(acts: Acts, of_pair: Ints, span: tuple[int, int]) -> float:
    """Return the highest rung of a week, averaged over the weeks; a silent week reaches 0."""
    inside = of_pair[(acts.week[of_pair] >= span[0]) & (acts.week[of_pair] < span[1])]
    reach = np.zeros(span[1] - span[0])
    np.maximum.at(reach, acts.week[inside] - span[0], acts.rung[inside])
    return float(reach.mean())


def _weightiest(acts: Acts, rows: Ints) -> Ints:
    """Keep the highest rungs, the earliest first among equals; give them in date order."""
    order = np.argsort(-acts.rung[rows], kind="stable")[:_MOST_EVENTS]
    return rows[np.sort(order)]


def _standing_rows(
    events: pa.Table, acts: Acts, run: str, as_of: datetime, wanted: set[tuple[str, str]] | None
) -> list[dict[str, Any]]:
    """Follow the highest rung in force from week to week."""
    confidence = dict(zip(acts.event_id.tolist(), acts.table["confidence"].to_pylist(), strict=True))
    week = dict(zip(acts.event_id.tolist(), acts.week.tolist(), strict=True))
    by_pair: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for item in standings(events, run=run, as_of=as_of).to_pylist():
        if wanted is None or (item["source"], item["target"]) in wanted:
            by_pair.setdefault((item["source"], item["target"], item["ladder"]), []).append(item)
    rows = []
    for (source, target, ladder), items in by_pair.items():
        for index, was, now in _steps(items):
            ids = [e for e in _carrying(items, index, was, now) if week[e] == index]
            doubt = np.prod([1 - (1.0 if confidence[e] is None else confidence[e]) for e in ids])
            rows.append(
                {
                    "source": source,
                    "target": target,
                    "ladder": ladder,
                    "week": str(week_of(index)),
                    "from_rung": was,
                    "to_rung": now,
                    "probability": float(min(1 - doubt, _MOST_STANDING)),
                    "events": ids,
                }
            )
    return rows


def _steps(items: list[dict[str, Any]]) -> list[tuple[int, int, int]]:
    """Return (week, highest rung before, highest rung after) of every week that changed it."""
    weeks = sorted(
        {Week.of(day).index for item in items for day in (item["opened"], item["closed"]) if day is not None}
    )
    steps, was = [], 0
    for index in weeks:
        end = week_of(index).end
        standing = [i["rung"] for i in items if i["opened"] <= end and (i["closed"] is None or i["closed"] > end)]
        now = max(standing, default=0)
        if now != was:
            steps.append((index, was, now))
        was = now
    return steps


def _carrying(items: list[dict[str, Any]], index: int, was: int, now: int) -> list[str]:
    start, end = week_of(index).start, week_of(index).end
    if now > was:
        return [e for i in items if i["rung"] == now and start <= i["opened"] <= end for e in i["opened_by"]]
    return [
        e for i in items if i["rung"] == was and i["closed"] and start <= i["closed"] <= end for e in i["closed_by"]
    ]
