"""Days in running text: the Gregorian date, the desk's second calendar in brackets at its first mention."""

from datetime import date

from marsad.language.calendars import DateWords, date_words
from marsad.write.phrasebook import Phrasebook


class DateWriter:
    """Writes the days of one issue and remembers which were mentioned.

    A day's first mention is full, with the second calendar; later ones leave out the year when it is the issue's own.

    >>> from marsad.write.phrasebook import open_phrasebook
    >>> dates = DateWriter(open_phrasebook("ar", {}), 2026)
    >>> dates.write("on", date(2026, 5, 27)), dates.write("on", date(2026, 5, 27))
    ('يوم 27 مايو 2026 (6 جوزا 1405 هـ ش)', 'يوم 27 مايو')
    """

    def __init__(self, book: Phrasebook, year: int) -> None:
        self._book, self._year, self._seen = book, year, set[date | tuple[date, date]]()

    def write(self, form: str, day: date) -> str:
        """Return a day as ``name``, ``on``, ``until`` or ``since`` puts it."""
        patterns = self._book.words["dates"]
        if day in self._seen:
            short = f"{form}_short" if day.year == self._year else form
            return str(patterns[short]).format(**_parts(date_words(day, self._book.language)), bracket="")
        self._seen.add(day)
        bracket = self._bracket("name", (day, day))
        text = str(patterns[form]).format(**_parts(date_words(day, self._book.language)), bracket=bracket)
        return text if "{bracket}" in patterns[form] else text + bracket

    def plain(self, day: date, form: str = "name") -> str:
        """Return a day for a table, caption or note: full, without brackets, remembered by nobody."""
        return str(self._book.words["dates"][form]).format(**_parts(date_words(day, self._book.language)), bracket="")

    def period(self, first: date, last: date) -> str:
        """Return a run of days: "from 25 to 31 May 2026"."""
        text = self._range(date_words(first, self._book.language), date_words(last, self._book.language))
        if (first, last) in self._seen:
            return text
        self._seen.add((first, last))
        return text + self._bracket("range", (first, last))

    def cover_period(self, first: date, last: date) -> str:
        """Return a run of days for the cover: both calendars in every language, remembered by nobody."""
        text = self._range(date_words(first, self._book.language), date_words(last, self._book.language))
        return text + self._bracket("range", (first, last), "solar_hijri")

    def _range(self, start: DateWords, end: DateWords) -> str:
        patterns = self._book.words["dates"]
        if (start.month, start.year) == (end.month, end.year):
            key = "month_range"
        else:
            key = "year_range" if start.year == end.year else "range"
        to = {f"to_{name}": value for name, value in _parts(end).items()}
        return str(patterns[key]).format(**_parts(start), **to)

    def _bracket(self, form: str, days: tuple[date, date], calendar: str | None = None) -> str:
        calendar = calendar or self._book.words["calendar"]
        if not calendar:
            return ""
        start, end = (date_words(day, self._book.language, calendar) for day in days)
        patterns = self._book.words["dates"]
        text = self._range(start, end) if form == "range" else str(patterns[form]).format(**_parts(start))
        return str(patterns["bracket"]).format(date=text, era=end.era)


def _parts(words: DateWords) -> dict[str, str]:
    return {"day": words.day, "month": words.month, "year": words.year}
