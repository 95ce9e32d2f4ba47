from datetime import timedelta

import ibis
import pytest

from marsad.domain.tables import COVERAGE, MENTIONS
from marsad.domain.week import Week
from marsad.domain.words import Counting
from marsad.measure.breaks import breaks
from marsad.measure.completeness import completeness
from marsad.measure.drivers import Circle, drivers
from marsad.measure.dyad_weeks import dyad_weeks
from marsad.measure.movers import movers, salience
from marsad.measure.spillover import spillover
from measure.samples import MONDAY, RUN, act, after, table, weekly

N = 24
FAILED = range(14, 18)
AT = Week.of(MONDAY).shift(12)


def ledger(failed, n=N):
    """Ten reports due every day of n weeks; none received in the weeks that failed."""
    return COVERAGE.from_rows(
        [
            {
                "feed": "tass",
                "day": MONDAY + timedelta(days=day),
                "expected": 10,
                "received": 0 if day // 7 in failed else 10,
                "failed": 10 if day // 7 in failed else 0,
                "known_at": after(n),
            }
            for day in range(7 * n)
        ]
    )


def steady(kind="ASSAULT", source="PAK", target="AFG"):
    """Four acts a week, and none on the record in the weeks that failed."""
    return weekly([0 if n in FAILED else 4 for n in range(N)], source, target, kind)


def test_a_failed_week_is_missing_and_a_day_without_anything_due_is_whole():
    first = Week.of(MONDAY).index
    assert completeness(ledger([1], 3), first, first + 2, after(3)).tolist() == [1, 0, 1]
    assert completeness(None, first, first + 2, after(3)).tolist() == [1, 1, 1]
    assert completeness(ledger([]), first, first, after(0) + timedelta(days=3.5)).tolist() == [0.5]


def test_a_failed_week_has_no_dyad_week_and_no_share_of_a_later_one():
    rows = [act(MONDAY, "RUS", "AFG", "CONSULT"), act(MONDAY + timedelta(weeks=2), "RUS", "AFG", "CONSULT")]
    tables = [ibis.memtable(each) for each in (table(rows), MENTIONS.empty())]
    found = dyad_weeks(*tables, Counting.EVENTS, ibis.memtable(ledger([1], 3)), run=RUN, as_of=after(3))
    weekly_rows = {row["week"]: (row["n_events"], row["coverage"]) for row in found.to_pyarrow().to_pylist()}
    assert weekly_rows == {str(Week.of(MONDAY)): (1, 1.0), str(Week.of(MONDAY).shift(2)): (1, 1.0)}


def test_a_failed_week_is_no_fall_of_a_pair_that_acts_every_week():
    def falls(coverage):
        found = breaks(table(steady()), coverage, run=RUN, as_of=after(N)).to_pylist()
        return [(row["week"], row["to_rung"]) for row in found if row["to_rung"] < row["from_rung"]]

    assert falls(None) == [(str(Week.of(MONDAY).shift(14)), 0)]
    assert falls(ledger(FAILED)) == []


@pytest.mark.parametrize(("coverage", "rate"), [(None, 4 * 8 / 12), (ledger(FAILED), 4)])
def test_a_failed_week_does_not_lower_a_driver(coverage, rate):
    rows = steady("ACCUSE", "AFG", "PAK")
    circle = Circle(frozenset(), frozenset())
    found = drivers(table(rows), "PAK", "AFG", AT, coverage, run=RUN, as_of=after(N), circle=circle, span_weeks=12)
    (row,) = [row for row in found.to_pylist() if row["driver"] == "hostile_to_source"]
    assert (row["before"], row["after"]) == (4, pytest.approx(rate))


@pytest.mark.parametrize(("coverage", "rate"), [(None, 4 * 8 / 12), (ledger(FAILED), 4)])
def test_a_failed_week_does_not_lower_what_a_third_party_did(coverage, rate):
    groups = {"neighbours": ["PAK"]}
    found = spillover(
        table(steady("ACCUSE", "PAK", "AFG")),
        "RUS",
        "AFG",
        AT,
        groups,
        coverage=coverage,
        run=RUN,
        as_of=after(N),
        span_weeks=12,
    )
    (row,) = found.to_pylist()
    assert (row["before"], row["after"]) == (4, pytest.approx(rate))


def test_a_failed_week_makes_no_later_week_a_surprise():
    rows, week = table(steady("CONSULT")), Week.of(MONDAY).shift(18)
    surprise = {
        name: movers(events, week, coverage, run=RUN, as_of=after(19))["surprise"][0].as_py()
        for name, events, coverage in (
            ("failed", rows, ledger(FAILED)),
            ("silent", rows, None),
            ("whole", table(weekly([4] * 19, "PAK", "AFG", "CONSULT")), None),
        )
    }
    assert surprise["whole"] < surprise["failed"] < surprise["silent"]
    silent, failed = (
        salience(rows, week, coverage, as_of=after(19))["salience"][0].as_py() for coverage in (None, ledger(FAILED))
    )
    assert failed < silent
