from datetime import UTC, datetime, time, timedelta

import pytest

from marsad.domain.tables import DRIVERS, FORECASTS, RESOLUTIONS
from marsad.domain.week import Week
from marsad.measure.predictability import predictability
from measure.samples import MONDAY, RUN, after

BREAK = Week.of(MONDAY).shift(10)


def asked(probability_by_week, outcome_by_week, source="AFG", n=5):
    """Five questions due on each week's Sunday; base rate one half."""
    forecasts, resolutions = [], []
    for i, (p, outcome) in enumerate(zip(probability_by_week, outcome_by_week, strict=True)):
        due = MONDAY + timedelta(weeks=i, days=6)
        for k in range(n):
            key = {"question_id": f"{source}{k}", "origin": due - timedelta(weeks=4)}
            known = datetime.combine(key["origin"], time(), UTC)
            forecasts.append(
                key
                | {
                    "source": source,
                    "target": "PAK",
                    "due": due,
                    "probability": p,
                    "base_rate": 0.5,
                    "model": "m",
                    "known_at": known,
                }
            )
            seen = datetime.combine(due + timedelta(days=1), time(), UTC)
            resolutions.append(
                key | {"due": due, "outcome": outcome, "resolved_at": seen, "events": [f"e{i:02}"], "known_at": seen}
            )
    return FORECASTS.from_rows(forecasts), RESOLUTIONS.from_rows(resolutions)


def find(tables, n=20, **more):
    found = predictability(*tables, "RUS", "AFG", BREAK, run=RUN, as_of=after(n), **more)
    assert found.schema == DRIVERS.schema
    return found.to_pylist()


def test_an_actor_that_came_to_be_foreseen_gains_skill():
    # Before: always one half like the base rate, skill 0. After: 0.9 on what happens, 1 - 0.01 / 0.25 = 0.96.
    (row,) = find(asked([0.5] * 10 + [0.9] * 10, [True] * 20))
    assert (row["driver"], row["source"], row["target"]) == ("predictability", "RUS", "AFG")
    assert (row["before"], row["after"]) == (pytest.approx(0), pytest.approx(0.96))
    assert row["effect"] == pytest.approx(0.96)
    assert (row["effect_low"], row["effect_high"]) == pytest.approx((0.96, 0.96))  # every week was like the others
    assert row["p_value"] == 1  # ten weeks on each side leave no placebo week
    assert row["events"][:2] == ["e19", "e18"]


def test_placebo_weeks_tell_a_lasting_change_from_a_common_swing():
    (row,) = find(asked([0.5] * 10 + [0.9] * 10, [True] * 20), span_weeks=4)
    # Weeks 4 to 6 and 14 to 16 are placebos, with no difference at all: 1 / (1 + 6).
    assert row["p_value"] == pytest.approx(1 / 7)


def test_few_or_void_questions_say_nothing():
    assert find(asked([0.5] * 20, [True] * 20, n=1)) == []
    assert find(asked([0.5] * 20, [None] * 20)) == []
    assert find(asked([0.5] * 20, [True] * 20, source="IRN")) == []


def test_what_resolves_later_is_not_looked_at():
    whole, part = asked([0.5] * 10 + [0.9] * 10, [True] * 20), asked([0.5] * 10 + [0.9] * 5, [True] * 15)
    assert find(whole, 15) == find(part, 15)
