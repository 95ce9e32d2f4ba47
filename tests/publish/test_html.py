import html
import re
from functools import cache
from html.parser import HTMLParser

import pytest

from marsad.publish.figures import draw_figures
from marsad.publish.html import TEMPLATES, to_html
from marsad.publish.markdown import parse
from marsad.publish.markup import inline_svg
from publish import sample

VOID = {"meta", "link", "br", "hr", "img", "input"}


class Outline(HTMLParser):
    """Collects ids, references, headings and faults of nesting."""

    def __init__(self):
        super().__init__()
        self.open, self.faults, self.ids, self.targets, self.headings, self.tags, self.addresses = (
            [],
            [],
            [],
            [],
            [],
            [],
            [],
        )

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append((tag, given))
        if "id" in given:
            self.ids.append(given["id"])
        for key in ("popovertarget", "aria-labelledby"):
            self.targets += (given.get(key) or "").split()
        for key in ("href", "src", "xlink:href"):
            value = given.get(key) or ""
            self.targets += [value[1:]] if value.startswith("#") else []
            self.addresses += [value] if value and not value.startswith("#") else []
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)


FIGURE = "---\nnumber: 1\nweek: 2026-W22\nlang: en\ntitle: T\nperiod: [2026-05-25, 2026-05-31]\nas_of: 2026-06-01\n---\n:::{figure} movers\n:::"


@cache
def page_of(language):
    issue, desk = parse(sample.markdown(language)), sample.desk()
    return to_html(issue, desk, draw_figures(issue, desk, sample.tables()))


def outline(html):
    found = Outline()
    found.feed(html)
    return found


def body_of(text, language="ar"):
    front = f"---\nnumber: 1\nweek: 2026-W22\nlang: {language}\ntitle: T\nperiod: [2026-05-25, 2026-05-31]\nas_of: 2026-06-01\n---\n"
    html = to_html(parse(front + text), sample.desk(), {})
    return re.search(r"<article>\n(.*)</article>", html, re.DOTALL)[1].strip()


@pytest.mark.parametrize("language", sample.LANGUAGES)
def test_a_page_is_well_formed_and_every_reference_leads_somewhere(language):
    found = outline(page_of(language))
    assert (found.faults, found.open) == ([], [])
    assert len(found.ids) == len(set(found.ids))
    assert set(found.targets) <= set(found.ids)


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fa", "rtl"), ("ps", "rtl"), ("en", "ltr")])
def test_a_page_says_its_language_and_direction(language, direction):
    assert f'<html lang="{language}" dir="{direction}">' in page_of(language)


@pytest.mark.parametrize("language", sample.LANGUAGES)
def test_a_page_runs_only_our_lines_for_its_figures_and_fetches_nothing_from_elsewhere(language):
    page = page_of(language)
    found = outline(page)
    assert not [tag for tag, given in found.tags if tag in {"iframe", "img"} or any(k.startswith("on") for k in given)]
    assert re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL) == [
        f"\n{(TEMPLATES / 'figure.js').read_text('utf-8')}\n"
    ]
    assert not re.search(r"fetch|import|https?:|eval|innerHTML", (TEMPLATES / "figure.js").read_text("utf-8"))
    loaded = [given.get("href") for tag, given in found.tags if tag == "link" and given["rel"] != "canonical"]
    assert loaded == []
    assert set(re.findall(r"url\(([^#)]+)\)", page_of(language))) == {
        '"Amiri-Regular.ttf"',
        '"Amiri-Bold.ttf"',
        '"Amiri-Italic.ttf"',
    }


@pytest.mark.parametrize("language", sample.LANGUAGES)
def test_headings_never_skip_a_level_and_landmarks_are_there(language):
    found = outline(page_of(language))
    assert found.headings[0] == 1
    assert all(after - before <= 1 for before, after in zip(found.headings, found.headings[1:], strict=False))
    assert {"header", "nav", "main", "footer"} <= {tag for tag, _ in found.tags}


def test_a_figure_is_named_described_and_given_as_a_table():
    html = page_of("ar")
    svg = re.search(r"<svg.*?</desc>", html, re.DOTALL)[0]
    assert 'role="group"' in svg
    assert "أوزبكستان – أفغانستان" in svg
    figure = re.search(r"<details><summary>.*?</details>", html, re.DOTALL)[0]
    assert figure.count("<tr>") == 1 + 26


def test_a_drawing_on_a_page_follows_light_and_dark():
    svg = re.search(r"<svg.*?</svg>", page_of("en"), re.DOTALL)[0]
    assert "var(--cooperation)" in svg
    assert not re.search(r"#1b62a5|#b9480f|#ffffff", svg)


def test_every_note_opens_from_its_sentence_and_leads_back():
    html = page_of("en")
    assert html.count('popovertarget="pop-1"') == 2
    assert html.count(' popover id="pop-1"') == 1
    assert 'href="#ref-1-0"' in html
    assert 'href="#ref-1-1"' in html


def test_text_is_escaped_everywhere():
    bad = '<script>alert(1)</script> & "q" {{ 7 * 7 }}'
    assert body_of(bad, "en") == "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;q&#34; {{ 7 * 7 }}</p>"


def test_left_to_right_parts_of_an_arabic_line_are_isolated():
    assert body_of("في 2026-05-25 نشر NTR.") == (
        '<p>في <bdi dir="ltr">2026-05-25</bdi> نشر <bdi dir="ltr">NTR</bdi>.</p>'
    )


def test_draft_and_analyst_passages_are_marked_in_words():
    html = body_of(":::{draft}\na\n:::\n\n:::{analyst}\nb\n:::")
    assert '<div class="draft" role="group" aria-label="مسودة آلية">' in html
    assert '<div class="analyst" role="group" aria-label="للمحلل">' in html


def test_sides_of_a_table_follow_the_reading_direction():
    html = body_of("| a | b |\n|:--|--:|\n| c | d |", "ar")
    assert '<td class="start">' in html
    assert '<td class="end">' in html


def test_the_same_issue_gives_the_same_page():
    assert page_of("fa") == page_of.__wrapped__("fa")


def test_marks_of_a_figure_are_named_by_the_rows_of_its_table_and_stand_unseen_in_the_book():
    issue = parse(FIGURE)
    drawings = draw_figures(issue, sample.desk(), sample.tables())
    (drawing,) = drawings.values()
    page = to_html(issue, sample.desk(), drawings)
    names = [html.unescape(name) for name in re.findall(r'class="mark"[^>]*aria-label="([^"]*)"', page)]
    assert [name.split("\n")[0] for name in names] == [row[0] for row in drawing.rows]
    assert "Surprise (bits): 6.2" in names[0]
    assert 'role="group"' in page
    book = inline_svg(drawing, 1, follows_theme=False)
    assert "aria-label=" not in book
    assert 'role="img"' in book
