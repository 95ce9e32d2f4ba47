"""What the path touches of the world: network, clock, disk, coder. The middle is pure; these are passed in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from marsad.coding.coder import Coder
from marsad.store import Disk


@dataclass(frozen=True)
class Edges:
    """The edges of one run; tests pass canned ones."""

    root: Path
    http: Callable[[], Any]
    clock: Callable[[], datetime]
    disk: Disk
    coder: Coder
    progress: Callable[[str], None]
