# ruff: noqa: ARG001, E501 - one signature for all rules; a docstring states the fault; patterns stay unbroken
"""Who publishes, and how to reach them."""

import re
from collections.abc import Iterator

from marsad.check.context import Context
from marsad.check.finding import Level, Mark, rule
from marsad.check.reading import Kind, Text
from marsad.domain.words import Language

_CONTACT = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(?P<site>(?<![\w/@.])(?:https?://)?www\.[\w-]+(?:\.[\w-]+)+[\w/.-]*)|(?P<tel>(?<![\w/])\+\d[\d ()-]{6,}\d)"
)
_FORMS = {"mail": "mailto:", "site": "https://", "tel": "tel:"}


@rule("bare-contact", Level.WARN)
def bare_contact(text: Text, context: Context) -> Iterator[Mark]:
    """An e-mail, site or telephone number as plain text: nobody can press it, and in right-to-left text it is turned."""
    for block in text.of(Kind.PROSE, Kind.ITEM, Kind.IMPRINT):
        for match in _CONTACT.finditer(text.raw, block.start, block.end):
            before = text.raw[max(block.start, match.start() - 12) : match.start()]
            if re.search(r"(?:<|\]\(|mailto:|tel:|https?://)[^\s>)]*$|\[$", before):
                continue
            form = _FORMS[match.lastgroup or "site"]
            yield Mark(match.start(), match.end(), f"Make it a {form} link, and isolate it left to right.")


@rule("language-of-part", Level.INFO)
def language_of_part(text: Text, context: Context) -> Iterator[Mark]:
    """A line in another script than the text's: mark its language, so that it is read aloud and hyphenated rightly."""
    if not text.language.is_rtl:
        return
    for block in text.of(Kind.PROSE, Kind.IMPRINT, Kind.HEADING, Kind.FRONT):
        for line in re.finditer(r"[^\n]+", text.slice(block)):
            words = line[0].strip()
            n_latin, n_cyrillic = (len(re.findall(letters, words)) for letters in (r"[A-Za-z]{2,}", r"[А-яЁё]{2,}"))
            is_foreign = max(n_latin, n_cyrillic) >= 3 and not re.search(r"[\u0620-\u06ff]", words)
            if is_foreign and not re.search(r"lang=|https?://|@|^---", words):
                start = block.start + line.start() + line[0].index(words)
                language = Language.EN if n_latin >= n_cyrillic else Language.RU
                yield Mark(start, start + len(words), f"Mark this line as {language} (lang attribute).")


@rule("no-publication-metadata", Level.WARN)
def no_publication_metadata(text: Text, context: Context) -> Iterator[Mark]:
    """An issue without author, editor, identifier or licence: it can be neither cited nor answered."""
    missing = [name for name in ("author", "editor", "identifier", "licence") if not _has_metadata(text, name)]
    if len(missing) < 3 or text.front_matter:
        return
    covers = text.of(Kind.FRONT, Kind.IMPRINT)
    place = next((block for block in covers if text.has("issue_number", block)), None)
    if place:
        yield Mark(
            place.start, place.end, f"Missing: {', '.join(missing)}; also publication date and corrections notice."
        )


def _has_metadata(text: Text, name: str) -> bool:
    return any(text.has(f"meta_{name}", block) for block in text.of(Kind.FRONT, Kind.IMPRINT))


@rule("no-author", Level.WARN)
def no_author(text: Text, context: Context) -> Iterator[Mark]:
    """An issue's front matter without an author: judgements have no one to answer for them."""
    if text.front_matter and "authors" in text.front_matter and not text.front_matter["authors"]:
        start = text.raw.find("authors:")
        yield Mark(start, text.raw.find("\n", start), "Name the analyst who answers for this issue.")


@rule("open-question", Level.WARN)
def open_question(text: Text, context: Context) -> Iterator[Mark]:
    """A space left to the analyst that nobody has filled."""
    for block in text.blocks:
        if block.container == "analyst" and block.kind in {Kind.PROSE, Kind.ITEM}:
            yield Mark(block.start, block.end, "Left to the analyst: answer it, or take the space out.")


@rule("unaccepted-draft", Level.INFO)
def unaccepted_draft(text: Text, context: Context) -> Iterator[Mark]:
    """A machine-made passage no analyst has accepted yet: it is published with a mark."""
    for match in re.finditer(r"^:::+\s*\{?draft\}?\s*$", text.raw, re.MULTILINE):
        yield Mark(match.start(), match.end(), "Machine-made: read it against its notes, then accept or rewrite it.")
