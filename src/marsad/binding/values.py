"""Values: numbers of an issue's text, computed from the tables of its week.

::

    count QUERY [within N days|weeks]        events that are such acts
    outlets QUERY [within N days|weeks]      outlets that told of them
    standing A B [cooperation|conflict]      rung of the highest commitment in force, 0 to 5 or 0 to 4
    commitments A B [cooperation|conflict]   how many are in force
    level A B [cooperation|conflict]         activity of the issue's week, a mean over the rungs
    break A B [cooperation|conflict]         probability of the likeliest change of eight weeks, else of the latest
    forecast A ACT B                         probability of the week's forecast on that act
    base A ACT B                             its base rate
    anyway A ACT B                           of a reaction: what it would be without the act reacted to

QUERY is an event query (:mod:`marsad.domain.query`); without days it asks for the whole record up to the week's end,
``within N days`` for the last N of them. ACT is an event type, a quad class or, of
a reaction, ``hostile`` or ``friendly`` with its field (``hostile@security``). The ladder is cooperation if not said.
Groups of the desk stand for their members.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from marsad.domain.fields import kind_asked
from marsad.domain.query import Query, parse_acts, parse_query
from marsad.domain.week import Week
from marsad.domain.words import Ladder
from marsad.errors import BadInput
from marsad.vocab.codebook import is_mutual

KINDS = ("count", "outlets", "standing", "commitments", "level", "break", "forecast", "base", "anyway")
RECENT_WEEKS = 8
_WITHIN = re.compile(r"(?P<query>.*?)\s+within\s+(?P<n>\d+)\s+(?P<unit>days?|weeks?)", re.IGNORECASE)
_ZERO = ord("0")
Row = dict[str, Any]


@dataclass(frozen=True)
class Vintage:
    """What values are computed from: the tables as a week's run knew them.

    Args:
        tables: by name, schemas of ``domain.tables``; a table a value needs and that is missing is a fault.
        week: of the issue.
        as_of: the cutoff.
        groups: the desk's groups, by name.
    """

    tables: Mapping[str, pa.Table]
    week: Week
    as_of: datetime
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def last_day(self) -> date:
        """The last day a value may speak of: the week's end, or the cutoff if it came before."""
        return min(self.week.end, (self.as_of - timedelta(microseconds=1)).date())

    def rows(self, name: str, pair: tuple[str, str] | None = None) -> list[Row]:
        """Return the rows of a table, of one unordered pair if given.

        Raises:
            BadInput: the table is not at hand.
        """
        if name not in self.tables:
            raise BadInput(f"table {name}", "is not at hand, so no value can be computed from it", "run marsad week")
        if pair is None:
            return self._rows(name)
        return [row for row in self._rows(name) if {row["source"], row["target"]} == set(pair)]

    def _rows(self, name: str) -> list[Row]:
        if name not in self._read:
            self._read[name] = self.tables[name].to_pylist()
        return self._read[name]

    @cached_property
    def _read(self) -> dict[str, list[Row]]:
        return {}

    @cached_property
    def events(self) -> pa.Table:
        """The reported events, none waiting for review, up to the last day."""
        events = self.tables.get("events")
        if events is None:
            raise BadInput("table events", "is not at hand, so nothing can be counted", "run marsad week")
        counts = pc.and_(
            pc.equal(events["status"], "reported"), pc.invert(pc.fill_null(events["review"], fill_value=False))
        )
        return events.filter(pc.and_(counts, pc.less_equal(events["event_date"], pa.scalar(self.last_day))))


@dataclass(frozen=True)
class Value:
    """A computed value.

    Args:
        number: itself; a probability is a share in [0, 1].
        kind: which of ``KINDS`` was asked.
        events: ids of the events it rests on, oldest first, if it rests on events.
    """

    number: float
    kind: str
    events: tuple[str, ...] = ()

    @property
    def is_share(self) -> bool:
        """True for a probability."""
        return self.kind in {"break", "forecast", "base", "anyway"}

    @property
    def printed(self) -> float:
        """The number as it is printed: a share that is not quite all or nothing is not rounded to it."""
        is_between = self.is_share and 0 < self.number < 1
        return min(max(self.number, 0.01), 0.99) if is_between else self.number

    @property
    def decimals(self) -> int:
        """How many decimals are printed."""
        return 1 if self.kind == "level" else 0


def evaluate(query: str, vintage: Vintage | None) -> Value | None:
    """Compute a value.

    Args:
        query: as described at the top of this module.
        vintage: None only reads the query and complains if it cannot be read.

    Returns:
        The value; None without a vintage.

    Raises:
        BadInput: the query cannot be read, or the week's tables have no answer to it.

    >>> evaluate("standing RUS", None)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    marsad.errors.BadInput: value 'standing RUS': needs two parties. Next: write standing A B, perhaps with a ladder...
    """
    kind, _, rest = query.strip().partition(" ")
    what = f"value {query!r}"
    if kind not in KINDS:
        raise BadInput(what, f"{kind!r} is no kind of value", f"use one of {', '.join(KINDS)}")
    if kind in {"count", "outlets"}:
        return _counted(kind, rest, what, vintage)
    if kind in {"forecast", "base", "anyway"}:
        return _forecast(kind, rest.split(), what, vintage)
    return _of_pair(kind, rest.split(), what, vintage)


def _counted(kind: str, text: str, what: str, vintage: Vintage | None) -> Value | None:
    within = _WITHIN.fullmatch(text)
    asked = within["query"] if within else text
    query = parse_query(asked, vintage.groups if vintage else _undeclared(asked))
    if vintage is None:
        return None
    n_days = int(within["n"]) * (7 if within["unit"].lower().startswith("week") else 1) if within else None
    if n_days == 0:
        raise BadInput(what, "looks at no day", "ask within 7 days or more")
    last = vintage.last_day
    query = query.within(last - timedelta(days=n_days - 1) if n_days else None, last)
    found = found_events(query, vintage)
    ids = tuple(row["event_id"] for row in found)
    if kind == "count":
        return Value(len(ids), kind, ids)
    told = {row["outlet"] for row in vintage.rows("mentions") if row["event_id"] in set(ids) and row["outlet"]}
    return Value(len(told), kind, ids)


def _undeclared(text: str) -> dict[str, Sequence[str]]:
    """Return every word that could be a group: without a desk nobody knows which are declared."""
    return {name: () for word in text.split() for name in word.split(",") if name.islower()}


def found_events(query: Query, vintage: Vintage) -> list[Row]:
    """Return the events a query finds, oldest first; an act that two sides did together counts once."""
    rows = query.select(vintage.events).to_pylist()
    rows.sort(key=lambda row: (row["event_date"], row["event_id"]))
    seen, once = set(), []
    for row in rows:
        act = (row["event_date"], row["event_type"], row["mode"], row["context"])
        is_told = (*act, row["target"], row["source"]) in seen and is_mutual(row["event_type"], row["mode"])
        if not is_told:
            once.append(row)
            seen.add((*act, row["source"], row["target"]))
    return once


def _of_pair(kind: str, words: list[str], what: str, vintage: Vintage | None) -> Value | None:
    if len(words) not in {2, 3}:
        raise BadInput(what, "needs two parties", f"write {kind} A B, perhaps with a ladder behind it")
    ladder = words[2] if len(words) == 3 else Ladder.COOPERATION.value
    if ladder not in set(Ladder):
        raise BadInput(what, f"{ladder!r} is no ladder", f"use {' or '.join(Ladder)}")
    if vintage is None:
        return None
    pair = (words[0], words[1])
    if kind in {"standing", "commitments"}:
        held = in_force(vintage, pair, ladder)
        opened = tuple(dict.fromkeys(event for row in held for event in row["opened_by"] or ()))
        highest = max((row["rung"] for row in held), default=0)
        return Value(len(held) if kind == "commitments" else highest, kind, opened)
    if kind == "break":
        rows = [row for row in vintage.rows("breaks", pair) if row["ladder"] == ladder]
        rows.sort(key=lambda row: str(row["week"]))
        recent = [row for row in rows if Week.parse(row["week"]).index > vintage.week.index - RECENT_WEEKS]
        found = max(recent or rows[-1:], key=lambda row: (row["probability"], row["week"]), default=None)
        if found is None:
            raise BadInput(what, "no dated change is known of this pair", "ask for another pair or ladder")
        return Value(found["probability"], kind, tuple(found["events"] or ()))
    rows = [row for row in vintage.rows("levels", pair) if row["ladder"] == ladder and row["week"] == str(vintage.week)]
    if not rows:
        raise BadInput(what, f"no level of this pair was measured in {vintage.week}", "follow the pair in desk.toml")
    if not rows[0]["is_covered"]:
        raise BadInput(what, f"collection failed in {vintage.week}, nothing was learnt", "say so in words")
    return Value(rows[0]["mean"], kind)


def in_force(vintage: Vintage, pair: tuple[str, str], ladder: str) -> list[Row]:
    """Return the pair's commitments in force on the last day."""
    day = vintage.last_day
    return [
        row
        for row in vintage.rows("standings", pair)
        if row["ladder"] == ladder
        and row["opened"] <= day
        and not any(row[end] is not None and row[end] <= day for end in ("closed", "term"))
    ]


def _forecast(kind: str, words: list[str], what: str, vintage: Vintage | None) -> Value | None:
    if len(words) != 3:
        raise BadInput(what, "needs a source, an act and a target", f"write {kind} RUS AGREE AFG")
    source, act, target = words
    asked = ",".join(str(act) for act in parse_acts(act, what))
    if vintage is None:
        return None
    rows = [
        row
        for row in vintage.rows("forecasts")
        if (row["source"], row["target"]) == (source, target) and kind_asked(row) == asked
    ]
    of_week = [row for row in rows if row["origin"] <= vintage.week.end]
    found = max(of_week or rows, key=lambda row: (row["origin"], row["model"]), default=None)
    column = {"forecast": "probability", "base": "base_rate", "anyway": "anyway"}[kind]
    if found is None or found[column] is None:
        raise BadInput(what, "no forecast asks for this", "see marsad forecast --all for those that are open")
    return Value(found[column], kind, tuple(found["reasons"] or ()))


def same_number(shown: str, value: Value) -> bool:
    """Tell whether a number as a writer sees it, in digits of any script, is the value as it would be printed.

    A shown text without a number, such as the name of a rung, says nothing that could be wrong.

    >>> same_number("۲۳٪", Value(0.231, "forecast")), same_number("3", Value(4, "count"))
    (True, False)
    """
    plain = "".join(_western(char) for char in shown)
    numbers = re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d{3})", "", plain))
    if not numbers:
        return True
    if len(numbers) > 1:
        return False
    printed = 100 * value.printed if value.is_share else value.number
    return float(numbers[0]) == round(printed, value.decimals)


def _western(char: str) -> str:
    if char.isdigit() and not char.isascii():
        return chr(_ZERO + int(char))
    return {"٫": ".", "٬": ","}.get(char, char)
