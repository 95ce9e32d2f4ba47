"""Fetch reports and coded events as they are: raw bytes, checksum, licence; interpret nothing."""

from marsad.collect.gather import FOUND, Collected, fetch
from marsad.collect.open_events import Opened, open_events, read_events

__all__ = ["FOUND", "Collected", "Opened", "fetch", "open_events", "read_events"]
