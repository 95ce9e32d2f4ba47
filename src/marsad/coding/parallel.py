"""Many texts at once: one process per core, the answers in order of the texts."""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from typing import Any

from marsad.coding.coder import code_text, default_coder

_FEW = 400  # texts coded sooner by one process than another one starts
_CHUNK = 100

Record = Mapping[str, Any]


def code_texts(records: Iterable[Record], n_processes: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield the answer of :func:`marsad.coding.code_text` for each record, in order, by the default coder.

    The first few hundred texts are coded in this process, each answered before the next is read; the rest goes to
    one process per core, each with its own coder and one thread, in chunks of which only a few are read ahead.

    Args:
        records: as :func:`marsad.coding.code_text` takes them.
        n_processes: as many as the machine has cores if left out.

    >>> [answer["language"] for answer in code_texts([{"id": 1, "text": "Iran condemned the attack."}])]
    ['en']
    """
    stream = iter(records)
    yield from _code_all(islice(stream, _FEW))
    n_processes = n_processes or os.cpu_count() or 1
    more = list(islice(stream, 1))
    if not more or n_processes == 1:
        yield from _code_all(chain(more, stream))
        return
    with ProcessPoolExecutor(n_processes, multiprocessing.get_context("spawn")) as pool:
        in_hand: deque[Future[list[dict[str, Any]]]] = deque()
        for chunk in _chunks(chain(more, stream)):
            in_hand.append(pool.submit(_code_chunk, chunk))
            if len(in_hand) > 2 * n_processes:
                yield from in_hand.popleft().result()
        while in_hand:
            yield from in_hand.popleft().result()


def _chunks(records: Iterable[Record]) -> Iterator[list[Record]]:
    stream = iter(records)
    while chunk := list(islice(stream, _CHUNK)):
        yield chunk


def _code_all(records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    return (code_text(record, default_coder()) for record in records)


def _code_chunk(records: Sequence[Record]) -> list[dict[str, Any]]:
    return list(_code_all(records))
