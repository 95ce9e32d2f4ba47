"""The calibration figure: forecasts in groups of like probability, what was said against what happened."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from marsad.domain.desk import Desk
from marsad.domain.words import Language, QuadClass
from marsad.errors import BadInput
from marsad.language.numerals import format_number, format_percent
from marsad.publish.drawing import COLOUR, Drawing, bare, mark, style, tidy_csv, to_svg
from marsad.publish.issue import Issue
from marsad.publish.labels import Labels, labels

_COLUMNS = ("model", "group", "bin", "n", "forecast", "observed", "low", "high")
_ENDS = (0.1, 0.2, 0.5, 1.0)  # where the scales may end
_GROUPS = ("all", *(group.value for group in QuadClass))


def calibration(options: Mapping[str, str], issue: Issue, _desk: Desk, tables: Mapping[str, pa.Table]) -> Drawing:
    """Draw the reliability of the resolved forecasts, each group with its 95 % interval.

    Args:
        options: ``model`` (the one with most resolved forecasts where missing), ``group`` (``all`` or a quad class).
        issue: its language.
        tables: ``reliability``: model, group, bin, n, forecast, observed, low, high, as ``review`` computes it.

    Raises:
        BadInput: an unknown group, or nothing resolved.
    """
    group = options.get("group", "all")
    if group not in _GROUPS:
        raise BadInput("figure calibration", f"no group is called {group!r}", f"use one of {', '.join(_GROUPS)}")
    table = tables.get("reliability")
    mine = [row for row in ([] if table is None else table.to_pylist()) if row["group"] == group]
    sizes: dict[str, int] = {}
    for row in mine:
        sizes[row["model"]] = sizes.get(row["model"], 0) + row["n"]
    model = options.get("model") or max(sizes, key=lambda name: (sizes[name], name), default="")
    rows = sorted((row for row in mine if row["model"] == model), key=lambda row: row["bin"])
    if not rows:
        raise BadInput("figure calibration", "no forecast is resolved", "take the figure out until some are")
    language = issue.front.language
    words = labels(language)
    decimals = 0 if _end(rows) > 0.2 else 1

    def percent(share: float) -> str:
        return format_percent(share, language, decimals=decimals)

    told = [f"{percent(row['forecast'])} → {percent(row['observed'])}" for row in (rows[0], rows[-1])]
    return Drawing(
        name="calibration" if group == "all" else f"calibration-{group}",
        svg=_chart(rows, language, words),
        title=words.calibration,
        alt=words.calibration_alt.format(
            n=format_number(sizes[model], language), items=words.list_separator.join(told)
        ),
        csv=tidy_csv(_COLUMNS, ([row[name] for name in _COLUMNS] for row in rows)),
        head=(words.said, words.happened, words.interval, words.resolved),
        rows=tuple(
            (
                percent(row["forecast"]),
                percent(row["observed"]),
                f"{percent(row['low'])}{words.dash}{percent(row['high'])}",
                format_number(row["n"], language),
            )
            for row in rows
        ),
    )


def _end(rows: Sequence[Mapping[str, Any]]) -> float:
    """Return where both scales end: the same, so that the diagonal is one."""
    most = max(max(row["forecast"], row["high"]) for row in rows)
    return next(end for end in _ENDS if most <= end)


def _chart(rows: Sequence[Mapping[str, Any]], language: Language, words: Labels) -> str:
    from matplotlib.figure import Figure as Canvas

    end = _end(rows)
    ticks = [end * step / 5 for step in range(6)]
    texts = [format_percent(tick, language) for tick in ticks]
    said, happened = [row["forecast"] for row in rows], [row["observed"] for row in rows]
    most = max(row["n"] for row in rows)
    with style():
        canvas = Canvas(figsize=(6.2, 3.9), layout="constrained")
        axes = canvas.subplots()
        axes.plot([0, end], [0, end], color=COLOUR["grey"], linewidth=1, linestyle=(0, (3, 2)), label=words.exact)
        axes.errorbar(
            said,
            happened,
            yerr=[
                [row["observed"] - row["low"] for row in rows],
                [row["high"] - row["observed"] for row in rows],
            ],
            fmt="none",
            ecolor=COLOUR["cooperation"],
            elinewidth=1.4,
            capsize=2.5,
            label=words.interval,
        )
        for n, row in enumerate(rows):
            axes.scatter(
                row["forecast"],
                row["observed"],
                s=14 + 46 * row["n"] / most,
                color=COLOUR["cooperation"],
                edgecolors=COLOUR["paper"],
                linewidths=0.8,
                zorder=3,
                gid=mark(n),
                label="_nolegend_" if n else words.happened,
            )
        axes.set_xticks(ticks, texts)
        axes.set_yticks(ticks, texts)
        axes.set_xlim(-0.02 * end, 1.02 * end)
        axes.set_ylim(-0.02 * end, 1.02 * end)
        axes.set_aspect("equal")
        axes.grid(color=COLOUR["grid"], linewidth=0.6)
        bare(axes, language)
        axes.set_xlabel(words.said, fontsize=9.5, color=COLOUR["ink"])
        axes.set_ylabel(words.happened, fontsize=9.5, color=COLOUR["ink"])
        canvas.legend(
            loc="outside left center" if language.is_rtl else "outside right center",
            frameon=False,
            fontsize=8.5,
            labelcolor=COLOUR["grey"],
            markerfirst=not language.is_rtl,
        )
        return to_svg(canvas)
