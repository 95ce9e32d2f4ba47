import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.coding.pieces import FIRST_ID, UNKNOWN, Pieces

WORDS = ["▁", "▁Iran", "▁Ir", "an", "a", "n", "s", "▁و", "قعت", "▁وقعت", "fi"]
SCORES = [-3.0, -5.0, -6.0, -4.0, -5.0, -5.0, -5.0, -4.0, -7.0, -9.0, -6.0]
PIECES = Pieces(WORDS, SCORES)


def cut(text):
    ids, spans = PIECES.cut(text)
    return [WORDS[at - FIRST_ID] if at != UNKNOWN else "?" for at in ids], [text[low:high] for low, high in spans]


def test_the_likeliest_cut_is_taken_and_not_the_longest_pieces():
    assert cut("Irans") == (["▁Iran", "s"], ["Iran", "s"])  # -5 -5 beats -6 -4 -5
    assert cut("وقعت")[0] == ["▁وقعت"]  # -9 beats -4 -7


def test_letters_of_no_piece_stand_as_unknown_in_their_place():
    assert cut("Iran 漢s") == (["▁Iran", "▁", "?", "s"], ["Iran", " ", "漢", "s"])


def test_compatible_forms_count_as_the_letters_they_stand_for_and_keep_their_offsets():
    assert cut("ﬁs") == (["▁", "fi", "s"], ["ﬁ", "ﬁ", "s"])


def test_joiners_and_runs_of_spaces_are_one_space():
    assert cut("Iran \u200c\n an")[0] == ["▁Iran", "▁", "an"]


@given(st.text(alphabet="Iran س漢s \u200cﬁ", max_size=30))
def test_spans_stand_in_order_within_the_text(text):
    ids, spans = PIECES.cut(text)
    assert len(ids) == len(spans) >= 1
    assert all(0 <= low <= len(text) and low <= high <= max(1, len(text)) for low, high in spans)
    assert [low for low, _ in spans] == sorted(low for low, _ in spans)


@pytest.mark.parametrize("text", ["", " "])
def test_an_empty_text_is_one_space(text):
    assert PIECES.cut(text)[0] == [FIRST_ID]
