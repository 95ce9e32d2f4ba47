"""Issue pages as headless Chromium lays them out: phone and desktop, both directions, light, dark and print."""

import html
import json
import re
from pathlib import Path

import pypdfium2
import pytest

from marsad.domain.words import Language
from marsad.publish.labels import labels
from publish import sample, tools

SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
MEASURE = Path(__file__).with_name("measure.js")


def measured(site, *, is_dark=False):
    """What a browser says of each language's page in each size, by (language, size)."""
    frames = "".join(
        f'<iframe id="{lang}-{size}" src="/issues/22/issue.{lang}.html" width="{width}" height="{height}"></iframe>'
        for lang in sample.LANGUAGES
        for size, (width, height) in SIZES.items()
    )
    page = f"<!doctype html><body>{frames}<script>{MEASURE.read_text('utf-8')}</script></body>"
    dom = tools.dom_of(site.page("measure.html", page), is_dark=is_dark)
    found = re.search(r'<pre id="out">(.*?)</pre>', dom, re.DOTALL)
    assert found, "the measuring script did not run"
    return json.loads(html.unescape(found[1]))


@pytest.fixture(scope="module")
def light(site):
    return measured(site)


@pytest.fixture(scope="module")
def dark(site):
    return measured(site, is_dark=True)


KEYS = [f"{lang}-{size}" for lang in sample.LANGUAGES for size in SIZES]


@pytest.mark.parametrize("key", KEYS)
def test_nothing_runs_over_the_edge_and_headings_stand_where_reading_begins(light, key):
    page = light[key]
    assert page["direction"] == ("ltr" if key.startswith("en") else "rtl")
    assert page["overflow"] <= 0
    assert page["cut"] == []
    assert abs(page["fromStart"]) < 2
    assert page["size"] >= 16


@pytest.mark.parametrize("key", KEYS)
def test_the_contents_stand_beside_the_text_where_there_is_room(light, key):
    assert light[key]["hasContentsBeside"] is key.endswith("desktop")


@pytest.mark.parametrize("key", KEYS)
def test_a_note_opens_in_view_beside_its_sentence(light, key):
    assert light[key]["isNoteOpen"]
    assert light[key]["isNoteInView"]


@pytest.mark.parametrize("key", KEYS)
def test_every_row_of_a_figure_is_told_at_its_mark_with_the_numbers_of_the_table(light, key):
    figures = light[key]["figures"]
    assert len(figures) == 5
    for figure in figures:
        assert figure["told"] == figure["rows"] > 0
        assert figure["stops"] == 1  # the keyboard passes a figure in one step; arrows move within it
        assert figure["isShown"]
        assert figure["isSame"]


def luminance(colour):
    """Relative luminance of an rgb() colour (WCAG 2.2)."""
    shares = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("key", KEYS)
def test_dark_turns_ground_and_ink_about_and_both_stay_easy_to_read(light, dark, key):
    assert luminance(light[key]["ground"]) > 0.9
    assert luminance(dark[key]["ground"]) < 0.1
    for page in (light[key], dark[key]):
        assert contrast(page["ground"], page["ink"]) >= 7
        assert contrast(page["ground"], page["accent"]) >= 4.5


@pytest.mark.parametrize("lang", sample.LANGUAGES)
def test_a_printed_page_holds_text_and_sources_and_leaves_out_what_only_a_screen_can_do(site, lang, tmp_path):
    file = tools.print_of(f"{site.address}/issues/22/issue.{lang}.html", tmp_path / "print.pdf")
    document = pypdfium2.PdfDocument(file)
    width, height = (round(side / 72 * 25.4) for side in document[0].get_size())
    assert (width, height) == (210, 297)
    shown = " ".join(page.get_textpage().get_text_range() for page in document)
    words = labels(Language(lang))
    assert 3 <= len(document) <= 9
    assert words.figure.format(number="").strip() in shown
    assert words.data.split()[-1] not in shown.split("\n")[0]
    assert "↑" not in shown
