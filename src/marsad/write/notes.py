"""The footnote of a report: outlet, day, title or first words, link."""

from collections.abc import Mapping
from typing import Any

from marsad.domain.words import Language
from marsad.language.calendars import format_date
from marsad.language.numerals import isolate_ltr

_QUOTED_WORDS = 12


def note(report: Mapping[str, Any], language: Language) -> str:
    """Return the text of a report's footnote; its parts are left out where the report lacks them.

    Args:
        report: a row of ``reports``.
        language: of the issue.
    """
    words = (report["title"] or report["text"] or "").split()
    quoted = " ".join(words[:_QUOTED_WORDS]) + ("…" if len(words) > _QUOTED_WORDS else "")
    # A title keeps its own direction between the note's commas.
    title = f"«\u2068{quoted}\u2069»" if language.is_rtl else f"“{quoted}”"
    day = format_date(report["published_at"].date(), language) if report["published_at"] else ""
    link = f"<{report['url']}>" if report["url"] else ""
    parts = (report["outlet"], day, title, isolate_ltr(link) if language.is_rtl and link else link)
    return ("، " if language.is_rtl else ", ").join(part for part in parts if part)
