"""Text to events: triggers, parties, status, dates; the same event across reports merged."""

from marsad.coding.coder import Coder, code_text, default_coder
from marsad.coding.reports import Coded, code

__all__ = ["Coded", "Coder", "code", "code_text", "default_coder"]
