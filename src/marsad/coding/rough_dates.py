"""Days told only roughly: so many days ago, last week, a month that is over."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from marsad.domain.words import Language
from marsad.language.calendars import MONTHS, gregorian
from marsad.language.script import fold

_PHRASES: Mapping[Language, Mapping[int, str]] = {
    Language.EN: {7: "last week|a week ago", 14: "two weeks ago", 30: "last month|a month ago"},
    Language.RU: {
        7: "на прошлой неделе|прошлой неделей|неделю назад",
        14: "две недели назад|двумя неделями ранее",
        30: "в прошлом месяце|месяц назад",
    },
    Language.AR: {
        2: "قبل يومين|منذ يومين",
        7: "الأسبوع الماضي|الأسبوع المنصرم|الأسبوع الفائت|قبل أسبوع",
        14: "قبل أسبوعين|منذ أسبوعين",
        30: "الشهر الماضي|الشهر المنصرم|الشهر الفائت|قبل شهر",
    },
    Language.FA: {
        7: "هفته گذشته|هفتهٔ گذشته|هفته پیش|هفتهٔ پیش|هفته قبل",
        14: "دو هفته پیش|دو هفته قبل",
        30: "ماه گذشته|ماه پیش|ماه قبل",
    },
    Language.PS: {
        7: "تېره اونۍ|تیره اونۍ|تېرې اونۍ|یوه اونۍ مخکې|یوه اونۍ وړاندې",
        14: "دوه اونۍ مخکې|دوه اونۍ وړاندې",
        30: "تېره میاشت|تیره میاشت|تېرې میاشتې|یوه میاشت مخکې",
    },
}
_NUMBERS: Mapping[Language, str] = {  # from two on
    Language.EN: "two three four five six seven eight nine ten",
    Language.RU: "два|двумя три|тремя четыре|четырьмя пять|пятью шесть|шестью семь восемь девять десять",
    Language.AR: "- ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة",
    Language.FA: "دو سه چهار|چار پنج شش هفت هشت نه ده",
    Language.PS: "دوه درې|دري څلور پنځه شپږ اووه|اوه اته نهه|نه لس",
}
_DAYS_AGO: Mapping[Language, str] = {  # in folded letters
    Language.EN: r"{n} days (?:ago|earlier)",
    Language.RU: r"{n} (?:дня|дней|днями) (?:назад|ранее)",
    Language.AR: r"(?:قبل|منذ) {n} ایام",
    Language.FA: r"{n} روز (?:پیش|قبل)",
    Language.PS: r"{n} ورځی (?:مخکی|وړاندی|پخوا)",
}
_MIDDLE = 15
_MOST_BACK = 60  # days; "eight hundred days ago" tells no event of the news


def rough_day(folded: str, language: Language, reported: date) -> date | None:
    """Return the day a sentence names roughly, or None: a month that is over stands for its middle.

    Args:
        folded: the sentence, folded.
        language: of the sentence.
        reported: the report's day.

    >>> rough_day("the ban of april 2022", Language.EN, date(2023, 12, 18)).isoformat()
    '2022-04-15'
    >>> rough_day("they met three days ago", Language.EN, date(2026, 5, 29)).isoformat()
    '2026-05-26'
    >>> rough_day("signed this may 2026", Language.EN, date(2026, 5, 29)) is None
    True
    """
    if (match := _ago_pattern(language).search(folded)) is not None:
        told = match[1]
        back = int(told) if told.isdigit() else _numbers(language)[told]
        return reported - timedelta(days=back) if back <= _MOST_BACK else None
    for pattern, back in _phrase_patterns(language):
        if pattern.search(folded):
            return reported - timedelta(days=back)
    return _month_over(folded, language, reported)


def _month_over(folded: str, language: Language, reported: date) -> date | None:
    for match in _month_pattern(language).finditer(folded):
        month = _months(language)[match["month"]]
        try:
            middle = gregorian(int(match["year"]), month[1], _MIDDLE, month[0])
            following = gregorian(int(match["year"]) + month[1] // 12, month[1] % 12 + 1, 1, month[0])
        except (ValueError, OverflowError):
            continue
        if following <= reported:
            return middle
    return None


@cache
def _months(language: Language) -> Mapping[str, tuple[str, int]]:
    return {fold(name, language): (month.calendar, month.number) for name, month in MONTHS[language].items()}


@cache
def _month_pattern(language: Language) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _months(language)), key=len, reverse=True))
    double = rf"(?: ?/ ?(?:{names}))?"
    return re.compile(
        rf"(?<![\w\d])(?<!\d )(?P<month>{names}){double}(?: (?:من |عام |سنه |سال |کال )?|, )(?P<year>\d{{4}})(?!\d)",
        re.IGNORECASE,
    )


@cache
def _numbers(language: Language) -> Mapping[str, int]:
    return {
        fold(word, language): number
        for number, words in enumerate(_NUMBERS[language].split(), start=2)
        for word in words.split("|")
    }


@cache
def _ago_pattern(language: Language) -> re.Pattern[str]:
    number = "|".join([r"\d{1,3}", *map(re.escape, _numbers(language))])
    return re.compile(rf"(?<!\w){_DAYS_AGO[language].format(n=f'({number})')}(?!\w)")


@cache
def _phrase_patterns(language: Language) -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple(
        (
            re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(fold(each, language)) for each in phrases.split('|'))})(?!\w)"),
            back,
        )
        for back, phrases in sorted(_PHRASES[language].items(), reverse=True)
    )
