"""When it happened: the day of an event from the words of its sentence, in each language and calendar."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from marsad.coding.rough_dates import rough_day
from marsad.domain.words import Language
from marsad.language.calendars import MONTHS, gregorian
from marsad.language.script import fold

_RECENT = timedelta(days=200)  # a day and month without a year lie at most this far ahead of the report, else last year
_WEEKDAYS = {  # Monday first
    Language.EN: "monday tuesday wednesday thursday friday saturday sunday",
    Language.RU: "понедельник|понедельника вторник|вторника среду|среда|среды четверг|четверга пятницу|пятница|пятницы "
    "субботу|суббота|субботы|субботних воскресенье|воскресенья",
    Language.AR: "الاثنين|الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    Language.FA: "دوشنبه|دو_شنبه سه_شنبه|سهشنبه چهارشنبه|چهار_شنبه پنجشنبه|پنج_شنبه جمعه شنبه یکشنبه|یک_شنبه",
    Language.PS: "دوشنبه|دوشنبې|دوشنبی سه_شنبه|سه_شنبې چهارشنبه|چارشنبه|چهارشنبې|چارشنبې پنجشنبه|پنجشنبې "
    "جمعه|جمعې|جمعې شنبه|شنبې یکشنبه|یکشنبې|يکشنبې",
}
_DAYS_AGO = {
    Language.EN: {"today": 0, "yesterday": 1},
    Language.RU: {"сегодня": 0, "вчера": 1, "позавчера": 2},
    Language.AR: {"اليوم": 0, "أمس": 1, "امس": 1},
    Language.FA: {"امروز": 0, "دیروز": 1, "دیشب": 1, "پریروز": 2},
    Language.PS: {"نن": 0, "پرون": 1},
}
_ERA = r"(?: ?(?:г\.?|года|году|م|ه\.?ش|هجری شمسی|کال|د کال))?"
_UNTIL = re.compile(r"(?:until|till|since|by|from|before|to|до|с|с начала|حتى|حتی|منذ|قبل|تا|از|تر|له) $")


@dataclass(frozen=True)
class EventDay:
    """The day of an event; ``is_stated`` if the text names it, else it is the report's."""

    day: date
    is_stated: bool


@dataclass(frozen=True)
class _Stated:
    start: int
    day: date


def event_day(text: str, language: Language, reported: date) -> EventDay:
    """Return the day a sentence's event happened.

    The first day the sentence names that is not after the report (a day later at most: time zones); a date that only
    bounds a period ("until 30 May") does not count. Without one, the day it names roughly ("last week", "in April
    2022"), else the report's.

    Args:
        text: of the sentence.
        language: of the text.
        reported: the report's day; a weekday or a date without year is the last one before it.

    >>> event_day("They met on Wednesday.", Language.EN, date(2026, 5, 29))
    EventDay(day=datetime.date(2026, 5, 27), is_stated=True)
    >>> event_day("در ۸ جوزا ۱۴۰۵ دیدار کردند", Language.FA, date(2026, 6, 1)).day.isoformat()
    '2026-05-29'
    """
    folded = fold(text, language)
    found = [stated for stated in _stated(folded, language, reported) if not _UNTIL.search(folded[: stated.start])]
    possible = [stated.day for stated in found if stated.day <= reported + timedelta(days=1)]
    if possible:
        return EventDay(possible[0], is_stated=True)
    return EventDay(rough_day(folded, language, reported) or reported, is_stated=False)


def _stated(folded: str, language: Language, reported: date) -> Iterator[_Stated]:
    full = sorted(_calendar_days(folded, language, reported), key=lambda stated: stated.start)
    yield from full
    for match in _weekday_pattern(language).finditer(folded):
        back = (reported.weekday() - _weekday(match[1], language)) % 7
        yield _Stated(match.start(), reported - timedelta(days=back))
    for match in _ago_pattern(language).finditer(folded):
        yield _Stated(match.start(), reported - timedelta(days=_ago(language)[match[1]]))


def _calendar_days(folded: str, language: Language, reported: date) -> Iterator[_Stated]:
    for match in re.finditer(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)", folded):
        if (day := _day(int(match[1]), int(match[2]), int(match[3]), "gregorian")) is not None:
            yield _Stated(match.start(), day)
    for match in _date_pattern(language).finditer(folded):
        number = int(match["before"] or match["after"])
        month = _months(language)[match["month"]]
        calendar, month_number = month
        if match["year"]:
            day = _day(int(match["year"]), month_number, number, calendar)
        else:
            day = _yearless(month_number, number, calendar, reported)
        if day is not None:
            yield _Stated(match.start(), day)


def _day(year: int, month: int, day: int, calendar: str) -> date | None:
    try:
        return gregorian(year, month, day, calendar)
    except (ValueError, OverflowError):
        return None


def _yearless(month: int, number: int, calendar: str, reported: date) -> date | None:
    """Choose the year that puts the day nearest before the report."""
    if calendar == "gregorian":
        years = [reported.year, reported.year - 1, reported.year + 1]
    else:
        offset = 621 if calendar == "solar_hijri" else 579
        years = [reported.year - offset - back for back in (-1, 0, 1, 2)]
    days = [day for year in years if (day := _day(year, month, number, calendar)) is not None]
    days = [day for day in days if day - reported < _RECENT and reported - day < timedelta(days=366)]
    return min(days, key=lambda day: (day > reported + timedelta(days=1), abs(day - reported)), default=None)


@cache
def _months(language: Language) -> dict[str, tuple[str, int]]:
    months: dict[str, tuple[str, int]] = {}
    for name, month in MONTHS[language].items():
        months[fold(name, language)] = (month.calendar, month.number)
    if language is Language.PS:  # Afghan press writes the Dari names too
        for name, month in MONTHS[Language.FA].items():
            months.setdefault(fold(name, language), (month.calendar, month.number))
    return months


@cache
def _date_pattern(language: Language) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _months(language)), key=len, reverse=True))
    link = r" (?:of |من |د |شهر )?" if language is not Language.RU else " "
    double = rf"(?: ?/ ?(?:{names}))?"
    year = rf"(?:,? (?:(?:من |عام |سنه |سال |کال )?(?P<year>\d{{4}}))(?!\d){_ERA})?"
    day_first = rf"(?<!\d)(?P<before>\d{{1,2}})(?:st|nd|rd|th|م|مه)?{link}"
    return (
        re.compile(rf"(?:{day_first}(?P<month>{names}){double}(?!\w){year})", re.IGNORECASE)
        if (language is not Language.EN)
        else _english_pattern(names)
    )


@cache
def _english_pattern(names: str) -> re.Pattern[str]:
    day = r"(?P<before>\d{1,2})(?:st|nd|rd|th)? (?:of )?"
    after = r"(?: (?P<after>\d{1,2})(?:st|nd|rd|th)?(?!\d))"
    return re.compile(
        rf"(?<!\d)(?:(?<!\w){day})?\b(?P<month>{names})\b\.?(?(before)|{after})(?:,? (?P<year>\d{{4}}))?", re.IGNORECASE
    )


@cache
def _weekdays(language: Language) -> dict[str, int]:
    return {
        fold(name.replace("_", " "), language): number
        for number, names in enumerate(_WEEKDAYS[language].split())
        for name in names.split("|")
    }


def _weekday(name: str, language: Language) -> int:
    return _weekdays(language)[name]


@cache
def _weekday_pattern(language: Language) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _weekdays(language)), key=len, reverse=True))
    return re.compile(rf"(?<!\w)({names})(?!\w)")


@cache
def _ago(language: Language) -> dict[str, int]:
    return {fold(word, language): days for word, days in _DAYS_AGO[language].items()}


@cache
def _ago_pattern(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, _ago(language)))})(?!\w)")
