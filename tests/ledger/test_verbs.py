"""`marsad judge | review | forecast` as a user meets them."""

import json

import pytest
from click.testing import CliRunner

from event_rows import day, event, events, instant
from marsad import forecast
from marsad.cli import main
from marsad.domain.tables import BREAKS
from marsad.store import Store
from tiny_desk import DESK

DYADS = [("RUS", "AFG"), ("AFG", "RUS")]


@pytest.fixture
def desk(tmp_path):
    """A desk with half a year of events and the forecasts of two origins, the first of them due."""
    (tmp_path / "desk.toml").write_text(DESK, "utf-8")
    store = Store(tmp_path / "data")
    table = events(*(event(n) for n in (3, 30, 100)), *(event(n, "AFG-RUS") for n in (50, 130)))
    store.add("events", table)
    for origin in (111, 139):
        store.add("forecasts", forecast.issue(table, day(origin), DYADS, known_at=instant(origin + 1)))
    return tmp_path


def run(desk, *words, ok=0):
    done = CliRunner().invoke(main, [*words, "--desk", str(desk)])
    assert done.exit_code == ok, done.stderr
    return done


def judged(desk, *more):
    rule = ["--resolve", "USA SANCTION AFG", "--probability", ".7", "--by", "2999-09-30"]
    return run(desk, "judge", "The USA will impose sanctions", *rule, *more)


def test_a_judgement_is_kept_and_shown_with_its_question_word_and_base_rate(desk):
    said = judged(desk).stdout
    assert "70% (likely) that USA SANCTION AFG from " in said
    assert "base rate" in said
    row = json.loads(judged(desk, "--format", "json", "--author", "A. Analyst").stdout)
    assert (row["author"], row["due"], row["probability"]) == ("A. Analyst", "2999-09-30", 0.7)


def test_an_agreement_asked_for_in_one_direction_is_pointed_out(desk):
    rule = ["--resolve", "RUS AGREE AFG", "--probability", ".7", "--by", "2999-09-30"]
    assert "name both on both sides" in run(desk, "judge", "They will sign", *rule).stderr


def test_the_review_lists_a_judgement_and_a_person_overrules_it(desk):
    key = json.loads(judged(desk, "--format", "json").stdout)["judgement_id"]
    assert f"{key}  open" in run(desk, "review").stdout
    run(desk, "judge", "--overrule", key, "--outcome", "void", "--reason", "mistyped")
    assert "(mistyped)" in run(desk, "review").stdout


def test_the_review_tells_which_judgement_was_superseded(desk):
    key = json.loads(judged(desk, "--format", "json").stdout)["judgement_id"]
    later = json.loads(judged(desk, "--author", "B", "--supersedes", key, "--format", "json").stdout)["judgement_id"]
    assert f"superseded by {later}" in run(desk, "review").stdout


def test_the_latest_reactions_are_shown_by_field_against_doing_it_anyway(desk):
    table = events(event(100), event(135, event_type="AGREE", mode="sign", context="military"))
    known = {"known_at": instant(140)}
    store = Store(desk / "data")
    store.add(
        "forecasts", forecast.reactions(table, BREAKS.empty(), day(139), {"west": ["USA"]}, [("RUS", "AFG")], **known)
    )
    text = run(desk, "forecast", "--all").stdout
    assert "USA hostile@security AFG: " in text
    assert "without this week's events" in text


def test_the_review_settles_what_is_due_and_scores_it(desk):
    told = json.loads(run(desk, "review", "--format", "json").stdout)
    (row,) = [row for row in told["scores"] if row["by"] == "all"]
    assert (row["who"], row["n"], row["n_happened"]) == (forecast.MODEL, 16, 1)  # Afghanistan's act of day 130
    assert told.keys() == {"scores", "calibration", "same_questions", "words", "judgements"}
    assert Store(desk / "data").read("resolutions").num_rows == 16


def test_the_latest_forecasts_are_shown_with_reasons_and_record(desk):
    told = json.loads(run(desk, "forecast", "--format", "json").stdout)
    assert told["origin"] == str(day(139))
    assert len(told["forecasts"]) == 8
    first = next(row for row in told["forecasts"] if row["source"] == "RUS")
    assert first["quad_class"] == "verbal_cooperation"  # the likeliest stands first
    assert first["events"][0]["date"] == str(day(100))
    text = run(desk, "forecast").stdout
    assert "Seen in 3 of the last 20 weeks." in text
    assert "None of its earlier forecasts can be scored yet." in text


def test_the_forecasts_of_a_past_day_are_shown_as_they_stood(desk):
    told = json.loads(run(desk, "forecast", "--as-of", str(day(112)), "--format", "json").stdout)
    assert told["origin"] == str(day(111))


@pytest.mark.parametrize(
    "words",
    [
        ["judge", "no question"],
        ["judge", "x", "--probability", "7", "--resolve", "USA SANCTION AFG by 2999-01-01"],
        ["judge", "x", "--probability", ".7", "--resolve", "USA SANCTION"],
        ["judge", "--overrule", "0000", "--outcome", "no", "--reason", "so"],
    ],
)
def test_what_cannot_be_kept_is_refused_in_one_line(desk, words):
    done = run(desk, *words, ok=2)
    assert done.stderr.count("\n") == 1
    assert "Next:" in done.stderr


def test_a_desk_without_forecasts_says_what_opens_them(tmp_path):
    (tmp_path / "desk.toml").write_text(DESK, "utf-8")
    assert "marsad week" in run(tmp_path, "forecast", ok=2).stderr
    assert "Nothing is due yet" in run(tmp_path, "review").stdout
