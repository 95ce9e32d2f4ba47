"""A clean draft to right-to-left HTML and PDF."""

from marsad.publish.render import render

__all__ = ["render"]
