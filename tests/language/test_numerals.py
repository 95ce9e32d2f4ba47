import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.language.numerals import Noun, count_phrase, format_number, format_percent, plural_category, western_digits

EVENT = Noun("حدث", "حدث", two="حدثان", two_oblique="حدثين", few="أحداث", many="حدثاً")
ATTACK = Noun("هجمة", "هجمة", two="هجمتان", two_oblique="هجمتين", few="هجمات", many="هجمة", gender="f")


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (1, "حدث واحد"),
        (2, "حدثان"),
        (3, "ثلاثة أحداث"),
        (8, "ثمانية أحداث"),
        (11, "11 حدثاً"),
        (100, "100 حدث"),
        (103, "103 أحداث"),
        (112, "112 حدثاً"),
        (1000, "1,000 حدث"),
    ],
)
def test_an_arabic_masculine_noun_agrees_with_its_number(n, expected):
    assert count_phrase(n, EVENT, "ar") == expected


@pytest.mark.parametrize(("n", "expected"), [(1, "هجمة واحدة"), (3, "ثلاث هجمات"), (10, "عشر هجمات"), (15, "15 هجمة")])
def test_an_arabic_feminine_noun_takes_the_other_form_of_the_number(n, expected):
    assert count_phrase(n, ATTACK, "ar") == expected


def test_the_arabic_dual_bends_with_its_case():
    assert count_phrase(2, ATTACK, "ar", "genitive") == "هجمتين"


def test_an_arabic_one_bends_in_the_accusative_alone():
    assert count_phrase(1, EVENT, "ar", "accusative") == "حدثاً واحداً"
    assert count_phrase(1, EVENT, "ar", "genitive") == "حدث واحد"
    assert count_phrase(1, ATTACK, "ar", "accusative") == "هجمة واحدة"


def test_russian_and_persian_agree_their_own_way():
    event = Noun("событие", "события", few="события", many="событий")
    assert [count_phrase(n, event, "ru") for n in (1, 3, 11, 22)] == [
        "1 событие",
        "3 события",
        "11 событий",
        "22 события",
    ]
    assert count_phrase(3, Noun("رویداد", "رویداد"), "fa") == "سه رویداد"
    assert count_phrase(11, Noun("رویداد", "رویداد"), "fa") == "۱۱ رویداد"


def test_a_pashto_number_takes_the_gender_of_its_noun():
    assert count_phrase(1, Noun("پېښه", "پېښې", gender="f"), "ps") == "یوه پېښه"
    assert count_phrase(1, Noun("برید", "بریدونه"), "ps") == "یو برید"


def test_nothing_is_not_counted_with_a_noun():
    with pytest.raises(ValueError, match="say in words"):
        count_phrase(0, EVENT, "ar")


def test_numbers_are_grouped_and_marked_by_language():
    assert format_number(1234567.25, "fa", decimals=2) == "۱٬۲۳۴٬۵۶۷٫۲۵"
    assert format_number(1234, "ru") == "1234"
    assert format_number(2026, "ar", grouping=False, digits="arabic_indic") == "٢٠٢٦"
    assert format_percent(0.055, "ps", decimals=1) == "۵٫۵٪"


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError, match="cannot be printed"):
        format_number(float("nan"), "ar")
    with pytest.raises(ValueError, match="no digits are called"):
        format_number(1, "ar", digits="roman")


@given(st.integers(0, 10**9), st.sampled_from(["ar", "fa", "ps", "en"]))
def test_a_printed_number_reads_back(n, language):
    printed = western_digits(format_number(n, language))
    assert int(printed.replace(",", "").replace("٬", "")) == n


@given(st.integers(3, 10**6))
def test_arabic_agreement_depends_on_the_last_two_digits_alone(n):
    assert plural_category(n, "ar") == plural_category(n % 100 + 300, "ar")
