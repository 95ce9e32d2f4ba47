"""An issue's week in the calendars its readers live by."""

from marsad.domain.words import Language
from marsad.language.calendars import format_date
from marsad.publish.issue import Issue
from marsad.publish.labels import Labels

_CALENDARS = {
    Language.AR: ("gregorian", "solar_hijri"),
    Language.EN: ("gregorian", "solar_hijri"),
    Language.FA: ("solar_hijri", "gregorian"),
    Language.PS: ("solar_hijri", "gregorian"),
    Language.RU: ("gregorian",),
}


def periods(issue: Issue, words: Labels) -> list[str]:
    """Return the first and last day, one line for each calendar, the one readers use first on top."""
    language = issue.front.language
    first, last = issue.front.period
    return [
        f"{format_date(first, language, calendar)} {words.dash} {format_date(last, language, calendar)}"
        for calendar in _CALENDARS[language]
    ]
