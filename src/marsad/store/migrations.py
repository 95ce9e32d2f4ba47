"""Bring an older desk's files to the schema of this Marsad, one numbered step after another."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from marsad.domain.tables import SCHEMA_VERSION, TABLES
from marsad.errors import DamagedTable, NewerDesk
from marsad.store.disk import Disk

Migration = Callable[[Path, Disk], None]


def add_new_columns(root: Path, disk: Disk) -> None:
    """Give every file the columns its table has gained; they are null for rows written before."""
    for name, spec in TABLES.items():
        for path in sorted((root / name).glob("*.parquet")):
            try:
                table = pq.read_table(path)
            except (pa.ArrowException, OSError) as error:
                raise DamagedTable(str(path), str(error).splitlines()[0]) from error
            missing = [column for column in spec.schema if column.name not in table.schema.names]
            if not missing:
                continue
            for column in missing:
                table = table.append_column(column, pa.nulls(table.num_rows, column.type))
            metadata = table.schema.metadata
            table = table.select(spec.schema.names).cast(spec.schema).replace_schema_metadata(metadata)
            buffer = BytesIO()
            pq.write_table(table, buffer, compression="zstd")
            disk.write(path, buffer.getvalue())


MIGRATIONS: dict[int, Migration] = {
    1: add_new_columns,  # before 0.1.0 desks carried no version
    2: add_new_columns,  # when a break was noticed, what a reaction is to
}
"""Step n brings a desk of version n - 1 to version n."""


def migrate(root: Path, disk: Disk) -> None:
    """Run the steps a desk has not had yet; the version is written after each, so a crash resumes at the right one.

    Raises:
        NewerDesk: the desk is ahead of this Marsad.
        DamagedTable: a file or the version record is unreadable.
    """
    path = root / "schema.json"
    found = _version(path) if path.exists() else 0
    if found > SCHEMA_VERSION:
        raise NewerDesk(str(root), found, SCHEMA_VERSION)
    for step in range(found + 1, SCHEMA_VERSION + 1):
        MIGRATIONS[step](root, disk)
        disk.write(path, json.dumps({"version": step}).encode())


def _version(path: Path) -> int:
    try:
        return int(json.loads(path.read_text("utf-8"))["version"])
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise DamagedTable(str(path), str(error)) from error
