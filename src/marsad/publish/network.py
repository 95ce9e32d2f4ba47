"""The network figure: who dealt with whom in the latest weeks, and whether it was mostly cooperation or conflict."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from marsad.domain.desk import Desk
from marsad.domain.week import Week
from marsad.domain.words import Language
from marsad.errors import BadInput
from marsad.language.calendars import format_date
from marsad.language.numerals import format_number
from marsad.publish.drawing import COLOUR, Drawing, bare, style, tidy_csv, to_svg, whole_number
from marsad.publish.issue import Issue
from marsad.publish.labels import Labels, labels
from marsad.publish.names import display_name
from marsad.publish.ties import COLUMNS, Point, Tie, draw_ties, tie_legend, tie_rows, ties, told

_WEEKS_SHOWN, _ACTORS_SHOWN = 13, 14


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
    return Drawing(
        name="network",
        svg=_chart(found, codes, {code: display_name(code, language, desk) for code in codes}, language, words),
        title=words.network.format(first=format_date(first.start, language), last=format_date(last.end, language)),
        alt=words.network_alt.format(n=format_number(len(codes), language), items=told(found, language, desk, words)),
        csv=tidy_csv(COLUMNS, ([getattr(tie, name) for name in COLUMNS] for tie in found)),
        head=(words.pair, words.n_events, words.cooperation, words.conflict),
        rows=tie_rows(found, language, desk),
    )


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

    angle = {code: math.pi / 2 - 2 * math.pi * n / len(codes) for n, code in enumerate(codes)}
    spot = {code: (math.cos(turn), math.sin(turn)) for code, turn in angle.items()}
    bows = {tie: (spot[tie.source], _lean(spot[tie.source], spot[tie.target]), spot[tie.target]) for tie in found}
    with style():
        canvas = Canvas(figsize=(6.2, 4.6), layout="constrained")
        axes = canvas.subplots()
        draw_ties(axes, found, bows, words)
        xs, ys = zip(*spot.values(), strict=True)
        axes.scatter(xs, ys, s=34, color=COLOUR["ink"], edgecolors=COLOUR["paper"], zorder=4)
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
        canvas.legend(
            *tie_legend(found, language, words),
            loc="outside lower center",
            ncols=3,
            frameon=False,
            fontsize=8.5,
            labelcolor=COLOUR["grey"],
            markerfirst=not language.is_rtl,
        )
        return to_svg(canvas)


def _lean(start: Point, end: Point) -> Point:
    """Return where a tie leans to: towards the middle of the circle, the more the further its ends lie apart."""
    (ax, ay), (bx, by) = start, end
    pull = 1 - 0.35 * math.dist(start, end) / 2
    return pull * (ax + bx) / 2, pull * (ay + by) / 2
