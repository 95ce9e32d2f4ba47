"""The disk as an edge: every byte a desk keeps is written here, whole or not at all."""

import os
import tempfile
from pathlib import Path

from marsad.errors import NoSpace


class Disk:
    """Write files so that a crash at any instant leaves the old file or the new one, never half of either."""

    def write(self, path: Path, content: bytes) -> None:
        """Replace `path` by `content` in one step.

        Raises:
            NoSpace: the content could not be written; the old file is untouched.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        except OSError as error:
            raise NoSpace(str(path), error.strerror or str(error)) from error
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.chmod(0o644)
            part.replace(path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise NoSpace(str(path), error.strerror or str(error)) from error
