"""Standing: the commitments and measures in force between a pair, each opened by an event and closed by another."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pyarrow as pa

from marsad.domain.ladder import COOPERATION_RUNGS
from marsad.domain.tables import STANDINGS
from marsad.domain.words import Context, EventType, Ladder
from marsad.measure.acts import Acts, read


@dataclass(frozen=True)
class Rule:
    """What opens and what closes one kind of commitment.

    Args:
        commitment: its name.
        ladder: where it stands.
        rung: how high.
        by_doer: each side keeps its own; otherwise the pair shares one.
        opens: (type, mode) pairs; mode None matches any.
        closes: the same.
        contexts: in which an act must lie to open it; empty means any. None stands for no context.
    """

    commitment: str
    ladder: Ladder
    rung: int
    by_doer: bool
    opens: frozenset[tuple[str, str | None]]
    closes: frozenset[tuple[str, str | None]]
    contexts: frozenset[str | None]


@dataclass
class _Open:
    """A commitment while the events are read."""

    opened: date
    opened_by: list[str] = field(default_factory=list)
    closed: date | None = None
    closed_by: list[str] = field(default_factory=list)


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules of ``standing.toml``, in its order.

    Raises:
        ValueError: the file names an unknown type or context.

    >>> [rule.commitment for rule in rules() if rule.rung == 5]
    ['military_pact']
    """
    raw = tomllib.loads(files("marsad.measure").joinpath("standing.toml").read_text(encoding="utf-8"))
    return tuple(_rule(name, entry) for name, entry in raw.items())


def standings(events: pa.Table, *, run: str, as_of: datetime) -> pa.Table:
    """Return every commitment and measure between pairs, in force or ended, with the events that opened and closed it.

    A commitment reported again while it stands adds evidence, not a second row; after it was closed a new row opens.
    Recognition, sanctions and bans are directed acts, yet the pair shares the row.

    Args:
        events: one row per event, schema of ``domain.tables.EVENTS``; later ones than ``as_of`` are not looked at.
        run: the week of the run, as ``2026-W22``.
        as_of: the cutoff; an instant with a time zone.

    Returns:
        Schema of ``domain.tables.STANDINGS``: one row per (pair, ladder, commitment, opened); ``source`` < ``target``
        alphabetically; sorted by pair, opened, commitment. ``term`` is null: no event says when a commitment lapses.
    """
    rows = [
        {
            "run": run,
            "source": pair[0],
            "target": pair[1],
            "ladder": rule.ladder.value,
            "commitment": rule.commitment,
            "rung": rule.rung,
            "opened": item.opened,
            "closed": item.closed,
            "opened_by": item.opened_by,
            "closed_by": item.closed_by,
            "known_at": as_of,
        }
        for pair, rule, item in _follow(read(events, as_of))
    ]
    rows.sort(key=lambda row: (row["source"], row["target"], row["opened"], row["commitment"]))
    return STANDINGS.from_rows(_merge(rows))


def highest(standings: pa.Table, source: str, target: str, on: date | None = None) -> dict[str, int]:
    """Return the highest rung in force between two actors on each ladder.

    Args:
        standings: of :func:`standings`.
        source: an actor.
        target: another; the order does not matter.
        on: the day asked about (a closing day is no longer in force); None asks for the end of the table.

    >>> highest(STANDINGS.empty(), "RUS", "AFG")
    {'cooperation': 0, 'conflict': 0}
    """
    found = {ladder.value: 0 for ladder in Ladder}
    pair = tuple(sorted((source, target)))
    for row in standings.to_pylist():
        if (row["source"], row["target"]) == pair and _in_force(row, on):
            found[row["ladder"]] = max(found[row["ladder"]], row["rung"])
    return found


def _in_force(row: Mapping[str, Any], on: date | None) -> bool:
    if on is None:
        return row["closed"] is None
    has_ended = any(row[end] is not None and row[end] <= on for end in ("closed", "term"))
    return bool(row["opened"] <= on and not has_ended)


def _follow(acts: Acts) -> list[tuple[tuple[str, str], Rule, _Open]]:
    """Read the events in order; open, confirm and close."""
    types, modes, contexts = (acts.words(name) for name in ("event_type", "mode", "context"))
    open_now: dict[tuple[int, str, int], _Open] = {}
    found: list[tuple[tuple[str, str], Rule, _Open]] = []
    dates = acts.table["event_date"].to_pylist()
    for i in np.flatnonzero(_matters(types, modes)).tolist():
        opening, closing = _matching(types[i], modes[i])
        for rule in closing:
            item = open_now.pop(_key(acts, rule, i), None)
            if item is not None:
                item.closed, item.closed_by = dates[i], [str(acts.event_id[i])]
        for rule in opening:
            if rule.contexts and contexts[i] not in rule.contexts:
                continue
            key = _key(acts, rule, i)
            if key not in open_now:
                open_now[key] = _Open(dates[i])
                found.append((acts.pair_names(acts.pair[i]), rule, open_now[key]))
            open_now[key].opened_by.append(str(acts.event_id[i]))
    return found


def _key(acts: Acts, rule: Rule, i: int) -> tuple[int, str, int]:
    return int(acts.pair[i]), rule.commitment, int(acts.source[i]) if rule.by_doer else -1


def _matters(types: Any, modes: Any) -> Any:
    """Keep only acts that some rule names: ten thousand of a million."""
    return np.asarray([any(_matching(t, m)) for t, m in zip(types, modes, strict=True)], dtype=bool)


@cache
def _matching(event_type: str, mode: str | None) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """Return the rules this act may open, and those it closes."""
    names = {(event_type, mode), (event_type, None)}
    return (
        tuple(rule for rule in rules() if names & rule.opens),
        tuple(rule for rule in rules() if names & rule.closes),
    )


def _merge(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join what both sides opened on one day: the key of the table is the pair."""
    merged: list[dict[str, Any]] = []
    for row in rows:
        last = merged[-1] if merged else None
        if last is not None and all(last[k] == row[k] for k in ("source", "target", "commitment", "opened")):
            last["opened_by"] = [*last["opened_by"], *row["opened_by"]]
            last["closed_by"] = [*last["closed_by"], *row["closed_by"]]
            last["closed"] = max(last["closed"], row["closed"]) if last["closed"] and row["closed"] else None
        else:
            merged.append(row)
    return merged


def _rule(name: str, entry: dict[str, Any]) -> Rule:
    if not 0 < entry["rung"] < len(COOPERATION_RUNGS) or entry["by"] not in {"doer", "pair"}:
        raise ValueError(f"standing.toml, {name}: rung or by out of range")
    return Rule(
        commitment=name,
        ladder=Ladder(entry["ladder"]),
        rung=entry["rung"],
        by_doer=entry["by"] == "doer",
        opens=frozenset(_act(text) for text in entry["opens"]),
        closes=frozenset(_act(text) for text in entry["closes"]),
        contexts=frozenset(Context(text).value if text else None for text in entry.get("contexts", [])),
    )


def _act(text: str) -> tuple[str, str | None]:
    event_type, _, mode = text.partition("/")
    return EventType(event_type).value, mode or None
