"""A text as a checker sees it: blocks, headings, contents lines, sentences, note marks, sources, dates.

Places are character offsets into the raw text throughout, so that every finding can quote it literally.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from marsad.check.dates import DateSpan, Period, find_dates, find_periods
from marsad.check.lexicon import Hit, scan
from marsad.domain.words import Language
from marsad.language.sentences import split


class Kind(StrEnum):
    """What a block is."""

    FRONT = "front"  # cover lines, or YAML front matter
    CONTENTS = "contents"
    HEADING = "heading"
    PROSE = "prose"
    ITEM = "item"  # of a list
    SOURCE = "source"  # an entry of the sources, or a footnote's text
    IMPRINT = "imprint"
    TABLE = "table"
    MARKUP = "markup"  # fences, directives, comments


@dataclass(frozen=True)
class Block:
    """A run of lines of one kind; ``section`` counts headings before it, ``container`` is its directive's name."""

    start: int
    end: int
    kind: Kind
    language: Language
    section: int
    level: int = 0
    container: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of the contents: the title's span, the page as written, and what comes first."""

    start: int
    end: int
    title: tuple[int, int]
    page: str
    is_page_first: bool
    indent: int


@dataclass(frozen=True)
class Section:
    """A heading (None before the first) with its blocks; ``role`` is introduction, conclusion, ... or ""."""

    index: int
    heading: Block | None
    title: str
    role: str
    blocks: tuple[Block, ...]


class Sentence(NamedTuple):
    """A sentence of prose or of a list item, with its block."""

    start: int
    end: int
    block: Block


class Marker(NamedTuple):
    """A note mark in running text: its label and the style it is written in."""

    start: int
    end: int
    label: str
    style: str


_MARKER_STYLES = (
    ("footnote", re.compile(r"\[\^([^\]\s]+)\]")),
    ("superscript digit", re.compile(r"([⁰¹²³⁴-⁹]+)")),
    ("superscript roman", re.compile(r"([ⁱᵛˣ]+)")),
    ("bracketed number", re.compile(r"\[(\d{1,3})\](?![(:])")),
    ("round bracket", re.compile(r"(?<=[.؟!?»\"”])\s?\((\d{1,2})\)(?=\s|$)")),
    ("role", re.compile(r"\{(?:source|event)\}`([^`]+)`")),
    ("link", re.compile(r"\]\((https?://[^)\s]+)\)")),
)
_SOURCE_LABEL = re.compile(
    r"\s*(?:[-*•–]\s+)?(?:\[\^(?P<foot>[^\]]+)\]:|\[(?P<square>\d{1,3})\]|(?P<sup>[⁰¹²³⁴-⁹]+|[ⁱᵛˣ]+)"
    r"|\(?(?P<number>\d{1,3})\s*[.)\-–]|(?P<roman>[ivxIVX]{1,4})[.)]|(?P<letter>[^\W\d_]|الف)[.)])\s*"
)
_LABEL_STYLES = {
    "foot": "footnote",
    "square": "bracketed number",
    "number": "number",
    "roman": "roman",
    "letter": "letter",
}
WORD = re.compile(r"[^\W\d_](?:[\w\u200c\u064b-\u0652\u0670]*\w)?")


@dataclass(frozen=True)
class Text:
    """A parsed text. Built by :func:`marsad.check.layout.read`.

    Args:
        raw: the text as the rules read it: each bound value is what it shows, the rest of it blanked out.
        source: the text as it stands in the file, of the same length: what findings quote.
        language: the main language.
        is_markdown: read as Markdown rather than as plain lines.
        blocks: in file order, without overlap.
        entries: lines of the contents, in order.
        titles: (span, role) of each heading, in order of ``section`` from 1 on.
        front_matter: the YAML head of an issue, {} for other files.
    """

    raw: str
    source: str
    language: Language
    is_markdown: bool
    blocks: tuple[Block, ...]
    entries: tuple[Entry, ...]
    titles: tuple[tuple[str, str], ...]
    front_matter: dict[str, object]

    def place(self, offset: int) -> tuple[int, int]:
        """Return 1-based line and column of an offset."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def start_of_line(self, line: int) -> int:
        """Return the offset at which a line, counted from 1, begins."""
        return self._line_starts[line - 1]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0] + [match.end() for match in re.finditer("\n", self.raw)]

    def of(self, *kinds: Kind) -> list[Block]:
        """Return the blocks of the given kinds, in order."""
        return [block for block in self.blocks if block.kind in kinds]

    def slice(self, span: Block | Sentence | Hit | Marker) -> str:
        """Return the raw text of a span."""
        return self.raw[span.start : span.end]

    @cached_property
    def headings(self) -> list[Block]:
        """The headings, in order."""
        return self.of(Kind.HEADING)

    @cached_property
    def sections(self) -> list[Section]:
        """The text before the first heading as section 0, then one section a heading."""
        by_section: dict[int, list[Block]] = {}
        for block in self.blocks:
            if block.kind is not Kind.HEADING:
                by_section.setdefault(block.section, []).append(block)
        first = Section(0, None, "", "", tuple(by_section.get(0, ())))
        return [first] + [
            Section(number, heading, title, role, tuple(by_section.get(number, ())))
            for number, (heading, (title, role)) in enumerate(zip(self.headings, self.titles, strict=True), 1)
        ]

    def role_of(self, block: Block) -> str:
        """Return the role of the section a block stands in."""
        return self.sections[block.section].role

    def with_role(self, role: str) -> Section | None:
        """Return the first section of that role."""
        return next((section for section in self.sections if section.role == role), None)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Every sentence of prose and list items, notes and imprint left out."""
        return [
            Sentence(block.start + span.start, block.start + span.end, block)
            for block in self.of(Kind.PROSE, Kind.ITEM)
            for span in split(self.raw[block.start : block.end], block.language)
        ]

    @cached_property
    def analysis(self) -> list[Sentence]:
        """The author's own sentences: without recommendations, scorecard and sources."""
        apart = {"recommendations", "sources", "scorecard", "contents"}
        return [sentence for sentence in self.sentences if self.role_of(sentence.block) not in apart]

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence an offset lies in."""
        at = bisect_right(self.sentences, offset, key=lambda sentence: sentence.start) - 1
        return self.sentences[at] if at >= 0 and offset < self.sentences[at].end else None

    @cached_property
    def _hits(self) -> dict[str, list[Hit]]:
        found: dict[str, list[Hit]] = {}
        for block in self.blocks:
            if block.kind is not Kind.MARKUP:
                for key, hit in scan(self.raw[block.start : block.end], block.language, block.start):
                    found.setdefault(key, []).append(hit)
        return {key: sorted(hits) for key, hits in found.items()}

    def hits(self, key: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """Return where phrases of a word list stand, whole within ``start..end``; the longest of overlapping ones."""
        hits = self._hits.get(key, [])
        low = bisect_left(hits, start, key=lambda hit: hit.start)
        last = len(self.raw) if end is None else end
        chosen: list[Hit] = []
        for hit in hits[low:]:
            if hit.start >= last:
                break
            if hit.end > last:
                continue
            if chosen and hit.start < chosen[-1].end:
                if hit.end - hit.start > chosen[-1].end - chosen[-1].start:
                    chosen[-1] = hit
                continue
            chosen.append(hit)
        return chosen

    def has(self, key: str, span: Block | Sentence | None = None) -> bool:
        """Tell whether a phrase of the list stands in the span (None: anywhere)."""
        return bool(self.hits(key) if span is None else self.hits(key, span.start, span.end))

    @cached_property
    def markers(self) -> list[Marker]:
        """Note marks and inline links in running text, in order."""
        found = []
        for block in self.of(Kind.PROSE, Kind.ITEM, Kind.TABLE):
            for style, pattern in _MARKER_STYLES:
                matches = pattern.finditer(self.raw, block.start, block.end)
                found += [Marker(match.start(), match.end(), match[1], style) for match in matches]
        return sorted(found)

    def is_cited(self, span: Block | Sentence) -> bool:
        """Tell whether a note mark or link stands in the span or right after it."""
        at = bisect_left(self.markers, span.start, key=lambda marker: marker.start)
        return at < len(self.markers) and self.markers[at].start <= span.end

    @cached_property
    def sources(self) -> list[Marker]:
        """The entries of the sources: the whole entry as span, its label and the label's style."""
        found = []
        for block in self.of(Kind.SOURCE):
            label = _SOURCE_LABEL.match(self.raw, block.start, block.end)
            name = label.lastgroup if label else None
            if label is None or name is None:
                found.append(Marker(block.start, block.end, "", ""))
                continue
            style = _LABEL_STYLES.get(name) or ("superscript roman" if label[name][0] in "ⁱᵛˣ" else "superscript digit")
            found.append(Marker(block.start, block.end, label[name], style))
        return found

    @cached_property
    def dates(self) -> list[DateSpan]:
        """Every date in the text, in order."""
        return [
            date.moved(block.start)
            for block in self.blocks
            if block.kind is not Kind.MARKUP
            for date in find_dates(self.raw[block.start : block.end], block.language)
        ]

    def dates_in(self, span: Block | Sentence | Marker) -> list[DateSpan]:
        """Return the dates that stand in a span."""
        return [date for date in self.dates if span.start <= date.start < span.end]

    @cached_property
    def period(self) -> Period | None:
        """The days the issue covers: front matter, else the first range of dates on the cover."""
        found = [
            period.moved(block.start)
            for block in self.of(Kind.FRONT)
            for period in find_periods(self.raw[block.start : block.end], block.language)
        ]
        return found[0] if found else None

    @cached_property
    def n_words(self) -> int:
        """Words of prose and list items."""
        return sum(len(WORD.findall(self.raw, block.start, block.end)) for block in self.of(Kind.PROSE, Kind.ITEM))

    def named_at(self, section: Section) -> tuple[int, int]:
        """Return where a section is first named: its line in the contents if there is one, else its heading.

        A thing that stands nowhere in a section has no better place.
        """
        assert section.heading is not None
        for entry in self.entries:
            if self.raw[slice(*entry.title)].strip(" .") == section.title.strip(" ."):
                return entry.title
        return section.heading.start, section.heading.end
