"""Pages as a browser paints them, beside the pictures that were looked at; Amiri lies beside the page on all machines."""

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from publish import tools

PICTURES = Path(__file__).parent / "pictures"
SCREENS = {"phone": (390, 844, False), "desktop": (1280, 900, False), "dark": (1280, 900, True)}
IN_AMIRI = "<style>body, body * { font-family: Amiri !important; }</style></head>"  # English has the reader's own face


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("part", ["", "figures"])
def test_a_page_looks_as_it_did_when_it_was_looked_at(site, lang, screen, part, tmp_path):
    width, height, is_dark = SCREENS[screen]
    text = (site.folder / f"issues/22/issue.{lang}.html").read_text("utf-8").replace("</head>", IN_AMIRI)
    if part:  # the drawings alone, one below another
        text = text.replace("</head>", "<style>header, nav, .opening, footer, section > :not(figure), .notes { display: none !important; }</style></head>")  # fmt: skip
    name = f"{part or 'top'}-{screen}.{lang}"
    site.page(f"issues/22/{name}.html", text)
    frame = f'<!doctype html><style>body {{ margin: 0 }} iframe {{ border: 0 }}</style><iframe src="issues/22/{name}.html" width="{width}" height="{height}"></iframe>'  # fmt: skip
    picture = tools.picture_of(
        site.page(f"{name}.html", frame), max(width, 500), height, tmp_path / "screen.png", is_dark=is_dark
    )
    with Image.open(picture) as shown:
        tools.assert_like(shown.crop((0, 0, width, height)), PICTURES / f"{name}.png")


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_printed_page_looks_as_it_did_when_it_was_looked_at(site, lang, tmp_path):
    text = (site.folder / f"issues/22/issue.{lang}.html").read_text("utf-8").replace("</head>", IN_AMIRI)
    file = tools.print_of(site.page(f"issues/22/print.{lang}.html", text), tmp_path / "print.pdf")
    tools.assert_like(pypdfium2.PdfDocument(file)[0].render(scale=0.5).to_pil(), PICTURES / f"print.{lang}.png")
