import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.domain.words import Language
from marsad.errors import BadInput
from marsad.vocab.likelihood import load_scale


def test_the_bands_touch_and_leave_no_gap():
    bands = load_scale().bands
    assert [band.low for band in bands[1:]] == [band.high for band in bands[:-1]]


@given(st.floats(0.01, 0.9899), st.sampled_from(list(Language)))
def test_a_word_read_back_holds_the_probability_it_was_said_of(probability, language):
    scale = load_scale()
    band = scale.band(scale.word(probability, language), language)
    assert band is not None
    assert band.low <= probability < band.high


def test_a_desk_may_name_the_bands_its_own_way():
    scale = load_scale({"ps": ["۱", "۲", "۳", "۴", "۵", "۶", "۷"]})
    assert scale.word(0.99, "ps") == "۷"
    assert scale.word(0.99, "ar") == "شبه مؤكد"


def test_a_scale_with_one_word_twice_is_refused():
    with pytest.raises(BadInput, match="seven different words"):
        load_scale({"en": ["low"] * 7})


def test_what_is_no_probability_has_no_word():
    with pytest.raises(ValueError, match="not a probability"):
        load_scale().word(1.2, "en")
