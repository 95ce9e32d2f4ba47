import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from marsad.publish.figures import draw_figures
from marsad.publish.markdown import parse
from marsad.publish.word import to_docx
from publish import sample
from publish.test_figures import FRONT


def made(markdown, tables=None):
    issue = parse(markdown)
    return to_docx(issue, sample.desk(), draw_figures(issue, sample.desk(), tables or sample.tables()))


def opened(text, lang="en"):
    return Document(io.BytesIO(made(FRONT.format(lang=lang) + text)))


def paragraph(document, start):
    return next(p for p in document.paragraphs if p.text.startswith(start))


def runs_of(p):
    return [(run.text, run.font.rtl) for run in p.runs]


def test_the_same_issue_gives_the_same_bytes():
    assert made(sample.markdown("ps")) == made(sample.markdown("ps"))


@pytest.mark.parametrize("lang", sample.LANGUAGES)
def test_every_sample_opens_with_its_title_headings_pictures_and_tables(lang):
    document = Document(io.BytesIO(made(sample.markdown(lang))))
    issue = parse(sample.markdown(lang))
    assert document.paragraphs[0].text == issue.front.title
    assert document.paragraphs[0].style.name == "Title"
    assert [p for p in document.paragraphs if p.style.name == "Heading 1"]
    assert len(document.inline_shapes) == 1
    assert len(document.tables) == sum(type(block).__name__ == "Table" for block in issue.blocks)
    assert document.core_properties.created.date() == issue.front.as_of


def test_an_arabic_text_runs_right_to_left_and_its_latin_names_do_not():
    document = opened("قالت NTR يوم 2026-05-25 ذلك", "ar")
    p = paragraph(document, "قالت")
    assert runs_of(p) == [("قالت ", True), ("NTR", None), (" يوم ", True), ("2026-05-25", None), (" ذلك", True)]
    assert p.style.element.pPr.find(qn("w:bidi")) is not None
    assert document.sections[0]._sectPr.find(qn("w:bidi")) is not None


def test_an_english_text_runs_left_to_right_and_its_arabic_names_do_not():
    document = opened("Said كابل then")
    p = paragraph(document, "Said")
    assert runs_of(p) == [("Said ", None), ("كابل", True), (" then", None)]
    assert p.style.element.pPr.find(qn("w:bidi")) is None


def test_an_arabic_table_begins_on_the_right_and_repeats_its_head():
    (table,) = opened("| ا | ب |\n|--|--|\n| ج | د |", "ar").tables
    assert table.table_direction is not None
    assert [cell.text for cell in table.rows[0].cells] == ["ا", "ب"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_a_machine_draft_and_a_question_are_found_by_their_style():
    document = opened(":::{draft}\nMachine.\n\n- item\n:::\n\n:::{analyst}\nWhy?\n:::\n\nOurs.")
    styles = {p.text: p.style.name for p in document.paragraphs}
    assert styles["Machine."] == styles["item"] == styles["machine draft"] == "Machine draft"
    assert styles["Why?"] == "For the analyst"
    assert styles["Ours."] == "Normal"


def test_note_marks_and_links_within_the_issue_lead_to_a_place_that_is_there():
    document = opened(
        "## Level {#level}\n\nOne.[^a][^b] See [the level](#level).\n\n[^a]: First, <https://x.org/a>\n[^b]: Second"
    )
    body = document.element.body
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} - {None}
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert anchors == {"note-1", "note-2", "level"}
    assert anchors <= marks
    ids = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(ids) == len(set(ids))
    assert paragraph(document, "One.").text == "One.1,2 See the level."
    assert [p.text for p in document.paragraphs if p.style.name == "Note"] == ["1. First, x.org/a", "2. Second"]


def test_each_list_counts_for_itself():
    document = opened("1. a\n2. b\n\ntext\n\n4. d\n\n- x\n  - y")
    numbers = {
        p.text: p._p.pPr.numPr for p in document.paragraphs if p._p.pPr is not None and p._p.pPr.numPr is not None
    }
    lists = {text: number.numId.val for text, number in numbers.items()}
    assert lists["a"] == lists["b"]
    assert len({lists["a"], lists["d"], lists["x"]}) == 3
    assert [numbers[text].ilvl.val for text in ("x", "y")] == [0, 1]
    root = document.part.numbering_part.element
    own = {num.numId: num.abstractNumId.val for num in root.findall(qn("w:num"))}
    starts = {
        found.get(qn("w:abstractNumId")): found.find(qn("w:lvl")).find(qn("w:start")).get(qn("w:val"))
        for found in root.findall(qn("w:abstractNum"))
    }
    assert starts[str(own[lists["d"]])] == "4"


def test_a_picture_carries_its_description():
    document = Document(io.BytesIO(made(sample.markdown("en"))))
    described = document.inline_shapes[0]._inline.docPr.get("descr")
    assert described.startswith("Uzbekistan – Afghanistan: the relation week by week. Two time charts")


def test_the_parts_are_dated_by_the_issue():
    with zipfile.ZipFile(io.BytesIO(made(FRONT.format(lang="en") + "x"))) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(2026, 6, 1, 0, 0, 0)}
        assert packed.namelist()[0] == "[Content_Types].xml"
