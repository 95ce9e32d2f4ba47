"""Figures drawn from tables."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Drawing:
    """One drawn figure: SVG text, title, words for those who cannot see it, and the tidy table behind it as CSV."""

    svg: str
    title: str
    alt: str
    name: str
    csv: bytes
