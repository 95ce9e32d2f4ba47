"""What parties did to each other over some weeks, and how such a tie is drawn: network and map share it."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from marsad.domain.desk import Desk
from marsad.domain.week import Week
from marsad.domain.words import Language
from marsad.language.numerals import format_number
from marsad.publish.drawing import COLOUR, latest_run, mark
from marsad.publish.labels import Labels
from marsad.publish.names import pair_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Point = tuple[float, float]

COLUMNS = ("source", "target", "n_events", "n_cooperation", "n_conflict")
_TOLD = 3  # ties named in a description


@dataclass(frozen=True)
class Tie:
    """What two parties did to each other, both directions together; ``source`` < ``target``."""

    source: str
    target: str
    n_cooperation: int
    n_conflict: int

    @property
    def n_events(self) -> int:
        """Acts of both kinds."""
        return self.n_cooperation + self.n_conflict

    @property
    def balance(self) -> int:
        """Acts of cooperation less acts of conflict."""
        return self.n_cooperation - self.n_conflict


def ties(tables: Mapping[str, pa.Table], first: Week, last: Week, n_actors: int) -> list[Tie]:
    """Return the ties between the busiest parties, most events first; what a party does to itself is left out."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in latest_run(tables.get("dyad_weeks")):
        if row["counting"] != "events" or row["source"] == row["target"]:
            continue
        if first <= Week.parse(row["week"]) <= last:
            pair = counts[min(row["source"], row["target"]), max(row["source"], row["target"])]
            pair[0] += row["n_verbal_cooperation"] + row["n_material_cooperation"]
            pair[1] += row["n_verbal_conflict"] + row["n_material_conflict"]
    degree: dict[str, int] = defaultdict(int)
    for (source, target), (good, bad) in counts.items():
        degree[source] += good + bad
        degree[target] += good + bad
    busiest = set(sorted(degree, key=lambda code: (-degree[code], code))[:n_actors])
    kept = [
        Tie(source, target, *both)
        for (source, target), both in counts.items()
        if {source, target} <= busiest and any(both)
    ]
    return sorted(kept, key=lambda tie: (-tie.n_events, tie.source, tie.target))


def told(shown: Sequence[Tie], language: Language, desk: Desk, words: Labels) -> str:
    """Return the ties of most events in words."""
    return words.list_separator.join(
        f"{pair_name(tie.source, tie.target, language, desk)} ({format_number(tie.n_events, language)})"
        for tie in shown[:_TOLD]
    )


def tie_rows(shown: Sequence[Tie], language: Language, desk: Desk) -> tuple[tuple[str, ...], ...]:
    """Return ties as rows in the issue's language: pair, events, of cooperation, of conflict."""
    return tuple(
        (
            pair_name(tie.source, tie.target, language, desk),
            *(format_number(n, language) for n in (tie.n_events, tie.n_cooperation, tie.n_conflict)),
        )
        for tie in shown
    )


def draw_ties(
    axes: "Axes", shown: Sequence[Tie], bows: Mapping[Tie, tuple[Point, Point, Point]], words: Labels
) -> None:
    """Draw each tie as a bow through three points, as wide as it has events; blue is cooperation, dashed conflict.

    Args:
        axes: where.
        shown: most events first, as ``ties`` gives them; the strongest lies on top.
        bows: start, the point the bow leans to, and end.
        words: the labels that name the kinds.
    """
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    kinds = _looks(words)
    for n, tie in reversed(list(enumerate(shown))):
        axes.add_artist(
            PathPatch(
                Path(bows[tie], [Path.MOVETO, Path.CURVE3, Path.CURVE3]),
                fill=False,
                linewidth=0.8 + 4.2 * math.sqrt(tie.n_events / shown[0].n_events),
                alpha=0.85,
                zorder=3,
                gid=mark(n),
                **kinds[_kind(tie, words)],
            )
        )


def tie_legend(shown: Iterable[Tie], language: Language, words: Labels) -> tuple[list[Any], list[str]]:
    """Return handles and names of the kinds of tie that are there, in the order of reading."""
    from matplotlib.lines import Line2D

    seen = {_kind(tie, words) for tie in shown}
    entries = [
        (Line2D([], [], linewidth=2, color=look["edgecolor"], linestyle=look["linestyle"]), kind)
        for kind, look in _looks(words).items()
        if kind in seen
    ]
    if language.is_rtl:
        entries.reverse()
    return [handle for handle, _ in entries], [kind for _, kind in entries]


def _kind(tie: Tie, words: Labels) -> str:
    return words.cooperation if tie.balance > 0 else words.conflict if tie.balance < 0 else words.both_ways


def _looks(words: Labels) -> dict[str, dict[str, Any]]:
    return {
        words.cooperation: {"edgecolor": COLOUR["cooperation"], "linestyle": "-"},
        words.conflict: {"edgecolor": COLOUR["conflict"], "linestyle": (0, (4, 2))},
        words.both_ways: {"edgecolor": COLOUR["grey"], "linestyle": (0, (1, 1.5))},
    }
