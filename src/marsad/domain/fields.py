"""The fields of a week's events: political, economic, security, social. Kept apart so that none drowns the others."""

from marsad.domain.words import Context, EventType

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
