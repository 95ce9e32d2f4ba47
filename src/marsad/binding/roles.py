"""Inline roles of an issue file: ``{event}`id```, ``{source}`report id``` and ``{value}`shown <query>```."""

import re
from dataclasses import dataclass

ROLES = ("event", "source", "value")
_ROLE = re.compile(r"\{(?P<name>[a-z]+)\}`(?P<content>[^`\n]*)`")
_SHOWN = re.compile(r"(?P<shown>.*?)\s*<(?P<query>[^<].*)>\s*", re.DOTALL)
_FENCED = re.compile(r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)[^\n]*$", re.DOTALL | re.MULTILINE)
_BLANK = "_"  # neither letter nor digit: a masked query reads as nothing


@dataclass(frozen=True)
class Role:
    """One role where it stands.

    Args:
        name: as written; one that is not of ``ROLES`` is a fault of the file.
        target: an id, or the query of a value.
        shown: what the writer saw when the value was set; empty if it is left to be computed.
        start: offset of the opening brace.
        end: offset after the closing backtick.
        line: 1-based.
    """

    name: str
    target: str
    shown: str
    start: int
    end: int
    line: int


def find_roles(text: str) -> list[Role]:
    """Return the roles of a text in order; those inside fenced code are examples and are left out.

    >>> [(role.name, role.shown, role.target) for role in find_roles("rose to {value}`3 <standing RUS AFG>`")]
    [('value', '3', 'standing RUS AFG')]
    """
    fenced = [(found.start(), found.end()) for found in _FENCED.finditer(text)]
    roles = []
    for match in _ROLE.finditer(text):
        if any(first <= match.start() < last for first, last in fenced):
            continue
        content = match["content"].strip()
        parts = _SHOWN.fullmatch(content) if match["name"] == "value" else None
        shown, target = (parts["shown"].strip(), parts["query"].strip()) if parts else ("", content)
        line = text.count("\n", 0, match.start()) + 1
        roles.append(Role(match["name"], target, shown, match.start(), match.end(), line))
    return roles


def masked(text: str) -> str:
    """Return the text with all of its values but what they show blanked out, every offset kept.

    >>> masked("rose to {value}`3 <standing RUS AFG>`.")
    'rose to ________3____________________.'
    """
    pieces, done = [], 0
    for role in find_roles(text):
        if role.name != "value":
            continue
        raw = text[role.start : role.end]
        at = raw.index("`") + 1
        at = raw.index(role.shown, at) if role.shown else at
        end = at + len(role.shown)
        pieces += [text[done : role.start], _BLANK * at, role.shown, _BLANK * (len(raw) - end)]
        done = role.end
    return "".join([*pieces, text[done:]])
