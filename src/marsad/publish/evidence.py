"""The evidence table: each passage of an issue, and the reports its notes lead to."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyarrow as pa

from marsad.publish.citations import Work
from marsad.publish.drawing import tidy_csv
from marsad.publish.issue import (
    Analyst,
    Block,
    Draft,
    Heading,
    Inline,
    Issue,
    Listing,
    Note,
    NoteRef,
    Paragraph,
    Quote,
    Table,
    plain,
)

COLUMNS = ("section", "passage", "note", "report_id", "outlet", "published", "url", "event_ids")


def evidence_csv(issue: Issue, sources: Sequence[Work], evidence: pa.Table | None = None) -> bytes:
    """Return one row per passage and note that stands behind it; a passage without a note has one row without.

    Made from the issue as it is published, so that it follows what an analyst changes.

    Args:
        issue: what is published.
        sources: its notes as citable works, in order of their numbers, as :func:`marsad.publish.citations.works` gives.
        evidence: what the machine's sentences rest on (columns ``sentence`` and ``event_ids``); a passage that holds
            such a sentence bears its events.

    Returns:
        CSV with the columns ``section`` (id of the heading), ``passage`` (the text up to its notes), ``note`` (number),
        ``report_id``, ``outlet``, ``published`` (day), ``url``, ``event_ids`` (parted by spaces).
    """
    events = {} if evidence is None else _events(evidence)
    by_number = {note.number: (note, work) for note, work in zip(issue.notes, sources, strict=True)}
    return tidy_csv(COLUMNS, _rows(issue.blocks, by_number, events))


def _events(evidence: pa.Table) -> dict[str, Sequence[str]]:
    rows = evidence.select(["sentence", "event_ids"]).to_pylist()
    return {row["sentence"]: row["event_ids"] for row in rows if row["event_ids"]}


def _rows(
    blocks: Sequence[Block], by_number: Mapping[int, tuple[Note, Work]], events: Mapping[str, Sequence[str]]
) -> Iterator[tuple[object, ...]]:
    section = ""
    for block in blocks:
        if isinstance(block, Heading):
            section = block.id
        for passage, numbers in _passages(block):
            acts = " ".join(dict.fromkeys(i for said, ids in events.items() if said in passage for i in ids))
            for number in numbers:
                note, work = by_number[number]
                yield (section, passage, number, note.label, work.publisher, work.issued, work.url, acts)
            if not numbers:
                yield (section, passage, None, None, None, None, None, acts)


def _passages(block: Block) -> Iterator[tuple[str, list[int]]]:
    """Give the passages of a block with the numbers of their notes; questions to the analyst are none."""
    match block:
        case Paragraph(children):
            yield from _cut(children)
        case Draft(inner) | Quote(inner):
            for each in inner:
                yield from _passages(each)
        case Listing(items=items):
            for item in items:
                for each in item:
                    yield from _passages(each)
        case Table(rows=rows):
            for row in rows:
                cells = [plain(cell.children).strip() for cell in row]
                numbers = [run.number for cell in row for run in cell.children if isinstance(run, NoteRef)]
                yield " | ".join(cell for cell in cells if cell), list(dict.fromkeys(numbers))
        case Analyst() | _:
            pass


def _cut(runs: Iterable[Inline]) -> Iterator[tuple[str, list[int]]]:
    said: list[Inline] = []
    numbers: list[int] = []
    for run in runs:
        if isinstance(run, NoteRef):
            numbers.append(run.number)
            continue
        if numbers and plain((run,)).strip():
            yield _clean(said), numbers
            said, numbers = [], []
        said.append(run)
    if said:
        yield _clean(said), numbers


def _clean(runs: Sequence[Inline]) -> str:
    return re.sub("[\u2066-\u2069]", "", plain(tuple(runs))).strip()
