from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.domain.tables import COVERAGE, LEVELS
from marsad.measure.activity import COOPERATION, filter_levels, levels, smooth_levels
from measure.samples import MONDAY, RUN, act, after, table, weekly, weeks


def level(rows, n, pairs=None, coverage=None, function=levels):
    found = function(table(rows), weeks(n), coverage, run=RUN, as_of=after(n), pairs=pairs)
    assert found.schema == LEVELS.schema
    return found


def means(found, ladder):
    return [row["mean"] for row in found.to_pylist() if row["ladder"] == ladder]


def test_one_week_of_the_model_is_bayes_rule():
    # One act on rung 1 at exposure 1: the posterior is prior x (size + volume)^-(size + 1) x rate, normalised.
    prior = np.array(COOPERATION.rest)
    volume = COOPERATION.rates.sum(axis=1)
    odds = prior * (0.7 + volume) ** -1.7 * COOPERATION.rates[:, 0]
    (posterior,) = filter_levels(COOPERATION, [np.array([[1.0, 0, 0, 0, 0]])], [np.array([1.0])])
    assert posterior[0] == pytest.approx(odds / odds.sum())


def test_a_missing_week_only_lets_the_level_drift():
    counts = [np.array([[9.0, 3, 3, 0, 0]]), np.zeros((1, 5))]
    seen, missed = filter_levels(COOPERATION, counts, [np.array([20.0]), None])
    assert missed == pytest.approx(0.945 * seen + 0.055 * np.array(COOPERATION.rest))


def test_the_last_smoothed_week_is_the_last_filtered_one():
    counts = [np.array([[2.0, 0, 0, 0, 0]]), np.array([[4.0, 2, 1, 0, 0]])]
    exposure = [np.array([10.0])] * 2
    assert smooth_levels(COOPERATION, counts, exposure)[-1] == pytest.approx(
        filter_levels(COOPERATION, counts, exposure)[-1]
    )


def test_smoothing_two_weeks_is_the_joint_distribution_summed_out():
    counts, exposure = [np.array([[2.0, 0, 0, 0, 0]]), np.array([[4.0, 2, 1, 0, 0]])], [np.array([10.0])] * 2
    rest = np.array(COOPERATION.rest)
    move = 0.945 * np.eye(6) + 0.055 * np.tile(rest, (6, 1))
    first, second = (np.exp(COOPERATION.log_likelihood(c, e)[0]) for c, e in zip(counts, exposure, strict=True))
    joint = ((rest @ move) * first)[:, None] * move * second[None, :]
    assert smooth_levels(COOPERATION, counts, exposure)[0][0] == pytest.approx(joint.sum(axis=1) / joint.sum())


def test_fighting_every_week_is_the_armed_level_and_a_silent_pair_is_near_silence():
    found = level(weekly([5] * 8, "PAK", "AFG", "ASSAULT"), 8, pairs=[("PAK", "AFG"), ("IRN", "UZB")])
    armed = [row for row in found.to_pylist() if (row["source"], row["ladder"]) == ("AFG", "conflict")][-1]
    assert armed["target"] == "PAK"
    assert armed["low"] == armed["high"] == 4
    silent = [row for row in found.to_pylist() if (row["source"], row["ladder"]) == ("IRN", "conflict")][-1]
    assert silent["mean"] < 1.2
    assert silent["n_events"] == 0


def test_one_act_of_defence_may_be_a_stray_one_and_a_second_is_not():
    visits, pacts = [1] * 12, [0] * 12 + [1, 1]
    rows = [
        *weekly(visits, "RUS", "AFG", "CONSULT"),
        *weekly(pacts, "RUS", "AFG", "AGREE", "sign", "military"),
    ]
    found = [row for row in level(rows, 14).to_pylist() if row["ladder"] == "cooperation"]
    before, one, two = (row["p"][5] for row in found[11:])
    assert before < 0.05
    assert 0.5 < one < 0.6
    assert two > 0.95
    assert [row["low"] for row in found[11:]] == [1.0, 1.0, 5.0]


def test_a_week_whose_collection_failed_is_unknown_and_not_quiet():
    rows = weekly([4, 4, 4, 4, 4, 4, 0, 0], "RUS", "AFG", "COOPERATE", "trade", "economic")
    days = [MONDAY + timedelta(days=d) for d in range(56)]
    ledger = pa.Table.from_pylist(
        [
            {
                "feed": "f",
                "day": d,
                "expected": 10,
                "received": 10 if d < MONDAY + timedelta(weeks=6) else 0,
                "failed": 0,
            }
            for d in days
        ],
        schema=COVERAGE.schema,
    )
    covered, failed = level(rows, 8), level(rows, 8, coverage=ledger)
    assert [row["is_covered"] for row in failed.to_pylist()][:8] == [True] * 6 + [False] * 2
    assert means(failed, "cooperation")[7] > means(covered, "cooperation")[7]


def test_weeks_before_the_record_begins_are_unknown_and_not_quiet():
    found = level(weekly([0, 0, 1], "RUS", "AFG", "CONSULT"), 3).to_pylist()
    assert [row["is_covered"] for row in found] == [False, False, True] * 2
    assert found[1]["p"] == pytest.approx(COOPERATION.rest)


def test_a_week_that_has_not_begun_is_refused():
    with pytest.raises(ValueError, match="begins at or after"):
        levels(table([]), weeks(3), run=RUN, as_of=after(2))


def test_pairs_without_any_event_still_have_a_level():
    assert level([], 2, pairs=[("USA", "AFG")]).num_rows == 4
    assert level([], 2).num_rows == 0


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_later_events_never_change_an_earlier_filtered_level(data):
    kinds = st.sampled_from(["ASSAULT", "CONSULT", "AID", "SANCTION", "ACCUSE"])
    actors = st.sampled_from([("AFG", "PAK"), ("PAK", "AFG"), ("RUS", "AFG"), ("RUS", "USA")])
    drawn = data.draw(st.lists(st.tuples(st.integers(0, 69), actors, kinds), max_size=30))
    rows = [act(MONDAY + timedelta(days=d), *a, k, event_id=f"e{i:03}") for i, (d, a, k) in enumerate(drawn)]
    early = [row for row in rows if row["event_date"] < MONDAY + timedelta(weeks=5)]
    pairs = [("AFG", "PAK"), ("AFG", "RUS")]
    short = levels(table(early), weeks(5), run=RUN, as_of=after(10), pairs=pairs)
    full = levels(table(rows), weeks(5), run=RUN, as_of=after(10), pairs=pairs)
    assert short["p"].to_pylist() == full["p"].to_pylist()
    shuffled = levels(table(data.draw(st.permutations(rows))), weeks(5), run=RUN, as_of=after(10), pairs=pairs)
    assert shuffled.equals(full)


def test_the_interval_holds_the_mean():
    found = level(weekly([0, 3, 1, 4, 0, 2], "IRN", "AFG", "CONSULT"), 6).to_pylist()
    assert all(row["low"] <= row["mean"] + 1 and row["mean"] - 1 <= row["high"] for row in found)
    assert all(sum(row["p"]) == pytest.approx(1) for row in found)
    assert [len(row["p"]) for row in found] == [6] * 6 + [5] * 6
    assert date(2026, 1, 5) == MONDAY
