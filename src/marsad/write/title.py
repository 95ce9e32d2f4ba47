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

    A commitment or rung newly reached or a weighty act of the week; else how many weeks have passed since the last of
    the trailing weeks, so that no two issues bear one title; else the rung the commitments in force hold; else the
    pair alone.
    """
    week = writing.material.week
    found = _change(writing, week.start) or _act(writing, week.start)
    found = found or _since(writing) or _act(writing, writing.material.trailing_start)
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
        newest, before = _newest(writing, ladder, first)
        if newest and before:
            names = [book.commitment(row["commitment"]) for row in (before, newest)]
            return book.fill(front["title_change"], both=both, before=names[0], after=names[1])
        found = _moved(writing, ladder, first)
        if found:
            key = f"title_{ladder}_{'up' if found['to_rung'] > found['from_rung'] else 'down'}"
            return book.fill(front[key], both=both, rung=book.rung(ladder, found["to_rung"], is_oblique=True))
    return ""


def _since(writing: Writing) -> str:
    """Name the change of the trailing weeks by how many weeks ago it was; "" for none."""
    book, front = writing.book, writing.book.words["front"]
    both, first = book.both(writing.a, writing.b), writing.material.trailing_start
    for ladder in _by_change(writing):
        newest, before = _newest(writing, ladder, first)
        if newest and before:
            after = book.words.get("after", book.words["commitments"])[newest["commitment"]]
            return book.fill(front["title_since"], both=both, after=after, nth=_nth(writing, newest["opened"]))
        found = _moved(writing, ladder, first)
        if found:
            rung = book.rung(ladder, found["to_rung"])
            nth = _nth(writing, Week.parse(found["week"]).start, n_before=1)
            return book.fill(front["title_at"], both=both, rung=rung, nth=nth)
    return ""


def _newest(writing: Writing, ladder: Ladder, first: date) -> tuple[Row | None, Row | None]:
    """Return the commitment newly in force since a day and the weightiest before it, where the new is no lower."""
    standing = writing.in_force(ladder)
    newest = min((row for row in standing if row["opened"] >= first), key=_order, default=None)
    before = min((row for row in standing if row["opened"] < first), key=_order, default=None)
    if newest and before and newest["rung"] >= before["rung"] and newest["commitment"] != before["commitment"]:
        return newest, before
    return None, None


def _moved(writing: Writing, ladder: Ladder, first: date) -> Row | None:
    """Return the break that reached another rung since a day."""
    found = writing.latest_break(ladder)
    if found and found["from_rung"] != found["to_rung"] and Week.parse(found["week"]).end >= first:
        return found
    return None


def _nth(writing: Writing, day: date, n_before: int = 0) -> str:
    """Return which week after a day the issue's is, in words."""
    names = writing.book.words["front"]["nth"]
    return str(names[writing.material.week.index - Week.of(day).index - 1 + n_before])


def _act(writing: Writing, first: date) -> str:
    """Name the pair's weightiest act since a day, and how long ago one before the week was; "" if none is weighty."""
    week = writing.material.week
    act = next((act for act in writing.acts_of_subject(first) if is_weighty(act.event)), None)
    if act is None:
        return ""
    front, name = writing.book.words["front"], act_name(writing, act.event)
    day = act.event["event_date"]
    if day >= week.start:
        return writing.book.fill(front["title_act"], act=name)
    return writing.book.fill(front["title_review"], act=name, nth=_nth(writing, day))


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
