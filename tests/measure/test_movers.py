from math import log2

import pytest

from marsad.domain.tables import MOVERS
from marsad.domain.week import Week
from marsad.measure.movers import movers
from measure.samples import MONDAY, RUN, after, table, weekly


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
