"""Which parts of a text run against its direction and must be kept together: names, addresses, dates, phone numbers.

The Unicode rules alone are not enough in a right-to-left line. A European number after an Arabic letter becomes an
Arabic one, so that the hyphens of an ISO date no longer bind and its parts are shown in reverse; a plus sign moves
behind its number; a number after a Latin name and a comma is drawn to the name's side. Ranges such as 2021-2024 are
left alone: in Arabic they are read from the right.
"""

import re
import unicodedata
from collections.abc import Iterator

_DIGIT = "[0-9۰-۹٠-٩]"
_LATIN = "[A-Za-zÀ-ɏЀ-ӿ]"
_WORD = f"{_LATIN}(?:{_LATIN}|[0-9'’_])*"
_ADDRESS_END = r"[^\s<>«»\"،؛.,:;!?)\]]"
_BY_THE_WRITER = (
    r"[\u2066-\u2068][^\u2069]*\u2069"  # isolated already: left to right, right to left, by its first letter
)
_LEFT_TO_RIGHT = re.compile(
    "|".join(
        (
            _BY_THE_WRITER,
            rf"(?:https?://|www\.)[^\s<>«»\"،؛]*{_ADDRESS_END}",
            r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
            # example.org/a
            rf"(?<![A-Za-z0-9.])(?:[a-z0-9-]+\.)+[a-z]{{2,}}(?:/[^\s<>«»\"،؛]*{_ADDRESS_END})?(?![A-Za-z0-9])",
            rf"(?<!{_DIGIT}){_DIGIT}{{4}}-W?{_DIGIT}{{2}}(?:-{_DIGIT}{{2}})?(?!{_DIGIT})",  # ISO date, month, week
            rf"(?:\+|(?<!{_DIGIT})00){_DIGIT}(?:[ -]?\(?{_DIGIT}+\)?){{2,}}",  # phone
            rf"(?<![A-Za-z0-9])[+\-−±≤≥<>=~] ?{_DIGIT}+(?:[.,٫٬]{_DIGIT}+)*[%٪]?",  # signed number
            rf"[$€£¥]{_DIGIT}+(?:[.,٫٬]{_DIGIT}+)*",
            rf"[@#]{_WORD}",
            r"(?:[A-Z]\.){2,}|[A-Za-z]+\+{1,2}",  # U.S., C++
            # words in Latin or Cyrillic letters, the numbers and brackets that belong to them
            rf"{_WORD}(?:[ ,.:;&/–—-]{{1,2}}{_WORD}|[ -][0-9]+(?![0-9,.]*[0-9])|[ ]\([ -'*-~]*{_LATIN}[ -'*-~]*\))*",
        )
    )
)
_TOGETHER = re.compile(r"(?<=هـ) (?=[شق](?!\w))")  # the two letters of a year's era stay on one line
_ARABIC = "[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc\u200c\u200d]"
_PHRASE = rf"{_ARABIC}+(?: {_ARABIC}+)*"
_RIGHT_TO_LEFT = re.compile(
    # Arabic words, the numbers and brackets between them, and a number that ends a name
    rf"{_BY_THE_WRITER}|[«]?{_ARABIC}+"
    rf"(?:[ ،؛:«»–—/-]+(?:{_DIGIT}+[ ،–—-]+)*(?:{_ARABIC}+|\({_PHRASE}\)))*[»]?(?: {_DIGIT}+(?=[,)]|$))?"
)
_OPENINGS = "\u2066\u2067\u2068"
_MARKS = str.maketrans("", "", "\u2066\u2067\u2068\u2069")


def isolates(text: str, *, is_rtl: bool) -> Iterator[tuple[str, bool]]:
    """Cut a text into pieces; True marks a piece that runs against the text and is to be isolated.

    Marks of isolation the writer set (U+2066 to U+2069) are taken out: the formats have their own.

    >>> list(isolates("في 2026-05-25 نشر", is_rtl=True))
    [('في ', False), ('2026-05-25', True), (' نشر', False)]
    >>> list(isolates("NTR، 28 مايو", is_rtl=True))
    [('NTR', True), ('، 28 مايو', False)]
    >>> list(isolates("The word كابل, 3 times", is_rtl=False))
    [('The word ', False), ('كابل', True), (', 3 times', False)]
    >>> list(isolates("«\u2068The deal of 28…\u2069»، 3", is_rtl=True))
    [('«', False), ('The deal of 28…', True), ('»، 3', False)]
    """
    text = _TOGETHER.sub("\u00a0", text)
    at = 0
    for match in (_LEFT_TO_RIGHT if is_rtl else _RIGHT_TO_LEFT).finditer(text):
        if match.start() > at:
            yield text[at : match.start()].translate(_MARKS), False
        inner = match[0].translate(_MARKS)
        if match[0][0] in _OPENINGS and _runs_left(match[0]) == is_rtl:  # runs with the text after all
            yield from isolates(inner, is_rtl=is_rtl)
        else:
            yield inner, True
        at = match.end()
    if at < len(text):
        yield text[at:].translate(_MARKS), False


def _runs_left(isolated: str) -> bool:
    """Tell whether an isolated piece runs right to left: by its mark, or by its first letter where that decides."""
    if isolated[0] != "\u2068":
        return isolated[0] == "\u2067"
    letters = (unicodedata.bidirectional(char) for char in isolated)
    return next((kind != "L" for kind in letters if kind in {"L", "R", "AL"}), False)


def short_address(url: str, n_characters: int = 42) -> str:
    """Return how a link is shown in print: without scheme and www, the path cut in the middle.

    >>> short_address("https://www.example.org/a/very/long/path/to/some/report-of-the-week", 30)
    'example.org/a/ve…t-of-the-week'
    """
    shown = re.sub(r"^(?:https?://(?:www\.)?|mailto:)", "", url).rstrip("/")
    if len(shown) <= n_characters:
        return shown
    host, slash, path = shown.partition("/")
    if "%" in path:  # letters of other scripts, unreadable as written
        return f"{host}/…"
    room = max(n_characters - len(host) - 2, 8)
    head = room // 4
    return f"{host}{slash}{path[:head]}…{path[-(room - head) :]}" if slash else f"{shown[: n_characters - 1]}…"
