"""Rank the true target among all entities: time-aware filter, mean rank for ties."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


class Ranking(NamedTuple):
    """Mean reciprocal rank and shares of ranks up to 1, 3 and 10; all in [0, 1], more is better."""

    n: int
    mrr: float
    hits1: float
    hits3: float
    hits10: float

    def as_dict(self) -> dict[str, float]:
        """Return it under the names the field uses, rounded to what 10,000 ranks can tell."""
        named = {"MRR": self.mrr, "Hits@1": self.hits1, "Hits@3": self.hits3, "Hits@10": self.hits10}
        return {"n": self.n, **{name: round(value, 5) for name, value in named.items()}}


def filtered_ranks(scores: npt.ArrayLike, targets: npt.ArrayLike) -> Floats:
    """Return the rank of each true target of one query (source, relation, day).

    The other true targets of the same query are taken out before ranking (time-aware filter). Entities with the same
    score as the target share the mean of their ranks, so that a constant score cannot look good.

    Args:
        scores: one number per entity, more is likelier.
        targets: entity ids that are true answers; one named twice is ranked twice.

    Returns:
        Ranks from 1, halves possible, in the order of ``targets``.

    Source: the single-step, time-aware protocol, Gastinger et al. (2023), Comparing Apples and Oranges?, ECML PKDD

    >>> filtered_ranks([0.9, 0.5, 0.5, 0.8], [1, 3]).tolist()
    [2.5, 2.0]
    """
    said = np.asarray(scores, dtype=np.float64)
    asked = np.asarray(targets, dtype=np.int64)
    of_asked = said[asked]
    ordered = np.sort(np.delete(said, asked))
    above = len(ordered) - np.searchsorted(ordered, of_asked, "right")
    beside = len(ordered) - np.searchsorted(ordered, of_asked, "left") - above
    return 1 + above + beside / 2


def summarise(ranks: npt.ArrayLike) -> Ranking:
    """Return the summary of ranks.

    Raises:
        ValueError: no ranks.

    >>> summarise([1, 2, 4, 20])
    Ranking(n=4, mrr=0.45, hits1=0.25, hits3=0.5, hits10=0.75)
    """
    r = np.asarray(ranks, dtype=np.float64)
    if not r.size:
        raise ValueError("no ranks to summarise")
    return Ranking(r.size, float(np.mean(1 / r)), *(float(np.mean(r <= k)) for k in (1, 3, 10)))
