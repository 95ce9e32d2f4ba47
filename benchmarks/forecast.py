"""The tables of forecasting: ``python benchmarks/forecast.py tkg|tune|dyad|engines FOLDER``.

``tkg``      ranks the test days of an event graph, three seeds, and prints each and the mean; the only one
             that ranks a test split, so it is run once a release.
``tune``     learns from train and ranks valid: what everything is chosen on; no test split is opened or needed.
``dyad``     seven-day forecasts between thirty states on the test days, with reliability by class.
``engines``  the regression against the decayed rates on the same weekly questions of the test days.

FOLDER is a temporal-graph folder; ``../shared/data/icews14`` when absent. Memory and seconds are those of this machine.
"""

import json
import os
import sys
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from marsad.collect.actor_names import codes_by_day
from marsad.forecast import backtest, backtest_text
from marsad.forecast.backtesting import peak_memory_gb

SHARED = Path(os.environ.get("MARSAD_SHARED", "../shared"))
SEEDS = (0, 1, 2)


def tkg(folder: Path) -> None:
    told = [backtest(folder, "tkg", seed=seed) for seed in SEEDS]
    for one in told:
        print(json.dumps(one))
    for measure in ("MRR", "Hits@1", "Hits@3", "Hits@10"):
        print(f"{measure:<8} {np.mean([one[measure] for one in told]):.4f}")
    for case in told[0]["cases"]:
        print(f"MRR {case:<12} {np.mean([one['cases'][case]['MRR'] for one in told]):.4f}")


def tune(folder: Path) -> None:
    from marsad.forecast.tkg import graph as graphs
    from marsad.forecast.tkg.engine import rank_days
    from marsad.forecast.tkg.ranking import summarise

    began, cpu_began = perf_counter(), process_time()
    graph = graphs.read_graph(folder, graphs.SPLITS[:2])
    first = graph.first_days[1]
    ranks = np.concatenate([day.ranks for day in rank_days(graph, first, graph.n_days, SEEDS[0])])
    cases = graphs.familiarity(graph)[graph.facts[:, graphs.DAY] >= first]
    cost = {
        "seconds": round(perf_counter() - began, 1),
        "cpu_seconds": round(process_time() - cpu_began, 1),
        "peak_memory_gb": peak_memory_gb(),
    }
    print(json.dumps(summarise(ranks).as_dict() | cost))
    for number, case in enumerate(graphs.CASES):
        print(f"MRR {case:<12} {np.mean(1 / ranks[cases == number]):.4f}")


def dyad(folder: Path) -> None:
    told = backtest(folder, "dyad", codes_by_day=codes_by_day)
    print(backtest_text(told))
    for quad, row in told["classes"].items():
        for one in row["reliability"]:
            print(
                f"{quad:<22} n {one['n']:>5}  said {one['forecast']:>6.1%}  happened {one['observed']:>6.1%} "
                f"({one['low']:.1%} .. {one['high']:.1%})"
            )


def engines(folder: Path) -> None:
    from datetime import timedelta

    from marsad import scoring
    from marsad.forecast import dyads
    from marsad.forecast.history import day_number
    from marsad.forecast.logit import chances
    from marsad.forecast.rates import estimate
    from marsad.forecast.tkg.graph import read_graph

    graph = read_graph(folder)
    assert graph.first_date is not None
    history, pairs = dyads.read_history(graph, graph.first_date, codes_by_day)
    zero = day_number(graph.first_date)
    for weeks in (1, 4):
        origins = list(range(zero + graph.first_days[1] - 1, zero + graph.n_days - 7 * weeks, 7))
        learnt = chances(history, pairs, origins, 7 * weeks).probability.ravel()
        rates = [estimate(history, day, (day + 1) * dyads.DAY_US, weeks) for day in origins]
        happened = np.stack(
            [
                np.isin(
                    np.arange(history.n_series), history.series[(history.day > day) & (history.day <= day + 7 * weeks)]
                )
                for day in origins
            ]
        ).ravel()
        base = np.concatenate([one.base_rate for one in rates])
        for name, said in (("ridge-logit", learnt), ("decayed-rate", np.concatenate([r.probability for r in rates]))):
            skill = scoring.skill(scoring.brier_score(said, happened), scoring.brier_score(base, happened))
            print(
                f"{weeks} weeks, {len(origins)} origins from {graph.first_date + timedelta(days=origins[0] - zero)}: "
                f"{name:<13} skill {skill:+.4f}, calibration error {scoring.calibration_error(said, happened):.4f}"
            )


COMMANDS = {"tkg": tkg, "tune": tune, "dyad": dyad, "engines": engines}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        sys.exit(__doc__)
    COMMANDS[sys.argv[1]](Path(sys.argv[2]) if len(sys.argv) > 2 else SHARED / "data" / "icews14")
