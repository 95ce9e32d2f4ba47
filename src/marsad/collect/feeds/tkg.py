"""Temporal-graph folders: ``train valid test`` of subject, relation, object, time, with the files that name the ids."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from marsad.collect import actor_names, lines
from marsad.collect.batch import Batch, Request, Row, coverage, finding, shorten
from marsad.collect.coded import Acts, days_read, events_table, first_rows, is_none, left_out
from marsad.domain.desk import Feed
from marsad.errors import FeedChanged, FeedUnreachable
from marsad.vocab import cameo

SPLITS = ("train", "valid", "test")
CODER = "temporal graph"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_HOUR = (datetime(1900, 1, 1, tzinfo=UTC) - _EPOCH).total_seconds() / 3600
_LAST_HOUR = (datetime(2100, 1, 1, tzinfo=UTC) - _EPOCH).total_seconds() / 3600
_WIDTHS = frozenset({4, 5})  # some copies carry a fifth column, always the same


@dataclass(frozen=True)
class Quads:
    """All splits' rows, in file order: positions among the distinct names, -1 for an id without one; and the day."""

    source: Any
    relation: Any
    target: Any
    days: Any
    ids: pa.Array
    names: Sequence[str]
    relations: Sequence[str]


def is_folder(path: Path) -> bool:
    """Return whether a folder holds a temporal graph: a train file and the files that name its ids."""
    return _split_file(path, "train") is not None and (path / "entity2id.txt").is_file()


def read(feed: Feed, request: Request) -> Batch:
    """Read a folder into events; both sides must resolve to a code and the relation to an act.

    ``meta.toml`` dates the time column: day = ``origin`` + time x ``step_hours``. Event ids are ``<feed>-<ids of the
    row>``, the same on every run; a row that stands in two splits is one event.

    Raises:
        FeedUnreachable: no such folder.
        FeedChanged: the folder lacks one of its files, or they are not what they should be.
    """
    folder = request.root / feed.where
    if not folder.is_dir():
        raise FeedUnreachable(feed.name, feed.where, "no such folder")
    findings: list[Row] = []
    quads = _quads(folder, feed.name, findings)
    codes = [cameo.code_of_label(name) for name in quads.relations]
    typed = np.array([code is not None and code.event_type is not None for code in codes] + [False])
    source = actor_names.codes_by_day(quads.names, quads.source, quads.days)
    target = actor_names.codes_by_day(quads.names, quads.target, quads.days)
    kept, out = left_out(typed[quads.relation], source, target)
    kept = kept[first_rows(quads.ids.take(pa.array(kept)))]
    roles = np.array([*(actor_names.known(name).role for name in quads.names), None], dtype=object)
    acts = Acts([code or _UNKNOWN for code in codes], quads.relation[kept])
    events = events_table(
        {
            "event_id": quads.ids.take(pa.array(kept)),
            "event_date": quads.days[kept],
            "source": source[kept],
            "source_role": roles[quads.source[kept]],
            "event_type": acts.column("event_type"),
            "mode": acts.column("mode"),
            "context": acts.column("context"),
            "target": target[kept],
            "target_role": roles[quads.target[kept]],
            "quad_class": acts.quad_class(),
            "goldstein": acts.column("goldstein_icews", pa.float64()),
            "coder": pa.repeat(CODER, len(kept)),
        },
        request,
    )
    unknown = [name for name, code in zip(quads.relations, codes, strict=True) if code is None]
    if unknown:
        message = f"{len(unknown)} relations CAMEO does not have, their rows are left out: {', '.join(unknown[:5])}"
        findings.append(finding("unknown-relation", "warn", feed.name, message))
    findings += out.finding(feed.name, len(quads.days), len(kept), _unresolved(quads, source, target))
    n_bad = sum(1 for row in findings if row["level"] == "warn" and row["line"])
    return Batch(
        events=events,
        coverage=coverage(
            feed.name,
            feed.daily_reports,
            days_read(quads.days),
            {request.now.date(): n_bad} if n_bad else {},
            request,
        ),
        findings=shorten(findings),
    )


_UNKNOWN = cameo.CameoCode("", "", None, None, None, None, None)


def _quads(folder: Path, feed: str, findings: list[Row]) -> Quads:
    origin, step_hours = _time_scale(folder, feed)
    entity_ids, names = _ids(folder / "entity2id.txt", feed)
    relation_ids, relations = _ids(folder / "relation2id.txt", feed)
    parts = [part for split in SPLITS if (part := _split(folder, split, feed, findings)) is not None]
    if not parts:
        raise FeedChanged(feed, "a file train.txt or train.txt.gz", "none")
    rows = np.concatenate(parts)
    hours = rows[:, 3] * step_hours + (origin - _EPOCH).total_seconds() / 3600
    dated = (hours >= _FIRST_HOUR) & (hours < _LAST_HOUR)
    if not dated.all():
        message = f"set aside: {int((~dated).sum())} rows whose time falls outside 1900 to 2100 by meta.toml"
        findings.append(finding("bad-date", "warn", feed, message))
    rows, hours = rows[dated], hours[dated]
    ids = [pa.array(rows[:, n]).cast(pa.string()) for n in range(4)]
    return Quads(
        source=_positions(rows[:, 0], entity_ids),
        relation=_positions(rows[:, 1], relation_ids),
        target=_positions(rows[:, 2], entity_ids),
        days=np.floor_divide(hours, 24).astype(np.int64),
        ids=pc.binary_join_element_wise(feed, *ids, "-"),
        names=names,
        relations=relations,
    )


def _time_scale(folder: Path, feed: str) -> tuple[datetime, float]:
    expected = "meta.toml with origin (a day) and step_hours (a number)"
    try:
        meta = tomllib.loads((folder / "meta.toml").read_text(encoding="utf-8"))
        origin, step_hours = meta["origin"], float(meta["step_hours"])
    except FileNotFoundError as error:
        raise FeedChanged(feed, expected, "no meta.toml") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise FeedChanged(feed, expected, f"{type(error).__name__} {error}") from error
    if isinstance(origin, datetime):
        return (origin.replace(tzinfo=UTC) if origin.tzinfo is None else origin), step_hours
    if isinstance(origin, date):
        return datetime(origin.year, origin.month, origin.day, tzinfo=UTC), step_hours
    raise FeedChanged(feed, expected, f"origin {origin!r}")


def _ids(path: Path, feed: str) -> tuple[Any, list[str]]:
    """Read the ids of a naming file and their names, in the order of the file."""
    try:
        text = path.read_text(encoding="utf-8")
        pairs = [line.split("\t")[:2] for line in text.splitlines() if "\t" in line]
        return np.array([int(number) for _, number in pairs], dtype=np.int64), [name for name, _ in pairs]
    except (OSError, ValueError) as error:
        raise FeedChanged(feed, f"{path.name} with a name, a tab and a number on each line", str(error)) from error


def _split_file(folder: Path, split: str) -> Path | None:
    return next((path for end in (".txt", ".txt.gz") if (path := folder / (split + end)).is_file()), None)


def _split(folder: Path, split: str, feed: str, findings: list[Row]) -> Any:
    """One split as an n x 4 int array; lines that are not four numbers are set aside."""
    path = _split_file(folder, split)
    if path is None:
        return None
    where = f"{feed}:{path.name}"
    try:
        (_, raw) = next(lines.unpacked(path))
    except OSError as error:
        raise FeedChanged(feed, f"a readable {path.name}", str(error)) from error
    found = [_numbers(block, where, findings) for block in lines.blocks(raw, "\t", _WIDTHS, where, findings)]
    if not found:
        return np.empty((0, 4), dtype=np.int64)
    order = np.argsort(np.concatenate([numbered[:, 4] for numbered in found]), kind="stable")
    return np.concatenate(found)[order, :4]


def _numbers(block: lines.Block, where: str, findings: list[Row]) -> Any:
    """Turn a block into an n x 5 int array: the four ids and the line."""
    texts = [pc.fill_null(column, "") for column in block.columns[:4]]
    whole = np.logical_and.reduce([np.asarray(pc.match_substring_regex(text, r"^\d{1,15}$")) for text in texts])
    for row in np.flatnonzero(~whole).tolist():
        quote = "\t".join(str(text[row]) for text in texts)
        message = "set aside: an id or a time that is not a whole number"
        findings.append(finding("bad-number", "warn", where, message, int(block.lines[row]), quote))
    good = pa.array(whole)
    return np.column_stack([*(np.asarray(text.filter(good).cast(pa.int64())) for text in texts), block.lines[whole]])


def _positions(values: Any, ids: Any) -> Any:
    """Where each value stands among the ids, -1 where it does not."""
    return np.asarray(pc.fill_null(pc.index_in(pa.array(values), pa.array(ids)), -1)).astype(np.int64)


def _unresolved(quads: Quads, source: Any, target: Any) -> list[str]:
    """Name the five actors that most often could not be resolved."""
    missing = np.concatenate([quads.source[is_none(source)], quads.target[is_none(target)]])
    counts = np.bincount(missing + 1, minlength=len(quads.names) + 1)[1:]
    return [quads.names[n] for n in np.argsort(-counts, kind="stable")[:5] if counts[n]]
