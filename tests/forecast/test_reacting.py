from dataclasses import replace

import numpy as np
import pytest

from event_rows import day, event, events, instant
from marsad.domain.query import parse_query
from marsad.domain.tables import BREAKS, COVERAGE, EVENTS, RESOLUTIONS
from marsad.errors import OutOfRange
from marsad.forecast import backfill_reactions, logit, reactions
from marsad.forecast.history import day_number, instant_number, read_history
from marsad.forecast.rates import estimate
from marsad.forecast.reacting import KINDS, find_turns, learn, lifts, questions, without
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


def broken(*ids, noticed="2027-W28", **other):
    """A break of Russia and Afghanistan; its week ends on the origin."""
    row = {"run": "2027-W28", "source": "AFG", "target": "RUS", "ladder": "conflict", "week": "2027-W27"}
    row |= {"noticed": noticed, "from_rung": 1, "to_rung": 2, "probability": 0.9, "events": list(ids)}
    return BREAKS.from_rows([row | other])


NO_BREAKS = BREAKS.empty()


def opened(rows=ROWS, origin=ORIGIN, breaks=NO_BREAKS, **more):
    return reactions(events(*rows), breaks, day(origin), GROUPS, WATCHED, known_at=instant(origin + 1), **more)


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


QUIET = [event(0), event(540, quad_class="verbal_conflict", event_type="ACCUSE", event_id="reproach")]


def test_a_break_opens_reactions_in_the_week_it_is_noticed():
    assert opened(QUIET).num_rows == 0
    table = opened(QUIET, breaks=broken("reproach"))
    assert {tuple(after) for after in table["after"].to_pylist()} == {("AFG-RUS conflict rise 2027-W27",)}
    assert reaction(table, "USA", "AFG")["reasons"] == ["reproach"]
    assert opened(QUIET, breaks=broken("reproach", noticed="2027-W27")).num_rows == 0
    assert opened(QUIET, breaks=broken("reproach", noticed="2027-W29")).num_rows == 0


def test_a_break_whose_events_were_not_known_yet_opens_nothing():
    late = [event(0), event(540, event_id="reproach", known_at=instant(ORIGIN + 3))]
    assert opened(late, breaks=broken("reproach")).num_rows == 0
    assert opened(QUIET, breaks=broken("reproach", "unheard-of")).num_rows == 0


def test_where_an_act_and_a_break_tell_of_one_pair_and_week_the_break_does():
    asked = opened(ROWS).num_rows
    table = opened([*ROWS, QUIET[1]], breaks=broken("reproach", from_rung=2, to_rung=0))
    assert table.num_rows == asked
    row = reaction(table, "USA", "AFG")
    assert row["after"] == ["AFG-RUS conflict fall 2027-W27"]
    assert row["reasons"][:2] == ["reproach", "sanction-482"]
    assert reaction(opened(), "USA", "AFG")["after"] == ["AFG-RUS act"]


def test_what_is_learnt_of_reactions_is_learnt_after_breaks_too():
    rows = [event(0), *(sanction(n + 7) for n in range(80, 500, 79))]
    rows += [event(n - 1, quad_class="verbal_conflict", event_type="ACCUSE", event_id=f"r-{n}") for n in (81, 160, 239)]
    rows += [event(554, quad_class="verbal_conflict", event_type="ACCUSE", event_id="r-554")]
    weeks = {"r-81": "2026-W12", "r-160": "2026-W23", "r-239": "2026-W35", "r-554": "2027-W28"}
    found = BREAKS.from_rows(
        [row for one, week in weeks.items() for row in broken(one, noticed=week, week=week).to_pylist()]
    )
    row = reaction(opened(rows, breaks=found), "USA", "AFG")
    alone = reaction(opened(rows, breaks=found.slice(3)), "USA", "AFG")
    assert row["anyway"] == alone["anyway"]
    assert row["probability"] > alone["probability"]


def test_the_pair_itself_is_left_out_of_anyway_in_its_weighty_weeks_only():
    rows = events(pact(554), event(556), event(540), event(555, pair="CHN-AFG"))
    asked = questions(GROUPS, WATCHED, 4)
    turns = find_turns(rows, NO_BREAKS, asked.pairs)
    stir = without(rows, turns, day(ORIGIN), asked.dyads)
    kept = {(stir.actors[actor], int(at) - day_number(day(0))) for actor, at in zip(stir.actor, stir.day, strict=True)}
    assert kept == {("RUS", 540), ("AFG", 540), ("AFG", 555)}


def dense_rows():
    """Third parties act on Afghanistan often in the fortnight after a pact, and seldom else."""
    rng = np.random.default_rng(4)
    pacts = list(range(3, ORIGIN, 35))
    rows = [row for n in pacts for i in range(12) for row in [pact(n, event_id=f"pact-{n}-{i}")]]
    for pair in ("USA-AFG", "GBR-AFG", "UZB-AFG"):
        stirred = np.array([any(0 < n - at <= 14 for at in pacts) for n in range(ORIGIN + 1)])
        acted = np.flatnonzero(rng.uniform(size=ORIGIN + 1) < np.where(stirred, 0.5, 0.02))
        rows += [event(int(n), pair, "verbal_conflict", event_type="ACCUSE") for n in acted]
    return rows


def test_where_the_record_is_dense_the_regression_sees_the_stir_around_a_side():
    rows = events(*dense_rows())
    asked = questions(GROUPS, WATCHED, 1)
    turns = find_turns(rows, NO_BREAKS, asked.pairs)
    origin = 3 + 35 * 15 - 3  # a Sunday three days before a pact
    origins = [day(origin), day(origin + 7)]
    history = read_history(rows, asked.dyads, KINDS)
    calm = replace(history, stir=without(rows, turns, origins[-1], asked.dyads))
    said = learn(history, calm, asked, origins, instant(1) - instant(0))
    series = asked.dyads.index(("USA", "AFG")) * len(KINDS) + KINDS.index("hostile@political")
    (before, _), (after, anyway) = said[origins[0]], said[origins[1]]
    assert after[series] > before[series]
    assert after[series] > anyway[series]


def test_a_dense_desk_names_the_regression_and_a_thin_one_the_rates(monkeypatch):
    assert set(opened()["model"].to_pylist()) == {"reaction-3"}
    monkeypatch.setattr(logit, "MIN_ACTS", 100)
    table = opened(dense_rows(), 3 + 35 * 15 + 4)
    assert set(table["model"].to_pylist()) == {"reaction-logit-1"}
    row = reaction(table, "USA", "AFG", "hostile", "political")
    assert 0 < row["anyway"] < 1
    assert 0 < row["base_rate"] < 1


def test_later_or_later_known_events_change_nothing():
    unseen = [pact(ORIGIN + 1), sanction(ORIGIN + 2), pact(300, event_id="late", known_at=instant(ORIGIN + 5))]
    assert opened([*ROWS, *unseen]).equals(opened())


def test_a_past_origin_is_opened_as_it_would_have_been():
    origins = [day(ORIGIN - 7 * n) for n in range(14)]
    past = backfill_reactions(events(*ROWS), NO_BREAKS, origins, GROUPS, WATCHED)
    assert set(past["origin"].to_pylist()) == {day(ORIGIN), day(ORIGIN - 84)}
    assert all(past["backfilled"].to_pylist())
    at_the_time = opened([row for row in ROWS if row["event_date"] <= day(ORIGIN - 84)], ORIGIN - 84)
    then = past.slice(0, at_the_time.num_rows)
    assert then.drop_columns("backfilled").equals(at_the_time.drop_columns("backfilled"))


def test_a_desk_without_groups_or_events_opens_nothing():
    assert reactions(EVENTS.empty(), NO_BREAKS, day(6), GROUPS, WATCHED, known_at=instant(7)).num_rows == 0
    assert reactions(events(*ROWS), NO_BREAKS, day(ORIGIN), {}, WATCHED, known_at=instant(ORIGIN + 1)).num_rows == 0


def test_a_horizon_below_a_week_is_refused():
    with pytest.raises(OutOfRange):
        opened(horizon_weeks=0)
