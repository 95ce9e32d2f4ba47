"""Numba's compiler with types kept: the one place its untyped decorator is met."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

_F = TypeVar("_F", bound=Callable[..., Any])


def compiled(function: _F) -> _F:
    """Compile to machine code that frees the interpreter lock; the code is cached on disk between runs."""
    return cast("_F", numba.njit(cache=True, nogil=True, fastmath=True, error_model="numpy")(function))
