"""The main path: one week from reports to a published, archived issue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from marsad import bulletin, check, forecast, intake, issuefile, ledger, review
from marsad.domain.desk import Desk
from marsad.domain.week import Week, end_of_day
from marsad.edges import Edges
from marsad.errors import BadInput
from marsad.relation import Tables, measure_week, read_known
from marsad.store import Store

LIVE = timedelta(days=14)
"""A week run within this time of its end sees all that is known when it runs; an older one is rebuilt as it stood."""

HORIZONS_WEEKS = (1, 4, 13)
BACKFILL_WEEKS = 52
"""The forecasts of the past year are opened too where the ledger lacks them, each with what was known at its origin."""


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
    taken = intake.take_in(desk, store, edges)
    intake.code_reports(store, edges)
    as_of_instant = cutoff_of(week, edges.clock(), bulletin.archived_cutoff(store, week), as_of)
    known = read_known(store, week, as_of_instant)
    _require_something(known, desk, edges.root, as_of_instant)
    edges.progress(f"measure: {known['events'].num_rows} events")
    measured = measure_week(known, desk, week, as_of_instant, store)
    for name, table in measured.items():
        store.replace(name, str(week), table)
    forecasts = open_and_resolve({**known, **measured}, desk, week, as_of_instant, store)
    tables = {**known, **measured, **forecasts.tables}
    last_issue = edges.root / "issues" / str(number - 1)
    drafts = bulletin.write_drafts(tables, desk, week, as_of_instant, last_issue)
    texts = bulletin.keep_drafts(drafts, folder, store, week, edges)
    findings = bulletin.check_texts(texts, drafts, desk, tables, week, as_of_instant)
    store.replace("findings", str(week), bulletin.findings_of(week, as_of_instant, taken.findings, findings))
    check.require_clean([finding for found in findings.values() for finding in found], str(folder))
    files = bulletin.publish_texts(texts, desk, tables, folder, edges, week, as_of_instant)
    bulletin.archive(store, week, number, as_of_instant, drafts, files)
    for path, text in texts.items():
        issuefile.enter_judgements(text, desk, store, now=edges.clock(), where=str(path))
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


def cutoff_of(week: Week, now: datetime, archived: datetime | None, as_of: date | None) -> datetime:
    """Return the instant a week's run closes its eyes.

    The end of the day `as_of` if asked for; else now, for a week that ended less than ``LIVE`` ago; else the cutoff the
    issue was archived with; else the week's own end.

    Raises:
        BadInput: `as_of` lies before the week begins.

    >>> from datetime import UTC
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
    """Open the week's forecasts for the watched pairs, resolve what is due, and score what is resolved.

    Of what is known, the events and their breaks are looked at.
    """
    dyads = [dyad for pair in desk.watched for dyad in (pair, pair[::-1])]
    past = [week.shift(-i).end for i in range(1, BACKFILL_WEEKS + 1)]
    n_opened = 0
    for horizon in HORIZONS_WEEKS:
        store.add("forecasts", forecast.backfill(known["events"], past, dyads, horizon))
        for kinds in (forecast.CLASSES, forecast.TYPES):
            rows = forecast.issue(known["events"], week.end, dyads, horizon, known_at=as_of, kinds=kinds)
            n_opened += store.add("forecasts", rows).n_new
    breaks, of_thirds = known["breaks"], (desk.groups, desk.watched, ledger.HORIZON_WEEKS)
    store.add("forecasts", forecast.backfill_reactions(known["events"], breaks, past, *of_thirds))
    opened = forecast.reactions(known["events"], breaks, week.end, *of_thirds, known_at=as_of)
    reactions = store.add("forecasts", opened)
    n_resolved = ledger.settle(store, as_of)  # an issue rebuilt later may know how its forecasts ended
    forecasts = ledger.asked_by_class(store.read("forecasts", as_of=as_of))
    resolutions = ledger.outcomes(store, as_of)
    judgements = store.read("judgements", as_of=as_of)
    tables = {
        "forecasts": forecasts.filter(pc.equal(forecasts["origin"], pa.scalar(week.end))),
        "resolutions": ledger.of_judgements(resolutions, judgements),
        "judgements": judgements,
        "scorecard": review.scorecard(forecasts, resolutions),
        "reliability": review.reliability_table(forecasts, resolutions),
    }
    return Ledger(tables, n_opened + reactions.n_new, n_resolved)


def _issue(
    number: int, week: Week, as_of: datetime, files: Sequence[Path], taken: intake.Taken, tables: Tables, ledger: Ledger
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
