"""Every page of the sample's PDF as it was looked at; its faces are within it, so that all machines draw the same."""

from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageOps

from marsad.publish.figures import draw_figures
from marsad.publish.markdown import parse
from marsad.publish.pdf import to_brief, to_pdf
from publish import sample, tools

PICTURES = Path(__file__).parent / "pictures"


def sheet(pdf: bytes) -> Image.Image:
    """All pages side by side, small."""
    pages = [page.render(scale=0.3).to_pil() for page in pypdfium2.PdfDocument(pdf)]
    return Image.fromarray(np.hstack([np.asarray(page.convert("RGB")) for page in pages]))


def made(language):
    issue, desk = parse(sample.markdown(language)), sample.desk()
    drawings = draw_figures(issue, desk, sample.tables())
    return sheet(to_pdf(issue, desk, drawings, {})), sheet(to_brief(issue, desk, drawings))


@pytest.mark.parametrize("language", sample.LANGUAGES)
def test_pages_and_brief_look_as_they_did_when_they_were_looked_at(language):
    pages, brief = made(language)
    half = pages.width // 2
    tools.assert_like(pages.crop((0, 0, half, pages.height)), PICTURES / f"issue-1.{language}.png")
    tools.assert_like(pages.crop((half, 0, pages.width, pages.height)), PICTURES / f"issue-2.{language}.png")
    tools.assert_like(brief, PICTURES / f"brief.{language}.png")


def test_a_page_turned_about_or_moved_by_a_line_is_told_from_the_one_kept():
    with Image.open(PICTURES / "brief.ar.png") as kept:
        grey = kept.convert("L")
    assert tools.difference(ImageOps.mirror(grey), grey)[0] > tools.MEAN_DIFFERENCE
    assert tools.difference(ImageChops.offset(grey, 0, 4), grey)[0] > tools.MEAN_DIFFERENCE
