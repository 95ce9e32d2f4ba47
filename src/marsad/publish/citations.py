"""The issue and its sources as citations: BibTeX (biblatex), RIS and CSL-JSON."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from marsad.domain.desk import Desk
from marsad.publish.addresses import issue_address
from marsad.publish.issue import Inline, Issue, Link, Note, Span, plain

_QUOTED = re.compile(r"[«“\"](.+?)[»”\"]")
_BIBTEX_SPECIAL = re.compile(r"[\\{}%&#$_~^]")
_BIBTEX_NAMED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_LANGUAGES = {"ar": "arabic", "en": "english", "fa": "persian", "ps": "pashto", "ru": "russian"}  # biblatex's words


@dataclass(frozen=True)
class Work:
    """One citable thing: the issue (``number`` set), or a report it rests on.

    Args:
        key: unique within the issue.
        title: as published.
        publisher: imprint or outlet.
        authors: names as printed; empty for a report, whose outlet answers for it.
        issued: the day it came out; None where only the outlet's page tells.
        url: its address, or empty.
        language: of the text, or empty.
        number: of the issue; None for a report.
    """

    key: str
    title: str
    publisher: str
    authors: tuple[str, ...]
    issued: date | None
    url: str
    language: str
    number: int | None = None


def works(issue: Issue, desk: Desk, reports: pa.Table | None = None) -> list[Work]:
    """Return the issue itself, then its sources in the order of their notes.

    Args:
        issue: what is cited.
        desk: imprint and website.
        reports: schema of ``domain.tables.REPORTS``; a note whose label is a report's id takes day, language and link
            from it. Without it a note says what it can: outlet, title and link.
    """
    front = issue.front
    imprint = desk.imprint.name.get(front.language, "")
    known = {} if reports is None else {row["report_id"]: row for row in _cited(issue, reports)}
    own = Work(
        key=f"issue-{front.number}-{front.language}",
        title=f"{front.title}: {front.subtitle}" if front.subtitle else front.title,
        publisher=imprint,
        authors=front.authors or (imprint,),
        issued=front.as_of,
        url=issue_address(desk, front.number, front.language),
        language=front.language.value,
        number=front.number,
    )
    return [own, *(_source(note, known.get(note.label)) for note in issue.notes)]


def _cited(issue: Issue, reports: pa.Table) -> Iterator[dict[str, Any]]:
    labels = {note.label for note in issue.notes}
    columns = ["report_id", "outlet", "url", "published_at", "language"]
    return (row for row in reports.select(columns).to_pylist() if row["report_id"] in labels)


def _source(note: Note, report: Mapping[str, Any] | None) -> Work:
    text = re.sub("[\u2066-\u2069]", "", plain(note.children))
    quoted = _QUOTED.search(text)
    outlet = re.split(r"[,،]", text, maxsplit=1)[0].strip()
    if report is None:
        return Work(
            note.label, quoted[1] if quoted else text, outlet, (), None, next(_addresses(note.children), ""), ""
        )
    return Work(
        key=note.label,
        title=quoted[1] if quoted else text,
        publisher=report["outlet"],
        authors=(),
        issued=report["published_at"].date() if report["published_at"] else None,
        url=report["url"] or "",
        language=report["language"] or "",
    )


def _addresses(runs: Sequence[Inline]) -> Iterator[str]:
    for run in runs:
        match run:
            case Link(href):
                if not href.startswith("#"):
                    yield href
            case Span(_, children):
                yield from _addresses(children)
            case _:
                pass


def to_bibtex(listed: Sequence[Work]) -> str:
    r"""Return works as biblatex entries, UTF-8.

    >>> print(to_bibtex([Work("r1", "Trade & transit", "The Post", (), date(2026, 5, 27), "https://x.org/a_b", "en")]))
    @online{r1,
      title = {Trade \& transit},
      organization = {The Post},
      date = {2026-05-27},
      url = {https://x.org/a_b},
      langid = {english},
    }
    <BLANKLINE>
    """
    return "\n".join(map(_bibtex, listed))


def _bibtex(work: Work) -> str:
    given = {
        "author": " and ".join(f"{{{_escaped(name)}}}" for name in work.authors),
        "title": _escaped(work.title),
        "institution" if work.number else "organization": _escaped(work.publisher),
        "type": "Bulletin" if work.number else "",
        "number": str(work.number or ""),
        "date": work.issued.isoformat() if work.issued else "",
        "url": work.url.replace("{", "%7B").replace("}", "%7D"),
        "langid": _LANGUAGES.get(work.language, ""),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in given.items() if value]
    return "\n".join([f"@{'report' if work.number else 'online'}{{{work.key},", *lines, "}", ""])


def _escaped(text: str) -> str:
    return _BIBTEX_SPECIAL.sub(lambda match: _BIBTEX_NAMED.get(match[0], f"\\{match[0]}"), text)


def to_ris(listed: Sequence[Work]) -> str:
    r"""Return works as RIS records, lines ended as the format asks.

    >>> to_ris([Work("r1", "T", "The Post", (), date(2026, 5, 27), "", "")]).split("\r\n")[:3]
    ['TY  - NEWS', 'ID  - r1', 'TI  - T']
    """
    return "".join(f"{line}\r\n" for work in listed for line in [*_ris(work), "ER  - ", ""])


def _ris(work: Work) -> Iterator[str]:
    yield f"TY  - {'RPRT' if work.number else 'NEWS'}"
    yield f"ID  - {work.key}"
    yield f"TI  - {work.title}"
    yield from (f"AU  - {name}" for name in work.authors)
    yield f"PB  - {work.publisher}"
    if work.issued:
        yield f"PY  - {work.issued.year}"
        yield f"DA  - {work.issued:%Y/%m/%d}"
    if work.number:
        yield f"IS  - {work.number}"
    if work.url:
        yield f"UR  - {work.url}"
    if work.language:
        yield f"LA  - {work.language}"


def to_csl(listed: Sequence[Work]) -> str:
    """Return works as CSL-JSON, as Zotero and pandoc read it.

    >>> json.loads(to_csl([Work("r1", "T", "The Post", (), date(2026, 5, 27), "", "en")]))[0]["issued"]
    {'date-parts': [[2026, 5, 27]]}
    """
    return json.dumps([_csl(work) for work in listed], ensure_ascii=False, indent=1) + "\n"


def _csl(work: Work) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": work.key,
        "type": "report" if work.number else "article-newspaper",
        "title": work.title,
        "publisher" if work.number else "container-title": work.publisher,
    }
    if work.authors:
        item["author"] = [{"literal": name} for name in work.authors]
    if work.issued:
        item["issued"] = {"date-parts": [[work.issued.year, work.issued.month, work.issued.day]]}
    if work.number:
        item["number"] = str(work.number)
    if work.url:
        item["URL"] = work.url
    if work.language:
        item["language"] = work.language
    return item
