"""Open forecasts: one row for every dyad and quad class, with base rate, rule and the events behind it."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pyarrow as pa

from marsad.domain.query import Query
from marsad.domain.tables import FORECASTS
from marsad.errors import OutOfRange
from marsad.forecast.history import CLASSES, Dyad, History, day_number, instant_number, read_history
from marsad.forecast.rates import estimate

MODEL = "decayed-rate-2"
MAX_REASONS = 5


def issue(
    events: pa.Table,
    origin: date,
    dyads: Sequence[Dyad],
    horizon_weeks: int = 4,
    *,
    known_at: datetime,
    backfilled: bool = False,
) -> pa.Table:
    """Open the week's forecasts: will the source do at least one act of the class to the target within the horizon?

    Only events dated up to the origin and learnt up to ``known_at`` are looked at.

    Args:
        events: one row per event, key ``event_id``; rows not reported, or waiting for review, are left aside.
        origin: the day the forecasts are made for; their window is the ``horizon_weeks`` weeks after it.
        dyads: ordered (source, target) pairs; they are also the pool that a quiet dyad is drawn towards.
        horizon_weeks: weeks, at least 1.
        known_at: the instant the run closes its eyes; stands on every row.
        backfilled: the forecasts are made later than their origin, from what was known then.

    Returns:
        ``forecasts``, one row per (dyad, quad class), dyads in the order given; ``probability`` and ``base_rate`` lie
        in (0, 1), ``reasons`` are the latest events of that class, newest first.

    Raises:
        OutOfRange: ``horizon_weeks`` below 1.

    >>> from marsad.domain.tables import EVENTS
    >>> opened = issue(EVENTS.empty(), date(2026, 5, 31), [("RUS", "AFG")], known_at=datetime(2026, 6, 1, tzinfo=UTC))
    >>> opened.num_rows, opened["resolution_rule"][0].as_py()
    (4, 'RUS verbal_cooperation AFG from 2026-06-01 by 2026-06-28')
    """
    return _open(read_history(events, dyads), dyads, origin, horizon_weeks, known_at, backfilled=backfilled)


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
    history = read_history(events, dyads)
    opened = [
        _open(
            history,
            dyads,
            origin,
            horizon_weeks,
            datetime.combine(origin, time(), UTC) + timedelta(days=1),
            backfilled=True,
        )
        for origin in sorted(set(origins))
    ]
    return pa.concat_tables(opened) if opened else FORECASTS.empty()


def question_id(source: str, target: str, quad_class: str, horizon_weeks: int) -> str:
    """Return the question's name: the same at every origin, so that its forecasts can be followed.

    >>> question_id("RUS", "AFG", "verbal_cooperation", 4)
    'd326f80f4673c0d4'
    """
    return hashlib.sha256(f"{source}|{quad_class}|{target}|{horizon_weeks}".encode()).hexdigest()[:16]


def _open(
    history: History, dyads: Sequence[Dyad], origin: date, horizon_weeks: int, known_at: datetime, *, backfilled: bool
) -> pa.Table:
    if horizon_weeks < 1:
        raise OutOfRange("horizon_weeks", f"{horizon_weeks} is below 1", "ask for at least one week")
    asked = dict.fromkeys(dyads)
    if not asked:
        return FORECASTS.empty()
    today, cutoff = day_number(origin), instant_number(known_at)
    rates = estimate(history, today, cutoff, horizon_weeks)
    first, due = origin + timedelta(days=1), origin + timedelta(weeks=horizon_weeks)
    names = [(source, quad.value, target) for source, target in asked for quad in CLASSES]
    n = len(names)
    columns = {
        "question_id": [question_id(source, target, quad, horizon_weeks) for source, quad, target in names],
        "source": [source for source, _, _ in names],
        "target": [target for _, _, target in names],
        "quad_class": [quad for _, quad, _ in names],
        "event_type": [None] * n,
        "origin": [origin] * n,
        "horizon_weeks": [horizon_weeks] * n,
        "due": [due] * n,
        "probability": rates.probability,
        "base_rate": rates.base_rate,
        "base_n": [rates.base_n] * n,
        "model": [MODEL] * n,
        "resolution_rule": [str(Query.of(source, [quad], target, first, due)) for source, quad, target in names],
        "reasons": latest_events(history, today, cutoff),
        "backfilled": [backfilled] * n,
        "known_at": [known_at] * n,
    }
    return pa.table(columns, schema=FORECASTS.schema)


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
