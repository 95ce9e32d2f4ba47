"""An issue as frozen values: front matter, blocks, inline runs, notes. Both PDF and page are made from these alone."""

from dataclasses import dataclass
from datetime import date

from marsad.domain.words import Language

# --- inline -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Text:
    """A run of plain text; nothing in it is markup any more."""

    text: str


@dataclass(frozen=True)
class Code:
    """Text set in the fixed-width face, always left to right."""

    text: str


@dataclass(frozen=True)
class Span:
    """Inline runs under one style: ``em``, ``strong`` or ``strike``."""

    style: str
    children: tuple["Inline", ...]


@dataclass(frozen=True)
class Link:
    """A link to a safe address (http, https, mailto, or ``#id`` within the issue)."""

    href: str
    children: tuple["Inline", ...]
    is_bare: bool = False  # written as <https://…>: its text is its address, shown shortened


@dataclass(frozen=True)
class Break:
    """A line break the writer asked for."""


@dataclass(frozen=True)
class NoteRef:
    """A mark that points to a note: the note's number, and which use of it this is (0 for the first)."""

    number: int
    use: int


Inline = Text | Code | Span | Link | Break | NoteRef

# --- blocks -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paragraph:
    """Inline runs set as one paragraph."""

    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 to 6; ``id`` is unique in the issue and stays the same between builds."""

    level: int
    id: str
    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Listing:
    """A bulleted (``start`` is None) or numbered list; each item is a tuple of blocks."""

    start: int | None
    is_tight: bool
    items: tuple[tuple["Block", ...], ...]


@dataclass(frozen=True)
class Quote:
    """A block quotation."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True)
class CodeBlock:
    """Text kept line by line."""

    text: str


@dataclass(frozen=True)
class Rule:
    """A break between thoughts."""


@dataclass(frozen=True)
class Cell:
    """One table cell."""

    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Table:
    """A table: ``align`` holds ``left``, ``right``, ``center`` or None (the start side) per column."""

    align: tuple[str | None, ...]
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Draft:
    """Machine-made text not yet accepted by an analyst."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True)
class Analyst:
    """A question or space left to the analyst."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True)
class Figure:
    """A figure drawn from tables: its kind, its ``:key: value`` options, its caption, and its line in the file."""

    kind: str
    options: tuple[tuple[str, str], ...]
    caption: str
    line: int


@dataclass(frozen=True)
class NoteList:
    """The place where the numbered notes stand."""


Block = Paragraph | Heading | Listing | Quote | CodeBlock | Rule | Table | Draft | Analyst | Figure | NoteList

# --- the whole --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Note:
    """One note: its number by first use, its label (a report id), its text, and how often the text points to it."""

    number: int
    label: str
    children: tuple[Inline, ...]
    n_uses: int


@dataclass(frozen=True)
class FrontMatter:
    """What the issue says of itself."""

    number: int
    week: str
    language: Language
    title: str
    subtitle: str
    period: tuple[date, date]
    as_of: date
    subject: tuple[str, str] | None
    status: str
    authors: tuple[str, ...]

    @property
    def is_draft(self) -> bool:
        """True until an analyst accepts the issue."""
        return self.status == "draft"


@dataclass(frozen=True)
class Issue:
    """One issue in one language, ready to be set."""

    front: FrontMatter
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]


def laid_out(issue: Issue, title: str) -> tuple[Block, ...]:
    """Return the blocks as they are set: neighbouring drafts as one, the notes at the end of the section ``sources``.

    The section is added where it is missing.

    >>> day = date(2026, 6, 1)
    >>> front = FrontMatter(1, "2026-W22", Language.EN, "T", "", (day, day), day, None, "final", ())
    >>> laid_out(Issue(front, (), (Note(1, "a", (), 1),)), "Sources")
    (Heading(level=2, id='sources', children=(Text(text='Sources'),)), NoteList())
    """
    blocks = _joined(issue.blocks)
    if not issue.notes:
        return blocks
    headings = [(n, block) for n, block in enumerate(blocks) if isinstance(block, Heading)]
    for n, heading in headings:
        if heading.id == "sources":
            end = next((m for m, later in headings if m > n and later.level <= heading.level), len(blocks))
            return (*blocks[:end], NoteList(), *blocks[end:])
    return (*blocks, Heading(2, "sources", (Text(title),)), NoteList())


def _joined(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Make neighbouring drafts one, so that one mark stands over them."""
    made: list[Block] = []
    for block in blocks:
        before = made[-1] if made else None
        if isinstance(block, Draft) and isinstance(before, Draft):
            made[-1] = Draft(before.blocks + block.blocks)
        else:
            made.append(block)
    return tuple(made)


BRIEF_SECTIONS = ("summary", "level", "reactions", "recommendations")


def brief_blocks(issue: Issue) -> tuple[Block, ...]:
    """Return what the brief may hold: ``BRIEF_SECTIONS`` without the analyst's boxes, of ``level`` its first figure.

    An issue that names none of them gives its first section.
    """
    names = [block.id for block in issue.blocks if isinstance(block, Heading) and block.level == 2]
    wanted = set(BRIEF_SECTIONS) if set(BRIEF_SECTIONS) & set(names) else set(names[:1])
    chosen: list[Block] = []
    section = ""
    for block in issue.blocks:
        if isinstance(block, Heading) and block.level == 2:
            section = block.id
        if section not in wanted or isinstance(block, Analyst):
            continue
        if section != "level" or (isinstance(block, Figure) and not any(isinstance(one, Figure) for one in chosen)):
            chosen.append(block)
    # a heading with nothing under it is left out
    return tuple(
        block
        for block, after in zip(chosen, [*chosen[1:], None], strict=False)
        if not isinstance(block, Heading) or not (after is None or isinstance(after, Heading))
    )


def plain(runs: tuple[Inline, ...]) -> str:
    """Return the text of inline runs, without marks.

    >>> plain((Text("a "), Span("strong", (Text("b"),)), NoteRef(1, 0)))
    'a b'
    """
    parts = []
    for run in runs:
        match run:
            case Text(text) | Code(text):
                parts.append(text)
            case Span(_, children) | Link(_, children):
                parts.append(plain(children))
            case Break():
                parts.append(" ")
            case NoteRef():
                pass
    return "".join(parts)
