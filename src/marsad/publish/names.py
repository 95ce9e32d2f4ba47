"""How an actor is called in an issue."""

from marsad.domain.desk import Desk
from marsad.domain.words import Language


def display_name(code: str, language: Language, desk: Desk) -> str:
    """Return an actor's name in a language: the desk's naming policy first, then its code.

    >>> from marsad.domain.desk import parse_desk
    >>> text = 'languages = ["en"]\\nwatched = []\\n[title]\\n[imprint]\\nname = {}\\n[issue]\\nfirst_week = "2026-W01"\\n[names.AFG]\\nen = "Afghanistan"'
    >>> display_name("AFG", Language.EN, parse_desk(text)), display_name("XYZ", Language.EN, parse_desk(text))
    ('Afghanistan', 'XYZ')
    """
    return desk.names.get(code, {}).get(language, code)
