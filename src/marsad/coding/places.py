"""Where it happened: the first place of the gazetteer a sentence names, with coordinates."""

import re
from dataclasses import dataclass
from functools import cache

from marsad.coding.tokens import forms, tokenize
from marsad.domain.words import Language
from marsad.language.script import fold
from marsad.vocab.places import Place, load_places

_CASE = re.compile(r"(?:ами|ями|ах|ях|ов|ей|ом|ем|ой|ою|у|ю|а|я|е|ы|и|ь|й)$")


@dataclass(frozen=True)
class NamedPlace:
    """A place by its English name, which also identifies it; degrees, north and east positive."""

    name: str
    latitude: float
    longitude: float


def place_of(text: str, language: Language) -> NamedPlace | None:
    """Return the most local place a text names (a city or crossing before a province before a capital), or None.

    Where a script has capitals, only a word with one is a name: «делах» is not Delhi.

    >>> place_of("Strikes hit homes in Khost", Language.EN).name
    'Khost'
    >>> place_of("قصفت مقاتلات خوست", Language.AR).name, place_of("Они говорили о делах", Language.RU)
    ('Khost', None)
    """
    tokens = tokenize(text, 0, len(text))
    words = [_bare(token.text, language) for token in tokens]
    found: list[tuple[int, int, Place]] = []
    for position, token in enumerate(tokens):
        if language in _HAS_CAPITALS and not text[token.start].isupper():
            continue
        for form in forms(token.text, language):
            for names, place in _by_first_word(language).get(_bare(form, language), ()):
                if tuple(words[position + 1 : position + len(names)]) == names[1:]:
                    found.append((_LOCAL[place.kind], position, place))
    if not found:
        return None
    _, _, place = min(found, key=lambda each: each[:2])
    return NamedPlace(place.name, place.latitude, place.longitude)


_HAS_CAPITALS = frozenset({Language.EN, Language.RU})
_LOCAL = {"crossing": 0, "city": 1, "area": 2, "province": 2, "capital": 3}


def _bare(word: str, language: Language) -> str:
    return _CASE.sub("", word) if language is Language.RU and len(word) > 4 else word


@cache
def _by_first_word(language: Language) -> dict[str, list[tuple[tuple[str, ...], Place]]]:
    index: dict[str, list[tuple[tuple[str, ...], Place]]] = {}
    for place in load_places():
        for name in place.names.get(language.value, place.names.get("fa", ()) if language is Language.PS else ()):
            words = tuple(_bare(word, language) for word in fold(name, language).split())
            # Elsewhere than in Arabic a name's first word stands whole: "Mar" is not Mar-a-Lago.
            for first in forms(words[0], language) if language is Language.AR else words[:1]:
                index.setdefault(first, []).append(((first, *words[1:]), place))
    return index
