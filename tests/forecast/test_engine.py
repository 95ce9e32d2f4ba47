"""The engine on a made-up world; slow parts are shared by the module's fixtures."""

import dataclasses
import sys

import numpy as np
import pytest

pytest.importorskip("numba", reason="the engine needs the extra forecast")
pytest.importorskip("lightgbm", reason="the engine needs the extra forecast")

from marsad.errors import BadInput
from marsad.forecast import backtest
from marsad.forecast.tkg import engine, features
from marsad.forecast.tkg.columns import NAMES
from marsad.forecast.tkg.engine import describe_days, rank_days
from marsad.forecast.tkg.graph import DAY, TARGET, Graph, both_directions

N_ENTITIES, N_RELATIONS, N_DAYS = 60, 3, 50
ASKED = 44
RELATIONS = ("Make_a_visit", "Accuse", "Provide_aid")


def world(seed=1, n_days=N_DAYS):
    """Every entity has one steady partner by relation; one fact in four is chance."""
    rng = np.random.default_rng(seed)
    partner = rng.integers(0, N_ENTITIES, (N_ENTITIES, N_RELATIONS))
    days = np.repeat(np.arange(n_days), 40)
    source, relation = rng.integers(0, N_ENTITIES, len(days)), rng.integers(0, N_RELATIONS, len(days))
    chance = rng.uniform(size=len(days)) < 1 / 4
    target = np.where(chance, rng.integers(0, N_ENTITIES, len(days)), partner[source, relation])
    return np.stack([source, relation, target, days], axis=1)


def graph_of(facts):
    names = tuple(f"Police_(Land_{i // 2})" if i % 2 else f"Land_{i // 2}" for i in range(N_ENTITIES))
    return Graph(both_directions(facts, N_RELATIONS), (0, 40, ASKED), N_ENTITIES, N_RELATIONS, names, RELATIONS)


@pytest.fixture(autouse=True)
def _few_trees(monkeypatch):
    monkeypatch.setattr(engine, "N_TREES", 15)
    monkeypatch.setattr(engine, "N_TRAIN_QUESTIONS", 1000)


def described(facts, day=ASKED):
    """The questions of one day, each with its features by candidate."""
    ((_, questions, _, candidates),) = describe_days(graph_of(facts), day, day + 1, seed=0)
    return {
        tuple(question): dict(zip(targets.tolist(), rows, strict=True))
        for question, targets, rows in zip(questions.tolist(), candidates.target, candidates.features, strict=True)
    }


@pytest.fixture(scope="module")
def as_it_was():
    return described(world())


def assert_nothing_changed(before, after):
    assert after
    for question, by_target in after.items():
        assert by_target.keys() == before[question].keys()
        for target, row in by_target.items():
            np.testing.assert_allclose(row, before[question][target], rtol=1e-4, atol=1e-5, err_msg=str(NAMES))


def test_scrambling_the_future_changes_no_feature(as_it_was):
    facts, rng = world(), np.random.default_rng(9)
    later = facts[:, DAY] > ASKED
    facts[later, 0], facts[later, TARGET] = (rng.integers(0, N_ENTITIES, later.sum()) for _ in range(2))
    assert_nothing_changed(as_it_was, described(facts))


def test_dropping_facts_of_the_same_day_changes_no_feature(as_it_was):
    facts = world()
    same_day = np.flatnonzero(facts[:, DAY] == ASKED)
    fewer = described(np.delete(facts, same_day[::2], axis=0))
    assert len(fewer) < len(as_it_was)
    assert_nothing_changed(as_it_was, fewer)


def test_changing_the_answers_of_the_day_changes_no_feature(as_it_was):
    facts = world()
    today = facts[:, DAY] == ASKED
    facts[today, TARGET] = (facts[today, TARGET] + 1) % N_ENTITIES
    forward = {q: rows for q, rows in described(facts).items() if q[1] < N_RELATIONS}
    assert_nothing_changed(as_it_was, forward)


def test_changing_yesterday_changes_features(as_it_was):
    facts = world()
    yesterday = facts[:, DAY] == ASKED - 1
    facts[yesterday, TARGET] = (facts[yesterday, TARGET] + 1) % N_ENTITIES
    with pytest.raises(AssertionError):
        assert_nothing_changed(as_it_was, described(facts))


def test_fewer_candidates_are_the_first_of_more(monkeypatch):
    ((_, _, _, all_of_them),) = describe_days(graph_of(world()), ASKED, ASKED + 1, seed=0)
    monkeypatch.setattr(features, "N_CANDIDATES", 20)
    ((_, _, _, some),) = describe_days(graph_of(world()), ASKED, ASKED + 1, seed=0)
    assert all_of_them.target.shape[1] == N_ENTITIES
    np.testing.assert_array_equal(some.target, all_of_them.target[:, :20])


def test_the_best_places_are_those_of_a_stable_sort():
    mixture = np.random.default_rng(3).integers(0, 9, 50).astype(np.float32)
    assert features._best_places(mixture, 12).tolist() == np.argsort(-mixture, kind="stable")[:12].tolist()


def test_a_steady_partner_is_ranked_first():
    graph = graph_of(world())
    ranks = np.concatenate([day.ranks for day in rank_days(graph, ASKED, N_DAYS, seed=0)])
    assert len(ranks) == 2 * 40 * (N_DAYS - ASKED)
    assert np.mean(1 / ranks) > 0.5  # three facts in four have one; guessing gets 0.08


def test_the_same_seed_gives_the_same_ranks():
    graph = graph_of(world())
    first, again = ([day.ranks.tolist() for day in rank_days(graph, ASKED, ASKED + 2, seed=3)] for _ in range(2))
    assert first == again


def test_a_graph_without_names_is_ranked_too():
    graph = dataclasses.replace(graph_of(world()), entities=(), relations=())
    ranks = np.concatenate([day.ranks for day in rank_days(graph, ASKED, ASKED + 2, seed=0)])
    assert np.mean(1 / ranks) > 0.4  # as above, with names 0.5


def test_a_folder_is_backtested_by_split(tmp_path):
    facts = world()
    for name, low, high in (("train", 0, 40), ("valid", 40, ASKED), ("test", ASKED, N_DAYS)):
        rows = facts[(facts[:, DAY] >= low) & (facts[:, DAY] < high)]
        np.savetxt(tmp_path / f"{name}.txt", rows, fmt="%d", delimiter="\t")
    told = backtest(tmp_path)
    assert told["n"] == sum(case["n"] for case in told["cases"].values()) == 480
    assert told["Hits@1"] <= told["MRR"] <= told["Hits@10"] <= 1
    assert told["cases"]["triple_seen"]["MRR"] > told["MRR"]
    assert told["learnt_from"] == ["train", "valid"]


def test_an_unknown_protocol_is_refused(tmp_path):
    with pytest.raises(BadInput, match="protocol 'best'"):
        backtest(tmp_path, "best")


def test_without_the_extra_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "marsad.forecast.tkg.engine", None)
    with pytest.raises(BadInput, match=r"marsad\[forecast\]"):
        backtest(tmp_path)


def test_a_history_too_short_to_learn_from_is_refused():
    facts = np.array([[0, 0, 1, 0], [1, 1, 2, 1]])
    with pytest.raises(BadInput, match="nothing to learn from"):
        list(rank_days(graph_of(facts), 1, 2, seed=0))
