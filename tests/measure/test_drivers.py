from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.domain.tables import DRIVERS
from marsad.domain.week import Week
from marsad.measure.acts import read
from marsad.measure.drivers import Circle, circle_of, drivers
from measure.samples import MONDAY, RUN, act, after, table, weekly

BREAK = Week.of(MONDAY).shift(10)
CIRCLE = Circle(frozenset({"UZB"}), frozenset({"ISKP"}))


def drive(rows, n=20, circle=CIRCLE):
    found = drivers(table(rows), "RUS", "AFG", BREAK, run=RUN, as_of=after(n), circle=circle, span_weeks=10)
    assert found.schema == DRIVERS.schema
    return {row["driver"]: row for row in found.to_pylist()}


def test_acts_against_a_common_enemy_are_counted_before_and_after():
    rows = weekly([1] * 10 + [2] * 10, "AFG", "ISKP", "ASSAULT") + weekly([1] * 20, "AFG", "PAK", "ASSAULT")
    found = drive(rows)
    assert set(found) == {"common_enemy"}
    assert (found["common_enemy"]["before"], found["common_enemy"]["after"]) == (1.0, 2.0)
    assert found["common_enemy"]["effect_low"] < found["common_enemy"]["effect"] < found["common_enemy"]["effect_high"]
    assert len(found["common_enemy"]["events"]) == 10


def test_hostility_to_partners_and_to_oneself_are_kept_apart():
    rows = weekly([1] * 20, "AFG", "UZB", "ACCUSE") + weekly([0] * 19 + [1], "AFG", "RUS", "REJECT")
    found = drive(rows)
    assert (found["hostile_to_partners"]["before"], found["hostile_to_partners"]["effect"]) == (1.0, pytest.approx(0))
    assert found["hostile_to_source"]["after"] == pytest.approx(0.1)


def test_engagement_leaves_out_the_pair_itself_and_themes_are_the_pair_alone():
    rows = weekly([1] * 20, "AFG", "RUS", "COOPERATE", "trade", "narcotics") + weekly(
        [2] * 20, "CHN", "AFG", "CONSULT", "visit"
    )
    found = drive(rows)
    assert set(found) == {"engagement", "theme_narcotics"}
    assert found["engagement"]["before"] == 2.0


def test_partners_and_adversaries_are_read_off_weighty_acts_before_the_break():
    rows = [
        *weekly([1] * 3, "RUS", "UZB", "AID", "economic"),
        *weekly([1] * 3, "ISKP", "RUS", "ASSAULT"),
        *weekly([1] * 3, "RUS", "CHN", "CONSULT"),
        *weekly([0] * 12 + [3], "RUS", "USA", "SANCTION"),
        *weekly([2], "RUS", "GBR", "SANCTION"),
    ]
    acts = read(table(rows), after(20))
    assert circle_of(acts, "RUS", "AFG", BREAK.index) == Circle(frozenset({"UZB"}), frozenset({"ISKP"}))


def test_a_break_of_the_last_week_has_no_after_yet():
    found = drive(weekly([1] * 10, "AFG", "ISKP", "ASSAULT"), n=10)
    assert found["common_enemy"]["after"] is None


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_later_events_change_no_driver_read_as_of_an_earlier_date(data):
    kinds = st.sampled_from([("ASSAULT", None), ("CONSULT", None), ("AGREE", "narcotics"), ("AID", "economic")])
    ends = st.sampled_from([("AFG", "ISKP"), ("AFG", "RUS"), ("RUS", "AFG"), ("ISKP", "RUS"), ("RUS", "UZB")])
    drawn = data.draw(st.lists(st.tuples(st.integers(0, 24), ends, kinds), max_size=40))
    rows = [
        act(MONDAY + timedelta(weeks=week), *pair, kind, None, context, event_id=f"{i:03}")
        for i, (week, pair, (kind, context)) in enumerate(drawn)
    ]
    early = [row for row in rows if row["event_date"] < MONDAY + timedelta(weeks=14)]
    assert drive(rows, n=14, circle=None) == drive(early, n=14, circle=None)
    assert drive(data.draw(st.permutations(rows)), n=20) == drive(rows, n=20)


def test_an_empty_record_has_no_drivers():
    assert drive([]) == {}
    assert drive([act("2026-05-01", "AFG", "ISKP", "ASSAULT")]) == {}
