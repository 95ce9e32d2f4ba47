"""The store keeps what it was given, once, and never tells more than was known."""

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.domain.tables import COVERAGE, EVENTS, MOVERS, REPORTS, SCHEMA_VERSION
from marsad.domain.week import Week
from marsad.errors import DamagedTable, NewerDesk, NoSpace
from marsad.store import Disk, Store


def report(number: int, known: datetime, text: str = "text") -> dict[str, object]:
    return {"report_id": f"r{number}", "feed": "f", "outlet": "o", "text": text, "known_at": known}


def reports(*rows: dict[str, object]) -> pa.Table:
    return REPORTS.from_rows(list(rows))


MAY = datetime(2026, 5, 27, tzinfo=UTC)
JUNE = datetime(2026, 6, 3, tzinfo=UTC)


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def test_saving_twice_equals_saving_once(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    first = store.add("reports", reports(report(1, MAY), report(2, JUNE)))
    before = snapshot(tmp_path)
    second = store.add("reports", reports(report(2, JUNE), report(1, MAY)))
    assert (first.n_new, second.n_new, second.n_kept) == (2, 0, 2)
    assert snapshot(tmp_path) == before


def test_a_row_that_comes_back_changed_keeps_its_first_content_and_is_named(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    store.add("reports", reports(report(1, MAY, "first")))
    added = store.add("reports", reports(report(1, MAY, "second")))
    assert added.changed == (("r1",),)
    assert store.read("reports")["text"].to_pylist() == ["first"]


def test_a_key_given_twice_at_once_is_stored_once(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    assert store.add("reports", reports(report(1, MAY), report(1, MAY, "again"))).n_new == 1


def test_a_row_that_comes_back_learnt_later_is_not_doubled(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    store.add("reports", reports(report(1, MAY)))
    assert store.add("reports", reports(report(1, JUNE))).n_new == 0
    assert store.read("reports")["known_at"].to_pylist() == [MAY]


def test_each_week_has_its_own_file(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    store.add("reports", reports(report(1, MAY), report(2, JUNE)))
    assert store.partitions("reports") == ["2026-W22", "2026-W23"]


def test_a_read_tells_only_what_was_known(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    store.add("reports", reports(report(1, MAY), report(2, JUNE)))
    assert store.read("reports", as_of=MAY)["report_id"].to_pylist() == ["r1"]
    assert store.read("reports", as_of=MAY - timedelta(microseconds=1)).num_rows == 0


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 400), max_size=12), st.lists(st.integers(0, 400), max_size=12), st.integers(0, 400))
def test_later_rows_never_change_an_earlier_reading(first: list[int], later: list[int], cut: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "data")
        start = datetime(2026, 1, 1, tzinfo=UTC)
        as_of = start + timedelta(days=cut)
        store.add("reports", reports(*(report(i, start + timedelta(days=d)) for i, d in enumerate(first))))
        before = store.read("reports", as_of=as_of)
        rows = [report(1000 + i, as_of + timedelta(seconds=1, days=d)) for i, d in enumerate(later)]
        store.add("reports", reports(*rows))
        assert store.read("reports", as_of=as_of).equals(before)


def test_a_rerun_replaces_the_rows_of_its_run_only(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    row = {"source": "AFG", "target": "RUS", "known_at": MAY}
    for run, n in (("2026-W21", 1), ("2026-W22", 2), ("2026-W22", 3)):
        store.replace("movers", run, MOVERS.from_rows([{**row, "run": run, "n_events": n}]))
    assert store.read("movers")["n_events"].to_pylist() == [1, 3]
    assert store.read("movers", run=Week.parse("2026-W22"))["n_events"].to_pylist() == [3]


def test_what_a_partition_was_made_from_is_remembered(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    store.replace("events", "2026-W22", EVENTS.empty(), made_from="abc")
    assert store.is_made_from("events", "2026-W22", "abc")
    assert not store.is_made_from("events", "2026-W22", "abd")
    assert not store.is_made_from("events", "2026-W23", "abc")


def test_a_damaged_file_is_named_and_left_alone(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    store.add("reports", reports(report(1, MAY), report(2, JUNE)))
    path = tmp_path / "data/reports/2026-W22.parquet"
    half = path.read_bytes()[:100]
    path.write_bytes(half)
    with pytest.raises(DamagedTable, match=r"2026-W22\.parquet"):
        store.read("reports")
    with pytest.raises(DamagedTable, match=r"2026-W22\.parquet"):
        store.add("reports", reports(report(3, MAY)))
    assert path.read_bytes() == half


def test_a_full_disk_keeps_the_old_file_and_leaves_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "data")
    store.add("reports", reports(report(1, MAY)))
    before = snapshot(tmp_path)

    def full(_fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoSpace, match="No space left"):
        store.add("reports", reports(report(2, MAY)))
    assert snapshot(tmp_path) == before


def test_a_killed_write_leaves_the_last_good_state(tmp_path: Path) -> None:
    """A real process dies between the bytes and the rename."""
    Disk().write(tmp_path / "x", b"old")
    code = (
        "import os, sys; from pathlib import Path; from marsad.store import Disk\n"
        "os.fsync = lambda fd: os._exit(9)\n"
        "Disk().write(Path(sys.argv[1]), b'new')"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "x")], check=False)
    assert done.returncode == 9
    assert (tmp_path / "x").read_bytes() == b"old"


def test_deleting_the_cache_loses_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    store.add("reports", reports(report(1, MAY)))
    cache = store.write_cache()
    with duckdb.connect(str(cache), read_only=True) as connection:
        assert connection.execute("select report_id from reports").fetchall() == [("r1",)]
    cache.unlink()
    assert Store(tmp_path / "data").read("reports").num_rows == 1


def test_a_desk_from_a_newer_marsad_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "schema.json").write_text(json.dumps({"version": SCHEMA_VERSION + 1}))
    with pytest.raises(NewerDesk):
        Store(tmp_path)


def test_an_older_desk_gains_the_new_columns_and_keeps_its_rows(tmp_path: Path) -> None:
    old = COVERAGE.from_rows([{"feed": "f", "day": date(2026, 5, 27), "received": 3, "known_at": MAY}]).drop(["failed"])
    (tmp_path / "coverage").mkdir()
    pq.write_table(old, tmp_path / "coverage/2026-W22.parquet")
    table = Store(tmp_path).read("coverage")
    assert table.select(["received", "failed"]).to_pylist() == [{"received": 3, "failed": None}]
    assert json.loads((tmp_path / "schema.json").read_text()) == {"version": SCHEMA_VERSION}
