"""The fields of a week's events: political, economic, security, social. Kept apart so that none drowns the others."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from marsad.domain.words import Context, EventType, Stance

FIELDS = ("political", "economic", "security", "social")

_ARMED = {EventType.ASSAULT, EventType.MOBILIZE}
_BY_CONTEXT = {
    Context.ECONOMIC: "economic",
    Context.TRANSPORT: "economic",
    Context.ENERGY: "economic",
    Context.WATER: "economic",
    Context.SECURITY: "security",
    Context.INTELLIGENCE: "security",
    Context.TERRORISM: "security",
    Context.MILITARY: "security",
    Context.NARCOTICS: "security",
    Context.TERRITORY: "security",
    Context.HUMANITARIAN: "social",
    Context.HEALTH: "social",
    Context.CULTURE: "social",
    Context.RIGHTS: "social",
    Context.MIGRATION: "social",
}
_BY_TYPE = {
    EventType.COERCE: "security",
    EventType.THREATEN: "security",
    EventType.AID: "social",
    EventType.PROTEST: "social",
}


def field_of(event_type: str, context: str | None) -> str:
    """Return the field of an act: armed acts are security; else its context decides, and without one its type.

    Args:
        event_type: a PLOVER event type.
        context: of our codebook, or None.

    >>> field_of("ASSAULT", "economic"), field_of("AGREE", "water"), field_of("AID", None), field_of("CONSULT", None)
    ('security', 'economic', 'social', 'political')
    """
    if event_type in _ARMED:
        return "security"
    if context is None:
        return _BY_TYPE.get(EventType(event_type), "political")
    return _BY_CONTEXT.get(Context(context), "political")


@cache
def kinds_of(event_type: str, quad_class: str, context: str | None) -> tuple[str, ...]:
    """Return every kind an act is of: its quad class, its type, and its stance in its field.

    Args:
        event_type: a PLOVER event type.
        quad_class: verbal or material, cooperation or conflict.
        context: of our codebook, or None.

    >>> kinds_of("SANCTION", "material_conflict", "energy")
    ('material_conflict', 'SANCTION', 'hostile@economic')
    """
    in_field = [f"{stance}@{field_of(event_type, context)}" for stance in Stance if quad_class in stance.quad_classes]
    return (quad_class, event_type, *in_field)


def kind_asked(forecast: Mapping[str, Any]) -> str:
    """Return the kind of act a row of ``forecasts`` asks for, as an event query writes it.

    >>> kind_asked({"quad_class": "hostile", "event_type": None, "field": "security"})
    'hostile@security'
    """
    if forecast["event_type"]:
        return str(forecast["event_type"])
    return f"{forecast['quad_class']}@{forecast['field']}" if forecast["field"] else str(forecast["quad_class"])
