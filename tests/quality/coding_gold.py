"""Score the coder against hand-coded reports: the chronology in the repository, and human-labelled pairs beside it."""

import csv
import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

from marsad.coding import Coder, code, code_text
from marsad.domain.tables import REPORTS as REPORT_ROWS
from marsad.domain.words import Language
from marsad.vocab.codebook import is_mutual

ROOT = Path(__file__).resolve().parents[2]
GOLD = Path(__file__).parent / "gold"
REPORTS = ROOT / "examples" / "kabul" / "reports" / "chronology.csv"
SHARED = Path(os.environ.get("MARSAD_SHARED", ROOT.parent / "shared"))
PAIRS = SHARED / "data" / "gold" / "plv_train.tsv"
SENTENCES = GOLD / "sentences"
_TAG = re.compile(r"(</?[st]>)")
# The pair set knows one class of giving way where we tell verbal (CONCEDE) from material (RETREAT).
_PAIR_CLASS = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


@dataclass
class Score:
    """Counts over gold events of one language; every share is of these."""

    n_gold: int = 0
    n_coded: int = 0
    right_type: int = 0
    right_pair: int = 0
    right_order: int = 0
    right_event: int = 0
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        return self.right_event / max(1, self.n_coded)

    @property
    def recall(self) -> float:
        return self.right_event / max(1, self.n_gold)


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def score_reports(coder: Coder) -> dict[str, Score]:
    """Per language: events at the published threshold against one gold event per report."""
    reports = {row["id"]: row for row in rows(REPORTS)}
    scores: dict[str, Score] = defaultdict(Score)
    for gold in rows(GOLD / "chronology.csv"):
        report = reports[gold["report_id"]]
        line = code_text({"id": report["id"], "text": report["text"], "date": report["published"]}, coder)
        events = [event for sentence in line["sentences"] for event in sentence["events"]]
        _count(scores[report["language"]], gold, events)
    return dict(scores)


def _count(score: Score, gold: dict[str, str], events: list[dict]) -> None:
    published = [event for event in events if not event.get("review")]
    score.n_gold += 1
    score.n_coded += len(published)
    surest = max(events, key=lambda event: event["confidence"], default=None)
    kind = surest["event_type"] if surest else "none"
    score.right_type += kind == gold["event_type"]
    if kind != gold["event_type"]:
        score.confused[gold["event_type"], kind] += 1
    pair = (gold["source"], gold["target"] or None)
    score.right_pair += any({event["source"], event["target"]} == set(pair) for event in events)
    score.right_order += any((event["source"], event["target"]) == pair for event in events)
    score.right_event += any(_is_gold(event, gold["event_type"], pair) for event in published)


def _is_gold(event: dict, kind: str, pair: tuple[str, str | None]) -> bool:
    if event["event_type"] != kind:
        return False
    coded = (event["source"], event["target"])
    return coded == pair or (is_mutual(kind, event["mode"]) and set(coded) == set(pair))


def false_events(coder: Coder) -> list[dict[str, str]]:
    """Statements that are no event, yet coded as one at the published threshold."""
    wrong = []
    for row in rows(GOLD / "negatives.csv"):
        line = code_text({"id": row["id"], "text": row["text"]}, coder)
        if any(not event.get("review") for sentence in line["sentences"] for event in sentence["events"]):
            wrong.append(row)
    return wrong


def score_same_event(coder: Coder) -> tuple[float, float]:
    """Precision and recall over pairs of reports: do they tell one event? Groups by hand, all other pairs do not."""
    known = {row["id"]: row for row in rows(REPORTS)}
    groups = [set(row["ids"].split()) for row in rows(GOLD / "duplicates.csv") if row["kind"] == "same_event"]
    grouped = sorted(set().union(*groups) & set(known))
    found = code(REPORT_ROWS.from_rows([_report_row(known[key]) for key in grouped]), coder)
    told: dict[str, set[str]] = defaultdict(set)
    for mention in found.mentions.to_pylist():
        told[mention["report_id"]].add(mention["event_id"])
    same = {pair for pair in combinations(grouped, 2) if any(group.issuperset(pair) for group in groups)}
    joined = {(one, other) for one, other in combinations(grouped, 2) if told[one] & told[other]}
    return len(same & joined) / max(1, len(joined)), len(same & joined) / max(1, len(same))


def _report_row(row: dict[str, str]) -> dict:
    at = datetime.fromisoformat(row["published"]).replace(tzinfo=UTC)
    texts = {name: row[name] for name in ("outlet", "url", "language", "title", "text")}
    keys = {"report_id": row["id"], "story_id": row["id"], "feed": "chronology", "sha256": ""}
    return {**texts, **keys, "published_at": at, "known_at": at, "published_estimated": False, "backfilled": True}


@dataclass
class SentenceScore:
    """Counts over labelled sentences of one language."""

    n_pairs: int = 0
    right_type: int = 0
    n_coded: int = 0
    right_event: int = 0
    n_negatives: int = 0
    coded_negatives: int = 0
    right_order: int = 0
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def type_accuracy(self) -> float:
        return self.right_type / max(1, self.n_pairs)

    @property
    def precision(self) -> float:
        return self.right_event / max(1, self.n_coded)

    @property
    def recall(self) -> float:
        return self.right_event / max(1, self.n_pairs)

    @property
    def negatives_coded(self) -> float:
        return self.coded_negatives / max(1, self.n_negatives)


def labelled(language: str, split: str) -> list[dict]:
    lines = (SENTENCES / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["split"] == split]


def score_sentences(coder: Coder, language: str, split: str) -> SentenceScore:
    """Types with the pair given; whole events (type and both parties, published); sentences without an event coded."""
    score = SentenceScore()
    for row in labelled(language, split):
        line = coded_line(row, language, coder)
        told = [(e["event_type"], e["mode"], e["source"], e["target"]) for e in published(line)]
        if not row["events"]:
            score.n_negatives += 1
            score.coded_negatives += bool(told)
            continue
        score.n_pairs += len(row["events"])
        score.n_coded += len(told)
        for answer, gold in zip(line["pairs"], row["events"], strict=True):
            kind = answer["event_type"]
            score.right_type += kind == gold["event_type"]
            if kind != gold["event_type"]:
                score.confused[gold["event_type"], kind] += 1
        every = [event for sentence in line["sentences"] for event in sentence["events"]]
        score.right_order += sum(any(_is_in_order(gold, event) for event in every) for gold in row["events"])
        score.right_event += sum(any(_is_told(gold, each) for each in told) for gold in row["events"])
    return score


def coded_line(row: dict, language: str, coder: Coder) -> dict:
    pairs = [{side: gold[side] for side in ("source", "target") if gold[side]} for gold in row["events"]]
    record = {"id": row["id"], "text": row["text"], "date": row["date"], "language": language, "pairs": pairs}
    return code_text(record, coder)


def published(line: dict) -> list[dict]:
    return [event for sentence in line["sentences"] for event in sentence["events"] if not event.get("review")]


def _is_told(gold: dict, told: tuple) -> bool:
    kind, mode, *coded = told
    pair = [gold["source_code"], gold["target_code"]]
    return kind == gold["event_type"] and (coded == pair or (is_mutual(kind, mode) and set(coded) == set(pair)))


def _is_in_order(gold: dict, event: dict) -> bool:
    coded, pair = [event["source"], event["target"]], [gold["source_code"], gold["target_code"]]
    return coded == pair or (is_mutual(event["event_type"], event["mode"]) and coded == pair[::-1])


def score_pairs(coder: Coder) -> tuple[float, Counter[tuple[str, str]]]:
    """Share of human-labelled English pairs with the right type, and the confusions."""
    pairs = rows(PAIRS, "\t")
    confused: Counter[tuple[str, str]] = Counter()
    for row in pairs:
        text, pair = unmark(row["marked_sentence"])
        line = code_text({"id": row["sentence_id"], "text": text, "language": "en", "pairs": [pair]}, coder)
        kind = line["pairs"][0]["event_type"]
        kind = _PAIR_CLASS.get(kind, kind)
        if kind != row["gold_root"]:
            confused[row["gold_root"], kind] += 1
    return 1 - sum(confused.values()) / len(pairs), confused


def unmark(marked: str) -> tuple[str, dict[str, list[int]]]:
    """Take the <s> and <t> marks out of a sentence; return the text and the offsets of the first of each."""
    text = ""
    pair: dict[str, list[int]] = {}
    for part in _TAG.split(marked):
        if not _TAG.fullmatch(part):
            text += part
            continue
        name = "source" if "s" in part else "target"
        if part.startswith("</"):
            if len(pair[name]) == 1:
                pair[name].append(len(text))
        else:
            pair.setdefault(name, [len(text)])
    return text, pair


def sentences() -> Iterator[tuple[str, str]]:
    """(language, text) of all chronology reports and labelled sentences, for speed."""
    for report in rows(REPORTS):
        yield report["language"], report["text"]
    for language in Language:
        for split in ("train", "test"):
            yield from ((language.value, row["text"]) for row in labelled(language.value, split))
