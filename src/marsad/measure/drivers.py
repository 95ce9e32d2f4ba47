"""Drivers: how B's behaviour differed before and after a break in A's dealings with B."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa

from marsad.domain.tables import DRIVERS
from marsad.domain.week import Week
from marsad.measure.acts import Acts, Bools, Ints, last_whole_week, read
from marsad.measure.completeness import COVERED, completeness
from marsad.measure.contrast import contrast

_THEMES = ("narcotics", "migration", "water", "economic", "transport", "energy", "terrorism", "security")
_OFFICIAL = ("CONSULT", "AGREE", "COOPERATE")
_MOST_EVENTS = 10
_FEWEST_ACTS = 3  # on fewer, nobody is called a partner or an adversary


@dataclass(frozen=True)
class Circle:
    """Whom A stood with and against before the break, from its own weighty acts."""

    partners: frozenset[str]
    adversaries: frozenset[str]


def drivers(
    events: pa.Table,
    source: str,
    target: str,
    week: Week,
    coverage: pa.Table | None = None,
    *,
    run: str,
    as_of: datetime,
    circle: Circle | None = None,
    span_weeks: int = 26,
) -> pa.Table:
    """Return indicators of B's behaviour before and after a break in how A deals with B, each with its events.

    ``hostile_to_partners``: B's conflict acts on A's partners. ``engagement``: official talks, agreements and
    cooperation between B and anyone but A. ``common_enemy``: B's material conflict acts on A's adversaries.
    ``hostile_to_source``: B's conflict acts on A. ``theme_<context>``: cooperation between the two in one field.
    Association, never proof of cause.

    Args:
        events: one row per event, schema of ``domain.tables.EVENTS``.
        source: A, whose view changed.
        target: B.
        week: of the break.
        coverage: the completeness ledger; None if there is none.
        run: the week of the run, as ``2026-W22``.
        as_of: the cutoff; only weeks over by then are counted.
        circle: A's partners and adversaries; None reads them off A's acts before the break (:func:`circle_of`).
        span_weeks: length of each window; shorter where the record is.

    Returns:
        Schema of ``domain.tables.DRIVERS``: one row per driver that ever happened; sorted by p-value, then driver.
        ``effect`` with its 90 % interval, ``after`` and ``p_value`` are null when no whole week has passed since.
    """
    acts = read(events, as_of)
    last = last_whole_week(as_of)
    if not len(acts) or week.index < acts.week[0]:
        return DRIVERS.empty()
    first, at = int(acts.week[0]), week.index
    last = max(last, at - 1)
    around = circle if circle is not None else circle_of(acts, source, target, at)
    shares = completeness(coverage, first, last, as_of)
    rows = []
    for name, chosen in _behaviours(acts, source, target, around):
        inside = chosen & (acts.week <= last)
        counts = np.bincount(acts.week[inside] - first, minlength=last - first + 1).astype(float)
        weekly = np.where(shares >= COVERED, counts / np.maximum(shares, COVERED), np.nan)
        found = contrast(weekly, at - first, span_weeks)
        near = inside & (acts.week >= at - span_weeks) & (acts.week < at + span_weeks)
        rows.append(
            {
                "run": run,
                "source": source,
                "target": target,
                "week": str(week),
                "driver": name,
                "before": found.before,
                "after": found.after,
                "effect": found.effect,
                "effect_low": found.low,
                "effect_high": found.high,
                "p_value": found.p_value,
                "events": weightiest(acts, np.flatnonzero(near), _MOST_EVENTS),
                "known_at": as_of,
            }
        )
    rows = [row for row in rows if row["events"]]
    rows.sort(key=lambda row: (row["p_value"] is None, row["p_value"], row["driver"]))
    return DRIVERS.from_rows(rows)


def circle_of(acts: Acts, source: str, target: str, before: int) -> Circle:
    """Return with whom A mostly cooperated, and whom it mostly fought, in weighty acts before a week.

    Args:
        acts: the events.
        source: A.
        target: B, who is neither here.
        before: index of the week; only earlier ones are read.
    """
    number = acts.number_of(source)
    is_heavy = ((acts.source == number) | (acts.target == number)) & (acts.rung >= 2) & (acts.week < before)
    other = np.where(acts.source == number, acts.target, acts.source)[is_heavy]
    conflict = np.bincount(other[acts.is_conflict[is_heavy]], minlength=len(acts.actors))
    total = np.bincount(other, minlength=len(acts.actors))
    names = [(acts.actors[i], conflict[i] / total[i]) for i in np.flatnonzero(total >= _FEWEST_ACTS).tolist()]
    return Circle(
        frozenset(name for name, share in names if share <= 1 / 3 and name != target),
        frozenset(name for name, share in names if share >= 2 / 3 and name != target),
    )


def weightiest(acts: Acts, rows: Ints, most: int) -> list[str]:
    """Return the ids of the events that weigh most: by |Goldstein|, the earliest first among equals."""
    weight = np.abs(
        np.nan_to_num(np.asarray(acts.table["goldstein"].to_numpy(zero_copy_only=False), dtype=float)[rows])
    )
    return acts.ids(rows[np.argsort(-weight, kind="stable")[:most]])


def _behaviours(acts: Acts, source: str, target: str, around: Circle) -> Iterator[tuple[str, Bools]]:
    a, b = acts.number_of(source), acts.number_of(target)
    by_b = acts.source == b
    types, contexts = acts.words("event_type"), acts.words("context")
    is_material = np.char.startswith(acts.words("quad_class").astype(str), "material")
    is_between = (by_b & (acts.target == a)) | ((acts.source == a) & (acts.target == b))
    is_of_b = by_b | (acts.target == b)
    yield "hostile_to_partners", by_b & acts.is_conflict & _among(acts, around.partners)
    yield "engagement", is_of_b & ~is_between & np.isin(types.astype(str), _OFFICIAL)
    yield "common_enemy", by_b & acts.is_conflict & is_material & _among(acts, around.adversaries)
    yield "hostile_to_source", by_b & acts.is_conflict & (acts.target == a)
    for theme in _THEMES:
        yield f"theme_{theme}", is_between & ~acts.is_conflict & (contexts == theme)


def _among(acts: Acts, names: frozenset[str]) -> Bools:
    numbers = [acts.number_of(name) for name in sorted(names)]
    return np.isin(acts.target, [number for number in numbers if number >= 0])
