from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from collect.test_coded_files import VISIT, gdelt_row, write_tabs
from collect.test_tkg import lay
from marsad.collect import open_events, read_events
from marsad.collect.feeds.gdelt import VERSION_2
from marsad.collect.feeds.icews import COLUMNS
from marsad.domain.tables import EVENTS
from marsad.errors import BadInput
from marsad.vocab import codebook

OWN = "event_date,source,event_type,target,mode\n2026-05-28,RUS,AGREE,AFG,sign\n2026-05-28,RUS,AGREE,AFG,sign\n2026-05-29,PAK,ASSAULT,AFG,\n"


def test_a_csv_of_four_columns_is_completed(tmp_path):
    (tmp_path / "e.csv").write_text(OWN)
    events = read_events(tmp_path / "e.csv")
    assert events.schema == EVENTS.schema
    signed, _, struck = events.to_pylist()
    assert (signed["quad_class"], signed["goldstein"]) == ("verbal_cooperation", codebook.goldstein("AGREE", "sign"))
    assert (struck["quad_class"], struck["goldstein"], struck["mode"]) == (
        "material_conflict",
        codebook.goldstein("ASSAULT"),
        None,
    )
    assert (signed["status"], signed["review"]) == ("reported", False)
    assert signed["known_at"] == datetime(2026, 5, 28, 23, 59, 59, tzinfo=UTC)
    assert len(set(events["event_id"].to_pylist())) == 3


def test_what_a_file_gives_is_kept(tmp_path):
    table = pa.table(
        {
            "event_date": [date(2026, 5, 28)],
            "source": ["RUS"],
            "event_type": ["AGREE"],
            "target": ["AFG"],
            "goldstein": [1.5],
            "event_id": ["e"],
        }
    )
    pq.write_table(table, tmp_path / "e.parquet")
    [event] = read_events(tmp_path / "e.parquet").to_pylist()
    assert (event["goldstein"], event["event_id"], event["quad_class"]) == (1.5, "e", "verbal_cooperation")


def test_our_own_table_comes_back_equal(tmp_path):
    (tmp_path / "e.csv").write_text(OWN)
    events = read_events(tmp_path / "e.csv")
    pq.write_table(events, tmp_path / "e.parquet")
    assert read_events(tmp_path / "e.parquet").equals(events)


def test_every_known_shape_is_told_by_itself(tmp_path):
    lay(tmp_path / "graph")
    (tmp_path / "icews.txt").write_text("\t".join(COLUMNS) + "\n" + "\t".join(VISIT[name] for name in COLUMNS) + "\n")
    write_tabs(tmp_path / "gdelt.CSV", [gdelt_row(VERSION_2)])
    (tmp_path / "more").mkdir()
    write_tabs(tmp_path / "more" / "x.export.CSV", [gdelt_row(VERSION_2)])
    coders = [
        set(read_events(tmp_path / name)["coder"].to_pylist()) for name in ("graph", "icews.txt", "gdelt.CSV", "more")
    ]
    assert coders == [{"temporal graph"}, {"ICEWS"}, {"GDELT 2"}, {"GDELT 2"}]


def test_what_was_set_aside_comes_with_the_events(tmp_path):
    write_tabs(tmp_path / "gdelt.CSV", [gdelt_row(VERSION_2), ["1", "2"]])
    opened = open_events(tmp_path / "gdelt.CSV")
    assert opened.events.num_rows == 1
    assert [row["line"] for row in opened.findings] == [2]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("name,size\nx,1\n", "names no event_date, event_type, source, target"),
        ("event_date,source,event_type,target\n2026-05-28,RUS,HUG,AFG\n", "row 1 has event_type 'HUG'"),
        ("event_date,source,event_type,target\n2026-05-28,RUS,,AFG\n", "row 1 has no event_type"),
        ("event_date,source,event_type,target\n28 May,RUS,AGREE,AFG\n", "column event_date cannot be read"),
        ("event_date,source,event_type,target\n2026-05-28,RUS\n", "cannot be read"),
        ("", "names no"),
    ],
)
def test_a_file_that_cannot_be_events_is_refused_in_one_line(tmp_path, content, fault):
    (tmp_path / "e.csv").write_text(content)
    with pytest.raises(BadInput, match="Next: ") as refused:
        read_events(tmp_path / "e.csv")
    assert fault in str(refused.value)
    assert "\n" not in str(refused.value)


def test_half_a_parquet_a_missing_path_and_a_strange_folder_are_refused(tmp_path):
    (tmp_path / "e.parquet").write_bytes(b"PAR1 and no more")
    (tmp_path / "empty").mkdir()
    for name in ("e.parquet", "nowhere", "empty"):
        with pytest.raises(BadInput) as refused:
            read_events(tmp_path / name)
        assert "\n" not in str(refused.value)
