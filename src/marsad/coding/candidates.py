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
from marsad.coding.pair_reader import NOTHING, PairsRead
from marsad.coding.roles import Roles
from marsad.coding.sentence import Party, Sentence
from marsad.coding.triggers import Trigger
from marsad.coding.window import TYPES, Span, lexical_scores, masked
from marsad.domain.words import Language
from marsad.vocab.codebook import is_mutual

_ORDER = {Language.FA: "last", Language.PS: "last", Language.AR: "first", Language.EN: "mid", Language.RU: "mid"}
_MOST_PARTIES = 6  # the nearest to the act; a sentence that lists more is an enumeration
_SEEN = 0.3  # from which probability on the reader's pair is looked at where the lexicon tells no such act
_UNSEEN = 0.02  # below which a pair other than the rule's is not worth a reading
_SECOND_TYPE = 0.25  # from which probability on the head's own type is a reading beside the trigger's
_OWN_TYPE = 0.15  # from which on what the reader says of the rule's pair is one too
_SOURCELESS = frozenset({"ASSAULT"})  # coded with an unknown source too
# Without a second party these are acts inside one country: against its people, or against those who govern.
_DOMESTIC = {"COERCE": "CIV", "PROTEST": "GOV"}
_CUES = (
    "modal",
    "negation",
    "background",
    "condition",
    "unless",
    "recommendation",
    "speech",
    "after",
    "likelihood",
    "play",
    "sport_art",
    "nature",
)

Row = NDArray[np.float32]


@dataclass(frozen=True)
class Candidate:
    """One way to read an act; ``trigger`` is the words that tell it, None if only the reader sees an act there.

    ``is_ruled`` tells that its parties are those that grammar gives the act.
    """

    source: Party | None
    target: Party | None
    event_type: str
    trigger: Trigger | None
    features: Mapping[str, float]
    is_ruled: bool

    @property
    def codes(self) -> frozenset[str]:
        """The parties, in no order."""
        return _codes(self.source, self.target)


@dataclass(frozen=True)
class Anchor:
    """What a sentence's readings are built round: the words of an act, or two parties of which the reader sees one."""

    start: int
    end: int
    roles: Roles
    trigger: Trigger | None
    strength: float
    is_further: bool


def anchors(sentence: Sentence, reported: Sequence[Act], read: PairsRead, *, may_see: bool) -> list[Anchor]:
    """Return where acts may be told: at the triggers and, if it may, at pairs of which the reader alone sees one."""
    found = [
        Anchor(act.trigger.start, act.trigger.end, act.roles, act.trigger, act.strength, act.is_further)
        for act in reported
    ]
    told = {_codes(act.roles.source, act.roles.target) for act in reported}
    for source_code, target_code, _ in read.likely(_SEEN) if may_see else ():
        source, target = _named(sentence, source_code), _named(sentence, target_code)
        codes = _codes(source, target)
        if codes not in told and not _only_says_so(source) and not _only_says_so(target):
            at = max(party.end for party in (source, target) if party)
            found.append(Anchor(at, at, Roles(source, target, 0.5), None, 0.0, is_further=bool(found)))
            told.add(codes)
    return found


def _named(sentence: Sentence, code: str | None) -> Party | None:
    """Return where a party is named first, rather as one who acts than as one who only says so."""
    named = [party for party in sentence.parties if party.code == code]
    return min(named, key=lambda party: party.is_attribution, default=None)


def _codes(source: Party | None, target: Party | None) -> frozenset[str]:
    return frozenset(party.code for party in (source, target) if party is not None)


def window_of(sentence: Sentence, anchor: Anchor) -> tuple[str, Row]:
    """Return the masked words round an anchor's parties and what the lexicon says of them."""
    source, target = (_span(sentence, party) for party in (anchor.roles.source, anchor.roles.target))
    near = [anchor.start, anchor.end] if anchor.trigger else []
    near += [at for party in (anchor.roles.source, anchor.roles.target) if party for at in (party.start, party.end)]
    return masked(sentence, source, target), lexical_scores(sentence, near or [0])


def blended(types: Row, read: Row) -> Row:
    """Return the probability of each type, of the head's and the reader's together: the root of their product.

    >>> blended(np.array([0.8, 0.2], np.float32), np.array([0.2, 0.8], np.float32)).tolist()
    [0.5, 0.5]
    """
    both = np.sqrt(np.maximum(types, 1e-6) * np.maximum(read, 1e-6))
    return np.asarray(both / both.sum(), np.float32)


def candidates(sentence: Sentence, anchor: Anchor, types: Row, read: PairsRead, n_anchors: int) -> list[Candidate]:
    """Return every reading of one anchor.

    Args:
        sentence: laid open.
        anchor: of :func:`anchors`.
        types: probability of each type, of the head.
        read: what the reader says of the sentence's pairs.
        n_anchors: of the sentence.
    """
    types = blended(types, read.of(anchor.roles.source, anchor.roles.target)[:NOTHING])
    shared = dict(_shared(sentence, anchor, types, n_anchors))
    parties = _near_parties(sentence, anchor)
    facts = {id(party): dict(_of_party(sentence, anchor, party)) for party in parties}
    found = []
    for event_type, pairs in _readings(anchor, parties, types, read, n_anchors).items():
        typed = shared | dict(_of_type(anchor, types, event_type))
        trigger = anchor.trigger if anchor.trigger and anchor.trigger.pattern.event_type == event_type else None
        is_of_both = is_mutual(event_type, trigger.pattern.mode if trigger else None)
        for source, target in pairs:
            if _is_turned(anchor, source, target, is_mutual=is_of_both):
                continue
            parties_told = _acting(source, target, event_type)
            probability, turned = _seen(read, *parties_told, TYPES.index(event_type), is_mutual=is_of_both)
            is_ruled = _is_same(source, anchor.roles.source) and _is_same(target, anchor.roles.target)
            is_hearsay = _only_says_so(source) or (_only_says_so(target) and anchor.roles.target is not None)
            if not is_ruled and (is_hearsay or probability < _UNSEEN):
                continue  # who only says so did not do it
            seen = dict(_of_reading(read, *parties_told, event_type, probability, turned))
            paired = dict(_of_pair(sentence, anchor, source, target))
            if target is None and event_type in _DOMESTIC:
                paired["domestic"] = 1.0
            sides = _of_side("source", source, facts) | _of_side("target", target, facts)
            if not is_ruled:  # grammar chose the rule's pair; where others stand tells more
                sides = {f"other {name}": value for name, value in sides.items()}
            if is_of_both:
                paired = {f"mutual {name}": value for name, value in paired.items()} | {"mutual": 1.0}
            found.append(Candidate(*parties_told, event_type, trigger, typed | paired | sides | seen, is_ruled))
    return found


def _only_says_so(party: Party | None) -> bool:
    return party is not None and party.is_attribution


def _is_turned(anchor: Anchor, source: Party | None, target: Party | None, *, is_mutual: bool) -> bool:
    """Tell the rule's pair turned round, which grammar rules out; of acts of both sides also what is named second."""
    if source is None or target is None:
        return False
    is_of_rule = _codes(source, target) == _codes(anchor.roles.source, anchor.roles.target)
    if is_of_rule and anchor.roles.source is not None:
        return source.code != anchor.roles.source.code
    return is_mutual and source.start > target.start


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


Pair = tuple[Party | None, Party | None]


def _readings(
    anchor: Anchor, parties: Sequence[Party], types: Row, read: PairsRead, n_anchors: int
) -> dict[str, list[Pair]]:
    """Return the pairs to look at by type: all for the anchor's types, the rule's pair for what the reader says of it.

    A further act of a sentence is there for the rule's pair only, whichever way round.
    """
    ruled = _codes(anchor.roles.source, anchor.roles.target)
    own: list[Pair] = []
    others: list[Pair] = []
    for pair in _pairs(parties):
        (own if _codes(*pair) == ruled else others).append(pair)
    around = own if anchor.is_further else own + others
    found = {event_type: list(around) for event_type in _types(anchor, types, n_anchors)}
    for pair in own:
        for kind in np.flatnonzero(read.of(*pair)[:NOTHING] >= _OWN_TYPE).tolist():
            if pair not in found.setdefault(TYPES[kind], []):
                found[TYPES[kind]].append(pair)
    return {kind: [p for p in pairs if p[0] or kind in _SOURCELESS] for kind, pairs in found.items()}


def _types(anchor: Anchor, types: Row, n_anchors: int) -> list[str]:
    """Return the trigger's type and the head's; of several acts the head cannot tell which it sees."""
    likeliest = TYPES[int(types.argmax())]
    if anchor.trigger is None:
        return [likeliest]
    own = anchor.trigger.pattern.event_type
    is_settled = n_anchors > 1 or anchor.strength == 1 or types.max() < _SECOND_TYPE
    return [own] if is_settled or likeliest == own else [own, likeliest]


def _pairs(parties: Sequence[Party]) -> Iterator[Pair]:
    for source in parties:
        yield source, None
        for target in parties:
            if source.code != target.code:
                yield source, target
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
    if source and target:
        yield f"source first@{order}", float(source.start < target.start)
        low, high = sorted((source, target), key=lambda party: party.start)
        between = [party for party in sentence.parties if low.end < party.start < high.start]
        yield "parties between", float(len(between))
        yield "words between", math.log(1 + max(0, high.start - low.end - 1))
    for name, party, ruled in (("source", source, roles.source), ("target", target, roles.target)):
        if party and ruled and not _is_same(party, ruled) and _are_listed(sentence, party, ruled):
            yield f"{name} listed with the rule's", 1.0


def _seen(
    read: PairsRead, source: Party | None, target: Party | None, kind: int, *, is_mutual: bool
) -> tuple[float, float]:
    """Return how probable the reader holds an act, and it turned round; of acts of both sides the sum, and 0."""
    probability = float(read.of(source, target)[kind])
    turned = float(read.of(target, source)[kind]) if source and target else 0.0
    return (min(1.0, probability + turned), 0.0) if is_mutual else (probability, turned)


def _of_reading(
    read: PairsRead, source: Party | None, target: Party | None, event_type: str, probability: float, turned: float
) -> Iterator[tuple[str, float]]:
    kind = TYPES.index(event_type)
    told = read.of(source, target)
    yield "reader", math.log(max(probability, 1e-3))
    yield "reader sure", max(0.0, probability - 0.5)
    yield "reader sees nothing", float(told[NOTHING])
    yield "reader sees it turned", turned
    yield "reader sees the pair best", float(probability >= read.table[:, :, kind].max())
    yield "reader sees the act best", float(probability >= read.surest)
    yield "reader sees elsewhere", read.surest - probability
    yield "reader sees another type", float(np.delete(told[:NOTHING], kind).max())
    yield "reader sees nothing turned", float(read.of(target, source)[NOTHING]) if source and target else 0.0
    yield "reader of source", float(read.table[read.row(source), :, kind].max())
    yield "reader of target", float(read.table[:, read.column(target), kind].max())
    yield "acts the reader sees", float((read.table[:, :, :NOTHING].max(axis=-1) > _SEEN).sum())


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
