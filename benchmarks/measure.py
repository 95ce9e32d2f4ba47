"""What the measures are worth, as figures: simulation, thinning, known turning points, outside truth, speed.

Run: python benchmarks/measure.py simulate | turning-points | outside | speed   (SHARED names the folder of outside data)
"""

import csv
import os
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from marsad.domain.week import Week
from marsad.measure.acts import read
from marsad.measure.breaks import FLOW, breaks

HERE = Path(__file__).parent
TOLERANCE_DAYS = 14


def turning_points(events, as_of, flow=FLOW):
    """Recall of the written-down list, by ladder and direction, against chance; false rises per quiet pair-year."""
    found = [row for row in breaks(events, run="bench", as_of=as_of, flow=flow).to_pylist()]
    with (HERE / "turning_points_2014.csv").open(encoding="utf-8") as file:
        points = list(csv.DictReader(file))
    by_pair = {}
    for row in found:
        by_pair.setdefault((row["source"], row["target"], row["ladder"]), []).append(row)
    hits = []
    for point in points:
        day = date.fromisoformat(point["date"])
        mine = by_pair.get((*sorted((point["source"], point["target"])), point["ladder"]), [])
        near = [row for row in mine if distance(row["week"], day) <= TOLERANCE_DAYS]
        right_way = [row for row in near if is_rise(row) == (point["direction"] == "rise")]
        hits.append((point, bool(near), bool(right_way), chance(mine)))
    return hits, false_rises(events, as_of, found)


def is_rise(row):
    return row["to_rung"] > row["from_rung"]


def distance(week, day):
    start, end = Week.parse(week).start, Week.parse(week).end
    return max((start - day).days, (day - end).days, 0)


def chance(mine):
    """Share of the year's days that lie near some break of the pair."""
    days = [date(2014, 1, 1) + timedelta(days=d) for d in range(365)]
    return np.mean([any(distance(row["week"], day) <= TOLERANCE_DAYS for row in mine) for day in days])


def false_rises(events, as_of, found):
    """Rises per pair-year over all quiet pairs: 44 to 400 events, at most 15 % of them conflict."""
    acts = read(events, as_of)
    total = np.bincount(acts.pair, minlength=len(acts.pairs))
    conflict = np.bincount(acts.pair[acts.is_conflict], minlength=len(acts.pairs))
    quiet = np.flatnonzero((total >= 44) & (total <= 400) & (conflict <= 0.15 * total))
    names = {acts.pair_names(i) for i in quiet.tolist()}
    years = len(names) * (acts.day[-1] - acts.day[0] + 1) / 365.25
    rises = [row for row in found if (row["source"], row["target"]) in names and is_rise(row)]
    return len(names), {
        ladder: sum(row["ladder"] == ladder for row in rises) / max(years, 1e-9)
        for ladder in ("cooperation", "conflict")
    }
