"""The relation ladder: which rung an act stands on.

Cooperation: 0 silence, 1 contact, 2 economic, 3 political, 4 security, 5 defence.
Conflict: 0 silence, 1 friction, 2 pressure, 3 coercion, 4 armed.
"""

from marsad.domain.words import EventType, Ladder

COOPERATION_RUNGS = ("silence", "contact", "economic", "political", "security", "defence")
CONFLICT_RUNGS = ("silence", "friction", "pressure", "coercion", "armed")

_DEFENCE = {"military"}
_SECURITY = {"security", "intelligence", "terrorism", "narcotics"}
_ECONOMIC = {"economic", "transport", "energy", "water", "migration", "humanitarian", "health", "culture"}
_POLITICAL_MODES = {"recognise", "accredit", "open_mission", "delist", "lift_ban"}
_CONTACT_MODES = {"ceasefire", "invite"}
_CONFLICT_RUNG = {
    EventType.REQUEST: 1,
    EventType.ACCUSE: 1,
    EventType.REJECT: 1,
    EventType.PROTEST: 1,
    EventType.THREATEN: 2,
    EventType.SANCTION: 2,
    EventType.COERCE: 3,
    EventType.MOBILIZE: 3,
    EventType.ASSAULT: 4,
}


def rung(event_type: str, mode: str | None = None, context: str | None = None) -> tuple[Ladder, int]:
    """Return the ladder and the rung of one act.

    Words alone (praise, an invitation, a visit) and a truce are contact, as are a chargé received and a crossing
    reopened; what is done or signed stands on the rung of its context; recognition, ambassadors, missions and delisting
    are political whatever their context. A closed border, being a sanction, is pressure.

    Args:
        event_type: a PLOVER event type.
        mode: of our codebook, or None.
        context: of our codebook, or None.

    Raises:
        ValueError: not a PLOVER event type.

    Source: ours; explained in docs/why/relation-ladder.md.

    >>> rung("AGREE", "sign", "military")
    (<Ladder.COOPERATION: 'cooperation'>, 5)
    >>> rung("SUPPORT", "accredit", "diplomatic")[1], rung("SUPPORT", None, "military")[1]
    (3, 1)
    >>> rung("AGREE", "treaty", "military")[1], rung("AGREE", "ceasefire", "military")[1], rung("AGREE")[1]
    (5, 1, 3)
    >>> rung("SANCTION", "close_border", "economic")[1], rung("ASSAULT")[1]
    (2, 4)
    >>> [rung(*act)[1] for act in (("SUPPORT", "open_mission"), ("SUPPORT", "receive_envoy"), ("COOPERATE", "invite"))]
    [3, 1, 1]
    """
    kind = EventType(event_type)
    if kind in _CONFLICT_RUNG:
        return Ladder.CONFLICT, _CONFLICT_RUNG[kind]
    if mode in _POLITICAL_MODES or kind is EventType.CONCEDE:
        return Ladder.COOPERATION, 3
    if kind in {EventType.CONSULT, EventType.SUPPORT, EventType.RETREAT} or mode in _CONTACT_MODES:
        return Ladder.COOPERATION, 1
    if context in _DEFENCE:
        return Ladder.COOPERATION, 2 if kind is EventType.AID and mode == "humanitarian" else 5
    if context in _SECURITY:
        return Ladder.COOPERATION, 4
    if kind is EventType.AID or context in _ECONOMIC:
        return Ladder.COOPERATION, 2
    return Ladder.COOPERATION, 3 if kind is EventType.AGREE else 1
