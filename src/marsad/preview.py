"""An issue's page on this machine alone, set anew whenever its file is saved: `marsad preview`."""

import hashlib
from datetime import datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock

from marsad import issuefile, publish
from marsad.bulletin import check_file
from marsad.check import Finding, Level
from marsad.domain.desk import Desk
from marsad.errors import BadInput, MarsadError
from marsad.relation import Tables
from marsad.store import Store

_LOOPBACK = "127.0.0.1"
_HOSTS = {"127.0.0.1", "localhost", "[::1]"}
_SHOWN = 12  # findings above the page
_EMPTY = '<!doctype html><html lang="en"><meta charset="utf-8"><title>marsad preview</title><body></body></html>'
_RELOAD = """<script>
const shown = "{version}";
setInterval(async () => {{
  try {{
    const now = await (await fetch("/version", {{cache: "no-store"}})).text();
    if (now !== shown) location.reload();
  }} catch {{ /* the preview was stopped: the page stays as it is */ }}
}}, 600);
</script>"""
_STYLE = (
    "position:sticky;top:0;z-index:99;margin:0;padding:.6rem 1rem;font:14px/1.5 system-ui,sans-serif;"
    "background:#7a1f1f;color:#fff;white-space:pre-wrap;unicode-bidi:plaintext"
)


class Preview:
    """The page of one issue file, as it was last saved; a faulty file leaves the last good page standing.

    Args:
        path: the issue file.
        desk: whose issue it is.
        store: the desk's tables, read when the page is first set and when the file is saved.
    """

    def __init__(self, path: Path, desk: Desk, store: Store) -> None:
        self._path, self._desk, self._store = path, desk, store
        self._lock = Lock()
        self._saved: tuple[int, int] | None = None
        self._good, self._notes = "", ""

    def page(self) -> tuple[str, str]:
        """Return the page with what is wrong with the file above it, and the version it shows."""
        with self._lock:
            saved = self._stat()
            if saved != self._saved:
                self._saved = saved
                self._set()
            version = hashlib.sha256(f"{self._saved}{self._notes}{self._good}".encode()).hexdigest()[:16]
            return _with(self._good or _EMPTY, self._notes, version), version

    def _stat(self) -> tuple[int, int]:
        try:
            found = self._path.stat()
        except OSError:
            return (0, 0)
        return found.st_mtime_ns, found.st_size

    def _set(self) -> None:
        try:
            text, findings, tables, as_of = check_file(self._path, self._desk, self._store)
            self._good = self._page(text, tables, as_of)
            self._notes = _told(findings)
        except MarsadError as error:
            self._notes = str(error)

    def _page(self, text: str, tables: Tables, as_of: datetime) -> str:
        where = str(self._path)
        week, language = issuefile.head_of(text, where)
        vintage = issuefile.vintage_of(text, tables, self._desk, week, as_of)
        bound = issuefile.bind(text, vintage, self._desk, language, where)
        return publish.render_page(bound.text, desk=self._desk, tables=vintage.tables, where=where, lines=bound.lines)


def _told(findings: list[Finding]) -> str:
    """Return the errors that would hold the issue back, a line each."""
    errors = [one for one in findings if one.level is Level.ERROR]
    lines = [f"line {one.line}: {one.rule}: {one.message}" for one in errors[:_SHOWN]]
    more = [f"and {len(errors) - _SHOWN} more: marsad check"] if len(errors) > _SHOWN else []
    return "\n".join([*lines, *more])


def _with(page: str, notes: str, version: str) -> str:
    banner = f'<pre role="alert" dir="auto" style="{_STYLE}">{escape(notes)}</pre>' if notes else ""
    head, body, rest = page.partition("<body")
    opening, bracket, inside = rest.partition(">")
    before, end, after = inside.rpartition("</body>")
    return f"{head}{body}{opening}{bracket}{banner}{before}{_RELOAD.format(version=version)}{end}{after}"


def serve(preview: Preview, port: int) -> ThreadingHTTPServer:
    """Return a server of the preview on this machine alone, ready for ``serve_forever``.

    Args:
        preview: what to show.
        port: 0 takes a free one; ``server_port`` tells which.

    Raises:
        BadInput: the port is taken.
    """

    class Handler(BaseHTTPRequestHandler):
        """Answers ``/``, ``/version`` and the page's fonts."""

        def do_GET(self) -> None:
            if (self.headers.get("Host") or "").rpartition(":")[0] not in _HOSTS:
                self.send_error(403, "only this machine may look")
                return
            name = self.path.partition("?")[0].lstrip("/")
            if name == "":
                self._answer(preview.page()[0].encode(), "text/html; charset=utf-8")
            elif name == "version":
                self._answer(preview.page()[1].encode(), "text/plain; charset=utf-8")
            elif name in publish.FONTS:
                self._answer(publish.font(name), "font/ttf")
            else:
                self.send_error(404)

        def _answer(self, content: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the base class names it
            """Say nothing: the terminal is the analyst's."""

    try:
        return ThreadingHTTPServer((_LOOPBACK, port), Handler)
    except OSError as error:
        raise BadInput(
            f"port {port}", f"cannot be used ({error.strerror})", "name another: --port 0 takes any"
        ) from error
