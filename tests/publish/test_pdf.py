import re
from functools import cache

import pypdfium2
import pytest

from marsad.publish.figures import draw_figures
from marsad.publish.labels import labels
from marsad.publish.markdown import parse
from marsad.publish.pdf import document, to_brief, to_pdf
from publish import sample

HOSTILE = [
    "#panic()",
    "#let x = 1",
    "$ x^2 $",
    "@label",
    "<label>",
    r"\u{41} \\",
    "#image(/etc/passwd)",
    "*/ //comment",
    "<script>alert(1)</script>",
    "{{ 7*7 }} {% raw %}",
    "= not a heading",
    "[content] `code",
]


BRIEF = "---\nnumber: 1\nweek: 2026-W22\nlang: en\ntitle: T\nperiod: [2026-05-25, 2026-05-31]\nas_of: 2026-06-01\n---\n"


def pdf_of(text, language="en", **front):
    keys = {
        "number": 1,
        "week": "2026-W22",
        "lang": language,
        "title": "T",
        "period": "[2026-05-25, 2026-05-31]",
        "as_of": "2026-06-01",
    }
    head = "\n".join(f"{key}: {value}" for key, value in (keys | front).items())
    return to_pdf(parse(f"---\n{head}\n---\n{text}"), sample.desk(), {}, {})


def text_of(pdf, first=2):
    """The words of a PDF from a page on (0 is the cover, 1 the contents)."""
    pages = list(pypdfium2.PdfDocument(pdf))
    return " ".join(page.get_textpage().get_text_range() for page in pages[first:])


@cache
def rendered(language):
    issue, tables, desk = parse(sample.markdown(language)), sample.tables(), sample.desk()
    return to_pdf(
        issue, desk, draw_figures(issue, desk, tables), {f"issue.{language}.md": sample.markdown(language).encode()}
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_writer_types_comes_out_as_text(text):
    shown = text_of(pdf_of(text.replace("\\", "\\\\").replace("<", "\\<").replace("*", "\\*").replace("`", "\\`")))
    assert re.sub(r"\s", "", text.replace("\\\\", "\\\\")) in re.sub(r"\s", "", shown)


def test_hostile_words_in_the_front_matter_and_in_notes_come_out_as_text():
    pdf = pdf_of("## #strong[a] {#x}\n\nb[^1]\n\n[^1]: $ #panic() $", title='"#panic() $x$ @y"')
    assert "#panic() $x$ @y" in text_of(pdf, 0)
    assert "#strong[a]" in text_of(pdf)
    assert "$ #panic() $" in text_of(pdf)


@pytest.mark.parametrize("language", sample.LANGUAGES)
def test_the_same_issue_gives_the_same_bytes(language):
    assert rendered(language) == rendered.__wrapped__(language)


@pytest.mark.parametrize("language", sample.LANGUAGES)
def test_an_issue_is_tagged_archivable_and_carries_its_text(language):
    pdf = rendered(language)
    document = pypdfium2.PdfDocument(pdf)
    assert b"pdfuaid:part" in pdf
    assert b"<pdfaid:part>3" in pdf
    assert b"<pdfaid:conformance>A" in pdf
    assert [document.get_attachment(n).get_name() for n in range(document.count_attachments())] == [
        f"issue.{language}.md"
    ]
    assert bytes(document.get_attachment(0).get_data()).decode() == sample.markdown(language)
    assert document.get_metadata_dict()["Title"] == parse(sample.markdown(language)).front.title


@pytest.mark.parametrize("language", sample.LANGUAGES)
def test_bookmarks_name_every_section_and_lead_to_its_page(language):
    issue = parse(sample.markdown(language))
    document = pypdfium2.PdfDocument(rendered(language))
    marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    assert len(marks) == sum(1 for block in issue.blocks if type(block).__name__ == "Heading")
    pages = [page for _, page in marks]
    assert pages == sorted(pages)
    assert pages[0] == 2  # after cover and contents


@pytest.mark.parametrize(("language", "second"), [("ar", "2"), ("fa", "۲"), ("ps", "۲"), ("en", "2")])
def test_page_numbers_are_in_the_digits_of_the_language(language, second):
    page = pypdfium2.PdfDocument(rendered(language))[1]
    foot = page.get_textpage().get_text_bounded(bottom=0, top=62)  # points; the lower margin
    assert foot.strip() == second


def test_the_data_for_the_template_is_plain():
    issue, desk = parse(sample.markdown("ar")), sample.desk()
    data = document(issue, desk, draw_figures(issue, desk, sample.tables()), {})
    assert data["period"] == [
        "25 مايو 2026 – 31 مايو 2026",
        "4 جوزا 1405 هـ ش – 10 جوزا 1405 هـ ش",
        "8 ذي الحجة 1447 هـ – 14 ذي الحجة 1447 هـ (تقويم أم القرى)",
    ]
    assert [note["number"] for note in data["notes"]] == [1, 2, 3]


@pytest.mark.parametrize("language", sample.LANGUAGES)
def test_the_brief_is_one_page_with_its_drafts_marked_and_without_questions_to_the_analyst(language):
    issue, desk = parse(sample.markdown(language)), sample.desk()
    pdf = to_brief(issue, desk, draw_figures(issue, desk, sample.tables()))
    data = pypdfium2.PdfDocument(pdf)
    shown = text_of(pdf, 0)
    words = labels(issue.front.language)
    assert len(data) == 1
    assert words.draft.split()[-1] in shown
    assert words.analyst not in shown
    assert b"pdfuaid:part" in pdf


def test_a_long_issue_still_gives_a_brief_of_one_page():
    long = "\n\n".join(f"Paragraph {n} " + "word " * 60 for n in range(40))
    issue = parse(f"{BRIEF}## Key points {{#summary}}\n\n{long}\n\n## Do {{#recommendations}}\n\nSee [x](#summary).")
    pdf = to_brief(issue, sample.desk(), {})
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert "Paragraph 0" in text_of(pdf, 0)
    assert "Paragraph 39" not in text_of(pdf, 0)


def test_a_brief_shortens_a_list_rather_than_lose_its_heading():
    items = "\n".join(f"- Reaction {n} " + "word " * 60 for n in range(20))
    issue = parse(
        f"{BRIEF}## Key points {{#summary}}\n\nIt rose.\n\n## What next {{#reactions}}\n\n:::{{draft}}\n{items}\n:::\n\n:::{{draft}}\nLast words.\n:::"
    )
    pdf = to_brief(issue, sample.desk(), {})
    shown = text_of(pdf, 0)
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert shown.index("What next") < shown.index("Reaction 0")
    assert "Reaction 19" not in shown


def test_an_issue_with_sections_of_its_own_gives_its_first_as_the_brief():
    issue = parse(f"{BRIEF}## One {{#one}}\n\nFirst.\n\n## Two {{#two}}\n\nSecond.")
    shown = text_of(to_brief(issue, sample.desk(), {}), 0)
    assert "First." in shown
    assert "Second." not in shown


def test_neighbouring_drafts_bear_one_mark():
    one, other = ":::{draft}\nOne.\n:::\n\n", ":::{draft}\nOther.\n:::\n"
    joined = document(parse(BRIEF + one + other), sample.desk(), {}, {})["blocks"]
    assert [(node["t"], len(node["c"])) for node in joined] == [("draft", 2)]
    parted = document(parse(f"{BRIEF}{one}Between.\n\n{other}"), sample.desk(), {}, {})["blocks"]
    assert [node["t"] for node in parted] == ["draft", "p", "draft"]


def test_neighbouring_note_marks_are_parted():
    data = document(parse(sample.markdown("en")), sample.desk(), _drawings(), {})
    draft = next(node for node in data["blocks"] if node["t"] == "draft")
    refs = [node for node in draft["c"][0]["c"] if node["t"] == "refs"]
    assert [[mark["n"] for mark in ref["marks"]] for ref in refs] == [[1], [1, 2]]


def _drawings():
    issue = parse(sample.markdown("en"))
    return draw_figures(issue, sample.desk(), sample.tables())
