# ruff: noqa: ARG001 - one signature for all rules; a docstring states the fault
"""Slips of the keyboard and of optical reading: flagged with a suggestion, never mended."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from marsad.check.context import Context
from marsad.check.finding import Level, Mark, rule
from marsad.check.glossary import Glossary, glossary
from marsad.check.lexicon import word_lists
from marsad.check.reading import Block, Kind, Text
from marsad.check.slips import MIN_STEM, are_alike, is_slip, stem
from marsad.domain.words import Language
from marsad.language.script import fold, fold_aligned

_READ = (Kind.PROSE, Kind.ITEM, Kind.SOURCE, Kind.HEADING, Kind.FRONT, Kind.IMPRINT, Kind.TABLE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NOT_WORDS = re.compile(r"https?://[^\s>)]+|www\.\S+|\S+@\S+|`[^`]*`|\[\^[^\]]*\]|\{#[^}]*\}")
_FREQUENT = 2
_OFTEN = 3  # times: a word the text is sure of
_LONG = 6  # letters: shorter words have too many neighbours that are words


class _Word(NamedTuple):
    """A word of the text: its place, its fold, and its fold without particles."""

    start: int
    end: int
    written: str
    folded: str
    stem: str
    language: Language


def _words(text: Text) -> list[list[_Word]]:
    """The words of each block that is read."""
    return [_block_words(text, block) for block in text.of(*_READ) if not text.slice(block).startswith("---")]


def _block_words(text: Text, block: Block) -> list[_Word]:
    found = []
    readable = _NOT_WORDS.sub(lambda match: "|" * len(match[0]), text.slice(block))
    for match in re.finditer(r"[^\W\d_][\w\u064b-\u0652\u0670]*", readable):
        folded = fold(match[0])
        start = block.start + match.start()
        found.append(
            _Word(start, block.start + match.end(), match[0], folded, stem(folded, block.language), block.language)
        )
    return found


@rule("typo", Level.ERROR)
def typo(text: Text, context: Context) -> Iterator[Mark]:
    """A word that is, by all signs, another word with a slip.

    Four signs: it nearly spells an actor or place (above all one the text names elsewhere); it nearly completes a
    phrase that the text or the glossary has (حركة ترمد beside حركة تمرد); it nearly spells a foreign term; it stands
    where its look-alike belongs (يحرض على توجيه رسالة). A slip may turn the meaning round: look at the source.
    """
    blocks = _words(text)
    counts = Counter(word.stem for words in blocks for word in words)
    pairs = Counter((one.stem, other.stem) for words in blocks for one, other in pairwise(words))
    seen: set[int] = set()
    for mark in (*_by_context(text), *_by_phrase(blocks, pairs, counts), *_by_name(blocks, counts)):
        if mark.start not in seen:
            seen.add(mark.start)
            yield mark


def _mark(word: _Word, meant: str) -> Mark:
    return Mark(word.start, word.end, f"Did you mean «{meant}»? Compare the source.")


def _by_context(text: Text) -> Iterator[Mark]:
    for block in text.of(*_READ):
        folded, origin = fold_aligned(text.slice(block))
        for slip_context in glossary(block.language).contexts:
            for match in slip_context.find.finditer(folded):
                at = match.start() + max(0, match[0].find(slip_context.slip))
                tail = re.compile(r"\w*").match(folded, at)
                end = block.start + origin[(tail.end() if tail and tail.end() > at else match.end()) - 1] + 1
                yield Mark(block.start + origin[at], end, f"Did you mean «{slip_context.right}»? Compare the source.")


def _by_phrase(blocks: list[list[_Word]], pairs: Counter[tuple[str, str]], counts: Counter[str]) -> Iterator[Mark]:
    """A word beside a known neighbour, nearly spelling what stands beside that neighbour elsewhere."""
    follows, precedes = _neighbours(pairs)
    shown = {word.stem: word.written for words in blocks for word in words}
    for words in blocks:
        for one, other in pairwise(words):
            known = glossary(other.language)
            if pairs[one.stem, other.stem] > 1:
                continue
            told = _meant(other, known.after.get(one.stem, frozenset()), known)
            told = told or _meant_here(other, follows.get(one.stem, ()), known, counts)
            if told:
                yield _mark(other, shown.get(told) or known.shown[told])
            told = _meant(one, known.before.get(other.stem, frozenset()), known)
            told = told or _meant_here(one, precedes.get(other.stem, ()), known, counts)
            if told:
                yield _mark(one, shown.get(told) or known.shown[told])


def _neighbours(pairs: Counter[tuple[str, str]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    follows: dict[str, list[str]] = {}
    precedes: dict[str, list[str]] = {}
    for (one, other), n in pairs.items():
        if n < _FREQUENT or min(len(one), len(other)) < MIN_STEM:
            continue
        follows.setdefault(one, []).append(other)
        precedes.setdefault(other, []).append(one)
    return follows, precedes


def _meant(word: _Word, expected: frozenset[str], known: Glossary) -> str | None:
    if word.stem in expected or known.knows(word.stem):
        return None
    return next((other for other in sorted(expected) if is_slip(word.stem, other, word.language)), None)


def _meant_here(word: _Word, others: list[str] | tuple[str, ...], known: Glossary, counts: Counter[str]) -> str | None:
    """The neighbour's other company in this text: only a look-alike or a swap counts, and only for a word seen once."""
    if counts[word.stem] > 1 or known.knows(word.stem):
        return None
    return next((other for other in others if _looks_alike(word, other)), None)


def _looks_alike(word: _Word, other: str) -> bool:
    """Letters changed over, or one taken for its look-alike; nothing left out or put in."""
    if len(other) != len(word.stem) or not is_slip(word.stem, other, word.language):
        return False
    parted = [(a, b) for a, b in zip(word.stem, other, strict=True) if a != b]
    return len(parted) == 2 or are_alike(*parted[0], word.language)


def _by_name(blocks: list[list[_Word]], counts: Counter[str]) -> Iterator[Mark]:
    """A word that nearly spells a name or a foreign term."""
    here = {
        language: tuple(
            sorted(
                name
                for name in glossary(language).names
                if len(name) >= 5 and (counts[name] or name in _party_names(language))
            )
        )
        for language in {word.language for words in blocks for word in words}
    }
    frequent = _frequent(blocks, counts)
    for words in blocks:
        for word in words:
            known = glossary(word.language)
            if len(word.stem) < 5 or counts[word.stem] > _FREQUENT or known.knows(word.stem):
                continue
            near = _near_name(word.stem, here[word.language], word.language)
            told = (known.names.get(near) or known.loans[near]) if near else _near_common(word, frequent[word.language])
            if told and not _is_known_elsewhere(word):
                yield _mark(word, told)


@cache
def _party_names(language: Language) -> frozenset[str]:
    """The stems of parties' names in one word: a slip of one is told even where the text never spells it right."""
    names = (name for forms in word_lists(language)["party"].values() for phrases in forms.values() for name in phrases)
    return frozenset(stem(fold(name), language) for name in names if name.isalpha())


def _is_known_elsewhere(word: _Word) -> bool:
    """A name in another language of the same script: titles are cited as printed."""
    others = [
        language for language in Language if language != word.language and language.is_rtl == word.language.is_rtl
    ]
    return any(stem(word.folded, language) in glossary(language).names for language in others)


def _frequent(blocks: list[list[_Word]], counts: Counter[str]) -> dict[Language, dict[str, str]]:
    """By language, long words to hold rare ones against: the glossary's terms, and what the text says often."""
    found: dict[Language, dict[str, str]] = {language: dict(glossary(language).terms) for language in Language}
    for words in blocks:
        for word in words:
            if counts[word.stem] >= _OFTEN:
                found[word.language].setdefault(word.stem, word.written)
    return {language: {w: shown for w, shown in known.items() if len(w) >= _LONG} for language, known in found.items()}


def _near_common(word: _Word, frequent: dict[str, str]) -> str | None:
    """A common word that differs by look-alike letters or a swap alone; the word itself must be rare and long."""
    if len(word.stem) < _LONG or word.stem in frequent:
        return None
    if word.language is Language.EN and len(word.stem) >= _LONG + 2:  # long English words are seldom neighbours
        return next((shown for other, shown in frequent.items() if is_slip(word.stem, other, word.language)), None)
    return next((shown for other, shown in frequent.items() if _looks_alike(word, other)), None)


@cache
def _near_name(written: str, here: tuple[str, ...], language: Language) -> str | None:
    known = glossary(language)
    for name in here:
        if not _is_inflected(written, name) and is_slip(written, name, language):
            return name
    for loan in known.loans:
        n_edits = 2 if len(loan) >= (6 if language is Language.AR else 9) else 1
        if not _is_inflected(written, loan) and is_slip(written, loan, language, n_edits=n_edits):
            return loan
    return None


def _is_inflected(written: str, name: str) -> bool:
    """One begins with the other, or they part only in the last letters: an ending, not a slip."""
    shorter = min(len(written), len(name))
    return written[: shorter - 1] == name[: shorter - 1]


@rule("repeated-word", Level.WARN)
def repeated_word(text: Text, context: Context) -> Iterator[Mark]:
    """The same word twice in a row, as happens where a line was broken or a passage moved."""
    doubled = {
        "ها",
        "های",
        "کم",
        "رفته",
        "یک",
        "that",
        "had",
        "بین",
        "رویداد",
        "ورو",
        "ورځ",
        "په",
        "بي",
        "بی",
        "سي",
        "سی",
    }
    for words in _words(text):
        for one, other in pairwise(words):
            between = text.raw[one.end : other.start]
            if one.folded == other.folded and len(one.folded) > 1 and between.isspace() and one.folded not in doubled:
                yield Mark(one.start, other.end, "The word stands twice: remove one.")


@rule("missing-word", Level.WARN)
def missing_word(text: Text, context: Context) -> Iterator[Mark]:
    """A noun that needs its object and has none: trafficking, in what?"""
    objects = {
        Language.AR: re.compile(r"\s+(?:غير\s+(?:المشروع|القانوني)\s+)?ب\w"),
        Language.EN: re.compile(r"\s+(?:in|of|networks?|routes?|rings?)\b"),
        Language.FA: re.compile(r"\s+\w"),
        Language.PS: re.compile(r"\s+\w"),
        Language.RU: re.compile(r"\s+\w"),
    }
    before = re.compile(
        r"(?:drugs?|human|arms|weapons?|narcotics?|people|sex|wildlife|opium|heroin|child|organ)[\s-]+$", re.IGNORECASE
    )
    for hit in text.hits("trafficking"):
        sentence = text.sentence_at(hit.start)
        if sentence is None or objects[sentence.block.language].match(text.raw, hit.end):
            continue
        if sentence.block.language is Language.EN and before.search(text.raw[sentence.start : hit.start]):
            continue
        end = min(sentence.end, hit.end + 15)
        yield Mark(hit.start, end, "Trafficking in what? The object is missing: ask the author.")


@rule("mixed-script-word", Level.ERROR)
def mixed_script_word(text: Text, context: Context) -> Iterator[Mark]:
    """Letters of two scripts in one word (a Latin «a» in a Russian word): it looks right and is never found."""
    mixed = re.compile(r"\w*(?:[A-Za-z][а-яёА-ЯЁ]|[а-яёА-ЯЁ][A-Za-z])\w*")
    for block in text.of(*_READ):
        for match in mixed.finditer(text.raw, block.start, block.end):
            if not re.fullmatch(r"[A-Z]{2,}[а-яё]+", match[0]):
                yield Mark(match.start(), match.end(), "This word mixes letters of two scripts: type it again.")


@rule("damaged-characters", Level.ERROR)
def damaged_characters(text: Text, context: Context) -> Iterator[Mark]:
    """Characters lost in conversion: the replacement sign, private letters, or text decoded in the wrong way."""
    for match in re.finditer(r"[\ufffd\ue000-\uf8ff]+|(?:[ØÙÚÐÑ][\u0080-\u00bf\u201a-\u2122]){2,}", text.raw):
        yield Mark(match.start(), match.end(), "Lost in conversion: take the passage from the source again.")


@rule("presentation-forms", Level.WARN)
def presentation_forms(text: Text, context: Context) -> Iterator[Mark]:
    """Arabic letters copied as shapes (from a PDF): they cannot be searched, joined or read aloud."""
    for match in re.finditer(r"[\ufb50-\ufdcf\ufdf0-\ufdf1\ufdf4-\ufdf9\ufe70-\ufefc]+", text.raw):
        yield Mark(match.start(), match.end(), "Shapes instead of letters: normalise them (NFKC).")
