"""An issue about a pair of one's own choosing: `marsad draft`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from marsad.bulletin import archive, archived_cutoff, keep_drafts, write_drafts
from marsad.domain.desk import Desk
from marsad.domain.week import Week
from marsad.domain.words import Language
from marsad.edges import Edges
from marsad.errors import BadInput
from marsad.intake import code_reports, take_in
from marsad.issuefile import is_measured
from marsad.relation import code_of, measure_week, read_known
from marsad.store import Store
from marsad.weekly import cutoff_of, open_and_resolve
from marsad.write import Draft

WRITTEN = (Language.AR, Language.EN, Language.FA, Language.PS)


def draft_issue(
    source: str,
    target: str,
    desk: Desk,
    store: Store,
    edges: Edges,
    week: Week,
    *,
    languages: Sequence[str] = (),
    as_of: date | None = None,
) -> tuple[Path, ...]:
    """Draft a week's issue about a pair, in ``issues/<number>/issue.<lang>.md`` with its evidence beside it.

    What is new is read and coded first; the pair is measured and its forecasts are opened as those of the watched
    pairs are. Nothing is checked or published. A file a person has changed stays, and the draft is laid beside it; the
    weekly run keeps a drafted file too, and publishes it.

    Args:
        source: a code or a name: the pair's first party.
        target: the other.
        desk: what the user declared.
        store: the desk's tables.
        edges: network, clock, disk, coder, progress.
        week: the ISO week the issue is about.
        languages: to draft in; the desk's if none is named.
        as_of: use only what was known by the end of that day; :func:`marsad.weekly.cutoff_of` tells the default.

    Returns:
        The files written, in order of language: the issue, or the draft laid beside one that stays.

    Raises:
        BadInput: an unknown actor or language, one actor twice, nothing known, a week before the first issue.
    """
    number = desk.number_of(week)
    chosen = _languages(languages, desk)
    take_in(desk, store, edges)
    code_reports(store, edges)
    instant = cutoff_of(week, edges.clock(), archived_cutoff(store, week), as_of)
    known = read_known(store, week, instant)
    pair = (code_of(source, known["events"]), code_of(target, known["events"]))
    if pair[0] == pair[1]:
        raise BadInput(f"draft {source} {target}", "both are the same actor", "name two")
    followed = replace(desk, subject=pair, languages=chosen)
    if pair not in desk.watched and pair[::-1] not in desk.watched:
        followed = replace(followed, watched=(*desk.watched, pair))
    edges.progress(f"measure: {known['events'].num_rows} events")
    measured = measure_week(known, followed, week, instant, store, pair)
    if not is_measured(store, week):  # else they are those of the week's run, and the pair's own are added when asked
        for name, table in measured.items():
            store.replace(name, str(week), table)
    forecasts = open_and_resolve({**known, **measured}, followed, week, instant, store)
    tables = {**known, **measured, **forecasts.tables}
    issues = edges.root / "issues"
    drafts = write_drafts(tables, followed, week, instant, issues / str(number - 1), pair)
    drafted = store.partition("issues", _partition(week))["sha256"].to_pylist()
    folder = issues / str(number)
    keep_drafts(drafts, folder, store, week, edges, drafted)
    archive(store, week, number, instant, drafts, (), _partition(week))
    return tuple(_written(folder, draft) for draft in drafts)


def _languages(names: Sequence[str], desk: Desk) -> tuple[Language, ...]:
    for name in names:
        if name not in WRITTEN:
            raise BadInput(f"language {name!r}", "no bulletin is written in it", f"use {', '.join(WRITTEN)}")
    return tuple(dict.fromkeys(Language(name) for name in names)) or desk.languages


def _partition(week: Week) -> str:
    """Name the file of a week's drafts: beside what its runs archived, for a run must not take them for its own."""
    return f"{week}-drafted"


def _written(folder: Path, draft: Draft) -> Path:
    path = folder / f"issue.{draft.language}.md"
    is_kept = path.read_text("utf-8") != draft.markdown
    return folder / f"issue.{draft.language}.draft.md" if is_kept else path
