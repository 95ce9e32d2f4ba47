"""Numbers as text: digits and grouping by language, agreement of counted nouns, isolates for left-to-right runs."""

import math
from dataclasses import dataclass
from typing import Literal

from marsad.domain.words import Language

LRI, PDI = "\u2066", "\u2069"
_DIGITS = {"western": "0123456789", "arabic_indic": "٠١٢٣٤٥٦٧٨٩", "persian": "۰۱۲۳۴۵۶۷۸۹"}
_DEFAULT_DIGITS = {Language.FA: "persian", Language.PS: "persian"}  # Arabic of Kabul is printed with western digits
_TO_WESTERN = str.maketrans(_DIGITS["arabic_indic"] + _DIGITS["persian"] + "٫٪", _DIGITS["western"] * 2 + ".%")
_SEPARATORS = {"western": (",", "."), "arabic_indic": ("٬", "٫"), "persian": ("٬", "٫")}
_RUSSIAN_SEPARATORS = ("\u00a0", ",")

Case = Literal["nominative", "accusative", "genitive"]

# Number words as far as running text spells them out.
_WORDS = {
    Language.EN: {"m": ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]},
    Language.FA: {"m": ["یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده"]},
    Language.PS: {
        "m": ["یو", "دوه", "درې", "څلور", "پنځه", "شپږ", "اووه", "اته", "نهه", "لس"],
        "f": ["یوه", "دوې", "درې", "څلور", "پنځه", "شپږ", "اووه", "اته", "نهه", "لس"],
    },
}
# Arabic number words 3..10 by the gender of the counted noun: the number takes the opposite one.
_ARABIC_WORDS = {
    "m": ("ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"),
    "f": ("ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"),
}


@dataclass(frozen=True)
class Noun:
    """The forms a noun takes after numbers. Leave what the language lacks.

    Args:
        one: with 1 (Arabic حدث, Russian событие).
        other: the plain rest (English events; Arabic genitive singular after 100, 1000: حدث).
        two: Arabic dual, nominative (حدثان).
        two_oblique: Arabic dual, accusative and genitive (حدثين).
        few: Arabic 3..10 (أحداث), Russian 2..4 (события).
        many: Arabic 11..99, accusative singular (حدثاً), Russian 5.. (событий).
        gender: ``m`` or ``f``.
    """

    one: str
    other: str
    two: str = ""
    two_oblique: str = ""
    few: str = ""
    many: str = ""
    gender: Literal["m", "f"] = "m"


def western_digits(text: str) -> str:
    """Return the text with Arabic-Indic and Persian digits, decimal marks and percent signs made western.

    >>> western_digits("۱۲٫۵٪ و ٣")
    '12.5% و 3'
    """
    return text.translate(_TO_WESTERN)


def format_number(
    x: float, language: str, *, decimals: int | None = None, grouping: bool = True, digits: str | None = None
) -> str:
    r"""Return a number as the language prints it.

    Args:
        x: the number; rounded half to even.
        language: one of our five.
        decimals: places after the mark; None prints whole numbers whole and others with one place.
        grouping: separate thousands (from 10,000 in Russian, from 1,000 elsewhere).
        digits: ``western``, ``arabic_indic`` or ``persian``; None takes the language's own (Arabic: western).

    Raises:
        ValueError: not a finite number, or unknown digits.

    >>> format_number(12345, "ar"), format_number(12345, "fa"), format_number(0.5, "ps", decimals=2)
    ('12,345', '۱۲٬۳۴۵', '۰٫۵۰')
    >>> format_number(-3, "en"), format_number(12345.5, "ru") == "12\u00a0345,5"
    ('-3', True)
    >>> format_number(-0.001, "en", decimals=2)
    '0.00'
    """
    key = Language(language)
    chosen = digits or _DEFAULT_DIGITS.get(key, "western")
    if chosen not in _DIGITS:
        raise ValueError(f"no digits are called {chosen!r}; use one of {', '.join(_DIGITS)}")
    if not math.isfinite(x):
        raise ValueError(f"{x} cannot be printed as a number")
    places = decimals if decimals is not None else (0 if float(x).is_integer() else 1)
    x = round(x, places) + 0.0  # no minus before a zero
    text = f"{x:,.{places}f}" if grouping else f"{x:.{places}f}"
    if key is Language.RU and abs(x) < 10_000:
        text = text.replace(",", "")
    thousands, mark = _RUSSIAN_SEPARATORS if key is Language.RU else _SEPARATORS[chosen]
    text = text.replace(",", "\0").replace(".", mark).replace("\0", thousands)
    return text.translate(str.maketrans(_DIGITS["western"], _DIGITS[chosen]))


def format_percent(share: float, language: str, *, decimals: int = 0, digits: str | None = None) -> str:
    r"""Return a share in [0, 1] as a percentage.

    >>> format_percent(0.63, "ar"), format_percent(0.63, "fa"), format_percent(0.63, "ru") == "63\u00a0%"
    ('63%', '۶۳٪', True)
    """
    number = format_number(100 * share, language, decimals=decimals, digits=digits)
    sign = {Language.FA: "٪", Language.PS: "٪", Language.RU: "\u00a0%"}.get(Language(language), "%")
    return number + sign


def plural_category(n: int, language: str) -> str:
    """Return which form of a noun a whole number calls for: one, two, few, many or other (CLDR's words).

    >>> [plural_category(n, "ar") for n in (1, 2, 3, 10, 11, 99, 100, 103, 111)]
    ['one', 'two', 'few', 'few', 'many', 'many', 'other', 'few', 'many']
    >>> [plural_category(n, "ru") for n in (1, 2, 5, 11, 21, 24)]
    ['one', 'few', 'many', 'many', 'one', 'few']
    """
    key, tens = Language(language), n % 100
    if key is Language.AR:
        if n in (1, 2):
            return ("one", "two")[n - 1]
        return "few" if 3 <= tens <= 10 else "many" if tens >= 11 else "other"
    if key is Language.RU:
        if n % 10 == 1 and tens != 11:
            return "one"
        return "few" if n % 10 in (2, 3, 4) and tens not in (12, 13, 14) else "many"
    if key is Language.FA:
        return "other"
    return "one" if n == 1 else "other"


def count_phrase(n: int, noun: Noun, language: str, case: Case = "nominative") -> str:
    """Return number and noun in agreement; small numbers are spelt out, except in Russian.

    Arabic: one and two are said by the noun itself, 3..10 take the opposite gender and a plural, 11..99 an accusative
    singular, hundreds and thousands a genitive singular.

    Args:
        n: a whole number, 1 or more (nothing is said with a sentence of its own).
        noun: its forms.
        language: one of our five.
        case: of the Arabic phrase in its sentence.

    Raises:
        ValueError: n is below 1.

    >>> event = Noun("حدث", "حدث", two="حدثان", two_oblique="حدثين", few="أحداث", many="حدثاً")
    >>> [count_phrase(n, event, "ar") for n in (1, 2, 3, 10, 11, 100)]
    ['حدث واحد', 'حدثان', 'ثلاثة أحداث', 'عشرة أحداث', '11 حدثاً', '100 حدث']
    >>> count_phrase(1, event, "ar", "accusative"), count_phrase(2, event, "ar", "genitive")
    ('حدثاً واحداً', 'حدثين')
    >>> count_phrase(3, Noun("event", "events"), "en"), count_phrase(12, Noun("event", "events"), "en")
    ('three events', '12 events')
    """
    if n < 1:
        raise ValueError(f"{n} cannot be counted with a noun; say in words that there is none")
    key, category = Language(language), plural_category(n, language)
    if key is Language.AR and n <= 10:
        return _small_arabic(n, noun, case)
    forms = {"one": noun.one, "few": noun.few, "many": noun.many, "other": noun.other}
    words = _WORDS.get(key, {}).get(noun.gender) or _WORDS.get(key, {}).get("m", [])
    return f"{words[n - 1] if n <= len(words) else format_number(n, key)} {forms[category]}"


def _small_arabic(n: int, noun: Noun, case: Case) -> str:
    """Say 1..10 with an Arabic noun."""
    if n == 1:
        one = noun.many if case == "accusative" else noun.one
        ones = {"m": "واحداً" if case == "accusative" else "واحد", "f": "واحدة"}
        return f"{one} {ones[noun.gender]}"
    if n == 2:
        return noun.two if case == "nominative" else noun.two_oblique
    return f"{_ARABIC_WORDS[noun.gender][n - 3]} {noun.few}"


def isolate_ltr(text: str) -> str:
    r"""Return the text between U+2066 and U+2069: a date or phone number keeps its order in Arabic script.

    >>> isolate_ltr("+93780618000") == "\u2066+93780618000\u2069"
    True
    """
    return f"{LRI}{text}{PDI}"
