"""How probable it is that a reading of an act is right: trees over its named features.

Learnt by ``training/learn.py`` from readings of our own sentences, right or wrong by their labels.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import numpy as np

_FEATURES, _THRESHOLD = "features", "threshold"  # what the file says of itself


class Judge:
    """Weighs readings by their features; one that was never learnt counts nothing. From ``threshold`` on is published.

    Args:
        model: an ONNX file of trees over the features named in its metadata.
    """

    def __init__(self, model: bytes) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        said = self._session.get_modelmeta().custom_metadata_map
        self._columns = {name: at for at, name in enumerate(json.loads(said[_FEATURES]))}
        self.threshold = float(said[_THRESHOLD])

    def probabilities(self, readings: Sequence[Mapping[str, float]]) -> list[float]:
        """Return for each reading, given by its features, the probability that source, target and type are all right.

        >>> load_judge().probabilities([])
        []
        """
        if not readings:
            return []
        rows = np.zeros((len(readings), len(self._columns)), np.float32)
        for row, features in zip(rows, readings, strict=True):
            for name, value in features.items():
                if (at := self._columns.get(name)) is not None:
                    row[at] = value
        right: list[float] = self._session.run(["probabilities"], {_FEATURES: rows})[0][:, 1].tolist()
        return right


def described(features: Sequence[str], threshold: float) -> dict[str, str]:
    """Return what a judge's file says of itself: the names of its columns, and from which probability on to publish."""
    return {_FEATURES: json.dumps(list(features), ensure_ascii=False), _THRESHOLD: str(threshold)}


@cache
def load_judge() -> Judge:
    """Return the judge that is shipped.

    >>> 0 < load_judge().threshold < 1
    True
    """
    return Judge((files("marsad.vocab.heads") / "judge.onnx").read_bytes())
