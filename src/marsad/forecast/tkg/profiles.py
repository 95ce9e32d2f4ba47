"""What names tell: an actor's country and sector (``Police_(Ukraine)``), a relation's CAMEO root and quad class."""

import re
from collections import Counter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from marsad.forecast.tkg.graph import Graph
from marsad.vocab.cameo import code_of_label

N_ROOTS = 21  # CAMEO's twenty, 0 for a relation without a known name
N_QUADS = 5  # four quad classes, 0 unknown
MIN_COUNTRY = 2  # what stands in brackets is a country if so many are of it, the state itself counted
MIN_SECTOR = 4  # a sector is a word that stands before this many countries
_IN_COUNTRY = re.compile(r"(.+)[_ ]\(([^()]+)\)")
Ints = npt.NDArray[np.int32]


class Profiles(NamedTuple):
    """Numbers by entity and by directed relation; 0 stands for not known, and inverse relations have their own."""

    country: Ints  # by entity
    sector: Ints  # by entity; 1 is the state itself
    root: Ints  # by directed relation, below 2 * N_ROOTS
    quad: Ints  # by directed relation, below 2 * N_QUADS
    inverse: Ints  # by directed relation: the same act seen from the other side


def read_profiles(graph: Graph) -> Profiles:
    """Return what the names of a graph tell; a graph without names gets zeros and loses only the features made of them.

    >>> facts = np.array([[0, 0, 1, 0]])
    >>> named = Graph(facts, (0, 0, 0), 2, 1, ("Ukraine", "Police_(Ukraine)"), ("Make_a_visit",))
    >>> profiles = read_profiles(named)
    >>> profiles.country.tolist(), profiles.sector.tolist(), profiles.root.tolist(), profiles.quad.tolist()
    ([1, 1], [1, 0], [4, 25], [1, 6])
    """
    country, sector = _actor_profiles(graph)
    roots = [_root(name) for name in graph.relations] or [0] * graph.n_relations
    root = np.array(roots, dtype=np.int32)
    quad = np.array([_quad(r) for r in roots], dtype=np.int32)
    numbers = np.arange(graph.n_relations, dtype=np.int32)
    return Profiles(
        country,
        sector,
        np.concatenate([root, root + N_ROOTS]),
        np.concatenate([quad, quad + N_QUADS]),
        np.concatenate([numbers + graph.n_relations, numbers]),
    )


def _actor_profiles(graph: Graph) -> tuple[Ints, Ints]:
    country = np.zeros(graph.n_entities, dtype=np.int32)
    sector = np.zeros(graph.n_entities, dtype=np.int32)
    parts = [_IN_COUNTRY.fullmatch(name) for name in graph.entities]
    members = Counter(part[2] if part else name for name, part in zip(graph.entities, parts, strict=True))
    told = dict.fromkeys(part[2] for part in parts if part)
    countries = {name: i + 1 for i, name in enumerate(c for c in told if members[c] >= MIN_COUNTRY)}
    words = Counter(part[1] for part in parts if part)
    sectors = {word: i + 2 for i, word in enumerate(w for w, n in words.items() if n >= MIN_SECTOR)}
    for i, (name, part) in enumerate(zip(graph.entities, parts, strict=True)):
        if part:
            country[i], sector[i] = countries.get(part[2], 0), sectors.get(part[1], 0)
        elif name in countries:
            country[i], sector[i] = countries[name], 1
    return country, sector


def _root(label: str) -> int:
    code = code_of_label(label)
    return int(code.code[:2]) if code else 0


def _quad(root: int) -> int:
    """Return 1 to 4 for CAMEO roots 1-5, 6-8, 9-13 and 14-20."""
    return int(np.searchsorted([1, 6, 9, 14], root, side="right"))
