"""The bulletin's draft in one language, every machine sentence with its evidence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa

from marsad.domain.desk import Desk
from marsad.domain.week import Week
from marsad.vocab.likelihood import load_scale
from marsad.write import material as materials
from marsad.write import subject as subjects
from marsad.write.dates import DateWriter
from marsad.write.notes import note
from marsad.write.page import Page
from marsad.write.phrasebook import KindOf, NameOf, open_phrasebook
from marsad.write.sections import closing, hypotheses, level, measures, opening, outlook
from marsad.write.title import title
from marsad.write.writing import Writing

SECTIONS: tuple[Callable[[Writing], None], ...] = (
    opening.introduction,
    opening.summary,
    opening.events,
    level.level,
    measures.drivers,
    measures.gains,
    measures.third_parties,
    outlook.reactions,
    hypotheses.hypotheses,
    outlook.change_view,
    outlook.scorecard,
    closing.conclusion,
    closing.recommendations,
)


@dataclass(frozen=True)
class Draft:
    """A draft issue.

    Args:
        language: of the text.
        markdown: the issue file.
        evidence: one row per machine sentence: section, sentence, event_ids, report_ids, basis.
    """

    language: str
    markdown: str
    evidence: pa.Table


def draft(
    language: str,
    week: Week,
    desk: Desk,
    tables: Mapping[str, pa.Table],
    *,
    as_of: datetime | None = None,
    subject: tuple[str, str] | None = None,
    carried: Sequence[str] = (),
    name_of: NameOf | None = None,
    kind_of: KindOf | None = None,
) -> Draft:
    """Write one week's issue as a draft: scaffolding with evidence, marked as the machine's.

    Args:
        language: ar, en, fa (Dari) or ps.
        week: of the issue.
        desk: naming policy, likelihood words, watched pairs, number.
        tables: any of events, mentions, reports, levels, standings, breaks, drivers, gains, spillover, movers,
            forecasts (opened this week) with the schemas of ``domain.tables``, and ``review``'s scorecard; what is
            missing is said to be missing.
        as_of: the cutoff; rows learnt later are not looked at. None: the end of the week.
        subject: the pair written about; None chooses by :func:`choose_subject`.
        carried: blocks of competing hypotheses that an analyst wrote in the issue before, to stand here again.
        name_of: (code, language) -> name; None takes our registry's.
        kind_of: code -> kind; None takes our registry's.

    Raises:
        BadInput: a language no bulletin is written in, or nothing to write about.
    """
    cutoff = as_of or week.cutoff
    known = materials.read(tables, week, cutoff)
    pair = subject or subjects.choose(known, desk)
    book = open_phrasebook(language, desk.names, name_of, kind_of)
    dates, page = DateWriter(book, week.end.year), Page()
    writing = Writing(known, book, dates, page, pair, desk, load_scale(desk.likelihood), tuple(carried))
    for section in SECTIONS:
        section(writing)
    page.heading("sources", book.words["headings"]["sources"])
    notes = {key: note(known.reports[key], book.language) for key in page.cited}
    return Draft(language, page.markdown(_front_matter(writing), notes), page.evidence())


def choose_subject(
    tables: Mapping[str, pa.Table], *, week: Week, desk: Desk, as_of: datetime | None = None
) -> tuple[str, str]:
    """Return the pair an issue of this week is about, by the rule of ``write.subject``.

    Raises:
        BadInput: nothing happened and the desk names neither a subject nor a watched pair.
    """
    return subjects.choose(materials.read(tables, week, as_of or week.cutoff), desk)


def _front_matter(writing: Writing) -> dict[str, Any]:
    week, book = writing.material.week, writing.book
    period = writing.dates.cover_period(week.start, week.end)
    return {
        "number": writing.desk.number_of(week),
        "week": str(week),
        "lang": book.language.value,
        "title": title(writing),
        "subtitle": book.fill(book.words["front"]["subtitle"], period=period),
        "period": [week.start, week.end],
        "as_of": (writing.material.as_of - timedelta(microseconds=1)).date(),
        "languages": [language.value for language in writing.desk.languages],
        "subject": list(writing.subject),
        "hypothesis": hypotheses.statements(writing, hypotheses.situation(writing))[0],
        "status": "draft",
        "authors": [],
    }
