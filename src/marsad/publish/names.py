"""How an actor is called in an issue."""

from marsad.domain.desk import Desk
from marsad.domain.words import Language


def display_name(code: str, language: Language, desk: Desk) -> str:
    """Return an actor's name in a language: the desk's naming policy first, then its code.

    >>> from marsad.domain.desk import Imprint
    >>> from marsad.domain.week import Week
    >>> names = {"AFG": {"en": "Afghanistan"}}
    >>> desk = Desk({}, (Language.EN,), (), (), Imprint({}, {}), Week(2026, 1), names=names)
    >>> display_name("AFG", Language.EN, desk), display_name("XYZ", Language.EN, desk)
    ('Afghanistan', 'XYZ')
    """
    return desk.names.get(code, {}).get(language, code)
