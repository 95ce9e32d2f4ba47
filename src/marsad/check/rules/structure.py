# ruff: noqa: ARG001 - one signature for all rules; a docstring states the fault
"""Paragraphs and lists as units."""

import re
from collections.abc import Iterator

from marsad.check.context import Context
from marsad.check.finding import Level, Mark, rule
from marsad.check.ordinals import at_start_of, listed_items
from marsad.check.reading import WORD, Block, Kind, Text

_ENDED = re.compile(r"[.!?؟…۔:؛;»”\"\])’|>*`}¹²³⁰⁴-⁹ⁱᵛˣ،,–—-][\s\u200e\u200f\u2069\u202c]*$")
_CONTINUES = re.compile(r"[^\W\d_]")
_FEW = 8


def _n_words(text: Text, block: Block) -> int:
    return len(WORD.findall(text.raw, block.start, block.end))


@rule("broken-paragraph", Level.ERROR)
def broken_paragraph(text: Text, context: Context) -> Iterator[Mark]:
    """A paragraph cut in two, as by a page break: it ends without a stop and the next goes on in mid-sentence."""
    for one, other in zip(text.blocks, text.blocks[1:], strict=False):
        if not (one.kind is other.kind is Kind.PROSE and one.language is other.language):
            continue
        ends_open = not _ENDED.search(text.slice(one)) or text.slice(one).rstrip().endswith(("،", ","))
        if not ends_open or _n_words(text, one) < _FEW or not _CONTINUES.match(text.raw[other.start]):
            continue
        if not one.language.is_rtl and text.raw[other.start].isupper():
            continue
        tail = text.raw.rfind(" ", one.start, max(one.start, one.end - 30))
        head = text.raw.find(" ", min(other.end, other.start + 12), other.end)
        start = one.start if tail < 0 else tail + 1
        yield Mark(start, other.end if head < 0 else head, "One sentence is split over two paragraphs: join them.")


@rule("list-item-not-on-own-line", Level.WARN)
def list_item_not_on_own_line(text: Text, context: Context) -> Iterator[Mark]:
    """An item of an ordinal list that runs on inside the paragraph of the item before it."""
    for item in listed_items(text):
        inside = text.raw[item.sentence.block.start : item.sentence.start].strip()
        if not inside:
            continue
        opener = at_start_of(text, item.sentence.block)
        if opener is not None and opener < item.number:
            message = "This item runs on inside the one before it: give it its own line, as the other items have."
            yield Mark(item.sentence.start, item.sentence.end, message)


@rule("list-not-marked", Level.WARN)
def list_not_marked(text: Text, context: Context) -> Iterator[Mark]:
    """A list is announced, and what follows is plain paragraphs: number or mark the items."""
    for at, block in enumerate(text.blocks[:-2]):
        if block.kind is not Kind.PROSE or not text.slice(block).rstrip().endswith(":"):
            continue
        following = [other for other in text.blocks[at + 1 : at + 3] if other.section == block.section]
        if len(following) < 2 or any(other.kind is not Kind.PROSE for other in following):
            continue
        sentence = next((s for s in reversed(text.sentences) if s.block is block), None)
        if sentence and not any(at_start_of(text, other) for other in following):
            yield Mark(sentence.start, sentence.end, "A list is announced but its items are not marked: number them.")


@rule("unbalanced-brackets", Level.WARN)
def unbalanced_brackets(text: Text, context: Context) -> Iterator[Mark]:
    """A bracket or guillemet that is opened and not closed, or closed and not opened, within its paragraph."""
    pairs = {")": "(", "]": "[", "»": "«", "”": "“"}
    for block in text.of(Kind.PROSE, Kind.HEADING, Kind.SOURCE):
        is_open: list[tuple[str, int]] = []
        for match in re.compile(r"[()\[\]«»“”]").finditer(text.raw, block.start, block.end):
            mark = match[0]
            numbering = mark == ")" and re.search(r"(?:^|\s)\w{1,2}$", text.raw[block.start : match.start()])
            if mark in pairs.values():
                is_open.append((mark, match.start()))
            elif is_open and is_open[-1][0] == pairs[mark]:
                is_open.pop()
            elif not numbering and not (mark == "”" and block.language == "ru"):
                yield Mark(match.start(), match.end(), "This closes a bracket that was not opened here.")
        for mark, start in is_open:
            if not (mark == "“" and block.language == "ru"):
                yield Mark(start, start + 1, "This bracket is not closed in its paragraph.")


@rule("long-sentence", Level.INFO)
def long_sentence(text: Text, context: Context) -> Iterator[Mark]:
    """A sentence of more than 70 words: a reader who decides will not follow it. Cut it."""
    for sentence in text.analysis:
        n_words = len(WORD.findall(text.raw, sentence.start, sentence.end))
        if n_words > 70 and sentence.block.kind is Kind.PROSE:
            yield Mark(sentence.start, sentence.end, f"{n_words} words in one sentence: cut it in two or three.")
