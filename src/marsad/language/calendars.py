"""Three calendars side by side: Gregorian, Solar Hijri (Afghan and Iranian months), Islamic (Umm al-Qura).

The month names are our own tables: the libraries know no Dari of Kabul and no Pashto.
"""

from datetime import date
from typing import NamedTuple

from marsad.domain.words import Language
from marsad.language.month_names import GREGORIAN, ISLAMIC, OTHER_SPELLINGS, SOLAR_HIJRI
from marsad.language.numerals import format_number, isolate_ltr

CALENDARS = ("gregorian", "solar_hijri", "islamic")
DEFAULT_VARIANT = {
    ("gregorian", Language.AR): "egyptian",
    ("gregorian", Language.FA): "afghan",
}
_ERA = {  # marks that keep three calendars apart where years alone would not
    ("solar_hijri", Language.AR): " هـ ش",
    ("islamic", Language.AR): " هـ",
    ("islamic", Language.FA): " ه‍.ق",
    ("islamic", Language.PS): " هـ ق",
    ("solar_hijri", Language.EN): " SH",
    ("islamic", Language.EN): " AH",
    ("solar_hijri", Language.RU): " солнечной хиджры",
    ("islamic", Language.RU): " хиджры",
}


class Month(NamedTuple):
    """A month name's meaning: number 1..12 and calendar (one of ``CALENDARS``)."""

    number: int
    calendar: str


class CalendarDay(NamedTuple):
    """A day of some calendar."""

    year: int
    month: int
    day: int


class DateWords(NamedTuple):
    """A date's words in one language, for texts that join them their own way."""

    day: str
    month: str
    year: str
    era: str


def solar_hijri(day: date) -> CalendarDay:
    """Return the Solar Hijri date of a Gregorian day.

    >>> solar_hijri(date(2026, 6, 21))
    CalendarDay(year=1405, month=3, day=31)
    """
    from persiantools.jdatetime import JalaliDate

    converted = JalaliDate(day)
    return CalendarDay(converted.year, converted.month, converted.day)


def islamic(day: date) -> CalendarDay:
    """Return the Islamic date of a Gregorian day by the Umm al-Qura calendar of Saudi Arabia.

    A sighted month may begin a day later in Kabul; the variant is therefore named wherever it is shown as a calendar.

    Raises:
        OverflowError: outside 1 August 1924 .. 16 November 2077, where the calendar is not published.

    >>> islamic(date(2026, 6, 21))
    CalendarDay(year=1448, month=1, day=6)
    """
    from hijridate import Gregorian

    converted = Gregorian(day.year, day.month, day.day).to_hijri()
    return CalendarDay(converted.year, converted.month, converted.day)


def gregorian(year: int, month: int, day: int, calendar: str = "gregorian") -> date:
    """Return the Gregorian day of a date written in one of ``CALENDARS``.

    Raises:
        ValueError: no such day, or no such calendar.
        OverflowError: an Islamic year outside 1343 .. 1500.

    >>> gregorian(1405, 3, 31, "solar_hijri").isoformat(), gregorian(1448, 1, 6, "islamic").isoformat()
    ('2026-06-21', '2026-06-21')
    """
    if calendar == "gregorian":
        return date(year, month, day)
    if calendar == "solar_hijri":
        from persiantools.jdatetime import JalaliDate

        converted: date = JalaliDate(year, month, day).to_gregorian()
        return converted
    if calendar == "islamic":
        from hijridate import Hijri

        found = Hijri(year, month, day).to_gregorian()
        return date(found.year, found.month, found.day)
    raise ValueError(f"no calendar is called {calendar!r}; use one of {', '.join(CALENDARS)}")


def month_names(language: str, calendar: str = "gregorian", variant: str | None = None) -> tuple[str, ...]:
    """Return the twelve month names, the first month first, as they stand in a date (Russian genitive, Pashto oblique).

    Args:
        language: one of our five.
        calendar: one of ``CALENDARS``.
        variant: Arabic Gregorian: ``egyptian`` (يونيو, the default), ``mashriqi`` (حزيران), ``double`` (يونيو/حزيران);
            Persian: ``afghan`` (جون, جوزا, the default), ``iranian`` (ژوئن, خرداد).

    Raises:
        ValueError: an unknown calendar or variant.

    >>> (
    ...     month_names("ar", variant="mashriqi")[5],
    ...     month_names("fa", "solar_hijri")[2],
    ...     month_names("ps", "solar_hijri")[2],
    ... )
    ('حزيران', 'جوزا', 'غبرګولي')
    """
    key = Language(language)
    tables = {"gregorian": GREGORIAN, "solar_hijri": SOLAR_HIJRI, "islamic": ISLAMIC}
    if calendar not in tables:
        raise ValueError(f"no calendar is called {calendar!r}; use one of {', '.join(CALENDARS)}")
    variants = tables[calendar][key]
    chosen = variant or DEFAULT_VARIANT.get((calendar, key)) or next(iter(variants))
    if chosen == "double" and "mashriqi" in variants:
        return tuple(f"{a}/{b}" for a, b in zip(variants["egyptian"], variants["mashriqi"], strict=True))
    if chosen not in variants:
        raise ValueError(f"no {calendar} month names {chosen!r} in {key.value}; use one of {', '.join(variants)}")
    return variants[chosen]


def date_words(
    day: date, language: str, calendar: str = "gregorian", variant: str | None = None, *, digits: str | None = None
) -> DateWords:
    """Return day, month and year in words and in the language's digits, and the era mark ("" for Gregorian).

    >>> date_words(date(2026, 6, 21), "fa", "solar_hijri")
    DateWords(day='۳۱', month='جوزا', year='۱۴۰۵', era='')
    """
    key = Language(language)
    convert = {"solar_hijri": solar_hijri, "islamic": islamic}.get(calendar)
    when = convert(day) if convert else CalendarDay(day.year, day.month, day.day)
    month = month_names(key, calendar, variant)[when.month - 1]
    date_number, year = (format_number(n, key, grouping=False, digits=digits) for n in (when.day, when.year))
    return DateWords(date_number, month, year, _ERA.get((calendar, key), ""))


def format_date(
    day: date, language: str, calendar: str = "gregorian", variant: str | None = None, *, digits: str | None = None
) -> str:
    """Return a day as it is written in running text.

    Args:
        day: Gregorian day.
        language: one of our five.
        calendar: one of ``CALENDARS``; ``islamic`` is Umm al-Qura.
        variant: of the month names, see :func:`month_names`.
        digits: see :func:`marsad.language.numerals.format_number`.

    >>> format_date(date(2026, 6, 21), "ar"), format_date(date(2026, 6, 21), "ar", "solar_hijri")
    ('21 يونيو 2026', '31 جوزا 1405 هـ ش')
    >>> format_date(date(2026, 6, 21), "fa", "solar_hijri"), format_date(date(2026, 6, 21), "ps", "solar_hijri")
    ('۳۱ جوزا ۱۴۰۵', 'د ۱۴۰۵ کال د غبرګولي ۳۱مه')
    >>> format_date(date(2026, 6, 21), "ru"), format_date(date(2026, 6, 21), "en", "islamic")
    ('21 июня 2026 года', '6 Muharram 1448 AH')
    """
    words = date_words(day, language, calendar, variant, digits=digits)
    if language == Language.PS:
        return f"د {words.year} کال د {words.month} {words.day}مه{words.era}"
    year = " года" if language == Language.RU else ""
    return f"{words.day} {words.month} {words.year}{year}{words.era}"


def iso_date(day: date, language: str) -> str:
    r"""Return the ISO form, isolated where the text runs right to left: after Arabic letters it is shown reversed.

    >>> iso_date(date(2026, 6, 21), "en"), iso_date(date(2026, 6, 21), "ar") == "\u20662026-06-21\u2069"
    ('2026-06-21', True)
    """
    return isolate_ltr(day.isoformat()) if Language(language).is_rtl else day.isoformat()


def _readable_months() -> dict[Language, dict[str, Month]]:
    months: dict[Language, dict[str, Month]] = {}
    for language in Language:
        known = months.setdefault(language, {})
        for calendar, table in (("islamic", ISLAMIC), ("solar_hijri", SOLAR_HIJRI), ("gregorian", GREGORIAN)):
            for names in table[language].values():
                known.update({name: Month(number, calendar) for number, name in enumerate(names, 1)})
        for calendar, spellings in OTHER_SPELLINGS[language].items():
            known.update({name: Month(number, calendar) for name, number in spellings.items()})
    return months


MONTHS: dict[Language, dict[str, Month]] = _readable_months()
"""Month names a text of a language may use, with their meaning: ``MONTHS["ar"]["حزيران"] == Month(6, "gregorian")``."""
