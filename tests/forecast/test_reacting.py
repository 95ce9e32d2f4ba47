import numpy as np
import pytest

from event_rows import day, event, events, instant
from marsad.domain.query import parse_query
from marsad.domain.tables import COVERAGE, EVENTS, RESOLUTIONS
from marsad.errors import OutOfRange
from marsad.forecast import backfill_reactions, reactions
from marsad.forecast.history import day_number, instant_number, read_history
from marsad.forecast.rates import estimate
from marsad.forecast.reacting import KINDS, lifts
from marsad.review import resolve

GROUPS = {"west": ["USA", "GBR"], "central_asia": ["UZB", "RUS"]}
WATCHED = [("RUS", "AFG")]
ORIGIN = 559  # 80 weeks of record end here
DYADS = [(third, side) for third in ("USA", "GBR", "UZB", "RUS") for side in ("RUS", "AFG") if third != side]


def pact(n, **other):
    row = {"event_type": "AGREE", "mode": "sign", "context": "military", "event_id": f"pact-{n}"}
    return event(n, "RUS-AFG", **row | other)


def sanction(n):
    row = {"event_type": "SANCTION", "context": "energy", "event_id": f"sanction-{n}"}
    return event(n, "USA-AFG", "material_conflict", **row)


REGULAR = [
    row for n in range(80, 555, 79) for row in (pact(n), sanction(n + 7))
]  # the last pact falls in the last week
ROWS = [*REGULAR, event(0)]


def opened(rows=ROWS, origin=ORIGIN, **more):
    return reactions(events(*rows), day(origin), GROUPS, WATCHED, known_at=instant(origin + 1), **more)


def reaction(table, source, target, stance="hostile", field="economic"):
    asked = (source, target, stance, field)
    (row,) = [r for r in table.to_pylist() if (r["source"], r["target"], r["quad_class"], r["field"]) == asked]
    return row


def test_third_parties_are_asked_about_both_sides_and_the_pair_itself_is_none():
    asked = {(row["source"], row["target"]) for row in opened().to_pylist()}
    assert asked == {(third, side) for third in ("USA", "GBR", "UZB") for side in ("AFG", "RUS")}
    assert opened().num_rows == 6 * len(asked)


def test_whoever_reacted_each_time_is_expected_to_do_so_again():
    row = reaction(opened(), "USA", "AFG")
    assert row["probability"] > 1.1 * row["anyway"]


def test_a_reaction_is_expected_in_the_field_it_was_always_seen_in():
    for stance, field in (("hostile", "political"), ("hostile", "security"), ("friendly", "economic")):
        row = reaction(opened(), "USA", "AFG", stance, field)
        assert row["probability"] <= row["anyway"]
        assert row["probability"] < reaction(opened(), "USA", "AFG")["probability"] / 2


def test_what_is_said_of_doing_it_anyway_is_the_decayed_rate_of_that_kind():
    history = read_history(events(*ROWS), DYADS, KINDS)
    rates = estimate(history, day_number(day(ORIGIN)), instant_number(instant(ORIGIN + 1)), 4)
    series = DYADS.index(("USA", "AFG")) * len(KINDS) + KINDS.index("hostile@economic")
    assert reaction(opened(), "USA", "AFG")["anyway"] == pytest.approx(rates.probability[series])


def test_the_rule_of_a_reaction_finds_the_acts_that_settle_it():
    row = reaction(opened(), "USA", "AFG")
    assert row["resolution_rule"].startswith("USA hostile@economic AFG from ")
    later = events(sanction(ORIGIN + 3), sanction(ORIGIN + 4) | {"context": "military"})
    assert parse_query(row["resolution_rule"]).select(later)["event_id"].to_pylist() == [f"sanction-{ORIGIN + 3}"]
    resolved = resolve(opened(), RESOLUTIONS.empty(), later, COVERAGE.empty(), known_at=instant(ORIGIN + 60))
    came_true = [r["question_id"] for r in resolved.to_pylist() if r["outcome"]]
    assert sorted(came_true) == sorted(
        [row["question_id"], reaction(opened(), "USA", "AFG", "hostile", "security")["question_id"]]
    )


def test_acts_at_any_other_time_are_no_reaction():
    rows = [event(0), *(pact(n) for n in range(80, 555, 79)), *(sanction(n + 45) for n in range(80, 500, 79))]
    row = reaction(opened(rows), "USA", "AFG")
    assert row["probability"] < row["anyway"]


def test_the_lift_by_hand():
    # Two weeks asked, said .2 each; it happened in both: (2 / 4 + 5) / (.4 / 4 + 5) for the first kind, 5 / 5.1 others.
    chances, outcomes = np.full((12, 6), 0.2), np.zeros((12, 6), dtype=bool)
    asked = np.zeros((12, 6), dtype=bool)
    asked[[2, 9, 10]] = True  # the first lies in the warm-up
    outcomes[:, 0] = True
    assert lifts(chances, outcomes, asked, 4) == pytest.approx([5.5 / 5.1, *5 * [5 / 5.1]])


def test_the_weighty_act_stands_first_among_the_reasons():
    assert reaction(opened(), "USA", "AFG")["reasons"][:2] == ["pact-554", "sanction-482"]


@pytest.mark.parametrize("change", [{"context": "economic"}, {"status": "judgement"}, {"review": True}])
def test_a_week_without_a_weighty_act_opens_nothing(change):
    assert opened([event(0), pact(554, **change)]).num_rows == 0


def test_later_or_later_known_events_change_nothing():
    unseen = [pact(ORIGIN + 1), sanction(ORIGIN + 2), pact(300, event_id="late", known_at=instant(ORIGIN + 5))]
    assert opened([*ROWS, *unseen]).equals(opened())


def test_a_past_origin_is_opened_as_it_would_have_been():
    origins = [day(ORIGIN - 7 * n) for n in range(14)]
    past = backfill_reactions(events(*ROWS), origins, GROUPS, WATCHED)
    assert set(past["origin"].to_pylist()) == {day(ORIGIN), day(ORIGIN - 84)}
    assert all(past["backfilled"].to_pylist())
    at_the_time = opened([row for row in ROWS if row["event_date"] <= day(ORIGIN - 84)], ORIGIN - 84, backfilled=True)
    assert past.slice(0, at_the_time.num_rows).equals(at_the_time)


def test_a_desk_without_groups_or_events_opens_nothing():
    assert reactions(EVENTS.empty(), day(6), GROUPS, WATCHED, known_at=instant(7)).num_rows == 0
    assert reactions(events(*ROWS), day(ORIGIN), {}, WATCHED, known_at=instant(ORIGIN + 1)).num_rows == 0


def test_a_horizon_below_a_week_is_refused():
    with pytest.raises(OutOfRange):
        opened(horizon_weeks=0)
