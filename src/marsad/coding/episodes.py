"""One event, many reports: the same act across reports, outlets and languages becomes one event with its mentions.

Known weeks are read one after the other, so that what a later report says never changes an event already known.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from marsad.domain.week import Week
from marsad.vocab.codebook import is_mutual

_SAME_DAYS = timedelta(days=2)
_NEXT_WEEK = timedelta(days=3)  # events from Friday on may be told again as the same on Monday or Tuesday


@dataclass(frozen=True)
class Telling:
    """One report's telling of one act: what must agree for two tellings to be one event.

    Args:
        day: of the act, as told.
        is_dated: the text names the day; otherwise it is the report's.
        week: in which the report became known.
        order: its place among all tellings.
    """

    source: str
    event_type: str
    mode: str | None
    target: str | None
    day: date
    is_dated: bool
    story_id: str
    week: Week
    order: int


@dataclass(frozen=True)
class Episode:
    """One event: ``first`` are the tellings of the week it became known in, ``later`` those of the weeks after."""

    event_id: str
    first: list[Telling]
    later: list[Telling]


def episodes(tellings: Sequence[Telling]) -> list[Episode]:
    """Return the events that tellings tell, in order of the week they became known and of day.

    Of one week: same type, same parties, days at most two apart; two texts that each name their day, and not the same
    or the next one, tell two events. The parties may stand in either order if one text tells an act of both sides or a
    greeting of envoys; a group and its branch are one party; a text that leaves a party unnamed tells the event that
    has its other party and its mode. A group of the next week joins an event of Friday or after by the same rule, and
    any group joins the event that has its id: the same act dated on the same day.
    What becomes of a week's tellings depends on that week and on the one before, on nothing later.

    >>> w41, w42 = Week(2025, 41), Week(2025, 42)
    >>> sunday = Telling("PAK", "ASSAULT", "air_strike", "AFG", date(2025, 10, 12), True, "a", w41, 0)
    >>> monday = Telling("PAK", "ASSAULT", None, "AFG", date(2025, 10, 13), False, "b", w42, 1)
    >>> friday = Telling("PAK", "ASSAULT", None, "AFG", date(2025, 10, 17), True, "c", w42, 2)
    >>> [(len(found.first), len(found.later)) for found in episodes([friday, monday, sunday])]
    [(1, 1), (1, 0)]
    """
    by_week: dict[Week, list[Telling]] = defaultdict(list)
    for telling in tellings:
        by_week[telling.week].append(telling)
    known: dict[str, Episode] = {}
    before: list[tuple[list[Telling], Episode]] = []
    for week in sorted(by_week):
        edge = [(group, episode) for group, episode in before if group[0].week.shift(1) == week]
        before = []
        for group in _groups(by_week[week]):
            episode = _continued(group, edge, week) or known.get(_id_of(group))
            if episode is None:
                episode = known[_id_of(group)] = Episode(_id_of(group), group, [])
            elif episode.first is not group:
                episode.later.extend(group)
            before.append((group, episode))
    return list(known.values())


def _groups(tellings: Sequence[Telling]) -> list[list[Telling]]:
    """Group one week's tellings into events, each in order of day."""
    groups: dict[str, list[list[Telling]]] = defaultdict(list)
    for telling in sorted(tellings, key=_standing):
        alike = groups[telling.event_type]
        group = next((group for group in reversed(alike) if _is_same_event(group, telling)), None)
        if group is None:
            alike.append([telling])
        else:
            group.append(telling)
    return [group for alike in groups.values() for group in alike]


def _standing(telling: Telling) -> tuple[object, ...]:
    """Order tellings so that an event begins with the one that says most of it."""
    is_partial = telling.target is None or telling.source == _UNNAMED
    return (telling.day, not telling.is_dated, is_partial, telling.order)


def _continued(group: Sequence[Telling], edge: Sequence[tuple[list[Telling], Episode]], week: Week) -> Episode | None:
    """Return the event of the week before that this group tells again, or None."""
    for earlier, episode in edge:
        if earlier[0].day >= week.start - _NEXT_WEEK and _is_same_event(earlier, group[0]):
            return episode
    return None


def _key(telling: Telling) -> tuple[object, ...]:
    pair: tuple[object, ...] = (telling.source, telling.target)
    if telling.target is not None and is_mutual(telling.event_type, telling.mode):
        pair = tuple(sorted((telling.source, telling.target)))
    return (telling.event_type, *pair)


_BRANCHES = {"ISKP": "ISIS"}  # told by either name
_UNNAMED = "UNK"
_TOLD_FROM_EITHER_SIDE = frozenset({"accredit", "receive_envoy", "open_mission"})


def _is_same_act(one: Telling, other: Telling) -> bool:
    """Tell one kind of act between the same parties."""
    if one.event_type != other.event_type:
        return False
    pair, other_pair = _pair(one), _pair(other)
    if pair == other_pair:
        return True
    if one.mode == other.mode and one.mode is not None:  # one text leaves a party unnamed
        if None in {one.target, other.target}:
            return pair[0] == other_pair[0]
        if _UNNAMED in {one.source, other.source}:
            return pair[1] == other_pair[1]
    return pair == other_pair[::-1] and any(
        is_mutual(each.event_type, each.mode) or each.mode in _TOLD_FROM_EITHER_SIDE for each in (one, other)
    )


def _pair(telling: Telling) -> tuple[str, str | None]:
    target = telling.target
    return _BRANCHES.get(telling.source, telling.source), _BRANCHES.get(target, target) if target else None


def _is_same_event(group: Sequence[Telling], telling: Telling) -> bool:
    if not _is_same_act(group[0], telling):
        return False
    gap = abs(telling.day - group[0].day)
    if gap > _SAME_DAYS:
        return any(telling.story_id == other.story_id and abs(telling.day - other.day) <= _SAME_DAYS for other in group)
    both_dated = telling.is_dated and group[0].is_dated
    return gap <= timedelta(days=1) or not both_dated


def _id_of(group: Sequence[Telling]) -> str:
    """Return 16 hex digits over the event's key and first day, the same whatever reports come later."""
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
