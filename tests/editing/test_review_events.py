"""`marsad review-events` as an editor meets it."""

import json

import pytest
from click.testing import CliRunner

from marsad import editing
from marsad.cli import main
from marsad.desk import open_desk
from marsad.errors import BadInput
from tiny_desk import NOW, built, desk

__all__ = ["built", "desk"]


@pytest.fixture
def collected(desk):
    """A desk whose reports are read and coded, with no issue built."""
    run(desk, "collect", "--desk", str(desk.root))
    run(desk, "review-events", "--desk", str(desk.root), "--list")
    return desk


def run(desk, *words, answers="", ok=0):
    done = CliRunner().invoke(main, list(words), input=answers)
    assert done.exit_code == ok, done.output
    return done


def review(desk, *words, answers="", ok=0):
    return run(desk, "review-events", "--desk", str(desk.root), *words, answers=answers, ok=ok)


def corrections(desk):
    return open_desk(desk.root).table("corrections").to_pylist()


def asked(desk):
    opened = open_desk(desk.root)
    return list(editing.questions(opened.settings, opened.store))


def test_a_question_shows_outlet_sentence_and_what_was_coded(collected):
    said = review(collected, "--list", "--limit", "1").stdout
    question = asked(collected)[0]
    assert question.sentence in said
    assert question.report["outlet"] in said
    assert question.event["event_type"] in said


def test_an_accepted_event_is_kept_with_its_author_and_not_asked_about_again(collected):
    first = asked(collected)[0].event["event_id"]
    review(collected, "--author", "Nadia", "--limit", "1", answers="a\n")
    (row,) = corrections(collected)
    assert (row["event_id"], row["verdict"], row["author"]) == (first, "accepted", "Nadia")
    assert first not in {question.event["event_id"] for question in asked(collected)}


def test_a_rejected_event_no_longer_counts_and_its_reason_is_kept(collected):
    first = asked(collected)[0].event["event_id"]
    review(collected, "--author", "Nadia", "--limit", "1", answers="r\nno such act\n")
    assert corrections(collected)[0]["reason"] == "no such act"
    assert first not in open_desk(collected.root).table("events")["event_id"].to_pylist()


def test_a_correction_names_only_what_changes_and_a_slip_is_asked_again(collected):
    slip = ["c", "", "NOBODY", *[""] * 6]
    right = ["", "CHN", *[""] * 6, "read it again"]
    said = review(collected, "--author", "Nadia", "--limit", "1", answers="\n".join([*slip, *right]) + "\n").stdout
    assert "nobody knows this actor" in said
    (row,) = corrections(collected)
    assert (row["verdict"], row["source"]) == ("corrected", "CHN")
    stands = {event["event_id"]: event for event in open_desk(collected.root).table("events").to_pylist()}
    assert stands[row["event_id"]]["source"] == "CHN"


def test_quitting_keeps_what_was_answered(collected):
    said = review(collected, "--author", "Nadia", "--limit", "3", answers="a\nq\n").stdout
    assert "Answers kept: 1" in said
    assert len(corrections(collected)) == 1


def test_nothing_is_kept_without_a_name(collected):
    done = review(collected, "--limit", "1", ok=2)
    assert "--author" in done.stderr
    assert corrections(collected) == []


def test_the_list_as_json_is_the_queue_in_order(collected):
    rows = json.loads(review(collected, "--format", "json", "--limit", "3").stdout)
    assert [row["event_id"] for row in rows] == [question.event["event_id"] for question in asked(collected)[:3]]


def test_answers_are_exported_as_labelled_sentences(collected, tmp_path):
    review(collected, "--author", "Nadia", "--limit", "1", answers="a\n")
    out = tmp_path / "answers.jsonl"
    review(collected, "--export", str(out))
    (row,) = map(json.loads, out.read_text("utf-8").splitlines())
    assert row["split"] == "train"
    assert len(row["events"]) == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"event_type": "GREET"}, "not in the codebook"),
        ({"mode": "air_strike", "event_type": "AID"}, "has none of that name"),
        ({"context": "weather"}, "not in the codebook"),
        ({"event_date": "yesterday"}, "is no day"),
        ({"source": ""}, "is missing"),
        ({"colour": "red"}, "not one of an event"),
    ],
)
def test_an_event_that_cannot_be_is_refused_with_what_would_do(collected, changes, told):
    with pytest.raises(BadInput, match=told):
        editing.answer(
            open_desk(collected.root).store,
            asked(collected)[0],
            "corrected",
            now=NOW,
            author="Nadia",
            changes=changes,
        )


def test_a_mode_the_new_type_does_not_have_goes_with_the_old_type(collected):
    question = next(q for q in asked(collected) if q.event["mode"])
    changed = editing.require_sound(question, {"event_type": "PROTEST"})
    assert (changed["event_type"], changed["mode"]) == ("PROTEST", None)


def test_a_week_run_after_the_answers_measures_what_people_said(desk):
    desk.run()
    (pact,) = [
        q for q in asked(desk) if q.event["event_type"] == "AGREE" and q.event["event_date"].isoformat() == "2026-05-27"
    ]
    editing.answer(open_desk(desk.root).store, pact, "rejected", now=NOW, author="Nadia")
    desk.run(as_of=NOW.date())
    standing = open_desk(desk.root).table("standings").to_pylist()
    assert "military_pact" not in {row["commitment"] for row in standing}


def test_a_past_week_is_rebuilt_without_words_that_came_later(desk):
    desk.run()
    before = desk.files("issues")
    for question in asked(desk)[:5]:
        editing.answer(open_desk(desk.root).store, question, "rejected", now=NOW, author="Nadia")
    desk.run()
    assert desk.files("issues") == before
