# ruff: noqa: ARG001 - one signature for all rules; a docstring states the fault
"""Tradecraft of judgements: likelihood, confidence, rivals, change. After ICD 203 and its like."""

import re
from collections.abc import Iterator
from itertools import pairwise

from marsad.check.context import Context
from marsad.check.finding import Level, Mark, rule
from marsad.check.lexicon import Hit
from marsad.check.reading import WORD, Kind, Sentence, Text
from marsad.domain.words import Language
from marsad.language.script import fold

_PERCENT = re.compile(
    r"[%٪]\s?\d"  # as a PDF's characters come
    r"|\d\s*(?:[-–]\s*\d+\s*)?(?:%|٪|في المئة|في المائة|بالمئة|بالمائة|percent|per cent|درصد|فیصد|سلنه|процент)"
)
_MAY = re.compile(r"(?<!\w)(?P<particle>قد|فقد|وقد)\s+(?P<verb>[يتن]\w{2,})")
_PERFECT = re.compile(
    r"تم(?:ت|ا)?$|تمكن|تجاوز|تراجع|تحول|تعرض|تقدم|تغير|توصل|تعهد|توقف|تبنى|تبنت|تلق|ترك|تول[ىت]|تسبب|توفي|تزايد|تصاعد|تعاون|تبادل|تبين|تأكد|تأثر|تطور|توسع|توتر|تدهور|تأسس|تحسن|نشر|نقل|نفى|نجح|نص"
)
# Where the subject stands between the change and the mind: «أصبحت طهران ترى», «اکنون کابل را شریک می‌داند».
_MIND_CHANGE = {
    Language.AR: re.compile(
        r"(?<!\w)[وف]?(?:أصبح|بات|صار|غد|أضح)[تاى]? (?:(?!أن|إن)[^\s.،؛:]+ ){1,3}?"
        r"(?:[تي](?:رى|نظر|عتبر|درك|ثق|ؤمن|خشى)|[تي]عدّ?)(?:ه|ها|هم)?(?!\w)"
        r"|(?<!\w)[وف]?لم [تي]عد (?:[^\s.،؛:]+ ){1,3}?(?:[تي](?:رى|نظر|عتبر|ثق|خشى)|[تي]عدّ?)(?:ه|ها|هم)?(?!\w)"
    ),
    Language.FA: re.compile(
        r"(?<!\w)(?:اکنون|حالا|دیگر|امروز|اینک)(?!\w)[^.؟!؛]{3,80}?"
        r"(?:ن?می‌(?:داند|بیند|شمارد|نگرد|پندارد|انگارد)|تلقی ن?می‌کند|به شمار ن?می‌آورد)"
    ),
    Language.PS: re.compile(r"(?<!\w)(?:اوس|نور)(?!\w)[^.؟!؛]{3,80}?(?:نه )?(?:بولي|ګڼي|ګوري|شمېري)(?!\w)"),
}
_LIKELY_ENOUGH = {"scorecard", "sources", "contents", "recommendations"}
_FORECASTS = re.compile(
    r"(?:\s+(?!الأهم|الأبرز)[^\s.،؛:؟]+){0,2}\s+(?:أن\s+)?(?:س)?[يتن]\w{2,}"
)  # a verb to come, its subject before
_LONG_ANALYSIS = 300  # words: a shorter note need not weigh rivals and confidence


def _judgements(text: Text) -> list[tuple[Sentence, Hit]]:
    """Likelihood words in the author's own sentences, headings left out."""
    found = []
    for hit in text.hits("likelihood"):
        sentence = text.sentence_at(hit.start)
        if sentence and text.role_of(sentence.block) not in _LIKELY_ENOUGH:
            found.append((sentence, hit))
    return found


@rule("uncalibrated-likelihood", Level.ERROR)
def uncalibrated_likelihood(text: Text, context: Context) -> Iterator[Mark]:
    """A likelihood word that means no number to the reader.

    Fine beside a percentage, or when the text declares its scale and the sentence names a horizon.
    """
    has_scale = text.has("scale")
    for sentence, hit in _judgements(text):
        words = text.slice(sentence)
        if _PERCENT.search(words) or _is_machine(sentence):
            continue
        if has_scale and (text.has("horizon", sentence) or text.dates_in(sentence)):
            continue
        message = "Give the band (per cent) from the declared scale, the horizon, and how it will be settled."
        yield Mark(hit.start, min(sentence.end, hit.end + 20), message)


def _is_machine(sentence: Sentence) -> bool:
    return sentence.block.container in {"draft", "judgement"}


@rule("likelihood-off-scale", Level.WARN)
def likelihood_off_scale(text: Text, context: Context) -> Iterator[Mark]:
    """A likelihood word that the desk's declared scale does not have: readers meet a word without a band."""
    declared = context.desk.likelihood.get(text.language, ()) if context.desk else ()
    if not declared:
        return
    known = [fold(word) for word in declared]
    for sentence, hit in _judgements(text):
        said = fold(text.raw[hit.start : min(sentence.end, hit.end + 12)])
        if not any(word in said for word in known):
            yield Mark(hit.start, hit.end, f"Not a word of the desk's scale ({'، '.join(declared)}).")


@rule("judgement-without-horizon", Level.WARN)
def judgement_without_horizon(text: Text, context: Context) -> Iterator[Mark]:
    """A forecast that does not say by when: it can never be found wrong."""
    for sentence, hit in _judgements(text):
        if not (
            text.has("horizon", sentence)
            or text.dates_in(sentence)
            or re.search(r"20\d\d|14\d\d", text.slice(sentence))
        ):
            yield Mark(hit.start, hit.end, "By when? Name the week, month or date the forecast reaches to.")


@rule("likelihood-with-confidence", Level.ERROR)
def likelihood_with_confidence(text: Text, context: Context) -> Iterator[Mark]:
    """Likelihood and confidence in one sentence: readers multiply them. Put confidence in a sentence of its own."""
    for sentence, hit in _judgements(text):
        confidence = text.hits("confidence", sentence.start, sentence.end)
        if confidence:
            start, end = min(hit.start, confidence[0].start), max(hit.end, confidence[0].end)
            yield Mark(start, end, "How likely and how sure are two things: write two sentences.")


@rule("weasel-possibility", Level.WARN)
def weasel_possibility(text: Text, context: Context) -> Iterator[Mark]:
    """«Might», «قد», «ممکن است»: true whatever happens. Give a band, or say what would have to happen first."""
    for sentence in text.analysis:
        if sentence.block.container == "draft":
            continue
        language = sentence.block.language
        if language is Language.AR:
            for match in _MAY.finditer(text.raw, sentence.start, sentence.end):
                if _is_imperfect(match["particle"], match["verb"]):
                    yield Mark(match.start(), min(sentence.end, match.end() + 15), "«قد» has no band: say how likely.")
        for hit in text.hits("possibility", sentence.start, sentence.end):
            if language is Language.AR and not _FORECASTS.match(text.raw, hit.end, sentence.end):
                continue  # «ربما الأهم» weighs, it forecasts nothing
            if language is Language.EN and not re.match(r"\s+(?:\w+ )?[a-z]", text.raw[hit.end : hit.end + 20]):
                continue  # May, the month
            if text.slice(hit) == "May" and sentence.start != hit.start:
                continue
            yield Mark(hit.start, hit.end, "A possibility without a band cannot be found wrong: say how likely.")


def _is_imperfect(particle: str, verb: str) -> bool:
    if _PERFECT.match(verb) or (verb.startswith("ت") and verb.endswith("ت") and len(verb) >= 5):
        return False
    return particle != "وقد" or verb.startswith("ي")


@rule("hedge-stack", Level.INFO)
def hedge_stack(text: Text, context: Context) -> Iterator[Mark]:
    """Hedge upon hedge: three in a paragraph of ordinary length, or two in one clause. One is enough."""
    for block in text.of(Kind.PROSE, Kind.ITEM):
        hedges = [hit for hit in text.hits("hedge", block.start, block.end) if text.sentence_at(hit.start)]
        n_words = len(WORD.findall(text.raw, block.start, block.end))
        near = [other for one, other in pairwise(hedges) if other.start - one.end < 25]
        last = near[-1] if near else hedges[-1] if len(hedges) >= 3 and n_words <= 110 else None
        sentence = text.sentence_at(last.start) if last else None
        if last and sentence:
            end = min(sentence.end, last.end + 30)
            yield Mark(last.start, end, f"{len(hedges)} hedges in this paragraph: keep one, with its band.")


@rule("no-alternatives", Level.ERROR)
def no_alternatives(text: Text, context: Context) -> Iterator[Mark]:
    """A hypothesis is stated and then confirmed; no rival is weighed, nothing is named that would refute it."""
    hits = [hit for hit in text.hits("hypothesis") if text.sentence_at(hit.start)]
    if hits and not text.has("alternatives"):
        yield Mark(hits[0].start, hits[0].end, "Name a rival hypothesis and what would speak against this one.")


@rule("no-confidence-statement", Level.ERROR)
def no_confidence_statement(text: Text, context: Context) -> Iterator[Mark]:
    """A long analysis that never says how sure it is, on what assumptions, and what is not known."""
    section = text.with_role("conclusion")
    if section is None or text.n_words < _LONG_ANALYSIS or text.has("confidence"):
        return
    message = "Say how confident the analysis is, on which assumptions, with which gaps, and what to watch."
    yield Mark(*text.named_at(section), message)


@rule("no-change-from-previous", Level.WARN)
def no_change_from_previous(text: Text, context: Context) -> Iterator[Mark]:
    """A numbered issue that does not say what changed since the last one."""
    if text.n_words < _LONG_ANALYSIS or text.has("previous_issue"):
        return
    plain = [s for s in text.sections[1:] if not s.role and s.blocks and s.heading]
    if plain and plain[0].heading:
        message = "Say what the last issue judged and what has changed since, or that nothing has."
        yield Mark(plain[0].heading.start, plain[0].heading.end, message)


@rule("non-forecast", Level.WARN)
def non_forecast(text: Text, context: Context) -> Iterator[Mark]:
    """«Time will tell»: replace it with indicators and dates."""
    for hit in text.hits("truism"):
        yield Mark(hit.start, hit.end, "This says nothing: name the indicators to watch, and by when.")


@rule("judgement-as-fact", Level.ERROR)
def judgement_as_fact(text: Text, context: Context) -> Iterator[Mark]:
    """A change of mind ascribed to a government as plain fact: «now sees», «no longer regards», without a note."""
    for sentence in text.analysis:
        if text.is_cited(sentence) or sentence.block.container == "draft":
            continue
        message = "A state of mind as fact: cite who said so, or write it as a judgement with its confidence."
        hits = [(hit.start, hit.end) for hit in text.hits("mind_change", sentence.start, sentence.end)]
        if pattern := _MIND_CHANGE.get(sentence.block.language):
            hits += [found.span() for found in pattern.finditer(text.raw, sentence.start, sentence.end)]
        for start, end in hits:
            yield Mark(start, min(sentence.end, end + 40), message)


@rule("internal-tension", Level.WARN)
def internal_tension(text: Text, context: Context) -> Iterator[Mark]:
    """«No longer a threat», «a trusted partner» here; worry about the same there: reconcile the two."""
    worries = [hit for hit in text.hits("worry") if text.sentence_at(hit.start)]
    for hit in text.hits("no_threat"):
        sentence = text.sentence_at(hit.start)
        other = next(
            (worry for worry in worries if sentence and not sentence.start <= worry.start < sentence.end), None
        )
        if sentence and other:
            line = text.place(other.start)[0]
            last = text.hits("no_threat", hit.start, sentence.end)[-1]
            yield Mark(
                hit.start, last.end, f"Line {line} still speaks of worry («{text.slice(other)}»): reconcile them."
            )
            return
