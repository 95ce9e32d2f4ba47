"""An issue's week in the calendars its readers live by."""

from marsad.domain.words import Language
from marsad.language.calendars import format_date
from marsad.publish.issue import Issue
from marsad.publish.labels import Labels

_CALENDARS = {
    Language.AR: ("gregorian", "solar_hijri", "islamic"),
    Language.EN: ("gregorian", "solar_hijri", "islamic"),
    Language.FA: ("solar_hijri", "gregorian", "islamic"),
    Language.PS: ("solar_hijri", "gregorian", "islamic"),
    Language.RU: ("gregorian",),
}


def periods(issue: Issue, words: Labels) -> list[str]:
    """Return the first and last day, one line for each calendar, the one readers use first on top.

    The Islamic one is named by its variant, Umm al-Qura: others may differ by a day.
    """
    language = issue.front.language
    first, last = issue.front.period
    return [
        f"{format_date(first, language, calendar)} {words.dash} {format_date(last, language, calendar)}"
        + (f" ({words.islamic_variant})" if calendar == "islamic" else "")
        for calendar in _CALENDARS[language]
    ]
