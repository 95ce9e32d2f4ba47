import io
import re
import zipfile
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from marsad.publish.epub import to_epub
from marsad.publish.figures import draw_figures
from marsad.publish.markdown import parse
from publish import sample

OPF = "{http://www.idpf.org/2007/opf}"


@cache
def book(language):
    issue, desk = parse(sample.markdown(language)), sample.desk()
    return to_epub(issue, desk, draw_figures(issue, desk, sample.tables()))


def opened(language):
    return zipfile.ZipFile(io.BytesIO(book(language)))


@pytest.mark.parametrize("language", sample.LANGUAGES)
def test_every_part_is_well_formed_and_every_reference_leads_somewhere(language):
    texts = {name: opened(language).read(f"EPUB/{name}") for name in ("issue.xhtml", "nav.xhtml", "package.opf")}
    trees = {name: ET.fromstring(text) for name, text in texts.items()}
    ids = [element.get("id") for element in trees["issue.xhtml"].iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    links = [element.get("href", "") for element in trees["issue.xhtml"].iter()]
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    listed = re.findall(r'issue\.xhtml#([^"]+)"', texts["nav.xhtml"].decode())
    assert listed
    assert set(listed) <= set(ids)


def test_the_first_file_is_the_kind_unpressed():
    first = opened("ar").infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert opened("ar").read("mimetype") == b"application/epub+zip"


def test_the_manifest_names_every_file_and_no_other():
    package = ET.fromstring(opened("ar").read("EPUB/package.opf"))
    named = {item.get("href") for item in package.iter(f"{OPF}item")}
    packed = {name.removeprefix("EPUB/") for name in opened("ar").namelist() if name.startswith("EPUB/")}
    assert named == packed - {"package.opf"}


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fa", "rtl"), ("ps", "rtl"), ("en", "ltr")])
def test_pages_turn_the_way_the_language_is_read(language, direction):
    package = ET.fromstring(opened(language).read("EPUB/package.opf"))
    assert package.find(f"{OPF}spine").get("page-progression-direction") == direction


def test_hostile_words_stay_words():
    front = (
        "number: 1\nweek: 2026-W22\nlang: en\ntitle: '<b> & \"q\"'\nperiod: [2026-05-25, 2026-05-31]\nas_of: 2026-06-01"
    )
    text = to_epub(parse(f"---\n{front}\n---\n<script>x</script> {{{{ 1 }}}}"), sample.desk(), {})
    page = zipfile.ZipFile(io.BytesIO(text)).read("EPUB/issue.xhtml").decode()
    ET.fromstring(page)
    assert "&lt;script&gt;x&lt;/script&gt; {{ 1 }}" in page


def test_the_same_issue_gives_the_same_book():
    assert book("fa") == book.__wrapped__("fa")
