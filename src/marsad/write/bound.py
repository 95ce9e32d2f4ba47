"""An issue file with its roles and directives set: numbers, notes and tables as they stand in its week's tables."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

import pyarrow as pa

from marsad import binding
from marsad.binding import Directive, Role
from marsad.binding.hypotheses import Standing, Weighed, parse_hypotheses, weigh
from marsad.binding.judgement import Statement, parse_judgement
from marsad.binding.values import Value, Vintage, evaluate
from marsad.domain.desk import Desk
from marsad.domain.week import Week
from marsad.domain.words import Language
from marsad.errors import BadInput
from marsad.language.calendars import format_date
from marsad.language.numerals import format_number, format_percent, isolate_ltr
from marsad.vocab.likelihood import load_scale
from marsad.write import material as materials
from marsad.write.dates import DateWriter
from marsad.write.notes import note
from marsad.write.page import Page
from marsad.write.phrasebook import WRITTEN, KindOf, NameOf, open_phrasebook
from marsad.write.sections.measures import drivers_table, gains_table
from marsad.write.writing import CITED_AT_MOST, Writing

_DEFINED = re.compile(r"^\[\^([^\]\s]+)\]:", re.MULTILINE)
_MARK = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_USED = ("events", "mentions", "reports", "breaks", "drivers", "gains", "judgements", "resolutions")
_TELLING = 2.0  # from this ratio on an indicator is said to tell two hypotheses apart


@dataclass(frozen=True)
class Bound:
    """A text with everything set.

    Args:
        text: plain Markdown with ``draft``, ``analyst`` and ``figure`` alone.
        lines: for each of its lines the line of the file it came from, both from 1.
    """

    text: str
    lines: tuple[int, ...]


def bind(
    text: str,
    tables: Mapping[str, pa.Table],
    desk: Desk,
    *,
    week: Week,
    as_of: datetime,
    language: Language,
    where: str = "issue",
    name_of: NameOf | None = None,
    kind_of: KindOf | None = None,
) -> Bound:
    """Set the roles and directives of an issue file.

    Args:
        text: the file.
        tables: of its week, by name, schemas of ``domain.tables``.
        desk: groups, naming policy, likelihood words.
        week: of the issue.
        as_of: the cutoff.
        language: of the issue.
        where: how to name the file in a fault.
        name_of: (code, language) -> name; None takes our registry's.
        kind_of: code -> kind; None takes our registry's.

    Raises:
        BadInput: an unknown role, a value that cannot be computed, a directive that cannot be read, a report or event
            the desk does not know; the message names the line. Directives need one of the written languages.
    """
    directives = binding.find_directives(text, where)
    if not directives and not binding.find_roles(text):
        return Bound(text, tuple(range(1, text.count("\n") + 2)))
    setter = _Setter(tables, desk, week, as_of, language, where, name_of, kind_of)
    lines: list[tuple[int, str]] = []
    source = text.split("\n")
    done = 0
    for directive in directives:
        lines += enumerate(source[done : directive.line - 1], done + 1)
        lines += [(directive.line, line) for line in setter.directive(directive).split("\n")]
        done = directive.last_line
    lines += enumerate(source[done:], done + 1)
    body = _roles_set("\n".join(line for _, line in lines), [number for number, _ in lines], setter)
    notes = setter.missing_notes(body)
    numbers = [number for number, _ in lines]
    if notes:
        body = f"{body.rstrip()}\n\n" + "\n".join(notes) + "\n"
        numbers = [*numbers, *[len(source)] * (body.count("\n") + 1)]
    return Bound(body, tuple(numbers[: body.count("\n") + 1]))


def _roles_set(text: str, lines: list[int], setter: "_Setter") -> str:
    roles = binding.find_roles(text)
    pieces = [text[: roles[0].start]] if roles else [text]
    for role, after in pairwise([*roles, None]):
        assert role is not None
        pieces += [setter.role(role, lines[role.line - 1]), text[role.end : after.start if after else len(text)]]
    return "".join(pieces)


class _Setter:
    """Sets one file's roles and directives; the phrasebook is opened only for a directive."""

    def __init__(
        self,
        tables: Mapping[str, pa.Table],
        desk: Desk,
        week: Week,
        as_of: datetime,
        language: Language,
        where: str,
        name_of: NameOf | None,
        kind_of: KindOf | None,
    ) -> None:
        self._desk, self._language, self._where = desk, language, where
        self._vintage = Vintage(tables, week, as_of, desk.groups)
        self._material = materials.read({name: tables[name] for name in _USED if name in tables}, week, as_of)
        self._names = (name_of, kind_of)
        self._scale = load_scale(desk.likelihood)

    def role(self, role: Role, line: int) -> str:
        """Return what stands in a role's place."""
        try:
            match role.name:
                case "value":
                    value = evaluate(role.target, self._vintage)
                    assert value is not None  # there is a vintage
                    return self._value(role, value)
                case "source":
                    return "".join(f"[^{self._report(key)}]" for key in role.target.split())
                case "event":
                    return self._events(role.target.split())
        except BadInput as error:
            raise BadInput(self._where, f"line {line}: {error.what}: {error.fault}", error.next_step) from error
        raise BadInput(
            self._where, f"line {line}: unknown role {role.name!r}", f"use one of {', '.join(binding.ROLES)}"
        )

    def _value(self, role: Role, value: Value) -> str:
        if value.is_share:
            return format_percent(value.printed, self._language)
        if role.shown and not any(char.isdigit() for char in role.shown):
            return role.shown  # a rung called by its name
        return format_number(value.number, self._language, decimals=value.decimals)

    def _report(self, report_id: str) -> str:
        if report_id not in self._material.reports:
            raise BadInput(f"source {report_id!r}", "no report of the desk has this id", "see the notes of the draft")
        return report_id

    def _events(self, ids: list[str]) -> str:
        for event_id in ids:
            if event_id not in self._material.events:
                raise BadInput(f"event {event_id!r}", "no event known by then has this id", "see evidence.<lang>.csv")
        return "".join(f"[^{key}]" for key in self._material.best_reports(ids, self._language, CITED_AT_MOST))

    def missing_notes(self, text: str) -> list[str]:
        """Return a definition for each report cited whose note the text lacks, in order of first use."""
        defined = set(_DEFINED.findall(text))
        cited = dict.fromkeys(key for key in _MARK.findall(text) if key not in defined)
        reports = self._material.reports
        return [f"[^{key}]: {note(reports[key], self._language)}" for key in cited if key in reports]

    def directive(self, directive: Directive) -> str:
        """Return the Markdown that stands in a directive's place."""
        if self._language not in WRITTEN:
            raise directive.fault(f"has no words in {self._language} yet", f"write in {', '.join(WRITTEN)}")
        set_as: dict[str, Callable[[Directive], str]] = {
            "judgement": self._judgement,
            "hypotheses": self._hypotheses,
            "gains": lambda one: self._table(one, gains_table),
            "drivers": lambda one: self._table(one, drivers_table),
        }
        return set_as[directive.name](directive)

    def _writing(self, pair: tuple[str, str]) -> Writing:
        book = open_phrasebook(self._language, self._desk.names, *self._names)
        dates = DateWriter(book, self._vintage.week.end.year)
        return Writing(self._material, book, dates, Page(), pair, self._desk, self._scale)

    def _table(self, directive: Directive, add: Callable[[Writing], None]) -> str:
        directive.take(())
        codes = directive.argument.split()
        if len(codes) != 2:
            raise directive.fault("needs two parties", f"write :::{{{directive.name}}} RUS AFG")
        writing = self._writing((codes[0], codes[1]))
        add(writing)
        return writing.page.body

    # --- judgements ---------------------------------------------------------------------------------------------------

    def _judgement(self, directive: Directive) -> str:
        week_end = self._vintage.week.end
        try:
            said = parse_judgement(directive, self._scale, self._language, week_end, self._desk.groups)
        except BadInput as error:
            if error.what == self._where:
                raise
            raise directive.fault(f"{error.what}: {error.fault}", error.next_step) from error
        words = self._writing(("", "")).book.words["bound"]
        band = self._scale.bands[self._scale.index(said.probability)]
        shares = {
            "word": self._scale.word(round(said.probability, 2), self._language),
            "low": format_percent(band.low, self._language),
            "high": format_percent(band.high, self._language),
            "p": format_percent(said.probability, self._language),
            "date": format_date(said.due, self._language),
        }
        likely = words["judged_word" if said.is_worded else "judged"].format(**shares)
        sure = [words["confidence"].format(level=words[said.confidence])] if said.confidence else []
        who = [words["author"].format(name=said.author)] if said.author else []
        query = f"`{said.query}`"
        settled = words["settled"].format(query=isolate_ltr(query) if self._language.is_rtl else query)
        lines = [f"**{words['judgement']}** {said.text}", " ".join([likely, *sure, *who]), settled]
        return "\n>\n".join(f"> {line}" for line in [*lines, *self._outcome(said, words)])

    def _outcome(self, said: Statement, words: Mapping[str, str]) -> list[str]:
        """Say what became of the judgement, if the ledger knows by the cutoff."""
        told = {row["judgement_id"] for row in self._material.tables.get("judgements", []) if is_same(row, said)}
        became = [row for row in self._material.tables.get("resolutions", []) if row["question_id"] in told]
        if not became:
            return []
        row = max(became, key=lambda row: str(row["resolved_at"]))
        key = {True: "came_true", False: "came_false", None: "came_void"}[row["outcome"]]
        marks = self._material.best_reports(row["events"] or (), self._language, CITED_AT_MOST)
        day = format_date(row["resolved_at"].date(), self._language)
        return [words[key].format(date=day) + "".join(f"[^{mark}]" for mark in marks)]

    # --- hypotheses ---------------------------------------------------------------------------------------------------

    def _hypotheses(self, directive: Directive) -> str:
        declared = parse_hypotheses(directive, self._vintage.week.start, self._desk.groups)
        weighed = weigh(declared, self._vintage)
        writing = self._writing(("", ""))
        words, number = writing.book.words["bound"], writing.book.number
        names = [words["name"].format(n=number(int(name[1:]))) for name in declared.statements]
        statements = zip(names, declared.statements.values(), strict=True)
        writing.page.table(
            [words["indicator"], words["so_far"], *names, words["telling"]],
            [
                *(
                    [
                        indicator.label,
                        self._so_far(writing, standing, indicator.query.due),
                        *(words[_fit(p, is_decided=standing.is_decided)] for p in standing.likelihoods),
                        number(standing.diagnosticity, 1),
                    ]
                    for indicator, standing in zip(declared.indicators, weighed.standings, strict=True)
                ),
                [
                    words["counts"],
                    "",
                    *(words["counts_of"].format(fits=number(a), not_fits=number(b)) for a, b in _counts(weighed)),
                    "",
                ],
                [words["weight"], "", *(writing.book.percent(weight) for weight in weighed.weights), ""],
            ],
        )
        listed = "\n".join(f"- **{name}** {text}" for name, text in statements)
        first, due = (format_date(day, self._language) for day in (declared.first, declared.due))
        explained = words["explained"].format(first=first, due=due)
        after = self._post_mortem(weighed, names, [one.label for one in declared.indicators], words)
        return "\n\n".join([listed, writing.page.body, explained, *after])

    def _so_far(self, writing: Writing, standing: Standing, due: object) -> str:
        words = writing.book.words["bound"]
        day = standing.seen_on or due
        text = words[standing.verdict.value].format(
            date=format_date(day, self._language),  # type: ignore[arg-type]  # every indicator has a last day
            n=writing.book.number(len(standing.events)),
        )
        marks = self._material.best_reports(standing.events[:CITED_AT_MOST], self._language, 2)
        return f"{text}{''.join(f'[^{key}]' for key in marks)}"

    def _post_mortem(
        self, weighed: Weighed, names: list[str], labels: list[str], words: Mapping[str, str]
    ) -> list[str]:
        """Say how a set ended whose days are over: who fared best, what told most, what went against the best."""
        if not weighed.is_resolved:
            return []
        weights = weighed.weights
        best = max(range(len(names)), key=lambda n: weights[n])
        decided = [(label, one) for label, one in zip(labels, weighed.standings, strict=True) if one.is_decided]
        if not decided or weights.count(weights[best]) > 1:
            return [words["ended_open"]]
        said = [words["ended"].format(name=names[best], weight=format_percent(weights[best], self._language))]
        label, telling = max(decided, key=lambda item: item[1].diagnosticity)
        if telling.diagnosticity >= _TELLING:
            said.append(words["ended_by"].format(indicator=label))
        if against := [label for label, one in decided if one.likelihoods[best] < 0.5]:
            said.append(words["ended_against"].format(indicators=words["joiner"].join(against)))
        return [" ".join(said)]


def is_same(row: Mapping[str, object], said: Statement) -> bool:
    """Tell whether a row of ``judgements`` is this statement, in whatever language it was said."""
    rule = str(row["resolution_rule"])
    asked = str(replace(said.query, first=None, due=None))
    return (
        (rule == asked or rule.startswith((f"{asked} from ", f"{asked} by ")))
        and row["due"] == said.due
        and row["probability"] == said.probability
        and row["author"] == said.author
    )


def _fit(p: float, *, is_decided: bool) -> str:
    """Name how what happened, or would happen, fits a hypothesis."""
    if p == 0.5:
        return "neutral"
    if is_decided:
        return "consistent" if p > 0.5 else "inconsistent"
    return "expected" if p > 0.5 else "unexpected"


def _counts(weighed: Weighed) -> list[tuple[int, int]]:
    return list(zip(weighed.consistent, weighed.inconsistent, strict=True))
