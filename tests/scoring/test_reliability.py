import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import OutOfRange
from marsad.scoring import brier_score, calibration_error, murphy, reliability, wilson_interval

QUESTIONS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def test_bins_hold_equal_counts():
    p = np.arange(20) / 20
    assert [b.n for b in reliability(p, [True] * 20, n_bins=5)] == [4, 4, 4, 4, 4]


def test_equal_forecasts_stay_in_one_bin_whatever_their_order():
    p, o = [0.5] * 6 + [0.1, 0.9], [True, False] * 4
    bins = reliability(p, o, n_bins=4)
    assert [b.n for b in bins] == [1, 6, 1]
    assert reliability(p[::-1], o[::-1], n_bins=4) == bins


def test_a_bin_says_what_was_forecast_and_what_happened():
    (one,) = reliability([0.2, 0.4], [False, True], n_bins=1)
    assert (one.n, one.forecast, one.observed) == (2, pytest.approx(3 / 10), 1 / 2)
    assert one.low < 1 / 2 < one.high


def test_calibration_error_weighs_each_bin_by_its_count():
    # bin one: |1/4 - 0| on 2, bin two: |1/2 - 1| on 2: mean 3/8
    assert calibration_error([0.25, 0.25, 0.5, 0.5], [False, False, True, True], n_bins=2) == pytest.approx(3 / 8)


@given(QUESTIONS, st.integers(1, 12))
def test_murphys_parts_add_up_to_the_brier_score(questions, n_bins):
    p, o = zip(*questions, strict=True)
    parts = murphy(p, o, n_bins)
    total = parts.reliability - parts.resolution + parts.uncertainty + parts.within
    assert total == pytest.approx(brier_score(p, o))
    assert min(parts.reliability, parts.resolution, parts.uncertainty) >= 0


def test_nothing_is_hidden_within_bins_of_one_value():
    parts = murphy([0.2, 0.2, 0.2, 0.9, 0.9, 0.9], [False, False, True, True, True, False], n_bins=2)
    assert parts.within == pytest.approx(0)
    assert parts.resolution == pytest.approx(1 / 36)  # 1/3 and 2/3 against 1/2
    assert parts.uncertainty == pytest.approx(1 / 4)


@given(st.integers(1, 500), st.data())
def test_wilson_holds_the_share_and_mirrors(n, data):
    happened = data.draw(st.integers(0, n))
    low, high = wilson_interval(happened, n)
    assert 0 <= low <= happened / n <= high <= 1
    assert wilson_interval(n - happened, n) == pytest.approx((1 - high, 1 - low))


def test_wilson_matches_the_hand_worked_case():
    # 1 of 4 with z = 2: centre (1/4 + 1/2) / 2 = 3/8, half = 2 sqrt(3/64 + 1/16) / 2 = sqrt(7)/8
    low, high = wilson_interval(1, 4, z=2.0)
    assert (low, high) == (pytest.approx(3 / 8 - 7**0.5 / 8), pytest.approx(3 / 8 + 7**0.5 / 8))


@pytest.mark.parametrize(("happened", "n"), [(0, 0), (3, 2), (-1, 2)])
def test_an_impossible_share_is_refused(happened, n):
    with pytest.raises(OutOfRange):
        wilson_interval(happened, n)


def test_no_bins_is_refused():
    with pytest.raises(OutOfRange, match="n_bins"):
        reliability([0.5], [True], n_bins=0)
