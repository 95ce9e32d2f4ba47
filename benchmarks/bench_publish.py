"""How well and how fast an issue is published: words recovered from the PDF, seconds, memory, equal bytes.

Run: python benchmarks/bench_publish.py [issue.md …]
Without files: the samples of the tests, and about ten pages made of each.
"""

import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pypdfium2

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]

from marsad.domain.desk import Desk  # noqa: E402
from marsad.publish.figures import draw_figures  # noqa: E402
from marsad.publish.html import to_html  # noqa: E402
from marsad.publish.issue import Cell, CodeBlock, Figure, Heading, Issue, Listing, Paragraph, Table, plain  # noqa: E402
from marsad.publish.markdown import parse  # noqa: E402
from marsad.publish.pdf import to_pdf  # noqa: E402
from publish import sample  # noqa: E402


def words(text: str, *, marks: bool) -> list[str]:
    """Words of a text in comparable form; ``marks`` keeps the vowel signs."""
    text = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", " ", unicodedata.normalize("NFKC", text))
    text = re.sub("[\u200c\u200d\u0640\ufeff]", "", text)
    if not marks:
        text = "".join(char for char in text if not unicodedata.combining(char))
    return re.findall(r"[\w\u064b-\u0652]+", text)


def visible(issue: Issue) -> str:
    """The words of an issue's body as a reader of the Markdown has them, notes without their addresses."""
    parts: list[str] = []

    def walk(block: object) -> None:
        match block:
            case Paragraph(children) | Heading(children=children) | Cell(children):
                parts.append(plain(children))
            case Listing(items=items):
                for item in items:
                    for inner in item:
                        walk(inner)
            case Table(head=head, rows=rows):
                for row in (head, *rows):
                    for cell in row:
                        walk(cell)
            case CodeBlock(text):
                parts.append(text)
            case Figure(caption=caption):
                parts.append(caption)
            case _:
                for inner in getattr(block, "blocks", ()):
                    walk(inner)

    for block in issue.blocks:
        walk(block)
    parts += [re.sub(r"https?://\S+", "", plain(note.children)) for note in issue.notes]
    return re.sub(r"https?://\S+", "", "\n".join(parts))


def recovery(text: str, found: str, *, marks: bool) -> float:
    """Share of a text's words, counted with repetition, that copied text still holds."""
    wanted, got = Counter(words(text, marks=marks)), Counter(words(found, marks=marks))
    return sum((wanted & got).values()) / sum(wanted.values())


def pdftotext(pdf: bytes) -> str:
    """The text poppler copies out."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        return subprocess.run(["pdftotext", file.name, "-"], capture_output=True, check=True).stdout.decode()


def pdfium_text(pdf: bytes) -> str:
    """The text pdfium copies out."""
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def measure(name: str, markdown: str, desk: Desk, tables: dict[str, pa.Table]) -> None:
    """Print one line of figures for one issue."""
    issue = parse(markdown)
    started = time.perf_counter()
    drawings = draw_figures(issue, desk, tables)
    drawn = time.perf_counter()
    pdf = to_pdf(issue, desk, drawings, {"issue.md": markdown.encode()})
    printed = time.perf_counter()
    html = to_html(issue, desk, drawings)
    shown = time.perf_counter()
    is_equal = pdf == to_pdf(parse(markdown), desk, draw_figures(issue, desk, tables), {"issue.md": markdown.encode()})
    text = visible(issue)
    shares = [f"pdfium {recovery(text, pdfium_text(pdf), marks=False):.1%}"]
    if shutil.which("pdftotext"):
        copied = pdftotext(pdf)
        plain_share, full_share = (recovery(text, copied, marks=marks) for marks in (False, True))
        shares.append(f"pdftotext {plain_share:.1%} (with vowel signs {full_share:.1%})")
    print(
        f"{name}: {len(pypdfium2.PdfDocument(pdf))} pages, words {', '.join(shares)}; "
        f"figures {drawn - started:.2f} s, PDF {printed - drawn:.2f} s, page {shown - printed:.3f} s; "
        f"{len(pdf) // 1024} + {len(html) // 1024} KiB; bytes equal: {is_equal}"
    )


def lengthened(markdown: str, n_times: int) -> str:
    """The issue with its body repeated, heading ids kept apart: an issue of about ten pages with several figures."""
    _, front, rest = markdown.split("---\n", 2)
    cut = rest.rindex("\n## ")
    body, tail = rest[:cut], rest[cut:]
    copies = [re.sub(r"(\{#|\]\(#)([\w-]+)", rf"\g<1>\g<2>-{n}", body) for n in range(n_times)]
    return f"---\n{front}---\n" + "\n".join(copies) + tail


def main() -> None:
    """Measure the given files, or the samples."""
    desk, tables = sample.desk(), sample.tables()
    if sys.argv[1:]:
        for path in sys.argv[1:]:
            measure(path, Path(path).read_text(encoding="utf-8"), desk, tables)
    else:
        for language in sample.LANGUAGES:
            markdown = sample.markdown(language)
            measure(language, markdown, desk, tables)
            measure(f"{language}, lengthened", lengthened(markdown, 4), desk, tables)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


if __name__ == "__main__":
    main()
