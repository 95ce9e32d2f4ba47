"""The labelled native sentences keep their format: spans, codes, vocabulary, splits. It reads no coder."""

import hashlib
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from marsad.domain.words import Context, EventType, Status
from marsad.vocab.codebook import MODES

FOLDER = Path(__file__).parent / "gold" / "sentences"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.jsonl"))
KEYS = {"id", "story", "split", "text", "date", "status", "events"}
EVENT_KEYS = {"source", "target", "source_code", "target_code", "event_type", "mode", "context"}
CODE = re.compile(r"[A-Z]{3,8}")


def sentences(language: str) -> list[dict[str, Any]]:
    lines = (FOLDER / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def split_of(story: str) -> str:
    return ("train", "test")[int(hashlib.sha256(f"marsad-1:{story}".encode()).hexdigest(), 16) % 2]


def is_span(span: list[int], text: str) -> bool:
    start, end = span
    return 0 <= start < end <= len(text) and text[start:end] == text[start:end].strip()


def test_there_are_labelled_sentences() -> None:
    assert LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_has_its_keys_a_date_and_the_split_of_its_story(language: str) -> None:
    for row in sentences(language):
        assert row.keys() == (KEYS if row["events"] else KEYS | {"why"}), row["id"]
        assert row["id"].startswith(f"{language}-")
        assert date.fromisoformat(row["date"]) < date(2027, 1, 1), row["id"]
        assert row["split"] == split_of(row["story"]), row["id"]
        assert row["status"] in set(Status), row["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_identifier_and_no_text_stands_twice(language: str) -> None:
    rows = sentences(language)
    assert len({row["id"] for row in rows}) == len(rows)
    assert [text for text, n in Counter(row["text"] for row in rows).items() if n > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_events_hold_spans_of_the_text_and_words_of_the_codebook(language: str) -> None:
    for row in sentences(language):
        for event in row["events"]:
            assert event.keys() == EVENT_KEYS, row["id"]
            assert is_span(event["source"], row["text"]), row["id"]
            assert CODE.fullmatch(event["source_code"]), row["id"]
            assert (event["target"] is None) == (event["target_code"] is None), row["id"]
            if event["target"] is not None:
                assert is_span(event["target"], row["text"]), row["id"]
                assert CODE.fullmatch(event["target_code"]), row["id"]
            assert event["mode"] is None or event["mode"] in MODES[event["event_type"]], row["id"]
            assert event["context"] in set(Context), row["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_reported_sentences_carry_events(language: str) -> None:
    assert [row["id"] for row in sentences(language) if row["events"] and row["status"] != "reported"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_and_enough_hard_negatives_are_there(language: str) -> None:
    rows = sentences(language)
    told = Counter(name for row in rows for name in {event["event_type"] for event in row["events"]})
    assert min(told[event_type] for event_type in EventType) >= 8
    assert sum(bool(row["events"]) for row in rows) >= 160
    assert sum(not row["events"] for row in rows) >= 65
