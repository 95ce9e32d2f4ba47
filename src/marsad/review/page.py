"""The review as text: what a person reads in a terminal."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

Row = dict[str, Any]
_NOTHING = "Nothing is due yet. Next: run the weeks to come"


def review_text(tables: Mapping[str, pa.Table]) -> str:
    """Return the review as text, best and worst alike.

    Args:
        tables: ``scores``, ``calibration``, ``same_questions``, ``words`` as :mod:`marsad.review.account` makes them,
            and ``judgements`` with ``outcome``, ``is_resolved``, ``decided_by`` and ``superseded_by`` beside each.

    >>> from marsad.review.account import ACCOUNT, CALIBRATION, SAME_QUESTIONS, WORDS
    >>> empty = {"scores": ACCOUNT, "calibration": CALIBRATION, "same_questions": SAME_QUESTIONS, "words": WORDS}
    >>> review_text({name: schema.empty_table() for name, schema in empty.items()})
    'Nothing is due yet. Next: run the weeks to come'
    """
    rows = {name: table.to_pylist() for name, table in tables.items()}
    parts = [
        *_scores(rows["scores"]),
        *_calibration(rows["calibration"]),
        *_words(rows["words"]),
        *_same_questions(rows["same_questions"]),
        *_judgements(rows.get("judgements", [])),
    ]
    return "\n".join(parts if rows["scores"] else [_NOTHING, *parts])


_HEAD = f"{'n':>6} {'true':>6} {'Brier':>7} {'base':>7} {'skill':>7}  {'95 % interval':<18} {'persist.':>8} {'log':>6}"


def _scores(rows: list[Row]) -> list[str]:
    lines = []
    for kind, who in dict.fromkeys((row["kind"], row["who"]) for row in rows):
        ours = [row for row in rows if (row["kind"], row["who"]) == (kind, who)]
        lines += [f"{kind}s by {who}", f"  {'':<22} {_HEAD}"]
        lines += [f"  {row['group']:<22} {_score_cells(row)}" for row in ours]
        lines += [f"  {line}" for line in _verdict(ours[0])]
    return lines


def _score_cells(row: Row) -> str:
    interval = "" if row["skill_low"] is None else f"{row['skill_low']:+.3f} .. {row['skill_high']:+.3f}"
    return (
        f"{row['n']:>6} {row['n_happened']:>6} {row['brier']:>7.4f} {_number(row['base_brier'], '.4f'):>7} "
        f"{_number(row['skill'], '+.3f'):>7}  {interval:<18} {_number(row['persistence_skill'], '+.3f'):>8} "
        f"{row['log_score']:>6.3f}"
    )


def _verdict(row: Row) -> list[str]:
    """Say in words what the first row shows: skill, calibration, what was left out."""
    low, high = row["skill_low"], row["skill_high"]
    if row["skill"] is None:
        verdict = "There is no base rate to compare all of it with."
    elif low is not None and low > 0:
        verdict = "Better than the base rate."
    elif (high is not None and high < 0) or (low is None and row["skill"] < 0):
        verdict = "Worse than the base rate."
    else:
        verdict = "No better than the base rate, as far as can be told."
    lines = [
        verdict,
        (
            f"Saying and happening differ by {row['calibration_error']:.3f} on average; "
            f"resolution {row['resolution']:.4f} of {row['uncertainty']:.4f} uncertainty."
        ),
    ]
    if row["n_void"]:
        lines.append(f"{row['n_void']} void, left out.")
    if row["n_backfilled"]:
        lines.append(
            f"{row['n_backfilled']} of these were made in hindsight, each with only what was known at its origin."
        )
    return [*lines, ""]


def _calibration(rows: list[Row]) -> list[str]:
    rows = [row for row in rows if row["by"] == "all"]
    if not rows:
        return []
    lines = [
        f"  {row['who']:<22} said {row['said']:>6.1%}  happened {row['happened']:>6.1%} "
        f"({row['low']:.1%} .. {row['high']:.1%})  n {row['n']}"
        for row in rows
    ]
    return ["What was said, and how often it happened", *lines, ""]


def _words(rows: list[Row]) -> list[str]:
    if not rows:
        return []
    lines = ["Likelihood words, and how often it happened"]
    for row in rows:
        band = f"{row['band_low']:.0%}-{row['band_high']:.0%}"
        lines.append(
            f"  {row['kind']:<10} {row['word']:<20} {band:>8}  happened {row['happened']:>6.1%} "
            f"({row['low']:.1%} .. {row['high']:.1%})  n {row['n']}"
        )
    return [*lines, ""]


def _same_questions(rows: list[Row]) -> list[str]:
    if not rows:
        return []
    lines = [
        f"  {row['author']:<22} n {row['n']:>4}  Brier {row['brier']:.4f}, model {row['model_brier']:.4f}, "
        f"base rate {_number(row['base_brier'], '.4f')}; nearer than the model {row['n_nearer']} times"
        for row in rows
    ]
    return ["People and model on the same questions", *lines, ""]


def _judgements(rows: list[Row]) -> list[str]:
    if not rows:
        return []
    lines = ["Judgements"]
    for row in rows:
        fate = {True: "yes", False: "no", None: "void"}[row["outcome"]] if row["is_resolved"] else "open"
        decided = f" [{', '.join(row['decided_by'])}]" if row["decided_by"] else ""
        reason = f" ({row['reason']})" if row["reason"] else ""
        later = f"; superseded by {', '.join(row['superseded_by'])}" if row["superseded_by"] else ""
        said = f"{row['author'] or 'unnamed'}: {row['sentence']}"
        lines += [
            f"  {row['judgement_id']}  {fate:<4} {row['probability']:>4.0%}  {said}",
            f"  {'':<16}  {row['resolution_rule']}{decided}{reason}{later}",
        ]
    return lines


def _number(value: float | None, form: str) -> str:
    return "-" if value is None else format(value, form)
