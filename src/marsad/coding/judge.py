"""How probable it is that a reading of an act is right: a logistic model over its named features.

Learnt by ``training/learn.py`` from readings of our own sentences, right or wrong by their labels.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Judge:
    """Weights by feature name; a feature that was never learnt counts nothing. From ``threshold`` on is published."""

    weights: Mapping[str, float]
    bias: float
    threshold: float = 0.5

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability, 0..1, that source, target and type are all right.

        >>> Judge({"strength": 2.0}, -1.0).probability({"strength": 0.5, "unheard of": 9.0})
        0.5
        """
        weights = self.weights
        score = self.bias + sum(weights[name] * value for name, value in features.items() if name in weights)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@cache
def load_judge() -> Judge:
    """Return the judge that is shipped.

    >>> 0 < load_judge().threshold < 1
    True
    """
    raw = tomllib.loads((files("marsad.vocab.heads") / "judge.toml").read_text(encoding="utf-8"))
    return Judge(raw["weights"], raw["bias"], raw["threshold"])
