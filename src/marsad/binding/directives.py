"""Directives of an issue file that are bound to data; ``draft``, ``analyst`` and ``figure`` belong to the publisher."""

import re
from dataclasses import dataclass, field

from marsad.binding.roles import find_roles
from marsad.errors import BadInput

DIRECTIVES = ("judgement", "hypotheses", "gains", "drivers")
_OPEN = re.compile(r"(?P<fence>:{3,})[ \t]*\{(?P<name>[a-z-]+)\}[ \t]*(?P<argument>.*)")
_OPTION = re.compile(r":(?P<key>[A-Za-z][\w-]*):[ \t]*(?P<value>.*)")
_ITEM = re.compile(r"[-*+][ \t]+(?P<text>.*)")


@dataclass(frozen=True)
class Directive:
    """One directive where it stands.

    Args:
        name: one of ``DIRECTIVES``.
        argument: what follows the name.
        options: the ``:key: value`` lines.
        items: the list's lines, each with its line number.
        body: every other line, joined.
        line: 1-based, of the opening fence.
        last_line: of the closing one.
    """

    name: str
    argument: str
    options: dict[str, str]
    items: tuple[tuple[int, str], ...]
    body: str
    line: int
    last_line: int
    where: str = field(default="issue", compare=False)

    def fault(self, what: str, next_step: str, line: int | None = None) -> BadInput:
        """Return a fault of this directive, with its place."""
        return BadInput(self.where, f"line {line or self.line}: {self.name}: {what}", next_step)

    def take(self, known: tuple[str, ...]) -> None:
        """Complain about the first option that is not known.

        Raises:
            BadInput: there is one.
        """
        for key in self.options:
            if key not in known:
                raise self.fault(f"unknown option {key!r}", f"use {', '.join(known)}")


def find_directives(text: str, where: str = "issue") -> list[Directive]:
    r"""Return the directives bound to data, in order, nested ones included.

    Raises:
        BadInput: one is never closed; the message names its line.

    >>> [one] = find_directives(":::{gains} RUS AFG\n:caption: What each gained\n:::\n")
    >>> one.name, one.argument, one.options
    ('gains', 'RUS AFG', {'caption': 'What each gained'})
    """
    lines = text.split("\n")
    found = []
    code = ""
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        if line.startswith(("```", "~~~")):
            code = "" if code and line.startswith(code) else code or line[:3]
        opening = None if code else _OPEN.fullmatch(line)
        if opening is None or opening["name"] not in DIRECTIVES:
            at += 1
            continue
        fence = opening["fence"]
        end = next((n for n in range(at + 1, len(lines)) if lines[n].strip() == fence), None)
        if end is None:
            raise BadInput(
                where,
                f"line {at + 1}: the directive {opening['name']} is never closed",
                f"close it with a line {fence} of its own",
            )
        found.append(_directive(opening, lines[at + 1 : end], at + 1, end + 1, where))
        at = end + 1
    return found


def readable(text: str) -> str:
    r"""Return a file as one may read it without its tables: values as shown, bound directives and citations left out.

    Every line keeps its number.

    >>> readable("It is {value}`3 <standing RUS AFG>`.{source}`r1`\n:::{gains} RUS AFG\n:::\nAfter.")
    'It is 3.\n\n\nAfter.'
    """
    lines = text.split("\n")
    for directive in find_directives(text):
        lines[directive.line - 1 : directive.last_line] = [""] * (directive.last_line - directive.line + 1)
    plain = "\n".join(lines)
    pieces, done = [], 0
    for role in find_roles(plain):
        pieces += [plain[done : role.start], role.shown]
        done = role.end
    return "".join([*pieces, plain[done:]])


def _directive(opening: re.Match[str], inside: list[str], line: int, last_line: int, where: str) -> Directive:
    options: dict[str, str] = {}
    items: list[tuple[int, str]] = []
    body: list[str] = []
    for number, text in enumerate(inside, line + 1):
        stripped = text.strip()
        if option := _OPTION.fullmatch(stripped):
            options[option["key"]] = option["value"].strip()
        elif item := _ITEM.fullmatch(stripped):
            items.append((number, item["text"].strip()))
        elif stripped:
            body.append(stripped)
    argument = opening["argument"].strip()
    return Directive(opening["name"], argument, options, tuple(items), " ".join(body), line, last_line, where)
