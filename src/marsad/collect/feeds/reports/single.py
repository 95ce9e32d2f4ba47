"""Files that are one report each: Markdown with front matter, plain text with front lines, PDF."""

import re
from datetime import date

from marsad.collect.feeds.reports.record import FIELDS, Record, SetAside

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"\A\s*#[ \t]+(.+?)[ \t#]*(?:\n|\Z)")
_FRONT_LINE = re.compile(r"([^\W\d_]+(?: [^\W\d_]+)?)\s*[:：]\s*(\S.*)")
_NAME_DATE = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")

# What a front line may be called, in our five languages.
_FRONT_NAMES = {
    "date": ("date", "published", "التاريخ", "تاریخ", "نېټه", "نیټه", "дата"),
    "outlet": ("outlet", "source", "publisher", "المصدر", "منبع", "سرچینه", "источник"),
    "url": ("url", "link", "الرابط", "لینک", "پیوند", "ссылка"),
    "language": ("language", "اللغة", "زبان", "ژبه", "язык"),
    "title": ("title", "العنوان", "عنوان", "سرلیک", "заголовок"),
}
_FIELD_OF = {word: name for name, words in _FRONT_NAMES.items() for word in words}


def markdown(text: str, file_name: str, raw: bytes) -> Record | SetAside:
    """Return the record of a Markdown file: its YAML front matter, and the body as text.

    The title is the front matter's, else the first line if it is a first-level heading.
    """
    import yaml  # only for Markdown

    text = text.replace("\r\n", "\n")
    fields: dict[str, object] = {}
    if match := _FRONT_MATTER.match(text):
        try:
            loaded = yaml.safe_load(match[1] or "") or {}
        except (yaml.YAMLError, ValueError, RecursionError) as error:  # a date such as 2026-13-45 is a ValueError
            return SetAside("bad-front-matter", f"the front matter is not YAML ({str(error).splitlines()[0]})")
        if not isinstance(loaded, dict):
            return SetAside("bad-front-matter", "the front matter is not a list of 'name: value' lines")
        fields = {str(name).strip().lower(): value for name, value in loaded.items()}
        text = text[match.end() :]
    if not fields.get("title") and (heading := _HEADING.match(text)):
        fields["title"] = heading[1]
        text = text[heading.end() :]
    return Record({**_dated_by_name(fields, file_name), "text": text}, 0, raw)


def plain(text: str, file_name: str, raw: bytes) -> Record:
    r"""Return the record of a plain text: a title line, front lines such as ``Date: 2026-05-28``, then the text.

    Front lines may be written in any of the five languages and end at the first line that is none.

    >>> plain("A pact\nOutlet: Amu\nDate: 2026-05-28\n\nIt was signed.", "a.txt", b"").fields
    {'title': 'A pact', 'outlet': 'Amu', 'date': '2026-05-28', 'text': 'It was signed.'}
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    fields: dict[str, object] = {}
    at = 0
    while at < len(lines) and len(fields) < len(FIELDS):
        line = lines[at].strip()
        named = _front_line(line)
        if named is not None:
            fields.setdefault(*named)
        elif line and "title" not in fields and len(lines) > 1:
            fields["title"] = line
        elif line:
            break
        at += 1
    return Record({**_dated_by_name(fields, file_name), "text": "\n".join(lines[at:]).strip()}, 0, raw)


def pdf(raw: bytes, file_name: str) -> Record | SetAside:
    """Return the record of a PDF: its pages' text, read as a plain text is; its metadata may give the title."""
    import pypdfium2  # heavy

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        return SetAside("bad-pdf", f"not a PDF that can be opened ({error})")
    try:
        pages = [_page_text(document[n]) for n in range(len(document))]
        title = document.get_metadata_value("Title").strip()
    finally:
        document.close()
    text = "\n".join(pages)
    if not text.strip():
        return SetAside("no-text", f"no text on its {len(pages)} pages: perhaps a scan")
    record = plain(text, file_name, raw)
    if not title:
        return record
    return Record({**record.fields, "title": title, "text": text.strip()}, 0, raw)


def _page_text(page: object) -> str:
    text_page = page.get_textpage()  # type: ignore[attr-defined]  # pypdfium2 ships no types
    try:
        return str(text_page.get_text_bounded()).replace("\r\n", "\n")
    finally:
        text_page.close()


def _front_line(line: str) -> tuple[str, object] | None:
    match = _FRONT_LINE.fullmatch(line)
    name = _FIELD_OF.get(match[1].lower()) if match else None
    return (name, match[2].strip()) if match and name else None


def _dated_by_name(fields: dict[str, object], file_name: str) -> dict[str, object]:
    """Where the text bears no date, one in the file's name stands in, marked as estimated."""
    if any(fields.get(name) for name in ("date", "published", "published_at")):
        return fields
    if match := _NAME_DATE.search(file_name):
        try:
            day = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return fields
        return {**fields, "date": day, "published_estimated": True}
    return fields
