r"""A sequential scan for changed rates over many weekly series at once, and what its statistic says.

Each week the last one, two or three weeks (up to eight for a fall) are held against the twelve before them. The
statistic adds up, over streams of acts counted apart, the log likelihood ratio of two Poisson rates against one,
divided by the stream's dispersion in the feed so far:

.. math:: G = \sum_s \frac{1}{\phi_s} \left( n_1 \log\frac{m_1}{m} + n_0 \log\frac{m_0}{m} \right)

with n acts at m a week since (1) and before (0), and m the joint rate. News comes in bursts: :math:`\phi`, the variance
over the mean of a stream's weekly counts about each series' own mean, says how large they are. A feed that tells
everything twice counts twice as much and is twice as dispersed, so the statistic means the same in either.
"""

from dataclasses import dataclass

import numpy as np

from marsad.measure.acts import Bools, Floats, Ints
from marsad.measure.completeness import COVERED

BASELINE_WEEKS = 12
_RISE_WEEKS, _FALL_WEEKS = 3, 8  # silence says less a week than acts do
_WARM_UP_WEEKS = 3  # no judgement on less history
_LEAST_WEIGHT = 4  # of the acts that make a rise, by the lightest rung of their stream: two blows, four reproaches
_LEAST_TO_FALL = 6  # acts in the baseline: below that, silence is nothing new
_PRIOR_ACTS, _PRIOR_WEEKS = 1.0, 4.0  # a pair never seen to act is taken to show an act in four weeks


@dataclass(frozen=True)
class Scan:
    """The numbers of the flow test on one ladder.

    Args:
        threshold: of the statistic that makes a break.
        streams: rungs counted together at one rate; the streams' evidence adds up.
        null_rate: false rises per quiet pair and year at threshold 0, and
        null_decay: how fast they fall with the threshold: ``null_rate * exp(-null_decay * h)``.
    """

    threshold: float
    streams: tuple[tuple[int, ...], ...]
    null_rate: float = 4.0
    null_decay: float = 0.5

    def probability(self, statistic: float) -> float:
        """Return the share of quiet pair-years that show nothing this strong.

        >>> round(Scan(4.0, ((2,),), 4.0, 0.5).probability(6.0), 3)
        0.819
        """
        return float(np.exp(-self.null_rate * np.exp(-self.null_decay * statistic)))


@dataclass(frozen=True)
class Alarm:
    """One crossing of the threshold: which series, from which week the rate is another, when that was clear, how."""

    series: int
    onset: int
    crossed: int
    rises: bool
    statistic: float


@dataclass
class _State:
    """What the scan remembers of each series: where the baselines may start, and the week of the last alarm."""

    rise_from: Ints
    fall_from: Ints
    crossed: Ints


def find_alarms(counts: Floats, shares: Floats, scan: Scan) -> list[Alarm]:
    """Scan many series at once, week by week; what comes later changes no alarm.

    A change is dated to the first of the weeks, up to the one in which the threshold is crossed, that are likeliest to
    be of another rate than those before. After an alarm the next one needs weeks of its own, and a rise is held against
    what has been since the last change: what goes on is no new rise.

    Args:
        counts: (streams, weeks, series), the streams as in ``scan``.
        shares: completeness per week, in [0, 1]; weeks below half are skipped.
        scan: the numbers of the test.

    Returns:
        Alarms in order of the week they were raised, rises first, then of series.
    """
    usable = np.flatnonzero(shares >= COVERED)
    seen = counts[:, usable]
    n_streams, _, n_series = counts.shape
    total = np.concatenate([np.zeros((n_streams, 1, n_series)), np.cumsum(seen, axis=1)], axis=1)
    length = np.concatenate([[0.0], np.cumsum(shares[usable])])
    spread, weight = dispersion(seen), np.array([min(rungs) for rungs in scan.streams])
    state = _State(np.zeros(n_series, np.int64), np.zeros(n_series, np.int64), np.full(n_series, -1))
    alarms: list[Alarm] = []
    for week in range(len(usable)):
        for rises in (True, False):
            height, onset = _highest(total, length, spread, weight, state, week, rises=rises)
            fired = height >= scan.threshold
            alarms += [
                Alarm(i, int(usable[onset[i]]), int(usable[week]), rises, float(height[i]))
                for i in np.flatnonzero(fired).tolist()
            ]
            state.crossed[fired] = week
            state.rise_from[fired] = onset[fired]
            if not rises:
                state.fall_from[fired] = onset[fired]
    return alarms


def dispersion(counts: Floats) -> Floats:
    """Return variance over mean of (streams, weeks, series) counts about each series' mean, pooled, up to each week.

    At least 1, as of a Poisson count.

    >>> dispersion(np.array([[[0.0], [4.0], [8.0]]])).tolist()
    [[1.0, 4.0, 4.0]]
    """
    n = np.arange(1, counts.shape[1] + 1)[:, None]
    total = np.cumsum(counts, axis=1)
    squares = (np.cumsum(counts**2, axis=1) - total**2 / n).sum(axis=2)
    variance = squares / np.maximum(n[:, 0] - 1, 1)
    return np.asarray(np.maximum(variance / np.maximum((total / n).sum(axis=2), 1e-9), 1.0))


def _highest(
    total: Floats, length: Floats, spread: Floats, weight: Ints, state: _State, week: int, *, rises: bool
) -> tuple[Floats, Ints]:
    """Return each series' highest statistic over the windows that end this week, and where that window begins."""
    n_series = total.shape[2]
    height, onset = np.full(n_series, -np.inf), np.full(n_series, week)
    start = state.rise_from if rises else state.fall_from
    for begin in range(week, max(week - (_RISE_WEEKS if rises else _FALL_WEEKS), 0), -1):
        low = np.minimum(np.maximum(start, begin - BASELINE_WEEKS), begin)
        is_fit = (begin - low >= _WARM_UP_WEEKS) & (begin > state.crossed)
        series = np.flatnonzero(is_fit)
        before = total[:, begin, series] - total[:, low[series], series]
        since = total[:, week + 1, series] - total[:, begin, series]
        enough = weight @ since >= _LEAST_WEIGHT if rises else before.sum(axis=0) >= _LEAST_TO_FALL
        series, before, since = series[enough], before[:, enough], since[:, enough]
        weeks_before, weeks = length[begin] - length[low[series]], length[week + 1] - length[begin]
        ratio = _ratio(before, weeks_before, since, weeks, rises=rises)
        found = (ratio / spread[:, begin - 1, None]).sum(axis=0)
        better = found > height[series]
        height[series[better]], onset[series[better]] = found[better], begin
    return height, onset


def _ratio(before: Floats, weeks_before: Floats, since: Floats, weeks: float, *, rises: bool) -> Floats:
    """Return each stream's log likelihood ratio of two rates against one; 0 where the rate went the other way.

    A busy pair's rate is drawn down by the prior: what only equals the weeks before is no rise.
    """
    acts, history = before + _PRIOR_ACTS, weeks_before + _PRIOR_WEEKS
    was, now, joint = acts / history, since / weeks, (acts + since) / (history + weeks)
    ratio = since * np.log(np.where(since > 0, now, 1.0) / np.where(since > 0, joint, 1.0)) + acts * np.log(was / joint)
    is_so: Bools = now > np.maximum(was, before / weeks_before) if rises else now < was
    return np.where(is_so, ratio, 0.0)
