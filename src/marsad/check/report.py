"""Findings as text, JSON, or SARIF 2.1.0."""

import json
from collections.abc import Sequence

from marsad.check.finding import Finding, Level

_SARIF_LEVEL = {Level.ERROR: "error", Level.WARN: "warning", Level.INFO: "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_QUOTE_SHOWN = 80
_SAFE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def as_text(findings: Sequence[Finding], path: str) -> str:
    """Return one line a finding: file, place, level, rule, quote, what to do; then the count.

    >>> print(as_text([Finding(3, 1, "empty-link", Level.ERROR, "[here](#)", "Give the address.")], "a.md"))
    a.md:3:1 error empty-link «[here](#)» Give the address.
    1 error, 0 warn, 0 info
    """
    lines = [
        f"{path}:{one.line}:{one.column} {one.level} {one.rule} «{_shown(one.quote)}» {one.message}" for one in findings
    ]
    counts = ", ".join(f"{sum(finding.level is level for finding in findings)} {level}" for level in Level)
    return "\n".join([*lines, counts])


def _shown(quote: str) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= _QUOTE_SHOWN else line[: _QUOTE_SHOWN - 1] + "…"


def as_json(findings: Sequence[Finding]) -> str:
    """Return a JSON list of objects with rule, level, line, column, quote, message.

    >>> as_json([])
    '[]'
    """
    names = ("rule", "level", "line", "column", "quote", "message")
    rows = [{name: getattr(finding, name) for name in names} for finding in findings]
    return json.dumps(rows, ensure_ascii=False, indent=1) if rows else "[]"


def as_sarif(findings: Sequence[Finding], path: str, explanations: dict[str, str]) -> str:
    """Return a SARIF 2.1.0 log with one run.

    Args:
        findings: in any order; kept.
        path: of the checked file, as the artifact's address.
        explanations: rule id -> its explanation, for the rules that were raised.
    """
    raised = sorted({finding.rule for finding in findings})
    rules = [
        {"id": name, "shortDescription": {"text": explanations.get(name, name).split("\n", 1)[0]}} for name in raised
    ]
    results = [
        {
            "ruleId": finding.rule,
            "ruleIndex": raised.index(finding.rule),
            "level": _SARIF_LEVEL[finding.level],
            "message": {"text": finding.message},
            "locations": [{"physicalLocation": _location(finding, path)}],
        }
        for finding in findings
    ]
    driver = {"name": "marsad", "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _location(finding: Finding, path: str) -> dict[str, object]:
    lines = finding.quote.split("\n")
    end_column = len(lines[-1]) + (finding.column if len(lines) == 1 else 1)
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.line + len(lines) - 1,
        "endColumn": end_column,
        "snippet": {"text": finding.quote},
    }
    return {"artifactLocation": {"uri": _address(path)}, "region": region}


def _address(path: str) -> str:
    """Return a path as a relative address: what may not stand in one is written in per cent signs."""
    plain = path.replace("\\", "/").encode()
    return "".join(chr(byte) if chr(byte) in _SAFE else f"%{byte:02X}" for byte in plain)
