"""Events as known at an instant: the coder's, with people's word put over them."""

from datetime import datetime

import pyarrow as pa

from marsad import coding
from marsad.store import Store


def known_events(store: Store, as_of: datetime | None = None) -> pa.Table:
    """Return the events known at an instant (all if None), as they stand after the corrections known by then."""
    corrections = store.read("corrections", as_of=as_of)
    events = store.read("events", as_of=as_of)
    if not corrections.num_rows:
        return events
    return coding.corrected(events, store.read("mentions", as_of=as_of), corrections)
