"""Competing hypotheses of the pair, as a block bound to data; the analyst's of the issue before are carried on."""

from collections.abc import Sequence
from datetime import date, timedelta

from marsad.domain.words import EventType, Ladder
from marsad.write.page import Sentence
from marsad.write.writing import Writing, week_of

_WEEKS = 26
_QUARTER_MONTHS = 3
# Kind of situation -> indicator, acts, and the mark of each hypothesis in order.
_INDICATORS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "rise": (
        ("practice", "COOPERATE,AID", "++ -- -"),
        ("accord", "AGREE", "+ 0 --"),
        ("refusal", "REJECT,ACCUSE,THREATEN", "- 0 +"),
        ("measure", "SANCTION,COERCE", "-- - ++"),
    ),
    "arms": (
        ("attack", "ASSAULT", "+ - ++"),
        ("ceasefire", "AGREE,RETREAT", "- ++ --"),
        ("talks", "CONSULT", "0 ++ -"),
        ("massing", "MOBILIZE", "0 -- ++"),
    ),
    "steady": (
        ("accord", "AGREE", "- ++ --"),
        ("practice", "COOPERATE,AID", "0 ++ -"),
        ("refusal", "REJECT,ACCUSE,THREATEN", "- -- ++"),
        ("measure", "SANCTION,COERCE", "-- -- +"),
    ),
}


def hypotheses(writing: Writing) -> None:
    """Add the block: the analyst's own as carried from the issue before, else a machine's proposal, marked as such."""
    page, words = writing.page, writing.book.words["hypotheses"]
    page.heading("hypotheses", words["heading"])
    if writing.carried:
        for block in writing.carried:
            page.block(block)
        return
    page.draft([Sentence(words["intro"], basis="structure")])
    kind = situation(writing)
    first, due = span(writing, kind)
    both = ",".join(writing.subject)
    lines = [f":H{n}: {text}" for n, text in enumerate(statements(writing, kind), 1)]
    lines += [f":from: {first}", f":by: {due}"]
    lines += [
        f"- {words[label]} | {both} {acts} {both} | {' | '.join(marks.split())}"
        for label, acts, marks in _INDICATORS[kind]
    ]
    page.directive("hypotheses", "", lines, is_draft=True)


def statements(writing: Writing, kind: str) -> Sequence[str]:
    """Return the hypotheses in words, the main one first."""
    book = writing.book
    return [book.fill(text, **writing.pair) for text in book.words["hypotheses"][kind]]


def situation(writing: Writing) -> str:
    """Return what they compete over: ``arms`` for a pair that fights, ``rise`` after a rise, else ``steady``."""
    recent = writing.material.between(writing.material.trailing_start, writing.material.week.end)
    pair = set(writing.subject)
    if any(row["event_type"] == EventType.ASSAULT and {row["source"], row["target"]} == pair for row in recent):
        return "arms"
    found = writing.latest_break(Ladder.COOPERATION)
    return "rise" if found and found["to_rung"] >= found["from_rung"] else "steady"


def span(writing: Writing, kind: str) -> tuple[date, date]:
    """Return the days indicators are watched: half a year from the change, or the quarter; the same week after week."""
    found = writing.latest_break(Ladder.COOPERATION)
    if kind == "rise" and found:
        first = week_of(found).shift(1).start
        return first, first + timedelta(weeks=_WEEKS) - timedelta(days=1)
    day = writing.material.week.end
    month = day.month - (day.month - 1) % _QUARTER_MONTHS
    first = date(day.year, month, 1)
    after = date(day.year + (month + _QUARTER_MONTHS > 12), (month + _QUARTER_MONTHS - 1) % 12 + 1, 1)
    return first, after - timedelta(days=1)
