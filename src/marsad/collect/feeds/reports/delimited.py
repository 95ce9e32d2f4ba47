"""CSV and TSV to records. A bad row costs itself only: reading goes on at the next line."""

import csv
from collections.abc import Iterator

from marsad.collect.feeds.reports.record import DATE_FIELDS, Record, SetAside

_LONGEST_ROW = 5000  # lines; an open quotation mark is given up after them, not at the end of a large file
_LONGEST_FIELD = 50_000_000  # characters; the csv module's own limit would refuse a long article


def records(text: str, delimiter: str) -> Iterator[Record | tuple[int, str, SetAside]]:
    """Yield one record per row, or ``(line, quote, why)`` for a row that is none. Lines count from 1.

    After a row with a wrong number of fields or an open quotation mark, reading resumes on the line after the one it
    began on, so that a stray mark does not swallow the rows below.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    lines = [line + "\n" for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    begin = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    header, at = _next_row(lines, begin, delimiter)
    names = [name.strip().lower() for name in header or []]
    if fault := _header_fault(names):
        yield begin + 1, lines[begin] if begin < len(lines) else "", fault
        return
    while at < len(lines):
        row, after = _next_row(lines, at, delimiter)
        if row is None or (row and len(row) != len(names)):
            reason = "an open quotation mark" if row is None else f"{len(row)} fields where the header has {len(names)}"
            yield at + 1, lines[at], SetAside("wrong-columns", reason)
            at += 1
            continue
        if any(cell.strip() for cell in row):
            yield Record(
                dict(zip(names, row, strict=True)), at + 1, "".join(lines[at:after]).encode(errors="surrogateescape")
            )
        at = after


def _next_row(lines: list[str], begin: int, delimiter: str) -> tuple[list[str] | None, int]:
    """Read the row that begins on a line and say which line follows; the row is None if it never ends."""
    reader = csv.reader(_from(lines, begin), delimiter=delimiter, strict=True)
    try:
        row = next(reader)
    except StopIteration:
        return [], len(lines)
    except csv.Error:
        return None, begin + 1
    return row, begin + reader.line_num


def _from(lines: list[str], begin: int) -> Iterator[str]:
    for n in range(begin, min(len(lines), begin + _LONGEST_ROW)):
        yield lines[n]


def _header_fault(names: list[str]) -> SetAside | None:
    if "text" not in names:
        return SetAside("bad-header", "the first row names no column 'text'; nothing of this file was used")
    if not set(names) & set(DATE_FIELDS):
        return SetAside("bad-header", "the first row names no column 'published'; nothing of this file was used")
    if twice := next((name for name in names if names.count(name) > 1), None):
        return SetAside("bad-header", f"two columns are called {twice!r}; nothing of this file was used")
    return None
