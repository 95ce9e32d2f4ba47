"""A person's word on coded events: put over the coder's, kept when the coder changes, handed on for training."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any

import pyarrow as pa

from marsad.coding.coder import Coder
from marsad.domain.tables import EVENTS
from marsad.domain.words import EventType, Language, Status
from marsad.vocab.codebook import VERSION, goldstein

VERDICTS = ("accepted", "corrected", "rejected")
PERSON = "person"
"""Stands behind the coder's name on an event somebody answered for."""

_SAID = ("event_date", "source", "source_role", "event_type", "mode", "context", "target", "target_role")
Row = Mapping[str, Any]


def corrected(events: pa.Table, mentions: pa.Table, corrections: pa.Table) -> pa.Table:
    """Return the events as they stand after people's word: accepted and corrected ones count, rejected ones do not.

    A word follows its event by ``event_id``. Where the event is gone because a later coder read the sentence otherwise,
    the word holds for what that coder made of the same sentence in the same way; and what a person accepted or put
    right stays an event even if the later coder finds nothing there.

    What a person put right is known from then on, except where the whole event was back-filled: it keeps its day.

    Args:
        events: one row per event, key ``event_id``.
        mentions: one row per (event, report, sentence).
        corrections: the ledger of words, as known at the same instant; of several on one event the latest counts.

    Returns:
        The schema of ``events``, in their order; events that only a person stands for come last, by id.
    """
    if not corrections.num_rows:
        return events
    latest = {row["event_id"]: row for row in sorted(corrections.to_pylist(), key=itemgetter("known_at", "event_id"))}
    rows = events.to_pylist()
    words = _words_by_event(rows, mentions, latest)
    out = [said for row in rows if (said := _said(row, words.get(row["event_id"]))) is not None]
    met = {word["event_id"] for word in words.values()}
    orphans = [word for key, word in sorted(latest.items()) if key not in met and word["verdict"] != "rejected"]
    return EVENTS.from_rows([*out, *map(_event_of, orphans)])


def _words_by_event(rows: list[dict[str, Any]], mentions: pa.Table, latest: Mapping[str, Row]) -> dict[str, Row]:
    here = {row["event_id"]: row for row in rows}
    found = {key: word for key, word in latest.items() if key in here}
    by_sentence: dict[tuple[str, int], list[str]] = defaultdict(list)
    for mention in mentions.select(["event_id", "report_id", "quote_start"]).to_pylist():
        by_sentence[mention["report_id"], mention["quote_start"]].append(mention["event_id"])
    for key, word in latest.items():
        if key in here:
            continue
        for event_id in by_sentence.get((word["report_id"], word["quote_start"]), ()):
            row = here.get(event_id)
            if row is not None and (triple(row) == word["as_coded"] or triple(row) == triple(word)):
                found.setdefault(event_id, word)
    return found


def _said(row: dict[str, Any], word: Row | None) -> dict[str, Any] | None:
    if word is None:
        return row
    if word["verdict"] == "rejected":
        return None
    told = {name: word[name] for name in _SAID}
    is_new = row["review"] or any(row[name] != told[name] for name in _SAID)
    return (
        row
        | told
        | _weight(word)
        | {
            "review": False,
            "confidence": 1.0,
            "coder": f"{row['coder']}+{PERSON}",
            "known_at": max(row["known_at"], word["known_at"]) if is_new and not row["backfilled"] else row["known_at"],
        }
    )


def _weight(word: Row) -> dict[str, Any]:
    kind = EventType(word["event_type"])
    return {"quad_class": kind.quad_class.value, "goldstein": goldstein(kind.value, word["mode"])}


def _event_of(word: Row) -> dict[str, object]:
    return (
        {name: word[name] for name in ("event_id", *_SAID, "known_at")}
        | _weight(word)
        | {
            "status": Status.REPORTED.value,
            "confidence": 1.0,
            "review": False,
            "coder": PERSON,
            "ontology": VERSION,
            "backfilled": False,
        }
    )


def triple(event: Row) -> str:
    """Return an event as one line: who, what, whom.

    >>> triple({"source": "PAK", "event_type": "ASSAULT", "mode": "air_strike", "target": None})
    'PAK ASSAULT/air_strike ?'
    """
    mode = f"/{event['mode']}" if event["mode"] else ""
    return f"{event['source']} {event['event_type']}{mode} {event['target'] or '?'}"


def ask_first(events: pa.Table, corrections: pa.Table, watched: Iterable[tuple[str, str]] = ()) -> list[dict[str, Any]]:
    """Return the events nobody has answered for, those first whose answer is worth most.

    Worth is doubt times stake: ``4 p (1 - p)`` of the coder's confidence p, times the weight of the type (Goldstein's
    distance from 0), twice that for watched pairs; an event of a type asked about before counts less each time, so
    that the first questions are unlike each other.

    Args:
        events: one row per event, as coded.
        corrections: words given so far.
        watched: pairs the desk follows, in either direction.

    Returns:
        Rows of ``events``, in the order to ask.
    """
    done = set(corrections["event_id"].to_pylist())
    pairs = {frozenset(pair) for pair in watched}

    def worth(row: Row) -> float:
        doubt = 4 * row["confidence"] * (1 - row["confidence"])
        stake = (2 + abs(row["goldstein"])) * (2 if frozenset((row["source"], row["target"])) in pairs else 1)
        return float(doubt * stake)

    by_type: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in events.to_pylist():
        if row["event_id"] not in done:
            by_type[row["event_type"]].append(row)
    ranked = [
        (-worth(row) / (1 + nth), row["event_id"], row)
        for rows in by_type.values()
        for nth, row in enumerate(sorted(rows, key=lambda row: (-worth(row), row["event_id"])))
    ]
    return [row for _, _, row in sorted(ranked, key=itemgetter(0, 1))]


def as_labelled(corrections: pa.Table, reports: pa.Table, mentions: pa.Table, coder: Coder) -> list[dict[str, Any]]:
    """Return people's words as labelled sentences, the form the event-type head is trained on.

    One row per sentence: ``id``, ``story`` (the report), ``split`` (train), ``text``, ``date``, ``status``, ``events``
    with character spans of the parties; a sentence whose events were all rejected has none. A sentence where a party
    that was named cannot be found by its name is left out.
    """
    texts = {row["report_id"]: row for row in reports.to_pylist()}
    ends = {
        (row["report_id"], row["quote_start"]): row["quote_end"]
        for row in mentions.select(["report_id", "quote_start", "quote_end"]).to_pylist()
    }
    by_sentence: dict[tuple[str, int], dict[str, Row]] = defaultdict(dict)
    for word in sorted(corrections.to_pylist(), key=itemgetter("known_at")):
        by_sentence[word["report_id"], word["quote_start"]][word["event_id"]] = word
    labelled = []
    for (report_id, start), words in sorted(by_sentence.items()):
        report, end = texts.get(report_id), ends.get((report_id, start))
        if report is None or end is None or report["language"] not in set(Language):
            continue
        text = report["text"][start:end]
        told = [_labelled_event(word, text, report, coder) for word in words.values() if word["verdict"] != "rejected"]
        if None in told:
            continue
        labelled.append(
            {
                "id": f"{report_id}-{start}",
                "story": report_id,
                "split": "train",
                "language": report["language"],
                "text": text,
                "date": report["published_at"].date().isoformat(),
                "status": Status.REPORTED.value,
                "events": told,
            }
        )
    return labelled


def _labelled_event(word: Row, text: str, report: Row, coder: Coder) -> dict[str, Any] | None:
    mentions = coder.find_actors(text, Language(report["language"]), report["published_at"].date())
    spans = {
        side: next(([each.start, each.end] for each in mentions if each.code == word[side]), None)
        for side in ("source", "target")
    }
    if any(word[side] and spans[side] is None for side in spans):
        return None
    codes = {"source_code": word["source"], "target_code": word["target"]}
    return spans | codes | {name: word[name] for name in ("event_type", "mode", "context")}
