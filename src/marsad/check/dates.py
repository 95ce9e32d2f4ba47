# ruff: noqa: E501 - patterns stay unbroken
"""Dates as written in running text, in five languages and three calendars."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Self

from marsad.domain.words import Language
from marsad.language.calendars import MONTHS, gregorian

_TO = r"(?:إلى|الى|حتى|تا|to|until|through|по|до|څخه تر|نه تر|تر|[-–—])"
_ORDINAL = r"(?:st|nd|rd|th|مه|م|ام|-го|-е)?"
_ISO = re.compile(r"(?<![\d/.-])(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?![\d/-])")
_NUMERIC = re.compile(r"(?<![\d/.-])(?P<d>\d{1,2})(?P<s>[/.])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4})(?![\d/-])")
_YEAR_FIRST = re.compile(r"(?<![\d/.-])(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})(?![\d/-])")


@dataclass(frozen=True)
class DateSpan:
    """A date where it stands. ``day`` is None when the year is missing or no such day exists (then ``fault`` says so).

    Args:
        start: offset of its first character.
        end: offset after its last.
        day: the Gregorian day.
        calendar: gregorian, solar_hijri or islamic.
        month: the month's name as written, "" for numeric dates.
        fault: why it is no date, "" if it is one.
    """

    start: int
    end: int
    day: date | None
    calendar: str
    month: str
    fault: str = ""

    def moved(self, offset: int) -> Self:
        """Return it with its place shifted."""
        return replace(self, start=self.start + offset, end=self.end + offset)


@dataclass(frozen=True)
class Period:
    """A range of days where it stands, last day included."""

    start: int
    end: int
    first: date
    last: date

    def moved(self, offset: int) -> Self:
        """Return it with its place shifted."""
        return replace(self, start=self.start + offset, end=self.end + offset)


@cache
def _names(language: Language) -> str:
    known = {name for key in {language, Language.EN} for name in MONTHS[key]}
    return "|".join(re.escape(name) for name in sorted(known, key=lambda name: (-len(name), name)))


@cache
def _patterns(language: Language) -> tuple[re.Pattern[str], ...]:
    names = _names(language)
    month = rf"(?P<m>(?:{names})(?:\s*/\s*(?:{names}))?)"
    year = r"(?:(?:\s*[,،]\s*|\s+)(?:(?:عام|سنة|سال|of)\s+)?(?P<y>\d{4}))?"
    joiner = r"(?:\s*:\s*|\s+)(?:من\s+(?:شهر\s+)?|of\s+|ماه\s+)?"
    day_first = rf"(?<![\d/])(?P<d>\d{{1,2}}){_ORDINAL}{joiner}{month}(?!\w){year}"
    month_first = rf"(?<!\w){month}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<y>\d{{4}}))?"
    pashto = rf"د\s+(?:(?P<y>\d{{4}})\s*(?:ز|م)?\s*کال\s+)?د\s+{month}\s+(?P<d>\d{{1,2}}){_ORDINAL}"
    chosen = {Language.EN: (day_first, month_first), Language.PS: (pashto, day_first)}.get(language, (day_first,))
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in chosen)


@cache
def _range_patterns(language: Language) -> tuple[re.Pattern[str], ...]:
    names = _names(language)
    one = rf"(?<!\d)(?P<d1>\d{{1,2}}){_ORDINAL}\s*{_TO}\s*(?P<d2>\d{{1,2}}){_ORDINAL}\s+(?:من\s+)?(?P<m2>{names})"
    two = (
        rf"(?<!\d)(?P<d1>\d{{1,2}})\s+(?P<m1>{names})(?:(?:\s*[,،]\s*|\s+)(?P<y1>\d{{4}}))?\s*{_TO}"
        rf"\s*(?P<d2>\d{{1,2}})\s+(?P<m2>{names})"
    )
    tail = r"(?:\s*/\s*\w+)?(?:\s*[,،]\s*|\s+)(?P<y2>\d{4})"
    english = rf"(?<!\w)(?P<m1>{names})\s+(?P<d1>\d{{1,2}})\s*{_TO}\s*(?:(?P<m2>{names})\s+)?(?P<d2>\d{{1,2}}),?\s+(?P<y2>\d{{4}})"
    pashto = rf"د\s+(?P<y2>\d{{4}})\s*(?:ز|م)?\s*کال\s+د\s+(?P<m2>{names})\s+(?:له\s+)?(?P<d1>\d{{1,2}})(?:مې|مه)?\s*(?:نه\s+تر|څخه\s+تر|تر|[-–—])\s*(?P<d2>\d{{1,2}})"
    patterns = [two + tail, one + tail]
    if language is Language.EN:
        patterns.append(english)
    if language is Language.PS:
        patterns.append(pashto)
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def find_dates(text: str, language: Language) -> list[DateSpan]:
    """Return the dates of a text in order; a day without a year is kept, a month without a day is not.

    >>> [(found.day.isoformat(), found.calendar) for found in find_dates("في 6 يونيو/حزيران 2026", Language.AR)]
    [('2026-06-06', 'gregorian')]
    >>> find_dates("31 June 2026", Language.EN)[0].fault
    'no such day'
    """
    found: list[DateSpan] = []
    for pattern in (*_patterns(language), _ISO, _NUMERIC, _YEAR_FIRST):
        for match in pattern.finditer(text):
            if not any(other.start < match.end() and match.start() < other.end for other in found):
                found.append(_date(match, language))
    return sorted(found, key=lambda span: span.start)


def _date(match: re.Match[str], language: Language) -> DateSpan:
    written, year, day = match["m"], match["y"], int(match["d"])
    if written.isdecimal():
        number, calendar, name = int(written), _numeric_calendar(int(year)), ""
    else:
        number, calendar, name = *_month(written, language), written
    if year is None:
        known = calendar != "gregorian" or _exists(2024, number, day, "gregorian")
        return DateSpan(match.start(), match.end(), None, calendar, name, "" if known else "no such day")
    if calendar == "gregorian" and int(year) < 1600:
        calendar = _numeric_calendar(int(year))
    if not _exists(int(year), number, day, calendar):
        return DateSpan(match.start(), match.end(), None, calendar, name, "no such day")
    return DateSpan(match.start(), match.end(), gregorian(int(year), number, day, calendar), calendar, name)


def _numeric_calendar(year: int) -> str:
    """Tell the calendar of a bare year: 1300-1419 is Solar Hijri, 1420-1500 Islamic, in texts of our time."""
    return "solar_hijri" if 1300 <= year < 1420 else "islamic" if 1420 <= year < 1500 else "gregorian"


def _month(written: str, language: Language) -> tuple[int, str]:
    name = re.split(r"\s*/\s*", written)[0].casefold()
    for key in (language, Language.EN):
        for known, month in MONTHS[key].items():
            if known.casefold() == name:
                return month.number, month.calendar
    raise AssertionError(written)  # the pattern is built of these names


def _exists(year: int, month: int, day: int, calendar: str) -> bool:
    try:
        gregorian(year, month, day, calendar)
    except (ValueError, OverflowError):
        return False
    return True


def find_periods(text: str, language: Language) -> list[Period]:
    """Return ranges of days with a year.

    >>> found = find_periods("(16 إلى 21 يونيو، 2026)", Language.AR)[0]
    >>> (found.first.isoformat(), found.last.isoformat())
    ('2026-06-16', '2026-06-21')
    """
    found = []
    for pattern in _range_patterns(language):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            last = _month(parts["m2"] or parts["m1"], language)
            first = _month(parts["m1"], language) if parts.get("m1") else last
            year = int(parts["y2"])
            year_before = int(parts.get("y1") or 0) or year - (first[0] > last[0])
            if _exists(year_before, first[0], int(parts["d1"]), first[1]) and _exists(
                year, last[0], int(parts["d2"]), last[1]
            ):
                start = gregorian(year_before, first[0], int(parts["d1"]), first[1])
                found.append(
                    Period(match.start(), match.end(), start, gregorian(year, last[0], int(parts["d2"]), last[1]))
                )
    return sorted(found, key=lambda period: period.start)
