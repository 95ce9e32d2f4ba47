"""Say why: what was seen of a question lately, and how past cases most like it went on."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from marsad.domain.fields import kind_asked
from marsad.forecast import reacting
from marsad.forecast.history import CLASSES, TYPES, Dyad, day_number, instant_number, read_history
from marsad.forecast.rates import WeekCells, week_cells

N_CASES = 20
N_NAMED = 3
SPANS = (4, 13, 52)  # weeks looked back on
KINDS = (*CLASSES, *TYPES, *reacting.KINDS)
Floats = npt.NDArray[np.float64]
Row = dict[str, Any]


def explain(forecasts: pa.Table, events: pa.Table) -> list[Row]:
    """Explain the forecasts of one origin from the events known when they were made.

    Two weeks of two dyads are alike when such acts were seen in about as many of the last 4, 13 and 52 weeks, and any
    acts of the dyad in about as many of the last 4 (square roots are compared). Cases of one dyad lie a horizon apart,
    and only weeks whose horizon is over are taken. Alikeness explains; it does not enter the probability.

    Args:
        forecasts: rows of ``forecasts`` with one origin, horizon and ``known_at``.
        events: one row per event; later ones, and those learnt later, are left aside.

    Returns:
        One dict per forecast, in the order given: ``weeks_seen`` (of ``weeks_watched``, a year at most) and
        ``last_seen``; ``events`` ({"event_id", "source", "target", "date", "what"}); ``n_cases``, ``n_happened``
        and the ``nearest`` cases ({"source", "target", "week_ending", "happened"}).
    """
    rows = forecasts.to_pylist()
    if not rows:
        return []
    origin, horizon, known_at = (rows[0][name] for name in ("origin", "horizon_weeks", "known_at"))
    dyads = list(dict.fromkeys((row["source"], row["target"]) for row in rows))
    history = read_history(events, dyads, KINDS)
    cells = week_cells(history, day_number(origin), instant_number(known_at))
    told = _by_id(events, {event for row in rows for event in row["reasons"] or ()})
    cases = _Cases(cells, dyads, origin, horizon)
    rank = {kind: k for k, kind in enumerate(KINDS)}
    return [
        cases.of(len(KINDS) * dyads.index((row["source"], row["target"])) + rank[kind_asked(row)])
        | {"events": [told[event] for event in row["reasons"] or () if event in told]}
        for row in rows
    ]


class _Cases:
    """Weeks of all dyads, by what was seen before each."""

    def __init__(self, cells: WeekCells, dyads: Sequence[Dyad], origin: date, horizon: int) -> None:
        self._happened, self._dyads, self._origin, self._horizon = cells.happened, dyads, origin, horizon
        self._features = _features(self._happened)

    def of(self, series: int) -> Row:
        """Return what was seen of one series, and the past cases most like its last week."""
        n_weeks = len(self._happened)
        seen = np.flatnonzero(self._happened[-SPANS[-1] :, series])
        chosen = self._nearest(series)
        after = [bool(self._happened[week + 1 : week + 1 + self._horizon, other].any()) for week, other in chosen]
        year = min(SPANS[-1], n_weeks)
        return {
            "weeks_seen": len(seen),
            "weeks_watched": year,
            "last_seen": self._week_ending(n_weeks - year + int(seen[-1])) if len(seen) else None,
            "n_cases": len(chosen),
            "n_happened": sum(after),
            "nearest": [
                {
                    "source": self._dyads[other // len(KINDS)][0],
                    "target": self._dyads[other // len(KINDS)][1],
                    "week_ending": self._week_ending(week),
                    "happened": happened,
                }
                for (week, other), happened in zip(chosen[:N_NAMED], after, strict=False)
            ],
        }

    def _nearest(self, series: int) -> list[tuple[int, int]]:
        """Return (week, series) of like cases, nearest first; of equally near ones the latest."""
        n_over = len(self._happened) - self._horizon
        if n_over < 1:
            return []
        like = np.arange(series % len(KINDS), self._happened.shape[1], len(KINDS))
        gap = np.abs(self._features[:n_over, like] - self._features[-1, series]).sum(axis=2)
        week, which = np.divmod(np.arange(gap.size), len(like))
        chosen: list[tuple[int, int]] = []
        for place in np.lexsort((which, -week, gap.ravel())).tolist():
            case = (int(week[place]), int(like[which[place]]))
            if all(case[1] != other or abs(case[0] - at) >= self._horizon for at, other in chosen):
                chosen.append(case)
            if len(chosen) == N_CASES:
                break
        return chosen

    def _week_ending(self, week: int) -> date:
        return self._origin - timedelta(weeks=len(self._happened) - 1 - week)


def _features(happened: npt.NDArray[np.bool_]) -> Floats:
    """Return by (week, series): root of weeks seen in each span, and of weeks in which the dyad did anything."""
    by_dyad = np.logical_or.reduce(happened.reshape(len(happened), -1, len(KINDS)), axis=2)
    spans = [_trailing(happened, span) for span in SPANS]
    anything = np.repeat(_trailing(by_dyad, SPANS[0]), len(KINDS), axis=1)
    features: Floats = np.sqrt(np.stack([*spans, anything], axis=2))
    return features


def _trailing(happened: npt.NDArray[np.bool_], span: int) -> Floats:
    """Return how many of the last ``span`` weeks, this one included, had an event."""
    total = np.cumsum(happened, axis=0, dtype=np.float64)
    total[span:] -= total[:-span].copy()
    return total


def _by_id(events: pa.Table, wanted: set[str]) -> dict[str, Row]:
    """Return the named events in a few words."""
    found = events.filter(pc.is_in(events["event_id"], pa.array(sorted(wanted), pa.string())))
    return {
        row["event_id"]: {
            "event_id": row["event_id"],
            "source": row["source"],
            "target": row["target"],
            "date": row["event_date"],
            "what": f"{row['source']} {row['event_type']}{'/' + row['mode'] if row['mode'] else ''} {row['target']}",
        }
        for row in found.to_pylist()
    }


def forecasts_text(answer: Row, n_shown: int | None = 20) -> str:
    """Return the forecasts as text, in the order given, each with its reasons.

    Args:
        answer: ``origin``, ``due``, ``record`` (a sentence by model) and ``forecasts``: rows with their explanation,
            likelihood ``word`` and ``fate``.
        n_shown: how many; None for all.
    """
    rows = answer["forecasts"]
    shown = rows[:n_shown]
    records = [f"{model}: {sentence}" for model, sentence in answer["record"].items()]
    lines = [f"Forecasts of {answer['origin']}, by {answer['due']}", *records, ""]
    for row in shown:
        fate = "" if row["fate"] == "open" else f"  [{row['fate']}]"
        lines += [
            (
                f"{row['source']} {kind_asked(row)} {row['target']}: {row['probability']:.0%} ({row['word']}); "
                f"{_anyway(row)}"
                f"base rate {row['base_rate']:.0%} of {row['base_n']} windows ({row['model']}){fate}"
            ),
            *(f"  {sentence}" for sentence in reasons_in_words(row)),
        ]
    if len(rows) > len(shown):
        lines.append(f"{len(rows) - len(shown)} less likely ones are left out; --all shows them")
    return "\n".join(lines)


def _anyway(row: Row) -> str:
    return "" if row["anyway"] is None else f"without this week's events {row['anyway']:.0%}; "


def _told(events: Sequence[Row]) -> str:
    return "; ".join(f"{event['what']} on {event['date']} [{event['event_id']}]" for event in events)


def _reacted_to(row: Row, events: Sequence[Row]) -> str:
    """Say what a reaction is to, with its events; nothing of a forecast that is none.

    >>> event = {"event_id": "e1", "what": "RUS AGREE/sign AFG", "date": "2026-05-27"}
    >>> _reacted_to({"after": ["AFG-RUS act"]}, [event])
    'After RUS AGREE/sign AFG on 2026-05-27 [e1]. '
    >>> _reacted_to({"after": ["AFG-RUS cooperation rise 2026-W22"]}, [event])
    'After a rise of cooperation AFG-RUS since 2026-W22 (RUS AGREE/sign AFG on 2026-05-27 [e1]). '
    """
    breaks = [item.split() for item in row["after"] or () if not item.endswith(f" {reacting.ACT}")]
    if not breaks:
        return f"After {_told(events)}. " if events else ""
    told = "; ".join(f"a {direction} of {ladder} {pair} since {week}" for pair, ladder, direction, week in breaks)
    ended = "before it, " if all(direction == "fall" for _, _, direction, _ in breaks) else ""
    return f"After {told}{f' ({ended}{_told(events)})' if events else ''}. "


def reasons_in_words(row: Row) -> list[str]:
    """Return why a forecast is what it is, in at most two sentences.

    >>> quiet = {
    ...     "weeks_seen": 0,
    ...     "weeks_watched": 52,
    ...     "events": [],
    ...     "horizon_weeks": 4,
    ...     "source": "USA",
    ...     "target": "AFG",
    ...     "after": None,
    ... }
    >>> reasons_in_words(quiet | {"n_cases": 20, "n_happened": 1, "nearest": []})
    ['Not seen in the last 52 weeks.', 'Of the 20 past cases most like this one it happened within 4 weeks in 1.']
    """
    own = [event for event in row["events"] if (event["source"], event["target"]) == (row["source"], row["target"])]
    others = [event for event in row["events"] if event not in own]
    if row["weeks_seen"]:
        latest = f" Latest: {_told(own)}." if own else ""
        seen = f"Seen in {row['weeks_seen']} of the last {row['weeks_watched']} weeks.{latest}"
    elif own:
        newest = own[0]
        seen = f"Not seen in the last {row['weeks_watched']} weeks; before, {newest['what']} on {newest['date']}."
    else:
        seen = f"Not seen in the last {row['weeks_watched']} weeks."
    seen = f"{_reacted_to(row, others)}{seen}"
    if not row["n_cases"]:
        return [seen, "The record is too short for past cases."]
    nearest = "; ".join(
        f"{case['source']}-{case['target']}, week ending {case['week_ending']}: {'yes' if case['happened'] else 'no'}"
        for case in row["nearest"]
    )
    return [
        seen,
        (
            f"Of the {row['n_cases']} past cases most like this one it happened within {row['horizon_weeks']} weeks in "
            f"{row['n_happened']}{' (nearest: ' + nearest + ')' if nearest else ''}."
        ),
    ]
