import os

import pytest

from collect.desk import NOW, feed, findings, gather
from marsad import collect
from marsad.domain.tables import COVERAGE, EVENTS, MENTIONS, REPORTS

ROW = "id,published,text\nr1,2026-05-28,{}\n"


def test_a_feed_that_cannot_be_read_leaves_the_others_intact(tmp_path):
    (tmp_path / "a.csv").write_text(ROW.format("Words."))
    collected = gather(
        tmp_path, feed("reports", "nowhere", "gone"), feed("tkg", "a.csv", "no graph"), feed("reports", "a.csv")
    )
    assert collected.reports["report_id"].to_pylist() == ["r1"]
    assert [row["where"] for row in findings(collected, "feed-failed")] == ["gone", "no graph"]
    days = {(row["feed"], row["day"]): (row["received"], row["failed"]) for row in collected.coverage.to_pylist()}
    assert days["gone", NOW.date()] == days["no graph", NOW.date()] == (0, 1)


def test_no_feeds_give_empty_tables_of_the_right_schema(tmp_path):
    collected = gather(tmp_path)
    for table, spec in (
        (collected.reports, REPORTS),
        (collected.events, EVENTS),
        (collected.mentions, MENTIONS),
        (collected.coverage, COVERAGE),
    ):
        assert table.schema == spec.schema
        assert table.num_rows == 0


def test_two_feeds_that_number_alike_both_keep_their_reports(tmp_path):
    (tmp_path / "a.csv").write_text(ROW.format("First feed."))
    (tmp_path / "b.csv").write_text(ROW.format("Second feed."))
    collected = gather(tmp_path, feed("reports", "a.csv", "a"), feed("reports", "b.csv", "b"))
    ids = collected.reports["report_id"].to_pylist()
    assert ids[0] == "r1"
    assert len(set(ids)) == 2
    assert collected.reports["text"].to_pylist() == ["First feed.", "Second feed."]
    assert collected.reports["story_id"].to_pylist() == ids


def test_progress_is_told_before_each_feed_and_at_the_end(tmp_path):
    told = []
    feeds = [feed("reports", "x", "a"), feed("reports", "y", "b")]
    collect.fetch(feeds, tmp_path, None, NOW, frozenset(), lambda *step: told.append(step))
    assert told == [("a", 0, 2), ("b", 1, 2), ("b", 2, 2)]


def test_many_findings_of_one_rule_are_cut_and_counted(tmp_path):
    (tmp_path / "a.csv").write_text("published,text\n" + "2026-05-28,\n" * 250 + "2026-05-28,Words.\n")
    collected = gather(tmp_path, feed("reports", "a.csv"))
    assert len(findings(collected, "no-text")) == 200
    assert findings(collected, "no-text-more")[0]["message"] == "50 more of the same, lines 202 to 251"
    assert collected.coverage["failed"].to_pylist() == [250]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_set_aside(tmp_path):
    (tmp_path / "a.csv").write_text(ROW.format("Words."))
    (tmp_path / "a.csv").chmod(0)
    assert len(findings(gather(tmp_path, feed("reports", "a.csv")), "unreadable")) == 1
