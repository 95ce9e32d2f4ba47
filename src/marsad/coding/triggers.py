"""Find the triggers of events in a sentence: patterns of the lexicon over its words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cache

from marsad.coding.readings import read_verb
from marsad.coding.tokens import Token, forms, verb_forms, verbal
from marsad.domain.words import Language
from marsad.vocab.lexicon import Lexicon, Pattern, Slot, Word, load_lexicon

_VERB_LAST = frozenset({Language.FA, Language.PS})

# Verbs that make a compound of a noun, in the past stem.
_LIGHT_VERBS = frozenset(["داد", "کرد", "شد", "گرفت", "زد", "بست", "نمود", "رفت", "رسید", "کشت"])

# A clause of its own begins behind these, or behind a finite verb and "and".
_THAT = frozenset(["که", "چی"])
_AND = frozenset(["و", "او", "اما", "خو"])
_FINITE = frozenset(
    [stem + ending for stem in _LIGHT_VERBS for ending in ("", "ند")]
    + ["گفت", "گفتند", "خواند", "خواندند", "ساخت", "ساختند", "خواست", "خواستند", "دانست", "دانستند", "پذیرفت"]
    + ["کړ", "کړه", "کړل", "کړی", "وکړ", "وکړه", "وکړل", "وکړی", "شو", "شوه", "شول", "وشو", "وشوه", "وشول"]
    + ["ورکړ", "ورکړه", "وغوښتل", "وباله", "وبلل", "وبلله", "وغانده", "وغندل", "ومنله", "ومانه", "ونیول", "ووژل"]
)
_TOLD_BEHIND_THAT = frozenset({"THREATEN", "REQUEST", "REJECT"})  # «هشدار داد که ... پاسخ»


@dataclass(frozen=True)
class Trigger:
    """One place where a pattern holds: ``words`` are the positions that fill its slots, in order."""

    pattern: Pattern
    words: tuple[int, ...]

    @property
    def start(self) -> int:
        """Position of its first word."""
        return self.words[0]

    @property
    def end(self) -> int:
        """Position of its last word, still inside."""
        return self.words[-1]

    @property
    def is_verb(self) -> bool:
        """True if it tells the act by a verb."""
        return self.pattern.form == "verb"


class Matcher:
    """A set of patterns made ready: candidates by the first word, then the rest in order."""

    def __init__(self, patterns: Iterable[Pattern], language: Language, skip: frozenset[str] = frozenset()) -> None:
        self._language, self._skip = language, skip
        self._exact: dict[str, list[Pattern]] = defaultdict(list)
        self._stems: dict[str, list[Pattern]] = defaultdict(list)
        self._verbs: dict[str, list[Pattern]] = defaultdict(list)
        for pattern in patterns:
            for word in pattern.slots[0].words:
                (self._stems if word.is_stem else self._exact)[word.text].append(pattern)
                if word.is_verb:
                    self._verbs[word.text].append(pattern)
        self._longest = max((len(stem) for stem in self._stems), default=0)
        self._candidates: dict[str, tuple[Pattern, ...]] = {}

    def find(self, tokens: Sequence[Token]) -> list[Trigger]:
        """Return every match, in order of the first word; overlapping ones are all kept."""
        found = []
        for position, token in enumerate(tokens):
            for pattern in self._starting_with(token.text):
                if self._language is Language.FA and _is_infinitive(token.text, pattern.slots[0].words):
                    continue
                words = self._fill(tokens, position, pattern)
                if words is not None:
                    found.append(Trigger(pattern, words))
        return found

    def _starting_with(self, word: str) -> tuple[Pattern, ...]:
        known = self._candidates.get(word)
        if known is None:
            known = self._candidates[word] = tuple(dict.fromkeys(self._look_up(word)))
        return known

    def _look_up(self, word: str) -> Iterable[Pattern]:
        as_verb = verbal(word) if self._language is Language.AR else None
        for form in forms(word, self._language):
            for pattern in self._holding(form):
                # an Arabic noun with its article or a preposition is no verb: «السجن», «بحظر»
                if as_verb is None or pattern.form != "verb" or (form in as_verb and _conjugates(pattern, form)):
                    yield pattern
        if self._language is Language.AR and self._verbs:
            for form in verb_forms(word):
                for length in range(2, len(form) + 1):
                    for pattern in self._verbs.get(form[:length], ()):
                        if _conjugates(pattern, form):
                            yield pattern

    def _holding(self, form: str) -> Iterable[Pattern]:
        yield from self._exact.get(form, ())
        for length in range(2, min(len(form), self._longest) + 1):
            yield from self._stems.get(form[:length], ())

    def _fill(self, tokens: Sequence[Token], position: int, pattern: Pattern) -> tuple[int, ...] | None:
        return self._fill_from(tokens, (position,), pattern)

    def _fill_from(self, tokens: Sequence[Token], words: tuple[int, ...], pattern: Pattern) -> tuple[int, ...] | None:
        """Fill the slots that are left, the first way that works: «پس از ... از سر گرفت» needs the second «از»."""
        if len(words) == len(pattern.slots):
            return words
        slot = pattern.slots[len(words)]
        left = slot.gap
        for at in range(words[-1] + 1, len(tokens)):
            if tokens[at].is_after_break and not self._lists_on(tokens, at):
                return None
            if self._closes(tokens, at, pattern):
                return None
            if self._holds(slot, tokens[at].text):
                filled = self._fill_from(tokens, (*words, at), pattern)
                if filled is not None:
                    return filled
            if tokens[at].text not in self._skip and not tokens[at].text[0].isdigit():
                left -= 1
            if left < 0:
                return None
        return None

    def _lists_on(self, tokens: Sequence[Token], at: int) -> bool:
        """Tell a comma inside an enumeration of a verb-final language: «در آلمان، فرانسه و بریتانیا»."""
        if self._language not in _VERB_LAST or tokens[at - 1].text in _FINITE:
            return False
        return any(token.text in {"و", "او"} for token in tokens[at + 1 : at + 4])

    def _closes(self, tokens: Sequence[Token], at: int, pattern: Pattern) -> bool:
        """Tell that a clause of a verb-final language ended before ``at``: «... رد کرد و», «... وغوښتل چې»."""
        if self._language not in _VERB_LAST:
            return False
        text = tokens[at].text
        if text in _THAT:
            return pattern.event_type not in _TOLD_BEHIND_THAT
        return text in _AND and tokens[at - 1].text in _FINITE

    def _holds(self, slot: Slot, text: str) -> bool:
        language = self._language
        if language is Language.FA and _is_infinitive(text, slot.words):
            return False
        if any(form in slot.exact or form.startswith(slot.stems) for form in forms(text, language)):
            return True
        return language is Language.AR and any(
            word.is_verb and any(_fits(word, form) for form in verb_forms(text)) for word in slot.words
        )


# What may follow an Arabic verb's stem: the subject's ending and an object pronoun. A bare «ه» is the noun's «ة».
_VERB_ENDING = re.compile(r"(?:ت|تا|وا|ون|ا|ان)?(?:ها|هم|هما|هن|ک|کم|نی)?|(?:ت|و|وا)ه")


def _conjugates(pattern: Pattern, form: str) -> bool:
    """Tell a verb's form from a word that only begins like it: «ضربت» from «ضربة», «شنّت» from «شنغهاي»."""
    return any(
        _fits(word, form) and (pattern.form != "verb" or _VERB_ENDING.fullmatch(form, len(word.text)) is not None)
        for word in pattern.slots[0].words
    )


def _is_infinitive(text: str, words: Sequence[Word]) -> bool:
    """Tell «شناختن», «کردن»: with «ن» behind it a Persian past stem closes no clause."""
    stem = text[:-1]
    return text.endswith(("تن", "دن")) and (stem in _LIGHT_VERBS or any(w.is_stem and w.text == stem for w in words))


def _fits(word: Word, form: str) -> bool:
    return form.startswith(word.text) if word.is_stem else form == word.text


@cache
def trigger_matcher(language: Language) -> Matcher:
    """Return the matcher of a language's triggers."""
    lexicon = load_lexicon(language)
    return Matcher(lexicon.patterns, language, _skip_words(lexicon))


@cache
def cue_matcher(language: Language) -> Matcher:
    """Return the matcher of a language's cues of status and structure; the cue's name is the pattern's type."""
    lexicon = load_lexicon(language)
    return Matcher((cue for cues in lexicon.cues.values() for cue in cues), language)


@cache
def context_matcher(language: Language) -> Matcher:
    """Return the matcher of a language's words of fields; the field is the pattern's type."""
    lexicon = load_lexicon(language)
    return Matcher((word for words in lexicon.contexts.values() for word in words), language, _skip_words(lexicon))


def _skip_words(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(word.text for cue in lexicon.cues["skip"] for word in cue.slots[0].words)


def find_triggers(tokens: Sequence[Token], language: Language, closed: AbstractSet[int] = frozenset()) -> list[Trigger]:
    """Return the triggers of a sentence; where two share a first word, the longer and stronger one stays.

    None begins at a word whose position is ``closed``, the name of a party.

    >>> from marsad.coding.tokens import tokenize
    >>> text = "Moscow and Kabul signed a military pact."
    >>> [(t.pattern.event_type, t.words) for t in find_triggers(tokenize(text, 0, len(text)), Language.EN)]
    [('AGREE', (3, 6))]
    """
    weigh = _weight_of_compound if language in _VERB_LAST else _weight
    taken: set[int] = set()
    kept = []
    found = [_read(trigger, tokens, language) for trigger in trigger_matcher(language).find(tokens)]
    for trigger in sorted(found, key=weigh, reverse=True):
        if trigger.start in taken | closed or (len(trigger.words) > 1 and taken.issuperset(trigger.words)):
            continue
        if language in _VERB_LAST and len(trigger.words) > 1 and trigger.end in taken:
            continue  # the light verb that closes the clause goes with one noun only
        taken.update(trigger.words)
        kept.append(trigger)
    return sorted(kept, key=lambda trigger: trigger.words)


def _read(trigger: Trigger, tokens: Sequence[Token], language: Language) -> Trigger:
    """Read a verb as what it is in its place; see :mod:`marsad.coding.readings`."""
    if not trigger.is_verb:
        return trigger
    pattern = read_verb(trigger.pattern, tokens, trigger.start, language)
    return trigger if pattern is trigger.pattern else replace(trigger, pattern=pattern)


def _weight(trigger: Trigger) -> tuple[float, float, int, int]:
    """Longer patterns know more of the sentence; a weak long one does not beat a strong short one."""
    pattern = trigger.pattern
    specificity = pattern.strength + 0.2 * (len(trigger.words) - 1)
    return specificity, pattern.strength, trigger.words[0] - trigger.end, -trigger.start


_ADJACENT = 0.3  # «تظاهرات ... را پراکنده کردند»: the noun right before the light verb makes the compound


def _weight_of_compound(trigger: Trigger) -> tuple[float, float, int, int]:
    specificity, strength, breadth, position = _weight(trigger)
    is_adjacent = len(trigger.words) > 1 and trigger.words[-1] - trigger.words[-2] == 1
    return specificity + _ADJACENT * (is_adjacent and trigger.is_verb), strength, breadth, position
