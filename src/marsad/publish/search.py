"""Full-text search for the archive site: an index that a browser reads, made by Pagefind (extra ``site``)."""

import asyncio
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from marsad.errors import RenderFailed


def index_pages(pages: Mapping[str, str]) -> dict[str, bytes]:
    """Index pages by the language each declares; words are found in their inflected forms where a stemmer is known.

    Args:
        pages: path from the root of the site to HTML; what lies in ``data-pagefind-body`` is indexed.

    Returns:
        The index and its script by path, all below ``pagefind/``.

    Raises:
        RenderFailed: Pagefind is not installed, or refuses a page.
    """
    try:
        from pagefind.service import PagefindService
    except ImportError as error:
        raise RenderFailed("the search of the archive", 'Pagefind is missing: pip install "marsad[site]"') from error

    async def run(folder: Path) -> None:
        async with PagefindService() as service:
            index = await service.create_index()
            for path, html in pages.items():
                await index.add_html_file(content=html, url=f"/{path}")
            await index.write_files(str(folder))

    with tempfile.TemporaryDirectory() as name:  # through its pipe a large index may stall
        try:
            asyncio.run(run(Path(name)))
        except (OSError, RuntimeError, AssertionError) as error:
            raise RenderFailed("the search of the archive", f"Pagefind stopped: {error}") from error
        files = sorted(path for path in Path(name).rglob("*") if path.is_file())
        found = {f"pagefind/{path.relative_to(name).as_posix()}": path.read_bytes() for path in files}
    entry = "pagefind/pagefind-entry.json"  # Pagefind writes its languages in any order
    return found | {entry: json.dumps(json.loads(found[entry]), sort_keys=True).encode()}
