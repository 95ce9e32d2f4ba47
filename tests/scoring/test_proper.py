from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import OutOfRange
from marsad.scoring import brier_score, log_score, skill

QUESTIONS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


def test_brier_is_the_mean_squared_gap():
    # (0.7 - 1)^2 = 9/100, (0.4 - 0)^2 = 16/100, (1 - 1)^2 = 0: mean 25/300
    assert brier_score([0.7, 0.4, 1.0], [True, False, True]) == pytest.approx(25 / 300)


def test_log_score_is_the_mean_surprise():
    assert log_score([0.5, 0.2], [True, False]) == pytest.approx(-(log(0.5) + log(0.8)) / 2)


def test_a_certain_miss_costs_no_more_than_the_floor_allows():
    assert log_score([0.0], [True]) == pytest.approx(-log(1e-4))
    assert log_score([0.0], [True], floor=0.01) == pytest.approx(-log(0.01))


@given(QUESTIONS)
def test_flipping_every_question_leaves_the_scores(questions):
    p, o = np.array([q[0] for q in questions]), np.array([q[1] for q in questions])
    assert brier_score(p, o) == pytest.approx(brier_score(1 - p, ~o))
    assert log_score(p, o) == pytest.approx(log_score(1 - p, ~o))


@given(QUESTIONS)
def test_brier_lies_between_zero_and_one(questions):
    assert 0 <= brier_score(*zip(*questions, strict=True)) <= 1


@given(st.integers(1, 30), st.integers(1, 30), st.floats(0, 1))
def test_nothing_beats_saying_the_true_share(happened, missed, said):
    outcomes = [True] * happened + [False] * missed
    n = happened + missed
    for score in (brier_score, log_score):
        assert score([happened / n] * n, outcomes) <= score([said] * n, outcomes) + 1e-12


def test_skill_is_the_share_of_the_loss_saved():
    assert skill(0.1, 0.25) == pytest.approx(3 / 5)
    assert skill(0.3, 0.2) == pytest.approx(-1 / 2)


def test_a_perfect_reference_leaves_no_skill_to_speak_of():
    assert skill(0.1, 0.0) is None


@pytest.mark.parametrize("bad", [1.2, -0.1, float("nan")])
def test_an_impossible_probability_is_named_by_its_place(bad):
    with pytest.raises(OutOfRange, match="probability 1"):
        brier_score([0.5, bad], [True, True])


def test_a_negative_loss_is_refused():
    with pytest.raises(OutOfRange, match="negative"):
        skill(-0.1, 0.2)


@pytest.mark.parametrize(("p", "o"), [([], []), ([0.5], [True, False]), ([[0.5]], [[True]])])
def test_lists_that_do_not_match_are_refused(p, o):
    with pytest.raises(ValueError):
        brier_score(p, o)


def test_the_scores_agree_with_scoringrules():
    scoringrules = pytest.importorskip("scoringrules", reason="the cross-check needs scoringrules")
    rng = np.random.default_rng(7)
    p = rng.uniform(0.01, 0.99, 200)
    o = rng.uniform(size=200) < p
    assert brier_score(p, o) == pytest.approx(np.mean(scoringrules.brier_score(o.astype(float), p)))
    assert log_score(p, o) == pytest.approx(np.mean(scoringrules.log_score(o.astype(float), p)))
