"""Learn to rank targets from past days, and rank them on later ones; one pass over the days, each seen once."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt

from marsad.errors import BadInput
from marsad.forecast.tkg.columns import N_FEATURES, NAMES
from marsad.forecast.tkg.features import N_CANDIDATES, Candidates, describe, make_tables
from marsad.forecast.tkg.graph import RELATION, SOURCE, TARGET, Graph, Ints
from marsad.forecast.tkg.nets import Nets, Scales, learn_nets, read_scales
from marsad.forecast.tkg.profiles import read_profiles
from marsad.forecast.tkg.ranking import filtered_ranks
from marsad.forecast.tkg.state import RunningState, Snapshot, group_by

N_TRAIN_QUESTIONS = 80_000  # the newest
N_TREE_QUESTIONS = 20_000  # of those that can be learnt from, the newest
N_LEARNT = 60  # candidates of each question that are learnt from, best mixture first
N_TREES = 40
LEARNING = {
    "objective": "lambdarank",
    "lambdarank_truncation_level": 15,
    "lambdarank_norm": False,
    "learning_rate": 0.07,
    "num_leaves": 31,
    "min_data_in_leaf": 100,
    "min_sum_hessian_in_leaf": 1e-3,
    "feature_fraction": 0.4,
    "lambda_l2": 5.0,
    "max_bin": 127,
    "num_threads": 2,
    "force_row_wise": True,
    "deterministic": True,
    "verbose": -1,
}
_MAX_HALF = 60_000.0  # features are kept in half precision: trees only ask which is larger


@dataclass(frozen=True)
class DayRanks:
    """Ranks of one day's facts, in the order of ``facts``."""

    facts: Ints
    ranks: npt.NDArray[np.float64]


def rank_days(graph: Graph, first: int, last: int, seed: int) -> Iterator[DayRanks]:
    """Learn from the days before ``first`` and rank the facts of the days from ``first`` up to before ``last``.

    Args:
        graph: facts by day, both directions.
        first: first day ranked; nothing from it on is learnt from, but each day may look at those before it.
        last: one past the last day ranked.
        seed: of the trees and of the likeness vectors.

    Raises:
        BadInput: no earlier day has a question whose answer could have been guessed.
    """
    lesson = _Lesson(graph, first)
    model = None
    for day, questions, snapshot, candidates in describe_days(graph, lesson.first_day, last, seed):
        facts = graph.on(day)
        if day < first:
            lesson.add(questions, candidates, facts)
            continue
        if model is None:
            model = lesson.learn(seed)
        yield DayRanks(facts, _rank(model, questions, candidates, snapshot, facts))


def describe_days(graph: Graph, first: int, last: int, seed: int) -> Iterator[tuple[int, Ints, Snapshot, Candidates]]:
    """Give day, questions, running counts and described candidates for each day with facts, from ``first``."""
    profiles = read_profiles(graph)
    by_source = group_by(graph.facts, SOURCE, graph.n_entities)
    by_relation = group_by(graph.facts, RELATION, 2 * graph.n_relations)
    tables = make_tables(by_source, by_relation, profiles, graph.n_days)
    state = RunningState(graph, profiles, by_source, seed)
    for day in range(last):
        facts = graph.on(day)
        if day >= first and len(facts):
            snapshot = state.before(day)
            questions = np.unique(facts[:, [SOURCE, RELATION, 3]], axis=0)
            yield day, questions, snapshot, describe(questions, snapshot, tables)
        state.close(day)


class _Lesson:
    """Described questions of past days, kept in half precision until they are learnt from."""

    def __init__(self, graph: Graph, end: int) -> None:
        asked = [len(np.unique(graph.on(day)[:, [SOURCE, RELATION]], axis=0)) for day in range(end)]
        newest = np.cumsum(asked[::-1])
        n_days = int(np.searchsorted(newest, N_TRAIN_QUESTIONS, side="right"))
        self.first_day = max(end - n_days, min(end, 1))
        n_most = sum(asked[self.first_day :])
        n_learnt = min(N_LEARNT, N_CANDIDATES, graph.n_entities)
        self._features = np.empty((n_most, n_learnt, N_FEATURES), dtype=np.float16)
        self._labels = np.empty((n_most, n_learnt), dtype=np.int8)
        self._n = 0

    def add(self, questions: Ints, candidates: Candidates, facts: Ints) -> None:
        """Keep the questions with a true target among their likeliest candidates."""
        n_learnt = self._labels.shape[1]
        labels = _true_targets(questions, candidates, facts)[:, :n_learnt]
        told = labels.any(axis=1)
        new = slice(self._n, self._n + int(told.sum()))
        self._features[new] = _halved(candidates.features[told, :n_learnt])
        self._labels[new] = labels[told]
        self._n = new.stop

    def learn(self, seed: int) -> "_Model":
        """Return what was learnt, and forget the questions."""
        if not self._n:
            raise BadInput("the graph's earlier days", "hold nothing to learn from", "use a longer train split")
        x, labels = self._features[: self._n], self._labels[: self._n]
        scales = read_scales(x)
        scales.apply(x)
        nets = learn_nets(x, labels, seed)
        x, labels = x[-N_TREE_QUESTIONS:], labels[-N_TREE_QUESTIONS:]
        data = lightgbm.Dataset(
            _Rows(x),
            labels.ravel(),
            group=np.full(len(labels), labels.shape[1]),
            init_score=nets.score(x).ravel(),
            feature_name=list(NAMES),
            params=LEARNING,
        )
        data.construct()
        del x, self._features
        return _Model(scales, nets, lightgbm.train(LEARNING | {"seed": seed}, data, N_TREES))


@dataclass(frozen=True)
class _Model:
    """Nets, and trees grown on what these leave over."""

    scales: Scales
    nets: Nets
    trees: Any

    def score(self, features: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """Return a number by (question, candidate), more is likelier."""
        x = _halved(features)
        self.scales.apply(x)
        rows = x.reshape(-1, N_FEATURES).astype(np.float32)
        grown = self.trees.predict(rows, num_threads=2).reshape(x.shape[:2])
        scores: npt.NDArray[np.float64] = self.nets.score(x) + grown
        return scores


class _Rows(lightgbm.Sequence):
    """Candidates as rows, read in pieces so that no copy in full precision is made."""

    batch_size = 8192

    def __init__(self, features: npt.NDArray[np.float16]) -> None:
        self._rows = features.reshape(-1, N_FEATURES)

    def __getitem__(self, index: Any) -> npt.NDArray[np.float64]:
        rows: npt.NDArray[np.float64] = self._rows[index].astype(np.float64)
        return rows

    def __len__(self) -> int:
        return len(self._rows)


def _true_targets(questions: Ints, candidates: Candidates, facts: Ints) -> npt.NDArray[np.bool_]:
    """Return which candidates are true targets of their question."""
    size = int(max(facts[:, TARGET].max(), candidates.target.max())) + 1
    number = _numbers(questions, facts)
    truth = np.unique(number * size + facts[:, TARGET])
    asked = np.arange(len(questions))[:, None] * size + candidates.target
    found: npt.NDArray[np.bool_] = np.isin(asked, truth)
    return found


def _numbers(questions: Ints, facts: Ints) -> Ints:
    """Return which (sorted, unique) question each fact answers."""
    width = int(questions[:, 1].max()) + 1
    numbers: Ints = np.searchsorted(
        questions[:, 0] * width + questions[:, 1], facts[:, SOURCE] * width + facts[:, RELATION]
    )
    return numbers


def _rank(
    model: _Model, questions: Ints, candidates: Candidates, snapshot: Snapshot, facts: Ints
) -> npt.NDArray[np.float64]:
    """Return the rank of each fact's target: candidates by the model, all others below them by busyness."""
    said = model.score(candidates.features)
    below = said.min() - 1 - 1 / (1 + snapshot.busy60.astype(np.float64))
    below -= below.max() - (said.min() - 1)
    ranks = np.empty(len(facts))
    number = _numbers(questions, facts)
    order = np.argsort(number, kind="stable")
    for of_one in np.split(order, np.flatnonzero(np.diff(number[order])) + 1):
        question = number[of_one[0]]
        scores = below.copy()
        scores[candidates.target[question]] = said[question]
        ranks[of_one] = filtered_ranks(scores, facts[of_one, TARGET])
    return ranks


def _halved(features: npt.NDArray[np.float32]) -> npt.NDArray[np.float16]:
    return np.minimum(features, _MAX_HALF).astype(np.float16)
