"""The sample's issues in four languages with every figure, laid out as a site that a local web server shows."""

import functools
import http.server
import threading

import pytest

from marsad.publish import Finished, build_site, render
from publish import sample

FIGURES = "".join(f":::{{figure}} {kind}\n:::\n\n" for kind in ("movers", "calibration", "network", "map"))
WIDE = '<!doctype html><style>body{{margin:0}}iframe{{border:0;display:block}}</style><iframe src="{page}" width="{width}" height="{height}"></iframe>'


@pytest.fixture(scope="session")
def finished():
    """Each language's issue as it is published."""
    made = {}
    for lang in sample.LANGUAGES:
        text = sample.markdown(lang)
        at = text.index("## ")
        text = text[:at] + FIGURES + text[at:]
        made[lang] = Finished(text, render(text, desk=sample.desk(), tables=sample.tables()))
    return made


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


class Site:
    """A folder and the address a web server shows it at."""

    def __init__(self, folder, address):
        self.folder, self.address = folder, address

    def page(self, name, text):
        """Lay a page beside the others and return its address."""
        (self.folder / name).write_text(text, "utf-8")
        return f"{self.address}/{name}"


@pytest.fixture(scope="session")
def site(finished, tmp_path_factory):
    """The archive with its search, where Pagefind is installed."""
    from importlib.util import find_spec

    from marsad.publish import index_pages

    folder = tmp_path_factory.mktemp("site")
    index = index_pages if find_spec("pagefind") else None
    for name, content in build_site(finished.values(), sample.desk(), index=index):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Site(folder, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    server.server_close()
