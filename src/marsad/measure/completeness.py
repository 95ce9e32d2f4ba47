"""How whole a week's collection was: a week that failed is unknown, never quiet."""

from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa

from marsad.measure.acts import Floats, week_of

COVERED = 0.5  # below this share of a week, nothing is learnt from it


def completeness(coverage: pa.Table | None, first: int, last: int, as_of: datetime) -> Floats:
    """Return the share of each week that was collected and is over by ``as_of``.

    A feed's day is received / max(expected, received + failed); a week is the mean over the days and feeds the ledger
    names. A week the ledger says nothing about counts as collected. The week ``as_of`` lies in counts by its days gone.

    Args:
        coverage: one row per (feed, day), schema of ``domain.tables.COVERAGE``; None if there is no ledger.
        first: first week, as :attr:`marsad.domain.week.Week.index`.
        last: last week, inclusive.
        as_of: the cutoff.

    Returns:
        One share in [0, 1] per week from ``first`` to ``last``.
    """
    shares = np.ones(last - first + 1)
    if coverage is not None and coverage.num_rows:
        shares = _from_ledger(coverage, first, shares)
    start = datetime.combine(week_of(last).start, datetime.min.time(), as_of.tzinfo)
    shares[-1] *= min(1.0, max(0.0, (as_of - start) / timedelta(days=7)))
    return shares


def _from_ledger(coverage: pa.Table, first: int, shares: Floats) -> Floats:
    day = np.asarray(coverage["day"].cast(pa.int32()).to_numpy(), dtype=np.int64)
    expected, received, failed = (
        np.nan_to_num(np.asarray(coverage[name].to_numpy(), dtype=float)) for name in ("expected", "received", "failed")
    )
    due = np.maximum(expected, received + failed)
    share = np.divide(received, due, out=np.ones_like(due), where=due > 0)
    week = (day - 4) // 7 - first
    inside = (week >= 0) & (week < len(shares))
    total = np.bincount(week[inside], share[inside], len(shares))
    n = np.bincount(week[inside], minlength=len(shares))
    return np.where(n > 0, total / np.maximum(n, 1), shares)
