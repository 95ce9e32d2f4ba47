"""Each event's place on the relation ladder, as columns."""

import pyarrow as pa

from marsad.domain.words import Ladder
from marsad.measure.acts import rungs_of


def rungs(events: pa.Table) -> pa.Table:
    """Return ladder and rung of every event.

    Args:
        events: one row per event with ``event_type``, ``mode``, ``context``.

    Returns:
        One row per event, in the given order: ``ladder`` (cooperation or conflict) and ``rung`` (0..5, 0..4).

    Raises:
        ValueError: an event type that is not PLOVER.

    >>> rungs(
    ...     pa.table({"event_type": ["ASSAULT", "AID"], "mode": [None, "economic"], "context": [None, None]}).cast(
    ...         pa.schema([("event_type", "string"), ("mode", "string"), ("context", "string")])
    ...     )
    ... ).to_pylist()
    [{'ladder': 'conflict', 'rung': 4}, {'ladder': 'cooperation', 'rung': 2}]
    """
    is_conflict, numbers = rungs_of(events)
    ladders = pa.DictionaryArray.from_arrays(
        pa.array(is_conflict.astype("int8")), pa.array([Ladder.COOPERATION.value, Ladder.CONFLICT.value])
    )
    return pa.table({"ladder": ladders.cast(pa.string()), "rung": pa.array(numbers, pa.int32())})
