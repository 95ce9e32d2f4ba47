from math import log2

import pytest

from marsad.domain.tables import MOVERS
from marsad.domain.week import Week
from marsad.measure.movers import movers, salience
from measure.samples import MONDAY, RUN, act, after, table, weekly


def move(rows, at, n=None):
    found = movers(table(rows), Week.of(MONDAY).shift(at), run=RUN, as_of=after(at + 1 if n is None else n))
    assert found.schema == MOVERS.schema
    return found.to_pylist()


def test_the_surprise_of_a_first_act_is_worked_by_hand():
    # No week before: shape 0.2, rate 2. P(N >= 1) = 1 - (2/3)^0.2; the weight of |-5| is 0.5.
    (row,) = move(weekly([1], "IRN", "AFG", "ASSAULT"), 0)
    assert row["surprise"] == pytest.approx(-0.5 * log2(1 - (2 / 3) ** 0.2))
    assert (row["source"], row["target"], row["field"], row["direction"]) == ("AFG", "IRN", "security", -1.0)


def test_a_quiet_pair_that_acts_outranks_a_busy_one_doing_the_usual():
    rows = weekly([9] * 20, "USA", "RUS", "CONSULT") + weekly([0] * 19 + [2], "UZB", "AFG", "CONSULT")
    first, second = move(rows, 19)
    assert (first["source"], first["n_events"]) == ("AFG", 2)
    assert (second["source"], second["n_events"]) == ("RUS", 9)


def test_a_pair_stands_under_the_field_that_surprised():
    rows = weekly([3] * 12, "IRN", "AFG", "CONSULT", "visit", "diplomatic") + weekly(
        [0] * 11 + [2], "IRN", "AFG", "ACCUSE", None, "water"
    )
    (row,) = move(rows, 11)
    assert (row["field"], row["n_events"]) == ("economic", 2)


def test_later_weeks_and_the_order_of_events_change_nothing():
    rows = weekly([1, 0, 2, 3, 5], "PAK", "AFG", "ASSAULT")
    known = [row for row in rows if row["event_id"] < "PAKAFGASSAULT-003"]
    assert move(rows, 2, n=5) == [row | {"known_at": after(5)} for row in move(known[::-1], 2, n=5)]


def test_a_week_without_acts_moves_nobody():
    assert move(weekly([1], "PAK", "AFG", "ASSAULT"), 3) == []
    assert move([], 3) == []


def test_salience_sets_a_quiet_pairs_first_pact_above_the_tenth_visit_of_a_busy_one():
    rows = [
        *weekly([3] * 10, "IRN", "AFG", "CONSULT"),
        act("2026-03-09", "RUS", "AFG", "AGREE", "sign", "military", event_id="pact"),
    ]
    found = salience(table(rows), Week.parse("2026-W11"), as_of=after(10)).to_pylist()
    assert found[0]["event_id"] == "pact"
    assert [row["field"] for row in found] == ["security", "political", "political", "political"]
    # The pair never met in this field: rate 0.2 / (weeks + 2), weight 5 / 10, rung 5 adds 1.
    decay = 0.5 ** (1 / 8)
    weeks = (1 - decay**9) / (1 - decay)
    silence = ((weeks + 2) / (weeks + 3)) ** 0.2
    assert found[0]["salience"] == pytest.approx(-0.5 * log2(1 - silence) + 1)
