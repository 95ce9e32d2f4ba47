"""Find written names in a text: one automaton per language, matches at word boundaries, the longest wins."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from marsad.domain.words import Language
from marsad.language.script import fold, fold_aligned
from marsad.vocab.actors import Alias, Registry
from marsad.vocab.actors.agents import Agent, load_agents, load_outlets, load_stops
from marsad.vocab.actors.forms import pashto_name_forms, russian_forms
from marsad.vocab.places import load_places

Kind = Literal["actor", "place", "agent", "outlet", "stop"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a written form may be."""

    kind: Kind
    text: str  # as its source writes it, to compare capitals
    alias: Alias | None = None
    agent: Agent | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One accepted match: offsets in the folded text, and what stands there."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True)
class Scan:
    """A folded text with its hits in order."""

    folded: str
    offsets: list[int]
    hits: list[Hit]


_OWN_COUNCIL = (
    r"^(?!.*(?:секретар\w*|зампред\w*|российск\w*|\w{3}ск(?:ий|ого|ому|им|ом)) ‖)"
    r"(?!.*‖ (?:рф\b|росси\w*|иран\w*|сша\b|украин\w*|турци\w*|республик\w*|\w{3,}стана?\b|беларус\w*|армени\w*))"
)

_NO_STATE_BEHIND = (
    r"‖(?! (?:\w+ستان|ایران|ترکیه|هند|چین|روسیه|عراق|سوریه|لبنان|مصر|کوریا|کره|المان|جاپان|یونان|فرانسه|امریکا)\b)"
)
# Offices that mean one state's unless another's name follows: «وزارت معادن», but «وزارت معادن ازبکستان».
_OFFICES_OF_OTHERS_TOO = (
    "وزارت دفاع ملی",
    "وزارت صحت عامه",
    "ریاست الوزرا",
    "رییس الوزرا",
    "وزارت فواید عامه",
    "وزارت معادن",
    "وزارت مخابرات",
    "وزارت تحصیلات عالی",
    "وزارت مهاجرین",
    "وزارت مالیه",
    "وزارت اطلاعات و فرهنگ",
    "وزارت اطلاعات",
    "وزارت نیرو",
    "وزارت خزانه داری",
    "سرویس امنیت فدرال",
    "شورای عالی امنیت ملی",
    "اردوی ملی",
    "سازمان انرژی اتمی",
    "دادگاه انقلاب",
)
# Afghans named by their town or province, which elsewhere are surnames: «جوانان هراتی».
_AFGHANS_BY_TOWN = ("کابلی", "هراتی", "قندهاری", "کندهاری", "بلخی", "ننگرهاری", "پکتیکایی", "نیمروزی", "بامیانی")
_AFGHAN_MINISTRIES = (
    "ملي دفاع وزارت",
    "کډوالو وزارت",
    "کډوالو چارو وزارت",
    "کډوالو چارو وزیر",
    "عدلیې وزارت",
    "عامې روغتیا وزارت",
    "پوهنې وزارت",
    "استخباراتو عمومي ریاست",
    "اوبو او برېښنا وزارت",
)
_NO_OWNER_BEFORE = r"^(?!.*\bد \w+(?: د)? ‖)"

# A state's form that is more often another word; the pattern must hold on "before | after" (‖ marks the form).
_GUARDS = {
    (Language.AR, "مالی"): r"(?:\w\wت|\w\wتها) ‖|(?:دوله|جمهوریه|فی|الی|شمال|شمالی|وسط|حکومه|جیش|رییس|وزراء|من|مع"
    r"|بین|عن|ضد|مواجهه|تجاه|حیال|لدی|فاغنر) ‖|(?:نیجر|فاسو|جزایر|موریتانیا|سنغال|تشاد|غینیا) و‖"
    r"|(?:جیش|رییس|سفیر|امن|طیران) ال‖|‖ و(?:بورکینا|النیجر|موریتانیا|السنغال)",
    (Language.AR, "خزانه"): r"^(?!.*(?:وزیر|وزیره|وزاره|سندات|اذون) ال‖)(?!.*‖ ال\w+یه\b)",
    **{(Language.AR, form): r"‖(?! ال\w+یه?\b)" for form in ("وزیر الخزانه", "وزیره الخزانه")},
    # «إنهاء الاحتلال» is no party, «آليات الاحتلال» are one's
    (Language.AR, "احتلال"): r"(?:قصف|استهداف|مطالبا|سجون|سلطه|الیات|نیران|رصاص|جنود) ال‖(?! ال(?!اسراییلی))",
    (Language.AR, "کیان"): r"^(?!.*‖ (?:ال(?!صهیونی|غاصب|محتل)|\w+ی\b))(?!.*هذا ال‖)",
    (Language.AR, "فتح"): r"حماس و‖|‖ وحماس",
    (Language.AR, "مجلس الامه"): r"‖(?! الجزا)",
    (
        Language.AR,
        "اماره",
    ): r"^(?!.*(?:دبی|قطر|شارقه|ظبی|کویت|لیختن|موناکو|عجمان|فجیره))(?!.*‖ (?:ال|[وف]?ال)\w+ی[هن]?\b)"
    r"(?!.*‖.*(?:دبی|قطر|شارقه|ظبی|کویت|لیختن|موناکو))",
    # "main" stands behind a noun, the president behind a verb or before his place
    (
        Language.AR,
        "رییسی",
    ): r"(?:^| |و)(?:رحب|قال|اعلن|هدد|اکد|زار|التقی|بحث|وقع|ندد|دعا|حذر|وصل|استقبل|طالب|اتهم|شدد) ‖"
    r"|^‖ من ",
    (Language.AR, "مالیه"): r"(?:فی|الی|العاصمه) ‖",  # Malé; elsewhere "financial"
    **{
        (Language.AR, form): r"(?:عقوبات|تصنیف|مسوول\w*|دبلوماسی\w*|وفد|بیان|بعثه|مساعدات|تمویل|قاده|سفراء|قرار|خطوه"
        r"|ادانه|دعم|ضغوط|تندید|انتقادات|وزراء|رسوم|تحذیر\w*) (?:ال)?‖"
        for form in ("اوروبی", "اوروبیه")
    },
    (Language.AR, "وزاره الخزانه"): r"‖(?! ال\w+یه\b)",
    (Language.AR, "اسد"): r"^(?!.*(?:عین|برج|قلب|عرین) ال‖)",
    (Language.AR, "بابا"): r"‖(?! (?:تواضروس|شنوده|نویل))",
    (Language.AR, "قطر"): r"^(?!.*(?:نصف|یبلغ) ‖)",
    (Language.AR, "بنین"): r"(?:دوله|جمهوریه|فی|رییس|جنود|جیش|حکومه) ‖|(?:نیجر|نیجیریا|توغو|فرنسا|فاسو|غانا) و‖"
    r"|‖ و(?:النیجر|نیجیریا|توغو|غانا|ساحل العاج|بورکینا)|^‖ ت\w+",
    (Language.AR, "کندی"): r"^(?!.*(?:جون|روبرت|ادوارد) ‖)",
    (Language.AR, "ترکی"): r"^(?!.*‖ (?:بن|ال الشیخ|الفیصل))",
    (
        Language.FA,
        "مالی",
    ): r"(?:کشور|دولت|نظامی|افسران|چتربازان|خاک|پایتخت|حاکم بر|ارتش|به|از|با|در|علیه|نیجر و|و|،) ‖"
    r"(?! (?:و اقتصاد|است|بود|شد|کمک))|^‖ ",
    (Language.FA, "ترک"): r"‖ (?:ها|های|زبان)|(?:مقامات|نیروهای|ارتش|سربازان|شهروندان|مقام های|شرکت های) ‖"
    # «سرباز ترک», but «سرباز ترک کرد»: to leave.
    r"|(?:سرباز|شهروند|خبرنگار|دیپلمات|مددکار|راننده|مشتریان|خبرنگاران|مهندسان|کارگران) ‖(?! (?:کرد|کن|نمود|گفت|خدمت))",
    (Language.FA, "چک"): r"(?:جمهوری|دولت|حکومت|سفارت|سفیر|پلیس|پولیس|ارتش|استخبارات) ‖|وز(?:یر|ارت) خارجه ‖",
    (Language.FA, "مغرب"): r"(?:کشور|پادشاهی|دولت|حکومت|ارتش|خاک) ‖|(?:روابط|مرز|سرحد)\w*(?: \w+)*? (?:با|و) ‖",
    (
        Language.FA,
        "پرو",
    ): r"(?:کشور|در|دولت|حکومت|ارتش|پلیس|پولیس|پارلمان|دادستان کل|رییس جمهور|وزیر خارجه) ‖|^‖ ",
    (
        Language.FA,
        "شی",
    ): r"(?:مودی|پوتین|ترامپ|ترمپ|بایدن|لاوروف) و ‖|(?:حضور|میان|بین|دیدار) ‖"
    r"|‖ و (?:مودی|پوتین|ترامپ|ترمپ|بایدن)|^‖ (?:در|به|با) ",
    (Language.FA, "ترمز"): r"‖(?! (?:دستی|را کشید|کرد|گرفت|برید))",
    **{
        (Language.FA, fold(name)): r"(?:زنان|زن و مرد|دختران|جوانان|مردم|بازرگانان|تاجران|تجار|دهقانان|کشاورزان|کارگران"
        r"|معترضان|محصلان|معلمان|شهروندان|باشندگان) ‖"
        for name in _AFGHANS_BY_TOWN
    },
    # Monday in Persian: the capital after words a weekday does not follow; beside Tajiks where a clause begins, too.
    (
        Language.FA,
        "دوشنبه",
    ): r"(?:در|به|از|با|میان|بین|علیه|شهر|پایتخت|مقامات|حکومت|ادعای|درخواست|تصمیم|موضع|کابل و|تهران و|پکن و|مسکو و"
    r"|از (?:طرف|سوی|جانب)) ‖"
    r"(?! (?:شب|هفته|گذشته|اینده|صبح|\d))"
    r"|^‖ و (?:کابل|مسکو|تهران|پکن|تاشکند|بیشکک|اسلام اباد|دهلی|استانه|عشق اباد|انکارا|ریاض)\b"
    r"|(?=.*(?:تاجیک|امامعلی|امام علی))(?:^|[.،؛:»] ?|(?<!شنبه )(?:و|که|را) )‖"
    r"(?! (?:شب|هفته|گذشته|اینده|صبح|\d|یکشنبه|سه شنبه|گفت|اعلام|خبر))",
    (
        Language.FA,
        "استانه",
    ): r"(?:به|از|با|میان|بین|کابل و|تهران و|مسکو و|روند|مذاکرات|نشست|شهر|وارد|راهی|روانه|عازم) ‖"
    r"|‖ (?:پایتخت|قزاقستان)|^‖ ",
    (Language.FA, "چمن"): r"(?:گذرگاه|مرز|دروازه|شهر|بندر) ‖",
    **{(Language.FA, name): _NO_STATE_BEHIND for name in _OFFICES_OF_OTHERS_TOO},
    (Language.FA, "اژانس"): r"‖(?! (?:خبر|باختر|مسافر|هواپیم|فضا|امنیت|اطلاعات|پناه|املاک|مدیریت|توسعه|دولت|انکشاف))",
    (Language.FA, "بالی"): r"(?:جزیره|در) ‖",
    (Language.PS, "دوشنبه"): r"(?:په|له|د) ‖ (?:کی|ته|څخه|سره)|ښار ‖",
    (Language.PS, "استانه"): r"(?:په|له) ‖ (?:کی|ته|څخه)",
    (Language.PS, "چمن"): r"(?:د) ‖ (?:دروازه|لار|پوله|بندر|کرښ)",
    (Language.PS, "بالی"): r"ټاپو ‖",
    (Language.PS, "جدی"): r"(?!)",
    (Language.PS, "لویو"): r"(?!)",
    (Language.PS, "ګانی"): r"(?!)",
    (Language.PS, "گانی"): r"(?!)",
    (Language.PS, "دوبی"): r"(?!)",
    (Language.PS, "سوری"): r"‖ (?:حکومت|ځواک|پوځ|کډوال|چارواک|ولسمشر|وگړ)",
    (
        Language.AR,
        "سیول",
    ): r"^(?!.*(?:اجتاحت|ضربت|تسببت|جرفت|شردت|خلفت|ادت|اودت|غمرت|حاصرت|میاه|مجری|مجاری|ضحایا|اثر|جراء|بسبب) ‖)"
    r"(?!.*(?:ال|امطار و|فیضانات و|عواصف و)‖)"
    r"(?!.*‖ (?:و?فیضان|و?امطار|جارف|عارم|مهدد|خطیر|حطام|مفاجی|تضرب|تجتاح|تجرف|تغمر|تقتل|تقطع|تدمر|وسط))",
    (
        Language.FA,
        "غرب",
    ): r"^(?!.*(?:در|از|به|شمال|جنوب) ‖ (?!را|می))(?!.*‖ (?:کشور|ولایت|افغانستان|ایران|کابل|آن|شهر))",
    (
        Language.PS,
        "مالی",
    ): r"(?:هیواد|د) ‖ (?:په|حکومت|پوځ|هیواد|د)|^‖ (?!مرست|ملاتړ|چار)"
    r"|(?:له|پر|او) ‖ (?:سره|څخه|باندی|له|نه|خپل\w*|په)"
    r"|د ‖ (?:پلازمین\w*|یو|له|سرتیر\w*|ولسمشر)|فاسو،? (?:او )?‖|‖،? (?:او )?(?:نیجر|بورکینا)",
    (Language.PS, "ترک"): r"(?!)",
    (Language.PS, "پیرو"): r"(?:هیواد|د|له|پر|او|امله) ‖|^‖",
    **{
        (
            Language.PS,
            form,
        ): r"^(?=.*(?:سیول|(?:سویلی|جنوبی) کوریا|پانمونجوم|کیم))(?!.*په ‖)(?!.*‖ (?:ختیځ|لویدیځ|کی|او|خوا))"
        for form in ("شمال", "شماله")
    },  # in the South's news the North is Pyongyang
    (Language.PS, "شمالی"): r"(?!)",  # northern
    (Language.PS, "دروازه"): r"(?!)",  # a gate, not Darvaz
    (Language.PS, "چک"): r"(?:د) ‖|^‖ ",
    **{
        (Language.PS, fold(f"{genitive}{name}")): _NO_OWNER_BEFORE
        for name in _AFGHAN_MINISTRIES
        for genitive in ("", "د ")
    },
    (Language.RU, "того"): r"(?!)",
    (Language.RU, "хорасан"): r'"‖"',  # the branch of the Islamic State stands in quotes, the land does not
    **{(Language.RU, f"хорасан{case}"): r'"‖"' for case in ("а", "у", "ом", "е")},
    (Language.RU, "конго"): r"^(?!.*республик\w+ ‖)",
    **{
        (Language.RU, f"курд{case}"): r"^(?!.*(?:иракск|иранск|турецк)\w+ ‖)" for case in ("ы", "ов", "ам", "ами", "ах")
    },
    **{
        (Language.RU, f"палестинск{cases}"): r'‖(?! "?(?:фатх|исламск))'
        for cases in ("ое движение", "ого движения", "ому движению", "им движением", "ом движении")
    },
    (Language.EN, "emirate"): r"^(?!.*‖ of (?!afghan))",  # "the Emirate of Sharjah"
    (Language.RU, "мали"): r"^(?!.*\w ‖ли)",
    (
        Language.EN,
        "jordan",
    ): r"^(?!.*(?:michael|deandre|jim|vernon|barbara) ‖)(?!.*‖ (?:peterson|henderson|spieth|pickford))",
    (Language.EN, "chad"): r"^(?!.*‖ (?:smith|johnson|wolf|kelly|kroeger))",
    (
        Language.EN,
        "georgia",
    ): r"^(?!.*‖(?:'s)? (?:senator|governor|gov|republican|democrat|tech|secretary|county|voters|senate))"
    r"(?!.*(?:atlanta|state of|savannah|augusta),? ‖)",
    (
        Language.EN,
        "west",
    ): r"(?:the|with|between) ‖(?! (?:bank|coast|africa|african|of|wing|ham|virginia|side|texas|indies))",
    # A country's own security council is not the United Nations'.
    (Language.EN, "security council"): r"^(?!.*(?:'s|s'|national|russian|\w+ian|\w+ish|\w+ani|\w+ese) ‖)"
    r"(?!.*‖(?:'s)? (?:secretary|deputy|of (?:the )?(?!united|un\b)))",
    (
        Language.AR,
        "مجلس الامن",
    ): r"^(?!.*‖ (?:ال(?!دولی\b|تابع|داعی|اممی|حالی|ماضی)\w+ی\b|فی (?:روسیا|ایران|ترکیا|\w+ستان|البلاد)"
    r"|ل(?:جمهوری|دوله|روسیا|ایران|ترکیا|لاتحاد)))",
    (Language.AR, "مجلس امن"): r"^(?!.*‖ (?:ال(?!دولی\b|تابع)\w+ی\b))",
    (Language.FA, "شورای امنیت"): r"^(?!.*‖ (?:ملی|روسیه|فدراسیون|ایران|افغانستان|پاکستان|کشور|این کشور|ترکیه|هند))",
    (Language.PS, "امنیت شورا"): r"^(?!.*(?:روسیی|روسیه|پاکستان|ایران|هند|ملی|هیواد)(?: د)? ‖)",
    **{(Language.RU, f"совет{case} безопасности"): _OWN_COUNCIL for case in ("", "а", "у", "ом", "е")},
    **{(Language.RU, f"совбез{case}"): _OWN_COUNCIL for case in ("", "а", "у", "ом", "е")},
    (Language.EN, "commission"): r"(?:^| )the ‖(?! (?:of|on|for)\b)",
    (Language.EN, "fund"): r"(?:^| )the ‖(?! (?:of|for)\b)",
    (Language.EN, "congress"): r"^(?!.*‖ (?:leader|party|mps?|workers?)\b)",  # India's party
    (Language.EN, "guards"): r"(?:^| )the ‖(?! (?:of|at|on)\b)",
    (
        Language.EN,
        "male",
    ): r"\b(?:in|to|from|with|for|by|between|against|told|urged|visited) ‖"
    r"|‖ (?:wants|said|says|has|will|was|is|signed|asked|told|petitioned|rejected|welcomed|denied|agreed)\b",
    (Language.EN, "africa"): r"^(?!.*(?:south|west) ‖)",
    (Language.EN, "china"): r"^(?!.*south ‖ (?:sea|morning))",
}
_SHADDA = "\u0651"
_PROCLITICS = re.compile(r"[وف]?(?:[بکلس]?(?:ال)?|لل)")
_ARTICLES = ("ال", "لل")
_BAD_PREFIX = re.compile(r"(?:pro|anti|non|ex|post|pan|intra|all)-$")


@cache
def _automaton(registry: Registry, language: Language) -> Any:
    import ahocorasick

    forms: dict[str, list[Entry]] = {}
    for alias in registry.aliases(language):
        forms.setdefault(alias.form, []).append(Entry("actor", alias.text, alias=alias))
    if language != Language.EN:  # TTP, NATO and their like stand in every language's text
        for alias in registry.aliases(Language.EN):
            if alias.text.isupper() and len(alias.text) > 1:
                forms.setdefault(alias.form, []).append(Entry("actor", alias.text, alias=alias))
    for alias in _places(language):
        forms.setdefault(alias.form, []).append(Entry("place", alias.text, alias=alias))
    for agent in load_agents(language):
        forms.setdefault(agent.form, []).append(Entry("agent", agent.text, agent=agent))
    for name in load_outlets(language):
        forms.setdefault(_bare(name, language)[0], []).append(Entry("outlet", name))
    for name in load_stops(language):
        forms.setdefault(_bare(name, language)[0], []).append(Entry("stop", name))
    automaton = ahocorasick.Automaton()
    for form, entries in forms.items():
        if form:
            automaton.add_word(form, (len(form), tuple(entries)))
    automaton.make_automaton()
    return automaton


def _bare(name: str, language: Language) -> tuple[str, bool]:
    form = fold(name).strip()
    if language == Language.AR and form.startswith("ال") and len(form) > 4:
        return form[2:], True
    return form, False


_DECLINED: dict[Language, Callable[[str], set[str]]] = {Language.RU: russian_forms, Language.PS: pashto_name_forms}


def _places(language: Language) -> list[Alias]:
    """Return the gazetteer's names; a capital may stand for its government."""
    found = []
    for place in load_places():
        use = "capital" if place.kind == "capital" else "place"
        for name in place.names.get(language, ()):
            for text in sorted(_DECLINED[language](name) if language in _DECLINED else {name}):
                form, had_article = _bare(text, language)
                found.append(Alias(form, text, place.country, "GOV", use, language, had_article and " " not in form))
    return found


def scan(text: str, language: Language, registry: Registry, day: date | None) -> Scan:
    """Return the text's folded form and the names in it: at word boundaries, the longest first, none overlapping."""
    folded, offsets = fold_aligned(text)
    found: list[Hit] = []
    for last, (length, entries) in _automaton(registry, language).iter(folded):
        start, end = last + 1 - length, last + 1
        if not _ends_word(folded, end, language):
            continue
        prefix = _prefix(folded, start, language)
        if prefix is None:
            continue
        form = _Form(text[offsets[start] : offsets[last] + 1], prefix, _context(folded, start, end))
        entry = next((entry for entry in entries if _allows(entry, form, language, day)), None)
        if entry:
            found.append(
                Hit(start - 2 if prefix.endswith("ال") else start, end, entry)
            )  # the article is part of the name
    found.sort(key=lambda hit: (hit.start - hit.end, hit.start))
    taken = bytearray(len(folded))
    kept = []
    for hit in found:
        if not any(taken[hit.start : hit.end]):
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            kept.append(hit)
    kept.sort(key=lambda hit: hit.start)
    return Scan(folded, offsets, kept)


@dataclass(frozen=True, slots=True)
class _Form:
    """A form as it stands in the text: as written, the clitics joined before it, what stands around it."""

    written: str
    prefix: str
    context: str


def _allows(entry: Entry, form: _Form, language: Language, day: date | None) -> bool:
    """Tell whether spelling, article, day and surroundings allow this reading of a form."""
    if not _capitals_agree(entry.text, form.written):
        return False
    alias = entry.alias
    if alias is None:
        return True
    if alias.needs_article and not form.prefix.endswith(_ARTICLES):
        return False
    if not (alias.holds_on(day) or (day is None and alias.use == "person")):
        return False
    if language == Language.AR and alias.use == "adjective" and alias.form.endswith("ی") and form.written.endswith("ى"):
        return False  # اليمنى, المجرى
    if alias.form == "عمان" and language == Language.AR and (alias.code == "OMN") == (_SHADDA in form.written):
        return False  # عمّان is Amman, عمان the sultanate
    if alias.form == "эмират" and alias.code == "ARE":
        return False  # one emirate is Afghanistan's
    guard = _GUARDS.get((language, alias.form))
    return guard is None or re.search(guard, form.context) is not None


def _context(folded: str, start: int, end: int) -> str:
    return f"{folded[max(0, start - 30) : start]}‖{folded[end : end + 20]}"


def _capitals_agree(text: str, written: str) -> bool:
    """Tell whether the written form has the capitals of a name: US is not us, Turkey not turkey, LeT not let."""
    if text.startswith("the ") and written[:4].lower() == "the ":
        text, written = text[4:], written[4:]  # the West is not the west
    if not text[0].isupper():
        return True
    if len(text) <= 6 and sum(letter.isupper() for letter in text) > 1:
        return written == text or (len(text) > 3 and written == text.title())  # Nato, Unicef
    return written[0].isupper()


def _ends_word(folded: str, end: int, language: Language) -> bool:
    if folded[end - 1] == "-":  # российско-
        return True
    if end == len(folded) or not folded[end].isalnum():
        return True
    if language in {Language.FA, Language.PS} and folded[end] == "ی" and folded[end - 1] in "او":
        return end + 1 == len(folded) or not folded[end + 1].isalnum()  # آمریکای, the joined ezafe
    return False


def _prefix(folded: str, start: int, language: Language) -> str | None:
    """Return the clitics joined before a form ("" for none), or None if the form does not begin a word."""
    at = start
    while at > 0 and folded[at - 1].isalnum() and start - at < 6:
        at -= 1
    prefix = folded[at:start]
    if not prefix:
        return (
            None
            if language in {Language.EN, Language.RU} and _BAD_PREFIX.search(folded[max(0, start - 6) : start])
            else ""
        )
    if language == Language.AR and _PROCLITICS.fullmatch(prefix):
        return prefix
    return None
