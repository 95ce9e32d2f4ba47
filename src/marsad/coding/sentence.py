"""One sentence laid open: its words, cues, triggers and parties by word position."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, Protocol

from marsad.coding.arabic_cues import meant
from marsad.coding.pashto import conditions, denials, told_threat
from marsad.coding.tokens import Token, tokenize
from marsad.coding.triggers import Trigger, cue_matcher, find_triggers
from marsad.domain.words import Language
from marsad.language.calendars import MONTHS
from marsad.language.script import fold

Mark = Literal["", "oblique", "place", "agent"]
_REACH = 5  # words between a preposition and the name it governs: "to the acting foreign minister of ..."
# "told Kabul to withdraw", «заявил протест»: a verb of saying that is part of an act is no mere saying.
_SPEECH_MAY_ACT = frozenset({Language.EN, Language.RU})
_SPEECH_REACH = 9  # words between a speaker and the verb of saying: "Mujahid, spokesman of ..., on Friday said"


class Mention(Protocol):
    """What the actor finder says of one name: offsets in the report's text, code, role, and whether it only reports."""

    @property
    def start(self) -> int:
        """Offset of the first character in the report's text."""
        ...

    @property
    def end(self) -> int:
        """Offset behind the last."""
        ...

    @property
    def code(self) -> str:
        """ISO 3166-1 alpha-3 or a group's code."""
        ...

    @property
    def role(self) -> str:
        """What acts for the party, or ""."""
        ...

    @property
    def kind(self) -> str:
        """``state``, ``igo``, ``group``, ``region``, ``place`` or ``outlet``."""
        ...

    @property
    def is_attribution(self) -> bool:
        """True if the mention only says who reports."""
        ...


@dataclass(frozen=True)
class Party:
    """One named party, by word positions; ``mark`` is how the sentence marks it (by preposition, case or place).

    ``is_joined`` tells the Arabic «و» written on to the name: «الرياض وأبوظبي».
    """

    start: int
    end: int
    code: str
    role: str | None
    is_attribution: bool
    mark: Mark = ""
    is_joined: bool = False


@dataclass(frozen=True)
class Sentence:
    """A sentence ready to be coded, ``start`` its offset in the report.

    ``cues`` holds, per cue name, the positions (first, last) where it stands; ``outlets`` the offsets of named media.
    """

    language: Language
    start: int
    text: str
    tokens: Sequence[Token]
    triggers: Sequence[Trigger]
    parties: Sequence[Party]
    outlets: Sequence[tuple[int, int]]
    cues: Mapping[str, Sequence[tuple[int, int]]]

    def has_cue(self, name: str, first: int, last: int) -> bool:
        """Tell whether a cue of that name lies wholly within positions ``first`` .. ``last``."""
        return any(first <= start and end <= last for start, end in self.cues.get(name, ()))

    def clause(self, position: int) -> tuple[int, int]:
        """Return the first and last position of the clause round a word: parted by punctuation or a conjunction."""
        boundaries = {start for start, _ in self.cues.get("boundary", ())}
        first = position
        while first > 0 and not self.tokens[first].is_after_break and first not in boundaries:
            first -= 1
        last = position
        while last + 1 < len(self.tokens) and not self.tokens[last + 1].is_after_break and last + 1 not in boundaries:
            last += 1
        return first, last


def open_sentence(
    text: str, start: int, end: int, language: Language, mentions: Sequence[Mention], *, keep_named: bool = False
) -> Sentence:
    """Lay open ``text[start:end]``.

    Args:
        text: the report's whole text.
        start: offset of the sentence.
        end: offset behind it.
        language: of the text.
        mentions: actors of the whole text; those of other sentences are passed over.
        keep_named: a trigger inside a name counts too; for spans given from outside, which may be whole phrases.
    """
    tokens = tokenize(text, start, end)
    inside = [mention for mention in mentions if mention.start < end and mention.end > start]
    matched = cue_matcher(language).find(tokens)
    void = {word for cue in matched if cue.pattern.event_type.startswith(_VOID) for word in cue.words}
    in_names = _positions(tokens, inside)
    void |= in_names  # «Ли Чжэ Мён» asks nothing, Theresa May may nothing
    found: dict[str, list[tuple[int, int]]] = {}
    for cue in matched:
        name = cue.pattern.event_type.removesuffix("_phrases")
        if cue.start not in void or name not in _OF_STATUS:
            found.setdefault(name, []).append((cue.start, cue.end))
    if language is Language.AR and "after" in found:
        found["after"] = [span for span in found["after"] if not _measures_time(tokens, span[1])]
    if language is Language.PS:
        found["negation"] = denials(tokens, found.get("negation", ()))
        found["condition"] = conditions(tokens, found.get("condition", ()))
    cues = found
    if language is Language.AR:
        kept = meant(found, tokens, set() if keep_named else in_names)
        cues = {name: list(spans) for name, spans in kept.items()}
    # «نیروهای پشتیبانی سریع ... حمله کردند» supports nobody, «برنامه جهانی غذا» gives no food
    is_closed = language in {Language.FA, Language.PS} and not keep_named
    closed = _positions(tokens, [each for each in inside if each.kind in {"igo", "group"}]) if is_closed else set()
    is_play = not keep_named and "play" in cues  # sport, stage and market fight and fall in the words of war
    triggers = [] if is_play else find_triggers(tokens, language, closed)
    if language is Language.PS and not is_play and (threat := told_threat(tokens, in_names)):
        triggers = sorted([*triggers, threat], key=lambda each: each.words)
    bare = Sentence(language, start, text[start:end], tokens, triggers, (), (), cues)
    outlets = tuple((mention.start, mention.end) for mention in inside if mention.kind == "outlet")
    parties = _with_speakers(bare, _parties(bare, text, [each for each in inside if each.kind != "outlet"]))
    named = {position for party in parties for position in range(party.start, party.end + 1)}
    bodies = _positions(tokens, [each for each in inside if each.kind == "igo"])  # "Treaty Organization" signs nothing
    if language is Language.AR and not keep_named and any(token.text in _SPORT for token in tokens):
        triggers = []  # «هاجم المنتخب مرمى ضيفه»: only the words look like acts
    elif not keep_named:
        triggers = [t for t in triggers if not (named if t.is_verb else bodies).issuperset(t.words)]
        figurative = _figurative(cues)
        triggers = [t for t in triggers if t.pattern.event_type not in figurative]
    if language is Language.RU:
        _drop_asides(cues, tokens, triggers)
        if not triggers:
            _drop_later_parts(cues, tokens, text, parties)
    return Sentence(language, start, text[start:end], tokens, triggers, parties, outlets, cues)


_VOID = "void"  # set phrases inside which a cue is none: «тем не менее», «хотя бы»
_OF_STATUS = frozenset({"negation", "modal", "condition", "unless", "recommendation"})
_GERUNDS = ("вшись", "ясь", "ая", "уя", "ея", "ив", "ав", "яв")


def _drop_asides(cues: dict[str, list[tuple[int, int]]], tokens: Sequence[Token], triggers: Sequence[Trigger]) -> None:
    """Drop the Russian cues that deny no act, and «Пока» at the head, which says when."""
    cues["negation"] = [span for span in cues.get("negation", ()) if not _is_aside(tokens, triggers, span)]
    cues["unless"] = [span for span in cues.get("unless", ()) if span[0] > 0]


def _drop_later_parts(
    cues: dict[str, list[tuple[int, int]]], tokens: Sequence[Token], text: str, parties: Sequence[Party]
) -> None:
    """Drop what denies only behind a semicolon: «... выстроили войска у границы; Кабул не ответил»."""
    ends = (at for at in range(1, len(tokens)) if ";" in text[tokens[at - 1].end : tokens[at].start])
    part = next(ends, len(tokens))
    named = {party.code for party in parties if party.end < part}
    denies_all = any(token.text == "нет" for token in tokens[part:])  # «...; подтверждений нет»
    if (
        len(named) > 1
        and not denies_all
        and not any(start < part for name in _OF_STATUS for start, _ in cues.get(name, ()))
    ):
        for name in _OF_STATUS:
            cues.pop(name, None)


def _is_aside(tokens: Sequence[Token], triggers: Sequence[Trigger], span: tuple[int, int]) -> bool:
    """Tell a Russian negation that denies no act: «без досмотра», «не дав им уйти», unless an act stands behind it."""
    first, last = span
    if first != last or first + 1 >= len(tokens):
        return False
    if tokens[first].text == "без":
        return not any(first < trigger.start <= first + 3 for trigger in triggers)
    after = tokens[first + 1].text
    is_gerund = tokens[first].text == "не" and len(after) > 2 and after.endswith(_GERUNDS)
    return is_gerund and not any(first in trigger.words or 0 < trigger.start - first <= 2 for trigger in triggers)


_SPORT = frozenset(
    [
        "مباراه",
        "المباراه",
        "مرمى",
        "المرمى",
        "شباک",
        "الشباک",
        "رکلات",
        "الرکلات",
        "الدوری",
        "کاس",
        "الکاس",
        "الشوط",
        "لاعب",
        "اللاعب",
        "لاعبه",
        "اللاعبه",
        "لاعبو",
        "اللاعبو",
        "لاعبی",
        "اللاعبی",
        "لاعبون",
        "اللاعبون",
        "لاعبین",
        "اللاعبین",
        "المهاجم",
        "هداف",
        "الهداف",
    ]
)
_TIMES = ("ایام", "ساع", "اشهر", "اسابیع", "اسبوع", "یوم", "شهر", "عام", "سنوات", "سنه", "دقایق", "عقود", "قلیل")


def _measures_time(tokens: Sequence[Token], at: int) -> bool:
    """Tell «بعد ثلاثة أيام» from «بعد الهجوم»: the first says when, the second names an occasion."""
    return any(token.text.removeprefix("ب").startswith(_TIMES) for token in tokens[at + 1 : at + 3])


# Of sport, markets and art the press tells in words of war; of nature it says "struck".
_OF_PLAY = frozenset(["ASSAULT", "RETREAT", "CONCEDE", "COERCE", "MOBILIZE", "THREATEN", "PROTEST"])
_OF_NATURE = frozenset({"ASSAULT"})


def _figurative(cues: Mapping[str, Sequence[tuple[int, int]]]) -> frozenset[str]:
    """Return the kinds of acts that are a manner of speaking in a sentence on sport, markets, art or nature."""
    if "sport_art" in cues:
        return _OF_PLAY
    return _OF_NATURE if "nature" in cues else frozenset()


def _positions(tokens: Sequence[Token], mentions: Sequence[Mention]) -> set[int]:
    return {i for m in mentions for i, token in enumerate(tokens) if token.start < m.end and token.end > m.start}


def _parties(sentence: Sentence, text: str, mentions: Sequence[Mention]) -> tuple[Party, ...]:
    parties: list[Party] = []
    taken = {word for trigger in sentence.triggers for word in trigger.words if trigger.is_verb}
    named = _positions(sentence.tokens, mentions)
    taken |= {start for name in ("boundary", "speech") for start, _ in sentence.cues.get(name, ())}
    for mention in sorted(mentions, key=lambda each: (each.start, -each.end)):
        words = [i for i, t in enumerate(sentence.tokens) if t.start < mention.end and t.end > mention.start]
        if not words:
            continue
        first, last = words[0], words[-1]
        mark = _mark(sentence, text, words, mention, {p.end for p in parties} | taken, named)
        if mention.kind == "place" and mark != "agent":
            mark = "place"
        clitic = text[sentence.tokens[first].start : mention.start] if sentence.language is Language.AR else ""
        is_joined = clitic.startswith("و")
        party = Party(first, last, mention.code, mention.role or None, mention.is_attribution, mark, is_joined)
        if parties and _is_same_name(parties[-1], party, taken):
            parties[-1] = _joined(parties[-1], party)
        elif parties and _is_whose(sentence, parties[-1], party):
            known = party if parties[-1].code == "UNK" else parties[-1]
            parties[-1] = replace(known, start=parties[-1].start, end=party.end, mark=parties[-1].mark)
        else:
            parties.append(party)
    return tuple(parties)


def _with_speakers(sentence: Sentence, parties: Sequence[Party]) -> tuple[Party, ...]:
    """Mark who only says so: "Mujahid said that", «قال مجاهد إن», «сообщил Кабулов», «مجاهد گفت»."""
    return tuple(replace(p, is_attribution=True) if _speaks(sentence, p, parties) else p for p in parties)


def _speaks(sentence: Sentence, party: Party, parties: Sequence[Party]) -> bool:
    if party.mark == "place":
        return False
    breaks = {at for at, token in enumerate(sentence.tokens) if token.is_after_break}
    for _, end in sentence.cues.get("reporter", ()):
        if 0 < party.start - end <= 3 and not breaks & set(range(end + 1, party.start + 1)):
            return True
    verbs = {start for start, _ in sentence.cues.get("speech", ())}
    if sentence.language in {Language.FA, Language.PS}:  # «ممنوع اعلام کرد», «ملاتړ اعلان کړ»: an act's own verb
        verbs -= {at for trigger in sentence.triggers if trigger.is_verb for at in trigger.words}
    if sentence.language in _SPEECH_MAY_ACT:
        verbs -= {word for t in sentence.triggers if t.is_verb and len(t.words) > 1 for word in t.words}
    stops = {t.start for t in sentence.triggers if t.is_verb} | {p.start for p in parties if p != party and not p.mark}
    stops |= {start for start, _ in sentence.cues.get("boundary", ())}
    for at in range(party.end + 1, min(party.end + _SPEECH_REACH, len(sentence.tokens))):
        if at in verbs:
            return sentence.language is not Language.AR
        if at in stops:
            break
    first = next((at for at in range(party.start - 1, max(-1, party.start - 6), -1) if at in verbs | stops), None)
    if first is None or first not in verbs:
        return False
    # "..., said Mujahid": elsewhere than in Arabic the verb comes first only behind what was said
    if sentence.language in {Language.FA, Language.PS}:  # «عراقچی، وزیر خارجه ایران، گفت حکومت طالبان ...»
        return False
    return sentence.language is Language.AR or sentence.tokens[first].is_after_break


@cache
def _months(language: Language) -> frozenset[str]:
    return frozenset(fold(name) for name in MONTHS[language])


def _is_same_name(before: Party, after: Party, taken: set[int]) -> bool:
    """Tell one party named twice in a row: "Pakistani Defence Minister Asif", not "in Moscow Shoigu"."""
    if before.mark == "place":
        return False
    between = set(range(before.end + 1, after.start))
    return before.code == after.code and not after.mark and len(between) <= 4 and not between & taken


def _is_whose(sentence: Sentence, before: Party, after: Party) -> bool:
    """Tell whose the attacker is, in Persian and Pashto: «مهاجم انتحاری داعش», «د داعش یوه برید کوونکي»."""
    if {before.code, after.code} & {"UNK"} == set() or before.code == after.code:
        return False
    between = sentence.tokens[before.end + 1 : after.start + 1]
    if any(token.is_after_break or token.text in {"و", "او", "را"} for token in between):
        return False
    if sentence.language is Language.FA:
        return before.code == "UNK" and not after.mark and len(between) <= 1
    if sentence.language is Language.PS:
        is_genitive = before.start > 0 and sentence.tokens[before.start - 1].text == "د"
        return after.code == "UNK" and is_genitive and not before.mark and len(between) <= 3
    return False


def _joined(before: Party, after: Party) -> Party:
    role = after.role if after.role not in {None, "GOV"} else before.role or after.role
    spoken = before.is_attribution or after.is_attribution
    return replace(before, end=after.end, role=role, is_attribution=spoken)


def _mark(sentence: Sentence, text: str, words: list[int], mention: Mention, stops: set[int], named: set[int]) -> Mark:
    first, last = words[0], words[-1]
    tokens = sentence.tokens
    if sentence.language is Language.AR:
        clitic = text[tokens[first].start : mention.start].strip("وف")
        word = tokens[first].text
        if clitic.startswith("ب") or (mention.start == tokens[first].start and word.startswith("بال")):
            return "place"
        if clitic.startswith("ل") or word.startswith("لل"):
            return "oblique"
    if first > 0 and tokens[first].text in _ON_BEHALF and tokens[first - 1].text == "از":
        return "agent"  # «از جانب پکن»: elsewhere «جانب پاکستان» is the party itself
    for name, mark in (("agent_after", "agent"), ("locative_after", "place"), ("oblique_after", "oblique")):
        if sentence.has_cue(name, last + 1, last + 3) and _is_postposed(sentence, words, name, named):
            return mark  # type: ignore[return-value]
    starts = {name: dict(sentence.cues.get(name, ())) for name in ("agent", "locative", "oblique")}
    boundaries = {start for start, _ in sentence.cues.get("boundary", ())}
    boundaries |= {at for at in range(first) if tokens[at].text in _months(sentence.language)}  # "in late May Shoigu"
    at = first - 1
    while at >= 0 and first - at <= _REACH and at not in stops | boundaries and not tokens[at].text.isdigit():
        for name, mark in (("agent", "agent"), ("locative", "place"), ("oblique", "oblique")):
            if at in starts[name].values():
                return mark  # type: ignore[return-value]
        if tokens[at + 1].is_after_break:
            break
        at -= 1
    return ""


_ON_BEHALF = frozenset(["جانب", "طرف"])  # Persian nouns for a side, which close the preposition of a doer
_OPENING = frozenset(["له", "په", "پر", "تر"])  # Pashto prepositions, which a postposition closes


def _is_postposed(sentence: Sentence, words: Sequence[int], name: str, named: set[int]) -> bool:
    """Tell that the Pashto postposition behind a name is its own: «له X سره», not «د ایران پولیسو په ورامین کې»."""
    first, last = words[0], words[-1]
    start = min(start for start, end in sentence.cues[name] if last < start and end <= last + 3)
    between = [sentence.tokens[at] for at in range(last + 1, start)]
    if any(token.is_after_break for token in between) or named & set(range(last + 1, start)):
        return False
    opened = any(token.text in _OPENING for token in between)
    if opened:  # «د افغانستان له خلکو سره» is with Afghanistan's people
        return first == last and first > 0 and sentence.tokens[first - 1].text == "د" and name == "oblique_after"
    if name == "locative_after":
        return any(sentence.tokens[at].text == "په" for at in range(max(0, first - 4), first))
    return True
