"""Every rule, in one plain list."""

import tomllib
from functools import cache
from importlib.resources import files
from textwrap import indent
from typing import Any

from marsad.check.finding import Check, Level
from marsad.check.rules import (
    bidi,
    bound,
    citations,
    claims,
    contents,
    counts,
    evidence,
    imprint,
    judgements,
    naming,
    sources,
    spelling,
    structure,
    timing,
    typing,
    wording,
)
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
    # dates, weeks, calendars
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
    # sources and their use
    sources.source_incomplete,
    sources.duplicate_source,
    sources.source_name_mismatch,
    sources.paraphrase_drift,
    sources.no_primary_source,
    sources.single_anonymous_source,
    sources.attribution_without_citation,
    sources.quote_without_note,
    # the citation check
    evidence.citation_unsupported,
    evidence.citation_unknown,
    # what is bound to data
    bound.role_unknown,
    bound.value_unknown,
    bound.value_stale,
    bound.source_unknown,
    bound.directive_faulty,
    # judgements
    judgements.uncalibrated_likelihood,
    judgements.likelihood_off_scale,
    judgements.judgement_without_horizon,
    judgements.likelihood_with_confidence,
    judgements.weasel_possibility,
    judgements.hedge_stack,
    judgements.no_alternatives,
    judgements.no_confidence_statement,
    judgements.no_change_from_previous,
    judgements.non_forecast,
    judgements.judgement_as_fact,
    judgements.internal_tension,
    # claims and advice
    claims.claims_exceed_evidence,
    claims.absolute_claim,
    claims.uncited_fact,
    claims.loaded_language,
    claims.false_obviousness,
    claims.missing_actor_perspective,
    claims.recommendation_not_actionable,
    claims.recommendation_without_deadline,
    claims.recommendation_untraceable,
    claims.rhetorical_question,
    # names of parties and treaties
    naming.party_naming,
    naming.naming_policy,
    naming.agreement_naming,
    naming.scope_leap,
    naming.abbreviation_undefined,
    # slips of typing and scanning
    typing.typo,
    typing.repeated_word,
    typing.missing_word,
    typing.mixed_script_word,
    typing.damaged_characters,
    typing.presentation_forms,
    # house spelling
    spelling.spelling_variant,
    spelling.mixed_digits,
    spelling.foreign_letters,
    spelling.arabic_spelling,
    spelling.persian_half_space,
    spelling.latin_punctuation,
    spelling.space_before_punctuation,
    spelling.mixed_quotes,
    spelling.tatweel,
    spelling.double_space,
    # grammar and wording
    wording.agreement,
    wording.word_order,
    wording.redundancy,
    wording.preposition_parallel,
    wording.inna_after_qawl,
    wording.calque,
    # right to left beside left to right
    bidi.bidi_iso_date,
    bidi.bidi_reversed_date,
    bidi.bidi_plus_sign,
    bidi.bidi_moved_plus,
    bidi.bidi_unbalanced_control,
    bidi.bidi_override,
    bidi.bidi_range,
    # imprint and drafts
    imprint.bare_contact,
    imprint.language_of_part,
    imprint.no_publication_metadata,
    imprint.no_author,
    imprint.open_question,
    imprint.unaccepted_draft,
]

_EXAMPLES = (("bad", "Found in"), ("good", "Not found in"))


@cache
def levels() -> dict[str, Level]:
    """Return each rule's usual level, the three about waivers included."""
    return {check.rule: check.level for check in CHECKS} | {name: level for name, (level, _) in WAIVER_RULES.items()}


@cache
def examples() -> dict[str, dict[str, Any]]:
    """Return each rule's bad and good example, by rule; ``tests/check`` runs them."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(files("marsad.check").joinpath("examples").iterdir(), key=lambda path: path.name):
        found |= tomllib.loads(path.read_text("utf-8"))
    return found


def explain(name: str) -> str:
    """Return why a rule exists and what to do about its findings, with a bad and a good example.

    Raises:
        BadInput: no rule is called that.

    >>> explain("empty-link").split(":")[0]
    'A link that leads nowhere'
    """
    if name in WAIVER_RULES:
        return WAIVER_RULES[name][1]
    for check in CHECKS:
        if check.rule == name:
            example = examples()[name]
            shown = [f"{label}:\n{indent(example[key].strip(), '  ')}" for key, label in _EXAMPLES if example.get(key)]
            return "\n\n".join([check.explanation, *shown])
    raise BadInput(f"rule {name!r}", "no rule is called that", f"use one of {', '.join(sorted(levels()))}")
