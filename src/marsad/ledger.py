"""The ledger of what was said and what became of it: keep a judgement, settle what can be, overrule with a reason."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from operator import itemgetter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from marsad import forecast, review
from marsad.domain.desk import Desk
from marsad.domain.query import Query, parse_query
from marsad.domain.tables import JUDGEMENTS, OVERRULES
from marsad.domain.words import EventType
from marsad.errors import BadInput, OutOfRange
from marsad.known import known_events
from marsad.store import Store
from marsad.vocab.actors import load_registry
from marsad.vocab.codebook import MODES, is_mutual
from marsad.vocab.likelihood import load_scale

HORIZON_WEEKS = 4  # of the bulletin
CONFIDENCE = ("low", "moderate", "high")
OUTCOMES = {"yes": True, "no": False, "void": None}
Row = dict[str, Any]
_JUDGED = pa.schema(
    [
        *JUDGEMENTS.schema,
        ("is_resolved", pa.bool_()),
        ("outcome", pa.bool_()),
        ("decided_by", pa.list_(pa.string())),
        ("reason", pa.string()),
        ("superseded_by", pa.list_(pa.string())),
    ]
)


def judge(
    desk: Desk,
    store: Store,
    sentence: str,
    probability: float,
    rule: str,
    *,
    now: datetime,
    due: date | None = None,
    author: str | None = None,
    confidence: str | None = None,
    issue: str | None = None,
    supersedes: str | None = None,
) -> Row:
    """Add an analyst's judgement to the ledger, with the base rate and the model's answer to the same question.

    A judgement whose last day is over by now is taken as said with the desk's last issue: it sees what was known then,
    and is marked as entered late.

    Args:
        desk: whose groups a rule may name, and whose watched pairs a quiet one is drawn towards.
        store: the desk's tables.
        sentence: as it stands, or will stand, in the bulletin.
        probability: strictly between 0 and 1.
        rule: an event query, see :mod:`marsad.domain.query`.
        now: the instant of entering.
        due: last day that counts, if the rule does not say it.
        author: who answers for it.
        confidence: one of ``CONFIDENCE``; how sure of the evidence, not how likely.
        issue: the number of the bulletin.
        supersedes: the id of an earlier judgement this one takes the place of; that one stays, and both are scored.

    Returns:
        The row of ``judgements``; the very same judgement of the same day stands once.

    Raises:
        OutOfRange: the probability; at 0 and at 1 nothing could be learnt from being wrong.
        BadInput: no sentence, no last day, a rule that cannot be read or names what nobody knows, no such judgement
            to supersede.
    """
    if not 0 < probability < 1:
        raise OutOfRange("probability", f"{probability} lies outside 0 to 1, or on an end", "say .01 to .99")
    if not sentence.strip():
        raise BadInput("judgement", "has no sentence", 'marsad judge "The USA will …" --probability .7 …')
    if supersedes and not _origins(store.read("judgements"), "judgement_id", supersedes):
        raise BadInput(f"judgement {supersedes}", "is not in the ledger", "marsad review lists the ids")
    asked = parse_query(rule, desk.groups)
    _require_known(asked)
    last = min((day for day in (asked.due, due) if day), default=None)
    if last is None:
        raise BadInput("judgement", "has no last day, so it could never be found wrong", "add --by 2026-12-31")
    origin = now.date()
    is_late = last <= origin
    if is_late:
        origin = _day_of_last_issue(store, last)
    known_at = min(now, datetime.combine(origin + timedelta(days=1), time(), UTC)) if is_late else now
    query = asked.within(origin + timedelta(days=1), last)
    watched = [dyad for pair in desk.watched for dyad in (pair, pair[::-1])]
    answer = forecast.answer(
        known_events(store, known_at),
        query,
        origin,
        known_at=known_at,
        watched=watched,
        recorded_to=pc.max(store.read("coverage", as_of=known_at)["day"]).as_py(),
    )
    scale = load_scale(desk.likelihood)
    band = scale.bands[scale.index(probability)]
    said = f"{author}|{sentence}|{query}|{probability}|{origin}"
    row: Row = {
        "judgement_id": hashlib.sha256(said.encode()).hexdigest()[:16],
        "issue": issue,
        "sentence": sentence,
        "probability": probability,
        "low": band.low,
        "high": band.high,
        "origin": origin,
        "due": last,
        "resolution_rule": str(query),
        "confidence": confidence,
        "author": author,
        "base_rate": answer.base_rate,
        "base_n": answer.base_n,
        "model_probability": answer.probability,
        "model": answer.model,
        "reasons": list(answer.reasons),
        "backfilled": is_late,
        "supersedes": supersedes,
        "known_at": now,
    }
    store.add("judgements", JUDGEMENTS.from_rows([row]))
    return row


def overrule(
    store: Store, question_id: str, outcome: str, reason: str, *, now: datetime, author: str | None = None
) -> list[Row]:
    """Put a person's word over the machine's on what became of a question; the machine's row stays below it.

    Args:
        store: the desk's tables.
        question_id: of a judgement, or of a forecast: then all its origins with a resolution are meant.
        outcome: one of ``OUTCOMES``.
        reason: why; nothing is overruled without one.
        now: the instant of saying so.
        author: who says so.

    Returns:
        The rows of ``overrules``.

    Raises:
        BadInput: no reason, an unknown outcome, or no such question.
    """
    if not reason.strip():
        raise BadInput(f"overruling {question_id}", "no reason given", 'add --reason "…"')
    if outcome not in OUTCOMES:
        raise BadInput(f"outcome {outcome!r}", "is not known", f"use one of {', '.join(OUTCOMES)}")
    origins = {
        *_origins(store.read("judgements"), "judgement_id", question_id),
        *_origins(store.read("resolutions"), "question_id", question_id),
    }
    if not origins:
        raise BadInput(f"question {question_id}", "is not in the ledger", "marsad review lists the ids")
    rows: list[Row] = [
        {
            "question_id": question_id,
            "origin": origin,
            "outcome": OUTCOMES[outcome],
            "reason": reason,
            "author": author,
            "known_at": now,
        }
        for origin in sorted(origins)
    ]
    store.add("overrules", OVERRULES.from_rows(rows))
    return rows


def settle(store: Store, as_of: datetime) -> int:
    """Resolve every forecast and judgement that can be by now, and return how many were.

    Each resolution bears the instant at which it could first be made, so it does not matter who settles first.
    """
    known = {name: store.read(name, as_of=as_of) for name in ("forecasts", "judgements", "resolutions", "coverage")}
    done, events, coverage = known["resolutions"], known_events(store, as_of), known["coverage"]
    forecasts = review.resolve(known["forecasts"], done, events, coverage, known_at=as_of)
    judgements = review.resolve_judgements(known["judgements"], done, events, coverage, known_at=as_of)
    return store.add("resolutions", pa.concat_tables([forecasts, judgements])).n_new


def outcomes(store: Store, as_of: datetime | None = None) -> pa.Table:
    """Return the resolutions as they stand after people's word."""
    return review.with_overrules(store.read("resolutions", as_of=as_of), store.read("overrules", as_of=as_of))


def of_judgements(resolutions: pa.Table, judgements: pa.Table) -> pa.Table:
    """Return what became of people's judgements alone: all that an issue shows of thousands of resolutions."""
    return resolutions.filter(pc.is_in(resolutions["question_id"], judgements["judgement_id"]))


def account(store: Store, now: datetime) -> dict[str, pa.Table]:
    """Settle what can be settled and return the whole account of what was said and what became of it.

    Returns:
        ``scores``, ``calibration``, ``same_questions``, ``words`` (see :mod:`marsad.review.account`) and
        ``judgements``: each with ``outcome`` (null: void, or open where not ``is_resolved``), the deciding events,
        the reason of a person who overruled, and the later judgements that supersede it.
    """
    settle(store, now)
    stands = outcomes(store, now)
    judgements = store.read("judgements", as_of=now)
    said = review.said(
        store.read("forecasts", as_of=now), judgements, stands, known_events(store, now), today=now.date()
    )
    return {
        "scores": review.account(said),
        "calibration": review.calibration(said),
        "same_questions": review.same_questions(said),
        "words": review.words_used(said, load_scale()),
        "judgements": _with_outcomes(judgements, stands, store.read("overrules", as_of=now)),
    }


def asked_by_class(forecasts: pa.Table, horizon_weeks: int = HORIZON_WEEKS) -> pa.Table:
    """Return the forecasts on quad classes with one horizon, the bulletin's if none is named."""
    has_horizon = pc.equal(forecasts["horizon_weeks"], horizon_weeks)
    return forecasts.filter(pc.and_(has_horizon, pc.is_null(forecasts["event_type"])))


def open_forecasts(
    store: Store, as_of: datetime, horizon_weeks: int = HORIZON_WEEKS, origin: date | None = None
) -> Row:
    """Return the forecasts of the latest origin, each with its reasons, and how the model did before.

    Args:
        store: the desk's tables.
        as_of: the instant eyes close.
        horizon_weeks: one of those the desk opens.
        origin: of earlier forecasts, to see what became of each.

    Returns:
        ``origin``, ``due``, ``record`` (a sentence by model) and ``forecasts``: the rows of ``forecasts`` with the
        explanation of :func:`marsad.forecast.explain`, the likelihood ``word`` and ``fate``: open, yes, no or void.

    Raises:
        BadInput: no forecast with that horizon has been opened by then, or none on that day.
    """
    everything, stands = store.read("forecasts", as_of=as_of), outcomes(store, as_of)
    everything = everything.filter(pc.equal(everything["horizon_weeks"], horizon_weeks))
    if not everything.num_rows:
        raise BadInput(
            "marsad forecast",
            f"no forecast over {horizon_weeks} weeks has been opened yet",
            "marsad week opens the week's",
        )
    origins = everything["origin"].unique().to_pylist()
    if origin is not None and origin not in origins:
        nearest = min(origins, key=lambda day: abs(day - origin))
        raise BadInput(
            "marsad forecast", f"no forecast over {horizon_weeks} weeks was opened on {origin}", f"try {nearest}"
        )
    latest = everything.filter(pc.equal(everything["origin"], pa.scalar(origin or max(origins))))
    events = known_events(store, as_of)
    scale = load_scale()
    found = {(row["question_id"], row["origin"]): row["outcome"] for row in stands.to_pylist()}
    fates = {True: "yes", False: "no", None: "void"}
    rows = [
        row
        | reasons
        | {
            "word": scale.word(round(row["probability"], 2), "en"),
            "fate": fates[found[key]] if (key := (row["question_id"], row["origin"])) in found else "open",
        }
        for row, reasons in zip(latest.to_pylist(), forecast.explain(latest, events), strict=True)
    ]
    first, scorecard = rows[0], review.scorecard(asked_by_class(everything, horizon_weeks), stands)
    return {
        "origin": first["origin"],
        "due": first["due"],
        "record": {model: _record_of(model, scorecard) for model in sorted({row["model"] for row in rows})},
        "forecasts": sorted(
            rows,
            key=lambda row: (-row["probability"], row["source"], row["target"], row["resolution_rule"], row["model"]),
        ),
    }


def _record_of(model: str, scorecard: pa.Table) -> str:
    """Say how a model did on what is resolved: a forecast no better than its base rate says so."""
    ours = [row for row in scorecard.to_pylist() if row["model"] == model and row["group"] == "all"]
    if not ours or ours[0]["skill"] is None:
        return "None of its earlier forecasts can be scored yet."
    row = ours[0]
    if row["skill_low"] is None:
        return f"On {row['n']} earlier forecasts its skill over the base rate was {row['skill']:+.3f}."
    verdict = (
        "better than the base rate"
        if row["skill_low"] > 0
        else "worse than the base rate"
        if row["skill_high"] < 0
        else "no better than the base rate, as far as can be told"
    )
    return (
        f"On {row['n']} earlier forecasts it did {verdict} "
        f"(skill {row['skill']:+.3f}, 95 % interval {row['skill_low']:+.3f} to {row['skill_high']:+.3f})."
    )


def _with_outcomes(judgements: pa.Table, stands: pa.Table, overrules: pa.Table) -> pa.Table:
    found = {(row["question_id"], row["origin"]): row for row in stands.to_pylist()}
    words = sorted(overrules.to_pylist(), key=itemgetter("known_at"))
    reasons = {(row["question_id"], row["origin"]): row["reason"] for row in words}
    later: dict[str, list[str]] = {}
    for row in judgements.to_pylist():
        later.setdefault(row["supersedes"], []).append(row["judgement_id"])
    rows = []
    for row in sorted(judgements.to_pylist(), key=itemgetter("origin", "judgement_id")):
        key = (row["judgement_id"], row["origin"])
        became = found.get(key, {})
        rows.append(
            row
            | {
                "is_resolved": key in found,
                "outcome": became.get("outcome"),
                "decided_by": became.get("events") or [],
                "reason": reasons.get(key),
                "superseded_by": sorted(later.get(row["judgement_id"], ())),
            }
        )
    return pa.Table.from_pylist(rows, schema=_JUDGED)


def mutual_acts(rule: str) -> list[str]:
    """Return the acts of a stored rule that two sides do together, though it asks for one direction only.

    >>> mutual_acts("RUS AGREE,AID AFG by 2026-09-30"), mutual_acts("RUS,AFG AGREE AFG,RUS by 2026-09-30")
    (['AGREE'], [])
    """
    query = parse_query(rule)
    if not query.sources or not query.targets or set(query.sources) == set(query.targets):
        return []
    return [str(act) for act in query.acts if is_mutual(act.kind, act.mode)]


def judgement_text(row: Row) -> str:
    """Return a judgement as kept, with what stands beside it."""
    word = load_scale().word(row["probability"], "en")
    n_days = (row["due"] - row["origin"]).days
    base = "none, the record is too short" if row["base_rate"] is None else f"{row['base_rate']:.0%}"
    model = "cannot answer it" if row["model_probability"] is None else f"{row['model_probability']:.0%}"
    return "\n".join(
        [
            f"judgement {row['judgement_id']}: {row['probability']:.0%} ({word}) that {row['resolution_rule']}",
            f"  base rate  {base} ({row['base_n']} past windows of {n_days} days)",
            f"  model      {model} ({row['model']})",
        ]
    )


def _require_known(query: Query) -> None:
    known = load_registry().kinds
    if unknown := [code for code in (*query.sources, *query.targets) if code not in known]:
        raise BadInput(
            f"query '{query}'", f"unknown actor {unknown[0]}", "use an ISO alpha-3 code or a code of the registry"
        )
    for act in query.acts:
        modes = MODES[act.kind] if act.kind in EventType.__members__ else _all(MODES.values())
        if act.mode and act.mode not in modes:
            raise BadInput(f"query '{query}'", f"{act.kind} has no mode {act.mode}", f"use one of {', '.join(modes)}")


def _all(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for items in lists for item in items))


def _day_of_last_issue(store: Store, due: date) -> date:
    cutoffs = store.read("issues")["as_of"].to_pylist()
    day: date | None = (max(cutoffs) - timedelta(microseconds=1)).date() if cutoffs else None
    if day is None or day >= due:
        raise BadInput("judgement", f"its last day, {due}, is over", "name a later day: --by 2027-01-31")
    return day


def _origins(table: pa.Table, column: str, question_id: str) -> list[date]:
    found: list[date] = table.filter(pc.equal(table[column], question_id))["origin"].to_pylist()
    return found
