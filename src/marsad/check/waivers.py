"""Inline waivers: ``<!-- marsad: allow rule-id: reason -->`` lets a rule's findings pass on the next line with text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from marsad.check.finding import Finding, Level

WAIVER_RULES = {
    "waiver-without-reason": (Level.WARN, "A waiver that gives no reason: it is not applied."),
    "waiver-unknown": (Level.WARN, "A waiver of a rule that does not exist: correct the id."),
    "waiver-unused": (
        Level.INFO,
        "A waiver where its rule raises nothing: remove it, so that it hides no later fault.",
    ),
}
_WAIVER = re.compile(r"<!--\s*marsad:\s*allow\s+(?P<rule>[\w-]+)\s*(?::\s*(?P<reason>.*?))?\s*-->", re.DOTALL)


@dataclass(frozen=True)
class Waiver:
    """A waiver where it stands: findings of ``rule`` on its own lines and on the paragraph after it pass."""

    rule: str
    reason: str
    quote: str
    line: int
    column: int
    last_line: int


def waivers(raw: str) -> list[Waiver]:
    """Return the waivers of a text, in order."""
    found = []
    for match in _WAIVER.finditer(raw):
        line = raw.count("\n", 0, match.start()) + 1
        column = match.start() - (raw.rfind("\n", 0, match.start()) + 1) + 1
        following = re.compile(r"\s*(?:[^\n]+(?:\n|$))+").match(raw, match.end())
        last = raw.count("\n", 0, following.end() - 1 if following else match.end()) + 1
        found.append(Waiver(match["rule"], (match["reason"] or "").strip(), match[0], line, column, last))
    return found


def apply(findings: Iterable[Finding], raw: str, known: frozenset[str]) -> Iterator[Finding]:
    """Yield what is not waived, and a finding for each waiver without reason, of an unknown rule, or unused."""
    given = waivers(raw)
    used: set[int] = set()
    for finding in findings:
        by = [
            at
            for at, waiver in enumerate(given)
            if waiver.rule == finding.rule and waiver.reason and waiver.line <= finding.line <= waiver.last_line
        ]
        used.update(by)
        if not by:
            yield finding
    for at, waiver in enumerate(given):
        here = (waiver.line, waiver.column)
        if waiver.rule not in known:
            yield Finding(
                *here,
                "waiver-unknown",
                WAIVER_RULES["waiver-unknown"][0],
                waiver.quote,
                f"No rule is called {waiver.rule}.",
            )
        elif not waiver.reason:
            message = "A waiver needs a reason: <!-- marsad: allow rule-id: reason -->. It was not applied."
            yield Finding(
                *here, "waiver-without-reason", WAIVER_RULES["waiver-without-reason"][0], waiver.quote, message
            )
        elif at not in used:
            message = f"Nothing here is raised by {waiver.rule}: remove the waiver."
            yield Finding(*here, "waiver-unused", WAIVER_RULES["waiver-unused"][0], waiver.quote, message)
