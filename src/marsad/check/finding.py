"""What a check reports: a finding, its level, and the place it stands at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from inspect import cleandoc
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from marsad.check.context import Context
    from marsad.check.reading import Text


class Level(StrEnum):
    """How much a finding weighs: an error holds the issue back, a warning asks, an info remarks."""

    ERROR = "error"
    WARN = "warn"
    INFO = "info"


class Mark(NamedTuple):
    """A place in the raw text, character offsets ``start <= end``, and what to do there."""

    start: int
    end: int
    message: str


@dataclass(frozen=True, order=True)
class Finding:
    """One fault raised by a rule.

    Args:
        line: 1-based line of the quote's first character.
        column: 1-based column, counted in characters.
        rule: the rule's id, as in ``CHECKS``.
        level: error, warn or info.
        quote: stands literally in the checked text, at that place.
        message: what is wrong and what to do.
    """

    line: int
    column: int
    rule: str
    level: Level
    quote: str
    message: str


@dataclass(frozen=True)
class Check:
    """One rule of the catalogue: id, usual level, and the function that finds its marks.

    Called with a text and its context it yields findings; the function's docstring is the rule's explanation.
    """

    rule: str
    level: Level
    find: "Callable[[Text, Context], Iterator[Mark]]"

    def __call__(self, text: "Text", context: "Context") -> Iterator[Finding]:
        """Yield the rule's findings in a text."""
        for start, end, message in self.find(text, context):
            line, column = text.place(start)
            yield Finding(line, column, self.rule, self.level, text.source[start:end], message)

    @property
    def explanation(self) -> str:
        """Why the rule exists and what to do, in plain words."""
        return cleandoc(self.find.__doc__ or "")


def rule(name: str, level: Level) -> "Callable[[Callable[[Text, Context], Iterator[Mark]]], Check]":
    """Make a rule of a function: ``@rule("empty-link", Level.ERROR)``."""

    def named(find: "Callable[[Text, Context], Iterator[Mark]]") -> Check:
        return Check(name, level, find)

    return named
