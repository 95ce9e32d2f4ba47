r"""Activity: the weekly flow of acts between a pair as a latent level with its uncertainty.

A sticky hidden Markov model per pair and ladder. In a week of exposure :math:`e` a pair on level :math:`l` shows on
each rung :math:`r` a Poisson count of rate :math:`e \, g \, \lambda_{lr}`. There :math:`\lambda_{lr}` is the rung's
rate if :math:`r \le l` and a leak otherwise, and :math:`g`, shared by the rungs of a week, is Gamma of mean 1: summed
over :math:`g`, a negative multinomial. The exposure is the root of the product of both actors' trailing weekly volumes,
so that a busy pair and a quiet one are measured on one scale.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa

from marsad.domain.tables import LEVELS
from marsad.domain.week import Week
from marsad.domain.words import Ladder
from marsad.measure.acts import Acts, Floats, Ints, read, week_names
from marsad.measure.completeness import COVERED, completeness

_HALF_LIFE_WEEKS = 13.0
_PRIOR_WEEKS = 4.0  # an unknown actor is taken to act once a week, with the weight of four weeks


@dataclass(frozen=True)
class LevelModel:
    """The numbers of one ladder's hidden Markov model; they are declared, not fitted to a desk's events.

    Args:
        ladder: which.
        on: acts per unit of exposure and week on rung 1, 2, ... when the level reaches it.
        leak: the same when it does not.
        stay: probability that a level holds from one week to the next.
        rest: where a level that moves goes, and where it starts: level 0, 1, ...
        size: of the shared weekly Gamma; smaller is burstier.
    """

    ladder: Ladder
    on: tuple[float, ...]
    leak: tuple[float, ...]
    stay: float
    rest: tuple[float, ...]
    size: float = 0.7

    @property
    def rates(self) -> Floats:
        """Rates as a matrix, one row per level, one column per rung."""
        level = np.arange(len(self.on) + 1)[:, None]
        rung = np.arange(1, len(self.on) + 1)[None, :]
        return np.where(rung <= level, np.asarray(self.on)[None, :], np.asarray(self.leak)[None, :])

    def log_likelihood(self, counts: Floats, exposure: Floats) -> Floats:
        """Return the log likelihood of a week's counts on each level, up to a constant.

        Args:
            counts: (pairs, rungs).
            exposure: (pairs,).
        """
        rates = self.rates
        volume = exposure[:, None] * rates.sum(axis=1)[None, :]
        total = counts.sum(axis=1)[:, None]
        return np.asarray(counts @ np.log(rates).T - (self.size + total) * np.log(self.size + volume))


COOPERATION = LevelModel(
    Ladder.COOPERATION,
    on=(0.06, 0.01, 0.02, 0.01, 0.015),
    # From rung 3 a thirtieth of the rate: one stray act of defence leaves room for the levels below it.
    leak=(0.005, 0.0004, 0.00067, 0.00033, 0.0005),
    stay=0.945,
    rest=(0.30, 0.30, 0.15, 0.12, 0.07, 0.06),
)
CONFLICT = LevelModel(
    Ladder.CONFLICT,
    on=(0.02, 0.01, 0.02, 0.06),
    leak=(0.0015, 0.0003, 0.0006, 0.0006),
    stay=0.97,
    rest=(0.50, 0.22, 0.12, 0.09, 0.07),
)
MODELS = (COOPERATION, CONFLICT)


def levels(
    events: pa.Table,
    weeks: Sequence[Week],
    coverage: pa.Table | None = None,
    *,
    run: str,
    as_of: datetime,
    pairs: Sequence[tuple[str, str]] | None = None,
) -> pa.Table:
    """Return the filtered activity level of pairs: what each week's level looked like from the weeks up to it.

    Args:
        events: one row per event, schema of ``domain.tables.EVENTS``.
        weeks: the weeks to report, none beginning at or after ``as_of``; the filter runs from the first event on.
        coverage: the completeness ledger; None if there is none. Weeks collected by less than half are masked, and
            so are weeks before the record's first event.
        run: the week of the run, as ``2026-W22``.
        as_of: the cutoff; an instant with a time zone.
        pairs: the pairs to report, in any order within; None for all that ever acted.

    Returns:
        Schema of ``domain.tables.LEVELS``: one row per (pair, ladder, week); ``source`` < ``target`` alphabetically;
        ``low`` and ``high`` are the 5 % and 95 % points of the posterior; sorted by pair, cooperation first, then week.

    Raises:
        ValueError: a week begins at or after ``as_of``, or ``as_of`` has no time zone.
    """
    return _levels(events, weeks, coverage, run=run, as_of=as_of, pairs=pairs, smooth=False)


def smoothed_levels(
    events: pa.Table,
    weeks: Sequence[Week],
    coverage: pa.Table | None = None,
    *,
    run: str,
    as_of: datetime,
    pairs: Sequence[tuple[str, str]] | None = None,
) -> pa.Table:
    """Return levels in hindsight: every week seen with all weeks up to ``as_of``.

    For looking back only. What was known at the time is :func:`levels`; a smoothed past changes when later events come.
    Arguments and grain as there.
    """
    return _levels(events, weeks, coverage, run=run, as_of=as_of, pairs=pairs, smooth=True)


def filter_levels(model: LevelModel, counts: Sequence[Floats], exposure: Sequence[Floats | None]) -> list[Floats]:
    """Return the filtered posterior of every week.

    Args:
        model: of one ladder.
        counts: per week, (pairs, rungs).
        exposure: per week, (pairs,); None where the week is missing.

    Returns:
        Per week, (pairs, levels), rows adding up to 1.
    """
    return [posterior for posterior, _ in _forward(model, counts, exposure)]


def smooth_levels(model: LevelModel, counts: Sequence[Floats], exposure: Sequence[Floats | None]) -> list[Floats]:
    """Return the posterior of every week given all weeks; arguments as :func:`filter_levels`."""
    steps = list(_forward(model, counts, exposure))
    rest = np.asarray(model.rest)
    smoothed = [steps[-1][0]]
    for (posterior, _), (_, expected) in zip(reversed(steps[:-1]), reversed(steps[1:]), strict=True):
        ratio = smoothed[-1] / expected
        back = model.stay * ratio + (1 - model.stay) * (ratio @ rest)[:, None]
        smoothed.append(posterior * back)
    return smoothed[::-1]


def _forward(
    model: LevelModel, counts: Sequence[Floats], exposure: Sequence[Floats | None]
) -> Iterator[tuple[Floats, Floats]]:
    """Yield each week's posterior and what was expected of it before it was seen."""
    rest = np.asarray(model.rest)
    posterior = np.tile(rest, (len(counts[0]), 1)) if counts else np.empty((0, len(rest)))
    for seen, exposed in zip(counts, exposure, strict=True):
        expected = model.stay * posterior + (1 - model.stay) * rest[None, :]
        if exposed is None:
            posterior = expected
        else:
            log = np.log(expected) + model.log_likelihood(seen, exposed)
            posterior = np.exp(log - log.max(axis=1, keepdims=True))
            posterior = posterior / posterior.sum(axis=1, keepdims=True)
        yield posterior, expected


def _levels(
    events: pa.Table,
    weeks: Sequence[Week],
    coverage: pa.Table | None,
    *,
    run: str,
    as_of: datetime,
    pairs: Sequence[tuple[str, str]] | None,
    smooth: bool,
) -> pa.Table:
    acts = read(events, as_of)
    wanted = sorted({week.index for week in weeks})
    if not wanted:
        return LEVELS.empty()
    now = Week.of(as_of.date())
    if wanted[-1] > now.index or (wanted[-1] == now.index and now.start == as_of.date() and not _since_midnight(as_of)):
        raise ValueError(f"week {max(weeks)} begins at or after as_of {as_of.isoformat()}")
    chosen = _choose(acts, pairs)
    first = min(wanted[0], int(acts.week[0])) if len(acts) else wanted[0]
    shares = completeness(coverage, first, wanted[-1], as_of)
    shares[: (int(acts.week[0]) if len(acts) else now.index + 1) - first] = (
        0  # before the record begins nothing is known
    )
    exposure = list(_exposures(acts, chosen, first, shares))
    parts = []
    for model in MODELS:
        counts = [_counts(acts, chosen, week, model) for week in range(first, wanted[-1] + 1)]
        posterior = (smooth_levels if smooth else filter_levels)(model, counts, exposure)
        parts.append([(posterior[week - first], counts[week - first]) for week in wanted])
    covered = [bool(shares[week - first] >= COVERED) for week in wanted]
    return _table(chosen, wanted, parts, covered, run=run, as_of=as_of)


def _since_midnight(moment: datetime) -> bool:
    return (moment.hour, moment.minute, moment.second, moment.microsecond) != (0, 0, 0, 0)


@dataclass(frozen=True)
class _Chosen:
    """The pairs asked for: their names, sorted, their actors' positions, and where each known pair lies among them."""

    names: list[tuple[str, str]]
    actors: Ints  # (pairs, 2); the position after the last actor stands for one that never acted
    place: Ints  # per pair of the acts: its row here, -1 if not asked for


def _choose(acts: Acts, pairs: Sequence[tuple[str, str]] | None) -> _Chosen:
    if pairs is None:
        names = [acts.pair_names(i) for i in range(len(acts.pairs))]
        return _Chosen(names, acts.pairs, np.arange(len(names)))
    names = sorted({(min(pair), max(pair)) for pair in pairs})
    numbers = [[n if (n := acts.number_of(actor)) >= 0 else len(acts.actors) for actor in pair] for pair in names]
    known = {(int(a), int(b)): i for i, (a, b) in enumerate(acts.pairs)}
    place = np.full(len(acts.pairs), -1)
    for row, (a, b) in enumerate(numbers):
        if (a, b) in known:
            place[known[a, b]] = row
    return _Chosen(names, np.asarray(numbers, dtype=np.int64).reshape(-1, 2), place)


def _span(acts: Acts, week: int) -> slice:
    return slice(*np.searchsorted(acts.week, [week, week + 1]).tolist())


def _counts(acts: Acts, chosen: _Chosen, week: int, model: LevelModel) -> Floats:
    span = _span(acts, week)
    row = chosen.place[acts.pair[span]] if len(chosen.place) else np.empty(0, dtype=np.int64)
    is_here = (row >= 0) & (acts.is_conflict[span] == (model.ladder is Ladder.CONFLICT)) & (acts.rung[span] > 0)
    n_rungs = len(model.on)
    flat = row[is_here] * n_rungs + acts.rung[span][is_here] - 1
    return np.bincount(flat, minlength=len(chosen.names) * n_rungs).reshape(-1, n_rungs).astype(float)


def _exposures(acts: Acts, chosen: _Chosen, first: int, shares: Floats) -> Iterator[Floats | None]:
    """Yield each week's exposure: the root of both actors' decayed mean volumes up to and with that week."""
    decay = 0.5 ** (1 / _HALF_LIFE_WEEKS)
    volume, weight = np.zeros(len(acts.actors) + 1), 0.0
    for step, share in enumerate(shares.tolist()):
        if share < COVERED:
            yield None
            continue
        span = _span(acts, first + step)
        touched = np.concatenate([acts.source[span], acts.target[span]])
        volume = decay * volume + np.bincount(touched, minlength=len(volume)) / share
        weight = decay * weight + 1
        mean = (volume + _PRIOR_WEEKS) / (weight + _PRIOR_WEEKS)
        yield share * np.sqrt(mean[chosen.actors[:, 0]] * mean[chosen.actors[:, 1]])


def _table(
    chosen: _Chosen,
    weeks: list[int],
    parts: list[list[tuple[Floats, Floats]]],
    covered: list[bool],
    *,
    run: str,
    as_of: datetime,
) -> pa.Table:
    """Lay posteriors out as rows: pair, then ladder, then week."""
    blocks = [_block(model, part) for model, part in zip(MODELS, parts, strict=True)]
    n_pairs, n_weeks = len(chosen.names), len(weeks)
    order = np.argsort(np.tile(np.repeat(np.arange(n_pairs), n_weeks), 2), kind="stable")
    joined = pa.concat_tables(blocks).take(pa.array(order))
    names = pa.array([name for pair in chosen.names for name in pair], pa.string())
    repeat = np.repeat(np.arange(n_pairs), 2 * n_weeks)
    rows = 2 * n_pairs
    return pa.table(
        {
            "run": pa.repeat(run, joined.num_rows),
            "source": names.take(pa.array(2 * repeat)),
            "target": names.take(pa.array(2 * repeat + 1)),
            "ladder": joined["ladder"],
            "week": pa.array(week_names(np.asarray(weeks)), pa.string()).take(
                pa.array(np.tile(np.arange(n_weeks), rows))
            ),
            "p": joined["p"],
            "mean": joined["mean"],
            "low": joined["low"],
            "high": joined["high"],
            "n_events": joined["n_events"],
            "is_covered": pa.array(np.tile(np.asarray(covered), rows)),
            "known_at": pa.repeat(pa.scalar(as_of, LEVELS.schema.field("known_at").type), joined.num_rows),
        },
        schema=LEVELS.schema,
    )


def _block(model: LevelModel, part: list[tuple[Floats, Floats]]) -> pa.Table:
    posterior = np.stack([p for p, _ in part], axis=1)  # (pairs, weeks, levels)
    n_levels = posterior.shape[2]
    flat = posterior.reshape(-1, n_levels)
    low, high = interval(flat)
    counts = np.stack([c.sum(axis=1) for _, c in part], axis=1).reshape(-1)
    offsets = pa.array(np.arange(0, len(flat) * n_levels + 1, n_levels), pa.int32())
    return pa.table(
        {
            "ladder": pa.repeat(model.ladder.value, len(flat)),
            "p": pa.ListArray.from_arrays(offsets, pa.array(flat.reshape(-1))),
            "mean": pa.array(flat @ np.arange(n_levels)),
            "low": pa.array(low),
            "high": pa.array(high),
            "n_events": pa.array(counts.astype(np.int32)),
        }
    )


def interval(posterior: Floats) -> tuple[Floats, Floats]:
    """Return the 5 % and 95 % points of each row of a posterior over levels.

    >>> low, high = interval(np.array([[0.02, 0.9, 0.08], [1.0, 0.0, 0.0]]))
    >>> low.tolist(), high.tolist()
    ([1.0, 0.0], [2.0, 0.0])
    """
    cumulative = np.asarray(posterior.cumsum(axis=1))
    last = posterior.shape[1] - 1
    low = np.minimum((cumulative < 0.05).sum(axis=1), last).astype(float)
    high = np.minimum((cumulative < 0.95 - 1e-12).sum(axis=1), last).astype(float)
    return low, high
