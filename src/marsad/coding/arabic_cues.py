"""Arabic words that only look like a negation, a plan or a condition: what is left are the cues that are meant."""

import re
from collections.abc import Collection, Mapping, Sequence

from marsad.coding.tokens import Token

Spans = Sequence[tuple[int, int]]

# «بعدما» is no «عدم», «بلكي» (a town) no «لكي», «لولا» no «ولا», «إمكاناتها» no «إمكان».
_CUT_SHORT = frozenset(["بعدما", "بلکی", "اذانا", "اذنا", "امکاناته", "امکاناتها", "امکانات", "الامکانات"])
# «لم يكتفِ», «لم تتردد في», «لم تمضِ ساعات حتى», «لا يزال»: what follows is told as done.
_AFFIRMED = re.compile(
    r"(?:لم|ولم|لا|ولا) (?:[یت](?:مض|مر|کتف|تردد|خف|تاخر|خل|خلو|زال|زالون|زل|نفک|لبث|تورع|دخر|عد)\w{0,2}) "
    r"|(?:لم|ولم) (?:[یت]قتصر|[یت]قف)\w? |(?:لیس|لیست) (?:هذه )?المره الاولی |(?:لیس|لیست) (?:هذه |هذا )?(?:الاول|الاولی) "
)
_NOT_YET_DONE = re.compile(r"لا (?:تزال|یزال) (?:فی الادراج|حبیس)")
_BUT_FOR = frozenset({"لولا", "ولولا"})  # a condition
_BUT = frozenset({"سوی"})  # «لم يوقع سوى اتفاق» signed one
_FIRST = frozenset(["اول", "الاول", "الاولی", "اولی", "لاول"])  # «أول لقاء منذ عقود» is news


def meant(cues: Mapping[str, Spans], tokens: Sequence[Token], named: Collection[int]) -> dict[str, Spans]:
    """Return the cues of an Arabic sentence without those that are parts of names, of other words or of idioms.

    Args:
        cues: per name the positions (first, last) where a cue was found.
        tokens: of the sentence.
        named: positions of words inside the names of parties and places.

    >>> from marsad.coding.tokens import tokenize
    >>> text = "انسحبت القوات بعدما بدأ القصف"
    >>> meant({"negation": [(2, 2)]}, tokenize(text, 0, len(text)), ())
    {}
    """
    texts = [token.text for token in tokens]
    tests = {
        "negation": lambda span: _denies(texts, span),
        "background": lambda span: _is_past(texts, span),
    }
    kept: dict[str, Spans] = {}
    for name, spans in cues.items():
        if name in _OF_STATUS:
            is_meant = tests.get(name, lambda span: True)
            spans = [span for span in spans if not _is_other_word(texts, span, named) and is_meant(span)]
        if spans:
            kept[name] = spans
    return kept


_OF_STATUS = frozenset(["negation", "modal", "condition", "background", "likelihood", "recommendation"])


def _is_other_word(texts: Sequence[str], span: tuple[int, int], named: Collection[int]) -> bool:
    first, last = span
    if first == last and (texts[first] in _CUT_SHORT or first in named):
        return True
    return texts[first] == "المقرر" and texts[first + 1 : first + 2] == ["الخاص"]  # the special rapporteur


def _denies(texts: Sequence[str], span: tuple[int, int]) -> bool:
    first, last = span
    if texts[first] in _BUT_FOR:
        return False
    ahead = " ".join(texts[first : first + 5]) + " "
    if _AFFIRMED.match(ahead) and not _NOT_YET_DONE.match(ahead):
        return False
    return not (first == last and _BUT.intersection(texts[first : first + 9]))


def _is_past(texts: Sequence[str], span: tuple[int, int]) -> bool:
    first, _ = span
    if texts[first] == "قدیما":  # «ديناً قديماً»: an old debt
        return not texts[first - 1].endswith("ا") if first else True
    return not _FIRST.intersection(texts[max(0, first - 8) : first])
