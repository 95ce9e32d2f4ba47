r"""The regression model: how likely is at least one act in the days ahead, from fading memories of what was done.

Where a desk's record is long and dense, more can be learnt than one rate: other classes of the same dyad, the other
direction, how busy both sides are with whomever, how long it has been quiet. For each class one logistic regression
with a ridge penalty is learnt on the dyad's past days whose windows are over,

.. math:: \operatorname{logit} P = \alpha + \beta^\top x, \quad
   \hat\beta = \arg\min \sum_i \ell(y_i, P_i) + \tfrac{\lambda}{2} \lVert \beta - \beta_0 \rVert^2,

with :math:`x` standardised logarithms and :math:`\lambda` growing with the overlap of the windows, since each act lies
in as many of them as they are days long. The penalty draws the weights of a class towards :math:`\beta_0`, those of all
classes together, and these towards none: the less a class has to say, the more it borrows. All dyads share the weights,
which keeps a quiet dyad's number sober. What is said lies a little nearer to the dyad's base rate than what was learnt,
in log-odds: habits drift, and a class that taught nothing lasting falls back on the base rate.

The weights are learnt anew every ``RETRAIN_DAYS``; between, only the memories move on, a day at a time.

Source: Hoerl & Kennard (1970), doi.org/10.1080/00401706.1970.10488634, with the binomial likelihood: le Cessie & van
Houwelingen (1992), doi.org/10.2307/2347628.
Boosted trees on the same features had the same skill on past data, and a larger calibration error.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from marsad.forecast.history import Dyad, History

Floats = npt.NDArray[np.float32]
Wide = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
MODEL = "ridge-logit-2"
HALF_LIVES = np.array([2.0, 5.0, 15.0, 40.0, 120.0], dtype=np.float32)  # days
WARM_UP_DAYS = 40  # days at the record's start that are not learnt from
RETRAIN_DAYS = 14
MIN_LESSON_DAYS = 158  # a record of fewer days is not learnt from
MIN_ACTS = 5_000  # nor one of fewer acts, in the weekly run
PSEUDO_WINDOWS = 20.0  # of its class's mean, in a dyad's base rate
RIDGE = 400.0  # per day of overlap
MAX_ROWS = 240_000  # learnt from, of all kinds: above it, days are skipped evenly
TRUST = 0.85  # in what was learnt; the rest is the dyad's base rate, in log-odds
N_STEPS = 6  # of Newton's method; four suffice
_NEVER = 200.0  # days of quiet of what has not been seen
_DAY_US = 86_400 * 1_000_000


@dataclass(frozen=True)
class Chances:
    """What the model says at some origins; arrays by (origin, series)."""

    probability: npt.NDArray[np.float64]
    base_rate: npt.NDArray[np.float64]  # share of the dyad's own past windows, drawn towards its class
    happened: npt.NDArray[np.bool_]  # as known at the last origin; of no meaning where the window is not over


def chances(
    history: History, dyads: Sequence[Dyad], origins: Sequence[int], horizon_days: int, *, lag_us: int = _DAY_US
) -> Chances:
    """Return the chance of at least one act in the ``horizon_days`` after each origin, per series.

    An origin sees acts up to its day that were known by its own closing of eyes, the weights rest on windows over by
    the last day of learning before it; neither looks at anything later.

    Args:
        history: acts of the asked dyads.
        dyads: those asked, in the order of the history.
        origins: days since 1970-01-01, ascending.
        horizon_days: at least 1.
        lag_us: microseconds from the origin's midnight to the closing of its eyes.
    """
    memory = _Memory(history, dyads, origins[-1], horizon_days, lag_us)
    wanted = {day - memory.first for day in origins}
    step = memory.learning_step()
    learnt_on = sorted({_learning_day(day) - memory.first for day in origins})
    last_lesson = learnt_on[-1] - horizon_days
    lessons: list[tuple[int, Floats]] = []
    weights: dict[int, _Weights] = {}
    said, base = {}, {}
    for day in range(memory.n_days):
        memory.close(day)
        is_lesson = WARM_UP_DAYS <= day <= last_lesson and (last_lesson - day) % step == 0
        features = memory.features(day) if is_lesson or day in wanted else None
        if is_lesson and features is not None:
            lessons.append((day, features))
        if day in learnt_on:
            over = [(at, rows) for at, rows in lessons if at + horizon_days <= day]
            weights[day] = _learn(over, memory.happened, horizon_days / step)
        if day in wanted and features is not None:
            base[day] = memory.base_rate(day).ravel()
            learnt = weights[_learning_day(day + memory.first) - memory.first].apply(features)
            said[day] = 1 / (1 + np.exp(-TRUST * learnt - (1 - TRUST) * _logit(base[day])))
    days = [day - memory.first for day in origins]
    return Chances(
        np.stack([said[day] for day in days]), np.stack([base[day] for day in days]), memory.happened[days].astype(bool)
    )


def suffices(history: History, origin: int, cutoff: int, horizon_days: int) -> bool:
    """Tell whether a record is long and dense enough to learn from."""
    seen = (history.day <= origin) & (history.known <= cutoff)
    n_days = origin - history.first_day(origin, cutoff)
    return int(seen.sum()) >= MIN_ACTS and n_days >= MIN_LESSON_DAYS + horizon_days


def _learning_day(day: int) -> int:
    """Return the last day of learning up to a day."""
    return day - day % RETRAIN_DAYS


class _Memory:
    """Fading counts of the asked dyads, brought forward a day at a time."""

    def __init__(self, history: History, dyads: Sequence[Dyad], last: int, horizon_days: int, lag_us: int) -> None:
        cutoff = last * _DAY_US + lag_us
        self.first = history.first_day(last, cutoff)
        self.n_days = last - self.first + 1
        self._n_pools, self._n_dyads = history.n_pools, len(dyads)
        stir = history.stir
        n_series, n_stirs = history.n_series, len(stir.actors) * history.n_pools
        self._arrived = self._arrivals(history.day, history.known, history.series, n_series, cutoff)
        self._stirred = self._arrivals(stir.day, stir.known, stir.actor * history.n_pools + stir.pool, n_stirs, cutoff)
        seen = (history.day <= last) & (history.known <= cutoff)
        acted = self._grid(history.day[seen] - self.first, history.series[seen], n_series) > 0
        total = np.cumsum(np.concatenate([np.zeros((1, n_series)), acted]), axis=0)
        end = np.minimum(np.arange(self.n_days) + 1 + horizon_days, self.n_days)
        self.happened = (total[end] > total[1:]).astype(np.float32)
        self._horizon_days = horizon_days
        self._over = np.zeros((self._n_dyads, self._n_pools))  # windows that had an act, of those over
        number = {actor: i for i, actor in enumerate(stir.actors)}
        self._sides = np.array([[number[source], number[target]] for source, target in dyads])
        place = {dyad: i for i, dyad in enumerate(dyads)}
        self._back = np.array([place.get((target, source), -1) for source, target in dyads])
        shape = (len(HALF_LIVES), self._n_dyads, self._n_pools)
        self._fade = (2.0 ** (-1.0 / HALF_LIVES)).reshape(-1, 1, 1)
        self._counts, self._active = np.zeros(shape, dtype=np.float32), np.zeros(shape, dtype=np.float32)
        self._busy = np.zeros((len(HALF_LIVES), len(stir.actors), self._n_pools), dtype=np.float32)
        self._watched = np.zeros((len(HALF_LIVES), 1), dtype=np.float32)
        self._quiet = np.full(shape[1:], _NEVER, dtype=np.float32)

    def _arrivals(self, day: Ints, known: Ints, series: Ints, n_series: int, cutoff: int) -> Floats:
        """Return acts by the day on which a desk as prompt as today's would have known of them."""
        last = self.first + self.n_days - 1
        seen = (day <= last) & (known <= cutoff)
        late = last - (cutoff - known[seen]) // _DAY_US
        return self._grid(np.maximum(day[seen], late) - self.first, series[seen], n_series)

    def _grid(self, day: Ints, series: Ints, n_series: int) -> Floats:
        counts = np.zeros((self.n_days, n_series), dtype=np.float32)
        np.add.at(counts, (day, series), 1)
        return counts

    def learning_step(self) -> int:
        """Return how many days lie between two that are learnt from."""
        return max(1, self.n_days * self._n_dyads * self._n_pools // MAX_ROWS)

    def close(self, day: int) -> None:
        """Let the acts that arrived on a day in, and fade what was before."""
        came = self._arrived[day].reshape(self._n_dyads, self._n_pools)
        self._counts = self._counts * self._fade + came
        self._active = self._active * self._fade + (came > 0)
        self._busy = self._busy * self._fade + self._stirred[day].reshape(self._busy.shape[1:])
        self._watched = self._watched * self._fade[:, 0] + 1
        self._quiet = np.where(came > 0, 0, self._quiet + 1)
        if day >= self._horizon_days:
            self._over += self.happened[day - self._horizon_days].reshape(self._over.shape)

    def base_rate(self, day: int) -> npt.NDArray[np.float64]:
        """Return by (dyad, class) the share of windows over by a day that had an act, drawn towards the class's."""
        n = max(0, day - self._horizon_days + 1)
        mean = (self._over.sum(axis=0) + 0.5) / (n * self._n_dyads + 1)
        rate: npt.NDArray[np.float64] = (self._over + PSEUDO_WINDOWS * mean) / (n + PSEUDO_WINDOWS)
        return rate

    def features(self, day: int) -> Floats:
        """Return what is known at the end of a day, by (class, dyad, feature)."""
        base = _logit(self.base_rate(day))
        busy = self._busy[:4, self._sides]  # (half-life, dyad, side, class)
        of_source, of_target = np.log(busy + 0.5).transpose(2, 0, 1, 3)
        busy_all = np.log(busy.sum(axis=3) + 0.5)
        back = np.where(self._back[:, None] >= 0, self._counts[:, self._back], 0)
        quiet = np.log1p(self._quiet)
        same_for_all = [
            *np.log(self._counts + 0.1).transpose(0, 2, 1).reshape(-1, self._n_dyads),
            *np.log(self._counts.sum(axis=2) + 0.1),
            *np.log(back.sum(axis=2)[1:4] + 0.1),
            *busy_all.transpose(0, 2, 1).reshape(-1, self._n_dyads),
            *quiet.T,
            quiet.min(axis=1),
            base.mean(axis=1),
        ]
        by_class = []
        for k in range(self._n_pools):
            share = _logit((self._active[:, :, k] + 0.3) / (self._watched + 3))
            own = [base[:, k], *share, *of_source[:, :, k], *of_target[:, :, k], *np.log(back[1:4, :, k] + 0.1)]
            by_class.append(np.stack([*own, *same_for_all], axis=1))
        features: Floats = np.stack(by_class).astype(np.float32)
        return features


@dataclass(frozen=True)
class _Weights:
    """One regression for each class, and what its features were standardised by."""

    mean: Floats  # (class, 1, feature)
    spread: Floats
    weights: npt.NDArray[np.float64]  # (class, 1 + feature), the constant first

    def apply(self, features: Floats) -> npt.NDArray[np.float64]:
        """Return the log-odds by series."""
        x = (features - self.mean) / self.spread
        z: npt.NDArray[np.float64] = self.weights[:, :1] + np.einsum("kdf,kf->kd", x, self.weights[:, 1:])
        return z.T.ravel()


def _learn(lessons: Sequence[tuple[int, Floats]], happened: Floats, overlap: float) -> _Weights:
    """Return the weights that past days, whose windows are over, speak for."""
    rows = np.concatenate([rows for _, rows in lessons], axis=1)
    n_classes, _, n_features = rows.shape
    truth = np.concatenate([happened[day].reshape(-1, n_classes).T for day, _ in lessons], axis=1)
    mean = rows.mean(axis=(0, 1), keepdims=True)
    spread = rows.std(axis=(0, 1), keepdims=True) + np.float32(1e-6)
    x = np.ones((n_classes, rows.shape[1], 1 + n_features), dtype=np.float32)
    x[:, :, 1:] = (rows - mean) / spread
    penalty = RIDGE * max(1.0, overlap)
    shared = _regress(x.reshape(-1, 1 + n_features), truth.ravel(), np.zeros(1 + n_features), penalty)
    weights = [_regress(x[k], truth[k], shared, penalty) for k in range(n_classes)]
    return _Weights(mean, spread, np.stack(weights))


def _regress(x: Floats, truth: Floats, prior: Wide, penalty: float) -> Wide:
    """Return the weights of a logistic regression drawn towards a prior; the constant is not drawn."""
    drawn = penalty * np.r_[0.0, np.ones(len(prior) - 1)]
    weights = prior.copy()
    for _ in range(N_STEPS):
        p = 1 / (1 + np.exp(-(x @ weights.astype(np.float32))))
        slope = x.T @ (truth - p) - drawn * (weights - prior)
        weights += np.linalg.solve((x * (p * (1 - p) + 1e-6)[:, None]).T @ x + np.diag(drawn), slope)
    return weights


def _logit(p: npt.ArrayLike) -> npt.NDArray[np.float64]:
    share = np.clip(np.asarray(p, dtype=np.float64), 1e-4, 1 - 1e-4)
    logit: npt.NDArray[np.float64] = np.log(share / (1 - share))
    return logit
