"""The event table as arrays: who did something of which class to whom, on which day, and when we learnt it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from marsad.domain.tables import EVENTS
from marsad.domain.words import QuadClass, Status

Ints = npt.NDArray[np.int64]
Dyad = tuple[str, str]
CLASSES = tuple(QuadClass)
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class History:
    """Reported events of the asked dyads, by day and id. Series ``4 i + k`` is dyad ``i`` in quad class ``k``."""

    dyads: tuple[Dyad, ...]
    series: Ints
    day: Ints  # days since 1970-01-01
    known: Ints  # microseconds since 1970-01-01, UTC
    event_id: npt.NDArray[np.object_]
    record_day: Ints  # the same two for every reported event, of whatever dyad: how far the record reaches
    record_known: Ints

    @property
    def n_series(self) -> int:
        """Four per dyad."""
        return len(CLASSES) * len(self.dyads)

    def first_day(self, origin: int, cutoff: int) -> int:
        """Return the first day of the record as known at the cutoff; the origin when nothing was known.

        Args:
            origin: last day looked at, days since 1970-01-01.
            cutoff: last instant looked at, microseconds since 1970-01-01.
        """
        seen = self.record_day[(self.record_day <= origin) & (self.record_known <= cutoff)]
        return int(seen.min()) if seen.size else origin


def read_history(events: pa.Table, dyads: Sequence[Dyad]) -> History:
    """Return the events table as arrays; only reported events that wait for no review count.

    Args:
        events: one row per event, key ``event_id``.
        dyads: ordered (source, target) pairs; one named twice counts once.

    >>> read_history(EVENTS.empty(), [("RUS", "AFG"), ("RUS", "AFG")]).n_series
    4
    """
    asked = tuple(dict.fromkeys(dyads))
    counted = pc.and_(
        pc.equal(events["status"], Status.REPORTED.value), pc.invert(pc.fill_null(events["review"], fill_value=False))
    )
    events = events.filter(counted).sort_by([("event_date", "ascending"), ("event_id", "ascending")])
    number = {dyad: i for i, dyad in enumerate(asked)}
    rank = {quad.value: k for k, quad in enumerate(CLASSES)}
    names = (events[name].to_pylist() for name in ("source", "target", "quad_class"))
    series = np.array(
        [
            len(CLASSES) * number[source, target] + rank[quad] if (source, target) in number else -1
            for source, target, quad in zip(*names, strict=True)
        ],
        dtype=np.int64,
    )
    day = _column(events["event_date"], pa.int32())
    known = _column(events["known_at"], pa.int64())
    ours = series >= 0
    ids = np.array(events["event_id"].to_pylist(), dtype=np.object_)
    return History(asked, series[ours], day[ours], known[ours], ids[ours], day, known)


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
