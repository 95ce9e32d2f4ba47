"""Large delimited files as Arrow columns, with the exact line of every row that has the wrong shape."""

import csv
import gzip
import io
import zipfile
import zlib
from collections import Counter
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

_NULLS = frozenset({"", "NA"})


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
    """Yield the bytes of a file as it is, gunzipped, or of each member of a zip; with ``/member``, or an empty name.

    Raises:
        OSError: the file cannot be read, or its packing is damaged, locked or of an unknown kind.
    """
    try:
        yield from _unpacked(path)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise OSError(str(error)) from error


def _unpacked(path: Path) -> Iterator[Bytes]:
    if path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as packed:
            for member in packed.infolist():
                if not member.is_dir():
                    yield f"/{member.filename}", packed.read(member)
    elif path.suffix.lower() == ".gz":
        with gzip.open(path) as packed_file:
            yield "", packed_file.read()
    else:
        yield "", path.read_bytes()


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
    if len(lines) and not np.isin(counts, list(widths)).any():
        message = f"not read: no line has {wanted} fields"
        findings.append(finding("not-events", "info", where, message, 0, lines[0].as_py()))
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
    """Return the rows below the header of a comma-separated, quoted file, one row a line, ``NA`` as null.

    The width is the commonest; lines of another width or with an open quotation mark are set aside. None: no rows.
    """
    lines, numbers = line_array(raw)
    lines, numbers = _decoded(lines, numbers, where, findings)
    texts = lines.to_pylist()[1:]
    rows = [_csv_row(text) for text in texts]
    widths = Counter(len(row) for row in rows if row)
    width = widths.most_common(1)[0][0] if widths else 0
    for row, text, number in zip(rows, texts, numbers[1:].tolist(), strict=True):
        if len(row) != width or not row:
            reason = f"{len(row)} fields where {width} were expected" if row else "an open quotation mark"
            findings.append(finding("wrong-columns", "warn", where, f"set aside: {reason}", number, text))
    good = np.array([len(row) == width for row in rows], dtype=bool)
    if width == 0:
        return None
    cells = zip(*(row for row in rows if len(row) == width), strict=True)
    columns = [pa.array([None if cell in _NULLS else cell for cell in column], pa.string()) for column in cells]
    return Block(width, numbers[1:][good], columns)


def _csv_row(line: str) -> list[str]:
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error:
        return []


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
