"""From report texts to coded events: the coder, one line of ``marsad code``, and the tables."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np

from marsad.coding.acts import acts_of
from marsad.coding.candidates import Anchor, Candidate, anchors, blended, candidates, window_of
from marsad.coding.dates import EventDay, event_day
from marsad.coding.encoders import Encoder, bundled_encoder
from marsad.coding.fields import context_of
from marsad.coding.head import Row, TypeHead, load_head
from marsad.coding.judge import Judge, load_judge
from marsad.coding.language_model import LanguageModel, ReadAct
from marsad.coding.modes import mode_of
from marsad.coding.pair_reader import NOTHING, PairReader, PairsRead, load_reader
from marsad.coding.places import NamedPlace, place_of
from marsad.coding.sentence import Mention, Party, Sentence, open_sentence
from marsad.coding.status import denies, has_free_part, likelihood_word, sentence_status
from marsad.coding.window import TYPES, lexical_scores, masked
from marsad.domain.words import EventType, Language, Status
from marsad.language.detect import identify
from marsad.language.sentences import split

UNKNOWN = "UNK"
VERSION = "marsad-4"
_FLOOR = 0.2  # below it a trigger says nothing
_HOPELESS = 0.1  # readings less probable than that are not even worth a look
_HOPELESS_UNTOLD = 0.3  # nor those that no trigger tells

# Cues that what the reader sees without a trigger was not done.
_NO_ACT = (
    "play",
    "sport_art",
    "nature",
    "condition",
    "unless",
    "modal",
    "recommendation",
)

FindActors = Callable[[str, Language, date | None], Sequence[Mention]]


@dataclass(frozen=True)
class Coder:
    """What coding needs from outside.

    Args:
        find_actors: names of a text in a language on a day, with codes, roles and offsets.
        encoder: gives sentence vectors for pairs that are given; None to type them by words alone. Acts are found by
            words alone in any case, so that a report gives the same events on every machine.
        head: reads event types.
        reader: reads who does what to whom.
        judge: says how probable it is that an event is right.
        review_below: confidence below which an event is left to review; None for the published threshold.
        model: a language model that reads acts too, if the user runs one.

    Raises:
        ValueError: the head was not learnt on this encoder's vectors.
    """

    find_actors: FindActors
    encoder: Encoder | None = None
    head: TypeHead = field(default_factory=load_head)
    reader: PairReader = field(default_factory=load_reader)
    judge: Judge = field(default_factory=load_judge)
    review_below: float | None = None
    name: str = VERSION
    model: LanguageModel | None = None

    def __post_init__(self) -> None:
        if self.encoder is not None and self.encoder.name != self.head.encoder:
            raise ValueError(
                f"the head reads vectors of {self.head.encoder}, not of {self.encoder.name}; "
                "learn one for it: python training/learn.py"
            )

    @property
    def threshold(self) -> float:
        """Confidence below which an event waits for a person."""
        return self.judge.threshold if self.review_below is None else self.review_below


def with_model(coder: Coder, model: LanguageModel) -> Coder:
    """Return a coder that asks a language model too, and says so in its name."""
    return replace(coder, model=model, name=f"{coder.name}+{model.name}")


@cache
def default_coder() -> Coder:
    """Return the coder over our own registry of actors, with the bundled encoder where it is installed."""
    return Coder(default_actors(), bundled_encoder())


@cache
def default_actors() -> FindActors:
    """Return the finder of names over our own registry."""
    from marsad.coding.actors import find_actors
    from marsad.coding.anaphora import resolve_anaphora
    from marsad.vocab.actors import load_registry

    registry = load_registry()

    def find(text: str, language: Language, day: date | None) -> Sequence[Mention]:
        return resolve_anaphora(text, language, find_actors(text, language, registry, day))

    return find


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
    mentions = coder.find_actors(text, language, day)
    read = coder.model.read(text, language, day, mentions) if coder.model else []
    coded = []
    for sentence in opened(text, language, mentions):
        start, end = sentence.start, sentence.start + len(sentence.text)
        status, found = told(sentence, day, coder.reader.read_parties)
        kept = chosen([judged(sentence, each, coder) for each in found])
        events = tuple(_event(sentence, reading, probability, text, day) for reading, probability in kept)
        if inside := [act for act in read if start <= act.quote[0] and act.quote[1] <= end]:
            status, events = Status.REPORTED, _with_read(events, inside, sentence, text, day, coder)
        likelihood = likelihood_word(sentence) if status is Status.JUDGEMENT else None
        coded.append(CodedSentence(start, end, status, likelihood, events))
    return coded


def opened(text: str, language: Language, mentions: Sequence[Mention]) -> Iterator[Sentence]:
    """Yield the sentences of a text laid open, with the actors named in it."""
    for start, end in split(text, language):
        yield open_sentence(text, start, end, language, mentions)


@dataclass(frozen=True)
class Spot:
    """One place of a sentence that may tell an act, beside what the reader says of the sentence's parties."""

    anchor: Anchor
    read: PairsRead
    n_told: int  # acts the lexicon sees in the sentence, at least 1


def told(
    sentence: Sentence, day: date | None, read_parties: Callable[[Sentence], PairsRead]
) -> tuple[Status, list[Spot]]:
    """Return what a sentence of a report of that day does and, if it reports, where it may tell an act."""
    acts = [act for act in acts_of(sentence) if act.strength >= _FLOOR]
    status = sentence_status(sentence, [act.status for act in acts], day)
    reported = [act for act in acts if act.status is Status.REPORTED]
    may_tell = len({party.code for party in sentence.parties}) > 1 or (sentence.parties and reported)
    if status is not Status.REPORTED or not may_tell:
        return status, []
    read = read_parties(sentence)
    n_told = max(1, len(reported))
    is_open = not (acts or denies(sentence) or any(sentence.cues.get(cue) for cue in _NO_ACT))
    may_see = bool(reported) or is_open or has_free_part(sentence)
    return status, [Spot(anchor, read, n_told) for anchor in anchors(sentence, reported, read, may_see=may_see)]


Judged = tuple[Candidate, float]  # with its probability


def judged(sentence: Sentence, spot: Spot, coder: Coder) -> list[Judged]:
    """Return the candidates of one spot with their probability, the likeliest first."""
    types = coder.head.probabilities(*window_of(sentence, spot.anchor))
    found = candidates(sentence, spot.anchor, types, spot.read, spot.n_told)
    probabilities = coder.judge.probabilities([each.features for each in found])
    return sorted(zip(found, probabilities, strict=True), key=lambda each: -each[1])


def chosen(found: Sequence[Sequence[Judged]]) -> list[Judged]:
    """Return one candidate of each spot at most, the likeliest first served; no act is told twice.

    What grammar gives one spot no other takes: "China urged Kabul and Islamabad" is two acts.
    """
    ranked = sorted(
        ((at, *each) for at, of_spot in enumerate(found) for each in of_spot if not _is_hopeless(*each)),
        key=lambda each: -each[2],
    )
    owned = {_act(reading) for _, reading, _ in ranked if reading.is_ruled}
    kept: dict[int, Judged] = {}
    told: set[tuple[str, frozenset[str]]] = set()
    for at, reading, probability in ranked:
        is_anothers = not reading.is_ruled and _act(reading) in owned
        if at not in kept and _act(reading) not in told and not is_anothers:
            kept[at] = reading, probability
            told.add(_act(reading))
    return [kept[at] for at in sorted(kept)]


def _is_hopeless(reading: Candidate, probability: float) -> bool:
    return probability < (_HOPELESS if reading.trigger is not None else _HOPELESS_UNTOLD)


def _act(reading: Candidate) -> tuple[str, frozenset[str]]:
    return reading.event_type, reading.codes


def _event(sentence: Sentence, reading: Candidate, probability: float, text: str, day: date | None) -> CodedEvent:
    source, target = reading.source, reading.target
    mode = mode_of(sentence, reading.trigger, target) if reading.trigger is not None else None
    return CodedEvent(
        source.code if source else UNKNOWN,
        source.role if source else None,
        EventType(reading.event_type),
        mode,
        context_of(sentence, reading.event_type, mode),
        target.code if target else None,
        target.role if target else None,
        round(probability, 3),
        (sentence.start, sentence.start + len(sentence.text)),
        _attribution(sentence, source, text),
        event_day(sentence.text, sentence.language, day) if day is not None else None,
        place_of(sentence.text, sentence.language),
    )


def _with_read(
    events: tuple[CodedEvent, ...],
    acts: Sequence[ReadAct],
    sentence: Sentence,
    text: str,
    day: date | None,
    coder: Coder,
) -> tuple[CodedEvent, ...]:
    """Return the coder's events with the model's: surer where both tell the same, added where only the model does."""
    assert coder.model is not None
    told = {_who_what_whom(event): event for event in events}
    for act in acts:
        new = CodedEvent(
            act.source.code,
            act.source.role or None,
            act.event_type,
            act.mode,
            act.context,
            act.target.code if act.target else None,
            act.target.role or None if act.target else None,
            coder.model.confidence(None),
            act.quote,
            _attribution(sentence, None, text),
            event_day(sentence.text, sentence.language, day) if day is not None else None,
            place_of(sentence.text, sentence.language),
        )
        ours = told.get(_who_what_whom(new))
        told[_who_what_whom(new)] = (
            replace(ours, confidence=coder.model.confidence(ours.confidence)) if ours is not None else new
        )
    return tuple(told.values())


def _who_what_whom(event: CodedEvent) -> tuple[str, str, str | None]:
    return event.source, event.event_type.value, event.target


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
        line["pairs"] = [_pair_line(text, pair, language or Language.EN, coder) for pair in record["pairs"]]
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


def _pair_line(text: str, pair: Mapping[str, Sequence[int]], language: Language, coder: Coder) -> dict[str, Any]:
    """Answer a given pair with its best type, whatever the threshold."""
    types = pair_types(text, pair, language, coder)
    kind = EventType(TYPES[int(types.argmax())])
    return {
        "event_type": kind.value,
        "quad_class": kind.quad_class.value,
        "confidence": round(float(types.max()), 3),
    }


def pair_types(text: str, pair: Mapping[str, Sequence[int]], language: Language, coder: Coder) -> Row:
    """Return the probability of each event type between two parties given by their offsets.

    Args:
        text: of the report.
        pair: offsets under ``source`` and ``target``; one of them may be missing.
        language: of the text.
        coder: whose head and encoder read it.
    """
    sentence = open_pair(text, pair, language)
    window, lexical = pair_window(sentence, pair)
    vector = coder.encoder.encode([window])[0] if coder.encoder is not None else None
    return blended(coder.head.probabilities(window, lexical, vector), pair_read(sentence, pair, coder.reader))


def pair_read(sentence: Sentence, pair: Mapping[str, Sequence[int]], reader: PairReader) -> Row:
    """Return the reader's probability of each type between two parties given by their offsets."""
    given = _given(pair)
    spans = [(low - sentence.start, high - sentence.start) for low, high in given.values()]
    table = reader.read(sentence.text, [[span] for span in spans])
    numbers = {side: 1 + at for at, side in enumerate(given)}
    return np.asarray(table[numbers.get("source", 0), numbers.get("target", 0), :NOTHING])


def open_pair(text: str, pair: Mapping[str, Sequence[int]], language: Language) -> Sentence:
    """Lay open the sentence, or the sentences together, in which a given pair stands."""
    given = _given(pair)
    low, high = min(span[0] for span in given.values()), max(span[1] for span in given.values())
    around = [(start, end) for start, end in split(text, language) if start < high and end > low]
    start, end = (around[0][0], around[-1][1]) if around else (0, len(text))
    return open_sentence(text, start, end, language, [_Given(*span) for span in given.values()], keep_named=True)


def pair_window(sentence: Sentence, pair: Mapping[str, Sequence[int]]) -> tuple[str, Row]:
    """Return the masked words round a given pair, and what the lexicon says there of each type."""
    given = _given(pair)
    near = [at for party in sentence.parties for at in (party.start, party.end)]
    return masked(sentence, given.get("source"), given.get("target")), lexical_scores(sentence, near or [0])


def _given(pair: Mapping[str, Sequence[int]]) -> dict[str, tuple[int, int]]:
    return {side: (int(span[0]), int(span[1])) for side in ("source", "target") if (span := pair.get(side))}


@dataclass(frozen=True)
class _Given:
    """A name given by its offsets alone."""

    start: int
    end: int
    code: str = ""
    role: str = ""
    kind: str = "state"
    is_attribution: bool = False
