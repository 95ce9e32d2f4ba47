"""Which events matter most, which field they lie in, and which rows tell of one act."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from marsad.domain.fields import field_of
from marsad.domain.ladder import rung
from marsad.domain.words import EventType, Ladder
from marsad.write.material import Material, Row

# Acts both sides do together: the same one coded from either side is told once.
_MUTUAL = {EventType.AGREE, EventType.CONSULT}
_MUTUAL_MODES = {"joint_exercise", "clash"}
_TOLD_TOGETHER = 2


@dataclass(frozen=True)
class Act:
    """One act to be told: the leading event and the events that are the same act coded otherwise."""

    event: Row
    event_ids: tuple[str, ...]
    salience: float


def is_mutual(event: Row) -> bool:
    """Tell whether both sides do the act together.

    >>> is_mutual({"event_type": "AGREE", "mode": "sign"}), is_mutual({"event_type": "AGREE", "mode": "accept"})
    (True, False)
    """
    if event["mode"] in {"accept", "mediation"}:
        return False
    return event["event_type"] in _MUTUAL or event["mode"] in _MUTUAL_MODES


def rank(
    events: Sequence[Row],
    material: Material,
    subject: tuple[str, str],
    watched: Sequence[tuple[str, str]] = (),
) -> list[Act]:
    """Return the acts, weightiest first.

    Salience is the sum of log2(1 + outlets), half the rung of the act, a tenth of the size of its Goldstein weight,
    1.5 for the issue's pair and 0.5 for a watched one. Our own rule: it orders the page, it measures nothing.
    """
    groups: dict[tuple[object, ...], list[Row]] = {}
    for event in sorted(events, key=lambda row: (row["event_date"], row["event_id"])):
        groups.setdefault(_same_act(event), []).append(event)
    pairs = {frozenset(pair) for pair in watched}
    acts = [_act(members, material, frozenset(subject), pairs) for members in groups.values()]
    return sorted(acts, key=lambda act: (-act.salience, act.event["event_date"], act.event["event_id"]))


def together(acts: Sequence[Act], material: Material) -> list[tuple[Act, ...]]:
    """Return the acts in order, those of one day, pair and field joined two by two.

    What a single outlet says is not joined to what several say, nor to what another one alone does.
    """
    groups: dict[tuple[object, ...], list[Act]] = {}
    for act in acts:
        event = act.event
        pair = frozenset((event["source"], event["target"]))
        outlets = material.outlets(act.event_ids)
        voice = outlets if len(outlets) == 1 else None
        field = field_of(event["event_type"], event["context"])
        key: tuple[object, ...] = (event["event_date"], pair, field, str(voice))
        while len(groups.get(key, ())) == _TOLD_TOGETHER:
            key = (*key, "")
        groups.setdefault(key, []).append(act)
    return [tuple(members) for members in groups.values()]


def is_weighty(event: Row) -> bool:
    """Tell whether an act by itself can head an issue: a commitment, or pressure and worse.

    >>> is_weighty({"event_type": "AGREE", "mode": "sign", "context": "military"})
    True
    >>> is_weighty({"event_type": "REQUEST", "mode": "appeal", "context": "diplomatic"})
    False
    """
    ladder, height = rung(event["event_type"], event["mode"], event["context"])
    return height >= (3 if ladder is Ladder.COOPERATION else 2)


def _act(members: list[Row], material: Material, subject: frozenset[str], watched: set[frozenset[str]]) -> Act:
    leading = max(members, key=lambda row: (len(material.outlets([row["event_id"]])), _reversed(row["event_id"])))
    ids = tuple(sorted(row["event_id"] for row in members))
    pair = frozenset((leading["source"], leading["target"]))
    _, height = rung(leading["event_type"], leading["mode"], leading["context"])
    salience = math.log2(1 + len(material.outlets(ids))) + 0.5 * height + 0.1 * abs(leading["goldstein"] or 0.0)
    salience += 1.5 if pair == subject else 0.5 if pair in watched else 0.0
    return Act(leading, ids, round(salience, 6))


def _same_act(event: Row) -> tuple[object, ...]:
    ends = (event["source"], event["target"])
    what = (event["event_type"], event["mode"], event["context"])
    return (tuple(sorted(ends)) if is_mutual(event) else ends, *what, event["event_date"])


def _reversed(text: str) -> tuple[int, ...]:
    """Make the smallest id the greatest, so that max() takes the first of equals."""
    return tuple(-ord(letter) for letter in text)
