"""The bulletin's draft in one language, every machine sentence with its evidence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa

from marsad.domain.desk import Desk
from marsad.domain.week import Week
from marsad.domain.words import Ladder
from marsad.language.numerals import isolate_ltr
from marsad.vocab.likelihood import load_scale
from marsad.write import material as materials
from marsad.write import subject as subjects
from marsad.write.dates import DateWriter
from marsad.write.material import Row
from marsad.write.page import Page
from marsad.write.phrasebook import KindOf, NameOf, open_phrasebook
from marsad.write.sections import level, measures, opening, outlook
from marsad.write.writing import Writing

SECTIONS: tuple[Callable[[Writing], None], ...] = (
    opening.summary,
    opening.events,
    level.level,
    measures.drivers,
    measures.gains,
    measures.third_parties,
    outlook.reactions,
    outlook.change_view,
    outlook.scorecard,
    outlook.recommendations,
)
_QUOTED_WORDS = 12
# Which of two commitments on one rung a title names.
_TITLE_ORDER = ("recognition", "military_pact", "security_pact", "political_pact", "ambassador", "mission", "delisting")


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
    writing = Writing(known, book, dates, page, pair, desk, load_scale(desk.likelihood))
    for section in SECTIONS:
        section(writing)
    page.heading("sources", book.words["headings"]["sources"])
    notes = {key: _note(writing, key) for key in page.cited}
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
        "title": _title(writing),
        "subtitle": book.fill(book.words["front"]["subtitle"], period=period),
        "period": [week.start, week.end],
        "as_of": (writing.material.as_of - timedelta(microseconds=1)).date(),
        "subject": list(writing.subject),
        "status": "draft",
        "authors": [],
    }


def _title(writing: Writing) -> str:
    """Name the pair and what changed: from the weightiest earlier commitment to the newest, else the rung reached."""
    book, front = writing.book, writing.book.words["front"]
    both = book.both(writing.a, writing.b)
    for ladder in _by_change(writing):
        standing = writing.in_force(ladder)
        recent = [row for row in standing if row["opened"] >= writing.material.trailing_start]
        earlier = [row for row in standing if row["opened"] < writing.material.trailing_start]
        newest, before = (min(rows, key=_title_order, default=None) for rows in (recent, earlier))
        if newest and before and newest["rung"] >= before["rung"] and newest["commitment"] != before["commitment"]:
            names = [book.commitment(row["commitment"], is_oblique=True) for row in (before, newest)]
            return book.fill(front["title_change"], both=both, before=names[0], after=names[1])
        found = writing.latest_break(ladder)
        if found and found["from_rung"] != found["to_rung"]:
            key = f"title_{ladder}_{'up' if found['to_rung'] > found['from_rung'] else 'down'}"
            return book.fill(front[key], both=both, rung=book.rung(ladder, found["to_rung"], is_oblique=True))
    standing = writing.in_force(Ladder.COOPERATION)
    if standing:
        rung = book.rung(Ladder.COOPERATION, standing[0]["rung"], is_oblique=True)
        return book.fill(front["title_steady"], both=both, rung=rung)
    return book.fill(front["title_quiet"], both=both)


def _by_change(writing: Writing) -> list[Ladder]:
    """Return both ladders, the one with the likelier recent break first."""

    def probability(ladder: Ladder) -> float:
        found = writing.latest_break(ladder)
        return float(found["probability"]) if found else 0.0

    return sorted(Ladder, key=lambda ladder: (-probability(ladder), ladder))


def _title_order(row: Row) -> tuple[int, int, str]:
    name = row["commitment"]
    place = _TITLE_ORDER.index(name) if name in _TITLE_ORDER else len(_TITLE_ORDER)
    return -row["rung"], place, name


def _note(writing: Writing, report_id: str) -> str:
    """Return a footnote: outlet, date, title or first words, link."""
    report = writing.material.reports[report_id]
    rtl = writing.book.language.is_rtl
    comma = str(writing.book.words["comma"])
    words = (report["title"] or report["text"] or "").split()
    quoted = " ".join(words[:_QUOTED_WORDS]) + ("…" if len(words) > _QUOTED_WORDS else "")
    # A title keeps its own direction between the note's commas.
    title = f"«\u2068{quoted}\u2069»" if rtl else f"“{quoted}”"
    day = writing.dates.plain(report["published_at"].date())
    link = f"<{report['url']}>" if report["url"] else ""
    return comma.join(
        part for part in (report["outlet"], day, title, isolate_ltr(link) if rtl and link else link) if part
    )
