import pytest

from marsad.scoring import skill_interval


def test_whole_clusters_are_drawn():
    # Only A drawn: 1 - 1/4 = 3/4; only B: 1 - 3/4 = 1/4. Each alone comes up in one draw of four.
    assert skill_interval([1, 3], [4, 4], "AB", seed=0) == (pytest.approx(1 / 4), pytest.approx(3 / 4))


def test_many_forecasts_of_two_clusters_are_as_unsure_as_two():
    few, many = (skill_interval([1, 3] * n, [4, 4] * n, "AB" * n, seed=0) for n in (1, 50))
    assert few == pytest.approx(many)


def test_one_cluster_or_a_perfect_reference_gives_no_interval():
    assert skill_interval([1, 3], [4, 4], "AA", seed=0) is None
    assert skill_interval([1, 3], [0, 0], "AB", seed=0) is None


def test_draws_that_lose_nothing_are_left_out():
    assert skill_interval([1, 1], [0, 4], "AB", seed=0) == (pytest.approx(1 / 2), pytest.approx(3 / 4))
