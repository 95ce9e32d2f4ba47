import numpy as np
import pytest

from event_rows import day, event, events, instant
from marsad.forecast.history import day_number, instant_number, read_history
from marsad.forecast.rates import HALF_LIVES, choose_half_life, estimate, week_cells


def rates(rows, origin, dyads=(("RUS", "AFG"),), horizon_weeks=4, delay=1):
    history = read_history(events(*rows), dyads)
    return estimate(history, day_number(day(origin)), instant_number(instant(origin + delay)), horizon_weeks)


def test_one_week_of_one_dyad_by_hand():
    # A pool of one shows no spread and counts for one week. Seen: 1 week in 1, mean 1/2, Beta(1/2, 1/2).
    # Not seen: half a week stands in, mean 1/4, Beta(1/4, 3/4).
    said = rates([event(3)], origin=6)
    assert said.probability[0] == pytest.approx(1 - (0.5 * 1.5 * 2.5 * 3.5) / (2 * 3 * 4 * 5))
    assert said.probability[1] == pytest.approx(1 - (1.75 * 2.75 * 3.75 * 4.75) / (2 * 3 * 4 * 5))


def test_what_happened_in_every_week_is_nearly_sure_of_the_next():
    said = rates([event(n) for n in range(0, 280, 7)], origin=279, horizon_weeks=1)
    assert said.probability[0] > 0.95


def test_the_base_rate_is_the_share_of_windows_drawn_towards_its_class():
    # 8 weeks are 2 windows; Russia acted in both, the USA in none. Class share (2 + 1/2) / (4 + 1) = 1/2,
    # spread 1/4, between-dyad variance (1/4 - 1/8) * 2 = 1/4, weight 1/4 / 1/4 - 1 = 0, at least 1/20.
    said = rates([event(0), event(40)], origin=55, dyads=(("RUS", "AFG"), ("USA", "AFG")))
    assert said.base_n == 2
    assert said.base_rate[0] == pytest.approx((2 + 1 / 40) / (2 + 1 / 20))
    assert said.base_rate[4] == pytest.approx((1 / 40) / (2 + 1 / 20))


def test_with_no_window_over_the_base_rate_rests_on_nothing_and_says_so():
    said = rates([event(0)], origin=6)
    assert (said.base_n, said.base_rate[0]) == (0, 1 / 2)


def test_ten_events_in_a_week_count_as_one():
    burst = [event(n, event_id=f"{n}-{k}") for n in (14, 16) for k in range(5)]
    assert np.array_equal(rates([event(0), *burst], 27).probability, rates([event(0), event(15)], 27).probability)


def test_a_newer_week_weighs_more_than_an_older_one():
    old, new = (rates([event(0, pair="USA-AFG"), event(n)], 83).probability[0] for n in (7, 77))
    assert new > old


def test_a_longer_horizon_is_likelier():
    one, four = (rates([event(3), event(30)], 41, horizon_weeks=h).probability for h in (1, 4))
    assert (four > one).all()


def test_a_quiet_dyad_is_drawn_towards_busy_ones():
    dyads = (("RUS", "AFG"), ("USA", "AFG"))
    alone = rates([event(0, quad_class="material_conflict")], 83, dyads).probability[4]
    beside = rates([event(n) for n in range(0, 84, 7)], 83, dyads).probability[4]
    assert beside > alone


def test_the_half_life_with_the_best_past_forecasts_is_chosen():
    happened = np.zeros((30, 1), dtype=bool)
    happened[15:] = True
    chances = np.full((len(HALF_LIVES), 29, 1), 0.5)
    chances[2, :10], chances[2, 10:] = 0.1, 0.9
    assert choose_half_life(chances, happened, 4) == 2


def test_with_nothing_due_the_half_life_is_the_untried_one():
    assert rates([event(3)], origin=6).half_life_weeks == 32


def test_a_lasting_change_shortens_the_half_life_and_a_steady_habit_lengthens_it():
    rng = np.random.default_rng(3)
    pairs = [f"A{i}-B{i}" for i in range(12)]
    dyads = [tuple(pair.split("-")) for pair in pairs]
    steady = [event(7 * w, pair=p) for i, p in enumerate(pairs) for w in range(120) if rng.uniform() < i / 24]
    turned = [
        event(7 * w, pair=p) for i, p in enumerate(pairs) for w in range(120) if (w + 5 * i) % 60 >= 30 and w % 2 == 0
    ]
    long, short = (rates(rows, 7 * 120 - 1, dyads).half_life_weeks for rows in (steady, turned))
    assert short < long


def test_a_past_week_is_looked_at_with_the_delay_of_today():
    # The event of week 0 was learnt 15 days after it; a desk that looks one day after the week's end
    # knew of it only at the end of week 2.
    history = read_history(events(event(3, known_at=instant(18)), event(0)), [("RUS", "AFG")])
    late = week_cells(history, day_number(day(27)), instant_number(instant(28)))
    assert late.week.tolist() == [0]
    assert late.entered.tolist() == [0]
    history = read_history(events(event(3, known_at=instant(18)), event(0, pair="USA-AFG")), [("RUS", "AFG")])
    late = week_cells(history, day_number(day(27)), instant_number(instant(28)))
    assert (late.week.tolist(), late.entered.tolist()) == ([0], [2])
