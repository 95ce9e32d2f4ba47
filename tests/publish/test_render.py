import socket

import pytest

from marsad.domain.words import Language
from marsad.errors import BadInput
from marsad.publish import render
from publish import sample


def test_an_issue_becomes_its_files():
    files = render(sample.markdown("ar"), desk=sample.desk(), tables=sample.tables())
    assert set(files) == {
        "issue.ar.pdf",
        "brief.ar.pdf",
        "issue.ar.epub",
        "issue.ar.html",
        "issue.ar.docx",
        "issue.ar.eml",
        "citation.ar.bib",
        "citation.ar.ris",
        "citation.ar.json",
        "relation-UZB-AFG.ar.svg",
        "relation-UZB-AFG.csv",
        "evidence-table.ar.csv",
        "Amiri-Regular.ttf",
        "Amiri-Bold.ttf",
        "Amiri-Italic.ttf",
    }
    assert files["issue.ar.pdf"].startswith(b"%PDF")


def test_the_pdf_carries_text_evidence_and_the_figures_numbers():
    import pypdfium2

    files = render(sample.markdown("en"), desk=sample.desk(), tables=sample.tables())
    document = pypdfium2.PdfDocument(files["issue.en.pdf"])
    attached = [document.get_attachment(n) for n in range(document.count_attachments())]
    assert {one.get_name(): bytes(one.get_data()) for one in attached} == {
        "issue.en.md": sample.markdown("en").encode(),
        "evidence-table.en.csv": files["evidence-table.en.csv"],
        "relation-UZB-AFG.csv": files["relation-UZB-AFG.csv"],
    }
    assert files["evidence-table.en.csv"].count(b"\n") > 3


def test_rendering_twice_gives_the_same_bytes_and_needs_no_network(monkeypatch):
    def refuse(*_args, **_keywords):
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    one, two = (render(sample.markdown("fa"), desk=sample.desk(), tables=sample.tables()) for _ in range(2))
    assert one == two


def test_another_language_than_expected_is_refused():
    with pytest.raises(BadInput, match="is written in ar, not in en"):
        render(sample.markdown("ar"), desk=sample.desk(), tables=sample.tables(), language=Language.EN)
