"""What a drawn figure is, and how every figure is written: colours, faces, SVG that is the same each time."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from marsad.domain.words import Language
from marsad.errors import BadInput, RenderFailed

COLOURS = (  # names as in style.css; blue and orange are told apart by every kind of colour vision
    ("cooperation", "#1b62a5"),
    ("conflict", "#b9480f"),
    ("ink", "#1b1d21"),
    ("grey", "#5c626b"),
    ("grid", "#e3e6eb"),
    ("shade", "#e6e8ec"),
    ("land", "#edf0f4"),
    ("party", "#c5d3e6"),
    ("paper", "#fefefe"),
)
COLOUR = dict(COLOURS)
_FACES = ("Amiri", "DejaVu Serif")  # the second for Cyrillic


@dataclass(frozen=True)
class Drawing:
    """One drawn figure.

    A group of the drawing whose id :func:`mark` gives tells of the row of that number: a page shows the row there.

    Args:
        name: what its files are called.
        svg: the drawing, text as shapes; ``colours`` names the colours a page may exchange.
        title: what it shows.
        alt: the same in words, for those who cannot see it.
        csv: the tidy table behind it.
        head, rows: that table in the issue's language.
    """

    name: str
    svg: str
    title: str
    alt: str
    csv: bytes
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    colours: tuple[tuple[str, str], ...] = COLOURS


def mark(row: int, part: str = "") -> str:
    """Return the id of the part of a drawing that stands for a row of its table.

    >>> mark(3), mark(3, "conflict")
    ('mark-3', 'mark-3-conflict')
    """
    return f"mark-{row}-{part}" if part else f"mark-{row}"


def tidy_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    r"""Return a table as CSV: numbers with four places, truth in lower case, nothing for null.

    >>> tidy_csv(("pair", "share", "is_covered"), [("AFG-RUS", 0.5, True), ("AFG-IRN", None, False)])
    b'pair,share,is_covered\nAFG-RUS,0.5000,true\nAFG-IRN,,false\n'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)


def latest_run(table: pa.Table | None) -> list[dict[str, Any]]:
    """Return the rows of a vintage's latest run; none where there is no table."""
    if table is None or table.num_rows == 0:
        return []
    rows: list[dict[str, Any]] = table.filter(pc.equal(table["run"], pc.max(table["run"]))).to_pylist()
    return rows


def whole_number(options: Mapping[str, str], name: str, default: int, *, least: int) -> int:
    """Return an option that is a whole number.

    Raises:
        BadInput: it is none, or below `least`.
    """
    given = options.get(name, str(default))
    if not given.isdecimal() or int(given) < least:
        raise BadInput("the figure", f"{name} {given!r} is no number above {least - 1}", f"write :{name}: {default}")
    return int(given)


def style() -> Any:
    """Return the context figures are drawn in: Amiri from its package, text as shapes, no ground of its own."""
    import fontpkg_amiri
    import matplotlib as mpl
    from matplotlib import font_manager

    manager = font_manager.fontManager
    if "Amiri" not in {font.name for font in manager.ttflist}:
        for name in ("Amiri-Regular.ttf", "Amiri-Bold.ttf"):
            manager.addfont(fontpkg_amiri.ROOT / "files" / name)
    return mpl.rc_context(
        {
            "font.family": list(_FACES),
            "svg.fonttype": "path",
            "svg.hashsalt": "marsad",
            "axes.unicode_minus": False,
            "path.simplify": False,
            "figure.facecolor": "none",
            "axes.facecolor": "none",
            "savefig.facecolor": "none",
        }
    )


def bare(axes: Any, language: Language) -> None:
    """Take the frame off a chart; its scale stands on the side reading begins on."""
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(COLOUR["grid"])
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelsize=9, labelcolor=COLOUR["grey"])
    if language.is_rtl:
        axes.yaxis.tick_right()
        axes.yaxis.set_label_position("right")


def to_svg(canvas: Any) -> str:
    """Return a drawn canvas as SVG text without date or maker."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    out = io.StringIO()
    FigureCanvasSVG(canvas).print_svg(out, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
    svg = out.getvalue()
    svg = svg[svg.index("<svg") :]
    # matplotlib's style sheet speaks to every element, also of the page the drawing stands in
    svg, n_sheets = re.subn(r"<style[^>]*>\*\{([^}]*)\}</style>", "", svg)
    if n_sheets != 1:
        raise RenderFailed("a figure", "matplotlib writes its style in a way we do not know")
    svg = re.sub(r'(?<=\sd=")[^"]+', lambda found: _shortened(found[0]), svg)
    svg = re.sub(r"<path(?![^>]*\sd=)", '<path d="M0 0"', svg)  # a blank's shape: SVG asks for a path's d all the same
    return svg.replace("<svg ", '<svg stroke-linejoin="round" stroke-linecap="butt" ', 1)


def _shortened(path: str) -> str:
    """Write the commands of a path briefly: a hundredth of a point is finer than any eye."""
    path = re.sub(r"-?\d+\.\d+", lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), path)
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", path)
