"""Collect every declared feed; one that fails costs only itself."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from marsad.collect.batch import Batch, Request, Row, coverage, finding
from marsad.collect.feeds import READERS
from marsad.collect.feeds.reports.record import content_id
from marsad.domain.desk import Feed
from marsad.domain.tables import COVERAGE, EVENTS, FINDINGS, MENTIONS, REPORTS
from marsad.errors import SourceError

FOUND = pa.schema([column for column in FINDINGS.schema if column.name not in {"run", "known_at"}])
"""The findings table without ``run`` and ``known_at``, which belong to the weekly run."""


@dataclass(frozen=True)
class Collected:
    """What all feeds gave, in the order they are declared.

    Args:
        reports, events, mentions, coverage: tables of ``domain.tables``.
        findings: one row per thing set aside, remarked or failed; columns of ``FOUND``.
    """

    reports: pa.Table
    events: pa.Table
    mentions: pa.Table
    coverage: pa.Table
    findings: pa.Table


def fetch(  # the agreed order
    feeds: Sequence[Feed],
    root: Path,
    http: Any,
    now: datetime,
    known_feeds: frozenset[str],
    progress: Callable[[str, int, int], None],
    pause: Callable[[float], None] = time.sleep,
) -> Collected:
    """Read every feed. A feed that cannot be used becomes a finding and a failed day, and the others go on.

    Args:
        feeds: as declared, names unique.
        root: the desk's folder, where relative paths start.
        http: an ``httpx.Client`` for network feeds; never closed here.
        now: the instant of collection, with its time zone; it becomes ``known_at`` of what a known feed brings.
        known_feeds: feeds collected before. Any other is back-filled: ``known_at`` is the time of publication (for
        coded
            events without one, the end of their day) and ``backfilled`` is true.
        progress: told ``(feed name, feeds done, feeds in all)`` before each feed and once at the end.
        pause: waits so many seconds between two requests to one host.
    """
    batches: list[Batch] = []
    for done, feed in enumerate(feeds):
        progress(feed.name, done, len(feeds))
        batches.append(_read(feed, Request(root, http, now, feed.name not in known_feeds, pause)))
    if feeds:
        progress(feeds[-1].name, len(feeds), len(feeds))
    reports, clashes = _unique_reports([batch.reports for batch in batches])
    found = [row for batch in batches for row in batch.findings] + clashes
    return Collected(
        reports=reports,
        events=pa.concat_tables([EVENTS.empty(), *(batch.events for batch in batches)]),
        mentions=pa.concat_tables([MENTIONS.empty(), *(batch.mentions for batch in batches)]),
        coverage=pa.concat_tables([COVERAGE.empty(), *(batch.coverage for batch in batches)]),
        findings=pa.Table.from_pylist(found, schema=FOUND),
    )


def _read(feed: Feed, request: Request) -> Batch:
    try:
        return READERS[feed.kind](feed, request)
    except SourceError as error:
        today = request.now.date()
        return Batch(
            coverage=coverage(feed.name, feed.daily_reports, {}, {today: 1}, request),
            findings=(finding("feed-failed", "error", feed.name, str(error)),),
        )


def _unique_reports(tables: list[pa.Table]) -> tuple[pa.Table, list[Row]]:
    """Join the feeds' reports. Where two feeds number theirs alike, the later one's ids give way to their content's."""
    taken: set[object] = set()
    kept: list[pa.Table] = [REPORTS.empty()]
    clashes: list[Row] = []
    for table in tables:
        ids = table["report_id"].to_pylist()
        if taken.isdisjoint(ids):
            kept.append(table)
        else:
            rows = table.to_pylist()
            for row in rows:
                if row["report_id"] in taken:
                    row["report_id"] = row["story_id"] = content_id(row["outlet"], row["url"] or "", row["text"])
            rows = [row for row in rows if row["report_id"] not in taken]
            kept.append(REPORTS.from_rows(rows))
            n_clashes = sum(1 for report_id in ids if report_id in taken)
            message = f"{n_clashes} ids are another feed's too: replaced by ids from the content"
            clashes.append(finding("id-clash", "info", str(table["feed"][0]), message))
        taken.update(kept[-1]["report_id"].to_pylist())
    return pa.concat_tables(kept), clashes
