"""Movers: the pairs whose week was most unlike what went before, by field, by surprise and not by volume."""

import math
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa

from marsad.domain.fields import FIELDS, field_of
from marsad.domain.tables import MOVERS
from marsad.domain.week import Week
from marsad.measure.acts import Acts, Ints, read
from marsad.measure.completeness import completeness
from marsad.measure.drivers import weightiest

_HALF_LIFE_WEEKS = 8.0
_PRIOR_ACTS, _PRIOR_WEEKS = 0.2, 2.0  # a pair and field never seen: a tenth of an act a week, weighing two weeks
_LEAST_WEIGHT = 0.1
_MOST_EVENTS = 10


def movers(events: pa.Table, week: Week, coverage: pa.Table | None = None, *, run: str, as_of: datetime) -> pa.Table:
    r"""Return the pairs that acted in a week, the most surprising first.

    Surprise is the information, in bits, of seeing at least so many acts of one field, given the pair's decayed
    earlier rate, times the acts' mean weight (|Goldstein| / 10, at least 0.1). A pair stands under the field that
    surprised most.

    .. math:: s = -w \log_2 P(N \ge n), \quad N \sim \mathrm{NegBin}(a, b), \; a/b \text{ the trailing rate}

    Args:
        events: one row per event, schema of ``domain.tables.EVENTS``.
        week: the week looked at; only it and earlier ones are read.
        coverage: the completeness ledger; None if there is none. Earlier weeks count as far as they were collected.
        run: the week of the run, as ``2026-W22``.
        as_of: the cutoff; an instant with a time zone.

    Returns:
        Schema of ``domain.tables.MOVERS``: one row per pair that acted in the week; ``source`` < ``target``
        alphabetically; ``direction`` in [-1, 1] is (cooperative - conflictual acts) / all, in the field; ``events``
        weightiest first, ten at most; sorted by surprise, then pair.
    """
    acts = read(events, as_of)
    fields, weeks = _fields(acts), _weeks_seen(acts, week.index, coverage, as_of)
    rows: dict[int, dict[str, Any]] = {}
    is_now = acts.week == week.index
    for field in range(len(FIELDS)):
        of_field = np.flatnonzero(fields == field)
        now = of_field[is_now[of_field]]
        surprise = _surprise(acts, of_field, now, week.index, weeks)
        for pair in np.unique(acts.pair[now]).tolist():
            mine = now[acts.pair[now] == pair]
            bits = surprise[pair] * _weight(acts, mine)
            if pair not in rows or bits > rows[pair]["surprise"]:
                source, target = acts.pair_names(pair)
                rows[pair] = {
                    "run": run,
                    "source": source,
                    "target": target,
                    "field": FIELDS[field],
                    "surprise": bits,
                    "direction": float(1 - 2 * acts.is_conflict[mine].mean()),
                    "n_events": len(mine),
                    "events": weightiest(acts, mine, _MOST_EVENTS),
                    "known_at": as_of,
                }
    return MOVERS.from_rows(sorted(rows.values(), key=_by_surprise))


def salience(events: pa.Table, week: Week, coverage: pa.Table | None = None, *, as_of: datetime) -> pa.Table:
    r"""Return how much each event of a week matters: what it tells that was not to be expected, times its weight.

    .. math:: s_i = w_i \log_2 \frac{1}{P(N \ge 1)} + \frac{r_i}{5}

    with :math:`w` = |Goldstein| / 10 (at least 0.1), :math:`N` the pair's acts of the field in a week by its decayed
    earlier rate, and :math:`r` the rung: a first pact of a quiet pair outweighs the tenth visit of a busy one.

    Args:
        events: one row per event, schema of ``domain.tables.EVENTS``.
        week: the week looked at; only it and earlier ones are read.
        coverage: the completeness ledger; None if there is none. Earlier weeks count as far as they were collected.
        as_of: the cutoff; an instant with a time zone.

    Returns:
        One row per event of the week: ``event_id``, ``field``, ``salience`` (at least 0); sorted by salience, then id.
    """
    acts = read(events, as_of)
    fields, weeks = _fields(acts), _weeks_seen(acts, week.index, coverage, as_of)
    is_now = acts.week == week.index
    goldstein = np.nan_to_num(np.asarray(acts.table["goldstein"].to_numpy(zero_copy_only=False), dtype=float))
    rows: list[dict[str, Any]] = []
    for field, name in enumerate(FIELDS):
        of_field = np.flatnonzero(fields == field)
        now = of_field[is_now[of_field]]
        bits = _surprise(acts, of_field, now, week.index, weeks, at_least_one=True)
        rows += [
            {
                "event_id": str(acts.event_id[i]),
                "field": name,
                "salience": max(abs(float(goldstein[i])) / 10, _LEAST_WEIGHT) * bits[int(acts.pair[i])]
                + float(acts.rung[i]) / 5,
            }
            for i in now.tolist()
        ]
    rows.sort(key=lambda row: (-row["salience"], row["event_id"]))
    return pa.Table.from_pylist(
        rows, schema=pa.schema([("event_id", pa.string()), ("field", pa.string()), ("salience", pa.float64())])
    )


def _by_surprise(row: dict[str, Any]) -> tuple[float, str, str]:
    return -row["surprise"], row["source"], row["target"]


def _fields(acts: Acts) -> Ints:
    """Return the field of every event, as its position in ``FIELDS``."""
    number = {name: i for i, name in enumerate(FIELDS)}
    named = {
        (kind, context): number[field_of(kind, context)]
        for kind, context in set(zip(acts.words("event_type"), acts.words("context"), strict=True))
    }
    words = zip(acts.words("event_type"), acts.words("context"), strict=True)
    return np.asarray([named[act] for act in words], dtype=np.int64)


def _weeks_seen(acts: Acts, week: int, coverage: pa.Table | None, as_of: datetime) -> float:
    """Return how many weeks before this one were collected, those long ago weighing less."""
    if not len(acts) or week <= acts.week[0]:
        return 0.0
    shares = completeness(coverage, int(acts.week[0]), week - 1, as_of)
    return float(shares @ 0.5 ** (np.arange(len(shares))[::-1] / _HALF_LIFE_WEEKS))


def _surprise(
    acts: Acts, of_field: Ints, now: Ints, week: int, weeks: float, *, at_least_one: bool = False
) -> dict[int, float]:
    """Return, per pair that acted, -log2 of the chance of at least as many acts (or of any)."""
    pairs, seen = np.unique(acts.pair[now], return_counts=True)
    earlier = of_field[acts.week[of_field] < week]
    decay = 0.5 ** (1 / _HALF_LIFE_WEEKS)
    age = week - 1 - acts.week[earlier]
    decayed = (
        np.bincount(acts.pair[earlier], decay**age, len(acts.pairs))[pairs] if len(earlier) else np.zeros(len(pairs))
    )
    shape, rate = decayed + _PRIOR_ACTS, weeks + _PRIOR_WEEKS
    least = np.ones_like(seen) if at_least_one else seen
    tails = [_log_tail(n, a, rate) for n, a in zip(least.tolist(), shape.tolist(), strict=True)]
    return {pair: -tail / math.log(2) for pair, tail in zip(pairs.tolist(), tails, strict=True)}


def _log_tail(n: int, shape: float, rate: float) -> float:
    """Return log P(N >= n) of a negative binomial: its first term, times the sum of the terms relative to it.

    >>> round(math.exp(_log_tail(1, 1.0, 1.0)), 6), round(math.exp(_log_tail(3, 1.0, 1.0)), 6)
    (0.5, 0.125)
    """
    first = math.lgamma(n + shape) - math.lgamma(shape) - math.lgamma(n + 1)
    first += shape * math.log(rate / (rate + 1)) - n * math.log(rate + 1)
    total = term = 1.0
    while term > 1e-12 * total:
        term *= (n + shape) / ((n + 1) * (rate + 1))
        total, n = total + term, n + 1
    return min(0.0, first + math.log(total))


def _weight(acts: Acts, rows: Ints) -> float:
    goldstein = np.asarray(acts.table["goldstein"].to_numpy(zero_copy_only=False), dtype=float)[rows]
    return float(max(np.abs(np.nan_to_num(goldstein)).mean() / 10, _LEAST_WEIGHT))
