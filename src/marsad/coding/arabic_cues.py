"""Arabic words that only look like a negation, a plan or a condition: what is left are the cues that are meant."""

import re
from collections.abc import Collection, Mapping, Sequence

from marsad.coding.tokens import Token

Spans = Sequence[tuple[int, int]]

# «بعدما» is no «عدم», «بلكي» (a town) no «لكي», «لولا» no «ولا», «إمكاناتها» no «إمكان».
_CUT_SHORT = frozenset(["بعدما", "بلکی", "اذانا", "اذنا", "امکاناته", "امکاناتها", "امکانات", "الامکانات"])
# «لم يكتفِ», «لم تتردد في», «لم تمضِ ساعات حتى», «لا يزال»: what follows is told as done.
_AFFIRMED = re.compile(
    r"و?(?:لم|لا) [یت](?:مض|مر|کتف|تردد|خف|تاخر|خل|خلو|زال|زالون|زل|نفک|لبث|تورع|دخر|عد)\w{0,2} "
    r"|و?لم [یت](?:قتصر|قف)\w? |(?:لیس|لیست) (?:هذه |هذا )?(?:المره )?(?:الاول|الاولی) "
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
    kept = {
        name: spans if name not in _OF_STATUS else [span for span in spans if _is_meant(name, texts, span, named)]
        for name, spans in cues.items()
    }
    return {name: spans for name, spans in kept.items() if spans}


_OF_STATUS = frozenset(["negation", "modal", "condition", "background", "likelihood", "recommendation"])


def _is_meant(name: str, texts: Sequence[str], span: tuple[int, int], named: Collection[int]) -> bool:
    if _is_other_word(texts, span, named):
        return False
    if name == "negation":
        return _denies(texts, span)
    return name != "background" or _is_past(texts, span)


def _is_other_word(texts: Sequence[str], span: tuple[int, int], named: Collection[int]) -> bool:
    first, last = span
    if first == last and (texts[first] in _CUT_SHORT or first in named):
        return True
    if texts[first].startswith("کاد") and "ما" in texts[max(0, first - 1) : first]:
        return True  # «ما كاد ... حتى»
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
