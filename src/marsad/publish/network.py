"""The network figure: who dealt with whom in the latest weeks, and whether it was mostly cooperation or conflict."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from marsad.domain.desk import Desk
from marsad.domain.week import Week
from marsad.domain.words import Language
from marsad.errors import BadInput
from marsad.language.calendars import format_date
from marsad.language.numerals import format_number
from marsad.publish.drawing import COLOUR, Drawing, bare, latest_run, style, tidy_csv, to_svg, whole_number
from marsad.publish.issue import Issue
from marsad.publish.labels import Labels, labels
from marsad.publish.names import display_name, pair_name

_WEEKS_SHOWN, _ACTORS_SHOWN = 13, 14
_COLUMNS = ("source", "target", "n_events", "n_cooperation", "n_conflict")
_TOLD = 3  # ties named in the description


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


def network(options: Mapping[str, str], issue: Issue, desk: Desk, tables: Mapping[str, pa.Table]) -> Drawing:
    """Draw the parties on a circle and a tie between those who acted towards each other.

    Args:
        options: ``weeks`` (up to the issue's, 13 where missing), ``actors`` (the busiest, 14 where missing).
        issue: its language and week.
        desk: the naming policy.
        tables: ``dyad_weeks``, read as counted by events.

    Raises:
        BadInput: nobody acted in those weeks.
    """
    n_weeks = whole_number(options, "weeks", _WEEKS_SHOWN, least=1)
    last = Week.parse(issue.front.week)
    first = last.shift(1 - n_weeks)
    found = ties(tables, first, last, whole_number(options, "actors", _ACTORS_SHOWN, least=2))
    if not found:
        raise BadInput("figure network", f"no party acted between {first} and {last}", "ask for more :weeks:")
    language = issue.front.language
    words = labels(language)
    codes = seated(found)
    told = words.list_separator.join(
        f"{pair_name(tie.source, tie.target, language, desk)} ({format_number(tie.n_events, language)})"
        for tie in found[:_TOLD]
    )
    return Drawing(
        name="network",
        svg=_chart(found, codes, {code: display_name(code, language, desk) for code in codes}, language, words),
        title=words.network.format(first=format_date(first.start, language), last=format_date(last.end, language)),
        alt=words.network_alt.format(n=format_number(len(codes), language), items=told),
        csv=tidy_csv(_COLUMNS, ([getattr(tie, name) for name in _COLUMNS] for tie in found)),
        head=(words.pair, words.n_events, words.cooperation, words.conflict),
        rows=tuple(
            (
                pair_name(tie.source, tie.target, language, desk),
                *(format_number(n, language) for n in (tie.n_events, tie.n_cooperation, tie.n_conflict)),
            )
            for tie in found
        ),
    )


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


def seated(found: Sequence[Tie]) -> list[str]:
    """Return the parties in the order they sit round the circle: those who deal with each other side by side.

    The order is by the second eigenvector of the network's Laplacian (Fiedler 1973), which keeps ties short.

    >>> seated([Tie("A", "B", 9, 0), Tie("C", "D", 9, 0), Tie("B", "C", 1, 0)])
    ['A', 'B', 'C', 'D']
    """
    codes = sorted({code for tie in found for code in (tie.source, tie.target)})
    at = {code: n for n, code in enumerate(codes)}
    laplacian = np.zeros((len(codes), len(codes)))
    for tie in found:
        i, j = at[tie.source], at[tie.target]
        laplacian[i, j] = laplacian[j, i] = -math.sqrt(tie.n_events)
    np.fill_diagonal(laplacian, -laplacian.sum(axis=1))
    vector = np.linalg.eigh(laplacian)[1][:, 1].round(6)
    vector *= -1 if vector[np.flatnonzero(vector)[0]] > 0 else 1  # its sign is free: the first name comes early
    return [codes[n] for n in sorted(range(len(codes)), key=lambda n: (vector[n], codes[n]))]


def _chart(
    found: Sequence[Tie], codes: Sequence[str], names: Mapping[str, str], language: Language, words: Labels
) -> str:
    from matplotlib.figure import Figure as Canvas
    from matplotlib.lines import Line2D
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    angle = {code: math.pi / 2 - 2 * math.pi * n / len(codes) for n, code in enumerate(codes)}
    spot = {code: (math.cos(turn), math.sin(turn)) for code, turn in angle.items()}
    looks: dict[str, dict[str, Any]] = {
        words.cooperation: {"color": COLOUR["cooperation"], "linestyle": "-"},
        words.conflict: {"color": COLOUR["conflict"], "linestyle": (0, (4, 2))},
        words.both_ways: {"color": COLOUR["grey"], "linestyle": (0, (1, 1.5))},
    }
    most = found[0].n_events
    seen = set()
    with style():
        canvas = Canvas(figsize=(6.2, 4.6), layout="constrained")
        axes = canvas.subplots()
        for tie in reversed(found):
            kind = words.cooperation if tie.balance > 0 else words.conflict if tie.balance < 0 else words.both_ways
            seen.add(kind)
            bow = Path(
                [
                    spot[tie.source],
                    tuple(0.22 * (a + b) for a, b in zip(spot[tie.source], spot[tie.target], strict=True)),
                    spot[tie.target],
                ],
                [Path.MOVETO, Path.CURVE3, Path.CURVE3],
            )
            width = 0.8 + 4.2 * math.sqrt(tie.n_events / most)
            axes.add_patch(
                PathPatch(
                    bow,
                    fill=False,
                    linewidth=width,
                    alpha=0.8,
                    edgecolor=looks[kind]["color"],
                    linestyle=looks[kind]["linestyle"],
                )
            )
        xs, ys = zip(*spot.values(), strict=True)
        axes.scatter(xs, ys, s=34, color=COLOUR["ink"], edgecolors=COLOUR["paper"], zorder=3)
        for code, (x, y) in spot.items():
            axes.annotate(
                names[code],
                (x, y),
                xytext=(9 * x, 9 * y),
                textcoords="offset points",
                ha="center" if abs(x) < 0.2 else "left" if x > 0 else "right",
                va="center" if abs(y) < 0.9 else "bottom" if y > 0 else "top",
                fontsize=9,
                color=COLOUR["ink"],
            )
        axes.set_xlim(-2.1, 2.1)
        axes.set_ylim(-1.25, 1.25)
        axes.set_aspect("equal")
        axes.set_xticks([])
        axes.set_yticks([])
        bare(axes, language)
        axes.spines["bottom"].set_visible(False)
        shown = [(Line2D([], [], linewidth=2, **look), kind) for kind, look in looks.items() if kind in seen]
        canvas.legend(
            *zip(*(reversed(shown) if language.is_rtl else shown), strict=True),
            loc="outside lower center",
            ncols=3,
            frameon=False,
            fontsize=8.5,
            labelcolor=COLOUR["grey"],
            markerfirst=not language.is_rtl,
        )
        return to_svg(canvas)
