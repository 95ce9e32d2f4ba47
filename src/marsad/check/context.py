"""What a rule may look at besides the text: the desk's declaration and the evidence of a drafted issue."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from marsad.binding import masked
from marsad.domain.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa  # heavy, and only evidence brings tables

    from marsad.binding.values import Vintage


@dataclass(frozen=True)
class Context:
    """Everything a rule may look at besides the text.

    Args:
        desk: the desk's declaration; None when a stray file is checked.
        evidence: tables by name: ``reports`` (domain schema) and, if at hand, ``evidence`` (section, sentence,
            event_ids, report_ids, basis). Empty when nothing is known of what the text cites.
        vintage: the tables of the issue's week, from which its values are computed again; None if not at hand.
    """

    desk: Desk | None = None
    evidence: "Mapping[str, pa.Table]" = field(default_factory=dict)
    vintage: "Vintage | None" = None

    @cached_property
    def reports(self) -> dict[str, str]:
        """Title and text of each known report, by report id."""
        table = self.evidence.get("reports")
        if table is None:
            return {}
        rows = table.select(["report_id", "outlet", "title", "text"]).to_pylist()
        return {
            row["report_id"]: " ".join(row[name] for name in ("outlet", "title", "text") if row[name]) for row in rows
        }

    @cached_property
    def sentences(self) -> dict[str, str]:
        """The sentences the machine drafted, bare, and what each rests on (``events``, ``measure`` or ``structure``).

        One that is no longer here was changed by a person.
        """
        table = self.evidence.get("evidence")
        rows = table.to_pylist() if table is not None else []
        return {bare_sentence(row["sentence"]): row.get("basis") or "events" for row in rows}


def bare_sentence(sentence: str) -> str:
    """Return a sentence without list mark, note marks and direction marks, to compare it with its draft.

    >>> bare_sentence("- The border opened.[^3f][^a0]")
    'The border opened.'
    """
    plain = masked(sentence).replace("_", "")
    return re.sub(r"^\s*[-*+]\s+|\[\^[^\]]*\]|[\u200e\u200f\u2066-\u2069]", "", plain).strip()
