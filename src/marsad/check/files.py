"""The readable characters of a .md, .txt, .docx or .pdf file."""

import re
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

from marsad.errors import BadInput

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MOST_BYTES = 60_000_000  # of one part of a .docx: beyond it the file is no bulletin
_FENCED = {"Machinedraft": "draft", "Fortheanalyst": "analyst", "Title": "cover", "Subtitle": "cover"}
_HEADING_STYLE = re.compile(r"[Hh]eading\s?([1-6])$")
_BETWEEN_MARKS = re.compile(r"(?<=\])[,،]\s?(?=\[\^)")
_OURS = re.compile(r"issue\.(?:ar|en|fa|ps|ru)\.md")  # a PDF we published carries its own source
_EDGE, _FEWEST_PAGES = (
    2,
    2,
)  # lines looked at on either edge of a page; a running line stands on so many, and on a third


def read_file(path: Path) -> str:
    """Return a file's text: Markdown and plain text as they stand, Word as Markdown, PDF as plain lines.

    Of a PDF that Marsad published the Markdown it carries is read: what its author wrote, and no guess at it.

    Raises:
        BadInput: missing, of another kind, or damaged.
    """
    try:
        match path.suffix.lower():
            case ".md" | ".txt" | ".markdown":
                return path.read_text("utf-8-sig").replace("\r\n", "\n")
            case ".docx":
                return _docx(path)
            case ".pdf":
                return _pdf(path)
    except FileNotFoundError as error:
        raise BadInput(str(path), "there is no such file", "name an existing .md, .txt, .docx or .pdf") from error
    except UnicodeDecodeError as error:
        raise BadInput(str(path), f"not UTF-8 text (byte {error.start})", "save it as UTF-8") from error
    except (zipfile.BadZipFile, ET.ParseError, KeyError) as error:
        raise BadInput(str(path), f"not a readable Word file ({error})", "open and save it again in Word") from error
    raise BadInput(str(path), f"files of kind {path.suffix or 'none'} are not read", "use .md, .txt, .docx or .pdf")


def _docx(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        notes = _notes(archive)
        reader = _Word(_links(archive))
        body = _part(archive, "word/document.xml").find(f"{_W}body")
        lines = reader.lines(body if body is not None else ET.Element("none"))
    return "\n\n".join(line for line in [*lines, *notes] if line.strip()) + "\n"


def _part(archive: zipfile.ZipFile, name: str) -> ET.Element:
    if archive.getinfo(name).file_size > _MOST_BYTES:
        raise KeyError(f"{name} is larger than {_MOST_BYTES} bytes")
    content = archive.read(name)
    if b"<!DOCTYPE" in content:
        raise KeyError(f"{name} declares entities")
    return ET.fromstring(content)  # noqa: S314 - entities were refused above


def _notes(archive: zipfile.ZipFile) -> list[str]:
    if "word/footnotes.xml" not in archive.namelist():
        return []
    found = []
    reader = _Word({})
    for note in _part(archive, "word/footnotes.xml").iter(f"{_W}footnote"):
        if note.get(f"{_W}type") is None:
            words = " ".join(reader.words(paragraph) for paragraph in note.iter(f"{_W}p")).strip()
            found.append(f"[^{note.get(f'{_W}id')}]: {words}")
    return found


def _links(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the addresses hyperlinks lead to, by their relation's id."""
    name = "word/_rels/document.xml.rels"
    if name not in archive.namelist():
        return {}
    return {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in _part(archive, name)
        if relation.get("TargetMode") == "External"
    }


class _Word:
    """Paragraphs and tables of a Word file as lines of Markdown."""

    def __init__(self, links: dict[str, str]) -> None:
        self._links = links

    def lines(self, body: ET.Element) -> list[str]:
        """Return one line or table for each child; what Marsad set as machine's or cover is fenced as such."""
        found: list[str] = []
        fence = ""
        for child in body:
            style = _style(child)
            wanted = _FENCED.get(style, "") or ("cover" if fence == "cover" and not _HEADING_STYLE.match(style) else "")
            is_tag = wanted in {"draft", "analyst"} and child.tag == f"{_W}p" and _is_bold(child)
            if fence and (wanted != fence or is_tag):
                found.append(":::")
                fence = ""
            if wanted and not fence and self._line(child).strip():
                found.append(f":::{{{wanted}}}")
                fence = wanted
            if not is_tag:
                found.append(self._line(child))
        return [*found, ":::"] if fence else found

    def _line(self, child: ET.Element) -> str:
        if child.tag == f"{_W}tbl":
            return self._table(child)
        return self._paragraph(child) if child.tag == f"{_W}p" else ""

    def _table(self, table: ET.Element) -> str:
        rows = [
            [
                " ".join(self.words(paragraph) for paragraph in cell.iter(f"{_W}p")).strip()
                for cell in row.iter(f"{_W}tc")
            ]
            for row in table.iter(f"{_W}tr")
        ]
        return "\n".join(f"| {' | '.join(cells)} |" for cells in rows if cells)

    def _paragraph(self, paragraph: ET.Element) -> str:
        text, style = self.words(paragraph), _style(paragraph)
        if not text.strip():
            return ""
        if style == "Note" and (number := re.match(r"\s*(\d+)[.)]\s*", text)):
            return f"[^{int(number[1])}]: {text[number.end() :]}"
        heading = _HEADING_STYLE.match(style)
        is_item = paragraph.find(f"{_W}pPr/{_W}numPr") is not None and heading is None
        return ("#" * int(heading[1]) + " " if heading else "- " if is_item else "") + text

    def words(self, paragraph: ET.Element) -> str:
        """Return a paragraph's characters: note marks and links as Markdown has them."""
        pieces = []
        for node in paragraph:
            if node.tag == f"{_W}hyperlink":
                text = "".join(_run_text(run) for run in node.iter(f"{_W}r"))
                target = self._links.get(node.get(f"{_R}id", ""), "")
                is_address = bool(target) and " " not in text.strip() and "." in text
                pieces.append(f"<{target}>" if is_address else f"[{text}]({target})" if target else text)
            elif node.tag != f"{_W}pPr":
                pieces += [_run_text(run) for run in ([node] if node.tag == f"{_W}r" else node.iter(f"{_W}r"))]
        text = "".join(pieces)
        return _BETWEEN_MARKS.sub("", text)


def _style(node: ET.Element) -> str:
    found = node.find(f"{_W}pPr/{_W}pStyle")
    return found.get(f"{_W}val", "") if found is not None else ""


def _is_bold(paragraph: ET.Element) -> bool:
    runs = [run for run in paragraph.iter(f"{_W}r") if _run_text(run).strip()]
    return bool(runs) and all(run.find(f"{_W}rPr/{_W}b") is not None for run in runs)


def _run_text(run: ET.Element) -> str:
    """Return a run's characters; digits set high are note marks."""
    pieces = []
    for node in run:
        if node.tag == f"{_W}t":
            pieces.append(node.text or "")
        elif node.tag in {f"{_W}tab", f"{_W}br"}:
            pieces.append("\t" if node.tag == f"{_W}tab" else "\n")
        elif node.tag == f"{_W}footnoteReference":
            pieces.append(f"[^{node.get(f'{_W}id')}]")
    text = "".join(pieces)
    raised = run.find(f"{_W}rPr/{_W}vertAlign")
    if raised is not None and raised.get(f"{_W}val") == "superscript" and text.strip().isdigit():
        return f"[^{int(text)}]"
    return text


def _pdf(path: Path) -> str:
    import pypdfium2

    if not path.exists():
        raise FileNotFoundError(path)
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise BadInput(str(path), f"not a readable PDF ({error})", "print it to PDF again") from error
    try:
        for number in range(document.count_attachments()):
            attached = document.get_attachment(number)
            if _OURS.fullmatch(attached.get_name()):
                return bytes(attached.get_data()).decode("utf-8").replace("\r\n", "\n")
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    clean = [page.replace("\r\n", "\n").replace("\ufffe", "") for page in pages]
    return "\n\n".join(without_running_lines(clean)) + "\n"


def without_running_lines(pages: list[str]) -> list[str]:
    """Leave out what stands at the head or foot of page after page, and page numbers alone on their line."""
    split = [[line for line in page.split("\n") if line.strip()] for page in pages]
    edges = [{_numberless(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])} for lines in split]
    counts = Counter(edge for page in edges for edge in page)
    running = {line for line, n in counts.items() if n >= _FEWEST_PAGES and 3 * n >= len(pages)}
    kept = []
    for page in pages:
        lines = page.split("\n")
        filled = [n for n, line in enumerate(lines) if line.strip()]
        at_edge = {*filled[:_EDGE], *filled[-_EDGE:]}
        kept.append(
            "\n".join(line for n, line in enumerate(lines) if not (n in at_edge and _numberless(line) in running))
        )
    return kept


def _numberless(line: str) -> str:
    """A line without its digits: a running head differs from page to page by the page's number alone."""
    return re.sub(r"\d+", "", line).strip()
