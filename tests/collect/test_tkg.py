import gzip
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from collect.desk import feed, findings, gather
from marsad.collect import actor_names
from marsad.vocab import cameo

ENTITIES = [
    "Afghanistan",
    "Military_(Pakistan)",
    "Citizen (Pakistan)",
    "Nobody_Known",
    "Taliban",
    "Police_(Nowhere_Land)",
]
RELATIONS = ["Make_a_visit", "Make_statement", "Use_conventional_military_force", "Sing_a_song"]
TRAIN = [(0, 0, 2, 0), (1, 2, 0, 1), (3, 0, 0, 1), (0, 1, 1, 2), (0, 3, 1, 2), (4, 0, 0, 2)]
TEST = [(4, 0, 0, 3), (0, 0, 2, 0), (5, 0, 0, 3)]


def lay(folder, train=TRAIN, test=TEST, meta="origin = 2021-08-13\nstep_hours = 24\n"):
    folder.mkdir()
    (folder / "entity2id.txt").write_text("".join(f"{name}\t{n}\n" for n, name in enumerate(ENTITIES)))
    (folder / "relation2id.txt").write_text("".join(f"{name}\t{n}\n" for n, name in enumerate(RELATIONS)))
    (folder / "meta.toml").write_text(meta)
    (folder / "train.txt").write_text("".join("\t".join(map(str, row)) + "\n" for row in train))
    with gzip.open(folder / "test.txt.gz", "wt") as file:
        file.write("".join("\t".join(map(str, row)) + "\n" for row in test))


def naive(rows):
    """The same events, row by row with nothing but the dictionaries."""
    found = {}
    for s, r, o, t in rows:
        day = date(2021, 8, 13) + timedelta(days=t)
        code = cameo.code_of_label(RELATIONS[r])
        sides = []
        for name in (ENTITIES[s], ENTITIES[o]):
            terms = actor_names.known(name).terms
            sides.append(
                next(
                    (x.code for x in terms if (not x.since or x.since <= day) and (not x.until or day <= x.until)), None
                )
            )
        if code and code.event_type and all(sides):
            found.setdefault(f"desk-{s}-{r}-{o}-{t}", (day, sides[0], code.event_type, sides[1], code.goldstein_icews))
    return found


def test_columns_equal_what_a_row_by_row_reading_gives(tmp_path):
    lay(tmp_path / "tkg")
    events = gather(tmp_path, feed("tkg", "tkg")).events.to_pylist()
    got = {e["event_id"]: (e["event_date"], e["source"], e["event_type"], e["target"], e["goldstein"]) for e in events}
    assert got == naive(TRAIN + TEST)
    assert list(got) == ["desk-0-0-2-0", "desk-1-2-0-1", "desk-4-0-0-2", "desk-4-0-0-3"]


def test_an_actors_words_tell_its_role(tmp_path):
    lay(tmp_path / "tkg")
    events = {e["event_id"]: e for e in gather(tmp_path, feed("tkg", "tkg")).events.to_pylist()}
    assert (events["desk-1-2-0-1"]["source"], events["desk-1-2-0-1"]["source_role"]) == ("PAK", "MIL")
    assert events["desk-0-0-2-0"]["target_role"] == "CIV"
    assert events["desk-1-2-0-1"]["quad_class"] == "material_conflict"


def test_the_taliban_are_the_movement_before_they_govern_and_the_state_after(tmp_path):
    lay(tmp_path / "tkg")
    events = {e["event_id"]: e for e in gather(tmp_path, feed("tkg", "tkg")).events.to_pylist()}
    before, after = events["desk-4-0-0-2"], events["desk-4-0-0-3"]  # 15 and 16 August 2021
    assert after["source"] == "AFG"
    lay(tmp_path / "old", meta="origin = 2014-01-01\nstep_hours = 24\n")
    old = {e["event_id"]: e for e in gather(tmp_path, feed("tkg", "old")).events.to_pylist()}
    assert old["desk-4-0-0-3"]["source"] == "TAL"
    assert before["event_date"] == date(2021, 8, 15)


def test_what_is_left_out_is_counted_by_reason(tmp_path):
    lay(tmp_path / "tkg")
    collected = gather(tmp_path, feed("tkg", "tkg"))
    [left] = findings(collected, "left-out")
    # 9 rows: 2 of a type that is no act, 2 with an unknown actor, 1 in two splits
    assert left["message"].startswith(
        "4 of 9 rows are events; left out: 2 statements that are no act, 2 without a known actor"
    )
    assert left["message"].endswith("1 repeated")
    assert "Sing_a_song" in findings(collected, "unknown-relation")[0]["message"]


def test_a_line_that_is_no_quadruple_is_set_aside_with_its_number(tmp_path):
    lay(tmp_path / "tkg")
    (tmp_path / "tkg" / "train.txt").write_text("0\t0\t2\t0\n0\t0\n0\tx\t2\t0\n1\t2\t0\t1\n")
    collected = gather(tmp_path, feed("tkg", "tkg"))
    bad = findings(collected, "wrong-columns") + findings(collected, "bad-number")
    assert [(row["where"], row["line"]) for row in bad] == [("desk:train.txt", 2), ("desk:train.txt", 3)]
    assert {"desk-0-0-2-0", "desk-1-2-0-1"} <= set(collected.events["event_id"].to_pylist())


def test_a_time_outside_all_calendars_is_set_aside(tmp_path):
    lay(tmp_path / "tkg", train=[(0, 0, 2, 0), (0, 0, 2, 10**14)], test=[])
    collected = gather(tmp_path, feed("tkg", "tkg"))
    assert collected.events.num_rows == 1
    assert "1 rows whose time falls outside" in findings(collected, "bad-date")[0]["message"]


def test_step_hours_divide_the_time_column_into_days(tmp_path):
    lay(tmp_path / "tkg", train=[(0, 0, 2, 23), (0, 0, 2, 24)], test=[], meta="origin = 2018-01-01\nstep_hours = 1\n")
    days = gather(tmp_path, feed("tkg", "tkg")).events["event_date"].to_pylist()
    assert days == [date(2018, 1, 1), date(2018, 1, 2)]


def test_events_of_a_new_feed_are_known_at_the_end_of_their_day(tmp_path):
    lay(tmp_path / "tkg")
    event = gather(tmp_path, feed("tkg", "tkg")).events.to_pylist()[0]
    assert event["known_at"] == datetime(2021, 8, 13, 23, 59, 59, tzinfo=UTC)
    assert event["backfilled"]


def test_a_silent_day_between_two_read_ones_is_covered(tmp_path):
    lay(tmp_path / "tkg", train=[(0, 0, 2, 0), (0, 0, 2, 2)], test=[])
    assert gather(tmp_path, feed("tkg", "tkg")).coverage["received"].to_pylist() == [1, 0, 1]


@pytest.mark.parametrize("missing", ["meta.toml", "entity2id.txt", "relation2id.txt"])
def test_a_folder_that_lacks_a_file_fails_as_a_feed(tmp_path, missing):
    lay(tmp_path / "tkg")
    (tmp_path / "tkg" / missing).unlink()
    collected = gather(tmp_path, feed("tkg", "tkg"))
    assert collected.events.num_rows == 0
    assert missing in findings(collected, "feed-failed")[0]["message"]


SHARED = Path(os.environ.get("MARSAD_SHARED", Path(__file__).parents[3] / "shared")) / "data"


@pytest.mark.skipif(not (SHARED / "icews14").is_dir(), reason="the shared data folder is not here")
def test_a_whole_year_is_read_with_every_row_accounted_for():
    collected = gather(SHARED, feed("tkg", "icews14"))
    [left] = [row["message"] for row in findings(collected, "left-out")]
    numbers = [int(word) for word in left.split("(most")[0].replace(",", "").split() if word.isdigit()]
    repeated = int(left.split()[-2])
    n_events, n_rows, *left_out = numbers
    assert n_rows == 74_845 + 8_514 + 7_371
    assert n_events == collected.events.num_rows == n_rows - sum(left_out) - repeated
