"""Reports in, events and mentions out: the coding stage over tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import pyarrow as pa

from marsad.coding.coder import CodedEvent, Coder, code_sentences
from marsad.coding.dates import EventDay
from marsad.coding.episodes import Episode, Telling, episodes, usual
from marsad.coding.stories import Told, story_ids
from marsad.domain.tables import EVENTS, MENTIONS
from marsad.domain.week import Week
from marsad.domain.words import Language, Status
from marsad.language.detect import identify
from marsad.vocab.codebook import VERSION, goldstein


class Coded(NamedTuple):
    """What coding gives: ``events`` and ``mentions``, with the schemas of :mod:`marsad.domain.tables`."""

    events: pa.Table
    mentions: pa.Table


@dataclass(frozen=True)
class _Found:
    """One coded event with the report that tells it."""

    event: CodedEvent
    report: Mapping[str, Any]


def code(reports: pa.Table, coder: Coder) -> Coded:
    """Code the texts of reports.

    What an event says of itself comes from the tellings of the ISO week in which it first became known; later ones add
    mentions. So the rows known by the end of a week are the same whether or not later reports are given, and a week's
    rows are the same when only the week before is given with it.

    Args:
        reports: one row per report, key ``report_id``. A report of an unknown language gives no events.
        coder: see :class:`marsad.coding.coder.Coder`.

    Returns:
        ``events``: one row per event, key ``event_id``, sorted by day and id; an event below the coder's threshold in
        all its mentions carries ``review``. ``mentions``: one row per (event, report, sentence), sorted by their key.
    """
    rows = sorted(reports.to_pylist(), key=lambda row: str(row["report_id"]))
    stories = story_ids([Told(row["report_id"], _week(row), _published(row), row["text"] or "") for row in rows])
    found = [_Found(event, row) for row in rows for event in _events_of(row, coder)]
    told = episodes([_telling(each, stories, order) for order, each in enumerate(found)])
    events = [_event_row(episode, [found[telling.order] for telling in episode.first], coder) for episode in told]
    mentions: dict[tuple[str, str, int], dict[str, object]] = {}
    for episode in told:
        for telling in (*episode.first, *episode.later):
            row = _mention_row(episode.event_id, found[telling.order], stories)
            mentions.setdefault((episode.event_id, str(row["report_id"]), found[telling.order].event.quote[0]), row)
    events.sort(key=lambda row: (str(row["event_date"]), str(row["event_id"])))
    return Coded(EVENTS.from_rows(events), MENTIONS.from_rows([mentions[key] for key in sorted(mentions)]))


def _week(row: Mapping[str, Any]) -> Week:
    return Week.of(row["known_at"].date())


def _published(row: Mapping[str, Any]) -> datetime:
    return row["published_at"] or row["known_at"]  # type: ignore[no-any-return]


def _events_of(row: Mapping[str, Any], coder: Coder) -> Sequence[CodedEvent]:
    text = row["text"] or ""
    language = Language(row["language"]) if row["language"] in set(Language) else identify(text)
    if language is None:
        return ()
    sentences = code_sentences(text, language, coder, _published(row).date())
    return [event for sentence in sentences for event in sentence.events]


def _telling(found: _Found, stories: Mapping[str, str], order: int) -> Telling:
    event = found.event
    day = event.day or EventDay(_published(found.report).date(), is_stated=False)
    return Telling(
        event.source,
        event.event_type.value,
        event.mode,
        event.target,
        day.day,
        day.is_stated,
        stories[found.report["report_id"]],
        _week(found.report),
        order,
    )


def _event_row(episode: Episode, members: Sequence[_Found], coder: Coder) -> dict[str, object]:
    first = members[0].event
    surest = max(member.event.confidence for member in members)
    mode = usual(member.event.mode for member in members)
    place = next((member.event.place for member in members if member.event.place), None)
    earliest = min((member.report for member in members), key=lambda report: (report["known_at"], report["report_id"]))
    same_way = [member.event for member in members if member.event.source == first.source]
    return {
        "event_id": episode.event_id,
        "event_date": episode.first[0].day,
        "source": first.source,
        "source_role": usual(event.source_role for event in same_way),
        "event_type": first.event_type.value,
        "mode": mode,
        "context": usual(member.event.context for member in members),
        "target": first.target or usual(event.target for event in same_way),
        "target_role": usual(event.target_role for event in same_way),
        "quad_class": first.event_type.quad_class.value,
        "goldstein": goldstein(first.event_type.value, mode),
        "place": place.name if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "status": Status.REPORTED.value,
        "confidence": surest,
        "review": surest < coder.threshold,
        "coder": coder.name,
        "ontology": VERSION,
        "backfilled": earliest["backfilled"],
        "known_at": earliest["known_at"],
    }


def _mention_row(key: str, found: _Found, stories: Mapping[str, str]) -> dict[str, object]:
    report = found.report
    return {
        "event_id": key,
        "report_id": report["report_id"],
        "quote_start": found.event.quote[0],
        "quote_end": found.event.quote[1],
        "attribution": found.event.attribution,
        "feed": report["feed"],
        "outlet": report["outlet"],
        "story_id": stories[report["report_id"]],
        "known_at": report["known_at"],
    }
