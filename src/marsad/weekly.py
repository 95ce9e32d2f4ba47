"""The main path: one week from reports to a published, archived issue."""

import csv
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from marsad import check, coding, collect, forecast, ledger, publish, review, vocab, write
from marsad.coding.coder import Coder
from marsad.domain.desk import Desk, Feed
from marsad.domain.tables import FINDINGS, ISSUES
from marsad.domain.week import Week, end_of_day
from marsad.domain.words import Language
from marsad.errors import BadInput
from marsad.relation import Tables, latest_coverage, measure_week, read_known
from marsad.store import Disk, Store
from marsad.write import Draft

LIVE = timedelta(days=14)
"""A week run within this time of its end sees all that is known when it runs; an older one is rebuilt as it stood."""

HORIZONS_WEEKS = (1, 4, 13)
HORIZON_WEEKS = 4  # of the bulletin
BACKFILL_WEEKS = 52
"""The forecasts of the past year are opened too where the ledger lacks them, each with what was known at its origin."""


@dataclass(frozen=True)
class Edges:
    """What the path touches of the world; tests pass canned ones."""

    root: Path
    http: Callable[[], Any]
    clock: Callable[[], datetime]
    disk: Disk
    coder: Coder
    progress: Callable[[str], None]


@dataclass(frozen=True)
class Issue:
    """One week's bulletin and what its run did."""

    number: int
    week: Week
    as_of: datetime
    files: tuple[Path, ...]
    movers: tuple[str, ...]
    notes: tuple[str, ...]
    n_reports: int
    n_new: int
    n_events: int
    n_opened: int
    n_resolved: int
    is_partial: bool


def run_week(
    week: Week, desk: Desk, store: Store, edges: Edges, *, as_of: date | None = None, out: Path | None = None
) -> Issue:
    """Take one week from reports to a published, archived issue; a rerun replaces it, never doubles it.

    Args:
        week: the ISO week the issue is about.
        desk: what the user declared.
        store: the desk's tables.
        edges: network, clock, disk, coder, progress.
        as_of: use only what was known by the end of that day; :func:`cutoff_of` tells the default.
        out: folder of the issue; ``issues/<number>`` in the desk if None.

    Raises:
        BadInput: the week lies before the first issue, or `as_of` before the week begins.
        CheckFailed: the draft has error-level findings; draft and findings stay, nothing is published.
    """
    number = desk.number_of(week)
    folder = out or edges.root / "issues" / str(number)
    taken = take_in(desk, store, edges)
    code_reports(store, edges)
    as_of_instant = cutoff_of(week, edges.clock(), _archived(store, week), as_of)
    known = read_known(store, week, as_of_instant)
    _require_something(known, desk, edges.root, as_of_instant)
    edges.progress(f"measure: {known['events'].num_rows} events")
    measured = measure_week(known, desk, week, as_of_instant, store)
    for name, table in measured.items():
        store.replace(name, str(week), table)
    forecasts = open_and_resolve(known, desk, week, as_of_instant, store)
    tables = {**known, **measured, **forecasts.tables}
    drafts = write_drafts(tables, desk, week, as_of_instant)
    texts = keep_drafts(drafts, folder, store, week, edges)
    findings = check_texts(texts, drafts, desk, known)
    store.replace("findings", str(week), _findings(week, as_of_instant, taken.findings, findings))
    check.require_clean([finding for found in findings.values() for finding in found], str(folder))
    files = publish_texts(texts, desk, tables, folder, edges)
    _archive(store, week, number, as_of_instant, drafts, files)
    store.write_cache()
    return _issue(number, week, as_of_instant, files, taken, tables, forecasts)


def _require_something(known: Tables, desk: Desk, root: Path, as_of: datetime) -> None:
    if not known["reports"].num_rows and not known["events"].num_rows:
        places = ", ".join(str(root / feed.where) if feed.kind != "rss" else feed.where for feed in desk.feeds)
        raise BadInput(
            str(root),
            f"no report and no event was known by {as_of:%Y-%m-%d}; there is nothing to write about",
            f"put reports into {places}" if places else "declare a feed in desk.toml",
        )


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


def cutoff_of(week: Week, now: datetime, archived: datetime | None, as_of: date | None) -> datetime:
    """Return the instant a week's run closes its eyes.

    The end of the day `as_of` if asked for; else now, for a week that ended less than ``LIVE`` ago; else the cutoff the
    issue was archived with; else the week's own end.

    Raises:
        BadInput: `as_of` lies before the week begins.

    >>> cutoff_of(Week(2026, 22), datetime(2026, 11, 1, tzinfo=UTC), None, None).isoformat()
    '2026-06-01T00:00:00+00:00'
    >>> cutoff_of(Week(2026, 22), datetime(2026, 11, 1, tzinfo=UTC), None, date(2026, 6, 20)).isoformat()
    '2026-06-21T00:00:00+00:00'
    """
    if as_of is not None:
        if as_of < week.start:
            raise BadInput(f"as-of {as_of}", f"lies before week {week} begins ({week.start})", "name a later day")
        return end_of_day(as_of)
    if now < week.cutoff + LIVE:
        return now
    return archived or week.cutoff


@dataclass(frozen=True)
class Ledger:
    """The forecasts as they stand after a run."""

    tables: dict[str, pa.Table]
    n_opened: int
    n_resolved: int


def open_and_resolve(known: Tables, desk: Desk, week: Week, as_of: datetime, store: Store) -> Ledger:
    """Open the week's forecasts for the watched pairs, resolve what is due, and score what is resolved."""
    dyads = [dyad for pair in desk.watched for dyad in (pair, pair[::-1])]
    past = [week.shift(-i).end for i in range(1, BACKFILL_WEEKS + 1)]
    n_opened = 0
    for horizon in HORIZONS_WEEKS:
        store.add("forecasts", forecast.backfill(known["events"], past, dyads, horizon))
        for kinds in (forecast.CLASSES, forecast.TYPES):
            rows = forecast.issue(known["events"], week.end, dyads, horizon, known_at=as_of, kinds=kinds)
            n_opened += store.add("forecasts", rows).n_new
    of_thirds = (desk.groups, desk.watched, HORIZON_WEEKS)
    store.add("forecasts", forecast.backfill_reactions(known["events"], past, *of_thirds))
    reactions = store.add("forecasts", forecast.reactions(known["events"], week.end, *of_thirds, known_at=as_of))
    n_resolved = ledger.settle(store, as_of)  # an issue rebuilt later may know how its forecasts ended
    forecasts = ledger.asked_by_class(store.read("forecasts", as_of=as_of), HORIZON_WEEKS)
    resolutions = ledger.outcomes(store, as_of)
    tables = {
        "forecasts": forecasts.filter(pc.equal(forecasts["origin"], pa.scalar(week.end))),
        "resolutions": resolutions,
        "scorecard": review.scorecard(forecasts, resolutions),
        "reliability": review.reliability_table(forecasts, resolutions),
    }
    return Ledger(tables, n_opened + reactions.n_new, n_resolved)


def write_drafts(tables: Tables, desk: Desk, week: Week, as_of: datetime) -> list[Draft]:
    """Draft the issue in each of the desk's languages."""
    subject = write.choose_subject(tables, week=week, desk=desk, as_of=as_of)
    return [write.draft(language, week, desk, tables, subject=subject, as_of=as_of) for language in desk.languages]


def keep_drafts(drafts: Sequence[Draft], folder: Path, store: Store, week: Week, edges: Edges) -> dict[Path, str]:
    """Write each draft to ``issue.<lang>.md`` and return the texts to publish, by file.

    A file an analyst has changed since the last run stays and is what gets published; the new draft is laid beside it.
    """
    machine_made = set(store.read("issues", run=week)["sha256"].to_pylist())
    texts: dict[Path, str] = {}
    for draft in drafts:
        path = folder / f"issue.{draft.language}.md"
        text = path.read_text("utf-8") if path.exists() else draft.markdown
        if text != draft.markdown and _sha256(text) not in machine_made:
            edges.disk.write(folder / f"issue.{draft.language}.draft.md", draft.markdown.encode())
        else:
            text = draft.markdown
            edges.disk.write(path, text.encode())
        edges.disk.write(folder / f"evidence.{draft.language}.csv", _csv(draft.evidence))
        texts[path] = text
    return texts


def check_texts(
    texts: Mapping[Path, str], drafts: Sequence[Draft], desk: Desk, known: Tables
) -> dict[Path, list[check.Finding]]:
    """Check each text as it will be published, against the reports its notes name."""
    evidence = {draft.language: {"evidence": draft.evidence, "reports": known["reports"]} for draft in drafts}
    return {
        path: check.run(text, path=str(path), language=language, evidence=evidence[language], desk=desk)
        for path, text in texts.items()
        for language in [Language(path.name.split(".")[1])]
    }


def publish_texts(
    texts: Mapping[Path, str], desk: Desk, tables: Tables, folder: Path, edges: Edges
) -> tuple[Path, ...]:
    """Render each text and write its files; return all of the issue's files, in order of name."""
    written = set(texts)
    for path, text in texts.items():
        edges.progress(f"publish: {path.name}")
        for name, content in publish.render(text, desk=desk, tables=tables, where=str(path)).items():
            edges.disk.write(folder / name, content)
            written.add(folder / name)
    return tuple(sorted(written))


def publish_file(path: Path, desk: Desk, store: Store, out: Path, disk: Disk) -> tuple[Path, ...]:
    """Check one issue file and render it from the vintage of its week.

    Raises:
        BadInput: no such file, or not an issue.
        CheckFailed: it has error-level findings.
    """
    text = check.read_file(path)
    front = publish.parse(text, where=str(path)).front
    week = Week.parse(front.week)
    as_of = _archived(store, week)
    drawn = ("levels", "standings", "breaks", "movers", "dyad_weeks")
    tables = {name: store.read(name, run=week) for name in drawn}
    tables["reliability"] = review.reliability_table(
        ledger.asked_by_class(store.read("forecasts", as_of=as_of), HORIZON_WEEKS),
        store.read("resolutions", as_of=as_of),
    )
    evidence = {"reports": store.read("reports"), **_kept_evidence(path, front.language)}
    findings = check.run(text, path=str(path), language=front.language, evidence=evidence, desk=desk)
    check.require_clean(findings, str(path))
    files = publish.render(text, desk=desk, tables=tables, where=str(path))
    for name, content in files.items():
        disk.write(out / name, content)
    return tuple(out / name for name in files)


def _kept_evidence(path: Path, language: Language) -> Tables:
    """Return what the draft's sentences rested on, if the run's evidence file still lies beside the issue."""
    kept = path.parent / f"evidence.{language}.csv"
    if not kept.exists():
        return {}
    rows = csv.DictReader(StringIO(kept.read_text("utf-8")))
    lists = {column.name for column in write.EVIDENCE if pa.types.is_list(column.type)}
    return {
        "evidence": pa.Table.from_pylist(
            [{name: text.split() if name in lists else text for name, text in row.items()} for row in rows],
            schema=write.EVIDENCE,
        )
    }


def _archived(store: Store, week: Week) -> datetime | None:
    cutoffs = store.read("issues", run=week)["as_of"].to_pylist()
    return max(cutoffs, default=None)


def _archive(
    store: Store, week: Week, number: int, as_of: datetime, drafts: Sequence[Draft], files: Sequence[Path]
) -> None:
    rows = [
        {
            "run": str(week),
            "number": number,
            "language": draft.language,
            "as_of": as_of,
            "sha256": _sha256(draft.markdown),
            "files": [path.name for path in files if f".{draft.language}." in path.name],
            "known_at": as_of,
        }
        for draft in drafts
    ]
    store.replace("issues", str(week), ISSUES.from_rows(rows))


def _findings(
    week: Week, as_of: datetime, collected: pa.Table, checked: Mapping[Path, Sequence[check.Finding]]
) -> pa.Table:
    rows = collected.to_pylist() + [
        {"origin": "check", "where": path.name, **asdict(finding)}
        for path, found in checked.items()
        for finding in found
    ]
    return FINDINGS.from_rows([{"run": str(week), "known_at": as_of, **row} for row in rows])


def _issue(
    number: int, week: Week, as_of: datetime, files: Sequence[Path], taken: Taken, tables: Tables, ledger: Ledger
) -> Issue:
    dates = tables["events"]["event_date"]
    movers = tables["movers"].sort_by([("surprise", "descending"), ("source", "ascending"), ("target", "ascending")])
    return Issue(
        number=number,
        week=week,
        as_of=as_of,
        files=tuple(files),
        movers=tuple(f"{row['source']}-{row['target']}" for row in movers.slice(0, 5).to_pylist()),
        notes=taken.notes,
        n_reports=tables["reports"].num_rows,
        n_new=taken.n_new,
        n_events=int(pc.sum(pc.greater_equal(dates, pa.scalar(week.start))).as_py() or 0),
        n_opened=ledger.n_opened,
        n_resolved=ledger.n_resolved,
        is_partial=bool(taken.notes),
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _csv(table: pa.Table) -> bytes:
    flat = {
        name: pc.binary_join(column, " ") if pa.types.is_list(column.type) else column
        for name, column in zip(table.column_names, table.columns, strict=True)
    }
    sink = BytesIO()
    pacsv.write_csv(pa.table(flat), sink)
    return sink.getvalue()
