# ruff: noqa: ARG001 - one signature for all rules; a docstring states the fault
"""Note marks, notes and links."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from unicodedata import normalize

from marsad.check.context import Context
from marsad.check.finding import Level, Mark, rule
from marsad.check.reading import Kind, Marker, Sentence, Text

_LINK = re.compile(r"\[[^\]\n]*\]\((?P<target>[^)\n]*)\)")
_PLACEHOLDER = re.compile(
    r"\s*(?:#|https?://(?:example\.(?:com|org)|localhost)\S*|todo|tbd|url|link|\.\.\.)?\s*", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://[^\s<>()\]«»،]+")
_HOST = re.compile(r"https?://(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_STYLE_CLASS = {"link": "", "role": ""}


@rule("mixed-footnote-markers", Level.ERROR)
def mixed_footnote_markers(text: Text, context: Context) -> Iterator[Mark]:
    """Note marks of more than one kind, or marks that look unlike the labels of their notes."""
    marks = [marker for marker in text.markers if _STYLE_CLASS.get(marker.style, marker.style)]
    labels = [entry for entry in text.sources if entry.style]
    body, notes = _styles(marks), _styles(labels)
    same_number = {"superscript digit", "bracketed number", "number", "round bracket"}
    agree = body == notes or (len(body) == 1 and len(notes) == 1 and body | notes <= same_number)
    if not marks or (len(body) == 1 and (agree or not notes)):
        return
    seen: set[str] = set()
    for marker in [*marks, *labels]:
        if marker.style not in seen:
            seen.add(marker.style)
            start = _word_before(text, marker) if marker in marks else marker.start
            end = marker.end if marker in marks else min(marker.end, marker.start + 12)
            kinds = ", ".join(sorted(body | notes))
            yield Mark(start, end, f"Marks and notes are written in several ways ({kinds}): use one.")


def _styles(marks: list[Marker]) -> set[str]:
    return {marker.style for marker in marks}


def _word_before(text: Text, marker: Marker) -> int:
    return max(text.raw.rfind(" ", 0, marker.start), text.raw.rfind("\n", 0, marker.start)) + 1


@rule("empty-link", Level.ERROR)
def empty_link(text: Text, context: Context) -> Iterator[Mark]:
    """A link that leads nowhere: give the address, the day it was read, and an archive copy."""
    for match in _LINK.finditer(text.raw):
        if _PLACEHOLDER.fullmatch(match["target"]):
            message = "The link has no target: give the address, the access date and an archived copy."
            yield Mark(match.start(), match.end(), message)


@rule("malformed-link", Level.ERROR)
def malformed_link(text: Text, context: Context) -> Iterator[Mark]:
    """An address that cannot be one: no host, a space or an Arabic comma inside, two schemes."""
    for match in _ADDRESS.finditer(text.raw):
        address = match[0].rstrip(".,;:!?؟'\"")
        if not _HOST.fullmatch(address) or address.count("://") > 1 + address.count("archive"):
            yield Mark(match.start(), match.start() + len(address), "This is no usable address: copy it again.")


@rule("footnote-undefined", Level.ERROR)
def footnote_undefined(text: Text, context: Context) -> Iterator[Mark]:
    """A note mark without its note: the reader looks for the source and finds none."""
    defined = {entry.label for entry in text.sources if entry.style == "footnote"}
    seen: set[str] = set()
    for marker in text.markers:
        if marker.style == "footnote" and marker.label not in defined | seen:
            seen.add(marker.label)
            yield Mark(marker.start, marker.end, "No note has this label: add it or remove the mark.")


@rule("footnote-unused", Level.WARN)
def footnote_unused(text: Text, context: Context) -> Iterator[Mark]:
    """A note no mark refers to: it lends weight to nothing in particular."""
    used = {marker.label for marker in text.markers if marker.style == "footnote"}
    used |= set(re.findall(r"\[\^([^\]\s]+)\](?!:)", text.raw))
    for entry in text.sources:
        if entry.style == "footnote" and entry.label not in used:
            yield Mark(entry.start, entry.end, "No sentence refers to this note.")


@rule("footnote-twice", Level.ERROR)
def footnote_twice(text: Text, context: Context) -> Iterator[Mark]:
    """Two notes under one label: a reader is sent to the first."""
    counts = Counter((entry.style, entry.label) for entry in text.sources if entry.style)
    seen: set[tuple[str, str]] = set()
    for entry in text.sources:
        key = (entry.style, entry.label)
        if counts[key] > 1 and key in seen:
            yield Mark(entry.start, entry.end, f"Another note has the label {entry.label}.")
        seen.add(key)


@rule("marker-without-source", Level.WARN)
def marker_without_source(text: Text, context: Context) -> Iterator[Mark]:
    """More note marks than notes in a text whose notes are counted."""
    numbered = {"superscript digit", "bracketed number", "round bracket"}
    n_notes = len(text.sources)
    for marker in text.markers:
        if marker.style in numbered and n_notes and int(normalize("NFKC", marker.label)) > n_notes:
            yield Mark(marker.start, marker.end, f"There are {n_notes} notes only.")


@rule("too-few-sources", Level.ERROR)
def too_few_sources(text: Text, context: Context) -> Iterator[Mark]:
    """Long analysis on few notes, most of its sections without any.

    Counted: fewer than one source for 300 words, and marks in less than half of the sections of 80 words or more.
    """
    section = text.with_role("sources")
    n_sources = len(text.sources)
    if text.n_words < 600 or n_sources * 300 >= text.n_words:
        return
    long = [
        section.index
        for section in text.sections
        if section.role not in {"sources", "scorecard"}
        and sum(block.end - block.start for block in section.blocks) > 400
    ]
    cited = {block.section for block in text.of(Kind.PROSE, Kind.ITEM) if text.is_cited(block)}
    bare = [index for index in long if index not in cited]
    if len(bare) * 2 >= len(long) and (section or text.headings):
        place = text.named_at(section) if section else (text.headings[-1].start, text.headings[-1].end)
        message = f"{n_sources} sources for {text.n_words} words; {len(bare)} of {len(long)} sections carry no note."
        yield Mark(*place, message)


@rule("no-sources", Level.ERROR)
def no_sources(text: Text, context: Context) -> Iterator[Mark]:
    """An analysis of 300 words or more without a single source, note or link."""
    if text.n_words >= 300 and not text.sources and not text.markers and text.sentences:
        first = text.sentences[0]
        yield Mark(first.start, first.end, "Nothing here is sourced: add notes with outlet, date and address.")


@rule("note-scope-ambiguous", Level.WARN)
def note_scope_ambiguous(text: Text, context: Context) -> Iterator[Mark]:
    """One note at the very end of a section of several paragraphs: which claims does it bear?"""
    for section in text.sections[1:]:
        prose = [block for block in section.blocks if block.kind in {Kind.PROSE, Kind.ITEM}]
        marks = [
            marker
            for marker in text.markers
            if prose and prose[0].start <= marker.start < prose[-1].end and marker.style not in {"link", "role"}
        ]
        if len(prose) >= 3 and len(marks) == 1 and marks[0].end >= prose[-1].end - 2:
            sentence = text.sentence_at(marks[0].start)
            start = max(sentence.start if sentence else prose[-1].start, marks[0].start - 40)
            message = f"One note closes {len(prose)} paragraphs: put notes at the claims they support."
            yield Mark(start, marks[0].end, message)


@rule("one-note-two-claims", Level.ERROR)
def one_note_two_claims(text: Text, context: Context) -> Iterator[Mark]:
    """Two attributed claims in a row with one note after the second: the first hangs in the air."""
    for one, other in pairwise(text.analysis):
        if one.block is not other.block or text.is_cited(one) or not text.is_cited(other):
            continue
        n_marks = sum(other.start <= marker.start < other.end for marker in text.markers)
        if n_marks == 1 and _is_attributed(text, one) and _is_attributed(text, other):
            message = "One note covers two attributed claims: give each its own."
            yield Mark(one.start, other.end, message)


def _is_attributed(text: Text, sentence: Sentence) -> bool:
    if text.has("quoted_by", sentence) or text.has("anonymous", sentence):
        return True
    said = text.hits("statement", sentence.start, sentence.end)
    return bool(said) and text.has("office", sentence)
