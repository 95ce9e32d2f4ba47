r"""The decayed-rate model: how likely is at least one event in the next weeks, from how often there was one lately.

What is counted are *weeks with an event*, not events: one visit gives ten reports and five coded acts, and counting
them all makes bursts look like habits. Each such week loses half its weight every half-life. A dyad that did little is
drawn towards the other dyads of its quad class, as strongly as these differ little (empirical Bayes, beta-binomial).

.. math:: P = 1 - \prod_{i=0}^{H-1} \frac{b + E - S + i}{a + b + E + i}

with :math:`S` the decayed weeks with an event, :math:`E` the decayed weeks watched, :math:`H` the horizon in weeks and
Beta(a, b) the spread in the quad class of the chance of such a week. The half-life is the one whose past forecasts,
each made with what was known then and already due, have the best mean log score.

Source: Gelman et al., Bayesian Data Analysis, section 5.3; discounting: Smith (1979), Journal of the Royal Statistical
Society B 41, 375-387. That weeks and not events are counted is our own choice, made on past data.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from marsad.forecast.history import History

Floats = npt.NDArray[np.float64]
HALF_LIVES = np.array([4.0, 8.0, 16.0, 32.0, 64.0, 128.0])  # weeks
UNTRIED_HALF_LIFE = 32.0  # while no past forecast is due
MIN_SPREAD, MAX_SPREAD = 0.05, 50.0  # bounds of a pool's weight in windows: it may be tiny
MIN_WEEKS, MAX_WEEKS = 1.0, 5000.0  # how many weeks a pool may count for; a series without one counts it least
WARM_UP_WEEKS = 8  # past forecasts made on less history do not vote on the half-life
_WEEK_US = 7 * 86_400 * 1_000_000


@dataclass(frozen=True)
class Rates:
    """What the model says at one origin; arrays run over the series of a :class:`History`."""

    probability: Floats
    base_rate: Floats
    base_n: int
    half_life_weeks: float


@dataclass(frozen=True)
class WeeklyRates:
    """What the model says at the end of every week, by (week, series); the last is the origin's."""

    chances: Floats
    outcomes: npt.NDArray[np.bool_]  # of the weeks whose window is over
    base_rate: Floats
    base_n: int
    half_life_weeks: float


@dataclass(frozen=True)
class WeekCells:
    """Weeks with at least one event, counted back from the origin: the last of ``n_weeks`` ends on the origin."""

    n_weeks: int
    n_series: int
    n_pools: int
    week: npt.NDArray[np.int64]
    series: npt.NDArray[np.int64]
    entered: npt.NDArray[np.int64]  # first week at whose end a desk as prompt as today's would have known of it

    @property
    def happened(self) -> npt.NDArray[np.bool_]:
        """Truth by (week, series)."""
        grid = np.zeros((self.n_weeks, self.n_series), dtype=np.bool_)
        grid[self.week, self.series] = True
        return grid


def estimate(history: History, origin: int, cutoff: int, horizon_weeks: int) -> Rates:
    """Return probability and base rate of at least one event in the ``horizon_weeks`` after the origin, per series.

    The base rate is the dyad's own share of past windows of the same length that had an event, drawn towards its quad
    class; windows do not overlap and the last one ends on the origin.

    Args:
        history: events of the asked dyads.
        origin: last day looked at, days since 1970-01-01.
        cutoff: last instant looked at, microseconds since 1970-01-01; what was learnt later is not seen.
        horizon_weeks: at least 1.
    """
    weekly = estimate_weekly(history, origin, cutoff, horizon_weeks)
    return Rates(weekly.chances[-1], weekly.base_rate, weekly.base_n, weekly.half_life_weeks)


def estimate_weekly(history: History, origin: int, cutoff: int, horizon_weeks: int) -> WeeklyRates:
    """Return what :func:`estimate` says now and, with the half-life chosen now, would have said in every week before.

    Args:
        history: events of the asked dyads.
        origin: last day looked at, days since 1970-01-01.
        cutoff: last instant looked at, microseconds since 1970-01-01; what was learnt later is not seen.
        horizon_weeks: at least 1.
    """
    cells = week_cells(history, origin, cutoff)
    happened = cells.happened
    chances = _past_chances(cells, horizon_weeks)
    chosen = choose_half_life(chances[:, :-1], happened, horizon_weeks)
    base_rate, base_n = _base_rate(happened, horizon_weeks, history.n_pools)
    outcomes = _windows(happened, horizon_weeks)
    return WeeklyRates(chances[chosen], outcomes, base_rate, base_n, float(HALF_LIVES[chosen]))


def week_cells(history: History, origin: int, cutoff: int) -> WeekCells:
    """Return the weeks with an event as known at the cutoff; a past week's end is looked at with the same delay.

    Args:
        history: events of the asked dyads.
        origin: last day looked at, days since 1970-01-01.
        cutoff: last instant looked at, microseconds since 1970-01-01.
    """
    n_weeks = (origin - history.first_day(origin, cutoff)) // 7 + 1
    seen = (history.day <= origin) & (history.known <= cutoff)
    week = n_weeks - 1 - (origin - history.day[seen]) // 7
    learnt = n_weeks - 1 - (cutoff - history.known[seen]) // _WEEK_US
    cell, first = np.unique(week * history.n_series + history.series[seen], return_inverse=True)
    entered = np.full(cell.size, n_weeks, dtype=np.int64)
    np.minimum.at(entered, first, np.maximum(week, learnt))
    return WeekCells(
        n_weeks, history.n_series, history.n_pools, cell // history.n_series, cell % history.n_series, entered
    )


def choose_half_life(chances: Floats, happened: npt.NDArray[np.bool_], horizon_weeks: int) -> int:
    """Return which half-life forecast best, by mean log score over the past weeks whose window is over.

    Args:
        chances: what each half-life would have said, by (half-life, week, series).
        happened: weeks with an event, by (week, series); one week longer than ``chances``.
        horizon_weeks: at least 1.
    """
    outcomes = _windows(happened, horizon_weeks)[WARM_UP_WEEKS:]
    if not outcomes.size:
        return int(np.flatnonzero(HALF_LIVES == UNTRIED_HALF_LIFE)[0])
    said = chances[:, WARM_UP_WEEKS : WARM_UP_WEEKS + len(outcomes)]
    loss = -np.log(np.where(outcomes, said, 1 - said)).mean(axis=(1, 2))
    return int(np.argmin(loss))


def _past_chances(cells: WeekCells, horizon_weeks: int) -> Floats:
    """Return what each half-life says at the end of every week, by (half-life, week, series)."""
    fade = 2.0 ** (-1.0 / HALF_LIVES)
    arrived = np.zeros((len(HALF_LIVES), cells.n_weeks, cells.n_series))
    late = cells.entered - cells.week
    for h in range(len(HALF_LIVES)):
        np.add.at(arrived[h], (cells.entered, cells.series), fade[h] ** late)
    watched = np.ones((len(HALF_LIVES), cells.n_weeks))
    squared = np.ones_like(watched)
    for before, week in pairwise(range(cells.n_weeks)):
        arrived[:, week] += fade[:, None] * arrived[:, before]
        watched[:, week] += fade * watched[:, before]
        squared[:, week] += fade**2 * squared[:, before]
    by_pool = arrived.reshape(*arrived.shape[:2], -1, cells.n_pools)
    came, failed = _beta_pool(by_pool, watched[..., None], squared[..., None])
    came = came[:, :, None] + by_pool
    failed = failed[:, :, None] + np.maximum(watched[..., None, None] - by_pool, 0)
    both = came + failed
    none = np.ones_like(both)
    for _ in range(horizon_weeks):  # in place: the arrays are large
        none *= failed / both
        failed += 1
        both += 1
    said: Floats = (1 - none).reshape(arrived.shape)
    return said


def _beta_pool(counts: Floats, watched: Floats, squared: Floats) -> tuple[Floats, Floats]:
    """Return both parameters of each pool's spread of shares, by moments; half a week stands in for none at all."""
    n_members = counts.shape[2]
    mean = np.maximum(counts.sum(axis=2), 0.5) / (n_members * watched + 1)
    single = mean * (1 - mean)
    between = np.maximum((counts / watched[:, :, None]).var(axis=2) - single * squared / watched**2, 1e-12)
    weight = np.clip(single / between - 1, MIN_WEEKS, MAX_WEEKS)
    if n_members == 1:  # alone, a series shows no spread
        weight = np.full_like(mean, MIN_WEEKS)
    return mean * weight, (1 - mean) * weight


def _base_rate(happened: npt.NDArray[np.bool_], horizon_weeks: int, n_pools: int) -> tuple[Floats, int]:
    """Return each series' share of past windows with an event, drawn towards its pool, and how many windows."""
    n = len(happened) // horizon_weeks
    windows = happened[len(happened) - n * horizon_weeks :].reshape(n, horizon_weeks, happened.shape[1])
    counts = windows.any(axis=1).sum(axis=0).reshape(-1, n_pools).astype(np.float64)
    return draw_together(counts, n).ravel(), n


def draw_together(counts: Floats, n: int) -> Floats:
    """Return shares of windows, each series drawn towards its pool as strongly as the pool's members differ little.

    Args:
        counts: windows with an event, by (member, pool).
        n: windows in all.

    >>> draw_together(np.array([[0.0], [0.0]]), 9).round(4).ravel().tolist()
    [0.0223, 0.0223]
    """
    share = (counts.sum(axis=0) + 0.5) / (n * len(counts) + 1)
    spread = share * (1 - share)
    if n > 1:
        between = np.maximum(((counts / n).var(axis=0) - spread / n) * n / (n - 1), 1e-12)
        weight = np.clip(spread / between - 1, MIN_SPREAD, MAX_SPREAD)
    else:
        weight = np.ones_like(share)
    shares: Floats = (counts + weight * share) / (n + weight)
    return shares


def _windows(happened: npt.NDArray[np.bool_], horizon_weeks: int) -> npt.NDArray[np.bool_]:
    """Return for each week whose window is over whether the ``horizon_weeks`` after it had an event."""
    total = np.cumsum(happened, axis=0)
    return total[horizon_weeks:] > total[:-horizon_weeks]
