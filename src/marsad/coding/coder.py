"""From report texts to coded events: the coder, one line of ``marsad code``, and the tables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from marsad.coding.acts import Act, acts_of, best_type
from marsad.coding.dates import EventDay, event_day
from marsad.coding.fields import context_of
from marsad.coding.modes import mode_of
from marsad.coding.places import NamedPlace, place_of
from marsad.coding.sentence import Mention, Party, Sentence, open_sentence
from marsad.coding.status import likelihood_word, sentence_status
from marsad.domain.words import EventType, Language, Status
from marsad.language.detect import identify
from marsad.language.sentences import split

THRESHOLD = 0.5  # published: below it an event waits for a person
UNKNOWN = "UNK"
CODER = "marsad-lexicon-1"
_FLOOR = 0.2  # below it a trigger says nothing
_SOURCELESS = frozenset({"ASSAULT"})  # coded with an unknown source too

# Without a second party these are acts inside one country: against its people, or against those who govern.
_DOMESTIC = {"COERCE": "CIV", "PROTEST": "GOV"}

FindActors = Callable[[str, Language, date | None], Sequence[Mention]]


@dataclass(frozen=True)
class Coder:
    """What coding needs from outside.

    Args:
        find_actors: names of a text in a language on a day, with codes, roles and offsets.
        threshold: confidence below which an event is left to review.
    """

    find_actors: FindActors
    threshold: float = THRESHOLD
    name: str = CODER


@cache
def default_coder() -> Coder:
    """Return the coder over our own registry of actors."""
    from marsad.coding.actors import find_actors, resolve_anaphora
    from marsad.vocab.actors import load_registry

    registry = load_registry()

    def find(text: str, language: Language, day: date | None) -> Sequence[Mention]:
        return resolve_anaphora(text, language, find_actors(text, language, registry, day))

    return Coder(find)


@dataclass(frozen=True)
class CodedEvent:
    """One event as one sentence tells it; offsets into the report's text."""

    source: str
    source_role: str | None
    event_type: EventType
    mode: str | None
    context: str | None
    target: str | None
    target_role: str | None
    confidence: float
    quote: tuple[int, int]
    attribution: str | None
    day: EventDay | None
    place: NamedPlace | None


@dataclass(frozen=True)
class CodedSentence:
    """One sentence with what it does and the events it reports."""

    start: int
    end: int
    status: Status
    likelihood: str | None
    events: tuple[CodedEvent, ...]


def code_sentences(text: str, language: Language, coder: Coder, day: date | None = None) -> list[CodedSentence]:
    """Return the sentences of a text in order, coded.

    Args:
        text: of the report, as published.
        language: of the text.
        coder: see :class:`Coder`.
        day: of the report; names mean who held the office then.
    """
    mentions = _regional(coder.find_actors(text, language, day))
    coded = []
    for start, end in split(text, language):
        sentence = open_sentence(text, start, end, language, mentions)
        acts = [act for act in acts_of(sentence) if act.strength >= _FLOOR]
        status = sentence_status(sentence, [act.status for act in acts], day)
        reported = [act for act in acts if act.status is Status.REPORTED] if _carries_events(status) else []
        events = tuple(event for act in reported if (event := _event(sentence, act, text, day)) is not None)
        likelihood = likelihood_word(sentence) if status is Status.JUDGEMENT else None
        coded.append(CodedSentence(start, end, status, likelihood, events))
    return coded


def _regional(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Islamic State in a report on Afghanistan is its Khorasan branch."""
    if not any(mention.code == "AFG" for mention in mentions):
        return mentions
    return [
        _Given(m.start, m.end, "ISKP", m.role, m.kind, m.is_attribution) if m.code == "ISIS" else m for m in mentions
    ]


def _carries_events(status: Status) -> bool:
    return status is Status.REPORTED


def _event(sentence: Sentence, act: Act, text: str, day: date | None) -> CodedEvent | None:
    pattern, roles = act.trigger.pattern, act.roles
    source, target = roles.source, roles.target
    confidence = act.confidence
    if source is None:
        if pattern.event_type not in _SOURCELESS:
            return None
        confidence *= 0.7
    if target is None and source is not None and pattern.event_type in _DOMESTIC:
        target = replace(source, role=_DOMESTIC[pattern.event_type])
        confidence *= 0.85
    if target is None:
        confidence *= 0.7
    mode = mode_of(sentence, act.trigger, target)
    return CodedEvent(
        source.code if source else UNKNOWN,
        source.role if source else None,
        EventType(pattern.event_type),
        mode,
        context_of(sentence, pattern.event_type, mode),
        target.code if target else None,
        target.role if target else None,
        round(confidence, 3),
        (sentence.start, sentence.start + len(sentence.text)),
        _attribution(sentence, source, text),
        event_day(sentence.text, sentence.language, day) if day is not None else None,
        place_of(sentence.text, sentence.language),
    )


def _attribution(sentence: Sentence, source: Party | None, text: str) -> str | None:
    """Return who says so, as written, unless it is the source itself."""
    for party in sentence.parties:
        if party.is_attribution and party != source:
            return text[sentence.tokens[party.start].start : sentence.tokens[party.end].end]
    return text[slice(*sentence.outlets[0])] if sentence.outlets else None


def code_text(record: Mapping[str, Any], coder: Coder) -> dict[str, Any]:
    """Return one line of ``marsad code`` for one input line.

    Args:
        record: ``id``, ``text`` and, if known, ``date`` (ISO), ``language``, ``outlet``, ``pairs``.
        coder: see :class:`Coder`.

    Returns:
        ``id``, ``language`` (null if none of our five), ``sentences``, and ``pairs`` when pairs were given.

    Raises:
        KeyError: ``id`` or ``text`` is missing.
        ValueError: ``date`` or ``language`` is not one.
    """
    text = str(record["text"])
    language = Language(record["language"]) if record.get("language") else identify(text)
    day = date.fromisoformat(str(record["date"])[:10]) if record.get("date") else None
    line: dict[str, Any] = {"id": record["id"], "language": language.value if language else None, "sentences": []}
    if language is not None:
        line["sentences"] = [_sentence_line(each, coder) for each in code_sentences(text, language, coder, day)]
    if "pairs" in record:
        line["pairs"] = [_pair_line(text, pair, language or Language.EN) for pair in record["pairs"]]
    return line


def _sentence_line(sentence: CodedSentence, coder: Coder) -> dict[str, Any]:
    line: dict[str, Any] = {"start": sentence.start, "end": sentence.end, "status": sentence.status.value}
    if sentence.likelihood is not None:
        line["likelihood"] = sentence.likelihood
    line["events"] = [_event_line(event, coder) for event in sentence.events]
    return line


def _event_line(event: CodedEvent, coder: Coder) -> dict[str, Any]:
    line: dict[str, Any] = {
        "source": event.source,
        "source_role": event.source_role,
        "event_type": event.event_type.value,
        "mode": event.mode,
        "context": event.context,
        "target": event.target,
        "target_role": event.target_role,
        "quad_class": event.event_type.quad_class.value,
        "confidence": event.confidence,
        "quote": list(event.quote),
    }
    if event.day is not None:
        line["date"] = event.day.day.isoformat()
    if event.attribution is not None:
        line["attribution"] = event.attribution
    if event.place is not None:
        line["place"] = event.place.name
    if event.confidence < coder.threshold:
        line["review"] = True
    return line


def _pair_line(text: str, pair: Mapping[str, Sequence[int]], language: Language) -> dict[str, Any]:
    """Answer a given pair with its best type, whatever the threshold."""
    spans = [span for span in (pair.get("source"), pair.get("target")) if span]
    low, high = min(span[0] for span in spans), max(span[1] for span in spans)
    around = [(start, end) for start, end in split(text, language) if start < high and end > low]
    start, end = (around[0][0], around[-1][1]) if around else (0, len(text))
    sentence = open_sentence(
        text, start, end, language, [_Given(int(span[0]), int(span[1])) for span in spans], keep_named=True
    )
    near = [party.start for party in sentence.parties] or [0]
    found = best_type(sentence, [*near, *(party.end for party in sentence.parties)])
    kind, confidence = found if found is not None else (EventType.CONSULT.value, 0.05)
    return {
        "event_type": kind,
        "quad_class": EventType(kind).quad_class.value,
        "confidence": round(confidence, 3),
    }


@dataclass(frozen=True)
class _Given:
    """A name given by its offsets alone."""

    start: int
    end: int
    code: str = ""
    role: str = ""
    kind: str = "state"
    is_attribution: bool = False
