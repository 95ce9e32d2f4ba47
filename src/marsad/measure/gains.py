"""Gains: what each party received from the other, by dimension."""

from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from marsad.domain.tables import GAINS
from marsad.measure.acts import Acts, read

DIMENSIONS = ("military", "security", "political", "geopolitical", "economic", "humanitarian")

_BY_CONTEXT = {
    "military": "military",
    "security": "security",
    "terrorism": "security",
    "intelligence": "security",
    "narcotics": "security",
    "diplomatic": "political",
    "political": "political",
    "legal": "political",
    "rights": "political",
    "territory": "political",
    "culture": "political",
    "economic": "economic",
    "transport": "economic",
    "energy": "economic",
    "water": "economic",
    "migration": "economic",
    "humanitarian": "humanitarian",
    "health": "humanitarian",
}
_GIVING = {"AGREE", "COOPERATE", "AID", "CONCEDE", "RETREAT"}  # done or bound; talk and praise give nothing
_MUTUAL = {"AGREE", "COOPERATE"}  # both sides receive, whoever is named first
_STATUS_MODES = {"recognise", "accredit"}  # political gains though they are words
_GEOPOLITICAL_MODES = {"recognise", "mediation", "accession", "membership"}
_MOST_EVENTS = 20


def gains(
    events: pa.Table, source: str, target: str, *, run: str, as_of: datetime, since: date | None = None
) -> pa.Table:
    """Return what each of two parties received from the other, and in standing among others, by dimension.

    An agreement or a joint act gives to both sides; aid, a concession, a withdrawal give to the target. Recognition is
    a political and a geopolitical gain; mediation and membership by third parties are geopolitical ones.

    Args:
        events: one row per event, schema of ``domain.tables.EVENTS``.
        source: one party.
        target: the other.
        run: the week of the run, as ``2026-W22``.
        as_of: the cutoff; an instant with a time zone.
        since: first day that counts; None for the whole record.

    Returns:
        Schema of ``domain.tables.GAINS``: one row per (party, giver, dimension) with at least one event; ``events`` are
        the latest, at most 20, in date order; sorted by party, giver, dimension in the order of ``DIMENSIONS``.
    """
    acts = read(events, as_of)
    found: dict[tuple[str, str, str], list[tuple[date, str]]] = {}
    for row in _rows(acts, {source, target}):
        if since is not None and row["event_date"] < since:
            continue
        for party, giver, dimension in _received(row, (source, target)):
            found.setdefault((party, giver, dimension), []).append((row["event_date"], row["event_id"]))
    keys = sorted(found, key=lambda key: (key[0], key[1], DIMENSIONS.index(key[2])))
    return GAINS.from_rows(
        [
            {
                "run": run,
                "party": party,
                "giver": giver,
                "dimension": dimension,
                "n_events": len(told := found[party, giver, dimension]),
                "first": told[0][0],
                "events": [event for _, event in told[-_MOST_EVENTS:]],
                "known_at": as_of,
            }
            for party, giver, dimension in keys
        ]
    )


def _rows(acts: Acts, parties: set[str]) -> list[dict[str, Any]]:
    names = pa.array(sorted(parties))
    is_of_them = pc.or_(pc.is_in(acts.table["source"], names), pc.is_in(acts.table["target"], names))
    columns = ["event_id", "event_date", "source", "target", "event_type", "mode", "context"]
    rows: list[dict[str, Any]] = acts.table.select(columns).filter(is_of_them).to_pylist()
    return rows


def _received(row: dict[str, Any], parties: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Return (party, giver, dimension) of one event; empty when it gives nothing."""
    giver, party, kind, mode = row["source"], row["target"], row["event_type"], row["mode"]
    received = []
    if {giver, party} == set(parties) and (kind in _GIVING or mode in _STATUS_MODES):
        dimension = _dimension(kind, mode, row["context"])
        received.append((party, giver, dimension))
        if kind in _MUTUAL:
            received.append((giver, party, dimension))
    if party in parties and mode in _GEOPOLITICAL_MODES:
        received.append((party, giver, "geopolitical"))
    return received


def _dimension(kind: str, mode: str | None, context: str | None) -> str:
    if mode in _STATUS_MODES:
        return "political"
    if kind == "AID" and mode in {"military", "humanitarian", "economic"}:
        return mode
    if context is None:
        return "economic" if kind == "AID" else "political"
    return _BY_CONTEXT[context]
