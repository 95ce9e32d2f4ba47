"""Month names, data only: language -> variant -> twelve names as they stand in a date; the first is the default.

Sources: general usage of Arabic, Dari, Iranian Persian, Pashto, Russian and English newspapers; compiled by us.
"""

from marsad.domain.words import Language

Table = dict[Language, dict[str, tuple[str, ...]]]


def _twelve(names: str) -> tuple[str, ...]:
    found = tuple(name.replace("_", " ") for name in names.split())
    if len(found) != 12:
        raise ValueError(f"{len(found)} month names instead of 12: {names}")
    return found


GREGORIAN: Table = {
    Language.AR: {
        "egyptian": _twelve("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
        "mashriqi": _twelve(
            "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول"
        ),
    },
    Language.FA: {
        "afghan": _twelve("جنوری فبروری مارچ اپریل می جون جولای اگست سپتمبر اکتوبر نومبر دسمبر"),
        "iranian": _twelve("ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر"),
    },
    Language.PS: {
        "afghan": _twelve("جنوري فبروري مارچ اپریل مۍ جون جولای اګست سپټمبر اکتوبر نومبر ډسمبر"),
    },
    Language.EN: {
        "english": _twelve("January February March April May June July August September October November December"),
    },
    Language.RU: {
        "russian": _twelve("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
    },
}

SOLAR_HIJRI: Table = {
    Language.AR: {
        "afghan": _twelve("حمل ثور جوزا سرطان أسد سنبلة ميزان عقرب قوس جدي دلو حوت"),
        "iranian": _twelve("فروردين أرديبهشت خرداد تير مرداد شهريور مهر آبان آذر دي بهمن إسفند"),
    },
    Language.FA: {
        "afghan": _twelve("حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت"),
        "iranian": _twelve("فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"),
    },
    Language.PS: {
        "afghan": _twelve("وري غويي غبرګولي چنګاښ زمري وږي تلې لړم لیندۍ مرغومي سلواغې کب"),
    },
    Language.EN: {
        "afghan": _twelve("Hamal Sawr Jawza Saratan Asad Sunbula Mizan Aqrab Qaws Jadi Dalw Hut"),
        "iranian": _twelve("Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand"),
    },
    Language.RU: {
        "afghan": _twelve("хамаля савра джаузы саратана асада сумбулы мизана акраба кауса джади дальва хута"),
        "iranian": _twelve(
            "фарвардина ордибехешта хордада тира мордада шахривара мехра абана азара дея бахмана эсфанда"
        ),
    },
}

ISLAMIC: Table = {
    Language.AR: {
        "arabic": _twelve(
            "محرم صفر ربيع_الأول ربيع_الآخر جمادى_الأولى جمادى_الآخرة رجب شعبان رمضان شوال ذي_القعدة ذي_الحجة"
        ),
    },
    Language.FA: {
        "persian": _twelve(
            "محرم صفر ربیع‌الاول ربیع‌الثانی جمادی‌الاول جمادی‌الثانی رجب شعبان رمضان شوال ذی‌القعده ذی‌الحجه"
        ),
    },
    Language.PS: {
        "pashto": _twelve("محرم صفر ربیع‌الاول ربیع‌الثاني جمادي‌الاول جمادي‌الثاني رجب شعبان رمضان شوال ذي‌القعده ذي‌الحجه"),
    },
    Language.EN: {
        "english": (
            "Muharram",
            "Safar",
            "Rabi al-Awwal",
            "Rabi al-Thani",
            "Jumada al-Ula",
            "Jumada al-Thaniya",
            "Rajab",
            "Shaban",
            "Ramadan",
            "Shawwal",
            "Dhu al-Qada",
            "Dhu al-Hijja",
        ),
    },
    Language.RU: {
        "russian": _twelve(
            "мухаррама сафара раби_аль-авваля раби_ас-сани джумада_аль-уля джумада_ас-сани раджаба шаабана рамадана "
            "шавваля зуль-каады зуль-хиджи"
        ),
    },
}


def _numbered(names: str) -> dict[str, int]:
    return {name: number for number, name in enumerate(_twelve(names), 1) if name != "-"}


# What else stands in texts for the same months: nominatives, short forms, Maghrebi names, other spellings.
OTHER_SPELLINGS: dict[Language, dict[str, dict[str, int]]] = {
    Language.AR: {
        "gregorian": _numbered("جانفي فيفري - أفريل ماي جوان جويلية أوت - - - -")
        | {"إبريل": 4, "ابريل": 4, "نيسان/أبريل": 4, "يونية": 6, "يولية": 7, "تموز/يوليو": 7, "غشت": 8, "شتنبر": 9}
        | {"سبتمبر/أيلول": 9, "نونبر": 11, "دجنبر": 12},
        "solar_hijri": {"الحمل": 1, "الثور": 2, "الجوزاء": 3, "جوزاء": 3, "السرطان": 4, "السنبلة": 6, "الميزان": 7}
        | {"العقرب": 8, "القوس": 9, "الجدي": 10, "الدلو": 11, "الحوت": 12},
        "islamic": {"المحرم": 1, "ربيع الثاني": 4, "جمادى الثانية": 6, "ذو القعدة": 11, "ذو الحجة": 12},
    },
    Language.FA: {
        "gregorian": {"جنوری": 1, "فبروری": 2, "آپریل": 4, "مئی": 5, "جولای": 7, "جولایی": 7, "آگست": 8, "آگوست": 8}
        | {"سپتامبر": 9, "اکتوبر": 10, "نوامبر": 11, "دسامبر": 12},
        "solar_hijri": {"جوزای": 3, "سنبلهٔ": 6, "سنبلۀ": 6},
        "islamic": {"ربیع الاول": 3, "ربیع الثانی": 4, "جمادی الاول": 5, "جمادی الثانی": 6, "ذوالقعده": 11}
        | {"ذوالحجه": 12},
    },
    Language.PS: {
        "gregorian": {"جنوری": 1, "فبروری": 2, "می": 5, "جولايي": 7, "اگست": 8, "سپتمبر": 9, "دسمبر": 12},
        "solar_hijri": _numbered("وری غویی غبرګولی - زمری وږی تله - لېندۍ مرغومی سلواغه -")
        | _numbered("حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدي دلوه حوت"),
        "islamic": {"ربیع الاول": 3, "ربیع الثاني": 4, "ذوالقعده": 11, "ذوالحجه": 12},
    },
    Language.EN: {
        "gregorian": _numbered("Jan Feb Mar Apr - Jun Jul Aug Sep Oct Nov Dec") | {"Sept": 9},
        "solar_hijri": {"Hamel": 1, "Saur": 2, "Jauza": 3, "Sonbola": 6, "Qaus": 9, "Jady": 10, "Dalwa": 11},
        "islamic": {"Sha'ban": 8, "Ramazan": 9, "Dhu al-Hijjah": 12, "Dhul Hijjah": 12},
    },
    Language.RU: {
        "gregorian": _numbered("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь")
        | _numbered("январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре"),
        "solar_hijri": _numbered("хамаль савр джауза саратан асад сумбула мизан акраб каус - дальв хут"),
        "islamic": {"мухаррам": 1, "сафар": 2, "раджаб": 7, "шаабан": 8, "рамадан": 9, "рамазан": 9, "шавваль": 10},
    },
}
