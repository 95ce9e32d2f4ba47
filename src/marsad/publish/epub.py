"""An issue as an EPUB 3 book: one text, one style, the faces, pages turning the way the language is read."""

import uuid
from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from marsad.domain.desk import Desk
from marsad.publish.drawing import Drawing
from marsad.publish.html import TEMPLATES, open_template
from marsad.publish.issue import Heading, Issue, NoteRef, laid_out
from marsad.publish.labels import labels
from marsad.publish.markup import Setter
from marsad.publish.packing import pack
from marsad.publish.periods import periods

FACES = ("Amiri-Regular.ttf", "Amiri-Bold.ttf")
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def to_epub(issue: Issue, desk: Desk, drawings: Mapping[int, Drawing]) -> bytes:
    """Set an issue as an e-book.

    Args:
        issue: what to set.
        desk: whose imprint stands on its first page.
        drawings: the figures of the issue by the line of their directive.

    Returns:
        An EPUB 3 file, the same bytes for the same input; its identifier follows from imprint, number and language.
    """
    import fontpkg_amiri

    front, words = issue.front, labels(issue.front.language)
    setter = _BookSetter(issue, words, drawings)
    blocks = laid_out(issue, words.sources)
    imprint = desk.imprint.name.get(front.language, "")
    given = {
        "front": front,
        "lang": front.language.value,
        "direction": "rtl" if front.language.is_rtl else "ltr",
        "words": words,
        "imprint": imprint,
        "authors": front.authors or (imprint,),
        "identifier": uuid.uuid5(uuid.NAMESPACE_URL, f"{imprint}/{front.number}/{front.language}").urn,
        "issue_label": words.issue.format(number=setter.digits(front.number)),
        "title": setter.text(front.title),
        "subtitle": setter.text(front.subtitle),
        "periods": [setter.text(period) for period in periods(issue, words)],
        "sections": [(b.id, setter.inline(b.children)) for b in blocks if isinstance(b, Heading) and b.level == 2],
        "body": setter.sections(blocks),
        "has_svg": bool(drawings),
        "faces": FACES,
    }
    files = {
        f"EPUB/{name}": open_template(f"{name}.j2").render(given).encode()
        for name in ("package.opf", "nav.xhtml", "issue.xhtml")
    }
    files["EPUB/book.css"] = (TEMPLATES / "book.css").read_bytes()
    files |= {f"EPUB/{name}": (Path(fontpkg_amiri.ROOT) / "files" / name).read_bytes() for name in FACES}
    book = {"mimetype": b"application/epub+zip", "META-INF/container.xml": _CONTAINER.encode(), **files}
    return pack(book, front.as_of, first_unpressed=True)


class _BookSetter(Setter):
    """Notes are links a reader opens in place; drawings keep their own colours."""

    follows_theme = False

    def note_ref(self, ref: NoteRef, *, follows: bool) -> Markup:
        """Return the mark of a note as a reading system knows it."""
        return Markup(
            '<sup>{before}<a epub:type="noteref" role="doc-noteref" id="ref-{n}-{use}"'
            ' href="#note-{n}">{shown}</a></sup>'
        ).format(before=self.separator if follows else "", n=ref.number, use=ref.use, shown=self.digits(ref.number))
