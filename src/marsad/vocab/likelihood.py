"""The declared scale of likelihood words: seven bands of probability, one word each in every language."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

from marsad.domain.words import Language
from marsad.errors import BadInput


class Band(NamedTuple):
    """Bounds of one band, as probabilities; ``low`` belongs to it, ``high`` to the next."""

    low: float
    high: float


@dataclass(frozen=True)
class LikelihoodScale:
    """Seven bands, lowest first, and the seven words of each language. Built by :func:`load_scale`."""

    version: str
    bands: tuple[Band, ...]
    words: Mapping[Language, tuple[str, ...]]

    def index(self, probability: float) -> int:
        """Return which band, 0 (lowest) .. 6, a probability lies in; beyond the outer bounds, the outer band.

        Raises:
            ValueError: outside [0, 1].

        >>> scale = load_scale()
        >>> [scale.index(p) for p in (0.0, 0.05, 0.5, 0.8, 1.0)]
        [0, 1, 3, 5, 6]
        """
        if not 0 <= probability <= 1:
            raise ValueError(f"{probability} is not a probability")
        return max(number for number, band in enumerate(self.bands) if number == 0 or probability >= band.low)

    def word(self, probability: float, language: str) -> str:
        """Return the likelihood word of a probability.

        >>> load_scale().word(0.7, "ar"), load_scale().word(0.7, "en")
        ('مرجَّح', 'likely')
        """
        return self.words[Language(language)][self.index(probability)]

    def band(self, word: str, language: str) -> Band | None:
        """Return the band a word declares, None for a word that is not on the scale.

        >>> load_scale().band("محتمل", "fa"), load_scale().band("محتمل", "ar")
        (Band(low=0.55, high=0.8), None)
        """
        words = self.words[Language(language)]
        return self.bands[words.index(word)] if word in words else None


@cache
def _declared() -> LikelihoodScale:
    raw = tomllib.loads(resources.files("marsad.vocab").joinpath("likelihood.toml").read_text(encoding="utf-8"))
    bands = tuple(Band(entry["low"] / 100, entry["high"] / 100) for entry in raw["band"])
    words = {language: tuple(entry[language.value] for entry in raw["band"]) for language in Language}
    return LikelihoodScale(raw["version"], bands, words)


def load_scale(overrides: Mapping[str, Sequence[str]] | None = None) -> LikelihoodScale:
    """Return our scale, with a desk's own words where it declares them (``desk.likelihood``); the bands stay.

    Args:
        overrides: language -> seven words, lowest band first.

    Raises:
        BadInput: not seven words, or one word twice: a reader could not tell the bands apart.

    >>> load_scale({"en": ["remote", "low", "some", "even", "good", "high", "sure"]}).word(0.9, "en")
    'high'
    """
    scale = _declared()
    words = dict(scale.words)
    for language, own in (overrides or {}).items():
        if len(set(own)) != len(scale.bands):
            raise BadInput(f"likelihood.{language}", "not seven different words", "give seven, lowest band first")
        words[Language(language)] = tuple(own)
    return LikelihoodScale(scale.version, scale.bands, words)
