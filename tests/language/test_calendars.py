from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.domain.words import Language
from marsad.language import calendars
from marsad.language.calendars import MONTHS, Month, format_date, gregorian, islamic, month_names, solar_hijri

DAY = date(2026, 6, 21)


def test_the_day_of_bulletin_517_agrees_in_three_calendars():
    assert solar_hijri(DAY) == (1405, 3, 31)
    assert islamic(DAY) == (1448, 1, 6)


@pytest.mark.parametrize(
    ("language", "calendar", "variant", "expected"),
    [
        ("ar", "gregorian", None, "21 يونيو 2026"),
        ("ar", "gregorian", "mashriqi", "21 حزيران 2026"),
        ("ar", "gregorian", "double", "21 يونيو/حزيران 2026"),
        ("ar", "islamic", None, "6 محرم 1448 هـ"),
        ("fa", "gregorian", None, "۲۱ جون ۲۰۲۶"),
        ("fa", "gregorian", "iranian", "۲۱ ژوئن ۲۰۲۶"),
        ("fa", "solar_hijri", "iranian", "۳۱ خرداد ۱۴۰۵"),
        ("ps", "gregorian", None, "د ۲۰۲۶ کال د جون ۲۱مه"),
        ("en", "solar_hijri", None, "31 Jawza 1405 SH"),
        ("ru", "solar_hijri", None, "31 джаузы 1405 года солнечной хиджры"),
    ],
)
def test_a_day_is_written_as_each_language_writes_it(language, calendar, variant, expected):
    assert format_date(DAY, language, calendar, variant) == expected


@given(st.dates(date(1950, 1, 1), date(2070, 1, 1)))
def test_every_day_comes_back_from_every_calendar(day):
    assert gregorian(*solar_hijri(day), "solar_hijri") == day
    assert gregorian(*islamic(day), "islamic") == day


def test_the_afghan_year_begins_at_the_spring_equinox():
    assert solar_hijri(date(2026, 3, 21)) == (1405, 1, 1)
    assert solar_hijri(date(2026, 3, 21) - timedelta(days=1)) == (1404, 12, 29)


def test_month_names_can_be_read_back_in_every_language():
    for language in Language:
        for calendar in calendars.CALENDARS:
            for number, name in enumerate(month_names(language, calendar), 1):
                assert MONTHS[language][name] == Month(number, calendar)


def test_other_spellings_of_a_month_are_known():
    assert MONTHS[Language.AR]["تشرين الثاني"] == Month(11, "gregorian")
    assert MONTHS[Language.PS]["غبرګولی"] == Month(3, "solar_hijri")
    assert MONTHS[Language.RU]["июнь"] == Month(6, "gregorian")


def test_an_unknown_calendar_or_variant_is_refused():
    with pytest.raises(ValueError, match="no calendar is called 'julian'"):
        month_names("ar", "julian")
    with pytest.raises(ValueError, match="egyptian, mashriqi"):
        month_names("ar", "gregorian", "iranian")
    with pytest.raises(ValueError, match="no calendar is called 'mayan'"):
        gregorian(2026, 6, 21, "mayan")


def test_an_iso_date_is_isolated_only_where_text_runs_right_to_left():
    assert calendars.iso_date(DAY, "ps") == "\u20662026-06-21\u2069"
    assert calendars.iso_date(DAY, "ru") == "2026-06-21"
