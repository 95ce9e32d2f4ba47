"""From the tables known at a cutoff to the measures of a week, and to the answer of `marsad level`."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from marsad import measure, write
from marsad.domain.desk import Desk
from marsad.domain.ladder import CONFLICT_RUNGS, COOPERATION_RUNGS
from marsad.domain.week import Week
from marsad.domain.words import Counting, Ladder, Status
from marsad.errors import BadInput
from marsad.store import Store
from marsad.vocab.actors import load_registry

Tables = Mapping[str, pa.Table]

LEVEL_WEEKS = 156
"""Weeks of activity an issue looks back on: three years."""


def read_known(store: Store, week: Week, as_of: datetime) -> dict[str, pa.Table]:
    """Return what was known at the cutoff: reports, mentions, coverage, and the events that count by the week's end."""
    events = store.read("events", as_of=as_of)
    return {
        "reports": store.read("reports", as_of=as_of),
        "mentions": store.read("mentions", as_of=as_of),
        "coverage": store.read("coverage", as_of=as_of),
        "events": reported(events.filter(pc.less_equal(events["event_date"], pa.scalar(week.end)))),
    }


def reported(events: pa.Table) -> pa.Table:
    """Return the events that count: told as having happened, and not waiting for a person's review."""
    waits = pc.fill_null(events["review"], fill_value=False)
    return events.filter(pc.and_(pc.equal(events["status"], Status.REPORTED.value), pc.invert(waits)))


def measure_week(known: Tables, desk: Desk, week: Week, as_of: datetime, store: Store) -> dict[str, pa.Table]:
    """Return every measure of the week's run; drivers, gains and spillover for the issue's subject."""
    events, run = known["events"], str(week)
    measured = {
        "dyad_weeks": _dyad_weeks(known, run, as_of, store),
        "standings": measure.standings(events, run=run, as_of=as_of),
        "breaks": measure.breaks(events, run=run, as_of=as_of, coverage=known["coverage"]),
        "movers": measure.movers(events, week, run=run, as_of=as_of),
    }
    source, target = write.choose_subject({**known, **measured}, week, desk)
    pairs = sorted({tuple(sorted(pair)) for pair in (*desk.watched, (source, target))})
    measured["levels"] = measure.levels(events, _weeks(week), known["coverage"], run=run, as_of=as_of, pairs=pairs)
    at = write.subject_break(measured["breaks"], source, target)
    measured["gains"] = measure.gains(events, source, target, run=run, as_of=as_of)
    measured["drivers"] = measure.drivers(events, source, target, at, run=run, as_of=as_of)
    measured["spillover"] = measure.spillover(events, source, target, at, desk.groups, run=run, as_of=as_of)
    return measured
