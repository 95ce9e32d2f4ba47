"""Everything that was said and can be scored, in one table: forecasts and judgements, with outcome and references."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from marsad.domain.fields import kind_asked
from marsad.domain.query import Act, Query, parse_query
from marsad.domain.words import EventType, QuadClass, Stance, Status
from marsad.language.detect import identify

_S, _F, _D, _B = pa.string(), pa.float64(), pa.date32(), pa.bool_()
MIXED = "mixed"
SAID = pa.schema(
    [
        ("kind", _S),  # forecast or judgement
        ("who", _S),  # model or author
        ("question_id", _S),
        ("origin", _D),
        ("due", _D),
        ("about", _S),  # what hangs together: the dyad
        ("topic", _S),  # quad class, event type of a forecast on one, stance and field of a reaction, or mixed
        ("horizon", _S),  # in words
        ("language", _S),  # of a judgement's sentence; null for a forecast, and where it is none of ours
        ("probability", _F),
        ("base_rate", _F),
        ("persistence", _F),  # 1 if it happened in the window of the same length before, as known then
        ("model_probability", _F),  # of a judgement: what the model said to the same question
        ("outcome", _B),  # null: void
        ("backfilled", _B),
    ]
)


def said(
    forecasts: pa.Table, judgements: pa.Table, resolutions: pa.Table, events: pa.Table, *, today: date
) -> pa.Table:
    """Return what can be scored without favour, with what else could have been said at the time.

    A forecast counts once all of its origin due the same day are resolved, a judgement once it is resolved and its last
    day is over: before that only what happened early is known, and scoring it would flatter whoever says yes.

    Args:
        forecasts: one row per question, origin and model.
        judgements: one row per statement.
        resolutions: one row per (question, origin), as they stand after people's word.
        events: one row per event; what was not known at a row's ``known_at`` does not enter its persistence.
        today: the day of the review.

    Returns:
        ``SAID``, forecasts first, by origin and question.
    """
    outcome = {(row["question_id"], row["origin"]): row["outcome"] for row in resolutions.to_pylist()}
    past = _Past(events)
    rows = [*_forecasts(forecasts, outcome, past), *_judgements(judgements, outcome, past, today)]
    return pa.Table.from_pylist(rows, schema=SAID)


def _forecasts(forecasts: pa.Table, outcome: dict[Any, Any], past: "_Past") -> Iterator[dict[str, Any]]:
    opened = forecasts.drop_columns(["reasons"]).to_pylist()
    pending = {(row["origin"], row["due"]) for row in opened if (row["question_id"], row["origin"]) not in outcome}
    for row in sorted(opened, key=lambda row: (row["origin"], row["question_id"], row["model"])):
        if (row["origin"], row["due"]) in pending:
            continue
        query = Query.of(
            row["source"],
            [kind_asked(row)],
            row["target"],
            row["origin"] + timedelta(days=1),
            row["due"],
        )
        yield {
            "kind": "forecast",
            "who": row["model"],
            "about": f"{row['source']}-{row['target']}",
            "topic": kind_asked(row),
            "horizon": horizon_words((row["due"] - row["origin"]).days),
            "persistence": past.persistence(query, row["known_at"]),
            "language": None,
            "model_probability": None,
            "outcome": outcome[row["question_id"], row["origin"]],
            **{name: row[name] for name in ("question_id", "origin", "due", "probability", "base_rate", "backfilled")},
        }


def _judgements(judgements: pa.Table, outcome: dict[Any, Any], past: "_Past", today: date) -> Iterator[dict[str, Any]]:
    for row in sorted(judgements.to_pylist(), key=lambda row: (row["origin"], row["judgement_id"])):
        key = (row["judgement_id"], row["origin"])
        if key not in outcome or row["due"] >= today:
            continue
        query = parse_query(row["resolution_rule"])
        yield {
            "kind": "judgement",
            "who": row["author"] or "unnamed",
            "question_id": row["judgement_id"],
            "about": " ".join(str(query.anytime()).split()[:3:2]),
            "topic": topic_of(query),
            "horizon": horizon_words((row["due"] - row["origin"]).days),
            "language": identify(row["sentence"] or ""),
            "persistence": past.persistence(query, row["known_at"]),
            "outcome": outcome[key],
            **{
                name: row[name]
                for name in ("origin", "due", "probability", "base_rate", "model_probability", "backfilled")
            },
        }


def topic_of(query: Query) -> str:
    """Return the quad class of all acts a query names, or that they are mixed.

    >>> topic_of(parse_query("USA SANCTION,COERCE AFG")), topic_of(parse_query("USA * AFG"))
    ('material_conflict', 'mixed')
    """
    kinds = {
        act.kind if act.kind in {*QuadClass, *Stance} else EventType(act.kind).quad_class.value
        for act in query.acts
        if act.kind != "*"
    }
    return kinds.pop() if len(kinds) == 1 and Act("*") not in query.acts else MIXED


def horizon_words(n_days: int) -> str:
    """Return how far ahead something was said, in the bands the review compares.

    >>> [horizon_words(n) for n in (7, 28, 91, 122)]
    ['up to 1 week', 'up to 4 weeks', 'up to 13 weeks', 'over 13 weeks']
    """
    for n_weeks in (1, 4, 13):
        if n_days <= 7 * n_weeks:
            return f"up to {n_weeks} week{'s' * (n_weeks > 1)}"
    return "over 13 weeks"


class _Past:
    """Reported events, to ask whether something had happened in the window before."""

    def __init__(self, events: pa.Table) -> None:
        waits = pc.fill_null(events["review"], fill_value=False)
        self._events = events.filter(
            pc.and_(pc.equal(events["status"], Status.REPORTED.value), pc.invert(waits))
        ).sort_by([("event_date", "ascending"), ("event_id", "ascending")])
        self._answers: dict[str, tuple[list[date], list[datetime]]] = defaultdict(lambda: ([], []))

    def persistence(self, query: Query, known_at: datetime) -> float:
        """Return 1.0 if as many such acts lay in the window of the same length just before, as known then; else 0.0."""
        assert query.first is not None
        assert query.due is not None
        asked = str(query.anytime())
        if asked not in self._answers:
            found = query.anytime().select(self._events)
            self._answers[asked] = (found["event_date"].to_pylist(), found["known_at"].to_pylist())
        days, known = self._answers[asked]
        before = query.first - (query.due - query.first) - timedelta(days=1)
        inside = slice(bisect_left(days, before), bisect_right(days, query.first - timedelta(days=1)))
        return float(sum(instant <= known_at for instant in known[inside]) >= query.at_least)
