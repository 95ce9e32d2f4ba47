"""How sure is a skill: resampling of what hangs together."""

from collections.abc import Hashable, Sequence

import numpy as np
import numpy.typing as npt


def skill_interval(
    losses: npt.ArrayLike,
    reference_losses: npt.ArrayLike,
    clusters: Sequence[Hashable],
    seed: int,
    n_resamples: int = 1000,
) -> tuple[float, float] | None:
    """Return the 95 % interval of skill when whole clusters are drawn anew (percentile bootstrap).

    Forecasts of one dyad hang together over weeks and classes: drawing them one by one would give an interval far too
    narrow. With few clusters it is still too narrow.

    Args:
        losses: one loss per forecast, at least 0.
        reference_losses: those of the reference on the same questions.
        clusters: what each forecast belongs to.
        seed: of the drawing.
        n_resamples: how often clusters are drawn.

    Returns:
        The 2.5 and 97.5 percentiles; None with fewer than two clusters, or a reference that lost nothing.

    Source: Davison & Hinkley (1997), Bootstrap Methods and their Application, section 3.8.

    >>> skill_interval([0.1, 0.1], [0.2, 0.2], ["RUS-AFG", "USA-AFG"], seed=0)
    (0.5, 0.5)
    """
    number = {cluster: i for i, cluster in enumerate(dict.fromkeys(clusters))}
    if len(number) < 2:
        return None
    of = np.array([number[cluster] for cluster in clusters])
    by_cluster = np.bincount(of, np.asarray(losses, dtype=np.float64))
    reference = np.bincount(of, np.asarray(reference_losses, dtype=np.float64))
    drawn = np.random.default_rng(seed).integers(0, len(number), (n_resamples, len(number)))
    lost = reference[drawn].sum(axis=1)
    drawn, lost = drawn[lost > 0], lost[lost > 0]
    if not lost.size:
        return None
    low, high = np.percentile(1 - by_cluster[drawn].sum(axis=1) / lost, [2.5, 97.5])
    return float(low), float(high)
