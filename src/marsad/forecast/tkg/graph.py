"""Read a temporal knowledge graph: a folder with ``train``, ``valid`` and ``test`` facts, one per line."""

import gzip
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt

from marsad.errors import BadInput

Ints = npt.NDArray[np.int64]
SPLITS = ("train", "valid", "test")
SOURCE, RELATION, TARGET, DAY = range(4)
TRIPLE_SEEN, PAIR_SEEN, PAIR_NEW = range(3)
CASES = ("triple_seen", "pair_seen", "pair_new")


@dataclass(frozen=True)
class Graph:
    """Facts by day, in both directions: relation ``r + n_relations`` reads "is done to by".

    Args:
        facts: int64 (n, 4): source, relation, target, day; sorted by day. Day 0 is the first.
        first_days: first day of each split read, in the order of ``SPLITS``.
        n_entities: entity ids run below it.
        n_relations: relation ids of the files run below it.
        entities: names by id; empty when the folder names none.
        relations: names by id; empty when the folder names none.
        first_date: what day 0 is, where the folder dates its time column.
    """

    facts: Ints
    first_days: tuple[int, ...]
    n_entities: int
    n_relations: int
    entities: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    first_date: date | None = None

    @property
    def n_days(self) -> int:
        """One past the last day."""
        return int(self.facts[-1, DAY]) + 1

    def on(self, day: int) -> Ints:
        """Return the facts of one day."""
        low, high = np.searchsorted(self.facts[:, DAY], [day, day + 1])
        return self.facts[low:high]


def read_graph(folder: Path, splits: Sequence[str] = SPLITS) -> Graph:
    """Read a folder of facts: source, relation, target, time; tab-separated ids, plain or ``.gz``.

    Only the named splits are opened: who tunes reads ``SPLITS[:2]`` and cannot look at the test days.

    ``meta.toml`` may give ``step_hours``, the length of one step of the time column (24 when absent), and ``origin``,
    the date of its zero; times are brought to whole days. ``entity2id.txt`` and ``relation2id.txt`` may name the ids.

    Raises:
        BadInput: a split is missing, empty or not four whole numbers a line, or the splits overlap in time.
    """
    meta = folder / "meta.toml"
    told = tomllib.loads(meta.read_text(encoding="utf-8")) if meta.exists() else {}
    step_hours = told.get("step_hours", 24)
    parts = [_read_split(folder, name) for name in splits]
    start = min(int(part[:, DAY].min()) for part in parts)
    for part in parts:
        part[:, DAY] = (part[:, DAY] - start) * step_hours // 24
    for earlier, later, name in zip(parts, parts[1:], splits[1:], strict=False):
        if earlier[:, DAY].max() >= later[:, DAY].min():
            raise BadInput(f"{folder}/{name}", "begins before the split ahead of it ends", "split the facts by time")
    facts = np.concatenate(parts)
    n_relations = int(facts[:, RELATION].max()) + 1
    n_entities = int(facts[:, [SOURCE, TARGET]].max()) + 1
    relations, entities = _read_names(folder / "relation2id.txt"), _read_names(folder / "entity2id.txt")
    return Graph(
        both_directions(facts, max(n_relations, len(relations))),
        tuple(int(part[:, DAY].min()) for part in parts),
        max(n_entities, len(entities)),
        max(n_relations, len(relations)),
        entities,
        relations,
        told["origin"] + timedelta(days=start * step_hours // 24) if "origin" in told else None,
    )


def both_directions(facts: Ints, n_relations: int) -> Ints:
    """Return the facts and their inverses, sorted by day.

    >>> both_directions(np.array([[5, 0, 7, 3]]), 2).tolist()
    [[5, 0, 7, 3], [7, 2, 5, 3]]
    """
    inverse = facts[:, [TARGET, RELATION, SOURCE, DAY]] + np.array([0, n_relations, 0, 0])
    both = np.concatenate([facts, inverse])
    return both[np.argsort(both[:, DAY], kind="stable")]


def familiarity(graph: Graph) -> npt.NDArray[np.int8]:
    """Return for each fact what of it was seen on any earlier day: ``TRIPLE_SEEN``, ``PAIR_SEEN`` or ``PAIR_NEW``.

    >>> facts = np.array([[0, 0, 1, 0], [0, 0, 1, 1], [0, 1, 1, 1], [0, 0, 2, 1]])
    >>> familiarity(Graph(facts, (0, 1, 1), 3, 2)).tolist()
    [2, 0, 1, 2]
    """
    pair = graph.facts[:, SOURCE] * graph.n_entities + graph.facts[:, TARGET]
    triple = pair * 2 * graph.n_relations + graph.facts[:, RELATION]
    return np.where(
        _is_first_day(triple, graph.facts[:, DAY]),
        np.where(_is_first_day(pair, graph.facts[:, DAY]), PAIR_NEW, PAIR_SEEN),
        TRIPLE_SEEN,
    ).astype(np.int8)


def _is_first_day(key: Ints, day: Ints) -> npt.NDArray[np.bool_]:
    """Return whether each key had not occurred on any earlier day; days ascend."""
    _, first, number = np.unique(key, return_index=True, return_inverse=True)
    is_first: npt.NDArray[np.bool_] = day == day[first][number]
    return is_first


def _read_split(folder: Path, name: str) -> Ints:
    path = next((p for p in (folder / f"{name}.txt", folder / f"{name}.txt.gz") if p.exists()), None)
    if path is None:
        raise BadInput(str(folder), f"holds no {name}.txt or {name}.txt.gz", "name a folder with train, valid and test")
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    rows = [line.split("\t")[:4] for line in text.splitlines() if line.strip()]
    try:
        facts = np.array(rows, dtype=np.int64).reshape(len(rows), 4)
    except ValueError as error:
        raise BadInput(str(path), f"a line is not four whole numbers ({error})", "separate ids by tabs") from error
    if not len(facts):
        raise BadInput(str(path), "holds no facts", "name a folder with train, valid and test")
    if (facts < 0).any():
        raise BadInput(str(path), "holds a negative id or time", "number from 0")
    return facts


def _read_names(path: Path) -> tuple[str, ...]:
    if not path.exists():
        return ()
    pairs = [line.split("\t")[:2] for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line]
    named = {int(number): name for name, number in pairs}
    return tuple(named.get(i, "") for i in range(max(named, default=-1) + 1))
