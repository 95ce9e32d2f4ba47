"""Reports in, events and mentions out: the coding stage over tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import pyarrow as pa

from marsad.coding.coder import CodedEvent, Coder, code_sentences
from marsad.coding.dates import EventDay
from marsad.coding.episodes import Telling, event_id, group_tellings, usual
from marsad.coding.stories import Told, story_ids
from marsad.domain.tables import EVENTS, MENTIONS
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

    Args:
        reports: one row per report, key ``report_id``. A report of an unknown language gives no events.
        coder: see :class:`marsad.coding.coder.Coder`.

    Returns:
        ``events``: one row per event, key ``event_id``, sorted by day and id; an event below the coder's threshold in
        all its mentions carries ``review``. ``mentions``: one row per (event, report, sentence), sorted by their key.
    """
    rows = sorted(reports.to_pylist(), key=lambda row: str(row["report_id"]))
    stories = story_ids([Told(row["report_id"], _published(row), row["text"] or "") for row in rows])
    found = [_Found(event, row) for row in rows for event in _events_of(row, coder)]
    tellings = [_telling(each, stories, order) for order, each in enumerate(found)]
    events: list[dict[str, object]] = []
    mentions: dict[tuple[str, str, int], dict[str, object]] = {}
    for group in group_tellings(tellings):
        members = [found[telling.order] for telling in group]
        key = event_id(group)
        events.append(_event_row(key, group, members, coder))
        for member in members:
            row = _mention_row(key, member, stories)
            mentions.setdefault((key, str(row["report_id"]), member.event.quote[0]), row)
    events.sort(key=lambda row: (str(row["event_date"]), str(row["event_id"])))
    return Coded(EVENTS.from_rows(events), MENTIONS.from_rows([mentions[key] for key in sorted(mentions)]))


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
        order,
    )


def _event_row(key: str, group: Sequence[Telling], members: Sequence[_Found], coder: Coder) -> dict[str, object]:
    first = members[0].event
    surest = max(member.event.confidence for member in members)
    mode = usual(member.event.mode for member in members)
    place = next((member.event.place for member in members if member.event.place), None)
    earliest = min((member.report for member in members), key=lambda report: (report["known_at"], report["report_id"]))
    same_way = [member.event for member in members if member.event.source == first.source]
    return {
        "event_id": key,
        "event_date": group[0].day,
        "source": first.source,
        "source_role": usual(event.source_role for event in same_way),
        "event_type": first.event_type.value,
        "mode": mode,
        "context": usual(member.event.context for member in members),
        "target": first.target,
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
