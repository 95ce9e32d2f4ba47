from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.coding.dates import event_day
from marsad.domain.words import Language

REPORTED = date(2026, 5, 29)  # a Friday


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "signed on 27 May 2026 in Moscow", date(2026, 5, 27)),
        ("en", "signed on May 27, 2026 in Moscow", date(2026, 5, 27)),
        ("en", "signed on Wednesday", date(2026, 5, 27)),
        ("en", "signed yesterday", date(2026, 5, 28)),
        ("en", "signed on 30 December", date(2025, 12, 30)),
        ("ar", "وُقعت يوم 27 مايو/أيار 2026", date(2026, 5, 27)),
        ("ar", "وُقعت يوم ٢٧ أيار ٢٠٢٦", date(2026, 5, 27)),
        ("ar", "وُقعت يوم الأربعاء", date(2026, 5, 27)),
        ("fa", "در ۸ جوزا ۱۴۰۵ امضا شد", date(2026, 5, 29)),
        ("fa", "روز دوشنبه ۵ قوس ۱۴۰۳ دیدار کرد", date(2024, 11, 25)),
        ("fa", "در ۷ فبروری ۲۰۲۵ اجازه داد", date(2025, 2, 7)),
        ("ps", "د چهارشنبې په ورځ لاسلیک شو", date(2026, 5, 27)),
        ("ru", "подписано 27 мая 2026 года", date(2026, 5, 27)),
        ("ru", "подписано в среду", date(2026, 5, 27)),
        ("ru", "подписано вчера", date(2026, 5, 28)),
    ],
)
def test_a_day_is_read_in_each_language_and_calendar(language, text, expected):
    found = event_day(text, Language(language), REPORTED)
    assert (found.day, found.is_stated) == (expected, True)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "outlawed poppy growing in April 2022", date(2022, 4, 15)),
        ("en", "met three days ago", date(2026, 5, 26)),
        ("en", "met last week", date(2026, 5, 22)),
        ("ar", "حظرت زراعة الخشخاش في أبريل/نيسان 2022", date(2022, 4, 15)),
        ("ar", "التقيا قبل ثلاثة أيام", date(2026, 5, 26)),
        ("ar", "التقيا قبل يومين", date(2026, 5, 27)),
        ("ar", "التقيا الأسبوع الماضي", date(2026, 5, 22)),
        ("fa", "کشت کوکنار را در حمل ۱۴۰۱ ممنوع کرد", date(2022, 4, 4)),
        ("fa", "سه روز پیش دیدار کردند", date(2026, 5, 26)),
        ("fa", "هفتهٔ گذشته دیدار کردند", date(2026, 5, 22)),
        ("ps", "درې ورځې مخکې یې سره وکتل", date(2026, 5, 26)),
        ("ps", "په تېره اونۍ کې یې سره وکتل", date(2026, 5, 22)),
        ("ru", "запретил мак в апреле 2022 года", date(2022, 4, 15)),
        ("ru", "встретились три дня назад", date(2026, 5, 26)),
        ("ru", "встретились на прошлой неделе", date(2026, 5, 22)),
    ],
)
def test_a_day_told_roughly_is_taken_roughly(language, text, expected):
    found = event_day(text, Language(language), REPORTED)
    assert (found.day, found.is_stated) == (expected, False)


def test_the_month_of_the_report_and_one_to_come_say_nothing_of_the_day():
    assert event_day("signed in May 2026", Language.EN, REPORTED).day == REPORTED
    assert event_day("due in June 2026", Language.EN, REPORTED).day == REPORTED


def test_a_day_of_a_month_is_not_read_as_the_whole_month():
    assert event_day("until 30 April 2026", Language.EN, REPORTED).day == REPORTED


def test_without_a_day_the_report_gives_it():
    found = event_day("signed an agreement", Language.EN, REPORTED)
    assert (found.day, found.is_stated) == (REPORTED, False)


def test_a_day_to_come_is_not_the_events_day():
    assert event_day("extended until 30 June 2026", Language.EN, REPORTED).day == REPORTED
    assert event_day("for the talks of 3 June 2026", Language.EN, REPORTED).day == REPORTED


def test_a_day_that_does_not_exist_is_passed_over():
    assert event_day("on 31 February 2026", Language.EN, REPORTED).day == REPORTED


@given(st.integers(0, 6))
def test_a_weekday_is_the_last_one_not_after_the_report(back):
    name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][
        (REPORTED - timedelta(days=back)).weekday()
    ]
    assert event_day(f"They met on {name}.", Language.EN, REPORTED).day == REPORTED - timedelta(days=back)
