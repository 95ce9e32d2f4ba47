"""What the embedded desk must show, from texts alone: the rise of 2025 and the step of May 2026."""

from pathlib import Path

import pytest

from marsad.desk import open_desk, real_edges
from marsad.intake import code_reports, take_in
from marsad.relation import level_of
from marsad.store import Store

KABUL = Path(__file__).parents[2] / "examples/kabul"


@pytest.fixture(scope="module")
def relation(tmp_path_factory):
    """The Russia-Afghanistan relation of the embedded desk, coded anew."""
    store = Store(tmp_path_factory.mktemp("kabul") / "data")
    settings = open_desk(KABUL).settings
    edges = real_edges(KABUL, progress=lambda line: None)
    take_in(settings, store, edges)
    code_reports(store, edges)
    mentions = store.read("mentions").to_pylist()
    return level_of("RUS", "AFG", store.read("events")), mentions


def reports_of(events, mentions):
    return {mention["report_id"] for mention in mentions if mention["event_id"] in events}


def rises(relation, rung):
    return [each for each in relation["breaks"] if each["ladder"] == "cooperation" and each["to"] == rung]


def test_the_relation_rises_to_the_political_level_in_2025_with_the_delisting_as_evidence(relation):
    level, mentions = relation
    political = [each for each in rises(level, 3) if each["week"].startswith("2025")]
    assert political
    assert political[0]["from"] < 3
    assert reports_of(political[0]["events"], mentions) & {"E0285", "E0286", "E0287", "E0288", "E0289"}


def test_the_relation_steps_to_the_defence_level_in_the_last_week_of_may_2026(relation):
    level, mentions = relation
    first, *_ = rises(level, 5)
    assert (first["week"], first["from"]) == ("2026-W22", 3)
    assert reports_of(first["events"], mentions) >= {"E0543", "E0545", "E0546"}


def test_the_standing_is_defence_since_the_agreement(relation):
    level, _ = relation
    assert level["standing"]["cooperation"] == 5
    (pact,) = [item for item in level["standing"]["items"] if item["commitment"] == "military_pact"]
    assert (pact["opened"], pact["closed"]) == ("2026-05-27", None)
