"""The movers figure: the pairs whose week was least like what went before, longest bar first."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from marsad.domain.desk import Desk
from marsad.domain.words import Language
from marsad.errors import BadInput
from marsad.language.numerals import format_number
from marsad.publish.drawing import COLOUR, Drawing, bare, latest_run, mark, style, tidy_csv, to_svg, whole_number
from marsad.publish.issue import Issue
from marsad.publish.labels import Labels, labels
from marsad.publish.names import pair_name

_PAIRS_SHOWN = 8
_COLUMNS = ("source", "target", "field", "surprise", "direction", "n_events")
_TOLD = 3  # pairs named in the description


def movers(options: Mapping[str, str], issue: Issue, desk: Desk, tables: Mapping[str, pa.Table]) -> Drawing:
    """Draw the week's movers as bars of surprise, coloured by the direction the pair moved in.

    Args:
        options: ``count`` (how many pairs at most, 8 where missing).
        issue: its language.
        desk: the naming policy.
        tables: ``movers``.

    Raises:
        BadInput: no pair acted in the week.
    """
    count = whole_number(options, "count", _PAIRS_SHOWN, least=1)
    rows = sorted(latest_run(tables.get("movers")), key=lambda row: (-row["surprise"], row["source"], row["target"]))
    if not rows:
        raise BadInput("figure movers", "no pair acted in the week", "take the figure out")
    rows = rows[:count]
    language = issue.front.language
    words = labels(language)
    names = [pair_name(row["source"], row["target"], language, desk) for row in rows]
    bits = [format_number(row["surprise"], language, decimals=1) for row in rows]
    told = words.list_separator.join(f"{name} ({bit})" for name, bit in list(zip(names, bits, strict=True))[:_TOLD])
    return Drawing(
        name="movers",
        svg=_chart(rows, names, bits, language, words),
        title=words.movers,
        alt=words.movers_alt.format(items=told),
        csv=tidy_csv(_COLUMNS, ([row[name] for name in _COLUMNS] for row in rows)),
        head=(words.pair, words.field, words.surprise, words.direction, words.n_events),
        rows=tuple(
            (
                name,
                words.fields[row["field"]],
                bit,
                _direction(row["direction"], words),
                format_number(row["n_events"], language),
            )
            for row, name, bit in zip(rows, names, bits, strict=True)
        ),
    )


def _direction(direction: float, words: Labels) -> str:
    return words.towards_cooperation if direction > 0 else words.towards_conflict if direction < 0 else words.both_ways


def _chart(
    rows: Sequence[Mapping[str, Any]], names: Sequence[str], bits: Sequence[str], language: Language, words: Labels
) -> str:
    from matplotlib.figure import Figure as Canvas
    from matplotlib.patches import Patch

    colours = {
        words.towards_cooperation: COLOUR["cooperation"],
        words.towards_conflict: COLOUR["conflict"],
        words.both_ways: COLOUR["grey"],
    }
    ways = [_direction(row["direction"], words) for row in rows]
    with style():
        canvas = Canvas(figsize=(6.2, 0.85 + 0.34 * len(rows)), layout="constrained")
        axes = canvas.subplots()
        places = range(len(rows))
        bars = axes.barh(places, [row["surprise"] for row in rows], height=0.62, color=[colours[way] for way in ways])
        for place, bar in zip(places, bars, strict=True):
            bar.set_gid(mark(place))
        axes.set_yticks(
            places, [f"{name}  ·  {words.fields[row['field']]}" for name, row in zip(names, rows, strict=True)]
        )
        axes.set_ylim(len(rows) - 0.45, -0.55)
        axes.set_xlim(0, max(rows[0]["surprise"], 1.0) * 1.12)
        axes.set_xticks([])
        bare(axes, language)
        axes.tick_params(axis="y", labelsize=9.5, labelcolor=COLOUR["ink"])
        axes.set_xlabel(words.surprise, fontsize=8.5, color=COLOUR["grey"])
        if language.is_rtl:
            axes.invert_xaxis()
        for place, (row, bit) in enumerate(zip(rows, bits, strict=True)):
            axes.annotate(
                bit,
                (row["surprise"], place),
                xytext=(-4 if language.is_rtl else 4, 0),
                textcoords="offset points",
                ha="right" if language.is_rtl else "left",
                va="center_baseline",
                fontsize=9,
                color=COLOUR["ink"],
            )
        shown = [(Patch(facecolor=colour), way) for way, colour in colours.items() if way in ways]
        canvas.legend(
            *zip(*(reversed(shown) if language.is_rtl else shown), strict=True),
            loc="outside lower center",
            ncols=3,
            frameon=False,
            fontsize=8.5,
            labelcolor=COLOUR["grey"],
            handlelength=1.2,
            markerfirst=not language.is_rtl,
        )
        return to_svg(canvas)
