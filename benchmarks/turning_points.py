"""Known turning points of 2014 and 2018 against the breaks, and against what else is in use, at the same false alarms.

``python benchmarks/turning_points.py`` prints the tables, ``--points`` each point too. The lists were written down from
public record before any result on them was seen. Peers (``ruptures`` needs the extra ``dev``) are given, year by year
and ladder by ladder, the threshold at which quiet pairs show as many false rises as under the breaks.
"""

import csv
import hashlib
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from marsad.domain.week import Week
from marsad.domain.words import Ladder
from marsad.measure.acts import Acts, last_whole_week, read, week_of
from marsad.measure.breaks import breaks
from measure import HERE, YEARS, Array, events_of

TOLERANCE_DAYS = 14
BASELINE_WEEKS = 12
QUIET = range(44, 401)  # events in the year, at most 15 % of them conflict


@dataclass(frozen=True)
class Point:
    """One line of a list."""

    day: date
    pair: tuple[str, str]
    ladder: Ladder
    rises: bool
    what: str
    is_tuned_on: bool
    n_acts: int  # on the ladder within the tolerance: on fewer than three no method can see it


@dataclass(frozen=True)
class Found:
    """One change a method names."""

    pair: tuple[str, str]
    ladder: Ladder
    week: Week
    direction: int  # 1 up, -1 down, 0 in number alone


@dataclass(frozen=True)
class Year:
    """A year's events and points, and its quiet pairs."""

    year: int
    acts: Acts
    points: list[Point]
    quiet: frozenset[tuple[str, str]]
    ours: list[Found]

    @property
    def quiet_pair_years(self) -> float:
        return len(self.quiet) * float(self.acts.day[-1] - self.acts.day[0] + 1) / 365.25

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return sorted(self.quiet | {point.pair for point in self.points})

    def false_rises(self, found: Iterable[Found], ladder: Ladder) -> float:
        """Rises per quiet pair and year."""
        rises = [f for f in found if f.ladder is ladder and f.direction > 0 and f.pair in self.quiet]
        return len(rises) / self.quiet_pair_years

    def hits(self, found: Iterable[Found], *, any_direction: bool = False) -> list[Point]:
        """The points with a change on the right ladder, the right way, near enough."""
        by_place: dict[tuple[tuple[str, str], Ladder], list[Found]] = {}
        for change in found:
            by_place.setdefault((change.pair, change.ladder), []).append(change)
        return [
            point
            for point in self.points
            if any(
                distance(change.week, point.day) <= TOLERANCE_DAYS
                and (any_direction or change.direction == (1 if point.rises else -1))
                for change in by_place.get((point.pair, point.ladder), [])
            )
        ]


def load(year: int) -> Year:
    """Read a year's events and its list, and find the breaks."""
    events, as_of = events_of(year)
    acts = read(events, as_of)
    with (HERE / f"turning_points_{year}.csv").open(encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=digest)
    points = [_point(acts, row, is_tuned_on=n < (len(rows) + 1) // 2) for n, row in enumerate(rows)]
    total = np.bincount(acts.pair, minlength=len(acts.pairs))
    conflict = np.bincount(acts.pair[acts.is_conflict], minlength=len(acts.pairs))
    quiet = np.flatnonzero(np.isin(total, QUIET) & (conflict <= 0.15 * total))
    ours = [
        Found(
            (row["source"], row["target"]),
            Ladder(row["ladder"]),
            Week.parse(row["week"]),
            int(np.sign(row["to_rung"] - row["from_rung"])),
        )
        for row in breaks(events, run="bench", as_of=as_of).to_pylist()
    ]
    names = frozenset(acts.pair_names(i) for i in quiet.tolist())
    return Year(year, acts, sorted(points, key=lambda point: point.day), names, ours)


def digest(row: dict[str, str]) -> bytes:
    """A fixed order that has nothing to do with the points: thresholds were chosen on the first half only."""
    return hashlib.sha256(f"{row['date']}-{row['source']}-{row['target']}".encode()).digest()


def _point(acts: Acts, row: dict[str, str], *, is_tuned_on: bool) -> Point:
    first, second = sorted((row["source"], row["target"]))
    day, ladder = date.fromisoformat(row["date"]), Ladder(row["ladder"])
    ends = [acts.number_of(actor) for actor in (first, second)]
    near = np.isin(acts.source, ends) & np.isin(acts.target, ends)
    near &= (np.abs(acts.day - (day - date(1970, 1, 1)).days) <= TOLERANCE_DAYS) & (
        acts.is_conflict == (ladder is Ladder.CONFLICT)
    )
    return Point(day, (first, second), ladder, row["direction"] == "rise", row["what"], is_tuned_on, int(near.sum()))


def distance(week: Week, day: date) -> int:
    """Days between a day and the nearest day of a week."""
    return max((week.start - day).days, (day - week.end).days, 0)


def chance(year: Year, found: Iterable[Found]) -> float:
    """Points expected to be hit if their days were drawn from the year."""
    first = date(1970, 1, 1) + timedelta(days=int(year.acts.day[0]))
    days = [first + timedelta(days=d) for d in range(int(year.acts.day[-1] - year.acts.day[0]) + 1)]
    weeks: dict[tuple[Any, ...], list[Week]] = {}
    for change in found:
        weeks.setdefault((change.pair, change.ladder, change.direction), []).append(change.week)
    return sum(
        float(np.mean([any(distance(week, day) <= TOLERANCE_DAYS for week in mine) for day in days]))
        for point in year.points
        if (mine := weeks.get((point.pair, point.ladder, 1 if point.rises else -1)))
    )


# What else is in use.


def z_score(weekly: Array) -> Array:
    """Standard deviations (at least one act, or one point of the scale) a week lies above its last twelve."""
    out = np.full(len(weekly), -np.inf)
    for week in range(4, len(weekly)):
        past = weekly[max(0, week - BASELINE_WEEKS) : week]
        past = past[~np.isnan(past)]
        if len(past) >= 2 and not np.isnan(weekly[week]):
            out[week] = (weekly[week] - past.mean()) / max(past.std(), 1.0)
    return out


def series(year: Year, ladder: Ladder, pair: tuple[str, str]) -> tuple[Array, Array]:
    """A pair's weekly count of acts on a ladder, and its weekly mean Goldstein, turned so that a rise is up."""
    acts = year.acts
    ends = [acts.number_of(actor) for actor in pair]
    mine = np.flatnonzero(np.isin(acts.source, ends) & np.isin(acts.target, ends))
    first, last = int(acts.week[0]), last_whole_week(YEARS[year.year][1])
    mine = mine[acts.week[mine] <= last]
    on_ladder = mine[acts.is_conflict[mine] == (ladder is Ladder.CONFLICT)]
    n_weeks = last - first + 1
    counts = np.bincount(acts.week[on_ladder] - first, minlength=n_weeks).astype(float)
    weight = np.nan_to_num(np.asarray(acts.table["goldstein"].to_numpy(zero_copy_only=False), dtype=float))[mine]
    total = np.bincount(acts.week[mine] - first, minlength=n_weeks)
    summed = np.bincount(acts.week[mine] - first, weight, n_weeks)
    mean = np.where(total > 0, summed / np.maximum(total, 1), np.nan)
    return counts, -mean if ladder is Ladder.CONFLICT else mean


def over(year: Year, ladder: Ladder, scores: dict[Any, Array], threshold: float) -> list[Found]:
    """Weeks at or over a threshold whose week before was not."""
    first = int(year.acts.week[0])
    return [
        Found(pair, ladder, week_of(first + week), 1)
        for pair, score in scores.items()
        for week in np.flatnonzero((score >= threshold) & (np.r_[-np.inf, score[:-1]] < threshold)).tolist()
    ]


def ruptures_of(year: Year, ladder: Ladder) -> Callable[[float], list[Found]]:
    """Kernel change points (least squares on roots of counts), in hindsight over the whole year, by penalty."""
    import ruptures

    first = int(year.acts.week[0])
    roots = {pair: np.sqrt(series(year, ladder, pair)[0]) for pair in year.pairs}
    fitted = {pair: ruptures.KernelCPD(kernel="linear", min_size=2).fit(root[:, None]) for pair, root in roots.items()}

    def at(penalty: float) -> list[Found]:
        found = []
        for pair, model in fitted.items():
            ends = [0, *model.predict(pen=penalty)]
            means = [roots[pair][a:b].mean() for a, b in pairwise(ends)]
            found += [
                Found(pair, ladder, week_of(first + int(end)), 1 if after > before else -1)
                for end, before, after in zip(ends[1:-1], means, means[1:], strict=False)
            ]
        return found

    return at


def at_same_alarms(year: Year, ladder: Ladder, method: Callable[[float], list[Found]]) -> list[Found]:
    """What a method finds at the lowest threshold that gives quiet pairs no more false rises than the breaks do."""
    allowed = year.false_rises(year.ours, ladder)
    low, high = 0.1, 64.0
    for _ in range(18):
        middle = (low + high) / 2
        if year.false_rises(method(middle), ladder) > allowed:
            low = middle
        else:
            high = middle
    return method(high)


def peers(year: Year) -> dict[str, list[Found]]:
    """What each peer finds on both ladders."""
    found: dict[str, list[Found]] = {"z-score of counts": [], "mean Goldstein, z-score": [], "ruptures": []}
    for ladder in Ladder:
        both = {pair: series(year, ladder, pair) for pair in year.pairs}
        for name, which in (("z-score of counts", 0), ("mean Goldstein, z-score", 1)):
            scores = {pair: z_score(weekly[which]) for pair, weekly in both.items()}
            found[name] += at_same_alarms(year, ladder, partial(over, year, ladder, scores))
        found["ruptures"] += at_same_alarms(year, ladder, ruptures_of(year, ladder))
    return found


def main(*, every_point: bool) -> None:
    """Print the tables."""
    for number in YEARS:
        year = load(number)
        rate = {ladder: year.false_rises(year.ours, ladder) for ladder in Ladder}
        told = ", ".join(f"{ladder} {value:.2f}" for ladder, value in rate.items())
        print(
            f"{number}: false rises per quiet pair-year, {len(year.quiet)} pairs: {told}, sum {sum(rate.values()):.2f}"
        )
        hits, near = year.hits(year.ours), year.hits(year.ours, any_direction=True)
        if every_point:
            for point in year.points:
                mark = "hit " if point in hits else "near" if point in near else "-   "
                way = "rise" if point.rises else "fall"
                pair = "-".join(point.pair)
                print(f"  {mark} {point.n_acts:4} acts {point.day} {pair} {point.ladder} {way}: {point.what}")
        groups: dict[str, Callable[[Point], bool]] = {
            "all points": lambda _: True,
            "cooperation": lambda point: point.ladder is Ladder.COOPERATION,
            "conflict": lambda point: point.ladder is Ladder.CONFLICT,
            "three acts near": lambda point: point.n_acts >= 3,
            "half tuned on": lambda point: point.is_tuned_on,
            "other half": lambda point: not point.is_tuned_on,
        }
        for name, belongs in groups.items():
            n, n_hits, n_near = (sum(map(belongs, some)) for some in (year.points, hits, near))
            print(f"  {name:16} {n_hits} of {n} ({n_hits / n:.0%}), {n_near} near in any direction")
        print(f"  by chance        {chance(year, year.ours):.1f}")
        print("  at the same false rises, year by year and ladder by ladder:")
        for name, found in {"breaks": year.ours, **peers(year)}.items():
            found_hits = year.hits(found)
            n_cooperation = sum(point.ladder is Ladder.COOPERATION for point in found_hits)
            print(
                f"    {name:24} {len(found_hits)} of {len(year.points)} "
                f"({n_cooperation} cooperation, {len(found_hits) - n_cooperation} conflict)"
            )


if __name__ == "__main__":
    main(every_point="--points" in sys.argv[1:])
