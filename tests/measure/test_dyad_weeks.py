from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import ibis
import ibis.config
import pyarrow as pa
import pytest

from marsad.domain.tables import DYAD_WEEKS, EVENTS, MENTIONS
from marsad.domain.words import Counting
from marsad.measure.dyad_weeks import dyad_weeks
from measure.samples import AS_OF, RUN, act, table

SNAPSHOTS = Path(__file__).parent / "snapshots"


class SparkOptions(ibis.config.Config):
    """What Ibis registers once pyspark is installed; the SQL needs no Spark."""

    treat_nan_as_null: bool = False


def mention(event_id, report_id, story_id=None, outlet="TASS", start=0):
    return {
        "event_id": event_id,
        "report_id": report_id,
        "quote_start": start,
        "story_id": story_id or report_id,
        "outlet": outlet,
        "known_at": datetime(2026, 5, 30, tzinfo=UTC),
    }


def count(rows, mentions=(), counting=Counting.EVENTS):
    told = MENTIONS.from_rows(list(mentions))
    found = dyad_weeks(ibis.memtable(table(rows)), ibis.memtable(told), counting, run=RUN, as_of=AS_OF).to_pyarrow()
    return found.cast(DYAD_WEEKS.schema).sort_by([("source", "ascending"), ("week", "ascending")]).to_pylist()


def test_counts_mean_and_share_of_one_dyad_week():
    rows = [
        act("2026-05-25", "RUS", "AFG", "CONSULT", event_id="a", goldstein=1.0),
        act("2026-05-31", "RUS", "AFG", "AID", event_id="b", goldstein=7.0),
        act("2026-05-27", "RUS", "AFG", "ACCUSE", event_id="c", goldstein=None),
        act("2026-05-27", "AFG", "RUS", "ASSAULT", event_id="d", goldstein=-10.0),
    ]
    back, forth = count(rows)
    assert (back["source"], back["n_material_conflict"], back["goldstein_mean"], back["material_share"]) == (
        "AFG",
        1,
        -10.0,
        1.0,
    )
    assert (forth["week"], forth["n_events"]) == ("2026-W22", 3)
    assert (forth["n_verbal_cooperation"], forth["n_material_cooperation"], forth["n_verbal_conflict"]) == (1, 1, 1)
    assert (forth["goldstein_mean"], forth["material_share"]) == (4.0, pytest.approx(1 / 3))
    assert (forth["n_reports"], forth["n_outlets"]) == (0, 0)


def test_wire_copies_weigh_under_mentions_and_reports_but_not_under_stories():
    rows = [
        act("2026-05-25", "RUS", "AFG", "CONSULT", event_id="a"),
        act("2026-05-26", "RUS", "AFG", "AID", event_id="b"),
    ]
    mentions = [
        mention("a", "r1", "s1", "TASS"),
        mention("a", "r1", "s1", "TASS", start=40),
        mention("a", "r2", "s1", "Ariana"),
        mention("a", "r3", "s1", "Ariana"),
    ]
    n = {counting: count(rows, mentions, counting)[0]["n_events"] for counting in Counting}
    assert n == {"mentions": 4 + 1, "reports": 3 + 1, "stories": 1 + 1, "outlets": 2 + 1, "events": 2}
    row = count(rows, mentions, Counting.REPORTS)[0]
    assert (row["n_reports"], row["n_outlets"], row["material_share"]) == (3, 2, 0.25)


def test_what_may_not_be_seen_is_not_counted():
    rows = [
        act("2026-05-25", "RUS", "AFG", "CONSULT", event_id="a", status="negated"),
        act("2026-05-25", "RUS", "AFG", "CONSULT", event_id="b", review=True),
        act("2026-05-25", "RUS", "AFG", "CONSULT", event_id="c", known_at=datetime(2026, 6, 3, tzinfo=UTC)),
        act("2026-06-01", "RUS", "AFG", "CONSULT", event_id="d", known_at=AS_OF),
        act("2026-05-25", "RUS", "RUS", "CONSULT", event_id="e"),
    ]
    assert count(rows) == []


def test_the_week_is_the_iso_week_on_every_day_of_a_whole_leap_cycle():
    days = [date(1999, 12, 20) + timedelta(days=d) for d in range(28 * 366)]
    rows = pa.table({"event_date": days, "event_id": [str(d) for d in days]})
    columns = {
        name: pa.repeat(pa.scalar(value, EVENTS.schema.field(name).type), len(days))
        for name, value in {
            "source": "A",
            "target": "B",
            "status": "reported",
            "review": False,
            "quad_class": "verbal_conflict",
            "goldstein": 1.0,
            "known_at": datetime(1999, 1, 1, tzinfo=UTC),
        }.items()
    }
    for name, column in columns.items():
        rows = rows.append_column(name, column)
    # One target per day keeps each day's week apart.
    rows = rows.set_column(rows.column_names.index("target"), "target", pa.array([str(d) for d in days]))
    found = dyad_weeks(
        ibis.memtable(rows), ibis.memtable(MENTIONS.empty()), run=RUN, as_of=datetime(2040, 1, 1, tzinfo=UTC)
    )
    weeks = {row["target"]: row["week"] for row in found.to_pyarrow().select(["target", "week"]).to_pylist()}
    assert weeks == {str(day): "{}-W{:02d}".format(*day.isocalendar()[:2]) for day in days}


@pytest.mark.parametrize("dialect", ["duckdb", "pyspark", "bigquery"])
def test_the_compiled_sql_is_the_one_reviewed(dialect, monkeypatch):
    monkeypatch.setattr(ibis.options, "pyspark", SparkOptions())
    events = ibis.table(ibis.Schema.from_pyarrow(EVENTS.schema), name="events")
    mentions = ibis.table(ibis.Schema.from_pyarrow(MENTIONS.schema), name="mentions")
    expression = dyad_weeks(events, mentions, Counting.STORIES, run=RUN, as_of=AS_OF)
    compiled = str(ibis.to_sql(expression, dialect=dialect)) + "\n"
    kept = SNAPSHOTS / f"dyad_weeks.{dialect}.sql"
    assert compiled == kept.read_text(encoding="utf-8")
