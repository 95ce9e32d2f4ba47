"""The labelled sentences keep their promised form, so that a figure measured on them means what it says."""

import datetime as dt
import hashlib
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from marsad.domain.words import Context, EventType, Language, Status
from marsad.vocab.codebook import MODES

FILES = sorted((Path(__file__).parent / "gold" / "sentences").glob("*.jsonl"))
KEYS = {"id", "story", "split", "text", "date", "status", "events"}
EVENT_KEYS = {"source", "target", "source_code", "target_code", "event_type", "mode", "context"}

every_language = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def read(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def spans(event):
    return [event[side] for side in ("source", "target") if event[side] is not None]


def test_there_are_labelled_sentences():
    assert FILES


@every_language
def test_every_row_has_the_promised_keys(path):
    for row in read(path):
        assert set(row) == (KEYS if row["events"] else KEYS | {"why"}), row["id"]
        assert all(set(event) == EVENT_KEYS for event in row["events"]), row["id"]


@every_language
def test_ids_name_the_language_and_texts_are_said_once(path):
    rows = read(path)
    Language(path.stem)
    assert all(re.fullmatch(rf"{path.stem}-\d{{4}}", row["id"]) for row in rows)
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({row["text"] for row in rows}) == len(rows)


@every_language
def test_the_split_follows_the_hash_of_the_story(path):
    for row in read(path):
        side = int(hashlib.sha256(("marsad-1:" + row["story"]).encode()).hexdigest(), 16) % 2
        assert row["split"] == ("train", "test")[side], row["id"]


@every_language
def test_spans_hold_a_trimmed_mention_inside_the_text(path):
    for row in read(path):
        text = row["text"]
        assert text == text.strip()
        for event in row["events"]:
            for start, end in spans(event):
                assert 0 <= start < end <= len(text), row["id"]
                assert text[start:end] == text[start:end].strip(), row["id"]


@every_language
def test_source_and_target_are_two_mentions_with_a_code_each(path):
    for row in read(path):
        for event in row["events"]:
            assert re.fullmatch("[A-Z]{3,5}", event["source_code"]), row["id"]
            assert (event["target"] is None) == (event["target_code"] is None), row["id"]
            if event["target"] is not None:
                assert re.fullmatch("[A-Z]{3,5}", event["target_code"]), row["id"]
                (a, b), (c, d) = event["source"], event["target"]
                assert b <= c or d <= a, row["id"]


@every_language
def test_types_modes_and_contexts_are_in_the_codebook(path):
    for row in read(path):
        labels = [json.dumps(event, sort_keys=True) for event in row["events"]]
        assert len(set(labels)) == len(labels), row["id"]
        for event in row["events"]:
            assert event["mode"] is None or event["mode"] in MODES[event["event_type"]], row["id"]
            Context(event["context"])


@every_language
def test_a_negative_says_why_and_an_event_stands_in_a_reported_sentence(path):
    for row in read(path):
        status = Status(row["status"])
        if row["events"]:
            assert status is Status.REPORTED, row["id"]
        else:
            assert 1 <= len(row["why"].split()) <= 2, row["id"]


@every_language
def test_report_dates_end_with_2026(path):
    assert all(dt.date.fromisoformat(row["date"]) <= dt.date(2026, 12, 31) for row in read(path))


@every_language
def test_each_language_has_enough_of_everything(path):
    rows = read(path)
    told = [row for row in rows if row["events"]]
    sentences = Counter(kind for row in told for kind in {event["event_type"] for event in row["events"]})
    assert len(told) >= 160
    assert len(rows) - len(told) >= 65
    assert {kind.value: sentences[kind.value] for kind in EventType if sentences[kind.value] < 8} == {}


@every_language
def test_both_splits_hold_a_quarter_of_the_sentences_and_every_type(path):
    rows = read(path)
    for split in ("train", "test"):
        part = [row for row in rows if row["split"] == split]
        assert 4 * len(part) >= len(rows)
        assert {event["event_type"] for row in part for event in row["events"]} == set(EventType)
