"""The main path: one week from reports to a published, archived issue."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from marsad import check, coding, collect, forecast, publish, review, write
from marsad.coding.coder import Coder
from marsad.domain.desk import Desk
from marsad.domain.tables import FINDINGS, ISSUES
from marsad.domain.week import Week
from marsad.errors import BadInput
from marsad.relation import Tables, measure_week, read_known
from marsad.store import Disk, Store

LIVE = timedelta(days=14)
"""A week run within this time of its end sees all that is known when it runs; an older one is rebuilt as it stood."""

HORIZON_WEEKS = 4
BACKFILL_WEEKS = 52
"""The forecasts of the past year are opened too where the ledger lacks them, each with what was known at its origin."""


@dataclass(frozen=True)
class Edges:
    """What the path touches of the world; tests pass canned ones."""

    root: Path
    http: Callable[[], Any]
    clock: Callable[[], datetime]
    disk: Disk
    coder: Coder
    progress: Callable[[str], None]


@dataclass(frozen=True)
class Issue:
    """One week's bulletin and what its run did."""

    number: int
    week: Week
    as_of: datetime
    files: tuple[Path, ...]
    movers: tuple[str, ...]
    notes: tuple[str, ...]
    n_reports: int
    n_new: int
    n_events: int
    n_opened: int
    n_resolved: int
    is_partial: bool


def run_week(
    week: Week, desk: Desk, store: Store, edges: Edges, *, as_of: date | None = None, out: Path | None = None
) -> Issue:
    """Take one week from reports to a published, archived issue; a rerun replaces it, never doubles it.

    Args:
        week: the ISO week the issue is about.
        desk: what the user declared.
        store: the desk's tables.
        edges: network, clock, disk, coder, progress.
        as_of: use only what was known by the end of that day; :func:`cutoff_of` tells the default.
        out: folder of the issue; ``issues/<number>`` in the desk if None.

    Raises:
        BadInput: the week lies before the first issue, or `as_of` before the week begins.
        CheckFailed: the draft has error-level findings; draft and findings stay, nothing is published.
    """
    number = desk.number_of(week)
    folder = out or edges.root / "issues" / str(number)
    taken = take_in(desk, store, edges)
    code_reports(store, edges)
    cutoff = cutoff_of(week, edges.clock(), _archived(store, week), as_of)
    known = read_known(store, week, cutoff)
    measured = measure_week(known, desk, week, cutoff, store)
    _keep(store, week, measured)
    ledger = open_and_resolve(known, desk, week, cutoff, store)
    edges.progress("write, check, publish")
    drafts = write_drafts(known | measured | ledger, desk, week, cutoff)
    texts = keep_drafts(drafts, folder, store, week, edges)
    findings = check_texts(texts, drafts, desk, known)
    store.replace("findings", str(week), _findings(week, cutoff, taken.findings, findings))
    check.require_clean([finding for found in findings.values() for finding in found], str(folder))
    files = publish_texts(texts, desk, known | measured | ledger, folder, edges)
    _archive(store, week, number, cutoff, drafts, files)
    return _issue(number, week, cutoff, files, taken, known, measured, ledger)
