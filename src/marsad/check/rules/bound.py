# ruff: noqa: ARG001 - one signature for all rules; a docstring states the fault
"""What an issue file binds to data: roles, values, and the directives that hold judgements and hypotheses."""

from collections.abc import Iterator
from datetime import date

from marsad import binding
from marsad.binding import Directive
from marsad.check.context import Context
from marsad.check.finding import Level, Mark, rule
from marsad.check.reading import Text
from marsad.errors import BadInput
from marsad.vocab.likelihood import load_scale

_SOME_DAY = date(2000, 1, 1)  # a file without a period: where its horizons end is not asked here


@rule("role-unknown", Level.ERROR)
def role_unknown(text: Text, context: Context) -> Iterator[Mark]:
    """A role nobody knows: ``{event}``, ``{source}`` and ``{value}`` are set, any other stays in print as typed."""
    for role in binding.find_roles(text.source):
        if role.name not in binding.ROLES:
            yield Mark(role.start, role.end, f"Unknown role: use one of {', '.join(binding.ROLES)}.")


@rule("value-unknown", Level.ERROR)
def value_unknown(text: Text, context: Context) -> Iterator[Mark]:
    """A value whose query cannot be read, or to which the week's tables have no answer: the sentence is held."""
    for role in binding.find_roles(text.source):
        if role.name != "value":
            continue
        from marsad.binding.values import evaluate

        try:
            evaluate(role.target, context.vintage)
        except BadInput as error:
            yield Mark(role.start, role.end, f"{error.fault}. {error.next_step[:1].upper()}{error.next_step[1:]}.")


@rule("value-stale", Level.ERROR)
def value_stale(text: Text, context: Context) -> Iterator[Mark]:
    """A value that shows another number than its query gives now: the text around it was written for the old one."""
    if context.vintage is None:
        return
    from marsad.binding.values import evaluate, same_number

    for role in binding.find_roles(text.source):
        if role.name != "value" or not role.shown:
            continue
        try:
            value = evaluate(role.target, context.vintage)
        except BadInput:
            continue  # value-unknown says so
        if value is not None and not same_number(role.shown, value):
            now = f"{100 * value.printed:.0f}%" if value.is_share else f"{value.number:.{value.decimals}f}"
            yield Mark(role.start, role.end, f"It is {now} now: read the sentence again, then write {now}.")


@rule("source-unknown", Level.ERROR)
def source_unknown(text: Text, context: Context) -> Iterator[Mark]:
    """A citation of an event or a report that the desk does not have."""
    for role in binding.find_roles(text.source):
        if role.name == "source" and context.reports:
            unknown = [key for key in role.target.split() if key not in context.reports]
        elif role.name == "event" and context.vintage is not None and "events" in context.vintage.tables:
            known = set(context.vintage.events["event_id"].to_pylist())
            unknown = [key for key in role.target.split() if key not in known]
        else:
            continue
        if unknown or not role.target:
            yield Mark(role.start, role.end, f"The desk has no {role.name} called {', '.join(unknown) or '…'}.")


@rule("directive-faulty", Level.ERROR)
def directive_faulty(text: Text, context: Context) -> Iterator[Mark]:
    """A judgement, set of hypotheses or table that cannot be set: never closed, an option unknown, a part missing.

    A judgement needs its sentence, how likely, by when, and an event query that settles it; hypotheses need two rivals
    or more, and indicators bound to queries.
    """
    if not text.is_markdown:
        return
    try:
        directives = binding.find_directives(text.source)
    except BadInput as error:
        at = text.source.find(":::")
        yield Mark(at, at + 3, f"{error.fault}. {error.next_step}.")
        return
    for directive in directives:
        try:
            _read(directive, text, context)
        except BadInput as error:
            start = text.start_of_line(directive.line)
            end = text.source.find("\n", start)
            yield Mark(start, end if end >= 0 else len(text.source), f"{error.fault}. {error.next_step}.")


def _read(directive: Directive, text: Text, context: Context) -> None:
    from marsad.binding.hypotheses import parse_hypotheses
    from marsad.binding.judgement import parse_judgement

    desk = context.desk
    groups = desk.groups if desk else None
    end = text.period.last if text.period else _SOME_DAY
    if directive.name == "judgement":
        parse_judgement(directive, load_scale(desk.likelihood if desk else None), text.language, end, groups)
    elif directive.name == "hypotheses":
        parse_hypotheses(directive, end, groups)
    elif len(directive.argument.split()) != 2:
        raise directive.fault("needs two parties", f"write :::{{{directive.name}}} RUS AFG")
