"""A clean draft to right-to-left HTML and PDF."""

from marsad.publish.markdown import parse
from marsad.publish.render import render

__all__ = ["parse", "render"]
