"""What a drawn figure is, and how every figure is written: colours, faces, SVG that is the same each time."""

import io
import re
from dataclasses import dataclass
from typing import Any

from marsad.errors import RenderFailed

COLOURS = (  # names as in style.css; blue and orange are told apart by every kind of colour vision
    ("cooperation", "#1b62a5"),
    ("conflict", "#b9480f"),
    ("ink", "#1b1d21"),
    ("grey", "#5c626b"),
    ("grid", "#e3e6eb"),
    ("shade", "#e6e8ec"),
    ("paper", "#fefefe"),
)
COLOUR = dict(COLOURS)
_FACES = ("Amiri", "DejaVu Serif")  # the second for Cyrillic


@dataclass(frozen=True)
class Drawing:
    """One drawn figure.

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


def style() -> Any:
    """Return the context figures are drawn in: Amiri from its package, text as shapes, no ground of its own."""
    import fontpkg_amiri  # noqa: PLC0415
    import matplotlib as mpl  # noqa: PLC0415
    from matplotlib import font_manager  # noqa: PLC0415

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


def to_svg(canvas: Any) -> str:
    """Return a drawn canvas as SVG text without date or maker."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG  # noqa: PLC0415

    out = io.StringIO()
    FigureCanvasSVG(canvas).print_svg(out, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
    svg = out.getvalue()
    svg = svg[svg.index("<svg") :]
    # matplotlib's style sheet speaks to every element, also of the page the drawing stands in
    svg, n_sheets = re.subn(r"<style[^>]*>\*\{([^}]*)\}</style>", "", svg)
    if n_sheets != 1:
        raise RenderFailed("a figure", "matplotlib writes its style in a way we do not know")
    return svg.replace("<svg ", '<svg stroke-linejoin="round" stroke-linecap="butt" ', 1)
