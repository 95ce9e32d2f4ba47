"""What became of each forecast: it happened, it did not, or we could not have seen it."""

from bisect import bisect_right
from collections import defaultdict
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from marsad.domain.tables import RESOLUTIONS
from marsad.domain.words import Status

GRACE_DAYS = 7  # a report may come a week after its event: only then does silence mean no
MAX_EVENTS = 5
_Question = tuple[str, str, str]


def resolve(
    forecasts: pa.Table,
    resolutions: pa.Table,
    events: pa.Table,
    coverage: pa.Table,
    today: date,
    *,
    known_at: datetime,
    grace_days: int = GRACE_DAYS,
) -> pa.Table:
    """Resolve every open forecast that can be: at once when it has happened, else once its time and the grace are over.

    A forecast is void when nothing was seen and collection failed on more than half of its days: on a failed day every
    feed in the coverage ledger failed and none brought anything. Days the ledger does not know count as collected.

    Args:
        forecasts: one row per question, origin and model; the models of one question share its resolution.
        resolutions: those made so far; they stand and are not made again.
        events: one row per event, key ``event_id``; rows not reported, or waiting for review, decide nothing.
        coverage: one row per (feed, day).
        today: last day looked at.
        known_at: the instant the run closes its eyes; later rows decide nothing; stands on every resolution.
        grace_days: days after ``due`` before silence means no, at least 0.

    Returns:
        ``resolutions``, only the new rows, one per (question, origin), in order of origin then question;
        ``outcome`` is null when void, ``events`` are the first five that decided, oldest first.
    """
    done = set(zip(resolutions["question_id"].to_pylist(), resolutions["origin"].to_pylist(), strict=True))
    dates, rows = _events_by_question(events, today, known_at)
    failed = _failed_days(coverage, known_at)
    resolved = []
    for forecast in _open_questions(forecasts, today, done):
        origin, due = forecast["origin"], forecast["due"]
        question = (forecast["source"], forecast["event_type"] or forecast["quad_class"], forecast["target"])
        days = dates.get(question, [])
        first, last = bisect_right(days, origin), bisect_right(days, due)
        if first == last and today <= due + timedelta(days=grace_days):
            continue
        n_failed = bisect_right(failed, due) - bisect_right(failed, origin)
        void = first == last and 2 * n_failed > (due - origin).days
        resolved.append(
            {
                "question_id": forecast["question_id"],
                "origin": origin,
                "due": due,
                "outcome": None if void else first < last,
                "resolved_at": known_at,
                "events": rows[question][first : min(last, first + MAX_EVENTS)] if first < last else [],
                "known_at": known_at,
            }
        )
    return RESOLUTIONS.from_rows(resolved)


def _open_questions(forecasts: pa.Table, today: date, done: set[tuple[str, date]]) -> list[dict[str, Any]]:
    """Return one row per unresolved (question, origin) already begun, oldest first."""
    columns = ["question_id", "origin", "due", "source", "target", "quad_class", "event_type"]
    begun = forecasts.select(columns).filter(pc.less(forecasts["origin"], pa.scalar(today)))
    unique = {(row["question_id"], row["origin"]): row for row in begun.to_pylist()}
    return sorted((row for key, row in unique.items() if key not in done), key=itemgetter("origin", "question_id"))


def _events_by_question(
    events: pa.Table, today: date, known_at: datetime
) -> tuple[dict[_Question, list[date]], dict[_Question, list[str]]]:
    """Return dates and ids of what counts, oldest first, under both its quad class and its event type."""
    counted = pc.and_(
        pc.equal(events["status"], Status.REPORTED.value), pc.invert(pc.fill_null(events["review"], fill_value=False))
    )
    seen = pc.and_(
        pc.less_equal(events["event_date"], pa.scalar(today)),
        pc.less_equal(events["known_at"], pa.scalar(known_at, events.schema.field("known_at").type)),
    )
    ordered = events.filter(pc.and_(counted, seen)).sort_by([("event_date", "ascending"), ("event_id", "ascending")])
    dates: dict[_Question, list[date]] = defaultdict(list)
    ids: dict[_Question, list[str]] = defaultdict(list)
    columns = ("source", "target", "quad_class", "event_type", "event_date", "event_id")
    for source, target, quad, kind, day, event_id in zip(*(ordered[c].to_pylist() for c in columns), strict=True):
        for what in (quad, kind):
            dates[source, what, target].append(day)
            ids[source, what, target].append(event_id)
    return dates, ids


def _failed_days(coverage: pa.Table, known_at: datetime) -> list[date]:
    """Return the days on which every feed failed and none brought anything, in order."""
    seen = coverage.filter(
        pc.less_equal(coverage["known_at"], pa.scalar(known_at, coverage.schema.field("known_at").type))
    )
    columns = ("day", "received", "failed")
    by_day: dict[date, list[bool]] = defaultdict(list)
    for day, received, failed in zip(*(seen[c].to_pylist() for c in columns), strict=True):
        by_day[day].append(not received and bool(failed))
    return sorted(day for day, feeds in by_day.items() if all(feeds))
