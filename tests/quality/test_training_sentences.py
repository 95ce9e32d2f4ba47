"""Sentences that train the learned head have the form of the labelled ones and none of them is there to measure."""

import json
import re
from pathlib import Path

import pytest

from marsad.domain.words import Context, EventType, Language, Status
from marsad.vocab.codebook import MODES

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "training" / "sentences").glob("*.jsonl"))
GOLD = Path(__file__).parent / "gold" / "sentences"

every_language = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def read(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@every_language
def test_all_are_for_training_and_none_is_a_measured_one(path):
    rows = read(path)
    measured = {row["text"] for row in read(GOLD / path.name)}
    Language(path.stem)
    assert {row["split"] for row in rows} == {"train"}
    assert all(re.fullmatch(rf"{path.stem}-t\d{{4}}", row["id"]) for row in rows)
    assert len({row["id"] for row in rows}) == len(rows)
    assert not measured & {row["text"] for row in rows}


@every_language
def test_spans_hold_trimmed_mentions_and_labels_are_in_the_codebook(path):
    for row in read(path):
        Status(row["status"])
        for event in row["events"]:
            assert event["event_type"] in set(EventType)
            assert event["mode"] is None or event["mode"] in MODES[event["event_type"]], row["id"]
            Context(event["context"])
            for side in ("source", "target"):
                if event[side] is not None:
                    start, end = event[side]
                    mention = row["text"][start:end]
                    assert mention == mention.strip() != "", row["id"]
