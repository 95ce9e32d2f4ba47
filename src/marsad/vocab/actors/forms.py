"""The inflected forms in which a name stands in running text: pure rules, no dictionary."""

_VOWELS = frozenset("аеиоуыэюя")
_HUSH = frozenset("гкхжчшщ")
_SIBILANT = frozenset("жчшщц")  # after them an unstressed o is written е: Парижем, Камбоджей
_PASHTO_VOWELS = frozenset("اآويیېۍه")
_SHORT_NAME = 3  # letters


def russian_forms(name: str) -> set[str]:
    """Return a Russian name in its cases: adjectives and the first noun decline together, what follows stays.

    >>> sorted(russian_forms("Совет Безопасности"))[:3]
    ['Совет Безопасности', 'Совета Безопасности', 'Совете Безопасности']
    >>> "Южной Корее" in russian_forms("Южная Корея"), "талибами" in russian_forms("талибы")
    (True, True)
    >>> "министерства обороны" in russian_forms("министерство обороны"), "властями" in russian_forms("власти")
    (True, True)
    >>> "Рабочей партией" in russian_forms("Рабочая партия"), "Южного Киву" in russian_forms("Южное Киву")
    (True, True)
    >>> "Зеленского" in russian_forms("Зеленский"), "Египта" in russian_forms("Египет")
    (True, True)
    """
    words = name.split(" ")
    noun = next((at for at, word in enumerate(words) if not _is_adjective(word)), len(words) - 1)
    head = [_adjective_cases(word) for word in words[:noun]]
    soft_feminine = bool(head) and words[0].endswith(("ая", "яя"))
    rest = words[noun + 1 :]
    forms = {name}
    declensions = _noun_declensions(words[noun], feminine=soft_feminine)
    if head and not declensions:
        declensions = [(words[noun],) * 6]  # Южное Киву: the adjective declines alone
    for cases in declensions:
        for at, form in enumerate(cases):
            forms.add(" ".join([*(case[at] for case in head), form, *rest]))
    return forms


def russian_adjective_forms(adjective: str) -> set[str]:
    """Return every form of an adjective given in the masculine nominative.

    >>> sorted(russian_adjective_forms("русский"))[:4]
    ['русская', 'русские', 'русский', 'русским']
    """
    stem = adjective[:-2]
    soft = stem[-1] not in _HUSH and adjective.endswith("ий")
    endings = (
        "ий яя ее ие его ему им ем юю ей их ими"
        if soft
        else "ий ая ое ие ого ому им ом ую ой их ими"
        if adjective.endswith("ий")
        else "ый ая ое ые ого ому ым ом ую ой ых ыми"
    )
    return {stem + ending for ending in endings.split()}


def russian_surname_forms(surname: str) -> set[str]:
    """Return a surname's cases; -ов, -ев and -ин take the adjective's instrumental.

    >>> sorted(russian_surname_forms("Лавров") - russian_forms("Лавров"))
    ['Лавровым']
    """
    forms = russian_forms(surname)
    if surname.endswith(("ов", "ев", "ин", "ын")):
        forms.add(surname + "ым")
    if surname.endswith(("ова", "ева", "ина")):
        forms |= {surname[:-1] + "ой", surname[:-1] + "у"}
    return forms


def _is_adjective(word: str) -> bool:
    return (
        len(word) > 4
        and word.endswith(("ий", "ый", "ой", "ая", "яя", "ое", "ее", "ые", "ие"))
        and not word.endswith(("ние", "тие", "вие"))  # движение, событие: nouns
        and not word.isupper()
    )


def _adjective_cases(word: str) -> tuple[str, ...]:
    """Return nominative, genitive, dative, accusative, instrumental, prepositional."""
    stem, ending = word[:-2], word[-2:]
    i = "и" if ending in {"ий", "ие"} else "ы"
    if ending in {"ая", "яя"}:
        other = "ой" if ending == "ая" and stem[-1] not in "чщ" else "ей"  # Рабочей, Южной
        return tuple(stem + case for case in (ending, other, other, "ую" if ending == "ая" else "юю", other, other))
    if ending in {"ые", "ие"}:
        return tuple(stem + case for case in (ending, i + "х", i + "м", ending, i + "ми", i + "х"))
    soft = ending in {"ий", "ее"} and stem[-1] not in "гкх"  # рабочего, синего
    genitive, dative, last = ("его", "ему", "ем") if soft else ("ого", "ому", "ом")
    return tuple(stem + case for case in (ending, genitive, dative, ending, i + "м", last))


def _noun_declensions(noun: str, *, feminine: bool) -> list[tuple[str, ...]]:
    """Return the possible declensions, each as six cases; one that does not decline gives none."""
    low = noun.lower()
    if not "а" <= low[-1] <= "я":
        return []
    as_noun = _declensions_of_nouns(noun, low, feminine=feminine)
    # Зеленский, неизвестные stand as nouns and decline as adjectives; Ханой, Дмитрий only look like them.
    return [_adjective_cases(noun), *as_noun] if _is_adjective(noun) else as_noun


def _declensions_of_nouns(noun: str, low: str, *, feminine: bool) -> list[tuple[str, ...]]:
    stem, last = noun[:-1], low[-1]
    if noun.isupper() and (len(noun) < 4 or last in _VOWELS or not _VOWELS & set(low)):
        return []
    if low.endswith("ия"):
        return [(noun, stem + "и", stem + "и", stem + "ю", stem + "ей", stem + "и")]
    if last == "я":
        return [(noun, stem + "и", stem + "е", stem + "ю", stem + "ей", stem + "е")]
    if last == "а":
        i = "и" if low[-2] in _HUSH else "ы"
        o = "е" if low[-2] in _SIBILANT else "о"
        return [(noun, stem + i, stem + "е", stem + "у", stem + o + "й", stem + "е")]
    if last == "ь":
        soft_masculine = (noun, stem + "я", stem + "ю", stem + "я", stem + "ем", stem + "е")
        soft_feminine = (noun, stem + "и", stem + "и", noun, stem + "ью", stem + "и")
        return [soft_feminine] if feminine else [soft_masculine, soft_feminine]
    if last == "й":
        return [(noun, stem + "я", stem + "ю", stem + "й", stem + "ем", stem + "е")]
    if low.endswith("ие"):
        return [(noun, stem + "я", stem + "ю", noun, stem + "ем", stem + "и")]
    if low.endswith("ье"):
        return [(noun, stem + "я", stem + "ю", noun, stem + "ем", noun)]
    if (last == "ы" and len(low) > 3) or (last == "и" and len(low) > 4):
        i = last
        plain = (noun, stem, stem + "ам", noun, stem + "ами", stem + "ах")
        of = stem + ("ев" if low[-2] == "ц" else "ов")
        masculine = (noun, of, stem + "ам", of, stem + "ами", stem + "ах")
        if i == "ы" or low[-2] in _HUSH:
            return [plain, masculine]
        soft = (noun, stem + "ей", stem + "ям", stem + "ей", stem + "ями", stem + "ях")  # жители, власти
        return [soft] if noun.islower() else []  # Тбилиси does not decline
    if noun.islower() and low.endswith(("ане", "яне")):
        return [(noun, stem, stem + "ам", stem, stem + "ами", stem + "ах")]
    if low.endswith(("ово", "ево", "ино", "ство")) or (noun.islower() and last == "о"):
        return [(noun, stem + "а", stem + "у", noun, stem + "ом", stem + "е")]
    if low.endswith("посол"):  # its prepositional is the word for "after"
        short = noun[:-2] + "л"
        return [(noun, short + "а", short + "у", short + "а", short + "ом", short + "а")]
    if low.endswith("пет"):  # Египет
        short = noun[:-2] + "т"
        return [(noun, short + "а", short + "у", noun, short + "ом", short + "е")]
    if low.endswith("ец"):
        short = noun[:-2] + ("йц" if low[-3] in _VOWELS else "ьц" if low[-3] == "л" else "ц")
        plural = (short + "ы", short + "ев", short + "ам", short + "ев", short + "ами", short + "ах")
        return [(noun, short + "а", short + "у", short + "а", short + "ем", short + "е"), plural]
    if low.endswith("нин"):
        short = noun[:-2]
        plural = (short + "е", short, short + "ам", short, short + "ами", short + "ах")
        return [(noun, noun + "а", noun + "у", noun + "а", noun + "ом", noun + "е"), plural]
    if last in _VOWELS:
        return []
    return [(noun, noun + "а", noun + "у", noun + "а", noun + ("ем" if last in _SIBILANT else "ом"), noun + "е")]


def russian_people_forms(singular: str) -> set[str]:
    """Return one of a people and many of them, men and women, in every case.

    Women are named where the rule is safe: -анец, -инец, -янин (афганка, россиянка).

    >>> {"таджика", "таджиками", "таджиков"} <= russian_people_forms("таджик")
    True
    >>> {"афганка", "афганками", "афганок"} <= russian_people_forms("афганец")
    True
    """
    forms = russian_forms(singular)
    if singular[-1] not in _VOWELS and not singular.endswith(("ец", "нин", "ь")):
        forms |= russian_forms(singular + ("и" if singular[-1] in _HUSH else "ы"))
    if singular.endswith(("анец", "инец", "янин")):
        woman = singular[:-2] + "к"
        forms |= russian_forms(woman + "а") | {woman[:-1] + "ок", *(woman + ending for ending in ("ам", "ами", "ах"))}
    return forms


_NISBA_ENDINGS = ("", "ة", "ون", "ين", "ات", "ا", "ان", "تان", "تين")


def arabic_nisba_forms(nisba: str) -> set[str]:
    """Return gender, number and accusative forms; the first article is the finder's affair.

    Of «كوري جنوبي» both words are inflected and may take the article. A state's own name is no form («روسيا»): as a
    name it may be a place.

    >>> sorted(arabic_nisba_forms("هندي"))[:4]
    ['هندي', 'هنديا', 'هنديات', 'هنديان']
    >>> "كورية الجنوبية" in arabic_nisba_forms("كوري جنوبي")
    True
    """
    if not nisba.endswith("ي"):  # broken plurals: «ألمان», «التقى ألماناً»
        return {nisba} if " " in nisba or len(nisba) < 4 else {nisba, nisba + "ا"}
    first, _, last = nisba.partition(" ")
    endings = [ending for ending in _NISBA_ENDINGS if ending != "ا" or f"{nisba}ا" not in _NAMES_IN_IA]
    if not last:
        return {nisba + ending for ending in endings}
    if not first.endswith("ي"):  # «جنوب أفريقي»
        return {nisba + ending for ending in endings}
    return {f"{first}{ending} {article}{last}{ending}" for ending in endings for article in ("", "ال")}


_NAMES_IN_IA = frozenset(
    [
        "روسيا",
        "سوريا",
        "ليبيا",
        "ألبانيا",
        "رومانيا",
        "بريطانيا",
        "تركيا",
        "إيطاليا",
        "ألمانيا",
        "إثيوبيا",
        "أستراليا",
        "استراليا",
        "كينيا",
        "تنزانيا",
        "زامبيا",
        "كولومبيا",
        "بوليفيا",
        "ليبيريا",
        "موريتانيا",
        "نيجيريا",
        "ماليزيا",
        "إندونيسيا",
        "اندونيسيا",
        "بيلاروسيا",
        "جورجيا",
        "غينيا",
        "غامبيا",
        "ناميبيا",
        "أوكرانيا",
        "إسبانيا",
        "اسبانيا",
        "صربيا",
        "كرواتيا",
        "بلغاريا",
        "لاتفيا",
        "ليتوانيا",
        "إستونيا",
        "سلوفينيا",
        "سلوفاكيا",
        "أرمينيا",
        "مقدونيا",
        "بولونيا",
        "هنغاريا",
        "منغوليا",
        "إريتريا",
        "كمبوديا",
        "تشيكيا",
        "ماليا",
        "أنغوليا",
    ]
)


def persian_people_forms(adjective: str) -> set[str]:
    """Return the adjective with the plurals Persian writers join to it.

    >>> "افغانها" in persian_people_forms("افغان")
    True
    """
    return {adjective + ending for ending in ("", "ها", "های", "هایی", "\u200cها", "\u200cهای", "\u200cهایی", "ان")}


def pashto_people_forms(adjective: str) -> set[str]:
    """Return gender, number and oblique forms as Pashto writes them.

    >>> {"پاکستانیو", "پاکستانۍ"} <= pashto_people_forms("پاکستاني")
    True
    """
    if adjective.endswith(("ي", "ی")):
        stem = adjective[:-1]
        return {adjective, *(stem + ending for ending in ("ۍ", "یان", "یانو", "یو", "ان", "انو"))}
    return {adjective + ending for ending in ("", "ان", "انو", "و", "ه", "ې")}


def pashto_name_forms(name: str) -> set[str]:
    """Return a name, its oblique, and its ablative («له ایرانه»). A name of three letters has none: «قطره» is a drop.

    >>> sorted(pashto_name_forms("روسیه")), sorted(pashto_name_forms("ایران")), pashto_name_forms("قطر")
    (['روسیه', 'روسیې'], ['ایران', 'ایرانه'], {'قطر'})
    """
    if name.endswith("ه"):
        return {name, name[:-1] + "ې"}
    if " " in name or len(name) <= _SHORT_NAME or name[-1] in _PASHTO_VOWELS:
        return {name}
    return {name, name + "ه"}


def english_people_forms(adjective: str) -> set[str]:
    """Return the adjective and its plural where English makes one with -s.

    >>> sorted(english_people_forms("Iraqi")), sorted(english_people_forms("French"))
    (['Iraqi', 'Iraqis'], ['French'])
    """
    takes_s = (
        adjective.endswith(("n", "i", "k", "c", "t", "b", "rd", "er", "le", "ne", "o")) and not adjective.isupper()
    )
    return {adjective, adjective + "s"} if takes_s else {adjective}
