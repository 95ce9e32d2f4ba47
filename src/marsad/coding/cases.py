"""Russian case as far as the form of a name shows it: who can be a subject, who is the doer of a passive.

A form counts as oblique only where a nominative of our own vocabulary stands behind it: «Ирану» beside «Иран»,
«пограничников» beside «пограничник». A form that may be either («Иран», «США») may be a subject.
"""

import re
from functools import cache, lru_cache

from marsad.domain.words import Language
from marsad.vocab.actors.registry import data_rows, load_registry, parts
from marsad.vocab.letters import fold_text
from marsad.vocab.places import load_places

_ADJECTIVE = re.compile(r"\w{2,}(?:ого|его|ому|ему|ыми|ими|ых|их|ую|юю)$")
_ADJECTIVE_OR_NOUN = re.compile(r"\w{3,}(?:[сц]к|н)(?:им|ым|ой|ом|ей)$")
_INSTRUMENTAL = re.compile(r"(?:ом|ем|ой|ей|ами|ями|ыми|ими|ым|им|ью)$")
_NOMINATIVE_ADJECTIVE = re.compile(r"\w{3,}(?:ий|ый|ой|ая|яя|ое|ее|ые|ие)$")
# Nominative endings, and the oblique ones that stand in their place.
_DECLENSIONS = (
    ("", ("а", "у", "е", "ю", "я", "ом", "ем", "ов", "ев", "ам", "ах", "ами", "ым")),
    ("а", ("ы", "и", "е", "у", "ой", "ою", "ам", "ами", "ах")),
    ("я", ("и", "е", "ю", "ей", "ью")),
    ("ь", ("и", "я", "ю", "е", "ем", "ью", "ей", "ям", "ями", "ях")),
    ("й", ("и", "я", "ю", "е", "ем", "ев")),
    ("о", ("а", "у", "ом", "е")),
    ("е", ("я", "ю", "ем")),
    ("ы", ("ов", "ам", "ами", "ах")),
    ("и", ("ов", "ам", "ами", "ах", "ям", "ями", "ях")),
    ("ец", ("ца", "цу", "цем", "це", "цев", "цам", "цами", "цах")),
    ("ол", ("ла", "лу", "лом", "ле", "лов", "лам", "лами")),  # посол, посла
)


@cache
def _nominatives() -> frozenset[str]:
    """Return the heads of all names and head nouns as the data files write them, folded."""
    written = _column("organisations.csv") + _column("seats.csv") + _column("agents.csv") + _column("states.csv")
    written += [n for row in data_rows("taliban.csv") if row["language"] == Language.RU for n in parts(row["names"])]
    written += [name for place in load_places() for name in place.names.get(Language.RU, ())]
    registry = load_registry()
    written += [registry.name(row["code"], Language.RU) for row in data_rows("states.csv")] + _column("aliases.csv")
    people = {word for name in _column("office_holders.csv") for word in fold_text(name).split()}
    return frozenset(people.union(*map(_head, written)))


def _head(name: str) -> list[str]:
    """Return the adjectives and the noun that open a name: they decline, what follows is in the genitive already."""
    words = fold_text(name).split()
    at = next((at for at, word in enumerate(words) if not _NOMINATIVE_ADJECTIVE.match(word)), len(words))
    return words[: at + 1]


def _column(table: str) -> list[str]:
    return [name for row in data_rows(table) for name in parts(row[Language.RU])]


@lru_cache(maxsize=8192)
def is_oblique(word: str) -> bool:
    """Tell a form that cannot be a subject.

    Args:
        word: in search form.

    >>> [is_oblique(word) for word in ("иран", "ирана", "сша", "турецкого", "пограничники", "пограничников")]
    [False, True, False, True, False, True]
    """
    if word in _nominatives() or (_NOMINATIVE_ADJECTIVE.match(word) and not _ADJECTIVE_OR_NOUN.match(word)):
        return False
    if _ADJECTIVE.match(word) or _ADJECTIVE_OR_NOUN.match(word):
        return True
    return any(
        word.endswith(end) and word[: len(word) - len(end)] + base in _nominatives()
        for base, ends in _DECLENSIONS
        for end in ends
    )


def is_instrumental(word: str) -> bool:
    """Tell the form in which a passive names its doer: «отвергнуто Афинами», «обстрелян израильскими ракетами».

    >>> is_instrumental("израилем"), is_instrumental("израиля"), is_instrumental("премьер")
    (True, False, False)
    """
    return _INSTRUMENTAL.search(word) is not None and is_oblique(word)
