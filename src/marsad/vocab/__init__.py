"""Data only, each file with version and source, and the functions that load it."""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def fingerprint() -> str:
    """Return a hash over every vocabulary file: what was coded with other words must be coded again.

    >>> len(fingerprint())
    12
    """
    digest = hashlib.sha256()
    for name, content in sorted(_contents(files("marsad.vocab"))):
        digest.update(name.encode() + content)
    return digest.hexdigest()[:12]


def _contents(folder: Traversable) -> list[tuple[str, bytes]]:
    found = []
    for item in folder.iterdir():
        if item.is_dir():
            found += _contents(item)
        elif item.name.endswith((".toml", ".csv", ".npz")):
            found.append((item.name, item.read_bytes()))
    return found
