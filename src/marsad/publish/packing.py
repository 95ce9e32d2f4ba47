"""Zip files that are the same bytes each time."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date


def pack(files: Mapping[str, bytes], day: date, *, first_unpressed: bool = False) -> bytes:
    """Pack files in their order, all dated by one day.

    Args:
        files: name in the archive to content.
        day: their date; 1980 or later.
        first_unpressed: store the first file as it is, as EPUB asks of its ``mimetype``.

    >>> pack({"a.txt": b"x"}, date(2026, 6, 1)) == pack({"a.txt": b"x"}, date(2026, 6, 1))
    True
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n, (name, content) in enumerate(files.items()):
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if first_unpressed and n == 0 else zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on every machine
            archive.writestr(entry, content)
    return out.getvalue()
