"""The files of a coded feed: a file, or a folder's files by their endings, in name order."""

from collections.abc import Iterator
from pathlib import Path

from marsad.collect import lines
from marsad.collect.batch import Row, finding
from marsad.domain.desk import Feed
from marsad.errors import FeedUnreachable


def contents(feed: Feed, root: Path, endings: tuple[str, ...], findings: list[Row]) -> Iterator[tuple[str, bytes]]:
    """Yield ``(where, bytes)`` of every file, unpacked; one that cannot be read becomes a finding.

    Raises:
        FeedUnreachable: there is no such folder or file, or no file of the wanted kind in it.
    """
    place = root / feed.where
    if place.is_dir():
        paths = sorted(path for path in place.rglob("*") if path.is_file() and path.name.lower().endswith(endings))
    else:
        paths = [place] if place.is_file() else []
    if not paths:
        raise FeedUnreachable(feed.name, feed.where, f"no such file, or no file ending in {', '.join(endings)}")
    base = place if place.is_dir() else place.parent
    for path in paths:
        shown = f"{feed.name}:{path.relative_to(base).as_posix()}"
        try:
            for member, raw in lines.unpacked(path):
                yield f"{shown}{member}", raw
        except OSError as error:
            message = f"set aside: cannot be read ({error}); the file was left as it is"
            findings.append(finding("unreadable", "warn", shown, message))
