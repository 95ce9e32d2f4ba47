"""Find who is named in a text: one mention per party, with code and role; places and outlets are told apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from marsad.coding.actor_lexicon import Scan, scan
from marsad.coding.actor_phrases import Phrase, join
from marsad.coding.actor_places import says_where
from marsad.domain.words import Language
from marsad.language.script import fold_aligned, word_end
from marsad.vocab.actors import Alias, Registry
from marsad.vocab.actors.agents import Agent


@dataclass(frozen=True)
class ActorMention:
    """One party named in a text.

    Args:
        start, end: character offsets in the text; the Arabic article is in, other clitics are not.
        code: ISO 3166-1 alpha-3 or a group's code; "" for an outlet.
        role: what acts for the party (``GOV``, ``MIL`` ...); "" for a place.
        kind: ``state``, ``igo``, ``group``, ``region``, ``place`` (named as where, not who) or ``outlet``.
        is_attribution: the mention only says who reports; it never acts.
    """

    start: int
    end: int
    code: str
    role: str
    kind: str
    is_attribution: bool = False


_MINISTRY = re.compile(r"minist|министр|министерств|وزیر|وزار|وزرا")
_PASHTO_MINISTRY = re.compile(r"\b(?:وزارت|وزیر)\b")
_ARMS_OF_STATE = {"GOV", "MIL", "LEG", "JUD"}
_DEFINITE = re.compile(r"(?:\b(?:the|these|those|этих|эти|این|ان|دغه|هذه|هولاء) |(?:^| )[وفبل]?ال|لل)$")
_KHORASAN_BRANCH_SINCE = date(2015, 1, 26)
_EMIRATE = "AFG"


def find_actors(text: str, language: Language | str, registry: Registry, day: date | None = None) -> list[ActorMention]:
    """Return the parties, places and outlets a text names, in order of standing.

    Adjective, head noun and name of one office-holder are one mention; its role comes from the head noun. A capital as
    subject is its government, after a preposition of place it is a place. Nothing is guessed from unnamed parties but
    unknown attackers (``UNK``).

    Args:
        text: a sentence or a whole text.
        language: of the text.
        registry: of :func:`marsad.vocab.actors.load_registry`.
        day: of the report; decides who holds an office and whether the Taliban govern. None: as of today.

    >>> from marsad.vocab.actors import load_registry
    >>> text = "Russian Foreign Minister Lavrov met the Pakistani army chief in Kabul, Reuters said."
    >>> [(text[m.start : m.end], m.code, m.role, m.kind) for m in find_actors(text, "en", load_registry())]
    [('Russian Foreign Minister Lavrov', 'RUS', 'GOV', 'state'), ('Pakistani army chief', 'PAK', 'MIL', 'state'),
     ('Kabul', 'AFG', '', 'place'), ('Reuters', '', 'MED', 'outlet')]
    """
    language = Language(language)
    scanned = scan(text, language, registry, day)
    phrases = join(scanned.hits, scanned.folded, language)
    mentions = [item for phrase in phrases if (item := _mention(phrase, scanned, language, registry))]
    if language == Language.AR:
        mentions = _of_their_group(mentions, scanned.folded)
    offsets = scanned.offsets
    return _in_khorasan(
        [replace(item, start=offsets[item.start], end=word_end(text, offsets[item.end - 1])) for item in mentions],
        day,
    )


_BELONGS_TO = re.compile(r" (?:من|ینتم\w+ (?:الی|ل)|تابع\w* ل|موال\w* ل) ?(?:ال)?")


def _of_their_group(mentions: list[ActorMention], folded: str) -> list[ActorMention]:
    """Read «مسلحون من حركة الشباب» as one mention of the group they are of."""
    kept: list[ActorMention] = []
    for item in mentions:
        last = kept[-1] if kept else None
        is_theirs = last and last.code == "UNK" and item.kind == "group" and item.code != "UNK"
        if last and is_theirs and _BELONGS_TO.fullmatch(folded[last.end : item.start]):
            kept[-1] = replace(item, start=last.start)
        else:
            kept.append(item)
    return kept


def _in_khorasan(mentions: list[ActorMention], day: date | None) -> list[ActorMention]:
    """Read the Islamic State as its Khorasan branch in a text that names Afghanistan, where it acts through it."""
    names_afghanistan = any(item.code in {"AFG", "TAL"} for item in mentions)
    if not names_afghanistan or (day and day < _KHORASAN_BRANCH_SINCE):
        return mentions
    return [replace(item, code="ISKP") if item.code == "ISIS" else item for item in mentions]


def _mention(phrase: Phrase, scanned: Scan, language: Language, registry: Registry) -> ActorMention | None:
    """Read one phrase; None if it names no party, place or outlet."""
    first = phrase.hits[0].entry
    if first.kind == "stop":
        return None
    if first.kind == "outlet":
        return ActorMention(phrase.start, phrase.end, "", "MED", "outlet", is_attribution=True)
    named = phrase.named
    agents = [hit.entry.agent for hit in phrase.hits if hit.entry.agent]
    if not named:
        if _is_own_ministry(phrase, scanned, language):
            return ActorMention(phrase.start, phrase.end, _EMIRATE, _role(agents, "GOV", "name"), "state")
        is_unknown = all(agent.role == "REB" for agent in agents) and not _DEFINITE.search(
            scanned.folded[: phrase.start]
        )
        return ActorMention(phrase.start, phrase.end, "UNK", "REB", "group") if is_unknown else None
    alias = named[0]
    kind = registry.kind(alias.code)
    is_bare = not agents and kind in {"state", "region"}
    if is_bare and (
        named[-1].use == "capital" != alias.use
        or says_where(scanned.folded, phrase.start, phrase.end, alias.use, language)
    ):
        return ActorMention(phrase.start, phrase.end, alias.code, "", "place")
    if is_bare and _is_the_union(alias, scanned):
        return ActorMention(phrase.start, phrase.end, "EUE", "IGO", "igo")
    seat = next((part for part in named if part.use == "seat"), None)
    role = seat.role if seat else alias.role
    if agents and kind in {"state", "region"}:
        role = _role(agents, role, alias.use)
    return ActorMention(phrase.start, phrase.end, alias.code, role, kind)


def _is_the_union(alias: Alias, scanned: Scan) -> bool:
    """Tell whether a name is Brussels, which acts for the Union unless the text names Belgium."""
    return (alias.code, alias.use) == ("BEL", "capital") and not any(
        hit.entry.alias and hit.entry.alias.code == "BEL" and hit.entry.alias.use != "capital" for hit in scanned.hits
    )


def _is_own_ministry(phrase: Phrase, scanned: Scan, language: Language) -> bool:
    """Tell whether a Pashto text opens with a ministry or minister of no named state: Kabul's press names its own."""
    written = scanned.folded[phrase.start : phrase.end]
    names_before = (hit for hit in scanned.hits if hit.entry.alias and hit.start < phrase.start)
    return language == Language.PS and _PASHTO_MINISTRY.search(written) is not None and next(names_before, None) is None


def _role(agents: Sequence[Agent], role: str, use: str) -> str:
    """Return the role the head nouns give a party: the heaviest decides; the minister of information is no medium."""
    if any(_MINISTRY.search(agent.form) for agent in agents):
        agents = [agent for agent in agents if agent.role in _ARMS_OF_STATE]
    heaviest = max(agents, key=lambda agent: agent.weight)
    return heaviest.role if heaviest.weight > 1 or role == "GOV" or use == "adjective" else role


# What follows a noun that stands alone: a mark, a verb or a function word.
_NO_NOUN = r"(?=\W*$|\W*[.,;:)'’]|\s+(?:ha[sd]|have|was|were|is|are|will|and|of|in|on|at|to|says?|said|\w+ed)\b)"
_RUSSIAN_CROWD = (
    r"\b(?:(?:протестующ|митингующ|бастующ)(?:и[ейхм]|ими)"
    r"|(?:демонстрант|манифестант|активист|студент)(?:к[иа]|ок|кам|ками)?(?:ы|ов|ам|ами)?|торговц(?:ы|ев|ам|ами)"
    r"|(?:жител|таксист|крестьян|шахтер|фермер|водител)(?:[ыией]|ей|ям|ями|ов|ам|ами)?"
    r"|толп[аыу]|толпой|молодеж[ьи]ю?)\b"
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
        (r"\bthe (?:bloc|alliance|union|organi[sz]ation|agency|council|commission|fund|watchdog)\b", "igo", "IGO"),
    ],
    Language.AR: [
        (r"\b[وفبك]?الاماره\b|\bللاماره\b", "emirate", "GOV"),
        (r"\b[وفب]?(?:الوزاره|الحکومه|السفاره|الخارجیه)\b(?! ال)", "state", "GOV"),
        (r"\b[وفب]?(?:الجیش|القوات (?:الحکومیه|النظامیه))\b(?! ال)|\bللجیش\b(?! ال)", "state", "MIL"),
        (r"\b[وفب]?(?:التنظیم|الجماعه|الحرکه)\b(?! ال)", "group", "REB"),
        (r"\b[وفب]?(?:الحلف|المنظمه|الاتحاد|التکتل)\b(?! ال)", "igo", "IGO"),
    ],
    Language.FA: [
        (r"\bامارت\b(?! اسلامی)", "emirate", "GOV"),
        (r"\b(?:وزارت|وزیر) (?:امور خارجه|خارجه|کشور|داخله|نفت|بهداشت|اقتصاد|تجارت|کار)\b", "ministry", "GOV"),
        (r"\b(?:وزارت|وزیر) دفاع\b", "ministry", "MIL"),
        (
            r"\b(?:دولت|حکومت)\b(?! (?:نظامی|موقت|ایتلافی|وحدت|فراگیر|همه شمول|اسلامی|محلی|ها|های|داری|دوست|جدید))",
            "home",
            "GOV",
        ),
        (r"\b(?<!دو )(?:ارتش|اردو)\b(?! (?:های|ازادی|ملی|گاه|بزرگ|سرخ|شوروی))", "home", "MIL"),
        (r"\b(?:پلیس|پولیس|نیروهای امنیتی|استخبارات)\b(?! (?:های|راه|بین الملل))", "land", "MIL"),
        (r"\bپارلمان\b(?! (?:های|اروپا))", "land", "LEG"),
        (r"\b(?:معترضان|معترضین|تظاهرکنندگان|تظاهرات کنندگان|(?:زنان|مردم|دانشجویان) معترض)\b", "land", "CIV"),
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
_SENTENCE_ENDS = re.compile(r"[.!?…]\s")


_OWNER_BEFORE = re.compile(r"\bد \w+(?: د)? $")
# Organs and people that stand bare where a report tells of one country only; the verb-last press leaves the owner out.
_AT_HOME = {
    Language.PS: [
        (r"\bحکومته?\b|\bدولته?\b|\bچارواک[یو]\b|\bولسمشر\b", "GOV"),
        (r"\bپولیسو?\b|\bپوځ\b|\bامنیتی ځواکونو\b", "MIL"),
        (r"\bپارلمان\b", "LEG"),
        (
            r"\b(?:معترضینو?|محصلینو?|ښځو|مېرمنو|میرمنو|بزگرو|کارگرو|سوداگرو|ښوونکو|وکیلانو|ځوانانو|خلکو)\b",
            "CIV",
        ),
        (r"\bلاریون (?:کوونک[یو]|والو?)\b", "CIV"),
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
# A foreign house or flag is where people protest, not theirs.
_FOREIGN_HOUSE = re.compile(r"посольств|консульств|дипмисси|флаг|чучел")
_NAME_BEHIND = re.compile(r" [«\"]?[А-ЯЁA-Z]")  # «премьера Джонсона»: the name says whose


def resolve_anaphora(text: str, language: Language | str, mentions: Sequence[ActorMention]) -> list[ActorMention]:
    """Add the parties that a report names again by a bare noun: "the ministry", «дипведомство», «الإمارة».

    A noun stands for the last party of its kind named before it; places and outlets are no parties. The Emirate is the
    government of Afghanistan once the report has named it in any way. In Pashto and Russian the bare government,
    police or people of a report that names one country only are that country's.

    Args:
        text: a whole report.
        language: of the report.
        mentions: of :func:`find_actors` on the same text.

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
            else:
                party = _antecedent(parties, wanted, start) or _at_home(mentions, wanted, text, start, end)
            if party:
                found.append(replace(party, start=start, end=end, role=role if party.kind == "state" else party.role))
    countries = {mention.code for mention in mentions if mention.kind in {"state", "place"}}
    if language == Language.RU:
        foes = {_FOUGHT_AT_HOME[mention.code] for mention in mentions if mention.code in _FOUGHT_AT_HOME}
        countries = set() if _FOREIGN_HOUSE.search(folded) else countries or foes
    for pattern, role in _AT_HOME.get(language, []) if len(countries) == 1 else []:
        for match in re.finditer(pattern, folded):
            start, end = offsets[match.start()], word_end(text, offsets[match.end() - 1])
            if language == Language.RU:
                is_owned = _NAME_BEHIND.match(text[end:]) is not None
                is_owned |= role == "CIV" and not any(_is_beside(text, mention, start) for mention in mentions)
            else:  # "the police of", one we do not know
                is_owned = _OWNER_BEFORE.search(folded[: match.start()]) is not None
            touches = any(
                mention.start < end and start <= mention.end + 1 for mention in found
            )  # «نیپالي ځوانانو» is one
            if not is_owned and not touches:
                found.append(ActorMention(start, end, min(countries), role, "state"))
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def _of_nearest_place(text: str, mentions: Sequence[ActorMention], at: int) -> ActorMention | None:
    """Return the state whose people, police or authorities a bare noun names: that of its sentence's nearest place.

    «Студентки бойкотировали экзамены в Джелалабаде» are Afghanistan's.
    """
    places = [each for each in mentions if each.kind == "place" and _is_beside(text, each, at)]
    if not places:
        return None
    nearest = min(places, key=lambda each: abs(each.start - at))
    return replace(nearest, kind="state")


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
    if wanted == "emirate":
        emirate = next((mention for mention in named if mention.code == _EMIRATE), None)
        return replace(emirate, kind="state") if emirate else None
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
_DARI = re.compile(r"\b(?:امارت|ولسوالی|ولایت|پولیس|شارژدافیر|ملکی|طیاره|دالر|قونسل\w*|سرحد\w*|معین|مهاجرین|پوسته)\b")


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
    if "کشور" in ministry or ("امور" in ministry and not _DARI.search(text)):
        return "IRN"
    return _EMIRATE if _DARI.search(text) or any(mention.code == _EMIRATE for mention in mentions) else None
