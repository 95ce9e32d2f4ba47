"""A desk, tables and issue files to publish in tests: invented, in our own words."""

import math
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from marsad.domain.desk import Desk, parse_desk
from marsad.domain.tables import BREAKS, LEVELS, STANDINGS
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
    return {
        "levels": LEVELS.from_rows(levels),
        "standings": STANDINGS.from_rows(standings),
        "breaks": BREAKS.from_rows(breaks),
    }
