import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.domain.tables import ALIGNMENTS, POSITIONS, TRIADS
from marsad.domain.week import Week
from marsad.measure.network import alignments, positions, triads
from measure.samples import MONDAY, RUN, after, table, weekly

LAST = Week.of(MONDAY).shift(12)


def run(measure, rows, week=LAST, n=13):
    return measure(table(rows), week, run=RUN, as_of=after(n)).to_pylist()


def friends(a, b, n=4):
    return weekly([n], a, b, "COOPERATE", None, "economic")  # rung 2


def foes(a, b, n=4):
    return weekly([n], a, b, "ASSAULT")  # rung 4


def test_a_tie_weighs_acts_by_rung_and_is_drawn_to_nought():
    # Four acts of rung 2 and one of rung 4 against: (8 - 4) / (8 + 4 + 4) = 1/4.
    (row,) = run(alignments, friends("IRN", "AFG") + foes("AFG", "IRN", 1))
    assert (row["source"], row["target"], row["n_events"]) == ("AFG", "IRN", 5)
    assert row["tie"] == pytest.approx(1 / 4)
    assert row["alignment"] is None
    assert row["closer"] == pytest.approx(1 / 4)


def test_two_that_treat_the_others_alike_are_aligned_though_they_never_met():
    others = ("CHN", "IND", "PAK")
    rows = [r for who in ("RUS", "IRN") for other in others for r in friends(who, other)]
    found = {(row["source"], row["target"]): row for row in run(alignments, rows)}
    assert found["IRN", "RUS"]["alignment"] == pytest.approx(1)
    assert found["IRN", "RUS"]["n_events"] == 0
    against = [r for other in others for r in foes("RUS", other) + friends("IRN", other)]
    found = {(row["source"], row["target"]): row for row in run(alignments, against)}
    assert found["IRN", "RUS"]["alignment"] == pytest.approx(-1)


def test_who_moved_closer_this_quarter_stands_first():
    rows = weekly([0] * 13 + [4], "RUS", "AFG", "COOPERATE", None, "military") + weekly([4], "IRN", "AFG", "CONSULT")
    found = run(alignments, rows, LAST.shift(13), 26)
    assert [(row["source"], row["target"]) for row in found] == [("AFG", "RUS")]
    # Four acts of rung 5: 20 / 24, from nothing.
    assert found[0]["closer"] == pytest.approx(20 / 24)


def test_a_common_enemy_and_one_between_two_foes_are_told_apart():
    enemy = friends("RUS", "AFG") + foes("RUS", "ISKP") + foes("AFG", "ISKP")
    between = friends("QAT", "USA") + friends("QAT", "IRN") + foes("USA", "IRN")
    found = {row["kind"]: row for row in run(triads, enemy + between)}
    assert found["common_enemy"]["odd"] == "ISKP"
    assert found["split"]["odd"] == "QAT"
    assert found["split"]["strength"] == pytest.approx(8 / 12)
    assert len(found) == 2


def test_two_acts_are_no_tie_with_a_sign():
    assert run(triads, friends("RUS", "AFG", 2) + foes("RUS", "ISKP") + foes("AFG", "ISKP")) == []


def test_a_broker_has_partners_who_do_not_deal_with_each_other():
    rows = friends("QAT", "USA") + friends("QAT", "IRN") + friends("QAT", "AFG") + friends("IRN", "AFG")
    found = {row["actor"]: row for row in run(positions, rows)}
    assert found["QAT"]["brokerage"] == pytest.approx(2 / 3)  # USA-IRN and USA-AFG of three pairs
    assert found["IRN"]["brokerage"] == 0
    assert found["USA"]["brokerage"] is None


def test_two_circles_are_two_communities():
    rows = [
        r
        for ring in (("AFG", "IRN", "RUS"), ("FRA", "GBR", "USA"))
        for i in range(3)
        for r in friends(ring[i], ring[i - 1])
    ]
    found = {row["actor"]: row["community"] for row in run(positions, rows + friends("RUS", "FRA", 3))}
    assert found == {"AFG": "AFG", "IRN": "AFG", "RUS": "AFG", "FRA": "FRA", "GBR": "FRA", "USA": "FRA"}


def test_no_event_gives_empty_tables():
    assert run(alignments, []) == run(triads, []) == run(positions, []) == []
    for measure, spec in ((alignments, ALIGNMENTS), (triads, TRIADS), (positions, POSITIONS)):
        assert measure(table([]), LAST, run=RUN, as_of=after(13)).schema == spec.schema


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_later_events_and_the_order_of_rows_change_nothing(data):
    names = st.sampled_from(["RUS", "AFG", "IRN", "USA", "CHN"])
    drawn = data.draw(st.lists(st.tuples(names, names, st.sampled_from(["ASSAULT", "COOPERATE"])), max_size=20))
    rows = [
        r | {"event_id": f"{i}-{n}"}
        for i, (a, b, k) in enumerate(drawn)
        if a != b
        for n, r in enumerate(weekly([3], a, b, k))
    ]
    later = weekly([0] * 13 + [5], "RUS", "AFG", "ASSAULT")
    shuffled = data.draw(st.permutations(rows + later))
    for measure in (alignments, triads, positions):
        assert run(measure, rows) == run(measure, shuffled)
