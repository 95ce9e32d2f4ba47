"""RSS and Atom against a real server on loopback."""

import hashlib
import threading
from contextlib import contextmanager
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from collect.desk import NOW, feed, findings, gather

PARAGRAPH = (
    "Officials in Moscow and Kabul signed a military-technical agreement on Thursday, according to statements published by both sides, "
    "after talks that lasted three days and covered maintenance of equipment and the training of specialists."
)
ARTICLE = f"<html><head><title>Pact</title></head><body><nav>Home</nav><article><h1>Pact</h1><p>{PARAGRAPH}</p></article></body></html>"


def rss(base, *entries):
    items = "".join(
        f"<item><title>{title}</title><link>{base}{path}</link><description>{summary}</description><pubDate>{when}</pubDate></item>"
        for title, path, summary, when in entries
    )
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>The Gazette</title>{items}</channel></rss>'


THURSDAY = "Thu, 28 May 2026 10:00:00 +0430"
PACT = ("A pact", "/pact", "&lt;b&gt;Short&lt;/b&gt; summary of the pact.", THURSDAY)


@contextmanager
def serving(pages):
    """Serve ``path -> text, status or (status, text)``; gives the base address and the list of paths asked for."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            answer = pages.get(self.path, 404)
            if callable(answer):
                answer = answer()
            status, text = (answer, "") if isinstance(answer, int) else (200, answer)
            body = text if isinstance(text, bytes) else text.encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def http():
    with httpx.Client(timeout=2.0, headers={"user-agent": "marsad"}, trust_env=False) as client:
        yield client


def read(tmp_path, http, base, pauses=None):
    return gather(tmp_path, feed("rss", f"{base}/feed"), http=http, pauses=pauses)


def test_an_entry_becomes_a_report_with_its_articles_text(tmp_path, http):
    pages = {"/pact": ARTICLE}
    with serving(pages) as (base, _):
        pages["/feed"] = rss(base, PACT)
        collected = read(tmp_path, http, base)
    [report] = collected.reports.to_pylist()
    assert PARAGRAPH in report["text"]
    assert "Home" not in report["text"]
    assert (report["title"], report["outlet"], report["url"], report["language"]) == (
        "A pact",
        "The Gazette",
        f"{base}/pact",
        "en",
    )
    assert report["published_at"] == report["known_at"] == datetime(2026, 5, 28, 5, 30, tzinfo=UTC)
    assert report["sha256"] == hashlib.sha256(ARTICLE.encode()).hexdigest()
    assert collected.findings.num_rows == 0
    assert collected.coverage.to_pylist()[0]["day"] == date(2026, 5, 28)


@pytest.mark.parametrize(
    ("article", "reason"),
    [(404, "status 404"), (503, "status 503"), ("<html><body></body></html>", "no article text")],
)
def test_an_article_that_cannot_be_had_gives_way_to_the_summary(tmp_path, http, article, reason):
    pages = {"/pact": article}
    with serving(pages) as (base, _):
        pages["/feed"] = rss(base, PACT)
        collected = read(tmp_path, http, base)
    assert collected.reports["text"].to_pylist() == ["Short summary of the pact."]
    [finding] = findings(collected, "no-article")
    assert reason in finding["message"]
    assert finding["line"] == 1


def test_robots_txt_is_obeyed_for_articles(tmp_path, http):
    pages = {"/robots.txt": "User-agent: *\nDisallow: /pact\n", "/pact": ARTICLE}
    with serving(pages) as (base, asked):
        pages["/feed"] = rss(base, PACT)
        collected = read(tmp_path, http, base)
    assert "/pact" not in asked
    assert "robots.txt forbids" in findings(collected, "no-article")[0]["message"]
    assert collected.reports["text"].to_pylist() == ["Short summary of the pact."]


@pytest.mark.parametrize("robots", ["User-agent: *\nDisallow: /\n", 500])
def test_robots_txt_is_obeyed_for_the_feed_itself(tmp_path, http, robots):
    with serving({"/robots.txt": robots, "/feed": "never read"}) as (base, asked):
        collected = read(tmp_path, http, base)
    assert asked == ["/robots.txt"]
    assert len(findings(collected, "feed-failed")) == 1


@pytest.mark.parametrize(
    ("answer", "words"), [(500, "status 500"), ("<html>no feed</html>", "expected an RSS or Atom feed")]
)
def test_a_feed_that_answers_wrongly_is_a_failed_day(tmp_path, http, answer, words):
    with serving({"/feed": answer}) as (base, _):
        collected = read(tmp_path, http, base)
    [finding] = findings(collected, "feed-failed")
    assert words in finding["message"]
    assert finding["level"] == "error"
    assert collected.coverage.to_pylist() == [
        {"feed": "desk", "day": NOW.date(), "expected": 0, "received": 0, "failed": 1, "known_at": NOW}
    ]


def test_a_server_that_is_not_there_is_a_failed_day(tmp_path, http):
    with serving({}) as (base, _):
        pass
    collected = read(tmp_path, http, base)
    assert len(findings(collected, "feed-failed")) == 1


def test_a_server_that_does_not_answer_in_time_is_a_failed_day(tmp_path):
    released = threading.Event()

    def late():
        released.wait(5)
        return 200

    with httpx.Client(timeout=0.2, trust_env=False) as client, serving({"/feed": late}) as (base, _):
        collected = read(tmp_path, client, base)
        released.set()
    assert "Timeout" in findings(collected, "feed-failed")[0]["message"]


def test_requests_to_one_host_are_paused_as_its_robots_txt_asks(tmp_path, http):
    pages = {
        "/robots.txt": "User-agent: *\nCrawl-delay: 3\n",
        "/pact": ARTICLE,
        "/other": ARTICLE.replace("Thursday", "Friday"),
    }
    pauses = []
    with serving(pages) as (base, _):
        pages["/feed"] = rss(base, PACT, ("Other", "/other", "Other.", THURSDAY))
        read(tmp_path, http, base, pauses)
    assert pauses == [3.0, 3.0]


def test_an_entry_without_any_text_is_set_aside(tmp_path, http):
    pages = {}
    with serving(pages) as (base, _):
        pages["/feed"] = rss(base, ("Empty", "/gone", "", THURSDAY), PACT)
        collected = read(tmp_path, http, base)
    assert collected.reports["title"].to_pylist() == ["A pact"]
    assert [row["line"] for row in findings(collected, "no-text")] == [1]
    assert collected.coverage.to_pylist()[0]["failed"] == 1


def test_an_undated_entry_is_dated_to_its_collection_and_marked(tmp_path, http):
    pages = {"/pact": ARTICLE}
    with serving(pages) as (base, _):
        pages["/feed"] = rss(base, PACT).replace(f"<pubDate>{THURSDAY}</pubDate>", "")
        [report] = read(tmp_path, http, base).reports.to_pylist()
    assert (report["published_at"], report["published_estimated"]) == (NOW, True)


def test_an_atom_feed_with_arabic_content_is_read_without_its_articles(tmp_path, http):
    content = "وقعت موسكو وكابل اتفاقاً للتعاون العسكري الفني يوم الخميس."
    pages = {}
    with serving(pages) as (base, _):
        pages["/feed"] = (
            '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>أمو</title><entry>'
            f'<title>اتفاق</title><id>x</id><link href="/a"/><updated>2026-05-28T10:00:00Z</updated><content type="html">&lt;p&gt;{content}&lt;/p&gt;</content>'
            "</entry></feed>"
        )
        [report] = read(tmp_path, http, base).reports.to_pylist()
    assert (report["text"], report["language"], report["outlet"], report["url"]) == (content, "ar", "أمو", f"{base}/a")
    assert report["published_at"] == datetime(2026, 5, 28, 10, 0, tzinfo=UTC)
