# ruff: noqa: ARG001 - one signature for all rules; a docstring states the fault
"""Contents against headings."""

from collections.abc import Iterator
from itertools import zip_longest

from marsad.check.context import Context
from marsad.check.finding import Level, Mark, rule
from marsad.check.layout import is_near
from marsad.check.reading import Entry, Kind, Text
from marsad.language.script import fold


def _plain(title: str) -> str:
    return fold(title).strip(" .:،-")


def _title(text: Text, entry: Entry) -> str:
    return text.raw[slice(*entry.title)]


@rule("toc-heading-mismatch", Level.ERROR)
def toc_heading_mismatch(text: Text, context: Context) -> Iterator[Mark]:
    """A line of the contents that stands over no section in these words.

    Contents typed by hand drift from the headings. Generate them from the headings.
    """
    headings = [text.sections[number].title for number in range(1, len(text.sections))]
    exact = {_plain(title) for title in headings} | _on_the_cover(text)
    for entry in text.entries:
        title = _title(text, entry)
        if _plain(title) in exact:
            continue
        near = next((heading for heading in headings if is_near(title, heading)), None)
        told = f"the heading reads «{near}»" if near else "no heading reads so"
        yield Mark(*entry.title, f"Contents and body differ: {told}. Generate the contents from the headings.")


def _on_the_cover(text: Text) -> set[str]:
    """Return the lines of the cover: an issue of one article may name it there alone."""
    return {_plain(line) for block in text.of(Kind.FRONT) for line in text.slice(block).split("\n")}


@rule("toc-missing-heading", Level.WARN)
def toc_missing_heading(text: Text, context: Context) -> Iterator[Mark]:
    """A section the contents do not list: readers who choose by the contents never see it."""
    if not text.entries:
        return
    for section in text.sections[1:]:
        if section.heading and not any(is_near(section.title, _title(text, entry)) for entry in text.entries):
            yield Mark(section.heading.start, section.heading.end, "This heading is not in the contents: add it.")


@rule("toc-punctuation", Level.INFO)
def toc_punctuation(text: Text, context: Context) -> Iterator[Mark]:
    """A title in the contents that ends with a full stop while others do not."""
    stopped = [entry for entry in text.entries if _title(text, entry).rstrip().endswith((".", "۔", "؛", "،"))]
    if len(stopped) * 2 < len(text.entries):
        for entry in stopped:
            yield Mark(*entry.title, "A title ends without a full stop, as the others here do: strip it.")


@rule("toc-level", Level.INFO)
def toc_level(text: Text, context: Context) -> Iterator[Mark]:
    """An article's title on the same level of the contents as its own sections.

    Told by a heading that is followed at once by another heading: it covers those that come after it.
    """
    if len({entry.indent for entry in text.entries}) > 1:
        return
    over = {
        _plain(section.title)
        for section, following in zip(text.sections[1:], text.sections[2:], strict=False)
        if not section.blocks and following.heading and section.heading and not text.is_markdown
    }
    for entry in text.entries:
        if _plain(_title(text, entry)) in over:
            message = "This is the title of the article whose sections follow on the same level: nest them under it."
            yield Mark(*entry.title, message)


@rule("toc-leader-order", Level.WARN)
def toc_leader_order(text: Text, context: Context) -> Iterator[Mark]:
    """Page number and dots written before the title.

    In a right-to-left line the display puts the page on the left by itself; written first it is also read, searched and
    copied first. Logical order is title, leader, page.
    """
    for entry in text.entries:
        if entry.is_page_first:
            yield Mark(entry.start, entry.end, "Write the title first, then the leader, then the page.")


@rule("toc-page-number", Level.INFO)
def toc_page_number(text: Text, context: Context) -> Iterator[Mark]:
    """A typed page number: from the text alone it can be neither confirmed nor shown wrong.

    Let the typesetter number the pages; only falling numbers can be told as faulty here.
    """
    pages = [int(entry.page) for entry in text.entries]
    for at, entry in enumerate(text.entries):
        falls = at > 0 and pages[at] < pages[at - 1]
        told = "comes before the page of the line above" if falls else "is unverifiable from the text alone"
        yield Mark(entry.start, entry.end, f"Page {entry.page} {told}: recompute it from the typeset pages.")


@rule("duplicate-heading", Level.WARN)
def duplicate_heading(text: Text, context: Context) -> Iterator[Mark]:
    """Two sections under the same words: readers and links cannot tell them apart."""
    seen: set[str] = set()
    for section in text.sections[1:]:
        if section.heading and _plain(section.title) in seen:
            yield Mark(section.heading.start, section.heading.end, "Another section has this heading: rename one.")
        seen.add(_plain(section.title))


@rule("empty-section", Level.WARN)
def empty_section(text: Text, context: Context) -> Iterator[Mark]:
    """A heading over nothing: no paragraph, list, table or figure before the next heading of its rank."""
    for section, following in zip_longest(text.sections[1:], text.sections[2:]):
        heading = section.heading
        covers = following is not None and (
            not text.is_markdown or (heading and following.heading and following.heading.level > heading.level)
        )
        builds_itself = text.is_markdown and section.role == "sources"
        if heading and not section.blocks and not covers and not builds_itself:
            yield Mark(heading.start, heading.end, "Nothing stands under this heading: write it or remove it.")


@rule("heading-level-skip", Level.WARN)
def heading_level_skip(text: Text, context: Context) -> Iterator[Mark]:
    """A heading two ranks below the one before it: readers of bookmarks and screen readers lose the thread."""
    before = 0
    for heading in text.of(Kind.HEADING):
        if before and heading.level > before + 1:
            message = f"Rank {heading.level} follows rank {before}: use rank {before + 1}."
            yield Mark(heading.start, heading.end, message)
        before = heading.level
