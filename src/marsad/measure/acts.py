"""Events as numbered columns, the common ground of the measures: filtered to what may be seen, in one fixed order."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from marsad.domain.ladder import rung
from marsad.domain.week import Week
from marsad.domain.words import Ladder

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]

_EPOCH_MONDAY = 4  # 1970-01-05, week 0 of Week.index, in days since 1970-01-01


@dataclass(frozen=True)
class Acts:
    """Events as arrays of one length, sorted by date, then event id.

    Args:
        event_id: the ids.
        day: days since 1970-01-01.
        week: as :attr:`marsad.domain.week.Week.index`.
        source: position in ``actors``.
        target: position in ``actors``.
        pair: position in ``pairs``.
        is_conflict: which ladder the act is on.
        rung: its rung there.
        actors: codes, sorted.
        pairs: one row per unordered pair that acted: two positions in ``actors``, the alphabetically first actor first.
        table: the same rows in the same order, for the columns not numbered here.
    """

    event_id: NDArray[np.object_]
    day: Ints
    week: Ints
    source: Ints
    target: Ints
    pair: Ints
    is_conflict: Bools
    rung: Ints
    actors: tuple[str, ...]
    pairs: Ints
    table: pa.Table

    def __len__(self) -> int:
        return len(self.day)

    def words(self, column: str) -> NDArray[np.object_]:
        """Return a text column as an array; null is None."""
        return np.asarray(self.table[column].to_numpy(zero_copy_only=False), dtype=object)

    def pair_names(self, index: int) -> tuple[str, str]:
        """Return the codes of one pair, alphabetically."""
        first, second = self.pairs[index]
        return self.actors[first], self.actors[second]

    def number_of(self, actor: str) -> int:
        """Return the position of an actor, -1 if it never acted."""
        place = int(np.searchsorted(np.asarray(self.actors, dtype=object), actor)) if self.actors else 0
        return place if place < len(self.actors) and self.actors[place] == actor else -1

    def ids(self, where: Bools | Ints) -> list[str]:
        """Return the event ids of the chosen rows, in date order."""
        return [str(event) for event in self.event_id[where]]


def read(events: pa.Table, as_of: datetime) -> Acts:
    """Return the events that count at ``as_of``: reported, not waiting for review, known and dated before it.

    Acts of an actor on itself, or with an unnamed party, are left out: the measures are of relations.

    Args:
        events: one row per event, schema of ``domain.tables.EVENTS``; any order.
        as_of: an instant with a time zone.

    Raises:
        ValueError: ``as_of`` has no time zone, or an event type is not PLOVER.
    """
    if as_of.tzinfo is None:
        raise ValueError("as_of has no time zone")
    events = events.filter(_may_be_seen(events, as_of))
    events = events.take(pc.sort_indices(events, sort_keys=[("event_date", "ascending"), ("event_id", "ascending")]))
    day = _numbers(events["event_date"].cast(pa.int32()))
    actors, source, target = _number_actors(events)
    pairs, pair = _number_pairs(source, target, len(actors))
    is_conflict, rungs = rungs_of(events)
    return Acts(
        event_id=np.asarray(events["event_id"].to_numpy(zero_copy_only=False), dtype=object),
        day=day,
        week=(day - _EPOCH_MONDAY) // 7,
        source=source,
        target=target,
        pair=pair,
        is_conflict=is_conflict,
        rung=rungs,
        actors=actors,
        pairs=pairs,
        table=events,
    )


def rungs_of(events: pa.Table) -> tuple[Bools, Ints]:
    """Return, per event in table order, whether it is on the conflict ladder, and its rung."""
    codes = [events[name].combine_chunks().dictionary_encode() for name in ("event_type", "mode", "context")]
    columns = [np.asarray(pc.fill_null(code.indices, -1), dtype=np.int64) for code in codes]
    words = [[*code.dictionary.to_pylist(), None] for code in codes]  # position -1 is null
    sizes = [len(known) for known in words]
    key = (columns[0] * sizes[1] + columns[1] % sizes[1]) * sizes[2] + columns[2] % sizes[2]
    unique, place = np.unique(key, return_inverse=True)
    found = [
        _rung(words[0][k // sizes[1] // sizes[2]], words[1][k // sizes[2] % sizes[1]], words[2][k % sizes[2]])
        for k in unique.tolist()
    ]
    conflict = np.asarray([ladder is Ladder.CONFLICT for ladder, _ in found], dtype=bool)
    rungs = np.asarray([number for _, number in found], dtype=np.int64)
    return conflict[place], rungs[place]


def last_whole_week(as_of: datetime) -> int:
    """Return the index of the last week that was over at ``as_of``.

    >>> from datetime import UTC
    >>> str(Week.of(datetime(2026, 6, 1).date()).shift(-1)), last_whole_week(datetime(2026, 6, 1, tzinfo=UTC))
    ('2026-W22', 2942)
    """
    return Week.of(as_of.date()).index - 1


def week_names(indices: Ints) -> list[str]:
    """Return ``2026-W22`` for each week index.

    >>> week_names(np.array([2942, 2942]))
    ['2026-W22', '2026-W22']
    """
    return [_week_name(int(index)) for index in indices]


@cache
def week_of(index: int) -> Week:
    """Return the week of an index.

    >>> str(week_of(2942))
    '2026-W22'
    """
    return Week(1970, 2).shift(index)


@cache
def _week_name(index: int) -> str:
    return str(week_of(index))


@cache
def _rung(event_type: str, mode: str | None, context: str | None) -> tuple[Ladder, int]:
    return rung(event_type, mode, context)


def _may_be_seen(events: pa.Table, as_of: datetime) -> Any:
    parts = [
        pc.fill_null(pc.equal(events["status"], "reported"), fill_value=True),
        pc.invert(pc.fill_null(events["review"], fill_value=False)),
        pc.fill_null(
            pc.less_equal(events["known_at"], pa.scalar(as_of, pa.timestamp("us", tz="UTC"))), fill_value=True
        ),
        pc.less(
            events["event_date"].cast(pa.timestamp("us", tz="UTC")), pa.scalar(as_of, pa.timestamp("us", tz="UTC"))
        ),
        pc.not_equal(events["source"], events["target"]),
    ]
    mask = parts[0]
    for part in parts[1:]:
        mask = pc.and_(mask, part)
    return pc.fill_null(mask, fill_value=False)


def _numbers(column: pa.ChunkedArray) -> Ints:
    return np.asarray(column.to_numpy(), dtype=np.int64)


def _number_actors(events: pa.Table) -> tuple[tuple[str, ...], Ints, Ints]:
    names = pa.chunked_array([*events["source"].chunks, *events["target"].chunks], pa.string())
    code = names.combine_chunks().dictionary_encode()
    known = np.asarray(code.dictionary.to_pylist(), dtype=object)
    order = np.argsort(known, kind="stable")
    rank = np.empty(len(known), dtype=np.int64)
    rank[order] = np.arange(len(known))
    numbers = rank[np.asarray(code.indices, dtype=np.int64)]
    return tuple(known[order].tolist()), numbers[: events.num_rows], numbers[events.num_rows :]


def _number_pairs(source: Ints, target: Ints, n_actors: int) -> tuple[Ints, Ints]:
    first, second = np.minimum(source, target), np.maximum(source, target)
    keys, pair = np.unique(first * max(n_actors, 1) + second, return_inverse=True)
    return np.stack([keys // max(n_actors, 1), keys % max(n_actors, 1)], axis=1), pair.astype(np.int64)
