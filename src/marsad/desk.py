"""A desk on disk: open one, make one. The Python door to Marsad's tables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import pyarrow as pa

from marsad.coding.coder import Coder, default_coder, with_model
from marsad.coding.head import read_head
from marsad.coding.language_model import Ask, LanguageModel
from marsad.coding.onnx_encoder import OnnxEncoder
from marsad.coding.remote_encoder import RemoteEncoder
from marsad.domain.desk import Desk, EncoderSource, parse_desk
from marsad.domain.tables import TABLES
from marsad.edges import Edges
from marsad.errors import BadDesk, BadInput, ModelUnreachable
from marsad.known import known_events
from marsad.store import Disk, Store
from marsad.vocab.actors import load_registry


@dataclass(frozen=True)
class OpenDesk:
    """A desk one can read: its declaration and its tables."""

    root: Path
    settings: Desk
    store: Store

    def table(self, name: str, as_of: datetime | None = None) -> pa.Table:
        """Return a table as Arrow (``.to_pandas()``, ``polars.from_arrow(...)``), as known at `as_of`.

        Events stand as they do after people's corrections.

        Args:
            name: one of the tables, see ``marsad.domain.tables``.
            as_of: only rows known by then; all if None.

        Raises:
            BadInput: no such table.
        """
        if name not in TABLES:
            raise BadInput(f"table {name!r}", "not a table of the desk", f"use one of {', '.join(TABLES)}")
        return known_events(self.store, as_of) if name == "events" else self.store.read(name, as_of=as_of)


def open_desk(path: str | Path, disk: Disk | None = None) -> OpenDesk:
    """Open the desk in a folder.

    Args:
        path: the folder that holds ``desk.toml``.
        disk: how bytes get to disk; tests pass a failing one.

    Raises:
        BadDesk: no ``desk.toml`` there, or it cannot be used.
        NewerDesk: its data were written by a newer Marsad.
    """
    root = Path(path)
    declaration = root / "desk.toml"
    try:
        text = declaration.read_text("utf-8")
    except OSError as error:
        fault = "there is no desk here" if not declaration.exists() else (error.strerror or str(error))
        raise BadDesk(str(declaration), fault, f"marsad new {root} makes one") from error
    except UnicodeDecodeError as error:
        raise BadDesk(str(declaration), f"not UTF-8 text: {error.reason}", "save it as UTF-8") from error
    settings = parse_desk(text, str(declaration))
    _require_known_actors(settings, str(declaration))
    return OpenDesk(root, settings, Store(root / "data", disk))


def _require_known_actors(settings: Desk, where: str) -> None:
    pairs = [*settings.watched, settings.subject or ()]
    named = {code for codes in (*pairs, *settings.groups.values(), settings.names) for code in codes}
    known = load_registry().kinds
    if unknown := sorted(named - known.keys()):
        near = get_close_matches(unknown[0], known, n=3, cutoff=0.5)
        raise BadDesk(
            where,
            f"unknown actor {unknown[0]}",
            f"use an ISO alpha-3 code or a code of the registry{', perhaps ' + ', '.join(near) if near else ''}",
        )


def new_desk(path: str | Path) -> list[Path]:
    """Make a commented desk that runs at once; return the files written.

    Raises:
        BadInput: the folder already holds a desk.
    """
    root = Path(path)
    if (root / "desk.toml").exists():
        raise BadInput(str(root), "already holds a desk; nothing was changed", "name another folder")
    return _copy(files("marsad") / "template", root)


def real_edges(
    root: Path,
    progress: Callable[[str], None],
    disk: Disk | None = None,
    *,
    settings: Desk | None = None,
    api_key: str | None = None,
) -> Edges:
    """Return the edges of a real run: the network, the clock, the disk, the coder.

    Args:
        root: the desk's folder.
        progress: told what is being done.
        disk: how bytes get to disk.
        settings: of the desk, for a language model or an encoder of its own.
        api_key: what their server asks for, if anything.
    """
    return Edges(
        root=root,
        http=_http,
        clock=lambda: datetime.now(UTC),
        disk=disk or Disk(),
        coder=coder_of(settings, root, api_key),
        progress=progress,
    )


def coder_of(settings: Desk | None, root: Path, api_key: str | None = None) -> Coder:
    """Return our coder, with the encoder and the language model a desk declares.

    Raises:
        BadInput: the encoder's folder or head is not there, or the head reads other vectors.
    """
    coder = default_coder()
    if settings is not None and settings.encoder is not None:
        coder = _with_encoder(coder, settings.encoder, root, api_key)
    if settings is not None and settings.model is not None:
        model = settings.model
        ask = _post(model.server, "chat/completions", api_key)
        coder = with_model(coder, LanguageModel(model.model, ask, model.trust))
    return coder


def _with_encoder(coder: Coder, source: EncoderSource, root: Path, api_key: str | None) -> Coder:
    head = coder.head
    if source.head:
        try:
            with (root / source.head).open("rb") as file:
                head = read_head(file)
        except (OSError, ValueError, KeyError) as error:
            raise BadInput(
                str(root / source.head), f"no head can be read ({error})", "learn one: see the how-to"
            ) from error
    encoder = (
        OnnxEncoder(root / source.onnx, source.name)
        if source.onnx
        else RemoteEncoder(source.name, _post(source.server, "embeddings", api_key))
    )
    try:
        return replace(coder, encoder=encoder, head=head)
    except ValueError as error:
        raise BadInput(f"encoder {source.name}", str(error), "name its head in [encoder]") from error


def _post(server: str, path: str, api_key: str | None) -> Ask:
    """Return the edge to one address of an OpenAI-compatible server."""

    def ask(request: Mapping[str, Any]) -> Mapping[str, Any]:
        import httpx

        headers = {"authorization": f"Bearer {api_key}"} if api_key else {}
        try:
            answer = httpx.post(f"{server.rstrip('/')}/{path}", json=request, headers=headers, timeout=300)
            answer.raise_for_status()
            said: Mapping[str, Any] = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise ModelUnreachable(server, str(error) or type(error).__name__) from error
        return said

    return ask


def _http() -> Any:
    import httpx

    return httpx.Client(timeout=30, follow_redirects=True, headers={"user-agent": "marsad (research centre desk)"})


def _copy(source: Traversable, target: Path) -> list[Path]:
    written: list[Path] = []
    for item in source.iterdir():
        if item.is_dir():
            written += _copy(item, target / item.name)
        else:
            target.mkdir(parents=True, exist_ok=True)
            (target / item.name).write_bytes(item.read_bytes())
            written.append(target / item.name)
    return sorted(written)
