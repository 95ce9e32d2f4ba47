"""Answer any event query from the record: the model's probability and the base rate, as known at one instant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa

from marsad.domain.query import Query
from marsad.errors import BadInput
from marsad.forecast.history import Dyad, History, day_number, instant_number, read_series
from marsad.forecast.opening import MODEL, latest_events
from marsad.forecast.rates import draw_together, estimate

ALMOST_SURE = 1 - 1e-9


@dataclass(frozen=True)
class Answer:
    """What the record says to a question.

    Args:
        probability: the model's, in (0, 1); None when more than one event is asked for, which it cannot answer.
        base_rate: share of past windows of the same length in which it happened, drawn towards like dyads; None when
            the record is shorter than one window.
        base_n: windows the base rate rests on.
        reasons: ids of the latest events that would have answered it, newest first, five at most.
        model: its name.
    """

    probability: float | None
    base_rate: float | None
    base_n: int
    reasons: tuple[str, ...]
    model: str


def answer(
    events: pa.Table,
    query: Query,
    origin: date,
    *,
    known_at: datetime,
    watched: Sequence[Dyad] = (),
    recorded_to: date | None = None,
) -> Answer:
    """Answer a query as the weekly forecasts are made: from how often there were such acts lately.

    A list of actors is taken as so many dyads, each with a rate of its own, and acts of one as saying nothing about the
    others. Windows that are no whole number of weeks are scaled at a constant rate.

    Args:
        events: one row per event, key ``event_id``; rows not reported, or waiting for review, are left aside.
        query: with its last day.
        origin: the day the question is asked; its window opens on the next, or on the query's own first day.
        known_at: the instant eyes close.
        watched: dyads that a quiet one is drawn towards.
        recorded_to: last day collection has reached, if that is before the origin: later silence says nothing.

    Raises:
        BadInput: the query has no last day, or it is over by the origin.
    """
    first = max(query.first or date.min, origin + timedelta(days=1))
    if query.due is None or query.due < first:
        raise BadInput(f"query '{query}'", f"has no day left after {origin}", "name a later last day: by 2026-12-31")
    today, cutoff, n_days = (
        day_number(min(origin, recorded_to or origin)),
        instant_number(known_at),
        (query.due - first).days + 1,
    )
    members = _dyads(query)
    peers = _peers(query, members, watched)
    whole = read_series(events, [query, *(peers if len(members) == 1 else [])])
    base_rate, base_n = _base_rate(whole, today, cutoff, n_days, query.at_least)
    probability = None
    if query.at_least == 1:
        apart = whole if len(members) == 1 else read_series(events, [*members, *peers])
        n_weeks = max(1, round(n_days / 7))
        chances = estimate(apart, today, cutoff, n_weeks).probability[: len(members)]
        sure = np.minimum(chances, ALMOST_SURE)  # windows of centuries come to 1 in floating point
        probability = float(-np.expm1(np.log1p(-sure).sum() * n_days / (7 * n_weeks)))
    return Answer(probability, base_rate, base_n, tuple(latest_events(whole, today, cutoff)[0]), MODEL)


def _dyads(query: Query) -> list[Query]:
    """Return the query on each dyad it names; itself where it asks for anyone."""
    if not (query.sources and query.targets):
        return [query]
    pairs = [(source, target) for source in query.sources for target in query.targets if source != target]
    return [replace(query, sources=(source,), targets=(target,)) for source, target in pairs] or [query]


def _peers(query: Query, members: Sequence[Query], watched: Sequence[Dyad]) -> list[Query]:
    """Return the same question on the other watched dyads, or on the other watched actors where one side is open."""
    actors = sorted({actor for dyad in watched for actor in dyad})
    if query.sources and query.targets:
        like = [replace(query, sources=(source,), targets=(target,)) for source, target in dict.fromkeys(watched)]
    elif query.sources:
        like = [replace(query, sources=(actor,)) for actor in actors]
    elif query.targets:
        like = [replace(query, targets=(actor,)) for actor in actors]
    else:
        like = []
    asked = {(member.sources, member.targets) for member in members}
    return [other for other in like if (other.sources, other.targets) not in asked]


def _base_rate(history: History, today: int, cutoff: int, n_days: int, at_least: int) -> tuple[float | None, int]:
    """Return the first series' share of past windows with so many events, drawn towards the others."""
    n = (today - history.first_day(today, cutoff) + 1) // n_days
    if n == 0:
        return None, 0
    seen = (history.day <= today) & (history.known <= cutoff)
    window = (today - history.day[seen]) // n_days  # 0 is the latest
    counts = np.zeros((history.n_series, n))
    inside = window < n
    np.add.at(counts, (history.series[seen][inside], window[inside]), 1)
    happened = (counts >= at_least).sum(axis=1).astype(np.float64)
    return float(draw_together(happened[:, None], n)[0, 0]), n
