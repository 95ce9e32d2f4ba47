from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.check.dates import find_dates, find_periods
from marsad.check.glossary import glossary
from marsad.check.layout import read
from marsad.check.lexicon import scan, word_lists
from marsad.check.reading import Kind
from marsad.check.slips import is_slip
from marsad.domain.words import Language
from marsad.language.script import fold

BULLETIN = """
Weekly analysis
Issue 12
(15 to 21 June 2026)

Contents
What was signed ..... 1
Conclusion ..... 2
Sources ..... 2

What was signed

The two ministers signed a paper in Moscow on Monday, 15 June 2026.¹ It names training,
spare parts and repair.

Conclusion

The paper stands.

Sources

1. Ministers sign, TASS, 15 June 2026, https://tass.com/a

The Centre is an independent body founded in 2009.

Phone: +93700000000
"""


def test_a_plain_bulletin_falls_into_its_parts():
    text = read(BULLETIN)
    kinds = [block.kind for block in text.blocks]
    assert [text.slice(block) for block in text.headings] == ["What was signed", "Conclusion", "Sources"]
    assert [section.role for section in text.sections] == ["", "", "conclusion", "sources"]
    assert [text.raw[slice(*entry.title)] for entry in text.entries] == ["What was signed", "Conclusion", "Sources"]
    assert kinds.count(Kind.SOURCE) == 1
    assert kinds[-2:] == [Kind.IMPRINT, Kind.IMPRINT]


def test_a_wrapped_paragraph_is_one_block():
    text = read(BULLETIN)
    assert sum(block.kind is Kind.PROSE for block in text.blocks) == 2


def test_the_issue_period_is_read_from_the_cover():
    period = read(BULLETIN).period
    assert (period.first, period.last) == (date(2026, 6, 15), date(2026, 6, 21))


def test_a_note_mark_belongs_to_its_sentence():
    text = read(BULLETIN)
    first, second = text.sentences[:2]
    assert text.is_cited(first)
    assert not text.is_cited(second)


@given(st.text(max_size=400))
def test_any_text_is_read_without_fault_and_blocks_do_not_overlap(raw):
    text = read(raw)
    ends = [block.end for block in text.blocks]
    assert all(end <= block.start for end, block in zip(ends, text.blocks[1:], strict=False))


@pytest.mark.parametrize(
    ("language", "written", "day"),
    [
        (Language.AR, "16 يونيو، 2026", date(2026, 6, 16)),
        (Language.AR, "٦ حزيران ٢٠٢٦", date(2026, 6, 6)),
        (Language.EN, "June 16, 2026", date(2026, 6, 16)),
        (Language.FA, "۳۱ جوزا ۱۴۰۵", date(2026, 6, 21)),
        (Language.FA, "۲۱ جون ۲۰۲۶", date(2026, 6, 21)),
        (Language.RU, "21 июня 2026 года", date(2026, 6, 21)),
        (Language.EN, "2026-06-21", date(2026, 6, 21)),
    ],
)
def test_dates_are_read_in_each_language_and_calendar(language, written, day):
    assert [found.day for found in find_dates(f"x {written}.", language)] == [day]


@pytest.mark.parametrize(
    ("language", "written"),
    [(Language.EN, "June 15–21, 2026"), (Language.RU, "с 15 по 21 июня 2026 года"), (Language.FA, "۱۵ تا ۲۱ جون ۲۰۲۶")],
)
def test_ranges_are_read_in_each_language(language, written):
    found = find_periods(written, language)[0]
    assert (found.first, found.last) == (date(2026, 6, 15), date(2026, 6, 21))


def test_a_phrase_is_found_behind_arabic_particles_and_vowel_signs():
    keys = {key for key, _ in scan("ومن المُرجَّح أن يستمر", Language.AR)}
    assert "likelihood" in keys


def test_a_phrase_is_not_found_inside_a_word():
    assert not [key for key, hit in scan("The maybell rang.", Language.EN) if key == "possibility"]


def test_all_languages_have_the_same_lists():
    keys = {
        language: {key for key, value in word_lists(language).items() if isinstance(value, list)}
        for language in Language
    }
    assert len({frozenset(names) for names in keys.values()}) == 1
    assert all(list(word_lists(language)["number"]) == [str(n) for n in range(2, 13)] for language in Language)
    assert all(len(word_lists(language)[name]) == 10 for language in Language for name in ("ordinal_a", "ordinal_b"))


@pytest.mark.parametrize(
    ("written", "meant", "expected"),
    [
        ("ترمد", "تمرد", True),  # letters changed over
        ("الغني", "الفني", True),  # one dot
        ("طلبان", "طالبان", True),  # a letter left out
        ("روسية", "روسيا", False),  # an ending
        ("يشير", "تشير", False),  # a verb's person
        ("تمرد", "تمرد", False),
    ],
)
def test_a_slip_is_told_from_an_inflection(written, meant, expected):
    assert is_slip(fold(written), fold(meant), Language.AR) is expected


@pytest.mark.parametrize("language", list(Language))
def test_every_slip_context_suggests_another_word(language):
    contexts = glossary(language).contexts
    assert contexts
    assert all(fold(context.right) != context.slip for context in contexts)
