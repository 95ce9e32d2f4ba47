"""What every section is handed: the material, the words, the page, and the few questions they all ask."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from marsad.domain.desk import Desk
from marsad.domain.week import Week
from marsad.domain.words import EventType, Ladder
from marsad.vocab.likelihood import LikelihoodScale
from marsad.write.dates import DateWriter
from marsad.write.grammar.party import Party
from marsad.write.material import TRAILING_WEEKS, Material, Row
from marsad.write.page import Page, Sentence
from marsad.write.phrasebook import Phrasebook
from marsad.write.salience import Act, rank

CITED_AT_MOST = 3
_UNNAMED = "UNK"
_ARMED = {EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE}


@dataclass(frozen=True)
class Writing:
    """One issue in one language, being written about one pair."""

    material: Material
    book: Phrasebook
    dates: DateWriter
    page: Page
    subject: tuple[str, str]
    desk: Desk
    scale: LikelihoodScale
    carried: tuple[str, ...] = ()  # the analyst's blocks of hypotheses in the issue before

    @cached_property
    def a(self) -> Party:
        """The pair's first party."""
        return self.book.party(self.subject[0])

    @cached_property
    def b(self) -> Party:
        """The pair's second party."""
        return self.book.party(self.subject[1])

    @cached_property
    def pair(self) -> dict[str, Any]:
        """Both parties as most sentences take them: ``a``, and ``b`` bent after "and"."""
        return {"a": self.a, "b": self.b.as_object()}

    def sentence(self, key: str, event_ids: Iterable[str] = (), *, basis: str = "measure", **parts: object) -> Sentence:
        """Return a sentence of the phrasebook on what was measured, with the events and reports behind the measure."""
        ids = tuple(dict.fromkeys(event_ids))
        cited = self.material.best_reports(ids, self.book.language, CITED_AT_MOST)
        return Sentence(self.book.say(key, **parts), ids, cited, basis)

    def value(self, query: str, shown: str) -> str:
        """Return a number bound to its query: shown as it stands now, computed again when it is printed."""
        return f"{{value}}`{shown} <{query}>`"

    def in_force(self, ladder: str, on: date | None = None) -> list[Row]:
        """Return the pair's commitments in force on a day (None: the cutoff), highest rung first, then the latest."""
        day = on or self.material.as_of.date()
        rows = [
            row
            for row in self.material.of_pair("standings", self.subject)
            if row["ladder"] == ladder
            and row["opened"] <= day
            and not any(row[end] is not None and row[end] <= day for end in ("closed", "term"))
        ]
        return sorted(rows, key=lambda row: (-row["rung"], -row["opened"].toordinal(), row["commitment"]))

    def latest_break(self, ladder: str) -> Row | None:
        """Return the pair's likeliest change of the trailing weeks on a ladder, the later of equals."""
        week = self.material.week.index
        rows = [
            row
            for row in self.material.of_pair("breaks", self.subject)
            if row["ladder"] == ladder and week - TRAILING_WEEKS < Week.parse(row["week"]).index <= week
        ]
        return max(rows, key=lambda row: (row["probability"], row["week"]), default=None)

    def week_acts(self) -> list[Act]:
        """Return the acts of the issue's week, weightiest first."""
        return self.ranked(self.material.between(self.material.week.start, self.material.week.end))

    def acts_of_subject(self, first: date) -> list[Act]:
        """Return the pair's acts from a day to the end of the week, weightiest first."""
        events = self.material.between(first, self.material.week.end)
        return self.ranked([row for row in events if {row["source"], row["target"]} == set(self.subject)])

    def ranked(self, events: Sequence[Row]) -> list[Act]:
        """Return events as acts, weightiest first; what an unnamed party merely said is left out."""
        events = [row for row in events if row["source"] != _UNNAMED or row["event_type"] in _ARMED]
        return rank(events, self.material, self.subject, self.desk.watched)

    def breaks(self) -> list[Row]:
        """Return the likeliest recent change on each ladder that has one."""
        return [row for ladder in Ladder if (row := self.latest_break(ladder))]


def week_of(row: Row) -> Week:
    """Return the week a row is about."""
    return Week.parse(row["week"])


def opened_by(rows: Iterable[Row]) -> list[str]:
    """Return the events that opened commitments, in order, each once."""
    return list(dict.fromkeys(event for row in rows for event in row["opened_by"] or ()))
