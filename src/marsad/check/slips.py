"""Slips of typing and of optical reading: when one word is likely another gone wrong."""

from functools import cache

from marsad.domain.words import Language

# Letters that differ by dots or a stroke, in the folded alphabet.
_ALIKE = {
    Language.AR: ("بتثنی", "فقغع", "جحخ", "رز", "دذ", "صض", "سش", "طظ", "کل", "هم", "او", "ذر", "نی", "غف"),
    Language.FA: ("بپتثنی", "فقغع", "جحخچ", "رزژ", "دذ", "صض", "سش", "طظ", "کگل", "هم"),
    Language.PS: ("بپتثنی", "فقغع", "جحخچځڅ", "رزژږ", "دذ", "صض", "سشښ", "طظ", "کگل"),
    Language.RU: ("ин", "шщ", "пл", "ес", "ао", "цщ", "ьъ", "гт", "вб", "йи", "ыи"),
    Language.EN: ("il1", "o0", "ce", "nh", "uv", "nm", "rn", "ft", "gq"),
}
_PERSONS = frozenset("اتین")  # with which Arabic verbs begin by person
# Last letters that must agree: words change at the end by rule.
_UNCHANGED = {Language.AR: 1, Language.EN: 2, Language.FA: 2, Language.PS: 2, Language.RU: 3}
_CLITICS = ("وال", "فال", "بال", "کال", "لل", "ال", "و", "ف", "ب", "ل", "س")
MIN_STEM = 4


@cache
def stem(word: str, language: Language) -> str:
    """Return a folded word without the particles Arabic writes onto it, or the plural s of English.

    >>> from marsad.language.script import fold
    >>> stem(fold("والكرملين"), Language.AR) == stem(fold("للكرملين"), Language.AR)
    True
    """
    if language is Language.EN and len(word) > 5 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    if language is not Language.AR:
        return word
    if word.startswith(("ولل", "فلل")):
        word = word[1:]
    for clitic in _CLITICS:
        if word.startswith(clitic) and len(word) - len(clitic) >= MIN_STEM:
            return word.removeprefix(clitic)
    return word


def are_alike(one: str, other: str, language: Language) -> bool:
    """Tell whether two letters are taken for one another by eye."""
    return any(one in group and other in group for group in _ALIKE[language])


def is_slip(written: str, meant: str, language: Language, *, n_edits: int = 1) -> bool:
    """Tell whether ``written`` is ``meant`` with a slip inside the word: two letters changed over, one left out, put in
    or taken for another. Differences at the very end are endings, not slips.

    Args:
        written: folded word of the text.
        meant: folded word it is held against.
        language: decides which letters look alike.
        n_edits: how many letters may differ; with 1, another letter must look alike unless the word is long.

    >>> from marsad.language.script import fold
    >>> is_slip(fold("طلبان"), fold("طالبان"), Language.AR), is_slip(fold("روسية"), fold("روسيا"), Language.AR)
    (True, False)
    """
    if written == meant or abs(len(written) - len(meant)) > n_edits or min(len(written), len(meant)) < MIN_STEM:
        return False
    head = _common(written, meant)
    tail = _common(written[head:][::-1], meant[head:][::-1])
    middle, expected = written[head : len(written) - tail], meant[head : len(meant) - tail]
    if _swap(middle, expected):
        return tail >= 1 and head + tail >= 2
    if head == 0 and n_edits == 1:
        return _first_letter_is_alike(middle, expected, tail, language)
    if tail < _UNCHANGED[language]:
        return False
    if n_edits == 1:
        if len(middle) == len(expected) and len(meant) >= 6:  # two letters, each taken for its look-alike
            parted = [(a, b) for a, b in zip(middle, expected, strict=True) if a != b]
            if len(parted) == 2 and all(are_alike(a, b, language) for a, b in parted):
                return True
        if len(middle) == len(expected) == 1:
            return are_alike(middle, expected, language) or (len(meant) >= 7 and head >= 2 and tail >= 2)
        return len(middle) + len(expected) == 1 and len(meant) >= 5 and tail >= 2
    return max(len(middle), len(expected)) <= 3 and _distance(middle, expected) <= n_edits and head + tail >= 4


def _first_letter_is_alike(written: str, meant: str, tail: int, language: Language) -> bool:
    """Only in Arabic script are letters taken for one another at a word's head; verbal persons are no slips."""
    if language in {Language.EN, Language.RU} or tail < 3 or len(written) != 1 or len(meant) != 1:
        return False
    return not {written, meant} <= _PERSONS and are_alike(written, meant, language)


def _swap(one: str, other: str) -> bool:
    return len(one) == len(other) == 2 and one == other[::-1] and one[0] != one[1]


def _common(one: str, other: str) -> int:
    n = 0
    while n < min(len(one), len(other)) and one[n] == other[n]:
        n += 1
    return n


def _distance(one: str, other: str) -> int:
    """Levenshtein's distance, for a few letters."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]
