"""Which parts of a right-to-left text must be kept left to right: addresses, dates, phone numbers, signed numbers.

The Unicode rules turn a European number after an Arabic letter into an Arabic one, so that the hyphens of an ISO date no longer
bind and its parts are shown in reverse; a plus sign before a number moves behind it; the slashes of an address fall
apart. Words in Latin letters need no help. Ranges such as 2021-2024 are left alone: in Arabic they are read from the right.
"""

import re
from collections.abc import Iterator

_LTR = re.compile(
    r"""
      (?:https?://|www\.)[^\s<>«»"،؛]*[^\s<>«»"،؛.,:;!?)\]]     # address
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                             # e-mail
    | (?<![\w.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/[^\s<>«»"،؛]*[^\s<>«»"،؛.,:;!?)\]])?(?![\w])  # domain, path
    | (?<!\d)[0-9۰-۹٠-٩]{4}-(?:W?[0-9۰-۹٠-٩]{2})(?:-[0-9۰-۹٠-٩]{2})?(?!\d)  # ISO date, month or week
    | (?<![\w])(?:\+|00)[0-9۰-۹٠-٩](?:[ -]?\(?[0-9۰-۹٠-٩]+\)?){2,}  # phone
    | (?<![\w])[+\-−±≤≥<>=~][ ]?[0-9۰-۹٠-٩]+(?:[.,٫٬][0-9۰-۹٠-٩]+)*[%٪]?   # signed number
    | [$€£¥][0-9۰-۹٠-٩]+(?:[.,٫٬][0-9۰-۹٠-٩]+)*                # money
    | (?<![\w])[@\#][A-Za-z]\w*                                # handle, tag
    | [A-Za-z][\w.&/+-]*(?:[ ][A-Za-z][\w.&/+-]*)*[+.](?=[ ،؛]+[^\sA-Za-z]|$)(?<![a-z]\.) # C++, U.S.
    """,
    re.VERBOSE | re.ASCII,
)


def isolates(text: str) -> Iterator[tuple[str, bool]]:
    """Cut a right-to-left text into pieces; True marks a piece to be kept left to right. Joined they give the text.

    >>> list(isolates("في 2026-05-25 نشر"))
    [('في ', False), ('2026-05-25', True), (' نشر', False)]
    """
    at = 0
    for match in _LTR.finditer(text):
        if match.start() > at:
            yield text[at : match.start()], False
        yield match[0], True
        at = match.end()
    if at < len(text):
        yield text[at:], False


def short_address(url: str, n_characters: int = 42) -> str:
    """Return how a link is shown in print: without scheme and www, the path cut in the middle.

    >>> short_address("https://www.example.org/a/very/long/path/to/some/report-of-the-week", 30)
    'example.org/a/v…rt-of-the-week'
    """
    shown = re.sub(r"^(?:https?://(?:www\.)?|mailto:)", "", url).rstrip("/")
    if len(shown) <= n_characters:
        return shown
    host, slash, path = shown.partition("/")
    room = max(n_characters - len(host) - 2, 8)
    head = room // 4
    return f"{host}{slash}{path[:head]}…{path[-(room - head) :]}" if slash else f"{shown[: n_characters - 1]}…"
