"""The gazetteer: places of the region and the world's capitals, with country and coordinates."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from marsad.domain.words import Language


@dataclass(frozen=True)
class Place:
    """One place.

    Args:
        country: ISO 3166-1 alpha-3 of the state it lies in.
        kind: ``capital``, ``city``, ``province``, ``crossing`` or ``area``; a capital also stands for its government.
        latitude, longitude: degrees, north and east positive; of the centre, rounded.
        names: by language, the displayed name first; a language without one lacks its key.
    """

    country: str
    kind: str
    latitude: float
    longitude: float
    names: dict[str, tuple[str, ...]]

    @property
    def name(self) -> str:
        """The English name, which also identifies the place.

        >>> load_places()[0].name
        'Kabul'
        """
        return self.names["en"][0]


@cache
def load_places() -> tuple[Place, ...]:
    """Return the gazetteer in the order of its file: Afghanistan and its neighbours first.

    >>> sorted({place.country for place in load_places() if place.kind == "crossing"})
    ['AFG', 'ARM', 'IRN', 'PAK', 'TKM']
    """
    text = (files("marsad.vocab") / "places.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        Place(row["country"], row["kind"], float(row["latitude"]), float(row["longitude"]), _names(row)) for row in rows
    )


def _names(row: dict[str, str]) -> dict[str, tuple[str, ...]]:
    found = {}
    for language in Language:
        cell = row[language] or (row["fa"] if language == Language.PS else "")
        if cell:
            found[language.value] = tuple(cell.split(";"))
    return found
