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

    busy2: Floats  # by target: decayed facts, half-life 2 days
    busy5: Floats
    busy60: Floats
    busy: Floats  # undecayed
    last: Floats  # by target: day of its last fact
    fresh60: Floats  # by entity: decayed facts that were the first of their pair
    by_root: Floats  # (root, target), half-life 10 days
    answers: Floats  # (lag bucket, earlier relation, relation): how often the one followed the other in a pair
    sectors: Floats  # (relation, sector of source, sector of target): share of targets
    kin: Floats  # (root, sector of target, same country): share
    country_to: Floats  # (country of source, quad, target), half-life 60 days
    to_country: Floats  # (source, quad, country of target)
    countries: Floats  # (country, root, country)
    group_scale: float  # what to multiply the last three by
    likeness: Floats  # (entity, width): unit vectors; a cosine says how alike two entities act
    basis: Floats  # (entity, width): with ``partners``, what low rank says of each pair
    partners: Floats
    home: Ints  # by entity: its country, or the one it has most to do with


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
        self._busy2, self._busy5, self._busy60, self._busy, self._fresh60 = (_zeros(n) for _ in range(5))
        self._last = np.full(n, -200, dtype=np.float32)
        self._by_root = _zeros(2 * N_ROOTS, n)
        self._followed, self._seen = _zeros(len(LAG_EDGES) - 1, n_directed, n_directed), np.zeros(n_directed)
        self._lag_bucket = np.searchsorted(LAG_EDGES, np.arange(MAX_LAG + 1), side="right") - 1
        self._sectors, self._kin = _zeros(n_directed, n_sectors, n_sectors), _zeros(2 * N_ROOTS, n_sectors, 2)
        self._country_to = _zeros(n_countries, ANY_QUAD + 1, n)
        self._to_country = _zeros(n, ANY_QUAD + 1, n_countries)
        self._countries = _zeros(n_countries, 2 * N_ROOTS, n_countries)
        self._growth = 1.0  # new facts of the group counts enter with this weight: cheaper than fading all old ones
        self._likeness, self._basis, self._partners = (_zeros(n, SVD_WIDTH) for _ in range(3))
        self._home = profiles.country.astype(np.int64)
        self._next_svd = 0
        self._is_fresh = familiarity(graph) == PAIR_NEW

    def before(self, day: int) -> Snapshot:
        """Return what may be known on the morning of a day; every earlier day must have been closed."""
        if day >= self._next_svd:
            past = self._graph.facts[: np.searchsorted(self._graph.facts[:, DAY], day)]
            if len(past) >= _MIN_SVD_FACTS:
                self._likeness, self._basis, self._partners = _low_rank(past, day, self._graph, self._rng)
                self._next_svd = day + SVD_EVERY
        return Snapshot(
            self._busy2,
            self._busy5,
            self._busy60,
            self._busy,
            self._last,
            self._fresh60,
            self._by_root,
            self._answer_rates(),
            self._sectors / (self._sectors.sum(axis=2, keepdims=True) + np.float32(3)),
            self._kin / (self._kin.sum(axis=(1, 2), keepdims=True) + np.float32(3)),
            self._country_to,
            self._to_country,
            self._countries,
            1.0 / self._growth,
            self._likeness,
            self._basis,
            self._partners,
            self._home,
        )

    def close(self, day: int) -> None:
        """Let the facts of a day in and fade the counts by one day."""
        low, high = np.searchsorted(self._graph.facts[:, DAY], [day, day + 1])
        facts, fresh = self._graph.facts[low:high], self._is_fresh[low:high]
        relation, target = facts[:, RELATION], facts[:, TARGET]
        _count_answers(facts, self._by_source, self._lag_bucket, self._followed)
        np.add.at(self._seen, relation, 1)
        for counts in (self._busy2, self._busy5, self._busy60, self._busy):
            np.add.at(counts, target, 1)
        self._last[target] = day
        np.add.at(self._fresh60, target[fresh], 1)
        np.add.at(self._by_root, (self._profiles.root[relation], target), 1)
        self._close_groups(facts)
        self._settle_homes()
        self._busy2 *= np.float32(2 ** (-1 / 2))
        self._busy5 *= np.float32(2 ** (-1 / 5))
        self._busy60 *= np.float32(2 ** (-1 / 60))
        self._fresh60 *= np.float32(2 ** (-1 / 60))
        self._by_root *= np.float32(2 ** (-1 / 10))

    def _settle_homes(self) -> None:
        """Give each entity whose name tells no country the one it has most to do with."""
        to_any = self._to_country[:, ANY_QUAD]
        self._home = np.where(self._profiles.country > 0, self._profiles.country, to_any.argmax(axis=1))

    def _close_groups(self, facts: Ints) -> None:
        source, relation, target = facts[:, SOURCE], facts[:, RELATION], facts[:, TARGET]
        country, sector, root = self._profiles.country, self._profiles.sector, self._profiles.root[relation]
        home = self._home
        kin = ((home[source] > 0) & (home[source] == home[target])).astype(np.int64)
        np.add.at(self._sectors, (relation, sector[source], sector[target]), 1)
        np.add.at(self._kin, (root, sector[target], kin), 1)
        for quad in (self._profiles.quad[relation], np.full(len(facts), ANY_QUAD)):
            known = home[source] > 0
            np.add.at(self._country_to, (home[source][known], quad[known], target[known]), self._growth)
            known = country[target] > 0
            np.add.at(self._to_country, (source[known], quad[known], country[target][known]), self._growth)
        known = (home[source] > 0) & (home[target] > 0)
        np.add.at(self._countries, (home[source][known], root[known], home[target][known]), self._growth)
        self._growth *= 2 ** (1 / GROUP_HALF_LIFE)
        if self._growth > 1e6:  # long before single precision suffers
            self._country_to /= np.float32(self._growth)
            self._to_country /= np.float32(self._growth)
            self._countries /= np.float32(self._growth)
            self._growth = 1.0

    def _answer_rates(self) -> Floats:
        """Return how often each relation followed each other one in a pair, drawn towards the mean of all."""
        prior = 5.0
        mean = self._followed.sum(axis=1, keepdims=True) / (self._seen.sum() + 1)
        rates: Floats = ((self._followed + prior * mean) / (self._seen[None, :, None] + prior)).astype(np.float32)
        return rates


def _zeros(*shape: int) -> Floats:
    return np.zeros(shape, dtype=np.float32)


def _low_rank(past: Ints, day: int, graph: Graph, rng: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    """Return likeness, basis and partners: a randomised SVD of what each did to whom, rare acts weighing more."""
    weight = 2.0 ** ((past[:, DAY] - day) / SVD_HALF_LIFE)
    blocks = []
    for columns in (past[:, RELATION] * graph.n_entities + past[:, TARGET], past[:, TARGET]):
        used, column = np.unique(columns, return_inverse=True)
        block = sparse.csr_matrix((weight, (past[:, SOURCE], column)), shape=(graph.n_entities, len(used)))
        block.data = np.log1p(4 * block.data)
        rarity = np.log(1 + graph.n_entities / (1 + np.bincount(block.indices, minlength=len(used))))
        met = block
        blocks.append(block @ sparse.diags(rarity))
    profile = sparse.hstack(blocks).tocsr()
    basis = rng.standard_normal((profile.shape[1], SVD_WIDTH + 8))
    for _ in range(4):
        basis, _ = np.linalg.qr(profile.T @ (profile @ basis))
    left, sizes, _ = np.linalg.svd(profile @ basis, full_matrices=False)
    left = left[:, :SVD_WIDTH]
    vectors = left * sizes[:SVD_WIDTH]
    unit = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-3)
    partners = _zeros(graph.n_entities, SVD_WIDTH)
    partners[used] = met.T @ left
    return unit.astype(np.float32), left.astype(np.float32), partners


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
