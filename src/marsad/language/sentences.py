"""Split a text into sentences, in our five languages."""

import re
from typing import NamedTuple

from marsad.domain.words import Language


class Span(NamedTuple):
    """Character offsets in the original text: ``text[start:end]``."""

    start: int
    end: int


# Full stops after these do not end a sentence. One-letter tokens are always taken as initials.
_ABBREVIATIONS = {
    Language.EN: "mr mrs ms dr prof gen lt col maj capt sgt adm gov sen rep hon st jr sr rev vs etc no nos fig al inc "
    "ltd corp co dept est approx jan feb mar apr jun jul aug sep sept oct nov dec u.s u.k u.n u.a.e e.u i.e "
    "e.g a.m p.m ph.d u.s.a d.c brig amb min maulvi mawl",
    Language.RU: "т.е т.д т.п т.к т.н г гг в вв им тыс млн млрд трлн руб долл стр ул пр д кв обл р-н акад проф ген "
    "полк см ср др напр св ок рис чел и.о янв фев апр авг сент окт нояб дек н.э",
    Language.AR: "د م أ ص ج ب ت ق هـ ه ق.م إلخ",
    Language.FA: "ق.م ه.ش ه.ق ه ش ق م د ص ج",
    Language.PS: "ه.ش ه.ل ه ش ل م د ص",
}
_NO_STOP = {language: frozenset(words.split()) for language, words in _ABBREVIATIONS.items()}
# After these an abbreviation of a name ("the U.S.", «2021 г.») may end a sentence all the same.
_STARTERS = frozenset(
    ["the", "a", "an", "in", "on", "at", "it", "he", "she", "they", "this", "that", "but", "and", "we"]
)
_MAY_END = frozenset(
    "u.s u.k u.n u.a.e e.u u.s.a d.c etc a.m p.m jr sr inc ltd г гг т.д т.п др руб".split()  # noqa: SIM905 - as above
)

_STOP = re.compile(r"[.!?…؟۔]+|\n+")
_CLOSING = re.compile(r"(?:[\"'”’»›)\]}]|\[\^?\w+\]|[¹²³⁰-⁹])*")
_OPENING = "\"'“‘„«‹([{—–-\u200e\u200f\u202a\u202b\u2067\u2068"
_TOKEN = re.compile(r"[\w.‑-]*$")
_BULLET = re.compile(r"\s*(?:[-–—•*▪●◦#]|\(?\w{1,3}[.)\-])\s")
_WRAPPED_LINE = 60  # a line at least this long, not closed by a stop, was wrapped rather than ended


def split(text: str, language: Language | str) -> list[Span]:
    r"""Return the sentences of ``text`` in order; between them lies only white space.

    Args:
        text: plain text; a line break ends a sentence unless the line looks wrapped.
        language: decides which abbreviations keep their full stop.

    >>> text = "Mr. Lavrov met the U.S. envoy on 3.5.2024. «Хорошо»"
    >>> [text[start:end] for start, end in split(text, "en")]
    ['Mr. Lavrov met the U.S. envoy on 3.5.2024.', '«Хорошо»']
    >>> len(split("هل وصل الوفد؟ نعم، وصل د. أحمد أمس.", "ar"))
    2
    """
    no_stop = _NO_STOP[Language(language)]
    spans: list[Span] = []
    start = 0
    for match in _STOP.finditer(text):
        if match.start() < start:
            continue
        end = _sentence_end(text, start, match, no_stop)
        if end is not None:
            _add(spans, text, start, end)
            start = end
    _add(spans, text, start, len(text))
    return spans


def _sentence_end(text: str, start: int, stop: re.Match[str], no_stop: frozenset[str]) -> int | None:
    """Return where the sentence ends if the mark ends it, with closing quotes and note marks taken in."""
    if stop[0][0] == "\n":
        return None if _is_wrapped(text, start, stop) else stop.start()
    closing = _CLOSING.match(text, stop.end())
    end = closing.end() if closing else stop.end()
    if end < len(text) and not text[end].isspace():
        return None  # a decimal point, a web address, "U.S.-led"
    following = text[end : end + 40].lstrip().lstrip(_OPENING)
    if text[stop.end() : end] and text[end : end + 3].lstrip().startswith(("—", "–")):
        return None  # «Да!» — сказал он
    if following[:1].islower():
        return None  # "Why?" he asked; an ellipsis inside a sentence
    if stop[0] == "." and _keeps_its_stop(text, start, stop.start(), following, no_stop):
        return None
    return end


def _keeps_its_stop(text: str, start: int, at: int, following: str, no_stop: frozenset[str]) -> bool:
    """Tell whether the token before the full stop is an abbreviation, an initial or a list number."""
    found = _TOKEN.search(text, max(start, at - 20), at)
    token = found[0] if found else ""
    before = text[start : at - len(token)].strip()
    if not before and token.isdigit():
        return True  # "1. The parties agreed"
    if len(token) == 1 and (token.isupper() or "\u0600" <= token <= "\u06ff"):
        return True
    lower = token.lower()
    if lower not in no_stop:
        return False
    next_word = re.match(r"\w+", following)
    return not (lower in _MAY_END and (not next_word or next_word[0].lower() in _STARTERS))


def _is_wrapped(text: str, start: int, stop: re.Match[str]) -> bool:
    """Tell whether a single line break lies inside a sentence."""
    line = text[max(start, text.rfind("\n", 0, stop.start()) + 1) : stop.start()].rstrip()
    if len(stop[0]) > 1 or len(line) < _WRAPPED_LINE or line[-1] in ".!?…؟۔:":
        return False
    rest = text[stop.end() : stop.end() + 20]
    return bool(rest.strip()) and not _BULLET.match(rest) and not rest.lstrip()[:1].isdigit()


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    """Add a span without its outer white space, unless nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append(Span(start, end))
