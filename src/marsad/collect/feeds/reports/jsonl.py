"""JSON Lines to records: one object a line, a bad line costs itself only."""

import json
from collections.abc import Iterator

from marsad.collect.feeds.reports.record import Record, SetAside


def records(text: str) -> Iterator[Record | tuple[int, str, SetAside]]:
    r"""Yield one record per line, or ``(line, quote, why)`` for a line that is none; empty lines are skipped.

    >>> [type(item).__name__ for item in records('{"text": "A."}\n{"text": "B')]
    ['Record', 'tuple']
    """
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError) as error:  # ValueError: also a number of more than 4300 digits
            fault = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
            yield number, line, SetAside("bad-json", f"not a whole JSON object ({fault})")
            continue
        if not isinstance(fields, dict):
            yield number, line, SetAside("bad-json", f"a JSON {type(fields).__name__}, not an object")
            continue
        named = {str(name).strip().lower(): value for name, value in fields.items()}
        yield Record(named, number, line.encode(errors="surrogateescape"))
