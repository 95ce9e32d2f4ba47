from marsad.domain.tables import SPILLOVER
from marsad.domain.week import Week
from marsad.measure.spillover import spillover
from measure.samples import MONDAY, RUN, after, table, weekly

GROUPS = {"central_asia": ["UZB", "TJK", "AFG"], "neighbours": ["UZB", "PAK"]}


def spill(rows, at=30, n=40):
    found = spillover(
        table(rows), "RUS", "AFG", Week.of(MONDAY).shift(at), GROUPS, run=RUN, as_of=after(n), span_weeks=8
    )
    assert found.schema == SPILLOVER.schema
    return found.to_pylist()


def test_a_third_party_that_turns_at_the_break_stands_first():
    rows = weekly([0] * 30 + [3] * 10, "UZB", "AFG", "CONSULT") + weekly([1] * 40, "PAK", "AFG", "ASSAULT")
    first, second = spill(rows)
    assert (first["third"], first["group"], first["side"], first["quad_class"]) == (
        "UZB",
        "central_asia",
        "AFG",
        "verbal_cooperation",
    )
    assert (first["before"], first["after"]) == (0.0, 3.0)
    assert first["p_value"] < second["p_value"]
    assert (second["third"], second["p_value"]) == ("PAK", 1.0)


def test_a_third_party_that_turns_to_everyone_alike_does_not_turn_because_of_the_break():
    turned = weekly([1] * 30 + [3] * 10, "UZB", "AFG", "CONSULT")
    alone, alike = spill(turned), spill(turned + weekly([2] * 30 + [6] * 10, "UZB", "CHN", "CONSULT"))
    assert alone[0]["effect_low"] > 0
    (row,) = alike
    assert (row["after"], row["elsewhere_before"], row["elsewhere_after"]) == (3.0, 2.0, 6.0)
    assert abs(row["effect"]) < 1e-9
    assert row["p_value"] > alone[0]["p_value"]


def test_the_two_sides_are_no_third_parties_and_silence_gives_no_row():
    assert spill(weekly([1] * 40, "AFG", "RUS", "CONSULT") + weekly([2], "TJK", "AFG", "CONSULT")) == []


def test_before_a_week_has_passed_there_is_no_p_value():
    (row,) = spill(weekly([1] * 30, "PAK", "AFG", "ASSAULT"), n=30)
    assert (row["after"], row["p_value"]) == (None, None)
