"""What the measures are worth, as figures: simulation, thinning, outside truth, speed.

Run as ``python benchmarks/measure.py simulate``, or with ``thinning``, ``outside`` or ``speed``, which read the outside
data: ``../shared`` beside the repository, or the folder MARSAD_SHARED names. Turning points: ``turning_points.py``.
"""

import csv
import gzip
import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from marsad.collect import read_events
from marsad.domain.week import Week
from marsad.domain.words import Ladder
from marsad.measure.activity import MODELS, LevelModel, filter_levels, interval, levels
from marsad.measure.acts import read, week_of
from marsad.measure.breaks import FLOW, breaks
from marsad.measure.scan import Scan, find_alarms
from marsad.measure.standing import standings
from marsad.vocab.actors import load_registry

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("MARSAD_SHARED", HERE.parent.parent / "shared")) / "data"
YEARS = {2014: ("icews14", datetime(2015, 1, 5, tzinfo=UTC)), 2018: ("icews18", datetime(2018, 10, 1, tzinfo=UTC))}
SEED = 20260601

Array = NDArray[Any]


# Simulation: dyads drawn from the model itself.


def simulate() -> None:
    """Coverage of the 90 % interval, weeks to notice a one-level rise, loss to missing weeks, false breaks."""
    rng = np.random.default_rng(SEED)
    print("ladder       coverage  covered at 20 % missing  accuracy whole/missing  weeks to notice a rise, by level")
    for model in MODELS:
        truth, counts, exposure = draw(model, rng, n_pairs=2000, n_weeks=80)
        whole = filter_levels(model, counts, exposure)
        gone = rng.random(len(counts)) < 0.2
        holed = filter_levels(model, counts, [None if g else e for g, e in zip(gone, exposure, strict=True)])
        inside = [coverage(p, t) for p, t in zip(whole[10:], truth[10:], strict=True)]
        inside_holed = [coverage(p, t) for p, t in zip(holed[10:], truth[10:], strict=True)]
        exact, exact_holed = (
            np.mean([(p.argmax(axis=1) == t).mean() for p, t in zip(found[10:], truth[10:], strict=True)])
            for found in (whole, holed)
        )
        delays = [delay(model, level, rng) for level in range(1, len(model.on) + 1)]
        print(
            f"{model.ladder:12} {np.mean(inside):.3f}     {np.mean(inside_holed):.3f}                    "
            f"{exact:.3f} / {exact_holed:.3f}           {' '.join(f'{d:g}' for d in delays)}"
        )
    print(
        "\nfalse rises per pair-year of unchanging pairs, weekly Gamma of size 1, rates 0.1, 0.3, 1 a week and stream"
    )
    for ladder, flow in FLOW.items():
        print(f"{ladder:12} " + "  ".join(f"h={h}: {null_rises(flow, h, rng):.2f}" for h in (flow.threshold, 3, 6, 9)))


def draw(
    model: LevelModel, rng: np.random.Generator, n_pairs: int, n_weeks: int
) -> tuple[list[Array], list[Array], list[Array]]:
    """Draw levels, counts and exposures of pairs from the model; exposures spread as in a real feed, 2 to 100."""
    rest = np.asarray(model.rest)
    exposure = np.exp(rng.uniform(np.log(2), np.log(100), n_pairs))
    level = rng.choice(len(rest), n_pairs, p=rest)
    truth, counts = [], []
    for _ in range(n_weeks):
        moves = rng.random(n_pairs) >= model.stay
        level = np.where(moves, rng.choice(len(rest), n_pairs, p=rest), level)
        truth.append(level)
        counts.append(emit(model, level, exposure, rng))
    return truth, counts, [exposure] * n_weeks


def emit(model: LevelModel, level: Array, exposure: Array, rng: np.random.Generator) -> Array:
    """Draw one week's counts."""
    frailty = rng.gamma(model.size, 1 / model.size, len(level))
    return rng.poisson(model.rates[level] * (exposure * frailty)[:, None]).astype(float)


def coverage(posterior: Array, truth: Array) -> float:
    """Share of pairs whose level lies in the interval."""
    low, high = interval(posterior)
    return float(((truth >= low) & (truth <= high)).mean())


def delay(model: LevelModel, level: int, rng: np.random.Generator, n_pairs: int = 500) -> float:
    """Median weeks until a rise by one to ``level`` is more likely than not, at five acts a week there."""
    exposure = np.full(n_pairs, 5 / model.rates[level].sum())
    before, after = np.full(n_pairs, level - 1), np.full(n_pairs, level)
    counts = [emit(model, before, exposure, rng) for _ in range(30)] + [
        emit(model, after, exposure, rng) for _ in range(40)
    ]
    found = filter_levels(model, counts, [exposure] * 70)[30:]
    reached = np.stack([p[:, level:].sum(axis=1) >= 0.5 for p in found])
    return float(np.median(np.where(reached.any(axis=0), reached.argmax(axis=0) + 1, 41)))


def null_rises(flow: Scan, threshold: float, rng: np.random.Generator) -> float:
    """Rises per pair-year where nothing changes."""
    rates = np.repeat([0.1, 0.3, 1.0], 500)
    counts = rng.poisson(rates * rng.gamma(1.0, 1.0, (len(flow.streams), 65, len(rates)))).astype(float)
    alarms = find_alarms(counts, np.ones(65), replace(flow, threshold=threshold))
    return sum(alarm.rises and alarm.crossed >= 13 for alarm in alarms) / len(rates)


# Real events.


def events_of(year: int) -> tuple[pa.Table, datetime]:
    """The ICEWS events of a year, and the instant it is over."""
    name, as_of = YEARS[year]
    return read_events(SHARED / name), as_of


def thinning() -> None:
    """How far the mean level of busy pairs moves when the feed brings a tenth of its events."""
    events, as_of = events_of(2018)
    acts = read(events, as_of)
    busy = np.flatnonzero(np.bincount(acts.pair, minlength=len(acts.pairs)) >= 200)
    pairs = [acts.pair_names(i) for i in busy.tolist()]
    weeks = [week_of(i) for i in range(int(acts.week[0]) + 13, int(acts.week[-1]) + 1)]
    kept = np.random.default_rng(SEED).random(events.num_rows) < 0.1
    whole, thin = (
        levels(e, weeks, run="bench", as_of=as_of, pairs=pairs) for e in (events, events.filter(pa.array(kept)))
    )
    for ladder in Ladder:
        a, b = (by_pair(table, ladder, len(weeks)).mean(axis=1) for table in (whole, thin))
        shift = f"{a.mean():.2f} -> {b.mean():.2f}, each by {np.abs(a - b).mean():.2f}"
        print(f"{ladder:12} {len(pairs)} pairs: mean level {shift}")


def by_pair(table: pa.Table, ladder: Ladder, n_weeks: int) -> Array:
    """Mean levels of one ladder as (pairs, weeks), pairs in alphabetical order."""
    mean = np.asarray(table["mean"].to_numpy()).reshape(-1, len(MODELS), n_weeks)
    return np.asarray(mean[:, list(Ladder).index(ladder), :])


def outside() -> None:
    """How well the measures separate rivals, and allies, from the rest: AUC with 90 % bootstrap intervals."""
    states = _states()
    for year in YEARS:
        events, as_of = events_of(year)
        acts = read(events, as_of)
        total = np.bincount(acts.pair, minlength=len(acts.pairs))
        chosen = [i for i in np.flatnonzero(total >= 10).tolist() if set(acts.pair_names(i)) <= set(states.values())]
        chosen.sort(key=acts.pair_names)
        pairs = [acts.pair_names(i) for i in chosen]
        n = total[chosen]
        weeks = [week_of(i) for i in range(int(acts.week[0]) + 13, int(acts.week[-1]) + 1)]
        found = levels(events, weeks, run="bench", as_of=as_of, pairs=pairs)
        conflict = np.bincount(acts.pair[acts.is_conflict], minlength=len(total))[chosen]
        weight = np.nan_to_num(np.asarray(acts.table["goldstein"].to_numpy(zero_copy_only=False), dtype=float))
        goldstein = np.bincount(acts.pair, weight, len(total))[chosen] / n
        rung = _standing_rungs(standings(events, run="bench", as_of=as_of), pairs)
        true_rivals, true_allies = _rivals(states), _allies(states, year)
        rivals = np.array([pair in true_rivals for pair in pairs])
        allies = np.array([pair in true_allies for pair in pairs])
        cooperation, hostility = (by_pair(found, ladder, len(weeks)).mean(axis=1) for ladder in Ladder)
        print(f"{year}: {len(pairs)} pairs, {rivals.sum()} rivals, {allies.sum()} allies")
        for name, score, truth in (
            ("rivals by conflict activity", hostility, rivals),
            ("rivals by count of conflict", conflict, rivals),
            ("rivals by mean Goldstein", -goldstein, rivals),
            ("allies by cooperation activity", cooperation, allies),
            ("allies by cooperation standing", rung, allies),
            ("allies by activity + standing", cooperation + rung / 5, allies),
            ("allies by count of cooperation", n - conflict, allies),
            ("allies by mean Goldstein", goldstein, allies),
        ):
            print(f"  {name:31} {_bootstrap(np.asarray(score, dtype=float), truth)}")


def _standing_rungs(stand: pa.Table, pairs: list[tuple[str, str]]) -> Array:
    """The highest cooperation rung in force at the end, per pair."""
    rungs = dict.fromkeys(pairs, 0)
    for row in stand.to_pylist():
        pair = (row["source"], row["target"])
        if pair in rungs and row["closed"] is None and row["ladder"] == Ladder.COOPERATION:
            rungs[pair] = max(rungs[pair], row["rung"])
    return np.array([rungs[pair] for pair in pairs])


def auc(score: Array, truth: Array) -> float:
    """Chance that a true pair scores above a false one; ties count half."""
    _, place, n = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(n) - (n - 1) / 2)[place]
    n_true = int(truth.sum())
    return float((rank[truth].sum() - n_true * (n_true + 1) / 2) / (n_true * (len(truth) - n_true)))


def _bootstrap(score: Array, truth: Array) -> str:
    rng = np.random.default_rng(SEED)
    drawn = [rng.integers(0, len(score), len(score)) for _ in range(500)]
    low, high = np.quantile([auc(score[d], truth[d]) for d in drawn], [0.05, 0.95])
    return f"{auc(score, truth):.3f} [{low:.3f}, {high:.3f}]"


def _relations(name: str) -> list[dict[str, str]]:
    with gzip.open(SHARED / "state_relations" / name, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _states() -> dict[int, str]:
    """Correlates-of-War number to our code, for the states of today."""
    registry = load_registry()
    rows = [row for row in _relations("cow_states.csv.gz") if float(row["endyear"]) >= 2011]
    codes = {int(float(row["ccode"])): registry.code_of(row["statenme"], "en") for row in rows}
    return {number: code for number, code in codes.items() if code is not None}


def _pairs(states: dict[int, str], rows: list[dict[str, str]]) -> set[tuple[str, str]]:
    ends = [[states.get(int(float(row[side]))) for side in ("ccode1", "ccode2")] for row in rows]
    return {(min(a, b), max(a, b)) for a, b in ends if a and b}


def _rivals(states: dict[int, str]) -> set[tuple[str, str]]:
    return _pairs(states, [row for row in _relations("tss_rivalries.csv.gz") if float(row["end"] or 9999) >= 2010])


def _allies(states: dict[int, str], year: int) -> set[tuple[str, str]]:
    rows = _relations("atop_alliance.csv.gz")
    return _pairs(states, [row for row in rows if float(row["year"]) == year and float(row["atop_defense"] or 0) > 0])


def speed() -> None:
    """CPU seconds and memory of all pairs of ICEWS 2018 to levels, standings and breaks, and of one more week."""
    started = time.process_time()
    events, as_of = events_of(2018)
    print(f"read {events.num_rows} events: {time.process_time() - started:.2f} CPU seconds")
    weeks = [Week.of(as_of.date()).shift(-n) for n in range(1, 40)]
    for name, stage in (
        ("levels, every week", lambda: levels(events, weeks, run="bench", as_of=as_of)),
        ("levels, one week", lambda: levels(events, weeks[:1], run="bench", as_of=as_of)),
        ("standings", lambda: standings(events, run="bench", as_of=as_of)),
        ("breaks", lambda: breaks(events, run="bench", as_of=as_of)),
    ):
        started = time.process_time()
        rows = stage().num_rows
        print(f"{name}: {rows} rows in {time.process_time() - started:.2f} CPU seconds")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


COMMANDS: dict[str, Callable[[], None]] = {
    "simulate": simulate,
    "thinning": thinning,
    "outside": outside,
    "speed": speed,
}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit(f"usage: python benchmarks/measure.py {' | '.join(COMMANDS)}")
    COMMANDS[sys.argv[1]]()
