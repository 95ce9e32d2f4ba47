"""How well the coder does, per language, as measured when its words and weights last changed.

The figures stand in ``accuracy.json``; ``python benchmarks/coding.py --keep`` measures them anew and writes the file.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_NAMES = {"ar": "Arabic", "en": "English", "fa": "Persian, Dari", "ps": "Pashto", "ru": "Russian"}


@cache
def load_accuracy() -> Mapping[str, Any]:
    """Return the figures by name: of ``sentences`` and ``reports`` by language, ``pairs_en``, ``same_event``.

    >>> sorted(load_accuracy()["sentences"])
    ['ar', 'en', 'fa', 'ps', 'ru']
    """
    measured: Mapping[str, Any] = json.loads(files("marsad.vocab").joinpath("accuracy.json").read_text("utf-8"))
    return measured


def accuracy_text() -> str:
    """Return the figures as `marsad code --about` prints them."""
    measured = load_accuracy()
    same = measured["same_event"]
    sentences = [
        f"{_common(code, row)}  {row['coded_negatives']} of {row['n_negatives']}"
        for code, row in sorted(measured["sentences"].items())
    ]
    reports = [_common(code, row) for code, row in sorted(measured["reports"].items())]
    head = f"{'language':14} {{:>7}}   type  order  precision  recall"
    return "\n".join(
        [
            f"{measured['coder']}, events published from confidence {measured['threshold']:.2f}",
            "",
            "Sentences it was not made from, written and labelled for this program",
            f"{head.format('events')}  non-events coded",
            *sentences,
            "",
            "Real reports on Afghanistan and its region, which it was mended by: expect less elsewhere",
            head.format("reports"),
            *reports,
            "",
            "type: right with both parties given (of real reports: of the surest event). order: both parties right,",
            "in the right order. precision, recall: source, type and target all right, at the published threshold.",
            f"English pairs labelled by others: type {measured['pairs_en']:.2f} of {measured['n_pairs_en']}.",
            f"Two reports of one event joined: precision {same['precision']:.2f}, recall {same['recall']:.2f}.",
            "No Pashto report is among the real ones. One labeller, no second reading.",
        ]
    )


def _common(code: str, row: Mapping[str, Any]) -> str:
    figures = f"{row['type']:.2f}   {row['order']:.2f}       {row['precision']:.2f}    {row['recall']:.2f}"
    return f"{_NAMES[code]:14} {row['n']:7d}   {figures}"
