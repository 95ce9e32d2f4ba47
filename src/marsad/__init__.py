"""Marsad: the weekly desk of a regional research centre, from reports to a numbered, sourced bulletin."""

__version__ = "0.1.0"
