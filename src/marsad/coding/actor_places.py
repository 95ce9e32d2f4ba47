"""Where or who: when a state's or a capital's name only says where."""

import re

from marsad.domain.words import Language


def _any_of(words: str) -> str:
    """Return a pattern for any of the words; an underscore stands for a space inside one."""
    return "(?:" + "|".join(words.replace("_", " ") for words in words.split()) + ")"


_IN = {
    Language.EN: _any_of(
        "in at near inside across throughout within outside around off entering visiting"
        " north_of south_of east_of west_of parts_of"
    ),
    Language.AR: _any_of(
        "فی داخل قرب شمال جنوب شرق غرب شمالی جنوبی شرقی غربی وسط عبر خارج انحاء ولایه مدینه اقلیم محافظه"
        " العاصمه منطقه معبر"
    ),
    Language.FA: _any_of("در داخل نزدیک نزدیکی شمال جنوب شرق خاک ولایت شهر استان ایالت پایتخت بندر گذرگاه منطقه"),
    Language.PS: _any_of("په ولایت ښار"),
    Language.RU: _any_of(
        "в во на под близ около через внутри севере юге востоке западе территории провинции городе столице районе"
    ),
}
_TOWARD = {  # besides, for a capital
    Language.EN: _any_of("from to into via towards toward left reached for"),
    Language.AR: _any_of("من الی نحو باتجاه"),
    Language.FA: _any_of("به از تا"),
    Language.PS: _any_of("له تر"),
    Language.RU: _any_of("из до к"),
}
_BETWEEN = {  # what may stand between the preposition and the name
    Language.EN: _any_of(
        r"the (?:north|south|east|west)(?:-?(?:east|west))?(?:ern)? central neighbou?ring downtown all most_of"
        r" much_of of city_of province_of capital city \w+'s"
    ),
    Language.AR: _any_of(
        "العاصمه مدینه ولایه اقلیم محافظه شمال جنوب شرق غرب وسط منطقه دوله شرقی غربی شمالی جنوبی کل_من"
    ),
    Language.FA: _any_of("شهر پایتخت ولایت استان ایالت شمال جنوب شرق غرب مرکز کشور خاک سراسر"),
    Language.PS: _any_of("د ختیځ لویدیځ جنوبی سویلی شمالی ټول پلازمینه"),
    Language.RU: _any_of(r"(?:север|юж|восточ|запад|централь)н\w+ провинци\w+ столиц\w+ город\w* соседн\w+ всем всей"),
}
_LAND_AFTER = re.compile(
    r"(?:'s)?[ -](?:\w+ )?"
    + _any_of(
        "borders? frontier airspace territory soil territorial_waters waters language provinces? capital city airport"
        " district area calendar based border_crossing standard_time side_of_the_border"
    )
    + r"\b| "
    + _any_of(r"границ\w+ территори\w+ воздушн\w+_пространств\w+ язык\w* провинци\w+ столиц\w+")
    + r"\b| "
    + _any_of("پوله پولی پولو خاوره خاوری حریم ولایت ښار")
    + r"\b"
)
_LAND_BEFORE = re.compile(
    _any_of(
        r"حدود اراضی اجواء خاک مرز مرزهای مرز_های قلمرو حریم_هوایی زبان اللغه"
        r" границ\w* территори\w* воздушн\w+_пространств\w+"
    )
    + r" (?:\w+ (?:و )?)?(?:ال)?$"
)
# «طلبت من بكين», «رسالة إلى واشنطن»: asked, warned or written to, a capital is its government.
_ARABIC_ADDRESSED = re.compile(
    r"(?:^| )[وفلب]?(?:(?:طلب|طالب(?!ان)|التمس|التماس|تلق|تسلم|استلم)\w*(?: (?!سفیر|دبلوماسی|من )\w+){0,3} من"
    r"|(?:ال)?(?:تحذیر|نداء|رساله|دعوه|اعتذار|ضغط|ضغوط|هدیه|منحه|طلب|ضمانات|انذار)\w{0,2}"
    r"(?: (?!من |الی )\w+){0,2} (?:من|الی)"
    r"|[ب](?:امر|قرار|دعم|تمویل|ایعاز|طلب|ضغط) من|(?:کتب|وجه)\w{0,2}(?: (?!من |الی )\w+){0,3} الی) $"
)
_RUSSIAN_LOCATIVE = re.compile(r"(?:е|и|ах|ях|у)$")


def says_where(folded: str, start: int, end: int, use: str, language: Language) -> bool:
    """Tell whether the bare name at ``folded[start:end]`` says where, not who.

    Args:
        folded: the whole text in search form.
        start: of the name.
        end: of the name.
        use: of its alias; a person, a seat or a movement is never a place, a mere place always.
        language: of the text.

    >>> (
    ...     says_where("talks in kabul", 9, 14, "capital", Language.EN),
    ...     says_where("kabul said", 0, 5, "capital", Language.EN),
    ... )
    (True, False)
    """
    if use in {"person", "seat", "movement"}:
        return False
    before, after = folded[max(0, start - 60) : start], folded[end : end + 30]
    if use == "place" or _LAND_AFTER.match(after) or _LAND_BEFORE.search(before):
        return True
    if use == "adjective":
        return False
    if language == Language.AR:
        if use == "capital" and re.search(r"(?:^| )و?ب$", before):
            return True  # بكابول
        before = re.sub(r"(?:(?<= )|^)[وفبل]?ال$", "", before)
    if _stands_after(_IN, before, language):
        if language == Language.PS:
            return use == "capital" or bool(re.match(r"(?: \w+){0,2} کی\b", after))
        return language != Language.RU or use == "capital" or bool(_RUSSIAN_LOCATIVE.search(folded[start:end]))
    if use != "capital":
        return False
    if language == Language.PS and re.match(r" (?:ته|کی|څخه|نه)\b", after):
        return True
    if language == Language.AR and _ARABIC_ADDRESSED.search(before):
        return False
    return _stands_after(_TOWARD, before, language)


def _stands_after(prepositions: dict[Language, str], before: str, language: Language) -> bool:
    joined = "[وف]?" if language == Language.AR else ""  # «وفي بغداد»
    pattern = rf"(?<![\w']){joined}{prepositions[language]} (?:{_BETWEEN[language]} )*$"
    return re.search(pattern, before) is not None
