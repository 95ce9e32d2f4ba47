import pyarrow as pa
import pytest

from event_rows import coverage, day, event, events, instant
from marsad.domain.tables import COVERAGE, FORECASTS, RESOLUTIONS
from marsad.review import resolve


def forecast(**other):
    row = {
        "question_id": "q",
        "source": "RUS",
        "target": "AFG",
        "quad_class": "verbal_cooperation",
        "origin": day(6),
        "due": day(34),
        "model": "m",
    }
    return row | other


def resolved(rows, today, *happened, ledger=None, done=None):
    return resolve(
        FORECASTS.from_rows(rows),
        RESOLUTIONS.empty() if done is None else done,
        events(*happened),
        COVERAGE.empty() if ledger is None else ledger,
        known_at=instant(today + 1),
    )


def outcomes(*args, **more):
    return resolved(*args, **more)["outcome"].to_pylist()


def test_what_has_happened_is_resolved_at_once_with_the_deciding_events():
    (row,) = resolved([forecast()], 10, event(8), event(7)).to_pylist()
    assert row["outcome"] is True
    assert row["events"] == ["RUS-AFG-verbal_cooperation-7"]
    assert row["resolved_at"] == row["known_at"]


@pytest.mark.parametrize("today", [10, 50, 400])
def test_a_resolution_is_the_same_whenever_the_week_is_run(today):
    first = resolved([forecast()], 10, event(8), event(7))
    assert resolved([forecast()], today, event(8), event(7)).equals(first)


def test_a_no_bears_the_instant_when_the_grace_was_over():
    (row,) = resolved([forecast()], 200).to_pylist()
    assert (row["outcome"], row["known_at"]) == (False, instant(42))


@pytest.mark.parametrize(("today", "expected"), [(34, []), (40, []), (41, [False])])
def test_silence_means_no_only_after_the_grace(today, expected):
    assert outcomes([forecast()], today) == expected


@pytest.mark.parametrize(("happened", "expected"), [(6, False), (7, True), (34, True), (35, False)])
def test_the_window_opens_after_the_origin_and_holds_the_due_day(happened, expected):
    assert outcomes([forecast()], 60, event(happened)) == [expected]


@pytest.mark.parametrize(
    "other",
    [{"pair": "AFG-RUS"}, {"quad_class": "material_conflict"}, {"status": "judgement"}, {"review": True}],
)
def test_only_the_reported_act_asked_for_decides(other):
    assert outcomes([forecast()], 60, event(10, **other)) == [False]


def test_a_question_on_an_event_type_is_decided_by_that_type():
    asked = forecast(event_type="SANCTION", quad_class="material_conflict")
    coerced = event(9, quad_class="material_conflict", event_type="COERCE")
    assert outcomes([asked], 60, coerced) == [False]
    assert outcomes([asked], 60, coerced | {"event_type": "SANCTION"}) == [True]


def test_an_event_not_yet_known_decides_nothing():
    assert outcomes([forecast()], 60, event(10, known_at=instant(90))) == [False]


def collected(*failed_days, until=45):
    """A ledger in which these days failed and a last one did not."""
    return pa.concat_tables([coverage(*failed_days), coverage(until, failed=0, received=3)])


def test_a_window_mostly_not_collected_is_void():
    assert outcomes([forecast()], 60, ledger=collected(*range(7, 22))) == [None]  # 15 of 28 days
    assert outcomes([forecast()], 60, ledger=collected(*range(7, 21))) == [False]  # 14 of 28 days


@pytest.mark.parametrize(("until", "expected"), [(40, []), (41, [False])])
def test_where_collection_has_not_reached_the_end_of_the_grace_a_question_stays_open(until, expected):
    assert outcomes([forecast()], 300, ledger=collected(until=until)) == expected


def test_a_no_made_possible_by_late_collection_bears_the_instant_of_that_collection():
    late = coverage(41, failed=0, received=3).set_column(5, "known_at", pa.array([instant(90)]))
    (row,) = resolved([forecast()], 200, ledger=late).to_pylist()
    assert row["known_at"] == instant(90)


def test_one_feed_that_worked_keeps_a_day_collected():
    ledger = pa.concat_tables([coverage(*range(7, 35)), coverage(*range(7, 42), failed=0, feed="other")])
    assert outcomes([forecast()], 60, ledger=ledger) == [False]


def test_what_was_seen_in_spite_of_failures_stands():
    assert outcomes([forecast()], 60, event(10), ledger=coverage(*range(7, 35))) == [True]


def test_a_resolution_once_made_stands():
    first = resolved([forecast()], 60)
    assert resolved([forecast()], 90, event(10), done=first).num_rows == 0


def test_two_models_of_one_question_share_its_resolution():
    assert resolved([forecast(), forecast(model="other")], 60).num_rows == 1


def test_a_forecast_of_tomorrow_is_left_alone():
    assert resolved([forecast(origin=day(50), due=day(78))], 50, event(51)).num_rows == 0


def test_at_most_five_deciding_events_are_kept():
    (row,) = resolved([forecast()], 60, *(event(n, known_at=instant(20)) for n in range(7, 20))).to_pylist()
    assert row["events"] == [f"RUS-AFG-verbal_cooperation-{n}" for n in range(7, 12)]
