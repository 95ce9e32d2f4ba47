"""Candidates and their features for the question "source, relation, whom?", from days before it only.

A question is (source, relation, day). The best ``N_CANDIDATES`` targets by a fixed mixture of decayed shares are kept,
and each gets the features named in :mod:`marsad.forecast.tkg.columns`.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from marsad.forecast.tkg.columns import (
    F2,
    F5,
    F10,
    F30,
    F60,
    F100,
    F200,
    HALF_LIVES,
    N_FEATURES,
    N_OWN,
    SHARED,
    Extra,
    Own,
)
from marsad.forecast.tkg.compiled import compiled
from marsad.forecast.tkg.graph import SOURCE, Ints
from marsad.forecast.tkg.profiles import Profiles
from marsad.forecast.tkg.state import ANY_QUAD, LAG_EDGES, MAX_LAG, FactLog, Floats, Snapshot

N_CANDIDATES = 120
MAX_OWN, MAX_LOG = 4000, 4000  # newest facts looked at, of the source and of the relation
N_HOPS, HOP_DAYS, HOP_FACTS = 12, 200, 400
N_ANCHORS = 10
IN_GROUP, BUSYNESS = 0.04, 1e-5  # weights in the mixture of what needs no meeting
NEVER = 999.0  # days since something that did not happen
THREADS = 2


Int32s = npt.NDArray[np.int32]


class Candidates(NamedTuple):
    """For n questions: target ids (n, N_CANDIDATES), best mixture first, and features (n, N_CANDIDATES, N_FEATURES)."""

    target: Int32s
    features: Floats


class Tables(NamedTuple):
    """What does not change from day to day."""

    by_source: FactLog
    by_relation: FactLog
    profiles: Profiles
    fading: Floats  # (half-life, days)
    lag_bucket: Ints


class _Question(NamedTuple):
    source: int
    relation: int
    day: int


class _Batch(NamedTuple):
    """A day's questions, and where their answers are written."""

    questions: Ints
    usual: Int32s  # (country, N_CANDIDATES): whom its people meet most, then the busiest of all
    target: Int32s
    features: Floats


class _Counts(NamedTuple):
    """One question's counts by (entity, Own); rows are good only for the entities met so far."""

    own: Floats
    is_met: npt.NDArray[np.bool_]
    met: Int32s  # the entities met, in order
    n_met: Ints  # one number
    sums: Floats  # by Own, over the entities met
    to_country: Floats  # (country, 3): the source's facts with it at half-lives of 5 and 60 days, and in the quad class


def make_tables(by_source: FactLog, by_relation: FactLog, profiles: Profiles, n_days: int) -> Tables:
    """Return the logs, profiles and fading weights that every day's features share."""
    fading = (2.0 ** (-np.arange(n_days + 1) / HALF_LIVES[:, None])).astype(np.float32)
    lag_bucket = np.searchsorted(LAG_EDGES, np.arange(MAX_LAG + 1), side="right") - 1
    return Tables(by_source, by_relation, profiles, fading, lag_bucket)


def describe(questions: Ints, snapshot: Snapshot, tables: Tables) -> Candidates:
    """Return candidates and features for the questions of one day.

    Each question is answered alone: which others are asked that day is not looked at.

    Args:
        questions: int64 (n, 3): source, relation, day; all of one day.
        snapshot: the running counts on that day's morning.
        tables: from :func:`make_tables`.
    """
    n_candidates = min(N_CANDIDATES, len(snapshot.busy))
    countries = np.unique(tables.profiles.country[questions[:, SOURCE]])
    batch = _Batch(
        questions,
        _usual(countries, snapshot, n_candidates),
        np.zeros((len(questions), n_candidates), dtype=np.int32),
        np.zeros((len(questions), n_candidates, N_FEATURES), dtype=np.float32),
    )
    with ThreadPoolExecutor(THREADS) as pool:
        jobs = [pool.submit(_describe_some, batch, snapshot, tables, first) for first in range(THREADS)]
        for job in jobs:
            job.result()
    return Candidates(batch.target, batch.features)


def _usual(countries: Int32s, now: Snapshot, n_candidates: int) -> Int32s:
    """Return for each of the countries the best targets by what :func:`_mix` says of one never met."""
    usual = np.zeros((len(now.country_to), n_candidates), dtype=np.int32)
    busy = now.busy60 / max(now.busy60.sum(), 1e-6)
    for country in countries:
        group = now.country_to[country, ANY_QUAD]
        prior = IN_GROUP * group / max(group.sum(), 1e-6) + BUSYNESS * busy
        usual[country] = np.argpartition(-prior, n_candidates - 1)[:n_candidates]
    return usual


@compiled
def _describe_some(batch: _Batch, now: Snapshot, tables: Tables, first: int) -> None:
    """Describe every THREADS-th question from the first."""
    n = now.busy.shape[0]
    counts = _Counts(
        np.zeros((n, N_OWN), dtype=np.float32),
        np.zeros(n, dtype=np.bool_),
        np.zeros(n, dtype=np.int32),
        np.zeros(1, dtype=np.int64),
        np.zeros(N_OWN, dtype=np.float32),
        np.zeros((now.country_to.shape[0], 3), dtype=np.float32),
    )
    for i in range(first, batch.questions.shape[0], THREADS):
        question = _Question(batch.questions[i, 0], batch.questions[i, 1], batch.questions[i, 2])
        _add_own_facts(question, now, tables, counts)
        _add_partners_facts(question, now, tables, counts)
        _add_relation_log(question, now, tables, counts)
        for j in batch.usual[tables.profiles.country[question.source]]:
            _meet(j, counts)
        _write(question, batch.target[i], counts, now, tables, batch.features[i])
        for j in counts.met[: counts.n_met[0]]:
            counts.is_met[j] = False
        counts.n_met[0] = 0
        counts.to_country[:] = 0


@compiled
def _meet(j: int, counts: _Counts) -> Floats:
    """Return an entity's counts, begun at nothing when it is met first."""
    of: Floats = counts.own[j]
    if not counts.is_met[j]:
        counts.is_met[j] = True
        counts.met[counts.n_met[0]] = j
        counts.n_met[0] += 1
        for c in range(N_OWN):
            of[c] = 0
        of[Own.ANY_AGE] = NEVER
        of[Own.FIRST_AGE] = NEVER
        of[Own.SAME_AGE] = NEVER
        of[Own.SAME_AGE_BEFORE] = NEVER
        of[Own.BACK_AGE] = NEVER
        of[Own.LOG_AGE] = NEVER
    return of


@compiled
def _add_own_facts(question: _Question, now: Snapshot, tables: Tables, counts: _Counts) -> None:
    """Count what the source did with each target, newest first."""
    source, relation, day = question
    log, fading, profiles = tables.by_source, tables.fading, tables.profiles
    low = log.start[source]
    end = _first_of_day(log.day, low, log.start[source + 1], day)
    for k in range(end - 1, max(low, end - MAX_OWN) - 1, -1):
        other, age = log.relation[k], day - log.day[k]
        of = _meet(log.target[k], counts)
        of[Own.ANY2] += fading[F2, age]
        of[Own.ANY10] += fading[F10, age]
        of[Own.ANY60] += fading[F60, age]
        of[Own.ANY] += 1
        of[Own.ANY_AGE] = min(of[Own.ANY_AGE], age)
        of[Own.FIRST_AGE] = age
        if age == 1:
            of[Own.YESTERDAY] += 1
        if other == relation:
            of[Own.SAME5] += fading[F5, age]
            of[Own.SAME30] += fading[F30, age]
            of[Own.SAME200] += fading[F200, age]
            of[Own.SAME] += 1
            if age > of[Own.SAME_AGE]:
                of[Own.SAME_AGE_BEFORE] = min(of[Own.SAME_AGE_BEFORE], age)
            of[Own.SAME_AGE] = min(of[Own.SAME_AGE], age)
        if other == profiles.inverse[relation]:
            of[Own.BACK10] += fading[F10, age]
            of[Own.BACK60] += fading[F60, age]
            of[Own.BACK_AGE] = min(of[Own.BACK_AGE], age)
        if profiles.root[other] == profiles.root[relation]:
            of[Own.ROOT10] += fading[F10, age]
            of[Own.ROOT100] += fading[F100, age]
        to_country = counts.to_country[profiles.country[log.target[k]]]
        to_country[0] += fading[F5, age]
        to_country[1] += fading[F60, age]
        if profiles.quad[other] == profiles.quad[relation]:
            of[Own.QUAD10] += fading[F10, age]
            to_country[2] += fading[F60, age]
        if age <= MAX_LAG:
            answer = now.answers[tables.lag_bucket[age], other, relation]
            of[Own.ANSWER] += answer
            of[Own.ANSWER_MAX] = max(of[Own.ANSWER_MAX], answer)


@compiled
def _add_partners_facts(question: _Question, now: Snapshot, tables: Tables, counts: _Counts) -> None:
    """Count whom the source's nearest partners met of late; busy partners count less."""
    source, relation, day = question
    log, fading, root = tables.by_source, tables.fading, tables.profiles.root
    near = np.empty(counts.n_met[0], dtype=np.float32)
    for i in range(near.shape[0]):
        of = counts.own[counts.met[i]]
        near[i] = of[Own.ANY10] + np.float32(0.3) * of[Own.ANY60]
    for _ in range(min(N_HOPS, near.shape[0])):
        nearest = 0
        for i in range(near.shape[0]):
            if near[i] > near[nearest]:
                nearest = i
        partner = counts.met[nearest]
        weight = near[nearest] / np.sqrt(1 + now.busy60[partner])
        near[nearest] = 0
        low = log.start[partner]
        k = _first_of_day(log.day, low, log.start[partner + 1], day) - 1
        stop = max(low, k - HOP_FACTS + 1)
        while k >= stop and day - log.day[k] <= HOP_DAYS:
            if log.target[k] != source:
                age = day - log.day[k]
                of = _meet(log.target[k], counts)
                of[Own.HOP2] += weight * fading[F2, age]
                of[Own.HOP] += weight * fading[F10, age]
                of[Own.HOP60] += weight * fading[F60, age]
                if root[log.relation[k]] == root[relation]:
                    of[Own.HOP_ROOT] += weight * fading[F60, age]
            k -= 1


@compiled
def _first_of_day(days: npt.NDArray[np.int32], low: int, high: int, day: int) -> int:
    """Return where facts of a day or later begin between two places of a log."""
    while low < high:
        middle = (low + high) // 2
        if days[middle] < day:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _add_relation_log(question: _Question, now: Snapshot, tables: Tables, counts: _Counts) -> None:
    """Count whom the relation met of late, and whom it met from sources that act like this one."""
    source, relation, day = question
    log, fading, country, sector = tables.by_relation, tables.fading, tables.profiles.country, tables.profiles.sector
    low = log.start[relation]
    end = _first_of_day(log.day, low, log.start[relation + 1], day)
    for k in range(end - 1, max(low, end - MAX_LOG) - 1, -1):
        other, age = log.source[k], day - log.day[k]
        of = _meet(log.target[k], counts)
        of[Own.LOG5] += fading[F5, age]
        of[Own.LOG30] += fading[F30, age]
        of[Own.LOG] += 1
        of[Own.LOG_AGE] = min(of[Own.LOG_AGE], age)
        if other != source:
            of[Own.ALIKE] += _closeness(now.likeness[source], now.likeness[other]) * fading[F100, age]
            if country[other] > 0 and country[other] == country[source]:
                of[Own.LOG_KIN] += fading[F60, age]
            if sector[other] > 0 and sector[other] == sector[source]:
                of[Own.LOG_SECTOR] += fading[F60, age]


@compiled
def _closeness(one: Floats, other: Floats) -> np.float32:
    """Return how alike two unit vectors are, 0 to 1; only near ones count."""
    cosine = np.float32(0)
    for d in range(one.shape[0]):
        cosine += one[d] * other[d]
    cosine = max(cosine, np.float32(0))
    return cosine * cosine * cosine


@compiled
def _mix(source: int, counts: _Counts, now: Snapshot, country: int) -> Floats:
    """Return the first guess: weighted shares of the decayed counts, and a breath of busyness to break ties."""
    busy = _total(now.busy60)
    sums = counts.sums
    group = now.country_to[country, ANY_QUAD]
    in_group = _total(group)
    mixture = np.empty(counts.n_met[0], dtype=np.float32)
    for i in range(mixture.shape[0]):
        j = counts.met[i]
        of = counts.own[j]
        share = (
            0.35 * of[Own.SAME200] / (sums[Own.SAME200] + 1e-6)
            + 0.15 * of[Own.SAME30] / (sums[Own.SAME30] + 1e-6)
            + 0.10 * of[Own.ANY60] / (sums[Own.ANY60] + 1e-6)
            + 0.05 * of[Own.ANY10] / (sums[Own.ANY10] + 1e-6)
            + 0.20 * of[Own.ANSWER] / (sums[Own.ANSWER] + 1e-9)
            + 0.05 * of[Own.LOG30] / (sums[Own.LOG30] + 1e-6)
            + 0.10 * of[Own.ALIKE] / (sums[Own.ALIKE] + 1e-9)
            + 0.03 * of[Own.HOP] / (sums[Own.HOP] + 1e-9)
            + IN_GROUP * group[j] / in_group
        )
        mixture[i] = share * (0.1 if j == source else 1.0) + BUSYNESS * now.busy60[j] / busy
    return mixture


@compiled
def _best_places(mixture: Floats, n_best: int) -> Ints:
    """Return where the largest values stand, largest first; of equals, the earlier."""
    best = np.empty(n_best, dtype=np.int64)
    n = 0
    for i in range(mixture.shape[0]):
        if n == n_best and mixture[i] <= mixture[best[n - 1]]:
            continue
        n += n < n_best
        place = n - 1
        while place > 0 and mixture[best[place - 1]] < mixture[i]:
            best[place] = best[place - 1]
            place -= 1
        best[place] = i
    return best


@compiled
def _total(column: Floats) -> np.float32:
    """Return a sum that can be divided by."""
    total = np.float32(1e-6)
    for number in column:
        total += number
    return total


@compiled
def _anchored(best: Int32s, own: Floats, weighed_by: int, vectors: Floats) -> Floats:
    """Return how alike each candidate is to the first of those the source has counts with."""
    found = np.zeros(best.shape[0], dtype=np.float32)
    n_anchors = 0
    for j in best:
        weight = own[j, weighed_by]
        if weight <= 0:
            continue
        for c in range(best.shape[0]):
            if best[c] != j:
                found[c] += weight * _closeness(vectors[j], vectors[best[c]])
        n_anchors += 1
        if n_anchors == N_ANCHORS:
            break
    return found


@compiled
def _write(question: _Question, best: Int32s, counts: _Counts, now: Snapshot, tables: Tables, out: Floats) -> None:
    """Choose one question's candidates and write their features."""
    source = question.source
    own, sums, met = counts.own, counts.sums, counts.met[: counts.n_met[0]]
    for c in range(N_OWN):
        sums[c] = 0
    n_partners, n_same_partners, n_new, most = 0, 0, np.float32(0), np.float32(0)
    for j in met:
        of = own[j]
        for c in range(N_OWN):
            sums[c] += of[c]
        if of[Own.ANY] > 0:
            n_partners += 1
            n_same_partners += of[Own.SAME] > 0
            n_new += tables.fading[F30, int(of[Own.FIRST_AGE])]
            most = max(most, of[Own.ANY10])
    mixture = _mix(source, counts, now, tables.profiles.country[source])
    places = _best_places(mixture, best.shape[0])
    for place in range(best.shape[0]):
        best[place] = met[places[place]]
    anchored = _anchored(best, own, Own.SAME200, now.likeness)
    anchored_any = _anchored(best, own, Own.ANY10, now.likeness)
    _write_standing(question, best, counts, now, tables.profiles, out)
    _write_kinds(best, counts, tables.profiles, now.sectors.shape[2], out)
    for place in range(best.shape[0]):
        j = best[place]
        of, x = own[j], out[place]
        for c in range(N_OWN):
            x[c] = of[c]
        c = N_OWN
        for shared in SHARED:
            x[c] = of[shared] / (sums[shared] + 1e-9)
            c += 1
        x[Extra.LIKENESS] = _closeness(now.likeness[source], now.likeness[j])
        x[Extra.ANCHORED] = anchored[place]
        x[Extra.ANCHORED_ANY] = anchored_any[place]
        x[Extra.PLACE] = place
        x[Extra.MIXTURE] = mixture[places[place]]
        x[Extra.GAP] = mixture[places[0]] - mixture[places[place]]
        x[Extra.N_OWN] = sums[Own.ANY]
        x[Extra.N_SAME] = sums[Own.SAME]
        x[Extra.OWN10] = sums[Own.ANY10]
        x[Extra.ASKED30] = sums[Own.SAME30]
        x[Extra.SOURCE_BUSY2] = now.busy2[source]
        x[Extra.N_PARTNERS] = n_partners
        x[Extra.N_SAME_PARTNERS] = n_same_partners
        x[Extra.NEW_PARTNERS] = n_new
        x[Extra.TOP_SHARE] = most / (sums[Own.ANY10] + 1e-6)
        x[Extra.IS_SELF] = j == source


@compiled
def _write_standing(
    question: _Question, best: Int32s, counts: _Counts, now: Snapshot, profiles: Profiles, out: Floats
) -> None:
    """Write what the running counts say of each candidate, and of its country."""
    source, relation, day = question
    root, quad, nation = profiles.root[relation], profiles.quad[relation], profiles.country[source]
    scale, scale5 = now.group_scale, now.group_scale5
    to_any = _total(now.country_to[nation, ANY_QUAD])
    from_any = counts.sums[Own.ANY60] + np.float32(1e-6)
    for place in range(best.shape[0]):
        j, x = best[place], out[place]
        country = profiles.country[j]
        same_country = 1 if country > 0 and country == nation else 0
        x[Extra.BUSY1] = now.busy1[j]
        x[Extra.BUSY2] = now.busy2[j]
        x[Extra.BUSY5] = now.busy5[j]
        x[Extra.BUSY60] = now.busy60[j]
        x[Extra.BUSY] = now.busy[j]
        x[Extra.IDLE_DAYS] = day - now.last[j]
        x[Extra.ROOT_BUSY] = now.by_root[root, j]
        x[Extra.TREND] = now.busy5[j] / (now.busy60[j] + 0.5)
        x[Extra.FRESH_SHARE] = now.fresh60[j] / (now.busy60[j] + 0.5)
        x[Extra.FRESH_SOURCE] = now.fresh60[source] / (now.busy60[source] + 0.5)
        x[Extra.SAME_COUNTRY] = -1.0 if country == 0 or nation == 0 else same_country
        x[Extra.SECTOR_SHARE] = now.sectors[root, profiles.sector[source], profiles.sector[j]] / (
            now.sector_sums[root, profiles.sector[source]] + 3
        )
        x[Extra.KIN_SHARE] = now.kin[root, profiles.sector[j], same_country]
        x[Extra.SOURCE_IS_STATE] = profiles.sector[source] == 1
        x[Extra.TARGET_IS_STATE] = profiles.sector[j] == 1
        x[Extra.COUNTRY_TO5] = now.country_to5[nation, j] * scale5
        x[Extra.COUNTRY_TO_ANY] = now.country_to[nation, ANY_QUAD, j] * scale
        x[Extra.COUNTRY_TO_QUAD] = now.country_to[nation, quad, j] * scale
        x[Extra.COUNTRY_TO_SHARE] = now.country_to[nation, ANY_QUAD, j] / to_any
        x[Extra.COUNTRIES5] = now.countries5[nation, country] * scale5
        x[Extra.COUNTRIES_ROOT] = now.countries[nation, root, country] * scale
        x[Extra.SECTOR_OF_COUNTRY] = now.country_sectors[nation, root, profiles.sector[j]] * scale
        if country > 0:
            x[Extra.TO_COUNTRY5] = counts.to_country[country, 0]
            x[Extra.TO_COUNTRY_ANY] = counts.to_country[country, 1]
            x[Extra.TO_COUNTRY_QUAD] = counts.to_country[country, 2]
            x[Extra.TO_COUNTRY_SHARE] = counts.to_country[country, 1] / from_any


@compiled
def _write_kinds(best: Int32s, counts: _Counts, profiles: Profiles, n_sectors: int, out: Floats) -> None:
    """Write what the source did to others of the candidate's country and sector."""
    to_country = np.zeros(counts.to_country.shape[0], dtype=np.float32)
    to_sector = np.zeros((2, n_sectors), dtype=np.float32)
    for j in counts.met[: counts.n_met[0]]:
        of = counts.own[j]
        to_country[profiles.country[j]] += of[Own.SAME200]
        to_sector[0, profiles.sector[j]] += of[Own.SAME200]
        to_sector[1, profiles.sector[j]] += of[Own.ANY60]
    for place in range(best.shape[0]):
        j, x = best[place], out[place]
        x[Extra.TO_COUNTRY_SAME] = to_country[profiles.country[j]]
        x[Extra.TO_SECTOR_SAME] = to_sector[0, profiles.sector[j]]
        x[Extra.TO_SECTOR_ANY] = to_sector[1, profiles.sector[j]]
