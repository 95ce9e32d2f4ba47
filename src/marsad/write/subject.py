"""Which pair the week's issue is about."""

from collections import Counter

from marsad.domain.desk import Desk
from marsad.domain.week import Week
from marsad.errors import BadInput
from marsad.write.material import TRAILING_WEEKS, Material, Row

_RECENT_WEEKS = 4


def choose(material: Material, desk: Desk) -> tuple[str, str]:
    """Return the issue's pair.

    The desk's subject if it had an event or a break in the trailing eight weeks; else the pair with the likeliest, then
    the widest break of the trailing four weeks, else the most surprising pair of the week, else the busiest of the
    trailing eight weeks; else what the desk names.

    Raises:
        BadInput: nothing happened and the desk names neither a subject nor a watched pair.
    """
    if desk.subject and _is_alive(material, desk.subject):
        return desk.subject
    for found in (_broken(material), _surprising(material), _busiest(material)):
        if found:
            return found
    if desk.subject or desk.watched:
        return desk.subject or desk.watched[0]
    raise BadInput(
        f"week {material.week}",
        "no event, break or declared pair to write about",
        "name subject or watched in desk.toml",
    )


def _is_alive(material: Material, pair: tuple[str, str]) -> bool:
    recent = material.between(material.trailing_start, material.week.end)
    if any({row["source"], row["target"]} == set(pair) for row in recent):
        return True
    return any(_is_recent(row, material.week) for row in material.of_pair("breaks", pair))


def _is_recent(row: Row, week: Week, n_weeks: int = TRAILING_WEEKS) -> bool:
    return week.index - n_weeks < Week.parse(row["week"]).index <= week.index


def _broken(material: Material) -> tuple[str, str] | None:
    recent = [row for row in material.tables.get("breaks", []) if _is_recent(row, material.week, _RECENT_WEEKS)]
    if not recent:
        return None
    best = max(recent, key=lambda row: (row["probability"], abs(row["to_rung"] - row["from_rung"])))
    return best["source"], best["target"]


def _surprising(material: Material) -> tuple[str, str] | None:
    rows = [row for row in material.tables.get("movers", []) if row["source"] != row["target"]]
    best = max(rows, key=lambda row: row["surprise"], default=None)
    return (best["source"], best["target"]) if best else None


def _busiest(material: Material) -> tuple[str, str] | None:
    recent = material.between(material.trailing_start, material.week.end)
    counts = Counter(tuple(sorted((row["source"], row["target"]))) for row in recent if row["source"] != row["target"])
    if not counts:
        return None
    first, second = min(counts, key=lambda pair: (-counts[pair], pair))
    return first, second
