"""Forecast a graph's test days as they came, and say how well: the engines' measure against published ones."""

import resource
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from marsad.errors import BadInput
from marsad.forecast.dyads import CodesByDay, backtest_dyads, dyads_text

PROTOCOLS = ("tkg", "dyad")


def backtest(
    folder: Path, protocol: str = "tkg", *, seed: int = 0, codes_by_day: CodesByDay | None = None
) -> dict[str, Any]:
    """Run a protocol on an event graph; ``dyad`` is that of :func:`marsad.forecast.dyads.backtest_dyads`.

    Under ``tkg`` the true target of every test fact is ranked among all entities, in both directions, single-step.
    History is what lies strictly before the fact's day; other true targets of the same question are filtered out
    (time-aware); ties share their mean rank; which questions are asked on a day is not looked at. The ranking is learnt
    once, from train and valid days, before the first test day. Needs the extra ``forecast``.

    Args:
        folder: ``train.txt valid.txt test.txt`` (or ``.gz``), optionally with names and ``meta.toml``.
        protocol: one of ``PROTOCOLS``.
        seed: of the learning.
        codes_by_day: who an entity's name means on a day; for ``dyad`` alone.

    Returns:
        For ``tkg``: ``MRR``, ``Hits@1``, ``Hits@3``, ``Hits@10`` in [0, 1]; ``n`` ranks; ``cases``: the same by what
        was seen of the fact before its day (``triple_seen``, ``pair_seen``, ``pair_new``); ``seconds``;
        ``peak_memory_gb`` of the process; ``learnt_from``, ``seed``, ``protocol``.

    Raises:
        BadInput: an unknown protocol, a folder that cannot be used, or the extra is not installed.
    """
    if protocol not in PROTOCOLS:
        raise BadInput(f"protocol {protocol!r}", "is not known", f"use one of {', '.join(PROTOCOLS)}")
    if protocol == "dyad":
        if codes_by_day is None:
            raise BadInput("protocol 'dyad'", "nothing tells states by their names", "give codes_by_day")
        return backtest_dyads(folder, codes_by_day, seed=seed) | {"peak_memory_gb": peak_memory_gb()}
    began = perf_counter()
    try:  # seconds of imports that no other verb needs
        from marsad.forecast.tkg import graph as graphs
        from marsad.forecast.tkg.engine import rank_days
        from marsad.forecast.tkg.ranking import summarise
    except ModuleNotFoundError as error:
        raise BadInput("backtest", f"{error.name} is not installed", "pip install 'marsad[forecast]'") from error

    graph = graphs.read_graph(folder)
    first = graph.first_days[2]
    ranks = np.concatenate([day.ranks for day in rank_days(graph, first, graph.n_days, seed)])
    cases = graphs.familiarity(graph)[graph.facts[:, graphs.DAY] >= first]
    by_case = {name: ranks[cases == number] for number, name in enumerate(graphs.CASES)}
    return {
        "protocol": protocol,
        **summarise(ranks).as_dict(),
        "cases": {name: summarise(of_case).as_dict() for name, of_case in by_case.items() if of_case.size},
        "seconds": round(perf_counter() - began, 1),
        "peak_memory_gb": peak_memory_gb(),
        "learnt_from": ["train", "valid"],
        "seed": seed,
    }


def backtest_text(answer: dict[str, Any]) -> str:
    """Return the answer of :func:`backtest` as a table for people.

    >>> one = {"MRR": 0.5, "Hits@1": 0.4, "Hits@3": 0.5, "Hits@10": 0.75, "n": 8}
    >>> print(backtest_text(one | {"cases": {"pair_new": one}, "seconds": 61.5, "peak_memory_gb": 2.1}).lstrip())
    n     MRR  Hits@1  Hits@3 Hits@10
    all                     8   50.0%   40.0%   50.0%   75.0%
    pair_new                8   50.0%   40.0%   50.0%   75.0%
    61.5 s, 2.1 GB at most
    """
    if answer.get("protocol") == "dyad":
        return dyads_text(answer)
    measures = ("MRR", "Hits@1", "Hits@3", "Hits@10")
    lines = [f"{'':<16} {'n':>8} {'MRR':>7} {'Hits@1':>7} {'Hits@3':>7} {'Hits@10':>7}"]
    for name, row in {"all": answer, **answer["cases"]}.items():
        lines.append(f"{name:<16} {row['n']:>8} " + " ".join(f"{row[measure]:>7.1%}" for measure in measures))
    return "\n".join([*lines, f"{answer['seconds']} s, {answer['peak_memory_gb']} GB at most"])


def peak_memory_gb() -> float:
    """Return the largest memory the process has held; macOS counts bytes, others kilobytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1e9 if sys.platform == "darwin" else 1e6), 2)
