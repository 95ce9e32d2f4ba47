import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.forecast.tkg.ranking import filtered_ranks, summarise


def test_other_true_targets_do_not_push_a_target_down():
    # Without 0 and 1 (true too) only 3 stands above 2.
    assert filtered_ranks([0.9, 0.8, 0.5, 0.6], [0, 1, 2]).tolist() == [1, 1, 2]


def test_a_constant_score_earns_the_middle_rank():
    # Five entities, one true: the mean of ranks 1 to 5 is 3.
    assert filtered_ranks([1.0] * 5, [4]).tolist() == [3]


def test_a_fact_told_twice_is_ranked_twice():
    assert filtered_ranks([0.1, 0.9, 0.5], [2, 2]).tolist() == [2, 2]


@given(st.lists(st.integers(0, 4), min_size=2, max_size=12), st.data())
def test_the_rank_is_what_counting_by_hand_gives(scores, data):
    targets = data.draw(st.lists(st.integers(0, len(scores) - 1), min_size=1, max_size=4))
    for rank, target in zip(filtered_ranks(scores, targets), targets, strict=True):
        rivals = [s for i, s in enumerate(scores) if i not in targets]
        above, beside = (sum(map(test, rivals)) for test in (scores[target].__lt__, scores[target].__eq__))
        assert rank == 1 + above + beside / 2


def test_nothing_to_summarise_is_refused():
    with pytest.raises(ValueError, match="no ranks"):
        summarise(np.empty(0))
