"""Events as a test writes them: one short line each."""

from datetime import UTC, date, datetime, time, timedelta

import pyarrow as pa

from marsad.domain.tables import EVENTS
from marsad.domain.week import Week
from marsad.domain.words import EventType

RUN = "2026-W22"
AS_OF = datetime(2026, 6, 1, tzinfo=UTC)
MONDAY = date(2026, 1, 5)  # of 2026-W02


def act(day, source, target, kind, mode=None, context=None, **more):
    """One reported event, known at the end of its day unless said otherwise."""
    day = day if isinstance(day, date) else date.fromisoformat(day)
    row = {
        "event_id": more.pop("event_id", f"{day}-{source}-{target}-{kind}-{mode}-{context}"),
        "event_date": day,
        "source": source,
        "target": target,
        "event_type": kind,
        "mode": mode,
        "context": context,
        "quad_class": EventType(kind).quad_class.value,
        "goldstein": 5.0 if EventType(kind).quad_class.is_cooperation else -5.0,
        "status": "reported",
        "confidence": 0.9,
        "review": False,
        "known_at": datetime.combine(day + timedelta(days=1), time(), UTC),
    }
    return row | more


def table(rows) -> pa.Table:
    return EVENTS.from_rows(list(rows))


def weekly(counts, source, target, kind, mode=None, context=None, start=MONDAY):
    """``counts[i]`` acts of one kind in the i-th week from ``start`` on."""
    return [
        act(
            start + timedelta(weeks=i, days=n % 7),
            source,
            target,
            kind,
            mode,
            context,
            event_id=f"{source}{target}{kind}-{i:03}-{n:03}",
        )
        for i, count in enumerate(counts)
        for n in range(count)
    ]


def weeks(n, start=MONDAY):
    first = Week.of(start)
    return [first.shift(i) for i in range(n)]


def after(n, start=MONDAY):
    """The instant n weeks from ``start`` are over."""
    return datetime.combine(start + timedelta(weeks=n), time(), UTC)
