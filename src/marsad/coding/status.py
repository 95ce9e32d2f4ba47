"""What a sentence does: report, deny, judge, ask, recommend, refer, or tell of the past."""

from collections.abc import Sequence
from itertools import pairwise

from marsad.coding.sentence import Sentence
from marsad.coding.tokens import is_future_verb, verb_forms
from marsad.coding.triggers import Trigger
from marsad.domain.words import Language, Status

_VERB_LAST = {Language.FA, Language.PS}
_NOUN_ENDINGS = ("tion", "ment", "ение", "ении", "ению", "ения", "ание", "ании", "анию", "ания")
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
    if sentence.language is Language.AR and (_is_future(sentence, trigger) or _is_subjunctive(sentence, trigger)):
        return Status.JUDGEMENT
    return Status.REPORTED


def _is_future(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell the future's «س» and «قد» before an imperfect, on the trigger or on the verb that leads to it."""
    first, _ = sentence.clause(trigger.start)
    texts = [token.text for token in sentence.tokens[first : trigger.start + 1]]
    if any(is_future_verb(text) for text in texts):
        return True
    own = trigger.pattern.slots[0].words[0].text
    return any(
        before in {"قد", "وقد", "فقد"}
        and (after.startswith("ی") or (after.startswith("ت") and not own.startswith("ت")))
        for before, after in pairwise(texts)
    )


# «أن يوقع», «بأن ينسحب»: what is hoped, planned, asked or denied; «بعد أن وقع» has happened.
_THAT = frozenset({"ان", "وان", "بان", "الا"})
_HAPPENED = frozenset({"بعد", "منذ", "بعدما", "دون", "اعلن", "اعلنت", "اکد", "اکدت"})


def _is_subjunctive(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell an Arabic verb in the imperfect right behind «أن»: its act is not told as done."""
    if not trigger.is_verb or trigger.start == 0:
        return False
    before = sentence.tokens[trigger.start - 1].text
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
        reach_before, reach_after = (first, last) if name == "modal" else (trigger.start - 1, trigger.end + 2)
    elif is_noun and not (sentence.language is Language.AR and name == "negation"):
        reach_after = min(last, trigger.end + 8)
    else:
        reach_after = trigger.start - 1
    is_that_clause = sentence.language is Language.AR and sentence.tokens[first].text in _THAT
    own = set(trigger.words)
    for start, end in sentence.cues.get(name, ()):
        if end > start and name == "negation" and own & {start, end}:
            return True  # "declined to comment": the refusal itself is no act
        if start in own or end in own or (start in inside and trigger.is_verb and sentence.language not in _VERB_LAST):
            continue
        if reach_before <= start and end <= reach_after and not _has_verb_between(sentence, start, trigger):
            return True
        if is_that_clause and first - 4 <= start and end < first and (name == "modal" or end > start):
            return True  # «من المرجح أن», «ما من دليل على أن»
    return _conditional(sentence, trigger) if name == "modal" else False


def _conditional(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell a condition: behind "if" nothing is told as done; what holds "unless" is no act yet."""
    first, _ = sentence.clause(trigger.start)
    starts = [start for start, _ in sentence.cues.get("condition", ())]
    if any(first <= start < trigger.start or 0 < start - trigger.end <= 2 for start in starts):
        return True
    return any(start > trigger.end for start, _ in sentence.cues.get("unless", ()))


def _has_verb_between(sentence: Sentence, cue: int, trigger: Trigger) -> bool:
    """Tell that another act's verb stands between, so that the cue is its own: "will not say why it attacked"."""
    low, high = sorted((cue, trigger.start))
    return any(low < other.start < high and other.is_verb and other != trigger for other in sentence.triggers)


def sentence_status(sentence: Sentence, statuses: Sequence[Status]) -> Status:
    """Return the status of a whole sentence from its cues and its triggers' statuses.

    A sentence with one reported act is reported, whatever else it says.
    """
    if sentence.cues.get("reference") and len(sentence.tokens) < 25:
        return Status.REFERENCE
    if is_question(sentence):
        return Status.QUESTION
    if Status.REPORTED in statuses:
        return Status.BACKGROUND if sentence.cues.get("background") else Status.REPORTED
    if sentence.cues.get("recommendation") and not sentence.cues.get("speech"):
        return Status.RECOMMENDATION
    if Status.JUDGEMENT in statuses or sentence.cues.get("likelihood"):
        return Status.JUDGEMENT
    if Status.NEGATED in statuses or (sentence.cues.get("negation") and not statuses):
        return Status.NEGATED
    if sentence.cues.get("modal") and not statuses:
        return Status.JUDGEMENT
    return Status.BACKGROUND if sentence.cues.get("background") else Status.REPORTED


def likelihood_word(sentence: Sentence) -> str | None:
    """Return the word of likelihood as written, the longest that stands in the sentence, or None."""
    spans = sentence.cues.get("likelihood", ())
    if not spans:
        return None
    first, last = max(spans, key=lambda span: (span[1] - span[0], -span[0]))
    return sentence.text[sentence.tokens[first].start - sentence.start : sentence.tokens[last].end - sentence.start]
