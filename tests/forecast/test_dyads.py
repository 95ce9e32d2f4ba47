"""The dyad protocol on a small folder."""

import numpy as np
import pytest

from marsad.errors import BadInput
from marsad.forecast import backtest, backtest_text
from marsad.scoring import skill

STATES = ("Russia", "Afghanistan", "Pakistan", "Iran")
CODES = {"Russia": "RUS", "Afghanistan": "AFG", "Pakistan": "PAK", "Iran": "IRN", "Police_(Iran)": "IRN"}


def codes_by_day(names, index, days):
    assert len(index) == len(days)
    return np.array([CODES.get(name) for name in names], dtype=object)[index]


def write(folder, *, meta="origin = 2014-01-01\nstep_hours = 24\n", last=260):
    rng = np.random.default_rng(1)
    names = (*STATES, "Police_(Iran)", "Somebody")
    days = np.repeat(np.arange(last), 6)
    source = rng.integers(0, 2, len(days))  # Russia and Afghanistan do most
    target = np.where(rng.uniform(size=len(days)) < 0.2, rng.integers(2, 6, len(days)), 1 - source)
    facts = np.stack([source, rng.integers(0, 2, len(days)), target, days], axis=1)
    for name, low, high in (("train", 0, 200), ("valid", 200, 230), ("test", 230, last)):
        rows = facts[(facts[:, 3] >= low) & (facts[:, 3] < high)]
        np.savetxt(folder / f"{name}.txt", rows, fmt="%d", delimiter="\t")
    (folder / "entity2id.txt").write_text("".join(f"{name}\t{i}\n" for i, name in enumerate(names)))
    (folder / "relation2id.txt").write_text("Make_a_visit\t0\nAccuse\t1\n")
    if meta:
        (folder / "meta.toml").write_text(meta)


def test_every_test_day_with_a_whole_window_is_asked_for_every_pair_and_class(tmp_path):
    write(tmp_path)
    told = backtest(tmp_path, "dyad", codes_by_day=codes_by_day)
    origins = 260 - 7 - 229  # from the eve of the first test day to the last with seven days after it
    assert told["n"] == origins * 6 * 4  # six pairs of four states
    assert told["n"] == sum(row["n"] for row in told["classes"].values())
    assert told["skill"] == pytest.approx(skill(told["brier"], told["base_brier"]), abs=1e-3)
    assert told["skill_low"] <= told["skill"] <= told["skill_high"]
    assert set(told["classes"]) >= {"verbal_cooperation", "material_conflict"}
    assert "verbal_conflict" in backtest_text(told)


def test_what_happens_after_the_last_window_begins_does_not_change_what_was_said_before(tmp_path):
    (tmp_path / "whole").mkdir()
    (tmp_path / "short").mkdir()
    write(tmp_path / "whole")
    write(tmp_path / "short", last=250)
    whole, short = (
        backtest(tmp_path / name, "dyad", codes_by_day=codes_by_day)["classes"]["material_conflict"]
        for name in ("whole", "short")
    )
    assert whole["n"] > short["n"]
    assert whole["n_happened"] == short["n_happened"] == 0


def test_an_undated_folder_is_refused(tmp_path):
    write(tmp_path, meta="")
    with pytest.raises(BadInput, match="date its time column"):
        backtest(tmp_path, "dyad", codes_by_day=codes_by_day)


def test_too_short_a_history_is_refused(tmp_path):
    write(tmp_path, last=260)
    for name in ("train", "valid"):
        rows = np.loadtxt(tmp_path / f"{name}.txt", dtype=int)
        np.savetxt(tmp_path / f"{name}.txt", rows[rows[:, 3] > 150], fmt="%d", delimiter="\t")
    with pytest.raises(BadInput, match="too short"):
        backtest(tmp_path, "dyad", codes_by_day=codes_by_day)


def test_without_names_of_states_it_says_so(tmp_path):
    write(tmp_path)
    with pytest.raises(BadInput, match="tells states"):
        backtest(tmp_path, "dyad")
