"""A desk's tables: one Parquet file per table and week is the truth, DuckDB reads over them."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from marsad.domain.tables import SCHEMA_VERSION, TABLES, TableSpec
from marsad.domain.week import Week
from marsad.errors import DamagedTable
from marsad.store.disk import Disk
from marsad.store.migrations import migrate

_MADE_FROM = b"marsad.made_from"


@dataclass(frozen=True)
class Added:
    """What adding rows to a ledger did.

    Args:
        n_new: rows whose key was not there.
        n_kept: rows already there, word for word or not.
        changed: keys that came back with other content; the first version stays.
    """

    n_new: int
    n_kept: int
    changed: tuple[tuple[Any, ...], ...] = ()


class Store:
    """All tables of one desk. The only room that opens DuckDB.

    Args:
        root: the desk's ``data`` folder; made on the first write.
        disk: how bytes get to disk.

    Raises:
        NewerDesk: the folder was written by a newer Marsad.
        DamagedTable: a file is unreadable (on reading it).
    """

    def __init__(self, root: Path, disk: Disk | None = None) -> None:
        self.root, self._disk = root, disk or Disk()
        if root.exists():
            migrate(root, self._disk)

    def add(self, name: str, table: pa.Table) -> Added:
        """Add to a ledger the rows whose key is new; rows already there stay as they were first written.

        Saving the same rows twice equals saving them once.
        """
        spec = TABLES[name]
        table = _first_of_each(table.cast(spec.schema), spec)
        stands = self._standing(spec, table)
        fresh, twice = _split_by_key(table, stands, spec)
        for partition, rows in _by_partition(fresh, spec):
            self._write(spec, partition, pa.concat_tables([self._load(spec, partition), rows]))
        return Added(fresh.num_rows, twice.num_rows, tuple(_changed(twice, stands, spec)))

    def replace(self, name: str, partition: str, table: pa.Table, *, made_from: str | None = None) -> None:
        """Replace one partition whole; a rerun of a week replaces, never doubles.

        Args:
            name: of the table.
            partition: the week that names the file.
            table: all rows of the partition.
            made_from: what the rows were computed from, see :meth:`is_made_from`.
        """
        spec = TABLES[name]
        self._write(spec, partition, table.cast(spec.schema), made_from=made_from)

    def is_made_from(self, name: str, partition: str, made_from: str) -> bool:
        """Tell whether a partition stands and was computed from just this."""
        path = self._path(name, partition)
        if not path.exists():
            return False
        metadata = _readable(path, lambda: pq.read_schema(path).metadata) or {}
        return bool(metadata.get(_MADE_FROM) == made_from.encode())

    def partitions(self, name: str) -> list[str]:
        """Return the weeks for which a table has a file, in order."""
        return sorted(path.stem for path in (self.root / name).glob("*.parquet"))

    def fingerprint(self, name: str, partition: str) -> str:
        """Return a hash of a partition's bytes, to tell whether what was made from it still holds."""
        return hashlib.sha256(self._path(name, partition).read_bytes()).hexdigest()[:16]

    def partition(self, name: str, partition: str) -> pa.Table:
        """Return the rows of one partition, whenever learnt; none if there is no file."""
        return self._load(TABLES[name], partition)

    def read(self, name: str, *, as_of: datetime | None = None, run: Week | None = None) -> pa.Table:
        """Return the rows known at `as_of` (all if None), sorted by key, so that the same rows give the same bytes.

        Args:
            name: of the table.
            as_of: only rows with ``known_at`` up to this instant.
            run: for a vintage, the week whose run is wanted; all runs if None.
        """
        spec = TABLES[name]
        paths = (
            [str(self._path(name, str(run)))] if run else [str(p) for p in sorted((self.root / name).glob("*.parquet"))]
        )
        paths = [path for path in paths if Path(path).exists()]
        if not paths:
            return spec.empty()
        where = "where known_at <= $as_of" if as_of else ""
        query = f"select * from read_parquet($paths) {where} order by {', '.join(spec.key)}"  # noqa: S608 names are ours
        return self._query(query, {"paths": paths} | ({"as_of": as_of} if as_of else {})).cast(spec.schema)

    def relation(self, table: pa.Table) -> Any:
        """Return an Arrow table as an Ibis relation, for expressions that also run on Spark."""
        import ibis

        return ibis.memtable(table)

    def execute(self, expression: Any) -> pa.Table:
        """Return what an Ibis expression over relations comes to, computed by this store's DuckDB."""
        import ibis

        return ibis.duckdb.from_connection(self._duckdb).to_pyarrow(expression)

    def write_cache(self) -> Path:
        """Write ``desk.duckdb``, views over the Parquet files for any DuckDB client; deleting it loses nothing."""
        path = self.root.parent / "desk.duckdb"
        path.unlink(missing_ok=True)
        with duckdb.connect(str(path)) as cache:
            for name in TABLES:
                if any((self.root / name).glob("*.parquet")):
                    where = (self.root / name / "*.parquet").resolve().as_posix().replace("'", "''")
                    cache.execute(f"create view {name} as select * from read_parquet('{where}')")  # noqa: S608
        return path

    @cached_property
    def _duckdb(self) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect()
        connection.execute("set timezone = 'UTC'")
        return connection

    def _path(self, name: str, partition: str) -> Path:
        return self.root / name / f"{partition}.parquet"

    def _standing(self, spec: TableSpec, table: pa.Table) -> pa.Table:
        """Return the rows that stand under the keys of `table`, in whatever week they were first learnt."""
        paths = [str(path) for path in sorted((self.root / spec.name).glob("*.parquet"))]
        if not paths or not table.num_rows:
            return spec.empty()
        self._duckdb.register("incoming", table.select(spec.key))
        query = f"select * from read_parquet($paths) semi join incoming using ({', '.join(spec.key)})"  # noqa: S608
        return self._query(query, {"paths": paths}).cast(spec.schema)

    def _query(self, query: str, params: dict[str, Any]) -> pa.Table:
        try:
            return self._duckdb.sql(query, params=params).to_arrow_table()
        except duckdb.Error as error:
            raise DamagedTable(_guilty(params["paths"]), _one_line(error)) from error

    def _load(self, spec: TableSpec, partition: str) -> pa.Table:
        path = self._path(spec.name, partition)
        if not path.exists():
            return spec.empty()
        return _readable(path, lambda: pq.read_table(path)).cast(spec.schema)

    def _write(self, spec: TableSpec, partition: str, table: pa.Table, *, made_from: str | None = None) -> None:
        version = self.root / "schema.json"
        if not version.exists():
            self._disk.write(version, json.dumps({"version": SCHEMA_VERSION}).encode())
        table = table.sort_by([(column, "ascending") for column in spec.key]).combine_chunks()
        if made_from is not None:
            table = table.replace_schema_metadata({_MADE_FROM: made_from.encode()})
        buffer = BytesIO()
        pq.write_table(table, buffer, compression="zstd")
        self._disk.write(self._path(spec.name, partition), buffer.getvalue())


def _by_partition(table: pa.Table, spec: TableSpec) -> Iterable[tuple[str, pa.Table]]:
    weeks = pa.array([_week_name(value) for value in table[spec.partition].to_pylist()], pa.string())
    for week in sorted(set(weeks.to_pylist())):
        yield week, table.filter(pc.equal(weeks, week))


def _week_name(value: datetime | date | str) -> str:
    if isinstance(value, str):
        return value
    return str(Week.of(value.date() if isinstance(value, datetime) else value))


def _keys(table: pa.Table, spec: TableSpec) -> list[tuple[Any, ...]]:
    return list(zip(*(table[column].to_pylist() for column in spec.key), strict=True))


def _first_of_each(table: pa.Table, spec: TableSpec) -> pa.Table:
    first: dict[tuple[Any, ...], int] = {}
    for position, key in enumerate(_keys(table, spec)):
        first.setdefault(key, position)
    return table if len(first) == table.num_rows else table.take(pa.array(first.values(), pa.int64()))


def _split_by_key(rows: pa.Table, old: pa.Table, spec: TableSpec) -> tuple[pa.Table, pa.Table]:
    there = set(_keys(old, spec))
    is_old = pa.array([key in there for key in _keys(rows, spec)], pa.bool_())
    return rows.filter(pc.invert(is_old)), rows.filter(is_old)


def _changed(twice: pa.Table, old: pa.Table, spec: TableSpec) -> list[tuple[Any, ...]]:
    """Return the keys whose content differs from what stands, leaving aside when it was learnt."""
    content = [column for column in spec.schema.names if column not in {"known_at", "backfilled", *spec.key}]
    stands = dict(zip(_keys(old, spec), old.select(content).to_pylist(), strict=True))
    return [
        key
        for key, row in zip(_keys(twice, spec), twice.select(content).to_pylist(), strict=True)
        if stands[key] != row
    ]


def _readable(path: Path, read: Any) -> Any:
    try:
        return read()
    except (pa.ArrowException, OSError) as error:
        raise DamagedTable(str(path), _one_line(error)) from error


def _guilty(paths: list[str]) -> str:
    """Return the first file that cannot be read, to name it."""
    for path in paths:
        try:
            pq.read_metadata(path)
        except (pa.ArrowException, OSError):
            return path
    return str(Path(paths[0]).parent)


def _one_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
