from datetime import UTC, date, datetime

import pytest

from event_rows import coverage, day, event, events, instant
from marsad import ledger
from marsad.domain.desk import parse_desk
from marsad.domain.tables import ISSUES
from marsad.errors import BadInput, OutOfRange
from marsad.store import Store
from tiny_desk import DESK

desk_of = parse_desk(DESK.replace("[groups]", '[groups]\nwest = ["USA", "GBR"]'))


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "data")


def judged(store, n=20, probability=0.7, rule="USA SANCTION AFG", until=40, **more):
    """A judgement said on day ``n`` with last day ``until``."""
    more = {"author": "A"} | more
    return ledger.judge(
        desk_of, store, "The USA will impose sanctions.", probability, rule, now=instant(n, 9), due=day(until), **more
    )


def sanction(n, pair="USA-AFG", **other):
    row = {"event_type": "SANCTION", "event_id": f"{pair}-{n}"}
    return event(n, pair, "material_conflict", **row | other)


def outcome(store, today):
    ledger.settle(store, instant(today))
    return [(r["outcome"], r["events"]) for r in ledger.outcomes(store, instant(today)).to_pylist()]


def test_a_judgement_stands_in_the_ledger_with_base_rate_and_model_beside_it(store):
    store.add("events", events(event(0), sanction(10)))
    row = judged(store)
    assert store.read("judgements").to_pylist() == [row | {"known_at": instant(20, 9)}]
    assert (row["origin"], row["due"], row["resolution_rule"]) == (
        day(20),
        day(40),
        f"USA SANCTION AFG from {day(21)} by {day(40)}",
    )
    assert (row["low"], row["high"]) == (0.55, 0.8)
    assert row["reasons"] == ["USA-AFG-10"]
    assert 0 < row["base_rate"] < 1
    assert 0 < row["model_probability"] < 1


def test_the_very_same_judgement_of_a_day_stands_once_and_another_probability_is_another_row(store):
    judged(store)
    judged(store)
    judged(store, probability=0.4)
    assert sorted(store.read("judgements")["probability"].to_pylist()) == [0.4, 0.7]


def test_a_judgement_takes_the_place_of_an_earlier_one_and_both_are_scored(store):
    first = judged(store)
    second = judged(store, n=22, probability=0.4, supersedes=first["judgement_id"])
    told = ledger.account(store, instant(60))
    by_id = {row["judgement_id"]: row for row in told["judgements"].to_pylist()}
    assert by_id[first["judgement_id"]]["superseded_by"] == [second["judgement_id"]]
    assert by_id[second["judgement_id"]]["superseded_by"] == []
    assert by_id[second["judgement_id"]]["supersedes"] == first["judgement_id"]
    (overall,) = [row for row in told["scores"].to_pylist() if row["by"] == "all"]
    assert overall["n"] == 2


def test_nothing_supersedes_what_was_never_said(store):
    with pytest.raises(BadInput, match="judgement nowhere: is not in the ledger"):
        judged(store, supersedes="nowhere")
    assert store.read("judgements").num_rows == 0


def test_what_is_learnt_after_the_judgement_does_not_change_what_stands_beside_it(store):
    store.add("events", events(event(0), sanction(10)))
    first = judged(store)
    store.add("events", events(sanction(15, event_id="late", known_at=instant(30))))
    assert judged(store)["model_probability"] == first["model_probability"]


def test_a_group_is_written_out_in_the_rule(store):
    assert judged(store, rule="west SANCTION AFG")["resolution_rule"].startswith("USA,GBR SANCTION AFG from")


def test_it_is_resolved_by_the_first_such_event_after_it_was_said(store):
    judged(store)
    store.add("events", events(sanction(20), sanction(25), sanction(30)))
    assert outcome(store, 27) == [(True, ["USA-AFG-25"])]


def test_two_events_are_waited_for_where_two_are_asked(store):
    judged(store, rule="USA SANCTION AFG >= 2")
    store.add("events", events(sanction(25), sanction(30)))
    assert outcome(store, 27) == []
    assert outcome(store, 31) == [(True, ["USA-AFG-25", "USA-AFG-30"])]


def test_silence_means_no_after_the_grace(store):
    judged(store)
    assert outcome(store, 47) == []
    assert outcome(store, 48) == [(False, [])]


def test_it_is_void_when_collection_failed_on_most_of_its_days(store):
    judged(store)
    store.add("coverage", coverage(*range(21, 33)))  # 12 of 20 days
    store.add("coverage", coverage(50, failed=0, received=1))
    assert outcome(store, 60) == [(None, [])]


def test_a_person_overrules_with_a_reason_and_the_machines_row_stays(store):
    row = judged(store)
    store.add("events", events(sanction(25)))
    assert outcome(store, 27) == [(True, ["USA-AFG-25"])]
    ledger.overrule(store, row["judgement_id"], "no", "the report was withdrawn", now=instant(28), author="B")
    assert outcome(store, 29) == [(False, ["USA-AFG-25"])]
    assert store.read("resolutions")["outcome"].to_pylist() == [True]
    assert outcome(store, 27) == [(True, ["USA-AFG-25"])]  # as known the day before
    ledger.overrule(store, row["judgement_id"], "void", "nobody can tell", now=instant(30), author="B")
    assert outcome(store, 31) == [(None, ["USA-AFG-25"])]


def test_a_mistyped_judgement_is_voided_openly_before_it_is_due(store):
    row = judged(store, rule="USA SANCTION PAK")
    ledger.overrule(store, row["judgement_id"], "void", "meant AFG", now=instant(22))
    assert outcome(store, 23) == [(None, None)]


@pytest.mark.parametrize(
    ("question", "said", "reason", "fault"),
    [
        ("", "no", " ", "no reason given"),
        ("", "perhaps", "so", "'perhaps': is not known"),
        ("0000", "no", "so", "not in the ledger"),
    ],
)
def test_an_overrule_needs_a_question_an_outcome_and_a_reason(store, question, said, reason, fault):
    row = judged(store)
    with pytest.raises(BadInput, match=fault):
        ledger.overrule(store, question or row["judgement_id"], said, reason, now=instant(28))


def test_a_judgement_entered_late_is_taken_as_of_the_last_issue_and_marked(store):
    store.replace(
        "issues",
        "2026-W03",
        ISSUES.from_rows([{"run": "2026-W03", "language": "en", "as_of": instant(14), "known_at": instant(14)}]),
    )
    store.add("events", events(event(0), sanction(10), sanction(20)))
    row = judged(store, n=200)
    assert (row["origin"], row["backfilled"], row["reasons"]) == (day(13), True, ["USA-AFG-10"])
    assert store.read("judgements")["known_at"].to_pylist() == [instant(200, 9)]
    assert outcome(store, 201) == [(True, ["USA-AFG-20"])]
    assert ledger.outcomes(store)["resolved_at"].to_pylist() == [instant(200, 9)]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"rule": "USX SANCTION AFG"}, "unknown actor USX"),
        ({"rule": "USA SANCTION/hug AFG"}, "SANCTION has no mode hug"),
        ({"rule": "USA SANCTION AFG from 2027-01-01"}, "no day left"),
        ({"until": 20}, "is over"),
    ],
)
def test_what_could_never_be_settled_is_refused(store, change, fault):
    with pytest.raises(BadInput, match=fault):
        judged(store, **change)


@pytest.mark.parametrize("probability", [0, 1, 1.2, -0.1, float("nan")])
def test_certainty_is_refused(store, probability):
    with pytest.raises(OutOfRange):
        judged(store, probability=probability)


def test_without_a_last_day_it_is_refused(store):
    with pytest.raises(BadInput, match="no last day"):
        ledger.judge(desk_of, store, "Soon.", 0.5, "USA SANCTION AFG", now=datetime(2026, 2, 1, tzinfo=UTC))


def test_the_last_day_may_stand_in_the_rule(store):
    said = ledger.judge(
        desk_of, store, "Soon.", 0.5, "USA SANCTION AFG by 2026-03-01", now=datetime(2026, 2, 1, tzinfo=UTC)
    )
    assert said["due"] == date(2026, 3, 1)
