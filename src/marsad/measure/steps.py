"""Steps of standing: the weeks in which what is in force between a pair rose, fell or deepened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marsad.domain.week import Week
from marsad.domain.words import Ladder
from marsad.measure.acts import week_of

_DEEPENS_FROM = 3  # below, agreements come by the dozen and a new kind says little


@dataclass(frozen=True)
class Step:
    """One change of the highest rung in force.

    Args:
        week: as :attr:`marsad.domain.week.Week.index`.
        was: highest rung in force at the end of the week before.
        now: at the end of this week; equal to ``was`` when a first commitment of its kind joined the highest rung.
        events: ids of the events that opened, or closed, what made the difference.
    """

    week: int
    was: int
    now: int
    events: tuple[str, ...]


def find_steps(items: Sequence[Mapping[str, Any]]) -> list[Step]:
    """Return the steps of one pair on one ladder, in order of week.

    Args:
        items: rows of ``domain.tables.STANDINGS`` of one pair and ladder.
    """
    days = [item[end] for item in items for end in ("opened", "closed") if item[end] is not None]
    found, was = [], 0
    for index in sorted({Week.of(day).index for day in days}):
        start, end = week_of(index).start, week_of(index).end
        in_force = [i for i in items if i["opened"] <= end and (i["closed"] is None or i["closed"] > end)]
        now = max((item["rung"] for item in in_force), default=0)
        opened = [item for item in in_force if item["rung"] == now and item["opened"] >= start]
        if now > was:
            found.append(Step(index, was, now, _ids(opened, "opened_by")))
        elif now < was:
            ended = [i for i in items if i["rung"] == was and i["closed"] and start <= i["closed"] <= end]
            found.append(Step(index, was, now, _ids(ended, "closed_by")))
        elif now >= _DEEPENS_FROM:
            known = {item["commitment"] for item in items if item["opened"] < start}
            new = [i for i in opened if i["commitment"] not in known and i["ladder"] == Ladder.COOPERATION]
            if new:
                found.append(Step(index, was, now, _ids(new, "opened_by")))
        was = now
    return found


def _ids(items: Sequence[Mapping[str, Any]], by: str) -> tuple[str, ...]:
    return tuple(event for item in items for event in item[by])
