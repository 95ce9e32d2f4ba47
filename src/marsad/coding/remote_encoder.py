"""Sentence vectors from a server of the user's own with an OpenAI-compatible ``/embeddings``."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marsad.coding.onnx_encoder import unit_rows
from marsad.errors import ModelUnreadable

Embed = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Posts a request to ``/embeddings`` and returns its answer."""

_BATCH = 64


@dataclass(frozen=True)
class RemoteEncoder:
    """A model behind a server.

    Args:
        name: the model's name there, and on the card of the head that reads its vectors.
        embed: the edge to it.
        prefix: put before each text; models of the E5 family want ``query: ``.
    """

    name: str
    embed: Embed
    prefix: str = "query: "

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row per text, of length 1, in order.

        Raises:
            ModelUnreadable: the server did not give one vector a text.
        """
        batches = [texts[at : at + _BATCH] for at in range(0, len(texts), _BATCH)]
        rows = [self._encode(batch) for batch in batches]
        return np.concatenate(rows) if rows else np.empty((0, 0), np.float32)

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        answer = self.embed({"model": self.name, "input": [self.prefix + text for text in texts]})
        try:
            told = sorted(answer["data"], key=lambda each: each["index"])
            rows = np.array([each["embedding"] for each in told], np.float32)
        except (KeyError, TypeError, ValueError) as error:
            raise ModelUnreadable(self.name, f"{type(error).__name__}: {error}") from error
        if rows.ndim != 2 or len(rows) != len(texts):
            raise ModelUnreadable(self.name, f"{len(texts)} texts went in, vectors of shape {rows.shape} came back")
        return unit_rows(rows)
