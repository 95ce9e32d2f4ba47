"""A desk, tables and issue files to publish in tests: invented, in our own words."""

import math
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from marsad.domain.desk import Desk, parse_desk
from marsad.domain.tables import BREAKS, DYAD_WEEKS, LEVELS, MOVERS, STANDINGS
from marsad.domain.week import Week

SAMPLES = Path(__file__).parent / "samples"
LANGUAGES = ("ar", "en", "fa", "ps")
KNOWN = datetime(2026, 6, 1, tzinfo=UTC)
RUN = "2026-W22"


def markdown(language: str) -> str:
    return (SAMPLES / f"issue.{language}.md").read_text(encoding="utf-8")


def desk() -> Desk:
    return parse_desk((SAMPLES / "desk.toml").read_text(encoding="utf-8"))


def tables() -> dict[str, pa.Table]:
    last = Week.parse(RUN)
    levels = []
    for back in range(26):
        week = last.shift(back - 25)
        cooperation = 1.8 + 0.35 * math.sin(back / 2.5) + (1.0 if back >= 23 else 0.0)
        conflict = 0.8 + 0.3 * math.cos(back / 3)
        for ladder, mean in (("cooperation", cooperation), ("conflict", conflict)):
            is_covered = back not in {9, 10}
            levels.append(
                {
                    "run": RUN, "source": "AFG", "target": "UZB", "ladder": ladder, "week": str(week), "mean": mean,
                    "low": max(0.0, mean - 0.6), "high": mean + 0.7, "n_events": 3 + back % 4, "is_covered": is_covered, "known_at": KNOWN,
                }
            )  # fmt: skip
    standings = [
        {"run": RUN, "source": "AFG", "target": "UZB", "ladder": "cooperation", "commitment": "trade", "rung": 2, "opened": date(2024, 8, 17), "known_at": KNOWN},
        {"run": RUN, "source": "AFG", "target": "UZB", "ladder": "cooperation", "commitment": "treaty", "rung": 3, "opened": date(2026, 5, 27), "known_at": KNOWN},
    ]  # fmt: skip
    breaks = [
        {"run": RUN, "source": "AFG", "target": "UZB", "ladder": "cooperation", "week": "2026-W20", "from_rung": 2, "to_rung": 3, "probability": 0.87, "known_at": KNOWN}
    ]  # fmt: skip
    movers = [
        {"run": RUN, "source": "AFG", "target": "UZB", "field": "economic", "surprise": 6.25, "direction": 1.0, "n_events": 3, "known_at": KNOWN},
        {"run": RUN, "source": "AFG", "target": "PAK", "field": "security", "surprise": 2.5, "direction": -0.5, "n_events": 4, "known_at": KNOWN},
        {"run": RUN, "source": "AFG", "target": "IRN", "field": "social", "surprise": 0.75, "direction": 0.0, "n_events": 2, "known_at": KNOWN},
    ]  # fmt: skip
    return {
        "movers": MOVERS.from_rows(movers),
        "dyad_weeks": DYAD_WEEKS.from_rows(
            [
                dyad_week("AFG", "UZB", good=2),
                dyad_week("UZB", "AFG", good=1, bad=1),
                dyad_week("AFG", "PAK", bad=5),
                dyad_week("AFG", "AFG", good=9),
                dyad_week("PAK", "AFG", week="2026-W09", good=9),
                dyad_week("AFG", "PAK", counting="mentions", good=70),
            ]
        ),
        "reliability": reliability([(0, 40, 0.02, 0.05), (1, 60, 0.3, 0.25)]),
        "levels": LEVELS.from_rows(levels),
        "standings": STANDINGS.from_rows(standings),
        "breaks": BREAKS.from_rows(breaks),
    }


def dyad_week(source, target, *, week=RUN, counting="events", good=0, bad=0):
    return {
        "run": RUN, "source": source, "target": target, "week": week, "counting": counting, "n_events": good + bad,
        "n_verbal_cooperation": good, "n_material_cooperation": 0, "n_verbal_conflict": 0, "n_material_conflict": bad, "known_at": KNOWN,
    }  # fmt: skip


def reliability(bins, model="decayed-rate-1", group="all") -> pa.Table:
    rows = [
        {"model": model, "group": group, "bin": number, "n": n, "forecast": said, "observed": seen, "low": max(0.0, seen - 0.04), "high": seen + 0.06}
        for number, n, said, seen in bins
    ]  # fmt: skip
    return pa.Table.from_pylist(rows)
