"""What a matched verb is in its place, in English and Russian: a finite verb, a noun, or an attribute of another noun.

Stems match more than verbs: «обвинение» beside «обвинил», "the attack" beside "they attack", «задержанных рыбаков» and
"two detained sailors" beside the detaining itself. A noun tells its act as nouns do; an attribute only recalls one.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from marsad.coding.tokens import Token
from marsad.domain.words import Language
from marsad.vocab.lexicon import Pattern

Reading = Literal["verb", "noun", "attribute"]
_NOUN_STRENGTH = 0.65
_ATTRIBUTE = 0.4  # what stays of an act that only describes a party: "a jailed reporter"

_VERBAL_NOUN = re.compile(r"(?:ан|ен|ят|ыт|ит|от)и(?:е|я|ю|ем|и|й|ям|ями|ях)$|ост(?:ь|и|ью|ей|ям|ями|ях)$")
_LONG_ENDING = r"(?:ый|ий|ая|яя|ое|ее|ые|ие|ого|его|ой|ей|ому|ему|ым|им|ом|ем|ых|их|ыми|ими|ую|юю)(?:ся)?$"
_LONG_PARTICIPLE = re.compile(rf"(?:нн|вш|ющ|ущ|ащ|ящ|ят|ыт|емы?|имы?)(?:{_LONG_ENDING})")

_DETERMINERS = frozenset(
    [
        "a",
        "an",
        "the",
        "its",
        "his",
        "her",
        "their",
        "our",
        "this",
        "these",
        "those",
        "any",
        "no",
        "some",
        "several",
        "many",
        "more",
        "other",
        "all",
        "both",
        "each",
        "every",
        "of",
        "for",
        "from",
        "with",
        "by",
        "against",
        "over",
        "after",
        "before",
        "despite",
        "amid",
        "during",
        "in",
        "on",
        "into",
        "under",
        "between",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "dozen",
        "dozens",
        "hundreds",
        "thousands",
    ]
)
_YEAR = re.compile(r"[12]\d{3}")
_BARE_VERB = re.compile(r"(?:ed|ing|en|wn)$")


def russian_participle(word: str) -> bool:
    """Tell a participle in its long form, active or passive.

    >>> russian_participle("задержанных"), russian_participle("захвативший"), russian_participle("задержан")
    (True, True, False)
    """
    return _LONG_PARTICIPLE.search(word) is not None


def _english(tokens: Sequence[Token], at: int) -> Reading:
    word, before = tokens[at].text, tokens[at - 1].text if at else ""
    is_led = at > 0 and not tokens[at].is_after_break and (before in _DETERMINERS or before.endswith("'s"))
    is_counted = before[:1].isdigit() and not _YEAR.fullmatch(before)  # "12 detained sailors", not "in 2025 agreed"
    if not is_led and not is_counted:
        return "verb"
    if word.endswith("ing"):
        return "verb"  # a gerund: "for violating"
    return "attribute" if _BARE_VERB.search(word) else "noun"


def _russian(tokens: Sequence[Token], at: int) -> Reading:
    word = tokens[at].text
    if _VERBAL_NOUN.search(word):
        return "noun"
    return "attribute" if russian_participle(word) and not tokens[at].is_after_break else "verb"


_READERS: dict[Language, Callable[[Sequence[Token], int], Reading]] = {
    Language.EN: _english,
    Language.RU: _russian,
}


def read_verb(pattern: Pattern, tokens: Sequence[Token], at: int, language: Language) -> Pattern:
    """Return a verb's pattern as it is to be read at a word: unchanged, as a noun's, or weakened to an attribute's.

    Args:
        pattern: of a trigger told by a verb.
        tokens: of the sentence.
        at: position of the trigger's first word.
        language: of the sentence; other than English and Russian nothing changes.
    """
    reader = _READERS.get(language)
    if reader is None:
        return pattern
    reading = reader(tokens, at)
    if reading == "noun":
        return replace(pattern, form="noun", strength=min(pattern.strength, _NOUN_STRENGTH))
    return replace(pattern, strength=pattern.strength * _ATTRIBUTE) if reading == "attribute" else pattern
