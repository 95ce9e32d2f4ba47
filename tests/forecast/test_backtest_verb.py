"""`marsad backtest` as a user meets it."""

import json
import sys

import numpy as np
import pytest
from click.testing import CliRunner

from marsad.cli import main
from marsad.forecast import backtesting


def test_without_the_extra_the_verb_says_in_one_line_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "marsad.forecast.tkg.engine", None)
    done = CliRunner().invoke(main, ["backtest", str(tmp_path), "--protocol", "tkg", "--format", "json"])
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "pip install 'marsad[forecast]'" in done.stderr


def test_a_folder_without_splits_is_named(tmp_path):
    pytest.importorskip("numba", reason="the engine needs the extra forecast")
    pytest.importorskip("lightgbm", reason="the engine needs the extra forecast")
    done = CliRunner().invoke(main, ["backtest", str(tmp_path)])
    assert done.exit_code == 2
    assert "train.txt" in done.stderr


def test_the_verb_prints_the_keys_others_build_on(tmp_path, monkeypatch):
    pytest.importorskip("numba", reason="the engine needs the extra forecast")
    pytest.importorskip("lightgbm", reason="the engine needs the extra forecast")
    from marsad.forecast.tkg import engine

    monkeypatch.setattr(engine, "N_TREES", 3)
    rng = np.random.default_rng(1)
    for name, first, last in (("train", 0, 20), ("valid", 20, 22), ("test", 22, 24)):
        days = np.repeat(np.arange(first, last), 20)
        rows = np.stack([rng.integers(0, n, len(days)) for n in (12, 2, 12)] + [days], axis=1)
        np.savetxt(tmp_path / f"{name}.txt", rows, fmt="%d", delimiter="\t")
    done = CliRunner().invoke(main, ["backtest", str(tmp_path), "--protocol", "tkg", "--format", "json"])
    told = json.loads(done.stdout)
    assert told.keys() >= {"MRR", "Hits@1", "Hits@3", "Hits@10", "n", "seconds", "peak_memory_gb", "learnt_from"}
    assert told["n"] == 2 * 40
    assert "all " in backtesting.backtest_text(told)
