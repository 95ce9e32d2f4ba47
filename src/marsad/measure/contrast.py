"""A weekly rate before a date against after it, held against dates at which nothing is known to have happened."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from marsad.measure.acts import Floats

_PSEUDO_WEEKS = 4.0  # each side is drawn towards the joint rate as if by four weeks of it


@dataclass(frozen=True)
class Contrast:
    """What changed at a date. Association, never proof of cause.

    Args:
        before: acts per week in the window before.
        after: acts per week from the date on; None when no week has passed since.
        effect: log ratio of the two rates, each drawn towards their joint rate; 0 is no change.
        p_value: share of placebo dates (and the date itself) with an effect as large, either way.
    """

    before: float
    after: float | None
    effect: float | None
    p_value: float | None


def contrast(weekly: Floats, at: int, span: int) -> Contrast:
    """Compare up to ``span`` weeks before position ``at`` with up to ``span`` from it on.

    Placebo dates are all others whose windows, as long as these, do not reach across ``at``.

    Args:
        weekly: acts per week, without gaps; NaN where collection failed.
        at: position of the week of the change.
        span: weeks on each side.

    >>> found = contrast(np.array([1.0] * 12 + [3.0] * 4), 12, 4)
    >>> found.before, found.after, round(found.effect, 3), round(found.p_value, 3)
    (1.0, 3.0, 0.511, 0.167)
    """
    n_after = min(span, len(weekly) - at)
    n_before = min(span, at)
    before = _rate(weekly[at - n_before : at])
    if n_after <= 0 or np.isnan(weekly[at : at + n_after]).all():
        return Contrast(before, None, None, None)
    effect = _effect(weekly, at, n_before, n_after)
    placebo = [
        _effect(weekly, t, n_before, n_after)
        for t in range(n_before, len(weekly) - n_after + 1)
        if t + n_after <= at or t - n_before >= at + n_after
    ]
    n_as_large = sum(abs(other) >= abs(effect) - 1e-12 for other in placebo)
    return Contrast(before, _rate(weekly[at : at + n_after]), effect, (1 + n_as_large) / (1 + len(placebo)))


def false_discovery(p_values: Sequence[float]) -> list[float]:
    """Return p-values adjusted for their number, so that reporting those below q keeps false discoveries below q.

    Source: Benjamini and Hochberg (1995), doi.org/10.1111/j.2517-6161.1995.tb02031.x

    >>> false_discovery([0.01, 0.04, 0.03, 0.5])
    [0.04, 0.05333333333333334, 0.05333333333333334, 0.5]
    """
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted, lowest = [1.0] * len(p_values), 1.0
    for rank in range(len(order), 0, -1):
        place = order[rank - 1]
        lowest = min(lowest, p_values[place] * len(order) / rank)
        adjusted[place] = lowest
    return adjusted


def _rate(weekly: Floats) -> float:
    return 0.0 if np.isnan(weekly).all() else float(np.nanmean(weekly))


def _effect(weekly: Floats, at: int, n_before: int, n_after: int) -> float:
    before, after = weekly[at - n_before : at], weekly[at : at + n_after]
    weeks = np.array([np.sum(~np.isnan(before)), np.sum(~np.isnan(after))], dtype=float)
    acts = np.array([np.nansum(before), np.nansum(after)])
    if not acts.sum():
        return 0.0
    joint = acts.sum() / weeks.sum()
    drawn = (acts + _PSEUDO_WEEKS * joint) / (weeks + _PSEUDO_WEEKS)
    return float(np.log(drawn[1] / drawn[0]))
