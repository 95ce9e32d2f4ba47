import numpy as np
import pytest

from event_rows import day, event, events, instant
from marsad.domain.tables import EVENTS
from marsad.errors import OutOfRange
from marsad.forecast import backfill_reactions, issue, reactions
from marsad.forecast.reacting import lifts

GROUPS = {"west": ["USA", "GBR"], "central_asia": ["UZB", "RUS"]}
WATCHED = [("RUS", "AFG")]
ORIGIN = 559  # 80 weeks of record end here
DYADS = [(third, side) for third in ("USA", "GBR", "UZB", "RUS") for side in ("RUS", "AFG") if third != side]


def pact(n, **other):
    row = {"event_type": "AGREE", "mode": "sign", "context": "military", "event_id": f"pact-{n}"}
    return event(n, "RUS-AFG", **row | other)


def sanction(n):
    return event(n, "USA-AFG", "material_conflict", event_type="SANCTION", event_id=f"sanction-{n}")


REGULAR = [
    row for n in range(80, 555, 79) for row in (pact(n), sanction(n + 7))
]  # the last pact falls in the last week
ROWS = [*REGULAR, event(0)]


def opened(rows=ROWS, origin=ORIGIN, **more):
    return reactions(events(*rows), day(origin), GROUPS, WATCHED, known_at=instant(origin + 1), **more)


def chance(table, source, target, quad="material_conflict"):
    (row,) = [r for r in table.to_pylist() if (r["source"], r["target"], r["quad_class"]) == (source, target, quad)]
    return row["probability"]


def test_third_parties_are_asked_about_both_sides_and_the_pair_itself_is_none():
    asked = {(row["source"], row["target"]) for row in opened().to_pylist()}
    assert asked == {(third, side) for third in ("USA", "GBR", "UZB") for side in ("AFG", "RUS")}
    assert opened().num_rows == 4 * len(asked)


def test_whoever_reacted_each_time_is_expected_to_do_so_again():
    anyway = issue(events(*ROWS), day(ORIGIN), DYADS, known_at=instant(ORIGIN + 1))
    assert chance(opened(), "USA", "AFG") > 1.1 * chance(anyway, "USA", "AFG")


def test_acts_at_any_other_time_are_no_reaction():
    rows = [event(0), *(pact(n) for n in range(80, 555, 79)), *(sanction(n + 45) for n in range(80, 500, 79))]
    anyway = issue(events(*rows), day(ORIGIN), DYADS, known_at=instant(ORIGIN + 1))
    assert chance(opened(rows), "USA", "AFG") < chance(anyway, "USA", "AFG")


def test_the_lift_by_hand():
    # Two weeks asked, said .2 each; it happened in both: (2 / 4 + 5) / (.4 / 4 + 5) for the first class, 5 / 5.1 others.
    chances, outcomes = np.full((12, 4), 0.2), np.zeros((12, 4), dtype=bool)
    asked = np.zeros((12, 4), dtype=bool)
    asked[[2, 9, 10]] = True  # the first lies in the warm-up
    outcomes[:, 0] = True
    assert lifts(chances, outcomes, asked, 4) == pytest.approx([5.5 / 5.1, 5 / 5.1, 5 / 5.1, 5 / 5.1])


def test_the_weighty_act_stands_first_among_the_reasons():
    rows = [row for row in opened().to_pylist() if (row["source"], row["target"]) == ("USA", "AFG")]
    (row,) = [row for row in rows if row["quad_class"] == "material_conflict"]
    assert row["reasons"][:2] == ["pact-554", "sanction-482"]


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
