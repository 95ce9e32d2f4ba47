"""What every section is handed: the material, the words, the page, and the few questions they all ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from marsad.domain.desk import Desk
from marsad.domain.week import Week
from marsad.domain.words import Ladder
from marsad.vocab.likelihood import LikelihoodScale
from marsad.write.dates import DateWriter
from marsad.write.grammar.party import Party
from marsad.write.material import TRAILING_WEEKS, Material, Row
from marsad.write.page import Page, Sentence
from marsad.write.phrasebook import Phrasebook

CITED_AT_MOST = 3


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

    @cached_property
    def a(self) -> Party:
        """The pair's first party."""
        return self.book.party(self.subject[0])

    @cached_property
    def b(self) -> Party:
        """The pair's second party."""
        return self.book.party(self.subject[1])

    def sentence(self, key: str, event_ids: Iterable[str] = (), *, basis: str = "measure", **parts: object) -> Sentence:
        """Return a sentence of the phrasebook on what was measured, with the events and reports behind the measure."""
        ids = tuple(dict.fromkeys(event_ids))
        cited = self.material.best_reports(ids, self.book.language, CITED_AT_MOST)
        return Sentence(self.book.say(key, **parts), ids, cited, basis)

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

    def break_sentence(self, row: Row) -> Sentence:
        """Return what changed on a ladder, when, and how surely."""
        rise = row["to_rung"] - row["from_rung"]
        if row["ladder"] == Ladder.COOPERATION:
            key = "break_cooperation_" + ("up" if rise > 0 else "down" if rise < 0 else "same")
        else:
            key = "break_conflict_" + ("up" if rise > 0 else "down" if rise < 0 else "same")
        week = Week.parse(row["week"])
        return self.sentence(
            key,
            row["events"] or (),
            a=self.a,
            b=self.b.as_object(),
            period=self.dates.period(week.start, week.end),
            before=self.book.rung(row["ladder"], row["from_rung"]),
            after=self.book.rung(row["ladder"], row["to_rung"]),
            p=self.book.percent(row["probability"]),
        )

    def standing_sentence(self) -> Sentence:
        """Return how high the commitments in force reach."""
        standing = self.in_force(Ladder.COOPERATION)
        if not standing:
            return self.sentence("standing_none", a=self.a, b=self.b.as_object())
        top = [row for row in standing if row["rung"] == standing[0]["rung"]]
        return self.sentence(
            "standing",
            opened_by(top),
            a=self.a,
            b=self.b.as_object(),
            rung=self.book.rung(Ladder.COOPERATION, top[0]["rung"]),
        )


def opened_by(rows: Iterable[Row]) -> list[str]:
    """Return the events that opened commitments, in order, each once."""
    return list(dict.fromkeys(event for row in rows for event in row["opened_by"] or ()))
