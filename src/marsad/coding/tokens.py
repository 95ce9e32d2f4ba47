"""Words of a sentence in search form, with their clitics parted and their place in the original text."""

import re
from dataclasses import dataclass
from functools import lru_cache

from marsad.domain.words import Language
from marsad.language.script import fold_aligned

_WORD = re.compile(r"\d+(?:[.,٫٬]\d+)*|[^\W_]+(?:['.\-][^\W_]+)*")
_BREAK = re.compile(r"[,;:()\[\]،؛—]| - |\.\.\.|\.\s")
_PROCLITIC = re.compile(r"^[وف](?=\w{3})")
_PREPOSITION = re.compile(r"^[بلکس](?=\w{3})")
_ARTICLE = re.compile(r"^(?:ال(?=\w{2})|لل(?=\w{2}))")
_ENCLITIC = re.compile(r"(?<=\w{3})(?:ها|هم|هما|نا|کم)$")
_ACCUSATIVE = re.compile(r"(?<=\w{3})ا$")
_PERFECT_ENDING = re.compile(r"تا?(?:ها|هم|هما|ه)?$")
_FUTURE_PREFIX = re.compile(r"^س(?=[یتن]\w{2})")
_IMPERFECT = re.compile(r"^[یتنا](?=\w{2})")


@dataclass(frozen=True)
class Token:
    """One word.

    Args:
        start: offset of its first character in the report's text.
        end: offset behind its last.
        text: search form.
        is_after_break: punctuation parts it from the word before.
    """

    start: int
    end: int
    text: str
    is_after_break: bool


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """Return the words of ``text[start:end]``, offsets into ``text``.

    >>> [(token.text, token.is_after_break) for token in tokenize("Kabul, Москва", 0, 13)]
    [('kabul', False), ('москва', True)]
    """
    folded, offsets = fold_aligned(text[start:end])
    tokens: list[Token] = []
    last = 0
    for match in _WORD.finditer(folded):
        first, behind = match.span()
        parted = bool(tokens) and _BREAK.search(folded, last, first) is not None
        tokens.append(Token(start + offsets[first], start + offsets[behind - 1] + 1, match[0], parted))
        last = behind
    return [_month(tokens, at, text) if token.text in _MONTHS else token for at, token in enumerate(tokens)]


# Months that are other words too: "in May 2023" is no "may", "6 March" is no march.
_MONTHS = frozenset({"may", "march"})
_BEFORE_MONTH = frozenset(["in", "early", "late", "mid", "since", "until", "of", "last", "this", "by", "from"])


def _month(tokens: list[Token], at: int, text: str) -> Token:
    token = tokens[at]
    before = tokens[at - 1].text if at else ""
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    is_dated = before[-2:].isdigit() or after[:1].isdigit() or before in _BEFORE_MONTH
    if text[token.start].isupper() and is_dated:
        return Token(token.start, token.end, f"month-{token.text}", token.is_after_break)
    return token


@lru_cache(maxsize=65536)
def forms(word: str, language: Language) -> tuple[str, ...]:
    """Return the word and, in Arabic, what is left without «و», «ف», preposition, article, pronoun and accusative.

    >>> forms("وبالاتفاقیه", Language.AR)
    ('وبالاتفاقیه', 'بالاتفاقیه', 'الاتفاقیه', 'اتفاقیه')
    """
    if language is Language.EN:
        return (word, word.partition("'")[0]) if "'" in word else (word,)
    if language is not Language.AR:
        return (word, *word.split("-")) if "-" in word else (word,)
    found = [word]
    for clitic in (_PROCLITIC, _PREPOSITION, _ARTICLE, _ENCLITIC, _ACCUSATIVE):
        for form in tuple(found):
            bare = clitic.sub("", form)
            if bare not in found:
                found.append(bare)
    return tuple(found)


def verbal(word: str) -> tuple[str, ...]:
    """Return what an Arabic word may be as a verb: without «و», «ف», the future's «س» and a pronoun, never an article.

    >>> verbal("والسجن"), verbal("فسیزوره")
    (('والسجن', 'السجن'), ('فسیزوره', 'سیزوره', 'یزوره'))
    """
    found = [word]
    for clitic in (_PROCLITIC, _FUTURE_PREFIX, _ENCLITIC):
        for form in tuple(found):
            bare = clitic.sub("", form)
            if bare not in found:
                found.append(bare)
    return tuple(found)


def verb_forms(word: str) -> tuple[str, ...]:
    """Return an Arabic verb's forms with the imperfect's prefix taken off, the future's «س» before it too.

    A feminine perfect is none: «تسلمت» received, it does not deliver.

    >>> verb_forms("سیزور"), verb_forms("تسلمت")
    (('زور',), ())
    """
    found = []
    for form in verbal(word):
        if form[0] in "یتن" and _PERFECT_ENDING.search(form):
            continue
        bare = _IMPERFECT.sub("", form)
        if bare != form and bare not in found:
            found.append(bare)
    return tuple(found)


def is_future_verb(word: str) -> bool:
    """Tell an Arabic verb under the future's «س».

    >>> is_future_verb("سیزور"), is_future_verb("وستجری"), is_future_verb("سفیر")
    (True, True, False)
    """
    return _FUTURE.match(word) is not None


# Words that begin alike and are no verbs: سياسي, سيطر, سيادة, سيرغي, ستين, سنوات ...
_NO_FUTURE = (
    "یاس|یاح|یطر|یطا$|یار|یاد|یاق|یرغ|یرا|یرت|یروا|ین|یف|ید|یول|یون|یکور|یمون|یبیر|یر$|یل"
    "|تین|ته|تار|تاف|توک|تولت|تیف|تمیه|تریت|ناو$|نوا|نه|نی|ند|ترا|تان"
)
_FUTURE = re.compile(rf"^[وف]?س(?!{_NO_FUTURE})[یتن]\w{{2,}}$")
