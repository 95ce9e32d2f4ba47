"""Who did it to whom: source and target of a trigger by the structure of the sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from marsad.coding.sentence import Party, Sentence
from marsad.coding.subjects import SPOKEN, is_doer_of, is_russian_passive, listed_with, russian_passive, subject_of
from marsad.coding.triggers import Trigger
from marsad.domain.words import Language
from marsad.vocab.codebook import is_mutual

_VERB_LAST = {Language.FA, Language.PS}
_SUFFERED_IN_PLACE = frozenset(["ASSAULT", "COERCE", "MOBILIZE", "AID", "SANCTION", "PROTEST", "CONSULT", "COOPERATE"])


UNKNOWN = "UNK"  # attackers nobody names: they act, they are seldom who is acted upon
_PRONOUNS = frozenset(
    ["it", "they", "he", "she", "они", "он", "она"]
)  # stand for the party named before, the speaker too


@dataclass(frozen=True)
class Roles:
    """The parties of an act; ``certainty`` 0..1 says how much of it the structure shows."""

    source: Party | None
    target: Party | None
    certainty: float


def assign_roles(sentence: Sentence, trigger: Trigger, *, is_verbal: bool, start: int) -> Roles:
    """Return source and target of a trigger.

    Args:
        sentence: laid open.
        trigger: one of its triggers.
        is_verbal: it is a verb, or a noun carried by one ("launched strikes").
        start: position where the predicate begins, the carrying verb included.
    """
    pattern = trigger.pattern
    parties = [party for party in sentence.parties if not party.is_attribution]
    first, _ = sentence.clause(start)
    if pattern.event_type in SPOKEN and not any(p.start >= first and p.end < start and not p.mark for p in parties):
        parties = list(sentence.parties)
    if any(token.text in _PRONOUNS for token in sentence.tokens[max(0, start - 2) : start]):
        parties = list(sentence.parties)
    if pattern.event_type == "PROTEST":
        roles = _protest(sentence, parties)
    elif pattern.mode == "visit" and (visit := _visit(parties)) is not None:
        roles = visit
    elif is_mutual(pattern.event_type, pattern.mode):
        roles = _mutual(sentence, parties, start)
    elif (agent := _agent(sentence, parties, trigger)) is not None:
        others = [party for party in parties if party.code != agent.code]
        roles = Roles(agent, _nearest(others, trigger.start), 1.0)
    elif not is_verbal:
        roles = _of_noun(sentence, parties, trigger)
    elif sentence.language in _VERB_LAST:
        roles = _of_final_verb(parties, trigger)
    elif sentence.language is Language.AR:
        roles = _of_first_verb(sentence, parties, start, trigger)
    else:
        roles = _of_middle_verb(sentence, parties, start, trigger)
    if pattern.is_reversed or _is_passive(sentence, trigger):
        roles = replace(roles, source=roles.target, target=roles.source)
    return _completed(sentence, roles, pattern.event_type)


def _mutual(sentence: Sentence, parties: Sequence[Party], start: int) -> Roles:
    """Of "A, B and C met" the first two; else the subject and the other side after the verb."""
    before = [p for p in _acting(parties) if p.end < start]
    if before and sentence.language in _VERB_LAST:
        beside = next((p for p in before[1:2] if p.start - before[0].end <= 2 and p.code != before[0].code), None)
        target = beside or next((p for p in before if p.mark and p.code != before[0].code), _other(before, before[0]))
        if target is not None:
            return Roles(before[0], target, 1.0)
    if before:
        subjects = _listed(sentence, before)
        if len({p.code for p in subjects}) > 1:
            return Roles(subjects[0], _other(subjects, subjects[0]), 1.0)
    first, last = sentence.clause(start)
    inside = [p for p in parties if first <= p.start <= last]
    for pool, certainty in ((_acting(inside), 1.0), (_acting(parties), 0.9), (list(parties), 0.85)):
        if pool and (other := _other(pool, pool[0])) is not None:
            return Roles(pool[0], other, certainty)
    return Roles(parties[0] if parties else None, None, 0.5)


def _listed(sentence: Sentence, before: Sequence[Party]) -> list[Party]:
    """Return the enumeration that ends before the verb: names with at most a comma or a conjunction between."""
    listed = [before[-1]]
    for party in reversed(before[:-1]):
        between = sentence.tokens[party.end + 1 : listed[0].start]
        if len(between) > 1 or any(len(token.text) > 3 for token in between):
            break
        listed.insert(0, party)
    return listed


def _visit(parties: Sequence[Party]) -> Roles | None:
    """Who goes, and where to: a place is the target here."""
    goes = next((p for p in parties if p.mark != "place"), None)
    if goes is None:
        return None
    where = next((p for p in parties if p.code != goes.code and p.mark == "place"), None) or _other(parties, goes)
    return Roles(goes, where, 0.95 if where else 0.6)


_AGAINST = frozenset(["against", "на", "против", "ضد", "على", "علیه", "پر"])


def _protest(sentence: Sentence, parties: Sequence[Party]) -> Roles:
    """Return civilians of the country named as where or who, and the other party, or nobody."""
    if not parties:
        return Roles(None, None, 0.3)
    faced = next((party for party in parties if sentence.tokens[party.start - 1].text in _AGAINST), None)
    if faced is not None and (own := _other(parties, faced)) is not None:
        return Roles(replace(own, role="CIV"), faced, 0.95)
    where = next((party for party in parties if party.mark == "place"), parties[0])
    against = next((party for party in parties if party.code != where.code), None)
    if against is not None and against.start < where.start and not against.mark:
        return Roles(replace(against, role="CIV"), where, 0.9)
    return Roles(replace(where, role="CIV"), against, 0.9 if against else 0.7)


def _acting(parties: Sequence[Party]) -> list[Party]:
    return [party for party in parties if party.mark != "place"]


def _other(parties: Sequence[Party], than: Party) -> Party | None:
    return next((party for party in parties if party.code != than.code), None)


def _agent(sentence: Sentence, parties: Sequence[Party], trigger: Trigger) -> Party | None:
    first, last = sentence.clause(trigger.start)
    marked = [party for party in parties if party.mark == "agent" and first <= party.start <= last]
    if sentence.language is Language.EN:
        marked = [party for party in marked if is_doer_of(sentence, party, trigger)]
    if not marked:
        return None
    nearest = min(marked, key=lambda party: abs(party.start - trigger.end))
    return nearest if abs(nearest.start - trigger.end) <= 14 else None


def _nearest(parties: Sequence[Party], position: int) -> Party | None:
    return min(parties, key=lambda party: (abs(party.start - position), party.start), default=None)


def _of_noun(sentence: Sentence, parties: Sequence[Party], trigger: Trigger) -> Roles:
    """Read «غارات باكستانية على خوست», "Pakistani strikes on Khost", «حملات پاکستان بر خوست», «د پاکستان بریدونه»."""
    before = [p for p in parties if p.end < trigger.start]
    after = [p for p in parties if p.start > trigger.end]
    source = None
    if sentence.language in {Language.AR, Language.FA, Language.RU}:
        source = next((p for p in after if p.start - trigger.end <= 3 and not p.mark), None)
    if source is None and sentence.language not in {Language.AR, Language.FA}:
        source = next((p for p in reversed(before) if trigger.start - p.end <= 4), None)
    if source is None:
        from_party = next((p for p in after if p.start - trigger.end <= 3 and _is_from(sentence, p)), None)
        source = from_party or next((p for p in reversed(before) if not p.mark), None)
    rest = [p for p in after if source is None or p.code != source.code]
    target = rest[0] if rest else None
    if target is None and source is not None:
        target = next((p for p in reversed(before) if p.code != source.code), None)
    return Roles(source, target, 0.9 if source and target else 0.7)


def _is_from(sentence: Sentence, party: Party) -> bool:
    return sentence.tokens[party.start - 1].text in {"from", "by", "من", "из", "со"}


def _of_final_verb(parties: Sequence[Party], trigger: Trigger) -> Roles:
    """Persian and Pashto: the subject opens the clause, the verb closes it."""
    before = [p for p in parties if p.start <= trigger.end]
    pool = before or list(parties)
    subject = next((p for p in pool if not p.mark), pool[0] if pool else None)
    if subject is None:
        return Roles(None, None, 0.3)
    others = [p for p in pool if p.code != subject.code] or [p for p in parties if p.code != subject.code]
    target = next((p for p in others if p.mark == "oblique"), None) or (others[-1] if others else None)
    return Roles(subject, target, 1.0 if target else 0.7)


def _of_first_verb(sentence: Sentence, parties: Sequence[Party], start: int, trigger: Trigger) -> Roles:
    """Arabic: the subject follows the verb, unless it stands right before it («إن باكستان قصفت»)."""
    after = [p for p in parties if p.start > start]
    before = [p for p in parties if p.end < start]
    first, _ = sentence.clause(start)
    leaders = [p for p in before if not p.mark and p.start >= first]
    leader = leaders[-1] if leaders else (before[-1] if before else None)
    is_inside = bool(leaders) and leader is not None and not leader.is_attribution
    is_led = is_inside and leader is not None and (start - leader.end <= 2 or leader.start - first <= 1)
    elided = _elided_subject(sentence, before, after, trigger)
    if elided is not None:
        target = next((p for p in after if p.code != elided.code), None)
        return Roles(elided, target, 0.9 if target else 0.7)
    if is_led and leader is not None:
        target = next((p for p in after if p.code != leader.code), None)
        return Roles(leader, target, 1.0 if target else 0.7)
    subject = next((p for p in after if not p.mark and p.start - trigger.end <= 8), None)
    if subject is None:
        subject = next((p for p in reversed(before) if not p.mark), leader)
        target = next((p for p in after if subject is None or p.code != subject.code), None)
        return Roles(subject, target, 0.9 if subject and target else 0.6)
    objects = [p for p in after if p.start > subject.end and p.code != subject.code]
    target = next((p for p in objects if p.mark != "place"), objects[0] if objects else None)
    if target is None and leader is not None and leader.code != subject.code and not leader.mark:
        return Roles(leader, subject, 0.9)
    return Roles(subject, target, 1.0 if target else 0.7)


# «وطالب واشنطن بـ»: verbs whose bare object is the party addressed.
_ADDRESSED = frozenset({"REQUEST", "ACCUSE", "THREATEN"})


def _elided_subject(
    sentence: Sentence, before: Sequence[Party], after: Sequence[Party], trigger: Trigger
) -> Party | None:
    """«أكد شويغو ...، وطالب واشنطن بـ»: behind «و» the subject stays, the name that follows is the object."""
    token = sentence.tokens[trigger.start]
    leading = [p for p in before if not p.mark]
    if not leading or not (token.is_after_break and token.text.startswith("و")):
        return None
    is_named_anew = bool(after) and not after[0].mark and after[0].start == trigger.start + 1
    return None if is_named_anew and trigger.pattern.event_type not in _ADDRESSED else leading[0]


def _of_middle_verb(sentence: Sentence, parties: Sequence[Party], start: int, trigger: Trigger) -> Roles:
    """English and Russian: subject, verb, object."""
    if sentence.language is Language.RU and is_russian_passive(sentence.tokens[trigger.start].text):
        doer, sufferer = russian_passive(sentence, parties, trigger)
        return Roles(doer, sufferer, 1.0 if doer and sufferer else 0.7)
    subject = subject_of(sentence, parties, start, trigger)
    before = [p for p in parties if p.end < start]
    after = [p for p in parties if p.start > start]
    own = {p.start for p in listed_with(sentence, subject, sentence.parties)} if subject else set()
    others = [p for p in after if subject is None or (p.code != subject.code and p.start not in own)]
    named = [p for p in others if p.code != UNKNOWN] or others
    target = next((p for p in named if p.mark != "place" and p.role != "NGO"), None)
    if target is None and named and trigger.pattern.event_type in _SUFFERED_IN_PLACE:
        target = named[0]
    if target is None and subject is not None:
        obliques = [p for p in before if p.code != subject.code and (p.mark or p.start > subject.end)]
        target = obliques[-1] if obliques else (others[0] if others else None)
        return Roles(subject, target, 0.5 if subject.mark else 0.85 if target else 0.7)
    if subject is not None and subject.mark:  # "the deal with Russia provides help": a guess
        return Roles(subject, target, 0.5)
    return Roles(subject, target, 1.0 if subject and target else 0.6)


_BE = frozenset(["was", "were", "is", "are", "been", "being", "be", "got"])


# Where «شد», «شو» makes a passive; with acts of speech and movement it is an active light verb («خواستار شد»).
_DONE_TO = frozenset({"ASSAULT", "COERCE", "SANCTION", "RETREAT", "AID"})


def _is_passive(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell a passive without an agent: what stands as subject suffers the act."""
    if not trigger.is_verb or any(p.mark == "agent" for p in sentence.parties):
        return False
    tokens = sentence.tokens
    if sentence.language is Language.EN:
        before = [token.text for token in tokens[max(0, trigger.start - 3) : trigger.start]]
        word = tokens[trigger.start].text
        return any(w in _BE for w in before) and (
            word.endswith(("ed", "en", "wn"))
            or word in {"shot", "hit", "struck", "held", "told", "shut", "cut", "sent"}
        )
    if sentence.language is Language.RU:
        return False  # see _of_middle_verb
    if sentence.language in _VERB_LAST:
        is_done_to = trigger.pattern.event_type in _DONE_TO
        return is_done_to and sentence.has_cue("passive", trigger.end, trigger.end + 2)
    return sentence.has_cue("passive", trigger.start, trigger.start)


# Acts that stay inside one country when no other party is named.
_AT_HOME = frozenset({"PROTEST", "COERCE"})


def _completed(sentence: Sentence, roles: Roles, event_type: str) -> Roles:
    """Fill an open place: the speaker for an unnamed source, another party of the sentence for an unnamed target."""
    source, target, certainty = roles.source, roles.target, roles.certainty
    if source is None:
        others = [p for p in sentence.parties if target is None or p.code != target.code]
        source = next((p for p in others if not p.mark), others[0] if others else None)
        certainty = min(certainty, 0.6)
    if target is None and source is not None:
        beside = {p.start for p in listed_with(sentence, source, sentence.parties)}
        target = _other([p for p in sentence.parties if p.start not in beside], source)
        if target is None and event_type in _AT_HOME and sentence.language in _CLAUSES_READ:
            return Roles(source, None, 0.9)
        certainty = min(certainty, 0.75 if target else 0.6)
    return Roles(source, target, certainty)


_CLAUSES_READ = frozenset({Language.EN, Language.RU})


def further_pairs(sentence: Sentence, trigger: Trigger, roles: Roles) -> list[Roles]:
    """Return the pairs that an enumeration adds: "urged Kabul and Islamabad", "A, B and C signed".

    Each pair of coordinated parties is an act of its own; of a mutual act all pairs of the enumeration.
    """
    source, target = roles.source, roles.target
    if source is None or target is None or sentence.language not in _CLAUSES_READ or roles.certainty < _SURE:
        return []
    sources = [source, *_beside(sentence, source)]
    targets = [target, *_beside(sentence, target)]
    if any(p.code == target.code for p in sources):  # one enumeration: who acts together
        together = sorted(sources, key=lambda p: p.start)
        pairs = list(combinations(together, 2)) if is_mutual(trigger.pattern.event_type, trigger.pattern.mode) else []
    else:
        pairs = list(product(sources, targets))
    first = {source.code, target.code}
    kept = dict.fromkeys((a, b) for a, b in pairs if a.code != b.code and {a.code, b.code} != first)
    return [Roles(a, b, roles.certainty) for a, b in kept]


_SURE = 0.85  # roles less certain than this are not multiplied


def _beside(sentence: Sentence, party: Party) -> list[Party]:
    return [p for p in listed_with(sentence, party, sentence.parties) if not p.is_attribution]
