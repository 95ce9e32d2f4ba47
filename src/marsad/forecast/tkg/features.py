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
from marsad.forecast.tkg.graph import Ints
from marsad.forecast.tkg.profiles import Profiles
from marsad.forecast.tkg.state import ANY_QUAD, LAG_EDGES, MAX_LAG, FactLog, Floats, Snapshot

N_CANDIDATES = 120
MAX_OWN, MAX_LOG = 4000, 4000  # newest facts looked at, of the source and of the relation
N_HOPS, HOP_DAYS, HOP_FACTS = 12, 200, 400
N_ANCHORS = 10
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
    row: Ints  # of each question's source in ``likeness``
    likeness: Floats  # (source, entity): 0 to 1
    affinity: Floats  # (source, entity)
    target: Int32s
    features: Floats


class _Guess(NamedTuple):
    """One question's counts by (entity, Own), their sums, the mixture made of them and the best entities by it."""

    own: Floats
    sums: Floats
    mixture: Floats
    best: Int32s
    alike: Floats


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
    sources, row = np.unique(questions[:, 0], return_inverse=True)
    batch = _Batch(
        questions,
        row,
        np.maximum(snapshot.likeness[sources] @ snapshot.likeness.T, 0) ** 3,
        np.maximum(snapshot.basis[sources] @ snapshot.partners.T, 0),
        np.zeros((len(questions), n_candidates), dtype=np.int32),
        np.zeros((len(questions), n_candidates, N_FEATURES), dtype=np.float32),
    )
    with ThreadPoolExecutor(THREADS) as pool:
        jobs = [pool.submit(_describe_some, batch, snapshot, tables, first) for first in range(THREADS)]
        for job in jobs:
            job.result()
    return Candidates(batch.target, batch.features)


@compiled
def _describe_some(batch: _Batch, now: Snapshot, tables: Tables, first: int) -> None:
    """Describe every THREADS-th question from the first."""
    n = now.busy.shape[0]
    own = np.zeros((n, N_OWN), dtype=np.float32)
    mixture = np.empty(n, dtype=np.float32)
    for i in range(first, batch.questions.shape[0], THREADS):
        question = _Question(batch.questions[i, 0], batch.questions[i, 1], batch.questions[i, 2])
        alike = batch.likeness[batch.row[i]]
        own[:] = 0
        for age in (Own.ANY_AGE, Own.SAME_AGE, Own.SAME_AGE_BEFORE, Own.BACK_AGE, Own.LOG_AGE):
            own[:, age] = NEVER
        _add_own_facts(question, now, tables, own)
        own[:, Own.AFFINITY] = batch.affinity[batch.row[i]]
        _add_relation_log(question, alike, now.home, tables, own)
        _add_second_hop(question, now, tables, own)
        sums = np.zeros(N_OWN, dtype=np.float32)
        for j in range(n):
            for c in SHARED:
                sums[c] += own[j, c]
        guess = _Guess(own, sums, mixture, batch.target[i], alike)
        _mix(question.source, now, guess)
        _keep_best(mixture, guess.best)
        _write(question, guess, now, tables, batch.features[i])


@compiled
def _add_own_facts(question: _Question, now: Snapshot, tables: Tables, own: Floats) -> None:
    """Count what the source did with each target, newest first."""
    source, relation, day = question
    log, fading, profiles = tables.by_source, tables.fading, tables.profiles
    low = log.start[source]
    end = low + np.searchsorted(log.day[low : log.start[source + 1]], day)
    for k in range(end - 1, max(low, end - MAX_OWN) - 1, -1):
        other, age = log.relation[k], day - log.day[k]
        of = own[log.target[k]]
        of[Own.ANY2] += fading[F2, age]
        of[Own.ANY10] += fading[F10, age]
        of[Own.ANY60] += fading[F60, age]
        of[Own.ANY] += 1
        of[Own.ANY_AGE] = min(of[Own.ANY_AGE], age)
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
        if profiles.quad[other] == profiles.quad[relation]:
            of[Own.QUAD10] += fading[F10, age]
        if age <= MAX_LAG:
            answer = now.answers[tables.lag_bucket[age], other, relation]
            of[Own.ANSWER] += answer
            of[Own.ANSWER_MAX] = max(of[Own.ANSWER_MAX], answer)


@compiled
def _add_relation_log(question: _Question, alike: Floats, home: Ints, tables: Tables, own: Floats) -> None:
    """Count whom the relation met of late, and whom it met from sources that act like this one."""
    source, relation, day = question
    log, fading, sector = tables.by_relation, tables.fading, tables.profiles.sector
    low = log.start[relation]
    end = low + np.searchsorted(log.day[low : log.start[relation + 1]], day)
    for k in range(end - 1, max(low, end - MAX_LOG) - 1, -1):
        age = day - log.day[k]
        of = own[log.target[k]]
        of[Own.LOG5] += fading[F5, age]
        of[Own.LOG30] += fading[F30, age]
        of[Own.LOG] += 1
        of[Own.LOG_AGE] = min(of[Own.LOG_AGE], age)
        other = log.source[k]
        if other != source:
            of[Own.ALIKE] += alike[other] * fading[F100, age]
            if home[other] > 0 and home[other] == home[source]:
                of[Own.LOG_KIN] += fading[F60, age]
            if sector[other] > 0 and sector[other] == sector[source]:
                of[Own.LOG_SECTOR] += fading[F60, age]


@compiled
def _add_second_hop(question: _Question, now: Snapshot, tables: Tables, own: Floats) -> None:
    """Count whom the source's nearest partners met of late; busy partners count less."""
    source, day = question.source, question.day
    log, fading = tables.by_source, tables.fading
    near = own[:, Own.ANY10] + np.float32(0.3) * own[:, Own.ANY60]
    for _ in range(N_HOPS):
        partner = np.argmax(near)
        if near[partner] <= 0:
            break
        weight = near[partner] / np.sqrt(1 + now.busy60[partner])
        near[partner] = 0
        low = log.start[partner]
        k = low + np.searchsorted(log.day[low : log.start[partner + 1]], day) - 1
        stop = max(low, k - HOP_FACTS + 1)
        while k >= stop and day - log.day[k] <= HOP_DAYS:
            if log.target[k] != source:
                own[log.target[k], Own.HOP] += weight * fading[F10, day - log.day[k]]
                own[log.target[k], Own.HOP60] += weight * fading[F60, day - log.day[k]]
            k -= 1


@compiled
def _mix(source: int, now: Snapshot, guess: _Guess) -> None:
    """Write the first guess: weighted shares of the decayed counts, and a breath of busyness to break ties."""
    busy = max(now.busy60.sum(), 1e-6)
    own, sums, mixture = guess.own, guess.sums, guess.mixture
    group = now.country_to[now.home[source], ANY_QUAD]
    in_group = max(group.sum(), 1e-6)
    for j in range(mixture.shape[0]):
        of = own[j]
        share = (
            0.35 * of[Own.SAME200] / (sums[Own.SAME200] + 1e-6)
            + 0.15 * of[Own.SAME30] / (sums[Own.SAME30] + 1e-6)
            + 0.10 * of[Own.ANY60] / (sums[Own.ANY60] + 1e-6)
            + 0.05 * of[Own.ANY10] / (sums[Own.ANY10] + 1e-6)
            + 0.20 * of[Own.ANSWER] / (sums[Own.ANSWER] + 1e-9)
            + 0.05 * of[Own.LOG30] / (sums[Own.LOG30] + 1e-6)
            + 0.10 * of[Own.ALIKE] / (sums[Own.ALIKE] + 1e-9)
            + 0.03 * of[Own.HOP] / (sums[Own.HOP] + 1e-9)
            + 0.04 * group[j] / in_group
        )
        mixture[j] = share * (0.1 if j == source else 1.0) + 1e-5 * now.busy60[j] / busy


@compiled
def _keep_best(mixture: Floats, best: Int32s) -> None:
    """Write the entities with the largest mixture, best first; of equals, the lower id."""
    n_best = best.shape[0]
    least = np.partition(mixture, mixture.shape[0] - n_best)[mixture.shape[0] - n_best]
    n = 0
    for j in range(mixture.shape[0]):
        if mixture[j] > least:
            best[n] = j
            n += 1
    for j in range(mixture.shape[0]):
        if mixture[j] == least and n < n_best:
            best[n] = j
            n += 1
    best[:] = best[np.argsort(-mixture[best], kind="mergesort")]


@compiled
def _anchored(best: Int32s, own: Floats, vectors: Floats) -> Floats:
    """Return how alike each candidate is to those the source most often did this to."""
    found = np.zeros(best.shape[0], dtype=np.float32)
    n_anchors = 0
    for j in best:
        weight = own[j, Own.SAME200]
        if weight <= 0:
            continue
        for c in range(best.shape[0]):
            if best[c] != j:
                cosine = np.float32(0)
                for d in range(vectors.shape[1]):
                    cosine += vectors[j, d] * vectors[best[c], d]
                found[c] += weight * max(cosine, np.float32(0)) ** 3
        n_anchors += 1
        if n_anchors == N_ANCHORS:
            break
    return found


@compiled
def _write(question: _Question, guess: _Guess, now: Snapshot, tables: Tables, out: Floats) -> None:
    """Write the features of one question's candidates."""
    source, relation, day = question
    own, sums, mixture, best, alike = guess
    anchored = _anchored(best, own, now.likeness)
    n_partners = (own[:, Own.ANY] > 0).sum()
    n_own, n_same = own[:, Own.ANY].sum(), own[:, Own.SAME].sum()
    top_share = own[:, Own.ANY10].max() / (sums[Own.ANY10] + 1e-6)
    _write_standing(question, best, now, tables.profiles, out)
    _write_kinds(question.source, best, own, now, tables.profiles, out)
    for place in range(best.shape[0]):
        j = best[place]
        of, x = own[j], out[place]
        for c in range(N_OWN):
            x[c] = of[c]
        c = N_OWN
        for shared in SHARED:
            x[c] = of[shared] / (sums[shared] + 1e-9)
            c += 1
        x[Extra.LIKENESS] = alike[j]
        x[Extra.ANCHORED] = anchored[place]
        x[Extra.PLACE] = place
        x[Extra.MIXTURE] = mixture[j]
        x[Extra.GAP] = mixture[best[0]] - mixture[j]
        x[Extra.N_OWN] = n_own
        x[Extra.N_SAME] = n_same
        x[Extra.N_PARTNERS] = n_partners
        x[Extra.RELATION] = relation
        x[Extra.IS_INVERSE] = relation * 2 >= tables.profiles.root.shape[0]
        x[Extra.ROOT] = tables.profiles.root[relation]
        x[Extra.WEEKDAY] = day % 7
        x[Extra.TOP_SHARE] = top_share
        x[Extra.ROOT_TILT] = (of[Own.ROOT100] + 0.2) / (of[Own.ANY60] + 2)
        x[Extra.ANSWER_TILT] = of[Own.ANSWER] / (of[Own.ANY60] + 0.5)
        x[Extra.SAME_TILT] = of[Own.SAME30] / (of[Own.LOG30] + 0.5)
        x[Extra.ANY_TILT] = of[Own.ANY60] / (now.busy60[j] + 1)
        x[Extra.IS_SELF] = j == source


@compiled
def _write_standing(question: _Question, best: Int32s, now: Snapshot, profiles: Profiles, out: Floats) -> None:
    """Write what the running counts say of each candidate, and of its country."""
    source, relation, day = question
    root, quad, nation = profiles.root[relation], profiles.quad[relation], now.home[source]
    scale = now.group_scale
    to_any = now.country_to[nation, ANY_QUAD].sum() + 1e-6
    from_any = now.to_country[source, ANY_QUAD].sum() + 1e-6
    for place in range(best.shape[0]):
        j, x = best[place], out[place]
        country = now.home[j]
        same_country = 1 if country > 0 and country == nation else 0
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
        x[Extra.SECTOR_SHARE] = now.sectors[relation, profiles.sector[source], profiles.sector[j]]
        x[Extra.KIN_SHARE] = now.kin[root, profiles.sector[j], same_country]
        x[Extra.SOURCE_IS_STATE] = profiles.sector[source] == 1
        x[Extra.TARGET_IS_STATE] = profiles.sector[j] == 1
        x[Extra.COUNTRY_TO_ANY] = now.country_to[nation, ANY_QUAD, j] * scale
        x[Extra.COUNTRY_TO_QUAD] = now.country_to[nation, quad, j] * scale
        x[Extra.TO_COUNTRY_ANY] = now.to_country[source, ANY_QUAD, country] * scale
        x[Extra.TO_COUNTRY_QUAD] = now.to_country[source, quad, country] * scale
        x[Extra.COUNTRIES_ROOT] = now.countries[nation, root, country] * scale
        x[Extra.COUNTRY_TO_SHARE] = now.country_to[nation, ANY_QUAD, j] / to_any
        x[Extra.TO_COUNTRY_SHARE] = now.to_country[source, ANY_QUAD, country] / from_any


@compiled
def _write_kinds(source: int, best: Int32s, own: Floats, now: Snapshot, profiles: Profiles, out: Floats) -> None:
    """Write what the source did to others of the candidate's country and sector, and how alike their countries are."""
    n_countries, n_sectors = now.to_country.shape[2], now.sectors.shape[2]
    to_country = np.zeros(n_countries, dtype=np.float32)
    to_sector = np.zeros((2, n_sectors), dtype=np.float32)
    for j in range(own.shape[0]):
        if own[j, Own.ANY] > 0:
            to_country[now.home[j]] += own[j, Own.SAME200]
            to_sector[0, profiles.sector[j]] += own[j, Own.SAME200]
            to_sector[1, profiles.sector[j]] += own[j, Own.ANY60]
    mine = now.to_country[source, ANY_QUAD]
    norm = np.sqrt((mine * mine).sum()) + 1e-9
    for place in range(best.shape[0]):
        j, x = best[place], out[place]
        theirs = now.to_country[j, ANY_QUAD]
        dot, square = np.float32(0), np.float32(1e-9)
        for c in range(n_countries):
            dot += mine[c] * theirs[c]
            square += theirs[c] * theirs[c]
        x[Extra.HOME_OVERLAP] = dot / (norm * np.sqrt(square))
        x[Extra.TO_COUNTRY_SAME] = to_country[now.home[j]]
        x[Extra.TO_SECTOR_SAME] = to_sector[0, profiles.sector[j]]
        x[Extra.TO_SECTOR_ANY] = to_sector[1, profiles.sector[j]]
