import re
from xml.etree import ElementTree as ET

import feedparser
import pytest

from marsad.domain.desk import parse_desk
from marsad.domain.words import Language
from marsad.errors import BadInput
from marsad.publish import Finished, build_site
from marsad.publish.feed import to_feed
from marsad.publish.markdown import parse
from publish import sample
from publish.test_figures import FRONT


def finished(lang, number=22, title="T"):
    text = FRONT.format(lang=lang).replace("number: 22", f"number: {number}").replace("title: T", f"title: {title}")
    markdown = text + "## S {#summary}\n\nSaid <b> & done."
    names = {f"issue.{lang}.html": b"<html></html>", f"issue.{lang}.pdf": b"%PDF", "Amiri-Bold.ttf": b"face"}
    return Finished(markdown, names)


def site(*issues, index=None):
    return dict(build_site(issues, sample.desk(), index=index))


def test_every_issue_keeps_its_address_and_every_language_has_its_list():
    made = site(finished("ar", 21), finished("ar", 22), finished("en", 22))
    assert made["issues/21/issue.ar.html"] == b"<html></html>"
    assert made["issues/22/issue.en.pdf"] == b"%PDF"
    assert {"index.html", "ar/index.html", "en/index.html", "feed.ar.xml", "feed.en.xml", "site.css"} <= set(made)
    assert "fa/index.html" not in made
    assert made["issues/21/Amiri-Bold.ttf"] == made["Amiri-Bold.ttf"] != b"face"  # one face for all, from its package


def test_the_newest_issue_stands_first_whatever_order_they_come_in():
    page = site(finished("en", 9, "Nine"), finished("en", 11, "Eleven"), finished("en", 10, "Ten"))[
        "en/index.html"
    ].decode()
    assert re.findall(r"<h2><a [^>]*>(\w+)</a>", page) == ["Eleven", "Ten", "Nine"]


def test_a_list_leads_to_the_other_languages_and_marks_drafts():
    page = site(finished("ar"), finished("en"))["ar/index.html"].decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert 'href="../en/index.html"' in page
    assert "مسودة لم يعتمدها محلل بعد" in page


def test_links_within_the_site_are_relative_and_lead_somewhere():
    made = site(finished("ar"), finished("en"))
    for name in ("index.html", "ar/index.html", "en/index.html"):
        for href in re.findall(r'(?:href|src)="([^"#]+)"', made[name].decode()):
            assert not href.startswith(("/", "http")), href
            path = (name.rpartition("/")[0] + "/" + href).lstrip("/")
            path = re.sub(r"[^/]+/\.\./", "", path)
            assert path in made or path.endswith((".epub", ".docx")), href  # the sample has none of these


def test_search_is_there_only_where_an_index_is_made():
    indexed = []

    def index(pages):
        indexed.append(dict(pages))
        return {"pagefind/pagefind.js": b"index"}

    made = site(finished("en"), index=index)
    assert indexed == [{"issues/22/issue.en.html": "<html></html>"}]
    assert made["pagefind/pagefind.js"] == b"index"
    assert 'id="search"' in made["en/index.html"].decode()
    assert 'id="search"' not in site(finished("en"))["en/index.html"].decode()
    assert "search.js" not in site(finished("en"))


def test_an_issue_twice_or_none_at_all_is_refused():
    with pytest.raises(BadInput, match="stands twice"):
        site(finished("en"), finished("en"))
    with pytest.raises(BadInput, match="has no issue"):
        site()


def test_a_feed_is_read_by_others_with_links_day_and_summary():
    issues = [parse(finished("ar", number).markdown) for number in (23, 22)]
    read = feedparser.parse(to_feed(issues, Language.AR, sample.desk()))
    assert not read.bozo
    assert read.feed.title == "مركز الجسر للدراسات الإقليمية · تحليل الأسبوع"
    assert read.feed.language == "ar"
    newest = read.entries[0]
    assert newest.id == newest.link == "https://www.example.org/issues/23/issue.ar.html"
    assert newest.updated == "2026-06-01T00:00:00Z"
    assert newest.summary.startswith("Said")
    assert [link.type for link in newest.links if link.rel == "enclosure"] == [
        "application/pdf",
        "application/epub+zip",
    ]


@pytest.mark.parametrize("website", ["https://www.example.org", ""])
def test_a_feed_holds_what_atom_asks_for(website):
    text = (sample.SAMPLES / "desk.toml").read_text("utf-8").replace("https://www.example.org", website)
    root = ET.fromstring(to_feed([parse(finished("en").markdown)], Language.EN, parse_desk(text)))
    atom = {"a": "http://www.w3.org/2005/Atom"}
    for path in (
        "a:id",
        "a:title",
        "a:updated",
        "a:author/a:name",
        "a:entry/a:id",
        "a:entry/a:title",
        "a:entry/a:updated",
    ):
        assert root.find(path, atom).text, path
    has_link = root.find("a:entry/a:link[@rel='alternate']", atom) is not None
    assert has_link is bool(website)
    assert has_link or root.find("a:entry/a:content", atom).text  # RFC 4287, 4.1.2


def test_a_feed_holds_the_newest_twenty():
    issues = [parse(finished("en", number).markdown) for number in range(30, 0, -1)]
    read = feedparser.parse(to_feed(issues, Language.EN, sample.desk()))
    assert [entry.title.split(":")[0] for entry in read.entries] == [f"Issue {number}" for number in range(30, 10, -1)]
