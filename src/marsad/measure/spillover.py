"""Spillover: what third parties changed towards either side after a break between the two."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa

from marsad.domain.tables import SPILLOVER
from marsad.domain.week import Week
from marsad.domain.words import QuadClass
from marsad.measure.acts import Floats, Ints, last_whole_week, read
from marsad.measure.completeness import COVERED, completeness
from marsad.measure.contrast import contrast, false_discovery
from marsad.measure.drivers import weightiest

_MOST_EVENTS = 10


def spillover(
    events: pa.Table,
    source: str,
    target: str,
    week: Week,
    groups: Mapping[str, Sequence[str]],
    *,
    coverage: pa.Table | None = None,
    run: str,
    as_of: datetime,
    span_weeks: int = 13,
) -> pa.Table:
    """Return how each third party's acts towards each side differed before and after a break.

    Held against pairs the break should not have touched: the third's acts of the same class towards everyone else. Only
    what goes beyond their change is the effect, and it is held against placebo dates.

    Args:
        events: one row per event, schema of ``domain.tables.EVENTS``.
        source: one side of the pair.
        target: the other.
        week: of the break.
        groups: the desk's groups: name -> actor codes. An actor in two groups stands under the first.
        coverage: the completeness ledger; None if there is none.
        run: the week of the run, as ``2026-W22``.
        as_of: the cutoff; only weeks over by then are counted.
        span_weeks: length of each window; shorter where the record is.

    Returns:
        Schema of ``domain.tables.SPILLOVER``: one row per (third, side, quad_class) with an act in either window;
        ``p_value`` is of placebo dates, adjusted for the number of rows (Benjamini-Hochberg), null when no whole week
        has passed; sorted by p-value, then group, third, side, class. Association, never proof of cause.
    """
    acts = read(events, as_of)
    first, at = (int(acts.week[0]) if len(acts) else week.index + 1), week.index
    last = max(last_whole_week(as_of), at - 1)
    sides = {acts.number_of(source), acts.number_of(target)}
    if at < first:
        return SPILLOVER.empty()
    shares = completeness(coverage, first, last, as_of)
    quads = acts.words("quad_class")
    near = (acts.week >= at - span_weeks) & (acts.week < at + span_weeks) & (acts.week <= last)
    rows: list[dict[str, Any]] = []
    for third, group in _thirds(groups, {source, target}).items():
        for side in (source, target):
            by_third = (acts.source == acts.number_of(third)) & (acts.week <= last)
            is_theirs = by_third & (acts.target == acts.number_of(side))
            for quad in QuadClass:
                chosen = is_theirs & (quads == quad.value)
                if not (chosen & near).any():
                    continue
                others = by_third & (quads == quad.value) & ~np.isin(acts.target, sorted(sides))
                weekly, elsewhere = (_weekly(acts.week[rows_of] - first, shares) for rows_of in (chosen, others))
                found = contrast(weekly, at - first, span_weeks, elsewhere)
                apart = contrast(elsewhere, at - first, span_weeks)
                rows.append(
                    {
                        "run": run,
                        "third": third,
                        "group": group,
                        "side": side,
                        "week": str(week),
                        "quad_class": quad.value,
                        "before": found.before,
                        "after": found.after,
                        "effect": found.effect,
                        "effect_low": found.low,
                        "effect_high": found.high,
                        "elsewhere_before": apart.before,
                        "elsewhere_after": apart.after,
                        "p_value": found.p_value,
                        "events": weightiest(acts, np.flatnonzero(chosen & near), _MOST_EVENTS),
                        "known_at": as_of,
                    }
                )
    return SPILLOVER.from_rows(_adjusted(rows))


def _weekly(week: Ints, shares: Floats) -> Floats:
    """Return acts per whole week; NaN where collection failed."""
    counts = np.bincount(week, minlength=len(shares)).astype(float)
    return np.where(shares >= COVERED, counts / np.maximum(shares, COVERED), np.nan)


def _thirds(groups: Mapping[str, Sequence[str]], sides: set[str]) -> dict[str, str]:
    thirds: dict[str, str] = {}
    for name, codes in groups.items():
        for code in codes:
            if code not in sides:
                thirds.setdefault(code, name)
    return thirds


def _adjusted(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    tested = [row for row in rows if row["p_value"] is not None]
    for row, p_value in zip(tested, false_discovery([row["p_value"] for row in tested]), strict=True):
        row["p_value"] = p_value
    order = ("group", "third", "side", "quad_class")
    return sorted(rows, key=lambda row: (row["p_value"] is None, row["p_value"] or 0.0, *(row[name] for name in order)))
