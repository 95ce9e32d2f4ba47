"""What a day's forecasts may know: running counts over all days before it, brought forward one day at a time."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from marsad.forecast.tkg.compiled import compiled
from marsad.forecast.tkg.graph import DAY, PAIR_NEW, RELATION, SOURCE, TARGET, Graph, familiarity
from marsad.forecast.tkg.profiles import N_QUADS, N_ROOTS, Profiles

LAG_EDGES = np.array([1, 2, 4, 8, 16, 40, 90, 181])  # days; one bucket of answering lags between neighbours
MAX_LAG = int(LAG_EDGES[-1]) - 1
ANY_QUAD = 2 * N_QUADS  # the slab of group counts that holds every class
SVD_EVERY = 30  # days
SVD_WIDTH = 48
SVD_HALF_LIFE = 150.0  # days
GROUP_HALF_LIFE = 60.0  # days
_MIN_SVD_FACTS = 1000
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


class FactLog(NamedTuple):
    """Facts grouped by one column and sorted by day inside a group: rows ``start[k]`` to ``start[k + 1]`` are of k."""

    start: Ints
    source: npt.NDArray[np.int32]
    relation: npt.NDArray[np.int32]
    target: npt.NDArray[np.int32]
    day: npt.NDArray[np.int32]


class Snapshot(NamedTuple):
    """The running counts as they stand before a day; arrays are live and change when the day is over."""

    busy1: Floats  # by target: facts of the day before
    busy2: Floats  # decayed facts, half-life 2 days
    busy5: Floats
    busy60: Floats
    busy: Floats  # undecayed
    last: Floats  # by target: day of its last fact
    fresh60: Floats  # by entity: decayed facts that were the first of their pair
    by_root: Floats  # (root, target), half-life 10 days
    answers: Floats  # (lag bucket, earlier relation, relation): how often the one followed the other in a pair
    sectors: Floats  # (root, sector of source, sector of target): facts
    sector_sums: Floats  # (root, sector of source)
    kin: Floats  # (root, sector of target, same country): share
    country_to: Floats  # (country of source, quad, target), half-life 60 days
    country_to5: Floats  # (country of source, target), half-life 5 days
    countries: Floats  # (country, root, country), half-life 60 days
    countries5: Floats  # (country, country), half-life 5 days
    country_sectors: Floats  # (country of source, root, sector of target), half-life 60 days
    group_scale: float  # what to multiply group counts of half-life 60 by
    group_scale5: float  # and those of half-life 5
    likeness: Floats  # (entity, width): unit vectors; a cosine says how alike two entities act


def group_by(facts: Ints, column: int, n_groups: int) -> FactLog:
    """Return the facts by entity or relation.

    Args:
        facts: int64 (n, 4), of any order.
        column: ``SOURCE`` or ``RELATION``.
        n_groups: ids in the column run below it.
    """
    ordered = facts[np.lexsort((facts[:, DAY], facts[:, column]))]
    start = np.searchsorted(ordered[:, column], np.arange(n_groups + 1))
    columns = (ordered[:, c].astype(np.int32) for c in (SOURCE, RELATION, TARGET, DAY))
    return FactLog(start, *columns)


class RunningState:
    """Counts over the days already over. ``before(day)`` gives what may be known, ``close(day)`` lets the day in."""

    def __init__(self, graph: Graph, profiles: Profiles, by_source: FactLog, seed: int) -> None:
        self._graph, self._profiles, self._by_source = graph, profiles, by_source
        self._rng = np.random.default_rng(seed)
        n, n_directed = graph.n_entities, 2 * graph.n_relations
        n_countries, n_sectors = int(profiles.country.max()) + 1, int(profiles.sector.max()) + 1
        self._busy1, self._busy2, self._busy5, self._busy60, self._busy, self._fresh60 = (_zeros(n) for _ in range(6))
        self._last = np.full(n, -200, dtype=np.float32)
        self._by_root = _zeros(2 * N_ROOTS, n)
        self._followed, self._seen = _zeros(len(LAG_EDGES) - 1, n_directed, n_directed), np.zeros(n_directed)
        self._lag_bucket = np.searchsorted(LAG_EDGES, np.arange(MAX_LAG + 1), side="right") - 1
        self._sectors, self._sector_sums = _zeros(2 * N_ROOTS, n_sectors, n_sectors), _zeros(2 * N_ROOTS, n_sectors)
        self._kin = _zeros(2 * N_ROOTS, n_sectors, 2)
        self._country_to = _zeros(n_countries, ANY_QUAD + 1, n)
        self._country_to5, self._countries5 = _zeros(n_countries, n), _zeros(n_countries, n_countries)
        self._country_sectors = _zeros(n_countries, 2 * N_ROOTS, n_sectors)
        self._countries = _zeros(n_countries, 2 * N_ROOTS, n_countries)
        # New facts of the group counts enter with a growing weight: cheaper than fading all old ones.
        self._growth = self._growth5 = 1.0
        self._likeness = _zeros(n, SVD_WIDTH)
        self._next_svd = 0
        self._is_fresh = familiarity(graph) == PAIR_NEW

    def before(self, day: int) -> Snapshot:
        """Return what may be known on the morning of a day; every earlier day must have been closed."""
        if day >= self._next_svd:
            past = self._graph.facts[: np.searchsorted(self._graph.facts[:, DAY], day)]
            if len(past) >= _MIN_SVD_FACTS:
                self._likeness = _likeness(past, day, self._graph, self._rng)
                self._next_svd = day + SVD_EVERY
        return Snapshot(
            self._busy1,
            self._busy2,
            self._busy5,
            self._busy60,
            self._busy,
            self._last,
            self._fresh60,
            self._by_root,
            self._answer_rates(),
            self._sectors,
            self._sector_sums,
            self._kin / (self._kin.sum(axis=(1, 2), keepdims=True) + np.float32(3)),
            self._country_to,
            self._country_to5,
            self._countries,
            self._countries5,
            self._country_sectors,
            1.0 / self._growth,
            1.0 / self._growth5,
            self._likeness,
        )

    def close(self, day: int) -> None:
        """Let the facts of a day in and fade the counts by one day."""
        low, high = np.searchsorted(self._graph.facts[:, DAY], [day, day + 1])
        facts, fresh = self._graph.facts[low:high], self._is_fresh[low:high]
        relation, target = facts[:, RELATION], facts[:, TARGET]
        _count_answers(facts, self._by_source, self._lag_bucket, self._followed)
        np.add.at(self._seen, relation, 1)
        self._busy1[:] = 0
        for counts in (self._busy1, self._busy2, self._busy5, self._busy60, self._busy):
            np.add.at(counts, target, 1)
        self._last[target] = day
        np.add.at(self._fresh60, target[fresh], 1)
        np.add.at(self._by_root, (self._profiles.root[relation], target), 1)
        self._close_groups(facts)
        self._busy2 *= np.float32(2 ** (-1 / 2))
        self._busy5 *= np.float32(2 ** (-1 / 5))
        self._busy60 *= np.float32(2 ** (-1 / 60))
        self._fresh60 *= np.float32(2 ** (-1 / 60))
        self._by_root *= np.float32(2 ** (-1 / 10))

    def _close_groups(self, facts: Ints) -> None:
        source, relation, target = facts[:, SOURCE], facts[:, RELATION], facts[:, TARGET]
        country, sector, root = self._profiles.country, self._profiles.sector, self._profiles.root[relation]
        kin = ((country[source] > 0) & (country[source] == country[target])).astype(np.int64)
        np.add.at(self._sectors, (root, sector[source], sector[target]), 1)
        np.add.at(self._sector_sums, (root, sector[source]), 1)
        np.add.at(self._kin, (root, sector[target], kin), 1)
        known = country[source] > 0
        nation, root, target = country[source][known], root[known], target[known]
        for quad in (self._profiles.quad[relation[known]], np.full(len(target), ANY_QUAD)):
            np.add.at(self._country_to, (nation, quad, target), self._growth)
        np.add.at(self._country_to5, (nation, target), self._growth5)
        np.add.at(self._country_sectors, (nation, root, sector[target]), self._growth)
        known = country[target] > 0
        nation, root, other = nation[known], root[known], country[target[known]]
        np.add.at(self._countries, (nation, root, other), self._growth)
        np.add.at(self._countries5, (nation, other), self._growth5)
        self._growth *= 2 ** (1 / GROUP_HALF_LIFE)
        self._growth5 *= 2 ** (1 / 5)
        if self._growth > 1e6:  # long before single precision suffers
            for grown in (self._country_to, self._countries, self._country_sectors):
                grown[:] /= np.float32(self._growth)
            self._growth = 1.0
        if self._growth5 > 1e6:
            for grown in (self._country_to5, self._countries5):
                grown[:] /= np.float32(self._growth5)
            self._growth5 = 1.0

    def _answer_rates(self) -> Floats:
        """Return how often each relation followed each other one in a pair, drawn towards the mean of all."""
        prior = 5.0
        mean = self._followed.sum(axis=1, keepdims=True) / (self._seen.sum() + 1)
        rates: Floats = ((self._followed + prior * mean) / (self._seen[None, :, None] + prior)).astype(np.float32)
        return rates


def _zeros(*shape: int) -> Floats:
    return np.zeros(shape, dtype=np.float32)


def _likeness(past: Ints, day: int, graph: Graph, rng: np.random.Generator) -> Floats:
    """Return unit vectors from a randomised SVD of what each did to whom, rare acts weighing more."""
    weight = 2.0 ** ((past[:, DAY] - day) / SVD_HALF_LIFE)
    blocks = []
    for columns in (past[:, RELATION] * graph.n_entities + past[:, TARGET], past[:, TARGET]):
        used, column = np.unique(columns, return_inverse=True)
        block = sparse.csr_matrix((weight, (past[:, SOURCE], column)), shape=(graph.n_entities, len(used)))
        block.data = np.log1p(4 * block.data)
        rarity = np.log(1 + graph.n_entities / (1 + np.bincount(block.indices, minlength=len(used))))
        blocks.append(block @ sparse.diags(rarity))
    profile = sparse.hstack(blocks).tocsr()
    basis = rng.standard_normal((profile.shape[1], SVD_WIDTH + 8))
    for _ in range(4):
        basis, _ = np.linalg.qr(profile.T @ (profile @ basis))
    left, sizes, _ = np.linalg.svd(profile @ basis, full_matrices=False)
    vectors = (left * sizes)[:, :SVD_WIDTH]
    unit: Floats = (vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-3)).astype(np.float32)
    return unit


@compiled
def _count_answers(facts: Ints, log: FactLog, lag_bucket: Ints, followed: Floats) -> None:
    """Count for each fact which relations its pair had in the days before, by lag."""
    for i in range(facts.shape[0]):
        source, relation, target, day = facts[i, 0], facts[i, 1], facts[i, 2], facts[i, 3]
        k = np.searchsorted(log.day[log.start[source] : log.start[source + 1]], day) + log.start[source] - 1
        while k >= log.start[source] and day - log.day[k] < len(lag_bucket):
            if log.target[k] == target:
                followed[lag_bucket[day - log.day[k]], log.relation[k], relation] += 1
            k -= 1
