"""RSS and Atom: the entries, each with its article's text where robots.txt allows it, fetched slowly."""

import calendar
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from marsad.collect.batch import Batch, Request, Row, coverage, finding, shorten
from marsad.collect.feeds.reports.record import Notes, Record, SetAside, report_row
from marsad.domain.desk import Feed
from marsad.domain.tables import REPORTS
from marsad.errors import FeedChanged, FeedUnreachable

MOST_ENTRIES = 100  # of one feed in one run, newest first as the feed lists them
LARGEST_PAGE = 5_000_000  # bytes
PAUSE = 1.0  # seconds between two requests to one host, unless its robots.txt asks for more
LONGEST_PAUSE = 10.0  # a host that asks for more is not asked for articles at all

_TAG = re.compile(r"<[^>]*>")


@dataclass
class _Visits:
    """What each host allows, and which was visited, in one reading of one feed."""

    request: Request
    agent: str
    rules: dict[str, RobotFileParser | None] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def rules_of(self, url: str) -> RobotFileParser | None:
        """Return the host's rules; None if its robots.txt could not be had: then nothing is allowed."""
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self.rules:
            self.rules[host] = self._fetch_rules(f"{host}/robots.txt")
        return self.rules[host]

    def _fetch_rules(self, url: str) -> RobotFileParser | None:
        rules = RobotFileParser(url)
        try:
            answer = self.request.http.get(url, follow_redirects=True)
        except (httpx.HTTPError, httpx.InvalidURL):
            return None
        if answer.status_code >= 500:
            return None
        rules.parse(answer.text.splitlines() if answer.status_code == 200 else [])
        return rules

    def refusal(self, url: str) -> str | None:
        """Why a page may not be fetched, or None if it may."""
        rules = self.rules_of(url)
        if rules is None:
            return "its host's robots.txt cannot be read"
        if not rules.can_fetch(self.agent, url):
            return "robots.txt forbids it"
        if float(rules.crawl_delay(self.agent) or 0) > LONGEST_PAUSE:
            return "robots.txt asks for longer pauses than this desk makes"
        return None

    def get(self, url: str) -> httpx.Response:
        """Fetch a page, after a pause if its host was visited before."""
        host = urlsplit(url).netloc
        if host in self.seen:
            rules = self.rules_of(url)
            self.request.pause(max(PAUSE, float((rules and rules.crawl_delay(self.agent)) or 0)))
        self.seen.add(host)
        answer: httpx.Response = self.request.http.get(url, follow_redirects=True)
        return answer


def read(feed: Feed, request: Request) -> Batch:
    """Read a feed's entries as reports.

    The text is the article's; where it cannot be had (robots.txt, an error, a page without text) the feed's own
    content or summary stands in, with a finding. An entry with no text at all is set aside. The checksum is of the
    bytes the text was taken from.

    Raises:
        FeedUnreachable: no answer, an error status, or robots.txt forbids the feed itself.
        FeedChanged: the answer is no feed.
    """
    visits = _Visits(request, str(request.http.headers.get("user-agent", "marsad")))
    parsed = _parsed(feed, visits)
    outlet = str(parsed.feed.get("title") or urlsplit(feed.where).netloc)
    rows: dict[str, Row] = {}
    findings: list[Row] = []
    failed: Counter[date] = Counter()
    notes = Notes()
    if len(parsed.entries) > MOST_ENTRIES:
        message = f"{len(parsed.entries) - MOST_ENTRIES} entries beyond the first {MOST_ENTRIES} were not read"
        findings.append(finding("too-many", "warn", feed.name, message))
    for number, entry in enumerate(parsed.entries[:MOST_ENTRIES], start=1):
        record, fault = _record(entry, number, outlet, visits, feed)
        where = f"{feed.name}:{record.fields['url'] or 'entry'}"
        row = report_row(record, feed, request, notes)
        if isinstance(row, SetAside):
            findings.append(
                finding(row.rule, "warn", where, f"set aside: {row.reason}", number, str(record.fields["title"]))
            )
            failed[row.day or request.now.date()] += 1
            continue
        if fault:
            message = f"the feed's own summary stands in for the article: {fault}"
            findings.append(finding("no-article", "info", where, message, number, str(record.fields["title"])))
        rows.setdefault(str(row["report_id"]), row)
    received = Counter(row["published_at"].date() for row in rows.values())  # type: ignore[attr-defined]  # a datetime
    return Batch(
        reports=REPORTS.from_rows(list(rows.values())),
        coverage=coverage(feed.name, feed.daily_reports, received, failed, request),
        findings=shorten(findings),
    )


def _parsed(feed: Feed, visits: _Visits) -> Any:
    import feedparser  # heavy

    if refusal := visits.refusal(feed.where):
        raise FeedUnreachable(feed.name, feed.where, refusal)
    try:
        answer = visits.get(feed.where)
        answer.raise_for_status()
    except httpx.HTTPStatusError as error:
        raise FeedUnreachable(feed.name, feed.where, f"status {error.response.status_code}") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FeedUnreachable(feed.name, feed.where, f"{type(error).__name__} {error}".strip()) from error
    parsed = feedparser.parse(answer.content, response_headers={"content-location": str(answer.url)})
    if not parsed.version:
        raise FeedChanged(feed.name, "an RSS or Atom feed", str(answer.headers.get("content-type", "something else")))
    return parsed


def _record(
    entry: Mapping[str, Any], number: int, outlet: str, visits: _Visits, feed: Feed
) -> tuple[Record, str | None]:
    """Return the entry with its article's text, or with its own and the reason."""
    url = urljoin(feed.where, str(entry.get("link") or ""))
    published = _published(entry)
    fields: dict[str, object] = {
        "outlet": str((entry.get("source") or {}).get("title") or outlet),
        "url": url if entry.get("link") else "",
        "title": _plain(str(entry.get("title") or "")),
        "published": published,
    }
    raw, text, fault = b"", None, "the entry has no link"
    if entry.get("link"):
        raw, text, fault = _article(url, visits)
    if text:
        return Record({**fields, "text": text}, number, raw), None
    own = " ".join(content.get("value", "") for content in entry.get("content", ())) or str(entry.get("summary") or "")
    return Record({**fields, "text": _plain(own)}, number, own.encode()), fault


def _published(entry: Mapping[str, Any]) -> datetime | None:
    # Plain dict look-up passes by feedparser's own lookup, which warns when it answers "published" with "updated".
    plain = dict(entry.items())
    found = plain.get("published_parsed") or plain.get("updated_parsed")
    return datetime.fromtimestamp(calendar.timegm(found), UTC) if found else None


def _article(url: str, visits: _Visits) -> tuple[bytes, str | None, str]:
    """Return the page's bytes, its text if it has any, and what was wrong if not."""
    import trafilatura  # heavy

    if refusal := visits.refusal(url):
        return b"", None, refusal
    try:
        answer = visits.get(url)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return b"", None, f"no answer ({type(error).__name__})"
    if answer.status_code != 200:
        return b"", None, f"status {answer.status_code}"
    if len(answer.content) > LARGEST_PAGE:
        return b"", None, f"larger than {LARGEST_PAGE // 1_000_000} MB"
    text = trafilatura.extract(answer.content, url=url, include_comments=False, include_tables=False)
    return answer.content, text, "no article text on the page"


def _plain(markup: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", markup)).split())
