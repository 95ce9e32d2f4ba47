"""Hold the checker against a worked list of defects: found, alarms on negative controls, other errors, time.

usage: python benchmarks/check.py BULLETIN DEFECTS [--others] [--missed]
"""

import argparse
import re
import time
from pathlib import Path
from typing import NamedTuple

from marsad import check
from marsad.check.finding import Finding, Level


class Defect(NamedTuple):
    """One row of the list: its rule and its quotes, as literal text."""

    number: int
    rule: str
    level: str
    quotes: list[str]


def defects(table: str) -> list[Defect]:
    """Read the rows of the Markdown tables."""
    found = []
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and cells[0].isdecimal():
            quotes = [quote.replace(" ↵↵ ", "\n\n") for quote in re.findall(r"L\d+ «(.*?)»(?= ⁄ L|$)", cells[3])]
            found.append(Defect(int(cells[0]), cells[1].strip("`"), cells[2], quotes))
    return found


def controls(table: str) -> list[str]:
    """Read the quotes that must not be flagged."""
    return re.findall(r"^- L\d+ «(.*)»$", table, re.MULTILINE)


def spans(text: str, quote: str, *, first_only: bool) -> list[tuple[int, int]]:
    """Return where a quote stands."""
    places = [(found.start(), found.end()) for found in re.finditer(re.escape(quote), text)]
    return places[:1] if first_only else places


def span_of(text: str, finding: Finding) -> tuple[int, int]:
    """Return a finding's offsets; its quote must stand there."""
    start = sum(len(line) + 1 for line in text.split("\n")[: finding.line - 1]) + finding.column - 1
    assert text.startswith(finding.quote, start), finding
    return start, start + len(finding.quote)


def overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bulletin", type=Path)
    parser.add_argument("defects", type=Path)
    parser.add_argument("--others", action="store_true", help="list the error-level findings that are on no row")
    parser.add_argument("--missed", action="store_true", help="list the rows not found")
    options = parser.parse_args()
    text, table = options.bulletin.read_text("utf-8"), options.defects.read_text("utf-8")
    check.run(text, path=options.bulletin.name)
    began = time.perf_counter()
    findings = check.run(text, path=options.bulletin.name)
    seconds = time.perf_counter() - began
    placed = [(finding, span_of(text, finding)) for finding in findings]
    rows = defects(table)
    for first_only in (True, False):
        found, matched = set(), set()
        for row in rows:
            for quote in row.quotes:
                for place in spans(text, quote, first_only=first_only):
                    for finding, span in placed:
                        if finding.rule == row.rule and overlaps(span, place):
                            found.add(row.number)
                            matched.add(finding)
        other = [f for f in findings if f.level is Level.ERROR and f not in matched]
        how = "first place of each quote" if first_only else "any place of each quote"
        print(f"{how}: {len(found)}/{len(rows)} found, {len(other)} other error-level findings")
        if options.missed:
            for row in rows:
                if row.number not in found:
                    print(f"   missed {row.number} {row.rule} {row.quotes}")
        if options.others and not first_only:
            for finding in other:
                print(f"   other {finding.line}:{finding.column} {finding.rule} «{finding.quote[:90]}»")
    alarms = [
        (quote, finding.rule)
        for quote in controls(table)
        for place in spans(text, quote, first_only=True)
        for finding, span in placed
        if overlaps(span, place) and span[1] - span[0] <= 3 * len(quote)
    ]
    counts = {level.value: sum(f.level is level for f in findings) for level in Level}
    print(f"alarms on negative controls: {len(alarms)} {alarms}")
    print(f"{len(findings)} findings {counts}; {seconds:.2f} s")


if __name__ == "__main__":
    main()
