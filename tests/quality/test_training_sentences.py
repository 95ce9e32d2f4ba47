"""Sentences that only train keep the form of the gold and stay apart from what measures."""

import json
from pathlib import Path

import pytest

from marsad.domain.words import Context, EventType, Status
from marsad.vocab.codebook import MODES

GOLD = Path(__file__).parent / "gold" / "sentences"
FILES = sorted((Path(__file__).resolve().parents[2] / "training" / "sentences").glob("*.jsonl"))

every_language = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def read(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@every_language
def test_every_row_trains_and_is_said_once(path):
    rows = read(path)
    assert {row["split"] for row in rows} == {"train"}
    assert len({row["id"] for row in rows}) == len({row["text"] for row in rows}) == len(rows)


@every_language
def test_no_sentence_of_the_gold_trains(path):
    measured = {row["text"] for row in read(GOLD / path.name)}
    assert not measured & {row["text"] for row in read(path)}


@every_language
def test_spans_and_labels_are_of_the_codebook(path):
    for row in read(path):
        Status(row["status"])
        assert bool(row["events"]) != ("why" in row), row["id"]
        for event in row["events"]:
            spans = [event[side] for side in ("source", "target") if event[side]]
            texts = [row["text"][start:end] for start, end in spans]
            assert all(text and text == text.strip() for text in texts), row["id"]
            Context(event["context"])
            assert event["mode"] is None or event["mode"] in MODES[EventType(event["event_type"])], row["id"]
