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
    """Weights by feature name; a feature that was never learnt counts nothing."""

    weights: Mapping[str, float]
    bias: float

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability, 0..1, that source, target and type are all right.

        >>> Judge({"strength": 2.0}, -1.0).probability({"strength": 0.5, "unheard of": 9.0})
        0.5
        """
        weights = self.weights
        score = self.bias + sum(weights[name] * value for name, value in features.items() if name in weights)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@dataclass(frozen=True)
class Bench:
    """The judges that are shipped, without and with sentence vectors, each with its published threshold."""

    plain: Judge
    full: Judge
    plain_threshold: float
    full_threshold: float


@cache
def load_judges() -> Bench:
    """Return the judges that are shipped."""
    raw = tomllib.loads((files("marsad.vocab.heads") / "judges.toml").read_text(encoding="utf-8"))
    plain, full = (Judge(raw[name]["weights"], raw[name]["bias"]) for name in ("plain", "full"))
    return Bench(plain, full, raw["plain"]["threshold"], raw["full"]["threshold"])
