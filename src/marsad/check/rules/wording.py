# ruff: noqa: ARG001, E501 - one signature for all rules; a docstring states the fault; patterns stay unbroken
"""Grammar and wording that a rule can tell."""

import re
from collections.abc import Iterator

from marsad.check.context import Context
from marsad.check.finding import Level, Mark, rule
from marsad.check.reading import Text
from marsad.domain.words import Language

# Arabic nouns that head the name of a body, by gender.
_MASCULINE = "مركز|معهد|مجلس|اتحاد|حزب|تنظيم|مكتب|برنامج|صندوق|ملتقى|منتدى|مرصد|بنك|جهاز|تحالف|حلف"
_FEMININE = "منظمة|مؤسسة|وزارة|لجنة|هيئة|حركة|جماعة|وكالة|شركة|جمعية|رابطة|جامعة|محكمة|بعثة|شبكة"
_FEMININE_COUNTED = "دول|سنوات|مرات|مناطق|قوى|منظمات|اتفاقيات|مدن|ولايات|جهات|دورات|نقاط|قضايا|مراحل|أسئلة|جلسات|هجمات|غارات|خطوات|عمليات|شركات|جماعات|حركات|مذكرات|قواعد|ساعات|طائرات"
_MASCULINE_COUNTED = "أشهر|أيام|أعوام|محاور|مكاسب|وزراء|مسؤولين|عوامل|أسباب|أهداف|ملفات|أطراف|مواقع|أقاليم|مطالب|شروط|قتلى|جنود|مدنيين|أشخاص|مستويات|اجتماعات|لقاءات|قرارات|تصريحات|بنود|مبادئ|اتفاقات|آلاف|ملايين|أسابيع|مصادر|معابر"
_FEMININE_NUMBER = "ثلاثة|أربعة|خمسة|ستة|سبعة|ثمانية|تسعة|عشرة"
_MASCULINE_NUMBER = "ثلاث|أربع|خمس|ست|سبع|ثماني|تسع|عشر"
_TANWIN = "[\u064b-\u0652]*"


def _each(text: Text, language: Language, pattern: str, message: str) -> Iterator[Mark]:
    """Mark every match of a pattern in the sentences and imprint of one language."""
    compiled = re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for block in text.blocks:
        if block.language is language and block.kind in {"prose", "item", "imprint", "heading"}:
            for match in compiled.finditer(text.raw, block.start, block.end):
                yield Mark(match.start(), match.end(), message)


@rule("agreement", Level.WARN)
def agreement(text: Text, context: Context) -> Iterator[Mark]:
    """Words that should agree and do not: gender of «one of», of a pronoun and its head, of a number and its noun."""
    yield from _each(
        text,
        Language.AR,
        r"(?<!\w)واحدة من (?:بين )?(?:أبرز|أهم|أكبر|أقوى|أكثر|أوائل|أفضل|أخطر)?\s*ال\w+(?:ين|ون)(?!\w)",
        "Masculine plural after «واحدة من»: «واحداً من» or «أحد».",
    )
    yield from _each(
        text,
        Language.AR,
        r"(?<!\w)أحد (?:أبرز |أهم |أكبر |أكثر |أقوى |أفضل |أخطر |أولى )?(?:الدول|القوى|المنظمات|القضايا|الجماعات|المدن|الشركات|المناطق|الجهات|الحركات)(?!\w)",
        "Feminine noun after «أحد»: «إحدى».",
    )
    yield from _each(
        text,
        Language.AR,
        rf"(?:^|(?<=[.!؟] ))(?:ال)?(?:{_MASCULINE})(?: [^\s،.؛:]+){{0,6}} هي (?=\w)",
        "The head noun is masculine: «هو».",
    )
    yield from _each(
        text,
        Language.AR,
        rf"(?:^|(?<=[.!؟] ))(?:ال)?(?:{_FEMININE})(?: [^\s،.؛:]+){{0,6}} هو (?=\w)",
        "The head noun is feminine: «هي».",
    )
    yield from _each(
        text,
        Language.AR,
        rf"(?<!\w)[وبفل]?(?:{_FEMININE_NUMBER}) (?:{_FEMININE_COUNTED})(?!\w)",
        "Number and noun take opposite gender: drop the ة.",
    )
    yield from _each(
        text,
        Language.AR,
        rf"(?<!\w)[وبفل]?(?:{_MASCULINE_NUMBER}) (?:{_MASCULINE_COUNTED})(?!\w)",
        "Number and noun take opposite gender: add the ة.",
    )
    yield from _each(
        text,
        Language.AR,
        r"(?<!\w)(?:هذا|ذلك) (?:الدولة|المنظمة|الاتفاقية|الحكومة|المنطقة|الحركة|السياسة|العملية|القضية|المعاهدة|الجماعة)(?!\w)",
        "Feminine noun: «هذه» or «تلك».",
    )
    yield from _each(
        text,
        Language.AR,
        r"(?<!\w)(?:هذه|تلك) (?:الاتفاق|التنظيم|المركز|المجلس|القرار|التعاون|الوضع|النظام|البرنامج|المشروع|الاجتماع)(?!\w)",
        "Masculine noun: «هذا» or «ذلك».",
    )
    yield from _each(text, Language.EN, r"\ba (?=[aeiou](?!ni|se|ne|uro|u))[a-z]{3,}\b(?<!one)", "«an» before a vowel.")
    yield from _each(
        text,
        Language.EN,
        r"\b(?:they|we|these|those|both sides|the parties) (?:was|is|has)\b",
        "Plural subject, singular verb.",
    )
    yield from _each(
        text,
        Language.EN,
        r"\b(?:he|she|it|this|the government|the ministry) (?:were|are|have)\b(?! not been asked)",
        "Singular subject, plural verb.",
    )
    yield from _each(
        text,
        Language.EN,
        r"\bone of the (?:most |largest |main |key |biggest |important |prominent )*(?:country|state|actor|power|threat|partner|reason|factor|group|source|issue|region|player|goal|ally|neighbour)\b",
        "«One of the» wants a plural.",
    )
    yield from _each(
        text,
        Language.RU,
        r"\bодин из (?:самых |наиболее |крупнейших |главных )*(?:стран|держав|угроз|сторон|причин|проблем|групп|организаций)\b",
        "Feminine noun: «одна из».",
    )
    yield from _each(
        text,
        Language.RU,
        r"\bодна из (?:самых |наиболее |крупнейших |главных )*(?:партнеров|партнёров|игроков|факторов|лидеров|союзников|документов|вопросов)\b",
        "Masculine noun: «один из».",
    )


@rule("word-order", Level.INFO)
def word_order(text: Text, context: Context) -> Iterator[Mark]:
    """A negation that reads as denial of the whole: «لن تبتعد فقط عن … بل» says at first that it will not."""
    pattern = rf"(?<!\w)(?:لن|لم|لا) [^\s،.]+ فقط{_TANWIN}(?= )[^.؟]{{0,20}}"
    yield from _each(text, Language.AR, pattern, "Reads as a denial: «لا يقتصر على … بل» or «لن تكتفي بـ».")


@rule("redundancy", Level.INFO)
def redundancy(text: Text, context: Context) -> Iterator[Mark]:
    """Said twice: a pair of synonyms, or a word that another already holds."""
    for hit in text.hits("pleonasm"):
        yield Mark(hit.start, hit.end, "Says one thing twice: keep one word.")
    yield from _each(
        text,
        Language.AR,
        r"(?:بدرجة|بشكل|بصورة|على نحو) أكبر[^.؟]{0,60}أكثر (?:مما|من)",
        "«أكبر» and «أكثر» say the same.",
    )
    yield from _each(
        text,
        Language.AR,
        r"(?<!\w)(?:أعاد|يعيد|تعيد|إعادة)\s[^.،؟]{0,30}(?:مرة أخرى|من جديد|مجدداً)",
        "«إعادة» holds «again» already.",
    )
    yield from _each(
        text,
        Language.EN,
        r"\b(?:more \w+er|most \w+est) than\b|\bmore\b[^.;,]{1,40}\brather than\b|\breason (?:is|was) because\b"
        r"|\breturn(?:ed)? back\b",
        "Says one thing twice.",
    )
    yield from _each(
        text,
        Language.FA,
        r"(?:دوباره|مجدداً)\s[^.،؟]{0,20}(?:بازگشت|باز‌گشت)[^.،؟]{0,10}(?:دوباره|مجدد)",
        "«بازگشت» holds «again» already.",
    )
    yield from _each(
        text,
        Language.RU,
        r"\b(?:более|менее) (?:лучше|хуже|больше|меньше|важнее|сильнее)\b",
        "Двойная сравнительная степень.",
    )


@rule("preposition-parallel", Level.INFO)
def preposition_parallel(text: Text, context: Context) -> Iterator[Mark]:
    """Two members of one phrase under two prepositions: «نحو … وإلى …». Coordinate them with one."""
    yield from _each(
        text,
        Language.AR,
        r"(?<!\w)نحو [^.؟؛:]{3,90}،? وإلى \S+",
        "One preposition for both: «نحو … ونحو» or «إلى … وإلى».",
    )
    yield from _each(text, Language.AR, r"(?<!\w)إلى [^.؟؛:،]{3,60}،? ونحو \S+", "One preposition for both.")
    yield from _each(text, Language.EN, r"\btowards? [^.;:]{3,60}, and to \w+", "One preposition for both members.")


@rule("inna-after-qawl", Level.INFO)
def inna_after_qawl(text: Text, context: Context) -> Iterator[Mark]:
    """«قال أن», «القول بأن»: after a verb of saying stands «إن»."""
    saying = r"(?:قال|قالت|قالوا|يقول|تقول|يقولون|القول|قوله|قولها|قائلاً|قائلة)"
    yield from _each(text, Language.AR, rf"(?<!\w)[وف]?{saying} (?:ب)?أن\w{{0,3}} ?\w*", "«إن» after a verb of saying.")
    stated = r"(?:أكد|أكدت|أعلن|أعلنت|أضاف|أضافت|أوضح|أوضحت|ذكر|ذكرت|يؤكد|تؤكد)"
    with_ba = rf"(?<!\w)[وف]?{stated}(?: (?!إن|أن)[^\s.،؛:؟«]+){{0,14}} بأن\w{{0,3}} \w*"
    yield from _each(text, Language.AR, with_ba, "«أن» without the ب after this verb.")
    parted = rf"(?<!\w)[وف]?{saying}(?: (?!إن|أن)[^\s.،؛:؟«]+){{1,14}} بأن\w{{0,3}} \w*"
    yield from _each(text, Language.AR, parted, "«إن» after a verb of saying, however far off.")


@rule("calque", Level.INFO)
def calque(text: Text, context: Context) -> Iterator[Mark]:
    """A turn taken over from another language word for word."""
    calques = {
        Language.AR: r"(?<!\w)(?:لعب(?:ت)? دوراً|يلعب دوراً|تلعب دوراً|من قبل (?:ال\w+) تم|قام(?:ت)? بـ?\s?(?:زيارة|توقيع|إرسال|عقد)|يقوم بـ?\s?(?:إجراء|تعزيز|توقيع)|تقوم بـ?\s?(?:إجراء|تعزيز|توقيع)|على ضوء|طالما أن|كلما [^.]{3,40} كلما)",
        Language.FA: r"(?<!\w)(?:نقش بازی (?:کرد|می‌کند|کند)|روی چیزی حساب|تحت شرایطی که|در رابطه با این که)",
    }
    for language, pattern in calques.items():
        yield from _each(text, language, pattern, "Taken over word for word: say it in the language's own way.")
