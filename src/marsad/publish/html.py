"""An issue to one page that needs nothing but itself: no outside address; Amiri may lie beside it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from marsad.domain.desk import Desk
from marsad.language.calendars import format_date
from marsad.publish.addresses import archive_address, issue_address
from marsad.publish.bidi import short_address
from marsad.publish.drawing import Drawing
from marsad.publish.issue import (
    Draft,
    Heading,
    Issue,
    laid_out,
)
from marsad.publish.labels import labels
from marsad.publish.markup import Setter
from marsad.publish.periods import periods

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATES = Path(__file__).parent / "templates"
FONTS = ("Amiri-Regular.ttf", "Amiri-Bold.ttf", "Amiri-Italic.ttf")
DOWNLOADS = (("pdf", "PDF"), ("epub", "EPUB"), ("docx", "Word"))  # they lie beside the page
_CITATIONS = (("bib", "BibTeX"), ("ris", "RIS"), ("json", "CSL-JSON"))
_CONTENTS_DEPTH = 3


def to_html(issue: Issue, desk: Desk, drawings: Mapping[int, Drawing]) -> str:
    """Set an issue as a page.

    Args:
        issue: what to set.
        desk: whose imprint stands on the page; its website makes the permanent address.
        drawings: the figures of the issue by the line of their directive.

    Returns:
        A whole HTML document. Notes open beside the sentence without script (``popover``) and stand again in the list
        at the end; parts of a figure tell their numbers by a few lines of script, which stand again in its table;
        column alignment ``:--`` means the side reading begins on.
    """
    front, words = issue.front, labels(issue.front.language)
    setter = Setter(issue, words, drawings)
    blocks = laid_out(issue, words.sources)
    number = setter.digits(front.number)
    return open_template("issue.html.j2").render(
        front=front,
        lang=front.language.value,
        direction="rtl" if front.language.is_rtl else "ltr",
        words=words,
        css=Markup((TEMPLATES / "style.css").read_text(encoding="utf-8")),  # noqa: S704 (our own file)
        desk_title=desk.title.get(front.language, ""),
        imprint=desk.imprint.name.get(front.language, ""),
        about=desk.imprint.about.get(front.language, ""),
        contact=_contact(desk),
        canonical=issue_address(desk, front.number, front.language),
        archive=archive_address(desk, front.language),
        files=DOWNLOADS,
        citations=_CITATIONS,
        issue_label=words.issue.format(number=number),
        title=setter.text(front.title),
        subtitle=setter.text(front.subtitle),
        periods=[setter.text(period) for period in periods(issue, words)],
        as_of=setter.text(words.as_of.format(date=format_date(front.as_of, front.language))),
        contents=[
            (block.id, block.level, setter.inline(block.children))
            for block in blocks
            if isinstance(block, Heading) and block.level <= _CONTENTS_DEPTH
        ],
        body=setter.sections(blocks),
        notes=[
            (note, setter.inline(note.children), words.note.format(number=setter.digits(note.number)))
            for note in issue.notes
        ],
        script=Markup((TEMPLATES / "figure.js").read_text(encoding="utf-8")) if drawings else "",  # noqa: S704 (ours)
        has_drafts=any(isinstance(block, Draft) for block in blocks),
    )


@cache
def open_template(name: str) -> "Template":
    """Return a template of this room; what is not marked as markup is escaped in it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


def _contact(desk: Desk) -> list[tuple[str, str]]:
    given = desk.imprint
    ways = (
        (given.website, given.website),
        (f"mailto:{given.email}", given.email),
        (f"tel:{given.phone.replace(' ', '')}", given.phone),
    )
    return [(href, short_address(shown)) for href, shown in ways if shown]
