"""A tiny desk: three feeds, twenty reports in four languages, two dyads."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import pytest

from marsad.coding.coder import default_coder
from marsad.desk import open_desk
from marsad.domain.week import Week
from marsad.edges import Edges
from marsad.store import Disk
from marsad.weekly import Issue, run_week

DESK = """
languages = ["ar", "en"]
title = { ar = "تحليل الأسبوع", en = "Analysis of the Week" }
subject = "RUS-AFG"
watched = ["RUS-AFG", "PAK-AFG"]

[issue]
first_week = "2026-W01"

[groups]
central_asia = ["UZB", "TJK"]

[imprint]
name = { ar = "مكتب الاختبار", en = "Test Desk" }

[[feed]]
name = "agency"
kind = "reports"
where = "agency"
licence = "ours"

[[feed]]
name = "notes"
kind = "reports"
where = "notes"
licence = "ours"

[[feed]]
name = "wire"
kind = "reports"
where = "wire"
licence = "ours"
"""

AGENCY = """id,published,published_estimated,outlet,url,language,title,text
A01,2026-03-02,false,First Agency,https://a.example/1,en,,"Russian Foreign Minister Sergey Lavrov met Afghan Foreign Minister Amir Khan Muttaqi in Moscow on 2 March 2026."
A02,2026-03-05,false,First Agency,https://a.example/2,en,,Pakistan condemned the government of Afghanistan over a border attack.
A03,2026-03-18,false,First Agency,https://a.example/3,en,,Pakistan launched air strikes on Khost in Afghanistan on 18 March 2026.
A04,2026-03-18,false,Second Agency,https://b.example/4,en,,"Pakistani jets carried out air strikes in Khost, Afghanistan, on 18 March 2026."
A05,2026-04-07,false,First Agency,https://a.example/5,en,,Russia recognised the Islamic Emirate of Afghanistan on 7 April 2026.
A06,2026-04-21,false,First Agency,https://a.example/6,en,,"Pakistan and Afghanistan held talks in Doha on 21 April 2026."
A07,2026-05-27,false,First Agency,https://a.example/7,en,,Russia and Afghanistan signed a military cooperation agreement in Moscow on 27 May 2026.
A08,2026-05-28,false,Second Agency,https://b.example/8,en,,"Russia and Afghanistan signed a military-technical cooperation agreement on 27 May 2026 in Moscow."
A09,2026-05-29,false,First Agency,https://a.example/9,en,,Pakistan threatened Afghanistan with further strikes on 29 May 2026.
A10,2026-06-03,false,First Agency,https://a.example/10,en,,The United States condemned Russia over the agreement with Afghanistan.
"""

WIRE = [
    (
        "W1",
        "2026-03-02",
        "ru",
        "Сергей Лавров встретился с главой МИД Афганистана Амир Ханом Муттаки в Москве 2 марта 2026 года.",
    ),
    ("W2", "2026-03-18", "ar", "شنت باكستان غارات جوية على خوست في أفغانستان يوم 18 مارس 2026."),
    ("W3", "2026-04-07", "ru", "Россия признала власти Афганистана 7 апреля 2026 года."),
    ("W4", "2026-04-07", "ar", "اعترفت روسيا رسمياً بحكومة أفغانستان يوم 7 أبريل 2026."),
    ("W5", "2026-05-27", "ar", "وقّعت روسيا وأفغانستان اتفاقية للتعاون العسكري في موسكو يوم 27 مايو 2026."),
    ("W6", "2026-05-27", "fa", "روسیه و افغانستان روز چهارشنبه ۶ جوزا ۱۴۰۵ در مسکو توافقنامه همکاری نظامی امضا کردند."),
    ("W7", "2026-05-30", "fa", "پاکستان حمله به خاک خود را محکوم کرد و افغانستان را مقصر دانست."),
    ("W8", "2026-06-04", "ru", "Россия и Афганистан провели переговоры в Москве 4 июня 2026 года."),
]

NOTE = """---
title: Visit
date: 2026-05-26
outlet: Third Agency
url: https://c.example/note
language: en
---
Afghan Defence Minister Mohammad Yaqoob arrived in Moscow on 26 May 2026 for talks with Russian officials.
"""

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
W22 = Week.parse("2026-W22")


def make_desk(root: Path) -> Path:
    for folder in ("agency", "notes", "wire"):
        (root / folder).mkdir(parents=True)
    (root / "desk.toml").write_text(DESK, "utf-8")
    (root / "agency/reports.csv").write_text(AGENCY, "utf-8")
    (root / "notes/visit.md").write_text(NOTE, "utf-8")
    lines = [
        {"id": i, "published": day, "outlet": "Wire", "url": f"https://w.example/{i}", "language": lang, "text": text}
        for i, day, lang, text in WIRE
    ]
    (root / "wire/wire.jsonl").write_text(
        "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8"
    )
    return root


class NoNetwork:
    """An http client for desks without network feeds."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None


@dataclass
class TinyDesk:
    """A desk in a folder, with a fixed clock."""

    root: Path
    now: datetime = NOW
    disk: Disk = field(default_factory=Disk)
    said: list[str] = field(default_factory=list)

    def run(self, week: Week = W22, **options: object) -> Issue:
        opened = open_desk(self.root, self.disk)
        edges = Edges(self.root, NoNetwork, lambda: self.now, self.disk, default_coder(), self.said.append)
        return run_week(week, opened.settings, opened.store, edges, **options)

    def files(self, *folders: str) -> dict[str, bytes]:
        paths: Iterable[Path] = (p for folder in folders or ("issues",) for p in (self.root / folder).rglob("*"))
        return {str(path.relative_to(self.root)): path.read_bytes() for path in sorted(paths) if path.is_file()}


@pytest.fixture
def desk(tmp_path: Path) -> TinyDesk:
    return TinyDesk(make_desk(tmp_path / "desk"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[TinyDesk, Issue]:
    """The tiny desk with its week 22 built once, for tests that only look."""
    tiny = TinyDesk(make_desk(tmp_path_factory.mktemp("built") / "desk"))
    return tiny, tiny.run()


MakeDesk = Callable[[Path], Path]
