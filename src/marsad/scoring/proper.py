"""Proper scores of probability forecasts, and skill against a reference."""

import numpy as np
import numpy.typing as npt

from marsad.errors import OutOfRange

Floats = npt.NDArray[np.float64]
LOG_FLOOR = 1e-4  # one certain miss must not make the mean infinite


def brier_score(probabilities: npt.ArrayLike, outcomes: npt.ArrayLike) -> float:
    r"""Return the mean squared distance between forecasts and what happened.

    .. math:: \frac{1}{n} \sum_i (p_i - o_i)^2

    Args:
        probabilities: n forecasts, each in [0, 1], in question order.
        outcomes: n resolutions in the same order; True if it happened. Void questions are left out before.

    Returns:
        A number in [0, 1], no unit; lower is better, 0.25 is always saying 50 %.

    Raises:
        OutOfRange: a probability outside [0, 1] or not a number; the message names its position.
        ValueError: lengths differ, or nothing to score.

    Source: Brier (1950), doi.org/fp62r6

    >>> round(brier_score([0.9, 0.2], [True, False]), 3)
    0.025
    """
    p, o = checked(probabilities, outcomes)
    return float(np.mean((p - o) ** 2))


def log_score(probabilities: npt.ArrayLike, outcomes: npt.ArrayLike, floor: float = LOG_FLOOR) -> float:
    r"""Return the mean surprise at what happened (ignorance, in nats).

    .. math:: -\frac{1}{n} \sum_i \ln q_i, \quad q_i = p_i \text{ if } o_i \text{ else } 1 - p_i

    Args:
        probabilities: n forecasts, each in [0, 1], in question order.
        outcomes: n resolutions in the same order.
        floor: forecasts are first brought into [floor, 1 - floor], so that no single miss costs more than -ln(floor).

    Returns:
        A number in [0, -ln(floor)], nats; lower is better, 0.693 is always saying 50 %.

    Raises:
        OutOfRange: a probability outside [0, 1] or not a number.
        ValueError: lengths differ, or nothing to score.

    Source: Good (1952), Journal of the Royal Statistical Society B 14, 107-114

    >>> round(log_score([0.5, 0.25], [True, False]), 4)
    0.4904
    """
    p, o = checked(probabilities, outcomes)
    p = np.clip(p, floor, 1 - floor)
    return float(-np.mean(np.log(np.where(o == 1, p, 1 - p))))


def skill(score: float, reference: float) -> float | None:
    r"""Return how much of the reference's loss the forecasts save.

    .. math:: 1 - \frac{s}{s_{ref}}

    Args:
        score: mean loss of the forecasts (Brier or log score), at least 0.
        reference: mean loss of the reference on the same questions, at least 0.

    Returns:
        At most 1 (perfect); 0 is no better than the reference, below 0 worse; None when the reference was perfect,
        for then nothing could be saved.

    Raises:
        OutOfRange: a negative loss.

    Source: Murphy (1988), Monthly Weather Review 116, 2417-2424

    >>> skill(0.375, 0.5)
    0.25
    """
    if score < 0 or reference < 0:
        raise OutOfRange("skill", f"loss {min(score, reference)} is negative", "give mean Brier or log scores")
    return None if reference == 0 else 1 - score / reference


def checked(probabilities: npt.ArrayLike, outcomes: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return both as float arrays, or say which number cannot be scored.

    Raises:
        OutOfRange: a probability outside [0, 1] or not a number.
        ValueError: lengths differ, not one-dimensional, or nothing to score.

    >>> checked([0.25], [True])
    (array([0.25]), array([1.]))
    """
    p = np.asarray(probabilities, dtype=np.float64)
    o = np.asarray(outcomes, dtype=np.bool_).astype(np.float64)
    if p.ndim != 1 or p.shape != o.shape:
        raise ValueError(f"{p.shape} probabilities against {o.shape} outcomes")
    if not p.size:
        raise ValueError("nothing to score")
    bad = np.flatnonzero(~((p >= 0) & (p <= 1)))
    if bad.size:
        where = int(bad[0])
        raise OutOfRange(
            f"probability {where}", f"{p[where]} lies outside [0, 1]", "correct the forecast at that place"
        )
    return p, o
