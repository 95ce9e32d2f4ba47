from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from event_rows import day, event, events, instant
from marsad.domain.tables import EVENTS, FORECASTS
from marsad.errors import OutOfRange
from marsad.forecast import TYPES, backfill, issue, logit

DYADS = [("RUS", "AFG"), ("USA", "AFG")]
EVENT_ROWS = st.lists(
    st.builds(
        event,
        st.integers(0, 120),
        pair=st.sampled_from(["RUS-AFG", "USA-AFG", "PAK-AFG"]),
        quad_class=st.sampled_from(["verbal_cooperation", "material_conflict"]),
    ),
    max_size=30,
    unique_by=lambda row: row["event_id"],
)


def opened(rows, origin=27, **more):
    return issue(events(*rows), day(origin), DYADS, known_at=instant(origin + 1), **more)


def test_every_dyad_is_asked_in_every_class():
    table = opened([event(3)])
    assert table.schema == FORECASTS.schema
    asked = {(r["source"], r["quad_class"]) for r in table.to_pylist()}
    assert (table.num_rows, len(asked)) == (8, 8)


def test_the_rule_can_be_read_and_names_the_last_day_that_counts():
    row = opened([], horizon_weeks=2).to_pylist()[0]
    assert row["resolution_rule"] == "RUS verbal_cooperation AFG from 2026-02-02 by 2026-02-15"
    assert (row["due"] - row["origin"]).days == 14


def test_a_question_keeps_its_name_from_week_to_week_and_changes_it_with_the_horizon():
    first, later = opened([]), opened([], origin=34)
    assert first["question_id"].to_pylist() == later["question_id"].to_pylist()
    assert not set(first["question_id"].to_pylist()) & set(opened([], horizon_weeks=1)["question_id"].to_pylist())


def test_the_reasons_are_the_five_newest_events_of_the_question():
    rows = [event(n) for n in (1, 2, 5, 9, 12, 20)] + [event(21, quad_class="material_conflict"), event(40)]
    reasons = opened(rows).to_pylist()[0]["reasons"]
    assert reasons == [f"RUS-AFG-verbal_cooperation-{n}" for n in (20, 12, 9, 5, 2)]


@settings(max_examples=30, deadline=None)
@given(EVENT_ROWS, st.randoms(use_true_random=False))
def test_neither_the_future_nor_the_order_of_rows_is_seen(rows, random):
    past = [row for row in rows if row["event_date"] <= day(60)]
    random.shuffle(rows)
    assert opened(rows, origin=60).equals(opened(past, origin=60))


@settings(max_examples=20, deadline=None)
@given(EVENT_ROWS)
def test_a_backfilled_origin_says_what_was_said_at_the_time(rows):
    origins = [day(97), day(90)]
    again = backfill(events(*rows), origins, DYADS)
    at_the_time = [issue(events(*rows), day(n), DYADS, known_at=instant(n + 1), backfilled=True) for n in (90, 97)]
    assert again.equals(pa.concat_tables(at_the_time))


@settings(max_examples=30, deadline=None)
@given(EVENT_ROWS)
def test_probabilities_and_base_rates_lie_strictly_between_zero_and_one(rows):
    table = opened(rows, origin=80)
    for column in ("probability", "base_rate"):
        assert all(0 < p < 1 for p in table[column].to_pylist())


def test_an_event_learnt_after_the_cutoff_is_not_seen():
    late = event(8, known_at=instant(40))
    seen, unseen = opened([event(0), event(8)]), opened([event(0), late])
    assert unseen.equals(opened([event(0)]))
    assert seen["probability"][0].as_py() > unseen["probability"][0].as_py()


@pytest.mark.parametrize("fault", [{"status": "negated"}, {"review": True}])
def test_what_was_not_reported_or_waits_for_review_does_not_count(fault):
    assert opened([event(0), event(3, **fault)]).equals(opened([event(0)]))


def test_a_dyad_named_twice_is_asked_once():
    assert issue(events(), day(0), [*DYADS, *DYADS], known_at=instant(1)).num_rows == 8


def test_no_dyads_and_no_origins_open_nothing():
    assert issue(EVENTS.empty(), day(0), [], known_at=datetime(2026, 1, 1, tzinfo=UTC)).equals(FORECASTS.empty())
    assert backfill(EVENTS.empty(), [], DYADS).equals(FORECASTS.empty())


def test_a_horizon_below_one_week_is_refused():
    with pytest.raises(OutOfRange, match="horizon_weeks"):
        opened([], horizon_weeks=0)


def test_the_eyes_close_at_the_end_of_a_backfilled_origin():
    table = backfill(events(event(0)), [day(6)], DYADS)
    assert set(table["known_at"].to_pylist()) == {instant(6) + timedelta(days=1)}
    assert table["backfilled"].to_pylist() == [True] * 8


def test_a_long_dense_record_is_answered_by_the_regression_and_a_past_origin_as_at_the_time(monkeypatch):
    monkeypatch.setattr(logit, "MIN_ACTS", 100)
    rows = [event(n, pair="RUS-AFG" if n % 3 else "USA-AFG") for n in range(250)]
    origins = [day(230), day(237)]
    again = backfill(events(*rows), origins, DYADS, 1)
    at_the_time = issue(events(*rows), origins[1], DYADS, 1, known_at=instant(238), backfilled=True)
    assert set(again["model"].to_pylist()) == {logit.MODEL}
    assert again.slice(8).drop_columns(["probability"]).equals(at_the_time.drop_columns(["probability"]))
    assert again["probability"].to_pylist()[8:] == pytest.approx(at_the_time["probability"].to_pylist(), rel=1e-4)
    assert all(0 < p < 1 for p in again["probability"].to_pylist())


def test_types_are_asked_of_the_dyads_that_have_shown_them():
    table = opened([event(3, event_type="CONSULT")], kinds=TYPES)
    (row,) = table.to_pylist()
    assert (row["source"], row["event_type"], row["quad_class"]) == ("RUS", "CONSULT", "verbal_cooperation")
    assert row["resolution_rule"] == "RUS CONSULT AFG from 2026-02-02 by 2026-03-01"
    assert row["reasons"] == ["RUS-AFG-verbal_cooperation-3"]
