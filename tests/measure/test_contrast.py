from math import log

import numpy as np
import pytest

from marsad.measure.contrast import contrast, false_discovery


def test_each_side_is_drawn_to_the_joint_rate_by_four_weeks():
    # Before 4 acts in 4 weeks, after 12 in 4: joint rate 2. (12 + 8) / 8 against (4 + 8) / 8: log(20/12).
    found = contrast(np.array([1.0] * 4 + [3.0] * 4), 4, 4)
    assert (found.before, found.after) == (1.0, 3.0)
    assert found.effect == pytest.approx(log(20 / 12))
    assert found.p_value == 1.0  # no placebo date fits


def test_the_interval_is_as_wide_as_the_counts_are_few():
    # Drawn counts 4 + 8 = 12 and 12 + 8 = 20, no variance within the windows: 1.645 root(1/12 + 1/20).
    found = contrast(np.array([1.0] * 4 + [3.0] * 4), 4, 4)
    assert found.low == pytest.approx(log(20 / 12) - 1.645 * (1 / 12 + 1 / 20) ** 0.5)
    assert found.high == pytest.approx(log(20 / 12) + 1.645 * (1 / 12 + 1 / 20) ** 0.5)


def test_bursts_widen_the_interval():
    steady, bursty = np.array([2.0] * 8 + [4.0] * 8), np.array([0.0, 4.0] * 4 + [0.0, 8.0] * 4)
    assert contrast(bursty, 8, 8).effect == pytest.approx(contrast(steady, 8, 8).effect)
    assert contrast(bursty, 8, 8).high > contrast(steady, 8, 8).high


def test_what_the_control_does_too_is_no_effect():
    weekly = np.array([1.0] * 12 + [3.0] * 4)
    assert contrast(weekly, 12, 4, weekly * 2).effect == pytest.approx(0)
    assert contrast(weekly, 12, 4, np.zeros(16)).effect == contrast(weekly, 12, 4).effect


def test_a_week_that_was_not_collected_counts_on_neither_side():
    found = contrast(np.array([1.0, np.nan, 1.0, 1.0, 3.0, 3.0, np.nan, 3.0]), 4, 4)
    assert (found.before, found.after) == (1.0, 3.0)
    assert found.effect == pytest.approx(log((9 + 8) / 7 / ((3 + 8) / 7)))


def test_a_date_with_no_week_after_it_has_no_effect():
    found = contrast(np.array([1.0, 2.0]), 2, 4)
    assert (found.before, found.after, found.effect, found.low, found.p_value) == (1.5, None, None, None, None)


def test_what_goes_up_and_down_all_the_time_is_not_remarkable():
    found = contrast(np.array([0.0, 5.0] * 20), 30, 1)
    assert found.p_value == 1.0


def test_adjusted_p_values_never_fall_below_the_given_ones():
    given = [0.2, 0.01, 0.03, 0.9, 0.04]
    assert all(a >= p for a, p in zip(false_discovery(given), given, strict=True))
    assert false_discovery([]) == []
