"""The blocks of a Markdown issue: headings, containers, footnotes, lists, tables. Places stay those of the file."""

import re

from marsad.check.reading import Block, Kind
from marsad.domain.words import Language

_FRONT = re.compile(r"\A---\n(.*?)\n---[ \t]*(?:\n|$)", re.DOTALL)
_FENCE = re.compile(r"^(:{3,})[ \t]*(?:\{?(\w[\w-]*)\}?[^\n]*)?$")
_HEADING = re.compile(r"^(#{1,6})[ \t]+\S")
_FOOTNOTE = re.compile(r"^\[\^[^\]]+\]:")
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def markdown_blocks(raw: str, main: Language) -> list[Block]:
    """Return the blocks in file order; section numbers and languages are filled in by the caller."""
    blocks: list[Block] = []
    start = 0
    if front := _FRONT.match(raw):
        blocks.append(Block(0, front.end(), Kind.FRONT, main, 0))
        start = front.end()
    comments = [(found.start(), found.end()) for found in _COMMENT.finditer(raw)]
    containers: list[str] = []
    open_kind: Kind | None = None
    for match in re.compile(r"[^\n]*(?:\n|$)").finditer(raw, start):
        line = match[0].strip()
        begin = match.start() + (match[0].index(line) if line else 0)
        end = begin + len(line)
        if not line:
            open_kind = None
            continue
        if any(first <= begin and end <= last for first, last in comments):
            blocks.append(Block(begin, end, Kind.MARKUP, main, 0))
            open_kind = None
            continue
        if fence := _FENCE.match(line):
            if fence[2]:
                containers.append(fence[2])
            elif containers:
                containers.pop()
            blocks.append(Block(begin, end, Kind.MARKUP, main, 0))
            open_kind = None
            continue
        container = containers[-1] if containers else ""
        kind = _kind(line, container)
        level = len(line) - len(line.lstrip("#")) if kind is Kind.HEADING else 0
        joins = open_kind is kind and kind in {Kind.PROSE, Kind.TABLE}
        carries_on = open_kind in {Kind.ITEM, Kind.SOURCE} and kind is Kind.PROSE
        if joins or carries_on:
            last = blocks[-1]
            blocks[-1] = Block(last.start, end, last.kind, main, 0, last.level, last.container)
        else:
            blocks.append(Block(begin, end, kind, main, 0, level, container))
            open_kind = kind
    return blocks


def _kind(line: str, container: str) -> Kind:
    if container in {"figure", "hypotheses", "gains", "drivers"} or (container == "judgement" and line.startswith(":")):
        return Kind.MARKUP
    if container == "cover":  # of a Word file
        return Kind.FRONT
    if _HEADING.match(line):
        return Kind.HEADING
    if _FOOTNOTE.match(line):
        return Kind.SOURCE
    if line.startswith("|"):
        return Kind.TABLE
    if _ITEM.match(line):
        return Kind.ITEM
    return Kind.PROSE
