"""The YAML head of an issue file, read leniently; the publisher judges it."""

import re
from typing import Any

_FRONT = re.compile(r"\A\ufeff?---\n(.*?)\n---[ \t]*(?:\n|$)", re.DOTALL)


def metadata(text: str) -> dict[str, Any]:
    r"""Return the YAML head of an issue, {} if there is none or it is not a mapping.

    >>> metadata("---\nnumber: 22\n---\n")
    {'number': 22}
    """
    import yaml

    front = _FRONT.match(text)
    if front is None:
        return {}
    try:
        found = yaml.safe_load(front[1])
    except yaml.YAMLError:
        return {}
    return found if isinstance(found, dict) else {}
