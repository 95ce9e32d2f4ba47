"""A two-sided Poisson CUSUM over many weekly series at once, and what its statistic says."""

from dataclasses import dataclass

import numpy as np

from marsad.measure.acts import Floats
from marsad.measure.completeness import COVERED

BASELINE_WEEKS = 12
_WARM_UP_WEEKS = 4  # no judgement on less history
_LEAST_TO_FALL = 6  # acts in the baseline: below that, silence is nothing new
_PRIOR_ACTS, _PRIOR_WEEKS = 0.25, 1.0  # a pair never seen to act is taken to show a quarter of an act a week


@dataclass(frozen=True)
class Cusum:
    """The numbers of the flow test.

    Args:
        threshold: of the log likelihood ratio that makes a break.
        ratio: how much a rise multiplies the weekly rate (a fall divides by it).
        step: the least acts a week a rise adds.
        null_rate: false breaks per quiet pair and year at threshold 0, and
        null_decay: how fast they fall with the threshold: ``null_rate * exp(-null_decay * h)``.
    """

    threshold: float
    ratio: float = 2.0
    step: float = 1.0
    null_rate: float = 4.0
    null_decay: float = 0.5

    def probability(self, statistic: float) -> float:
        """Return the share of quiet pair-years that show nothing this strong.

        >>> round(Cusum(4.0, null_rate=4.0, null_decay=0.5).probability(6.0), 3)
        0.819
        """
        return float(np.exp(-self.null_rate * np.exp(-self.null_decay * statistic)))


@dataclass(frozen=True)
class Alarm:
    """One crossing of the threshold: which series, when the excursion began and crossed, which way, how strongly."""

    series: int
    onset: int
    crossed: int
    rises: bool
    statistic: float


def find_alarms(counts: Floats, shares: Floats, flow: Cusum) -> list[Alarm]:
    """Run the two-sided CUSUM over many series at once.

    After an alarm the series starts afresh: its new baseline is what it has shown since the excursion began.

    Args:
        counts: (streams, weeks, series): each stream has its own rate, their evidence adds up.
        shares: completeness per week, in [0, 1]; weeks below half are skipped.
        flow: the numbers of the test.

    Returns:
        Alarms in order of the week they were raised, then of series.
    """
    n_streams, _, n_series = counts.shape
    usable = shares >= COVERED
    seen = np.cumsum(np.where(usable[:, None], counts, 0), axis=1)
    total = np.concatenate([np.zeros((n_streams, 1, n_series)), seen], axis=1)
    length = np.concatenate([[0.0], np.cumsum(np.where(usable, shares, 0))])
    start = np.zeros(n_series, dtype=np.int64)  # first week the baseline may use
    column = np.arange(n_series)
    state = {rises: (np.zeros(n_series), np.zeros(n_series, dtype=np.int64)) for rises in (True, False)}
    alarms: list[Alarm] = []
    for week in np.flatnonzero(usable).tolist():
        fired = np.full(n_series, -1)  # onset of this week's alarm
        for rises, (height, onset) in state.items():
            idle = height <= 0
            onset[idle] = week
            low = np.maximum(start, onset - BASELINE_WEEKS)
            history = length[onset] - length[low]
            acts = total[:, onset, column] - total[:, low, column]
            rate = (acts + _PRIOR_ACTS) / (history + _PRIOR_WEEKS)
            gain = _gain(counts[:, week], rate * shares[week], shares[week], flow, rises=rises).sum(axis=0)
            is_fit = history >= _WARM_UP_WEEKS
            if not rises:
                is_fit &= acts.sum(axis=0) >= _LEAST_TO_FALL
            height[:] = np.where(is_fit, np.maximum(height + gain, 0), 0)
            crossed = np.flatnonzero((height >= flow.threshold) & (fired < 0))
            fired[crossed] = onset[crossed]
            alarms += [Alarm(i, int(onset[i]), week, rises, float(height[i])) for i in crossed.tolist()]
        start = np.maximum(start, fired)
        for height, _ in state.values():
            height[fired >= 0] = 0
    return alarms


def _gain(seen: Floats, rate: Floats, share: float, flow: Cusum, *, rises: bool) -> Floats:
    """Return the week's log likelihood ratio of the changed rate against the baseline."""
    changed = np.maximum(rate * flow.ratio, rate + flow.step * share) if rises else rate / flow.ratio
    return np.asarray(seen * np.log(changed / rate) - (changed - rate))
