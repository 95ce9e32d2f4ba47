"""The regression on made-up dyads whose habits are known."""

from dataclasses import replace

import numpy as np
import pytest

from marsad.forecast import logit
from marsad.forecast.history import History, Stir, actors_of

DYADS = [("RUS", "AFG"), ("AFG", "RUS"), ("USA", "AFG"), ("PAK", "AFG")]
N_CLASSES, N_DAYS = 4, 400
DAY_US = 86_400 * 1_000_000
# How often each dyad acts on a day, in every class: often, seldom, never, and in bursts of a month.
RATES = (0.3, 0.02, 0.0, None)


def history_of(day, series):
    order = np.argsort(day, kind="stable")
    day, series = day[order], series[order]
    known = (day + 1) * DAY_US
    ids = np.full(len(day), "", dtype=np.object_)
    everything = np.arange(N_DAYS)  # the record is whole, whatever the asked dyads did
    n = len(DYADS) * N_CLASSES
    return History(
        n, N_CLASSES, series, day, known, ids, everything, (everything + 1) * DAY_US, stir(series, day, known)
    )


def stir(series, day, known):
    """Nobody acts but the asked dyads."""
    actors = actors_of(DYADS)
    sides = [np.array([actors.index(dyad[side]) for dyad in DYADS]) for side in (0, 1)]
    actor = np.concatenate([of[series // N_CLASSES] for of in sides])
    return Stir(actors, actor, np.tile(series % N_CLASSES, 2), np.tile(day, 2), np.tile(known, 2))


def world(seed=0):
    rng = np.random.default_rng(seed)
    days, series = [], []
    for i, rate in enumerate(RATES):
        for k in range(N_CLASSES):
            often = np.where(np.arange(N_DAYS) // 30 % 2, 0.4, 0.01) if rate is None else np.full(N_DAYS, rate)
            acted = np.flatnonzero(rng.uniform(size=N_DAYS) < often)
            days.append(acted)
            series.append(np.full(len(acted), N_CLASSES * i + k))
    return np.concatenate(days), np.concatenate(series)


def said(day, series, origin=380, horizon=7):
    return logit.chances(history_of(day, series), DYADS, [origin], horizon).probability[0].reshape(-1, N_CLASSES)


def test_a_busy_dyad_is_given_more_than_a_quiet_one_and_that_more_than_one_never_seen():
    busy, quiet, silent, _ = said(*world()).mean(axis=1)
    assert busy > 0.8  # 1 - .7**7 = .92
    assert 0.03 < quiet < 0.3  # 1 - .98**7 = .13
    assert silent < quiet


def test_what_happens_after_the_origin_changes_nothing():
    day, series = world()
    rng = np.random.default_rng(5)
    later = day > 380
    scrambled = np.where(later, rng.integers(0, series.max(), len(series)), series)
    np.testing.assert_array_equal(said(day, series), said(day, scrambled))
    np.testing.assert_array_equal(said(day, series), said(day[~later], series[~later]))


def test_what_is_learnt_late_is_not_seen_before():
    day, series = world()
    kept = history_of(day, series)
    late = History(
        kept.n_series,
        kept.n_pools,
        kept.series,
        kept.day,
        np.where(kept.day > 370, kept.known + 30 * DAY_US, kept.known),
        kept.event_id,
        kept.record_day,
        kept.record_known,
        stir(kept.series, kept.day, np.where(kept.day > 370, kept.known + 30 * DAY_US, kept.known)),
    )
    without = kept.day <= 370
    expected = said(kept.day[without], kept.series[without])
    found = logit.chances(late, DYADS, [380], 7).probability[0].reshape(-1, N_CLASSES)
    np.testing.assert_array_equal(found, expected)


def test_weights_stand_still_between_two_lessons_and_one_pass_says_the_same_as_many():
    day, series = world()
    origins = [14 * logit.RETRAIN_DAYS - 3, 14 * logit.RETRAIN_DAYS + 3]
    together = logit.chances(history_of(day, series), DYADS, origins, 7)
    first = said(day, series, origins[0])
    np.testing.assert_allclose(together.probability[0].reshape(-1, N_CLASSES), first, rtol=1e-5)


def test_the_base_rate_is_the_share_of_windows_over_drawn_towards_its_class():
    silent = logit.chances(history_of(*world()), DYADS, [380], 7).base_rate[0].reshape(-1, N_CLASSES)[2, 0]
    day, series = world()
    n = 380 - 7 + 1  # windows over by the origin
    acted = np.zeros((N_DAYS + 7, len(DYADS)), dtype=bool)
    of_class = series % N_CLASSES == 0
    acted[day[of_class], series[of_class] // N_CLASSES] = True
    happened = np.array([acted[d + 1 : d + 8].any(axis=0) for d in range(n)])
    mean = (happened.sum() + 0.5) / (n * len(DYADS) + 1)
    assert silent == pytest.approx(20 * mean / (n + 20))


def test_a_short_or_thin_record_does_not_suffice():
    day, series = world()
    history = history_of(day, series)
    assert not logit.suffices(history, 380, 381 * DAY_US, 7)  # about 1,000 acts
    many = history_of(np.tile(day, 8), np.tile(series, 8))
    assert logit.suffices(many, 380, 381 * DAY_US, 7)
    assert not logit.suffices(many, 150, 151 * DAY_US, 7)


def test_what_others_do_around_a_dyad_is_seen():
    rng = np.random.default_rng(2)
    day, series = world()
    calm = np.arange(N_DAYS) % 40 < 20
    around = np.repeat(np.flatnonzero(~calm), 5)  # the USA is busy with somebody for twenty days of forty
    acted = np.flatnonzero(rng.uniform(size=N_DAYS) < np.where(calm, 0.01, 0.3))  # and then acts on Afghanistan
    of_usa = N_CLASSES * DYADS.index(("USA", "AFG"))
    day, series = (
        np.concatenate([day[series // N_CLASSES != 2], acted]),
        np.concatenate([series[series // N_CLASSES != 2], np.full(len(acted), of_usa)]),
    )
    history = history_of(day, series)
    actors = history.stir.actors
    busy = Stir(
        actors,
        np.concatenate([history.stir.actor, np.full(len(around), actors.index("USA"))]),
        np.concatenate([history.stir.pool, np.zeros(len(around), dtype=int)]),
        np.concatenate([history.stir.day, around]),
        np.concatenate([history.stir.known, (around + 1) * DAY_US]),
    )
    origins = [368, 392]  # eight days into a calm, and twelve after it: of the second only the stir tells
    day_known = [logit.chances(replace(history, stir=s), DYADS, origins, 7).probability for s in (history.stir, busy)]
    without, with_stir = (said[:, of_usa] for said in day_known)
    assert with_stir[1] - with_stir[0] > without[1] - without[0]


def test_a_class_is_drawn_a_little_towards_the_base_rate(monkeypatch):
    day, series = world()
    found = logit.chances(history_of(day, series), DYADS, [380], 7)
    monkeypatch.setattr(logit, "TRUST", 1.0)
    learnt = logit.chances(history_of(day, series), DYADS, [380], 7)
    logs = [np.log(p / (1 - p)) for p in (found.probability, learnt.probability, found.base_rate)]
    np.testing.assert_allclose(logs[0], 0.85 * logs[1] + 0.15 * logs[2], rtol=1e-6)
