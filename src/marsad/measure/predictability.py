"""Predictability: how much better than its base rate the forecaster did on an actor's acts, around a break."""

from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from marsad.domain.tables import DRIVERS
from marsad.domain.week import Week
from marsad.measure.acts import Floats, last_whole_week
from marsad.scoring import skill

DRIVER = "predictability"
_NINETY = 1.645  # standard errors to either end of a 90 % interval
_FEWEST = 20  # resolved questions in a window: on fewer, skill says nothing
_MOST_EVENTS = 10


def predictability(
    forecasts: pa.Table,
    resolutions: pa.Table,
    source: str,
    target: str,
    week: Week,
    *,
    run: str,
    as_of: datetime,
    span_weeks: int = 26,
) -> pa.Table:
    """Return the forecaster's skill on B's acts towards anyone in the weeks before and after a break in A-B.

    A question counts in the week it was due. Skill is 1 - Brier / Brier of the base rate, so 0 is an actor whose acts
    tell no more than their long-run rate, and 1 one who is fully foreseen.

    Args:
        forecasts: schema of ``domain.tables.FORECASTS``.
        resolutions: schema of ``domain.tables.RESOLUTIONS``; void questions are left out.
        source: A, whose view changed.
        target: B, whose acts are forecast.
        week: of the break.
        run: the week of the run, as ``2026-W22``.
        as_of: the cutoff; only what was forecast and resolved by then is read.
        span_weeks: length of each window; shorter where the record is.

    Returns:
        Schema of ``domain.tables.DRIVERS``: one row, driver ``predictability``, or none with fewer than 20 questions
        before the break. ``before`` and ``after`` are skills, ``effect`` their difference (null with fewer than 20
        after), its 90 % interval by leaving out each week in turn, ``p_value`` the share of placebo weeks with a
        difference as large; ``events`` are those that decided the questions after the break, latest first.
    """
    scored = _scored(forecasts, resolutions, target, as_of)
    first, last, at = 0, last_whole_week(as_of), week.index
    if scored.num_rows:
        first = int(scored["week"].to_numpy().min())
    last = max(last, at - 1)
    if first >= at or not scored.num_rows:
        return DRIVERS.empty()
    losses = _weekly(scored, first, last)
    before = _skill(losses, max(0, at - first - span_weeks), at - first)
    if before is None:
        return DRIVERS.empty()
    after = _skill(losses, at - first, at - first + span_weeks)
    effect = None if after is None else after - before
    error = 0.0 if effect is None else _NINETY * _jackknife(losses, at - first, span_weeks)
    return DRIVERS.from_rows(
        [
            {
                "run": run,
                "source": source,
                "target": target,
                "week": str(week),
                "driver": DRIVER,
                "before": before,
                "after": after,
                "effect": effect,
                "effect_low": None if effect is None else effect - error,
                "effect_high": None if effect is None else effect + error,
                "p_value": None if effect is None else _placebo(losses, at - first, span_weeks, effect),
                "events": _deciding(scored, at, at + span_weeks),
                "known_at": as_of,
            }
        ]
    )


def _scored(forecasts: pa.Table, resolutions: pa.Table, actor: str, as_of: datetime) -> pa.Table:
    """Join forecasts of the actor's acts to their outcomes: squared losses of both, the week due, deciding events."""
    cutoff = pa.scalar(as_of, pa.timestamp("us", tz="UTC"))
    asked = forecasts.filter(
        pc.and_(pc.equal(forecasts["source"], actor), pc.less_equal(forecasts["known_at"], cutoff))
    ).select(["question_id", "origin", "model", "probability", "base_rate"])
    known = resolutions.filter(
        pc.and_(pc.is_valid(resolutions["outcome"]), pc.less_equal(resolutions["resolved_at"], cutoff))
    ).select(["question_id", "origin", "due", "outcome", "events"])
    place = {(row["question_id"], row["origin"]): row for row in known.to_pylist()}
    keys = [(row["question_id"], row["origin"]) for row in asked.select(["question_id", "origin"]).to_pylist()]
    answered = [place.get(key) for key in keys]
    asked = asked.filter(pa.array([row is not None for row in answered], pa.bool_()))
    found = [row for row in answered if row is not None]
    outcome = np.array([row["outcome"] for row in found], dtype=float)
    return pa.table(
        {
            "week": pa.array([Week.of(row["due"]).index for row in found], pa.int64()),
            "loss": (np.asarray(asked["probability"].to_numpy(), dtype=float) - outcome) ** 2,
            "base": (np.asarray(asked["base_rate"].to_numpy(), dtype=float) - outcome) ** 2,
            "events": pa.array([row["events"] or [] for row in found], pa.list_(pa.string())),
        }
    )


def _weekly(scored: pa.Table, first: int, last: int) -> Floats:
    """Return per week: questions, the forecaster's summed loss, the base rate's."""
    week = scored["week"].to_numpy() - first
    inside = week <= last - first
    n_weeks = last - first + 1
    columns = (np.ones(scored.num_rows), scored["loss"].to_numpy(), scored["base"].to_numpy())
    return np.stack([np.bincount(week[inside], values[inside], n_weeks) for values in columns])


def _skill(losses: Floats, start: int, end: int) -> float | None:
    n, loss, base = losses[:, start:end].sum(axis=1).tolist()
    return skill(loss / n, base / n) if n >= _FEWEST else None


def _jackknife(losses: Floats, at: int, span: int) -> float:
    """Return the standard error of the difference in skill, each week left out in turn."""
    variance = 0.0
    for start, end in ((max(0, at - span), at), (at, min(at + span, losses.shape[1]))):
        asked = [week for week in range(start, end) if losses[0, week]]
        without = [losses[:, [w for w in asked if w != week]].sum(axis=1).tolist() for week in asked]
        found = [skill(loss / n, base / n) for n, loss, base in without if n]
        skills = np.array([each for each in found if each is not None])
        variance += float((len(skills) - 1) * skills.var()) if len(skills) else 0.0
    return float(np.sqrt(variance))


def _placebo(losses: Floats, at: int, span: int, effect: float) -> float:
    """Return the share of weeks (the break's among them) around which skill differs as much, either way."""
    n_weeks = losses.shape[1]
    n_before, n_after = min(span, at), min(span, n_weeks - at)
    n_as_large, n_placebo = 0, 0
    for t in range(n_before, n_weeks - n_after + 1):
        if at - n_after < t < at + n_before:
            continue  # its windows reach across the break
        was, now = _skill(losses, t - n_before, t), _skill(losses, t, t + n_after)
        if was is not None and now is not None:
            n_placebo += 1
            n_as_large += abs(now - was) >= abs(effect) - 1e-12
    return (1 + n_as_large) / (1 + n_placebo)


def _deciding(scored: pa.Table, start: int, end: int) -> list[str]:
    rows = sorted(
        ((row["week"], event) for row in scored.to_pylist() if start <= row["week"] < end for event in row["events"]),
        key=lambda found: (-found[0], found[1]),
    )
    return list(dict.fromkeys(event for _, event in rows))[:_MOST_EVENTS]
