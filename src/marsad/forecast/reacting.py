r"""Reactions: what third parties will do to either side after something weighty between two, against doing it anyway.

What a third party would have done anyway is the decayed-rate model on it and the side. How much more it does in the
weeks after a weighty act is learnt, by stance and field, from all past weighty acts between watched pairs:

.. math:: P = 1 - (1 - p)^{\theta}, \quad \theta = \frac{O / H + \kappa}{E / H + \kappa}

with :math:`O` the windows of H weeks after a weighty act in which third parties acted, :math:`E` what the model had
said of them, and :math:`\kappa` windows that say "no difference". Windows overlap, so that each act is seen in up to H
of them: hence the division. How much of the difference is the weighty act, and how much the model being off at any
time, is told by placebo weeks (benchmarks/reactions.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from marsad.domain.fields import FIELDS
from marsad.domain.ladder import rung
from marsad.domain.query import Query
from marsad.domain.tables import FORECASTS
from marsad.domain.words import Ladder, Stance, Status
from marsad.errors import OutOfRange
from marsad.forecast.history import Dyad, day_number, instant_number, read_history
from marsad.forecast.opening import MAX_REASONS, latest_events, question_id
from marsad.forecast.rates import WARM_UP_WEEKS, estimate_weekly

MODEL = "reaction-2"
ASKED = tuple((stance, field) for stance in Stance for field in FIELDS if field != "social")
KINDS = tuple(f"{stance}@{field}" for stance, field in ASKED)
WEIGHTY = {Ladder.COOPERATION: 4, Ladder.CONFLICT: 3}  # security and above; coercion and above
NO_DIFFERENCE = 5.0  # kappa, in windows
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


def reactions(
    events: pa.Table,
    origin: date,
    groups: Mapping[str, Sequence[str]],
    watched: Sequence[Dyad],
    horizon_weeks: int = 4,
    *,
    known_at: datetime,
    backfilled: bool = False,
) -> pa.Table:
    """Open forecasts on the desk's third parties towards both sides of each watched pair with a weighty act this week.

    Args:
        events: one row per event; rows not reported, or waiting for review, are left aside.
        origin: the day the forecasts are made for, the last of its week.
        groups: the desk's groups: name -> actor codes; all of them are third parties.
        watched: the desk's pairs.
        horizon_weeks: at least 1.
        known_at: the instant the run closes its eyes.
        backfilled: made later than the origin, from what was known then.

    Returns:
        ``forecasts``, one row per (third party, side, stance, field), sides in the order watched; none in a week
        without a weighty act. ``anyway`` is what is said of it without that act; ``reasons`` are the weighty acts, then
        the latest acts of the third party of that kind.

    Raises:
        OutOfRange: ``horizon_weeks`` below 1.
    """
    if horizon_weeks < 1:
        raise OutOfRange("horizon_weeks", f"{horizon_weeks} is below 1", "ask for at least one week")
    today, cutoff = day_number(origin), instant_number(known_at)
    pairs = list(dict.fromkeys((min(pair), max(pair)) for pair in watched))
    sides = list(dict.fromkeys(actor for pair in pairs for actor in pair))
    thirds = list(dict.fromkeys(code for codes in groups.values() for code in codes))
    dyads = [(third, side) for third in thirds for side in sides if third != side]
    moved = _weighty_acts(events, pairs, origin, known_at)
    now = [pair for pair in pairs if any(origin - timedelta(days=7) < day for day, _ in moved[pair])]
    if not (dyads and now):
        return FORECASTS.empty()

    history = read_history(events, dyads, KINDS)
    weekly = estimate_weekly(history, today, cutoff, horizon_weeks)
    after = _after_weighty(moved, dyads, len(weekly.chances), origin)
    n_over = len(weekly.outcomes)
    lift = lifts(weekly.chances[:n_over], weekly.outcomes, after[:n_over], horizon_weeks)
    chances = -np.expm1(np.log1p(-weekly.chances[-1]) * np.tile(lift, len(dyads)))
    past = latest_events(history, today, cutoff)
    first, due = origin + timedelta(days=1), origin + timedelta(weeks=horizon_weeks)
    rows: list[dict[str, Any]] = []
    for third, side in _asked(now, thirds):
        news = [event for pair in now if side in pair for day, event in moved[pair] if day > origin - timedelta(days=7)]
        for k, (stance, field) in enumerate(ASKED):
            series = len(KINDS) * dyads.index((third, side)) + k
            rows.append(
                {
                    "question_id": question_id(third, side, KINDS[k], horizon_weeks),
                    "source": third,
                    "target": side,
                    "quad_class": stance.value,
                    "field": field,
                    "origin": origin,
                    "horizon_weeks": horizon_weeks,
                    "due": due,
                    "probability": float(chances[series]),
                    "base_rate": float(weekly.base_rate[series]),
                    "base_n": weekly.base_n,
                    "anyway": float(weekly.chances[-1][series]),
                    "model": MODEL,
                    "resolution_rule": str(Query.of(third, [KINDS[k]], side, first, due)),
                    "reasons": [*news, *past[series]][:MAX_REASONS],
                    "backfilled": backfilled,
                    "known_at": known_at,
                }
            )
    return FORECASTS.from_rows(rows)


def backfill_reactions(
    events: pa.Table,
    origins: Iterable[date],
    groups: Mapping[str, Sequence[str]],
    watched: Sequence[Dyad],
    horizon_weeks: int = 4,
) -> pa.Table:
    """Open the reactions a desk would have opened at past origins, each closing its eyes at the end of its day (UTC).

    Args:
        events: as for :func:`reactions`.
        origins: days, in any order.
        groups: as for :func:`reactions`.
        watched: as for :func:`reactions`.
        horizon_weeks: at least 1.

    Returns:
        ``forecasts``, the rows of :func:`reactions` for every origin, oldest first, marked ``backfilled``.

    >>> from marsad.domain.tables import EVENTS
    >>> backfill_reactions(EVENTS.empty(), [date(2026, 5, 31)], {"west": ["USA"]}, [("RUS", "AFG")]).num_rows
    0
    """
    opened = [
        reactions(
            events,
            origin,
            groups,
            watched,
            horizon_weeks,
            known_at=datetime.combine(origin, time(), UTC) + timedelta(days=1),
            backfilled=True,
        )
        for origin in sorted(set(origins))
    ]
    return pa.concat_tables(opened) if opened else FORECASTS.empty()


def lifts(chances: Floats, outcomes: Bools, asked: Bools, horizon_weeks: int) -> Floats:
    """Return by stance and field how many times more often it happened than the model had said, in the weeks asked.

    Args:
        chances: what the model had said, by (week, series).
        outcomes: whether it happened within the horizon, by (week, series).
        asked: which weeks of which series to look at, by (week, series).
        horizon_weeks: by which overlapping windows are counted down.

    Returns:
        One number above 0 for each of ``KINDS``; 1 is no difference.
    """
    settled = np.arange(len(outcomes)) >= WARM_UP_WEEKS

    def by_kind(values: npt.NDArray[Any]) -> Floats:
        total = (values * (asked & settled[:, None])).sum(axis=0, dtype=np.float64)
        summed: Floats = total.reshape(-1, len(KINDS)).sum(axis=0) / horizon_weeks + NO_DIFFERENCE
        return summed

    return by_kind(outcomes) / by_kind(chances)


def _weighty_acts(
    events: pa.Table, pairs: Sequence[Dyad], origin: date, known_at: datetime
) -> dict[Dyad, list[tuple[date, str]]]:
    """Return the weighty acts of each pair, either direction, newest first, as (day, event)."""
    counted = pc.and_(
        pc.equal(events["status"], Status.REPORTED.value), pc.invert(pc.fill_null(events["review"], fill_value=False))
    )
    known = pc.less_equal(events["known_at"], pa.scalar(known_at, events.schema.field("known_at").type))
    seen = pc.less_equal(events["event_date"], pa.scalar(origin))
    found = events.filter(pc.and_(pc.and_(counted, known), seen))
    found = found.sort_by([("event_date", "descending"), ("event_id", "ascending")])
    acts: dict[Dyad, list[tuple[date, str]]] = {pair: [] for pair in pairs}
    columns = ("source", "target", "event_type", "mode", "context", "event_date", "event_id")
    for source, target, kind, mode, context, day, event in zip(*(found[c].to_pylist() for c in columns), strict=True):
        pair = (min(source, target), max(source, target))
        if pair in acts:
            ladder, height = rung(kind, mode, context)
            if height >= WEIGHTY[ladder]:
                acts[pair].append((day, event))
    return acts


def _after_weighty(
    moved: Mapping[Dyad, Sequence[tuple[date, str]]], dyads: Sequence[Dyad], n_weeks: int, origin: date
) -> Bools:
    """Tell by (week, series) whether the target had a weighty act that week with someone else than the source."""
    after = np.zeros((n_weeks, len(dyads)), dtype=np.bool_)
    for pair, acts in moved.items():
        touched = [i for i, (third, side) in enumerate(dyads) if side in pair and third not in pair]
        weeks = {n_weeks - 1 - (origin - day).days // 7 for day, _ in acts}
        for week in sorted(week for week in weeks if week >= 0):
            after[week, touched] = True
    return np.repeat(after, len(KINDS), axis=1)


def _asked(now: Sequence[Dyad], thirds: Sequence[str]) -> list[Dyad]:
    """Return each third party towards each side of the pairs that moved; the pair itself is no third party."""
    return list(dict.fromkeys((third, side) for pair in now for side in pair for third in thirds if third not in pair))
