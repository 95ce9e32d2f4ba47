"""Accuracy of the coder per language, and its speed. Run: PYTHONPATH=src:tests python benchmarks/coding.py

With ``--keep`` the default coder's figures go to `src/marsad/vocab/accuracy.json`, which `marsad code --about` shows.
"""

import json
import resource
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from marsad.coding import Coder, code_text, default_coder
from marsad.domain.words import Language
from quality.coding_gold import (
    GOLD,
    PAIRS,
    REPORTS,
    false_events,
    rows,
    score_pairs,
    score_reports,
    score_same_event,
    score_sentences,
    sentences,
)

KEPT = Path(__file__).resolve().parents[1] / "src/marsad/vocab/accuracy.json"


def main() -> None:
    """Print the tables, by words alone and, where the encoder is installed, with it."""
    began = time.process_time()
    coder = default_coder()
    for language, text in list(sentences())[:1]:
        code_text({"id": "warm", "text": text, "language": language}, coder)
    print(f"load and first sentence: {time.process_time() - began:.2f} CPU-s")
    for each in [replace(coder, encoder=None), coder] if coder.encoder else [coder]:
        print(f"\n{each.name}, threshold {each.threshold}")
        speed(each)
        kept = accuracy(each)
    if "--keep" in sys.argv:
        KEPT.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
        print(f"kept in {KEPT}")


def _rounded(**figures: float) -> dict:
    return {name: figure if isinstance(figure, int) else round(figure, 3) for name, figure in figures.items()}


def accuracy(coder: Coder) -> dict:
    """Print the tables of one coder and return its figures."""
    scores = score_reports(coder)
    kept: dict = {"coder": coder.name, "threshold": coder.threshold, "sentences": {}, "reports": {}}
    print("chronology (development data)   n  type  pair  order  precision  recall")
    for language, score in sorted(scores.items()):
        shares = [count / score.n_gold for count in (score.right_type, score.right_pair, score.right_order)]
        print(
            f"  {language}                          {score.n_gold:4d}  "
            + "  ".join(f"{share:.2f}" for share in shares)
            + f"   {score.precision:.2f}       {score.recall:.2f}"
        )
        kept["reports"][language] = _rounded(
            n=score.n_gold, type=shares[0], order=shares[2], precision=score.precision, recall=score.recall
        )
    wrong = false_events(coder)
    print(f"negatives coded as events: {len(wrong)}/{len(rows(GOLD / 'negatives.csv'))}")
    precision, recall = score_same_event(coder)
    both = 2 * precision * recall / max(1e-9, precision + recall)
    print(
        f"same event, pairs of reports (development data): precision {precision:.2f} recall {recall:.2f} F1 {both:.2f}"
    )
    kept["same_event"] = _rounded(precision=precision, recall=recall)
    print("labelled sentences (test part)  pairs  type given pair  order   events: precision  recall   negatives coded")
    tested = {language: score_sentences(coder, language.value, "test") for language in Language}
    for language, found in tested.items():
        order = found.right_order / found.n_pairs
        print(
            f"  {language.value}                          {found.n_pairs:4d}        {found.type_accuracy:.2f}"
            f"        {order:.2f}              {found.precision:.2f}       {found.recall:.2f}"
            f"       {found.coded_negatives}/{found.n_negatives}"
        )
        kept["sentences"][language.value] = _rounded(
            n=found.n_pairs,
            type=found.type_accuracy,
            order=order,
            precision=found.precision,
            recall=found.recall,
            n_negatives=found.n_negatives,
            coded_negatives=found.coded_negatives,
        )
    for language, found in tested.items():
        print(f"  {language.value} confused, gold->coded:", _listed(found.confused))
    if PAIRS.exists():
        share, confused = score_pairs(coder)
        print(f"English pairs: {share:.3f}; confused:", _listed(confused))
        kept |= _rounded(pairs_en=share, n_pairs_en=len(rows(PAIRS, "\t")))
    return kept


def _listed(confused: Counter[tuple[str, str]]) -> str:
    return "; ".join(f"{gold}->{coded} {n}" for (gold, coded), n in confused.most_common(10))


def speed(coder: Coder) -> None:
    texts = [pair for pair in sentences() if pair[1]] if REPORTS.exists() else []
    began = time.process_time()
    n_sentences = sum(
        len(code_text({"id": "s", "text": text, "language": language, "date": "2026-01-01"}, coder)["sentences"])
        for language, text in texts
    )
    spent = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"speed: {n_sentences / spent:.0f} sentences per CPU-second; peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
