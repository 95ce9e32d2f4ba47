"""The feed of new issues in one language (Atom, RFC 4287)."""

import uuid
from collections.abc import Sequence

from marsad.domain.desk import Desk
from marsad.domain.words import Language
from marsad.language.numerals import format_number
from marsad.publish.addresses import issue_address
from marsad.publish.email import summary_blocks, summary_text
from marsad.publish.html import open_template
from marsad.publish.issue import Issue
from marsad.publish.labels import labels

_NEWEST = 20


def to_feed(issues: Sequence[Issue], language: Language, desk: Desk) -> bytes:
    """Return the feed of a language's newest twenty issues, each with its summary and links to page, PDF and e-book.

    Args:
        issues: of one language, newest first, at least one.
        language: of the feed.
        desk: imprint; without a website entries have no links, as a feed needs whole addresses.

    Returns:
        An Atom document, dated by its newest issue; the same bytes for the same input.
    """
    imprint, website = desk.imprint.name.get(language, ""), desk.imprint.website.rstrip("/")
    words = labels(language)
    entries = []
    for front, summary in ((issue.front, summary_blocks(issue)) for issue in issues[:_NEWEST]):
        address = issue_address(desk, front.number, language)
        number = format_number(front.number, language, grouping=False)
        entries.append(
            {
                "id": address or _name(f"{imprint}/{front.number}/{language}"),
                "address": address,
                "stem": address.removesuffix(".html"),
                "title": f"{words.issue.format(number=number)}: {front.title}",
                "day": f"{front.as_of.isoformat()}T00:00:00Z",
                "authors": front.authors,
                "text": summary_text(summary, words.draft) or front.subtitle or front.title,
            }
        )
    return (
        open_template("feed.xml.j2")
        .render(
            lang=language.value,
            id=f"{website}/feed.{language}.xml" if website else _name(f"{imprint}/{language}"),
            title=" · ".join(part for part in (imprint, desk.title.get(language, "")) if part),
            imprint=imprint,
            email=desk.imprint.email,
            website=website,
            entries=entries,
        )
        .encode()
    )


def _name(of: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, of).urn
