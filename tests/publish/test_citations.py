import json
from datetime import UTC, date, datetime

from marsad.domain.tables import REPORTS
from marsad.publish.citations import Work, to_bibtex, to_csl, to_ris, works
from marsad.publish.markdown import parse
from publish import sample
from publish.test_figures import FRONT

TEXT = FRONT.format(lang="ar") + (
    "قيل.[^r1][^r2]\n\n[^r1]: TASS، 28 يناير 2026، «\u2068Deal & trade…\u2069»، <https://tass.ru/1>\n[^r2]: صحيفة، بلا عنوان"
)
REPORT = {
    "report_id": "r1", "feed": "f", "outlet": "TASS agency", "url": "https://tass.ru/1?full", "language": "en",
    "published_at": datetime(2026, 1, 28, 9, tzinfo=UTC), "known_at": sample.KNOWN,
}  # fmt: skip


def test_the_issue_comes_first_with_its_permanent_address_then_its_sources():
    own, first, second = works(parse(TEXT), sample.desk())
    assert (own.key, own.number, own.url) == ("issue-22-ar", 22, "https://www.example.org/issues/22/issue.ar.html")
    assert own.authors == ("مركز الجسر للدراسات الإقليمية",)
    assert first == Work("r1", "Deal & trade…", "TASS", (), None, "https://tass.ru/1", "")
    assert second == Work("r2", "صحيفة، بلا عنوان", "صحيفة", (), None, "", "")


def test_a_report_that_is_known_tells_its_day_language_and_whole_link():
    found = works(parse(TEXT), sample.desk(), REPORTS.from_rows([REPORT]))[1]
    assert found == Work("r1", "Deal & trade…", "TASS agency", (), date(2026, 1, 28), "https://tass.ru/1?full", "en")


def test_bibtex_keeps_its_own_signs_out_of_the_text():
    work = Work("r1", r"50% of {all} & #1_a\b", "O", (), None, "", "")
    assert r"title = {50\% of \{all\} \& \#1\_a\textbackslash{}b}," in to_bibtex([work])


def test_an_issue_is_a_numbered_report_in_every_format():
    own = works(parse(TEXT), sample.desk())[:1]
    assert to_bibtex(own).startswith("@report{issue-22-ar,\n  author = {{مركز الجسر للدراسات الإقليمية}},")
    assert "  number = {22},\n  date = {2026-06-01}," in to_bibtex(own)
    ris = to_ris(own).split("\r\n")
    assert ris[0] == "TY  - RPRT"
    assert {"IS  - 22", "DA  - 2026/06/01", "LA  - ar"} <= set(ris)
    assert ris[-3:] == ["ER  - ", "", ""]
    (item,) = json.loads(to_csl(own))
    assert (item["type"], item["number"], item["issued"]) == ("report", "22", {"date-parts": [[2026, 6, 1]]})
