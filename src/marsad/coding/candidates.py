"""Readings of a sentence's acts: who may have done which kind of act to whom, each with what speaks for and against it.

The features of a candidate are named numbers; :mod:`marsad.coding.judge` weighs them into the probability that the
whole event is right. A name says what is read and, after ``@``, in which order of words: verb last, first, or mid.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from marsad.coding.acts import Act
from marsad.coding.roles import Roles
from marsad.coding.sentence import Party, Sentence
from marsad.coding.triggers import Trigger
from marsad.coding.window import TYPES, Span, lexical_scores, masked
from marsad.domain.words import Language
from marsad.vocab.codebook import is_mutual

_ORDER = {Language.FA: "last", Language.PS: "last", Language.AR: "first", Language.EN: "mid", Language.RU: "mid"}
_MOST_PARTIES = 6  # the nearest to the act; a sentence that lists more is an enumeration
_SECOND_TYPE = 0.25  # from which probability on the head's own type is a reading beside the trigger's
_SOURCELESS = frozenset({"ASSAULT"})  # coded with an unknown source too
# Without a second party these are acts inside one country: against its people, or against those who govern.
_DOMESTIC = {"COERCE": "CIV", "PROTEST": "GOV"}
_CUES = ("modal", "negation", "background", "condition", "recommendation", "speech", "after")

Row = NDArray[np.float32]


@dataclass(frozen=True)
class Candidate:
    """One way to read an act; ``trigger`` is the words that tell it, None if only the head sees an act there."""

    source: Party | None
    target: Party | None
    event_type: str
    trigger: Trigger | None
    features: Mapping[str, float]


@dataclass(frozen=True)
class Anchor:
    """What a sentence's readings are built round: the words of an act, or the bare meeting of two parties."""

    start: int
    end: int
    roles: Roles
    trigger: Trigger | None
    strength: float
    is_further: bool


def anchors(sentence: Sentence, reported: Sequence[Act], *, is_silent: bool) -> list[Anchor]:
    """Return where acts may be told: at the triggers, or, where the lexicon is silent, at two parties of a sentence."""
    if reported:
        return [
            Anchor(act.trigger.start, act.trigger.end, act.roles, act.trigger, act.strength, act.is_further)
            for act in reported
        ]
    acting = [party for party in sentence.parties if not party.is_attribution]
    source = next((party for party in acting if not party.mark), None)
    other = next((party for party in acting if source is not None and party.code != source.code), None)
    if not is_silent or source is None or other is None:
        return []
    at = len(sentence.tokens) - 1 if _ORDER[sentence.language] == "last" else min(source.end, other.end)
    return [Anchor(at, at, Roles(source, other, 0.5), None, 0.0, is_further=False)]


def window_of(sentence: Sentence, anchor: Anchor) -> tuple[str, Row]:
    """Return the masked words round an anchor's parties and what the lexicon says of them."""
    source, target = (_span(sentence, party) for party in (anchor.roles.source, anchor.roles.target))
    near = [anchor.start, anchor.end] if anchor.trigger else []
    near += [at for party in (anchor.roles.source, anchor.roles.target) if party for at in (party.start, party.end)]
    return masked(sentence, source, target), lexical_scores(sentence, near or [0])


def candidates(sentence: Sentence, anchor: Anchor, types: Row, n_anchors: int) -> list[Candidate]:
    """Return every reading of one anchor.

    Args:
        sentence: laid open.
        anchor: of :func:`anchors`.
        types: probability of each type, of the head.
        n_anchors: of the sentence.
    """
    shared = dict(_shared(sentence, anchor, types, n_anchors))
    parties = _near_parties(sentence, anchor)
    facts = {id(party): dict(_of_party(sentence, anchor, party)) for party in parties}
    found = []
    for event_type in _types(anchor, types):
        typed = shared | dict(_of_type(anchor, types, event_type))
        for source, target in _pairs(parties, event_type):
            trigger = anchor.trigger if anchor.trigger and anchor.trigger.pattern.event_type == event_type else None
            paired = dict(_of_pair(sentence, anchor, source, target))
            if target is None and event_type in _DOMESTIC:
                paired["domestic"] = 1.0
            if is_mutual(event_type, trigger.pattern.mode if trigger else None):
                if _is_turned(anchor, source, target):
                    continue
                paired = {f"mutual {name}": value for name, value in paired.items()} | {"mutual": 1.0}
            sides = _of_side("source", source, facts) | _of_side("target", target, facts)
            parties_told = _acting(source, target, event_type)
            found.append(Candidate(*parties_told, event_type, trigger, typed | paired | sides))
    return found


def _is_turned(anchor: Anchor, source: Party | None, target: Party | None) -> bool:
    """Tell the second order of an act of both sides, which is told once: as the rule has it, else as named."""
    if source is None or target is None:
        return False
    roles = anchor.roles
    if {source, target} == {roles.source, roles.target}:
        return source != roles.source
    return source.start > target.start


def _of_side(side: str, party: Party | None, facts: Mapping[int, Mapping[str, float]]) -> dict[str, float]:
    if party is None:
        return {f"no {side}": 1.0}
    return {f"{side} {name}": value for name, value in facts[id(party)].items()}


def _acting(source: Party | None, target: Party | None, event_type: str) -> tuple[Party | None, Party | None]:
    """Return the parties as the event names them: people protest, and force at home is used against a country's own."""
    if target is None and source is not None and event_type in _DOMESTIC:
        target = replace(source, role=_DOMESTIC[event_type])
    if event_type == "PROTEST" and source is not None:
        source = replace(source, role="CIV")
    return source, target


def _span(sentence: Sentence, party: Party | None) -> Span | None:
    return (sentence.tokens[party.start].start, sentence.tokens[party.end].end) if party else None


def _near_parties(sentence: Sentence, anchor: Anchor) -> list[Party]:
    ruled = {party.start for party in (anchor.roles.source, anchor.roles.target) if party}
    ranked = sorted(
        sentence.parties, key=lambda party: (party.start not in ruled, _distance(anchor, party), party.start)
    )
    return sorted(ranked[:_MOST_PARTIES], key=lambda party: party.start)


def _distance(anchor: Anchor, party: Party) -> int:
    return max(0, anchor.start - party.end, party.start - anchor.end)


def _types(anchor: Anchor, types: Row) -> list[str]:
    likeliest = TYPES[int(types.argmax())]
    if anchor.trigger is None:
        return [likeliest]
    own = anchor.trigger.pattern.event_type
    return [own] if likeliest == own or types.max() < _SECOND_TYPE else [own, likeliest]


def _pairs(parties: Sequence[Party], event_type: str) -> Iterator[tuple[Party | None, Party | None]]:
    for source in parties:
        yield source, None
        for target in parties:
            if source.code != target.code:
                yield source, target
    if event_type in _SOURCELESS:
        for target in parties:
            yield None, target


def _shared(sentence: Sentence, anchor: Anchor, types: Row, n_anchors: int) -> Iterator[tuple[str, float]]:
    order = _ORDER[sentence.language]
    yield f"language {sentence.language.value}", 1.0
    yield "strength", anchor.strength
    yield f"certainty@{order}", anchor.roles.certainty
    yield "further act", float(anchor.is_further)
    yield "silent lexicon", float(anchor.trigger is None)
    yield "acts", math.log(n_anchors)
    yield "words", math.log(1 + len(sentence.tokens))
    yield "parties", math.log(1 + len({party.code for party in sentence.parties}))
    yield "entropy", float(-(types * np.log(np.maximum(types, 1e-6))).sum())
    if anchor.trigger is not None:
        yield f"form {anchor.trigger.pattern.form}", 1.0
        yield "pattern words", math.log(len(anchor.trigger.words))
    first, last = sentence.clause(anchor.start)
    for cue in _CUES:
        if sentence.cues.get(cue):
            yield f"cue {cue}", 1.0
            if sentence.has_cue(cue, first, last):
                yield f"cue {cue} in clause", 1.0
            if anchor.trigger is None:
                yield f"cue {cue} silent", 1.0


def _of_type(anchor: Anchor, types: Row, event_type: str) -> Iterator[tuple[str, float]]:
    probability = float(types[TYPES.index(event_type)])
    is_own = anchor.trigger is not None and anchor.trigger.pattern.event_type == event_type
    yield f"type {event_type}", 1.0
    yield "head", math.log(max(probability, 1e-3))
    yield "head strong", max(0.0, probability - 0.6)
    if anchor.trigger is None:
        yield "head silent", math.log(max(probability, 1e-3))
    if not is_own:
        yield "not the trigger's type", 1.0
        yield "not the trigger's type, strength", anchor.strength
    elif probability >= types.max():
        yield "head agrees", 1.0


def _of_party(sentence: Sentence, anchor: Anchor, party: Party) -> Iterator[tuple[str, float]]:
    order = _ORDER[sentence.language]
    side = "before" if party.end < anchor.start else "behind" if party.start > anchor.end else "inside"
    first, last = sentence.clause(anchor.start)
    yield f"{party.mark or 'bare'}@{order}", 1.0
    yield f"{side}@{order}", 1.0
    yield f"{party.mark or 'bare'} {side}@{order}", 1.0
    yield f"distance {side}@{order}", math.log(1 + _distance(anchor, party))
    yield "speaks", float(party.is_attribution)
    yield "outside clause", float(not first <= party.start <= last)
    yield f"role {party.role}", 1.0
    yield "first named", float(party == sentence.parties[0])
    yield "last named", float(party == sentence.parties[-1])
    if anchor.trigger is not None and anchor.trigger.pattern.is_reversed:
        yield f"reversed {side}", 1.0


def _of_pair(
    sentence: Sentence, anchor: Anchor, source: Party | None, target: Party | None
) -> Iterator[tuple[str, float]]:
    roles, order = anchor.roles, _ORDER[sentence.language]
    is_source, is_target = _is_same(source, roles.source), _is_same(target, roles.target)
    yield "rule's source", float(is_source)
    yield "rule's target", float(is_target)
    if is_source and is_target:
        yield "rule's pair", 1.0
        yield f"rule's pair@{order}", roles.certainty
    if source and target and _is_same(source, roles.target) and _is_same(target, roles.source):
        yield "rule's pair turned", 1.0
    if source and target:
        yield f"source first@{order}", float(source.start < target.start)
        low, high = sorted((source, target), key=lambda party: party.start)
        between = [party for party in sentence.parties if low.end < party.start < high.start]
        yield "parties between", float(len(between))
        yield "words between", math.log(1 + max(0, high.start - low.end - 1))
    for name, party, ruled in (("source", source, roles.source), ("target", target, roles.target)):
        if party and ruled and not _is_same(party, ruled) and _are_listed(sentence, party, ruled):
            yield f"{name} listed with the rule's", 1.0


def _is_same(party: Party | None, ruled: Party | None) -> bool:
    if party is None or ruled is None:
        return party is ruled
    return party.code == ruled.code


def _are_listed(sentence: Sentence, one: Party, other: Party) -> bool:
    low, high = sorted((one, other), key=lambda party: party.start)
    between = sentence.tokens[low.end + 1 : high.start]
    joined = sentence.has_cue("and", low.end + 1, high.start)
    return len(between) <= 2 and (
        joined or (high.start < len(sentence.tokens) and sentence.tokens[high.start].is_after_break)
    )
