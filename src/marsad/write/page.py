"""The issue file as it grows: blocks of Markdown, footnotes by first use, and one evidence row per machine sentence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import yaml

EVIDENCE = pa.schema(
    [
        ("section", pa.string()),
        ("sentence", pa.string()),
        ("event_ids", pa.list_(pa.string())),
        ("report_ids", pa.list_(pa.string())),
        ("basis", pa.string()),  # events: the reports say so; measure: its numbers are a table's; structure: no claim
    ]
)


@dataclass(frozen=True)
class Sentence:
    """One machine sentence and what it rests on.

    Args:
        text: without footnote marks.
        event_ids: the events behind it; empty only for ``measure`` and ``structure``.
        report_ids: the reports cited, best first.
        basis: ``events`` if the reports themselves say it; ``measure`` if its numbers are those of a table, which the
            reports support but do not state; ``structure`` if it claims nothing.
    """

    text: str
    event_ids: tuple[str, ...] = ()
    report_ids: tuple[str, ...] = ()
    basis: str = "events"


@dataclass
class Page:
    """Collects the issue. Sections append, :meth:`markdown` and :meth:`evidence` close it."""

    _blocks: list[str] = field(default_factory=list)
    _cited: dict[str, None] = field(default_factory=dict)
    _rows: list[dict[str, Any]] = field(default_factory=list)
    _section: str = ""

    def heading(self, section: str, text: str) -> None:
        """Open a section under its stable id."""
        self._section = section
        self._blocks.append(f"## {text} {{#{section}}}")

    def subheading(self, text: str) -> None:
        """Open a part of a section."""
        self._blocks.append(f"### {text}")

    def draft(self, sentences: Sequence[Sentence], *, as_list: bool = False) -> None:
        """Add machine sentences as one marked block, a paragraph or a list; nothing is added without sentences."""
        if not sentences:
            return
        lines = []
        for sentence in sentences:
            lines.append(f"{'- ' if as_list else ''}{sentence.text}{self.cite(sentence.report_ids)}")
            self._rows.append(
                {
                    "section": self._section,
                    "sentence": sentence.text,
                    "event_ids": list(sentence.event_ids),
                    "report_ids": list(sentence.report_ids),
                    "basis": sentence.basis,
                }
            )
        body = ("\n" if as_list else " ").join(lines)
        self._blocks.append(f":::{{draft}}\n{body}\n:::")

    def analyst(self, questions: Iterable[str]) -> None:
        """Add a space left to the analyst, with the questions to answer."""
        lines = "\n".join(f"- {question}" for question in questions)
        self._blocks.append(f":::{{analyst}}\n{lines}\n:::")

    def figure(self, kind: str, options: Mapping[str, str]) -> None:
        """Add a figure for the publisher to draw."""
        lines = [f":{name}: {value}" for name, value in options.items()]
        self._blocks.append("\n".join([f":::{{figure}} {kind}", *lines, ":::"]))

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Add a table; nothing is added without rows."""
        if not rows:
            return
        lines = [header, ["---"] * len(header), *rows]
        self._blocks.append("\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines))

    def cite(self, report_ids: Iterable[str]) -> str:
        """Return footnote marks and remember what was cited."""
        ids = list(report_ids)
        self._cited.update(dict.fromkeys(ids))
        return "".join(f"[^{key}]" for key in ids)

    def directive(self, name: str, argument: str, lines: Sequence[str] = (), *, is_draft: bool = False) -> None:
        """Add a directive bound to data; one of the machine's making is marked as its draft."""
        block = "\n".join([f":::{{{name}}} {argument}".rstrip(), *lines, ":::"])
        self._blocks.append(f"::::{{draft}}\n{block}\n::::" if is_draft else block)

    def block(self, markdown: str) -> None:
        """Add a block as a person wrote it."""
        self._blocks.append(markdown)

    @property
    def body(self) -> str:
        """The blocks so far, without head and footnotes."""
        return "\n\n".join(self._blocks)

    @property
    def cited(self) -> tuple[str, ...]:
        """The reports cited so far, in order of first use."""
        return tuple(self._cited)

    def markdown(self, front_matter: Mapping[str, Any], notes: Mapping[str, str]) -> str:
        """Return the whole file.

        Args:
            front_matter: key -> value, in order.
            notes: report_id -> text of its footnote.
        """
        head = yaml.safe_dump(
            dict(front_matter), allow_unicode=True, sort_keys=False, default_flow_style=None, width=10_000
        ).rstrip()
        footnotes = "\n".join(f"[^{key}]: {notes[key]}" for key in self._cited)
        body = "\n\n".join([*self._blocks, *([footnotes] if footnotes else [])])
        return f"---\n{head}\n---\n\n{body}\n"

    def evidence(self) -> pa.Table:
        """Return one row per machine sentence, in order."""
        return pa.Table.from_pylist(self._rows, schema=EVIDENCE)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
