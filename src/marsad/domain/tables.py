"""The tables stages hand each other: grain, key, schema.

Every row carries ``known_at``, the instant we learnt it.

Two kinds. *Ledgers* grow: a row once written under its key is never changed (``reports``, ``coverage``, ``forecasts``,
``resolutions``, ``overrules``, ``judgements``, ``corrections``; ``events`` and ``mentions`` as long as the coder is the
same).
*Vintages* are what one weekly run computed from the ledgers: they are stored per ``run`` (the week of the run) and a
rerun replaces that run's rows.
"""

from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

INSTANT = pa.timestamp("us", tz="UTC")


@dataclass(frozen=True)
class TableSpec:
    """Name, grain and schema of one table.

    Args:
        name: the table's one name, in files, SQL and docs.
        grain: what one row is.
        key: the columns that identify a row.
        partition: the column whose week names the Parquet file a row lies in.
        kind: ``ledger`` (rows are added, never changed) or ``vintage`` (a run's rows are replaced together).
        schema: Arrow schema.
    """

    name: str
    grain: str
    key: tuple[str, ...]
    partition: str
    kind: Literal["ledger", "vintage"]
    schema: pa.Schema

    def empty(self) -> pa.Table:
        """Return the table without rows.

        >>> REPORTS.empty().num_rows
        0
        """
        return self.schema.empty_table()

    def from_rows(self, rows: list[dict[str, object]]) -> pa.Table:
        """Return the rows as a table of this schema; a missing column is null, an unknown one an error.

        Raises:
            KeyError: a row has a column the table does not have.
        """
        known = set(self.schema.names)
        for row in rows:
            if unknown := row.keys() - known:
                raise KeyError(f"{self.name} has no column {sorted(unknown)}")
        return pa.Table.from_pylist(rows, schema=self.schema)


def _spec(
    name: str,
    grain: str,
    key: tuple[str, ...],
    partition: str,
    kind: Literal["ledger", "vintage"],
    *columns: tuple[str, pa.DataType],
) -> TableSpec:
    known = [("known_at", INSTANT)]
    run = [("run", pa.string())] if kind == "vintage" else []
    return TableSpec(name, grain, key, partition, kind, pa.schema([*run, *columns, *known]))


_S, _F, _I, _B, _D = pa.string(), pa.float64(), pa.int32(), pa.bool_(), pa.date32()

REPORTS = _spec(
    "reports",
    "one published text",
    ("report_id",),
    "known_at",
    "ledger",
    ("report_id", _S),  # 16 hex digits of a hash over outlet, url and text
    ("feed", _S),
    ("outlet", _S),
    ("url", _S),
    ("published_at", INSTANT),
    ("published_estimated", _B),  # the page bears no date; the feed's best guess stands in
    ("language", _S),
    ("title", _S),
    ("text", _S),
    ("sha256", _S),  # of the raw bytes
    ("story_id", _S),  # near-duplicate group; equal to report_id for a lone report
    ("backfilled", _B),
)

EVENTS = _spec(
    "events",
    "one who-did-what-to-whom-when",
    ("event_id",),
    "known_at",
    "ledger",
    ("event_id", _S),
    ("event_date", _D),
    ("source", _S),  # ISO 3166-1 alpha-3, or a group code of our registry
    ("source_role", _S),
    ("event_type", _S),
    ("mode", _S),  # of the codebook; null when none applies
    ("context", _S),
    ("target", _S),
    ("target_role", _S),
    ("quad_class", _S),
    ("goldstein", _F),  # -10 conflict .. +10 cooperation, a weight of the type
    ("place", _S),
    ("latitude", _F),
    ("longitude", _F),
    ("status", _S),
    ("confidence", _F),  # 0..1
    ("review", _B),  # below the published threshold: waits for a person, not measured
    ("coder", _S),
    ("ontology", _S),
    ("backfilled", _B),
)

MENTIONS = _spec(
    "mentions",
    "one report telling of one event",
    ("event_id", "report_id", "quote_start"),
    "known_at",
    "ledger",
    ("event_id", _S),
    ("report_id", _S),
    ("quote_start", _I),  # character offsets into the report's text
    ("quote_end", _I),
    ("attribution", _S),  # who says so, as written; null when the outlet itself does
    ("feed", _S),
    ("outlet", _S),
    ("story_id", _S),
)

CORRECTIONS = _spec(
    "corrections",
    "a person's word on one coded event; the latest counts",
    ("event_id", "known_at"),
    "known_at",
    "ledger",
    ("event_id", _S),
    ("verdict", _S),  # accepted corrected rejected
    ("event_date", _D),  # the event as it should stand; of a rejected one, as it was coded
    ("source", _S),
    ("source_role", _S),
    ("event_type", _S),
    ("mode", _S),
    ("context", _S),
    ("target", _S),
    ("target_role", _S),
    ("as_coded", _S),  # what the coder had said, as SOURCE TYPE TARGET
    ("report_id", _S),  # the telling that was read: a later coder's event from the same sentence obeys too
    ("quote_start", _I),
    ("author", _S),
    ("reason", _S),
)

COVERAGE = _spec(
    "coverage",
    "one feed on one day as one collection saw it: the completeness ledger; the latest row counts",
    ("feed", "day", "known_at"),
    "day",
    "ledger",
    ("feed", _S),
    ("day", _D),
    ("expected", _I),
    ("received", _I),
    ("failed", _I),  # rows or pages that could not be had or read
)

DYAD_WEEKS = _spec(
    "dyad_weeks",
    "one ordered pair in one ISO week under one counting",
    ("run", "source", "target", "week", "counting"),
    "run",
    "vintage",
    ("source", _S),
    ("target", _S),
    ("week", _S),
    ("counting", _S),
    ("n_events", _I),
    ("n_verbal_cooperation", _I),
    ("n_material_cooperation", _I),
    ("n_verbal_conflict", _I),
    ("n_material_conflict", _I),
    ("goldstein_mean", _F),  # null when the dyad had no event
    ("material_share", _F),
    ("n_reports", _I),
    ("n_outlets", _I),
    ("volume_share", _F),  # n_events of all the week's: normalised for how much the feeds told
    ("coverage", _F),  # share of the week that was collected; null where the ledger says nothing
)

DYAD_WEEK_ACTS = _spec(
    "dyad_week_acts",
    "one ordered pair in one ISO week under one counting, by rung and context",
    ("run", "source", "target", "week", "counting", "ladder", "rung", "context"),
    "run",
    "vintage",
    ("source", _S),
    ("target", _S),
    ("week", _S),
    ("counting", _S),
    ("ladder", _S),
    ("rung", _I),
    ("context", _S),  # null where the act lies in none
    ("n_events", _I),
)

LEVELS = _spec(
    "levels",
    "one unordered pair, ladder and week: filtered activity level",
    ("run", "source", "target", "ladder", "week"),
    "run",
    "vintage",
    ("source", _S),
    ("target", _S),
    ("ladder", _S),
    ("week", _S),
    ("p", pa.list_(_F)),  # posterior over levels, 6 for cooperation, 5 for conflict
    ("mean", _F),
    ("low", _F),  # 90 % interval
    ("high", _F),
    ("n_events", _I),
    ("is_covered", _B),  # false: collection failed that week, nothing was learnt
)

STANDINGS = _spec(
    "standings",
    "one commitment or measure between a pair, and when it opened and closed",
    ("run", "source", "target", "ladder", "commitment", "opened"),
    "run",
    "vintage",
    ("source", _S),
    ("target", _S),
    ("ladder", _S),
    ("commitment", _S),  # e.g. recognition, ambassador, military_pact, sanction, closure
    ("rung", _I),
    ("opened", _D),
    ("closed", _D),  # null while in force
    ("term", _D),  # the end agreed in advance, if any
    ("opened_by", pa.list_(_S)),  # event ids
    ("closed_by", pa.list_(_S)),
)

BREAKS = _spec(
    "breaks",
    "one dated change of one pair on one ladder",
    ("run", "source", "target", "ladder", "week"),
    "run",
    "vintage",
    ("source", _S),
    ("target", _S),
    ("ladder", _S),
    ("week", _S),
    ("noticed", _S),  # the week by whose end the evidence sufficed
    ("from_rung", _I),
    ("to_rung", _I),
    ("probability", _F),  # against the null of quiet dyads
    ("events", pa.list_(_S)),
)

DRIVERS = _spec(
    "drivers",
    "one behaviour of B before and after a break in A-B",
    ("run", "source", "target", "week", "driver"),
    "run",
    "vintage",
    ("source", _S),  # A, whose view of B changed
    ("target", _S),  # B
    ("week", _S),  # of the break
    ("driver", _S),  # hostile_to_partners, engagement, common_enemy, hostile_to_source, theme_<context>
    ("before", _F),  # events per week
    ("after", _F),
    ("effect", _F),  # log ratio of rates, shrunk
    ("effect_low", _F),  # 5 % point
    ("effect_high", _F),  # 95 % point
    ("p_value", _F),  # permutation over placebo weeks
    ("events", pa.list_(_S)),  # weightiest first, ten at most
)

GAINS = _spec(
    "gains",
    "what one party received from the other in one dimension",
    ("run", "party", "giver", "dimension"),
    "run",
    "vintage",
    ("party", _S),
    ("giver", _S),
    ("dimension", _S),  # military security political geopolitical economic humanitarian
    ("n_events", _I),
    ("first", _D),
    ("events", pa.list_(_S)),
)

SPILLOVER = _spec(
    "spillover",
    "one third party towards one side of a pair, before and after a break",
    ("run", "third", "side", "week", "quad_class"),
    "run",
    "vintage",
    ("third", _S),
    ("group", _S),  # the desk's group it was looked at for
    ("side", _S),
    ("week", _S),
    ("quad_class", _S),
    ("before", _F),
    ("after", _F),
    ("effect", _F),  # log ratio of rates, shrunk, beyond the third's own towards everyone else
    ("effect_low", _F),  # 5 % point
    ("effect_high", _F),  # 95 % point
    ("elsewhere_before", _F),  # the third's acts of the class towards everyone else, per week
    ("elsewhere_after", _F),
    ("p_value", _F),  # permutation over placebo weeks, adjusted for the number of rows
    ("events", pa.list_(_S)),
)

MOVERS = _spec(
    "movers",
    "one pair and how unusual its week was",
    ("run", "source", "target"),
    "run",
    "vintage",
    ("source", _S),
    ("target", _S),
    ("field", _S),  # political economic security social
    ("surprise", _F),  # bits against the trailing rate
    ("direction", _F),  # -1 towards conflict .. +1 towards cooperation
    ("n_events", _I),
    ("events", pa.list_(_S)),
)

ALIGNMENTS = _spec(
    "alignments",
    "one pair and how alike both dealt with the others in the quarter that ends with the week",
    ("run", "source", "target"),
    "run",
    "vintage",
    ("source", _S),
    ("target", _S),
    ("week", _S),
    ("tie", _F),  # -1 conflict .. +1 cooperation with each other
    ("tie_before", _F),  # in the quarter before
    ("alignment", _F),  # cosine of both sides' ties to third parties; null on fewer than three
    ("alignment_before", _F),
    ("closer", _F),  # gain of alignment, or of the tie where alignment is unknown
    ("n_events", _I),
    ("events", pa.list_(_S)),
)

TRIADS = _spec(
    "triads",
    "three actors whose three ties have a sign in the quarter that ends with the week",
    ("run", "first", "second", "third"),
    "run",
    "vintage",
    ("first", _S),
    ("second", _S),
    ("third", _S),
    ("week", _S),
    ("kind", _S),  # friends common_enemy split hostile
    ("odd", _S),  # the common enemy, or the one between two that are at odds
    ("strength", _F),  # of the weakest tie
)

POSITIONS = _spec(
    "positions",
    "one actor among those it cooperates with in the quarter that ends with the week",
    ("run", "actor"),
    "run",
    "vintage",
    ("actor", _S),
    ("week", _S),
    ("n_partners", _I),
    ("brokerage", _F),  # share of partner pairs without a positive tie of their own
    ("community", _S),  # named by its first member
)

AGREEMENT = _spec(
    "agreement",
    "one pair in one week as each feed told it, and how far they agree",
    ("run", "source", "target", "week"),
    "run",
    "vintage",
    ("source", _S),
    ("target", _S),
    ("week", _S),
    ("feeds", pa.list_(_S)),  # that were collected that week, in alphabetical order
    ("n_events", pa.list_(_I)),  # per feed of ``feeds``; a feed that failed is not there
    ("balance", pa.list_(_F)),  # per feed, cooperative minus conflictual share; null without an event
    ("agreement", _F),  # 0..1, null with fewer than two feeds
)

FORECASTS = _spec(
    "forecasts",
    "one question at one origin by one model",
    ("question_id", "origin", "model"),
    "origin",
    "ledger",
    ("question_id", _S),
    ("source", _S),
    ("target", _S),
    ("quad_class", _S),  # of a reaction, its stance: hostile, friendly
    ("event_type", _S),  # null: any type of the quad class
    ("field", _S),  # of a reaction; null: any field
    ("origin", _D),
    ("horizon_weeks", _I),
    ("due", _D),  # last day that counts
    ("probability", _F),
    ("base_rate", _F),
    ("base_n", _I),  # windows the base rate rests on
    ("anyway", _F),  # of a reaction: its probability without what is reacted to
    ("after", pa.list_(_S)),  # of a reaction: what it is to, as AFG-RUS act, AFG-RUS cooperation rise 2026-W22
    ("model", _S),
    ("resolution_rule", _S),
    ("reasons", pa.list_(_S)),  # ids of the past events that weigh most
    ("backfilled", _B),  # made later than its origin, with only what was known then
)

RESOLUTIONS = _spec(
    "resolutions",
    "what became of one forecast question",
    ("question_id", "origin"),
    "due",
    "ledger",
    ("question_id", _S),
    ("origin", _D),
    ("due", _D),
    ("outcome", _B),  # null: void, collection failed in the window
    ("resolved_at", INSTANT),
    ("events", pa.list_(_S)),  # the deciding ones
)

OVERRULES = _spec(
    "overrules",
    "a person's word, over the machine's, on what became of a question; the latest counts",
    ("question_id", "origin", "known_at"),
    "known_at",
    "ledger",
    ("question_id", _S),  # of a forecast, or a judgement's id
    ("origin", _D),
    ("outcome", _B),  # null: void
    ("reason", _S),
    ("author", _S),
)

JUDGEMENTS = _spec(
    "judgements",
    "one analyst's statement with a likelihood",
    ("judgement_id",),
    "known_at",
    "ledger",
    ("judgement_id", _S),  # also the question_id of its resolution
    ("issue", _S),
    ("sentence", _S),
    ("probability", _F),
    ("low", _F),  # the band of the declared scale it lies in
    ("high", _F),
    ("origin", _D),  # the day it was said
    ("due", _D),  # last day that counts
    ("resolution_rule", _S),  # an event query, groups written out
    ("confidence", _S),  # low moderate high
    ("author", _S),
    ("base_rate", _F),  # share of past windows of this length in which it happened, as known then
    ("base_n", _I),
    ("model_probability", _F),  # what the model said to the same question; null when it cannot answer it
    ("model", _S),
    ("reasons", pa.list_(_S)),  # ids of the latest such events
    ("backfilled", _B),  # said earlier, entered after its last day
    ("supersedes", _S),  # judgement_id of the one it takes the place of; both are scored
)

FINDINGS = _spec(
    "findings",
    "one fault raised by a feed or a check",
    ("run", "origin", "rule", "where", "line", "column"),
    "run",
    "vintage",
    ("origin", _S),  # collect or check
    ("rule", _S),
    ("level", _S),  # error warn info
    ("where", _S),  # feed or file
    ("line", _I),
    ("column", _I),
    ("quote", _S),
    ("message", _S),
)

ISSUES = _spec(
    "issues",
    "one numbered bulletin in one language",
    ("run", "language"),
    "run",
    "vintage",
    ("number", _I),
    ("language", _S),
    ("as_of", INSTANT),
    ("sha256", _S),  # of the Markdown
    ("files", pa.list_(_S)),
)

TABLES: dict[str, TableSpec] = {
    spec.name: spec
    for spec in (
        REPORTS,
        EVENTS,
        MENTIONS,
        CORRECTIONS,
        COVERAGE,
        DYAD_WEEKS,
        DYAD_WEEK_ACTS,
        LEVELS,
        STANDINGS,
        BREAKS,
        DRIVERS,
        GAINS,
        SPILLOVER,
        MOVERS,
        ALIGNMENTS,
        TRIADS,
        POSITIONS,
        AGREEMENT,
        FORECASTS,
        RESOLUTIONS,
        OVERRULES,
        JUDGEMENTS,
        FINDINGS,
        ISSUES,
    )
}

SCHEMA_VERSION = 2
