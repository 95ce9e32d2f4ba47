from hypothesis import given
from hypothesis import strategies as st

from marsad.language.script import fold, fold_aligned


def test_an_arabic_keyboard_and_a_persian_one_write_the_same_word():
    assert fold("كابل") == fold("کابل")
    assert fold("علي") == fold("علی") == fold("على")


def test_hamza_seats_and_diacritics_do_not_part_words():
    assert fold("رئيس") == fold("رییس")
    assert fold("إسلامُ") == fold("اسلام")
    assert fold("أفغانســـتان") == fold("افغانستان")


def test_the_non_joiner_parts_words_as_a_space_does():
    assert fold("اسلام\u200cآباد") == fold("اسلام آباد")


def test_digits_of_every_script_are_ascii():
    assert fold("۱۴۰۵ ١٤٤٨") == "1405 1448"


def test_cyrillic_short_i_stays_and_yo_goes():
    assert fold("Партнёр Алексей") == "партнер алексей"


def test_bidi_marks_vanish():
    assert fold("\u2067کابل\u2069\u200f") == "کابل"


def test_a_match_in_the_fold_maps_back_to_the_written_word():
    text = "في «كـابُل» أمس"
    folded, offsets = fold_aligned(text)
    start = folded.index("کابل")
    assert text[offsets[start] : offsets[start + 3] + 1] == "كـابُل"


@given(st.text())
def test_every_folded_character_has_an_offset_in_the_text_and_they_never_go_back(text):
    folded, offsets = fold_aligned(text)
    assert len(folded) == len(offsets)
    assert offsets == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)


@given(st.text())
def test_the_plain_fold_and_the_aligned_one_agree(text):
    assert fold(text) == fold_aligned(text)[0]


@given(st.text(alphabet="اأإآبكکيیىة هۀ\u200cًـАаЁёTt1۱١"))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
