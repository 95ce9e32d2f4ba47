"""The conclusion, drafted from the measures, and the recommendations, left to the analyst."""

from marsad.domain.ladder import rung
from marsad.domain.words import Ladder
from marsad.write.acts import act_name
from marsad.write.page import Sentence
from marsad.write.salience import Act, is_weighty
from marsad.write.sections.measures import clear_drivers
from marsad.write.sections.outlook import first_indicator, is_better_than_base
from marsad.write.writing import Writing, opened_by


def conclusion(writing: Writing) -> None:
    """Add what changed, what stands, what is uncertain and what would settle it; the judgement is the analyst's."""
    page = writing.page
    page.heading("conclusion", writing.book.words["headings"]["conclusion"])
    page.draft([*_changed(writing), *_stands(writing), *_uncertain(writing)])
    page.analyst(writing.book.words["analyst"]["conclusion"])


def _changed(writing: Writing) -> list[Sentence]:
    moved = [event for row in writing.breaks() for event in row["events"] or ()]
    last_issue = writing.material.week.shift(-1).end
    opened = [row for ladder in Ladder for row in writing.in_force(ladder) if row["opened"] > last_issue]
    if opened:
        return [writing.sentence("concl_opened", opened_by(opened), **writing.pair)]
    act = next((act for act in writing.acts_of_subject(writing.material.week.start) if is_weighty(act.event)), None)
    if act:
        return [_new_act(writing, act)]
    return [writing.sentence("concl_moved" if writing.breaks() else "concl_still", moved, **writing.pair)]


def _new_act(writing: Writing, act: Act) -> Sentence:
    """Say that an act is new but changes nothing in force, and whether it lies on the rung already held."""
    ladder, height = rung(act.event["event_type"], act.event["mode"], act.event["context"])
    top = [row for row in writing.in_force(ladder) if row["rung"] == height]
    named = writing.pair | {"act": act_name(writing, act.event)}
    if not top or writing.in_force(ladder)[0]["rung"] != height:
        return writing.sentence("concl_new", act.event_ids, **named)
    date = writing.dates.write("on", min(row["opened"] for row in top))
    return writing.sentence("concl_within", act.event_ids, rung=writing.book.rung(ladder, height), date=date, **named)


def _stands(writing: Writing) -> list[Sentence]:
    book = writing.book
    said = []
    standing = writing.in_force(Ladder.COOPERATION)
    if standing:
        count = book.count(len(standing), "commitment", "genitive")
        said.append(writing.sentence("concl_stands", opened_by(standing), commitments=count))
    else:
        said.append(writing.sentence("concl_bare"))
    measures = writing.in_force(Ladder.CONFLICT)
    if measures:
        names = book.listing(list(dict.fromkeys(book.commitment(row["commitment"]) for row in measures)))
        said.append(writing.sentence("concl_hostile", opened_by(measures), measures=names))
    return said


def _uncertain(writing: Writing) -> list[Sentence]:
    said = []
    if writing.breaks() and not clear_drivers(writing):
        said.append(writing.sentence("concl_causes", basis="structure"))
    if not is_better_than_base(writing):
        said.append(writing.sentence("concl_forecasts", basis="structure"))
    said.append(writing.sentence(f"concl_{_confidence(writing)}"))
    indicator, last = first_indicator(writing)
    date = writing.dates.write("until", last)
    said.append(writing.sentence("concl_watch", basis="structure", indicator=indicator, date=date))
    return said


def _confidence(writing: Writing) -> str:
    """Return what bounds the draft's confidence: low for a gap, silence or lone outlets, else moderate; never high."""
    acts, week = writing.week_acts(), str(writing.material.week)
    levels = [row for row in writing.material.of_pair("levels", writing.subject) if row["week"] == week]
    if any(not row["is_covered"] for row in levels):
        return "uncovered"
    if not acts:
        return "silent"
    n_lone = sum(len(writing.material.outlets(act.event_ids)) < 2 for act in acts)
    return "lone" if 2 * n_lone > len(acts) else "sourced"


def recommendations(writing: Writing) -> None:
    """Leave the recommendations to the analyst, with the questions each must answer."""
    writing.page.heading("recommendations", writing.book.words["headings"]["recommendations"])
    writing.page.analyst(writing.book.words["analyst"]["recommendation"])
