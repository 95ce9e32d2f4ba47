"""Near-duplicate reports: one story told again by other outlets, most often from one wire."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from marsad.domain.week import Week
from marsad.language.script import fold

_SHINGLE = 5  # letters; survives small edits in any of the scripts
_PERMUTATIONS = 128
_SIMILAR = 0.5  # Jaccard share of shingles from which two texts tell one story
_SEED = 517


@dataclass(frozen=True)
class Told:
    """One report as the grouping needs it; ``week`` is the one in which it became known."""

    report_id: str
    week: Week
    published_at: datetime
    text: str


def story_ids(reports: Sequence[Told]) -> Mapping[str, str]:
    """Return for every report its story: the id of the story's first report, by week known and time published.

    Two texts tell one story if at least half of their five-letter shingles are shared (MinHash estimate, 128
    permutations). A report joins the oldest story it is alike to; a later report never moves an earlier one. A lone
    report is its own story.

    >>> from datetime import UTC
    >>> day = datetime(2026, 5, 27, tzinfo=UTC)
    >>> week = Week(2026, 22)
    >>> text = "Moscow and Kabul signed a military-technical agreement on Wednesday, Interfax reported"
    >>> story_ids([Told("b", week, day, text), Told("a", week, day, text + "."), Told("c", week, day, "Rain in Herat")])
    {'a': 'a', 'b': 'a', 'c': 'c'}
    """
    from rensa import RMinHash, RMinHashLSH

    ordered = sorted(reports, key=lambda report: (report.week, report.published_at, report.report_id))
    hashes: list[RMinHash] = []
    index = RMinHashLSH(threshold=_SIMILAR, num_perm=_PERMUTATIONS, num_bands=32)
    story: list[int] = []
    for number, report in enumerate(ordered):
        minhash = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        minhash.update(_shingles(report.text))
        alike = [other for other in index.query(minhash) if hashes[other].jaccard(minhash) >= _SIMILAR]
        story.append(min((story[other] for other in alike), default=number))
        hashes.append(minhash)
        index.insert(number, minhash)
    return {report.report_id: ordered[group].report_id for report, group in zip(ordered, story, strict=True)}


def _shingles(text: str) -> list[str]:
    folded = fold(text)
    return sorted({folded[at : at + _SHINGLE] for at in range(max(1, len(folded) - _SHINGLE + 1))})
