"""Script normalisation: one search form for the spellings of a word in our five languages."""

from marsad.domain.words import Language
from marsad.vocab.letters import fold_aligned, fold_letter, fold_text

__all__ = ["fold", "fold_aligned", "word_end"]


def fold(text: str, language: Language | str | None = None) -> str:  # noqa: ARG001
    """Return the form of ``text`` in which spellings of one word are equal.

    Alef, ya, kaf, ha and waw forms are one; tatweel, diacritics, lone hamza, joiners and bidi marks are dropped; digits
    are ASCII; the zero-width non-joiner is a space; case, Latin accents and Cyrillic ё are levelled. For matching only,
    never for display.

    Args:
        text: any text.
        language: of the text, for the reader of the call. One folding serves all five, so that a Persian spelling is
            found in a Pashto text and an Arabic keyboard's ي in a Persian one.

    >>> fold("إسلام‌آباد") == fold("اسلام آباد"), fold("رئيس الوُزراء"), fold("«Партнёр» № ۱۲")
    (True, 'رییس الوزرا', '"партнер" № 12')
    """
    return fold_text(text)


def word_end(text: str, last: int) -> int:
    """Return the offset after the character at ``last`` and the hamza or vowel marks that the fold drops behind it.

    >>> word_end("صنعاء", 3), word_end("كابُل", 2)
    (5, 4)
    """
    end = last + 1
    while end < len(text) and not fold_letter(text[end]) and "\u0600" <= text[end] <= "\u06ff":
        end += 1
    return end
