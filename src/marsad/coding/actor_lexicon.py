"""Find written names in a text: one automaton per language, matches at word boundaries, the longest wins."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from marsad.domain.words import Language
from marsad.language.script import fold, fold_aligned
from marsad.vocab.actors import Alias, Registry
from marsad.vocab.actors.agents import Agent, load_agents, load_outlets
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


# Names inside which a state's name means nothing, and words that look like one.
_STOPS = {
    Language.EN: "New York Times;Islamic Revolution;Indian Ocean;South China Sea;East China Sea;Persian Gulf;Gulf of Oman;"
    "Arabian Sea;Sea of Japan;Turkish Airlines flight;English language;Russian language;French Open;US Open;U.S. Open;"
    "Australian Open;guinea pig;Guinea pig;China Sea;Panama Papers;Panama Canal;Swiss cheese;Georgia Senate;American football;"
    "French fries;Chinese New Year;Russian roulette;Korean Peninsula;Korean peninsula;Vietnam War;Iraq War;Korean War;"
    "Gulf War;Cold War;Native American;African American;African-American;African-Americans;Dutch oven;Paris Agreement;"
    "Paris climate;Geneva Convention;Geneva Conventions;Rome Statute;Doha Agreement;Doha agreement;Doha Accord;"
    "Moscow Format;Moscow format;Latin American;Latin America;Central American;Central America;South American;South America;"
    "North American;North America;UN Plaza;Jordan River;Bay of Bengal;Iranian calendar;Istanbul Process",
    Language.AR: "البحر الهندي;المحيط الهندي;بحر الصين الجنوبي;بحر الصين;الخليج الفارسي;خليج عمان;صلاة المغرب;اليد اليمنى;"
    "الجهة اليمنى;تركي الفيصل;تركي آل الشيخ;اللغة الروسية;اللغة الفارسية;اللغة الصينية;اتفاق باريس;اتفاق الدوحة;"
    "اتفاقية الدوحة;صيغة موسكو;أمريكا اللاتينية;أميركا اللاتينية;أمريكا الجنوبية;أمريكا الشمالية;أمريكا الوسطى;"
    "كأس العالم قطر;نيويورك تايمز;شبه الجزيرة الكورية;الحرب الباردة;المستشفى السعودي;المغرب العربي;دير الزور;القطاع المالي;"
    "الدعم المالي;الوضع المالي",
    Language.FA: "اقیانوس هند;دریای چین جنوبی;دریای عمان;خلیج فارس;زبان انگلیسی;زبان روسی;زبان فارسی;توافق دوحه;توافقنامه دوحه;"
    "توافق‌نامه دوحه;فرمت مسکو;نشست فرمت مسکو;امریکای لاتین;آمریکای لاتین;آمریکای جنوبی;آمریکای شمالی;نیویورک تایمز;"
    "شبه‌جزیره کره;جنگ سرد;توافق پاریس;قلعه هندی",
    Language.PS: "د هند سمندر;انګلیسي ژبه;انګلیسي ژبې;لاتینه امریکا;لاتیني امریکا;جنوبي امریکا;شمالي امریکا;د دوحې تړون;"
    "د دوحې هوکړه;نیویارک ټایمز;سړه جګړه;د مسکو فارمټ;پارسي خلیج",
    Language.RU: "Латинская Америка;Южная Америка;Северная Америка;Центральная Америка;Индийский океан;Персидский залив;"
    "Южно-Китайское море;московский формат;Московский формат;Корейский полуостров;русский язык;английский язык;"
    "китайский язык;холодная война;Парижское соглашение;Дохийское соглашение",
}
# A state's form that is more often another word; the pattern must hold on "before | after" (‖ marks the form).
_GUARDS = {
    (Language.AR, "مالی"): r"(?:دوله|جمهوریه|فی|الی|شمال|شمالی|وسط|حکومه|جیش|رییس|من) ‖",
    (Language.AR, "قطر"): r"^(?!.*(?:نصف|ال)$)",
    (Language.AR, "بنین"): r"(?:دوله|جمهوریه|فی|رییس) ‖",
    (Language.AR, "کندی"): r"^(?!.*(?:جون|روبرت|ادوارد) ‖)",
    (Language.AR, "ترکی"): r"^(?!.*‖ (?:بن|ال الشیخ|الفیصل))",
    (Language.FA, "مالی"): r"(?:کشور|دولت|ارتش) ‖",
    (Language.FA, "ترک"): r"‖ (?:ها|های|زبان)|(?:مقامات|نیروهای|ارتش|سربازان|شهروندان|مقام های|شرکت های) ‖",
    (Language.FA, "چک"): r"(?:جمهوری|دولت) ‖",
    (Language.FA, "مغرب"): r"(?:کشور|پادشاهی) ‖",
    (Language.FA, "پرو"): r"(?:کشور|در|دولت) ‖",
    (Language.FA, "غرب"): r"^(?!.*(?:در|از|به|شمال|جنوب) ‖ (?!را|می))(?!.*‖ (?:کشور|ولایت|افغانستان|ایران|کابل|آن|شهر))",
    (Language.PS, "مالی"): r"(?:هیواد|د) ‖ (?:په|حکومت|پوځ|هیواد)",
    (Language.PS, "ترک"): r"(?!)",
    (Language.PS, "پیرو"): r"(?:هیواد|د) ‖",
    (Language.PS, "چک"): r"(?:د) ‖",
    (Language.RU, "того"): r"(?!)",
    (Language.RU, "перу"): r"(?:в|из|президент) ‖",
    (Language.RU, "мали"): r"^(?!.*\w ‖ли)",
    (Language.EN, "jordan"): r"^(?!.*(?:michael|deandre|jim|vernon|barbara) ‖)(?!.*‖ (?:peterson|henderson|spieth|pickford))",
    (Language.EN, "chad"): r"^(?!.*‖ (?:smith|johnson|wolf|kelly|kroeger))",
    (Language.EN, "georgia"): r"^(?!.*‖(?:'s)? (?:senator|governor|gov|republican|democrat|tech|secretary|county|voters|senate))"
    r"(?!.*(?:atlanta|state of|savannah|augusta),? ‖)",
    (Language.EN, "west"): r"(?:the|with|between) ‖(?! (?:bank|coast|africa|african|of|wing|ham|virginia|side|texas|indies|point|kabul|\w+ province))",
    (Language.EN, "africa"): r"^(?!.*(?:south|west) ‖)",
    (Language.EN, "thai"): r"^",
    (Language.EN, "china"): r"^(?!.*south ‖ (?:sea|morning))",
}
_PROCLITICS = re.compile(r"[وف]?(?:[بکلس]?(?:ال)?|لل)")
_ARTICLES = ("ال", "لل")
_ARABIC_FINAL_YA = "ىی"
_BAD_PREFIX = re.compile(r"(?:pro|anti|non|ex|post|pan|intra|all)-$")


@cache
def _automaton(registry: Registry, language: Language) -> Any:
    import ahocorasick  # noqa: PLC0415 - built on first use

    forms: dict[str, list[Entry]] = {}
    for alias in registry.aliases(language):
        forms.setdefault(alias.form, []).append(Entry("actor", alias.text, alias=alias))
    if language != Language.EN:  # TTP, NATO and their like stand in every language's text
        for alias in registry.aliases(Language.EN):
            if alias.text.isupper() and len(alias.text) > 2:
                forms.setdefault(alias.form, []).append(Entry("actor", alias.text, alias=alias))
    for alias in _places(language):
        forms.setdefault(alias.form, []).append(Entry("place", alias.text, alias=alias))
    for agent in load_agents(language):
        forms.setdefault(agent.form, []).append(Entry("agent", agent.text, agent=agent))
    for name in load_outlets(language):
        forms.setdefault(_bare(name, language)[0], []).append(Entry("outlet", name))
    for name in _STOPS[language].split(";"):
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


def _places(language: Language) -> list[Alias]:
    """Return the gazetteer's names; a capital may stand for its government."""
    from marsad.vocab.actors.forms import pashto_name_forms, russian_forms  # noqa: PLC0415

    decline = {Language.RU: russian_forms, Language.PS: pashto_name_forms}.get(language, lambda name: {name})
    found = []
    for place in load_places():
        use = "capital" if place.kind == "capital" else "place"
        for name in place.names.get(language, ()):
            for text in sorted(decline(name)):
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
        written = text[offsets[start] : offsets[last] + 1]
        entry = _best(entries, written, prefix, folded, start, end, language, day)
        if entry:
            found.append(Hit(start, end, entry))
    found.sort(key=lambda hit: (hit.start - hit.end, hit.start))
    taken = bytearray(len(folded))
    kept = []
    for hit in found:
        if not any(taken[hit.start : hit.end]):
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            kept.append(hit)
    kept.sort(key=lambda hit: hit.start)
    return Scan(folded, offsets, kept)


def _best(
    entries: tuple[Entry, ...], written: str, prefix: str, folded: str, start: int, end: int, language: Language, day: date | None
) -> Entry | None:
    """Return the reading of a form that its spelling, its article and the day allow, or None."""
    for entry in entries:
        if not _capitals_agree(entry.text, written):
            continue
        alias = entry.alias
        if alias is None:
            return entry
        if alias.needs_article and not prefix.endswith(_ARTICLES):
            continue
        if not (alias.holds_on(day) or (day is None and alias.use == "person")):
            continue
        if language == Language.AR and alias.use == "adjective" and alias.form.endswith("ی") and written.endswith("ى"):
            continue  # اليمنى, المجرى
        guard = _GUARDS.get((language, alias.form))
        if guard and not re.search(guard, _context(folded, start, end)):
            continue
        return entry
    return None


def _context(folded: str, start: int, end: int) -> str:
    return f"{folded[max(0, start - 30) : start]}‖{folded[end : end + 20]}"


def _capitals_agree(text: str, written: str) -> bool:
    """Tell whether the written form has the capitals of a name: US is not us, Turkey not turkey, LeT not let."""
    if not text[0].isupper():
        return True
    if len(text) <= 6 and sum(letter.isupper() for letter in text) > 1:
        return written == text
    return written[0].isupper()


def _ends_word(folded: str, end: int, language: Language) -> bool:
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
        return None if language in {Language.EN, Language.RU} and _BAD_PREFIX.search(folded[max(0, start - 6) : start]) else ""
    if language == Language.AR and _PROCLITICS.fullmatch(prefix):
        return prefix
    return None
