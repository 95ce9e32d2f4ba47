from datetime import UTC, datetime

import pytest

from marsad.measure.acts import read
from marsad.measure.ladder import rungs
from measure.samples import AS_OF, act, table


def test_only_reported_events_known_and_dated_before_the_cutoff_count():
    kept = act("2026-05-31", "RUS", "AFG", "AID", event_id="kept")
    rows = [
        kept,
        act("2026-05-30", "RUS", "AFG", "AID", event_id="negated", status="negated"),
        act("2026-05-30", "RUS", "AFG", "AID", event_id="doubtful", review=True),
        act("2026-05-30", "RUS", "AFG", "AID", event_id="late", known_at=datetime(2026, 6, 2, tzinfo=UTC)),
        act("2026-06-01", "RUS", "AFG", "AID", event_id="future", known_at=AS_OF),
        act("2026-05-30", "RUS", "RUS", "PROTEST", event_id="inner"),
    ]
    assert read(table(rows), AS_OF).event_id.tolist() == ["kept"]


def test_a_cutoff_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        read(table([]), AS_OF.replace(tzinfo=None))


def test_pairs_are_unordered_and_named_alphabetically():
    acts = read(table([act("2026-05-01", "RUS", "AFG", "AID"), act("2026-05-02", "AFG", "RUS", "CONSULT")]), AS_OF)
    assert acts.pair.tolist() == [0, 0]
    assert acts.pair_names(0) == ("AFG", "RUS")


def test_rungs_follow_the_table_order_and_tell_null_modes_apart():
    rows = [
        act("2026-05-02", "PAK", "AFG", "SANCTION", "close_border"),
        act("2026-05-01", "PAK", "AFG", "COERCE"),
        act("2026-05-03", "RUS", "AFG", "AGREE", "sign", "military"),
        act("2026-05-03", "RUS", "AFG", "AGREE", "sign"),
    ]
    found = rungs(table(rows)).to_pylist()
    assert [(row["ladder"], row["rung"]) for row in found] == [
        ("conflict", 2),
        ("conflict", 3),
        ("cooperation", 5),
        ("cooperation", 3),
    ]


def test_an_empty_table_has_no_acts():
    assert len(read(table([]), AS_OF)) == 0
    assert rungs(table([])).num_rows == 0
