"""Who did it to whom: source and target of a trigger by the structure of the sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from marsad.coding.sentence import Party, Sentence
from marsad.coding.triggers import Trigger
from marsad.domain.words import Language
from marsad.vocab.codebook import is_mutual

_VERB_LAST = {Language.FA, Language.PS}
# Acts done by speaking: who says so is who does so.
SPOKEN = frozenset({"ACCUSE", "THREATEN", "REQUEST", "REJECT", "SUPPORT", "CONCEDE", "AGREE"})
_SUFFERED_IN_PLACE = frozenset(["ASSAULT", "COERCE", "MOBILIZE", "AID", "SANCTION", "PROTEST", "CONSULT", "COOPERATE"])


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
    if sentence.language is Language.AR and pattern.event_type == "ASSAULT":
        suffered = _arabic_victims(sentence, parties, trigger)
        if suffered is not None:
            return suffered
    if pattern.event_type == "PROTEST":
        roles = (_arabic_protest if sentence.language is Language.AR else _protest)(sentence, parties)
    elif pattern.mode == "visit" and (visit := _visit(parties)) is not None:
        roles = visit
    elif is_mutual(pattern.event_type, pattern.mode):
        roles = _mutual(sentence, parties, start)
    elif (agent := _agent(sentence, parties, trigger)) is not None:
        others = [party for party in parties if party.code != agent.code]
        roles = Roles(agent, _nearest(others, trigger.start), 1.0)
    elif (
        sentence.language is Language.AR
        and not trigger.is_verb
        and (befallen := _of_masdar(parties, trigger)) is not None
    ):
        roles = befallen
    elif not is_verbal or (sentence.language is Language.AR and not trigger.is_verb and start == trigger.start):
        roles = _of_noun(sentence, parties, trigger)
    elif sentence.language in _VERB_LAST:
        roles = _of_final_verb(parties, trigger)
    elif sentence.language is Language.AR:
        roles = _of_first_verb(sentence, parties, start, trigger)
    else:
        roles = _of_middle_verb(sentence, parties, start, trigger)
    if pattern.is_reversed or _is_passive(sentence, trigger):
        roles = replace(roles, source=roles.target, target=roles.source)
    return _completed(sentence, roles)


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
        target = _object(sentence, after, elided, trigger)
        return Roles(elided, target, 0.9 if target else 0.7)
    if is_led and leader is not None:
        target = _object(sentence, after, leader, trigger)
        return Roles(leader, target, 1.0 if target else 0.7)
    subject = next((p for p in after if not p.mark and p.start - trigger.end <= 8), None)
    if subject is None and not before and len(after) > 1:
        subject = after[0]  # named by a place: «وحدات من فيلق بيشاور»
    elif subject is None:
        subject = next((p for p in reversed(before) if not p.mark), leader)
        target = _object(sentence, after, subject, trigger)
        return Roles(subject, target, 0.9 if subject and target else 0.6)
    target = _object(sentence, [p for p in after if p.start > subject.end], subject, trigger)
    if target is None and leader is not None and leader.code != subject.code and not leader.mark:
        return Roles(leader, subject, 0.9)
    return Roles(subject, target, 1.0 if target else 0.7)


# Words that open a phrase beside the act («بعد وساطة قطرية»): who is named in it is no object.
_BESIDE = frozenset(
    [
        "بعد",
        "عقب",
        "اثر",
        "منذ",
        "رغم",
        "خلال",
        "قبل",
        "وسط",
        "غداه",
        "بحسب",
        "وفق",
        "بوساطه",
        "برعایه",
        "بشان",
        "حول",
        "بسبب",
        "جراء",
        "اثناء",
        "ضمن",
        "حیال",
        "بناء",
        "بموجب",
    ]
)
_RECIPIENT = frozenset({"الی", "من", "علی", "عن", "مع", "ضد"})  # a capital behind these is a party, not a place
_CONTRAST = frozenset({"فیما", "بینما", "لکن", "ولکن", "غیر", "الا", "حین", "کما"})


def _object(sentence: Sentence, after: Sequence[Party], subject: Party | None, trigger: Trigger) -> Party | None:
    """Return the party an Arabic verb acts on: in its own predicate, no adjunct, rather no place."""
    own = {subject.code} if subject is not None else set()
    behind = subject.end if subject is not None else -1
    for party in after:
        if party.is_joined and 0 < party.start - behind <= 3 and subject is not None and party.start > subject.end:
            own.add(party.code)
            behind = party.end
        elif party.start > behind:
            break
    last = _predicate_end(sentence, trigger)
    others = [p for p in after if p.code not in own]
    return min(
        others,
        key=lambda p: (p.start > last, _is_beside(sentence, p, trigger), _is_mere_place(sentence, p), p.start),
        default=None,
    )


def _predicate_end(sentence: Sentence, trigger: Trigger) -> int:
    """Return the last word before the next verb that «و» joins on, or before a contrast."""
    verbs = {other.start for other in sentence.triggers if other.is_verb}
    for at in range(trigger.end + 1, len(sentence.tokens)):
        text = sentence.tokens[at].text
        if text in _CONTRAST or (text[0] in "وف" and at in verbs):
            return at - 1
    return len(sentence.tokens) - 1


def _is_beside(sentence: Sentence, party: Party, trigger: Trigger) -> bool:
    taken = set(trigger.words) | {p.end for p in sentence.parties}
    for at in range(party.start - 1, max(-1, party.start - 5), -1):
        if at in taken:
            return False
        if sentence.tokens[at].text in _BESIDE:
            return True
    return False


def _is_mere_place(sentence: Sentence, party: Party) -> bool:
    return party.mark == "place" and sentence.tokens[party.start - 1].text not in _RECIPIENT


# «وطالب واشنطن بـ»: verbs whose bare object is the party addressed.
_ADDRESSED = frozenset({"REQUEST", "ACCUSE", "THREATEN"})


def _elided_subject(
    sentence: Sentence, before: Sequence[Party], after: Sequence[Party], trigger: Trigger
) -> Party | None:
    """«أكد شويغو ...، وطالب واشنطن بـ»: behind «و» the subject stays, the name that follows is the object."""
    token = sentence.tokens[trigger.start]
    leading = [p for p in before if not p.mark]
    follows = token.is_after_break or any(t.is_verb and t.start < trigger.start for t in sentence.triggers)
    if not leading or not (follows and token.text[0] in "وف"):
        return None
    named = [p for p in after if not p.mark]
    is_named_anew = bool(named) and named[0].start == trigger.start + 1
    if is_named_anew and trigger.pattern.event_type in _ADDRESSED:
        is_named_anew = len(named) > 1 and named[1].start - named[0].end <= 1 and not named[1].is_joined
    return None if is_named_anew else leading[0]


# Masdars of these modes are followed by whom they befall: «ترحيل أفغان», «اعتقال صحفي روسي».
_BEFALLS = frozenset({"deport", "arrest", "release", "expel", "abduct", "convict"})


def _of_masdar(parties: Sequence[Party], trigger: Trigger) -> Roles | None:
    """Read «ترحيل أفغان من ألمانيا»; None where the doer stands first («اعتقال إسرائيل لفلسطيني»)."""
    after = [p for p in parties if p.start > trigger.end]
    victim = next((p for p in after if p.start - trigger.end <= 4), None)
    if trigger.pattern.mode not in _BEFALLS or victim is None:
        return None
    if any(p.mark == "oblique" and p.start - victim.end == 1 for p in after):
        return None
    others = [p for p in parties if p.code != victim.code]
    source = next((p for p in others if p.start < trigger.start and not p.mark), None) or next(
        (p for p in others if p.start > victim.end), None
    )
    return Roles(source, victim, 0.9 if source else 0.6)


_PROTESTERS = (
    "متظاهر",
    "محتج",
    "معتصم",
    "ناشط",
    "نشطاء",
    "شخص",
    "الاف",
    "میات",
    "عشرات",
    "مظاهر",
    "تظاهر",
    "احتجاج",
    "مسیر",
)


def _arabic_protest(sentence: Sentence, parties: Sequence[Party]) -> Roles:
    """Return who protests and whom they face: behind «ضد», «على», else the next named that is no place.

    Unnamed protesters («تظاهر المئات أمام السفارة») are people of the place, or of the state they face.
    """
    if not parties:
        return Roles(None, None, 0.3)
    people = next((p for p in parties if p.role == "CIV"), None)
    are_unnamed = any(
        token.text.startswith(_PROTESTERS) or token.text.removeprefix("ال").startswith(_PROTESTERS)
        for token in sentence.tokens
    )
    if people is None and are_unnamed:
        people = next((p for p in parties if p.mark == "place" and p.role is None), None)
    if people is None:
        people = next((p for p in parties if not p.mark), parties[0])
    others = [p for p in parties if p != people and (p.mark != "place" or p.code != people.code)]
    faced = next((p for p in others if sentence.tokens[p.start - 1].text in _AGAINST), None)
    faced = faced or min(others, key=lambda p: (p.mark == "place", p.code == people.code, p.start), default=None)
    return Roles(replace(people, role="CIV"), faced, 0.95 if faced else 0.75)


_KILLED = ("قتل", "مقتل", "اصیب", "اصاب", "جرح", "لقی", "لقو", "استشهد", "اغتیل", "مصرع", "خطف", "اختطف")
_ATTACK = (
    "هجوم",
    "هجمات",
    "انفجار",
    "تفجیر",
    "ضرب",
    "غار",
    "قصف",
    "کمین",
    "اعتداء",
    "رصاص",
    "نیران",
    "عبو",
    "قذیف",
    "عملی",
)
_SUFFERED = ("مقتل", "اصیب", "لقی", "لقو", "استشهد", "اغتیل", "مصرع")
_STRIKES = ("استهدف", "اودی", "اوقع", "اسفر", "ادی", "ادت", "ضرب", "وقع")
_CAUSED = frozenset({"فی", "اثر", "جراء", "خلال", "نتیجه", "بعد", "عقب"})
_COUNTED = frozenset(
    [
        "احد",
        "اثنان",
        "اثنین",
        "ثلاثه",
        "اربعه",
        "خمسه",
        "سته",
        "سبعه",
        "ثمانیه",
        "تسعه",
        "عشره",
        "عشرات",
        "میات",
        "مدنیون",
        "مدنیین",
        "جندی",
        "جنود",
        "شخص",
    ]
)


def _arabic_victims(sentence: Sentence, parties: Sequence[Party], trigger: Trigger) -> Roles | None:
    """Read «قُتل ثلاثة جنود أميركيين في هجوم», «هجوم استهدف دورية للجيش»: who suffers is named, the attacker perhaps.

    None if the trigger tells of an attacker who acts.
    """
    text = sentence.tokens[trigger.start].text.lstrip("وف")
    if text.startswith(_STRIKES) and (attack := _attack_before(sentence, trigger.start)) is not None:
        attacker = _attacker(parties, attack, trigger.start)
        after = [p for p in parties if p.start > trigger.start and p != attacker]
        victim = min(after, key=lambda p: (p.mark == "place", p.start), default=None)
        return Roles(attacker, victim, 0.9 if attacker and victim else 0.8) if victim else None
    if not text.removeprefix("ب").startswith(_KILLED) or not _is_suffered(sentence, trigger):
        return None
    end = len(sentence.tokens)
    cause = next((at for at in range(trigger.start + 1, end) if _is_cause(sentence, at)), end)
    attacker = _attacker(parties, cause, end) if cause < end else None
    others = [p for p in parties if p != attacker]
    victim = next((p for p in others if trigger.start < p.start < cause and p.mark != "place"), None)
    victim = victim or next((p for p in reversed(others) if 0 < trigger.start - p.end <= 2 and not p.mark), None)
    victim = victim or next((p for p in others if p.mark == "place"), None)
    return Roles(attacker, victim, 0.9 if attacker and victim else 0.8) if victim else None


def _attack_before(sentence: Sentence, at: int) -> int | None:
    texts = [token.text.removeprefix("ال") for token in sentence.tokens]
    return next((i for i in range(at - 1, max(-1, at - 6), -1) if texts[i].startswith(_ATTACK)), None)


def _is_cause(sentence: Sentence, at: int) -> bool:
    text = sentence.tokens[at].text
    is_led = sentence.tokens[at - 1].text in _CAUSED or text.startswith("ب")
    return is_led and text.removeprefix("ب").removeprefix("ال").startswith(_ATTACK)


def _attacker(parties: Sequence[Party], attack: int, end: int) -> Party | None:
    """Return who is named by the attack: «غارة أميركية», «هجوم شنه متمردون», «هجوم لتنظيم داعش»."""
    return next((p for p in parties if attack < p.start < end and p.start - attack <= 4 and p.mark != "place"), None)


def _is_suffered(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell «قُتل» from «قتل»: a count, a person or a preposition follows it, or the form itself says so."""
    text = sentence.tokens[trigger.start].text.lstrip("وف")
    if text.startswith(_SUFFERED) or _has_passive_vowel(sentence, trigger):
        return True
    if trigger.start + 1 >= len(sentence.tokens):
        return False
    after = sentence.tokens[trigger.start + 1].text
    is_masculine = not text.endswith("ت")
    return is_masculine and (after[0].isdigit() or after in _COUNTED | _CAUSED or after.startswith("وا"))


def _of_middle_verb(sentence: Sentence, parties: Sequence[Party], start: int, trigger: Trigger) -> Roles:
    """English and Russian: subject, verb, object."""
    before = [p for p in parties if p.end < _shared_subject_end(sentence, start)]
    after = [p for p in parties if p.start > start]
    subject = _subject(sentence, before, start)
    if subject is None and sentence.language is Language.RU and not before:
        subject = next((p for p in after if not p.mark), None)
    others = [p for p in after if subject is None or p.code != subject.code]
    target = next((p for p in others if p.mark != "place"), None)
    if target is None and others and trigger.pattern.event_type in _SUFFERED_IN_PLACE:
        target = others[0]
    if target is None and subject is not None:
        obliques = [p for p in before if p.code != subject.code and p.mark]
        target = obliques[-1] if obliques else (others[0] if others else None)
        return Roles(subject, target, 0.5 if subject.mark else 0.85 if target else 0.7)
    if subject is not None and subject.mark:  # "the deal with Russia provides help": a guess
        return Roles(subject, target, 0.5)
    return Roles(subject, target, 1.0 if subject and target else 0.6)


def _shared_subject_end(sentence: Sentence, start: int) -> int:
    """Position before which the subject stands: of "A praised B and asked C" the second verb shares the first one's."""
    if not sentence.has_cue("and", start - 2, start - 1):
        return start
    earlier = [t.start for t in sentence.triggers if t.is_verb and t.start < start]
    named_since = any(p.start == start - 1 for p in sentence.parties)
    return earlier[0] if earlier and not named_since else start


def _subject(sentence: Sentence, before: Sequence[Party], start: int) -> Party | None:
    """Find the head of the noun phrase before the verb: names after prepositions belong to it, they are not it."""
    if not before:
        return None
    first, _ = sentence.clause(start)
    inside = [p for p in before if p.start >= first and not p.mark]
    if inside:
        return _first_coordinated(sentence, inside)
    unmarked = [p for p in before if not p.mark]
    if unmarked:
        return unmarked[-1]
    return next((p for p in reversed(before) if p.mark != "place"), None)


def _first_coordinated(sentence: Sentence, parties: Sequence[Party]) -> Party:
    """Of "A and B" the first named; otherwise the one nearest to the verb."""
    chosen = parties[-1]
    for party in reversed(parties[:-1]):
        between = sentence.tokens[party.end + 1 : chosen.start]
        if len(between) <= 2 and any(token.text in {"and", "и"} for token in between):
            chosen = party
    return chosen


_BE = frozenset(["was", "were", "is", "are", "been", "being", "be", "got"])
_RU_SHORT = ("ан", "ана", "ано", "аны", "ен", "ена", "ено", "ены", "ята", "яты", "ыты")


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
        return tokens[trigger.start].text.endswith(_RU_SHORT) and len(tokens[trigger.start].text) > 5
    if sentence.language in _VERB_LAST:
        is_done_to = trigger.pattern.event_type in _DONE_TO
        return is_done_to and sentence.has_cue("passive", trigger.end, trigger.end + 2)
    return trigger.pattern.event_type in _DONE_TO and _has_passive_vowel(sentence, trigger)


def _has_passive_vowel(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell an Arabic passive by the vowel writers set on it: «قُتل», «رُحّل», «استُدعي»; «يُجري» may be active."""
    token = sentence.tokens[trigger.start]
    written = sentence.text[token.start - sentence.start : token.end - sentence.start].removeprefix("و")
    return "\u064f" in written[:4] and token.text.removeprefix("و")[0] not in "یتن"


def _completed(sentence: Sentence, roles: Roles) -> Roles:
    """Fill an open place: the speaker for an unnamed source, another party of the sentence for an unnamed target."""
    source, target, certainty = roles.source, roles.target, roles.certainty
    if source is None:
        others = [p for p in sentence.parties if target is None or p.code != target.code]
        source = next((p for p in others if not p.mark), others[0] if others else None)
        certainty = min(certainty, 0.6)
    if target is None and source is not None:
        target = _other(sentence.parties, source)
        certainty = min(certainty, 0.75 if target else 0.6)
    return Roles(source, target, certainty)
