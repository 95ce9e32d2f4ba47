"""The words publishing itself puts on a page, by language: ``labels/<lang>.toml``."""

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from marsad.domain.words import Language


@dataclass(frozen=True)
class Labels:
    """One language's words for the parts of an issue."""

    contents: str
    issue: str  # "Issue {number}"
    week: str
    sources: str
    note: str
    draft: str
    draft_legend: str
    draft_issue: str
    analyst: str
    as_of: str  # "Known by {date}"
    authors: str
    figure: str  # "Figure {number}"
    table: str  # "Table {number}"
    data: str
    to_text: str
    to_note: str
    skip: str
    attached: str
    evidence_table: str
    brief: str
    brief_sources: str  # where the evidence of the brief stands
    list_separator: str
    islamic_variant: str  # the Islamic calendar dates are reckoned by
    dash: str  # between the two days of a period
    cooperation: str
    conflict: str
    cooperation_rungs: tuple[str, ...]
    conflict_rungs: tuple[str, ...]
    relation: str  # "Relations between {source} and {target}"
    relation_alt: str
    activity: str
    band: str
    standing: str
    break_: str
    uncovered: str
    pair: str
    n_events: str
    direction: str
    towards_cooperation: str
    towards_conflict: str
    both_ways: str
    movers: str
    movers_alt: str
    surprise: str
    field: str
    fields: dict[str, str]
    calibration: str
    calibration_alt: str
    said: str
    happened: str
    interval: str
    exact: str
    resolved: str
    network: str  # "Who dealt with whom, {first} – {last}"
    network_alt: str
    map: str  # "Who dealt with whom on the map, {first} – {last}"
    map_alt: str
    map_credit: str
    whole_issue: str
    issues: str
    all_issues: str
    search: str
    search_off: str
    feed: str
    cite: str


@cache
def labels(language: Language) -> Labels:
    """Return a language's labels. Russian issues use the English template's layout and their own words.

    >>> labels(Language.AR).contents
    'المحتويات'
    """
    raw = tomllib.loads((Path(__file__).parent / "labels" / f"{language}.toml").read_text(encoding="utf-8"))
    return Labels(**{field.name: _value(raw[field.name.strip("_")]) for field in fields(Labels)})


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
