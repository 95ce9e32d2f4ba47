"""What became of each question: it happened, it did not, or we could not have seen it."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from operator import itemgetter
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from marsad.domain.fields import kind_asked, kinds_of
from marsad.domain.query import parse_query
from marsad.domain.tables import RESOLUTIONS
from marsad.domain.words import Status

GRACE_DAYS = 7  # a report may come a week after its event: only then does silence mean no
MAX_EVENTS = 5
_Question = tuple[str, str, str]


class _Act(NamedTuple):
    day: date
    event_id: str
    known_at: datetime


class _Asked(NamedTuple):
    question_id: str
    origin: date
    first: date
    due: date
    at_least: int
    since: datetime | None  # no answer is given before the question was entered


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

    A forecast is void when too little was seen and collection failed on more than half of its days: on a failed day
    every feed in the coverage ledger failed and none brought anything. Days the ledger does not know count as
    collected, but where there is a ledger, silence means no only once it reaches the end of the grace.

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
    acts = _acts_by_question(_counted(events, known_at))
    record = _read_record(coverage, known_at, grace_days)
    resolved = []
    for row in _open_questions(forecasts, known_at.date(), _done(resolutions)):
        asked = _Asked(row["question_id"], row["origin"], row["origin"] + timedelta(days=1), row["due"], 1, None)
        theirs = acts[row["source"], kind_asked(row), row["target"]]
        resolved += record.settle(asked, theirs)
    return RESOLUTIONS.from_rows(resolved)


def resolve_judgements(
    judgements: pa.Table,
    resolutions: pa.Table,
    events: pa.Table,
    coverage: pa.Table,
    *,
    known_at: datetime,
    grace_days: int = GRACE_DAYS,
) -> pa.Table:
    """Resolve every open judgement that can be, by its event query, as :func:`resolve` does forecasts.

    Args:
        judgements: one row per statement; its ``judgement_id`` is the resolution's ``question_id``.
        resolutions: those made so far.
        events: one row per event.
        coverage: one row per (feed, day).
        known_at: the instant eyes close.
        grace_days: days after ``due`` before silence means no.

    Returns:
        ``resolutions``, only the new rows, in order of origin then question; none is dated before its judgement was
        entered.
    """
    counted, done = _counted(events, known_at), _done(resolutions)
    record = _read_record(coverage, known_at, grace_days)
    resolved = []
    for row in sorted(judgements.to_pylist(), key=itemgetter("origin", "judgement_id")):
        if (row["judgement_id"], row["origin"]) in done or row["known_at"] > known_at:
            continue
        query = parse_query(row["resolution_rule"]).within(row["origin"] + timedelta(days=1), row["due"])
        first = query.first or row["origin"]
        asked = _Asked(row["judgement_id"], row["origin"], first, row["due"], query.at_least, row["known_at"])
        resolved += record.settle(asked, _acts(query.select(counted)))
    return RESOLUTIONS.from_rows(resolved)


def with_overrules(resolutions: pa.Table, overrules: pa.Table) -> pa.Table:
    """Return the resolutions as they stand after people's word: of one question the latest overrule counts.

    Args:
        resolutions: one row per (question, origin), as made from events.
        overrules: one row per word of a person; a question not yet resolved may be overruled too.

    Returns:
        ``resolutions``, one row per (question, origin), sorted so; an overruled row keeps the deciding events.
    """
    stands = {(row["question_id"], row["origin"]): row for row in resolutions.to_pylist()}
    for word in sorted(overrules.to_pylist(), key=itemgetter("known_at")):
        key = (word["question_id"], word["origin"])
        said = {"outcome": word["outcome"], "resolved_at": word["known_at"], "known_at": word["known_at"]}
        stands[key] = stands.get(key, {"question_id": key[0], "origin": key[1]}) | said
    return RESOLUTIONS.from_rows([stands[key] for key in sorted(stands)])


@dataclass(frozen=True)
class _Record:
    """How far the record reaches and where collection failed, as known at one instant."""

    known_at: datetime
    grace_days: int
    failed: Sequence[date]  # days on which every feed failed and none brought anything, in order
    days: Sequence[date]  # of the ledger, in order
    reached: Sequence[datetime]  # when the ledger first went as far as each of these days, or farther

    def settle(self, asked: _Asked, acts: Sequence[_Act]) -> list[dict[str, Any]]:
        """Return the resolution of a question if it can be had by now."""
        settled_at = self._silence_means_no(asked.due)
        inside = [act for act in acts if asked.first <= act.day <= asked.due]
        if settled_at is not None:
            inside = [act for act in inside if act.known_at <= settled_at]
        happened = len(inside) >= asked.at_least
        if not happened and (settled_at is None or self.known_at < settled_at):
            return []
        instant = sorted(act.known_at for act in inside)[asked.at_least - 1] if happened else settled_at
        assert instant is not None  # silence is settled above
        n_failed = bisect_right(self.failed, asked.due) - bisect_left(self.failed, asked.first)
        is_void = not happened and 2 * n_failed > (asked.due - asked.first).days + 1
        stated = max(instant, asked.since or instant)
        return [
            {
                "question_id": asked.question_id,
                "origin": asked.origin,
                "due": asked.due,
                "outcome": None if is_void else happened,
                "resolved_at": stated,
                "events": [act.event_id for act in inside if act.known_at <= instant][:MAX_EVENTS],
                "known_at": stated,
            }
        ]

    def _silence_means_no(self, due: date) -> datetime | None:
        """Return when silence up to a day is settled; None while the ledger does not reach the end of its grace."""
        over = datetime.combine(due + timedelta(days=self.grace_days + 1), time(), UTC)
        if not self.days:
            return over
        place = bisect_left(self.days, due + timedelta(days=self.grace_days))
        return max(over, self.reached[place]) if place < len(self.days) else None


def _read_record(coverage: pa.Table, known_at: datetime, grace_days: int) -> _Record:
    seen = coverage.filter(
        pc.less_equal(coverage["known_at"], pa.scalar(known_at, coverage.schema.field("known_at").type))
    )
    columns = ("day", "received", "failed", "known_at")
    is_failed: dict[date, list[bool]] = defaultdict(list)
    first_known: dict[date, datetime] = {}
    for day, received, failed, known in zip(*(seen[c].to_pylist() for c in columns), strict=True):
        is_failed[day].append(not received and bool(failed))
        first_known[day] = min(known, first_known.get(day, known))
    days = sorted(first_known)
    reached = [*accumulate((first_known[day] for day in reversed(days)), min)][::-1]
    return _Record(known_at, grace_days, [day for day in days if all(is_failed[day])], days, reached)


def _done(resolutions: pa.Table) -> set[tuple[str, date]]:
    return set(zip(resolutions["question_id"].to_pylist(), resolutions["origin"].to_pylist(), strict=True))


def _open_questions(forecasts: pa.Table, today: date, done: set[tuple[str, date]]) -> list[dict[str, Any]]:
    """Return one row per unresolved (question, origin) already begun, oldest first."""
    columns = ["question_id", "origin", "due", "source", "target", "quad_class", "event_type", "field"]
    begun = forecasts.select(columns).filter(pc.less(forecasts["origin"], pa.scalar(today)))
    unique = {(row["question_id"], row["origin"]): row for row in begun.to_pylist()}
    return sorted((row for key, row in unique.items() if key not in done), key=itemgetter("origin", "question_id"))


def _counted(events: pa.Table, known_at: datetime) -> pa.Table:
    """Return the events that decide: reported, not waiting for review, known; oldest first."""
    counted = pc.and_(
        pc.equal(events["status"], Status.REPORTED.value), pc.invert(pc.fill_null(events["review"], fill_value=False))
    )
    seen = pc.less_equal(events["known_at"], pa.scalar(known_at, events.schema.field("known_at").type))
    return events.filter(pc.and_(counted, seen)).sort_by([("event_date", "ascending"), ("event_id", "ascending")])


def _acts(counted: pa.Table) -> list[_Act]:
    columns = ("event_date", "event_id", "known_at")
    return [_Act(*act) for act in zip(*(counted[c].to_pylist() for c in columns), strict=True)]


def _acts_by_question(counted: pa.Table) -> dict[_Question, list[_Act]]:
    """Return the acts under every kind they are of."""
    acts: dict[_Question, list[_Act]] = defaultdict(list)
    names = (counted[c].to_pylist() for c in ("source", "target", "event_type", "quad_class", "context"))
    for source, target, kind, quad, context, act in zip(*names, _acts(counted), strict=True):
        for what in kinds_of(kind, quad, context):
            acts[source, what, target].append(act)
    return acts
