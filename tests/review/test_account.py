import math

import pytest
import scoringrules

from event_rows import day, event, events, instant
from marsad.domain.tables import FORECASTS, JUDGEMENTS, RESOLUTIONS
from marsad.review import account, calibration, review_text, said, same_questions, words_used
from marsad.vocab.likelihood import load_scale

SAID = [  # source, class, probability, base rate, outcome
    ("RUS", "verbal_cooperation", 0.8, 0.5, True),
    ("RUS", "material_conflict", 0.2, 0.5, False),
    ("USA", "verbal_cooperation", 0.6, 0.5, False),
    ("USA", "material_conflict", 0.9, 0.5, None),
]
JUDGED = [  # author, probability, model's, outcome
    ("A", 0.9, 0.3, True),
    ("A", 0.1, 0.2, True),
    ("B", 0.6, 0.3, False),
    ("B", 0.6, None, False),
]


SENTENCES = {"A": "The USA will impose sanctions on Afghanistan.", "B": "США введут санкции против Афганистана."}


def answered(ids, outcomes):
    return [
        {"question_id": i, "origin": day(6), "due": day(34), "outcome": outcome, "known_at": instant(42)}
        for i, outcome in zip(ids, outcomes, strict=True)
    ]


def told(happened=(), judged=JUDGED, today=100, answers=None):
    forecasts = [
        {
            "question_id": f"f{i}",
            "origin": day(6),
            "due": day(34),
            "source": source,
            "target": "AFG",
            "quad_class": quad,
            "probability": p,
            "base_rate": base,
            "model": "m",
            "backfilled": source == "USA",
            "known_at": instant(7),
        }
        for i, (source, quad, p, base, _) in enumerate(SAID)
    ]
    judgements = [
        {
            "judgement_id": f"j{i}",
            "sentence": SENTENCES[author],
            "origin": day(6),
            "due": day(34),
            "probability": p,
            "base_rate": 0.5,
            "model_probability": model,
            "resolution_rule": f"USA SANCTION AFG from {day(7)} by {day(34)}",
            "author": author,
            "backfilled": False,
            "known_at": instant(6, 9),
        }
        for i, (author, p, model, _) in enumerate(judged)
    ]
    answers = answers or [
        *answered([f"f{i}" for i in range(4)], [row[4] for row in SAID]),
        *answered([f"j{i}" for i in range(len(judged))], [row[3] for row in judged]),
    ]
    return said(
        FORECASTS.from_rows(forecasts),
        JUDGEMENTS.from_rows(judgements),
        RESOLUTIONS.from_rows(answers),
        events(*happened),
        today=day(today),
    )


def scores(table, who, group="all"):
    (row,) = [row for row in account(table).to_pylist() if (row["who"], row["group"]) == (who, group)]
    return row


def test_the_scores_by_hand():
    row = scores(told(), "m")
    assert (row["n"], row["n_happened"], row["n_void"], row["n_backfilled"]) == (3, 1, 1, 1)
    assert row["brier"] == pytest.approx((0.04 + 0.04 + 0.36) / 3)
    assert row["base_brier"] == pytest.approx(0.25)
    assert row["skill"] == pytest.approx(1 - 0.44 / 0.75)
    assert row["log_score"] == pytest.approx(-(math.log(0.8) + math.log(0.8) + math.log(0.4)) / 3)
    assert row["uncertainty"] == pytest.approx(1 / 3 * 2 / 3)


def test_the_brier_score_is_that_of_an_independent_library():
    outcomes = [1, 1]
    expected = scoringrules.brier_score(outcomes, [0.9, 0.1]).mean()
    assert scores(told(), "A")["brier"] == pytest.approx(expected)


def test_reliability_less_resolution_and_uncertainty_add_up_to_brier():
    for row in account(told()).to_pylist():
        parts = row["reliability"] - row["resolution"] + row["uncertainty"] + row["within"]
        assert parts == pytest.approx(row["brier"])


def test_persistence_says_what_the_window_before_showed_as_known_then():
    seen = event(0, "RUS-AFG", "material_conflict")
    unknown = event(1, "USA-AFG", known_at=instant(8))
    outside = event(-22, "RUS-AFG")
    persistence = told([seen, unknown, outside])["persistence"].to_pylist()[:4]
    assert dict(zip(["f0", "f1", "f2", "f3"], persistence, strict=True)) == {"f0": 0, "f1": 1, "f2": 0, "f3": 0}
    # Of f0 true, f1 and f2 false: persistence is wrong on f0 and f1.
    assert scores(told([seen, unknown, outside]), "m")["persistence_brier"] == pytest.approx(2 / 3)


def test_scores_are_given_by_topic_and_by_horizon():
    groups = {(row["by"], row["group"]) for row in account(told()).to_pylist() if row["who"] == "m"}
    assert groups == {
        ("all", "all"),
        ("topic", "verbal_cooperation"),
        ("topic", "material_conflict"),
        ("horizon", "up to 4 weeks"),
    }


def test_a_judgement_is_scored_by_the_language_it_was_said_in():
    by_language = {row["group"]: row for row in account(told()).to_pylist() if row["by"] == "language"}
    assert {group: (row["who"], row["n"]) for group, row in by_language.items()} == {"en": ("A", 2), "ru": ("B", 2)}


def test_bins_are_given_for_each_class_and_horizon_too():
    rows = [row for row in calibration(told()).to_pylist() if row["who"] == "m"]
    assert {(row["by"], row["group"]): row["n"] for row in rows if row["by"] == "horizon"} == {
        ("horizon", "up to 4 weeks"): 1
    }
    assert sum(row["n"] for row in rows if row["group"] == "verbal_cooperation") == 2


def test_people_and_model_are_compared_only_where_both_answered():
    a, b, both = same_questions(told()).to_pylist()
    assert (a["author"], a["n"], a["n_nearer"]) == ("A", 2, 1)
    assert a["brier"] == pytest.approx((0.01 + 0.81) / 2)
    assert a["model_brier"] == pytest.approx((0.49 + 0.64) / 2)
    assert (b["author"], b["n"], b["n_nearer"]) == ("B", 1, 0)
    assert (both["author"], both["n"]) == ("all", 3)


def test_a_judgement_is_scored_only_when_its_last_day_is_over():
    assert "A" not in account(told(today=34))["who"].to_pylist()
    assert "A" in account(told(today=35))["who"].to_pylist()


def test_an_origin_with_a_question_still_open_is_not_scored():
    early = answered(["f0", "f1", "f2"], [True, False, False])
    assert told(judged=[], answers=early).num_rows == 0


def test_each_word_stands_with_how_often_it_happened():
    rows = {row["word"]: row for row in words_used(told(), load_scale()).to_pylist() if row["kind"] == "judgement"}
    assert list(rows) == ["very unlikely", "likely", "very likely"]
    assert (rows["likely"]["n"], rows["likely"]["happened"]) == (2, 0)
    assert rows["likely"]["high"] == pytest.approx(0.658, abs=1e-3)  # Wilson, 0 of 2


def test_bins_hold_everything_said():
    shares = [
        row["sharpness"]
        for row in calibration(told(), n_bins=2).to_pylist()
        if row["who"] == "m" and row["by"] == "all"
    ]
    assert sum(shares) == pytest.approx(1)


def test_the_text_says_so_when_the_model_is_no_better_than_its_base_rate():
    tables = {
        "scores": account(told()),
        "calibration": calibration(told()),
        "same_questions": same_questions(told()),
        "words": words_used(told(), load_scale()),
    }
    text = review_text(tables)
    assert "forecasts by m" in text
    assert "Worse than the base rate." in text  # B said 60 % twice, and neither happened
    assert "1 void, left out." in text
    assert "1 of these were made in hindsight" in text
