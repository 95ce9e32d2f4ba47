"""How good the forecasts were, against the base rate that stood beside each of them."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from marsad import scoring

Floats = npt.NDArray[np.float64]
OVERALL = "all"
_S, _F, _I = pa.string(), pa.float64(), pa.int32()

SCORECARD = pa.schema(
    [
        ("model", _S),
        ("group", _S),  # all, or a quad class
        ("n", _I),  # resolved yes or no
        ("n_happened", _I),
        ("n_void", _I),  # left out: collection failed
        ("n_backfilled", _I),  # of n, made later than their origin
        ("brier", _F),
        ("base_brier", _F),
        ("skill", _F),  # 1 - brier / base_brier
        ("skill_low", _F),  # 95 % interval, resampling dyads; null with fewer than two
        ("skill_high", _F),
        ("log_score", _F),  # nats
        ("base_log_score", _F),
        ("calibration_error", _F),
        ("resolution", _F),  # Murphy's
    ]
)

RELIABILITY = pa.schema(
    [
        ("model", _S),
        ("group", _S),
        ("bin", _I),  # 0 holds the lowest forecasts
        ("n", _I),
        ("forecast", _F),
        ("observed", _F),
        ("low", _F),  # 95 % Wilson interval of observed
        ("high", _F),
    ]
)


def scorecard(forecasts: pa.Table, resolutions: pa.Table, *, seed: int = 0, n_resamples: int = 1000) -> pa.Table:
    """Score the resolved forecasts, over all and by quad class.

    An origin is scored once all its forecasts due the same day are resolved: before that only what happened early is
    known, and scoring it would flatter whoever says yes.

    The interval of skill comes from drawing whole dyads anew (:func:`marsad.scoring.skill_interval`).

    Args:
        forecasts: one row per question, origin and model.
        resolutions: one row per (question, origin).
        seed: of the resampling.
        n_resamples: how often dyads are drawn anew.

    Returns:
        ``SCORECARD``, one row per (model, group) with something resolved yes or no; models by name, ``all`` first.

    >>> from marsad.domain.tables import FORECASTS, RESOLUTIONS
    >>> scorecard(FORECASTS.empty(), RESOLUTIONS.empty()).num_rows
    0
    """
    rows = []
    for model, group, members, n_void in _groups(forecasts, resolutions):
        p, base, outcomes = (_numbers(members, name) for name in ("probability", "base_rate", "outcome"))
        brier, base_brier = scoring.brier_score(p, outcomes), scoring.brier_score(base, outcomes)
        dyads = [(row["source"], row["target"]) for row in members]
        sure = scoring.skill_interval((p - outcomes) ** 2, (base - outcomes) ** 2, dyads, seed, n_resamples)
        low, high = sure or (None, None)
        rows.append(
            {
                "model": model,
                "group": group,
                "n": len(members),
                "n_happened": int(outcomes.sum()),
                "n_void": n_void,
                "n_backfilled": sum(bool(row["backfilled"]) for row in members),
                "brier": brier,
                "base_brier": base_brier,
                "skill": scoring.skill(brier, base_brier),
                "skill_low": low,
                "skill_high": high,
                "log_score": scoring.log_score(p, outcomes),
                "base_log_score": scoring.log_score(base, outcomes),
                "calibration_error": scoring.calibration_error(p, outcomes),
                "resolution": scoring.murphy(p, outcomes).resolution,
            }
        )
    return pa.Table.from_pylist(rows, schema=SCORECARD)


def reliability_table(forecasts: pa.Table, resolutions: pa.Table, n_bins: int = 10) -> pa.Table:
    """Compare what was said with what happened, in bins of like forecasts.

    Args:
        forecasts: one row per question, origin and model.
        resolutions: one row per (question, origin).
        n_bins: bins of equal count to aim for.

    Returns:
        ``RELIABILITY``, one row per (model, group, bin), lowest forecasts first.

    Raises:
        OutOfRange: ``n_bins`` below 1.

    >>> from marsad.domain.tables import FORECASTS, RESOLUTIONS
    >>> reliability_table(FORECASTS.empty(), RESOLUTIONS.empty()).num_rows
    0
    """
    rows = [
        {"model": model, "group": group, "bin": number, **found._asdict()}
        for model, group, members, _ in _groups(forecasts, resolutions)
        for number, found in enumerate(
            scoring.reliability(_numbers(members, "probability"), _numbers(members, "outcome"), n_bins)
        )
    ]
    return pa.Table.from_pylist(rows, schema=RELIABILITY)


def _groups(forecasts: pa.Table, resolutions: pa.Table) -> Iterator[tuple[str, str, list[dict[str, Any]], int]]:
    """Give model, group, its forecasts resolved yes or no, and how many were void."""
    keys = zip(resolutions["question_id"].to_pylist(), resolutions["origin"].to_pylist(), strict=True)
    outcome = dict(zip(keys, resolutions["outcome"].to_pylist(), strict=True))
    opened = forecasts.drop_columns(["reasons"]).to_pylist()
    pending = {(row["origin"], row["due"]) for row in opened if (row["question_id"], row["origin"]) not in outcome}
    resolved = [
        row | {"outcome": outcome[row["question_id"], row["origin"]]}
        for row in opened
        if (row["origin"], row["due"]) not in pending
    ]
    resolved.sort(key=lambda row: (row["model"], row["origin"], row["question_id"]))
    for model in dict.fromkeys(row["model"] for row in resolved):
        ours = [row for row in resolved if row["model"] == model]
        for group in (OVERALL, *sorted({row["quad_class"] for row in ours})):
            asked = [row for row in ours if group in {OVERALL, row["quad_class"]}]
            members = [row for row in asked if row["outcome"] is not None]
            if members:
                yield model, group, members, len(asked) - len(members)


def _numbers(rows: list[dict[str, Any]], name: str) -> Floats:
    return np.array([row[name] for row in rows], dtype=np.float64)
