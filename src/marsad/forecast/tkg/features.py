"""Candidates and their features for the question "source, relation, whom?", from days before it only.

A question is (source, relation, day). The best ``N_CANDIDATES`` targets by a fixed mixture of decayed shares are kept, and
each gets the features of :class:`Feature`; what the mixture puts last is ranked by how busy it is.
"""

from concurrent.futures import ThreadPoolExecutor
from enum import IntEnum, auto
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from marsad.forecast.tkg.compiled import compiled
from marsad.forecast.tkg.graph import Ints
from marsad.forecast.tkg.profiles import Profiles
from marsad.forecast.tkg.state import ANY_QUAD, LAG_EDGES, MAX_LAG, FactLog, Floats, Snapshot

N_CANDIDATES = 120
MAX_OWN, MAX_LOG = 4000, 4000  # newest facts looked at, of the source and of the relation
N_HOPS, HOP_DAYS, HOP_FACTS = 12, 40, 400
N_ANCHORS = 10
NEVER = 999.0  # days since something that did not happen
HALF_LIVES = np.array([2.0, 5.0, 10.0, 30.0, 60.0, 100.0, 200.0])  # days; rows of the fading table
F2, F5, F10, F30, F60, F100, F200 = range(7)
THREADS = 2


class Own(IntEnum):
    """Columns of what the source itself did with each target."""

    ANY2 = 0
    ANY10 = auto()
    ANY60 = auto()
    ANY = auto()
    ANY_AGE = auto()
    SAME5 = auto()
    SAME30 = auto()
    SAME200 = auto()
    SAME = auto()
    SAME_AGE = auto()
    ROOT10 = auto()
    ROOT100 = auto()
    BACK10 = auto()
    BACK_AGE = auto()
    ANSWER = auto()
    ANSWER_MAX = auto()
    QUAD10 = auto()
    YESTERDAY = auto()
    # what others did
    LOG5 = auto()
    LOG30 = auto()
    LOG = auto()
    LOG_AGE = auto()
    ALIKE = auto()
    HOP = auto()


N_OWN = len(Own)
_SHARED = (
    Own.ANY10, Own.ANY60, Own.SAME30, Own.SAME200, Own.ROOT100, Own.ANSWER, Own.LOG30, Own.ALIKE, Own.HOP,
)  # fmt: skip
SHARED = np.array(_SHARED)


class Extra(IntEnum):
    """Columns after the shares: the target, what groups did, the question, and ratios."""

    BUSY5 = N_OWN + len(_SHARED)
    BUSY60 = auto()
    BUSY = auto()
    IDLE_DAYS = auto()
    ROOT_BUSY = auto()
    TREND = auto()
    FRESH_SHARE = auto()
    FRESH_SOURCE = auto()
    LIKENESS = auto()
    ANCHORED = auto()
    SAME_COUNTRY = auto()
    SECTOR_SHARE = auto()
    KIN_SHARE = auto()
    SOURCE_IS_STATE = auto()
    TARGET_IS_STATE = auto()
    COUNTRY_TO_ANY = auto()
    COUNTRY_TO_QUAD = auto()
    TO_COUNTRY_ANY = auto()
    TO_COUNTRY_QUAD = auto()
    COUNTRIES_ROOT = auto()
    COUNTRY_TO_SHARE = auto()
    TO_COUNTRY_SHARE = auto()
    PLACE = auto()
    MIXTURE = auto()
    GAP = auto()
    N_OWN = auto()
    N_SAME = auto()
    N_PARTNERS = auto()
    RELATION = auto()
    IS_INVERSE = auto()
    ROOT = auto()
    WEEKDAY = auto()
    TOP_SHARE = auto()
    ROOT_TILT = auto()
    ANSWER_TILT = auto()
    SAME_TILT = auto()
    ANY_TILT = auto()
    IS_SELF = auto()


NAMES = (
    *(column.name.lower() for column in Own),
    *(f"{column.name.lower()}_share" for column in _SHARED),
    *(column.name.lower() for column in Extra),
)
N_FEATURES = len(NAMES)


class Candidates(NamedTuple):
    """For n questions: target ids (n, N_CANDIDATES), best mixture first, and features (n, N_CANDIDATES, N_FEATURES)."""

    target: npt.NDArray[np.int32]
    features: Floats


class _Tables(NamedTuple):
    """What does not change from day to day."""

    by_source: FactLog
    by_relation: FactLog
    profiles: Profiles
    fading: Floats  # (half-life, days)
    lag_bucket: Ints


def make_tables(by_source: FactLog, by_relation: FactLog, profiles: Profiles, n_days: int) -> _Tables:
    """Return the logs, profiles and fading weights that every day's features share."""
    fading = (2.0 ** (-np.arange(n_days + 1) / HALF_LIVES[:, None])).astype(np.float32)
    lag_bucket = np.searchsorted(LAG_EDGES, np.arange(MAX_LAG + 1), side="right") - 1
    return _Tables(by_source, by_relation, profiles, fading, lag_bucket)


def describe(questions: Ints, snapshot: Snapshot, tables: _Tables) -> Candidates:
    """Return candidates and features for the questions of one day.

    Each question is answered alone: which others are asked that day is not looked at.

    Args:
        questions: int64 (n, 3): source, relation, day; all of one day.
        snapshot: the running counts on that day's morning.
        tables: from :func:`make_tables`.
    """
    n_candidates = min(N_CANDIDATES, len(snapshot.busy))
    target = np.zeros((len(questions), n_candidates), dtype=np.int32)
    features = np.zeros((len(questions), n_candidates, N_FEATURES), dtype=np.float32)
    sources, row = np.unique(questions[:, 0], return_inverse=True)
    likeness = np.maximum(snapshot.likeness[sources] @ snapshot.likeness.T, 0) ** 3
    with ThreadPoolExecutor(THREADS) as pool:
        jobs = [
            pool.submit(_describe_some, questions, row, likeness, snapshot, tables, k, target, features)
            for k in range(THREADS)
        ]
        for job in jobs:
            job.result()
    return Candidates(target, features)


@compiled
def _describe_some(questions, row, likeness, now, tables, first, target, features):  # type: ignore[no-untyped-def]
    """Describe every THREADS-th question from the first."""
    n = now.busy.shape[0]
    own = np.zeros((n, N_OWN), dtype=np.float32)
    mixture = np.empty(n, dtype=np.float32)
    for i in range(first, questions.shape[0], THREADS):
        source, relation, day = questions[i, 0], questions[i, 1], questions[i, 2]
        own[:] = 0
        own[:, Own.ANY_AGE] = NEVER
        own[:, Own.SAME_AGE] = NEVER
        own[:, Own.BACK_AGE] = NEVER
        own[:, Own.LOG_AGE] = NEVER
        n_own = _add_own_facts(source, relation, day, now, tables, own)
        _add_relation_log(source, relation, day, likeness[row[i]], tables, own)
        _add_second_hop(source, day, now, tables, own)
        sums = np.zeros(N_OWN, dtype=np.float32)
        for j in range(n):
            for c in SHARED:
                sums[c] += own[j, c]
        _mix(source, own, sums, now, tables.profiles, mixture)
        best = _best(mixture, target.shape[1])
        target[i] = best
        _write(source, relation, day, best, n_own, own, sums, mixture, likeness[row[i]], now, tables, features[i])


@compiled
def _add_own_facts(source, relation, day, now, tables, own):  # type: ignore[no-untyped-def]
    """Count what the source did with each target, newest first; return how many facts there were."""
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
            of[Own.SAME_AGE] = min(of[Own.SAME_AGE], age)
        if other == profiles.inverse[relation]:
            of[Own.BACK10] += fading[F10, age]
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
    return end - low


@compiled
def _add_relation_log(source, relation, day, alike, tables, own):  # type: ignore[no-untyped-def]
    """Count whom the relation met of late, and whom it met from sources that act like this one."""
    log, fading = tables.by_relation, tables.fading
    low = log.start[relation]
    end = low + np.searchsorted(log.day[low : log.start[relation + 1]], day)
    for k in range(end - 1, max(low, end - MAX_LOG) - 1, -1):
        age = day - log.day[k]
        of = own[log.target[k]]
        of[Own.LOG5] += fading[F5, age]
        of[Own.LOG30] += fading[F30, age]
        of[Own.LOG] += 1
        of[Own.LOG_AGE] = min(of[Own.LOG_AGE], age)
        if log.source[k] != source:
            of[Own.ALIKE] += alike[log.source[k]] * fading[F100, age]


@compiled
def _add_second_hop(source, day, now, tables, own):  # type: ignore[no-untyped-def]
    """Count whom the source's nearest partners met of late; busy partners count less."""
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
            k -= 1


@compiled
def _mix(source, own, sums, now, profiles, mixture):  # type: ignore[no-untyped-def]
    """Write the first guess: weighted shares of the decayed counts, and a breath of busyness to break ties."""
    busy = max(now.busy60.sum(), 1e-6)
    nation = profiles.country[source]
    group = now.country_to[nation, ANY_QUAD]
    in_group = max(group.sum(), 1e-6)
    for j in range(mixture.shape[0]):
        of = own[j]
        guess = (
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
        mixture[j] = guess * (0.1 if j == source else 1.0) + 1e-5 * now.busy60[j] / busy


@compiled
def _best(mixture, n_best):  # type: ignore[no-untyped-def]
    """Return the entities with the largest mixture, best first; of equals, the lower id."""
    least = np.partition(mixture, mixture.shape[0] - n_best)[mixture.shape[0] - n_best]
    best = np.empty(n_best, dtype=np.int32)
    n = 0
    for j in range(mixture.shape[0]):
        if mixture[j] > least:
            best[n] = j
            n += 1
    for j in range(mixture.shape[0]):
        if mixture[j] == least and n < n_best:
            best[n] = j
            n += 1
    return best[np.argsort(-mixture[best], kind="mergesort")]


@compiled
def _anchored(best, own, vectors):  # type: ignore[no-untyped-def]
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
def _write(source, relation, day, best, n_own, own, sums, mixture, alike, now, tables, out):  # type: ignore[no-untyped-def]
    """Write the features of one question's candidates, in the order of NAMES."""
    profiles = tables.profiles
    root, quad, nation = profiles.root[relation], profiles.quad[relation], profiles.country[source]
    anchored = _anchored(best, own, now.likeness)
    n_partners = (own[:, Own.ANY] > 0).sum()
    n_same = own[:, Own.SAME].sum()
    scale = now.group_scale
    top_share = own[:, Own.ANY10].max() / (sums[Own.ANY10] + 1e-6)
    to_any = now.country_to[nation, ANY_QUAD].sum() + 1e-6
    from_any = now.to_country[source, ANY_QUAD].sum() + 1e-6
    for place in range(best.shape[0]):
        j = best[place]
        of, x = own[j], out[place]
        for c in range(N_OWN):
            x[c] = of[c]
        c = N_OWN
        for shared in SHARED:
            x[c] = of[shared] / (sums[shared] + 1e-9)
            c += 1
        country = profiles.country[j]
        same_country = 1 if country > 0 and country == nation else 0
        x[Extra.BUSY5] = now.busy5[j]
        x[Extra.BUSY60] = now.busy60[j]
        x[Extra.BUSY] = now.busy[j]
        x[Extra.IDLE_DAYS] = day - now.last[j]
        x[Extra.ROOT_BUSY] = now.by_root[root, j]
        x[Extra.TREND] = now.busy5[j] / (now.busy60[j] + 0.5)
        x[Extra.FRESH_SHARE] = now.fresh60[j] / (now.busy60[j] + 0.5)
        x[Extra.FRESH_SOURCE] = now.fresh60[source] / (now.busy60[source] + 0.5)
        x[Extra.LIKENESS] = alike[j]
        x[Extra.ANCHORED] = anchored[place]
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
        x[Extra.PLACE] = place
        x[Extra.MIXTURE] = mixture[j]
        x[Extra.GAP] = mixture[best[0]] - mixture[j]
        x[Extra.N_OWN] = n_own
        x[Extra.N_SAME] = n_same
        x[Extra.N_PARTNERS] = n_partners
        x[Extra.RELATION] = relation
        x[Extra.IS_INVERSE] = relation * 2 >= profiles.root.shape[0]
        x[Extra.ROOT] = root
        x[Extra.WEEKDAY] = day % 7
        x[Extra.TOP_SHARE] = top_share
        x[Extra.ROOT_TILT] = (of[Own.ROOT100] + 0.2) / (of[Own.ANY60] + 2)
        x[Extra.ANSWER_TILT] = of[Own.ANSWER] / (of[Own.ANY60] + 0.5)
        x[Extra.SAME_TILT] = of[Own.SAME30] / (of[Own.LOG30] + 0.5)
        x[Extra.ANY_TILT] = of[Own.ANY60] / (now.busy60[j] + 1)
        x[Extra.IS_SELF] = j == source
