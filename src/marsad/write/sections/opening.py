"""Introduction, key points and the week's events."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from marsad.domain.fields import FIELDS, field_of
from marsad.domain.ladder import rung
from marsad.domain.words import Ladder
from marsad.write.acts import act_sentence, naming_sentence
from marsad.write.grammar.party import Party
from marsad.write.page import Sentence
from marsad.write.salience import Act, is_weighty, together
from marsad.write.sections.measures import driver_finding, third_party_finding
from marsad.write.sections.outlook import forecast_finding
from marsad.write.writing import Writing, opened_by, week_of

LISTED = 8
_EARLIER = 6
_WORTH_DRAWING = 3  # movers; two bars tell less than the sentence above them
_ENDS = (("before", "from"), ("after", "to"))


def introduction(writing: Writing) -> None:
    """Add what happened between the pair, what is not known of it, and what the issue looks at."""
    page, week = writing.page, writing.material.week
    page.heading("introduction", writing.book.words["headings"]["introduction"])
    of_week = writing.acts_of_subject(week.start)
    acts = of_week or writing.acts_of_subject(writing.material.trailing_start)
    happened = [] if of_week else [writing.sentence("intro_quiet", basis="structure", **writing.pair)]
    if acts:
        event = acts[0].event
        ladder, height = rung(event["event_type"], event["mode"], event["context"])
        place = {"rung": writing.book.rung(ladder, height), "ladder": writing.book.word("ladders", ladder)}
        happened.append(naming_sentence(writing, "intro_subject" if of_week else "intro_latest", acts[0]))
        happened.append(writing.sentence("intro_weight", acts[0].event_ids, **place))
    else:
        happened.append(writing.sentence("intro_silent", basis="structure"))
    page.draft(happened)
    page.draft([*_unknown(writing), writing.sentence("intro_plan", basis="structure")])


def _unknown(writing: Writing) -> list[Sentence]:
    """Say how much of the week rests on one outlet each, and whether collection was complete."""
    acts = writing.week_acts()
    if not acts:
        return []
    said = [writing.sentence("intro_reports", basis="structure")]
    lone = [act for act in acts if len(writing.material.outlets(act.event_ids)) == 1]
    if lone and len(acts) > 1:
        ids = tuple(sorted(key for act in lone for key in act.event_ids))
        number = writing.book.number
        text = writing.book.say("intro_lone", n=number(len(lone)), all=number(len(acts)))
        said.append(Sentence(text, ids, basis="measure"))
    return said


def summary(writing: Writing) -> None:
    """Add the findings: the change, the standing, conduct around it, the act beyond the pair, the telling forecast."""
    page = writing.page
    page.heading("summary", writing.book.words["headings"]["summary"])
    points = [*_findings(writing), *driver_finding(writing), *third_party_finding(writing)]
    beyond = next((act for act in writing.week_acts() if _is_notable_beyond(writing, act)), None)
    if beyond:
        points.append(naming_sentence(writing, "finding_beyond", beyond))
    page.draft([*points, *forecast_finding(writing)], as_list=True)
    page.analyst(writing.book.words["analyst"]["hypothesis"])


def _findings(writing: Writing) -> list[Sentence]:
    """Say what changed and how high the relation stands; how surely and since when is the level section's."""
    points = []
    moved = writing.breaks()
    for row in moved:
        rise = row["to_rung"] - row["from_rung"]
        key = f"finding_{row['ladder']}_{'up' if rise > 0 else 'down' if rise < 0 else 'same'}"
        week = week_of(row)
        rungs: dict[str, Any] = {end: _rung(writing, row["ladder"], row[f"{name}_rung"]) for end, name in _ENDS}
        period = writing.dates.period(week.start, week.end)
        points.append(writing.sentence(key, row["events"] or (), **writing.pair, **rungs, period=period))
    standing = writing.in_force(Ladder.COOPERATION)
    top = opened_by(row for row in standing if row["rung"] == standing[0]["rung"])
    rung_name = writing.book.rung(Ladder.COOPERATION, standing[0]["rung"]) if standing else ""
    is_said = standing and any(
        row["ladder"] == Ladder.COOPERATION and row["to_rung"] == standing[0]["rung"] for row in moved
    )
    if is_said:
        return points
    if points and standing:
        points.append(writing.sentence("finding_standing", top, rung=rung_name))
    elif standing:
        points.append(writing.sentence("finding_steady", top, **writing.pair, rung=rung_name))
    elif not points:
        points.append(writing.sentence("finding_nothing", **writing.pair))
    return points


def _rung(writing: Writing, ladder: str, height: int) -> Party:
    """Return a rung with its bent form."""
    direct, bent = (writing.book.rung(ladder, height, is_oblique=is_oblique) for is_oblique in (False, True))
    return Party(direct, obl=bent)


def _is_notable_beyond(writing: Writing, act: Act) -> bool:
    """Tell whether an act of others belongs among the key points: weighty, or told by more than one outlet."""
    is_own = {act.event["source"], act.event["target"]} == set(writing.subject)
    return not is_own and (is_weighty(act.event) or len(writing.material.outlets(act.event_ids)) > 1)


def events(writing: Writing) -> None:
    """Add the week's weightiest acts by field; a week without events says so and shows what came before."""
    page, material, headings = writing.page, writing.material, writing.book.words["headings"]
    week = material.week
    acts = writing.week_acts()
    if acts:
        page.heading("events", headings["events"])
        page.draft([_count_sentence(writing, acts)])
        _by_field(writing, acts[:LISTED])
        if len(writing.material.tables.get("movers", [])) >= _WORTH_DRAWING:
            page.figure("movers", {})
        return
    earlier = writing.ranked(material.between(material.trailing_start, week.start - timedelta(days=1)))
    page.heading("events", headings["events_none"])
    key = "events_none_earlier" if earlier else "events_none"
    page.draft([writing.sentence(key, basis="structure", period=writing.dates.period(week.start, week.end))])
    _by_field(writing, earlier[:_EARLIER])


def _count_sentence(writing: Writing, acts: Sequence[Act]) -> Sentence:
    """Count the acts, not the codings: an agreement coded from both sides is one. The acts below carry the notes."""
    week, book = writing.material.week, writing.book
    ids = sorted(key for act in acts for key in act.event_ids)
    outlets = writing.material.outlets(ids)
    text = book.say(
        "events_count" if outlets else "events_count_only",
        period=writing.dates.period(week.start, week.end),
        events=book.count(len(acts), "event", "accusative"),
        outlets=book.count(len(outlets), "outlet") if outlets else "",
    )
    if len(acts) > LISTED:
        text = f"{text} {book.say('events_most', n=book.number(LISTED))}"
    return Sentence(text, tuple(ids), basis="measure")


def _by_field(writing: Writing, acts: Sequence[Act]) -> None:
    for field in FIELDS:
        of_field = [act for act in acts if field_of(act.event["event_type"], act.event["context"]) == field]
        chosen = together(of_field, writing.material)
        if chosen:
            writing.page.subheading(writing.book.words["fields"][field])
            writing.page.draft([act_sentence(writing, told) for told in chosen], as_list=True)
