r"""Reactions: what third parties will do to either side after something weighty between two, against doing it anyway.

Weighty is an act on the rung of security or coercion and above, or a break in what the two do to each other.

Where the record is thin, what a third party would have done anyway is the decayed-rate model on it and the side. How
much more it does in the weeks after something weighty is learnt, by stance and field, from all that was weighty before
between watched pairs:

.. math:: P = 1 - (1 - p)^{\theta}, \quad \theta = \frac{O / H + \kappa}{E / H + \kappa}

with :math:`O` the windows of H weeks after something weighty in which third parties acted, :math:`E` what the model had
said of them, and :math:`\kappa` windows that say "no difference". Windows overlap, so that each act is seen in up to H
of them: hence the division.

Where it is long and dense, the regression answers (:mod:`marsad.forecast.logit`): how much is going on around the third
party and around the side, with whomever, is among what it learns from. Anyway is the same regression, learnt and asked
on a record without what the pairs did to each other in their weighty weeks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
from marsad.domain.week import Week
from marsad.domain.words import Ladder, Stance, Status
from marsad.errors import OutOfRange
from marsad.forecast import logit
from marsad.forecast.history import Dyad, History, Stir, day_number, instant_number, read_history
from marsad.forecast.opening import MAX_REASONS, latest_events, question_id
from marsad.forecast.rates import WARM_UP_WEEKS, WeeklyRates, estimate_weekly

MODEL, LEARNT_MODEL = "reaction-3", "reaction-logit-1"
ASKED = tuple((stance, field) for stance in Stance for field in FIELDS if field != "social")
KINDS = tuple(f"{stance}@{field}" for stance, field in ASKED)
WEIGHTY = {Ladder.COOPERATION: 4, Ladder.CONFLICT: 3}  # security and above; coercion and above
NO_DIFFERENCE = 5.0  # kappa, in windows
MAX_NEWS = 3  # of the reasons, the rest are the third party's own acts
ACT = "act"
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Turn:
    """Something weighty between a pair: an act, or a break by the last day of the week in which it was noticed."""

    day: date
    known_at: datetime
    events: tuple[str, ...]  # newest first
    what: str  # act, or a break's ladder, direction and first week


Turns = Mapping[Dyad, Sequence[Turn]]


@dataclass(frozen=True)
class Asked:
    """What is asked at every origin."""

    pairs: tuple[Dyad, ...]  # each in alphabetical order
    thirds: tuple[str, ...]
    dyads: tuple[Dyad, ...]
    horizon_weeks: int


def reactions(
    events: pa.Table,
    breaks: pa.Table,
    origin: date,
    groups: Mapping[str, Sequence[str]],
    watched: Sequence[Dyad],
    horizon_weeks: int = 4,
    *,
    known_at: datetime,
) -> pa.Table:
    """Open forecasts on the desk's third parties towards both sides of each watched pair with something weighty.

    That is a weighty act in the week that ends on the origin, or a break noticed in it; where both tell of one pair and
    week the break does.

    Args:
        events: one row per event; rows not reported, or waiting for review, are left aside.
        breaks: one row per (pair, ladder, week), of one run; those noticed after the origin are left aside.
        origin: the day the forecasts are made for, the last of its week.
        groups: the desk's groups: name -> actor codes; all of them are third parties.
        watched: the desk's pairs.
        horizon_weeks: at least 1.
        known_at: the instant the run closes its eyes.

    Returns:
        ``forecasts``, one row per (third party, side, stance, field), sides in the order watched; none in a week
        without anything weighty. ``anyway`` is what is said of it without that; ``after`` names it, ``reasons`` are
        its events, then the latest acts of the third party of that kind.

    Raises:
        OutOfRange: ``horizon_weeks`` below 1.
    """
    asked = questions(groups, watched, horizon_weeks)
    return _open(events, breaks, asked, [origin], [known_at], backfilled=False)


def backfill_reactions(
    events: pa.Table,
    breaks: pa.Table,
    origins: Iterable[date],
    groups: Mapping[str, Sequence[str]],
    watched: Sequence[Dyad],
    horizon_weeks: int = 4,
) -> pa.Table:
    """Open the reactions a desk would have opened at past origins, each closing its eyes at the end of its day (UTC).

    Args:
        events: as for :func:`reactions`.
        breaks: as for :func:`reactions`; a break stays as it was first found, so that those of a later run serve.
        origins: days, in any order, whole weeks apart.
        groups: as for :func:`reactions`.
        watched: as for :func:`reactions`.
        horizon_weeks: at least 1.

    Returns:
        ``forecasts``, the rows of :func:`reactions` for every origin, oldest first, marked ``backfilled``.

    >>> from marsad.domain.tables import BREAKS, EVENTS
    >>> nothing = (EVENTS.empty(), BREAKS.empty())
    >>> backfill_reactions(*nothing, [date(2026, 5, 31)], {"west": ["USA"]}, [("RUS", "AFG")]).num_rows
    0
    """
    days = sorted(set(origins))
    ends = [datetime.combine(day, time(), UTC) + timedelta(days=1) for day in days]
    return _open(events, breaks, questions(groups, watched, horizon_weeks), days, ends, backfilled=True)


def questions(groups: Mapping[str, Sequence[str]], watched: Sequence[Dyad], horizon_weeks: int) -> Asked:
    """Return what is asked of a desk's third parties: each towards either side of the watched pairs.

    Raises:
        OutOfRange: ``horizon_weeks`` below 1.
    """
    if horizon_weeks < 1:
        raise OutOfRange("horizon_weeks", f"{horizon_weeks} is below 1", "ask for at least one week")
    pairs = tuple(dict.fromkeys((min(pair), max(pair)) for pair in watched))
    sides = dict.fromkeys(actor for pair in pairs for actor in pair)
    thirds = tuple(dict.fromkeys(code for codes in groups.values() for code in codes))
    dyads = tuple((third, side) for third in thirds for side in sides if third != side)
    return Asked(pairs, thirds, dyads, horizon_weeks)


def _open(
    events: pa.Table,
    breaks: pa.Table,
    asked: Asked,
    origins: Sequence[date],
    known_at: Sequence[datetime],
    *,
    backfilled: bool,
) -> pa.Table:
    """Open the questions at each origin with something weighty; eyes close as long after each as after the last."""
    turns = find_turns(events, breaks, asked.pairs)
    news = {origin: _news(_seen(turns, origin, at), origin) for origin, at in zip(origins, known_at, strict=True)}
    if not (asked.dyads and any(news.values())):
        return FORECASTS.empty()
    history = read_history(events, asked.dyads, KINDS)
    n_days = 7 * asked.horizon_weeks
    dense = [
        origin
        for origin, at in zip(origins, known_at, strict=True)
        if news[origin] and logit.suffices(history, day_number(origin), instant_number(at), n_days)
    ]
    learnt: dict[date, tuple[Floats, Floats]] = {}
    if dense:
        lag = known_at[-1] - datetime.combine(origins[-1], time(), UTC)
        calm = without(events, _seen(turns, dense[-1], known_at[-1]), dense[-1], asked.dyads)
        learnt = learn(history, replace(history, stir=calm), asked, dense, lag)
    opened: list[dict[str, Any]] = []
    for origin, at in zip(origins, known_at, strict=True):
        if news[origin]:
            cutoff = instant_number(at)
            weekly = estimate_weekly(history, day_number(origin), cutoff, asked.horizon_weeks)
            said, anyway = learnt.get(origin) or scaled(weekly, _seen(turns, origin, at), asked, origin)
            shared = {
                "origin": origin,
                "horizon_weeks": asked.horizon_weeks,
                "due": origin + timedelta(weeks=asked.horizon_weeks),
                "base_n": weekly.base_n,
                "model": LEARNT_MODEL if origin in learnt else MODEL,
                "backfilled": backfilled,
                "known_at": at,
            }
            past = latest_events(history, day_number(origin), cutoff)
            chances = {"probability": said, "base_rate": weekly.base_rate, "anyway": anyway}
            opened += [shared | row for row in _rows(asked, news[origin], shared, chances, past)]
    return FORECASTS.from_rows(opened)


def _rows(
    asked: Asked,
    news: Turns,
    shared: Mapping[str, Any],
    chances: Mapping[str, Floats],
    past: Sequence[Sequence[str]],
) -> Iterable[dict[str, Any]]:
    """Return what differs from question to question: each third party towards each side of the pairs that moved."""
    place = {dyad: i for i, dyad in enumerate(asked.dyads)}
    moved = ((third, side, pair) for pair in news for side in pair for third in asked.thirds if third not in pair)
    by_dyad: dict[Dyad, list[Dyad]] = {}
    for third, side, pair in moved:
        by_dyad.setdefault((third, side), []).append(pair)
    first = shared["origin"] + timedelta(days=1)
    for (third, side), pairs in by_dyad.items():
        told = [(pair, turn) for pair in pairs for turn in news[pair]]
        after = list(dict.fromkeys(f"{pair[0]}-{pair[1]} {turn.what}" for pair, turn in told))
        reacted_to = list(dict.fromkeys(event for _, turn in told for event in turn.events))[:MAX_NEWS]
        for k, (stance, field) in enumerate(ASKED):
            series = len(KINDS) * place[third, side] + k
            yield {
                "question_id": question_id(third, side, KINDS[k], shared["horizon_weeks"]),
                "source": third,
                "target": side,
                "quad_class": stance.value,
                "field": field,
                "after": after,
                "resolution_rule": str(Query.of(third, [KINDS[k]], side, first, shared["due"])),
                "reasons": [*reacted_to, *past[series]][:MAX_REASONS],
                **{name: float(values[series]) for name, values in chances.items()},
            }


def find_turns(events: pa.Table, breaks: pa.Table, pairs: Sequence[Dyad]) -> Turns:
    """Return all that was weighty between each pair, either direction, newest first.

    Args:
        events: one row per event; only reported ones that wait for no review count.
        breaks: one row per (pair, ladder, week); one of events that do not count is left out.
        pairs: each in alphabetical order.
    """
    counted = pc.and_(
        pc.equal(events["status"], Status.REPORTED.value), pc.invert(pc.fill_null(events["review"], fill_value=False))
    )
    found = events.filter(counted).sort_by([("event_date", "descending"), ("event_id", "ascending")])
    turns: dict[Dyad, list[Turn]] = {pair: [] for pair in pairs}
    seen: dict[str, tuple[date, datetime]] = {}
    columns = ("source", "target", "event_type", "mode", "context", "event_date", "known_at", "event_id")
    for source, target, kind, mode, context, day, known, event in zip(
        *(found[column].to_pylist() for column in columns), strict=True
    ):
        pair = (min(source, target), max(source, target))
        if pair in turns:
            seen[event] = (day, known)
            ladder, height = rung(kind, mode, context)
            if height >= WEIGHTY[ladder]:
                turns[pair].append(Turn(day, known, (event,), ACT))
    for row in breaks.to_pylist():
        pair = (row["source"], row["target"])
        if pair in turns and row["noticed"] and row["events"] and all(event in seen for event in row["events"]):
            newest = tuple(sorted(row["events"], key=lambda event: seen[event][0], reverse=True))
            direction = "fall" if row["to_rung"] < row["from_rung"] else "rise"
            what = f"{row['ladder']} {direction} {row['week']}"
            known = max(seen[event][1] for event in newest)
            turns[pair].append(Turn(Week.parse(row["noticed"]).end, known, newest, what))
    return {pair: sorted(found, key=lambda turn: turn.day, reverse=True) for pair, found in turns.items()}


def _seen(turns: Turns, origin: date, known_at: datetime) -> Turns:
    return {
        pair: [turn for turn in found if turn.day <= origin and turn.known_at <= known_at]
        for pair, found in turns.items()
    }


def _news(turns: Turns, origin: date) -> Turns:
    """Return what the pairs had of the week's; a break stands for the acts of its pair."""
    week = {pair: [turn for turn in found if turn.day > origin - timedelta(days=7)] for pair, found in turns.items()}
    return {pair: [turn for turn in found if turn.what != ACT] or found for pair, found in week.items() if found}


def without(events: pa.Table, turns: Turns, origin: date, dyads: Sequence[Dyad]) -> Stir:
    """Return what goes on around the actors of the dyads without what pairs did to each other in their weighty weeks.

    Args:
        events: one row per event.
        turns: what was weighty.
        origin: the last day of a week.
        dyads: those asked.
    """
    weeks = {(*pair, (origin - turn.day).days // 7) for pair, found in turns.items() for turn in found}
    columns = (events[name].to_pylist() for name in ("source", "target", "event_date"))
    calm = [
        (min(source, target), max(source, target), (origin - day).days // 7) not in weeks
        for source, target, day in zip(*columns, strict=True)
    ]
    return read_history(events.filter(pa.array(calm, pa.bool_())), dyads, KINDS).stir


def learn(
    history: History, calm: History, asked: Asked, origins: Sequence[date], lag: timedelta
) -> dict[date, tuple[Floats, Floats]]:
    """Return by origin and series what third parties will do, and what they would have done anyway, by regression.

    Args:
        history: acts of the asked dyads, and all that goes on around them.
        calm: the same without what is reacted to, see :func:`without`.
        asked: the questions.
        origins: ascending.
        lag: from the midnight an origin begins with to the closing of its eyes.
    """
    days, lag_us = [day_number(day) for day in origins], lag // timedelta(microseconds=1)
    said, anyway = (
        logit.chances(record, asked.dyads, days, 7 * asked.horizon_weeks, lag_us=lag_us).probability
        for record in (history, calm)
    )
    return {origin: (said[i], anyway[i]) for i, origin in enumerate(origins)}


def scaled(weekly: WeeklyRates, turns: Turns, asked: Asked, origin: date) -> tuple[Floats, Floats]:
    """Return by series what third parties will do, and what they would have done anyway, from rates alone."""
    n_over = len(weekly.outcomes)
    after = _after(turns, asked.dyads, len(weekly.chances), origin)
    lift = lifts(weekly.chances[:n_over], weekly.outcomes, after[:n_over], asked.horizon_weeks)
    anyway = weekly.chances[-1]
    return -np.expm1(np.log1p(-anyway) * np.tile(lift, len(asked.dyads))), anyway


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


def _after(turns: Turns, dyads: Sequence[Dyad], n_weeks: int, origin: date) -> Bools:
    """Tell by (week, series) whether the target had a weighty week with someone else than the source."""
    after = np.zeros((n_weeks, len(dyads)), dtype=np.bool_)
    for pair, found in turns.items():
        touched = [i for i, (third, side) in enumerate(dyads) if side in pair and third not in pair]
        weeks = {n_weeks - 1 - (origin - turn.day).days // 7 for turn in found}
        for week in sorted(week for week in weeks if week >= 0):
            after[week, touched] = True
    return np.repeat(after, len(KINDS), axis=1)
