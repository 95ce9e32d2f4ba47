"""What the sections draw on: the tables as rows in a fixed order, cut at the cutoff; events tied to their reports."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from marsad.domain.tables import TABLES
from marsad.domain.week import Week
from marsad.domain.words import Status

Row = dict[str, Any]
TRAILING_WEEKS = 8


@dataclass(frozen=True)
class Material:
    """Everything known at the cutoff, in an order that does not depend on the inputs' row order.

    Args:
        tables: name -> rows sorted by the table's key.
        events: event_id -> row, reported and not under review.
        reports: report_id -> row.
        told_by: event_id -> its mentions.
        week: of the issue.
        as_of: the cutoff.
    """

    tables: Mapping[str, list[Row]]
    events: Mapping[str, Row]
    reports: Mapping[str, Row]
    told_by: Mapping[str, list[Row]]
    week: Week
    as_of: datetime

    @property
    def trailing_start(self) -> date:
        """The Monday eight weeks before the issue's week."""
        return self.week.shift(-TRAILING_WEEKS).start

    def between(self, first: date, last: date) -> list[Row]:
        """Return the events of these days, both included, by date and id."""
        chosen = [row for row in self.events.values() if first <= row["event_date"] <= last]
        return sorted(chosen, key=lambda row: (row["event_date"], row["event_id"]))

    def of_pair(self, table: str, pair: tuple[str, str]) -> list[Row]:
        """Return the rows of a table on a pair, whatever its order."""
        return [row for row in self.tables.get(table, []) if {row["source"], row["target"]} == set(pair)]

    def outlets(self, event_ids: Iterable[str]) -> list[str]:
        """Return the outlets that told of the events, sorted."""
        return sorted({row["outlet"] for key in event_ids for row in self.told_by.get(key, []) if row["outlet"]})

    def best_reports(self, event_ids: Iterable[str], language: str, limit: int = 3) -> tuple[str, ...]:
        """Return up to ``limit`` reports, one per outlet, story and address, the reader's language first."""
        told = {row["report_id"] for key in event_ids for row in self.told_by.get(key, [])} & self.reports.keys()
        ranked = sorted(
            (self.reports[key] for key in told),
            key=lambda row: (row["language"] != language, str(row["published_at"]), row["report_id"]),
        )
        chosen: list[Row] = []
        for row in ranked:
            if len(chosen) < limit and not any(_is_same_voice(row, other) for other in chosen):
                chosen.append(row)
        return tuple(row["report_id"] for row in chosen)


def read(tables: Mapping[str, pa.Table], week: Week, as_of: datetime) -> Material:
    """Return the tables as material; rows learnt after ``as_of`` are left out, whoever passed them in."""
    rows = {name: _known(name, table, as_of) for name, table in sorted(tables.items())}
    usable = [row for row in rows.get("events", []) if row["status"] == Status.REPORTED and not row["review"]]
    events = {row["event_id"]: row for row in usable if row["event_date"] <= as_of.date()}
    reports = {row["report_id"]: row for row in rows.get("reports", [])}
    told_by: dict[str, list[Row]] = defaultdict(list)
    for row in rows.get("mentions", []):
        told_by[row["event_id"]].append(row)
    return Material(rows, events, reports, dict(told_by), week, as_of)


def _is_same_voice(row: Row, other: Row) -> bool:
    has_same_address = bool(row["url"]) and row["url"] == other["url"]
    return has_same_address or bool(row["outlet"] == other["outlet"] or row["story_id"] == other["story_id"])


def _known(name: str, table: pa.Table, as_of: datetime) -> list[Row]:
    rows: list[Row] = [row for row in table.to_pylist() if row.get("known_at") is None or row["known_at"] <= as_of]
    key = TABLES[name].key if name in TABLES else tuple(table.column_names)
    return sorted(rows, key=lambda row: tuple(str(row[column]) for column in key))
