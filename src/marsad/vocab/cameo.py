"""CAMEO, the scheme ICEWS, GDELT and the temporal graphs are coded in, and the way from it to our codebook.

Three files lie beside this module; facts in them are from the CAMEO manual 1.1b3 (Schrodt 2012), the ICEWS coder's
labels and both published Goldstein tables (Goldstein 1992; GDELT's and ICEWS's differ on four codes: 016, 022, 164
and 165, and only ICEWS weighs 1213). The way to PLOVER follows Halterman et al. (2023), PLOVER 0.8, with our
codebook's decisions:

- 01 (statements) is no act and has no event type, except 016 (a denial is REJECT) and 018, 019 (SUPPORT);
- 03 (a promise, an intent to meet) is SUPPORT, not AGREE: in our codebook nothing is agreed until it is agreed, and a
  promise is words;
- 057 (sign) is AGREE ``sign``, not SUPPORT; 055 (apologise) is CONCEDE; 175 (repression) is COERCE;
- 085 (ease sanctions) is CONCEDE, 116 (found guilty) and 163 (embargo) are SANCTION, as our modes have it.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

VERSION = "1"

_NOT_A_LETTER = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True)
class CameoCode:
    """One CAMEO code.

    Args:
        code: three or four digits, as text; the first two are the root.
        name: the manual's name, or ICEWS's where ICEWS renumbered (105-108).
        event_type: PLOVER type, or None: a statement, no act.
        mode: of our codebook, or None.
        context: of our codebook, or None.
        goldstein_icews: weight in ICEWS's table, -10 to 10, or None if the table lacks the code.
        goldstein_gdelt: weight in GDELT's table, likewise.
    """

    code: str
    name: str
    event_type: str | None
    mode: str | None
    context: str | None
    goldstein_icews: float | None
    goldstein_gdelt: float | None


def _rows(name: str) -> list[dict[str, str]]:
    text = files("marsad.vocab").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _weight(text: str) -> float | None:
    return float(text) if text else None


@cache
def codes() -> Mapping[str, CameoCode]:
    """Return every CAMEO code below the roots.

    >>> codes()["0871"].event_type, codes()["0871"].mode, codes()["010"].event_type
    ('RETREAT', 'ceasefire', None)
    >>> [c.code for c in codes().values() if None is not c.goldstein_gdelt != c.goldstein_icews]
    ['016', '022', '164', '165']
    """
    return MappingProxyType(
        {
            row["code"]: CameoCode(
                row["code"],
                row["name"],
                row["event_type"] or None,
                row["mode"] or None,
                row["context"] or None,
                _weight(row["goldstein_icews"]),
                _weight(row["goldstein_gdelt"]),
            )
            for row in _rows("cameo.csv")
        }
    )


def _folded(label: str) -> str:
    return _NOT_A_LETTER.sub(" ", label.lower()).strip()


@cache
def _by_label() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in _rows("cameo.csv"):
        for label in (row["name"], *row["labels"].split(" | ")):
            found.setdefault(_folded(label), row["code"])
    found.pop("", None)
    return MappingProxyType(found)


def code_of_label(label: str) -> CameoCode | None:
    """Return the code a label or the code itself names; case, underscores and punctuation do not matter.

    >>> code_of_label("Arrest,_detain,_or_charge_with_legal_action").code, code_of_label("0841").code
    ('173', '0841')
    >>> code_of_label("sing a song") is None
    True
    """
    code = _by_label().get(_folded(label)) or label.strip()
    return codes().get(code)


@cache
def _roles(scheme: str) -> Mapping[str, str]:
    return MappingProxyType(
        {_folded(row["word"]): row["role"] for row in _rows("cameo_roles.csv") if row["scheme"] == scheme}
    )


def role_of_sectors(sectors: str) -> str | None:
    """Return the role of an ICEWS actor from its comma-separated sectors; the table's order decides between several.

    >>> (
    ...     role_of_sectors("Military,Government"),
    ...     role_of_sectors("Government,Cabinet,Executive,Military"),
    ...     role_of_sectors("NA"),
    ... )
    ('MIL', 'GOV', None)
    """
    named = {_folded(sector) for sector in sectors.split(",")}
    return next((role for word, role in _roles("icews_sector").items() if word in named), None)


def role_of_type(code: str) -> str | None:
    """Return the role of a GDELT actor type.

    >>> role_of_type("COP"), role_of_type("CVL"), role_of_type("")
    ('GOV', 'CIV', None)
    """
    return _roles("gdelt_type").get(_folded(code))


def role_of_name(name: str) -> str | None:
    """Return the role an actor's descriptive name tells of; the table's order decides between several words.

    >>> (
    ...     role_of_name("High Ranking Military Personnel"),
    ...     role_of_name("Head_of_Government"),
    ...     role_of_name("Barack Obama"),
    ... )
    ('MIL', 'GOV', None)
    """
    words = f" {_folded(name)} "
    return next((role for word, role in _roles("name_word").items() if f" {word} " in words), None)


@cache
def actor_codes(scheme: str) -> Mapping[str, str]:
    """Return the actors a scheme (``gdelt_country``, ``gdelt_group``, ``icews_name``) names otherwise than we do.

    >>> actor_codes("gdelt_country")["ROM"], actor_codes("gdelt_group")["EEC"]
    ('ROU', 'EUE')
    """
    return MappingProxyType({row["code"]: row["ours"] for row in _rows("cameo_actors.csv") if row["scheme"] == scheme})
