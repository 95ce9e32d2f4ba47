"""Blocks and inline runs as markup that is HTML and XML at once: the page and the e-book share it."""

import re
from collections.abc import Mapping

from markupsafe import Markup

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
    Note,
    NoteList,
    NoteRef,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    Text,
)
from marsad.publish.labels import Labels

_UNBROKEN = 24  # characters of a run against the text that stay on one line, also on a phone
_WIDE = 4  # columns from which a table is scrolled rather than squeezed
_TAGS = {"em": "em", "strong": "strong", "strike": "s"}
_SIDES = {"left": "start", "right": "end", "center": "center"}


class Setter:
    """Blocks and inline runs to markup; every piece of text goes through ``Markup.format`` and is escaped there."""

    follows_theme = True

    def __init__(self, issue: Issue, words: Labels, drawings: Mapping[int, Drawing]) -> None:
        self._issue, self._language, self._words, self._drawings = issue, issue.front.language, words, drawings
        self._n_figures = self._n_tables = 0

    @property
    def separator(self) -> str:
        """What stands between two neighbouring note marks."""
        return self._words.list_separator.strip()

    def digits(self, number: int) -> str:
        """Return a whole number in the issue's digits."""
        return format_number(number, self._language, grouping=False)

    def text(self, text: str) -> Markup:
        """Return plain text, runs against its direction isolated."""
        is_rtl = self._language.is_rtl
        across = "ltr" if is_rtl else "rtl"
        whole, parts = Markup('<bdi dir="{}">{}</bdi>'), Markup('<bdi dir="{}" class="long">{}</bdi>')
        return Markup("").join(
            (whole if len(piece) <= _UNBROKEN else parts).format(across, piece) if is_kept else piece
            for piece, is_kept in isolates(text, is_rtl=is_rtl)
        )

    def inline(self, runs: tuple[Inline, ...]) -> Markup:
        """Return inline runs."""
        parts: list[Markup] = []
        for n, run in enumerate(runs):
            match run:
                case Text(text):
                    parts.append(self.text(text))
                case Code(text):
                    parts.append(Markup('<code dir="ltr">{}</code>').format(text))
                case Span(style, children):
                    parts.append(Markup("<{0}>{1}</{0}>").format(_TAGS[style], self.inline(children)))
                case Link(href, children, is_bare):
                    shown = (
                        Markup('<bdi dir="ltr" class="long">{}</bdi>').format(short_address(href))
                        if is_bare
                        else self.inline(children)
                    )
                    parts.append(Markup('<a href="{}">{}</a>').format(href, shown))
                case Break():
                    parts.append(Markup("<br/>"))
                case NoteRef():
                    follows = n > 0 and isinstance(runs[n - 1], NoteRef)
                    parts.append(self.note_ref(run, follows=follows))
        return Markup("").join(parts)

    def note_ref(self, ref: NoteRef, *, follows: bool) -> Markup:
        """Return the mark of a note; one that follows another is parted from it."""
        shown = self.digits(ref.number)
        return Markup(
            '{before}<sup><button type="button" class="ref" id="ref-{n}-{use}" popovertarget="pop-{n}"'
            ' aria-label="{label}">{shown}</button></sup>'
        ).format(
            before=Markup("<sup>{}</sup>").format(self.separator) if follows else "",
            n=ref.number,
            use=ref.use,
            label=self._words.note.format(number=shown),
            shown=shown,
        )

    def sections(self, blocks: tuple[Block, ...]) -> Markup:
        """Return the blocks with each level-2 heading opening a section of its own."""
        parts, is_open = [], False
        for block in blocks:
            if isinstance(block, Heading) and block.level == 2:
                parts.append(
                    Markup('{}<section aria-labelledby="{}">\n').format(
                        Markup("</section>\n") if is_open else "", block.id
                    )
                )
                is_open = True
            parts.append(self._block(block))
        return Markup("").join([*parts, Markup("</section>\n") if is_open else Markup("")])

    def blocks(self, blocks: tuple[Block, ...]) -> Markup:
        """Return blocks one after another."""
        return Markup("").join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Markup:
        match block:
            case Paragraph(children):
                return Markup("<p>{}</p>\n").format(self.inline(children))
            case Heading(level, name, children):
                return Markup('<h{0} id="{1}">{2}</h{0}>\n').format(level, name, self.inline(children))
            case Listing():
                return self._list(block)
            case Quote(blocks):
                return Markup("<blockquote>\n{}</blockquote>\n").format(self.blocks(blocks))
            case CodeBlock(text):
                return Markup('<pre dir="ltr" tabindex="0"><code>{}</code></pre>\n').format(text)
            case Rule():
                return Markup("<hr/>\n")
            case Draft(blocks):
                return self._box("draft", self._words.draft, blocks)
            case Analyst(blocks):
                return self._box("analyst", self._words.analyst, blocks)
            case Table():
                head = [self.inline(cell.children) for cell in block.head]
                rows = [[self._cell(cell) for cell in row] for row in block.rows]
                return self._table(head, rows, [_SIDES.get(side or "", "") for side in block.align])
            case Figure():
                return self._figure(self._drawings[block.line], block.caption)
            case NoteList():
                return Markup('<ol class="notes">\n{}</ol>\n').format(
                    Markup("").join(map(self._note, self._issue.notes))
                )

    def _box(self, kind: str, label: str, blocks: tuple[Block, ...]) -> Markup:
        return Markup(
            '<div class="{}" role="group" aria-label="{}">\n<p class="tag" aria-hidden="true">{}</p>\n{}</div>\n'
        ).format(kind, label, label, self.blocks(blocks))

    def _list(self, listing: Listing) -> Markup:
        tag = "ul" if listing.start is None else "ol"
        start = Markup(' start="{}"').format(listing.start) if listing.start not in {None, 1} else ""
        items = Markup("").join(
            Markup("<li>{}</li>\n").format(self._item(item, is_tight=listing.is_tight)) for item in listing.items
        )
        return Markup("<{0}{1}>\n{2}</{0}>\n").format(tag, start, items)

    def _item(self, blocks: tuple[Block, ...], *, is_tight: bool) -> Markup:
        if is_tight:
            return Markup("").join(
                self.inline(b.children) if isinstance(b, Paragraph) else self._block(b) for b in blocks
            )
        return self.blocks(blocks)

    def _cell(self, cell: Cell) -> Markup:
        """Set a cell; one of note marks only has them on its line."""
        inner = self.inline(cell.children)
        if cell.children and all(isinstance(run, NoteRef) for run in cell.children):
            return Markup('<span class="refs">{}</span>').format(inner)
        return inner

    def _table(self, head: list[Markup], rows: list[list[Markup]], sides: list[str]) -> Markup:
        self._n_tables += 1
        label = self._words.table.format(number=self.digits(self._n_tables))
        style = [Markup(' class="{}"').format(side) if side else Markup("") for side in sides]
        top = Markup("").join(
            Markup('<th scope="col"{}>{}</th>').format(s, cell) for s, cell in zip(style, head, strict=True)
        )
        body = Markup("").join(
            Markup("<tr>{}</tr>\n").format(
                Markup("").join(Markup("<td{}>{}</td>").format(s, cell) for s, cell in zip(style, row, strict=True))
            )
            for row in rows
        )
        return Markup(
            '<div class="scroll" role="region" tabindex="0" aria-label="{}">\n<table{}>\n'
            "<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n</div>\n"
        ).format(label, Markup(' class="wide"') if len(head) >= _WIDE else "", top, body)

    def _figure(self, drawing: Drawing, caption: str) -> Markup:
        self._n_figures += 1
        n = self._n_figures
        head = [Markup.escape(cell) for cell in drawing.head]
        rows = [[self.text(cell) for cell in row] for row in drawing.rows]
        data = self._table(head, rows, ["" for _ in head]) if rows else Markup("")
        return Markup(
            '<figure>\n<div class="chart">{svg}</div>\n<figcaption><strong>{label}</strong> {caption}\n'
            "<details><summary>{data_label}</summary>\n{data}</details>\n</figcaption>\n</figure>\n"
        ).format(
            svg=inline_svg(drawing, n, follows_theme=self.follows_theme),
            label=self._words.figure.format(number=self.digits(n)),
            caption=self.text(caption or drawing.title),
            data_label=self._words.data,
            data=data,
        )

    def _note(self, note: Note) -> Markup:
        ways = Markup(" ").join(
            Markup('<a class="back" href="#ref-{}-{}" aria-label="{} {}">↑</a>').format(
                note.number, use, self._words.to_text, self.digits(use + 1)
            )
            for use in range(note.n_uses)
        )
        return Markup(
            '<li id="note-{}"><span class="number" aria-hidden="true">{}</span><div>{} {}</div></li>\n'
        ).format(note.number, self.digits(note.number), self.inline(note.children), ways)


def inline_svg(drawing: Drawing, n: int, *, follows_theme: bool = True) -> Markup:
    """Fit a drawing into a page: own ids, title and description.

    On a page with a theme its colours follow light and dark, and each part that stands for a row of its table is told
    to a reader who points at it or comes to it by the keyboard.
    """
    svg = drawing.svg[drawing.svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    if follows_theme:
        svg = re.sub(r'<g id="mark-(\d+)([^"]*)">', lambda found: _told(drawing, int(found[1]), found[2]), svg)
    svg = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>f{n}-", svg)
    for name, colour in drawing.colours if follows_theme else ():
        svg = svg.replace(colour, f"var(--{name})")
    opening, rest = svg.split(">", 1)
    opening = re.sub(r'\s(?:width|height)="[^"]*"', "", opening)
    named = Markup('<title id="f{0}-title">{1}</title><desc id="f{0}-desc">{2}</desc>').format(
        n, drawing.title, drawing.alt
    )
    role = "group" if 'class="mark"' in rest else "img"
    opening = f'{opening} role="{role}" aria-labelledby="f{n}-title" aria-describedby="f{n}-desc">'
    return Markup(opening) + named + Markup(rest)  # noqa: S704 (drawn by us; its words are shapes)


def _told(drawing: Drawing, row: int, part: str) -> Markup:
    """Open the group of a mark, named by its row: the first cell, then each further one after its heading."""
    first, *others = drawing.rows[row]
    lines = [first, *(f"{head}: {cell}" for head, cell in zip(drawing.head[1:], others, strict=True) if cell)]
    return Markup('<g id="mark-{}{}" class="mark" role="img" tabindex="-1" aria-label="{}">').format(
        row, part, "\n".join(lines)
    )
