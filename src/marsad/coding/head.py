"""The learned reader of event types: a linear model over lexicon, pieces of words and, if there is one, a vector.

Learnt by ``training/learn.py`` from our own sentences; ``vocab/heads/README.md`` is its card.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import IO

import numpy as np
from numpy.typing import NDArray

from marsad.coding.window import TYPES, buckets

VECTOR_SCALE = 12.0  # vectors of length 1 have small spread round their mean
LEXICAL_SCALE = 3.0
PIECE_SCALE = 12.0

Row = NDArray[np.float32]


@dataclass(frozen=True)
class Weights:
    """One multinomial logistic model: weights per kind of feature, one column per type; ``vector`` may be absent."""

    pieces: Row
    lexical: Row
    bias: Row
    vector: Row | None = None
    mean: Row | None = None


@dataclass(frozen=True)
class TypeHead:
    """Two models: ``plain`` reads words alone, ``full`` a sentence vector too, of the encoder named ``encoder``."""

    plain: Weights
    full: Weights | None
    encoder: str

    def probabilities(self, window: str, lexical: Row, vector: Row | None = None) -> Row:
        """Return the probability of each type, in the order of ``TYPES``; they sum to 1.

        Args:
            window: masked words round the pair, of :func:`marsad.coding.window.masked`.
            lexical: what the lexicon says of each type.
            vector: of the window; None to read words alone.
        """
        weights = self.full if vector is not None and self.full is not None else self.plain
        logits = weights.bias + lexical @ weights.lexical * LEXICAL_SCALE
        at = buckets(window)
        if len(at):
            logits = logits + weights.pieces[at].sum(axis=0, dtype=np.float32) * (PIECE_SCALE / len(at) ** 0.5)
        if vector is not None and weights.vector is not None and weights.mean is not None:
            logits = logits + (vector - weights.mean) @ weights.vector * VECTOR_SCALE
        powers = np.exp(logits - logits.max())
        return np.asarray(powers / powers.sum(), dtype=np.float32)


@cache
def load_head() -> TypeHead:
    """Return the head that is shipped.

    >>> head = load_head()
    >>> probabilities = head.probabilities("A condemned the strikes by B", np.zeros(16, np.float32))
    >>> TYPES[int(probabilities.argmax())]
    'ACCUSE'
    """
    with as_file(files("marsad.vocab.heads") / "types.npz") as path, path.open("rb") as file:
        return read_head(file)


def read_head(file: IO[bytes]) -> TypeHead:
    """Return a head from an open ``.npz`` file."""
    with np.load(file, allow_pickle=False) as stored:
        if tuple(stored["types"].tolist()) != TYPES:
            raise ValueError("the head was learnt for other event types; learn it anew: python training/learn.py")
        plain = Weights(*(stored[f"plain_{name}"] for name in ("pieces", "lexical", "bias")))
        full = Weights(*(stored[f"full_{name}"] for name in ("pieces", "lexical", "bias", "vector", "mean")))
        return TypeHead(plain, full, str(stored["encoder"]))
