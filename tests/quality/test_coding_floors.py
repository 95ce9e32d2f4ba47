"""Accuracy cannot fall unless the change says so: floors.json holds what was reached."""

import json
from pathlib import Path

import pytest

from marsad.coding import default_coder
from marsad.vocab.accuracy import load_accuracy
from quality.coding_gold import (
    GOLD,
    PAIRS,
    REPORTS,
    false_events,
    rows,
    score_pairs,
    score_reports,
    score_same_event,
    score_sentences,
    unmark,
)

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["coding"]


@pytest.fixture(scope="module")
def scores():
    if not REPORTS.exists():
        pytest.skip("the embedded desk's reports are not here")
    return score_reports(default_coder())


@pytest.mark.parametrize("language", sorted(FLOORS["reports"]))
@pytest.mark.parametrize("measure", ["type", "order", "precision", "recall"])
def test_whole_events_on_the_chronology_stay_above_their_floor(scores, language, measure):
    score = scores[language]
    reached = {
        "type": score.right_type / score.n_gold,
        "order": score.right_order / score.n_gold,
        "precision": score.precision,
        "recall": score.recall,
    }
    assert reached[measure] >= FLOORS["reports"][language][measure]


@pytest.mark.parametrize("language", sorted(load_accuracy()["reports"]))
def test_what_marsad_code_about_shows_is_what_is_measured(scores, language):
    shown, measured = load_accuracy()["reports"][language], scores[language]
    assert shown["n"] == measured.n_gold
    hint = "measure anew: PYTHONPATH=src:tests python benchmarks/coding.py --keep"
    assert shown["precision"] == pytest.approx(measured.precision, abs=0.001), hint
    assert shown["recall"] == pytest.approx(measured.recall, abs=0.001), hint


def test_the_shown_figures_are_of_the_coder_that_codes():
    assert load_accuracy()["coder"] == default_coder().name


def test_statements_that_are_no_event_are_seldom_coded():
    wrong = false_events(default_coder())
    assert len(wrong) / len(rows(GOLD / "negatives.csv")) <= FLOORS["negatives_coded"], [row["text"] for row in wrong]


def test_english_pairs_stay_above_their_floor():
    if not PAIRS.exists():
        pytest.skip("the labelled pairs lie outside the repository; set MARSAD_SHARED to measure them")
    accuracy, confused = score_pairs(default_coder())
    assert accuracy >= FLOORS["pairs_en"], confused.most_common(10)


def test_reports_of_one_event_are_joined():
    if not REPORTS.exists():
        pytest.skip("the embedded desk's reports are not here")
    precision, recall = score_same_event(default_coder())
    assert 2 * precision * recall / (precision + recall) >= FLOORS["same_event_f1"]


@pytest.mark.parametrize("language", sorted(FLOORS["sentences_train"]))
def test_labelled_sentences_stay_above_their_floor(language):
    floors = FLOORS["sentences_train"][language]
    score = score_sentences(default_coder(), language, "train")
    assert score.type_accuracy >= floors["type"]
    assert score.precision >= floors["precision"]
    assert score.recall >= floors["recall"]
    assert score.negatives_coded <= floors["negatives"]


def test_unmarking_keeps_the_offsets_of_both_sides():
    text, pair = unmark("<s>Iran</s> condemned <t>a ruling</t>.")
    assert [text[slice(*pair[side])] for side in ("source", "target")] == ["Iran", "a ruling"]
