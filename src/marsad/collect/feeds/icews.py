"""ICEWS event files as published: 20 tab-separated columns, actors named and sorted into sectors, acts in CAMEO."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from marsad.collect import actor_names, lines
from marsad.collect.batch import Batch, Request, Row, coverage, finding, shorten
from marsad.collect.coded import Acts, LeftOut, days_read, dictionary, events_table, first_rows, is_none, left_out
from marsad.collect.feeds import files
from marsad.domain.desk import Feed
from marsad.domain.tables import EVENTS, INSTANT, MENTIONS
from marsad.vocab import cameo
from marsad.vocab.actors import load_registry

CODER = "ICEWS"
ENDINGS = (".tab", ".tsv", ".csv", ".txt", ".tab.gz", ".tab.zip", ".zip")
COLUMNS = (
    *(
        "Event ID",
        "Event Date",
        "Source Name",
        "Source Sectors",
        "Source Country",
        "Event Text",
        "CAMEO Code",
        "Intensity",
    ),
    *("Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher"),
    *("City", "District", "Province", "Country", "Latitude", "Longitude"),
)

_NOTHING = cameo.CameoCode("", "", None, None, None, None, None)


@dataclass(frozen=True)
class _Rows:
    """Rows of the right shape: lines, day of each, and the columns by name."""

    lines: Any
    days: Any
    columns: dict[str, pa.Array]


def is_file(first_line: str) -> bool:
    """Return whether a file's first line is ICEWS's: its header, or 20 fields with number, day and CAMEO code."""
    fields = first_line.rstrip("\r\n").split("\t")
    if len(fields) != len(COLUMNS):
        return False
    return fields[0] == COLUMNS[0] or (fields[0].isdigit() and fields[1][4:5] == "-" and fields[6].isdigit())


def read(feed: Feed, request: Request) -> Batch:
    """Read a file or a folder of files into events, and one mention per event: its story and publisher.

    ICEWS's own intensity is the Goldstein value. A country is the actor; an organisation or armed group of our registry
    is itself, whatever country ICEWS files it under. Rows without such an actor, or without an act, are counted by
    reason.

    Raises:
        FeedUnreachable: no such file, or a folder without one.
    """
    findings: list[Row] = []
    read_rows = [
        rows
        for where, raw in files.contents(feed, request.root, ENDINGS, findings)
        for rows in _rows(raw, where, findings)
    ]
    parts = [_events(rows, feed, request) for rows in read_rows]
    events = pa.concat_tables([EVENTS.empty(), *(events for events, _, _ in parts)])
    mentions = pa.concat_tables([MENTIONS.empty(), *(mentions for _, mentions, _ in parts)])
    first = pa.array(first_rows(events["event_id"].combine_chunks()))
    days = np.concatenate([rows.days for rows in read_rows] or [np.empty(0, np.int64)])
    n_bad = sum(1 for row in findings if row["level"] == "warn" and row["line"])
    findings += sum((out for _, _, out in parts), LeftOut()).finding(feed.name, len(days), len(first))
    return Batch(
        events=events.take(first),
        mentions=mentions.take(first),
        coverage=coverage(
            feed.name, feed.daily_reports, days_read(days), {request.now.date(): n_bad} if n_bad else {}, request
        ),
        findings=shorten(findings),
    )


def _rows(raw: bytes, where: str, findings: list[Row]) -> list[_Rows]:
    """Keep the rows that have an id, a day and a CAMEO code, and set the rest aside."""
    found = []
    for block in lines.blocks(raw, "\t", frozenset({len(COLUMNS)}), where, findings):
        columns = dict(zip(COLUMNS, block.columns, strict=True))
        is_header = np.asarray(pc.equal(pc.fill_null(columns["Event ID"], ""), "Event ID"))
        in_range = pc.match_substring_regex(pc.fill_null(columns["Event Date"], ""), r"^(19|20)\d\d-\d\d-\d\d$")
        days = pc.strptime(columns["Event Date"], format="%Y-%m-%d", unit="s", error_is_null=True).cast(pa.date32())
        known = pc.is_in(columns["CAMEO Code"], value_set=pa.array([*cameo.codes(), *_ROOTS]))
        faults = {
            "no event id": pc.invert(pc.is_valid(columns["Event ID"])),
            "a date that is not a day": pc.invert(pc.and_(in_range, pc.is_valid(days))),
            "a code CAMEO does not have": pc.invert(known),
        }
        bad = np.zeros(len(block.lines), dtype=bool)
        for reason, mask in faults.items():
            fresh = np.asarray(mask) & ~bad & ~is_header
            bad |= fresh
            for row in np.flatnonzero(fresh).tolist():
                quote = "\t".join(str(columns[name][row]) for name in COLUMNS[:7])
                findings.append(finding("bad-row", "warn", where, f"set aside: {reason}", int(block.lines[row]), quote))
        good = pa.array(~bad & ~is_header)
        kept = {name: column.filter(good) for name, column in columns.items()}
        found.append(_Rows(block.lines[np.asarray(good)], np.asarray(days.filter(good).cast(pa.int32())), kept))
    return found


_ROOTS = tuple(f"{root:02d}" for root in range(1, 21))


def _events(rows: _Rows, feed: Feed, request: Request) -> tuple[pa.Table, pa.Table, LeftOut]:
    codes, act = dictionary(rows.columns["CAMEO Code"])
    acts = Acts([cameo.codes().get(code, _NOTHING) for code in codes], act)
    sides = {side: _actors(rows, side) for side in ("Source", "Target")}
    typed = np.array([code.event_type is not None for code in acts.codes], dtype=bool)[act]
    kept, out = left_out(typed, sides["Source"][0], sides["Target"][0])
    taken = {name: column.take(pa.array(kept)) for name, column in rows.columns.items()}
    acts = Acts(acts.codes, act[kept])
    event_ids = pc.binary_join_element_wise("icews", taken["Event ID"], "-")
    events = events_table(
        {
            "event_id": event_ids,
            "event_date": rows.days[kept],
            "source": sides["Source"][0][kept],
            "source_role": sides["Source"][1][kept],
            "event_type": acts.column("event_type"),
            "mode": acts.column("mode"),
            "context": acts.column("context"),
            "target": sides["Target"][0][kept],
            "target_role": sides["Target"][1][kept],
            "quad_class": acts.quad_class(),
            "goldstein": _number(taken["Intensity"]),
            "place": _place(taken),
            "latitude": _number(taken["Latitude"]),
            "longitude": _number(taken["Longitude"]),
            "coder": pa.repeat(CODER, len(kept)),
        },
        request,
    )
    return events, _mentions(events, taken, feed), out


def _actors(rows: _Rows, side: str) -> tuple[Any, Any]:
    """Find the code and the role of every row's actor on one side."""
    names, name = dictionary(rows.columns[f"{side} Name"])
    countries, country = dictionary(rows.columns[f"{side} Country"])
    sectors, sector = dictionary(rows.columns[f"{side} Sectors"])
    own = actor_names.codes_by_day(names, name, rows.days)
    state = actor_names.codes_by_day(countries, country, rows.days)
    registry = load_registry()
    groups = {code for code in set(own.tolist()) - {None} if registry.kind(code) != "state"}
    is_group = np.array([code in groups for code in own.tolist()], dtype=bool)
    code = np.where(is_group | is_none(state), own, state)
    by_sector = np.array([cameo.role_of_sectors(text) for text in sectors], dtype=object)[sector]
    by_name = np.array([actor_names.known(text).role for text in names], dtype=object)[name]
    return code, np.where(is_none(by_sector), by_name, by_sector)


def _number(texts: pa.Array) -> pa.Array:
    numeric = pc.match_substring_regex(pc.fill_null(texts, ""), r"^-?\d+(\.\d+)?([eE]-?\d+)?$")
    return pc.if_else(numeric, texts, None).cast(pa.float64())


def _place(columns: dict[str, pa.Array]) -> pa.Array:
    """City, province and country, what is known of them."""
    parts = [
        pc.if_else(pc.is_in(columns[name], pa.array(["NA", ""])), None, columns[name])
        for name in ("City", "Province", "Country")
    ]
    start = pa.repeat("", len(parts[0]))  # Arrow drops a row whose parts are all null
    joined = pc.utf8_ltrim(pc.binary_join_element_wise(start, *parts, ", ", null_handling="skip"), ", ")
    return pc.if_else(pc.equal(joined, ""), None, joined)


def _mentions(events: pa.Table, columns: dict[str, pa.Array], feed: Feed) -> pa.Table:
    """One per event. The story is known by number only, its text is not: the quoted span is empty."""
    n_rows = events.num_rows
    story = pc.binary_join_element_wise("icews-story", pc.fill_null(columns["Story ID"], "unknown"), "-")
    nothing = pa.repeat(pa.scalar(0, pa.int32()), n_rows)
    values = {
        "event_id": events["event_id"].combine_chunks(),
        "report_id": story,
        "quote_start": nothing,  # a part of the key, so not null
        "quote_end": nothing,
        "attribution": pa.nulls(n_rows, pa.string()),
        "feed": pa.repeat(feed.name, n_rows),
        "outlet": columns["Publisher"],
        "story_id": story,
        "known_at": events["known_at"].combine_chunks().cast(INSTANT),
    }
    return pa.Table.from_arrays([values[name] for name in MENTIONS.schema.names], schema=MENTIONS.schema)
