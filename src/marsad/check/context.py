"""What a rule may look at besides the text: the desk's declaration and the evidence of a drafted issue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pyarrow as pa

from marsad.domain.desk import Desk


@dataclass(frozen=True)
class Context:
    """Everything a rule may look at besides the text.

    Args:
        desk: the desk's declaration; None when a stray file is checked.
        evidence: tables by name: ``reports`` (domain schema) and, if at hand, ``evidence`` (section, sentence,
            event_ids, report_ids). Empty when nothing is known of what the text cites.
    """

    desk: Desk | None = None
    evidence: Mapping[str, pa.Table] = field(default_factory=dict)

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
