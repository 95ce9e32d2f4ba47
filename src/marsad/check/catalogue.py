"""Every rule, in one plain list."""

from functools import cache

from marsad.check.finding import Check, Level
from marsad.check.rules import citations, contents, counts, structure, timing
from marsad.check.waivers import WAIVER_RULES
from marsad.errors import BadInput

CHECKS: list[Check] = [
    # contents and headings
    contents.toc_heading_mismatch,
    contents.toc_missing_heading,
    contents.toc_punctuation,
    contents.toc_level,
    contents.toc_leader_order,
    contents.toc_page_number,
    contents.duplicate_heading,
    contents.empty_section,
    contents.heading_level_skip,
    # paragraphs and lists
    structure.broken_paragraph,
    structure.list_item_not_on_own_line,
    structure.list_not_marked,
    structure.unbalanced_brackets,
    structure.long_sentence,
    # counts
    counts.announced_count_mismatch,
    counts.ordinal_gap,
    counts.unnumbered_extra_item,
    counts.non_parallel_list,
    counts.promise_vs_delivery,
    counts.recommendation_count,
    counts.percentages_over_100,
    counts.repeated_sentence,
    # dates
    timing.impossible_date,
    timing.date_range_reversed,
    timing.week_range_length,
    timing.weekday_mismatch,
    timing.calendars_disagree,
    timing.source_outside_week,
    timing.source_from_future,
    timing.date_colon,
    timing.month_style_mixed,
    timing.undated_event,
    timing.relative_time,
    timing.undated_statement,
    timing.inconsistent_period,
    timing.single_calendar,
    # note marks, notes, links
    citations.mixed_footnote_markers,
    citations.empty_link,
    citations.malformed_link,
    citations.footnote_undefined,
    citations.footnote_unused,
    citations.footnote_twice,
    citations.marker_without_source,
    citations.too_few_sources,
    citations.no_sources,
    citations.note_scope_ambiguous,
    citations.one_note_two_claims,
]


@cache
def levels() -> dict[str, Level]:
    """Return each rule's usual level, the three about waivers included."""
    return {check.rule: check.level for check in CHECKS} | {name: level for name, (level, _) in WAIVER_RULES.items()}


def explain(name: str) -> str:
    """Return why a rule exists and what to do about its findings.

    Raises:
        BadInput: no rule is called that.

    >>> explain("empty-link").split(":")[0]
    'A link that leads nowhere'
    """
    if name in WAIVER_RULES:
        return WAIVER_RULES[name][1]
    for check in CHECKS:
        if check.rule == name:
            return check.explanation
    raise BadInput(f"rule {name!r}", "no rule is called that", f"use one of {', '.join(sorted(levels()))}")
