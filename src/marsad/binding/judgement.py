"""A judgement written into an issue: what is said, how likely, by when, what settles it, how sure, by whom."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from marsad.binding.directives import Directive
from marsad.domain.query import Query, parse_query
from marsad.domain.words import Language
from marsad.vocab.likelihood import LikelihoodScale

CONFIDENCE = ("low", "moderate", "high")
_OPTIONS = ("probability", "likelihood", "by", "horizon", "resolve", "confidence", "author")
_HORIZON = re.compile(r"(\d+)\s+(days?|weeks?|months?)", re.IGNORECASE)
_DAYS = {"day": 1, "week": 7, "month": 30}


@dataclass(frozen=True)
class Statement:
    """What a judgement says.

    Args:
        text: the sentence.
        probability: as given, or the middle of the band of the word given.
        is_worded: the analyst chose a word of the scale, not a number.
        due: last day that counts.
        query: what settles it.
        confidence: one of ``CONFIDENCE``, or None.
        author: who answers for it, or None.
    """

    text: str
    probability: float
    is_worded: bool
    due: date
    query: Query
    confidence: str | None
    author: str | None


def parse_judgement(
    directive: Directive,
    scale: LikelihoodScale,
    language: Language,
    week_end: date,
    groups: dict[str, tuple[str, ...]] | None = None,
) -> Statement:
    """Read a judgement.

    Args:
        directive: a ``judgement``.
        scale: the desk's; its word, in the issue's language or in English, may stand for the probability.
        language: of the issue.
        week_end: the last day of the issue's week, from which a horizon runs.
        groups: the desk's.

    Raises:
        BadInput: no statement, neither or both of probability and word, no last day, no rule, an unknown word.
    """
    directive.take(_OPTIONS)
    options = directive.options
    text = " ".join([directive.body, *(item for _, item in directive.items)]).strip()
    if not text:
        raise directive.fault("says nothing", "write the statement below the options")
    if not options.get("resolve"):
        raise directive.fault("nothing would settle it", "add :resolve: and an event query, such as USA SANCTION AFG")
    query = parse_query(options["resolve"], groups)
    probability, is_worded = _likelihood(directive, scale, language)
    confidence = options.get("confidence") or None
    if confidence and confidence not in CONFIDENCE:
        raise directive.fault(f"unknown confidence {confidence!r}", f"use {', '.join(CONFIDENCE)}")
    due = min((day for day in (_due(directive, week_end), query.due) if day), default=None)
    if due is None:
        raise directive.fault("has no last day, so it could never be found wrong", "add :by: 2026-09-30")
    return Statement(text, probability, is_worded, due, query, confidence, options.get("author") or None)


def _likelihood(directive: Directive, scale: LikelihoodScale, language: Language) -> tuple[float, bool]:
    number, word = (directive.options.get(key, "") for key in ("probability", "likelihood"))
    if bool(number) == bool(word):
        raise directive.fault("needs a probability or a word of the scale, one of the two", "add :probability: 0.7")
    if word:
        band = scale.band(word, language) or scale.band(word, Language.EN)
        if band is None:
            known = ", ".join(scale.words[language])
            raise directive.fault(f"{word!r} is no word of the desk's scale", f"use one of {known}")
        return round((band.low + band.high) / 2, 4), True
    try:
        probability = float(number.rstrip("%")) / (100 if number.endswith("%") else 1)
    except ValueError:
        probability = -1.0
    if not 0 < probability < 1:
        raise directive.fault(f"{number!r} is no probability between 0 and 1", "write :probability: 0.7 or 70%")
    return probability, False


def _due(directive: Directive, week_end: date) -> date | None:
    by, horizon = (directive.options.get(key, "") for key in ("by", "horizon"))
    if by:
        try:
            return date.fromisoformat(by)
        except ValueError as error:
            raise directive.fault(f"{by!r} is no date", "write :by: 2026-09-30") from error
    if not horizon:
        return None
    found = _HORIZON.fullmatch(horizon)
    if found is None:
        raise directive.fault(f"cannot read the horizon {horizon!r}", "write :horizon: 12 weeks, or :by: 2026-09-30")
    return week_end + timedelta(days=int(found[1]) * _DAYS[found[2].lower().rstrip("s")])
