"""Summary and the week's events."""

from collections.abc import Sequence
from datetime import timedelta

from marsad.domain.fields import FIELDS, field_of
from marsad.domain.words import Ladder
from marsad.write.acts import act_sentence
from marsad.write.material import Row
from marsad.write.page import Sentence
from marsad.write.salience import Act, rank
from marsad.write.sections.measures import clear_drivers, driver_sentence
from marsad.write.sections.outlook import forecast_sentence, ranked_forecasts
from marsad.write.writing import Writing

PER_FIELD = 4
_EARLIER_PER_FIELD = 2


def summary(writing: Writing) -> None:
    """Add the key points: the change, the standing, the weightiest act, one driver, one forecast."""
    page = writing.page
    page.heading("summary", writing.book.words["headings"]["summary"])
    points = [writing.break_sentence(row) for ladder in Ladder if (row := writing.latest_break(ladder))]
    if not points:
        points = [writing.sentence("break_none", a=writing.a, b=writing.b.as_object())]
    points.append(writing.standing_sentence())
    points.extend(act_sentence(writing, act) for act in _of_subject(writing)[:1])
    points.extend(driver_sentence(writing, row) for row in clear_drivers(writing)[:1])
    points.extend(forecast_sentence(writing, row) for row in ranked_forecasts(writing)[:1])
    page.draft(points, as_list=True)
    page.analyst(writing.book.words["analyst"]["hypothesis"])


def events(writing: Writing) -> None:
    """Add the week's acts by field; a week without events says so and shows what came before, under its own heading."""
    page, material, book = writing.page, writing.material, writing.book
    page.heading("events", book.words["headings"]["events"])
    week = material.week
    found = material.between(week.start, week.end)
    period = writing.dates.period(week.start, week.end)
    if found:
        acts = _ranked(writing, found)
        page.draft([_count_sentence(writing, acts, period)])
        _by_field(writing, acts, PER_FIELD)
        return
    page.draft([writing.sentence("events_none", basis="structure", period=period)])
    earlier = material.between(material.trailing_start, week.start - timedelta(days=1))
    if earlier:
        page.subheading(book.words["headings"]["earlier"])
        _by_field(writing, _ranked(writing, earlier), _EARLIER_PER_FIELD)


def _count_sentence(writing: Writing, acts: Sequence[Act], period: str) -> Sentence:
    """Count the acts, not the codings: an agreement coded from both sides is one. The acts below carry the notes."""
    ids = sorted(key for act in acts for key in act.event_ids)
    outlets = writing.material.outlets(ids)
    text = writing.book.say(
        "events_count" if outlets else "events_count_only",
        period=period,
        events=writing.book.count(len(acts), "event", "accusative"),
        outlets=writing.book.count(len(outlets), "outlet") if outlets else "",
    )
    return Sentence(text, tuple(ids), basis="measure")


def _by_field(writing: Writing, acts: Sequence[Act], limit: int) -> None:
    for field in FIELDS:
        chosen = [act for act in acts if field_of(act.event["event_type"], act.event["context"]) == field][:limit]
        if chosen:
            writing.page.subheading(writing.book.words["fields"][field])
            writing.page.draft([act_sentence(writing, act) for act in chosen], as_list=True)


def _ranked(writing: Writing, found: Sequence[Row]) -> list[Act]:
    return rank(found, writing.material, writing.subject, writing.desk.watched)


def _of_subject(writing: Writing) -> list[Act]:
    """Return the pair's weightiest acts: of the week, or else of the trailing weeks."""
    material = writing.material
    for first in (material.week.start, material.trailing_start):
        found = [
            row
            for row in material.between(first, material.week.end)
            if {row["source"], row["target"]} == set(writing.subject)
        ]
        if found:
            return _ranked(writing, found)
    return []
