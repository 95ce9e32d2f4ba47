"""A two-sided CUSUM over many weekly series at once, and what its statistic says."""

from dataclasses import dataclass

import numpy as np

from marsad.measure.acts import Floats
from marsad.measure.completeness import COVERED

BASELINE_WEEKS = 12
_WARM_UP_WEEKS = 4  # no judgement on less history
_LEAST_TO_FALL = 6  # acts in the baseline: below that, silence is nothing new
_PRIOR_ACTS, _PRIOR_WEEKS = 0.25, 1.0  # a pair never seen to act is taken to show a quarter of an act a week


@dataclass(frozen=True)
class Stream:
    """Rungs counted together at one rate, and what a change of that rate looks like.

    Args:
        rungs: of the ladder.
        ratio: how much a rise multiplies the weekly rate (a fall divides by it).
        step: the least acts a week a rise adds.
        size: of the negative binomial a week's count follows; smaller is burstier, infinity is Poisson.
        every_report: count every row; otherwise one act of a type per pair and day, for copies are no further act.
    """

    rungs: tuple[int, ...]
    ratio: float = 2.0
    step: float = 1.0
    size: float = np.inf
    every_report: bool = False


@dataclass(frozen=True)
class Cusum:
    """The numbers of the flow test on one ladder.

    Args:
        threshold: of the log likelihood ratio that makes a break.
        streams: what is counted; their evidence adds up.
        null_rate: false breaks per quiet pair and year at threshold 0, and
        null_decay: how fast they fall with the threshold: ``null_rate * exp(-null_decay * h)``.
    """

    threshold: float
    streams: tuple[Stream, ...]
    null_rate: float = 4.0
    null_decay: float = 0.5

    def probability(self, statistic: float) -> float:
        """Return the share of quiet pair-years that show nothing this strong.

        >>> round(Cusum(4.0, (Stream((2,)),), 4.0, 0.5).probability(6.0), 3)
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

    A rise is dated to the week from which the counts since are likeliest to be of another rate than the baseline's, a
    fall to the first week of the excursion. After an alarm the series starts afresh: its new baseline is what it has
    shown since that week.

    Args:
        counts: (streams, weeks, series), the streams as in ``flow``: each has its own rate, their evidence adds up.
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
            for i in np.flatnonzero((height >= flow.threshold) & (fired < 0)).tolist():
                since = slice(int(onset[i]), week + 1)
                begun = _likeliest(counts[:, since, i], rate[:, i], shares[since]) if rises else 0
                fired[i] = since.start + begun
                alarms.append(Alarm(i, int(fired[i]), week, rises, float(height[i])))
        start = np.maximum(start, fired)
        for height, _ in state.values():
            height[fired >= 0] = 0
    return alarms


def _gain(seen: Floats, rate: Floats, share: float, flow: Cusum, *, rises: bool) -> Floats:
    """Return the week's log likelihood ratio of the changed rate against the baseline, per stream."""
    numbers = np.array([(stream.ratio, stream.step, stream.size) for stream in flow.streams])
    ratio, step, size = numbers.T[:, :, None]
    changed = np.maximum(rate * ratio, rate + step * share) if rises else rate / ratio
    is_poisson = np.isinf(size)
    k = np.where(is_poisson, 1.0, size)
    poisson = seen * np.log(changed / rate) - (changed - rate)
    bursty = seen * np.log(changed * (k + rate) / (rate * (k + changed))) - k * np.log((k + changed) / (k + rate))
    return np.asarray(np.where(is_poisson, poisson, bursty))


def _likeliest(seen: Floats, rate: Floats, shares: Floats) -> int:
    """Return the week from which (streams, weeks) counts are likeliest to be of a higher rate than the baseline's."""
    length = np.cumsum(shares[::-1])[::-1]
    mean = np.cumsum(seen[:, ::-1], axis=1)[:, ::-1] / np.maximum(length, 1e-9)
    base = rate[:, None]
    higher = np.maximum(mean, base)
    return int((length * (mean * np.log(higher / base) - (higher - base))).sum(axis=0).argmax())
