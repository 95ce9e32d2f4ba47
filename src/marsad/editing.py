"""People's word on coded events: which to ask about, in what words, and the answer kept; for `marsad review-events`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from marsad import coding
from marsad.coding import VERDICTS, Coder, triple
from marsad.domain.desk import Desk
from marsad.domain.tables import CORRECTIONS
from marsad.domain.words import Context, EventType
from marsad.errors import BadInput
from marsad.store import Store
from marsad.vocab.actors import load_registry
from marsad.vocab.codebook import MODES

FIELDS = ("event_date", "source", "source_role", "event_type", "mode", "context", "target", "target_role")
"""What of an event a person may put right."""


@dataclass(frozen=True)
class Question:
    """One coded event to answer for, with the sentence it was read from.

    Args:
        event: a row of ``events``, as coded.
        mention: the row of ``mentions`` whose sentence is shown.
        report: the row of ``reports`` it stands in.
    """

    event: Mapping[str, Any]
    mention: Mapping[str, Any]
    report: Mapping[str, Any]

    @property
    def sentence(self) -> str:
        """The sentence as published."""
        return str(self.report["text"][self.mention["quote_start"] : self.mention["quote_end"]])

    @property
    def before(self) -> str:
        """What stands before it in the report, as far as it helps to read it."""
        return str(self.report["text"][: self.mention["quote_start"]][-300:])

    def as_row(self) -> dict[str, Any]:
        """Return the question as one flat row."""
        shown = ("event_id", *FIELDS, "confidence", "review")
        told = {"report_id": self.report["report_id"], "outlet": self.report["outlet"], "sentence": self.sentence}
        return {name: self.event[name] for name in shown} | told


def questions(desk: Desk, store: Store, since: date | None = None) -> Iterator[Question]:
    """Return the coded events nobody has answered for, those first whose answer is worth most.

    Args:
        desk: its watched pairs come before others.
        store: the desk's tables.
        since: only events of that day and later.
    """
    reports = {row["report_id"]: row for row in store.read("reports").to_pylist()}
    mentions: dict[str, dict[str, Any]] = {}
    for row in store.read("mentions").to_pylist():
        if row["report_id"] in reports:
            mentions.setdefault(row["event_id"], row)
    for event in coding.ask_first(store.read("events"), store.read("corrections"), desk.watched):
        mention = mentions.get(event["event_id"])  # events that came coded from a feed have no sentence to show
        if mention is not None and (since is None or event["event_date"] >= since):
            yield Question(event, mention, reports[mention["report_id"]])


def answer(
    store: Store,
    question: Question,
    verdict: str,
    *,
    now: datetime,
    author: str,
    changes: Mapping[str, str] | None = None,
    reason: str | None = None,
) -> dict[str, Any]:
    """Keep a person's word on one event.

    Args:
        store: the desk's tables.
        question: what was asked.
        verdict: one of ``VERDICTS``.
        now: the instant of saying so.
        author: who answers for it.
        changes: for ``corrected``, the fields of ``FIELDS`` to put right; an empty text takes a value away.
        reason: why, in words.

    Returns:
        The row of ``corrections``.

    Raises:
        BadInput: no author, an unknown verdict, field, actor, type, mode or field of politics, or no date.
    """
    if not author.strip():
        raise BadInput("review of events", "nobody answers for it", "name yourself: --author NAME")
    if verdict not in VERDICTS:
        raise BadInput(f"verdict {verdict!r}", "is not known", f"use one of {', '.join(VERDICTS)}")
    row: dict[str, Any] = require_sound(question, changes or {}) | {
        "event_id": question.event["event_id"],
        "verdict": verdict,
        "as_coded": triple(question.event),
        "report_id": question.report["report_id"],
        "quote_start": question.mention["quote_start"],
        "author": author,
        "reason": reason,
        "known_at": now,
    }
    store.add("corrections", CORRECTIONS.from_rows([row]))
    return row


def _read(changes: Mapping[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, text in changes.items():
        if name not in FIELDS:
            raise BadInput(f"field {name!r}", "is not one of an event", f"use one of {', '.join(FIELDS)}")
        told[name] = text.strip() or None
    if "event_date" in told:
        try:
            told["event_date"] = date.fromisoformat(str(told["event_date"]))
        except ValueError as error:
            raise BadInput(f"date {changes['event_date']!r}", "is no day", "write it as 2026-05-27") from error
    return told


def require_sound(question: Question, changes: Mapping[str, str]) -> dict[str, Any]:
    """Return the event's fields with the changes made, if such an event can be.

    A mode that the new type does not have goes with the old type.

    Raises:
        BadInput: see :func:`answer`.
    """
    event = {name: question.event[name] for name in FIELDS} | _read(changes)
    kind = event["event_type"]
    if kind not in EventType.__members__:
        raise BadInput(f"type {kind!r}", "is not in the codebook", f"use one of {', '.join(EventType.__members__)}")
    if "mode" not in changes and event["mode"] not in MODES[kind]:
        event["mode"] = None
    if event["mode"] and event["mode"] not in MODES[kind]:
        raise BadInput(f"mode {event['mode']!r}", f"{kind} has none of that name", f"use {', '.join(MODES[kind])}")
    contexts = [context.value for context in Context]
    if event["context"] and event["context"] not in contexts:
        raise BadInput(f"context {event['context']!r}", "is not in the codebook", f"use one of {', '.join(contexts)}")
    known = load_registry().kinds
    for side in ("source", "target"):
        code = event[side]
        if code is None and side == "source":
            raise BadInput("the source", "is missing", "an unknown doer is UNK")
        if code is not None and code != "UNK" and code not in known:
            raise BadInput(f"{side} {code!r}", "nobody knows this actor", "use an ISO alpha-3 code or the registry's")
    return event


def labelled(store: Store, coder: Coder) -> list[dict[str, Any]]:
    """Return everybody's words so far as labelled sentences, see :func:`marsad.coding.as_labelled`."""
    corrections, reports, mentions = (store.read(name) for name in ("corrections", "reports", "mentions"))
    return coding.as_labelled(corrections, reports, mentions, coder)


def question_text(question: Question) -> str:
    """Return a question as the terminal shows it."""
    event, report = question.event, question.report
    roles = [f"{side} {event[f'{side}_role']}" for side in ("source", "target") if event[f"{side}_role"]]
    facts = [str(event["event_date"]), f"confidence {event['confidence']:.2f}", event["context"], *roles]
    return "\n".join(
        [
            f"{report['outlet']}, {report['published_at']:%Y-%m-%d}, {report['report_id']}",
            *([f"  … {question.before}"] if question.before.strip() else []),
            f"  » {question.sentence}",
            f"  {triple(event)}   ({', '.join(fact for fact in facts if fact)})",
        ]
    )
