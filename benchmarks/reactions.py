"""Reactions against what third parties would have done anyway, on a desk's record.

Run: python benchmarks/reactions.py DESK [LAST-DAY] [HORIZON-WEEKS]
Both answer the same questions at the same origins, by stance and field: third parties of the desk's groups towards both
sides of each watched pair in a week with something weighty between the two.
"""

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from marsad import forecast, review, scoring
from marsad.desk import open_desk
from marsad.domain.fields import kind_asked
from marsad.domain.tables import RESOLUTIONS

N_ORIGINS = 52
END = datetime(2100, 1, 1, tzinfo=UTC)


def main(folder: Path, last: date, horizon: int) -> None:
    """Print Brier, log score, calibration error and skill of both, over all and by stance and field."""
    desk = open_desk(folder)
    events, groups, watched = desk.table("events"), desk.settings.groups, desk.settings.watched
    origins = [last - timedelta(weeks=i) for i in range(N_ORIGINS)]
    reactions = forecast.backfill_reactions(events, origins, groups, watched, horizon)
    resolved = review.resolve(reactions, RESOLUTIONS.empty(), events, desk.table("coverage"), known_at=END)
    outcome = {(row["question_id"], row["origin"]): row["outcome"] for row in resolved.to_pylist()}
    rows = _decided(reactions.to_pylist(), outcome)
    for kind in ("all", *sorted({kind_asked(row) for row in rows})):
        ours = [row for row in rows if kind in {"all", kind_asked(row)}]
        print(kind)
        _print("reaction", ours)
        _print("anyway", [row | {"probability": row["anyway"]} for row in ours])


def _decided(rows: list[dict[str, Any]], outcome: dict[Any, Any]) -> list[dict[str, Any]]:
    found = [row | {"outcome": outcome.get((row["question_id"], row["origin"]))} for row in rows]
    return [row for row in found if row["outcome"] is not None]


def _print(name: str, rows: list[dict[str, Any]]) -> None:
    p, base, o = (np.array([row[c] for row in rows], float) for c in ("probability", "base_rate", "outcome"))
    brier, base_brier = scoring.brier_score(p, o), scoring.brier_score(base, o)
    low, high = scoring.skill_interval((p - o) ** 2, (base - o) ** 2, [row["origin"] for row in rows], 0) or (0, 0)
    print(
        f"{name:<9} n {len(rows)} true {int(o.sum())} said {p.sum():.1f} Brier {brier:.5f} "
        f"log {scoring.log_score(p, o):.5f} calibration error {scoring.calibration_error(p, o):.4f} "
        f"skill {scoring.skill(brier, base_brier) or 0:+.4f} ({low:+.4f} .. {high:+.4f})"
    )


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        date.fromisoformat(sys.argv[2]) if len(sys.argv) > 2 else date(2026, 5, 31),
        int(sys.argv[3]) if len(sys.argv) > 3 else 4,
    )
