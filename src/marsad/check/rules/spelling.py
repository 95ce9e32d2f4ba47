# ruff: noqa: ARG001, E501 - one signature for all rules; a docstring states the fault; patterns stay unbroken
"""House spelling: one form for one word, one digit set, one alphabet's letters."""

import re
from collections import Counter
from collections.abc import Iterator

from marsad.check.context import Context
from marsad.check.finding import Level, Mark, rule
from marsad.check.lexicon import Hit, word_lists
from marsad.check.reading import Kind, Text
from marsad.domain.words import Language
from marsad.language.script import fold

_PROSE = (Kind.PROSE, Kind.ITEM, Kind.HEADING, Kind.TABLE)
_INITIAL_ALEF = re.compile(r"(?<!\w)(?:[وفبكل]|وال|بال|ال)?(?P<word>[اأإ]\w{4,})")
_DIGITS = {"western": re.compile(r"[0-9]"), "Arabic-Indic": re.compile(r"[٠-٩]"), "Persian": re.compile(r"[۰-۹]")}


@rule("spelling-variant", Level.INFO)
def spelling_variant(text: Text, context: Context) -> Iterator[Mark]:
    """One word in two spellings: choose one for the house list. The rarer form is marked, at its first place."""
    for group, forms in word_lists(text.language)["variant"].items():
        yield from _rarer({name: text.hits(f"variant.{group}.{name}") for name in forms}, text)
    if text.language is Language.AR:
        for forms in _hamza_forms(text):
            yield from _rarer(forms, text)
    spaced = [Hit(m.start(), m.end(), "spaced hyphen") for m in re.finditer(r"(?<=[^\W\d_]) - (?=[^\W\d_])", text.raw)]
    tight = [Hit(m.start(), m.end(), "hyphen") for m in re.finditer(r"(?<=[^\W\d_])-(?=[^\W\d_])", text.raw)]
    if text.language.is_rtl and len(spaced) >= 2:
        widened = [Hit(_word_start(text, hit.start), _word_end(text, hit.end), hit.phrase) for hit in spaced]
        tight = [hit for hit in tight if text.sentence_at(hit.start)]
        yield from _rarer({"spaced": widened, "tight": tight}, text)


def _hamza_forms(text: Text) -> Iterator[dict[str, list[Hit]]]:
    """Yield words that stand both with and without the hamza of their first letter: «إسلام آباد», «اسلام آباد»."""
    words: dict[str, dict[str, list[Hit]]] = {}
    for block in text.of(*_PROSE, Kind.CONTENTS, Kind.FRONT):
        for match in _INITIAL_ALEF.finditer(text.raw, block.start, block.end):
            form = match["word"][:1]
            hit = Hit(match.start("word"), match.end("word"), form)
            words.setdefault(fold(match["word"]), {}).setdefault(form, []).append(hit)
    for forms in words.values():
        if "ا" in forms and len(forms) == 2:
            yield forms


def _word_start(text: Text, at: int) -> int:
    return max(text.raw.rfind(" ", 0, at), text.raw.rfind("\n", 0, at)) + 1


def _word_end(text: Text, at: int) -> int:
    found = re.compile(r"\w*").match(text.raw, at)
    return found.end() if found else at


def _rarer(forms: dict[str, list[Hit]], text: Text) -> Iterator[Mark]:
    used = {name: hits for name, hits in forms.items() if hits}
    if len(used) < 2:
        return
    usual = max(used, key=lambda name: (len(used[name]), -used[name][0].start))
    for name, hits in used.items():
        if name != usual:
            other = text.slice(used[usual][0])
            message = f"Two forms, {len(hits)} of this and {len(used[usual])} like «{other}»: keep to the house list."
            yield Mark(hits[0].start, hits[0].end, message)


@rule("mixed-digits", Level.WARN)
def mixed_digits(text: Text, context: Context) -> Iterator[Mark]:
    """Digits of two scripts in running text: searching and sorting miss half of them."""
    places: dict[str, list[int]] = {}
    for block in text.of(*_PROSE):
        if block.language.is_rtl:
            for name, pattern in _DIGITS.items():
                for match in pattern.finditer(
                    re.sub(
                        r"\[\^[^\]]*\]|https?://\S+|\d{4}-(?:W\d\d|\d\d-\d\d)|[A-Za-z][\w./-]*",
                        _blank,
                        text.slice(block),
                    )
                ):
                    places.setdefault(name, []).append(block.start + match.start())
    counts = Counter({name: len(found) for name, found in places.items()})
    for name, _ in counts.most_common()[1:]:
        start = places[name][0]
        end = re.compile(r"\d*").match(text.raw, start)
        message = f"{name} digits, elsewhere {counts.most_common(1)[0][0]}: keep to one set."
        yield Mark(start, end.end() if end else start + 1, message)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


@rule("foreign-letters", Level.WARN)
def foreign_letters(text: Text, context: Context) -> Iterator[Mark]:
    """Arabic ي and ك in Persian or Pashto, or Persian ی and ک in Arabic: they look alike and are not found alike."""
    wrong = {
        Language.AR: re.compile(r"\w*[یکۀھہے]\w*"),
        Language.FA: re.compile(r"\w*[كيى]\w*"),
        Language.PS: re.compile(r"\w*[كى]\w*"),
    }
    for block in text.of(*_PROSE):
        pattern = wrong.get(block.language)
        if pattern:
            found = pattern.search(text.raw, block.start, block.end)
            is_name = found is not None and text.raw[found.start() - 1 : found.start()] == "«"  # an outlet's own name
            if found and not is_name:
                yield Mark(found.start(), found.end(), "Letters of another language's keyboard: type it anew.")


@rule("arabic-spelling", Level.WARN)
def arabic_spelling(text: Text, context: Context) -> Iterator[Mark]:
    """Frequent misspellings of Arabic: hamza, ta marbuta, alif maqsura."""
    wrong = {
        "إنشاء الله": "إن شاء الله", "لاكن": "لكن", "هاذا": "هذا", "هاذه": "هذه", "ذالك": "ذلك", "الذى": "الذي", "التى": "التي",
        "فى": "في", "إستراتيجية": "استراتيجية", "إتفاق": "اتفاق", "إتفاقية": "اتفاقية", "الإتفاق": "الاتفاق", "الإتفاقية": "الاتفاقية",
        "إجتماع": "اجتماع", "الإجتماع": "الاجتماع", "إقتصادي": "اقتصادي", "الإقتصادية": "الاقتصادية", "الإقتصادي": "الاقتصادي", "إستقرار": "استقرار",
        "الإستقرار": "الاستقرار", "إعتراف": "اعتراف", "الإعتراف": "الاعتراف", "إنسحاب": "انسحاب", "الإنسحاب": "الانسحاب", "إحتلال": "احتلال",
        "الإحتلال": "الاحتلال", "انشاء": "إنشاء", "اعلان": "إعلان", "اطلاق": "إطلاق", "اسلامية": "إسلامية", "الاسلامية": "الإسلامية",
        "اقليمية": "إقليمية", "الاقليمية": "الإقليمية", "امارة": "إمارة", "الامارة": "الإمارة", "افغانستان": "أفغانستان", "ايران": "إيران", "امريكا": "أمريكا",
        "الامن": "الأمن", "الامم": "الأمم", "الارهاب": "الإرهاب", "يؤديون": "يؤدون", "مسؤلية": "مسؤولية", "مسؤلين": "مسؤولين", "هيئه": "هيئة",
    }  # fmt: skip
    for block in text.of(*_PROSE):
        if block.language is Language.AR:
            for match in re.compile(r"[^\W\d_][\w\u064b-\u0652]*").finditer(text.raw, block.start, block.end):
                word = re.sub(r"[\u064b-\u0652]", "", match[0])
                right = wrong.get(word) or wrong.get(word[1:] if word[:1] in "وف" else "")
                if right:
                    yield Mark(match.start(), match.end(), f"Spelt «{right}».")


@rule("persian-half-space", Level.INFO)
def persian_half_space(text: Text, context: Context) -> Iterator[Mark]:
    """A Persian prefix or ending parted by a full space (می شود, کشور ها): use the zero-width non-joiner."""
    parted = re.compile(r"(?<!\w)(?:ن?می \w{2,}|\w{2,} (?:ها|های|هایی|تر|ترین)(?!\w))")
    for block in text.of(*_PROSE):
        if block.language is Language.FA:
            found = parted.search(text.raw, block.start, block.end)
            if found:
                yield Mark(found.start(), found.end(), "Join with a half-space (U+200C).")


@rule("latin-punctuation", Level.INFO)
def latin_punctuation(text: Text, context: Context) -> Iterator[Mark]:
    """A Latin comma, semicolon or question mark after an Arabic-script word: «,» for «،»."""
    for block in text.of(Kind.PROSE, Kind.ITEM, Kind.HEADING):
        if block.language.is_rtl:
            for match in re.compile(r"[\u0620-\u06ff]+\s?[,;?](?=\s|$)").finditer(text.raw, block.start, block.end):
                right = {",": "،", ";": "؛", "?": "؟"}[match[0][-1]]
                yield Mark(match.start(), match.end(), f"Use «{right}».")


@rule("space-before-punctuation", Level.INFO)
def space_before_punctuation(text: Text, context: Context) -> Iterator[Mark]:
    """A space before a comma or stop: the mark may open the next line."""
    for block in text.of(Kind.PROSE, Kind.ITEM):
        for match in re.compile(r"[^\W\d_]+ +[،؛؟,.!](?![.\w])").finditer(text.raw, block.start, block.end):
            yield Mark(match.start(), match.end(), "Remove the space before the mark.")


@rule("mixed-quotes", Level.INFO)
def mixed_quotes(text: Text, context: Context) -> Iterator[Mark]:
    """Two kinds of quotation marks in one text."""
    kinds = {"«»": re.compile(r"«"), "“”": re.compile(r"“"), '"': re.compile(r'"')}
    found: dict[str, list[int]] = {}
    for block in text.of(Kind.PROSE, Kind.ITEM):
        for name, pattern in kinds.items():
            found.setdefault(name, []).extend(m.start() for m in pattern.finditer(text.raw, block.start, block.end))
    used = sorted((places for places in found.values() if places), key=len)
    for places in used[:-1]:
        yield Mark(places[0], places[0] + 1, "Another kind of quotation mark than elsewhere.")


@rule("tatweel", Level.INFO)
def tatweel(text: Text, context: Context) -> Iterator[Mark]:
    """Words drawn out with ـ: search misses them. Leave stretching to the typesetter."""
    for match in re.finditer(r"\w*[\u0620-\u06ff]ـ+[\u0620-\u06ff]\w*", text.raw):
        yield Mark(match.start(), match.end(), f"Write «{match[0].replace('ـ', '')}».")


@rule("double-space", Level.INFO)
def double_space(text: Text, context: Context) -> Iterator[Mark]:
    """Two spaces between words of one line: a word may have fallen out, and justified lines show a hole."""
    for block in text.of(Kind.PROSE, Kind.ITEM):
        found = re.compile(r"\w+[^\S\n]{2,}\w+").search(text.raw, block.start, block.end)
        if found and not text.is_markdown:
            yield Mark(found.start(), found.end(), "One space is enough.")
