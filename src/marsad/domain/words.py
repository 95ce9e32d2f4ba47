"""The closed vocabularies: one meaning each, the same in tables, code and CLI."""

from enum import StrEnum


class Language(StrEnum):
    """Languages Marsad reads and writes. ``fa`` covers Persian and Dari; the desk chooses the variant's month names."""

    AR = "ar"
    EN = "en"
    FA = "fa"
    PS = "ps"
    RU = "ru"

    @property
    def is_rtl(self) -> bool:
        """True for the Arabic-script languages.

        >>> Language.PS.is_rtl, Language.RU.is_rtl
        (True, False)
        """
        return self in {Language.AR, Language.FA, Language.PS}


class QuadClass(StrEnum):
    """Verbal or material, cooperation or conflict."""

    VERBAL_COOPERATION = "verbal_cooperation"
    MATERIAL_COOPERATION = "material_cooperation"
    VERBAL_CONFLICT = "verbal_conflict"
    MATERIAL_CONFLICT = "material_conflict"

    @property
    def is_cooperation(self) -> bool:
        """True for both cooperation classes.

        >>> QuadClass.MATERIAL_CONFLICT.is_cooperation
        False
        """
        return self in {QuadClass.VERBAL_COOPERATION, QuadClass.MATERIAL_COOPERATION}

    @property
    def is_material(self) -> bool:
        """True for both material classes.

        >>> QuadClass.MATERIAL_CONFLICT.is_material
        True
        """
        return self in {QuadClass.MATERIAL_COOPERATION, QuadClass.MATERIAL_CONFLICT}


class EventType(StrEnum):
    """The sixteen PLOVER event types. Source: PLOVER manual 0.8 (2021), with the decisions of our codebook."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"

    @property
    def quad_class(self) -> QuadClass:
        """The class of the type; a sanction is a measure and a protest an act, so both are material conflict.

        >>> EventType.SANCTION.quad_class.value
        'material_conflict'
        """
        return _QUAD[self]


_QUAD = {
    EventType.AGREE: QuadClass.VERBAL_COOPERATION,
    EventType.CONSULT: QuadClass.VERBAL_COOPERATION,
    EventType.SUPPORT: QuadClass.VERBAL_COOPERATION,
    EventType.CONCEDE: QuadClass.VERBAL_COOPERATION,
    EventType.COOPERATE: QuadClass.MATERIAL_COOPERATION,
    EventType.AID: QuadClass.MATERIAL_COOPERATION,
    EventType.RETREAT: QuadClass.MATERIAL_COOPERATION,
    EventType.REQUEST: QuadClass.VERBAL_CONFLICT,
    EventType.ACCUSE: QuadClass.VERBAL_CONFLICT,
    EventType.REJECT: QuadClass.VERBAL_CONFLICT,
    EventType.THREATEN: QuadClass.VERBAL_CONFLICT,
    EventType.PROTEST: QuadClass.MATERIAL_CONFLICT,
    EventType.SANCTION: QuadClass.MATERIAL_CONFLICT,
    EventType.MOBILIZE: QuadClass.MATERIAL_CONFLICT,
    EventType.COERCE: QuadClass.MATERIAL_CONFLICT,
    EventType.ASSAULT: QuadClass.MATERIAL_CONFLICT,
}


class Status(StrEnum):
    """What a sentence does: only ``reported`` sentences carry events into the measures."""

    REPORTED = "reported"
    NEGATED = "negated"
    JUDGEMENT = "judgement"
    QUESTION = "question"
    RECOMMENDATION = "recommendation"
    REFERENCE = "reference"
    BACKGROUND = "background"


class Stance(StrEnum):
    """For or against: what two quad classes have in common."""

    HOSTILE = "hostile"
    FRIENDLY = "friendly"

    @property
    def quad_classes(self) -> tuple[QuadClass, ...]:
        """The quad classes of this stance.

        >>> [str(quad) for quad in Stance.HOSTILE.quad_classes]
        ['verbal_conflict', 'material_conflict']
        """
        return tuple(quad for quad in QuadClass if quad.is_cooperation == (self is Stance.FRIENDLY))


class Context(StrEnum):
    """The field an act lies in; decides the rung of an agreement or of cooperation."""

    DIPLOMATIC = "diplomatic"
    POLITICAL = "political"
    LEGAL = "legal"
    ECONOMIC = "economic"
    TRANSPORT = "transport"
    ENERGY = "energy"
    WATER = "water"
    MIGRATION = "migration"
    HUMANITARIAN = "humanitarian"
    HEALTH = "health"
    CULTURE = "culture"
    RIGHTS = "rights"
    NARCOTICS = "narcotics"
    TERRITORY = "territory"
    SECURITY = "security"
    INTELLIGENCE = "intelligence"
    TERRORISM = "terrorism"
    MILITARY = "military"


class Role(StrEnum):
    """What an actor is: a sector of a state or the kind of a non-state party."""

    GOV = "GOV"
    MIL = "MIL"
    LEG = "LEG"
    JUD = "JUD"
    BUS = "BUS"
    CIV = "CIV"
    MED = "MED"
    OPP = "OPP"
    REB = "REB"
    IGO = "IGO"
    NGO = "NGO"


class Ladder(StrEnum):
    """A dyad stands on both ladders at once."""

    COOPERATION = "cooperation"
    CONFLICT = "conflict"


class Counting(StrEnum):
    """What is counted as one: wire copies inflate the first two."""

    MENTIONS = "mentions"
    REPORTS = "reports"
    STORIES = "stories"
    OUTLETS = "outlets"
    EVENTS = "events"
