"""Find who is named in a text: one mention per party, with code and role; places and outlets are told apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from marsad.coding.actor_lexicon import Hit, Scan, scan
from marsad.domain.words import Language
from marsad.vocab.actors import Registry


@dataclass(frozen=True)
class ActorMention:
    """One party named in a text.

    Args:
        start, end: character offsets in the text, clitics left out.
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


@dataclass
class _Phrase:
    """Hits that name one party together: Russian + Foreign Minister + Lavrov."""

    start: int
    end: int
    hits: list[Hit]


# What may stand between two hits of one phrase, in folded text.
_NAME_AGENT = {  # the party first: Russia's army, пакистанская армия, د پاکستان پوځ
    Language.EN: re.compile(r"(?:'s|')? (?:acting |deputy |former |then |new |top |senior |special |permanent |state |local |air |central |interim |federal |ruling |elite )*|-(?:led |backed )"),
    Language.RU: re.compile(r" (?:и\.о\. |нов\w+ |бывш\w+ |высок\w+ |государственн\w+ |местн\w+ |погибш\w+ )?"),
    Language.PS: re.compile(r" (?:د )?(?:اسلامي امارت )?(?:سرپرست )?"),
}
_AGENT_NAME = {  # the head noun first: وزارة الخارجية الروسية, ارتش پاکستان, президент России, Ministry of Defence of Russia
    Language.EN: re.compile(r" of (?:the )?|, "),
    Language.RU: re.compile(r" (?:в |республики )?"),
    Language.AR: re.compile(r" (?:فی )?(?:ال)?(?:حکومه )?(?:دوله )?(?:باسم )?(?:لدی )?"),
    Language.FA: re.compile(r" (?:حکومت )?(?:دولت )?(?:کشور )?(?:جمهوری )?"),
    Language.PS: re.compile(r" (?:د )?"),
}
_AGENT_AGENT = {
    Language.EN: re.compile(r"'?s? (?:of |for |of the |for the )?"),
    Language.RU: re.compile(r" (?:и\.о\. )?"),
    Language.AR: re.compile(r" (?:ال|باسم |باسم ال|لل|فی |فی ال|بال|ب|ل)?"),
    Language.FA: re.compile(r" "),
    Language.PS: re.compile(r" (?:د )?"),
}
_APPOSITION = re.compile(r",? (?:ال)?(?:mr\.? |general |gen\.? |sheikh |mullah |mawlawi |maulvi |dr\.? |senator |field marshal |الملا |الشیخ |المولوی |مولوی |ملا |شیخ |مولی |شاغلی |ښاغلی |اقای |мулла |маулави |г-н |генерал )?")
# A second adjective after the head noun: وزارة الخارجية الأفغانية, but also «الحكومة» + «الإسلامية».
_JOINED = {
    Language.AR: re.compile(r"ال|وال|لل| "),
}

_IN = {
    Language.EN: r"(?:in|at|near|inside|across|throughout|within|outside|around|off|north of|south of|east of|west of|entering|parts of|visiting)",
    Language.AR: r"(?:فی|داخل|قرب|شمال|جنوب|شرق|غرب|شمالی|جنوبی|شرقی|غربی|وسط|عبر|خارج|انحاء|ولایه|مدینه|اقلیم|محافظه|العاصمه|منطقه|معبر)",
    Language.FA: r"(?:در|داخل|نزدیک|نزدیکی|شمال|جنوب|شرق|شمال شرق|خاک|ولایت|شهر|استان|ایالت|پایتخت|بندر|گذرگاه|منطقه)",
    Language.PS: r"(?:په|ولایت|ښار)",
    Language.RU: r"(?:в|во|на|под|близ|около|через|внутри|севере|юге|востоке|западе|территории|провинции|городе|столице|районе)",
}
_TOWARD = {  # besides, for a capital
    Language.EN: r"(?:from|to|into|via|towards|toward|left|reached|for)",
    Language.AR: r"(?:من|الی|نحو|باتجاه)",
    Language.FA: r"(?:به|از|تا)",
    Language.PS: r"(?:له|تر)",
    Language.RU: r"(?:из|до|к)",
}
_BETWEEN = {
    Language.EN: r"(?:the |northern |southern |eastern |western |central |north-?east(?:ern)? |north-?west(?:ern)? |south-?east(?:ern)? |south-?west(?:ern)? |neighbou?ring |downtown |all |most of |much of |of |city of |province of |capital |capital city |\w+'s )*",
    Language.AR: r"(?:العاصمه |مدینه |ولایه |اقلیم |محافظه |شمال |جنوب |شرق |غرب |وسط |منطقه |دوله |شرقی |غربی |شمالی |جنوبی |کل من )*",
    Language.FA: r"(?:شهر |پایتخت |ولایت |استان |ایالت |شمال |جنوب |شرق |غرب |مرکز |کشور |خاک |سراسر )*",
    Language.PS: r"(?:د |ختیځ |لویدیځ |جنوبی |سویلی |شمالی |ټول |پلازمینه )*",
    Language.RU: r"(?:северн\w+ |южн\w+ |восточн\w+ |западн\w+ |центральн\w+ |провинци\w+ |столиц\w+ |город\w* |соседн\w+ |всем |всей )*",
}
_BORDER_AFTER = re.compile(
    r"(?:'s)?[ -](?:\w+ )?(?:borders?|frontier|airspace|territory|soil|territorial waters|waters|language|provinces?|capital|city|airport|district|area|calendar|border crossing|standard time|side of the border)\b"
    r"| (?:границ\w+|территори\w+|воздушн\w+ пространств\w+|язык\w*|провинци\w+|столиц\w+)\b| (?:پوله|پولی|پولو|خاوره|خاوری|حریم|ولایت|ښار)\b"
)
_BORDER_BEFORE = re.compile(
    r"(?:حدود|اراضی|اجواء|اراضی ال|حدود ال|خاک|مرز|مرزهای|مرز های|قلمرو|حریم هوایی|زبان|اللغه|границ\w*|территори\w*|воздушн\w+ пространств\w+) (?:\w+ (?:و )?)?(?:ال)?$"
)
_LOCATIVE_FORM = re.compile(r"(?:е|и|ах|ях|у)$")


def find_actors(
    text: str, language: Language | str, registry: Registry, day: date | None = None
) -> list[ActorMention]:
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
    mentions = [_mention(phrase, scanned, language, registry) for phrase in _phrases(scanned, language)]
    offsets = scanned.offsets
    return [
        replace(mention, start=offsets[mention.start], end=offsets[mention.end - 1] + 1) for mention in mentions if mention
    ]


def _phrases(scanned: Scan, language: Language) -> list[_Phrase]:
    phrases: list[_Phrase] = []
    for hit in scanned.hits:
        last = phrases[-1] if phrases else None
        if last and _joins(last, hit, scanned.folded[last.end : hit.start], language):
            last.hits.append(hit)
            last.end = hit.end
        else:
            phrases.append(_Phrase(hit.start, hit.end, [hit]))
    return phrases


def _joins(phrase: _Phrase, hit: Hit, gap: str, language: Language) -> bool:
    """Tell whether a hit names the same party as the phrase before it."""
    before, kinds = phrase.hits[-1], {part.entry.kind for part in phrase.hits}
    if {"outlet", "stop"} & {*kinds, hit.entry.kind} or len(gap) > 40:
        return False
    named = next((part for part in phrase.hits if part.entry.alias), None)
    alias = hit.entry.alias
    if alias and alias.use == "person":
        same = named is None or _code(named) == alias.code
        return same and "agent" in kinds | {hit.entry.kind} and bool(_APPOSITION.fullmatch(gap)) or (
            same and named is not None and gap in {" ", " ال", "'s "}
        )
    if hit.entry.kind == "agent":
        if before.entry.kind == "agent":
            return bool(_AGENT_AGENT[language].fullmatch(gap)) and (named is None or named is phrase.hits[0] or language in {Language.AR, Language.FA})
        if before.entry.alias and before.entry.alias.use == "person":
            return False
        pattern = _NAME_AGENT.get(language)
        is_alone = len(phrase.hits) == 1 or language in {Language.EN, Language.RU, Language.PS}
        return pattern is not None and is_alone and bool(pattern.fullmatch(gap))
    if before.entry.kind == "agent":
        if alias and alias.use == "seat" and named is not None:
            return bool(re.fullmatch(r"'?s? ", gap))
        pattern = _AGENT_NAME[language]
        if not pattern.fullmatch(gap) and not (language == Language.AR and gap in {" ال", " لل"}):
            return False
        if language == Language.EN and gap == ", ":
            return False
        return named is None
    if alias and named is not None and alias.use == "seat":
        return before.entry.kind == "actor" and bool(re.fullmatch(r"(?:'s)? ", gap))
    # «طالبان أفغانستان», "Afghan Taliban": one party with its adjective
    return named is not None and alias is not None and _code(named) == alias.code and gap in {" ", " ال"} and "adjective" in {
        before.entry.alias.use if before.entry.alias else "", alias.use
    }


def _code(hit: Hit) -> str:
    return hit.entry.alias.code if hit.entry.alias else ""


def _mention(phrase: _Phrase, scanned: Scan, language: Language, registry: Registry) -> ActorMention | None:
    """Read one phrase; None if it names no party, place or outlet."""
    first = phrase.hits[0].entry
    if first.kind == "stop":
        return None
    if first.kind == "outlet":
        return ActorMention(phrase.start, phrase.end, "", "MED", "outlet", is_attribution=True)
    named = next((hit for hit in phrase.hits if hit.entry.alias), None)
    if named is None or named.entry.alias is None:
        return None
    alias = named.entry.alias
    agents = [hit.entry.agent for hit in phrase.hits if hit.entry.agent]
    kind = registry.kind(alias.code)
    if not agents and _is_place(phrase, alias.use, scanned.folded, language):
        return ActorMention(phrase.start, phrase.end, alias.code, "", "place")
    seat = next((hit.entry.alias for hit in phrase.hits if hit.entry.alias and hit.entry.alias.use == "seat"), None)
    role = seat.role if seat else alias.role
    if agents and kind in {"state", "region"}:
        heaviest = max(agents, key=lambda agent: agent.weight)
        if heaviest.weight > 1 or role == "GOV":
            role = heaviest.role
    return ActorMention(phrase.start, phrase.end, alias.code, role, kind)


def _is_place(phrase: _Phrase, use: str, folded: str, language: Language) -> bool:
    """Tell whether a bare name says where, not who."""
    if use in {"person", "seat"}:
        return False
    before = folded[max(0, phrase.start - 60) : phrase.start]
    after = folded[phrase.end : phrase.end + 30]
    if use == "place" or _BORDER_AFTER.match(after) or _BORDER_BEFORE.search(before):
        return True
    if language == Language.AR:
        before = re.sub(r"(?<= )[وفبل]?ال$|^ال$", "", before)
    if use == "adjective":
        return False
    word = r"(?<![\w'])"
    if re.search(f"{word}{_IN[language]} {_BETWEEN[language]}$", before):
        if language == Language.PS:
            return bool(re.match(r"(?: \w+){0,2} کی\b", after)) or use == "capital"
        if language == Language.RU and use != "capital":
            return bool(_LOCATIVE_FORM.search(folded[phrase.start : phrase.end]))
        return True
    if use == "capital":
        if language == Language.PS and re.match(r" (?:ته|کی|څخه|نه)\b", after):
            return True
        return bool(re.search(f"{word}{_TOWARD[language]} {_BETWEEN[language]}$", before))
    return False


_ANAPHORS = {
    Language.EN: [
        (r"\bthe (?:islamic )?emirate\b", "emirate", "GOV"),
        (r"\bthe (?:foreign |interior |finance )?ministry\b|\bthe government\b|\bthe embassy\b", "state", "GOV"),
        (r"\bthe (?:army|military|defen[cs]e ministry)\b", "state", "MIL"),
        (r"\bthe (?:group|movement|militants|organi[sz]ation)\b", "group", "REB"),
        (r"\bthe (?:bloc|alliance|union|organi[sz]ation)\b", "igo", "IGO"),
    ],
    Language.AR: [
        (r"\b[وفبك]?الاماره\b|\bللاماره\b", "emirate", "GOV"),
        (r"\b[وفب]?(?:الوزاره|الحکومه|السفاره|الخارجیه)\b(?! ال)", "state", "GOV"),
        (r"\b[وفب]?الجیش\b(?! ال)", "state", "MIL"),
        (r"\b[وفب]?(?:التنظیم|الجماعه|الحرکه)\b(?! ال)", "group", "REB"),
        (r"\b[وفب]?(?:الحلف|المنظمه|الاتحاد|التکتل)\b(?! ال)", "igo", "IGO"),
    ],
    Language.FA: [
        (r"\bامارت\b(?! اسلامی)", "emirate", "GOV"),
        (r"\b(?:این|آن) (?:وزارت|سفارت|حکومت|دولت|کشور)\b", "state", "GOV"),
        (r"\bاین (?:گروه|جنبش)\b", "group", "REB"),
        (r"\bاین (?:سازمان|پیمان|اتحادیه|نهاد)\b", "igo", "IGO"),
    ],
    Language.PS: [
        (r"(?<!اسلامی )\bامارت\b", "emirate", "GOV"),
        (r"\b(?:دغه|دغی|یاد|نوموړی|یادی) (?:وزارت|سفارت|حکومت|هیواد)\b", "state", "GOV"),
        (r"\b(?:دغه|دغی|یادی) (?:ډله|ډلی)\b", "group", "REB"),
        (r"\b(?:دغه|دغی|یاد) (?:سازمان|ټولنه|ټولنی)\b", "igo", "IGO"),
    ],
    Language.RU: [
        (r"\bэмират\w*\b", "emirate", "GOV"),
        (r"\b(?:дипведомств\w+|внешнеполитическ\w+ ведомств\w+|ведомств\w+|министерств[оаеу]м?)\b|\bправительств[оаеу]м?\b", "state", "GOV"),
        (r"\bминобороны\b", "state", "MIL"),
        (r"\b(?:группировк\w+|движени[еяю])\b", "group", "REB"),
        (r"\b(?:альянс\w*|организаци[яиюей]+|объединени[еяю])\b", "igo", "IGO"),
    ],
}
_EMIRATE = "AFG"


def resolve_anaphora(
    text: str, language: Language | str, mentions: Sequence[ActorMention]
) -> list[ActorMention]:
    """Add the parties that a report names again by a bare noun: "the ministry", «дипведомство», «الإمارة».

    A noun stands for the last party of its kind named before it; places and outlets are no parties. The Emirate is the
    government of Afghanistan once the report has named it in any way.

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
    from marsad.language.script import fold_aligned  # noqa: PLC0415

    language = Language(language)
    folded, offsets = fold_aligned(text)
    parties = [mention for mention in mentions if mention.kind not in {"place", "outlet"}]
    found = list(mentions)
    for pattern, wanted, role in _ANAPHORS[language]:
        for match in re.finditer(pattern, folded):
            start, end = offsets[match.start()], offsets[match.end() - 1] + 1
            if any(mention.start < end and start < mention.end for mention in found):
                continue
            party = _antecedent(parties, wanted, start)
            if party:
                found.append(replace(party, start=start, end=end, role=role if party.kind == "state" else party.role))
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def _antecedent(parties: Sequence[ActorMention], wanted: str, before: int) -> ActorMention | None:
    if wanted == "emirate":
        return next((party for party in parties if party.code == _EMIRATE), None)
    return next((party for party in reversed(parties) if party.end <= before and party.kind == wanted), None)
