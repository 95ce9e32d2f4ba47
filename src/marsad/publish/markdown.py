"""The issue file (front matter and Markdown) to frozen values. Raw HTML is text here; an unknown word is a fault."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from marsad.domain.words import Language
from marsad.errors import BadInput
from marsad.publish.issue import (
    Analyst,
    Block,
    Break,
    Cell,
    Code,
    CodeBlock,
    Draft,
    Figure,
    FrontMatter,
    Heading,
    Inline,
    Issue,
    Link,
    Listing,
    Note,
    NoteRef,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    Text,
    plain,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

STATUSES = ("draft", "final")
DIRECTIVES = ("draft", "analyst", "figure")

_DIRECTIVE = re.compile(r"\{([a-z-]+)\}\s*(.*)")
_OPTION = re.compile(r":([a-z-]+):\s*(.*)")
_HEADING_ID = re.compile(r"\s*\{#([A-Za-z][\w-]*)\}\s*$")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\]")
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)
_STYLES = {"em_open": "em", "strong_open": "strong", "s_open": "strike"}


def parse(markdown: str, *, where: str = "issue", lines: Sequence[int] = ()) -> Issue:
    r"""Read an issue file.

    Args:
        markdown: front matter between ``---`` lines, then Markdown with footnotes, tables and the directives
            ``draft``, ``analyst`` and ``figure``. Keys of the front matter that serve other rooms are passed over.
        where: how to name the file in a fault.
        lines: for each line of the text the line to name in a fault; its own if empty.

    Returns:
        The issue; notes are numbered by first use, a note nobody points to is left out.

    Raises:
        BadInput: the front matter is missing or wrong, a directive or a footnote is unknown, a link is unsafe,
            an image is placed in the text; the message names the line.

    >>> front = "number: 1\nweek: 2026-W22\nlang: en\ntitle: T\nperiod: [2026-05-25, 2026-05-31]\nas_of: 2026-06-01"
    >>> parse(f"---\n{front}\n---\n## Level {{#level}}\n\nIt *rose*.").blocks[1].children
    (Text(text='It '), Span(style='em', children=(Text(text='rose'),)), Text(text='.'))
    """
    text = unicodedata.normalize("NFC", markdown.replace("\r\n", "\n").removeprefix("\ufeff"))
    tokens = _parser().parse(text)
    if not tokens or tokens[0].type != "front_matter":
        raise BadInput(
            where,
            "line 1: the front matter is missing",
            "begin the file with a --- block that names number, week, lang …",
        )
    front = _front_matter(tokens[0].content, where)
    reader = _Reader(text.split("\n"), where, lines)
    body, notes = reader.split_notes(tokens[1:])
    issue = Issue(front, reader.blocks(body), reader.notes(notes))
    reader.require_targets()
    return issue


def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt
    from mdit_py_plugins.container import container_plugin
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.validateLink = lambda _: True  # type: ignore[method-assign, assignment]  # we judge links ourselves, with the line
    parser.use(front_matter_plugin).use(footnote_plugin)
    return parser.use(container_plugin, name="directive", validate=lambda params, *_: params.strip().startswith("{"))


# --- front matter -----------------------------------------------------------------------------------------------------


def _front_matter(source: str, where: str) -> FrontMatter:
    import yaml

    try:
        raw = yaml.safe_load(source)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise BadInput(
            where, f"line {line}: the front matter is not valid YAML", "put titles in quotation marks"
        ) from error
    if not isinstance(raw, dict):
        raise BadInput(where, "line 1: the front matter is not a list of keys", "write lines like number: 22")

    def fault(key: str, need: str) -> BadInput:
        line = next((n for n, text in enumerate(source.split("\n"), 2) if text.startswith(f"{key}:")), 1)
        return BadInput(where, f"line {line}: {key} {'is wrong' if key in raw else 'is missing'}", f"write {need}")

    def take(key: str, kind: type, need: str, default: Any = None) -> Any:
        value = raw.get(key, default)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise fault(key, need)
        return value

    lang = take("lang", str, "lang: ar, en, fa, ps or ru")
    if lang not in set(Language):
        raise fault("lang", "lang: ar, en, fa, ps or ru")
    period = take("period", list, "period: [2026-05-25, 2026-05-31]")
    if len(period) != 2 or not all(type(day) is date for day in period) or period[0] > period[1]:
        raise fault("period", "period: [2026-05-25, 2026-05-31]")
    subject = take("subject", list, "subject: [RUS, AFG]", [])
    if len(subject) not in {0, 2}:
        raise fault("subject", "subject: [RUS, AFG]")
    status = take("status", str, "status: draft or final", "draft")
    if status not in STATUSES:
        raise fault("status", "status: draft or final")
    return FrontMatter(
        number=take("number", int, "number: 22"),
        week=take("week", str, "week: 2026-W22"),
        language=Language(lang),
        title=take("title", str, 'title: "…"'),
        subtitle=take("subtitle", str, 'subtitle: "…"', ""),
        period=(period[0], period[1]),
        as_of=take("as_of", date, "as_of: 2026-06-01"),
        subject=(str(subject[0]), str(subject[1])) if subject else None,
        status=status,
        authors=tuple(str(name) for name in take("authors", list, 'authors: ["…"]', [])),
    )


# --- blocks and inline runs -------------------------------------------------------------------------------------------


class _Cursor:
    """Walks a flat token list and hands out the tokens between an opening and its closing."""

    def __init__(self, tokens: Sequence["Token"]) -> None:
        self._tokens, self._at = tokens, 0

    def __iter__(self) -> Iterator["Token"]:
        while self._at < len(self._tokens):
            self._at += 1
            yield self._tokens[self._at - 1]

    def inside(self) -> list["Token"]:
        """Return the tokens up to the closing of the one just handed out, and step over the closing."""
        start, depth = self._at, 1
        while depth:
            depth += self._tokens[self._at].nesting
            self._at += 1
        return list(self._tokens[start : self._at - 1])


class _Reader:
    """Turns tokens into values, counting the uses of notes and keeping heading ids apart."""

    def __init__(self, lines: list[str], where: str, origins: Sequence[int] = ()) -> None:
        self._lines, self._where, self._origins = lines, where, origins
        self._uses: dict[int, int] = {}  # footnote id of the parser -> uses so far
        self._numbers: dict[int, int] = {}  # footnote id of the parser -> our number
        self._labels: dict[int, str] = {}
        self._ids: set[str] = set()
        self._targets: list[tuple[int, str]] = []  # links within the issue, with their lines
        self._line = 1

    def fault(self, what: str, next_step: str) -> BadInput:
        line = self._origins[self._line - 1] if self._origins else self._line
        return BadInput(self._where, f"line {line}: {what}", next_step)

    def require_targets(self) -> None:
        """Complain about the first link that leads to no heading."""
        for line, name in self._targets:
            if name not in self._ids:
                self._line = line
                raise self.fault(f"no heading has the id {name}", f"give the heading it means {{#{name}}}")

    def split_notes(self, tokens: Sequence["Token"]) -> tuple[list["Token"], list["Token"]]:
        """Part the body from the parser's closing block of footnotes."""
        at = next((n for n, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
        return list(tokens[:at]), list(tokens[at + 1 : -1])

    def notes(self, tokens: Sequence["Token"]) -> tuple[Note, ...]:
        """Read the footnotes; a note may itself point to another."""
        texts: dict[int, tuple[Inline, ...]] = {}
        cursor = _Cursor(tokens)
        for token in cursor:
            inlines = [inner for inner in cursor.inside() if inner.type == "inline"]
            runs: list[Inline] = []
            for inner in inlines:
                runs += [Text(" ")] if runs else []
                runs += self.inline(inner)
            texts[token.meta["id"]] = tuple(runs)
        return tuple(
            Note(number, self._labels[key], texts.get(key, ()), self._uses[key])
            for key, number in sorted(self._numbers.items(), key=lambda item: item[1])
        )

    def blocks(self, tokens: Sequence["Token"]) -> tuple[Block, ...]:
        """Read a run of block tokens."""
        found: list[Block] = []
        cursor = _Cursor(tokens)
        for token in cursor:
            if token.map:
                self._line = token.map[0] + 1
            match token.type:
                case "paragraph_open":
                    if runs := self.inline(cursor.inside()[0]):
                        found.append(Paragraph(runs))
                case "heading_open":
                    found.append(self._heading(token, cursor.inside()[0]))
                case "bullet_list_open" | "ordered_list_open":
                    found.append(self._list(token, cursor.inside()))
                case "blockquote_open":
                    found.append(Quote(self.blocks(cursor.inside())))
                case "fence" | "code_block":
                    found.append(CodeBlock(token.content.rstrip("\n")))
                case "hr":
                    found.append(Rule())
                case "table_open":
                    found.append(self._table(cursor.inside()))
                case "container_directive_open":
                    found.append(self._directive(token, cursor.inside()))
                case _:
                    raise self.fault(f"{token.type} cannot be set", "write it another way")
        return tuple(found)

    def _heading(self, token: "Token", content: "Token") -> Heading:
        runs = list(self.inline(content))
        given = None
        if runs and isinstance(runs[-1], Text) and (match := _HEADING_ID.search(runs[-1].text)):
            given, left = match[1], runs[-1].text[: match.start()]
            runs[-1:] = [Text(left)] if left else []
        name = given or _slug(plain(tuple(runs)))
        if given in self._ids:
            raise self.fault(f"two headings have the id {given}", "give each heading its own id")
        unique, n = name, 2
        while unique in self._ids:
            unique, n = f"{name}-{n}", n + 1
        self._ids.add(unique)
        return Heading(max(2, int(token.tag[1])), unique, tuple(runs))

    def _list(self, token: "Token", tokens: list["Token"]) -> Listing:
        is_tight = not any(t.type == "paragraph_open" and not t.hidden and t.level == token.level + 2 for t in tokens)
        cursor = _Cursor(tokens)
        items = [self.blocks(cursor.inside()) for _ in cursor]
        start = int(token.attrGet("start") or 1) if token.type == "ordered_list_open" else None
        return Listing(start, is_tight, tuple(items))

    def _table(self, tokens: list["Token"]) -> Table:
        rows: list[tuple[Cell, ...]] = []
        align: tuple[str | None, ...] = ()
        for n, token in enumerate(tokens):
            if token.type == "tr_open":
                cells, sides = [], []
                for cell, content in zip(tokens[n + 1 :], tokens[n + 2 :], strict=False):
                    if cell.type == "tr_close":
                        break
                    if cell.type in {"th_open", "td_open"}:
                        style = str(cell.attrGet("style") or "")
                        sides.append(style.removeprefix("text-align:") or None)
                        cells.append(Cell(self.inline(content)))
                align = align or tuple(sides)
                rows.append(tuple(cells))
        return Table(align, rows[0], tuple(rows[1:]))

    def _directive(self, token: "Token", tokens: list["Token"]) -> Block:
        match = _DIRECTIVE.fullmatch(token.info.strip())
        name = match[1] if match else token.info.strip()
        if match is None or name not in DIRECTIVES:
            raise self.fault(f"unknown directive {name!r}", f"use one of {', '.join(DIRECTIVES)}")
        first, last = token.map or (0, 0)  # last: the line that closes it
        if last >= len(self._lines) or not self._lines[last].lstrip(" >\t").startswith(":::"):
            raise self.fault(f"the directive {name} is never closed", "close it with a line ::: of its own")
        if name == "draft":
            return Draft(self.blocks(tokens))
        if name == "analyst":
            return Analyst(self.blocks(tokens))
        options = {}
        for n, line in enumerate(self._lines[first + 1 : last], first + 2):
            option = _OPTION.fullmatch(line.strip())
            if option is None and line.strip():
                self._line = n
                raise self.fault(f"{line.strip()!r} is no option of a figure", "write options as :caption: text")
            if option:
                options[option[1]] = option[2].strip()
        caption = options.pop("caption", "")
        place = self._origins[first] if self._origins else first + 1
        return Figure(match[2].strip(), tuple(sorted(options.items())), caption, place)

    def inline(self, token: "Token") -> tuple[Inline, ...]:
        """Read the children of one inline token, neighbouring text joined."""
        if token.map:
            self._line = token.map[0] + 1
        return self._runs(token.children or [])

    def _runs(self, tokens: Sequence["Token"]) -> tuple[Inline, ...]:
        found: list[Inline] = []
        cursor = _Cursor(tokens)
        for token in cursor:
            match token.type:
                case "text" | "text_special" | "softbreak":
                    text = "\n" if token.type == "softbreak" else token.content
                    if found and isinstance(found[-1], Text):
                        text = found.pop().text + text  # type: ignore[union-attr]
                    if text:
                        found.append(Text(text))
                case "hardbreak":
                    found.append(Break())
                case "code_inline":
                    found.append(Code(token.content))
                case "em_open" | "strong_open" | "s_open":
                    found.append(Span(_STYLES[token.type], self._runs(cursor.inside())))
                case "link_open":
                    href = str(token.attrGet("href"))
                    if not _SAFE_LINK.match(href):
                        raise self.fault(
                            f"the link {href!r} is not an address", "link to http, https, mailto or #section"
                        )
                    if href.startswith("#"):
                        self._targets.append((self._line, _unquote(href[1:])))
                    found.append(
                        Link(
                            _unquote(href) if href.startswith("#") else href,
                            self._runs(cursor.inside()),
                            is_bare=token.markup == "autolink",
                        )
                    )
                case "footnote_ref":
                    found.append(self._note_ref(token))
                case "footnote_anchor":
                    pass  # each format draws its own way back
                case "image":
                    raise self.fault("an image stands in the text", "draw it as a figure directive")
                case _:
                    raise self.fault(f"{token.type} cannot be set", "write it another way")
        return self._join_lines(found)

    def _join_lines(self, runs: list[Inline]) -> tuple[Inline, ...]:
        joined: list[Inline] = []
        for run in runs:
            if isinstance(run, Text):
                if mark := _NOTE_MARK.search(run.text):
                    raise self.fault(
                        f"the note {mark[1]} is not defined", f"add a line [^{mark[1]}]: outlet, date, title, link"
                    )
                joined.append(Text(re.sub(r"[ \t]*\n[ \t]*", " ", run.text)))
            else:
                joined.append(run)
        return tuple(joined)

    def _note_ref(self, token: "Token") -> NoteRef:
        key = token.meta["id"]
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        self._labels.setdefault(key, token.meta.get("label") or f"note-{number}")
        use = self._uses.get(key, 0)
        self._uses[key] = use + 1
        return NoteRef(number, use)


def _unquote(text: str) -> str:
    """Undo the percent signs the parser puts into addresses."""
    return re.sub(
        r"(?:%[0-9A-Fa-f]{2})+", lambda m: bytes.fromhex(m[0].replace("%", "")).decode("utf-8", "replace"), text
    )


def _slug(text: str) -> str:
    """Letters and digits of any script, joined by hyphens."""
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-_") or "section"
