# ruff: noqa: ARG001 - one signature for all rules; a docstring states the fault
"""Tradecraft of claims: what is said against what is shown, and in which words."""

import re
from collections.abc import Iterator

from marsad.check.context import Context
from marsad.check.finding import Level, Mark, rule
from marsad.check.lexicon import Hit
from marsad.check.ordinals import number_hits
from marsad.check.reading import Kind, Sentence, Text
from marsad.language.script import fold

_NUMBER = re.compile(r"(?<![\w./-])\d[\d.,٫٬]*(?![\w/-])")
_YEAR = re.compile(r"(?:1[34]|19|20)\d\d$")


def _bare(text: Text, sentence: Sentence) -> bool:
    """Neither the sentence nor the rest of its paragraph after it carries a note."""
    return not text.is_cited(sentence) and sentence.block.container not in {"draft", "judgement"}


@rule("claims-exceed-evidence", Level.ERROR)
def claims_exceed_evidence(text: Text, context: Context) -> Iterator[Mark]:
    """The text says the details are not published and then states the effects as fact."""
    for hit in text.hits("not_published"):
        sentence = text.sentence_at(hit.start)
        if sentence is None:
            continue
        effects = [
            effect
            for effect in text.hits("effect", sentence.end)
            if (later := text.sentence_at(effect.start))
            and text.has("instrument", later)
            and not text.has("hedge", later)
            and not text.has("likelihood", later)
        ]
        if effects:
            line = text.place(effects[0].start)[0]
            start = max(sentence.start, hit.start - 30)
            message = f"Details unknown, yet line {line} states effects as fact: mark them as judgement."
            yield Mark(start, hit.end, message)
            return


@rule("absolute-claim", Level.WARN)
def absolute_claim(text: Text, context: Context) -> Iterator[Mark]:
    """«Always», «never», «no attempt at all», uncited: one exception makes it false. Say how often, and since when."""
    for sentence in text.analysis:
        if not _bare(text, sentence):
            continue
        marks = [(hit.start, hit.end) for hit in text.hits("absolute", sentence.start, sentence.end)]
        for hit in text.hits("negated_any", sentence.start, sentence.end):
            before = [
                no
                for no in text.hits("negation", max(sentence.start, hit.start - 18), hit.start)
                if no.end <= hit.start
            ]
            if before:
                marks.append((before[-1].start, min(sentence.end, hit.end + 12)))
        for start, end in sorted(marks)[:1]:
            yield Mark(start, end, "Universal and uncited: say how often and since when, or cite it.")


@rule("uncited-fact", Level.WARN)
def uncited_fact(text: Text, context: Context) -> Iterator[Mark]:
    """A measurable claim without a note: an amount, a record, a result."""
    for sentence in text.analysis:
        if not _bare(text, sentence) or text.has("likelihood", sentence):
            continue
        figures = list(_figures(text, sentence))
        for figure in figures:
            yield Mark(*figure, "A figure without a source: add a note.")
        if not figures and (claim := _measurable(text, sentence)):
            yield Mark(*claim, "A measurable claim without figure or source: add both.")


def _measurable(text: Text, sentence: Sentence) -> tuple[int, int] | None:
    """Return a superlative of size, or a result verb with the measurable thing it speaks of, both within ten words."""
    superlatives = text.hits("superlative", sentence.start, sentence.end)
    if superlatives:
        return superlatives[0].start, superlatives[0].end
    if any(not _is_perfect(text, hit) for hit in text.hits("hedge", sentence.start, sentence.end)):
        return None
    things = text.hits("measurable", sentence.start, sentence.end)
    for verb in text.hits("result", sentence.start, sentence.end):
        for thing in things:
            start, end = min(verb.start, thing.start), max(verb.end, thing.end)
            if verb.start != thing.start and len(text.raw[start:end].split()) <= 10:
                return start, end
    return None


def _is_perfect(text: Text, hit: Hit) -> bool:
    """Tell whether an Arabic «قد» stands before a perfect, where it says that something did happen."""
    return fold(text.slice(hit)).lstrip("وف") == "قد" and not re.match(r"\s+[يتنأ]", text.raw[hit.end :])


def _figures(text: Text, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield each number with its unit (people, money, per cent) of a sentence, in digits or words; no date or year."""
    if sentence.block.kind is Kind.ITEM and text.is_cited(sentence.block):
        return
    yield from _figures_in_words(text, sentence)
    dates = text.dates_in(sentence)
    for match in _NUMBER.finditer(text.raw, sentence.start, sentence.end):
        number = match[0].strip(".,")
        if _YEAR.match(number) or any(date.start <= match.start() < date.end for date in dates):
            continue
        end = match.start() + len(number)
        if text.raw[end : end + 1] in {"%", "٪"}:
            yield match.start(), end + 1
            continue
        units = text.hits("unit", end, min(sentence.end, end + 25))
        if units and units[0].start - end <= 12:
            yield match.start(), units[0].end


def _figures_in_words(text: Text, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield numbers in words with their unit: "nine per cent", "three billion dollars"; none after digits."""
    done = sentence.start
    spelt = [hit for _, hit in number_hits(text, sentence)]
    for hit in sorted([*spelt, *text.hits("magnitude", sentence.start, sentence.end)]):
        units = text.hits("unit", hit.end, min(sentence.end, hit.end + 25))
        is_after_digits = bool(re.search(r"\d\s*$", text.raw[sentence.start : hit.start]))
        if units and units[0].start - hit.end <= 3 and hit.start >= done and not is_after_digits:
            yield hit.start, units[-1].end
            done = units[-1].end


@rule("loaded-language", Level.WARN)
def loaded_language(text: Text, context: Context) -> Iterator[Mark]:
    """Words that praise or blame: the reader is told what to feel, not what happened."""
    for hit in text.hits("loaded"):
        sentence = text.sentence_at(hit.start)
        if sentence:
            yield Mark(hit.start, hit.end, "A loaded word: say what was done, and let the reader judge.")


@rule("false-obviousness", Level.INFO)
def false_obviousness(text: Text, context: Context) -> Iterator[Mark]:
    """«Clearly», «no doubt» where evidence should stand."""
    for hit in text.hits("obvious"):
        if text.sentence_at(hit.start):
            yield Mark(hit.start, hit.end, "If it is clear, show it; if it cannot be shown, drop the word.")


@rule("missing-actor-perspective", Level.WARN)
def missing_actor_perspective(text: Text, context: Context) -> Iterator[Mark]:
    """A section on how others react in which none of them speaks."""
    for section in text.sections[1:]:
        if section.heading is None or section.role or not section.blocks:
            continue
        heading = section.heading
        if not (text.has("reaction_heading", heading) and text.has("group_actor", heading)):
            continue
        prose = [block for block in section.blocks if block.kind in {Kind.PROSE, Kind.ITEM}]
        if not any(text.has("statement", block) for block in prose):
            message = (
                "None of those named in the heading is quoted here: give a statement of each, or narrow the title."
            )
            yield Mark(*text.named_at(section), message)


@rule("recommendation-not-actionable", Level.ERROR)
def recommendation_not_actionable(text: Text, context: Context) -> Iterator[Mark]:
    """Advice nobody could be held to: «appropriate measures», «sufficiently», no actor, no day."""
    section = text.with_role("recommendations")
    if section is None:
        return
    for block in section.blocks:
        for hit in text.hits("vague", block.start, block.end)[:1]:
            must = text.hits("must", block.start, hit.start)
            start = must[-1].start if must and hit.start - must[-1].start < 60 else hit.start
            yield Mark(start, hit.end, "Who does what, by when, with which means? This cannot be tested.")


@rule("recommendation-without-deadline", Level.WARN)
def recommendation_without_deadline(text: Text, context: Context) -> Iterator[Mark]:
    """Advice without a day or a period to carry it out in."""
    for block in _advice(text):
        if not (text.has("horizon", block) or text.dates_in(block)):
            sentence = next((s for s in text.sentences if s.block is block), None)
            if sentence:
                yield Mark(sentence.start, sentence.end, "By when? Give the advice a date.")


@rule("recommendation-untraceable", Level.WARN)
def recommendation_untraceable(text: Text, context: Context) -> Iterator[Mark]:
    """Advice that names no finding it rests on, by section, note or number."""
    for block in _advice(text):
        if not (text.is_cited(block) or text.has("reference", block) or "](#" in text.slice(block)):
            yield Mark(block.start, block.end, "Name the finding this rests on, and weigh its cost and risk.")


def _advice(text: Text) -> Iterator:  # type: ignore[type-arg]
    section = text.with_role("recommendations")
    for block in section.blocks if section else ():
        is_announcement = text.slice(block).rstrip().endswith(":")
        if (
            block.kind in {Kind.PROSE, Kind.ITEM}
            and not is_announcement
            and block.container not in {"draft", "analyst"}
        ):
            yield block


@rule("rhetorical-question", Level.INFO)
def rhetorical_question(text: Text, context: Context) -> Iterator[Mark]:
    """A question in the conclusion or advice: the reader came for the answer."""
    for sentence in text.sentences:
        late = text.role_of(sentence.block) in {"conclusion", "recommendations", "summary"}
        asks = text.slice(sentence).rstrip().endswith(("?", "؟"))
        if late and asks and sentence.block.container != "analyst":
            yield Mark(sentence.start, sentence.end, "Answer it, or name what would answer it.")
