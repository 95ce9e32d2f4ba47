"""How an actor is called in an issue."""

from marsad.domain.desk import Desk
from marsad.domain.words import Language
from marsad.vocab.actors import load_registry


def display_name(code: str, language: Language, desk: Desk) -> str:
    """Return an actor's name in a language: the desk's naming policy first, then the registry.

    >>> from marsad.domain.desk import Imprint
    >>> from marsad.domain.week import Week
    >>> names = {"AFG": {"ar": "إمارة أفغانستان الإسلامية"}}
    >>> desk = Desk({}, (Language.AR,), (), (), Imprint({}, {}), Week(2026, 1), names=names)
    >>> display_name("AFG", Language.AR, desk), display_name("UZB", Language.AR, desk)
    ('إمارة أفغانستان الإسلامية', 'أوزبكستان')
    """
    return desk.names.get(code, {}).get(language) or load_registry().name(code, language)


def pair_name(source: str, target: str, language: Language, desk: Desk) -> str:
    """Return how a pair is called: both names with a dash between.

    >>> from marsad.domain.desk import Imprint
    >>> from marsad.domain.week import Week
    >>> desk = Desk({}, (Language.EN,), (), (), Imprint({}, {}), Week(2026, 1))
    >>> pair_name("AFG", "RUS", Language.EN, desk)
    'Afghanistan – Russia'
    """
    return f"{display_name(source, language, desk)} – {display_name(target, language, desk)}"
