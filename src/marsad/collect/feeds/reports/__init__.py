"""The desk's own report folder: Markdown, JSON Lines, CSV, TSV, plain text and PDF, read as they lie, never changed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from marsad.collect.batch import Batch, Request, Row, coverage, finding, shorten
from marsad.collect.decoding import Decoded, decode
from marsad.collect.feeds.reports import delimited, jsonl, single
from marsad.collect.feeds.reports.record import Notes, Record, SetAside, report_row
from marsad.domain.desk import Feed
from marsad.domain.tables import REPORTS
from marsad.errors import FeedUnreachable

SUFFIXES = (".md", ".markdown", ".jsonl", ".ndjson", ".csv", ".tsv", ".txt", ".pdf")
LARGEST_FILE = 200_000_000  # bytes

Item = Record | tuple[int, str, SetAside]


def read(feed: Feed, request: Request) -> Batch:
    """Read every report of a folder (or of one file), in the order of the files' names.

    Hidden files and ``README`` are passed over. What cannot be a report is set aside with file, line and reason as a
    finding; the raw file stays as it is.

    Raises:
        FeedUnreachable: there is no such folder or file.
    """
    place = request.root / feed.where
    if not place.exists():
        raise FeedUnreachable(feed.name, feed.where, "no such folder or file")
    base = place if place.is_dir() else place.parent
    rows: dict[str, Row] = {}
    findings: list[Row] = []
    failed = Counter[date]()
    for path in _files(place):
        where = f"{feed.name}:{path.relative_to(base).as_posix()}"
        notes = Notes()
        for item in _items(path, where, findings):
            outcome = report_row(item, feed, request, notes) if isinstance(item, Record) else item[2]
            line, quote = (item.line, _quote(item)) if isinstance(item, Record) else item[:2]
            if isinstance(outcome, SetAside):
                findings.append(finding(outcome.rule, "warn", where, f"set aside: {outcome.reason}", line, quote))
                failed[outcome.day or request.now.date()] += 1
                continue
            findings += _keep(outcome, rows, where, line)
        findings += _remarks(notes, where)
    received = Counter(row["published_at"].date() for row in rows.values())  # type: ignore[attr-defined]  # a datetime
    return Batch(
        reports=REPORTS.from_rows(list(rows.values())),
        coverage=coverage(feed.name, feed.daily_reports, received, failed, request),
        findings=shorten(findings),
    )


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    found = (path for path in place.rglob("*") if path.is_file())
    shown = (path for path in found if not any(part.startswith(".") for part in path.relative_to(place).parts))
    return sorted(path for path in shown if path.stem.upper() != "README")


def _items(path: Path, where: str, findings: list[Row]) -> Iterator[Item]:
    """Yield the records of one file; what is wrong with the file as a whole goes to ``findings``."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        message = f"not read: files called *{suffix or path.name} are not known; known are {', '.join(SUFFIXES)}"
        findings.append(finding("unknown-format", "info", where, message))
        return
    if path.stat().st_size > LARGEST_FILE:
        yield 0, "", SetAside("too-large", f"larger than {LARGEST_FILE // 1_000_000} MB")
        return
    try:
        raw = path.read_bytes()
    except OSError as error:
        yield 0, "", SetAside("unreadable", f"cannot be read ({error.strerror})")
        return
    if suffix == ".pdf":
        yield _single(single.pdf(raw, path.name))
        return
    decoded = decode(raw)
    if decoded is None:
        yield 0, "", SetAside("binary", f"binary data, not a {suffix[1:]} text")
        return
    if decoded.is_guess:
        message = f"not UTF-8: read as {decoded.encoding}, the likeliest by its letters"
        findings.append(finding("encoding", "warn", where, message, 0, decoded.text[:80]))
    yield from _text_items(decoded, suffix, path.name, raw)


def _text_items(decoded: Decoded, suffix: str, name: str, raw: bytes) -> Iterable[Item]:
    if suffix in {".jsonl", ".ndjson"}:
        return jsonl.records(decoded.text)
    if suffix in {".csv", ".tsv"}:
        return delimited.records(decoded.text, "\t" if suffix == ".tsv" else ",")
    if suffix == ".txt":
        return [single.plain(decoded.text, name, raw)]
    return [_single(single.markdown(decoded.text, name, raw))]


def _single(found: Record | SetAside) -> Item:
    return found if isinstance(found, Record) else (0, "", found)


def _quote(record: Record) -> str:
    return str(record.fields.get("title") or record.fields.get("text") or "")


def _keep(row: Row, rows: dict[str, Row], where: str, line: int) -> list[Row]:
    """Add a report unless one of that id is there; a repetition is remarked, an id given to two texts is a fault."""
    report_id = str(row["report_id"])
    there = rows.setdefault(report_id, row)
    if there is row:
        return []
    if there["text"] == row["text"]:
        return [finding("repeated", "info", where, f"report {report_id} again, counted once", line)]
    message = f"set aside: id {report_id} already belongs to another report; give each report its own"
    return [finding("id-twice", "warn", where, message, line, str(row["title"] or row["text"]))]


def _remarks(notes: Notes, where: str) -> list[Row]:
    found = []
    if notes.unknown_fields:
        message = f"columns not used: {', '.join(sorted(notes.unknown_fields))}"
        found.append(finding("unknown-columns", "info", where, message))
    if notes.other_languages:
        counts = ", ".join(f"{name} ({n})" for name, n in sorted(notes.other_languages.items()))
        found.append(finding("other-language", "info", where, f"kept, but not in a language Marsad reads: {counts}"))
    if notes.undated:
        message = f"{notes.undated} without a date: the day of collection stands in, marked as estimated"
        found.append(finding("undated", "info", where, message))
    if notes.future:
        found.append(finding("future-date", "warn", where, f"{notes.future} dated after the day of collection"))
    return found
