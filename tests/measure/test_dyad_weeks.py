import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import ibis
import ibis.config
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from marsad.domain.ladder import rung
from marsad.domain.tables import COVERAGE, DYAD_WEEK_ACTS, DYAD_WEEKS, EVENTS, MENTIONS
from marsad.domain.words import Context, Counting, EventType
from marsad.measure.dyad_weeks import dyad_week_acts, dyad_weeks
from marsad.vocab.codebook import MODES
from measure.samples import AS_OF, MONDAY, RUN, act, table, weekly

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


def test_counts_are_normalised_for_what_all_dyads_showed_that_week():
    rows = [
        act("2026-05-25", "RUS", "AFG", "CONSULT", event_id="a"),
        act("2026-05-26", "RUS", "PAK", "CONSULT", event_id="b"),
        act("2026-05-27", "RUS", "PAK", "AID", event_id="c"),
        act("2026-05-18", "RUS", "AFG", "CONSULT", event_id="d"),
    ]
    assert {(row["target"], row["week"]): row["volume_share"] for row in count(rows)} == {
        ("AFG", "2026-W21"): 1.0,
        ("AFG", "2026-W22"): pytest.approx(1 / 3),
        ("PAK", "2026-W22"): pytest.approx(2 / 3),
    }


def test_the_share_of_the_week_that_was_collected_stands_beside_the_counts():
    rows = [
        act("2026-05-25", "RUS", "AFG", "CONSULT", event_id="a"),
        act("2026-05-18", "RUS", "AFG", "CONSULT", event_id="b"),
    ]
    known_at = datetime(2026, 5, 30, tzinfo=UTC)
    ledger = [
        {"feed": "tass", "day": date(2026, 5, 25), "expected": 4, "received": 3, "failed": 1, "known_at": known_at},
        {"feed": "tass", "day": date(2026, 5, 26), "expected": 0, "received": 0, "failed": 2, "known_at": known_at},
    ]
    tables = [ibis.memtable(each) for each in (table(rows), MENTIONS.empty())]
    coverage = ibis.memtable(COVERAGE.from_rows(ledger))
    found = dyad_weeks(*tables, Counting.EVENTS, coverage, run=RUN, as_of=AS_OF).to_pyarrow().to_pylist()
    assert {row["week"]: row["coverage"] for row in found} == {"2026-W21": None, "2026-W22": 3 / 8}


def test_every_act_of_the_codebook_is_counted_on_its_rung():
    acts = [
        (kind.value, mode, context)
        for kind in EventType
        for mode in (None, *MODES[kind.value])
        for context in (None, *(each.value for each in Context))
    ]
    rows = [act("2026-05-25", "RUS", str(i), *each, event_id=str(i)) for i, each in enumerate(acts)]
    found = dyad_week_acts(ibis.memtable(table(rows)), ibis.memtable(MENTIONS.empty()), run=RUN, as_of=AS_OF)
    counted = found.to_pyarrow().cast(DYAD_WEEK_ACTS.schema).to_pylist()
    assert {int(row["target"]): (row["ladder"], row["rung"], row["context"]) for row in counted} == {
        i: (rung(*each)[0].value, rung(*each)[1], each[2]) for i, each in enumerate(acts)
    }


def test_acts_of_one_rung_and_context_add_up_under_the_counting():
    rows = [
        act("2026-05-25", "RUS", "AFG", "AGREE", "sign", "military", event_id="a"),
        act("2026-05-26", "RUS", "AFG", "COOPERATE", "joint_exercise", "military", event_id="b"),
        act("2026-05-26", "RUS", "AFG", "CONSULT", event_id="c"),
    ]
    told = MENTIONS.from_rows([mention("a", "r1"), mention("a", "r2")])
    found = dyad_week_acts(ibis.memtable(table(rows)), ibis.memtable(told), Counting.REPORTS, run=RUN, as_of=AS_OF)
    assert {(row["rung"], row["context"]): row["n_events"] for row in found.to_pyarrow().to_pylist()} == {
        (5, "military"): 3,
        (1, None): 1,
    }


@pytest.mark.parametrize("counting", Counting)
def test_the_mean_is_the_same_to_the_last_bit_whatever_the_order_of_rows(counting):
    # 0.1 + 0.2 + 0.3 is 0.6 from the right and 0.6000000000000001 from the left.
    rows = [
        act("2026-05-25", "RUS", "AFG", "CONSULT", event_id=each, goldstein=weight)
        for each, weight in zip("abcd", (0.1, 0.2, 0.3, None), strict=True)
    ]
    mentions = [mention(each, f"{each}{n}", outlet=f"o{n}") for each in "abcd" for n in range(2)]
    assert {count(order, mentions, counting)[0]["goldstein_mean"] for order in (rows, rows[::-1])} == {0.2}


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


def expressions(events, mentions, coverage):
    vintage = {"run": RUN, "as_of": AS_OF}
    return {
        "dyad_weeks": dyad_weeks(events, mentions, Counting.STORIES, coverage, **vintage),
        "dyad_week_acts": dyad_week_acts(events, mentions, **vintage),
    }


@pytest.mark.parametrize("name", ["dyad_weeks", "dyad_week_acts"])
@pytest.mark.parametrize("dialect", ["duckdb", "pyspark", "bigquery"])
def test_the_compiled_sql_is_the_one_reviewed(dialect, name, monkeypatch):
    monkeypatch.setattr(ibis.options, "pyspark", SparkOptions())
    unbound = (
        ibis.table(ibis.Schema.from_pyarrow(spec.schema), name=spec.name) for spec in (EVENTS, MENTIONS, COVERAGE)
    )
    compiled = str(ibis.to_sql(expressions(*unbound)[name], dialect=dialect)) + "\n"
    kept = SNAPSHOTS / f"{name}.{dialect}.sql"
    assert compiled == kept.read_text(encoding="utf-8")


@pytest.mark.filterwarnings("ignore")  # of pyspark about pandas
def test_spark_comes_to_the_same_as_duckdb(tmp_path):
    pytest.importorskip("pyspark", reason="the extra spark is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs java, which is not on this machine")
    from pyspark.sql import SparkSession

    rows = weekly([3, 0, 2], "RUS", "AFG", "AGREE", "sign", "military") + weekly([1, 2], "AFG", "RUS", "ACCUSE")
    ledger = {"feed": "tass", "day": MONDAY, "expected": 4, "received": 3, "failed": 1, "known_at": rows[0]["known_at"]}
    told = [mention(rows[0]["event_id"], report, story) for report, story in (("r1", "s1"), ("r2", "s1"), ("r3", "s2"))]
    for spec, table_rows in ((EVENTS, rows), (MENTIONS, told), (COVERAGE, [ledger])):
        pq.write_table(spec.from_rows(table_rows), tmp_path / f"{spec.name}.parquet")
    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.warehouse.dir", str(tmp_path / "warehouse"))
        .getOrCreate()
    )
    try:
        found = {}
        for engine in (ibis.pyspark.connect(session), ibis.duckdb.connect()):
            tables = [
                engine.read_parquet(str(tmp_path / f"{spec.name}.parquet")) for spec in (EVENTS, MENTIONS, COVERAGE)
            ]
            found[engine.name] = {
                name: sorted(expression.to_pyarrow().to_pylist(), key=repr)
                for name, expression in expressions(*tables).items()
            }
    finally:
        session.stop()
    assert found["pyspark"] == found["duckdb"]
    assert len(found["duckdb"]["dyad_weeks"]) == 4
