from datetime import timedelta

import pytest

from marsad.domain.tables import AGREEMENT, COVERAGE, MENTIONS
from marsad.domain.week import Week
from marsad.measure.agreement import agreement
from measure.samples import AS_OF, MONDAY, RUN, act, after, table

WEEK = Week.of(MONDAY)


def told(*rows):
    """Mentions: (event id, feed)."""
    return MENTIONS.from_rows(
        [{"event_id": e, "report_id": f"{e}-{f}", "quote_start": 0, "feed": f, "known_at": after(1)} for e, f in rows]
    )


def ledger(**received):
    """Seven days of ten expected rows a feed."""
    return COVERAGE.from_rows(
        [
            {
                "feed": f,
                "day": MONDAY + timedelta(days=n),
                "expected": 10,
                "received": r,
                "failed": 10 - r,
                "known_at": after(1),
            }
            for f, r in received.items()
            for n in range(7)
        ]
    )


EVENTS = table(
    [
        act(MONDAY, "RUS", "AFG", "CONSULT", event_id="visit"),
        act(MONDAY, "PAK", "AFG", "ASSAULT", event_id="raid"),
    ]
)


def find(mentions, coverage):
    found = agreement(EVENTS, mentions, coverage, [WEEK], run=RUN, as_of=AS_OF)
    assert found.schema == AGREEMENT.schema
    return {(row["source"], row["target"]): row for row in found.to_pylist()}


def test_feeds_that_tell_the_same_agree_fully():
    found = find(told(("visit", "a"), ("visit", "b"), ("raid", "a"), ("raid", "b")), ledger(a=10, b=10))
    assert found["AFG", "RUS"]["n_events"] == [1, 1]
    assert found["AFG", "RUS"]["balance"] == [1.0, 1.0]
    assert found["AFG", "RUS"]["agreement"] == pytest.approx(1)


def test_an_event_only_one_feed_told_lowers_the_agreement():
    # Feed b is silent on the visit: balance 1 against 0 costs 1/4, share 1/2 against 0 costs 1/2.
    found = find(told(("visit", "a"), ("raid", "a"), ("raid", "b")), ledger(a=10, b=10))
    assert found["AFG", "RUS"]["n_events"] == [1, 0]
    assert found["AFG", "RUS"]["balance"] == [1.0, None]
    assert found["AFG", "RUS"]["agreement"] == pytest.approx(1 / 4)
    # On the raid they differ in share only: 1/2 against 1.
    assert found["AFG", "PAK"]["agreement"] == pytest.approx(1 - 0 - 1 / 4)


def test_a_feed_that_failed_is_missing_and_not_zero():
    found = find(told(("visit", "a"), ("raid", "a")), ledger(a=10, b=1))
    assert found["AFG", "RUS"]["feeds"] == ["a"]
    assert found["AFG", "RUS"]["n_events"] == [1]
    assert found["AFG", "RUS"]["agreement"] is None
