"""The ISO week, the clock tick of the desk."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self

from marsad.errors import BadInput

_WEEK = re.compile(r"(\d{4})-W(\d{2})")


def end_of_day(day: date) -> datetime:
    """Return the midnight (UTC) that ends a day: what was known on a day was known before it.

    >>> end_of_day(date(2026, 5, 31)).isoformat()
    '2026-06-01T00:00:00+00:00'
    """
    return datetime.combine(day + timedelta(days=1), time(), UTC)


@dataclass(frozen=True, order=True)
class Week:
    """One ISO week, Monday to Sunday, UTC.

    >>> week = Week.parse("2026-W22")
    >>> week.start.isoformat(), week.end.isoformat(), str(week.shift(1))
    ('2026-05-25', '2026-05-31', '2026-W23')
    """

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2026-W22``.

        Raises:
            BadInput: not of that form, or the year has no such week.
        """
        match = _WEEK.fullmatch(text.strip())
        if match is None:
            raise BadInput(f"week {text!r}", "not of the form 2026-W22", "write the ISO year, -W and two digits")
        week = cls(int(match[1]), int(match[2]))
        try:
            date.fromisocalendar(week.year, week.number, 1)
        except ValueError as error:
            raise BadInput(f"week {text!r}", str(error), "weeks run from W01 to W52 or W53") from error
        return week

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the week a day lies in.

        >>> str(Week.of(date(2027, 1, 1)))
        '2026-W53'
        """
        iso = day.isocalendar()
        return cls(iso.year, iso.week)

    @property
    def start(self) -> date:
        """The Monday."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def end(self) -> date:
        """The Sunday, still inside."""
        return self.start + timedelta(days=6)

    @property
    def cutoff(self) -> datetime:
        """The instant the week is over: a week rebuilt later closes its eyes here."""
        return end_of_day(self.end)

    @property
    def index(self) -> int:
        """Weeks since 1970-01-05, a Monday: week arithmetic without calendars."""
        return (self.start - date(1970, 1, 5)).days // 7

    def shift(self, n_weeks: int) -> Self:
        """Return the week ``n_weeks`` later (earlier if negative)."""
        return type(self).of(self.start + timedelta(weeks=n_weeks))

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"
