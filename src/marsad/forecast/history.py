"""The event table as arrays: who did something of which class to whom, on which day, and when we learnt it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from marsad.domain.fields import kinds_of
from marsad.domain.query import Query
from marsad.domain.tables import EVENTS
from marsad.domain.words import EventType, QuadClass, Status

Ints = npt.NDArray[np.int64]
Dyad = tuple[str, str]
CLASSES = tuple(kind.value for kind in QuadClass)
TYPES = tuple(kind.value for kind in EventType)
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Stir:
    """All that actors of the asked dyads do or have done to them, with whomever: one row per act, kind and actor."""

    actors: tuple[str, ...]
    actor: Ints  # position among the actors
    pool: Ints
    day: Ints
    known: Ints


@dataclass(frozen=True)
class History:
    """Reported events by day and id, each under the series it belongs to; series of one pool are like questions."""

    n_series: int
    n_pools: int  # series ``s`` is in pool ``s % n_pools``
    series: Ints
    day: Ints  # days since 1970-01-01
    known: Ints  # microseconds since 1970-01-01, UTC
    event_id: npt.NDArray[np.object_]
    record_day: Ints  # the same two for every reported event, of whatever dyad: how far the record reaches
    record_known: Ints
    stir: Stir

    def first_day(self, origin: int, cutoff: int) -> int:
        """Return the first day of the record as known at the cutoff; the origin when nothing was known.

        Args:
            origin: last day looked at, days since 1970-01-01.
            cutoff: last instant looked at, microseconds since 1970-01-01.
        """
        seen = self.record_day[(self.record_day <= origin) & (self.record_known <= cutoff)]
        return int(seen.min()) if seen.size else origin


def read_history(events: pa.Table, dyads: Sequence[Dyad], kinds: Sequence[str] = CLASSES) -> History:
    """Return the events table as arrays: series ``n i + k`` is dyad ``i`` and kind ``k`` of n; each kind is a pool.

    Only reported events that wait for no review count.

    Args:
        events: one row per event, key ``event_id``.
        dyads: ordered (source, target) pairs; one named twice counts once.
        kinds: quad classes, event types, stances in a field; an event may be of several.

    >>> read_history(EVENTS.empty(), [("RUS", "AFG"), ("RUS", "AFG")]).n_series
    4
    """
    asked = tuple(dict.fromkeys(dyads))
    events = _counted(events)
    number = {dyad: i for i, dyad in enumerate(asked)}
    rank = {kind: k for k, kind in enumerate(kinds)}
    actors = actors_of(asked)
    place = {actor: i for i, actor in enumerate(actors)}
    names = (events[name].to_pylist() for name in ("source", "target", "event_type", "quad_class", "context"))
    found: list[tuple[int, int]] = []
    stirred: list[tuple[int, int, int]] = []
    for row, (source, target, *act) in enumerate(zip(*names, strict=True)):
        if source == target or not (source in place or target in place):
            continue
        pools = [rank[kind] for kind in kinds_of(*act) if kind in rank]
        if (source, target) in number:
            found += [(len(kinds) * number[source, target] + pool, row) for pool in pools]
        stirred += [(place[side], pool, row) for side in (source, target) if side in place for pool in pools]
    series, rows = np.array(found, dtype=np.int64).reshape(-1, 2).T
    actor, pool, acts = np.array(stirred, dtype=np.int64).reshape(-1, 3).T
    return _history(events, len(kinds) * len(asked), len(kinds), series, rows, (actors, actor, pool, acts))


def read_series(events: pa.Table, queries: Sequence[Query]) -> History:
    """Return the events table as arrays: series ``i`` holds what answers query ``i``; all are one pool.

    Args:
        events: one row per event, key ``event_id``; only reported ones that wait for no review count.
        queries: their days are left aside. An event may answer several.

    >>> read_series(EVENTS.empty(), [Query(("USA",), (), ("AFG",))]).n_series
    1
    """
    events = _counted(events)
    place = {event: i for i, event in enumerate(events["event_id"].to_pylist())}
    answers = [
        np.array([place[event] for event in query.anytime().select(events)["event_id"].to_pylist()], dtype=np.int64)
        for query in queries
    ]
    series = np.repeat(np.arange(len(queries)), [len(rows) for rows in answers])
    rows = np.concatenate([*answers, np.empty(0, dtype=np.int64)])
    order = np.argsort(rows, kind="stable")
    nobody = np.empty(0, dtype=np.int64)
    return _history(events, len(queries), 1, series[order], rows[order], ((), nobody, nobody, nobody))


def actors_of(dyads: Sequence[Dyad]) -> tuple[str, ...]:
    """Return every actor of the dyads once, in order of naming.

    >>> actors_of([("RUS", "AFG"), ("AFG", "PAK")])
    ('RUS', 'AFG', 'PAK')
    """
    return tuple(dict.fromkeys(actor for dyad in dyads for actor in dyad))


def _counted(events: pa.Table) -> pa.Table:
    counted = pc.and_(
        pc.equal(events["status"], Status.REPORTED.value), pc.invert(pc.fill_null(events["review"], fill_value=False))
    )
    return events.filter(counted).sort_by([("event_date", "ascending"), ("event_id", "ascending")])


def _history(
    events: pa.Table,
    n_series: int,
    n_pools: int,
    series: Ints,
    rows: Ints,
    stirred: tuple[tuple[str, ...], Ints, Ints, Ints],
) -> History:
    day = _column(events["event_date"], pa.int32())
    known = _column(events["known_at"], pa.int64())
    ids = np.array(events["event_id"].to_pylist(), dtype=np.object_)
    actors, actor, pool, acts = stirred
    stir = Stir(actors, actor, pool, day[acts], known[acts])
    return History(n_series, n_pools, series, day[rows], known[rows], ids[rows], day, known, stir)


def day_number(day: date) -> int:
    """Return days since 1970-01-01.

    >>> day_number(date(1970, 1, 8))
    7
    """
    return (day - _EPOCH).days


def instant_number(instant: datetime) -> int:
    """Return microseconds since 1970-01-01 UTC of an aware instant.

    >>> from datetime import UTC
    >>> instant_number(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000000
    """
    return int(pa.scalar(instant, EVENTS.schema.field("known_at").type).value)


def _column(column: pa.ChunkedArray, kind: pa.DataType) -> Ints:
    numbers: Ints = column.cast(kind).to_numpy().astype(np.int64)
    return numbers
