"""Small faulty bulletins in four languages: what an editor would mark in each, the checker marks too."""

from pathlib import Path

import pytest

from marsad import check

HERE = Path(__file__).parent / "bulletins"
COMMON = {
    "toc-heading-mismatch", "toc-leader-order", "broken-paragraph", "announced-count-mismatch", "list-not-marked",
    "no-publication-metadata", "undated-event", "undated-statement", "mixed-footnote-markers", "empty-link",
    "source-incomplete", "single-anonymous-source", "one-note-two-claims", "no-primary-source", "no-alternatives",
    "judgement-as-fact", "internal-tension", "absolute-claim", "uncited-fact", "uncalibrated-likelihood",
    "weasel-possibility", "loaded-language", "false-obviousness", "non-forecast", "recommendation-not-actionable",
    "recommendation-untraceable",
}  # fmt: skip
ALSO = {
    "en": {
        "typo",
        "list-item-not-on-own-line",
        "unnumbered-extra-item",
        "non-parallel-list",
        "date-colon",
        "bare-contact",
    },
    "fa": {"party-naming", "spelling-variant", "date-colon", "week-range-length", "missing-actor-perspective"},
    "ru": {"unnumbered-extra-item", "date-colon", "week-range-length", "source-outside-week", "bare-contact"},
    "ps": {"party-naming", "spelling-variant"},
}
NOT_IN = {"en": {"internal-tension"}}


@pytest.mark.parametrize("language", sorted(ALSO))
def test_the_faults_an_editor_would_mark_are_found(language):
    text = (HERE / f"{language}.txt").read_text("utf-8")
    found = {finding.rule for finding in check.run(text, path="bulletin.txt")}
    assert (COMMON | ALSO[language]) - NOT_IN.get(language, set()) - found == set()


@pytest.mark.parametrize(
    ("language", "slips"), [("en", {"goverments", "Iranain"}), ("fa", set()), ("ru", set()), ("ps", set())]
)
def test_no_sound_word_is_taken_for_a_slip(language, slips):
    text = (HERE / f"{language}.txt").read_text("utf-8")
    assert {finding.quote for finding in check.run(text, path="bulletin.txt") if finding.rule == "typo"} == slips
