"""What one feed gives: tables of what was read, the days it covers, and what was set aside with the reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from marsad.collect.decoding import shown
from marsad.domain.tables import COVERAGE, EVENTS, MENTIONS, REPORTS

Row = dict[str, object]

QUOTE_LENGTH = 120
MOST_FINDINGS_PER_RULE = 200  # of one file; the rest are counted in one more


@dataclass(frozen=True)
class Request:
    """What a reader may use: the edges and the instant of collection.

    Args:
        root: the desk's folder; a feed's relative path starts there.
        http: an ``httpx.Client``; only network feeds touch it.
        now: the instant of collection, with its time zone.
        is_backfill: the feed was never collected before: what it holds was known when it was published.
        pause: waits so many seconds between two requests to one host.
    """

    root: Path
    http: Any
    now: datetime
    is_backfill: bool
    pause: Callable[[float], None]

    def known_at(self, published_at: datetime) -> datetime:
        """Return the instant we learnt of something published then; a bare day was known when it was over."""
        if not self.is_backfill:
            return self.now
        return end_of(published_at.date()) if published_at.time() == time() else published_at


@dataclass(frozen=True)
class Batch:
    """One feed's yield. ``findings`` are rows of the findings table without ``run`` and ``known_at``."""

    reports: pa.Table = field(default_factory=REPORTS.empty)
    events: pa.Table = field(default_factory=EVENTS.empty)
    mentions: pa.Table = field(default_factory=MENTIONS.empty)
    coverage: pa.Table = field(default_factory=COVERAGE.empty)
    findings: tuple[Row, ...] = ()


def finding(  # the columns in their order
    rule: str, level: str, where: str, message: str, line: int = 0, quote: str = ""
) -> Row:
    """Return one finding of collection; line 0 is the file as a whole.

    >>> finding("bad-date", "warn", "desk:a.csv", "no date", 3, "x")["line"]
    3
    """
    return {
        "origin": "collect",
        "rule": rule,
        "level": level,
        "where": where,
        "line": line,
        "column": 0,
        "quote": shown(" ".join(quote.split()))[:QUOTE_LENGTH],
        "message": shown(message),
    }


def shorten(findings: list[Row]) -> tuple[Row, ...]:
    """Return the findings, at most ``MOST_FINDINGS_PER_RULE`` of a rule and file; the rest become one that counts them.

    >>> rows = [finding("bad-date", "warn", "f:a", "no date", n) for n in range(1, 203)]
    >>> kept = shorten(rows)
    >>> len(kept), kept[-1]["message"]
    (201, '2 more of the same, lines 201 to 202')
    """
    seen: dict[tuple[object, object], list[Row]] = {}
    for row in findings:
        seen.setdefault((row["where"], row["rule"]), []).append(row)
    kept: list[Row] = []
    for (where, rule), rows in seen.items():
        kept += rows[:MOST_FINDINGS_PER_RULE]
        if rest := rows[MOST_FINDINGS_PER_RULE:]:
            lines = f"lines {rest[0]['line']} to {rest[-1]['line']}"
            message = f"{len(rest)} more of the same, {lines}"
            kept.append(finding(f"{rule}-more", str(rest[0]["level"]), str(where), message, 0))
    return tuple(kept)


def end_of(day: date) -> datetime:
    """Return the last second of a day, UTC: when a coded event without a publication time counts as known.

    >>> end_of(date(2018, 6, 1)).isoformat()
    '2018-06-01T23:59:59+00:00'
    """
    return datetime.combine(day, time(23, 59, 59), UTC)


def coverage(
    feed: str, expected: int, received: Mapping[date, int], failed: Mapping[date, int], request: Request
) -> pa.Table:
    """Return the feed's completeness ledger: one row per day from the first to the last, and per failed day.

    A day between two read days on which nothing came is a row with ``received`` 0: the feed was read and was silent.
    Days after the collection are not filled in: nobody can have read them. A back-filled day was known once it was
    over.
    """
    days = set(failed) | set(received)
    if received:
        first, last = min(received), min(max(received), request.now.date())
        days |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    rows: list[Row] = [
        {
            "feed": feed,
            "day": day,
            "expected": expected,
            "received": received.get(day, 0),
            "failed": failed.get(day, 0),
            "known_at": min(end_of(day), request.now) if request.is_backfill else request.now,
        }
        for day in sorted(days)
    ]
    return COVERAGE.from_rows(rows)
