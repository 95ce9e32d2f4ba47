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
