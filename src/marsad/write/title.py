"""The title: what changed between the pair this week, else lately; else where the relation stands."""

from datetime import date

from marsad.domain.week import Week
from marsad.domain.words import Ladder
from marsad.write.acts import act_name
from marsad.write.material import Row
from marsad.write.salience import is_weighty
from marsad.write.writing import Writing

# Which of two commitments on one rung a title names.
_ORDER = ("recognition", "military_pact", "security_pact", "political_pact", "ambassador", "mission", "delisting")


def title(writing: Writing) -> str:
    """Return the issue's title.

    A commitment or rung newly reached or a weighty act, of the week or else of the trailing weeks; else the rung the
    commitments in force hold; else the pair alone.
    """
    week = writing.material.week
    for first in (week.start, writing.material.trailing_start):
        found = _change(writing, first) or _act(writing, first)
        if found:
            return found
    book, front = writing.book, writing.book.words["front"]
    both = book.both(writing.a, writing.b)
    standing = writing.in_force(Ladder.COOPERATION)
    if standing:
        return book.fill(front["title_steady"], both=both, rung=book.rung(Ladder.COOPERATION, standing[0]["rung"]))
    return book.fill(front["title_quiet"], both=both)


def _change(writing: Writing, first: date) -> str:
    """Name the weightiest earlier commitment and the newest, else the rung a break reached; "" for no change."""
    book, front = writing.book, writing.book.words["front"]
    both = book.both(writing.a, writing.b)
    for ladder in _by_change(writing):
        standing = writing.in_force(ladder)
        recent = [row for row in standing if row["opened"] >= first]
        earlier = [row for row in standing if row["opened"] < first]
        newest, before = (min(rows, key=_order, default=None) for rows in (recent, earlier))
        if newest and before and newest["rung"] >= before["rung"] and newest["commitment"] != before["commitment"]:
            names = [book.commitment(row["commitment"]) for row in (before, newest)]
            return book.fill(front["title_change"], both=both, before=names[0], after=names[1])
        found = writing.latest_break(ladder)
        if found and found["from_rung"] != found["to_rung"] and Week.parse(found["week"]).end >= first:
            key = f"title_{ladder}_{'up' if found['to_rung'] > found['from_rung'] else 'down'}"
            return book.fill(front[key], both=both, rung=book.rung(ladder, found["to_rung"], is_oblique=True))
    return ""


def _act(writing: Writing, first: date) -> str:
    """Name the pair's weightiest act since a day; "" if none could head an issue."""
    week = writing.material.week
    act = next((act for act in writing.acts_of_subject(first) if is_weighty(act.event)), None)
    if act is None:
        return ""
    front = writing.book.words["front"]
    key = "title_act" if act.event["event_date"] >= week.start else "title_review"
    return writing.book.fill(front[key], act=act_name(writing, act.event))


def _by_change(writing: Writing) -> list[Ladder]:
    """Return both ladders, the one with the likelier recent break first."""

    def probability(ladder: Ladder) -> float:
        found = writing.latest_break(ladder)
        return float(found["probability"]) if found else 0.0

    return sorted(Ladder, key=lambda ladder: (-probability(ladder), ladder))


def _order(row: Row) -> tuple[int, int, str]:
    name = row["commitment"]
    place = _ORDER.index(name) if name in _ORDER else len(_ORDER)
    return -row["rung"], place, name
