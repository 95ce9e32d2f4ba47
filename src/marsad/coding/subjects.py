"""Who acts by a verb in English and Russian: a shallow reading of the clause.

The subject is looked for where the clause's form puts it: before the verb; before the relative pronoun; with the verb
that "and" joins on; in the main clause for a participle or gerund; behind the verb where Russian inverts.
"""

import re
from collections.abc import Iterable, Sequence

from marsad.coding.cases import is_instrumental, is_oblique
from marsad.coding.readings import russian_participle
from marsad.coding.sentence import Party, Sentence
from marsad.coding.triggers import Trigger
from marsad.domain.words import Language

# Acts done by speaking: who says so is who does so.
SPOKEN = frozenset({"ACCUSE", "THREATEN", "REQUEST", "REJECT", "SUPPORT", "CONCEDE", "AGREE"})
_WHO = frozenset(["which", "who", "that", "который", "которая", "которое", "которые"])
_JOINS = frozenset(["and", "и"])
_GERUND = re.compile(r"\w{3,}(?:[иаяеыу]в|вшись|вши|[ауюя]я|ясь)$")
_SHORT_PASSIVE = re.compile(
    r"(?:\w{2}[аяе]н|(?:взя|сня|приня|заня|изъя|кры|уби|изби|разби|отвергну|достигну|сверну)т)(?:а|о|ы)?$"
)
_STATES = re.compile(r"^(?:обеспокоен|озабочен|возмущен|встревожен|намерен|уверен|благодарен|недоволен)")
_PARTICIPLE_PASSIVE = re.compile(r"(?:нн|т|ем|им)(?:ый|ая|ое|ые|ого|ой|ому|ым|ом|ых|ыми|ую)$")


def subject_of(sentence: Sentence, parties: Sequence[Party], start: int, trigger: Trigger) -> Party | None:
    """Return the party that acts by an active verb, or None.

    Args:
        sentence: laid open.
        parties: those that may act.
        start: position where the predicate begins.
        trigger: told by a verb, or carried by one.
    """
    first, last = sentence.clause(start)
    before = [p for p in parties if p.end < _shared_subject_end(sentence, start)]
    named = next((p for p in parties if p.start <= start <= p.end and not p.mark), None)
    if named is not None:  # "Emirati diplomats returned"
        return named
    if _is_gerund(sentence, start):
        return _main_subject(sentence, parties, first, last)
    if trigger.pattern.event_type in SPOKEN and is_joined(sentence, start):
        speaker = next((p for p in sentence.parties if p.is_attribution and not p.mark and p.end < start), None)
        if speaker is not None:  # "Asif wrote that patience was over and accused Kabul"
            return speaker
    free = [p for p in before if _may_act(sentence, p)]
    inside = [p for p in free if p.start >= first]
    if inside:
        return _first_coordinated(sentence, inside)
    if first > 0 and _opens_relative(sentence, first, start):
        antecedent = [p for p in parties if p.end < first]
        if antecedent and first - antecedent[-1].end <= _ANTECEDENT_REACH:
            return antecedent[-1]
    if sentence.language is Language.RU:
        behind = [p for p in parties if start < p.start <= last and _may_act(sentence, p)]
        if behind and not any(p.end >= first for p in free) and not is_joined(sentence, start):
            return behind[0]
    if free:
        return free[-1]
    return next((p for p in reversed(before) if p.mark != "place"), None)


_ANTECEDENT_REACH = 3  # words between a party and the pronoun that takes it up: "Yerevan's envoy, who"


def is_russian_passive(word: str) -> bool:
    """Tell a passive participle, short or long.

    >>> [is_russian_passive(word) for word in ("обстрелян", "захваченный", "обстрелял", "обеспокоен")]
    [True, True, False, False]
    """
    if _STATES.match(word):
        return False
    is_long = russian_participle(word) and _PARTICIPLE_PASSIVE.search(word) is not None
    return is_long or (len(word) > 4 and _SHORT_PASSIVE.search(word) is not None)


def russian_passive(
    sentence: Sentence, parties: Sequence[Party], trigger: Trigger
) -> tuple[Party | None, Party | None]:
    """Return doer and sufferer of a passive participle: «Тегеран обстрелян израильскими ракетами»."""
    first, last = sentence.clause(trigger.start)
    inside = [p for p in parties if first <= p.start <= last]
    doers = [p for p in inside if not p.mark and is_instrumental(_word(sentence, p))]
    doer = min(doers, key=lambda p: abs(p.start - trigger.end), default=None)
    reach = parties if sentence.tokens[trigger.start].is_after_break else inside
    sufferers = [p for p in reach if not p.mark and (doer is None or p.code != doer.code)]
    before = [p for p in sufferers if p.end < trigger.start]
    after = [p for p in sufferers if p.start > trigger.start]
    return doer, before[-1] if before else after[0] if after else None


def is_doer_of(sentence: Sentence, party: Party, trigger: Trigger) -> bool:
    """Tell whether "by" and a party belong to this trigger, and not to a participle nearer to them.

    "Russia vetoed a text drafted by Britain": Britain drafted.
    """
    by = next((at for at in range(party.start - 1, -1, -1) if sentence.tokens[at].text == "by"), None)
    if by is None or by < trigger.start:
        return by is not None
    return not any(_looks_done(sentence.tokens[at].text) for at in range(trigger.end + 1, by))


def _looks_done(word: str) -> bool:
    return len(word) > 3 and (word.endswith(("ed", "wn")) or word in {"held", "run", "led", "made", "put", "called"})


def _word(sentence: Sentence, party: Party) -> str:
    return sentence.tokens[party.start].text


def _may_act(sentence: Sentence, party: Party) -> bool:
    """Tell a party that no preposition governs and whose form allows a subject."""
    return not party.mark and not (sentence.language is Language.RU and is_oblique(_word(sentence, party)))


def _is_gerund(sentence: Sentence, start: int) -> bool:
    token = sentence.tokens[start]
    if sentence.language is Language.RU:
        return _GERUND.match(token.text) is not None
    before = sentence.tokens[start - 1].text if start else ""
    is_led = start == 0 or token.is_after_break or before in {"after", "before", "by", "while", "without", "when"}
    return token.text.endswith("ing") and is_led


def _main_subject(sentence: Sentence, parties: Sequence[Party], first: int, last: int) -> Party | None:
    """Of "accusing it of ..." the subject of the clause before, of "After shelling ..., Bangkok" that of the next."""
    free = [p for p in parties if _may_act(sentence, p)]
    before = [p for p in free if p.end < first]
    if before:
        return before[0]
    behind = [p for p in free if p.start > last]
    return behind[0] if behind else next((p for p in free if p.end < last), None)


def _opens_relative(sentence: Sentence, first: int, start: int) -> bool:
    return any(sentence.tokens[at].text in _WHO for at in range(first, min(first + 2, start)))


def is_joined(sentence: Sentence, start: int) -> bool:
    """Tell a predicate that "and" joins to one before it."""
    return any(token.text in _JOINS for token in sentence.tokens[max(0, start - 2) : start])


def _shared_subject_end(sentence: Sentence, start: int) -> int:
    """Position before which the subject stands: of "A praised B and asked C" the second verb shares the first one's."""
    if not sentence.has_cue("and", start - 2, start - 1):
        return start
    earlier = [t.start for t in sentence.triggers if t.is_verb and t.start < start]
    named_since = any(p.start == start - 1 for p in sentence.parties)
    return earlier[0] if earlier and not named_since else start


def _first_coordinated(sentence: Sentence, parties: Sequence[Party]) -> Party:
    """Of "A and B" the first named; otherwise the one nearest to the verb."""
    chosen = parties[-1]
    for party in reversed(parties[:-1]):
        between = sentence.tokens[party.end + 1 : chosen.start]
        if len(between) <= 2 and any(token.text in _JOINS for token in between):
            chosen = party
    return chosen


def listed_with(sentence: Sentence, party: Party, parties: Iterable[Party]) -> list[Party]:
    """Return the other parties of the enumeration in which ``party`` stands, in order."""
    ordered = sorted({p.start: p for p in [*parties, party]}.values(), key=lambda p: p.start)
    runs: list[list[Party]] = []
    for each in ordered:
        if runs and _is_next(sentence, runs[-1][-1], each):
            runs[-1].append(each)
        else:
            runs.append([each])
    own = next(run for run in runs if any(p.start == party.start for p in run))
    return [each for each in own if each.start != party.start]


def _is_next(sentence: Sentence, before: Party, after: Party) -> bool:
    between = sentence.tokens[before.end + 1 : after.start]
    is_joined = any(token.text in _JOINS for token in between) or sentence.tokens[after.start].is_after_break
    return is_joined and len(between) <= 2 and all(len(token.text) <= 3 for token in between)
