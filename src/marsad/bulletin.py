"""From measures to a published, archived issue: drafts are kept beside the analyst's text, checked, rendered, filed."""

import csv
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from marsad import check, issuefile, publish, write
from marsad.domain.desk import Desk
from marsad.domain.tables import FINDINGS, ISSUES
from marsad.domain.week import Week
from marsad.domain.words import Language
from marsad.edges import Edges
from marsad.errors import BadInput
from marsad.relation import Tables
from marsad.store import Disk, Store
from marsad.write import Draft


def write_drafts(
    tables: Tables, desk: Desk, week: Week, as_of: datetime, last_issue: Path, subject: tuple[str, str] | None = None
) -> list[Draft]:
    """Draft the issue in each of the desk's languages; what an analyst asked in the last issue is asked again."""
    pair = subject or write.choose_subject(tables, week=week, desk=desk, as_of=as_of)
    return [
        write.draft(
            language,
            week,
            desk,
            tables,
            subject=pair,
            carried=issuefile.carried_hypotheses(last_issue, language),
            as_of=as_of,
        )
        for language in desk.languages
    ]


def keep_drafts(
    drafts: Sequence[Draft],
    folder: Path,
    store: Store,
    week: Week,
    edges: Edges,
    drafted: Collection[str] = (),
) -> dict[Path, str]:
    """Write each draft to ``issue.<lang>.md`` and return the texts to publish, by file.

    A file an analyst has changed since the last run stays and is what gets published; the new draft is laid beside it.
    So does one that ``marsad draft`` made, but for another draft: ``drafted`` are the hashes it left.
    """
    machine_made = {*store.read("issues", run=week)["sha256"].to_pylist(), *drafted}
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
    texts: Mapping[Path, str], drafts: Sequence[Draft], desk: Desk, tables: Tables, week: Week, as_of: datetime
) -> dict[Path, list[check.Finding]]:
    """Check each text against the reports its notes name, and its values against the tables."""
    evidence = {draft.language: {"evidence": draft.evidence, "reports": tables["reports"]} for draft in drafts}
    return {
        path: check.run(
            text,
            path=str(path),
            language=language,
            evidence=evidence[language],
            desk=desk,
            vintage=issuefile.vintage_of(text, tables, desk, week, as_of),
        )
        for path, text in texts.items()
        for language in [Language(path.name.split(".")[1])]
    }


def publish_texts(
    texts: Mapping[Path, str], desk: Desk, tables: Tables, folder: Path, edges: Edges, week: Week, as_of: datetime
) -> tuple[Path, ...]:
    """Set and render each text and write its files; return all of the issue's files, in order of name."""
    written = set(texts)
    for path, text in texts.items():
        edges.progress(f"publish: {path.name}")
        language = Language(path.name.split(".")[1])
        rested_on = {**tables, **_kept_evidence(path, language)}
        for name, content in rendered(text, desk, rested_on, week, as_of, language, str(path)).items():
            edges.disk.write(folder / name, content)
            written.add(folder / name)
    return tuple(sorted(written))


def rendered(
    text: str, desk: Desk, tables: Tables, week: Week, as_of: datetime, language: Language, where: str
) -> Mapping[str, bytes]:
    """Set a text's roles and directives from the tables, and make its files."""
    vintage = issuefile.vintage_of(text, tables, desk, week, as_of)
    bound = issuefile.bind(text, vintage, desk, language, where)
    return publish.render(bound.text, desk=desk, tables=vintage.tables, where=where, source=text, lines=bound.lines)


def publish_file(path: Path, desk: Desk, store: Store, out: Path, disk: Disk, now: datetime) -> tuple[Path, ...]:
    """Check one issue file, render it from the vintage of its week, and keep its judgements.

    Raises:
        BadInput: no such file, or not an issue.
        CheckFailed: it has error-level findings.
    """
    text, found, tables, as_of = check_file(path, desk, store)
    check.require_clean(found, str(path))
    week, language = issuefile.head_of(text, str(path))
    rested_on = {**tables, **_kept_evidence(path, language)}
    files = rendered(text, desk, rested_on, week, as_of, language, str(path))
    for name, content in files.items():
        disk.write(out / name, content)
    issuefile.enter_judgements(text, desk, store, now=now, where=str(path))
    return tuple(out / name for name in files)


def publish_site(root: Path, desk: Desk, out: Path, disk: Disk, *, search: bool) -> int:
    """Lay all published issues of a desk out as a static site; return how many issue files it holds.

    Args:
        root: the desk's folder; what lies in ``issues/`` is taken as it was published.
        desk: imprint and website.
        out: folder of the site; a rerun replaces it file by file.
        disk: how bytes get there.
        search: with a search over all pages (extra ``site``).

    Raises:
        BadInput: nothing is published yet.
        RenderFailed: the search is wanted, and Pagefind is not installed.
    """
    texts = [path for path in sorted((root / "issues").glob("*/issue.??.md")) if path.with_suffix(".html").exists()]
    if not texts:
        raise BadInput(str(root / "issues"), "no published issue stands there", f"marsad week --desk {root}")
    finished = (publish.Finished(path.read_text("utf-8"), _published_beside(path)) for path in texts)
    index = publish.index_pages if search else None
    for name, content in publish.build_site(finished, desk, index=index):
        disk.write(out / name, content)
    return len(texts)


def _published_beside(path: Path) -> dict[str, bytes]:
    """Read the files of an issue in one language, and the tables its languages share."""
    language = path.name.split(".")[1]
    beside = [
        *path.parent.glob(f"*.{language}.*"),
        *(each for each in path.parent.glob("*.csv") if each.name.count(".") == 1),
    ]
    return {each.name: each.read_bytes() for each in sorted(beside) if not each.name.endswith(".draft.md")}


def check_file(path: Path, desk: Desk, store: Store) -> tuple[str, list[check.Finding], Tables, datetime]:
    """Return an issue file's text, what its check finds, and the tables and cutoff of its week.

    Raises:
        BadInput: no such file, or not an issue.
    """
    text = check.read_file(path)
    week, language = issuefile.head_of(text, str(path))
    as_of = archived_cutoff(store, week) or week.cutoff
    tables = issuefile.tables_of(store, desk, week, as_of)
    evidence = {"reports": store.read("reports"), **_kept_evidence(path, language)}
    vintage = issuefile.vintage_of(text, tables, desk, week, as_of)
    found = check.run(text, path=str(path), language=language, evidence=evidence, desk=desk, vintage=vintage)
    return text, found, tables, as_of


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


def archived_cutoff(store: Store, week: Week) -> datetime | None:
    """Return the cutoff a week's issue was archived with; None if it never was."""
    cutoffs = store.read("issues", run=week)["as_of"].to_pylist()
    return max(cutoffs, default=None)


def archive(
    store: Store,
    week: Week,
    number: int,
    as_of: datetime,
    drafts: Sequence[Draft],
    files: Sequence[Path],
    partition: str | None = None,
) -> None:
    """Enter the issue, in each of its languages, in the table of issues: in the week's file if no other is named."""
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
    store.replace("issues", partition or str(week), ISSUES.from_rows(rows))


def findings_of(
    week: Week, as_of: datetime, collected: pa.Table, checked: Mapping[Path, Sequence[check.Finding]]
) -> pa.Table:
    """Return what collecting and checking found fault with, as rows of ``findings``."""
    rows = collected.to_pylist() + [
        {"origin": "check", "where": path.name, **asdict(finding)}
        for path, found in checked.items()
        for finding in found
    ]
    return FINDINGS.from_rows([{"run": str(week), "known_at": as_of, **row} for row in rows])


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
