"""The readable characters of a .md, .txt, .docx or .pdf file."""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

from marsad.errors import BadInput

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_BYTES = 60_000_000  # of one part of a .docx: beyond it the file is no bulletin


def read_file(path: Path) -> str:
    """Return a file's text: Markdown and plain text as they stand, Word as Markdown-like lines, PDF as plain lines.

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
        paragraphs = _part(archive, "word/document.xml").iter(f"{_W}p")
        lines = [_paragraph(paragraph) for paragraph in paragraphs]
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
    for note in _part(archive, "word/footnotes.xml").iter(f"{_W}footnote"):
        if note.get(f"{_W}type") is None:
            words = " ".join(_paragraph(paragraph) for paragraph in note.iter(f"{_W}p")).strip()
            found.append(f"[^{note.get(f'{_W}id')}]: {words}")
    return found


def _paragraph(paragraph: ET.Element) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = style.get(f"{_W}val", "") if style is not None else ""
    heading = re.fullmatch(r"[Hh]eading\s?([1-6])", name)
    pieces = []
    for node in paragraph.iter():
        if node.tag == f"{_W}t":
            pieces.append(node.text or "")
        elif node.tag in {f"{_W}tab", f"{_W}br"}:
            pieces.append("\t" if node.tag == f"{_W}tab" else "\n")
        elif node.tag == f"{_W}footnoteReference":
            pieces.append(f"[^{node.get(f'{_W}id')}]")
    is_item = paragraph.find(f"{_W}pPr/{_W}numPr") is not None and heading is None
    prefix = "#" * int(heading[1]) + " " if heading else "- " if is_item else ""
    text = "".join(pieces)
    return prefix + text if text.strip() else ""


def _pdf(path: Path) -> str:
    import pypdfium2

    if not path.exists():
        raise FileNotFoundError(path)
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise BadInput(str(path), f"not a readable PDF ({error})", "print it to PDF again") from error
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return "\n\n".join(page.replace("\r\n", "\n").replace("\ufffe", "") for page in pages) + "\n"
