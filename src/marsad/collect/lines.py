"""Large delimited files as Arrow columns, with the exact line of every row that has the wrong shape."""

import csv
import gzip
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from marsad.collect.batch import Row, finding

Bytes = tuple[str, bytes]


@dataclass(frozen=True)
class Block:
    """Rows of one width.

    Args:
        width: number of fields.
        lines: 1-based line of each row in its file; int array.
        columns: one string column per field, empty fields as null.
    """

    width: int
    lines: Any
    columns: list[pa.Array]


def unpacked(path: Path) -> Iterator[Bytes]:
    """Yield ``(name, bytes)`` of a file as it is, unzipped or gunzipped.

    Raises:
        OSError, zipfile.BadZipFile, EOFError: the file or the packing is damaged.
    """
    if path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as packed:
            for member in packed.infolist():
                if not member.is_dir():
                    yield f"{path.name}/{member.filename}", packed.read(member)
    elif path.suffix.lower() == ".gz":
        with gzip.open(path) as packed_file:
            yield path.name, packed_file.read()
    else:
        yield path.name, path.read_bytes()


def line_array(raw: bytes) -> tuple[pa.Array, Any]:
    """Return the file's lines without line ends, and the 1-based number of each; empty lines are left out."""
    values = raw.replace(b"\r\n", b"\n").split(b"\n")
    lines = pa.array(values, pa.large_binary())
    numbers = np.arange(1, len(lines) + 1)
    filled = pc.greater(pc.binary_length(lines), 0)
    return lines.filter(filled), numbers[np.asarray(filled)]


def blocks(raw: bytes, delimiter: str, widths: frozenset[int], where: str, findings: list[Row]) -> list[Block]:
    """Return the rows of a file without quoting, one block per width; lines of another width are set aside."""
    lines, numbers = line_array(raw)
    lines, numbers = _decoded(lines, numbers, where, findings)
    counts = np.asarray(pc.add(pc.count_substring(lines, delimiter), 1))
    found: list[Block] = []
    wanted = " or ".join(str(n) for n in sorted(widths))
    if not np.isin(counts, list(widths)).any():
        message = f"not read: no line has {wanted} fields"
        findings.append(finding("not-events", "info", where, message, 0, lines[0].as_py() if len(lines) else ""))
        return found
    for width in sorted(set(counts.tolist())):
        at = np.flatnonzero(counts == width)
        if width in widths:
            found.append(Block(width, numbers[at], _columns(lines.take(at), delimiter, width)))
            continue
        for row in at.tolist():
            reason = f"set aside: {width} fields where {wanted} were expected"
            findings.append(finding("wrong-columns", "warn", where, reason, int(numbers[row]), lines[row].as_py()))
    return found


def quoted_block(raw: bytes, where: str, findings: list[Row]) -> Block | None:
    """Return the rows of a comma-separated, quoted file that have the width of its second row; others are set aside."""
    bad: list[Any] = []

    def set_aside(row: Any) -> str:
        bad.append(row)
        return "skip"

    second = raw.split(b"\n", 2)[1 if raw.count(b"\n") > 1 else 0].decode("utf-8", errors="replace")
    width = len(_csv_row(second))
    names = [str(n) for n in range(width)]
    table = pyarrow.csv.read_csv(
        io.BytesIO(raw.split(b"\n", 1)[1]),
        read_options=pyarrow.csv.ReadOptions(use_threads=False, column_names=names, encoding="utf8"),
        parse_options=pyarrow.csv.ParseOptions(invalid_row_handler=set_aside),
        convert_options=_as_strings(names, ["", "NA"]),
    )
    bad_lines = {row.number + 1 for row in bad}
    for row in bad:
        reason = f"set aside: {row.actual_columns} fields where {width} were expected"
        findings.append(finding("wrong-columns", "warn", where, reason, row.number + 1, row.text))
    numbers = np.array([n for n in range(2, table.num_rows + len(bad) + 2) if n not in bad_lines], dtype=np.int64)
    return Block(width, numbers, [column.combine_chunks() for column in table.columns])


def _csv_row(line: str) -> list[str]:
    return next(csv.reader([line]), [])


def _as_strings(names: list[str], nulls: list[str]) -> Any:
    return pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()),
        strings_can_be_null=True,
        null_values=nulls,
        quoted_strings_can_be_null=True,
    )


def _columns(lines: pa.Array, delimiter: str, width: int) -> list[pa.Array]:
    names = [str(n) for n in range(width)]
    table = pyarrow.csv.read_csv(
        io.BytesIO("\n".join(lines.to_pylist()).encode() + b"\n"),
        read_options=pyarrow.csv.ReadOptions(column_names=names),
        parse_options=pyarrow.csv.ParseOptions(delimiter=delimiter, quote_char=False, ignore_empty_lines=False),
        convert_options=_as_strings(names, [""]),
    )
    return [column.combine_chunks() for column in table.columns]


def _decoded(lines: pa.Array, numbers: Any, where: str, findings: list[Row]) -> tuple[pa.Array, Any]:
    try:
        return lines.cast(pa.large_string()), numbers
    except pa.ArrowInvalid:
        pass
    good: list[int] = []
    for at, line in enumerate(lines.to_pylist()):
        try:
            line.decode()
            good.append(at)
        except UnicodeDecodeError:
            quote = line.decode("utf-8", errors="replace")
            message = "set aside: the line is not UTF-8"
            findings.append(finding("bad-encoding", "warn", where, message, int(numbers[at]), quote))
    return lines.take(pa.array(good, pa.int64())).cast(pa.large_string()), numbers[good]
