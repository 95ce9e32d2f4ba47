r"""Draft to findings: reads only, never repairs.

>>> [finding.rule for finding in run("# Note\n\nSee [the report](#).\n") if finding.level == "error"]
['empty-link']
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from marsad.check.catalogue import CHECKS, explain, levels
from marsad.check.context import Context
from marsad.check.files import read_file
from marsad.check.finding import Check, Finding, Level
from marsad.check.layout import read
from marsad.check.report import as_json, as_sarif, as_text
from marsad.check.waivers import apply
from marsad.domain.desk import Desk
from marsad.domain.words import Language
from marsad.errors import BadInput, CheckFailed

if TYPE_CHECKING:
    import pyarrow as pa  # heavy, and only evidence brings tables

    from marsad.binding.values import Vintage

__all__ = [
    "CHECKS",
    "Check",
    "Finding",
    "Level",
    "as_json",
    "as_sarif",
    "as_text",
    "explain",
    "read_file",
    "require_clean",
    "run",
]


def run(
    text: str,
    *,
    path: str = "",
    language: Language | None = None,
    evidence: "Mapping[str, pa.Table] | None" = None,
    desk: Desk | None = None,
    config: Mapping[str, str] | None = None,
    vintage: "Vintage | None" = None,
) -> list[Finding]:
    """Return what the rules find in a text, sorted by place.

    Args:
        text: the file's characters, as :func:`marsad.check.files.read_file` gives them.
        path: only its ending is looked at: ``.md`` is read as Markdown, ``.txt`` and others as plain lines.
        language: of the text; None tells it from the letters.
        evidence: tables by name: ``reports`` and ``evidence`` of a drafted issue.
        desk: whose naming policy and likelihood scale apply.
        config: rule id -> ``off``, ``error``, ``warn`` or ``info``; the desk's own (``[check]`` in desk.toml) if None.
        vintage: the tables of the issue's week, from which its values are computed again.

    Raises:
        BadInput: ``config`` names an unknown rule or level.
    """
    chosen = _chosen((desk.checks if desk else {}) if config is None else config)
    is_markdown = True if path.endswith(".md") and text.lstrip().startswith(("#", "---", ":::")) else None
    parsed = read(text, is_markdown=is_markdown, language=language)
    context = Context(desk, evidence or {}, vintage)
    found = (
        finding
        for check in CHECKS
        if chosen.get(check.rule, check.level) != "off"
        for finding in check(parsed, context)
    )
    kept = apply(dict.fromkeys(found), text, frozenset(levels()))
    return sorted(
        Finding(f.line, f.column, f.rule, Level(chosen.get(f.rule, f.level)), f.quote, f.message) for f in kept
    )


def _chosen(config: Mapping[str, str]) -> Mapping[str, str]:
    for name, level in config.items():
        if name not in levels():
            raise BadInput(f"check {name!r}", "no rule is called that", "see marsad check --explain for the list")
        if level not in {"off", *Level}:
            raise BadInput(f"check {name!r}", f"{level!r} is no level", "use off, error, warn or info")
    return config


def require_clean(findings: Sequence[Finding], draft: str) -> None:
    """Let a draft pass only if no finding is an error.

    Raises:
        CheckFailed: there is one; it names the draft, the count and the first.

    >>> require_clean([Finding(1, 1, "bare-contact", Level.WARN, "www.example.org", "")], "issue.ar.md")
    """
    errors = [finding for finding in findings if finding.level is Level.ERROR]
    if errors:
        raise CheckFailed(draft, len(errors), f"{errors[0].rule}, line {errors[0].line}")
