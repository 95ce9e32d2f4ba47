# ruff: noqa: ARG001, E501 - one signature for all rules; a docstring states the fault; patterns stay unbroken
"""Order on the page where right-to-left and left-to-right meet."""

import re
from collections.abc import Iterator

from marsad.check.context import Context
from marsad.check.finding import Level, Mark, rule
from marsad.check.reading import Block, Kind, Text

_READ = (Kind.PROSE, Kind.ITEM, Kind.SOURCE, Kind.HEADING, Kind.IMPRINT, Kind.TABLE)
_ISOLATES = "\u2066\u2067\u2068"
_OPENERS = "\u202a\u202b\u202d\u202e" + _ISOLATES
_GUARD = _ISOLATES + "\u202a\u200e"


def _right_to_left(text: Text) -> list[Block]:
    return [block for block in text.of(*_READ) if block.language.is_rtl]


def _is_guarded(text: Text, block: Block, start: int) -> bool:
    """Tell whether a left-to-right mark or isolate opens right before the place, or code or a link target holds it."""
    before = text.raw[block.start : start]
    opened = sum(before.count(mark) for mark in _ISOLATES + "\u202a") > sum(before.count(m) for m in "\u2069\u202c")
    return (
        opened or before[-1:] in _GUARD or before.count("`") % 2 == 1 or bool(re.search(r"(?:<|\]\()[^\s>)]*$", before))
    )


@rule("bidi-iso-date", Level.WARN)
def bidi_iso_date(text: Text, context: Context) -> Iterator[Mark]:
    """An ISO date in right-to-left text without isolate: it is shown as 21-06-2026 or worse."""
    for block in _right_to_left(text):
        for match in re.compile(r"(?<![\w/-])\d{4}-\d{2}-\d{2}(?![\w/-])").finditer(text.raw, block.start, block.end):
            if not _is_guarded(text, block, match.start()):
                yield Mark(
                    match.start(), match.end(), "Isolate it left to right (U+2066 … U+2069), or write the date out."
                )


@rule("bidi-reversed-date", Level.ERROR)
def bidi_reversed_date(text: Text, context: Context) -> Iterator[Mark]:
    """A date or year whose digits were turned round in copying: 62-06-1202, 12-60-6202."""
    for block in text.of(*_READ):
        for match in re.compile(r"(?<![\w/.-])(\d{2})[-/](\d{2})[-/](\d{4})(?![\w/-])").finditer(
            text.raw, block.start, block.end
        ):
            turned = [int(part[::-1]) for part in match.groups()]
            month, year = int(match[2]), int(match[3])
            looks_wrong = not (1900 <= year <= 2100 or 1300 <= year <= 1500) or month > 12
            if looks_wrong and 1900 <= turned[2] <= 2100 and 1 <= turned[1] <= 12 and 1 <= turned[0] <= 31:
                yield Mark(match.start(), match.end(), "The digits stand in reverse: take the date from the source.")


@rule("bidi-plus-sign", Level.WARN)
def bidi_plus_sign(text: Text, context: Context) -> Iterator[Mark]:
    """A number with a leading + or minus in right-to-left text without isolate: the sign moves to the other end."""
    for block in _right_to_left(text):
        for match in re.compile(r"(?<![\w+-])[+\u2212-]\d[\d\s().-]*\d").finditer(text.raw, block.start, block.end):
            if not _is_guarded(text, block, match.start()) and not re.match(r"-\d+$", match[0]):
                yield Mark(match.start(), match.end(), "Isolate it left to right (U+2066 … U+2069): the sign moves.")


@rule("bidi-moved-plus", Level.ERROR)
def bidi_moved_plus(text: Text, context: Context) -> Iterator[Mark]:
    """A telephone number that ends in +: the sign was moved by display order and then copied."""
    for block in text.of(*_READ):
        for match in re.compile(r"(?<![\w+])(?:00)?\d[\d -]{7,}\d\+(?!\w)").finditer(text.raw, block.start, block.end):
            yield Mark(match.start(), match.end(), "The + belongs before the number.")


@rule("bidi-unbalanced-control", Level.ERROR)
def bidi_unbalanced_control(text: Text, context: Context) -> Iterator[Mark]:
    """A direction mark that is opened and not closed in its paragraph: it turns round what follows."""
    for block in text.blocks:
        opened: list[int] = []
        for match in re.compile(f"[{_OPENERS}\u202c\u2069]").finditer(text.raw, block.start, block.end):
            if match[0] in _OPENERS:
                opened.append(match.start())
            elif opened:
                opened.pop()
            else:
                yield Mark(match.start(), match.end(), "Closes a direction that was not opened here.")
        for start in opened:
            yield Mark(start, min(block.end, start + 12), "A direction mark is not closed in its paragraph.")


@rule("bidi-override", Level.ERROR)
def bidi_override(text: Text, context: Context) -> Iterator[Mark]:
    """A forced direction (U+202D, U+202E): what is read differs from what is stored."""
    for match in re.finditer("[\u202d\u202e][^\u202c\n]*\u202c?", text.raw):
        yield Mark(match.start(), match.end(), "Remove the override; use isolates (U+2066 … U+2069).")


@rule("bidi-range", Level.INFO)
def bidi_range(text: Text, context: Context) -> Iterator[Mark]:
    """A range of numbers with a hyphen in right-to-left text: the page shows the greater first. Write «إلى», «تا», «تر»."""
    for block in text.of(Kind.PROSE, Kind.ITEM):
        if block.language.is_rtl:
            for match in re.compile(r"(?<![\w/.-])\d{1,4}[-–]\d{1,4}(?![\w/.-])").finditer(
                text.raw, block.start, block.end
            ):
                if not _is_guarded(text, block, match.start()):
                    yield Mark(match.start(), match.end(), "Write the range in words, or isolate it.")
