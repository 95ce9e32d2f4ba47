import pytest

from marsad.domain.words import Context, EventType, Language
from marsad.vocab.codebook import MODES, examples
from marsad.vocab.lexicon import load_lexicon


@pytest.mark.parametrize("language", list(Language))
def test_every_pattern_names_a_type_and_a_mode_of_the_codebook(language):
    wrong = {
        (pattern.event_type, pattern.mode)
        for pattern in load_lexicon(language).patterns
        if pattern.mode is not None and pattern.mode not in MODES[pattern.event_type]
    }
    assert wrong == set()


@pytest.mark.parametrize("language", list(Language))
def test_every_type_can_be_told_in_every_language(language):
    assert {pattern.event_type for pattern in load_lexicon(language).patterns} == {kind.value for kind in EventType}


def test_all_languages_know_the_same_cues_and_fields():
    cues = {language: {name.removesuffix("_phrases") for name in load_lexicon(language).cues} for language in Language}
    assert len({frozenset(names) for names in cues.values()}) == 1
    assert {name for language in Language for name in load_lexicon(language).contexts} == {c.value for c in Context}


@pytest.mark.parametrize("language", list(Language))
def test_strengths_are_shares(language):
    assert all(0 < pattern.strength <= 1 for pattern in load_lexicon(language).patterns)


def test_no_two_types_share_an_example():
    seen = [examples(kind.value, language)[0] for kind in EventType for language in Language]
    assert len(seen) == len(set(seen)) == 16 * 5
