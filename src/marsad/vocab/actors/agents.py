"""Head nouns that tell a party's role, and outlets that only report."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from marsad.domain.words import Language
from marsad.vocab.actors import forms
from marsad.vocab.actors.registry import data_rows, parts
from marsad.vocab.letters import fold_text


@dataclass(frozen=True, slots=True)
class Agent:
    """A head noun: folded form, role, and weight (the heavier of two nouns decides the role)."""

    form: str
    text: str
    role: str
    weight: int


@cache
def load_agents(language: Language) -> tuple[Agent, ...]:
    """Return the head nouns of one language in every written form, without the Arabic article.

    >>> {agent.role for agent in load_agents(Language.RU) if agent.form == "министром обороны"}
    {'MIL'}
    """
    return tuple(
        dict.fromkeys(
            Agent(fold_text(bare), bare, row["role"], int(row["weight"]))
            for row in data_rows("agents.csv")
            for noun in parts(row[language])
            for bare in _forms(noun, language)
        )
    )


@cache
def load_outlets(language: Language) -> tuple[str, ...]:
    """Return the names of agencies, papers and channels in one language, Russian ones declined.

    >>> "Reuters" in load_outlets(Language.EN)
    True
    """
    return _listed("outlets.csv", language)


@cache
def load_stops(language: Language) -> tuple[str, ...]:
    """Return the set phrases inside which a state's name names no party, Russian ones declined.

    >>> "Indian Ocean" in load_stops(Language.EN)
    True
    """
    return _listed("stops.csv", language)


def _listed(name: str, language: Language) -> tuple[str, ...]:
    names = [entry for row in data_rows(name) if row["language"] == language for entry in parts(row["names"])]
    if language == Language.RU:
        return tuple(sorted({form for entry in names for form in forms.russian_forms(entry)}))
    return tuple(names)


def _forms(noun: str, language: Language) -> Iterator[str]:
    if language == Language.AR:
        bare = noun.removeprefix("ال")
        yield bare
        if bare.endswith("ة"):
            yield bare[:-1] + "تي"
    elif language == Language.RU:
        yield from sorted(forms.russian_forms(noun))
        if " " not in noun:
            yield from sorted(forms.russian_people_forms(noun))
    elif language == Language.EN:
        yield noun
        if noun[0].islower():
            yield noun.title().replace(" Of ", " of ")
    elif language == Language.PS:
        yield noun
        for plural, oblique in (("ونه", "ونو"), ("ان", "انو"), ("ي", "یو"), ("ه", "ې")):
            if noun.endswith(plural) and len(noun) > len(plural) + 2:
                yield noun[: -len(plural)] + oblique
    else:
        yield noun
