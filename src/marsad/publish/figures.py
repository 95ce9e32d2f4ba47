"""The figures an issue asks for, drawn from tables: words in the issue's language, one tidy table behind each."""

from collections.abc import Callable, Mapping, Sequence

import pyarrow as pa

from marsad.domain.desk import Desk
from marsad.errors import BadInput
from marsad.publish.atlas import atlas
from marsad.publish.calibration import calibration
from marsad.publish.drawing import Drawing
from marsad.publish.issue import Analyst, Block, Draft, Figure, Issue, Listing, Quote
from marsad.publish.movers import movers
from marsad.publish.network import network
from marsad.publish.relation import relation

Draw = Callable[[Mapping[str, str], Issue, Desk, Mapping[str, pa.Table]], Drawing]

KINDS: dict[str, tuple[frozenset[str], Draw]] = {
    "relation": (frozenset({"source", "target", "weeks"}), relation),
    "movers": (frozenset({"count"}), movers),
    "calibration": (frozenset({"model", "group"}), calibration),
    "network": (frozenset({"weeks", "actors"}), network),
    "map": (frozenset({"weeks", "actors"}), atlas),
}
"""The figures there are: name in the directive, the options it knows, the function that draws it."""


def draw_figures(
    issue: Issue, desk: Desk, tables: Mapping[str, pa.Table], *, where: str = "issue"
) -> dict[int, Drawing]:
    """Draw every figure of an issue.

    Args:
        issue: its ``figure`` directives name the kind and the options.
        desk: the naming policy.
        tables: by name, as in ``domain.tables``; rows of other pairs are passed over.
        where: how to name the issue's file in a fault.

    Returns:
        The drawings by the line of their directive.

    Raises:
        BadInput: an unknown kind or option, or no row for what is asked; the message names the line.
    """
    return {figure.line: _draw(figure, issue, desk, tables, where) for figure in _figures(issue.blocks)}


def _figures(blocks: Sequence[Block]) -> list[Figure]:
    found: list[Figure] = []
    for block in blocks:
        match block:
            case Figure():
                found.append(block)
            case Draft(inner) | Analyst(inner) | Quote(inner):
                found += _figures(inner)
            case Listing(items=items):
                found += [figure for item in items for figure in _figures(item)]
            case _:
                pass
    return found


def _draw(figure: Figure, issue: Issue, desk: Desk, tables: Mapping[str, pa.Table], where: str) -> Drawing:
    place = f"line {figure.line}"
    if figure.kind not in KINDS:
        raise BadInput(where, f"{place}: no figure is called {figure.kind!r}", f"use one of {', '.join(KINDS)}")
    known, draw = KINDS[figure.kind]
    options = dict(figure.options)
    if unknown := sorted(options.keys() - known):
        raise BadInput(
            where, f"{place}: figure {figure.kind} has no option {unknown[0]!r}", f"use {', '.join(sorted(known))}"
        )
    try:
        return draw(options, issue, desk, tables)
    except BadInput as error:
        raise BadInput(where, f"{place}: {error.what}: {error.fault}", error.next_step) from error
