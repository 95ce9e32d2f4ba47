"""Tell the language of a text: letters and small words first, py3langid for what they leave open."""

import re
from functools import cache
from typing import Any

from marsad.domain.words import Language

_ARABIC = re.compile(r"[\u0620-\u064a\u0671-\u06d3\ufb50-\ufefc]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_WORD = re.compile(r"[^\W\d_]+")

# Letters and words that only one of the three languages uses in ordinary prose.
_PASHTO_LETTERS = frozenset("ټډړږښځڅڼېۍګۀ")
_PERSIAN_LETTERS = frozenset("پچژگ")
_ARABIC_LETTERS = frozenset("ةىإ")
_URDU_LETTERS = frozenset("ٹڈڑےھہں")
_WORDS = {
    Language.AR: "في من على إلى أن عن مع التي الذي هذا هذه بعد قال كما وقد لم لا كان كانت بين خلال أو ثم",
    Language.FA: "در از به که را این با است برای آن شد کرد شده شود بر یک نیز تا هم ها های می اند گفت گفته بود وی ما",
    Language.PS: "د په کې چې ته او له دي دی ده يې یې سره نه به کړ کړه شو شوي وو کړي ويلي وایي ستره چارو هغه",
}
_SMALL = {language: frozenset(words.split()) for language, words in _WORDS.items()}

_SMALL_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "that",
        "is",
        "was",
        "with",
        "for",
        "from",
        "his",
        "their",
        "has",
        "have",
        "been",
        "by",
        "at",
        "this",
        "which",
        "said",
    ]
)

# Neighbours a text may be in: it is then none of ours.
_BY_SCRIPT = {
    "arabic": frozenset({"ar", "fa", "ps", "ur", "ug"}),
    "cyrillic": frozenset({"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn"}),
    "latin": frozenset({"en", "fr", "de", "es", "it", "pt", "tr", "nl", "az", "id", "pl", "ro", "sv"}),
}
_FEW_LETTERS = 24  # below this the neighbours are not trusted: a headline of two words is of our language
_NEIGHBOUR_LETTERS = re.compile(r"[іїєґўқғҷӯӣҳәөңұүһјљњћђџѓќѕ]", re.IGNORECASE)
_RUSSIAN_LETTERS = re.compile(r"[ыэё]", re.IGNORECASE)  # in no other Slavic language but Belarusian, which has «ў»
# Bulgarian has no letter of its own: small words, the article behind the noun, «ъ» before a consonant.
_BULGARIAN = re.compile(
    r"\b(?:е|са|се|си|че|със|във|това|като|ще|който|която|които|бе|бяха)\b|ъ[бвгджзклмнпрстфхцчшщ]|\w{3}(?:ът|ят)\b",
    re.IGNORECASE,
)
_SHORT = 300  # letters up to which the model's guess among Slavic neighbours counts less than the letters


def identify(text: str) -> Language | None:
    """Return the language of ``text``, or None if it has no letters or is in none of our five.

    >>> [identify(text) for text in ("د افغانستان د بهرنیو چارو وزارت", "وزارت امور خارجه افغانستان", "وزارة الخارجية")]
    [<Language.PS: 'ps'>, <Language.FA: 'fa'>, <Language.AR: 'ar'>]
    >>> (
    ...     identify("Турецкая полиция задержала гражданина Ирака."),
    ...     identify("Турската полиция задържа гражданин на Ирак."),
    ... )
    (<Language.RU: 'ru'>, None)
    >>> identify("12-03-2024") is None
    True
    """
    counts = {
        "arabic": len(_ARABIC.findall(text)),
        "cyrillic": len(_CYRILLIC.findall(text)),
        "latin": len(_LATIN.findall(text)),
    }
    script = max(counts, key=lambda name: counts[name])
    if counts[script] == 0:
        return None
    if script == "arabic":
        return _arabic_script(text, counts[script])
    ours = Language.RU if script == "cyrillic" else Language.EN
    if script == "cyrillic" and len(_NEIGHBOUR_LETTERS.findall(text)) >= max(1, counts[script] // 60):
        return None  # Ukrainian, Belarusian, Serbian, Macedonian, Kazakh, Kyrgyz and Tajik letters
    if script == "cyrillic" and _is_plainly_russian(text, counts[script]):
        return ours
    if counts[script] < _FEW_LETTERS or (script == "latin" and _is_plainly_english(text)):
        return ours
    return ours if _closest(script, text) == ours else None


def _arabic_script(text: str, n_letters: int) -> Language | None:
    letters = {
        Language.PS: sum(letter in _PASHTO_LETTERS for letter in text),
        Language.FA: sum(letter in _PERSIAN_LETTERS for letter in text),
        Language.AR: sum(letter in _ARABIC_LETTERS for letter in text),
    }
    if sum(letter in _URDU_LETTERS for letter in text) > max(2, n_letters // 50, letters[Language.PS]):
        return None
    words = _WORD.findall(text)
    # A Pashto letter is near proof; Persian letters stand in Pashto words too.
    scores = {language: sum(word in small for word in words) for language, small in _SMALL.items()}
    scores[Language.PS] += 2 * letters[Language.PS]
    scores[Language.FA] += letters[Language.FA]
    scores[Language.AR] += 2 * letters[Language.AR] + sum(word.startswith(("ال", "وال", "بال", "لل")) for word in words)
    best, second = sorted(scores, key=lambda language: -scores[language])[:2]
    if scores[best] > 1.3 * scores[second]:
        return best
    guess = _closest("arabic", text)
    if guess == Language.PS and scores[Language.PS] == 0:
        return Language.FA if scores[Language.AR] == 0 else Language.AR  # Pashto shows a letter of its own soon
    return Language(guess) if guess in {"ar", "fa", "ps"} else None


def _is_plainly_russian(text: str, n_letters: int) -> bool:
    """Tell Russian by its letters: on a sentence or two without a neighbour's letter or word the model often errs."""
    if n_letters > _SHORT or _NEIGHBOUR_LETTERS.search(text):
        return False
    return _RUSSIAN_LETTERS.search(text) is not None or _BULGARIAN.search(text) is None


def _is_plainly_english(text: str) -> bool:
    """Tell whether small words alone settle it, which spares the model: three kinds, one word in eight."""
    words = text.lower().split()
    small = [word for word in words if word in _SMALL_ENGLISH]
    return len(set(small)) >= 3 and len(small) * 8 >= len(words)


def _closest(script: str, text: str) -> str:
    """Return the likeliest language among those that share the script."""
    candidates = _BY_SCRIPT[script]
    return next(str(code) for code, _ in _identifier().rank(text) if code in candidates)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)
