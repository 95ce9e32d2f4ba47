r"""Competing hypotheses: indicators bound to event queries, weighed by what happened.

A hypothesis says of each indicator how likely it is, were the hypothesis true: ``++`` .9, ``+`` .7, ``0`` .5, ``-`` .3,
``--`` .1, or a number between. Once an indicator is decided it multiplies the weight of each hypothesis by how likely
that hypothesis had made what happened: ``p`` if it was seen, ``1 - p`` if its days are over and it was not. While its
days run and nothing was seen it weighs nothing. All hypotheses begin with equal weight; the weights add up to one.

.. math:: w_h \propto \prod_{i\ \mathrm{decided}} L_{ih}

An indicator's *diagnosticity* is the largest ratio of two hypotheses' likelihoods: 1 tells nothing apart. Weights are
the arithmetic of what the analyst declared, and assume the indicators to be independent: they are no forecast.

Source: Heuer (1999), Psychology of Intelligence Analysis, ch. 8, for the matrix and consistency; Good (1950) for
weights of evidence.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import prod

import pyarrow as pa
import pyarrow.compute as pc

from marsad.binding.directives import Directive
from marsad.binding.values import Vintage, found_events
from marsad.domain.query import Query, parse_query
from marsad.errors import BadInput

MARKS = {"++": 0.9, "+": 0.7, "0": 0.5, "-": 0.3, "--": 0.1}
GRACE_DAYS = 7
"""A report may come a week after its event: only then does silence mean no."""
_NAME = re.compile(r"H\d+")
_FEWEST = 2


class Verdict(StrEnum):
    """What became of an indicator."""

    SEEN = "seen"
    ABSENT = "absent"
    OPEN = "open"
    UNKNOWN = "unknown"  # collection failed on more than half of its days


@dataclass(frozen=True)
class Indicator:
    """One indicator: in words, the query that decides it, and how likely each hypothesis makes it."""

    label: str
    query: Query
    likelihoods: tuple[float, ...]


@dataclass(frozen=True)
class Hypotheses:
    """A declared set: names (``H1`` …) with their sentences, and indicators; ``first`` to ``due`` are its days."""

    statements: Mapping[str, str]
    indicators: tuple[Indicator, ...]
    first: date
    due: date


@dataclass(frozen=True)
class Standing:
    """How an indicator, and with it the hypotheses, stand.

    Args:
        verdict: what became of it.
        events: ids of the events found, oldest first.
        seen_on: the day it came true, if it did.
        likelihoods: of what happened, by hypothesis; of its being seen while it is open.
    """

    verdict: Verdict
    events: tuple[str, ...]
    seen_on: date | None
    likelihoods: tuple[float, ...]

    @property
    def is_decided(self) -> bool:
        """True once it weighs."""
        return self.verdict in {Verdict.SEEN, Verdict.ABSENT}

    @property
    def diagnosticity(self) -> float:
        """The largest ratio of two hypotheses' likelihoods, at least 1; of either outcome while it is open."""
        ratios = [max(self.likelihoods) / min(self.likelihoods)]
        if not self.is_decided:
            misses = [1 - p for p in self.likelihoods]
            ratios.append(max(misses) / min(misses))
        return max(ratios)


@dataclass(frozen=True)
class Weighed:
    """The whole matrix.

    Args:
        standings: one per indicator, in order.
        weights: one per hypothesis; they add up to one.
        consistent: decided indicators each hypothesis had made likelier than not.
        inconsistent: those it had made unlikelier than not.
    """

    standings: tuple[Standing, ...]
    weights: tuple[float, ...]
    consistent: tuple[int, ...]
    inconsistent: tuple[int, ...]

    @property
    def is_resolved(self) -> bool:
        """True once no indicator is open any more."""
        return all(standing.verdict is not Verdict.OPEN for standing in self.standings)


def parse_hypotheses(
    directive: Directive, week_start: date, groups: Mapping[str, Sequence[str]] | None = None
) -> Hypotheses:
    r"""Read a set of hypotheses.

    Args:
        directive: a ``hypotheses``.
        week_start: first day that counts where neither the block nor a query says one.
        groups: the desk's.

    Raises:
        BadInput: fewer than two hypotheses, no indicator, a mark that is none, no last day.

    >>> from marsad.binding.directives import find_directives
    >>> text = (
    ...     ":::{hypotheses}\n:H1: It lasts\n:H2: It fades\n:by: 2026-09-30\n"
    ...     "- A new accord | RUS AGREE AFG | + | --\n:::"
    ... )
    >>> parse_hypotheses(find_directives(text)[0], date(2026, 6, 1)).indicators[0].likelihoods
    (0.7, 0.1)
    """
    statements = {key: text for key, text in directive.options.items() if _NAME.fullmatch(key)}
    directive.take((*statements, "from", "by"))
    if len(statements) < _FEWEST:
        raise directive.fault("needs two hypotheses or more", "write :H1: and :H2:, each with its sentence")
    if not directive.items:
        raise directive.fault("has no indicator", "write - in words | USA SANCTION AFG | + | -")
    first, due = _day(directive, "from") or week_start, _day(directive, "by")
    if due is None:
        raise directive.fault("has no last day", "add :by: 2026-09-30")
    if due < first:
        raise directive.fault(f"ends on {due}, before it begins on {first}", "correct :from: or :by:")
    indicators = [_indicator(directive, line, text, len(statements), groups) for line, text in directive.items]
    within = [replace(one, query=one.query.within(first, due)) for one in indicators]
    return Hypotheses(statements, tuple(within), first, due)


def _indicator(
    directive: Directive, line: int, text: str, n: int, groups: Mapping[str, Sequence[str]] | None
) -> Indicator:
    cells = [cell.strip() for cell in text.split("|")]
    if len(cells) != n + 2:
        raise directive.fault(
            f"an indicator has {len(cells) - 2} marks for {n} hypotheses", "write - in words | QUERY | + | -", line
        )
    label, query, *marks = cells
    try:
        return Indicator(label, parse_query(query.strip("`"), groups), tuple(_likelihood(mark) for mark in marks))
    except BadInput as error:
        raise directive.fault(f"{error.what}: {error.fault}", error.next_step, line) from error
    except ValueError as error:
        raise directive.fault(f"{error} is no mark", f"use one of {', '.join(MARKS)}, or .05 to .95", line) from error


def _likelihood(mark: str) -> float:
    plain = mark.replace("\u2212", "-").replace("–", "-")
    if plain in MARKS:
        return MARKS[plain]
    try:
        number = float(plain)
    except ValueError:
        raise ValueError(repr(mark)) from None
    if not 0 < number < 1:
        raise ValueError(repr(mark))
    return number


def _day(directive: Directive, key: str) -> date | None:
    text = directive.options.get(key)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise directive.fault(f"{text!r} is no date", f"write :{key}: 2026-09-30") from error


def weigh(hypotheses: Hypotheses, vintage: Vintage) -> Weighed:
    """Fill the matrix from the events known at the cutoff."""
    standings = tuple(_standing(indicator, vintage) for indicator in hypotheses.indicators)
    decided = [standing.likelihoods for standing in standings if standing.is_decided]
    columns = [[row[n] for row in decided] for n in range(len(hypotheses.statements))]
    raw = [prod(column) for column in columns]
    return Weighed(
        standings,
        tuple(weight / sum(raw) for weight in raw),
        tuple(sum(p > 0.5 for p in column) for column in columns),
        tuple(sum(p < 0.5 for p in column) for column in columns),
    )


def _standing(indicator: Indicator, vintage: Vintage) -> Standing:
    found = found_events(indicator.query, vintage)
    ids = tuple(row["event_id"] for row in found)
    n = indicator.query.at_least
    if len(found) >= n:
        return Standing(Verdict.SEEN, ids, found[n - 1]["event_date"], indicator.likelihoods)
    due = indicator.query.due
    assert due is not None  # the block's own last day bounds every query
    if (vintage.last_day - due).days < GRACE_DAYS:
        return Standing(Verdict.OPEN, ids, None, indicator.likelihoods)
    if _is_blind(indicator.query, vintage):
        return Standing(Verdict.UNKNOWN, ids, None, indicator.likelihoods)
    return Standing(Verdict.ABSENT, ids, None, tuple(1 - p for p in indicator.likelihoods))


def _is_blind(query: Query, vintage: Vintage) -> bool:
    """Tell whether on more than half of a query's days every feed failed and none brought anything."""
    coverage = vintage.tables.get("coverage")
    if coverage is None or query.first is None or query.due is None:
        return False
    inside = coverage.filter(
        pc.and_(
            pc.greater_equal(coverage["day"], pa.scalar(query.first)),
            pc.less_equal(coverage["day"], pa.scalar(query.due)),
        )
    )
    failed: dict[date, bool] = {}
    for row in inside.to_pylist():
        failed[row["day"]] = failed.get(row["day"], True) and not row["received"] and bool(row["failed"])
    return 2 * sum(failed.values()) > (query.due - query.first).days + 1
