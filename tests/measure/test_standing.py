from datetime import date

import pytest

from marsad.domain.tables import STANDINGS
from marsad.measure.standing import highest, standings
from measure.samples import AS_OF, RUN, act, table


def stand(rows):
    found = standings(table(rows), run=RUN, as_of=AS_OF)
    assert found.schema == STANDINGS.schema
    return found


def test_recognition_stands_from_the_day_it_was_given_and_does_not_fade():
    found = stand([act("2025-07-03", "RUS", "AFG", "SUPPORT", "recognise", "diplomatic", event_id="r")])
    row = found.to_pylist()[0]
    assert (row["source"], row["target"], row["commitment"], row["rung"]) == ("AFG", "RUS", "recognition", 3)
    assert (row["opened"], row["closed"], row["opened_by"]) == (date(2025, 7, 3), None, ["r"])
    assert highest(found, "RUS", "AFG") == {"cooperation": 3, "conflict": 0}
    assert highest(found, "RUS", "AFG", on=date(2025, 7, 2)) == {"cooperation": 0, "conflict": 0}


def test_a_commitment_reported_again_adds_evidence_not_a_row():
    rows = [
        act("2026-05-26", "RUS", "AFG", "AGREE", "sign", "military", event_id="a"),
        act("2026-05-27", "AFG", "RUS", "AGREE", "sign", "military", event_id="b"),
    ]
    (row,) = stand(rows).to_pylist()
    assert (row["commitment"], row["rung"], row["opened_by"]) == ("military_pact", 5, ["a", "b"])


@pytest.mark.parametrize(
    ("context", "commitment", "rung"),
    [
        ("energy", "economic_pact", 2),
        (None, "political_pact", 3),
        ("terrorism", "security_pact", 4),
        ("military", "military_pact", 5),
    ],
)
def test_a_signed_agreement_stands_on_the_rung_of_its_context(context, commitment, rung):
    (row,) = stand([act("2026-05-26", "RUS", "AFG", "AGREE", "sign", context)]).to_pylist()
    assert (row["commitment"], row["rung"]) == (commitment, rung)


def test_mere_agreeing_opens_nothing():
    assert stand([act("2026-05-26", "RUS", "AFG", "AGREE", None, "military")]).num_rows == 0


def test_delisting_closes_the_designation_and_opens_a_commitment():
    rows = [
        act("2023-02-01", "RUS", "AFG", "SANCTION", "designate", event_id="on"),
        act("2025-04-17", "RUS", "AFG", "CONCEDE", "delist", event_id="off"),
    ]
    found = stand(rows)
    by_name = {row["commitment"]: row for row in found.to_pylist()}
    assert by_name["designation"]["closed"] == date(2025, 4, 17)
    assert by_name["designation"]["closed_by"] == ["off"]
    assert by_name["delisting"]["closed"] is None
    assert highest(found, "AFG", "RUS") == {"cooperation": 3, "conflict": 0}
    assert highest(found, "AFG", "RUS", on=date(2025, 4, 16)) == {"cooperation": 0, "conflict": 2}


def test_my_sanction_does_not_end_when_you_lift_yours():
    rows = [
        act("2026-01-05", "USA", "RUS", "SANCTION", "embargo", event_id="1"),
        act("2026-01-06", "RUS", "USA", "SANCTION", "embargo", event_id="2"),
        act("2026-02-01", "USA", "RUS", "CONCEDE", "ease_sanctions", event_id="3"),
    ]
    assert [row["closed"] for row in stand(rows).to_pylist()] == [date(2026, 2, 1), None]


def test_a_border_closed_again_after_reopening_is_a_second_row():
    rows = [
        act("2026-01-05", "PAK", "AFG", "SANCTION", "close_border"),
        act("2026-01-09", "AFG", "PAK", "RETREAT", "reopen_border"),
        act("2026-02-01", "PAK", "AFG", "SANCTION", "close_border"),
    ]
    assert [(row["opened"], row["closed"]) for row in stand(rows).to_pylist()] == [
        (date(2026, 1, 5), date(2026, 1, 9)),
        (date(2026, 2, 1), None),
    ]


def test_fighting_ends_a_ceasefire():
    rows = [
        act("2025-10-19", "AFG", "PAK", "AGREE", "ceasefire", "military"),
        act("2025-11-25", "PAK", "AFG", "ASSAULT", "air_strike", "military", event_id="strike"),
    ]
    (row,) = stand(rows).to_pylist()
    assert (row["commitment"], row["closed"], row["closed_by"]) == ("ceasefire", date(2025, 11, 25), ["strike"])


def test_what_both_sides_open_on_one_day_is_one_row_until_both_end_it():
    rows = [
        act("2026-01-05", "USA", "RUS", "SANCTION", "designate"),
        act("2026-01-05", "RUS", "USA", "SANCTION", "designate"),
        act("2026-02-01", "USA", "RUS", "CONCEDE", "delist"),
    ]
    found = [row for row in stand(rows).to_pylist() if row["commitment"] == "designation"]
    assert [(row["closed"], len(row["opened_by"])) for row in found] == [(None, 2)]
