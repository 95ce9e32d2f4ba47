"""Any file or folder of events as one table: our own columns, a temporal graph, ICEWS or GDELT, told by shape."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from marsad.collect import lines
from marsad.collect.batch import Batch, Request, Row
from marsad.collect.feeds import gdelt, icews, tkg
from marsad.domain.desk import Feed
from marsad.domain.tables import EVENTS, INSTANT
from marsad.domain.words import EventType, Status
from marsad.errors import BadInput, SourceError
from marsad.vocab import codebook

NEEDED = ("event_date", "source", "event_type", "target")
_HOW = (
    "give a Parquet or CSV file with event_date, source, event_type and target, a temporal-graph folder, "
    "or an ICEWS or GDELT file"
)
_HEAD = 4096


@dataclass(frozen=True)
class Opened:
    """Events of one file or folder, and what was set aside on the way (rows of the findings table without ``run``)."""

    events: pa.Table
    findings: tuple[Row, ...]


def read_events(path: Path) -> pa.Table:
    """Return the events of a file or folder; see :func:`open_events`."""
    return open_events(path).events


def open_events(path: Path) -> Opened:
    """Read events from a Parquet or CSV file of our own columns, a temporal-graph folder, or ICEWS or GDELT files.

    Of our own columns ``event_date``, ``source``, ``event_type`` and ``target`` are needed. A missing ``quad_class``
    follows from the type, a missing ``goldstein`` from type and mode, a missing ``event_id`` from the row's contents
    and place; ``status`` is ``reported``, ``review`` false, and ``known_at`` the last second of the event's day.

    Raises:
        BadInput: no such path, of no known shape, or a row that cannot be an event.
    """
    try:
        if not path.exists():
            raise BadInput(str(path), "no such file or folder", _HOW)
        if path.is_dir():
            return _folder(path)
        if path.suffix.lower() == ".parquet":
            return Opened(_own(pq.read_table(path), path), ())
        return _text(path)
    except SourceError as error:
        raise BadInput(str(path), str(error), _HOW) from error
    except (OSError, pa.ArrowInvalid) as error:
        raise BadInput(str(path), f"cannot be read ({str(error).splitlines()[0]})", _HOW) from error


def _folder(path: Path) -> Opened:
    if tkg.is_folder(path):
        return _coded(path, tkg.read, "tkg")
    for file in sorted(file for file in path.iterdir() if file.name.lower().endswith((*gdelt.ENDINGS, *icews.ENDINGS))):
        head = _first_line(file)
        if icews.is_file(head):
            return _coded(path, icews.read, "icews")
        if gdelt.is_file(head):
            return _coded(path, gdelt.read, "gdelt")
    raise BadInput(str(path), "a folder with neither a temporal graph nor ICEWS or GDELT files", _HOW)


def _text(path: Path) -> Opened:
    head = _first_line(path)
    if icews.is_file(head):
        return _coded(path, icews.read, "icews")
    if gdelt.is_file(head):
        return _coded(path, gdelt.read, "gdelt")
    names = {name.strip('" ') for name in head.split("\t" if "\t" in head else ",")}
    if not set(NEEDED) <= names:
        raise BadInput(str(path), f"its first line names no {', '.join(sorted(set(NEEDED) - names))}", _HOW)
    table = pyarrow.csv.read_csv(
        path,
        parse_options=pyarrow.csv.ParseOptions(delimiter="\t" if "\t" in head else ",", newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
        ),
    )
    return Opened(_own(table, path), ())


def _first_line(path: Path) -> str:
    _, raw = next(lines.unpacked(path), ("", b""))
    return raw[:_HEAD].split(b"\n", 1)[0].decode("utf-8", errors="replace").strip("\r\ufeff")


def _coded(path: Path, reader: Callable[[Feed, Request], Batch], kind: str) -> Opened:
    """Events of a coded feed, all known from their own time on: an opened file is back-filled material."""
    feed = Feed(path.resolve().name, kind, path.resolve().name, "")
    request = Request(path.resolve().parent, None, datetime(1970, 1, 1, tzinfo=UTC), is_backfill=True, pause=_no_pause)
    batch = reader(feed, request)
    return Opened(batch.events, batch.findings)


def _no_pause(_: float) -> None:
    """Files need none."""


def _own(table: pa.Table, path: Path) -> pa.Table:
    """Our own columns, typed and completed."""
    if missing := [name for name in NEEDED if name not in table.column_names]:
        raise BadInput(str(path), f"has no column {', '.join(missing)}", _HOW)
    for name in NEEDED:
        if table[name].null_count:
            row = pc.index(pc.is_null(table[name]), value=True).as_py()
            raise BadInput(str(path), f"row {row + 1} has no {name}", "fill it in or remove the row")
    columns = {name: _cast(table[name], EVENTS.schema.field(name).type, name, path) for name in _shared(table)}
    types = columns["event_type"].to_pylist()
    bad = next((n for n, name in enumerate(types) if name not in set(EventType)), None)
    if bad is not None:
        raise BadInput(str(path), f"row {bad + 1} has event_type {types[bad]!r}", "use a PLOVER type such as CONSULT")
    modes = columns["mode"].to_pylist() if "mode" in columns else [None] * len(types)
    n_rows = len(types)
    ends = pc.add(columns["event_date"].cast(pa.timestamp("us")), pa.scalar(86_399_000_000, pa.duration("us")))
    defaults = {
        "event_id": pa.array(_ids(columns), pa.string()),
        "quad_class": pa.array([EventType(name).quad_class.value for name in types], pa.string()),
        "goldstein": pa.array(
            [codebook.goldstein(name, mode) for name, mode in zip(types, modes, strict=True)], pa.float64()
        ),
        "status": pa.repeat(Status.REPORTED.value, n_rows),
        "review": pa.repeat(pa.scalar(value=False), n_rows),
        "backfilled": pa.repeat(pa.scalar(value=True), n_rows),
        "known_at": pc.assume_timezone(ends, "UTC").cast(INSTANT),
    }
    return pa.Table.from_arrays(
        [_filled(columns.get(column.name), defaults.get(column.name), n_rows, column.type) for column in EVENTS.schema],
        schema=EVENTS.schema,
    )


def _shared(table: pa.Table) -> list[str]:
    return [name for name in EVENTS.schema.names if name in table.column_names]


def _cast(column: pa.ChunkedArray, kind: pa.DataType, name: str, path: Path) -> pa.Array:
    values = column.combine_chunks()
    if isinstance(values, pa.ChunkedArray):  # Arrow leaves an empty column in chunks
        values = pa.concat_arrays(values.chunks) if values.num_chunks else pa.array([], values.type)
    try:
        return values if values.type == kind else values.cast(kind)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        fault = str(error).splitlines()[0]
        raise BadInput(str(path), f"column {name} cannot be read ({fault})", "write days as 2026-05-28") from error


def _filled(given: pa.Array | None, default: pa.Array | None, n_rows: int, kind: pa.DataType) -> pa.Array:
    if given is None:
        return pa.nulls(n_rows, kind) if default is None else default
    return given if default is None else pc.coalesce(given, default)


def _ids(columns: dict[str, pa.Array]) -> list[str]:
    """Ids from a row's contents and, for rows alike, from which of them it is."""
    seen: dict[str, int] = {}
    found = []
    for row in zip(*(columns[name].to_pylist() for name in sorted(columns)), strict=True):
        content = "\x1f".join(map(str, row))
        seen[content] = seen.get(content, 0) + 1
        found.append(hashlib.sha256(f"{content}\x1f{seen[content]}".encode()).hexdigest()[:16])
    return found
