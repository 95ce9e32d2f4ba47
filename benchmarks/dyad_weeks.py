"""Ten million GDELT-shaped events to dyad-weeks: seconds against decoding, against peers, and on Spark.

``python benchmarks/dyad_weeks.py speed [ROWS]`` writes events drawn from the columns of real GDELT rows and times, in
one run, decoding the needed columns, our expression, hand-written DuckDB SQL and Polars (extra ``dev``), and one
changed week. ``python benchmarks/dyad_weeks.py spark`` runs the expressions on a real year on DuckDB and Spark (extra
``spark`` and java) and compares checksums under every counting. Outside data as for ``measure.py``.
"""

import csv
import gzip
import hashlib
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from marsad.domain.tables import MENTIONS
from marsad.domain.words import Counting, QuadClass
from marsad.measure import dyad_week_acts, dyad_weeks
from measure import SEED, SHARED, events_of

NEEDED = ["event_date", "source", "target", "quad_class", "goldstein", "status", "review", "known_at"]
FIRST, WEEKS = date(2017, 1, 2), 52
QUADS = [  # in the order of GDELT's numbers
    QuadClass.VERBAL_COOPERATION,
    QuadClass.MATERIAL_COOPERATION,
    QuadClass.VERBAL_CONFLICT,
    QuadClass.MATERIAL_CONFLICT,
]
AS_OF = datetime(2018, 1, 1, tzinfo=UTC)
CHUNK = 1_000_000


def real_columns() -> tuple[list[str], list[str], list[int], list[float]]:
    """Actor codes of both sides, quad classes and Goldstein weights of real rows with two different actors."""
    sources, targets, quads, weights = [], [], [], []
    for path in sorted((SHARED / "gdelt" / "georgia").glob("*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", errors="replace", newline="") as file:
            for row in csv.reader(file):
                has_act = len(row) > 30 and row[29] in {"1", "2", "3", "4"} and row[30] not in {"", "NA"}
                if has_act and row[5] != row[15] and not {row[5], row[15]} & {"", "NA"}:
                    sources.append(row[5])
                    targets.append(row[15])
                    quads.append(int(row[29]) - 1)
                    weights.append(float(row[30]))
    return sources, targets, quads, weights


def write_events(folder: Path, n_rows: int) -> int:
    """Write one Parquet file a week: pairs and acts drawn row by row from real ones, half the targets anew."""
    rng = np.random.default_rng(SEED)
    sources, targets, quads, weights = real_columns()
    per_week = n_rows // WEEKS
    words = [pa.array(sources), pa.array(targets), pa.array([str(QUADS[q]) for q in quads]), pa.array(weights)]
    for week in range(WEEKS):
        drawn, acts = rng.integers(0, len(sources), (2, per_week))
        other = np.where(rng.random(per_week) < 0.5, drawn, rng.integers(0, len(sources), per_week))
        day = np.sort(rng.integers(0, 7, per_week)) + (FIRST + timedelta(weeks=week) - date(1970, 1, 1)).days
        table = pa.table(
            {
                "event_id": pa.array((np.arange(per_week) + week * per_week).astype(str)),
                "event_date": pa.array(day.astype(np.int32)).cast(pa.date32()),
                "source": words[0].take(pa.array(drawn)),
                "target": words[1].take(pa.array(other)),
                "quad_class": words[2].take(pa.array(acts)),
                "goldstein": words[3].take(pa.array(acts)),
                "status": pa.repeat("reported", per_week),
                "review": pa.repeat(pa.scalar(value=False), per_week),
                "known_at": pa.array(day * 86_400_000_000 + 86_400_000_000).cast(pa.timestamp("us", tz="UTC")),
            }
        )
        pq.write_table(table, folder / f"{week:02}.parquet", compression="zstd")
    return per_week * WEEKS


def seconds(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """CPU seconds of all threads and seconds by the clock, the better of two runs each, and what came out."""
    processor, clock, found = float("inf"), float("inf"), None
    for _ in range(2):
        on_processor, on_clock = time.process_time(), time.perf_counter()
        found = work()
        processor = min(processor, time.process_time() - on_processor)
        clock = min(clock, time.perf_counter() - on_clock)
    return processor, clock, found


def ours(folder: Path, files: str) -> pa.Table:
    """Our expression, on DuckDB."""
    engine = ibis.duckdb.connect()
    events = engine.read_parquet(str(folder / files))
    return engine.to_pyarrow(dyad_weeks(events, ibis.memtable(MENTIONS.empty()), run="2018-W01", as_of=AS_OF))


def plain_sql(folder: Path) -> pa.Table:
    """The same counts as one would write them by hand for DuckDB."""
    quads = ", ".join(f"count(*) filter (quad_class = '{quad}') as n_{quad}" for quad in QuadClass)
    with duckdb.connect() as engine:
        engine.execute("set timezone = 'UTC'")
        return engine.sql(
            f"select source, target, date_trunc('week', event_date) as week, count(*) as n_events, {quads}, "
            "avg(goldstein) as goldstein_mean, avg((quad_class like 'material%')::int) as material_share "
            f"from read_parquet('{folder}/*.parquet') where status = 'reported' and not review "
            "and known_at <= timestamptz '2018-01-01' and event_date < date '2018-01-01' and source <> target "
            "group by all"
        ).to_arrow_table()


def decoded(folder: Path) -> int:
    """Rows of the needed columns as Polars reads them: repeated words stay codes, which is far quicker than Arrow."""
    import polars as pl

    return pl.read_parquet(folder / "*.parquet", columns=NEEDED).height


def polars(folder: Path) -> Any:
    """The same in Polars, lazily."""
    import polars as pl

    return (
        pl.scan_parquet(folder / "*.parquet")
        .filter(
            pl.col("status") == "reported",
            ~pl.col("review"),
            pl.col("known_at") <= AS_OF,
            pl.col("event_date") < AS_OF.date(),
            pl.col("source") != pl.col("target"),
        )
        .group_by("source", "target", pl.col("event_date").dt.truncate("1w"))
        .agg(
            pl.len(),
            *((pl.col("quad_class") == str(quad)).sum().alias(f"n_{quad}") for quad in QuadClass),
            pl.col("goldstein").mean(),
            material_share=pl.col("quad_class").str.starts_with("material").mean(),
        )
        .collect()
    )


def speed(n_rows: int) -> None:
    """Print seconds of decoding, of ours and of the peers, as multiples of decoding; and of one changed week."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        n_rows = write_events(folder, n_rows)
        decoding, clock, _ = seconds(lambda: pq.read_table(folder, columns=NEEDED))
        print(f"{n_rows:,} rows; decoding {len(NEEDED)} columns {decoding:.2f} CPU seconds, {clock:.2f} s by the clock")
        for label, work in (
            ("decoding with Polars", lambda: decoded(folder)),
            ("ours, Ibis on DuckDB", lambda: ours(folder, "*.parquet").num_rows),
            ("DuckDB SQL by hand", lambda: plain_sql(folder).num_rows),
            ("Polars", lambda: polars(folder).height),
            ("ours, one changed week", lambda: ours(folder, f"{WEEKS - 1:02}.parquet").num_rows),
        ):
            processor, clock, n_found = seconds(work)
            print(
                f"{label:22} {processor:.2f} CPU seconds ({processor / decoding:.1f} x decoding), "
                f"{clock:.2f} s by the clock, {n_found:,} rows",
                flush=True,
            )


def spark() -> None:
    """Compare checksums of both expressions on a real year, DuckDB against Spark, under every counting."""
    from pyspark.sql import SparkSession

    events, as_of = events_of(2014)
    told = events.slice(0, 20_000)
    mentions = MENTIONS.from_rows(
        [
            {"event_id": event, "report_id": f"{event}-{n}", "story_id": event, "outlet": f"o{n}", "known_at": known_at}
            for i, (event, known_at) in enumerate(
                zip(told["event_id"].to_pylist(), told["known_at"].to_pylist(), strict=True)
            )
            for n in range(1 + i % 3)
        ]
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pq.write_table(events, folder / "events.parquet")
        pq.write_table(mentions, folder / "mentions.parquet")
        session = (
            SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", "4")
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("ERROR")
        engines = {"duckdb": ibis.duckdb.connect(), "spark": ibis.pyspark.connect(session)}
        for counting in Counting:
            for expression in (dyad_weeks, dyad_week_acts):
                sums = {}
                for label, engine in engines.items():
                    tables = [engine.read_parquet(str(folder / f"{each}.parquet")) for each in ("events", "mentions")]
                    found = expression(*tables, counting, run="2015-W01", as_of=as_of).to_pyarrow()
                    sums[label] = (found.num_rows, checksum(found))
                same = "equal" if sums["duckdb"] == sums["spark"] else f"DIFFER: {sums}"
                print(f"{expression.__name__:15} {counting:9} {sums['duckdb'][0]:6} rows, checksums {same}", flush=True)
        session.stop()


def checksum(table: pa.Table) -> str:
    """Of the rows in a fixed order, every number to its last bit."""
    rows = sorted(repr([str(v) if isinstance(v, datetime) else v for v in row.values()]) for row in table.to_pylist())
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["speed", *rest]:
            speed(int(rest[0]) if rest else 10_000_000)
        case ["spark"]:
            spark()
        case _:
            sys.exit("usage: python benchmarks/dyad_weeks.py speed [ROWS] | spark")
