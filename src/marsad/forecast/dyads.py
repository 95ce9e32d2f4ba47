"""Seven-day forecasts between the busiest states of an event graph, scored against each pair's own base rate."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import numpy.typing as npt

from marsad import scoring
from marsad.errors import BadInput
from marsad.forecast.history import CLASSES, Dyad, History, Stir, actors_of, day_number
from marsad.forecast.logit import MIN_LESSON_DAYS, chances
from marsad.forecast.tkg.graph import DAY, RELATION, SOURCE, TARGET, Graph, read_graph
from marsad.forecast.tkg.profiles import read_profiles
from marsad.vocab.actors import load_registry

N_STATES = 30
HORIZON_DAYS = 7
DAY_US = 86_400 * 1_000_000
CodesByDay = Callable[[Sequence[str], Any, Any], Any]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Scored:
    """Forecasts of one backtest, flat; ``week`` is what hangs together, ``quad`` the number of the class."""

    probability: Floats
    base_rate: Floats
    outcome: npt.NDArray[np.bool_]
    week: npt.NDArray[np.int64]
    quad: npt.NDArray[np.int64]


def backtest_dyads(folder: Path, codes_by_day: CodesByDay, *, seed: int = 0) -> dict[str, Any]:
    """Forecast every test day, for each pair of states and quad class, whether such an act follows within seven days.

    The pairs are those of the ``N_STATES`` states named most often in the train split; either may act. Classes are
    those of CAMEO's roots, statements counted. The model is the weekly run's (:mod:`marsad.forecast.logit`), its
    weights learnt anew every four weeks from windows over by then. The reference is the pair's own share of past
    windows, known at the same hour.

    Args:
        folder: as for :func:`marsad.forecast.backtest`; names and the ``origin`` of the time column are needed.
        codes_by_day: names, which of them each row has, and its day since 1970-01-01 -> actor codes by row.
        seed: of drawing weeks anew for the interval.

    Returns:
        ``n``, ``n_happened``, ``brier``, ``base_brier``, ``skill`` with its 95 % interval (whole weeks of origins drawn
        anew), ``log_score``, ``calibration_error`` (ten bins of equal count) and that of the base rate; the same by
        ``classes``, each with its ``reliability``; ``seconds``.

    Raises:
        BadInput: the folder names or dates nothing, has fewer than two states, or is too short.
    """
    began = perf_counter()
    graph = read_graph(folder)
    if graph.first_date is None or not graph.entities:
        raise BadInput(str(folder), "does not name its ids, or date its time column", "add entity2id.txt and meta.toml")
    history, dyads = read_history(graph, graph.first_date, codes_by_day)
    zero = day_number(graph.first_date)
    origins = np.arange(zero + graph.first_days[2] - 1, zero + graph.n_days - HORIZON_DAYS)
    if not len(origins) or origins[0] - zero < MIN_LESSON_DAYS + HORIZON_DAYS:
        raise BadInput(str(folder), "is too short for seven-day forecasts", "use a longer train or test split")
    scored = _score(history, dyads, origins)
    told = _summary(scored, np.ones(len(scored.outcome), dtype=np.bool_), seed)
    return {
        "protocol": "dyad",
        **told,
        "classes": {
            quad: _summary(scored, scored.quad == k, seed) | {"reliability": _bins(scored, scored.quad == k)}
            for k, quad in enumerate(CLASSES)
        },
        "n_states": len({actor for dyad in dyads for actor in dyad}),
        "horizon_days": HORIZON_DAYS,
        "seconds": round(perf_counter() - began, 1),
        "learnt_from": ["train", "valid", "test windows over by the last day of learning"],
        "seed": seed,
    }


def dyads_text(answer: dict[str, Any]) -> str:
    """Return the answer of :func:`backtest_dyads` as a table for people."""
    lines = [f"{'':<22} {'n':>7} {'true':>6} {'Brier':>7} {'base':>7} {'skill':>7}  {'95 % interval':<18} {'ECE':>6}"]
    for name, row in {"all": answer, **answer["classes"]}.items():
        interval = "" if row["skill_low"] is None else f"{row['skill_low']:+.3f} .. {row['skill_high']:+.3f}"
        lines.append(
            f"{name:<22} {row['n']:>7} {row['n_happened']:>6} {row['brier']:>7.4f} {row['base_brier']:>7.4f} "
            f"{row['skill']:>+7.3f}  {interval:<18} {row['calibration_error']:>6.4f}"
        )
    return "\n".join([*lines, f"{answer['seconds']} s"])


def read_history(graph: Graph, first_date: date, codes_by_day: CodesByDay) -> tuple[History, list[Dyad]]:
    """Return the acts between the busiest states, and their pairs; an act is known at the end of its day."""
    facts = graph.facts[graph.facts[:, RELATION] < graph.n_relations]
    quad = read_profiles(graph).quad[facts[:, RELATION]].astype(np.int64) - 1
    day = facts[:, DAY] + day_number(first_date)
    sides = [codes_by_day(graph.entities, facts[:, column], day) for column in (SOURCE, TARGET)]
    named = np.concatenate([side[facts[:, DAY] < graph.first_days[1]] for side in sides])
    codes, counts = np.unique([code for code in named if _is_state(code)], return_counts=True)
    states = sorted(str(code) for code in codes[np.argsort(-counts, kind="stable")][:N_STATES])
    if len(states) < 2:
        raise BadInput("the graph", "names fewer than two states", "check entity2id.txt")
    dyads: list[Dyad] = list(combinations(states, 2))
    place = {pair: i for i, (a, b) in enumerate(dyads) for pair in ((a, b), (b, a))}
    dyad = np.array([place.get(pair, -1) for pair in zip(*sides, strict=True)])
    ours = np.flatnonzero((dyad >= 0) & (quad >= 0))
    ours = ours[np.argsort(day[ours], kind="stable")]
    n_classes = len(CLASSES)
    known = (day + 1) * DAY_US
    actors = actors_of(dyads)
    number = {actor: i for i, actor in enumerate(actors)}
    abroad = (quad >= 0) & (sides[0] != sides[1])
    actor = np.concatenate([np.where(abroad, [number.get(code, -1) for code in side], -1) for side in sides])
    stirred = np.flatnonzero(actor >= 0)
    stir = Stir(actors, actor[stirred], np.tile(quad, 2)[stirred], np.tile(day, 2)[stirred], np.tile(known, 2)[stirred])
    series = n_classes * dyad[ours] + quad[ours]
    return (
        History(
            n_classes * len(dyads),
            n_classes,
            series.astype(np.int64),
            day[ours],
            known[ours],
            np.full(len(ours), "", dtype=np.object_),
            day,
            known,
            stir,
        ),
        dyads,
    )


def _is_state(code: str | None) -> bool:
    return code is not None and load_registry().kinds.get(code) == "state"


def _score(history: History, dyads: Sequence[Dyad], origins: npt.NDArray[np.int64]) -> _Scored:
    said = chances(history, dyads, origins.tolist(), HORIZON_DAYS)
    n_series = history.n_series
    total = np.zeros((int(history.record_day.max() - origins[0]) + 1, n_series))
    later = history.day > origins[0]
    np.add.at(total, (history.day[later] - origins[0], history.series[later]), 1)
    total = np.cumsum(total, axis=0)
    at = origins - origins[0]
    return _Scored(
        said.probability.ravel(),
        said.base_rate.ravel(),
        (total[at + HORIZON_DAYS] > total[at]).ravel(),
        np.repeat(at // 7, n_series),
        np.tile(np.arange(n_series) % history.n_pools, len(origins)),
    )


def _summary(scored: _Scored, chosen: npt.NDArray[np.bool_], seed: int) -> dict[str, Any]:
    p, base, happened = scored.probability[chosen], scored.base_rate[chosen], scored.outcome[chosen]
    brier, base_brier = scoring.brier_score(p, happened), scoring.brier_score(base, happened)
    interval = scoring.skill_interval((p - happened) ** 2, (base - happened) ** 2, scored.week[chosen].tolist(), seed)
    low, high = interval or (None, None)
    skill = scoring.skill(brier, base_brier)
    return {
        "n": len(p),
        "n_happened": int(happened.sum()),
        "brier": round(brier, 6),
        "base_brier": round(base_brier, 6),
        "skill": None if skill is None else round(skill, 5),
        "skill_low": None if low is None else round(low, 5),
        "skill_high": None if high is None else round(high, 5),
        "log_score": round(scoring.log_score(p, happened), 5),
        "calibration_error": round(scoring.calibration_error(p, happened), 5),
        "base_calibration_error": round(scoring.calibration_error(base, happened), 5),
    }


def _bins(scored: _Scored, chosen: npt.NDArray[np.bool_]) -> list[dict[str, Any]]:
    found = scoring.reliability(scored.probability[chosen], scored.outcome[chosen])
    return [{name: round(value, 5) for name, value in one._asdict().items()} for one in found]
