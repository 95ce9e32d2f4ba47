"""Marsad: the weekly desk of a regional research centre, from reports to a numbered, sourced bulletin.

>>> import marsad
>>> desk = marsad.open_desk("examples/kabul")  # doctest: +SKIP
>>> desk.table("reports").num_rows  # doctest: +SKIP
374
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from marsad.desk import OpenDesk, open_desk

__all__ = ["OpenDesk", "__version__", "open_desk"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # Opening a desk loads Arrow and DuckDB; `marsad --help` must not.
    if name in {"OpenDesk", "open_desk"}:
        return getattr(import_module("marsad.desk"), name)
    raise AttributeError(name)
