"""Small event and coverage tables for the tests of forecast and review."""

from datetime import UTC, date, datetime, time, timedelta

from marsad.domain.tables import COVERAGE, EVENTS

FIRST = date(2026, 1, 5)  # a Monday


def day(n):
    """The n-th day of the record, 0 being the Monday 2026-01-05."""
    return FIRST + timedelta(days=n)


def instant(n, hour=0):
    return datetime.combine(day(n), time(hour), UTC)


def event(n, pair="RUS-AFG", quad_class="verbal_cooperation", **other):
    source, target = pair.split("-")
    row = {
        "event_id": f"{pair}-{quad_class}-{n}",
        "event_date": day(n),
        "source": source,
        "target": target,
        "event_type": "CONSULT",
        "quad_class": quad_class,
        "status": "reported",
        "review": False,
        "known_at": instant(n, 12),
    }
    return row | other


def events(*rows):
    return EVENTS.from_rows(list(rows))


def coverage(*days, received=0, failed=1, feed="wire"):
    return COVERAGE.from_rows(
        [
            {"feed": feed, "day": day(n), "expected": 5, "received": received, "failed": failed, "known_at": instant(n)}
            for n in days
        ]
    )
