import gzip

import pytest

from marsad.errors import BadInput
from marsad.forecast.tkg.graph import SPLITS, read_graph


def folder(tmp_path, train="0\t0\t1\t1\n", valid="1\t1\t2\t2\n", test="2\t0\t0\t3\n", **more):
    for name, text in {"train.txt": train, "valid.txt": valid, "test.txt": test, **more}.items():
        (tmp_path / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return tmp_path


def test_every_fact_is_read_in_both_directions(tmp_path):
    graph = read_graph(folder(tmp_path))
    assert graph.facts.tolist() == [
        [0, 0, 1, 0],
        [1, 2, 0, 0],
        [1, 1, 2, 1],
        [2, 3, 1, 1],
        [2, 0, 0, 2],
        [0, 2, 2, 2],
    ]
    assert (graph.first_days, graph.n_days, graph.n_entities, graph.n_relations) == ((0, 1, 2), 3, 3, 2)


def test_hours_become_days(tmp_path):
    path = folder(tmp_path, "0\t0\t1\t0\n0\t0\t1\t23\n", "0\t0\t1\t24\n", "0\t0\t1\t71\n", meta_toml="step_hours = 1\n")
    assert read_graph(path).facts[:, 3].tolist() == [0, 0, 0, 0, 1, 1, 2, 2]


def test_packed_splits_and_a_fifth_column_are_read(tmp_path):
    path = folder(tmp_path, valid="1\t1\t2\t2\t-1\n")
    (path / "train.txt").unlink()
    (path / "train.txt.gz").write_bytes(gzip.compress(b"0\t0\t1\t1\n"))
    assert len(read_graph(path).facts) == 6


def test_who_names_two_splits_does_not_open_the_third(tmp_path):
    path = folder(tmp_path, test="not numbers")
    graph = read_graph(path, SPLITS[:2])
    assert (graph.first_days, graph.n_days, len(graph.facts)) == ((0, 1), 2, 4)


def test_names_may_know_more_ids_than_the_facts(tmp_path):
    (tmp_path / "entity2id.txt").write_text("Ukraine\t0\nPolice_(Ukraine)\t4\n", encoding="utf-8")
    graph = read_graph(folder(tmp_path))
    assert (graph.n_entities, graph.entities) == (5, ("Ukraine", "", "", "", "Police_(Ukraine)"))


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({"train": "a\t0\t1\t1\n"}, "train.txt: a line is not four whole numbers"),
        ({"train": "0\t1\n"}, "train.txt: a line is not four whole numbers"),
        ({"test": ""}, "test.txt: holds no facts"),
        ({"valid": "0\t0\t1\t1\n"}, "valid: begins before the split ahead of it ends"),
        ({"train": "0\t0\t-1\t1\n"}, "train.txt: holds a negative id"),
    ],
)
def test_a_folder_that_cannot_be_used_says_why(tmp_path, fault, told):
    with pytest.raises(BadInput, match=told):
        read_graph(folder(tmp_path, **fault))


def test_a_missing_split_is_named(tmp_path):
    with pytest.raises(BadInput, match=r"holds no train\.txt"):
        read_graph(tmp_path)
