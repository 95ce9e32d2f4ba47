"""Dyad-weeks: what one actor did to another in one ISO week. Portable Ibis, the same on DuckDB, Spark and BigQuery."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from marsad.domain.ladder import rung
from marsad.domain.tables import DYAD_WEEK_ACTS
from marsad.domain.words import Context, Counting, EventType, Ladder, QuadClass
from marsad.vocab.codebook import MODES

if TYPE_CHECKING:
    import ibis

_ACT = ("event_type", "mode", "context")
_UNIT = {Counting.REPORTS: "report_id", Counting.STORIES: "story_id", Counting.OUTLETS: "outlet"}


def dyad_weeks(
    events: "ibis.Table",
    mentions: "ibis.Table",
    counting: Counting = Counting.EVENTS,
    coverage: "ibis.Table | None" = None,
    *,
    run: str,
    as_of: datetime,
) -> "ibis.Table":
    """Return counts by quad class, mean Goldstein and material share of every dyad-week that had an event.

    A dyad without a row had no event that week, or was not seen: ``coverage`` of the other dyads' rows tells which.

    An event weighs as many units as told of it: 1 under ``events``, its quotations under ``mentions``, its different
    reports, stories or outlets under the others; an event without mentions weighs 1. All counts, means and shares are
    over those weights, so the countings can be laid side by side.

    Args:
        events: one row per event, key ``event_id``; only reported ones, not waiting for review, known and dated before
            ``as_of``, are used.
        mentions: one row per (event, report, quotation).
        counting: what is counted as one.
        coverage: the completeness ledger, one row per (feed, day); None if there is none.
        run: the week of the run, as ``2026-W22``.
        as_of: the cutoff; an instant with a time zone.

    Returns:
        An unexecuted expression with the columns of ``domain.tables.DYAD_WEEKS``: one row per (source, target, week);
        ``goldstein_mean`` in [-10, 10], ``material_share``, ``volume_share`` and ``coverage`` in [0, 1]; no order.

    Note:
        No medians, no string-to-date parsing, no week functions: BigQuery's week starts on Sunday and date truncation
        differs by engine. The ISO week comes from the day number by whole-number arithmetic alone, and the Goldstein
        mean from sums in whole thousandths: every engine and every order of rows gives the same last bit.
    """
    import ibis  # 1.2 s: only when asked for

    now = ibis.literal(as_of, type="timestamp('UTC')")
    seen, told = _seen(events, as_of), mentions.filter(mentions.known_at <= now)
    weighed = _weigh(seen, told, counting)
    keys = ("source", "target", "week_index")
    counted = weighed.group_by(*keys).agg(**(_numbers if counting is Counting.EVENTS else _counts)(weighed))
    telling = (
        weighed.select("event_id", *keys)
        .join(told.select("event_id", "report_id", "outlet"), "event_id")
        .group_by(*keys)
        .agg(n_reports=lambda t: t.report_id.nunique(), n_outlets=lambda t: t.outlet.nunique())
    )
    # What holds for a whole week is worked out once a week, not once a dyad.
    weeks = counted.group_by("week_index").agg(day=lambda t: t.any_day.max(), total=lambda t: t.n_events.sum())
    weeks = weeks.mutate(week=_week_name(weeks.day), collected=ibis.null("float64"))
    if coverage is not None:
        ledger = _collected(coverage.filter(coverage.known_at <= now))
        weeks = weeks.drop("collected").left_join(ledger, weeks.week_index == ledger.ledger_week)
    joined = counted.left_join(telling, keys).inner_join(weeks, counted.week_index == weeks.week_index)
    return joined.select(
        run=ibis.literal(run),
        source=counted.source,
        target=counted.target,
        week=weeks.week,
        counting=ibis.literal(counting.value),
        n_events=counted.n_events.cast("int32"),
        **{f"n_{quad}": counted[f"n_{quad}"].cast("int32") for quad in QuadClass},
        goldstein_mean=counted.goldstein_mean,
        material_share=counted.material_share,
        n_reports=telling.n_reports.fill_null(0).cast("int32"),
        n_outlets=telling.n_outlets.fill_null(0).cast("int32"),
        volume_share=counted.n_events / weeks.total,
        coverage=weeks.collected,
        known_at=now,
    )


def dyad_week_acts(
    events: "ibis.Table", mentions: "ibis.Table", counting: Counting = Counting.EVENTS, *, run: str, as_of: datetime
) -> "ibis.Table":
    """Return every dyad-week's counts by rung of the relation ladder and by context; arguments as :func:`dyad_weeks`.

    Returns:
        An unexecuted expression with the columns of ``domain.tables.DYAD_WEEK_ACTS``: one row per (source, target,
        week, ladder, rung, context) that had an event; no order.
    """
    import ibis

    now = ibis.literal(as_of, type="timestamp('UTC')")
    weighed = _weigh(_seen(events, as_of), mentions.filter(mentions.known_at <= now), counting, _ACT)
    keys = ("source", "target", "week_index", "ladder", "rung", "context")
    counted = (
        weighed.mutate(ladder=_ladder(weighed), rung=_rung(weighed))
        .group_by(*keys)
        .agg(any_day=lambda t: t.event_date.max(), n_events=lambda t: t.weight.sum())
    )
    return counted.select(
        "source",
        "target",
        "ladder",
        "context",
        run=ibis.literal(run),
        week=_week_name(counted.any_day),
        counting=ibis.literal(counting.value),
        rung=counted.rung.cast("int32"),
        n_events=counted.n_events.cast("int32"),
        known_at=now,
    ).select(*DYAD_WEEK_ACTS.schema.names)


def _seen(events: "ibis.Table", as_of: datetime) -> "ibis.Table":
    """Keep what may be counted: reported, not waiting for review, known and dated before the cutoff, of two parties."""
    import ibis

    # A day before the cutoff is one that began before it: compared as dates, which costs a tenth of comparing instants.
    last_day = (as_of.astimezone(UTC) - timedelta(microseconds=1)).date()
    return events.filter(
        events.status == "reported",
        ~events.review.fill_null(False),  # noqa: FBT003
        events.known_at <= ibis.literal(as_of, type="timestamp('UTC')"),
        events.event_date <= ibis.literal(last_day),
        events.source != events.target,
    )


def _collected(coverage: "ibis.Table") -> "ibis.Table":
    """Return the share of each week that was collected: the mean over its days and feeds."""
    import ibis

    received, failed = coverage.received.fill_null(0), coverage.failed.fill_null(0)
    due = ibis.greatest(coverage.expected.fill_null(0), received + failed)
    share = (due > 0).ifelse(received / due.nullif(0), 1.0)
    days = coverage.select(ledger_week=(coverage.day.epoch_days() + 3) // 7, share=share)
    return days.group_by("ledger_week").agg(collected=lambda t: t.share.mean())


def _ladder(acts: "ibis.Table") -> Any:
    conflict = [kind.value for kind in EventType if rung(kind.value)[0] is Ladder.CONFLICT]
    return acts.event_type.isin(conflict).ifelse(Ladder.CONFLICT.value, Ladder.COOPERATION.value)


def _rung(acts: "ibis.Table") -> Any:
    """Return :func:`marsad.domain.ladder.rung` as one expression: what depends on the mode first, then the rest."""
    import ibis

    cases = []
    for kind in EventType:
        plain = _by_rung(kind, None)
        odd: dict[tuple[Any, ...], list[str]] = {}
        for mode in MODES[kind.value]:
            if (found := _by_rung(kind, mode)) != plain:
                odd.setdefault(tuple(sorted((n, tuple(words)) for n, words in found.items())), []).append(mode)
        of_kind = acts.event_type == kind.value
        for found_of_mode, modes in odd.items():
            cases += _cases(acts, of_kind & acts.mode.isin(modes), {n: list(words) for n, words in found_of_mode})
        cases += _cases(acts, of_kind, plain)
    return ibis.cases(*cases, else_=0)


def _by_rung(kind: EventType, mode: str | None) -> dict[int, list[str]]:
    """Return which contexts lead to which rung; no context, the most common, is the empty word."""
    found: dict[int, list[str]] = {}
    for context in ("", *(each.value for each in Context)):
        found.setdefault(rung(kind.value, mode, context or None)[1], []).append(context)
    return found


def _cases(acts: "ibis.Table", where: Any, by_rung: dict[int, list[str]]) -> list[tuple[Any, int]]:
    if len(by_rung) == 1:
        return [(where, next(iter(by_rung)))]
    context = acts.context.fill_null("")
    return [(where & context.isin(words), number) for number, words in sorted(by_rung.items())]


def _week_name(date: Any) -> Any:
    import ibis

    year, number = _iso_week(date)
    return year.cast("string") + ibis.ifelse(number < 10, "-W0", "-W") + number.cast("string")


def _weigh(
    seen: "ibis.Table", told: "ibis.Table", counting: Counting, columns: Sequence[str] = ("quad_class", "goldstein")
) -> "ibis.Table":
    """Give every event its weight under the counting, and the number of its week."""
    acts = seen.select(
        "event_id",
        "event_date",
        "source",
        "target",
        *columns,
        week_index=(seen.event_date.epoch_days() + 3) // 7,
    )
    if counting is Counting.EVENTS:
        return acts.mutate(weight=1)
    if counting is Counting.MENTIONS:
        weights = told.group_by("event_id").agg(units=lambda t: t.count())
    else:
        weights = told.group_by("event_id").agg(units=lambda t: t[_UNIT[counting]].nunique())
    joined = acts.left_join(weights, "event_id")
    # No mention, or a unit that is null (a feed without outlets): the event still happened once.
    return joined.select(acts, weight=(joined.units > 0).fill_null(False).ifelse(joined.units, 1))  # noqa: FBT003


def _numbers(acts: "ibis.Table") -> dict[str, Any]:
    """What :func:`_counts` comes to when every event weighs 1, at a third of the cost."""
    material = acts.quad_class.isin([quad.value for quad in QuadClass if quad.is_material])
    return {
        "any_day": acts.event_date.max(),
        "n_events": acts.count(),
        **{f"n_{quad}": acts.count(where=acts.quad_class == quad.value) for quad in QuadClass},
        "goldstein_mean": _thousandths(acts).sum() / (acts.goldstein.count() * 1000).nullif(0),
        "material_share": acts.count(where=material) / acts.count(),
    }


def _counts(weighed: "ibis.Table") -> dict[str, Any]:
    by_quad = {f"n_{quad}": (weighed.quad_class == quad.value).ifelse(weighed.weight, 0).sum() for quad in QuadClass}
    material = weighed.quad_class.isin([quad.value for quad in QuadClass if quad.is_material])
    scored = weighed.goldstein.notnull().ifelse(weighed.weight, 0).sum()
    return {
        "any_day": weighed.event_date.max(),
        "n_events": weighed.weight.sum(),
        **by_quad,
        "goldstein_mean": (_thousandths(weighed) * weighed.weight).sum() / (scored * 1000).nullif(0),
        "material_share": material.ifelse(weighed.weight, 0).sum() / weighed.weight.sum(),
    }


def _thousandths(acts: "ibis.Table") -> Any:
    """Return Goldstein weights as whole numbers: a sum of fractions depends, in its last bits, on who adds up when."""
    return (acts.goldstein * 1000).round().cast("int64")


def _iso_week(date: Any) -> tuple[Any, Any]:
    """Return ISO year and week of a date, by whole numbers: a week belongs to the year its Thursday lies in."""
    year = date.year()
    thursday = date.day_of_year() - (date.epoch_days() + 700_003) % 7 + 3  # as day of this year, or outside it
    length, length_before = _days_in(year), _days_in(year - 1)
    shift = (thursday < 1).ifelse(-1, (thursday > length).ifelse(1, 0))
    day = (thursday < 1).ifelse(thursday + length_before, (thursday > length).ifelse(thursday - length, thursday))
    return year + shift, (day - 1) // 7 + 1


def _days_in(year: Any) -> Any:
    is_leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    return is_leap.ifelse(366, 365)
