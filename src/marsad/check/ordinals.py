"""Lists told by ordinals (first, second, ...) and announced counts (four gains)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from marsad.check.lexicon import Hit, word_lists
from marsad.check.reading import Block, Kind, Sentence, Text
from marsad.domain.words import Language
from marsad.language.script import fold

_AFTER = re.compile(r"\s*[:،,؛;.\-–—]|\s+(?:دا چې|اینکه|که|of all)\b")


class Item(NamedTuple):
    """One ordinal item: its number, its sentence, and which set of ordinals it uses."""

    number: int
    sentence: Sentence
    series: str


class Announced(NamedTuple):
    """A count said before a colon: the number, the words, the sentence."""

    number: int
    start: int
    end: int
    sentence: Sentence


def _opening(text: Text, start: int, language: Language) -> tuple[int, str] | None:
    """Return number and series of the ordinal that opens at ``start``, followed by a pause."""
    for series in ("ordinal_a", "ordinal_b"):
        for hit in text.hits(series, start, start + 40):
            if hit.start - start <= 1 and _AFTER.match(text.raw, hit.end):
                return word_lists(language)[series].index(hit.phrase) + 1, series
    return None


def at_start_of(text: Text, block: Block) -> int | None:
    """Return the number of the ordinal a block opens with, or None."""
    found = _opening(text, block.start, block.language)
    return found[0] if found else None


def listed_items(text: Text) -> list[Item]:
    """Return every sentence that opens with an ordinal, in order."""
    found = []
    for sentence in text.sentences:
        opening = _opening(text, sentence.start, sentence.block.language)
        if opening:
            found.append(Item(opening[0], sentence, opening[1]))
    return found


def runs(text: Text) -> list[list[Item]]:
    """Return the ordinal lists: items of one section, cut where the count starts again at one.

    A run holds two items or more.
    """
    found: list[list[Item]] = []
    for item in listed_items(text):
        last = found[-1][-1] if found else None
        if last and last.sentence.block.section == item.sentence.block.section and item.number > 1:
            found[-1].append(item)
        else:
            found.append([item])
    return [run for run in found if len(run) >= 2]


def number_hits(text: Text, sentence: Sentence) -> list[tuple[int, Hit]]:
    """Return whole numbers from two to twelve said in a sentence, in words or digits, in order."""
    found = []
    language = sentence.block.language
    for number in word_lists(language)["number"]:
        found += [(int(number), hit) for hit in text.hits(f"number.{number}", sentence.start, sentence.end)]
    for match in re.compile(r"(?<![\d.,/:-])\d{1,2}(?![\d.,/:%٪-]|\s*(?:%|٪))").finditer(
        text.raw, sentence.start, sentence.end
    ):
        if 2 <= int(match[0]) <= 12:
            found.append((int(match[0]), Hit(match.start(), match.end(), match[0])))
    return sorted(found, key=lambda pair: pair[1].start)


def announced(text: Text) -> Iterator[Announced]:
    """Yield counts that announce a list: the last number of a sentence that ends with a colon."""
    for sentence in text.sentences:
        if not text.raw[sentence.start : sentence.end].rstrip().endswith(":"):
            continue
        numbers = number_hits(text, sentence)
        if numbers and sentence.end - numbers[-1][1].end <= 60:
            number, hit = numbers[-1]
            yield Announced(number, hit.start, sentence.end, sentence)


def items_after(text: Text, sentence: Sentence) -> list[Sentence | Block]:
    """Return the items that follow an announcing sentence in its section: an ordinal run, or marked list items."""
    section = sentence.block.section
    for run in runs(text):
        if run[0].sentence.block.section == section and run[0].sentence.start >= sentence.end:
            between = [
                block
                for block in text.of(Kind.PROSE)
                if block.section == section and sentence.block.end <= block.start < run[0].sentence.block.start
            ]
            return [item.sentence for item in run] if not between else []
    items: list[Sentence | Block] = []
    for block in text.blocks:
        if block.start < sentence.end or block.section != section:
            continue
        if block.kind is not Kind.ITEM:
            break
        items.append(block)
    return items


def words_of(text: str) -> list[str]:
    """Return the folded words of a text."""
    return re.findall(r"[^\W\d_]+", fold(text))
