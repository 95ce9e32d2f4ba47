"""GDELT event files on disk: version 1 (57 or 58 columns), version 2 (61), or as a table program wrote them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from marsad.collect import lines
from marsad.collect.batch import Batch, Request, Row, coverage, finding, shorten
from marsad.collect.coded import Acts, LeftOut, days_read, dictionary, events_table, first_rows, is_none, left_out
from marsad.collect.feeds import files
from marsad.domain.desk import Feed
from marsad.domain.tables import EVENTS
from marsad.vocab import cameo
from marsad.vocab.actors import load_registry

ENDINGS = (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".csv.zip", ".zip")

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code")
_TYPES = ("Type1Code", "Type2Code", "Type3Code")
_PLACE_1 = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
_PLACE_2 = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")


def _layout(place: Sequence[str]) -> tuple[str, ...]:
    return (
        *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
        *(f"Actor{side}{name}" for side in (1, 2) for name in (*_ACTOR, *_TYPES)),
        *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
        *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
        *(f"{whose}Geo_{name}" for whose in ("Actor1", "Actor2", "Action") for name in place),
        *("DATEADDED", "SOURCEURL"),
    )


VERSION_1 = _layout(_PLACE_1)  # 58; the 57th is the last before April 2013
VERSION_2 = _layout(_PLACE_2)  # 61
LAYOUTS = {57: VERSION_1[:57], 58: VERSION_1, 61: VERSION_2}
OTHER_SHAPES = {16: "a GDELT mentions file", 11: "GDELT 1 graph counts", 27: "a GDELT knowledge-graph file"}

_NOTHING = cameo.CameoCode("", "", None, None, None, None, None)
_DAILY_SINCE = 1_364_774_400_000_000  # 2013-04-01, microseconds
_NEEDED = ("GLOBALEVENTID", "SQLDATE", "EventCode", "Actor1CountryCode", "Actor2CountryCode")


@dataclass(frozen=True)
class _Rows:
    """Rows of the right shape: the day of each, the columns by name, and which version they are."""

    days: Any
    columns: dict[str, pa.Array]
    version: int


def is_file(first_line: str) -> bool:
    """Return whether a file's first line is one of GDELT events: its header, or a row of one of the known widths."""
    if "GLOBALEVENTID" in first_line.upper():
        return True
    fields = first_line.rstrip("\r\n").split("\t")
    return len(fields) in LAYOUTS and fields[0].isdigit() and fields[1].isdigit()


def read(feed: Feed, request: Request) -> Batch:
    """Read a file or a folder of files into events.

    The day is the event's own, the Goldstein value GDELT's. An actor is its organisation or group if our registry has
    it, else its country; rows with neither on a side, or without an act, are counted by reason. Counts of mentions
    and articles are GDELT's own and are not turned into mentions. When back-filled, a row is known from the day GDELT
    added it.

    Raises:
        FeedUnreachable: no such file, or a folder without one.
    """
    findings: list[Row] = []
    read_rows = [
        rows
        for where, raw in files.contents(feed, request.root, ENDINGS, findings)
        for rows in _rows(raw, where, findings)
    ]
    parts = [_events(rows, request) for rows in read_rows]
    events = pa.concat_tables([EVENTS.empty(), *(events for events, _ in parts)])
    events = events.take(pa.array(first_rows(events["event_id"].combine_chunks())))
    days = np.concatenate([rows.days for rows in read_rows] or [np.empty(0, np.int64)])
    findings += sum((out for _, out in parts), LeftOut()).finding(feed.name, len(days), events.num_rows)
    n_bad = sum(1 for row in findings if row["level"] == "warn" and row["line"])
    return Batch(
        events=events,
        coverage=_coverage(feed, request, days, n_bad),
        findings=shorten(findings),
    )


def _coverage(feed: Feed, request: Request, days: Any, n_bad: int) -> pa.Table:
    """Count one row per day with an event: a stray event of a year ago does not make the days between covered."""
    today = request.now.date()
    rows = [
        coverage(feed.name, feed.daily_reports, {day: n}, {today: n_bad} if day == today and n_bad else {}, request)
        for day, n in sorted(days_read(days).items())
    ]
    if n_bad and today not in days_read(days):
        rows.append(coverage(feed.name, feed.daily_reports, {}, {today: n_bad}, request))
    return pa.concat_tables(rows) if rows else coverage(feed.name, feed.daily_reports, {}, {}, request)


def _rows(raw: bytes, where: str, findings: list[Row]) -> list[_Rows]:
    first = raw.split(b"\n", 1)[0].decode("utf-8", errors="replace").strip("\r\ufeff")
    header = (
        [name.strip('" ') for name in first.split("\t" if "\t" in first else ",")]
        if "GLOBALEVENTID" in first.upper()
        else []
    )
    if other := OTHER_SHAPES.get(first.count("\t") + 1):
        findings.append(finding("not-events", "info", where, f"not read: it looks like {other}, not events"))
        return []
    if "\t" not in first and "," in first:
        if not header:
            findings.append(finding("not-events", "info", where, "not read: commas between fields and no GDELT header"))
            return []
        block = lines.quoted_block(raw, where, findings)
        blocks = [] if block is None else [block]
    else:
        widths = frozenset({len(header), len(header) + 1} if header else LAYOUTS)
        blocks = lines.blocks(raw, "\t", widths, where, findings)
    found = []
    for block in blocks:
        names = _names(header, block.width)
        if names is None or not set(_NEEDED) <= set(names):
            message = (
                f"not read: {block.width} columns whose names lack {', '.join(sorted(set(_NEEDED) - set(names or ())))}"
            )
            findings.append(finding("not-events", "warn", where, message, int(block.lines[0])))
            continue
        found.append(_checked(block, names, where, findings))
    return found


def _names(header: list[str], width: int) -> tuple[str, ...] | None:
    """Name the columns. A table program's row numbers stand unnamed before a header that is one name shorter."""
    if not header:
        return LAYOUTS.get(width)
    if width == len(header):
        return tuple(header)
    return ("", *header) if width == len(header) + 1 else None


def _checked(block: lines.Block, names: tuple[str, ...], where: str, findings: list[Row]) -> _Rows:
    """Keep the rows that have an id, a day and a CAMEO code and set the rest aside; a header row is passed over."""
    columns = {name: pc.utf8_trim_whitespace(column) for name, column in zip(names, block.columns, strict=True)}
    header = np.asarray(pc.equal(pc.fill_null(columns["GLOBALEVENTID"], ""), "GLOBALEVENTID"))
    days = pc.strptime(columns["SQLDATE"], format="%Y%m%d", unit="s", error_is_null=True).cast(pa.date32())
    eight = pc.match_substring_regex(pc.fill_null(columns["SQLDATE"], ""), r"^(19|20)\d{6}$")
    faults = {
        "no event id": pc.invert(pc.match_substring_regex(pc.fill_null(columns["GLOBALEVENTID"], ""), r"^\d+$")),
        "a date that is not a day": pc.invert(pc.and_(eight, pc.is_valid(days))),
        "a code CAMEO does not have": pc.invert(
            pc.is_in(columns["EventCode"], value_set=pa.array([*cameo.codes(), *_ROOTS]))
        ),
    }
    bad = header.copy()
    for reason, mask in faults.items():
        fresh = np.asarray(mask) & ~bad
        bad |= fresh
        for row in np.flatnonzero(fresh).tolist():
            quote = "\t".join(str(column[row]) for column in list(columns.values())[:8])
            findings.append(finding("bad-row", "warn", where, f"set aside: {reason}", int(block.lines[row]), quote))
    good = pa.array(~bad)
    kept = {name: column.filter(good) for name, column in columns.items() if name}
    return _Rows(np.asarray(days.filter(good).cast(pa.int32())), kept, 2 if "ActionGeo_ADM2Code" in names else 1)


_ROOTS = tuple(f"{root:02d}" for root in range(1, 21))


def _events(rows: _Rows, request: Request) -> tuple[pa.Table, LeftOut]:
    codes, act = dictionary(rows.columns["EventCode"])
    acts = Acts([cameo.codes().get(code, _NOTHING) for code in codes], act)
    source, source_role = _actors(rows, 1)
    target, target_role = _actors(rows, 2)
    typed = np.array([code.event_type is not None for code in acts.codes], dtype=bool)[act]
    kept, out = left_out(typed, source, target)
    taken = {name: column.take(pa.array(kept)) for name, column in rows.columns.items()}
    acts = Acts(acts.codes, act[kept])
    events = events_table(
        {
            "event_id": pc.binary_join_element_wise("gdelt", taken["GLOBALEVENTID"], "-"),
            "event_date": rows.days[kept],
            "source": source[kept],
            "source_role": source_role[kept],
            "event_type": acts.column("event_type"),
            "mode": acts.column("mode"),
            "context": acts.column("context"),
            "target": target[kept],
            "target_role": target_role[kept],
            "quad_class": acts.quad_class(),
            "goldstein": _number(taken, "GoldsteinScale"),
            "place": taken.get("ActionGeo_FullName", pa.nulls(len(kept), pa.string())),
            "latitude": _number(taken, "ActionGeo_Lat"),
            "longitude": _number(taken, "ActionGeo_Long"),
            "coder": pa.repeat(f"GDELT {rows.version}", len(kept)),
        },
        request,
        _added(taken, rows.days[kept]),
    )
    return events, out


def _actors(rows: _Rows, side: int) -> tuple[Any, Any]:
    """Find every row's actor, organisation or group first, then country; and its role by the first type that tells."""
    codes = [
        _coded(rows.columns.get(f"Actor{side}{name}"), codes)
        for name, codes in (("KnownGroupCode", _group_code), ("CountryCode", _country_code))
    ]
    roles = [_coded(rows.columns.get(f"Actor{side}Type{n}Code"), cameo.role_of_type) for n in (1, 2, 3)]
    return _first(codes, len(rows.days)), _first(roles, len(rows.days))


def _coded(column: pa.Array | None, code_of: Any) -> Any:
    if column is None:
        return None
    values, index = dictionary(column)
    return np.array([code_of(value) if value else None for value in values] or [None], dtype=object)[index]


def _first(choices: list[Any], n_rows: int) -> Any:
    """Take the first choice of each row that is not None."""
    found = np.full(n_rows, None, dtype=object)
    for choice in choices:
        if choice is not None:
            found = np.where(is_none(found), choice, found)
    return found


def _country_code(code: str) -> str | None:
    code = cameo.actor_codes("gdelt_country").get(code, code)
    registry = load_registry()
    return code if code in registry.kinds and registry.kind(code) == "state" else None


def _group_code(code: str) -> str | None:
    return cameo.actor_codes("gdelt_group").get(code)


def _number(columns: dict[str, pa.Array], name: str) -> pa.Array:
    texts = columns.get(name)
    if texts is None:
        return pa.nulls(len(columns["GLOBALEVENTID"]), pa.float64())
    numeric = pc.match_substring_regex(pc.fill_null(texts, ""), r"^-?\d+(\.\d+)?([eE]-?\d+)?$")
    return pc.if_else(numeric, texts, None).cast(pa.float64())


def _added(columns: dict[str, pa.Array], days: Any) -> Any:
    """When GDELT added each row, in microseconds: to the second in version 2, the day's last second in version 1.

    Rows added before the daily updates began on 2013-04-01 were loaded in bulk years after the fact: for them, as for
    rows without the column, the event's own day stands in.
    """
    ends = days.astype(np.int64) * 86_400_000_000 + 86_399_000_000
    texts = columns.get("DATEADDED")
    if texts is None:
        return ends
    texts = pc.fill_null(texts, "")
    stamp = pc.if_else(pc.equal(pc.utf8_length(texts), 8), pc.binary_join_element_wise(texts, "235959", ""), texts)
    added = pc.strptime(stamp, format="%Y%m%d%H%M%S", unit="us", error_is_null=True).cast(pa.int64())
    added = np.asarray(pc.fill_null(added, 0))
    return np.where(added >= _DAILY_SINCE, added, ends)
