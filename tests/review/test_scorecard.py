import pyarrow as pa
import pytest

from event_rows import day, instant
from marsad.domain.tables import FORECASTS, RESOLUTIONS
from marsad.review import reliability_table, scorecard

SAID = [  # source, class, probability, base rate, outcome
    ("RUS", "verbal_cooperation", 0.8, 0.5, True),
    ("RUS", "material_conflict", 0.2, 0.5, False),
    ("USA", "verbal_cooperation", 0.6, 0.5, False),
    ("USA", "material_conflict", 0.9, 0.5, None),
]


def tables(said=SAID, model="m"):
    asked = [
        {
            "question_id": str(i),
            "origin": day(6),
            "source": source,
            "target": "AFG",
            "quad_class": quad,
            "probability": p,
            "base_rate": base,
            "model": model,
            "backfilled": source == "USA",
        }
        for i, (source, quad, p, base, _) in enumerate(said)
    ]
    answered = [
        {"question_id": str(i), "origin": day(6), "outcome": said[i][4], "resolved_at": instant(40)}
        for i in range(len(said))
    ]
    return FORECASTS.from_rows(asked), RESOLUTIONS.from_rows(answered)


def test_the_overall_row_scores_all_against_the_base_rate():
    row = scorecard(*tables()).to_pylist()[0]
    assert (row["group"], row["n"], row["n_happened"], row["n_void"], row["n_backfilled"]) == ("all", 3, 1, 1, 1)
    # (0.8-1)^2 = 4/100, 0.2^2 = 4/100, 0.6^2 = 36/100: mean 44/300; base 1/4
    assert row["brier"] == pytest.approx(44 / 300)
    assert row["base_brier"] == pytest.approx(1 / 4)
    assert row["skill"] == pytest.approx(1 - 44 / 75)


def test_each_quad_class_has_its_row():
    assert scorecard(*tables())["group"].to_pylist() == ["all", "material_conflict", "verbal_cooperation"]


def test_a_class_with_only_void_questions_has_none():
    assert scorecard(*tables(SAID[2:]))["group"].to_pylist() == ["all", "verbal_cooperation"]


def test_an_origin_waits_until_all_its_questions_are_resolved():
    asked, answered = tables()
    assert scorecard(asked, answered.slice(0, 3)).num_rows == 0
    earlier = FORECASTS.from_rows([asked.to_pylist()[0] | {"origin": day(0)}])
    done = RESOLUTIONS.from_rows([answered.to_pylist()[0] | {"origin": day(0)}])
    both = pa.concat_tables([asked, earlier]), pa.concat_tables([answered.slice(0, 3), done])
    assert scorecard(*both)["n"].to_pylist() == [1, 1]


def test_the_interval_resamples_dyads_and_holds_the_skill():
    row = scorecard(*tables()).to_pylist()[0]
    # Only Russia drawn: 1 - (8/100)/(2/4) = 0.84; only the USA: 1 - 0.36/0.25 = -0.44
    assert (row["skill_low"], row["skill_high"]) == (pytest.approx(-0.44), pytest.approx(0.84))
    assert row["skill_low"] < row["skill"] < row["skill_high"]


def test_one_dyad_gives_no_interval():
    row = scorecard(*tables(SAID[:2])).to_pylist()[0]
    assert row["skill_low"] is None
    assert row["skill_high"] is None


def test_the_same_seed_gives_the_same_table():
    many = [(f"A{i}", "verbal_cooperation", (i % 9 + 1) / 10, 0.4, i % 3 == 0) for i in range(40)]
    assert scorecard(*tables(many), seed=5).equals(scorecard(*tables(many), seed=5))
    assert not scorecard(*tables(many), seed=5).equals(scorecard(*tables(many), seed=6))


def test_a_base_rate_that_was_never_wrong_leaves_no_skill_and_no_interval():
    sure = [("RUS", "verbal_cooperation", 0.5, 1.0, True), ("USA", "verbal_cooperation", 0.5, 1.0, True)]
    row = scorecard(*tables(sure)).to_pylist()[0]
    assert (row["skill"], row["skill_low"]) == (None, None)


def test_the_reliability_table_puts_low_forecasts_first():
    rows = [row for row in reliability_table(*tables(), n_bins=3).to_pylist() if row["group"] == "all"]
    assert [(row["bin"], row["forecast"], row["observed"]) for row in rows] == [(0, 0.2, 0), (1, 0.6, 0), (2, 0.8, 1)]
    assert all(row["low"] <= row["observed"] <= row["high"] for row in rows)
