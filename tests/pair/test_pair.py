"""`marsad relation`: one pair, everything measured of it."""

import json

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from marsad.cli import main
from marsad.domain.words import Language
from marsad.errors import BadInput
from marsad.pair import Record, relation_figure, relation_of, relation_text
from measure.samples import act, after, table, weekly

ROWS = [
    *weekly([0] * 13 + [2] * 12, "PAK", "AFG", "ASSAULT"),
    *weekly([1] * 25, "PAK", "AFG", "CONSULT"),
    *weekly([0] * 13 + [1] * 12, "UZB", "AFG", "COOPERATE", None, "economic"),
    act("2026-01-07", "PAK", "AFG", "AID", "humanitarian", event_id="flour"),
]
RECORD = Record(table(ROWS), groups={"neighbours": ("UZB",)})


def test_the_answer_holds_level_break_drivers_gains_and_spillover_in_the_order_asked_for():
    answer = relation_of("PAK", "AFG", RECORD, after(25))
    assert (answer["source"], answer["target"], answer["change"]) == ("PAK", "AFG", "2026-W15")
    assert {row["driver"] for row in answer["drivers"]} == {"engagement"}
    assert answer["gains"] == [
        {
            "party": "AFG",
            "giver": "PAK",
            "dimension": "humanitarian",
            "n_events": 1,
            "first": "2026-01-07",
            "events": ["flour"],
        }
    ]
    (third,) = answer["spillover"]
    assert (third["third"], third["side"], third["before"], third["after"]) == ("UZB", "AFG", 0.0, 1.0)
    assert answer["alignment"]["tie"] < 0
    assert json.loads(json.dumps(answer)) == answer


def test_the_answer_holds_weeks_network_mover_and_feeds():
    trio = [*weekly([2] * 25, "UZB", "PAK", "COOPERATE", None, "economic")]
    answer = relation_of("PAK", "AFG", Record(table([*ROWS, *trio]), groups=RECORD.groups), after(25))
    assert [each["week"] for each in answer["quarters"]][-2:] == ["2026-W13", "2026-W26"]
    assert answer["quarters"][-1]["tie"] == answer["alignment"]["tie"] < 0
    assert answer["quarters"][-1]["community"]["PAK"] == "AFG"  # through Tashkent
    (triad,) = answer["triads"]
    assert (triad["kind"], triad["odd"]) == ("split", "UZB")
    last = [row for row in answer["dyad_weeks"] if row["week"] == "2026-W26"]
    assert [(row["counting"], row["source"], row["n_material_conflict"]) for row in last] == [
        ("events", "PAK", 2),
        ("outlets", "PAK", 2),
    ]
    assert last[0]["volume_share"] == 3 / 6  # of all that was told that week, not of this pair alone
    assert (answer["mover"]["field"], answer["mover"]["n_events"]) == ("security", 2)
    assert answer["agreement"] == []  # no mention says which feed told
    text = relation_text(answer)
    assert "triad        AFG, PAK, UZB: split, between UZB" in text
    assert "week         2026-W26 PAK to AFG: 3 events" in text


def test_what_comes_after_the_cutoff_changes_nothing():
    later = Record(table([*ROWS, *weekly([0] * 25 + [9], "AFG", "PAK", "ASSAULT")]), groups=RECORD.groups)
    assert relation_of("PAK", "AFG", later, after(25)) == relation_of("PAK", "AFG", RECORD, after(25))


def test_the_text_says_association_and_never_cause():
    text = relation_text(relation_of("PAK", "AFG", RECORD, after(25)))
    assert "around the break of 2026-W15 (association, never proof of cause)" in text
    assert "AFG from PAK: humanitarian, 1 events since 2026-01-07" in text


def test_a_pair_without_events_is_answered_and_has_no_figure():
    answer = relation_of("IRN", "AFG", RECORD, after(25))
    assert (answer["weeks"], answer["change"], answer["alignment"]) == ([], None, None)
    with pytest.raises(BadInput, match="no event between the two"):
        relation_figure("IRN", "AFG", RECORD, after(25), Language.EN)


def test_one_actor_twice_is_bad_input():
    with pytest.raises(BadInput, match="same actor"):
        relation_of("Pakistan", "PAK", RECORD, after(25))


def test_the_verb_prints_json_and_draws_the_figure(tmp_path):
    pq.write_table(RECORD.events, tmp_path / "events.parquet")
    figure = tmp_path / "pak-afg.svg"
    ran = CliRunner().invoke(
        main,
        [
            "relation",
            "PAK",
            "AFG",
            "--events",
            str(tmp_path / "events.parquet"),
            "--format",
            "json",
            "--figure",
            str(figure),
        ],
    )
    assert ran.exit_code == 0, ran.output
    assert json.loads(ran.output)["change"] == "2026-W15"
    assert "<svg" in figure.read_text("utf-8")
