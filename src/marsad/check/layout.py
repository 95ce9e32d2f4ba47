"""From raw characters to blocks: Markdown issues by their marks, plain bulletins by their shape."""

import re
from dataclasses import replace
from difflib import SequenceMatcher

from marsad.binding import masked, metadata
from marsad.check.lexicon import phrases
from marsad.check.markdown import markdown_blocks
from marsad.check.reading import Block, Entry, Kind, Text
from marsad.domain.words import Language
from marsad.language.detect import identify
from marsad.language.script import fold

_PAGE_FIRST = re.compile(r"[ \t]*(?:[-*•–][ \t]*)?(?P<page>\d{1,3})[ \t]*[.…·_]{2,}[ \t.…·_]*(?P<title>\S.*?)[ \t]*$")
_PAGE_LAST = re.compile(
    r"[ \t]*(?:[-*•–][ \t]*)?(?P<title>\S.*?)[ \t]*(?:[.…·_]{3,}|(?:\. ){3,}|\t+)[ \t.…·_]*(?P<page>\d{1,3})[ \t]*$"
)
_ITEM = re.compile(r"\s*(?:[-*•▪●–]\s+|\(?\d{1,2}[.)\-]\s+|[^\W\d_][.)]\s+)")
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\bwww\.|https?://|\+\d{8,}|\(#\)")
_STOP = re.compile(r"[.!?؟…۔:؛;،,][\"»”’)\]]*[¹²³⁰⁴-⁹ⁱᵛˣ\[\]\d^]*$")
_LETTERS = re.compile(r"[^\W\d_]")
ROLES = ("introduction", "summary", "conclusion", "recommendations", "sources", "contents", "scorecard")
_LONG = 20  # words: a paragraph, not a title
_LINE = tuple[int, int]


def read(raw: str, *, is_markdown: bool | None = None, language: Language | None = None) -> Text:
    r"""Parse a text; its kind and main language are told from it where not given.

    >>> text = read("# Title\n\nRussia and Iran met on 3 May 2026.\n")
    >>> text.is_markdown, text.language.value, len(text.sentences)
    (True, 'en', 1)
    """
    source, raw = raw, masked(raw)
    if is_markdown is None:
        is_markdown = bool(re.search(r"^(?:#{1,6} |:::|---\n)", raw, re.MULTILINE))
    main = language or _main_language(raw)
    entries = [] if is_markdown and not re.search(r"\.{4,}", raw) else _entries(raw)
    blocks = markdown_blocks(raw, main) if is_markdown else _plain_blocks(raw, main, entries)
    blocks = [replace(block, language=_language(raw[block.start : block.end], main)) for block in blocks]
    numbered, titles = _sections(raw, blocks)
    return Text(raw, source, main, is_markdown, tuple(numbered), tuple(entries), tuple(titles), metadata(raw))


def role_of(title: str, language: Language, section_id: str = "") -> str:
    """Return the role a heading announces, "" for an ordinary one.

    >>> role_of("الخاتمة", Language.AR), role_of("Sources and notes", Language.EN)
    ('conclusion', 'sources')
    """
    if section_id in ROLES:
        return section_id
    plain = fold(title).strip(" .:،-")
    if language is Language.AR:
        plain = plain.removeprefix("ال")
    for role in ROLES:
        for listed in phrases(f"section_{role}", language):
            name = listed.removeprefix("ال") if language is Language.AR else listed
            if plain == name or (plain.startswith(name + " ") and len(plain.split()) <= len(name.split()) + 3):
                return role
    return ""


def _main_language(raw: str) -> Language:
    """Return the language of a sample from the middle."""
    middle = len(raw) // 2
    sample = raw if len(raw) < 3000 else raw[middle - 1500 : middle + 1500]
    return identify(sample) or _language(sample, Language.EN)


def _language(text: str, main: Language) -> Language:
    """Return the language of a block: the main one unless its script says otherwise."""
    letters = _LETTERS.findall(text)
    if not letters:
        return main
    n_arabic = sum("\u0600" <= letter <= "\u06ff" for letter in letters)
    n_cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in letters)
    if n_arabic * 2 >= len(letters):
        if main.is_rtl and len(text) < 200:
            return main
        return identify(text) or (main if main.is_rtl else Language.AR)
    if n_cyrillic * 2 >= len(letters):
        return Language.RU
    return Language.EN


def _sections(raw: str, blocks: list[Block]) -> tuple[list[Block], list[tuple[str, str]]]:
    titles: list[tuple[str, str]] = []
    numbered = []
    for block in blocks:
        if block.kind is Kind.HEADING:
            line = raw[block.start : block.end]
            found = re.search(r"\s*\{#([\w-]+)[^}]*\}\s*$", line)
            title = line[: found.start()] if found else line
            title = re.sub(r"^#{1,6}\s+", "", title).strip(" *")
            titles.append((title, role_of(title, block.language, found[1] if found else "")))
        numbered.append(replace(block, section=len(titles)))
    return numbered, titles


def _entries(raw: str) -> list[Entry]:
    """Return the contents: three or more lines that join a title and a page by a leader."""
    found = []
    for match in re.finditer(r"[^\n]+", raw):
        page_first = _PAGE_FIRST.match(match[0])
        line = page_first or _PAGE_LAST.match(match[0])
        if line and _LETTERS.search(line["title"]):
            indent = len(match[0]) - len(match[0].lstrip())
            title = (match.start() + line.start("title"), match.start() + line.end("title"))
            found.append(Entry(match.start(), match.end(), title, line["page"], page_first is not None, indent))
    return found if len(found) >= 3 else []


def _plain_blocks(raw: str, main: Language, entries: list[Entry]) -> list[Block]:
    """Blocks of a text without marks: cover, contents, headings, paragraphs, sources, imprint."""
    chunks = _chunks(raw, main, [fold(raw[slice(*entry.title)]).strip(" .") for entry in entries])
    body_start = entries[-1].end if entries else _body_start(raw, chunks, main)
    blocks: list[Block] = []
    state = "body"
    for at, chunk in enumerate(chunks):
        text = raw[chunk[0] : chunk[1]]
        if chunk[0] < body_start:
            kind = Kind.CONTENTS if entries and chunk[0] >= entries[0].start else Kind.FRONT
        elif state != "imprint" and _is_heading(raw, chunks, at, main, entries):
            kind = Kind.HEADING
            state = "sources" if role_of(text, main) == "sources" else "body"
        elif state == "sources" and _is_source(text, is_first=blocks[-1].kind is Kind.HEADING):
            kind = Kind.SOURCE
        elif state in {"sources", "imprint"} or _is_contact(text, main):
            kind, state = Kind.IMPRINT, "imprint"
        else:
            kind = Kind.ITEM if _ITEM.match(text) else Kind.PROSE
        blocks.append(Block(chunk[0], chunk[1], kind, main, 0))
    return blocks


def _chunks(raw: str, main: Language, titles: list[str]) -> list[_LINE]:
    """Paragraphs: runs of lines, cut at list items and at lines that are headings of the contents."""
    chunks: list[_LINE] = []
    is_open = False
    for match in re.finditer(r"[^\n]*(?:\n|$)", raw):
        line = match[0].strip()
        if not line:
            is_open = False
            continue
        start = match.start() + match[0].index(line)
        alone = fold(line).strip(" .") in titles or role_of(line, main) != ""
        is_leader = bool(_PAGE_FIRST.match(line) or _PAGE_LAST.match(line))
        if is_open and not alone and not is_leader and not _ITEM.match(line):
            chunks[-1] = (chunks[-1][0], start + len(line))
        else:
            chunks.append((start, start + len(line)))
        is_open = not alone and not is_leader
    return chunks


def _n_words(text: str) -> int:
    return len(text.split())


def _body_start(raw: str, chunks: list[_LINE], main: Language) -> int:
    """Where the cover ends when there are no contents: at the heading before the first long paragraph."""
    for at, (start, end) in enumerate(chunks):
        if role_of(raw[start:end], main) == "introduction":
            return start
        if _n_words(raw[start:end]) >= _LONG:
            before = chunks[at - 1] if at else None
            return before[0] if before and at > 1 and not _STOP.search(raw[before[0] : before[1]]) else start
    return 0


def _is_heading(raw: str, chunks: list[_LINE], at: int, main: Language, entries: list[Entry]) -> bool:
    start, end = chunks[at]
    text = raw[start:end]
    if "\n" in text or _n_words(text) > _LONG or _CONTACT.search(text):
        return False
    if role_of(text, main):
        return True
    if _STOP.search(text) and not text.endswith(("؟", "?")):
        return False
    if any(is_near(text, raw[slice(*entry.title)]) for entry in entries):
        return True
    following = raw[slice(*chunks[at + 1])] if at + 1 < len(chunks) else ""
    is_short = _n_words(text) <= (7 if entries else 14)
    is_between = at == 0 or bool(_STOP.search(raw[slice(*chunks[at - 1])]))
    return is_short and is_between and not _ITEM.match(text) and _n_words(following) > 5


def is_near(one: str, other: str) -> bool:
    """Tell whether two titles are the same or slips of one another.

    >>> is_near("Rise of the Russian relation", "Rice of the Russian relation"), is_near("Conclusion", "Sources")
    (True, False)
    """
    a, b = fold(one).strip(" .:"), fold(other).strip(" .:")
    if a == b:
        return True
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.real_quick_ratio() > 0.8 and matcher.ratio() > 0.8


def _is_source(text: str, *, is_first: bool) -> bool:
    if re.search(r"[\w.+-]+@[\w-]+\.\w", text) or re.match(r"[^:\n]{0,30}:\s*(?:\+|www\.)", text):
        return False
    labelled = re.match(r"\s*(?:[-*•–]|\[?\^?\d|[⁰¹²³⁴-⁹ⁱᵛˣ]|\(?\w{1,4}[.)])", text)
    return is_first or bool(labelled) or "http" in text or "](" in text


def _is_contact(text: str, main: Language) -> bool:
    folded = fold(text)
    return _n_words(text) <= 12 and (
        bool(_CONTACT.search(text)) or any(folded.startswith(name) for name in phrases("contact", main))
    )
