"""Every rule has a bad and a good example, run here."""

import re

import pyarrow as pa
import pytest

from event_rows import event, events
from marsad import check
from marsad.binding.values import Vintage
from marsad.check.catalogue import examples
from marsad.check.context import Context
from marsad.check.layout import read
from marsad.domain.desk import Desk, Imprint
from marsad.domain.week import Week
from marsad.domain.words import Language

CHECKS = {one.rule: one for one in check.CHECKS}


EXAMPLES = examples()


def _filler(match):
    """Neutral words, in one sentence if few."""
    count = int(match[1])
    if count < 100:
        return " ".join(["the talks in the capital go on"] * (count // 7 + 1)) + "."
    sentences = [f"Talk {number} in the capital went on in the same old room." for number in range(count // 11)]
    return "\n\n".join(" ".join(sentences[at : at + 8]) for at in range(0, len(sentences), 8))


def _context(example):
    desk = Desk(
        title={},
        languages=(Language.EN,),
        watched=(),
        feeds=(),
        imprint=Imprint({}, {}),
        first_week=Week(2026, 1),
        names={code: {"en": name} for code, name in example.get("names", {}).items()},
        likelihood={"en": tuple(example["scale"])} if "scale" in example else {},
    )
    rows = [
        {"report_id": key, "outlet": "", "title": "", "text": text} for key, text in example.get("reports", {}).items()
    ]
    return Context(desk, {"reports": pa.Table.from_pylist(rows)} if rows else {}, _vintage(example))


def _vintage(example):
    """A week whose events are the example's: [day of the record, pair, event type]."""
    if "events" not in example:
        return None
    week = Week(2026, 8)
    rows = [event(n, pair, event_type=kind) for n, pair, kind in example["events"]]
    return Vintage({"events": events(*rows)}, week, week.cutoff)


def _raised(name, example, text):
    text = re.sub(r"\{words:(\d+)\}", _filler, text)
    language = Language(example["language"]) if "language" in example else None
    return list(CHECKS[name](read(text, language=language), _context(example)))


def test_every_rule_has_its_examples_and_every_example_a_rule():
    assert sorted(EXAMPLES) == sorted(CHECKS)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_the_bad_example_is_found(name):
    findings = _raised(name, EXAMPLES[name], EXAMPLES[name]["bad"])
    assert findings
    assert all(finding.rule == name and finding.message for finding in findings)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_the_good_example_passes(name):
    assert _raised(name, EXAMPLES[name], EXAMPLES[name]["good"]) == []


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_every_rule_explains_itself(name):
    assert len(check.explain(name)) > 40
