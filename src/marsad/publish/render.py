"""The room's one call: an issue file and the tables behind it to finished files."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from marsad.domain.desk import Desk
from marsad.domain.words import Language
from marsad.errors import BadInput
from marsad.publish.citations import to_bibtex, to_csl, to_ris, works
from marsad.publish.email import to_email
from marsad.publish.epub import to_epub
from marsad.publish.evidence import evidence_csv
from marsad.publish.figures import draw_figures
from marsad.publish.html import FONTS, to_html
from marsad.publish.markdown import parse
from marsad.publish.pdf import to_brief, to_pdf
from marsad.publish.word import to_docx


def render(
    markdown: str,
    *,
    desk: Desk,
    tables: Mapping[str, pa.Table],
    language: Language | None = None,
    where: str = "issue",
    source: str | None = None,
    lines: Sequence[int] = (),
) -> dict[str, bytes]:
    """Make an issue's files.

    Args:
        markdown: the issue file, its roles and directives set.
        desk: imprint and naming policy.
        tables: what the figures are drawn from, by name; ``reports`` completes the citations, ``evidence`` (what the
            machine's sentences rest on) the evidence table.
        language: the language the caller expects; None takes the file's word.
        where: how to name the issue's file in a fault.
        source: the file as its author wrote it, to be attached; `markdown` itself if None.
        lines: for each line of `markdown` the line of the author's file, for faults; its own if empty.

    Returns:
        File name to bytes, the same bytes for the same input:
        ``issue.<lang>.pdf`` (PDF/A-3a and PDF/UA-1, the Markdown, the evidence table and the figures' tables attached),
        ``evidence-table.<lang>.csv`` (each passage and the reports behind it),
        ``brief.<lang>.pdf`` (one page for decision-makers),
        ``issue.<lang>.epub`` (EPUB 3),
        ``issue.<lang>.docx`` (Word, for editors),
        ``issue.<lang>.eml`` (the summary as a multipart e-mail),
        ``citation.<lang>.bib``, ``.ris`` and ``.json`` (the issue and its sources as BibTeX, RIS and CSL-JSON),
        ``issue.<lang>.html`` (one page; the ``Amiri-*.ttf`` files may lie beside it),
        and for each figure ``<figure>.<lang>.svg`` and ``<figure>.csv``, for example ``relation-RUS-AFG.csv``.

    Raises:
        BadInput: the issue file is faulty, or its language is not the expected one; the message names the line.
        RenderFailed: the PDF could not be made.
    """
    issue = parse(markdown, where=where, lines=lines)
    lang = issue.front.language
    if language is not None and lang is not language:
        raise BadInput(
            where, f"is written in {lang}, not in {language}", f"set lang: {language}, or name the other file"
        )
    drawings = draw_figures(issue, desk, tables, where=where)
    data = {f"{drawing.name}.csv": drawing.csv for drawing in drawings.values()}
    cited = works(issue, desk, tables.get("reports"))
    data[f"evidence-table.{lang}.csv"] = evidence_csv(issue, cited[1:], tables.get("evidence"))
    return {
        f"issue.{lang}.pdf": to_pdf(issue, desk, drawings, {f"issue.{lang}.md": (source or markdown).encode(), **data}),
        f"brief.{lang}.pdf": to_brief(issue, desk, drawings),
        f"issue.{lang}.epub": to_epub(issue, desk, drawings),
        f"issue.{lang}.docx": to_docx(issue, desk, drawings),
        f"issue.{lang}.eml": to_email(issue, desk),
        f"citation.{lang}.bib": to_bibtex(cited).encode(),
        f"citation.{lang}.ris": to_ris(cited).encode(),
        f"citation.{lang}.json": to_csl(cited).encode(),
        f"issue.{lang}.html": to_html(issue, desk, drawings).encode(),
        **{f"{drawing.name}.{lang}.svg": drawing.svg.encode() for drawing in drawings.values()},
        **data,
        **{name: font(name) for name in FONTS},
    }


def render_page(
    markdown: str,
    *,
    desk: Desk,
    tables: Mapping[str, pa.Table],
    where: str = "issue",
    lines: Sequence[int] = (),
) -> str:
    """Make an issue's page alone, as :func:`render` does.

    Raises:
        BadInput: the issue file is faulty; the message names the line.
    """
    issue = parse(markdown, where=where, lines=lines)
    return to_html(issue, desk, draw_figures(issue, desk, tables, where=where))


def font(name: str) -> bytes:
    """Return one of the page's fonts, by its name in ``FONTS``."""
    import fontpkg_amiri

    return (Path(fontpkg_amiri.ROOT) / "files" / name).read_bytes()
