"""A weekly rate before a date against after it, held against dates at which nothing is known to have happened."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from marsad.measure.acts import Floats

_NINETY = 1.645  # standard errors to either end of a 90 % interval
_PSEUDO_WEEKS = 4.0  # each side is drawn towards the joint rate as if by four weeks of it


@dataclass(frozen=True)
class Contrast:
    """What changed at a date. Association, never proof of cause.

    Args:
        before: acts per week in the window before.
        after: acts per week from the date on; None when no week has passed since.
        effect: log ratio of the two rates, each drawn towards their joint rate; 0 is no change. With a control, less
            the control's own.
        low: 5 % point of the effect, and
        high: its 95 % point, for counts as bursty as these weeks are.
        p_value: share of placebo dates (and the date itself) with an effect as large, either way.
    """

    before: float
    after: float | None
    effect: float | None
    low: float | None
    high: float | None
    p_value: float | None


def contrast(weekly: Floats, at: int, span: int, control: Floats | None = None) -> Contrast:
    """Compare up to ``span`` weeks before position ``at`` with up to ``span`` from it on.

    Placebo dates are all others whose windows, as long as these, do not reach across ``at``.

    Args:
        weekly: acts per week, without gaps; NaN where collection failed.
        at: position of the week of the change.
        span: weeks on each side.
        control: acts per week of what the change should not have touched; None if there is no such thing.

    >>> found = contrast(np.array([1.0] * 12 + [3.0] * 4), 12, 4)
    >>> found.before, found.after, round(found.effect, 3), round(found.p_value, 3)
    (1.0, 3.0, 0.511, 0.167)
    """
    n_after = min(span, len(weekly) - at)
    n_before = min(span, at)
    before = _rate(weekly[at - n_before : at])
    if n_after <= 0 or np.isnan(weekly[at : at + n_after]).all():
        return Contrast(before, None, None, None, None, None)
    effect, error = _beyond(weekly, control, at, n_before, n_after)
    placebo = [
        _beyond(weekly, control, t, n_before, n_after)[0]
        for t in range(n_before, len(weekly) - n_after + 1)
        if t + n_after <= at or t - n_before >= at + n_after
    ]
    n_as_large = sum(abs(other) >= abs(effect) - 1e-12 for other in placebo)
    return Contrast(
        before,
        _rate(weekly[at : at + n_after]),
        effect,
        effect - _NINETY * error,
        effect + _NINETY * error,
        (1 + n_as_large) / (1 + len(placebo)),
    )


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


def _beyond(weekly: Floats, control: Floats | None, at: int, n_before: int, n_after: int) -> tuple[float, float]:
    """Return the effect, less the control's, and its standard error."""
    effect, error = _effect(weekly, at, n_before, n_after)
    if control is None:
        return effect, error
    other, other_error = _effect(control, at, n_before, n_after)
    return effect - other, math.hypot(error, other_error)


def _effect(weekly: Floats, at: int, n_before: int, n_after: int) -> tuple[float, float]:
    """Return the log ratio and its standard error: of Poisson counts, times the root of their dispersion."""
    before, after = weekly[at - n_before : at], weekly[at : at + n_after]
    weeks = np.array([np.sum(~np.isnan(before)), np.sum(~np.isnan(after))], dtype=float)
    acts = np.array([np.nansum(before), np.nansum(after)])
    if not acts.sum():
        return 0.0, 0.0
    joint = acts.sum() / weeks.sum()
    drawn = acts + _PSEUDO_WEEKS * joint
    squares = np.nansum((before - acts[0] / max(weeks[0], 1)) ** 2) + np.nansum((after - acts[1] / weeks[1]) ** 2)
    dispersion = max(1.0, float(squares) / max(weeks.sum() - 2, 1) / joint)
    rates = drawn / (weeks + _PSEUDO_WEEKS)
    return float(np.log(rates[1] / rates[0])), math.sqrt(dispersion * float((1 / drawn).sum()))
