"""One module or folder per kind of feed; ``READERS`` names them by ``Feed.kind``."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from marsad.collect.batch import Batch, Request
from marsad.collect.feeds import gdelt, icews, reports, rss, tkg
from marsad.domain.desk import Feed

Reader = Callable[[Feed, Request], Batch]

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "reports": reports.read,
        "rss": rss.read,
        "icews": icews.read,
        "tkg": tkg.read,
        "gdelt": gdelt.read,
    }
)
