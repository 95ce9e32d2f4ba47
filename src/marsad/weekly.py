"""The main path: one week from reports to a published, archived issue."""

import csv
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from marsad import check, coding, collect, forecast, measure, publish, review, write
from marsad.coding.coder import Coder
from marsad.domain.desk import Desk
from marsad.domain.tables import FINDINGS, ISSUES, MENTIONS
from marsad.domain.week import Week
from marsad.domain.words import Counting, Status
from marsad.errors import BadInput
from marsad.store import Disk, Store

LIVE = timedelta(days=14)
"""A week run within this time of its end sees all that is known when it runs; an older one is rebuilt as it stood."""

HORIZON_WEEKS = 4
BACKFILL_WEEKS = 52
"""On its first run a desk opens the forecasts of the past year too, each with only what was known at its origin."""


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
        as_of: use only what was known by the end of that day; see :func:`cutoff_of` for the default.
        out: folder of the issue; ``issues/<number>`` in the desk if None.

    Raises:
        BadInput: the week lies before the first issue, or `as_of` before the week.
        CheckFailed: the draft has error-level findings; draft and findings stay, nothing is published.
    """
    number = desk.number_of(week)
    folder = out or edges.root / "issues" / str(number)
    added, faults = _collect(desk, store, edges)
    _code(store, edges)
    cutoff = cutoff_of(week, edges.clock(), _archived(store, week), as_of)
    known = read_known(store, week, cutoff)
    measured = measure_week(known, desk, week, cutoff, store)
    opened, resolved = _forecast(store, desk, known, week, cutoff)
    tables = known | measured | _ledger(store, week, cutoff)
    drafts = [_draft(language, desk, week, cutoff, tables, folder, store, edges) for language in desk.languages]
    findings = check.run_all(drafts, desk)
    store.replace("findings", str(week), faults_and_findings)
    check.require_clean(findings)
    files = _publish(drafts, desk, tables, folder, edges)
    _archive(store, week, number, cutoff, drafts, files)
    return Issue(...)
