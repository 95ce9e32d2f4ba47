"""Rows of coded feeds (ICEWS, GDELT, temporal graphs) to the ``events`` table, column by column."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from marsad.collect.batch import Request, Row, finding
from marsad.domain.tables import EVENTS, INSTANT
from marsad.domain.words import EventType, Status
from marsad.vocab.cameo import CameoCode

ONTOLOGY = "CAMEO"
"""Ontology of events a feed coded in CAMEO and ``vocab.cameo`` carried over; our own name the codebook."""

_EPOCH = date(1970, 1, 1)
_NONE = np.array(None, dtype=object)
_LAST_SECOND = 86_399 * 1_000_000  # of a day, in microseconds


@dataclass(frozen=True)
class Acts:
    """What happened, row by row, as an index into the distinct codes; -1 for a code CAMEO does not have."""

    codes: Sequence[CameoCode]
    index: Any

    def column(self, name: str, values: pa.DataType = pa.string()) -> pa.Array:  # noqa: B008  # a constant type
        """Return one attribute of the codes for every row."""
        distinct = pa.array([getattr(code, name) for code in self.codes] or [None], values)
        return distinct.take(_indices(self.index))

    def quad_class(self) -> pa.Array:
        """Return the quad class of every row's event type."""
        classes = [EventType(code.event_type).quad_class.value if code.event_type else None for code in self.codes]
        return pa.array(classes or [None], pa.string()).take(_indices(self.index))


def _indices(index: Any) -> pa.Array:
    return pa.array(index, pa.int64(), mask=np.asarray(index) < 0)


def events_table(columns: dict[str, Any], request: Request, published_at: Any = None) -> pa.Table:
    """Return the columns as ``events``; those the feed does not have are null.

    Status is ``reported``, ``review`` false; confidence stays null, for these feeds state none.

    Args:
        columns: by name; ``event_date`` as int days since 1970-01-01.
        request: gives ``known_at``: of a back-filled row the publication time, or the last second of the event's day.
        published_at: per row, microseconds since 1970-01-01 UTC, or None when the feed does not say.
    """
    days = np.asarray(columns["event_date"], dtype=np.int64)
    n_rows = len(days)
    known = np.full(n_rows, _microseconds(request))
    if request.is_backfill:
        known = (
            days * 86_400_000_000 + _LAST_SECOND if published_at is None else np.asarray(published_at, dtype=np.int64)
        )
    filled = {
        **columns,
        "event_date": pa.array(days.astype(np.int32), pa.int32()).cast(pa.date32()),
        "status": _constant(Status.REPORTED.value, n_rows),
        "review": _constant(value=False, n_rows=n_rows),
        "ontology": _constant(ONTOLOGY, n_rows),
        "backfilled": _constant(value=request.is_backfill, n_rows=n_rows),
        "known_at": pa.array(known, pa.int64()).cast(INSTANT),
    }
    arrays = [
        _typed(filled[column.name], column.type) if column.name in filled else pa.nulls(n_rows, column.type)
        for column in EVENTS.schema
    ]
    return pa.Table.from_arrays(arrays, schema=EVENTS.schema)


def _microseconds(request: Request) -> int:
    return int(request.now.astimezone(UTC).timestamp()) * 1_000_000 + request.now.microsecond


def _constant(value: object, n_rows: int) -> pa.Array:
    return pa.repeat(value, n_rows)


def _typed(values: Any, kind: pa.DataType) -> pa.Array:
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if isinstance(values, pa.Array):
        return values if values.type == kind else values.cast(kind)
    return pa.array(values, kind)


def days_read(days: Any) -> Counter[date]:
    """Return how many rows each day has.

    >>> days_read([0, 0, 2])
    Counter({datetime.date(1970, 1, 1): 2, datetime.date(1970, 1, 3): 1})
    """
    values, counts = np.unique(np.asarray(days, dtype=np.int64), return_counts=True)
    return Counter({_EPOCH + timedelta(days=int(day)): int(n) for day, n in zip(values, counts, strict=True)})


@dataclass(frozen=True)
class LeftOut:
    """How many rows of the right shape are no event of ours, by reason."""

    n_statements: int = 0
    n_unresolved: int = 0

    def __add__(self, other: "LeftOut") -> "LeftOut":
        return LeftOut(self.n_statements + other.n_statements, self.n_unresolved + other.n_unresolved)

    def finding(self, feed: str, n_rows: int, n_events: int, names: Sequence[str] = ()) -> list[Row]:
        """Return one finding with all numbers, or none if every row is an event; ``names``: often unresolved ones."""
        if n_rows == n_events:
            return []
        n_repeated = n_rows - n_events - self.n_statements - self.n_unresolved
        often = f" (most often {', '.join(names)})" if names else ""
        message = (
            f"{n_events} of {n_rows} rows are events; left out: {self.n_statements} statements that are no act, "
            f"{self.n_unresolved} without a known actor on a side{often}, {n_repeated} repeated"
        )
        return [finding("left-out", "info", feed, message)]


def is_none(values: Any) -> Any:
    """Return for every element of an object array whether it is None.

    >>> is_none(np.array(["RUS", None], dtype=object)).tolist()
    [False, True]
    """
    return np.equal(values, _NONE)


def left_out(typed: Any, source: Any, target: Any) -> tuple[Any, LeftOut]:
    """Return the positions of the rows that are events, and the count of the others by reason.

    Args:
        typed: per row, whether its code is an act.
        source: per row, the doer's code or None.
        target: per row, the receiver's code or None.
    """
    resolved = ~is_none(source) & ~is_none(target)
    return np.flatnonzero(typed & resolved), LeftOut(int((~typed).sum()), int((typed & ~resolved).sum()))


def first_rows(ids: pa.Array) -> Any:
    """Return the positions of the first row of every id, in order.

    >>> first_rows(pa.array(["a", "b", "a"])).tolist()
    [0, 1]
    """
    positions = pa.table({"id": ids, "at": np.arange(len(ids))}).group_by("id").aggregate([("at", "min")])
    return np.sort(positions["at_min"].to_numpy())


def dictionary(values: pa.Array) -> tuple[list[str], Any]:
    """Return the distinct values of a string column, null as an empty string, and each row's index among them.

    >>> dictionary(pa.array(["b", None, "b"]))[0]
    ['b', '']
    """
    encoded = pc.fill_null(values, "").dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    return encoded.dictionary.to_pylist(), encoded.indices.to_numpy()
