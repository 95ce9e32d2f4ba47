"""The codebook: our sixteen PLOVER types with their modes, weights, definitions, examples and decisions.

The data stands in ``codebook.toml``; its ``version`` names the ontology in every event.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from marsad.domain.words import Context, EventType, Language


@cache
def _book() -> dict[str, Any]:
    return tomllib.loads((files("marsad.vocab") / "codebook.toml").read_text(encoding="utf-8"))


VERSION: str = _book()["version"]
CONTEXTS: tuple[str, ...] = tuple(context.value for context in Context)
MODES: Mapping[str, tuple[str, ...]] = {
    event_type.value: tuple(_book()["types"][event_type.value]["modes"]) for event_type in EventType
}
DECISIONS: Mapping[str, str] = _book()["decisions"]
# Acts both sides do: coded once, the first named side as source.
_MUTUAL_TYPES = frozenset({"AGREE", "CONSULT"})
_MUTUAL_MODES = frozenset({"clash", "joint_exercise", "trade"})
_ONE_SIDED_MODES = frozenset({"accept", "mediation"})


def goldstein(event_type: str, mode: str | None = None) -> float:
    """Return the weight of a type, or of one of its modes.

    Range -10 (conflict) to +10 (cooperation); a weight of the kind of act, not of this event.

    Raises:
        KeyError: not a type of the codebook.

    >>> goldstein("ACCUSE"), goldstein("AGREE", "treaty"), goldstein("AGREE", "unheard_of") == goldstein("AGREE")
    (-3.0, 7.0, True)
    """
    entry = _book()["types"][event_type]
    return float(entry["modes"].get(mode, entry["goldstein"]))


def is_mutual(event_type: str, mode: str | None = None) -> bool:
    """Tell acts done by both sides together, where source and target may change places.

    >>> is_mutual("CONSULT", "meeting"), is_mutual("ASSAULT", "clash"), is_mutual("ASSAULT", "drone")
    (True, True, False)
    """
    return (event_type in _MUTUAL_TYPES and mode not in _ONE_SIDED_MODES) or mode in _MUTUAL_MODES


def definition(event_type: str) -> str:
    """Return what counts as this type, in one sentence.

    Raises:
        KeyError: not a type of the codebook.

    >>> definition("PROTEST")
    'Civilians demonstrate, strike, riot or boycott.'
    """
    return str(_book()["types"][event_type]["definition"])


def examples(event_type: str, language: Language | str) -> tuple[str, str]:
    """Return a sentence that is an event of the type and a near one that is not.

    >>> examples("RETREAT", "en")
    ('Kabul freed two captured guards.', 'Kabul was urged to free the guards.')
    """
    pair = _book()["types"][event_type]["examples"][Language(language).value]
    return pair["is"], pair["is_not"]
