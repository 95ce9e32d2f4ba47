"""How well and how fast an issue is published: words recovered from the PDF, seconds, memory, equal bytes.

Run: python benchmarks/bench_publish.py [issue.md …]
Without files: the samples of the tests, and about ten pages made of each.

Run: python benchmarks/bench_publish.py race [language]
One issue of ten pages or more with four figures, each way in a process of its own, modules loaded within the time: PDF
by Typst, all formats, and the same text by WeasyPrint (its Python named by MARSAD_WEASYPRINT) and by pandoc with
XeLaTeX where they are there.
"""

import os
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
from marsad.publish.pdf import to_pdf, to_picture  # noqa: E402
from marsad.publish.render import render  # noqa: E402
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


WEASYPRINT = """
import sys, time
wall, cpu = time.perf_counter(), time.process_time()
from weasyprint import HTML
HTML(sys.argv[1]).write_pdf(sys.argv[2])
print(time.perf_counter() - wall, time.process_time() - cpu)
"""
KINDS = ("relation", "movers", "calibration", "network")


def long_issue(language: str) -> str:
    """A sample made ten pages long, with one figure of each of four kinds."""
    text = re.sub(r":::\{figure\}.*?:::\n", "", lengthened(sample.markdown(language), 5), flags=re.DOTALL)
    first, *sections = text.split("\n## ")
    placed = [
        section + (f"\n\n:::{{figure}} {KINDS[n]}\n:::\n" if n < len(KINDS) else "")
        for n, section in enumerate(sections)
    ]
    return "\n## ".join([first, *placed])


def child(what: str, language: str, folder: Path) -> None:
    """Do one thing in a fresh process and print its seconds: on the clock, and of the processor."""
    text, desk, tables = long_issue(language), sample.desk(), sample.tables()
    issue = parse(text)
    drawings = draw_figures(issue, desk, tables) if what != "all" else {}
    wall, cpu = time.perf_counter(), time.process_time()
    if what == "typst":
        (folder / "typst.pdf").write_bytes(to_pdf(issue, desk, drawings, {}))
    elif what == "all":
        for name, content in render(text, desk=desk, tables=tables).items():
            (folder / name).write_bytes(content)
    print(time.perf_counter() - wall, time.process_time() - cpu)
    if what == "typst":
        (folder / "issue.html").write_text(to_html(issue, desk, drawings), encoding="utf-8")
        pictures = iter(drawings.items())

        def picture(_match: re.Match[str]) -> str:
            line, drawing = next(pictures)
            (folder / f"{line}.png").write_bytes(to_picture(drawing))
            return f"![{drawing.title}]({line}.png)\n"

        plain_text = re.sub(r":::\{figure\}.*?:::\n", picture, text.split("---\n", 2)[2], flags=re.DOTALL)
        (folder / "issue.md").write_text(re.sub(r":::.*\n", "\n", plain_text), encoding="utf-8")


def race(language: str, n_times: int = 3) -> None:
    """Print the best of some runs of each way."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own = [sys.executable, __file__, "child"]
        ways: dict[str, list[str]] = {"Typst, the PDF": [*own, "typst"], "all formats, figures drawn": [*own, "all"]}
        ways = {way: [*command, language, name] for way, command in ways.items()}
        if python := os.environ.get("MARSAD_WEASYPRINT"):
            ways["WeasyPrint, the PDF"] = [python, "-c", WEASYPRINT, str(folder / "issue.html"), str(folder / "w.pdf")]
        if shutil.which("pandoc") and shutil.which("xelatex"):
            settings = ("dir=rtl" if language != "en" else "dir=ltr", f"lang={language}", "mainfont=Amiri")
            given = [part for setting in settings for part in ("-V", setting)]
            ways["pandoc and XeLaTeX, the PDF"] = [
                "pandoc", str(folder / "issue.md"), "-o", str(folder / "x.pdf"), "--pdf-engine=xelatex", "--toc",
                *given,
            ]  # fmt: skip
        first = 0.0
        for way, command in ways.items():
            runs = []
            for _ in range(n_times):
                before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
                ran = subprocess.run(command, capture_output=True, check=True, cwd=name)
                after = resource.getrusage(resource.RUSAGE_CHILDREN)
                spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
                said = ran.stdout.decode().split()
                runs.append((float(said[1]), float(said[0])) if said else (spent, time.perf_counter() - wall))
            cpu, wall = min(runs)
            first = first or cpu
            print(f"{way}: {wall:.2f} s, of the processor {cpu:.2f} s, {cpu / first:.1f} times Typst's")
        pages = {
            each: len(pypdfium2.PdfDocument(folder / each))
            for each in ("typst.pdf", "w.pdf", "x.pdf")
            if (folder / each).exists()
        }
        print(f"pages: {pages}")


def main() -> None:
    """Measure the given files, or the samples; or run the race."""
    if sys.argv[1:2] == ["child"]:
        child(sys.argv[2], sys.argv[3], Path(sys.argv[4]))
        return
    if sys.argv[1:2] == ["race"]:
        race(*sys.argv[2:3] or ["ar"])
        return
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
