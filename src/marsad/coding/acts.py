"""From triggers to acts: which trigger tells the sentence's act, and how surely."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from marsad.coding.roles import Roles, assign_roles, coordinated, further_pairs
from marsad.coding.sentence import Sentence
from marsad.coding.status import trigger_status
from marsad.coding.triggers import Trigger
from marsad.domain.words import EventType, Language, QuadClass, Status

_VERB_LAST = {Language.FA, Language.PS}
_CARRIED = 0.25  # what a carrying verb adds to a noun: "launched" strikes
_GOVERNED = 0.5  # what stays of a trigger that only names what another act is about
_BACKGROUND = 0.45  # what stays of one told as the occasion: "after the strikes"
_THAT_WHICH = frozenset(["آن", "این", "انکه", "اینکه", "ان"])  # «پس از آن که ...»: the whole clause is the occasion
_ALSO = 0.6  # a further act of the same sentence must be at least this sure


@dataclass(frozen=True)
class Act:
    """One act told by a sentence: its trigger, its status, its parties, and a strength 0..1."""

    trigger: Trigger
    status: Status
    roles: Roles
    strength: float
    is_further: bool = False


@dataclass(frozen=True)
class _Weighed:
    trigger: Trigger
    strength: float
    is_verbal: bool
    start: int
    is_governed: bool
    governor: Trigger | None


def weigh(sentence: Sentence) -> list[_Weighed]:
    """Return the sentence's triggers with their strength in it, in order of standing."""
    verbal = {trigger: _carrier(sentence, trigger) for trigger in sentence.triggers}
    weighed = []
    for trigger in sentence.triggers:
        carrier = verbal[trigger]
        strength = trigger.pattern.strength
        is_verbal = trigger.is_verb or carrier is not None
        if not trigger.is_verb and carrier is not None:
            strength = min(0.9, strength + _CARRIED)
        is_occasion = _is_occasion(sentence, trigger)
        governor = _governor(sentence, trigger, verbal)
        if is_occasion:
            strength *= _BACKGROUND
        elif governor is not None:
            strength *= _GOVERNED
        start = min(trigger.start, carrier) if carrier is not None else trigger.start
        weighed.append(_Weighed(trigger, strength, is_verbal, start, is_occasion or governor is not None, governor))
    return weighed


def acts_of(sentence: Sentence) -> list[Act]:
    """Return the acts of a sentence, the surest first; beside it only those told by a verb of their own.

    Acts that are negated, planned or asked about are returned with that status; they are no events.
    """
    weighed = sorted(weigh(sentence), key=lambda each: (-each.strength, each.start))
    acts: list[Act] = []
    for each in weighed:
        status = trigger_status(sentence, each.trigger)
        if status is Status.REPORTED and each.governor is not None and not each.is_verbal:
            status = trigger_status(sentence, each.governor)
        is_further = any(act.status is Status.REPORTED for act in acts)
        if is_further and (each.is_governed or each.strength < _ALSO or not each.is_verbal):
            continue
        if is_further and any(_disowns(act.trigger, each.trigger) for act in acts):
            continue
        roles = assign_roles(sentence, each.trigger, is_verbal=each.is_verbal, start=each.start)
        act = Act(each.trigger, status, roles, each.strength, is_further)
        if not any(_is_same(act, other) for other in acts):
            is_last = sentence.language in _VERB_LAST
            pairs = (
                coordinated(sentence, roles, each.trigger)
                if is_last
                else [roles, *further_pairs(sentence, each.trigger, roles)]
            )
            acts.extend(replace(act, roles=pair) for pair in pairs)
    return acts


def _is_same(one: Act, other: Act) -> bool:
    """Two triggers that tell the same parties' act of one kind, or of kinds one sentence would not tell twice."""
    if one.status != other.status:
        return False
    return one.trigger.pattern.event_type == other.trigger.pattern.event_type


def _disowns(denial: Trigger, trigger: Trigger) -> bool:
    """Tell the premise of a denial: "receiving the envoy does not mean recognition" tells no receiving."""
    is_friendly = EventType(trigger.pattern.event_type).quad_class.is_cooperation
    return is_friendly and denial.pattern.mode == "deny" and trigger.start < denial.end


def _carrier(sentence: Sentence, trigger: Trigger) -> int | None:
    """Position of the verb that carries a noun ("held talks", «حمله کرد»), or None."""
    if trigger.is_verb:
        return None
    if sentence.language is Language.AR and trigger.start == 0 and not any(t.is_verb for t in sentence.triggers):
        return 0  # a headline's nominal sentence: «ترحيل مئتي أفغاني», «عقوبات كندية على»
    first, last = sentence.clause(trigger.start)
    if sentence.language in _VERB_LAST:
        first, last = trigger.end, min(last, trigger.end + 8)
    else:
        first, last = max(first, trigger.start - 5), trigger.start
    own = set(trigger.words)
    found = [start for start, _ in sentence.cues.get("support", ()) if first <= start <= last and start not in own]
    if not found and sentence.language is Language.AR and trigger.pattern.event_type == "ASSAULT":
        behind = sentence.tokens[trigger.end + 1 : trigger.end + 11]
        if any(token.text.startswith(_HARMS) for token in behind):  # «غارات باكستانية على خوست قتلت»
            return trigger.start
    return found[0] if found else None


_HARMS = ("قتلت", "قتل", "اسفر", "استهدف", "اوقع", "اودت", "ادت", "اصابت", "دمرت", "طالت")


def _is_occasion(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell that an act is only the occasion of another: "after", «بعد», «پس از», «после»."""
    first, _ = sentence.clause(trigger.start)
    if sentence.language in _VERB_LAST and trigger.is_verb:  # its adverbials precede it: «درباره ... گفت‌وگو کرد»
        openings = [end + 1 for _, end in sentence.cues.get("after", ()) if first - 2 <= end + 1 < trigger.start]
        is_clause = any(sentence.tokens[at].text in _THAT_WHICH for at in openings)
        return is_clause or sentence.has_cue("occasion_after", trigger.end + 1, trigger.end + 4)
    reach = max(first, trigger.start - 5)
    for start, end in sentence.cues.get("after", ()):
        is_opening = start == first or start == first - 1
        if reach <= start and end < trigger.start and not _verb_between(sentence, end, trigger):
            return True
        if is_opening and end < trigger.start and trigger.is_verb and not _verb_between(sentence, end, trigger):
            return True
    behind = trigger.end + 1
    return sentence.has_cue("occasion_after", behind, behind + 6)


def _verb_between(sentence: Sentence, position: int, trigger: Trigger) -> bool:
    return any(position < t.start < trigger.start and t.is_verb for t in sentence.triggers)


def _governor(sentence: Sentence, trigger: Trigger, verbal: dict[Trigger, int | None]) -> Trigger | None:
    """Return the trigger whose object or complement this one is: "condemned the strikes", "agreed to meet"."""
    if trigger.pattern.strength == 1:  # a whole predicate: "does not mean recognition"
        return None
    heads = [
        other
        for other in sentence.triggers
        if other != trigger and (other.is_verb or verbal[other] is not None) and other.pattern.strength >= 0.6
    ]
    if sentence.language in _VERB_LAST:
        if trigger.is_verb:  # «غوښتل چې ...», «خواست ...»: what is asked for follows the asking
            return next((h for h in heads if h.is_verb and h.end < trigger.start and _asks(h)), None)
        return next((h for h in heads if h.is_verb and h.end > trigger.end and h.pattern.strength >= 0.7), None)
    for head in reversed([h for h in heads if h.start < trigger.start]):
        if _is_occasion(sentence, head):
            continue
        return None if _is_coordinated(sentence, head, trigger) else head
    return None


def _asks(head: Trigger) -> bool:
    return head.pattern.event_type == "REQUEST"


def _is_coordinated(sentence: Sentence, head: Trigger, trigger: Trigger) -> bool:
    """Tell whether "and" or a break opens a new predicate between head and trigger."""
    if not trigger.is_verb:
        return False
    between = range(head.end + 1, trigger.start + 1)
    return any(sentence.has_cue("and", at, at) for at in between) or any(
        sentence.tokens[at].is_after_break for at in between
    )


def type_scores(sentence: Sentence, near: Sequence[int]) -> dict[str, float]:
    """Return how strongly the lexicon tells each event type round a pair given by word positions.

    A trigger counts more the nearer it stands to the pair. Here an act that is refused counts as REJECT, one that is
    promised as AGREE or, if hostile, as THREATEN.
    """
    scores: dict[str, float] = {}
    low, high = min(near), max(near)
    for each in weigh(sentence):
        outside = _distance(sentence, each.trigger, low, high)
        score = each.strength / (1 + 0.06 * outside)
        kind = _as_intent(sentence, each.trigger)
        scores[kind] = max(scores.get(kind, 0.0), score) + 0.1 * min(scores.get(kind, 0.0), score)
    return scores


def _distance(sentence: Sentence, trigger: Trigger, low: int, high: int) -> int:
    """Return how far a trigger stands from a pair; where the verb closes the clause, one before the pair's end too."""
    if sentence.language in _VERB_LAST and trigger.end < high:
        return max(low - trigger.end, high - trigger.end)
    return max(0, low - trigger.end, trigger.start - high)


_PROMISES = frozenset(["will", "would", "ready", "willing", "agreed", "offered", "set"])


def _as_intent(sentence: Sentence, trigger: Trigger) -> str:
    kind = EventType(trigger.pattern.event_type)
    status = trigger_status(sentence, trigger)
    if status is Status.NEGATED and kind.quad_class.is_cooperation:
        return EventType.REJECT.value
    before = {token.text for token in sentence.tokens[max(0, trigger.start - 4) : trigger.start]}
    if status is Status.JUDGEMENT and before & _PROMISES:
        if kind.quad_class.is_cooperation:
            return EventType.AGREE.value
        if kind.quad_class is QuadClass.MATERIAL_CONFLICT:
            return EventType.THREATEN.value
    return kind.value
