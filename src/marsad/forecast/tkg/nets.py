"""Small nets that score a question's candidates together: listwise softmax, learnt by Adam in plain NumPy.

They see each feature as a standardised logarithm and find the smooth part of the ranking, which trees need many splits
for; the trees then learn what is left.

Source: Cao et al. (2007), Learning to Rank, doi.org/10.1145/1273496.1273513; Kingma & Ba (2015), Adam, arXiv 1412.6980
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Halves = npt.NDArray[np.float16]
N_NETS = 4  # their scores are averaged
HIDDEN = (96, 48)
N_EPOCHS, N_BATCH = 5, 128  # questions in a step
RATE, WARM_UP_STEPS = 2e-3, 100
DECAY = 1e-5  # of weights
CLIP = 4.0  # standard deviations
_PIECE = 200  # questions scored at once
_SAMPLE = 60_000  # rows that set the scales


@dataclass(frozen=True)
class Scales:
    """What turns a feature into a standardised logarithm."""

    least: Floats
    mean: Floats
    spread: Floats

    def apply(self, features: Halves) -> None:
        """Put standardised logarithms in the place of features (questions, candidates, features)."""
        for low in range(0, len(features), _PIECE):
            x = np.log(np.maximum(features[low : low + _PIECE], 0, dtype=np.float32) + self.least)
            features[low : low + _PIECE] = np.clip((x - self.mean) / self.spread, -CLIP, CLIP)


def read_scales(features: Halves) -> Scales:
    """Return scales: the smallest values that matter are those a fifth of the positive ones stay below."""
    rows = features.reshape(-1, features.shape[2])
    rows = np.maximum(rows[:: max(1, len(rows) // _SAMPLE)], 0, dtype=np.float32)
    least = np.array(
        [np.percentile(column[column > 0], 20) if (column > 0).any() else 1 for column in rows.T], np.float32
    )
    x = np.log(rows + least)
    return Scales(least, x.mean(axis=0), x.std(axis=0) + np.float32(1e-3))


@dataclass(frozen=True)
class Nets:
    """Learnt nets: for each, the weights and constants of every layer."""

    layers: Sequence[Sequence[tuple[Floats, Floats]]]

    def score(self, x: Halves) -> Floats:
        """Return a number by (question, candidate), more is likelier; its softmax over the candidates is a chance.

        Args:
            x: float16 (questions, candidates, features), as :class:`Scales` leaves them.
        """
        scores = np.zeros(x.shape[:2], dtype=np.float32)
        for low in range(0, len(x), _PIECE):
            rows = x[low : low + _PIECE].reshape(-1, x.shape[2]).astype(np.float32)
            for net in self.layers:
                scores[low : low + _PIECE] += _forward(net, rows)[-1].reshape(-1, x.shape[1])
        scores /= len(self.layers)
        return scores


def learn_nets(x: Halves, labels: npt.NDArray[np.int8], seed: int) -> Nets:
    """Return nets that give true targets the largest share of the softmax over their question's candidates.

    Args:
        x: float16 (questions, candidates, features), as :class:`Scales` leaves them.
        labels: int8 (questions, candidates); each question has at least one 1.
        seed: of first weights and of the order of questions.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1, "blas"), ThreadPoolExecutor(os.cpu_count()) as pool:  # a core a net, not nets times cores
        return Nets(list(pool.map(lambda n: _learn_one(x, labels, np.random.default_rng([seed, n])), range(N_NETS))))


def _learn_one(x: Halves, labels: npt.NDArray[np.int8], rng: np.random.Generator) -> list[tuple[Floats, Floats]]:
    widths = [x.shape[2], *HIDDEN, 1]
    net = [
        ((rng.standard_normal((a, b)) * np.sqrt(2 / a)).astype(np.float32), np.zeros(b, dtype=np.float32))
        for a, b in pairwise(widths)
    ]
    net[-1][0][:] *= 0.1  # begin with near-equal scores
    moments = [(np.zeros_like(p), np.zeros_like(p)) for layer in net for p in layer]
    n_steps, step = N_EPOCHS * -(-len(x) // N_BATCH), 0
    n_first = min(WARM_UP_STEPS, 1 + n_steps // 10)
    for _ in range(N_EPOCHS):
        order = rng.permutation(len(x))
        for low in range(0, len(order), N_BATCH):
            chosen = order[low : low + N_BATCH]
            slopes = _slopes(net, x[chosen].astype(np.float32), labels[chosen])
            step += 1
            rate = RATE * min(1, step / n_first) * (1 + np.cos(np.pi * step / n_steps)) / 2
            weights = [p for layer in net for p in layer]
            for p, slope, (mean, square) in zip(weights, slopes, moments, strict=True):
                mean[:] += 0.1 * (slope - mean)
                square[:] += 0.001 * (slope * slope - square)
                p[:] -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return net


def _forward(net: Sequence[tuple[Floats, Floats]], x: Floats) -> list[Floats]:
    """Return what each layer gives, the input first and the scores last."""
    given = [x]
    for weights, constants in net[:-1]:
        x = x @ weights
        x += constants
        given.append(np.maximum(x, 0, out=x))
    return [*given, given[-1] @ net[-1][0] + net[-1][1]]


def _slopes(net: Sequence[tuple[Floats, Floats]], x: Floats, labels: npt.NDArray[np.int8]) -> list[Floats]:
    """Return the slopes of the mean surprise at the true targets, layer by layer, weights before constants."""
    n, n_candidates, n_features = x.shape
    given = _forward(net, x.reshape(-1, n_features))
    scores = given[-1].reshape(n, n_candidates)
    share = np.exp(scores - scores.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    back = ((share - labels / labels.sum(axis=1, keepdims=True)) / n).reshape(-1, 1).astype(np.float32)
    slopes: list[Floats] = []
    for place in range(len(net) - 1, -1, -1):
        weights = net[place][0]
        slopes = [given[place].T @ back + np.float32(DECAY) * weights, back.sum(axis=0), *slopes]
        if place:
            back = (back @ weights.T) * (given[place] > 0)
    return slopes
