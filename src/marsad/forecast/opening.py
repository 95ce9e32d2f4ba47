"""Open forecasts: one row for every dyad and quad class, with base rate, rule and the events behind it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from marsad.domain.query import Query
from marsad.domain.tables import FORECASTS
from marsad.domain.words import EventType
from marsad.errors import OutOfRange
from marsad.forecast import logit
from marsad.forecast.history import CLASSES, TYPES, Dyad, History, day_number, instant_number, read_history
from marsad.forecast.rates import estimate

MODEL = "decayed-rate-2"
MAX_REASONS = 5
DAY_US = 86_400 * 1_000_000
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Asked:
    """What is asked at every origin."""

    dyads: tuple[Dyad, ...]
    kinds: tuple[str, ...]
    horizon_weeks: int


def issue(
    events: pa.Table,
    origin: date,
    dyads: Sequence[Dyad],
    horizon_weeks: int = 4,
    *,
    known_at: datetime,
    backfilled: bool = False,
    kinds: Sequence[str] = CLASSES,
) -> pa.Table:
    """Open the week's forecasts: will the source do at least one act of the kind to the target within the horizon?

    Only events dated up to the origin and learnt up to ``known_at`` are looked at. Where the record is long and dense
    the regression answers (:mod:`marsad.forecast.logit`), elsewhere the decayed rates.

    Args:
        events: one row per event, key ``event_id``; rows not reported, or waiting for review, are left aside.
        origin: the day the forecasts are made for; their window is the ``horizon_weeks`` weeks after it.
        dyads: ordered (source, target) pairs; they are also the pool that a quiet dyad is drawn towards.
        horizon_weeks: weeks, at least 1.
        known_at: the instant the run closes its eyes; stands on every row.
        backfilled: the forecasts are made later than their origin, from what was known then.
        kinds: quad classes or event types. A type a dyad has not shown yet is left out.

    Returns:
        ``forecasts``, one row per (dyad, kind), dyads in the order given; ``probability`` and ``base_rate`` lie in
        (0, 1), ``reasons`` are the latest events of that kind, newest first.

    Raises:
        OutOfRange: ``horizon_weeks`` below 1.

    >>> from marsad.domain.tables import EVENTS
    >>> opened = issue(EVENTS.empty(), date(2026, 5, 31), [("RUS", "AFG")], known_at=datetime(2026, 6, 1, tzinfo=UTC))
    >>> opened.num_rows, opened["resolution_rule"][0].as_py()
    (4, 'RUS verbal_cooperation AFG from 2026-06-01 by 2026-06-28')
    """
    asked = _Asked(tuple(dict.fromkeys(dyads)), tuple(kinds), horizon_weeks)
    return _open(read_history(events, dyads, kinds), asked, [origin], [known_at], backfilled=backfilled)


def backfill(events: pa.Table, origins: Iterable[date], dyads: Sequence[Dyad], horizon_weeks: int = 4) -> pa.Table:
    """Open the forecasts a desk would have opened at past origins, each closing its eyes at the end of its day (UTC).

    Args:
        events: as for :func:`issue`.
        origins: days, in any order.
        dyads: as for :func:`issue`.
        horizon_weeks: weeks, at least 1.

    Returns:
        ``forecasts``, the rows of :func:`issue` for every origin, oldest first, marked ``backfilled``; each row's
        ``known_at`` is the midnight that ends its origin.

    Raises:
        OutOfRange: ``horizon_weeks`` below 1.

    >>> from marsad.domain.tables import EVENTS
    >>> backfill(EVENTS.empty(), [date(2026, 5, 31), date(2026, 5, 24)], [("RUS", "AFG")]).num_rows
    8
    """
    days = sorted(set(origins))
    asked = _Asked(tuple(dict.fromkeys(dyads)), CLASSES, horizon_weeks)
    ends = [datetime.combine(day, time(), UTC) + timedelta(days=1) for day in days]
    return _open(read_history(events, dyads), asked, days, ends, backfilled=True)


def question_id(source: str, target: str, quad_class: str, horizon_weeks: int) -> str:
    """Return the question's name: the same at every origin, so that its forecasts can be followed.

    >>> question_id("RUS", "AFG", "verbal_cooperation", 4)
    'd326f80f4673c0d4'
    """
    return hashlib.sha256(f"{source}|{quad_class}|{target}|{horizon_weeks}".encode()).hexdigest()[:16]


def _open(
    history: History,
    asked: _Asked,
    origins: Sequence[date],
    known_at: Sequence[datetime],
    *,
    backfilled: bool,
) -> pa.Table:
    """Open the questions at each origin; eyes close as long after each as after the last."""
    if asked.horizon_weeks < 1:
        raise OutOfRange("horizon_weeks", f"{asked.horizon_weeks} is below 1", "ask for at least one week")
    if not (asked.dyads and origins):
        return FORECASTS.empty()
    days = [day_number(origin) for origin in origins]
    cutoffs = [instant_number(instant) for instant in known_at]
    n_days = 7 * asked.horizon_weeks
    dense = [day for day, cutoff in zip(days, cutoffs, strict=True) if logit.suffices(history, day, cutoff, n_days)]
    learnt: dict[int, Floats] = {}
    if dense:
        lag_us = cutoffs[-1] - days[-1] * DAY_US
        learnt = dict(
            zip(
                dense,
                logit.chances(history, asked.dyads, dense, n_days, lag_us=lag_us).probability,
                strict=True,
            )
        )
    return pa.concat_tables(
        [
            _rows(history, asked, origin, instant, learnt.get(day), backfilled=backfilled)
            for origin, instant, day in zip(origins, known_at, days, strict=True)
        ]
    )


def _rows(
    history: History, asked: _Asked, origin: date, known_at: datetime, learnt: Floats | None, *, backfilled: bool
) -> pa.Table:
    today, cutoff = day_number(origin), instant_number(known_at)
    rates = estimate(history, today, cutoff, asked.horizon_weeks)
    reasons = latest_events(history, today, cutoff)
    probability = rates.probability if learnt is None else learnt
    first, due = origin + timedelta(days=1), origin + timedelta(weeks=asked.horizon_weeks)
    rows: list[dict[str, Any]] = [
        {
            "question_id": question_id(source, target, kind, asked.horizon_weeks),
            "source": source,
            "target": target,
            "quad_class": EventType(kind).quad_class.value if kind in TYPES else kind,
            "event_type": kind if kind in TYPES else None,
            "origin": origin,
            "horizon_weeks": asked.horizon_weeks,
            "due": due,
            "probability": float(probability[series]),
            "base_rate": float(rates.base_rate[series]),
            "base_n": rates.base_n,
            "model": MODEL if learnt is None else logit.MODEL,
            "resolution_rule": str(Query.of(source, [kind], target, first, due)),
            "reasons": reasons[series],
            "backfilled": backfilled,
            "known_at": known_at,
        }
        for series, ((source, target), kind) in enumerate(product(asked.dyads, asked.kinds))
        if kind in CLASSES or reasons[series]
    ]
    return FORECASTS.from_rows(rows)


def latest_events(history: History, origin: int, cutoff: int) -> list[list[str]]:
    """Return each series' newest events, which weigh most under any half-life; of one day, by id.

    Args:
        history: events by series.
        origin: last day looked at, days since 1970-01-01.
        cutoff: last instant looked at, microseconds since 1970-01-01.
    """
    reasons: list[list[str]] = [[] for _ in range(history.n_series)]
    seen = np.flatnonzero((history.day <= origin) & (history.known <= cutoff))
    newest_first = seen[np.argsort(-history.day[seen], kind="stable")]
    for event, series in zip(history.event_id[newest_first], history.series[newest_first], strict=True):
        if len(reasons[series]) < MAX_REASONS:
            reasons[series].append(event)
    return reasons
