"""An issue to PDF by Typst. The text reaches the template as data, never as markup: nothing a writer types can run."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Final, Literal

from marsad.domain.desk import Desk
from marsad.errors import RenderFailed
from marsad.language.calendars import format_date
from marsad.language.numerals import format_number
from marsad.publish.bidi import isolates, short_address
from marsad.publish.drawing import Drawing
from marsad.publish.issue import (
    Analyst,
    Block,
    Break,
    Cell,
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
    brief_blocks,
    laid_out,
    plain,
)
from marsad.publish.labels import Labels, labels
from marsad.publish.periods import periods

TEMPLATES = Path(__file__).parent / "templates"
STANDARDS: Final[tuple[Literal["a-3a"], Literal["ua-1"]]] = ("a-3a", "ua-1")
_SHORT_CELL = 18  # characters; a column of such cells keeps its natural width
_SHORT_LIST = 400  # characters of a list that is kept on one page
_SHORT_TABLE = 9  # rows of a table that is kept on one page

Node = dict[str, Any]


def to_pdf(issue: Issue, desk: Desk, drawings: Mapping[int, Drawing], attachments: Mapping[str, bytes]) -> bytes:
    """Set an issue.

    Args:
        issue: what to set.
        desk: whose imprint stands on the cover.
        drawings: the figures of the issue by the line of their directive.
        attachments: files embedded in the PDF by name, for example the issue's Markdown.

    Returns:
        A tagged PDF (PDF/A-3a and PDF/UA-1), the same bytes for the same input.

    Raises:
        RenderFailed: Typst refuses the document.
    """
    return _compile("issue", document(issue, desk, drawings, attachments), issue)


def to_brief(issue: Issue, desk: Desk, drawings: Mapping[int, Drawing]) -> bytes:
    """Set the one-page brief: summary, figure, expected reactions and recommendations, as much as the page holds.

    Questions left to the analyst stay out; marks of machine drafts stay. Notes are left to the issue.

    Raises:
        RenderFailed: Typst refuses the document.
    """
    short = replace(issue, blocks=brief_blocks(issue), notes=())
    return _compile("brief", document(short, desk, drawings, {}), issue)


def _compile(template: str, data: Node, issue: Issue) -> bytes:
    import fontpkg_amiri
    import typst

    try:
        return bytes(
            typst.compile(
                str(TEMPLATES / f"{template}.typ"),
                root=str(TEMPLATES),
                font_paths=[str(fontpkg_amiri.ROOT / "files")],
                ignore_system_fonts=True,
                format="pdf",
                sys_inputs={"issue": json.dumps(data, ensure_ascii=False)},
                pdf_standards=list(STANDARDS),
                timestamp=datetime.combine(issue.front.as_of, time(), UTC),
            )
        )
    except typst.TypstError as error:
        what = f"{template} {issue.front.number} ({issue.front.language}) as PDF"
        raise RenderFailed(what, str(error.message)) from error


def to_picture(drawing: Drawing, width_mm: int = 160) -> bytes:
    """Return a drawing as PNG, for formats that take no SVG.

    Args:
        drawing: what to paint; its words are shapes already.
        width_mm: its width on paper, at 200 points an inch.
    """
    import typst

    page = (
        f"#set page(width: {width_mm}mm, height: auto, margin: 0pt, fill: white)\n"
        '#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    )
    return bytes(typst.compile(page.encode(), format="png", ppi=200, sys_inputs={"svg": drawing.svg}))


def document(issue: Issue, desk: Desk, drawings: Mapping[int, Drawing], attachments: Mapping[str, bytes]) -> Node:
    """Return everything the Typst template needs, as plain data for JSON."""
    front, words = issue.front, labels(issue.front.language)
    setter = _Setter(issue, words, drawings)
    number = format_number(front.number, front.language, grouping=False)
    return {
        "lang": front.language.value,
        "rtl": front.language.is_rtl,
        "digits": [format_number(n, front.language) for n in range(10)],
        "number": number,
        "issue_label": words.issue.format(number=number),
        "title": front.title,
        "subtitle": front.subtitle,
        "title_runs": setter.text(_bound(front.title)),
        "subtitle_runs": setter.text(_bound(front.subtitle)),
        "authors": list(front.authors),
        "period": periods(issue, words),
        "as_of": setter.text(words.as_of.format(date=format_date(front.as_of, front.language))),
        "date": [front.as_of.year, front.as_of.month, front.as_of.day],
        "draft": front.is_draft,
        "desk": desk.title.get(front.language, ""),
        "imprint": desk.imprint.name.get(front.language, ""),
        "about": desk.imprint.about.get(front.language, ""),
        "contact": [
            _copyable(short_address(part))
            for part in (desk.imprint.website, desk.imprint.email, desk.imprint.phone)
            if part
        ],
        "labels": {
            name: getattr(words, name)
            for name in ("contents", "draft", "draft_legend", "draft_issue", "analyst", "authors", "attached", "brief")
        },
        "brief_sources": words.brief_sources.format(issue=words.issue.format(number=number)),
        "has_drafts": any(isinstance(block, Draft) for block in issue.blocks),
        "separator": words.list_separator,
        "blocks": setter.blocks(laid_out(issue, words.sources)),
        "notes": [
            {"number": note.number, "uses": note.n_uses, "c": setter.inline(note.children)} for note in issue.notes
        ],
        "attachments": [
            {"name": name, "text": content.decode(), "mime": "text/csv" if name.endswith(".csv") else "text/markdown"}
            for name, content in sorted(attachments.items())
        ],
    }


def _length(block: Block) -> int:
    """Characters of a list item's block, counted roughly: what holds other blocks counts as a line."""
    return len(plain(block.children)) if isinstance(block, Paragraph) else 60


def _extent(runs: tuple[Inline, ...]) -> int:
    """Characters of a cell, those of the fixed-width face counted by the room they take."""
    return sum(round(1.7 * len(run.text)) if isinstance(run, Code) else len(plain((run,))) for run in runs)


def _bound(title: str) -> str:
    """Bind the Pashto particle «د» to its word: no line of a title ends with it."""
    return re.sub(r"(?<!\w)د (?=\w)", "د\u00a0", title)


def _copyable(piece: str) -> str:
    """Join a phone number's groups by unbreaking spaces; parted by plain ones they are copied in reverse."""
    return piece if any(char.isalpha() for char in piece) else piece.replace(" ", "\u00a0")


class _Setter:
    """Blocks and inline runs to the nodes the template walks."""

    def __init__(self, issue: Issue, words: Labels, drawings: Mapping[int, Drawing]) -> None:
        self._language, self._words, self._drawings = issue.front.language, words, drawings
        self._figures = 0

    def digits(self, number: int) -> str:
        return format_number(number, self._language, grouping=False)

    def text(self, text: str) -> list[Node]:
        pieces = isolates(text, is_rtl=self._language.is_rtl)
        return [{"t": "kept", "v": _copyable(piece)} if kept else {"t": "text", "v": piece} for piece, kept in pieces]

    def inline(self, runs: tuple[Inline, ...]) -> list[Node]:
        nodes: list[Node] = []
        for run in runs:
            match run:
                case Text(text):
                    nodes += self.text(text)
                case Code(text):
                    nodes.append({"t": "code", "v": text})
                case Span(style, children):
                    nodes.append({"t": style, "c": self.inline(children)})
                case Link(href, children, is_bare):
                    shown = [{"t": "address", "v": short_address(href)}] if is_bare else self.inline(children)
                    nodes.append({"t": "link", "to": href, "c": shown})
                case Break():
                    nodes.append({"t": "break"})
                case NoteRef(number, use):
                    mark = {"n": number, "use": use, "v": self.digits(number)}
                    if nodes and nodes[-1]["t"] == "refs":
                        nodes[-1]["marks"].append(mark)
                    else:
                        nodes.append({"t": "refs", "marks": [mark]})
        return nodes

    def blocks(self, blocks: tuple[Block, ...]) -> list[Node]:
        return [self._block(block) for block in blocks]

    def _block(self, block: Block) -> Node:
        match block:
            case Paragraph(children):
                return {"t": "p", "c": self.inline(children)}
            case Heading(level, name, children):
                return {"t": "h", "level": level - 1, "id": name, "c": self.inline(children), "text": plain(children)}
            case Listing(start, is_tight, items):
                is_short = sum(map(_length, (block for item in items for block in item))) <= _SHORT_LIST
                setting = {"start": start, "tight": is_tight, "short": is_short}
                return {"t": "list", **setting, "items": [self.blocks(item) for item in items]}
            case Quote(blocks):
                return {"t": "quote", "c": self.blocks(blocks)}
            case CodeBlock(text):
                return {"t": "pre", "v": text}
            case Rule():
                return {"t": "hr"}
            case Draft(blocks):
                return {"t": "draft", "c": self.blocks(blocks)}
            case Analyst(blocks):
                return {"t": "analyst", "c": self.blocks(blocks)}
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case NoteList():
                return {"t": "notes"}

    def _table(self, table: Table) -> Node:
        def cells(row: tuple[Cell, ...]) -> list[list[Node]]:
            return [self.inline(cell.children) for cell in row]

        rows = [table.head, *table.rows]
        lengths = [max(_extent(row[n].children) for row in rows) for n in range(len(table.head))]
        widths = [0.0 if length <= _SHORT_CELL else round(min(length, 80) ** 0.5, 2) for length in lengths]
        if not any(widths):  # a table of short cells alone still fills the line
            widths = [round(max(length, 4) ** 0.5, 2) for length in lengths]
        return {
            "t": "table",
            "widths": widths,  # 0: natural width; else a share of what is left
            "align": list(table.align),
            "head": cells(table.head),
            "rows": [cells(row) for row in table.rows],
            "short": len(table.rows) <= _SHORT_TABLE,
        }

    def _figure(self, figure: Figure) -> Node:
        drawing = self._drawings[figure.line]
        self._figures += 1
        return {
            "t": "figure",
            "svg": drawing.svg,
            "alt": drawing.alt,
            "label": self._words.figure.format(number=self.digits(self._figures)),
            "c": self.text(figure.caption or drawing.title),
        }
