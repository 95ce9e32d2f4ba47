"""Every kind of file in every language, as it lies on a desk: our own Word and PDF files, and those of others."""

import re

import pytest

from marsad import check
from marsad.check.files import read_file, without_running_lines
from marsad.check.layout import read
from marsad.domain.words import Language
from marsad.publish.figures import draw_figures
from marsad.publish.markdown import parse
from marsad.publish.pdf import to_pdf
from marsad.publish.word import to_docx
from publish.sample import LANGUAGES, desk, markdown, tables

LINE = {
    "ar": "التقى الوفدان في كابل يوم 27 مايو 2026 وبحثا ملف المياه.",
    "en": "The two delegations met in Kabul on 27 May 2026 and discussed water.",
    "fa": "دو هیأت به تاریخ ۲۷ می ۲۰۲۶ در کابل دیدار و دربارهٔ آب گفت‌وگو کردند.",
    "ps": "دواړو پلاویو د ۲۰۲۶ کال د مۍ په ۲۷مه په کابل کې ولیدل او د اوبو په اړه یې خبرې وکړې.",
    "ru": "Делегации встретились в Кабуле 27 мая 2026 года и обсудили вопрос воды.",
}


def made(language):
    issue = parse(markdown(language))
    return issue, draw_figures(issue, desk(), tables())


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_word_file_has_its_headings_notes_and_marks_again(tmp_path, language):
    issue, drawings = made(language)
    path = tmp_path / f"issue.{language}.docx"
    path.write_bytes(to_docx(issue, desk(), drawings))
    text = read_file(path)
    assert len(re.findall(r"^#+ ", text, re.MULTILINE)) >= len(re.findall(r"^#+ ", markdown(language), re.MULTILINE))
    assert len(re.findall(r"^\[\^\d+\]:", text, re.MULTILINE)) == len(issue.notes)
    assert "[^1]" in text.split("[^1]:")[0]
    assert text.count("{draft}") >= markdown(language).count("{draft}")
    found = {finding.rule for finding in check.run(text, path=str(path))}
    assert found.isdisjoint({"no-sources", "broken-paragraph", "calendars-disagree", "footnote-undefined"})


def test_a_table_of_a_word_file_is_a_table(tmp_path):
    issue, drawings = made("en")
    path = tmp_path / "issue.docx"
    path.write_bytes(to_docx(issue, desk(), drawings))
    assert re.search(r"^\| .* \|$", read_file(path), re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_we_published_is_read_as_its_author_wrote_it(tmp_path, language):
    issue, drawings = made(language)
    path = tmp_path / f"issue.{language}.pdf"
    path.write_bytes(to_pdf(issue, desk(), drawings, {f"issue.{language}.md": markdown(language).encode()}))
    assert read_file(path) == markdown(language)


def test_running_heads_and_page_numbers_are_no_part_of_a_pdfs_text():
    pages = [
        f"The Institute · No. 8\nParagraph {word} begins\nand {word} ends.\n{n}"
        for n, word in enumerate(["a", "b", "c"], 1)
    ]
    assert without_running_lines(pages) == [f"Paragraph {word} begins\nand {word} ends." for word in "abc"]


def test_a_line_in_the_middle_of_pages_is_kept_however_often_it_comes():
    pages = [f"{word}\nb{word}\nthe refrain\nc{word}\nd{word}" for word in ("one", "two", "three")]
    assert without_running_lines(pages) == pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_without_its_source_is_read_from_its_pages(tmp_path, language):
    issue, drawings = made(language)
    path = tmp_path / "other.pdf"
    path.write_bytes(to_pdf(issue, desk(), drawings, {}))
    text = read_file(path)
    assert "{draft}" not in text
    assert read(text).language is Language(language)


@pytest.mark.parametrize("language", sorted(LINE))
@pytest.mark.parametrize("ending", ["md", "txt"])
def test_plain_files_are_read_in_every_language(tmp_path, language, ending):
    path = tmp_path / f"note.{ending}"
    path.write_text(f"{LINE[language]} {LINE[language]}\n\n{LINE[language]} [x](#)\n", "utf-8-sig")
    text = read_file(path)
    assert read(text).language is Language(language)
    assert "empty-link" in {finding.rule for finding in check.run(text, path=str(path))}
