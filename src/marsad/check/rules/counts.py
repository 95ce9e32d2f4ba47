# ruff: noqa: ARG001 - one signature for all rules; a docstring states the fault
"""What is announced against what is delivered."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from marsad.check.context import Context
from marsad.check.finding import Level, Mark, rule
from marsad.check.ordinals import announced, items_after, number_hits, runs
from marsad.check.reading import WORD, Kind, Text

_CLAUSE = re.compile(r"(?<!\w)(?:أن|إن|أنّ|that|что|که|چې)\s")
_NOUN_PHRASE = re.compile(r"^\S+?[،,:.]?\s+(?:[^\s؛;:.،,]+\s+){0,8}[^\s؛;:.،,]+\s*[؛;:—]")


@rule("announced-count-mismatch", Level.ERROR)
def announced_count_mismatch(text: Text, context: Context) -> Iterator[Mark]:
    """The text announces so many points and lists another number of them."""
    for count in announced(text):
        items = items_after(text, count.sentence)
        if len(items) >= 2 and len(items) != count.number:
            message = f"Announces {count.number}, lists {len(items)}: correct the number or the list."
            yield Mark(count.start, count.end, message)


@rule("ordinal-gap", Level.ERROR)
def ordinal_gap(text: Text, context: Context) -> Iterator[Mark]:
    """An ordinal list that leaves out or repeats a number."""
    for run in runs(text):
        for one, other in pairwise(run):
            if one.series == other.series and other.number != one.number + 1:
                start = other.sentence.start
                end = min(other.sentence.end, start + 40)
                yield Mark(start, end, f"Item {other.number} follows item {one.number}: check the numbering.")


@rule("unnumbered-extra-item", Level.WARN)
def unnumbered_extra_item(text: Text, context: Context) -> Iterator[Mark]:
    """After the last numbered item its paragraph goes on with «finally»: one more point, not counted."""
    for run in runs(text):
        last = run[-1].sentence
        for sentence in text.sentences:
            if sentence.block is last.block and sentence.start >= last.end:
                hits = text.hits("last_item", sentence.start, sentence.end)
                if hits and hits[0].start == sentence.start:
                    message = "A further point inside the last item: number it, and correct the announced count."
                    yield Mark(sentence.start, sentence.end, message)


@rule("non-parallel-list", Level.INFO)
def non_parallel_list(text: Text, context: Context) -> Iterator[Mark]:
    """Items of one list in different grammatical forms: a clause among noun phrases."""
    for run in runs(text):
        if len(run) < 3:
            continue
        texts = [text.slice(item.sentence) for item in run]
        clauses = [bool(_CLAUSE.search(words[:25])) for words in texts]
        phrases = sum(bool(_NOUN_PHRASE.match(words)) for words in texts)
        if phrases * 2 <= len(run):
            continue
        for item, is_clause in zip(run, clauses, strict=True):
            if is_clause:
                message = "The other items open with a noun phrase; this one is a clause. Give all the same form."
                yield Mark(item.sentence.start, item.sentence.end, message)


@rule("promise-vs-delivery", Level.INFO)
def promise_vs_delivery(text: Text, context: Context) -> Iterator[Mark]:
    """The introduction promises so many axes or sections; the body has another number of them."""
    apart = {"introduction", "conclusion", "recommendations", "sources", "summary", "contents", "scorecard"}
    n_sections = sum(section.role not in apart and bool(section.blocks) for section in text.sections[1:])
    for sentence in text.analysis:
        if text.role_of(sentence.block) not in {"introduction", "summary", ""} or n_sections < 2:
            continue
        for number, hit in number_hits(text, sentence):
            axes = text.hits("axes", hit.end, min(sentence.end, hit.end + 20))
            if axes and axes[0].start - hit.end <= 2 and number != n_sections and sentence.start < len(text.raw) // 3:
                message = f"{number} parts are promised, the body has {n_sections} sections: map one to the other."
                yield Mark(hit.start, sentence.end, message)


@rule("recommendation-count", Level.INFO)
def recommendation_count(text: Text, context: Context) -> Iterator[Mark]:
    """Two recommendations or fewer after a long analysis: most findings lead to no advice."""
    section = text.with_role("recommendations")
    if section is None or text.n_words < 1200:
        return
    advice = [
        block
        for block in section.blocks
        if block.kind in {Kind.PROSE, Kind.ITEM} and not text.slice(block).rstrip().endswith(":")
    ]
    if len(advice) <= 2:
        message = f"{len(advice)} recommendations for {text.n_words} words: say which findings call for none, and why."
        yield Mark(*text.named_at(section), message)


@rule("percentages-over-100", Level.ERROR)
def percentages_over_100(text: Text, context: Context) -> Iterator[Mark]:
    """Shares of one whole that add up to more than a hundred, in a sentence that says they are shares."""
    share = re.compile(
        r"(\d{1,3}(?:[.,٫]\d+)?)\s*(?:%|٪|percent|per cent|بالمئة|بالمائة|في المئة|في المائة|درصد|فیصد|سلنه|процент)"
    )
    whole = re.compile(
        r"respectively|the rest|remaining|remainder|البقية|الباقي|على التوالي|متباقی|باقی|پاتې|остальн", re.IGNORECASE
    )
    for sentence in text.sentences:
        words = text.slice(sentence)
        numbers = [float(found.replace(",", ".").replace("٫", ".")) for found in share.findall(words)]
        if len(numbers) >= 2 and whole.search(words) and sum(numbers) > 101:
            message = f"The shares add up to {sum(numbers):g} %: check them."
            yield Mark(sentence.start, sentence.end, message)


@rule("repeated-sentence", Level.WARN)
def repeated_sentence(text: Text, context: Context) -> Iterator[Mark]:
    """The same sentence twice: a slip of copying."""
    long_enough = [s for s in text.sentences if len(WORD.findall(text.raw, s.start, s.end)) >= 8]
    counts = Counter(text.slice(sentence) for sentence in long_enough)
    seen: set[str] = set()
    for sentence in long_enough:
        words = text.slice(sentence)
        if counts[words] > 1 and words in seen:
            yield Mark(sentence.start, sentence.end, "This sentence stands above already: remove one.")
        seen.add(words)
