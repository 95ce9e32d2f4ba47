"""An issue as a Word file for editors: real styles, right-to-left paragraphs and runs, notes listed at the end."""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from marsad.domain.desk import Desk
from marsad.language.numerals import format_number
from marsad.publish.bidi import isolates, short_address
from marsad.publish.drawing import Drawing
from marsad.publish.issue import (
    Analyst,
    Block,
    Break,
    Code,
    CodeBlock,
    Draft,
    Figure,
    Heading,
    Inline,
    Issue,
    Link,
    Listing,
    NoteList,
    NoteRef,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    Text,
    laid_out,
)
from marsad.publish.labels import Labels, labels
from marsad.publish.packing import pack
from marsad.publish.pdf import to_picture
from marsad.publish.periods import periods
from marsad.publish.word_styles import MACHINE, QUESTION, add_styles, element, listing_number

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as Par

_MARKS = {"em": "i", "strong": "b", "strike": "strike"}
_PICTURE_MM = 155


def to_docx(issue: Issue, desk: Desk, drawings: Mapping[int, Drawing]) -> bytes:
    """Set an issue for editing.

    Machine drafts and questions to the analyst stand in paragraph styles of their own (``Machine draft``,
    ``For the analyst``), so that an editor finds, accepts or removes them by style. Notes are numbered links to the
    list at the end; figures are pictures with the description as their alternative text.

    Args:
        issue: what to set.
        desk: whose imprint stands in the running head.
        drawings: the figures of the issue by the line of their directive.

    Returns:
        A DOCX file, the same bytes for the same input.
    """
    from docx import Document

    front, words = issue.front, labels(issue.front.language)
    document = Document()
    add_styles(document, front.language)
    _properties(document, issue, desk)
    setter = _Setter(document, issue, words, drawings)
    imprint = desk.imprint.name.get(front.language, "")
    number = words.issue.format(number=format_number(front.number, front.language, grouping=False))
    setter.runs(document.sections[0].header.paragraphs[0], (Text(f"{imprint} · {number}"),))
    setter.line("Title", front.title)
    if front.subtitle:
        setter.line("Subtitle", front.subtitle)
    for period in periods(issue, words):
        setter.line("Normal", period)
    if front.is_draft:
        setter.line(MACHINE, words.draft_issue)
    setter.blocks(laid_out(issue, words.sources), "Normal")
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as made:
        return pack({name: made.read(name) for name in sorted(made.namelist(), key=_first)}, front.as_of)


def _first(name: str) -> tuple[bool, str]:
    return name != "[Content_Types].xml", name


def _properties(document: "Document", issue: Issue, desk: Desk) -> None:
    front, about = issue.front, document.core_properties
    moment = datetime.combine(front.as_of, time(), UTC)
    imprint = desk.imprint.name.get(front.language, "")
    about.title, about.subject, about.language = front.title, front.subtitle, front.language.value
    about.author = "; ".join(front.authors) or imprint
    about.last_modified_by, about.comments = imprint, ""
    about.created = about.modified = moment


class _Setter:
    """Blocks and inline runs to paragraphs of the document."""

    def __init__(self, document: "Document", issue: Issue, words: Labels, drawings: Mapping[int, Drawing]) -> None:
        self._document, self._issue, self._words, self._drawings = document, issue, words, drawings
        self._language, self._is_rtl = issue.front.language, issue.front.language.is_rtl
        self._n_figures = self._n_bookmarks = 0
        self._styles = {style.name: style.style_id for style in document.styles}

    def digits(self, number: int) -> str:
        return format_number(number, self._language, grouping=False)

    def line(self, style: str, text: str) -> "Par":
        return self.paragraph(style, (Text(text),))

    def paragraph(self, style: str, runs: tuple[Inline, ...]) -> "Par":
        paragraph = self._document.add_paragraph()
        self._dress(paragraph, style)
        self.runs(paragraph, runs)
        return paragraph

    def _dress(self, paragraph: "Par", style: str) -> None:
        """Give a paragraph its style by id; python-docx looks through all styles for each name it is given."""
        paragraph._p.style = self._styles[style]  # noqa: SLF001

    # --- inline

    def runs(self, paragraph: "Par", runs: tuple[Inline, ...], marks: tuple[str, ...] = (), into: Any = None) -> None:
        """Add inline runs to a paragraph, or to the hyperlink `into` within it."""
        for n, run in enumerate(runs):
            match run:
                case Text(text):
                    for piece, is_kept in isolates(text, is_rtl=self._is_rtl):
                        self._run(paragraph, piece, marks, into, is_rtl=self._is_rtl != is_kept)
                case Code(text):
                    self._run(paragraph, text, (*marks, "code"), into, is_rtl=False)
                case Span(style, children):
                    self.runs(paragraph, children, (*marks, _MARKS[style]), into)
                case Link(href, children, is_bare):
                    link = self._link(paragraph, href)
                    if is_bare:
                        self._run(paragraph, short_address(href), (*marks, "link"), link, is_rtl=False)
                    else:
                        self.runs(paragraph, children, (*marks, "link"), link)
                case Break():
                    paragraph.add_run().add_break()
                case NoteRef(number, _):
                    if n and isinstance(runs[n - 1], NoteRef):
                        self._run(paragraph, self._words.list_separator.strip(), ("note",), None, is_rtl=self._is_rtl)
                    link = self._link(paragraph, f"#note-{number}")
                    self._run(paragraph, self.digits(number), ("note", "link"), link, is_rtl=self._is_rtl)

    def _run(self, paragraph: "Par", text: str, marks: tuple[str, ...], into: Any, *, is_rtl: bool) -> None:
        run = paragraph.add_run(text)
        if "code" in marks:
            run.font.name = "Courier New"
        if "link" in marks:
            run._r.style = self._styles["Hyperlink"]  # noqa: SLF001
        # None leaves it to the style; scripts such as Arabic have marks of their own in Word
        run.font.superscript = True if "note" in marks else None
        run.font.bold = run.font.cs_bold = True if "b" in marks else None
        run.font.italic = run.font.cs_italic = True if "i" in marks else None
        run.font.strike = True if "strike" in marks else None
        if is_rtl:
            run.font.rtl = True
        if into is not None:
            into.append(run._r)  # noqa: SLF001

    def _link(self, paragraph: "Par", href: str) -> Any:
        from docx.opc.constants import RELATIONSHIP_TYPE

        if href.startswith("#"):
            link = element("w:hyperlink", {"w:anchor": href[1:]})
        else:
            link = element(
                "w:hyperlink", {"r:id": paragraph.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)}
            )
        paragraph._p.append(link)  # noqa: SLF001
        return link

    def _bookmark(self, paragraph: "Par", name: str) -> None:
        self._n_bookmarks += 1
        at = {"w:id": str(self._n_bookmarks)}
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
        properties.addnext(element("w:bookmarkEnd", at))
        properties.addnext(element("w:bookmarkStart", at | {"w:name": name}))

    # --- blocks

    def blocks(self, blocks: tuple[Block, ...], style: str) -> None:
        for block in blocks:
            self._block(block, style)

    def _block(self, block: Block, style: str) -> None:
        match block:
            case Paragraph(children):
                self.paragraph(style, children)
            case Heading(level, name, children):
                self._bookmark(self.paragraph(f"Heading {level - 1}", children), name)
            case Listing():
                self._list(block, style, 1)
            case Quote(blocks):
                self.blocks(blocks, "Quote")
            case CodeBlock(text):
                self._run(self.paragraph("Normal", ()), text, ("code",), None, is_rtl=False)
            case Rule():
                self.line("Normal", "* * *")
            case Draft(blocks):
                self._tag(MACHINE, self._words.draft)
                self.blocks(blocks, MACHINE)
            case Analyst(blocks):
                self._tag(QUESTION, self._words.analyst)
                self.blocks(blocks, QUESTION)
            case Table():
                self._table(block)
            case Figure(line=line, caption=caption):
                self._figure(self._drawings[line], caption)
            case NoteList():
                for note in self._issue.notes:
                    number = Text(f"{self.digits(note.number)}. ")
                    self._bookmark(self.paragraph("Note", (number, *note.children)), f"note-{note.number}")

    def _tag(self, style: str, words: str) -> None:
        """Head a draft or a question; never alone at the foot of a page."""
        self.paragraph(style, (Span("strong", (Text(words),)),)).paragraph_format.keep_with_next = True

    def _list(self, listing: Listing, style: str, depth: int) -> None:
        """Set a list; within a draft or a question its items keep that style and are numbered like any other."""
        number = listing_number(self._document, listing.start)
        for item in listing.items:
            is_first = True
            for block in item:
                match block:
                    case Paragraph(children):
                        paragraph = self.paragraph(style if style != "Normal" else "List Paragraph", children)
                        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
                        if is_first:
                            item_number = properties.get_or_add_numPr()
                            item_number.get_or_add_ilvl().val = min(depth, 3) - 1
                            item_number.get_or_add_numId().val = number
                        is_first = False
                    case Listing():
                        self._list(block, style, depth + 1)
                    case _:
                        self._block(block, style)

    def _table(self, table: Table) -> None:
        from docx.enum.table import WD_TABLE_DIRECTION

        made = self._document.add_table(rows=0, cols=len(table.head), style="Table Grid")
        if self._is_rtl:
            made.table_direction = WD_TABLE_DIRECTION.RTL
        for n, row in enumerate((table.head, *table.rows)):
            cells = made.add_row().cells
            for place, cell in zip(cells, row, strict=True):
                self._dress(place.paragraphs[0], "Cell")
                self.runs(place.paragraphs[0], cell.children, ("b",) if n == 0 else ())
        made.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))  # noqa: SLF001
        self.paragraph("Cell", ())

    def _figure(self, drawing: Drawing, caption: str) -> None:
        from docx.shared import Mm

        self._n_figures += 1
        paragraph = self.paragraph("Normal", ())
        picture = paragraph.add_run().add_picture(io.BytesIO(to_picture(drawing)), width=Mm(_PICTURE_MM))
        picture._inline.docPr.set("descr", drawing.alt)  # noqa: SLF001
        picture._inline.docPr.set("title", drawing.title)  # noqa: SLF001
        label = self._words.figure.format(number=self.digits(self._n_figures))
        self.paragraph("Caption", (Span("strong", (Text(label),)), Text(f" {caption or drawing.title}")))
