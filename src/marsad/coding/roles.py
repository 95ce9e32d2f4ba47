"""Who did it to whom: source and target of a trigger by the structure of the sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise, product

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
    mediators = _mediators(sentence) if sentence.language in _VERB_LAST else []
    if mediators and pattern.mode != "mediation":
        parties = [party for party in parties if party not in mediators] or parties
    elif mediators and not trigger.is_verb and (between := [p for p in parties if p not in mediators]):
        return Roles(mediators[0], between[0], 0.95)
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
    elif pattern.mode == "visit" and (visit := _visit(parties, trigger)) is not None:
        roles = visit
    elif is_mutual(pattern.event_type, pattern.mode):
        closes = trigger.end if sentence.language in _VERB_LAST and trigger.is_verb else start
        roles = _mutual(sentence, parties, closes)
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
        roles = _of_final_verb(sentence, parties, trigger)
    elif sentence.language is Language.AR:
        roles = _of_first_verb(sentence, parties, start, trigger)
    else:
        roles = _of_middle_verb(sentence, parties, start, trigger)
    has_agent = _agent(sentence, parties, trigger) is not None
    if (pattern.is_reversed and not has_agent) or _is_passive(sentence, trigger):
        roles = replace(roles, source=roles.target, target=roles.source)
    return _completed(sentence, roles, pattern.event_type)


def _mediators(sentence: Sentence) -> list[Party]:
    """Return who mediated by the way: «با میانجی‌گری قطر و ترکیه», «د قطر په منځګړیتوب»."""
    named = [p for p in sentence.parties if _is_mediator(sentence, p)]
    return [p for head in named[:1] for p in _coordinates(sentence, head)]


def _is_mediator(sentence: Sentence, party: Party) -> bool:
    if sentence.language is Language.PS:
        behind = [token.text for token in sentence.tokens[party.end + 1 : party.end + 3]]
        return len(behind) == 2 and behind[0] == "په" and behind[1].startswith("منځگړ")
    before = [token.text for token in sentence.tokens[max(0, party.start - 3) : party.start]]
    return any(one in {"به", "با"} and other.startswith("میانجی") for one, other in pairwise(before)) or (
        len(before) > 1 and before[-2:] in (["با", "وساطت"], ["به", "وساطت"])
    )


def coordinated(sentence: Sentence, roles: Roles, trigger: Trigger) -> list[Roles]:
    """Write out the pairs of coordinated parties: «ایران، ترکیه و یوناما ... را تقبیح کردند» are three acts."""
    source, target = roles.source, roles.target
    if source is None or target is None:
        return [roles]
    sources, targets = _coordinates(sentence, source), _coordinates(sentence, target)
    is_both = is_mutual(trigger.pattern.event_type, trigger.pattern.mode) and trigger.pattern.mode != "mediation"
    if is_both and source.code in {p.code for p in targets}:
        sources = targets
    if target in sources:
        if is_both:
            pairs = list(combinations(sources, 2))
        else:
            outside = [p for p in sentence.parties if p not in sources and not p.is_attribution]
            others = [p for p in outside if p.code not in {q.code for q in sources}]
            pairs = [(p, others[0]) for p in sources] if others else [(source, target)]
    else:
        pairs = [(p, q) for p in sources for q in targets]
    pairs = [(p, q) for p, q in pairs if p.code != q.code] or [(source, target)]
    return [Roles(p, q, roles.certainty) for p, q in dict.fromkeys(pairs)]


def _coordinates(sentence: Sentence, party: Party) -> list[Party]:
    """Return the enumeration a party stands in, in order: commas and «و», «او» between, codes all different."""
    parties = [p for p in sentence.parties if not p.is_attribution]
    if party not in parties:
        return [party]
    first = last = parties.index(party)
    before, after = "", ""  # how the enumeration is joined at its two ends: behind its "and" it goes on with no comma
    while first > 0 and (join := _join(sentence, parties[first - 1], parties[first])):
        if join == "and" and before == "comma":
            break
        first, before, after = first - 1, join, after or join
    while last + 1 < len(parties) and (join := _join(sentence, parties[last], parties[last + 1])):
        if join == "comma" and after == "and":
            break
        last, after = last + 1, join
    found = parties[first : last + 1]
    return found if len({p.code for p in found}) == len(found) else [party]


def _join(sentence: Sentence, one: Party, other: Party) -> str:
    between = [token.text for token in sentence.tokens[one.end + 1 : other.start]]
    if between:
        return "and" if between in (["و"], ["او"], ["او", "د"]) else ""
    return "comma" if sentence.tokens[other.start].is_after_break else ""


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


def _visit(parties: Sequence[Party], trigger: Trigger) -> Roles | None:
    """Who goes, and where to: a place is the target here."""
    goes = next((p for p in parties if p.mark != "place"), None)
    if goes is None:
        return None
    inside = [p for p in parties if trigger.start < p.start < trigger.end and p.code != goes.code]
    if inside:  # «رهسپار هند شد»
        return Roles(goes, inside[-1], 0.95)
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
        marked = [party for party in marked if not _speaks_of(sentence, parties, party, trigger)]
    if sentence.language in _VERB_LAST and not _admits_agent(sentence, trigger):
        # no verb closes a headline: «تقاضای دیدار از سوی باکو»
        marked = [party for party in marked if party.start > trigger.end]
    if not marked:
        return None
    nearest = min(marked, key=lambda party: abs(party.start - trigger.end))
    return nearest if abs(nearest.start - trigger.end) <= 14 else None


def _speaks_of(sentence: Sentence, parties: Sequence[Party], by: Party, trigger: Trigger) -> bool:
    """Tell an active verb of speech: in "Berlin decried the hanging of a priest by Iran" the deed is Iran's."""
    if trigger.pattern.event_type not in SPOKEN or not trigger.is_verb or by.start <= trigger.end:
        return False
    before = {token.text for token in sentence.tokens[max(0, trigger.start - 3) : trigger.start]}
    if before & _BE or sentence.tokens[trigger.end + 1].text == "by":
        return False
    return any(party.end < trigger.start and not party.mark for party in parties)


_WANTING = frozenset(["خواستار", "خواهان"])


def _admits_agent(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell a passive or a noun: in «نسبت به اخراج از سوی اسلام‌آباد ابراز نگرانی کرد» the agent is the noun's."""
    if not trigger.is_verb or trigger.pattern.event_type == "ASSAULT":
        return True  # «بمباران ... توسط پاکستان ده تن را کشت»
    words = {sentence.tokens[at].text for at in trigger.words}
    if words & _WANTING:
        return False
    is_suffering = any(word.startswith("گرفت") for word in words)
    return is_suffering or sentence.has_cue("passive", trigger.start, trigger.end + 2)


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


def _of_final_verb(sentence: Sentence, parties: Sequence[Party], trigger: Trigger) -> Roles:
    """Persian and Pashto: the subject opens the clause, the verb closes it."""
    before = [p for p in parties if p.start <= trigger.end]
    pool = before or list(parties)
    if sentence.language is Language.FA:
        return _of_persian_verb(sentence, pool, parties, trigger)
    subject = next((p for p in pool if not p.mark), pool[0] if pool else None)
    if subject is None:
        return Roles(None, None, 0.3)
    others = [p for p in pool if p.code != subject.code] or [p for p in parties if p.code != subject.code]
    bare = [p for p in others if not p.mark and sentence.tokens[max(0, p.start - 1)].text != "د"]
    target = next((p for p in others if p.mark == "oblique"), None) or next(iter(bare or others[-1:]), None)
    return Roles(subject, target, 1.0 if target else 0.7)


# The Persian prepositions that mark the party addressed or struck, the likeliest first, where «را» marks no object.
_PERSIAN_OBLIQUES: Mapping[str, Sequence[str]] = {
    "REQUEST": ("از", "به", "بر", "خطاب"),
    "ACCUSE": ("از", "علیه", "به", "بر"),
    "SUPPORT": ("از", "به", "با", "برای"),
    "CONCEDE": ("از", "به", "با", "علیه", "بر"),
    "THREATEN": ("به", "علیه", "برای", "بر", "برابر"),
    "REJECT": (),
    "AID": ("به", "برای", "در"),
    "COOPERATE": ("به", "با", "از"),
    "ASSAULT": ("بر", "به", "علیه", "با", "در"),
    "SANCTION": ("علیه", "با", "به", "از", "بر"),
    "RETREAT": ("از", "به", "با"),
    "MOBILIZE": ("برابر", "مقابل", "با", "مرز", "علیه", "به"),
}
# Acts that hand something over: the object is the thing, the party stands behind a preposition.
_HANDED_OVER = frozenset({"AID", "COOPERATE", "MOBILIZE", "AGREE", "CONSULT"})
_PREPOSITIONS = frozenset(["از", "به", "با", "بر", "علیه", "برای", "در", "برابر", "مقابل", "مرز", "خطاب", "میان"])


def _of_persian_verb(sentence: Sentence, pool: Sequence[Party], parties: Sequence[Party], trigger: Trigger) -> Roles:
    """Read «کابل درخواست اسلام‌آباد برای ... را نپذیرفت»: the subject first, the object up to «را», then obliques."""
    opening = max(
        (t.end + 1 for t in sentence.triggers if t.end < trigger.start and _ends_clause(sentence, t)), default=0
    )
    own = [p for p in pool if p.start >= opening]
    behind_first = range(own[0].end + 1, trigger.end + 1) if own else range(0)
    marker = next((at for at in behind_first if sentence.tokens[at].text == "را"), None)
    earlier = next((p for p in pool if p.start < opening and not p.mark), None)
    subject = next((p for p in own if not p.mark), None)
    if subject is not None and marker is not None and earlier is not None:
        before_marker = [p for p in own if p.end < marker and not p.mark]
        if len({p.code for p in before_marker}) < 2 and subject in before_marker:
            subject = earlier  # «... رد کرد و کابل را تهدید کرد»: the clause before has the subject
    if marker is not None and _is_seated(sentence, own, opening, marker):
        subject = own[0]
    subject = subject or earlier or (pool[0] if pool else None)
    if subject is None:
        return Roles(None, None, 0.3)
    others = [p for p in own if p.code != subject.code]
    others = others or [p for p in pool if p.code != subject.code] or [p for p in parties if p.code != subject.code]
    return Roles(subject, *_persian_target(sentence, subject, others, marker, trigger))


def _ends_clause(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell a finite verb from «به رسمیت شناختن ...», «در برابر خواست کی‌یف»: a conjunction or a break follows it."""
    behind = trigger.end + 1
    if not trigger.is_verb or behind >= len(sentence.tokens):
        return False
    return sentence.tokens[behind].is_after_break or sentence.tokens[behind].text in _CONJUNCTIONS


_CONJUNCTIONS = frozenset(["و", "که", "اما", "ولی", "تا", "ولی"])


def _is_seated(sentence: Sentence, own: Sequence[Party], opening: int, marker: int) -> bool:
    """Tell «دادگاهی در مسکو یک خبرنگار امریکایی را»: a head noun with its place acts, the bare name is the object."""
    if len(own) < 2 or own[0].mark != "place" or own[1].end > marker:
        return False
    return 1 < own[0].start - opening <= 3 and sentence.tokens[opening].text != "در"


def _persian_target(
    sentence: Sentence, subject: Party, others: Sequence[Party], marker: int | None, trigger: Trigger
) -> tuple[Party | None, float]:
    if not others:
        return None, 0.7
    kind = trigger.pattern.event_type
    objects = [p for p in others if marker is not None and subject.end < p.start and p.end < marker]
    if objects and kind not in _HANDED_OVER:
        return next((p for p in objects if p.mark != "place"), None) or next(
            (p for p in others if p not in objects and p.mark == "oblique"), objects[0]
        ), 1.0
    by_preposition = {_preposition(sentence, p): p for p in reversed(others)}
    behind = [p for p in others if marker is not None and p.start > marker]
    for preposition in _PERSIAN_OBLIQUES.get(kind, ()):
        found = by_preposition.get(preposition)
        if found is not None and (not behind or found in behind):
            return found, 1.0
    if kind == "REJECT":
        return others[0], 1.0
    return next((p for p in others if p.mark == "oblique"), None) or others[-1], 1.0


def _preposition(sentence: Sentence, party: Party) -> str:
    """Return the nearest Persian preposition before a party, or ""."""
    for at in range(party.start - 1, max(-1, party.start - 5), -1):
        if sentence.tokens[at].text in _PREPOSITIONS:
            return sentence.tokens[at].text
        if sentence.tokens[at].text == "را" or sentence.tokens[at + 1].is_after_break:
            break
    return ""


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
        "ما",  # «ما لا يقل عن»
        "نحو",
        "حوالی",
        "اکثر",
        "عدد",
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
        victim = min(after, key=lambda p: (_is_land(p), p.start), default=None)
        return Roles(attacker, victim, 0.9 if attacker and victim else 0.8) if victim else None
    end = len(sentence.tokens)
    if _is_cause(sentence, trigger.start):  # the attack itself is the trigger: who was killed in it stands before
        killed = next((at for at in range(trigger.start - 1, -1, -1) if _is_suffered(sentence, at)), None)
        cause = trigger.start
    else:
        killed = trigger.start if _is_suffered(sentence, trigger.start) else None
        cause = next((at for at in range(trigger.start + 1, end) if _is_cause(sentence, at)), end)
    if killed is None:
        return None
    attacker = _attacker(parties, cause, end) if cause < end else None
    others = [p for p in parties if p != attacker]
    victim = next((p for p in others if killed < p.start < cause and not _is_land(p)), None)
    victim = victim or next((p for p in reversed(others) if 0 < killed - p.end <= 2 and not p.mark), None)
    struck = next((at for at in range(cause, end) if sentence.tokens[at].text.startswith(_STRIKES)), end)
    victim = victim or next((p for p in others if p.start > struck and not _is_land(p)), None)
    victim = victim or next((p for p in others if _is_land(p)), None)
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
    return next((p for p in parties if attack < p.start < end and p.start - attack <= 4 and not _is_land(p)), None)


def _is_land(party: Party) -> bool:
    """Tell «في بغداد» from «في الجيش العراقي», «في هجوم انتحاري»: both stand after «في», only the first is where."""
    return party.mark == "place" and party.role is None


def _is_suffered(sentence: Sentence, at: int) -> bool:
    """Tell «قُتل» from «قتل»: a count, a person or a preposition follows it, or the form itself says so."""
    text = sentence.tokens[at].text.lstrip("وف")
    if not text.removeprefix("ب").startswith(_KILLED):
        return False
    if text.startswith(_SUFFERED) or _has_passive_vowel(sentence, at):
        return True
    if at + 1 >= len(sentence.tokens):
        return False
    after = sentence.tokens[at + 1].text
    is_masculine = not text.endswith("ت")
    is_nominative = after.endswith(("ان", "ون")) and not after.startswith("ال")  # «قتل عراقيان», «قتل مدنيون»
    return is_masculine and (
        after[0].isdigit() or is_nominative or after in _COUNTED | _CAUSED or after.startswith("وا")
    )


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
# Whose troops leave, whose border or mission is shut, did so himself: «قونسلگری تاجیکستان در ... مسدود شد».
_BY_THE_OWNER = frozenset({"withdraw", "close_mission", "close_border", "reopen_border"})


def _is_passive(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell a passive without an agent: what stands as subject suffers the act."""
    if not trigger.is_verb or any(p.mark == "agent" for p in sentence.parties):
        return False  # with an agent the parties are told apart already
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
        is_done_to = trigger.pattern.event_type in _DONE_TO and trigger.pattern.mode not in _BY_THE_OWNER
        return is_done_to and sentence.has_cue("passive", trigger.end, trigger.end + 2)
    return trigger.pattern.event_type in _DONE_TO and _has_passive_vowel(sentence, trigger.start)


def _has_passive_vowel(sentence: Sentence, at: int) -> bool:
    """Tell an Arabic passive by the vowel writers set on it: «قُتل», «رُحّل», «استُدعي»; «يُجري» may be active."""
    token = sentence.tokens[at]
    written = sentence.text[token.start - sentence.start : token.end - sentence.start].removeprefix("و")
    return "\u064f" in written[:4] and token.text.removeprefix("و")[0] not in "یتن"


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
