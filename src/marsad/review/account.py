"""The honest account: how good what was said was, against what else could have been said."""

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from marsad import scoring
from marsad.vocab.likelihood import LikelihoodScale

Floats = npt.NDArray[np.float64]
Row = dict[str, Any]
ALL = "all"
_S, _F, _I = pa.string(), pa.float64(), pa.int32()

ACCOUNT = pa.schema(
    [
        ("kind", _S),  # forecast or judgement
        ("who", _S),  # model or author
        ("by", _S),  # all, topic, horizon or language
        ("group", _S),
        ("n", _I),  # resolved yes or no
        ("n_happened", _I),
        ("n_void", _I),  # left out: not collected, or a person said so
        ("n_backfilled", _I),  # of n, made or entered later than their origin
        ("brier", _F),
        ("log_score", _F),  # nats
        ("base_brier", _F),  # of the base rates; null where one is missing
        ("skill", _F),  # 1 - brier / base_brier
        ("skill_low", _F),  # 95 % interval, drawing dyads anew; null with fewer than two
        ("skill_high", _F),
        ("persistence_brier", _F),  # of "as in the window before"
        ("persistence_skill", _F),
        ("calibration_error", _F),
        ("reliability", _F),  # Murphy's parts of the Brier score
        ("resolution", _F),
        ("uncertainty", _F),
        ("within", _F),  # spread inside the bins, which the other parts leave out
    ]
)

CALIBRATION = pa.schema(
    [
        ("kind", _S),
        ("who", _S),
        ("by", _S),  # as in ACCOUNT
        ("group", _S),
        ("bin", _I),  # 0 holds the lowest
        ("n", _I),
        ("said", _F),  # mean probability
        ("happened", _F),  # share
        ("low", _F),  # 95 % Wilson interval of happened
        ("high", _F),
        ("sharpness", _F),  # share of all that was said in this bin
    ]
)

SAME_QUESTIONS = pa.schema(
    [
        ("author", _S),
        ("n", _I),
        ("brier", _F),  # of the person
        ("model_brier", _F),
        ("base_brier", _F),  # null where one is missing
        ("n_nearer", _I),  # how often the person was nearer to what happened than the model
    ]
)

WORDS = pa.schema(
    [
        ("kind", _S),
        ("word", _S),
        ("band_low", _F),
        ("band_high", _F),
        ("n", _I),
        ("happened", _F),
        ("low", _F),  # 95 % Wilson interval of happened
        ("high", _F),
    ]
)


def account(said: pa.Table, *, seed: int = 0) -> pa.Table:
    """Score what was said by model and author: over all, by topic, by horizon and by the language it was said in.

    Args:
        said: see :func:`marsad.review.said.said`.
        seed: of drawing dyads anew for the interval of skill.

    Returns:
        ``ACCOUNT``, one row per (kind, who, by, group) with something resolved yes or no; forecasts first.

    >>> from marsad.review.said import SAID
    >>> account(SAID.empty_table()).num_rows
    0
    """
    rows = [head | {"n_void": n_void} | _scores(decided, seed) for head, decided, n_void in _groups(said)]
    return pa.Table.from_pylist(rows, schema=ACCOUNT)


_DIMENSIONS: Sequence[tuple[str, Callable[[Row], str | None]]] = (
    (ALL, lambda _: ALL),
    ("topic", itemgetter("topic")),
    ("horizon", itemgetter("horizon")),
    ("language", itemgetter("language")),
)


def _groups(said: pa.Table) -> Iterator[tuple[Row, list[Row], int]]:
    """Give who and what is looked at, what of it was resolved yes or no, and how many were void."""
    for kind, who, members in _speakers(said):
        for by, key in _DIMENSIONS:
            groups = {group for row in members if (group := key(row)) is not None}
            for group in sorted(groups):
                inside = [row for row in members if key(row) == group]
                decided = [row for row in inside if row["outcome"] is not None]
                if decided:
                    yield {"kind": kind, "who": who, "by": by, "group": group}, decided, len(inside) - len(decided)


def calibration(said: pa.Table, n_bins: int = 10) -> pa.Table:
    """Compare what was said with what happened, in bins of like probabilities.

    Args:
        said: see :func:`marsad.review.said.said`.
        n_bins: bins of equal count to aim for.

    Returns:
        ``CALIBRATION``, one row per (kind, who, by, group, bin), lowest first.
    """
    rows = []
    for head, decided, _ in _groups(said):
        bins = scoring.reliability(_numbers(decided, "probability"), _numbers(decided, "outcome"), n_bins)
        for number, found in enumerate(bins):
            rows.append(
                head
                | {
                    "bin": number,
                    "n": found.n,
                    "said": found.forecast,
                    "happened": found.observed,
                    "low": found.low,
                    "high": found.high,
                    "sharpness": found.n / len(decided),
                }
            )
    return pa.Table.from_pylist(rows, schema=CALIBRATION)


def same_questions(said: pa.Table) -> pa.Table:
    """Compare each author with the model on the questions both answered, asked at the same hour.

    Args:
        said: see :func:`marsad.review.said.said`.

    Returns:
        ``SAME_QUESTIONS``, one row per author, then one for all together where there are several.
    """
    both = [
        row
        for row in said.to_pylist()
        if row["kind"] == "judgement" and row["outcome"] is not None and row["model_probability"] is not None
    ]
    authors = sorted({row["who"] for row in both})
    groups = [(author, [row for row in both if row["who"] == author]) for author in authors]
    rows = []
    for author, members in [*groups, (ALL, both)] if len(groups) > 1 else groups:
        p, model, outcomes = (_numbers(members, name) for name in ("probability", "model_probability", "outcome"))
        rows.append(
            {
                "author": author,
                "n": len(members),
                "brier": scoring.brier_score(p, outcomes),
                "model_brier": scoring.brier_score(model, outcomes),
                "base_brier": _brier_of(members, "base_rate"),
                "n_nearer": int((np.abs(p - outcomes) < np.abs(model - outcomes)).sum()),
            }
        )
    return pa.Table.from_pylist(rows, schema=SAME_QUESTIONS)


def words_used(said: pa.Table, scale: LikelihoodScale, language: str = "en") -> pa.Table:
    """Compare the likelihood words that were printed with how often it happened.

    Args:
        said: see :func:`marsad.review.said.said`.
        scale: the declared words and their bands.
        language: of the words.

    Returns:
        ``WORDS``, one row per (kind, word used), lowest band first.
    """
    rows = []
    for kind in ("forecast", "judgement"):
        by_band: dict[int, list[bool]] = {}
        for row in said.to_pylist():
            if row["kind"] == kind and row["outcome"] is not None:
                by_band.setdefault(scale.index(row["probability"]), []).append(row["outcome"])
        for number in sorted(by_band):
            n, happened = len(by_band[number]), sum(by_band[number])
            low, high = scoring.wilson_interval(happened, n)
            band = scale.bands[number]
            rows.append(
                {
                    "kind": kind,
                    "word": scale.word(band.low, language),
                    "band_low": band.low,
                    "band_high": band.high,
                    "n": n,
                    "happened": happened / n,
                    "low": low,
                    "high": high,
                }
            )
    return pa.Table.from_pylist(rows, schema=WORDS)


def _speakers(said: pa.Table) -> list[tuple[str, str, list[Row]]]:
    """Return who said something that was resolved yes or no, with all they said: models first, then authors."""
    rows = said.to_pylist()
    speakers = sorted({(row["kind"], row["who"]) for row in rows if row["outcome"] is not None})
    return [(kind, who, [row for row in rows if (row["kind"], row["who"]) == (kind, who)]) for kind, who in speakers]


def _scores(decided: list[Row], seed: int) -> Row:
    p, outcomes = _numbers(decided, "probability"), _numbers(decided, "outcome")
    brier, base_brier = scoring.brier_score(p, outcomes), _brier_of(decided, "base_rate")
    persistence_brier = scoring.brier_score(_numbers(decided, "persistence"), outcomes)
    low, high = None, None
    if base_brier is not None:
        base = _numbers(decided, "base_rate")
        about = [row["about"] for row in decided]
        low, high = scoring.skill_interval((p - outcomes) ** 2, (base - outcomes) ** 2, about, seed) or (None, None)
    parts = scoring.murphy(p, outcomes)
    return {
        "n": len(decided),
        "n_happened": int(outcomes.sum()),
        "n_backfilled": sum(bool(row["backfilled"]) for row in decided),
        "brier": brier,
        "log_score": scoring.log_score(p, outcomes),
        "base_brier": base_brier,
        "skill": None if base_brier is None else scoring.skill(brier, base_brier),
        "skill_low": low,
        "skill_high": high,
        "persistence_brier": persistence_brier,
        "persistence_skill": scoring.skill(brier, persistence_brier),
        "calibration_error": scoring.calibration_error(p, outcomes),
        **parts._asdict(),
    }


def _brier_of(rows: list[Row], name: str) -> float | None:
    if any(row[name] is None for row in rows):
        return None
    return scoring.brier_score(_numbers(rows, name), _numbers(rows, "outcome"))


def _numbers(rows: list[Row], name: str) -> Floats:
    return np.array([row[name] for row in rows], dtype=np.float64)
