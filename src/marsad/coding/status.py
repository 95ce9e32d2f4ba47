"""What a sentence does: report, deny, judge, ask, recommend, refer, or tell of the past."""

import re
from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import pairwise

from marsad.coding.pashto import is_past
from marsad.coding.sentence import Sentence
from marsad.coding.tokens import forms, is_future_verb, verb_forms
from marsad.coding.triggers import Trigger
from marsad.domain.words import Language, Status
from marsad.language.calendars import MONTHS
from marsad.language.script import fold

_VERB_LAST = {Language.FA, Language.PS}
_THREATS_STAND = {
    *_VERB_LAST,
    Language.AR,
}  # «هدد بالتدخل إذا ...»: what is threatened is conditional, the threat is not
_NOUN_ENDINGS = ("tion", "ment", "ение", "ении", "ению", "ения", "ание", "ании", "анию", "ания")
_YEAR = re.compile(r"1[2-9]\d\d|20[0-4]\d")
_YEARS_READ = {Language.EN, Language.RU, Language.FA, Language.PS}
_SOLAR_TO_COMMON = 621  # 1403 of the Solar Hijri calendar begins in 2024
_IN_YEAR = frozenset({"in", "during"})
_MONTH_NAMES = frozenset(fold(name) for name in MONTHS[Language.EN])
_OLD_YEARS = 3  # an act of more years ago is history beside the news
_LATELY = 2020  # the year from which a report without a date counts back
_HEADLINE_START = 1  # a headline's subject stands first
_BEFORE = 6  # words within which "will", "not", «может» still govern the trigger


def trigger_status(sentence: Sentence, trigger: Trigger) -> Status:
    """Return whether the act of one trigger is told as done.

    ``judgement`` covers all that is not done yet: planned, possible, hoped for, conditional.
    """
    if is_question(sentence):
        return Status.QUESTION
    for name, status in (("negation", Status.NEGATED), ("modal", Status.JUDGEMENT)):
        if _governs(sentence, name, trigger):
            return status
    if sentence.language in _VERB_LAST and _is_long_past(sentence, trigger):
        return Status.BACKGROUND
    if _is_headline_future(sentence, trigger) or _is_wish(sentence, trigger):
        return Status.JUDGEMENT
    if sentence.language is Language.AR and (_is_future(sentence, trigger) or _is_subjunctive(sentence, trigger)):
        return Status.JUDGEMENT
    return Status.REPORTED


_WAS: dict[Language, frozenset[str]] = {
    Language.FA: frozenset(["بود", "بودند"]),
    Language.PS: frozenset(["و", "وه", "وو", "ول"]),
}


_WANTS, _FROM_WHOM = frozenset({"غواړی", "غواړو"}), frozenset({"له", "څخه", "نه"})
_PASHTO_CLITICS = frozenset({"یی", "مو", "می", "دی", "ده"})  # may stand between «نه» and its verb


def _is_wish(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell «غواړي» without «له»: who wants something of nobody asks nobody, it is a plan."""
    first, _ = sentence.clause(trigger.start)
    words = [token.text for token in sentence.tokens[first : trigger.start + 1]]
    return sentence.language is Language.PS and words[-1] in _WANTS and not _FROM_WHOM.intersection(words)


def _is_long_past(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell the pluperfect, in which Persian and Pashto news tell what was before: «برده بود», «شوی و»."""
    behind = next((at for at in (trigger.end + 1, trigger.end + 2) if _is_was(sentence, at)), None)
    if not trigger.is_verb or behind is None:
        return False
    before = sentence.tokens[behind - 1].text
    if sentence.language is Language.FA:
        return behind - 1 >= trigger.end and before.endswith("ه")
    return before in {"شوی", "کړی"} and behind == len(sentence.tokens) - 1


def _is_was(sentence: Sentence, at: int) -> bool:
    return at < len(sentence.tokens) and sentence.tokens[at].text in _WAS[sentence.language]


def _is_future(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell the future's «س» and «قد» before an imperfect, on the trigger or on the verb that leads to it."""
    first, _ = sentence.clause(trigger.start)
    named = {at for party in sentence.parties for at in range(party.start, party.end + 1)}
    texts = [token.text for token in sentence.tokens[first : trigger.start + 1]]
    is_own = trigger.pattern.event_type == "THREATEN"  # «ستدفعون الثمن»: the future is the threat
    if any(is_future_verb(text) for at, text in enumerate(texts, first) if at not in named and not is_own):
        return True
    if {text[0] for text in (texts[0], texts[-1])} & {"ی"}:  # «يصل غداً», «يوقّع ... الأسبوع المقبل»
        around = sentence.tokens[first : trigger.end + 1 + _BEFORE]
        if any(token.text in _TO_COME for token in around):
            return True
    own = trigger.pattern.slots[0].words[0].text
    return any(
        before in {"قد", "وقد", "فقد"}
        and (after.startswith("ی") or (after.startswith("ت") and not own.startswith("ت")))
        for before, after in pairwise(texts)
    )


_TO_COME = frozenset({"غدا", "المقبل", "المقبله", "القادم", "القادمه"})

# «أن يوقع», «بأن ينسحب»: what is hoped, planned, asked or denied; «بعد أن وقع» has happened.
_THAT = frozenset({"ان", "وان", "بان", "الا"})
_HAPPENED = frozenset({"بعد", "منذ", "بعدما", "دون", "اعلن", "اعلنت", "اکد", "اکدت"})


def _is_subjunctive(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell an Arabic verb in the imperfect right behind «أن»: its act is not told as done."""
    if not trigger.is_verb or trigger.start == 0:
        return False
    before = sentence.tokens[trigger.start - 1].text
    if any(party.start == trigger.start for party in sentence.parties):
        return False  # «أن فيصل تحدث»
    if before not in _THAT or (trigger.start > 1 and sentence.tokens[trigger.start - 2].text in _HAPPENED):
        return False
    return bool(verb_forms(sentence.tokens[trigger.start].text))


def is_question(sentence: Sentence) -> bool:
    """Tell whether the sentence closes with a question mark."""
    return sentence.text.rstrip(" \"'»”)").endswith(("?", "؟"))


def _governs(sentence: Sentence, name: str, trigger: Trigger) -> bool:
    """Tell whether a cue governs the trigger: it stands before it or, where the verb closes the clause, round it."""
    first, last = sentence.clause(trigger.start)
    inside = set(range(trigger.start, trigger.end + 1)) if len(trigger.words) > 1 else {trigger.start}
    reach_before = first if name == "modal" else max(first, trigger.start - _BEFORE)
    if sentence.language is Language.AR and name == "negation" and trigger.is_verb:
        reach_before = max(first, trigger.start - 2)  # «لم», «لا», «لن» stand right before the verb they deny
    is_noun = not trigger.is_verb or sentence.tokens[trigger.start].text.endswith(_NOUN_ENDINGS)
    if sentence.language in _VERB_LAST:
        # A verb's modal stands before it or closes it; behind it begins what is threatened, asked or promised.
        behind = trigger.end + 2 if trigger.is_verb else last
        if trigger.is_verb and trigger.pattern.event_type == "THREATEN":
            behind = trigger.start - 1
        reach_before, reach_after = (first, behind) if name == "modal" else (trigger.start - 1, trigger.end + 2)
        if sentence.language is Language.PS and name == "negation":
            if sentence.tokens[trigger.start - 1].text in _PASHTO_CLITICS:
                reach_before -= 1  # «نه یې رد کړ»
            if not trigger.is_verb:
                reach_after = last  # «د اوربند پر سر هوکړې ته ... نه دي رسېدلي»
    elif (is_noun and not (sentence.language is Language.AR and name == "negation")) or _is_infinitive(
        sentence, trigger
    ):
        reach_after = min(last, trigger.end + 8)
    else:
        reach_after = trigger.start - 1
    if sentence.language is Language.PS:
        if name == "modal" and trigger.is_verb and is_past(sentence.tokens[trigger.end].text):
            return _conditional(sentence, trigger)  # «د برید د پلان په تور ... ونیول»
        reach_after = min(reach_after, sentence.clause(trigger.end)[1])
    is_that_clause = sentence.language is Language.AR and sentence.tokens[first].text in _THAT
    own = set(trigger.words)
    is_complement = sentence.language in _VERB_LAST and sentence.tokens[first].text in {"که", "چی"}
    for start, end in sentence.cues.get(name, ()):
        if is_complement and name == "modal" and first - 2 <= end <= first and not own & {start, end}:
            return True  # «هیله لري چې ... لاسلیک کړي»: hoped, not done
        if end > start and name == "negation" and own & {start, end}:
            return True  # "declined to comment": the refusal itself is no act
        if name == "modal" and _is_told_in_the_past(sentence, trigger, start, end):
            continue
        if name == "negation" and _is_of_an_earlier_clause(sentence, trigger, end):
            continue
        if sentence.language is Language.RU and name == "negation" and _is_anothers(sentence, start, trigger):
            continue
        if start in own or end in own or (start in inside and trigger.is_verb and sentence.language not in _VERB_LAST):
            continue
        if reach_before <= start and end <= reach_after and not _has_verb_between(sentence, start, trigger):
            return True
        if is_that_clause and first - 4 <= start and end < first and (name == "modal" or end > start):
            return True  # «من المرجح أن», «ما من دليل على أن»
    return _conditional(sentence, trigger) if name == "modal" else False


# Persian words of intent, behind which stands a subjunctive; and the preterites they therefore do not govern.
_INTENTS = frozenset(["خواهد", "خواهند", "خواهیم", "نخواهد", "نخواهند", "امیدوار", "امیدوارند", "قصد", "پلان", "مصمم"])
_INTENTS |= frozenset(["بناست", "درصدد", "قرار", "وعده", "قول", "اینده", "فردا", "می", "تلاش", "هفته"])
_PRETERITES = frozenset(
    stem + ending
    for stem in ("کرد", "شد", "داد", "گفت", "خواست", "نمود", "گرفت", "زد", "بست", "رسید", "رفت", "خواند", "ساخت", "کشت")
    for ending in ("", "ند")
)


def _is_told_in_the_past(sentence: Sentence, trigger: Trigger, start: int, end: int) -> bool:
    """Tell a Persian preterite beside another verb's word of intent: «گفت می‌خواهد ... و دعوت را رد کرد».

    «خواهد کرد» is no preterite: there the word stands right before.
    """
    if sentence.language is not Language.FA or not trigger.is_verb:
        return False
    if sentence.tokens[trigger.end].text not in _PRETERITES or end == trigger.end - 1:
        return False
    return sentence.tokens[start].text in _INTENTS


def _is_of_an_earlier_clause(sentence: Sentence, trigger: Trigger, end: int) -> bool:
    """Tell a Persian denial that "and" parts from the trigger's own verb: «به گوش او نرفت و آن را رد کرد»."""
    is_inside = sentence.language is Language.FA and trigger.is_verb and trigger.start < end < trigger.end - 1
    return is_inside and sentence.tokens[end + 1].text == "و" and end not in trigger.words


_BESIDE_NOT = frozenset({"ни", "никаких", "никогда", "нельзя"})


def _is_anothers(sentence: Sentence, cue: int, trigger: Trigger) -> bool:
    """Tell a Russian negation that is not the trigger's: of the noun after «без», of a verb before «и», «ни» twice."""
    words = [token.text for token in sentence.tokens]
    if words[cue] == "без":
        is_noun = not trigger.is_verb or words[trigger.start].endswith(_NOUN_ENDINGS)
        return not is_noun or not cue < trigger.start <= cue + 3
    if words[cue] in _BESIDE_NOT:
        return any(words[at] == "не" for at in trigger.words)  # «ни пяди не отдадим»: the refusal is the act
    is_finite = trigger.is_verb and not _is_infinitive(sentence, trigger)
    return words[cue] == "не" and is_finite and "и" in words[cue + 1 : trigger.start]


def _is_infinitive(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell a Russian infinitive, which its verb may follow: «закрывать границу не стала»."""
    return sentence.language is Language.RU and sentence.tokens[trigger.start].text.endswith(("ть", "ться", "ти"))


def _is_headline_future(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell the future of English headlines, "to" right behind the subject: "Russian president to visit Delhi"."""
    at = trigger.start - 1
    is_led = sentence.language is Language.EN and trigger.is_verb and at > 0 and sentence.tokens[at].text == "to"
    return is_led and any(p.end == at - 1 and not p.mark and p.start <= _HEADLINE_START for p in sentence.parties[:1])


def _conditional(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell a condition: behind "if" nothing is told as done; what holds "unless" is no act yet."""
    first, _ = sentence.clause(trigger.start)
    if sentence.language is Language.EN and sentence.tokens[0].text == "were" and first == 0:
        return True  # "Were Ankara to pull out"
    starts = [start for start, _ in sentence.cues.get("condition", ())]
    is_threat = sentence.language in _THREATS_STAND and trigger.pattern.event_type == "THREATEN"
    warns = trigger.is_verb and trigger.pattern.event_type == "THREATEN"
    behind = 0 if is_threat or warns else 2  # «هشدار داد اگر ...»: the warning itself is told as done
    if any(first <= start < trigger.start or _follows(sentence, trigger, start, behind) for start in starts):
        return True
    if sentence.language is Language.FA and not is_threat and _is_persian_present(sentence, trigger):
        return any(start < trigger.start for start in starts)  # «اگر ارتش برود، اسرائیل تانک‌هایش را بیرون می‌برد»
    if sentence.language is Language.RU and trigger.is_verb and not _is_infinitive(sentence, trigger):
        return False  # «заморозил помощь, пока тот не уступит»: it is done
    is_condition_set = trigger.is_verb and trigger.pattern.event_type == "THREATEN"  # "warned it would, unless"
    return not is_condition_set and any(start > trigger.end for start, _ in sentence.cues.get("unless", ()))


def _follows(sentence: Sentence, trigger: Trigger, start: int, reach: int) -> bool:
    """Tell a cue right behind the trigger, no stop between: in «توافق کرد؛ اگر ...» the condition is of what comes."""
    if not 0 < start - trigger.end <= reach:
        return False
    low, high = sentence.tokens[trigger.end].end - sentence.start, sentence.tokens[start].start - sentence.start
    return not any(mark in sentence.text[low:high] for mark in "؛;:.")


def _is_persian_present(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell «می‌برد»: the trigger's verb is in the present, which behind a condition tells of no act."""
    return any(token.text == "می" for token in sentence.tokens[max(0, trigger.start - 1) : trigger.end + 2])


def _has_verb_between(sentence: Sentence, cue: int, trigger: Trigger) -> bool:
    """Tell that another act's verb stands between, so that the cue is its own: "will not say why it attacked"."""
    low, high = sorted((cue, trigger.start))
    return any(low < other.start < high and other.is_verb and other != trigger for other in sentence.triggers)


def sentence_status(sentence: Sentence, statuses: Sequence[Status], day: date | None = None) -> Status:
    """Return the status of a whole sentence from its cues and its triggers' statuses.

    A sentence with one reported act is reported, whatever else it says, unless all its years are long past.

    Args:
        sentence: laid open.
        statuses: of its triggers.
        day: of the report.
    """
    if sentence.cues.get("reference") and len(sentence.tokens) < 25:
        return Status.REFERENCE
    if is_question(sentence):
        return Status.QUESTION
    if Status.REPORTED not in statuses and has_free_part(sentence):
        return Status.REPORTED
    if Status.REPORTED in statuses:
        is_past = _is_long_ago(sentence) or _is_old(sentence, day)
        return Status.BACKGROUND if is_past else Status.REPORTED
    if sentence.cues.get("recommendation") and not sentence.cues.get("speech"):
        return Status.RECOMMENDATION
    if Status.JUDGEMENT in statuses or sentence.cues.get("likelihood"):
        return Status.JUDGEMENT
    if Status.NEGATED in statuses or (denies(sentence) and not statuses):
        return Status.NEGATED
    if sentence.cues.get("modal") and not statuses:
        return Status.JUDGEMENT
    return Status.BACKGROUND if sentence.cues.get("background") else Status.REPORTED


_WORD_DENIALS = frozenset({"غیر", "دون", "بدون", "عدم"})  # «دون مقابل», «غير مباشرة» deny a word, no sentence


def denies(sentence: Sentence) -> bool:
    """Tell whether a sentence in which no act is told denies something; an Arabic one does so in its first clause.

    «ولم تعلّق كابل» behind what was done, and «قالت إنها لم ...», leave the rest as told.
    """
    spans = sentence.cues.get("negation", ())
    if sentence.language is not Language.AR:
        return bool(spans)
    return any(
        sentence.clause(first)[0] == 0
        and (first == 0 or not sentence.tokens[first].text.startswith(("و", "ف")))
        and _WORD_DENIALS.isdisjoint(forms(sentence.tokens[first].text, Language.AR))
        for first, _ in spans
    )


_APART = re.compile(r"[;]|: |, (?=but\b|and yet\b|while\b)")
_UNSURE = ("modal", "negation", "likelihood", "recommendation", "condition", "unless", "background", "play")
_A_CLAUSE = 4  # words that are the least to tell an act


def has_free_part(sentence: Sentence) -> bool:
    """Tell an English sentence one part of which is news though another is a plan, a hope or a denial.

    "Turkey may send monitors one day; for now it has sent Kabul two planes." Parts are parted by a semicolon, a colon
    or "but"; the free one names a party, has no cue of doubt and does not lean on the other by a quotation.
    """
    if sentence.language is not Language.EN:
        return False
    cuts = [match.end() + sentence.start for match in _APART.finditer(sentence.text)]
    if not cuts:
        return False
    unsure = [start for name in _UNSURE for start, _ in sentence.cues.get(name, ())]
    for low, high in pairwise([sentence.start, *cuts, sentence.start + len(sentence.text)]):
        words = [at for at, token in enumerate(sentence.tokens) if low <= token.start < high]
        if len(words) < _A_CLAUSE or set(unsure) & set(words) or _QUOTE.search(sentence.text):
            continue
        if any(party.start in words for party in sentence.parties):
            return True
    return False


_QUOTE = re.compile(r"[\"“”]")


def _is_old(sentence: Sentence, day: date | None) -> bool:
    """Tell history: the sentence names years, and none of the report's time."""
    if sentence.language not in _YEARS_READ:
        return False
    tokens = [token.text for token in sentence.tokens]
    dates = _persian_dates if sentence.language is Language.FA else _dates
    if sentence.language is Language.RU:
        dates = partial(_dates_the_act, sentence)
    years = [
        _common_year(int(each))
        for at, each in enumerate(tokens)
        if _YEAR.fullmatch(each) and dates(tokens, at) and not _is_aside(sentence, at)
    ]
    return bool(years) and max(years) < (day.year if day else _LATELY) - _OLD_YEARS


_RELATIVE = frozenset({"which", "who", "whom", "where"})


def _is_aside(sentence: Sentence, at: int) -> bool:
    """Tell what a relative clause or a pluperfect says of the news' things: "which was attacked in 2020".

    In Persian a word of the past right behind «که»: «ایران که پیش از این ... بود، دیروز ...».
    """
    if sentence.language is Language.FA:
        return at > 0 and sentence.tokens[at - 1].text == "که"
    if sentence.language is not Language.EN:
        return False
    first, _ = sentence.clause(at)
    words = [token.text for token in sentence.tokens[first:at]]
    if not words or words[0] == "that":  # "said that it had closed the gate in 2017"
        return False
    return (first > 0 and words[0] in _RELATIVE) or "had" in words[1:]


def _is_long_ago(sentence: Sentence) -> bool:
    """Tell that the sentence's news is of long ago: "decades ago", but not "the duty it had imposed two years ago"."""
    return any(not _is_aside(sentence, start) for start, _ in sentence.cues.get("background", ()))


def _dates(tokens: Sequence[str], at: int) -> bool:
    """Tell a year that dates the act ("in 1979", «в 1979 году», «په ۱۹۷۹ کال») from a name's: "the 2001 attacks"."""
    before, after = tokens[at - 1] if at else "", tokens[at + 1] if at + 1 < len(tokens) else ""
    return before in _IN_YEAR or before in _MONTH_NAMES or after.startswith("год") or after == "کال"


_RUSSIAN_SEASONS = ["весной", "летом", "осенью", "зимой", "весны", "лета", "осени", "зимы"]
_RUSSIAN_PARTS = ["начала", "начале", "конца", "конце", "середины", "середине", "до", "после"]
_RUSSIAN_TIMES = frozenset([*map(fold, MONTHS[Language.RU]), *_RUSSIAN_SEASONS, *_RUSSIAN_PARTS])
_SUBORDINATE = re.compile(
    r"котор\w+|где|когда|чь\w+|чей"
    r"|\w{3,}(?:нн|вш|т|ущ|ющ)(?:ая|ое|ые|ого|ой|ых|ому|ым|ыми|ую|ий|ый|ее|ие|его|ей|их|ему|им|ими)(?:ся)?"
)


def _dates_the_act(sentence: Sentence, tokens: Sequence[str], at: int) -> bool:
    """Tell a Russian year that dates the act («в 1979 году») from one that dates what the act is about.

    That is the year of a name («приостановил соглашение 2018 года»), of a start («стояли с 1992 года») and of a
    participle («пошлины, введённые в 2020 году»).
    """
    if not _dates(tokens, at):
        return False
    if not any(trigger.is_verb for trigger in sentence.triggers):
        return True
    before = tokens[at - 1] if at else ""
    if before in {"с", "со"}:
        return False
    if tokens[at + 1] == "года" and not (before in _RUSSIAN_TIMES or before.isdigit()):
        return False
    first, last = sentence.clause(at)
    is_aside = first > 0 and _SUBORDINATE.fullmatch(tokens[first]) is not None
    return not is_aside or all(first <= trigger.start <= last for trigger in sentence.triggers if trigger.is_verb)


def _persian_dates(tokens: Sequence[str], at: int) -> bool:
    """Tell a year that dates the act, «در ۱۸۲۸», «در سال ۱۳۸۸», «در جوزای ۱۳۹۳», no party's or thing's."""
    near = tokens[max(0, at - 2) : at]
    return "در" in near and "که" not in tokens[max(0, at - 6) : at]


def _common_year(year: int) -> int:
    """Return a year of the Solar Hijri calendar in the common era, any other as it is."""
    return year + _SOLAR_TO_COMMON if year < 1500 else year  # no report tells of the 15th century


def likelihood_word(sentence: Sentence) -> str | None:
    """Return the word of likelihood as written, the longest that stands in the sentence, or None."""
    spans = sentence.cues.get("likelihood", ())
    if not spans:
        return None
    first, last = max(spans, key=lambda span: (span[1] - span[0], -span[0]))
    return sentence.text[sentence.tokens[first].start - sentence.start : sentence.tokens[last].end - sentence.start]
