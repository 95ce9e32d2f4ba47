import functools
import html
import http.server
import json
import re
import threading
from urllib.parse import quote

import pytest

from marsad.publish import Finished, build_site, render
from marsad.publish.search import index_pages
from publish import sample, tools

FIGURES = ":::{figure} movers\n:::\n\n:::{figure} calibration\n:::\n\n:::{figure} network\n:::\n\n"


@pytest.fixture(scope="module")
def files():
    made = {}
    for lang in sample.LANGUAGES:
        text = sample.markdown(lang)
        at = text.index("## ")
        text = text[:at] + FIGURES + text[at:]
        made[lang] = (text, render(text, desk=sample.desk(), tables=sample.tables()))
    return made


@pytest.mark.parametrize("lang", sample.LANGUAGES)
def test_epubcheck_finds_nothing(files, lang, tmp_path):
    book = tmp_path / "issue.epub"
    book.write_bytes(files[lang][1][f"issue.{lang}.epub"])
    assert tools.epubcheck(book) == ""


def faults(page, folder, name):
    """Serious and critical findings of axe-core on a page."""
    run = (
        "axe.run().then(found => { const pre = document.createElement('pre'); pre.id = 'axe-found';"
        " pre.textContent = JSON.stringify(found.violations); document.body.append(pre); })"
    )
    path = folder / name
    path.write_text(
        page.replace("</body>", f"<script>{tools.axe_source()}</script><script>{run}</script></body>"), "utf-8"
    )
    found = re.search(r'<pre id="axe-found">(.*?)</pre>', tools.dom_of(path.as_uri()), re.DOTALL)
    assert found, "axe-core did not run"
    violations = json.loads(html.unescape(found[1]))
    return [
        f"{fault['id']}: {fault['help']} ({fault['nodes'][0]['html'][:120]})"
        for fault in violations
        if fault["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_axe_finds_nothing_serious_on_an_issue(files, lang, tmp_path):
    assert faults(files[lang][1][f"issue.{lang}.html"].decode(), tmp_path, "issue.html") == []


def test_axe_finds_nothing_serious_on_the_archive(files, tmp_path):
    site = dict(build_site([Finished(*files[lang]) for lang in sample.LANGUAGES], sample.desk()))
    for name in ("index.html", "ar/index.html", "en/index.html"):
        page = re.sub(
            r'<link rel="stylesheet"[^>]*>', f"<style>{site['site.css'].decode()}</style>", site[name].decode()
        )
        assert faults(page, tmp_path, "page.html") == [], name


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def address(files, tmp_path_factory):
    """The address a web server shows the archive at."""
    pytest.importorskip("pagefind", reason="needs Pagefind (extra site)")
    folder = tmp_path_factory.mktemp("site")
    for name, content in build_site([Finished(*files[lang]) for lang in files], sample.desk(), index=index_pages):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("lang", "words", "is_found"),
    [
        ("ar", "الممرات", True),
        ("ar", "للاتفاق", True),
        ("ar", "سمكة", False),
        ("en", "agreements", True),
        ("fa", "توافق", True),
        ("ps", "ازبکستان", True),
    ],
)
def test_search_finds_inflected_words_in_a_browser(address, lang, words, is_found):
    dom = tools.dom_of(f"{address}/{lang}/index.html?q={quote(words)}")
    assert (f'href="/issues/22/issue.{lang}.html"' in dom) is is_found


def test_the_same_archive_gives_the_same_search(files):
    pytest.importorskip("pagefind", reason="needs Pagefind (extra site)")
    pages = {"a.html": files["ar"][1]["issue.ar.html"].decode(), "b.html": files["en"][1]["issue.en.html"].decode()}
    assert index_pages(pages) == index_pages(pages)
