"""Sentence vectors from an ONNX model in a folder of the user's own. Needs the extra ``onnx``."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from marsad.errors import BadInput

_MOST_TOKENS = 256
_BATCH = 16


class OnnxEncoder:
    """A transformer in ONNX with its tokenizer: the mean of the last layer over the words, each row of length 1.

    One thread: use one process per core instead, as with the bundled encoder.

    Args:
        folder: holds ``model.onnx`` and ``tokenizer.json``, as exporters write them.
        name: model and version, as the card of the head that reads its vectors names it.
        prefix: put before each text; models of the E5 family want ``query: ``.

    Raises:
        BadInput: the extra is not installed, a file is missing, or the model has no layer of one vector a token.
    """

    def __init__(self, folder: Path, name: str, prefix: str = "query: ") -> None:
        self.name, self._prefix, self._where = name, prefix, str(folder)
        import onnxruntime

        try:
            from tokenizers import Tokenizer
        except ImportError as error:
            raise BadInput(f"encoder {name}", f"{error.name} is not installed", "pip install 'marsad[onnx]'") from error
        for file in ("model.onnx", "tokenizer.json"):
            if not (folder / file).is_file():
                raise BadInput(str(folder), f"holds no {file}", "export the model to ONNX with its tokenizer")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {each.name for each in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_MOST_TOKENS)
        self._tokenizer.enable_padding()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row per text, in order."""
        batches = [texts[at : at + _BATCH] for at in range(0, len(texts), _BATCH)]
        rows = [self._encode(batch) for batch in batches]
        return np.concatenate(rows) if rows else np.empty((0, 0), np.float32)

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        read = self._tokenizer.encode_batch([self._prefix + text for text in texts])
        ids = np.array([each.ids for each in read], np.int64)
        mask = np.array([each.attention_mask for each in read], np.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        layer = self._session.run(None, {name: given[name] for name in given.keys() & self._inputs})[0]
        if layer.ndim != 3:
            fault = f"its first output has {layer.ndim} dimensions, not one vector a token"
            raise BadInput(self._where, fault, "export the model without its pooling layer")
        weights = mask[:, :, None].astype(np.float32)
        return unit_rows((layer * weights).sum(axis=1) / weights.sum(axis=1))


def unit_rows(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the rows with length 1.

    >>> [round(float(each), 2) for each in unit_rows(np.array([[3.0, 4.0]], np.float32))[0]]
    [0.6, 0.8]
    """
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)
