"""What became of each forecast: it happened, it did not, or we could not have seen it."""

from bisect import bisect_right
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from marsad.domain.tables import RESOLUTIONS
from marsad.domain.words import Status

GRACE_DAYS = 7  # a report may come a week after its event: only then does silence mean no
MAX_EVENTS = 5
_Question = tuple[str, str, str]


class _Act(NamedTuple):
    day: date
    event_id: str
    known_at: datetime


def resolve(
    forecasts: pa.Table,
    resolutions: pa.Table,
    events: pa.Table,
    coverage: pa.Table,
    *,
    known_at: datetime,
    grace_days: int = GRACE_DAYS,
) -> pa.Table:
    """Resolve every open forecast that can be: once it is known to have happened, else when due and grace are over.

    A forecast is void when nothing was seen and collection failed on more than half of its days: on a failed day every
    feed in the coverage ledger failed and none brought anything. Days the ledger does not know count as collected.

    Each resolution bears the instant at which it could first be made, and rests on what was known then: so it does not
    depend on which week was run first.

    Args:
        forecasts: one row per question, origin and model; the models of one question share its resolution.
        resolutions: those made so far; they stand and are not made again.
        events: one row per event, key ``event_id``; rows not reported, or waiting for review, decide nothing.
        coverage: one row per (feed, day).
        known_at: the instant the run closes its eyes; later rows decide nothing.
        grace_days: days after ``due`` before silence means no, at least 0.

    Returns:
        ``resolutions``, only the new rows, one per (question, origin), in order of origin then question;
        ``outcome`` is null when void, ``events`` are the first five that decided, oldest first.
    """
    done = set(zip(resolutions["question_id"].to_pylist(), resolutions["origin"].to_pylist(), strict=True))
    acts = _acts_by_question(events, known_at)
    failed = _failed_days(coverage, known_at)
    resolved = []
    for forecast in _open_questions(forecasts, known_at.date(), done):
        origin, due = forecast["origin"], forecast["due"]
        settled_at = datetime.combine(due + timedelta(days=grace_days + 1), time(), UTC)
        question = (forecast["source"], forecast["event_type"] or forecast["quad_class"], forecast["target"])
        theirs = [act for act in acts[question] if origin < act.day <= due and act.known_at <= settled_at]
        if not theirs and known_at < settled_at:
            continue
        instant = min((act.known_at for act in theirs), default=settled_at)
        n_failed = bisect_right(failed, due) - bisect_right(failed, origin)
        is_void = not theirs and 2 * n_failed > (due - origin).days
        resolved.append(
            {
                "question_id": forecast["question_id"],
                "origin": origin,
                "due": due,
                "outcome": None if is_void else bool(theirs),
                "resolved_at": instant,
                "events": [act.event_id for act in theirs if act.known_at <= instant][:MAX_EVENTS],
                "known_at": instant,
            }
        )
    return RESOLUTIONS.from_rows(resolved)


def _open_questions(forecasts: pa.Table, today: date, done: set[tuple[str, date]]) -> list[dict[str, Any]]:
    """Return one row per unresolved (question, origin) already begun, oldest first."""
    columns = ["question_id", "origin", "due", "source", "target", "quad_class", "event_type"]
    begun = forecasts.select(columns).filter(pc.less(forecasts["origin"], pa.scalar(today)))
    unique = {(row["question_id"], row["origin"]): row for row in begun.to_pylist()}
    return sorted((row for key, row in unique.items() if key not in done), key=itemgetter("origin", "question_id"))


def _acts_by_question(events: pa.Table, known_at: datetime) -> dict[_Question, list[_Act]]:
    """Return what counts, oldest first, under both its quad class and its event type."""
    counted = pc.and_(
        pc.equal(events["status"], Status.REPORTED.value), pc.invert(pc.fill_null(events["review"], fill_value=False))
    )
    seen = pc.less_equal(events["known_at"], pa.scalar(known_at, events.schema.field("known_at").type))
    ordered = events.filter(pc.and_(counted, seen)).sort_by([("event_date", "ascending"), ("event_id", "ascending")])
    acts: dict[_Question, list[_Act]] = defaultdict(list)
    columns = ("source", "target", "quad_class", "event_type", "event_date", "event_id", "known_at")
    for source, target, quad, kind, *act in zip(*(ordered[c].to_pylist() for c in columns), strict=True):
        for what in (quad, kind):
            acts[source, what, target].append(_Act(*act))
    return acts


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
