"""One event, many reports: the same act across reports, outlets and languages becomes one event with its mentions."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from marsad.vocab.codebook import is_mutual

_SAME_DAYS = timedelta(days=2)


@dataclass(frozen=True)
class Telling:
    """One report's telling of one act: what must agree for two tellings to be one event.

    Args:
        is_dated: the text names the day; otherwise it is the report's.
    """

    source: str
    event_type: str
    mode: str | None
    target: str | None
    day: date
    is_dated: bool
    story_id: str
    order: int


def group_tellings(tellings: Sequence[Telling]) -> list[list[Telling]]:
    """Return the tellings grouped into events, each group in order of day.

    Same type, same parties (in either order for mutual acts), days at most two apart. Two texts that
    each name their day, and not the same or the next one, tell two events.

    >>> first = Telling("PAK", "ASSAULT", "air_strike", "AFG", date(2025, 10, 9), True, "a", 0)
    >>> undated = Telling("PAK", "ASSAULT", None, "AFG", date(2025, 10, 11), False, "b", 1)
    >>> later = Telling("PAK", "ASSAULT", None, "AFG", date(2025, 10, 17), True, "c", 2)
    >>> [len(group) for group in group_tellings([later, undated, first])]
    [2, 1]
    """
    groups: list[list[Telling]] = []
    open_groups: dict[tuple[object, ...], list[Telling]] = {}
    for telling in sorted(tellings, key=lambda each: (each.day, not each.is_dated, each.order)):
        key = _key(telling)
        group = open_groups.get(key)
        if group is not None and _is_same_event(group, telling):
            group.append(telling)
        else:
            open_groups[key] = group = [telling]
            groups.append(group)
    return groups


def _key(telling: Telling) -> tuple[object, ...]:
    pair: tuple[object, ...] = (telling.source, telling.target)
    if telling.target is not None and is_mutual(telling.event_type, telling.mode):
        pair = tuple(sorted((telling.source, telling.target)))
    return (telling.event_type, *pair)


def _is_same_event(group: Sequence[Telling], telling: Telling) -> bool:
    gap = telling.day - group[0].day
    if gap > _SAME_DAYS:
        return any(telling.story_id == other.story_id and telling.day - other.day <= _SAME_DAYS for other in group)
    both_dated = telling.is_dated and group[0].is_dated
    return gap <= timedelta(days=1) or not both_dated


def event_id(group: Sequence[Telling]) -> str:
    """Return the event's id: 16 hex digits over its key and first day, the same whatever reports come later.

    >>> event_id([Telling("RUS", "AGREE", "sign", "AFG", date(2026, 5, 27), True, "a", 0)])
    'f6d9de84e9085cc0'
    """
    first = group[0]
    key = "|".join(str(part) for part in (*_key(first), first.day.isoformat()))
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def usual(values: Iterable[str | None]) -> str | None:
    """Return the most frequent value that is not None; at a tie the first; None if there is none.

    >>> usual([None, "sign", "treaty", "sign"]), usual([None])
    ('sign', None)
    """
    counts = Counter(value for value in values if value is not None)
    return counts.most_common(1)[0][0] if counts else None
