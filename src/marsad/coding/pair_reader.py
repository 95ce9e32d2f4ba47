"""A small transformer that reads a sentence once and says of every two parties in it what one did to the other.

Learnt by ``training/learn_reader.py``; ``vocab/heads/README.md`` is its card.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from marsad.coding.pieces import END, START, Pieces
from marsad.coding.sentence import Party, Sentence
from marsad.coding.window import TYPES, Span

NOTHING = len(TYPES)  # the column that says that one did nothing to the other here
_MOST_PIECES = 200
_PER_BLOCK = 32  # numbers of a vector that share one scale

Table = NDArray[np.float32]


@dataclass(frozen=True)
class PairsRead:
    """What the reader says of a sentence's parties: ``table`` by the ``numbers`` of their codes."""

    numbers: Mapping[str, int]
    table: Table

    def of(self, source: Party | None, target: Party | None) -> NDArray[np.float32]:
        """Return the probabilities of each type, and of nothing, done by a source (None if not named) to a target."""
        return np.asarray(self.table[self.row(source), self.column(target)])

    def row(self, source: Party | None) -> int:
        """Return where a source stands in the table; one who is not named may be there by a name of the unknown."""
        return self.numbers.get(source.code if source else "UNK", 0)

    def column(self, target: Party | None) -> int:
        """Return where a target stands in the table."""
        return self.numbers[target.code] if target else 0

    @cached_property
    def surest(self) -> float:
        """The highest probability of any act between any two."""
        return float(self.table[:, :, :NOTHING].max())

    def likely(self, least: float) -> Iterator[tuple[str | None, str | None, int]]:
        """Yield the codes of pairs, and the type, of which the reader is that sure; the surest first."""
        codes = {number: code for code, number in self.numbers.items()}
        types = self.table[:, :, :NOTHING]
        found = np.argwhere(types >= least)
        for source, target, kind in sorted(found.tolist(), key=lambda at: -types[tuple(at)]):
            if source or target:
                yield codes.get(source), codes.get(target), kind


class PairReader:
    """Reads the files of a folder: ``reader.onnx``, the model, and ``reader.npz``, the pieces with their vectors.

    One thread: use one process per core instead.
    """

    def __init__(self, folder: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "reader.onnx"), options, providers=["CPUExecutionProvider"]
        )
        with np.load(folder / "reader.npz", allow_pickle=False) as stored:
            words = stored["pieces"].tobytes().decode("utf-8").split("\n")
            self._pieces = Pieces(words, stored["scores"].astype(float).tolist())
            self._nibbles, self._scales = stored["nibbles"], stored["scales"]

    def read(self, text: str, parties: Sequence[Sequence[Span]]) -> Table:
        """Return what each party did to each other one.

        Args:
            text: a sentence.
            parties: per party, the offsets of the places where it is named.

        Returns:
            Probabilities by source, target and what was done: the types in the order of ``TYPES``, then
            :data:`NOTHING`; they sum to 1 over the last axis. Number 0 as a source is one who is not named, as a
            target nobody; the parties follow in their order.
        """
        ids, spans = self._pieces.cut(text)
        ids, spans = [START, *ids[:_MOST_PIECES], END], [(-1, -1), *spans[:_MOST_PIECES], (-1, -1)]
        named = np.zeros((max(1, len(parties)), len(ids)), np.float32)
        for row, places in zip(named, parties, strict=False):
            for low, high in places:
                row[[at for at, (start, end) in enumerate(spans) if start < high and end > low]] = 1
        is_named: Table = named.max(axis=0, keepdims=True)
        named /= np.maximum(named.sum(axis=1, keepdims=True), 1)
        given = {"words": self._vectors(ids)[None], "named": is_named, "parties": named[None]}
        logits = self._session.run(None, given)[0][0, : len(parties) + 1, : len(parties) + 1]
        powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=-1, keepdims=True), np.float32)

    def read_parties(self, sentence: Sentence) -> PairsRead:
        """Return what the parties of a sentence did to each other, by their codes."""
        places: dict[str, list[Span]] = {}
        for party in sentence.parties:
            low, high = sentence.tokens[party.start].start, sentence.tokens[party.end].end
            places.setdefault(party.code, []).append((low - sentence.start, high - sentence.start))
        numbers = {code: 1 + at for at, code in enumerate(places)}
        return PairsRead(numbers, self.read(sentence.text, list(places.values())))

    def _vectors(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """Return one row per piece: numbers of four bits, each block of them with its scale."""
        rows = self._nibbles[ids].reshape(len(ids), -1, _PER_BLOCK // 2)
        numbers = np.concatenate([rows & 15, rows >> 4], axis=2).astype(np.float32) - 8
        scaled = numbers * self._scales[ids].astype(np.float32)[:, :, None]
        return np.asarray(scaled.reshape(len(ids), -1), np.float32)


@cache
def load_reader() -> PairReader:
    """Return the reader that is shipped.

    >>> table = load_reader().read("Iran and Russia signed an agreement.", [[(0, 4)], [(9, 15)]])
    >>> table.shape, TYPES[int(table[1, 2, :NOTHING].argmax())]
    ((3, 3, 17), 'AGREE')
    """
    with as_file(files("marsad.vocab.heads")) as folder:
        return PairReader(folder)
