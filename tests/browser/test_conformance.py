"""Others' checks of our files: epubcheck, axe-core, and the search in a browser."""

import html
import json
import re
from urllib.parse import quote

import pytest

from marsad.publish import index_pages
from publish import sample, tools


@pytest.mark.parametrize("lang", sample.LANGUAGES)
def test_epubcheck_finds_nothing(finished, lang, tmp_path):
    book = tmp_path / "issue.epub"
    book.write_bytes(finished[lang].files[f"issue.{lang}.epub"])
    assert tools.epubcheck(book) == ""


@pytest.mark.parametrize(
    ("name", "is_dark"),
    [
        ("issues/22/issue.ar.html", False),
        ("issues/22/issue.en.html", True),
        ("issues/22/issue.fa.html", True),
        ("issues/22/issue.ps.html", False),
        ("index.html", False),
        ("ar/index.html", True),
        ("en/index.html", False),
    ],
)
def test_axe_finds_nothing_serious(site, name, is_dark):
    run = (
        "axe.run().then(found => { const pre = document.createElement('pre'); pre.id = 'axe-found';"
        " pre.textContent = JSON.stringify(found.violations); document.body.append(pre); })"
    )
    page = (site.folder / name).read_text("utf-8")
    checked = page.replace("</body>", f"<script>{tools.axe_source()}</script><script>{run}</script></body>")
    address = site.page(f"{name.removesuffix('.html')}.axe.html", checked)
    found = re.search(r'<pre id="axe-found">(.*?)</pre>', tools.dom_of(address, is_dark=is_dark), re.DOTALL)
    assert found, "axe-core did not run"
    assert [
        f"{fault['id']}: {fault['help']} ({fault['nodes'][0]['html'][:120]})"
        for fault in json.loads(html.unescape(found[1]))
        if fault["impact"] in {"serious", "critical"}
    ] == []


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
def test_search_finds_inflected_words_in_a_browser(site, lang, words, is_found):
    pytest.importorskip("pagefind", reason="needs Pagefind (extra site)")
    address, link = f"{site.address}/{lang}/index.html?q={quote(words)}", f'href="/issues/22/issue.{lang}.html"'
    # the search runs in a worker, which the browser's own clock does not wait for: a busy machine gets three tries
    assert any(link in tools.dom_of(address) for _ in range(3 if is_found else 1)) is is_found


def test_the_same_archive_gives_the_same_search(finished):
    pytest.importorskip("pagefind", reason="needs Pagefind (extra site)")
    pages = {f"{lang}.html": finished[lang].files[f"issue.{lang}.html"].decode() for lang in ("ar", "en")}
    assert index_pages(pages) == index_pages(pages)
