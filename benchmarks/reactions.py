"""Reactions against what third parties would have done anyway, and against their base rates.

``python benchmarks/reactions.py desk FOLDER [LAST-DAY] [HORIZON-WEEKS]`` asks the questions of a desk's past year:
third parties of its groups towards both sides of each watched pair in a week with something weighty between the two.
``python benchmarks/reactions.py graph FOLDER...`` asks them on temporal-graph folders, but for their last month: the
sixty states named most are pairs and third parties alike; by horizon, rates and regression, each against anyway.
"""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from marsad import forecast, measure, review, scoring
from marsad.collect import read_events
from marsad.desk import open_desk
from marsad.domain.fields import kind_asked
from marsad.domain.tables import RESOLUTIONS
from marsad.domain.week import Week
from marsad.forecast import logit, reacting
from marsad.forecast.history import day_number, instant_number, read_history
from marsad.forecast.rates import estimate_weekly
from marsad.vocab.actors import load_registry

N_ORIGINS = 52
END = datetime(2100, 1, 1, tzinfo=UTC)
N_STATES = 60
LATEST_DAYS = 31  # left aside: where a folder has a test split, it is its last month
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Said:
    """What was said of some questions, flat; the origin is what hangs together."""

    probability: Floats
    happened: npt.NDArray[np.bool_]
    origin: Ints

    def only(self, chosen: npt.NDArray[np.bool_]) -> "Said":
        return Said(self.probability[chosen], self.happened[chosen], self.origin[chosen])


def main_desk(folder: Path, last: date, horizon: int) -> None:
    """Print Brier, log score, calibration error and skill of both, over all and by stance and field."""
    desk = open_desk(folder)
    events, groups, watched = desk.table("events"), desk.settings.groups, desk.settings.watched
    breaks = measure.breaks(events, desk.table("coverage"), run="bench", as_of=Week.of(last).cutoff)
    origins = [last - timedelta(weeks=i) for i in range(N_ORIGINS)]
    reactions = forecast.backfill_reactions(events, breaks, origins, groups, watched, horizon)
    resolved = review.resolve(reactions, RESOLUTIONS.empty(), events, desk.table("coverage"), known_at=END)
    outcome = {(row["question_id"], row["origin"]): row["outcome"] for row in resolved.to_pylist()}
    rows = [row | {"outcome": outcome.get((row["question_id"], row["origin"]))} for row in reactions.to_pylist()]
    rows = [row for row in rows if row["outcome"] is not None]
    after_break = [row for row in rows if any(not what.endswith(reacting.ACT) for what in row["after"])]
    kinds = sorted({kind_asked(row) for row in rows})
    for name, ours in {
        "all": rows,
        "after a break": after_break,
        **{kind: [row for row in rows if kind_asked(row) == kind] for kind in kinds},
    }.items():
        columns = {
            name: np.array([row[column] for row in ours], float)
            for name, column in (("reaction", "probability"), ("anyway", "anyway"), ("base", "base_rate"))
        }
        happened = np.array([row["outcome"] for row in ours], dtype=np.bool_)
        weeks = np.array([day_number(row["origin"]) for row in ours], dtype=np.int64)
        said = {name: Said(values, happened, weeks) for name, values in columns.items()}
        print(f"{name}: {len(ours)} questions, {happened.sum()} came true")
        if happened.any():
            for model in ("reaction", "anyway"):
                compare(model, said[model], "base rate", said["base"])
            compare("reaction", said["reaction"], "anyway", said["anyway"])


def main_graph(folder: Path) -> None:
    """Print for each horizon what rates and regression are worth, and what the weighty weeks add to either."""
    events = read_events(folder)
    final = pc.max(events["event_date"]).as_py() - timedelta(days=LATEST_DAYS)
    events = events.filter(pc.less_equal(events["event_date"], pa.scalar(final)))
    last = Week.of(final + timedelta(days=1)).start - timedelta(days=1)  # the last Sunday
    breaks = measure.breaks(events, run="bench", as_of=Week.of(last).cutoff)
    states = busiest(events)
    asked = reacting.questions({"states": states}, list(combinations(states, 2)), 4)
    turns = reacting.find_turns(events, breaks, asked.pairs)
    history = read_history(events, asked.dyads, reacting.KINDS)
    calm = replace(history, stir=reacting.without(events, turns, last, asked.dyads))
    first = date(1970, 1, 1) + timedelta(days=int(history.record_day.min()))
    print(f"{folder.name}, {first} to {final}: {sum(map(len, turns.values()))} weighty acts and breaks")
    for horizon in (1, 4, 13):
        questions = replace(asked, horizon_weeks=horizon)
        latest = last - timedelta(weeks=horizon)
        origins = [latest - timedelta(weeks=i) for i in reversed(range(N_ORIGINS))]
        dense = [day for day in origins if (day - first).days >= logit.MIN_LESSON_DAYS + 7 * horizon]
        learnt = bool(dense)
        dense = dense or [day for day in origins if (day - first).days >= 7 * horizon + 91]
        if not dense:
            print(f"\n{horizon} weeks ahead: the record is too short")
            continue
        score(questions, turns, (history, calm), dense, learnt=learnt)


def score(
    asked: reacting.Asked, turns: reacting.Turns, records: Sequence[Any], origins: Sequence[date], *, learnt: bool
) -> None:
    """Ask the questions of some origins of every method, and print how each did."""
    history, calm = records
    regression = reacting.learn(history, calm, asked, origins, timedelta(days=1)) if learnt else {}
    said: dict[str, list[Floats]] = {}
    happened, weeks, broke = [], [], []
    for origin in origins:
        instant = datetime.combine(origin, time(), UTC) + timedelta(days=1)
        known = {pair: [turn for turn in found if turn.day <= origin] for pair, found in turns.items()}
        week = {pair: [turn for turn in found if (origin - turn.day).days < 7] for pair, found in known.items()}
        chosen, after_break = questioned(asked, week)
        weekly = estimate_weekly(history, day_number(origin), instant_number(instant), asked.horizon_weeks)
        rates = reacting.scaled(weekly, known, asked, origin)
        columns = {"base rate": weekly.base_rate, "rates": rates[0], "rates, anyway": rates[1]}
        if learnt:
            columns |= dict(zip(("regression", "regression, anyway"), regression[origin], strict=True))
        for name, values in columns.items():
            said.setdefault(name, []).append(values[chosen])
        window = (history.day > day_number(origin)) & (history.day <= day_number(origin) + 7 * asked.horizon_weeks)
        happened.append(np.isin(chosen, history.series[window]))
        weeks.append(np.full(len(chosen), day_number(origin)))
        broke.append(after_break)
    outcome, week_of, of_break = np.concatenate(happened), np.concatenate(weeks), np.concatenate(broke)
    methods = {name: Said(np.concatenate(values), outcome, week_of) for name, values in said.items()}
    print(f"\n{asked.horizon_weeks} weeks ahead, {len(origins)} origins from {origins[0]} to {origins[-1]}")
    for name, part in (("all", np.ones(len(outcome), np.bool_)), ("after a break", of_break)):
        print(f"{name}: {part.sum()} questions, {outcome[part].sum()} came true")
        ours = {method: found.only(part) for method, found in methods.items()}
        for method in list(ours)[1:]:
            compare(method, ours[method], "base rate", ours["base rate"])
        for method in ("rates", "regression"):
            if method in ours:
                compare(method, ours[method], "anyway", ours[f"{method}, anyway"])


def questioned(
    asked: reacting.Asked, week: Mapping[Any, Sequence[reacting.Turn]]
) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Return the series asked about after a week's weighty acts and breaks, and which of them follow a break."""
    follows: dict[tuple[str, str], bool] = {}
    for pair, found in week.items():
        for side in pair if found else ():
            for third in asked.thirds:
                if third not in pair:
                    broke = any(turn.what != reacting.ACT for turn in found)
                    follows[third, side] = follows.get((third, side), False) or broke
    n_kinds = len(reacting.KINDS)
    place = {dyad: i for i, dyad in enumerate(asked.dyads)}
    rows = np.array([place[dyad] for dyad in follows], dtype=np.int64)
    series = (n_kinds * rows[:, None] + np.arange(n_kinds)).ravel()
    return series, np.repeat(np.array(list(follows.values()), dtype=np.bool_), n_kinds)


def busiest(events: pa.Table) -> list[str]:
    """Return the states named most."""
    named = Counter(code for side in ("source", "target") for code in events[side].to_pylist())
    kinds = load_registry().kinds
    return sorted([code for code, _ in named.most_common() if kinds.get(code) == "state"][:N_STATES])


def compare(name: str, said: Said, against: str, reference: Said) -> None:
    """Print one method's scores, and its skill over another, by Brier and log score, with 95 % intervals."""
    p, o, q = said.probability, said.happened, reference.probability
    brier = ((p - o) ** 2, (q - o) ** 2)
    logs = tuple(-np.log(np.clip(np.where(o, x, 1 - x), 1e-9, 1)) for x in (p, q))
    skills = []
    for ours, theirs in (brier, logs):
        low, high = scoring.skill_interval(ours, theirs, said.origin.tolist(), 0) or (np.nan, np.nan)
        skills.append(f"{1 - ours.sum() / theirs.sum():+.4f} ({low:+.4f} .. {high:+.4f})")
    print(
        f"  {name:<18} said {p.sum():>8.1f} Brier {brier[0].mean():.5f} log {logs[0].mean():.5f} "
        f"calibration error {scoring.calibration_error(p, o):.4f}; over {against}: Brier {skills[0]} log {skills[1]}"
    )


if __name__ == "__main__":
    command, *arguments = sys.argv[1:] or [""]
    if command == "desk" and arguments:
        main_desk(
            Path(arguments[0]),
            date.fromisoformat(arguments[1]) if len(arguments) > 1 else date(2026, 5, 31),
            int(arguments[2]) if len(arguments) > 2 else 4,
        )
    elif command == "graph" and arguments:
        for path in arguments:
            main_graph(Path(path))
    else:
        sys.exit(__doc__)
