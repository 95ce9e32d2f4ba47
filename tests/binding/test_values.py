from datetime import date

import pytest

from marsad.binding.values import Value, Vintage, evaluate, same_number
from marsad.domain.words import Ladder
from marsad.errors import BadInput
from write.small_tables import ROWS, WEEK, event, tables


def vintage(**changes):
    return Vintage(tables(**changes), WEEK, WEEK.cutoff, {"west": ("USA", "GBR")})


def value(query, **changes):
    return evaluate(query, vintage(**changes))


def test_an_agreement_coded_from_both_sides_counts_once():
    found = value("count RUS,AFG AGREE:military RUS,AFG")
    assert (found.number, found.events) == (1, ("e-sign",)) or (found.number, found.events) == (1, ("e-sign-back",))


def test_attacks_of_both_sides_on_one_day_are_two():
    back = event("e-back", date(2026, 5, 28), "AFG", "ASSAULT", "air_strike", "military", "PAK")
    assert value("count PAK,AFG ASSAULT PAK,AFG", events=[*ROWS["events"], back]).number == 2


def test_within_days_looks_back_from_the_weeks_end_last_day_included():
    assert value("count PAK ASSAULT AFG within 4 days").number == 1  # 28 to 31 May
    assert value("count PAK ASSAULT AFG within 3 days").number == 0  # 29 to 31 May


def test_what_was_denied_or_waits_for_review_is_not_counted():
    assert value("count RUS AGREE:energy,AGREE:water AFG").number == 0


def test_the_outlets_of_what_is_counted_are_counted_once_each():
    assert value("outlets PAK ASSAULT AFG").number == 2


def test_a_standing_is_the_highest_rung_in_force_and_commitments_are_how_many():
    assert value("standing RUS AFG").number == 5
    assert value("standing AFG RUS conflict").number == 0
    held = [row for row in ROWS["standings"] if row["ladder"] == Ladder.COOPERATION]
    assert value("commitments RUS AFG").number == len(held)


def test_a_level_is_the_mean_of_the_issues_week():
    (row,) = [one for one in ROWS["levels"] if one["ladder"] == "cooperation"][:1]
    assert value("level RUS AFG") == Value(row["mean"], "level")


def test_a_week_whose_collection_failed_has_no_level():
    failed = [row | {"is_covered": False} for row in ROWS["levels"]]
    with pytest.raises(BadInput, match="collection failed in 2026-W22"):
        value("level RUS AFG", levels=failed)


def test_a_forecast_and_its_base_rate_are_those_of_the_question_asked():
    (row,) = ROWS["forecasts"][:1]
    asked = f"{row['source']} {row['event_type'] or row['quad_class']} {row['target']}"
    assert value(f"forecast {asked}").number == row["probability"]
    assert value(f"base {asked}").number == row["base_rate"]
    with pytest.raises(BadInput, match="no forecast asks for this"):
        value(f"anyway {asked}")  # it is no reaction


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("times RUS AGREE AFG", "'times' is no kind of value"),
        ("count RUS AGREE", "needs a source, acts and a target"),
        ("count RUS AGREE AFG within 0 days", "looks at no day"),
        ("standing RUS", "needs two parties"),
        ("level RUS AFG friendship", "'friendship' is no ladder"),
        ("forecast RUS DANCE AFG", "unknown act 'DANCE'"),
        ("forecast RUS AGREE CHN", "no forecast asks for this"),
        ("break RUS CHN", "no dated change is known"),
        ("level RUS CHN", "no level of this pair"),
    ],
)
def test_a_query_that_cannot_be_answered_is_a_clear_fault(query, fault):
    with pytest.raises(BadInput, match=fault):
        value(query)


def test_without_tables_only_the_grammar_is_judged():
    assert evaluate("count west SANCTION AFG", None) is None  # nobody knows here which groups there are
    with pytest.raises(BadInput, match="unknown act"):
        evaluate("count RUS DANCE AFG", None)


def test_a_table_that_is_not_at_hand_is_a_fault_not_a_nought():
    given = tables()
    del given["standings"]
    with pytest.raises(BadInput, match="table standings: is not at hand"):
        evaluate("standing RUS AFG", Vintage(given, WEEK, WEEK.cutoff))


@pytest.mark.parametrize(
    ("shown", "value", "is_same"),
    [
        ("72%", Value(0.7249, "break"), True),
        ("73%", Value(0.7249, "break"), False),
        ("۷۲٪", Value(0.72, "forecast"), True),
        ("99%", Value(0.9996, "forecast"), True),  # not quite all is not printed as all
        ("4.9", Value(4.86, "level"), True),
        ("٤٫٩", Value(4.86, "level"), True),
        ("1,204", Value(1204, "count"), True),
        ("defence level", Value(5, "standing"), True),
        ("3 of 4", Value(3, "count"), False),
    ],
)
def test_a_shown_number_is_held_against_the_value_as_it_is_printed(shown, value, is_same):
    assert same_number(shown, value) is is_same
