"""ICEWS and GDELT files: rows of our own in the published shapes."""

import gzip
import zipfile
from datetime import UTC, date, datetime

import pytest

from collect.desk import NOW, feed, findings, gather
from marsad.collect.feeds.gdelt import VERSION_1, VERSION_2
from marsad.collect.feeds.icews import COLUMNS

BLANK_ICEWS = dict.fromkeys(COLUMNS, "NA")
VISIT = {
    **BLANK_ICEWS,
    "Event ID": "1", "Event Date": "2018-06-01", "Source Name": "Foreign Affairs (Uzbekistan)",
    "Source Sectors": "Executive,Foreign Ministry,Government", "Source Country": "Uzbekistan", "CAMEO Code": "042",
    "Intensity": "1.9", "Target Name": "Afghanistan", "Target Country": "Afghanistan", "Story ID": "77", "Publisher": "Gazette",
    "City": "Kabul", "Country": "Afghanistan", "Latitude": "34.5", "Longitude": "69.2",
}  # fmt: skip


def icews(tmp_path, *rows, header=True, name="e.tab"):
    lines = [list(COLUMNS)] if header else []
    lines += [[row[column] for column in COLUMNS] if isinstance(row, dict) else row for row in rows]
    (tmp_path / name).write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")
    return gather(tmp_path, feed("icews", name))


@pytest.mark.parametrize("header", [True, False])
def test_an_icews_row_becomes_an_event_and_a_mention(tmp_path, header):
    collected = icews(tmp_path, VISIT, header=header)
    [event] = collected.events.to_pylist()
    wanted = {
        "event_id": "icews-1", "event_date": date(2018, 6, 1), "source": "UZB", "source_role": "GOV", "event_type": "CONSULT",
        "mode": "visit", "target": "AFG", "goldstein": 1.9, "place": "Kabul, Afghanistan", "latitude": 34.5, "review": False,
        "status": "reported", "coder": "ICEWS", "confidence": None,
    }  # fmt: skip
    assert {name: event[name] for name in wanted} == wanted
    [mention] = collected.mentions.to_pylist()
    assert (mention["event_id"], mention["outlet"], mention["report_id"]) == ("icews-1", "Gazette", "icews-story-77")


def test_an_organisation_stands_for_itself_whatever_country_icews_files_it_under(tmp_path):
    row = {
        **VISIT,
        "Source Name": "United Nations",
        "Source Country": "United States",
        "Source Sectors": "International Government Organization",
    }
    [event] = icews(tmp_path, row).events.to_pylist()
    assert (event["source"], event["source_role"]) == ("UNO", "IGO")


def test_bad_icews_rows_are_set_aside_with_line_and_reason(tmp_path):
    rows = [
        VISIT,
        {**VISIT, "Event Date": "June"},
        ["1", "2"],
        {**VISIT, "CAMEO Code": "999"},
        {**VISIT, "Event ID": "2"},
    ]
    collected = icews(tmp_path, *rows)
    assert collected.events["event_id"].to_pylist() == ["icews-1", "icews-2"]
    bad = sorted((row["line"], row["message"]) for row in collected.findings.to_pylist())
    assert bad == [
        (3, "set aside: a date that is not a day"),
        (4, "set aside: 2 fields where 20 were expected"),
        (5, "set aside: a code CAMEO does not have"),
    ]
    assert sum(collected.coverage["failed"].to_pylist()) == 3


def test_statements_and_unknown_actors_are_counted_not_kept(tmp_path):
    rows = [
        VISIT,
        {**VISIT, "Event ID": "2", "CAMEO Code": "010"},
        {**VISIT, "Event ID": "3", "Target Country": "Narnia", "Target Name": "Narnia"},
    ]
    collected = icews(tmp_path, *rows)
    assert collected.events.num_rows == 1
    message = findings(collected, "left-out")[0]["message"]
    assert (
        message
        == "1 of 3 rows are events; left out: 1 statements that are no act, 1 without a known actor on a side, 0 repeated"
    )


def gdelt_row(columns, **given):
    values = dict.fromkeys(columns, "")
    values |= {
        "GLOBALEVENTID": "5", "SQLDATE": "20260528", "Actor1CountryCode": "RUS", "Actor1Type1Code": "GOV", "Actor2CountryCode": "AFG",
        "EventCode": "057", "GoldsteinScale": "8.0", "ActionGeo_FullName": "Moscow, Russia", "ActionGeo_Lat": "55.7",
        "DATEADDED": "20260529", "SOURCEURL": "https://a.example/1",
    }  # fmt: skip
    values |= given
    return [values[name] for name in columns]


def write_tabs(path, rows):
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


@pytest.mark.parametrize("columns", [VERSION_1[:57], VERSION_1, VERSION_2], ids=["57", "58", "61"])
def test_every_width_gives_the_same_event(tmp_path, columns):
    write_tabs(tmp_path / "e.CSV", [gdelt_row(columns)])
    [event] = gather(tmp_path, feed("gdelt", "e.CSV")).events.to_pylist()
    wanted = {
        "event_id": "gdelt-5", "event_date": date(2026, 5, 28), "source": "RUS", "source_role": "GOV", "event_type": "AGREE",
        "mode": "sign", "target": "AFG", "goldstein": 8.0, "place": "Moscow, Russia", "latitude": 55.7,
    }  # fmt: skip
    assert {name: event[name] for name in wanted} == wanted


def test_a_header_one_name_short_of_its_rows_stands_before_row_numbers(tmp_path):
    rows = [[str(n), *gdelt_row(VERSION_1, GLOBALEVENTID=str(n))] for n in (7, 8)]
    quoted = [",".join(f'"{name}"' for name in VERSION_1), *(",".join(f'"{value}"' for value in row) for row in rows)]
    with gzip.open(tmp_path / "e.csv.gz", "wt") as file:
        file.write("\n".join(quoted) + "\n")
    events = gather(tmp_path, feed("gdelt", "e.csv.gz")).events
    assert events["event_id"].to_pylist() == ["gdelt-7", "gdelt-8"]
    assert events["place"].to_pylist() == ["Moscow, Russia"] * 2


def test_bad_gdelt_lines_are_set_aside_with_line_and_reason(tmp_path):
    good = gdelt_row(VERSION_2)
    rows = [
        good,
        good[:40],
        gdelt_row(VERSION_2, SQLDATE="20261340"),
        gdelt_row(VERSION_2, GLOBALEVENTID="x"),
        gdelt_row(VERSION_2, GLOBALEVENTID="6"),
    ]
    write_tabs(tmp_path / "e.CSV", rows)
    collected = gather(tmp_path, feed("gdelt", "e.CSV"))
    assert collected.events["event_id"].to_pylist() == ["gdelt-5", "gdelt-6"]
    bad = sorted((row["line"], row["message"]) for row in collected.findings.to_pylist())
    assert bad == [
        (2, "set aside: 40 fields where 57 or 58 or 61 were expected"),
        (3, "set aside: a date that is not a day"),
        (4, "set aside: no event id"),
    ]


def test_a_bad_line_of_a_comma_file_is_named_by_its_line(tmp_path):
    rows = [
        ",".join(VERSION_1),
        ",".join(gdelt_row(VERSION_1, ActionGeo_FullName="Moscow")),
        "1,2,3",
        ",".join(gdelt_row(VERSION_1, GLOBALEVENTID="6", ActionGeo_FullName="Kabul", SQLDATE="oops")),
    ]
    (tmp_path / "e.csv").write_text("\n".join(rows) + "\n")
    collected = gather(tmp_path, feed("gdelt", "e.csv"))
    assert sorted((row["line"], row["rule"]) for row in collected.findings.to_pylist()) == [
        (3, "wrong-columns"),
        (4, "bad-row"),
    ]
    assert collected.events.num_rows == 1


def test_a_line_that_is_not_utf8_is_set_aside_alone(tmp_path):
    good = "\t".join(gdelt_row(VERSION_2)).encode()
    (tmp_path / "e.CSV").write_bytes(good + b"\n" + good.replace(b"Moscow", b"M\xf3scow") + b"\n")
    collected = gather(tmp_path, feed("gdelt", "e.CSV"))
    assert collected.events.num_rows == 1
    assert [row["line"] for row in findings(collected, "bad-encoding")] == [2]


def test_a_zip_is_read_and_a_damaged_one_named(tmp_path):
    folder = tmp_path / "gdelt"
    folder.mkdir()
    with zipfile.ZipFile(folder / "a.export.CSV.zip", "w") as packed:
        packed.writestr("a.export.CSV", "\t".join(gdelt_row(VERSION_2)) + "\n")
    (folder / "b.export.CSV.zip").write_bytes(b"PK but no zip")
    collected = gather(tmp_path, feed("gdelt", "gdelt"))
    assert collected.events.num_rows == 1
    assert [row["where"] for row in findings(collected, "unreadable")] == ["desk:b.export.CSV.zip"]


def test_a_mentions_file_is_told_and_not_read(tmp_path):
    write_tabs(tmp_path / "m.CSV", [["5", *["x"] * 15]])
    collected = gather(tmp_path, feed("gdelt", "m.CSV"))
    assert "mentions" in findings(collected, "not-events")[0]["message"]
    assert collected.events.num_rows == 0


def test_a_known_group_goes_before_its_country_and_cameos_romania_is_ours(tmp_path):
    rows = [gdelt_row(VERSION_2, Actor1CountryCode="BEL", Actor1KnownGroupCode="NAT", Actor2CountryCode="ROM")]
    write_tabs(tmp_path / "e.CSV", rows)
    [event] = gather(tmp_path, feed("gdelt", "e.CSV")).events.to_pylist()
    assert (event["source"], event["target"]) == ("NATO", "ROU")


def test_a_backfilled_row_is_known_when_gdelt_added_it_but_a_bulk_load_tells_nothing(tmp_path):
    rows = [
        gdelt_row(VERSION_1, GLOBALEVENTID="1"),
        gdelt_row(VERSION_1, GLOBALEVENTID="2", SQLDATE="20110801", DATEADDED="20130203"),
    ]
    write_tabs(tmp_path / "e.csv", rows)
    known = gather(tmp_path, feed("gdelt", "e.csv")).events["known_at"].to_pylist()
    assert known == [datetime(2026, 5, 29, 23, 59, 59, tzinfo=UTC), datetime(2011, 8, 1, 23, 59, 59, tzinfo=UTC)]
    later = gather(tmp_path, feed("gdelt", "e.csv"), known=frozenset({"desk"})).events
    assert set(later["known_at"].to_pylist()) == {NOW}
