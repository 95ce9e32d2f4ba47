"""An issue file against its week's tables: what it asks for is measured, its values set, its judgements kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from marsad import binding, ledger, measure, review, write
from marsad.binding.judgement import parse_judgement
from marsad.binding.values import Vintage
from marsad.domain.desk import Desk
from marsad.domain.week import Week
from marsad.domain.words import Language
from marsad.errors import BadInput
from marsad.relation import LEVEL_WEEKS, Tables, measure_week, read_known, settled_break
from marsad.store import Store
from marsad.vocab.likelihood import load_scale
from marsad.write import Bound

Pair = tuple[str, str]
_OF_RUN = ("dyad_weeks", "levels", "standings", "breaks", "movers", "gains", "drivers", "spillover", "alignments")
_PAIRED = {"standing", "commitments", "level", "break"}


def tables_of(store: Store, desk: Desk, week: Week, as_of: datetime) -> dict[str, pa.Table]:
    """Return the tables an issue of a week is bound to, as they were known at the cutoff.

    A week that was neither run nor drafted is measured now, and nothing is saved.
    """
    known = read_known(store, week, as_of)
    if is_measured(store, week):
        measured = {name: store.read(name, run=week) for name in _OF_RUN}
    else:
        measured = measure_week(known, desk, week, as_of, store)
    forecasts, resolutions = ledger.asked_by_class(store.read("forecasts", as_of=as_of)), ledger.outcomes(store, as_of)
    judgements = store.read("judgements", as_of=as_of)
    origin = pc.max(forecasts["origin"].filter(pc.less_equal(forecasts["origin"], pa.scalar(week.end))))
    return {
        **known,
        **measured,
        "forecasts": forecasts.filter(pc.equal(forecasts["origin"], origin)),
        "resolutions": ledger.of_judgements(resolutions, judgements),
        "judgements": judgements,
        "reliability": review.reliability_table(forecasts, resolutions),
    }


def is_measured(store: Store, week: Week) -> bool:
    """Tell whether the week's measures are kept, by its run or by a draft."""
    return str(week) in store.partitions("standings")


def head_of(text: str, where: str) -> tuple[Week, Language]:
    """Return the week and language an issue file says it is of.

    Raises:
        BadInput: it does not say, or wrongly.
    """
    front = binding.metadata(text)
    if not front:
        raise BadInput(where, "line 1: the front matter is missing", "begin the file with a --- block: number, week …")
    try:
        return Week.parse(str(front.get("week", ""))), Language(str(front.get("lang", "")))
    except (ValueError, BadInput) as error:
        raise BadInput(
            where, "the front matter has no good week and lang", "write week: 2026-W22 and lang: ar"
        ) from error


def vintage_of(text: str, tables: Tables, desk: Desk, week: Week, as_of: datetime) -> Vintage:
    """Return the tables with the measures of every pair a file names that the week's run did not measure."""
    completed = dict(tables)
    for name, pairs in _asked(text).items():
        for pair in sorted(pairs):
            completed[name] = _with_pair(name, completed, pair, week, as_of)
    return Vintage(completed, week, as_of, desk.groups)


def bind(text: str, vintage: Vintage, desk: Desk, language: Language, where: str) -> Bound:
    """Set the file's roles and directives; see :func:`marsad.write.bind`."""
    return write.bind(
        text, vintage.tables, desk, week=vintage.week, as_of=vintage.as_of, language=language, where=where
    )


def enter_judgements(text: str, desk: Desk, store: Store, *, now: datetime, where: str) -> int:
    """Add the file's judgements to the ledger and return how many were new.

    The same question of the same issue with the same probability and author stands once, in however many languages
    and however often it is published.

    Raises:
        BadInput: a judgement cannot be read, or its last day was over when the desk's last issue closed.
    """
    week, language = head_of(text, where)
    issue = str(binding.metadata(text).get("number", ""))
    n_new = 0
    for directive in binding.find_directives(text, where):
        if directive.name != "judgement":
            continue
        said = parse_judgement(directive, load_scale(desk.likelihood), language, week.end, desk.groups)
        rows = store.read("judgements").to_pylist()
        if any(row["issue"] == issue and write.is_same(row, said) for row in rows):
            continue
        rule = str(replace(said.query, due=None))
        ledger.judge(
            desk,
            store,
            said.text,
            said.probability,
            rule,
            now=now,
            due=said.due,
            author=said.author,
            confidence=said.confidence,
            issue=issue,
        )
        n_new += 1
    return n_new


def carried_hypotheses(folder: Path, language: str) -> tuple[str, ...]:
    """Return the blocks of hypotheses an analyst wrote into an earlier issue; a machine's are left out."""
    path = folder / f"issue.{language}.md"
    if not path.exists():
        return ()
    text = path.read_text("utf-8")
    lines = text.split("\n")
    found = []
    for directive in binding.find_directives(text, str(path)):
        before = lines[: directive.line - 1]
        is_drafted = bool(before) and before[-1].strip().startswith(":::") and "{draft}" in before[-1]
        if directive.name == "hypotheses" and not is_drafted:
            found.append("\n".join(lines[directive.line - 1 : directive.last_line]))
    return tuple(found)


def _asked(text: str) -> dict[str, set[Pair]]:
    """Return the pairs a file names, by the table that must know them."""
    asked: dict[str, set[Pair]] = {"levels": set(), "gains": set(), "drivers": set()}
    for name, pair in _named(text):
        asked[name].add(pair)
    return asked


def _named(text: str) -> Iterator[tuple[str, Pair]]:
    subject: Any = binding.metadata(text).get("subject")
    if isinstance(subject, list) and len(subject) == 2:
        yield "levels", (str(subject[0]), str(subject[1]))
    for role in binding.find_roles(text):
        words = role.target.split()
        if role.name == "value" and len(words) >= 3 and words[0] in _PAIRED:
            yield "levels", (words[1], words[2])
    for directive in binding.find_directives(text):
        codes = directive.argument.split()
        if directive.name in {"gains", "drivers"} and len(codes) == 2:
            yield directive.name, (codes[0], codes[1])


def _with_pair(name: str, tables: Tables, pair: Pair, week: Week, as_of: datetime) -> pa.Table:
    """Return a table with one pair's rows, measured now where it lacks them."""
    table, events, coverage = tables[name], tables["events"], tables["coverage"]
    ends = ("party", "giver") if name == "gains" else ("source", "target")
    both = pa.array(list(pair))
    if pc.any(pc.and_(pc.is_in(table[ends[0]], both), pc.is_in(table[ends[1]], both))).as_py():
        return table
    vintage: dict[str, Any] = {"run": str(week), "as_of": as_of}
    if name == "gains":
        return pa.concat_tables([table, measure.gains(events, *pair, **vintage)])
    if name == "levels":
        weeks = [week.shift(step) for step in range(1 - LEVEL_WEEKS, 1)]
        ordered = (min(pair), max(pair))
        return pa.concat_tables([table, measure.levels(events, weeks, coverage, pairs=[ordered], **vintage)])
    change = settled_break(tables["breaks"], *pair, week)
    if change is None:
        return table
    return pa.concat_tables([table, measure.drivers(events, *pair, change, coverage, **vintage)])
