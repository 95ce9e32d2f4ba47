"""The relation's level: its standing and what changed it, the week's activity, the commitments in force."""

from collections.abc import Collection, Sequence
from datetime import date

from marsad.domain.ladder import CONFLICT_RUNGS, COOPERATION_RUNGS
from marsad.domain.words import Ladder
from marsad.write.material import Row
from marsad.write.page import Sentence
from marsad.write.writing import CITED_AT_MOST, Writing, opened_by, week_of


def level(writing: Writing) -> None:
    """Add standing before and after, breaks, activity, the commitments in force and the figure."""
    page, book = writing.page, writing.book
    page.heading("level", book.words["headings"]["level"])
    page.draft(_changes(writing))
    page.draft([_conflict(writing), *(sentence for ladder in Ladder for sentence in _activity(writing, ladder))])
    page.figure(
        "relation",
        {
            "source": writing.subject[0],
            "target": writing.subject[1],
            "caption": book.fill(
                book.words["tables"]["figure"],
                a=writing.a.as_object(),
                b=writing.b.as_object(),
                end=writing.dates.plain(writing.material.week.end, "through"),
            ),
        },
    )
    in_force = [row for ladder in Ladder for row in writing.in_force(ladder)]
    page.table(book.words["tables"]["commitments"], [_commitment_cells(writing, row) for row in in_force])
    page.analyst(book.words["analyst"]["judgement"])


def _changes(writing: Writing) -> list[Sentence]:
    """Say how sure each change is, what stood before it, what is highest in force and what is new, each once."""
    signed: list[Row] = []
    said = []
    for row in writing.breaks():
        opened = _opened_at(writing, row)
        signed += opened
        said.append(_signed(writing, row, opened) if opened else _break(writing, row))
    said += _before(writing)
    told = {(row["commitment"], row["opened"]) for row in signed}
    standing = writing.in_force(Ladder.COOPERATION)
    top = [row for row in standing if row["rung"] == standing[0]["rung"]]
    if not top or any((row["commitment"], row["opened"]) not in told for row in top):
        said.append(_highest(writing))
    return [*said, *_since_previous(writing, told)]


def _opened_at(writing: Writing, row: Row) -> list[Row]:
    """Return the commitments or measures a change opened: then it is a matter of record, not of chance."""
    moved = set(row["events"] or ())
    return [held for held in writing.in_force(row["ladder"]) if moved & set(held["opened_by"] or ())]


def _signed(writing: Writing, row: Row, opened: Sequence[Row]) -> Sentence:
    """Name what a change rests on; the chance of its being chance would say nothing about a signature."""
    return writing.sentence(
        f"break_{row['ladder']}_signed",
        opened_by(opened),
        commitments=_names(writing, opened),
        date=writing.dates.write("on", min(held["opened"] for held in opened)),
    )


def _break(writing: Writing, row: Row) -> Sentence:
    """Say how surely a change is more than chance, and on how many events its date rests."""
    week, book = week_of(row), writing.book
    events = row["events"] or ()
    return writing.sentence(
        f"break_{row['ladder']}" if events else f"break_{row['ladder']}_bare",
        events,
        period=writing.dates.period(week.start, week.end),
        p=writing.value(f"break {' '.join(writing.subject)} {row['ladder']}", book.percent(row["probability"])),
        events=book.count(max(len(events), 1), "event", "genitive"),
    )


def _highest(writing: Writing) -> Sentence:
    """Name the highest commitments in force and since when."""
    standing = writing.in_force(Ladder.COOPERATION)
    if not standing:
        return writing.sentence("standing_none", **writing.pair)
    top = [row for row in standing if row["rung"] == standing[0]["rung"]]
    first = min(row["opened"] for row in top)
    return writing.sentence(
        "standing" if len(top) == 1 else "standing_many",
        opened_by(top),
        **writing.pair,
        commitments=_names(writing, top),
        date=writing.dates.write("since", first),
    )


def _before(writing: Writing) -> list[Sentence]:
    """Say how high the commitments reached before the break, if they reach higher now."""
    found = writing.latest_break(Ladder.COOPERATION)
    now = writing.in_force(Ladder.COOPERATION)
    if not (found and now):
        return []
    earlier = writing.in_force(Ladder.COOPERATION, week_of(found).shift(-1).end)
    before = earlier[0]["rung"] if earlier else 0
    if before >= now[0]["rung"]:
        return []
    return [
        writing.sentence("standing_before", opened_by(earlier[:2]), rung=writing.book.rung(Ladder.COOPERATION, before))
    ]


def _since_previous(writing: Writing, told: Collection[tuple[str, date]]) -> list[Sentence]:
    """Say what else came into force and what ended since the issue before, or that nothing did."""
    last_issue = writing.material.week.shift(-1).end
    now, then = (
        {(row["commitment"], row["opened"]): row for ladder in Ladder for row in writing.in_force(ladder, day)}
        for day in (None, last_issue)
    )
    new = [key for key in now if key not in then]
    opened = [now[key] for key in new if key not in told]
    closed = [row for key, row in then.items() if key not in now]
    sentences = []
    if opened:
        sentences.append(writing.sentence("since_opened", opened_by(opened), commitments=_names(writing, opened)))
    if closed:
        ended = [event for row in closed for event in row["closed_by"] or ()]
        sentences.append(writing.sentence("since_closed", ended, commitments=_names(writing, closed)))
    return sentences if sentences or new else [writing.sentence("since_same")]


def _names(writing: Writing, rows: Sequence[Row]) -> str:
    names = dict.fromkeys(writing.book.commitment(row["commitment"]) for row in rows)
    return writing.book.listing(list(names))


def _conflict(writing: Writing) -> Sentence:
    standing = writing.in_force(Ladder.CONFLICT)
    if not standing:
        return writing.sentence("conflict_none")
    top = [row for row in standing if row["rung"] == standing[0]["rung"]]
    rung = writing.book.rung(Ladder.CONFLICT, top[0]["rung"])
    return writing.sentence("conflict_standing", opened_by(top), rung=rung)


def _activity(writing: Writing, ladder: Ladder) -> list[Sentence]:
    """Say the week's activity, or that collection failed and nothing can be said."""
    week = str(writing.material.week)
    rows = [row for row in writing.material.of_pair("levels", writing.subject) if row["week"] == week]
    row = next((row for row in rows if row["ladder"] == ladder), None)
    if row is None:
        return []
    if not row["is_covered"]:
        return [writing.sentence("activity_uncovered", basis="structure")] if ladder is Ladder.COOPERATION else []
    top = len(COOPERATION_RUNGS if ladder is Ladder.COOPERATION else CONFLICT_RUNGS) - 1
    number = writing.book.number
    low, high = number(row["low"], 1), number(row["high"], 1)
    spread = writing.book.words["say"]["activity_flat" if low == high else "activity_range"]
    return [
        writing.sentence(
            "activity" if ladder is Ladder.COOPERATION else "activity_conflict",
            ladder=writing.book.word("ladders", ladder),
            zero=number(0),
            top=number(top),
            mean=writing.value(f"level {' '.join(writing.subject)} {ladder}", number(row["mean"], 1)),
            range=spread.format(low=low, high=high, share=writing.book.percent(0.9)),
        )
    ]


def _commitment_cells(writing: Writing, row: Row) -> list[str]:
    cited = writing.material.best_reports(row["opened_by"] or (), writing.book.language, CITED_AT_MOST)
    return [
        writing.book.cell(writing.book.commitment(row["commitment"])),
        writing.book.cell(writing.book.rung(row["ladder"], row["rung"])),
        writing.dates.plain(row["opened"]),
        writing.page.cite(cited) or writing.book.words["tables"]["none"],
    ]
