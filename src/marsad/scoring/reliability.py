"""Do the probabilities mean what they say: reliability bins, calibration error, Murphy's decomposition."""

from math import sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from marsad.errors import OutOfRange
from marsad.scoring.proper import brier_score, checked

Z_95 = 1.959963984540054  # two-sided 95 % of the normal


class ReliabilityBin(NamedTuple):
    """Forecasts of like size, and how often they came true."""

    n: int
    forecast: float  # mean probability, [0, 1]
    observed: float  # share that happened, [0, 1]
    low: float  # 95 % Wilson interval of ``observed``
    high: float


class Murphy(NamedTuple):
    """The parts of a Brier score: brier = reliability - resolution + uncertainty + within."""

    reliability: float  # squared gap of saying and happening; 0 best
    resolution: float  # how far the bins' outcomes lie from the overall share; more is better
    uncertainty: float  # share x (1 - share): the questions, not the forecaster
    within: float  # what bins hide: spread of forecasts inside a bin; 0 when each bin holds one value


def reliability(probabilities: npt.ArrayLike, outcomes: npt.ArrayLike, n_bins: int = 10) -> list[ReliabilityBin]:
    """Return bins of equal count, lowest forecasts first. Equal forecasts are never split, so there may be fewer bins.

    Args:
        probabilities: n forecasts, each in [0, 1].
        outcomes: n resolutions in the same order.
        n_bins: how many bins to aim for, at least 1.

    Raises:
        OutOfRange: a probability outside [0, 1], or ``n_bins`` below 1.
        ValueError: lengths differ, or nothing to score.

    Source: Bröcker & Smith (2007), Weather and Forecasting 22, 651-661

    >>> for b in reliability([0.1, 0.1, 0.8, 0.8], [False, False, True, False], n_bins=2):
    ...     print(b.n, b.forecast, b.observed, round(b.low, 2), round(b.high, 2))
    2 0.1 0.0 0.0 0.66
    2 0.8 0.5 0.09 0.91
    """
    p, o = checked(probabilities, outcomes)
    bins = []
    for members in _equal_count(p, n_bins):
        n, happened = len(members), int(o[members].sum())
        bins.append(ReliabilityBin(n, float(p[members].mean()), happened / n, *wilson_interval(happened, n)))
    return bins


def calibration_error(probabilities: npt.ArrayLike, outcomes: npt.ArrayLike, n_bins: int = 10) -> float:
    r"""Return the mean gap between what was said and what happened, over bins of equal count.

    .. math:: \sum_b \frac{n_b}{n} |\bar p_b - \bar o_b|

    Few forecasts make it large by chance alone: compare only at like n.

    Args:
        probabilities: n forecasts, each in [0, 1].
        outcomes: n resolutions in the same order.
        n_bins: as in :func:`reliability`.

    Returns:
        A number in [0, 1]; 0 is perfect.

    Raises:
        OutOfRange: as :func:`reliability`.
        ValueError: as :func:`reliability`.

    Source: Naeini, Cooper & Hauskrecht (2015), with bins of equal count.

    >>> calibration_error([0.25, 0.25, 0.75, 0.75], [False, False, True, True], n_bins=2)
    0.25
    """
    bins = reliability(probabilities, outcomes, n_bins)
    return sum(b.n * abs(b.forecast - b.observed) for b in bins) / sum(b.n for b in bins)


def murphy(probabilities: npt.ArrayLike, outcomes: npt.ArrayLike, n_bins: int = 10) -> Murphy:
    """Return the parts of the Brier score over bins of equal count; they add up to it exactly.

    Args:
        probabilities: n forecasts, each in [0, 1].
        outcomes: n resolutions in the same order.
        n_bins: as in :func:`reliability`.

    Raises:
        OutOfRange: as :func:`reliability`.
        ValueError: as :func:`reliability`.

    Source: Murphy (1973), Journal of Applied Meteorology 12, 595-600; the term within bins: Stephenson, Coelho &
    Jolliffe (2008), Weather and Forecasting 23, 752-757

    >>> murphy([0.25, 0.25, 0.75, 0.75], [False, False, True, True], n_bins=2)
    Murphy(reliability=0.0625, resolution=0.25, uncertainty=0.25, within=0.0)
    """
    bins = reliability(probabilities, outcomes, n_bins)
    n = sum(b.n for b in bins)
    share = sum(b.n * b.observed for b in bins) / n
    gap = sum(b.n * (b.forecast - b.observed) ** 2 for b in bins) / n
    resolution = sum(b.n * (b.observed - share) ** 2 for b in bins) / n
    uncertainty = share * (1 - share)
    return Murphy(gap, resolution, uncertainty, brier_score(probabilities, outcomes) - (gap - resolution + uncertainty))


def wilson_interval(happened: int, n: int, z: float = Z_95) -> tuple[float, float]:
    """Return the Wilson interval of a share; it stays inside [0, 1] and is honest at 0 and at 1.

    Args:
        happened: how many came true, 0 to ``n``.
        n: how many there were, at least 1.
        z: width in standard normal units; the default gives 95 %.

    Raises:
        OutOfRange: ``n`` below 1, or ``happened`` outside 0..n.

    Source: Wilson (1927), doi.org/10.1080/01621459.1927.10502953

    >>> [round(x, 3) for x in wilson_interval(0, 10)], [round(x, 3) for x in wilson_interval(5, 10)]
    ([0.0, 0.278], [0.237, 0.763])
    """
    if n < 1 or not 0 <= happened <= n:
        raise OutOfRange("share", f"{happened} of {n}", "give 0 <= happened <= n and n >= 1")
    share, spread = happened / n, z * z / n
    centre = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    return (0.0 if happened == 0 else centre - half), (1.0 if happened == n else centre + half)


def _equal_count(p: npt.NDArray[np.float64], n_bins: int) -> list[npt.NDArray[np.intp]]:
    """Return the indices of each bin; a run of equal forecasts goes where its middle rank falls, in any input order."""
    if n_bins < 1:
        raise OutOfRange("n_bins", f"{n_bins} is below 1", "ask for at least one bin")
    ordered = np.sort(p)
    middle = np.searchsorted(ordered, p, "left") + np.searchsorted(ordered, p, "right") - 1  # twice the mean rank
    number = middle * n_bins // (2 * len(p))
    return [np.flatnonzero(number == b) for b in np.unique(number)]
