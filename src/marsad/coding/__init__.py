"""Text to events: triggers, parties, status, dates; the same event across reports merged."""

from marsad.coding.coder import Coder, code_text, default_coder
from marsad.coding.corrections import VERDICTS, as_labelled, ask_first, corrected, triple
from marsad.coding.reports import Coded, code

__all__ = [
    "VERDICTS",
    "Coded",
    "Coder",
    "as_labelled",
    "ask_first",
    "code",
    "code_text",
    "corrected",
    "default_coder",
    "triple",
]
