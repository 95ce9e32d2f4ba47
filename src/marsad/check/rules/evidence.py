# ruff: noqa: E501 - a docstring states the fault; patterns stay unbroken
"""The citation check: what a cited sentence says is sought in the reports it cites."""

import re
from collections.abc import Iterator
from functools import cache

from marsad.check.context import Context, bare_sentence
from marsad.check.dates import Period, find_periods
from marsad.check.finding import Level, Mark, rule
from marsad.check.lexicon import word_lists
from marsad.check.reading import Sentence, Text
from marsad.domain.words import Language
from marsad.language.script import fold
from marsad.vocab.actors.registry import load_registry
from marsad.vocab.places import load_places

# Sections whose numbers (rates, levels, probabilities) are computed, not reported.
_COMPUTED = {
    "level",
    "drivers",
    "gains",
    "third-parties",
    "change-view",
    "scorecard",
    "reactions",
    "recommendations",
    "conclusion",
}
_UNNAMED = "UNK"  # who is not named can be named in no report
_NUMBER = re.compile(r"(?<![\w.,/:-])\d[\d,٬٫.]*(?![\w/:-])")


@rule("citation-unsupported", Level.ERROR)
def citation_unsupported(text: Text, context: Context) -> Iterator[Mark]:
    """A name or number of a cited sentence that is in none of the reports it cites: the sentence is held.

    Names are sought in every language and form the registry knows, numbers in digits of any script and in words; dates
    are left out, as they stand in the report's date line.
    """
    reports = context.reports
    if not reports:
        return
    for sentence in text.analysis:
        if _section_id(text, sentence) in _COMPUTED:
            continue
        cited = [marker.label for marker in text.markers if sentence.start <= marker.start < sentence.end]
        known = [reports[label] for label in cited if label in reports]
        if not known:
            continue
        if context.sentences.get(bare_sentence(text.slice(sentence))) == "measure":
            continue  # a table says it; the reports only stand behind the table
        numbers_too = not _is_machine_made(text, sentence, context)
        for start, end, what in _unsupported(text, sentence, " ".join(known), numbers_too=numbers_too):
            message = f"{what} is in none of the reports cited ({', '.join(cited)}): the sentence is held."
            yield Mark(start, end, message)


@rule("citation-unknown", Level.ERROR)
def citation_unknown(text: Text, context: Context) -> Iterator[Mark]:
    """A note that refers to a report the desk does not have: nothing can be checked against it."""
    reports = context.reports
    if not reports:
        return
    for entry in text.sources:
        is_report_id = re.fullmatch(r"[0-9a-f]{16}", entry.label)
        if entry.style == "footnote" and is_report_id and entry.label not in reports:
            yield Mark(entry.start, entry.end, "No report of the desk has this id.")


def _section_id(text: Text, sentence: Sentence) -> str:
    heading = text.sections[sentence.block.section].heading
    found = re.search(r"\{#([\w-]+)", text.slice(heading)) if heading else None
    return found[1] if found else ""


def _is_machine_made(text: Text, sentence: Sentence, context: Context) -> bool:
    """A drafted sentence nobody has changed: its numbers were computed from the tables, not read in a report."""
    if sentence.block.container != "draft":
        return False
    return not context.sentences or bare_sentence(text.slice(sentence)) in context.sentences


def _unsupported(text: Text, sentence: Sentence, evidence: str, *, numbers_too: bool) -> Iterator[tuple[int, int, str]]:
    folded = fold(evidence)
    numbers = _numbers_in(folded)
    spans = [(marker.start, marker.end) for marker in text.markers]
    spans += [(date.start, date.end) for date in text.dates_in(sentence)]
    spans += [(period.start, period.end) for period in _periods(text, sentence)]
    for match in _NUMBER.finditer(text.raw, sentence.start, sentence.end) if numbers_too else ():
        inside = any(start <= match.start() < end for start, end in spans)
        number = _plain(match[0])
        if not inside and not re.fullmatch(r"(?:19|20|13|14)\d\d", number) and number not in numbers:
            yield match.start(), match.start() + len(match[0].rstrip(".,")), f"The number {number}"
    for code, start, end in _actors(text, sentence):
        if not any(form in folded for form in _forms(code)):
            yield start, end, f"The name «{text.raw[start:end]}»"


def _periods(text: Text, sentence: Sentence) -> list[Period]:
    return [period.moved(sentence.start) for period in find_periods(text.slice(sentence), sentence.block.language)]


def _plain(number: str) -> str:
    digits = fold(number).strip(".,")
    return re.sub(r"[,٬](?=\d{3})", "", digits).replace("٫", ".")


@cache
def _number_words() -> dict[str, str]:
    return {
        fold(word): number
        for language in Language
        for number, words in word_lists(language)["number"].items()
        for word in words
    }


def _numbers_in(folded: str) -> set[str]:
    found = {_plain(number) for number in re.findall(r"\d[\d,٬٫.]*", folded)}
    words = _number_words()
    return found | {words[word] for word in re.findall(r"[^\W\d_]+", folded) if word in words}


def _actors(text: Text, sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    """States and groups named in a sentence."""
    registry = load_registry()
    names = _finder(sentence.block.language)
    for match in names.finditer(text.raw, sentence.start, sentence.end):
        code = registry.code_of(match[0], sentence.block.language)
        if code and code != _UNNAMED and registry.kind(code) in {"state", "group", "igo"}:
            yield code, match.start(), match.end()


@cache
def _finder(language: Language) -> re.Pattern[str]:
    """Display names of actors in one language, longest first."""
    registry = load_registry()
    names = {registry.name(code, language) for code in registry.kinds}
    words = sorted((name for name in names if len(name) >= 3), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in words)})(?!\w)")


@cache
def _forms(code: str) -> tuple[str, ...]:
    """Every folded form of an actor in every language: names, adjectives, persons in office, and its towns and provinces,
    by which reports often call a country they do not name.
    """
    registry = load_registry()
    named = {alias.form for language in Language for alias in registry.aliases(language) if alias.code == code}
    towns = {
        fold(name)
        for place in load_places()
        if place.country == code
        for names in place.names.values()
        for name in names
        if len(name) > 3
    }
    return tuple(sorted(named | towns))
