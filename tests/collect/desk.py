"""A desk's edges for the tests of collection: a fixed clock, no pauses, readers called as the week calls them."""

from datetime import UTC, datetime
from pathlib import Path

from marsad import collect
from marsad.collect import Collected
from marsad.domain.desk import Feed

NOW = datetime(2026, 6, 1, 6, 0, tzinfo=UTC)


def gather(
    root: Path,
    *feeds: Feed,
    known: frozenset[str] = frozenset(),
    http: object = None,
    pauses: list[float] | None = None,
) -> Collected:
    waits = [] if pauses is None else pauses
    return collect.fetch(feeds, root, http, NOW, known, lambda *_: None, pause=waits.append)


def feed(kind: str, where: str, name: str = "desk", language: str | None = None) -> Feed:
    return Feed(name, kind, where, "ours", language)


def findings(collected: Collected, rule: str) -> list[dict[str, object]]:
    return [row for row in collected.findings.to_pylist() if row["rule"] == rule]
