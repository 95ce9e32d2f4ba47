"""Parties that a report names again by a bare noun: "the ministry", «الشرطة», «پولیس», «толпа»."""

import re
from collections.abc import Sequence
from dataclasses import replace

from marsad.coding.actors import ActorMention
from marsad.domain.words import Language
from marsad.language.script import fold, fold_aligned, word_end

_EMIRATE = "AFG"

# What follows a noun that stands alone: a mark, a verb or a function word.
_NO_NOUN = r"(?=\W*$|\W*[.,;:)'’]|\s+(?:ha[sd]|have|was|were|is|are|will|and|of|in|on|at|to|says?|said|\w+ed)\b)"
_RUSSIAN_CROWD = (
    r"\b(?:(?:протестующ|митингующ|бастующ)(?:и[ейхм]|ими)"
    r"|(?:демонстрант|манифестант|активист|студент)(?:к[иа]|ок|кам|ками)?(?:ы|ов|ам|ами)?|торговц(?:ы|ев|ам|ами)"
    r"|(?:жител|таксист|крестьян|шахтер|фермер|водител)(?:[ыией]|ей|ям|ями|ов|ам|ами)?"
    r"|толп[аыу]|толпой|молодеж[ьи]ю?)\b"
)
# People without an owner; not what another noun has of them: «حقوق زنان», «مکتب‌های دختران».
_PERSIAN_CROWD = (
    r"(?<!حقوق )(?<!وزارت )(?<!امور )(?<!مکتب های )(?<!اموزش )(?<!حق )(?<!تیم )(?<!اتحادیه )"
    r"\b(?:دانشجویان|محصلان|دختران|زنان|جوانان|کارگران|کارمندان|کشاورزان|دهقانان|بازنشستگان|معلمان|پرستاران|پزشکان"
    r"|رانندگان|کامیون ?داران|لاری ?داران|دکانداران|بازاریان|صرافان|اهالی|باشندگان|طرفداران|هواداران|اشوبگران"
    r"|زندانیان|نمازگزاران|مرزبانان|اوارگان|برگشت ?کنندگان|عودت ?کنندگان|سیل ?زدگان|زلزله ?زدگان)\b"
    r"(?! (?:محیط|فلسطین|غزه|تیم|(?!لاری|تاکسی)\w+ی\b))"
)
_ANAPHORS = {
    Language.EN: [
        (r"\bthe (?:islamic )?emirate\b", "emirate", "GOV"),
        (r"\bthe (?:foreign |interior |finance )?ministry\b|\bthe government\b|\bthe embassy\b", "state", "GOV"),
        (r"\bthe (?:army|defen[cs]e ministry)\b", "state", "MIL"),
        # A party only where no noun follows: "the military said", not "the military deal".
        (rf"\bthe military\b{_NO_NOUN}", "state", "MIL"),
        (
            r"\bthe (?:group|movement|militants|organi[sz]ation|rebels|insurgents|guerrillas|paramilitaries)\b",
            "group",
            "REB",
        ),
        (r"\bparamilitar(?:ies\b|y (?:fighters|forces?|drones?|groups?)\b)", "paramilitary", "REB"),
        (r"\bthe (?:bloc|alliance|union|organi[sz]ation|agency|council|commission|fund|watchdog)\b", "igo", "IGO"),
    ],
    Language.AR: [
        (r"\b[وفبك]?الاماره\b|\bللاماره\b", "emirate", "GOV"),
        (r"\b[وفب]?(?:الوزاره|الحکومه|السفاره|الخارجیه)\b(?! ال)", "state", "GOV"),
        (r"\b[وفب]?(?:الجیش|القوات (?:الحکومیه|النظامیه))\b(?! ال)|\bللجیش\b(?! ال)", "state", "MIL"),
        (r"\b[وفب]?(?:التنظیم|الجماعه|الحرکه)\b(?! ال)", "group", "REB"),
        (r"\b[وفب]?(?:الحلف|المنظمه|الاتحاد|التکتل)\b(?! ال)", "igo", "IGO"),
        (r"\b[وفبک]?المملکه\b(?! ال)|\bللمملکه\b(?! ال)", "kingdom", "GOV"),
        (r"\b[وب]?القطاع\b(?! ال)", "strip", "GOV"),
        (r"\b[وب]?(?:الجنوب|الجنوبیین)\b(?! ال)", "south", "GOV"),
    ],
    Language.FA: [
        (r"\bامارت\b(?! اسلامی)", "emirate", "GOV"),
        (
            (
                r"\b(?:(?:وزارت|وزیر) (?:امور خارجه|خارجه|کشور|داخله|نفت|بهداشت|اقتصاد|تجارت|کار|نیرو|صمت|صنعت)"
                r"|شاروالی?|ولسوال|والی|فرمانداری?)\b"
            ),
            "ministry",
            "GOV",
        ),
        (r"\b(?:لوی درستیز|(?:قوای|لوای) سرحدی|نیروی زمینی ارتش)\b", "ministry", "MIL"),
        (r"\bنایب رییس مجلس\b", "ministry", "LEG"),
        (r"\b(?:وزارت|وزیر) دفاع\b", "ministry", "MIL"),
        (
            r"\b(?:دولت|حکومت)\b(?! (?:نظامی|موقت|ایتلافی|وحدت|فراگیر|همه شمول|اسلامی|محلی|ها|های|داری|دوست|جدید))",
            "home",
            "GOV",
        ),
        (r"\bکابینه\b(?! (?:های|او|اش))", "home", "GOV"),
        (r"\b(?<!دو )(?:ارتش|اردو)\b(?! (?:های|ازادی|ملی|گاه|بزرگ|سرخ|شوروی))", "home", "MIL"),
        (
            (
                r"\b(?:(?:یگان ویژه )?(?:پلیس|پولیس)(?: ضد ?شورش)?|نیروهای (?:امنیتی|دولتی)|استخبارات)\b"
                r"(?! (?:های|راه|بین الملل))"
            ),
            "land",
            "MIL",
        ),
        (r"\bپارلمان\b(?! (?:های|اروپا))", "land", "LEG"),
        (
            (
                r"\b(?:معترضان|معترضین|تظاهر ?کنندگان|تظاهرات کنندگان|تجمع ?کنندگان"
                r"|(?:زنان|دختران|جوانان|مردم|دانشجویان|محصلان|دهقانان) (?:معترض|خشمگین|نسل زد))\b"
            ),
            "land",
            "CIV",
        ),
        (_PERSIAN_CROWD, "crowd", "CIV"),
        (r"\b(?:این|آن) (?:وزارت|سفارت|حکومت|دولت|کشور)\b", "state", "GOV"),
        (r"\bاین (?:گروه|جنبش)\b", "group", "REB"),
        (r"\bاین (?:سازمان|پیمان|اتحادیه|نهاد)\b", "igo", "IGO"),
    ],
    Language.PS: [
        (r"(?<!اسلامی )\bامارت\b", "emirate", "GOV"),
        (r"\b(?:دغه|دغی|یاد|نوموړی|یادی) (?:وزارت|سفارت|حکومت|هیواد)\b", "state", "GOV"),
        (r"\b(?:دا|دی|هغه) هیواد\b|\bهیواد(?= یی\b)", "state", "GOV"),  # "this country"; "his country", the speaker's
        (r"\b(?:دغه|دغی|یادی) (?:ډله|ډلی)\b|\bد ډلی (?:ویاند|مشر)\b", "group", "REB"),
        (r"\b(?:دغه|دغی|یاد) (?:سازمان|ټولنه|ټولنی)\b", "igo", "IGO"),
    ],
    Language.RU: [
        (r"\bэмират\w*\b", "emirate", "GOV"),
        (
            r"\b(?:дипведомств\w+|(?:внешнеполитическ\w+ )?ведомств\w+|министерств[оаеу]м?|правительств[оаеу]м?)\b",
            "state",
            "GOV",
        ),
        (r"\bминобороны\b", "state", "MIL"),
        (r"\b(?:группировк\w+|движени[еяю])\b", "group", "REB"),
        (r"\b(?:альянс\w*|организаци[яиюей]+|объединени[еяю])\b", "igo", "IGO"),
        (r"\bхунт(?:а|ы|е|у|ой)\b", "junta", "GOV"),
        (_RUSSIAN_CROWD, "nearest", "CIV"),
        (r"\b(?:полици[яиюей]+|полицейски(?:е|х|м|ми)|силовик(?:и|ов|ам|ами)|спецназ(?:а|у|ом)?)\b", "nearest", "MIL"),
        (r"\bвласт(?:и|ей|ям|ями)\b", "nearest", "GOV"),
    ],
}
# Whom an Arabic by-name means where one of these parties is named.
_BY_COMPANY: dict[str, tuple[str, frozenset[str]]] = {
    "strip": ("PSE", frozenset({"PSE", "HAM", "ISR"})),
    "south": ("KOR", frozenset({"PRK"})),
}
_KINGDOMS = frozenset(["BHR", "BEL", "DNK", "ESP", "GBR", "JOR", "KHM", "MAR", "NLD", "NOR", "SAU", "SWE", "THA"])
_THE = r"(?:the |their |its |his )?"
_PORTFOLIO = (
    r"(?:foreign|interior|home|defen[cs]e|finance|economy|trade|commerce|energy|oil|mining|health|public health"
    r"|education|higher education|labou?r|agriculture|transport|justice|information|communications|refugees"
    r"|public works|security|water|culture|environment)"
)
# People who stand bare, and whose they are is told only by the country or place beside them.
_ENGLISH_CROWD = (
    r"\b(?:(?:angry|young|anti-government|hundreds of|thousands of|tens of thousands of|displaced|striking|the"
    r"|many|women|student|factory|health|junior) )*"
    r"(?:protest[eo]rs|demonstrators|marchers|rioters|looters|strikers|students?|pupils|schoolgirls|schoolchildren"
    r"|youths|crowds?|mobs?|residents|villagers|townspeople|inhabitants|farmers|herders|herdsmen|pastoralists|fishermen"
    r"|fisherfolk|miners|workers|employees|labou?rers|nurses|doctors|teachers|lawyers|activists?|drivers|truckers"
    r"|traders?|shopkeepers|hawkers|motorists|commuters|shoppers|passengers|mourners|worshippers|pilgrims|women|girls"
    r"|families|relatives|mothers|widows|pensioners|prisoners|inmates|detainees|supporters|followers|settlers?"
    r"|journalists?|reporters|broadcasters?|imams|clerics|bishops|priests?|trade unions?|unions|people|civilians"
    r"|vigilantes|volunteers|elders|locals|customers|depositors|warders|railwaymen|dockers)\b"
)
_ENGLISH_GOVERNMENT = (
    rf"\b{_THE}(?:(?:interim|central|federal|state|provincial|regional|coalition|military|new|own|city) )*"
    r"(?:government|cabinet|presidency|palace|junta|authorities|administration|municipality|central bank"
    r"|(?:vice[- ]|deputy )?president|prime minister|premier|governor|mayor|ruling party"
    r"|(?:city|sovereign|transitional|electoral|military) (?:council|commission)|election commission)\b"
)
_ENGLISH_POLICE = (
    r"\b(?:the |riot |federal |national |state |morality |local )*(?:police(?: (?:chief|commissioner|officers?))?"
    r"|policem[ae]n|gendarmes|officers|constables|detectives)\b"
)
_ENGLISH_TROOPS = (
    r"\b(?:the |government |paramilitary |federal )*(?:security forces|security men|armed forces|troops"
    r"|soldiers?|army|military|generals|commandos|national guard(?:smen)?|presidential guard|border guards?)\b"
    r"(?! (?:deal|aid|base|rule|coup))"
)
_ENGLISH_COURT = (
    r"\b(?:the |a )?(?:(?:supreme|high|constitutional|federal|criminal|district|appeals?|local) )?court\b"
    r"|\b(?:the |a )?(?:judges?|judiciary|magistrate|chief justice|prosecutors?|attorney general(?:'s office)?"
    r"|ombudsman)\b"
)
_SENTENCE_ENDS = re.compile(r"[.!?…]\s")


_KOREAS = {"North": "PRK", "South": "KOR"}
_HALF = re.compile(r"\b[Tt]he (North|South)\b(?! (?:[A-Z]|of\b))")
_OWNER_AFTER = re.compile(r" of (?:the )?(?:bloc|union|alliance|group|movement|united nations|un)\b")
_OWNER_BEFORE = re.compile(r"\bد \w+(?: د)? $")
# no «الشرطة الكينية»: whose it is is told, though we may not know it
_NOT_WHOSE = r"(?! (?:ال)?\w+ی(?:ه|ین|ون)?\b)"
# Organs and people that stand bare where a report tells of one country only; the verb-last press leaves the owner out.
_AT_HOME = {
    Language.AR: [
        (
            (
                rf"\b[وفبلک]?(?:الحکومه|السلطات|السلطه|المجلس العسکری)\b{_NOT_WHOSE}(?! من)"
                rf"|\b(?:لل|ولل)(?:حکومه|سلطات|سلطه)\b{_NOT_WHOSE}"
            ),
            "GOV",
        ),
        (
            (
                r"\b[وفبلک]?(?:الشرطه|قوات الامن|قوی الامن|القوی الامنیه|(?:قوات|شرطه) مکافحه الشغب|الدرک|الجیش"
                rf"|القوات الحکومیه)\b{_NOT_WHOSE}|\bلل(?:شرطه|درک|جیش)\b{_NOT_WHOSE}"
            ),
            "MIL",
        ),
        (rf"\b[وفبلک]?(?:البرلمان|مجلس النواب)\b{_NOT_WHOSE}", "LEG"),
        (
            (
                rf"\b[وفبلک]?(?:ال)?(?:محتج|متظاهر|معتصم|مشاغب|مودع|مضرب)(?:ون|ین)\b{_NOT_WHOSE}"
                rf"|\bلل(?:محتج|متظاهر|معتصم)ین\b{_NOT_WHOSE}"
                r"|\b[وف]?(?:محتجو|متظاهرو|سایقو|موظفو|ناخبو|سکان|اهالی) \w+\b"
                rf"|\b[وف]?(?:الطلاب|الاهالی|النقابات|انصار \w+)\b{_NOT_WHOSE}|\b[وف]?(?:شبان|ناخبون) غاضبون\b"
            ),
            "CIV",
        ),
    ],
    Language.PS: [
        (r"\bحکومته?\b|\bدولته?\b|\bچارواک[یو]\b|\bولسمشر\b", "GOV"),
        (r"\bپولیسو?\b|\bپوځ\b|\bامنیتی ځواکونو\b", "MIL"),
        (r"\bپارلمان\b", "LEG"),
        (
            (
                r"\b(?:معترضینو?|محصلینو?|ښځو|مېرمنو|میرمنو|بزگرو|کارگرو|سوداگرو|ښوونکو|وکیلانو|ځوانانو|خلکو)\b"
                r"|\b(?:محصلین|بزگرانو|کروندگرو|ماهیگیرو|دوکاندارانو|موټروانو|ډریورانو|چلوونکو|نجونی|بلواگرو|پلویان(?:و)?)\b"
            ),
            "CIV",
        ),
        (r"\bلاریون ?(?:کوونک[یو]|والو?)\b", "CIV"),
    ],
    Language.EN: [
        (_ENGLISH_GOVERNMENT, "GOV"),
        (rf"\b{_THE}(?:acting |deputy )?{_PORTFOLIO} (?:minister|ministers|ministry|department|secretary)\b", "GOV"),
        (rf"\b(?:the|two|a) (?:former )?(?:ministers|generals in power|state)\b{_NO_NOUN}", "GOV"),
        (_ENGLISH_POLICE, "MIL"),
        (_ENGLISH_TROOPS, "MIL"),
        (r"\bparliament\b|\b(?:opposition )?(?:lawmakers|legislators|senators|mps)\b|\bthe speaker\b", "LEG"),
        (_ENGLISH_COURT, "JUD"),
        (r"\b(?:the )?opposition(?: leaders?| part(?:y|ies)| figures| supporters| activists)?\b|\bdissidents\b", "OPP"),
        (_ENGLISH_CROWD, "CIV"),
    ],
    Language.RU: [
        (r"\bправительств(?:о|а|у|ом|е)\b|(?<!-)\b(?:премьер|президент)(?:-министр)?(?:а|у|ом|е)?\b", "GOV"),
        (r"\bвласт(?:и|ей|ям|ями)\b|\bминздрав\w*\b|\bчиновник(?:и|ов|ам|ами)\b", "GOV"),
        (r"\bправительственн\w+ (?:войск|сил|част|колонн|отряд|миномет)\w*\b", "MIL"),
        (r"\bарми(?:я|и|ю|ей)\b|\bсолдат(?:а|у|ом|ы|ам|ами)?\b", "MIL"),
        (r"\bполици(?:я|и|ю|ей)\b|\bполицейски(?:е|х|м|ми)\b|\bмилици(?:я|и|ю|ей)\b|\bомон(?:а|у|ом)?\b", "MIL"),
        (r"\b(?:силовик|жандарм)(?:и|ы|ов|ам|ами)\b|\bспецназ(?:а|у|ом)?\b", "MIL"),
        (r"\bпарламент(?:а|у|ом|е)?\b", "LEG"),
        (r"\b(?:протестующ|митингующ|бастующ)(?:ие|их|им|ими)\b|\bтолп(?:а|ы|у|ой)\b", "CIV"),
        (r"\b(?:демонстрант|манифестант|активист|студент)(?:к[иа])?(?:ы|ов|ам|ами)?\b", "CIV"),
        (r"\b(?:сторонник(?:и|ов|ам|ами) оппозиции|оппозици(?:я|и|ю|ей))\b", "CIV"),
    ],
}
_CRIMINALS = re.compile(r"bandits|gangs?|kidnappers|cartels?")


_ONE_COUNTRY = frozenset({Language.EN, Language.RU})  # whose bare people are known only where one country is named
_ON_THE_SPOT = {"CIV"}  # whose crowds are of the one place named, whatever other states a report tells of
# A foreign house or flag is where people protest, not theirs.
_FOREIGN_HOUSE = re.compile(r"посольств|консульств|дипмисси|флаг|чучел")
_NAME_BEHIND = re.compile(r" [«\"]?[А-ЯЁA-Z]")  # «премьера Джонсона»: the name says whose


def resolve_anaphora(text: str, language: Language | str, mentions: Sequence[ActorMention]) -> list[ActorMention]:
    """Add the parties that a report names again by a bare noun: "the ministry", «дипведомство», «الإمارة».

    A noun stands for the last party of its kind named before it; places and outlets are no parties. The Emirate is the
    government of Afghanistan once the report has named it in any way. In Arabic, English, Pashto and Russian the bare
    government, police or people of a report that names one country only are that country's.

    Args:
        text: a whole report.
        language: of the report.
        mentions: of :func:`find_actors` on the same text.

    >>> from marsad.coding.actors import find_actors
    >>> from marsad.vocab.actors import load_registry
    >>> text = "TTP claimed the attack. The group gave no proof."
    >>> mentions = resolve_anaphora(text, "en", find_actors(text, "en", load_registry()))
    >>> [(text[m.start : m.end], m.code) for m in mentions]
    [('TTP', 'TTP'), ('The group', 'TTP')]
    """
    language = Language(language)
    folded, offsets = fold_aligned(text)
    parties = [mention for mention in mentions if mention.kind != "outlet"]
    found = list(mentions)
    for pattern, wanted, role in _ANAPHORS[language]:
        for match in re.finditer(pattern, folded):
            start, end = offsets[match.start()], word_end(text, offsets[match.end() - 1])
            if any(mention.start < end and start < mention.end for mention in found):
                continue
            if wanted == "nearest":
                party = _of_nearest_place(text, mentions, start)
            elif wanted == "crowd":
                party = _of_nearest_place(text, mentions, start) or _of_only_state(mentions)
            else:
                party = _antecedent(parties, wanted, start) or _at_home(mentions, wanted, text, start, end)
            if party:
                found.append(replace(party, start=start, end=end, role=role if party.kind == "state" else party.role))
    if language is Language.EN:
        found += _halves_of_korea(text, found)
    countries = {mention.code for mention in mentions if mention.kind in {"state", "place"}}
    places = {mention.code for mention in mentions if mention.kind == "place"}
    if language is Language.RU:
        foes = {_FOUGHT_AT_HOME[mention.code] for mention in mentions if mention.code in _FOUGHT_AT_HOME}
        countries = set() if _FOREIGN_HOUSE.search(folded) else countries or foes
    home = countries if language in _ONE_COUNTRY else next((c for c in (countries, places) if len(c) == 1), set())
    if language is Language.EN and len(countries) == 1:
        found = [
            replace(mention, code=min(countries), kind="state", role="CIV")
            if mention.code == "UNK" and _CRIMINALS.fullmatch(text[mention.start : mention.end].lower())
            else mention
            for mention in found
        ]
    for pattern, role in _AT_HOME.get(language, []) if len(home) == 1 else []:
        if home is not countries and role not in _ON_THE_SPOT:
            continue
        for match in re.finditer(pattern, folded):
            start, end = offsets[match.start()], word_end(text, offsets[match.end() - 1])
            is_owned = _is_owned(text, end, folded, match, language)
            if language is Language.RU and role == "CIV":  # a crowd is of the state named in its own sentence
                is_owned |= not any(_is_beside(text, mention, start) for mention in mentions)
            touches = any(
                mention.start < end and start <= mention.end + 1 for mention in found
            )  # «نیپالي ځوانانو» is one
            if not is_owned and not touches:
                found.append(ActorMention(start, end, min(home), role, "state"))
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def _halves_of_korea(text: str, found: Sequence[ActorMention]) -> list[ActorMention]:
    """Return "the North" and "the South" as the two Koreas, where a report names either."""
    if not any(mention.code in _KOREAS.values() for mention in found):
        return []
    return [
        ActorMention(match.start(), match.end(), _KOREAS[match[1]], "GOV", "state")
        for match in _HALF.finditer(text)
        if not any(mention.start < match.end() and match.start() < mention.end for mention in found)
    ]


def _is_owned(text: str, end: int, folded: str, match: re.Match[str], language: Language) -> bool:
    """Tell "the police of", whose owner we do not know; ``end`` is behind the match in the text as written."""
    if language is Language.EN:
        return _OWNER_AFTER.match(folded, match.end()) is not None or folded.endswith(("'s ", "s' "), 0, match.start())
    if language is Language.RU:
        return _NAME_BEHIND.match(text[end:]) is not None
    return language is Language.PS and _OWNER_BEFORE.search(folded[: match.start()]) is not None


def _of_nearest_place(text: str, mentions: Sequence[ActorMention], at: int) -> ActorMention | None:
    """Return the state whose people, police or authorities a bare noun names: that of its sentence's nearest place.

    «Студентки бойкотировали экзамены в Джелалабаде» are Afghanistan's.
    """
    places = [each for each in mentions if each.kind == "place" and _is_beside(text, each, at)]
    if not places:
        return None
    nearest = min(places, key=lambda each: abs(each.start - at))
    return replace(nearest, kind="state")


def _of_only_state(mentions: Sequence[ActorMention]) -> ActorMention | None:
    """Return the only state a report names, if it names one only."""
    states = {mention.code: mention for mention in mentions if mention.kind == "state"}
    return next(iter(states.values())) if len(states) == 1 else None


def _is_beside(text: str, mention: ActorMention, at: int) -> bool:
    """Tell whether a mention stands in the sentence of a position."""
    return not _SENTENCE_ENDS.search(_between(text, mention, at))


def _between(text: str, mention: ActorMention, at: int) -> str:
    return text[min(mention.start, at) : max(mention.start, at)]


# Whose army a bare "the army" is where only the group it fights is named.
_FOUGHT_AT_HOME = {
    "ADF": "COD",
    "AFF": "AFG",
    "ARA": "MMR",
    "BHM": "NGA",
    "BLA": "PAK",
    "ELN": "COL",
    "FTO": "COL",
    "HEZ": "LBN",
    "HTH": "YEM",
    "MTT": "COD",
    "NRF": "AFG",
    "RSF": "SDN",
    "SDF": "SYR",
    "SHB": "SOM",
    "TAL": "AFG",
    "TIG": "ETH",
    "TTP": "PAK",
}


_JUNTAS = frozenset({"BFA", "GIN", "MLI", "MMR", "NER"})  # whom «хунта» may mean


def _antecedent(named: Sequence[ActorMention], wanted: str, before: int) -> ActorMention | None:
    """Return the party a noun stands for; a place only names the Emirate, a group the state it fights at home."""
    if wanted == "kingdom":
        kingdom = next((each.code for each in reversed(named) if each.end <= before and each.code in _KINGDOMS), "SAU")
        return ActorMention(before, before, kingdom, "GOV", "state")
    if wanted in _BY_COMPANY:
        code, company = _BY_COMPANY[wanted]
        is_meant = any(each.code in company for each in named)
        return ActorMention(before, before, code, "GOV", "state") if is_meant else None
    if wanted == "emirate":
        emirate = next((mention for mention in named if mention.code == _EMIRATE), None)
        return replace(emirate, kind="state") if emirate else None
    if wanted == "paramilitary":  # Sudan's are the Rapid Support Forces
        sudan = next((mention for mention in named if mention.code in {"SDN", "RSF"}), None)
        return replace(sudan, code="RSF", kind="group", role="REB") if sudan else None
    if wanted == "junta":
        ruled = next((mention for mention in named if mention.code in _JUNTAS), None)
        return replace(ruled, kind="state") if ruled else None
    behind = [mention for mention in reversed(named) if mention.end <= before and mention.kind != "place"]
    party = next((mention for mention in behind if mention.kind == wanted), None)
    if party is None and wanted == "state":
        foe = next((mention for mention in behind if mention.code in _FOUGHT_AT_HOME), None)
        return replace(foe, code=_FOUGHT_AT_HOME[foe.code], kind="state") if foe else None
    return party


_NEXT = 20  # characters after a bare noun within which the party it acts on may be named
# Words of Kabul's Dari; whose a ministry is where no state was named before it.
_DARI = re.compile(
    r"\b(?:امارت|ولسوالی|ولایت|پولیس|شارژدافیر|ملکی|طیاره|دالر|قونسل\w*|سرحد\w*|معین|مهاجرین|پوسته|لوی درستیز"
    r"|شاروالی?|ولسوال|والی|(?:قوای|لوای) سرحدی)\b"
)
# Offices that only Iran has under that name.
_OF_TEHRAN = re.compile(r"کشور|نیرو|صمت|فرماندار|نایب رییس")


def _at_home(mentions: Sequence[ActorMention], wanted: str, text: str, start: int, end: int) -> ActorMention | None:
    """Return the state a bare Persian noun belongs to: a ministry, a government or army ("home"), police ("land").

    Ministries, governments and armies are of the last state named before them that is not the party named right after
    («وزارت خارجه سفیر پاکستان را احضار کرد»); police and crowds are of the last party or place before them, else of the
    first one after. A ministry before which no state is named is the writer's own.
    """
    if wanted not in {"ministry", "home", "land"}:
        return None
    lands = [mention for mention in mentions if mention.kind in {"state", "place"}]
    before = [mention for mention in reversed(lands) if mention.end <= start]
    after = next((mention for mention in lands if end <= mention.start <= end + _NEXT), None)
    if after and text[end : after.start].strip() == "در":  # «وزارت دفاع در کابل»
        before = [after]
    elif wanted == "land":
        before = before or lands
    else:
        before = [mention for mention in before if not after or mention.code != after.code]
        before.sort(key=lambda mention: mention.kind == "place")
    if before:
        return replace(before[0], kind="state")
    code = _writers_own(text, text[start:end], mentions) if wanted == "ministry" else None
    return ActorMention(start, end, code, "GOV", "state") if code else None


def _writers_own(text: str, ministry: str, mentions: Sequence[ActorMention]) -> str | None:
    """Return whose a ministry is by its name and the words round it: «وزارت کشور» is Tehran's."""
    if _OF_TEHRAN.search(fold(ministry)) or ("امور" in ministry and not _DARI.search(text)):
        return "IRN"
    return _EMIRATE if _DARI.search(text) or any(mention.code == _EMIRATE for mention in mentions) else None
