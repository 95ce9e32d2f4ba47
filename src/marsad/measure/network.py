r"""Network: how actors stand among the others in a quarter: ties, alignment, triads, brokerage, communities.

The *tie* of a pair weighs its acts of a quarter by rung and lies in [-1, 1]; a thin record draws it towards 0:

.. math:: t_{ab} = \frac{C - K}{C + K + 4}

with C and K the rungs of its cooperative and of its conflictual acts, added up. *Alignment* is the cosine of two
actors' ties to all others. Both describe what was reported; neither tells intent.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

import numpy as np
import pyarrow as pa

from marsad.domain.tables import ALIGNMENTS, POSITIONS, TRIADS
from marsad.domain.week import Week
from marsad.measure.acts import Acts, Floats, Ints, read

QUARTER_WEEKS = 13
_PSEUDO_RUNGS = 4.0
_FEWEST_ACTS = 3  # of a pair in the quarter: on fewer, it has no sign
_SIGNED = 0.2  # a tie nearer to 0 has no sign
_FEWEST_THIRDS = 3  # both deal with, before two actors' ties are compared
_MOST_EVENTS = 10
_KINDS = ("hostile", "common_enemy", "split", "friends")  # by the number of positive ties


@dataclass(frozen=True)
class Ties:
    """One quarter: ties as a symmetric matrix, 0 where none; the acts of each pair; how many acts each pair has."""

    tie: Floats
    n_acts: Ints
    rows: Ints

    @property
    def is_signed(self) -> Any:
        """Which pairs have a sign: enough acts, and a tie not near 0."""
        return (self.n_acts >= _FEWEST_ACTS) & (np.abs(self.tie) >= _SIGNED)


def alignments(events: pa.Table, week: Week, *, run: str, as_of: datetime) -> pa.Table:
    """Return, for every two actors, how alike they dealt with the others in the quarter, and in the one before.

    Args:
        events: one row per event, schema of ``domain.tables.EVENTS``.
        week: last week of the quarter; it and the twelve before are read, and the thirteen before those.
        run: the week of the run, as ``2026-W22``.
        as_of: the cutoff; an instant with a time zone.

    Returns:
        Schema of ``domain.tables.ALIGNMENTS``: one row per pair that dealt with each other or with three same others;
        ``alignment`` in [-1, 1], null on fewer than three; ``closer`` is its gain on the quarter before, else the
        gain of the tie; ``events`` are the pair's own weightiest acts of the quarter. Sorted: closer first.
    """
    acts = read(events, as_of)
    now, then = _ties(acts, week), _ties(acts, week.shift(-QUARTER_WEEKS))
    alike, was_alike = _alignment(now), _alignment(then)
    rows: list[dict[str, Any]] = []
    for a, b in np.argwhere(np.triu((now.n_acts > 0) | ~np.isnan(alike), 1)).tolist():
        gain = alike[a, b] - was_alike[a, b]
        rows.append(
            {
                "run": run,
                "source": acts.actors[a],
                "target": acts.actors[b],
                "week": str(week),
                "tie": float(now.tie[a, b]),
                "tie_before": float(then.tie[a, b]),
                "alignment": _known(alike[a, b]),
                "alignment_before": _known(was_alike[a, b]),
                "closer": float(now.tie[a, b] - then.tie[a, b]) if np.isnan(gain) else float(gain),
                "n_events": int(now.n_acts[a, b]),
                "events": _weightiest(acts, now.rows, a, b),
                "known_at": as_of,
            }
        )
    rows.sort(key=lambda row: (-row["closer"], row["source"], row["target"]))
    return ALIGNMENTS.from_rows(rows)


def triads(events: pa.Table, week: Week, *, run: str, as_of: datetime) -> pa.Table:
    """Return every three actors whose three ties all have a sign in the quarter.

    ``friends`` (+++) and ``common_enemy`` (two with each other against the third) are balanced; ``split`` (one with
    both of two that are against each other) and ``hostile`` (---) are not: they press for a change.

    Args:
        events: one row per event, schema of ``domain.tables.EVENTS``.
        week: last week of the quarter.
        run: the week of the run, as ``2026-W22``.
        as_of: the cutoff; an instant with a time zone.

    Returns:
        Schema of ``domain.tables.TRIADS``: one row per triad; ``odd`` is the common enemy, or the actor in between;
        null for the other kinds. ``strength`` is the weakest of the three ties. Strongest first.
    """
    acts = read(events, as_of)
    ties = _ties(acts, week)
    rows: list[dict[str, Any]] = []
    for three in _closed_triples(ties.is_signed):
        sides = [(three[0], three[1], three[2]), (three[0], three[2], three[1]), (three[1], three[2], three[0])]
        signs = [bool(ties.tie[a, b] > 0) for a, b, _ in sides]
        lone = sides[signs.index(sum(signs) == 1)][2] if sum(signs) in {1, 2} else None
        strength = min(abs(float(ties.tie[a, b])) for a, b, _ in sides)
        rows.append(
            {
                "run": run,
                "first": acts.actors[three[0]],
                "second": acts.actors[three[1]],
                "third": acts.actors[three[2]],
                "week": str(week),
                "kind": _KINDS[sum(signs)],
                "odd": None if lone is None else acts.actors[lone],
                "strength": strength,
                "known_at": as_of,
            }
        )
    rows.sort(key=lambda row: (-row["strength"], row["first"], row["second"], row["third"]))
    return TRIADS.from_rows(rows)


def positions(events: pa.Table, week: Week, *, run: str, as_of: datetime) -> pa.Table:
    """Return where each actor stands among those it cooperates with.

    Args:
        events: one row per event, schema of ``domain.tables.EVENTS``.
        week: last week of the quarter.
        run: the week of the run, as ``2026-W22``.
        as_of: the cutoff; an instant with a time zone.

    Returns:
        Schema of ``domain.tables.POSITIONS``: one row per actor with a positive tie. ``brokerage`` in [0, 1] is the
        share of its pairs of partners that have no positive tie with each other, null with one partner. ``community``
        is named by its alphabetically first member: groups found by moving actors while modularity grows. Sorted by
        actor.

    Source of modularity: Newman and Girvan (2004), doi.org/10.1103/PhysRevE.69.026113
    """
    acts = read(events, as_of)
    ties = _ties(acts, week)
    friends = ties.is_signed & (ties.tie > 0)
    weight = np.where(friends, ties.tie, 0.0)
    group = communities(weight)
    rows: list[dict[str, Any]] = []
    for actor in np.flatnonzero(friends.any(axis=1)).tolist():
        partners = np.flatnonzero(friends[actor]).tolist()
        between = [not friends[b, c] for b, c in combinations(partners, 2)]
        rows.append(
            {
                "run": run,
                "actor": acts.actors[actor],
                "week": str(week),
                "n_partners": len(partners),
                "brokerage": float(np.mean(between)) if between else None,
                "community": acts.actors[group[actor]],
                "known_at": as_of,
            }
        )
    return POSITIONS.from_rows(rows)


def communities(weight: Floats) -> list[int]:
    """Return each node's community, named by its lowest node: local moves while modularity grows, in node order.

    Args:
        weight: symmetric, not negative, zero diagonal.

    >>> pair, none = np.array([[0.0, 1.0], [1.0, 0.0]]), np.zeros((2, 2))
    >>> communities(np.block([[pair, none], [none, pair]]))
    [0, 0, 2, 2]
    """
    n, total = len(weight), float(weight.sum())
    label = np.arange(n)
    degree = weight.sum(axis=1)
    has_moved = total > 0
    while has_moved:
        has_moved = False
        for node in np.flatnonzero(degree).tolist():
            others = np.arange(n) != node
            pull = np.bincount(label[others], weight[node, others], n)
            size = np.bincount(label[others], degree[others], n)
            gain = pull - degree[node] * size / total
            best = int(np.argmax(gain))
            if gain[best] > gain[label[node]] + 1e-12:
                label[node], has_moved = best, True
    lowest = {name: int(np.flatnonzero(label == name)[0]) for name in np.unique(label).tolist()}
    return [lowest[name] for name in label.tolist()]


def _ties(acts: Acts, week: Week) -> Ties:
    rows = np.flatnonzero((acts.week > week.index - QUARTER_WEEKS) & (acts.week <= week.index))
    n = len(acts.actors)
    ends = acts.pairs[acts.pair[rows]] if len(rows) else np.empty((0, 2), dtype=np.int64)
    signed, volume, n_acts = np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, n), dtype=np.int64)
    rung = acts.rung[rows].astype(float)
    np.add.at(signed, (ends[:, 0], ends[:, 1]), np.where(acts.is_conflict[rows], -rung, rung))
    np.add.at(volume, (ends[:, 0], ends[:, 1]), rung)
    np.add.at(n_acts, (ends[:, 0], ends[:, 1]), 1)
    tie = signed / (volume + _PSEUDO_RUNGS)
    return Ties(tie + tie.T, n_acts + n_acts.T, rows)


def _alignment(ties: Ties) -> Floats:
    """Cosine of every two actors' ties to all third parties; NaN where they share fewer than three."""
    dealt = (ties.n_acts > 0).astype(float)
    shared = dealt @ dealt
    product = ties.tie @ ties.tie  # a tie to oneself is 0, so only third parties add
    square = (ties.tie**2).sum(axis=1)
    size = np.sqrt(np.maximum(square[:, None] - ties.tie**2, 0) * np.maximum(square[None, :] - ties.tie**2, 0))
    with np.errstate(invalid="ignore", divide="ignore"):
        cosine = np.where(size > 0, product / size, np.nan)
    return np.where(shared >= _FEWEST_THIRDS, np.clip(cosine, -1, 1), np.nan)


def _closed_triples(is_tied: Any) -> Iterator[tuple[int, int, int]]:
    for a, b in np.argwhere(np.triu(is_tied, 1)).tolist():
        for c in np.flatnonzero(is_tied[a] & is_tied[b]).tolist():
            if c > b:
                yield a, b, c


def _weightiest(acts: Acts, rows: Ints, a: int, b: int) -> list[str]:
    ends = acts.pairs[acts.pair[rows]]
    mine = rows[(ends[:, 0] == a) & (ends[:, 1] == b)]
    return acts.ids(mine[np.argsort(-acts.rung[mine], kind="stable")[:_MOST_EVENTS]])


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
