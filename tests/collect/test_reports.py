import csv
import io
import json
from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collect.desk import NOW, feed, findings, gather
from marsad.collect.feeds.reports.record import content_id
from marsad.domain.tables import REPORTS

HEADER = "id,published,published_estimated,outlet,url,language,title,text\n"
ROW = "r1,2026-05-28,false,Amu,https://a.example/1,en,A pact,Moscow and Kabul signed a pact.\n"


def read(tmp_path, name, content, **settings):
    folder = tmp_path / "reports"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return gather(tmp_path, feed("reports", "reports", **settings))


def test_a_csv_row_becomes_a_report_with_its_own_id(tmp_path):
    collected = read(tmp_path, "a.csv", HEADER + ROW)
    [report] = collected.reports.to_pylist()
    assert report["report_id"] == report["story_id"] == "r1"
    assert (report["outlet"], report["title"], report["language"]) == ("Amu", "A pact", "en")
    assert report["text"] == "Moscow and Kabul signed a pact."
    assert report["published_at"] == datetime(2026, 5, 28, tzinfo=UTC)
    assert collected.reports.schema == REPORTS.schema
    assert collected.findings.num_rows == 0


def test_a_row_without_a_usable_id_gets_one_from_its_content(tmp_path):
    rows = ROW.replace("r1,", ",") + ROW.replace("r1,", "two words,").replace("signed", "broke")
    ids = read(tmp_path, "a.csv", HEADER + rows).reports["report_id"].to_pylist()
    assert ids == [
        content_id("Amu", "https://a.example/1", "Moscow and Kabul signed a pact."),
        content_id("Amu", "https://a.example/1", "Moscow and Kabul broke a pact."),
    ]


def test_a_new_feed_is_known_from_publication_and_a_known_one_from_now(tmp_path):
    new = read(tmp_path, "a.csv", HEADER + ROW).reports.to_pylist()[0]
    assert (new["known_at"], new["backfilled"]) == (datetime(2026, 5, 28, 23, 59, 59, tzinfo=UTC), True)
    known = gather(tmp_path, feed("reports", "reports"), known=frozenset({"desk"})).reports.to_pylist()[0]
    assert (known["known_at"], known["backfilled"]) == (NOW, False)


def test_half_a_json_line_costs_only_itself(tmp_path):
    whole = json.dumps({"published": "2026-05-28T10:00:00+04:30", "outlet": "Amu", "text": "One."})
    half = '{"published": "2026-05-29", "text": "Tw'
    collected = read(tmp_path, "a.jsonl", f"{whole}\n\n{half}\n[1]\n{whole.replace('One', 'Three')}\n")
    assert collected.reports["text"].to_pylist() == ["One.", "Three."]
    assert collected.reports["published_at"].to_pylist()[0] == datetime(2026, 5, 28, 5, 30, tzinfo=UTC)
    bad = findings(collected, "bad-json")
    assert [(row["where"], row["line"], row["level"]) for row in bad] == [
        ("desk:a.jsonl", 3, "warn"),
        ("desk:a.jsonl", 4, "warn"),
    ]
    assert bad[0]["quote"] == half


def test_a_binary_file_posing_as_text_is_set_aside(tmp_path):
    collected = read(tmp_path, "photo.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01")
    assert collected.reports.num_rows == 0
    [finding] = findings(collected, "binary")
    assert finding["where"] == "desk:photo.txt"
    assert collected.coverage.to_pylist() == [
        {"feed": "desk", "day": NOW.date(), "expected": 0, "received": 0, "failed": 1, "known_at": NOW}
    ]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("r2,2026-05-29,false,Amu,,en,T,\n", "no-text"),
        ("r2,29 May,false,Amu,,en,T,Words.\n", "bad-date"),
        ("r2,9999-12-31T23:59:59-05:00,false,Amu,,en,T,Words.\n", "bad-date"),
        ("r2,1405-03-08,false,Amu,,fa,T,Words.\n", "bad-date"),
        ("r2,2026-05-29,perhaps,Amu,,en,T,Words.\n", "bad-value"),
        ("r2,2026-05-29,false,Amu,,en,T,Words,more\n", "wrong-columns"),
        ("r2,2026-05-29,false,Amu\n", "wrong-columns"),
        ('r2,2026-05-29,false,Amu,,en,"T,Words.\n', "wrong-columns"),
        ("r1,2026-05-29,false,Amu,,en,T,Other words.\n", "id-twice"),
    ],
)
def test_a_malformed_row_is_set_aside_with_its_line_and_the_rows_round_it_stay(tmp_path, row, rule):
    last = ROW.replace("r1", "r9").replace("pact", "treaty")
    collected = read(tmp_path, "a.csv", HEADER + ROW + row + last)
    assert collected.reports["report_id"].to_pylist() == ["r1", "r9"]
    [finding] = findings(collected, rule)
    assert (finding["line"], finding["where"], finding["origin"]) == (3, "desk:a.csv", "collect")


def test_a_stray_quotation_mark_does_not_swallow_the_rows_below(tmp_path):
    rows = [
        'r2,2026-05-29,false,Amu,,en,"T,Opened here.\n',
        "r3,2026-05-29,false,Amu,,en,T,Between.\n",
        'r4",2026-05-29,false,Amu,,en,T,Closed here.\n',
        "r5,2026-05-29,false,Amu,,en,T,After.\n",
    ]
    collected = read(tmp_path, "a.csv", HEADER + "".join(rows))
    assert collected.reports["text"].to_pylist() == ["Between.", "Closed here.", "After."]
    assert [row["line"] for row in findings(collected, "wrong-columns")] == [2]


def test_malformed_rows_count_as_failed_on_their_day_and_silent_days_between_as_none_received(tmp_path):
    rows = ROW + "r2,2026-05-30,false,Amu,,en,T,\nr3,2026-05-31,false,Amu,,en,T,Third.\n"
    days = read(tmp_path, "a.csv", HEADER + rows).coverage.to_pylist()
    assert [(row["day"].day, row["received"], row["failed"]) for row in days] == [
        (28, 1, 0),
        (29, 0, 0),
        (30, 0, 1),
        (31, 1, 0),
    ]


def test_a_date_far_ahead_is_remarked_and_its_way_there_not_taken_as_covered(tmp_path):
    collected = read(tmp_path, "a.csv", HEADER + ROW + ROW.replace("r1", "r2").replace("2026", "9999"))
    assert [(row["day"].year, row["received"]) for row in collected.coverage.to_pylist() if row["received"]] == [
        (2026, 1),
        (9999, 1),
    ]
    assert collected.coverage.num_rows == 6  # 28 May to 1 June, the day of collection, and the far one
    assert findings(collected, "future-date")[0]["message"] == "1 dated after the day of collection"


def test_unknown_columns_are_named_in_one_finding(tmp_path):
    rows = "text,date,mood,weather\nOne.,2026-05-28,good,fair\nTwo.,2026-05-28,bad,rain\n"
    collected = read(tmp_path, "a.csv", rows)
    assert collected.reports.num_rows == 2
    [finding] = collected.findings.to_pylist()
    assert (finding["level"], finding["message"]) == ("info", "columns not used: mood, weather")


def test_a_table_without_text_or_date_columns_is_not_read(tmp_path):
    [finding] = findings(read(tmp_path, "a.csv", "name,size\nx,1\n"), "bad-header")
    assert "'text'" in finding["message"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_byte_order_marks_crlf_and_utf16_are_read(tmp_path, encoding):
    text = (HEADER + "r1,2026-05-28,false,أمو,,ar,اتفاق,وقعت موسكو وكابل اتفاقاً.\n").replace("\n", "\r\n")
    [report] = read(tmp_path, "a.csv", text.encode(encoding)).reports.to_pylist()
    assert (report["outlet"], report["text"]) == ("أمو", "وقعت موسكو وكابل اتفاقاً.")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1256", "وقعت موسكو وكابل اتفاقا للتعاون العسكري الفني يوم الخميس في العاصمة الروسية"),
        ("cp1251", "Москва и Кабул подписали соглашение о военно-техническом сотрудничестве"),
    ],
)
def test_old_code_pages_are_read_with_a_finding(tmp_path, encoding, text):
    collected = read(tmp_path, "2026-05-28.txt", f"Title\n\n{text}".encode(encoding))
    assert collected.reports["text"].to_pylist() == [text]
    [finding] = findings(collected, "encoding")
    assert encoding in finding["message"]


def test_a_damaged_line_in_a_utf8_table_is_set_aside_alone(tmp_path):
    good = "r1,2026-05-28,false,Аму,,ru,Договор,Москва и Кабул подписали договор.\n".encode()
    bad = good.replace(b"r1", b"r2").replace("подписали".encode(), b"\xd0\xff")
    collected = read(tmp_path, "a.csv", HEADER.encode() + good + bad)
    assert collected.reports["report_id"].to_pylist() == ["r1"]
    [finding] = findings(collected, "bad-encoding")
    assert finding["line"] == 3


def test_markdown_gives_front_matter_and_heading(tmp_path):
    text = "---\ndate: 2026-05-28\noutlet: Amu\nurl: https://a.example/1\nlanguage: prs\nmood: calm\n---\n# پیمان\n\nمتن گزارش.\n"
    collected = read(tmp_path, "a.md", text)
    [report] = collected.reports.to_pylist()
    assert (report["title"], report["text"], report["language"]) == ("پیمان", "متن گزارش.", "fa")
    assert (report["outlet"], report["published_at"].date()) == ("Amu", date(2026, 5, 28))
    assert findings(collected, "unknown-columns")[0]["message"] == "columns not used: mood"


@pytest.mark.parametrize("front", ["title: [open", "date: 2026-13-45", "just words", "a: " + "[" * 3000])
def test_broken_front_matter_is_set_aside(tmp_path, front):
    collected = read(tmp_path, "a.md", f"---\n{front}\n---\nText.\n")
    assert collected.reports.num_rows == 0
    assert len(findings(collected, "bad-front-matter")) == 1


def test_plain_text_reads_front_lines_in_arabic(tmp_path):
    text = "اتفاق جديد\nالتاريخ: 2026-05-28\nالمصدر: أمو\n\nوقعت موسكو وكابل اتفاقاً.\n\nفقرة ثانية."
    [report] = read(tmp_path, "a.txt", text).reports.to_pylist()
    assert (report["title"], report["outlet"], report["language"]) == ("اتفاق جديد", "أمو", "ar")
    assert report["text"] == "وقعت موسكو وكابل اتفاقاً.\n\nفقرة ثانية."
    assert (report["published_at"].date(), report["published_estimated"]) == (date(2026, 5, 28), False)


def test_a_date_in_the_files_name_is_an_estimate_and_none_at_all_is_the_day_of_collection(tmp_path):
    dated = read(tmp_path, "2026-05-28-pact.txt", "Title\n\nText.").reports.to_pylist()[0]
    assert (dated["published_at"].date(), dated["published_estimated"]) == (date(2026, 5, 28), True)
    (tmp_path / "reports" / "2026-05-28-pact.txt").unlink()
    collected = read(tmp_path, "pact.txt", "Title\n\nText.")
    [undated] = collected.reports.to_pylist()
    assert (undated["published_at"], undated["published_estimated"]) == (NOW, True)
    assert len(findings(collected, "undated")) == 1


def test_pdf_text_and_title_are_read(tmp_path):
    collected = read(tmp_path, "2026-05-28.pdf", one_page_pdf("Kabul and Moscow signed a pact."))
    [report] = collected.reports.to_pylist()
    assert (report["title"], report["text"]) == ("A pact", "Kabul and Moscow signed a pact.")


def test_a_broken_pdf_is_set_aside(tmp_path):
    assert len(findings(read(tmp_path, "a.pdf", b"%PDF-1.4 and then nothing"), "bad-pdf")) == 1


def test_hidden_files_and_readme_are_passed_over_and_an_unknown_kind_is_named(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "README.md").write_text("About this folder.")
    (folder / ".hidden.txt").write_text("Secret")
    (folder / "sheet.xlsx").write_bytes(b"PK")
    collected = gather(tmp_path, feed("reports", "reports"))
    assert collected.reports.num_rows == 0
    assert [row["rule"] for row in collected.findings.to_pylist()] == ["unknown-format"]


def test_a_language_we_do_not_read_is_left_open_and_named(tmp_path):
    collected = read(tmp_path, "a.csv", HEADER + ROW.replace(",en,", ",fr,"))
    assert collected.reports["language"].to_pylist() == [None]
    assert "fr (1)" in findings(collected, "other-language")[0]["message"]


def test_the_feeds_language_stands_in_for_a_missing_one(tmp_path):
    assert read(tmp_path, "a.csv", HEADER + ROW.replace(",en,", ",,"), language="ps").reports[
        "language"
    ].to_pylist() == ["ps"]


texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), include_characters="\n,\";'\t"), min_size=1
).filter(lambda text: text.strip())
rows = st.lists(st.fixed_dictionaries({"outlet": texts, "title": texts, "text": texts}), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows)
@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_what_was_written_comes_back_equal(tmp_path_factory, suffix, rows):
    written = [{"id": f"r{n}", "published": "2026-05-28", **row} for n, row in enumerate(rows)]
    if suffix == "csv":
        out = io.StringIO()
        writer = csv.DictWriter(out, written[0].keys())
        writer.writeheader()
        writer.writerows(written)
        content = out.getvalue()
    else:
        content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in written)
    root = tmp_path_factory.mktemp("desk")
    (root / f"a.{suffix}").write_text(content, encoding="utf-8", newline="")
    reports = gather(root, feed("reports", f"a.{suffix}", language="en")).reports
    expected = [{name: row[name].strip() for name in ("outlet", "title", "text")} for row in written]
    assert reports.select(["outlet", "title", "text"]).to_pylist() == expected


def test_reading_twice_gives_equal_bytes(tmp_path):
    first, second = (read(tmp_path, "a.csv", HEADER + ROW) for _ in range(2))
    assert first.reports.equals(second.reports)
    assert first.coverage.equals(second.coverage)
    assert isinstance(first.findings, pa.Table)


def one_page_pdf(text):
    """The smallest PDF with a title in its metadata and one line of text, its cross-reference table computed."""
    content = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Title (A pact) >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    return (
        out
        + b"xref\n0 7\n0000000000 65535 f \n%strailer\n<< /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (table, start)
    )
