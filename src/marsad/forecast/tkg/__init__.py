"""Who will do what to whom: ranked targets from the history of an event graph. Needs the extra ``forecast``."""
