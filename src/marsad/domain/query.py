r"""Event queries: one line that says which acts would settle a question.

::

    SOURCE ACTS TARGET [>= N] [from DATE] [by DATE]

    USA SANCTION AFG
    USA,GBR SANCTION,COERCE/seize AFG >= 2 from 2026-06-01 by 2026-09-30
    west material_conflict *
    RUS AGREE:military,COOPERATE/supply_arms AFG
    USA hostile@economic AFG

SOURCE and TARGET are actor codes, names of the desk's groups, or ``*`` for anyone. ACTS are event types, quad classes,
``hostile``, ``friendly`` or ``*``, each with a mode after a slash, a context after a colon and a field (political,
economic, security, social: several contexts each) after an ``@`` where these matter. Lists have commas, no spaces.
N events are needed, one if it is not said; both dates count. Direction counts: for acts that two sides do
together, whichever is named first, write both on both sides (``RUS,AFG AGREE RUS,AFG``); an actor's acts within its own
house never answer a question that names it beside others.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

import pyarrow as pa
import pyarrow.compute as pc

from marsad.domain.fields import FIELDS, field_of
from marsad.domain.words import Context, EventType, QuadClass, Stance
from marsad.errors import BadInput

ANY = "*"
_ACT = re.compile(r"(?P<kind>\*|\w+)(?:/(?P<mode>\w+))?(?::(?P<context>\w+))?(?:@(?P<field>\w+))?")
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_SHAPE = "write it as 'USA SANCTION,COERCE AFG by 2026-09-30', with * for anyone or anything"
_QUADS = frozenset(QuadClass)
_STANCES = frozenset(Stance)


@dataclass(frozen=True)
class Act:
    """One kind of act: a type, a quad class, a stance or ``*``; narrowed by mode, context and field if given."""

    kind: str
    mode: str | None = None
    context: str | None = None
    field: str | None = None

    def __str__(self) -> str:
        marked = (("/", self.mode), (":", self.context), ("@", self.field))
        return self.kind + "".join(mark + word for mark, word in marked if word)

    def mask(self, events: pa.Table) -> pa.Array:
        """Return, for each event, whether it is such an act."""
        tests = [pc.is_valid(events["event_id"])]
        if self.kind in _STANCES:
            tests.append(pc.is_in(events["quad_class"], pa.array(Stance(self.kind).quad_classes, pa.string())))
        elif self.kind != ANY:
            tests.append(pc.equal(events["quad_class" if self.kind in _QUADS else "event_type"], self.kind))
        if self.mode:
            tests.append(pc.equal(events["mode"], self.mode))
        if self.context:
            tests.append(pc.equal(events["context"], self.context))
        if self.field:
            acts = pc.binary_join_element_wise(events["event_type"], pc.fill_null(events["context"], ""), ":")
            tests.append(pc.is_in(acts, pa.array(_acts_in(self.field), pa.string())))
        found = tests[0]
        for test in tests[1:]:
            found = pc.and_(found, pc.fill_null(test, fill_value=False))
        return found


@dataclass(frozen=True)
class Query:
    """Which acts, by whom, to whom, how many, in which days. Printing one gives a line that reads back as the same.

    Args:
        sources: codes; none stands for anyone.
        acts: none stands for any act.
        targets: codes; none stands for anyone.
        at_least: how many events are needed.
        first: first day that counts; None leaves it to the question's own day.
        due: last day that counts; None leaves it to the question.

    >>> print(Query(("USA",), (Act("SANCTION"),), ("AFG",), due=date(2026, 9, 30)))
    USA SANCTION AFG by 2026-09-30
    """

    sources: tuple[str, ...]
    acts: tuple[Act, ...]
    targets: tuple[str, ...]
    at_least: int = 1
    first: date | None = None
    due: date | None = None

    @classmethod
    def of(cls, source: str, kinds: Sequence[str], target: str, first: date, due: date) -> Self:
        """Return the query on one actor's acts of these kinds towards another, from one day to another.

        >>> print(Query.of("RUS", ["AGREE", "AID"], "AFG", date(2026, 6, 1), date(2026, 6, 28)))
        RUS AGREE,AID AFG from 2026-06-01 by 2026-06-28
        """
        return cls((source,), tuple(parse_acts(",".join(kinds), "query")), (target,), first=first, due=due)

    def __str__(self) -> str:
        parts = [_listed(self.sources), _listed(self.acts), _listed(self.targets)]
        if self.at_least > 1:
            parts.append(f">= {self.at_least}")
        parts += [f"{word} {day}" for word, day in (("from", self.first), ("by", self.due)) if day]
        return " ".join(parts)

    def within(self, first: date | None, due: date) -> "Query":
        """Return the query over these days; the earlier of two ends and the later of two beginnings hold.

        >>> print(parse_query("USA SANCTION AFG by 2026-06-30").within(date(2026, 6, 1), date(2026, 7, 31)))
        USA SANCTION AFG from 2026-06-01 by 2026-06-30
        """
        starts = [day for day in (self.first, first) if day]
        return replace(self, first=max(starts, default=None), due=min(self.due or due, due))

    def anytime(self) -> "Query":
        """Return the query without its days."""
        return replace(self, first=None, due=None)

    def select(self, events: pa.Table) -> pa.Table:
        """Return the events that are such acts, whatever their number.

        Args:
            events: one row per event, schema of ``domain.tables.EVENTS``.
        """
        found = pc.is_valid(events["event_id"])
        for column, codes in (("source", self.sources), ("target", self.targets)):
            if codes:
                found = pc.and_(found, pc.is_in(events[column], pa.array(codes)))
        if self.acts:
            kinds = [act.mask(events) for act in self.acts]
            any_kind = kinds[0]
            for kind in kinds[1:]:
                any_kind = pc.or_(any_kind, kind)
            found = pc.and_(found, any_kind)
        if self.sources != self.targets or len(self.sources) != 1:
            found = pc.and_(found, pc.fill_null(pc.not_equal(events["source"], events["target"]), fill_value=False))
        if self.first:
            found = pc.and_(found, pc.greater_equal(events["event_date"], pa.scalar(self.first)))
        if self.due:
            found = pc.and_(found, pc.less_equal(events["event_date"], pa.scalar(self.due)))
        return events.filter(found)


def parse_query(text: str, groups: Mapping[str, Sequence[str]] | None = None) -> Query:
    """Read a query; a group's name is written out, since a desk may change its groups later.

    Args:
        text: one line, as described at the top of this module.
        groups: the desk's groups: name -> actor codes.

    Raises:
        BadInput: not of that form, an unknown act, context or group, a date that is none, an end before its beginning.

    >>> parse_query("USA SANCTION afg")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    marsad.errors.BadInput: query 'USA SANCTION afg': 'afg' is no actor code. Next: use codes in capital letters, ...
    >>> print(parse_query("west SANCTION,coerce AFG by 2026-09-30", {"west": ["USA", "GBR"]}))
    USA,GBR SANCTION,COERCE AFG by 2026-09-30
    """
    what = f"query {text!r}"
    words = text.replace(">=", " >= ").split()
    if len(words) < 3:
        raise BadInput(what, "needs a source, acts and a target", _SHAPE)
    known = groups or {}
    query = Query(_actors(words[0], known, what), tuple(parse_acts(words[1], what)), _actors(words[2], known, what))
    query = _with_terms(query, words[3:], what)
    if query.first and query.due and query.due < query.first:
        raise BadInput(what, f"ends on {query.due}, before it begins on {query.first}", "correct one of the dates")
    return query


def parse_acts(word: str, what: str) -> list[Act]:
    """Read a list of acts; none stands for any.

    Args:
        word: as in a query, without spaces.
        what: what is being read, for the message.

    Raises:
        BadInput: an unknown act, context or field.

    >>> print(*parse_acts("agree:military,HOSTILE@economic", "acts"))
    AGREE:military hostile@economic
    """
    if word == ANY:
        return []
    acts = []
    for item in word.split(","):
        match = _ACT.fullmatch(item)
        kind = match["kind"] if match else ""
        kind = kind.upper() if kind.upper() in EventType.__members__ else kind.lower()
        if match is None or kind not in {ANY, *EventType, *_QUADS, *_STANCES}:
            known = ", ".join([*EventType, *QuadClass, *Stance])
            raise BadInput(
                what, f"unknown act {item!r}", f"use *, or one of {known}, perhaps as TYPE/mode:context@field"
            )
        if match["context"] and match["context"] not in set(Context):
            raise BadInput(what, f"unknown context {match['context']!r}", f"use one of {', '.join(Context)}")
        if match["field"] and match["field"] not in FIELDS:
            raise BadInput(what, f"unknown field {match['field']!r}", f"use one of {', '.join(FIELDS)}")
        acts.append(Act(kind, match["mode"], match["context"], match["field"]))
    return acts


def _acts_in(field: str) -> list[str]:
    """Return every act of a field, as TYPE:context, the context empty where there is none."""
    contexts = (None, *Context)
    return [f"{kind}:{context or ''}" for kind in EventType for context in contexts if field_of(kind, context) == field]


def _listed(items: Sequence[object]) -> str:
    return ",".join(str(item) for item in items) or ANY


def _actors(word: str, groups: Mapping[str, Sequence[str]], what: str) -> tuple[str, ...]:
    if word == ANY:
        return ()
    codes: list[str] = []
    for name in word.split(","):
        if name in groups:
            codes += groups[name]
        elif _CODE.fullmatch(name):
            codes.append(name)
        else:
            known = f", and no group of the desk ({', '.join(groups)})" if groups else ""
            raise BadInput(
                what,
                f"{name!r} is no actor code{known}",
                "use codes in capital letters, such as USA, or a group of desk.toml",
            )
    return tuple(dict.fromkeys(codes))


def _with_terms(query: Query, words: list[str], what: str) -> Query:
    """Read what follows the target: pairs of a word and its value."""
    if len(words) % 2:
        raise BadInput(what, f"cannot read {' '.join(words)!r}", _SHAPE)
    said: set[str] = set()
    for word, value in zip(words[::2], words[1::2], strict=True):
        if word not in {"from", "by", ">="} or word in said:
            raise BadInput(what, f"cannot read {word!r}", _SHAPE)
        said.add(word)
        if word == ">=":
            query = replace(query, at_least=_count(value, what))
        elif word == "from":
            query = replace(query, first=_day(value, what))
        else:
            query = replace(query, due=_day(value, what))
    return query


def _count(value: str, what: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise BadInput(what, f">= {value} asks for no number of events", "ask for >= 1 or more")
    return int(value)


def _day(value: str, what: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise BadInput(what, f"{value!r} is no date", "write days as 2026-09-30") from error
