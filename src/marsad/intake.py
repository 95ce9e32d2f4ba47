"""From feeds to coded events in the store: what is new is added, what is stale is coded again."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from marsad import coding, collect, vocab
from marsad.domain.desk import Desk, Feed
from marsad.domain.week import Week
from marsad.edges import Edges
from marsad.relation import latest_coverage
from marsad.store import Store


@dataclass(frozen=True)
class Taken:
    """What collecting brought."""

    n_new: int
    findings: pa.Table
    notes: tuple[str, ...]


def take_in(desk: Desk, store: Store, edges: Edges, feeds: Sequence[Feed] | None = None) -> Taken:
    """Read the feeds (all the desk's if None) and add what is new to the ledgers."""
    known_feeds = frozenset(store.read("coverage")["feed"].to_pylist())

    def tell(feed: str, done: int, n_feeds: int) -> None:
        if done < n_feeds:
            edges.progress(f"collect: {feed} ({done + 1} of {n_feeds})")

    with edges.http() as http:
        collected = collect.fetch(
            desk.feeds if feeds is None else feeds, edges.root, http, edges.clock(), known_feeds, tell
        )
    added = store.add("reports", collected.reports)
    store.add("events", collected.events)
    store.add("mentions", collected.mentions)
    store.add("coverage", _news_of_coverage(collected.coverage, latest_coverage(store.read("coverage"))))
    notes = [f"{row['where']}: {row['message']}" for row in collected.findings.to_pylist() if row["level"] != "info"]
    if added.changed:
        ids = ", ".join(str(key[0]) for key in added.changed[:3])
        notes.append(f"{len(added.changed)} reports came back changed ({ids}); the first text was kept")
    return Taken(added.n_new, collected.findings, tuple(notes))


def _news_of_coverage(seen: pa.Table, stands: pa.Table) -> pa.Table:
    """Return the rows that say something else than the ledger's latest on their feed and day."""
    said = {(row.pop("feed"), row.pop("day")): row for row in stands.drop_columns("known_at").to_pylist()}
    is_news = [said.get((row.pop("feed"), row.pop("day"))) != row for row in seen.drop_columns("known_at").to_pylist()]
    return seen.filter(pa.array(is_news, pa.bool_()))


def code_reports(store: Store, edges: Edges) -> int:
    """Code the reports of every week whose events were not made from just these, by this coder with these words.

    Returns how many reports were coded. The reports of the week before are read along, so that an event told on both
    sides of a Sunday is one event.
    """
    stale = {
        week: made_from
        for week in store.partitions("reports")
        for made_from in [f"{store.fingerprint('reports', week)} {edges.coder.name} {vocab.fingerprint()}"]
        if not all(store.is_made_from(name, f"{week}-coded", made_from) for name in ("events", "mentions"))
    }
    if not stale:
        return 0
    read_along = sorted({str(Week.parse(week).shift(step)) for week in stale for step in (-1, 0)})
    reports = pa.concat_tables([store.partition("reports", week) for week in read_along])
    edges.progress(f"code: {reports.num_rows} reports")
    coded = coding.code(reports, edges.coder)
    coded = coded._replace(events=_first_known(coded.events, store, set(stale)))
    for name, table in (("mentions", coded.mentions), ("events", coded.events)):
        weeks = pa.array([str(Week.of(known.date())) for known in table["known_at"].to_pylist()], pa.string())
        for week, made_from in stale.items():
            rows = table.filter(pc.equal(weeks, week))
            # A file of their own: events that came coded from a feed lie beside them and stay.
            store.replace(name, f"{week}-coded", rows, made_from=made_from)
    return int(reports.num_rows)


def _first_known(events: pa.Table, store: Store, stale: set[str]) -> pa.Table:
    """Leave out events that were known before the weeks read along: told again, they only have new mentions."""
    stands = store.read("events").select(["event_id", "known_at"]).to_pylist()
    earlier = {row["event_id"]: row["known_at"] for row in stands if str(Week.of(row["known_at"].date())) not in stale}
    rows = events.select(["event_id", "known_at"]).to_pylist()
    is_first = [earlier.get(row["event_id"], row["known_at"]) >= row["known_at"] for row in rows]
    return events.filter(pa.array(is_first, pa.bool_()))
