"""The only room that opens DuckDB: Parquet is the truth, every read takes ``as_of``."""

from marsad.store.disk import Disk
from marsad.store.store import Added, Store

__all__ = ["Added", "Disk", "Store"]
