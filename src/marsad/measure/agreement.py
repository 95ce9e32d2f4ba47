"""Feeds side by side: one pair and week as each feed told it, and how far they agree."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from marsad.domain.tables import AGREEMENT
from marsad.domain.week import Week
from marsad.measure.acts import Acts, Floats, read
from marsad.measure.completeness import COVERED, completeness


def agreement(
    events: pa.Table,
    mentions: pa.Table,
    coverage: pa.Table,
    weeks: Sequence[Week],
    *,
    run: str,
    as_of: datetime,
    pairs: Sequence[tuple[str, str]] | None = None,
) -> pa.Table:
    r"""Return what each feed told of a pair in a week, and one number for how alike the feeds told it.

    .. math:: 1 - \tfrac14 \overline{|b_f - b_g|} - \tfrac12 \overline{|\hat s_f - \hat s_g|}

    over all two feeds f, g that were collected that week, with b the balance (the share of cooperative acts less that
    of conflictual ones, 0 when silent) and s the share of the feed's own events of that week that this pair made, each
    over the larger of the two: feeds differ in size, and size is no disagreement. A feed that failed is missing, never
    zero.

    Args:
        events: one row per event, schema of ``domain.tables.EVENTS``.
        mentions: one row per (event, report): which feed told it. An event without a mention belongs to no feed.
        coverage: the completeness ledger; it names the feeds.
        weeks: to report.
        run: the week of the run, as ``2026-W22``.
        as_of: the cutoff; an instant with a time zone.
        pairs: to report; None for all that acted.

    Returns:
        Schema of ``domain.tables.AGREEMENT``: one row per (pair, week) of which some feed told; sorted by pair, week.
    """
    acts = read(events, as_of)
    told = _told(acts, mentions, as_of)
    feeds = sorted({*told, *coverage["feed"].unique().to_pylist()})
    wanted = None if pairs is None else {(min(pair), max(pair)) for pair in pairs}
    rows: list[dict[str, Any]] = []
    for week in sorted(set(weeks)):
        collected = [feed for feed in feeds if _is_collected(coverage, feed, week, as_of)]
        by_feed = {feed: _counts(acts, told.get(feed), week) for feed in collected}
        if not by_feed:
            continue
        total = np.stack(list(by_feed.values()))  # (feeds, pairs, cooperation and conflict)
        for pair in np.flatnonzero(total.sum(axis=(0, 2))).tolist():
            names = acts.pair_names(pair)
            if wanted is None or names in wanted:
                rows.append(
                    {
                        "run": run,
                        "source": names[0],
                        "target": names[1],
                        "week": str(week),
                        "feeds": collected,
                        "n_events": total[:, pair].sum(axis=1).astype(int).tolist(),
                        "balance": [_balance(counts) for counts in total[:, pair]],
                        "agreement": _agreement(total, pair),
                        "known_at": as_of,
                    }
                )
    rows.sort(key=lambda row: (row["source"], row["target"], row["week"]))
    return AGREEMENT.from_rows(rows)


def _told(acts: Acts, mentions: pa.Table, as_of: datetime) -> dict[str, Any]:
    """Return, per feed, which acts it told of."""
    seen = mentions.filter(pc.less_equal(mentions["known_at"], pa.scalar(as_of, pa.timestamp("us", tz="UTC"))))
    ids = pa.array(acts.event_id, pa.string())
    feeds = {feed for feed in seen["feed"].unique().to_pylist() if feed is not None}
    return {
        feed: np.asarray(pc.is_in(ids, seen.filter(pc.equal(seen["feed"], feed))["event_id"].combine_chunks()))
        for feed in feeds
    }


def _is_collected(coverage: pa.Table, feed: str, week: Week, as_of: datetime) -> bool:
    """Tell whether the ledger says that the feed was had that week; a feed it does not name counts as collected."""
    mine = coverage.filter(pc.equal(coverage["feed"], feed))
    if not mine.num_rows:
        return True
    day = np.asarray(mine["day"].cast(pa.int32()).to_numpy(), dtype=np.int64)
    has_row = bool((((day - 4) // 7) == week.index).any())
    return has_row and float(completeness(mine, week.index, week.index, as_of)[0]) >= COVERED


def _counts(acts: Acts, is_told: Any, week: Week) -> Floats:
    """Return (pairs, 2): cooperative and conflictual acts of the week the feed told of."""
    counts = np.zeros((len(acts.pairs), 2))
    if is_told is not None:
        rows = np.flatnonzero(is_told & (acts.week == week.index))
        np.add.at(counts, (acts.pair[rows], acts.is_conflict[rows].astype(int)), 1)
    return counts


def _balance(counts: Floats) -> float | None:
    total = float(counts.sum())
    return float(counts[0] - counts[1]) / total if total else None


def _agreement(total: Floats, pair: int) -> float | None:
    if len(total) < 2:
        return None
    balance = np.array([_balance(counts) or 0.0 for counts in total[:, pair]])
    volume = np.maximum(total.sum(axis=(1, 2)), 1)
    share = total[:, pair].sum(axis=1) / volume
    f, g = np.triu_indices(len(total), 1)
    apart = np.abs(share[f] - share[g]) / np.maximum(np.maximum(share[f], share[g]), 1e-12)
    return float(1 - np.abs(balance[f] - balance[g]).mean() / 4 - apart.mean() / 2)
