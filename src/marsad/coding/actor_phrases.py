"""Join what names one party: adjective, head noun and name of an office-holder, in each language's order."""

import re
from dataclasses import dataclass

from marsad.coding.actor_lexicon import Hit
from marsad.domain.words import Language
from marsad.vocab.actors import Alias


@dataclass
class Phrase:
    """Hits that name one party together: Russian + Foreign Minister + Lavrov."""

    start: int
    end: int
    hits: list[Hit]

    @property
    def named(self) -> list[Alias]:
        """The aliases in it, head nouns left out."""
        return [hit.entry.alias for hit in self.hits if hit.entry.alias]


def _word_but(small_words: str, verb_ending: str = "") -> str:
    """Return a pattern for one word and a space, the word not being one of the small ones."""
    ending = rf"|\w+(?:{verb_ending})" if verb_ending else ""
    return rf"(?:(?!(?:{'|'.join(small_words.split())}{ending})\b)[\w.]+ )"


# A few words of an office's name may stand inside a phrase ("the Russian labour minister"), small words may not.
_EN = _word_but(
    "and or of in to with by at on for the a an said says has have had is are was were will would may that who which"
    " from against as after before over its his their not but could should told met while when",
    "ed",
)
_RU = _word_but(
    r"и или в во на с со к по о об от из для за что не но как а при до под над у его их ее был\w* заяви\w+ сообщи\w+"
    r" назва\w+ обвини\w+",
    "л|ла|ло|ли|лся|лась|лись|ет|ит|ут|ют|ят|ется|ится",
)
_FA = _word_but(
    "در به از که با را و برای این ان تا بر نیز یک گفت شد کرد است علیه"
    " دعوت درخواست پیشنهاد موقف موضع اتهام ادعای حمله حملات تصمیم اظهارات شارژدافیر"
)
_PS = _word_but("د په له ته کی چی او سره نه پر یی دی وویل تر")

_NAME_AGENT = {  # the party first: Russia's army, пакистанская армия, د پاکستان پوځ
    Language.EN: re.compile(
        r"(?:'s|')? (?:(?:acting|deputy|former|then|new|top|senior|special|permanent|state|local|air|central|interim|"
        rf"federal|ruling|elite) )*|'s {_EN}{{1,2}}|-(?:led |backed )?| (?!\w+(?:s|ed)\b){_EN}"
    ),
    Language.RU: re.compile(rf" {_RU}?"),
    Language.PS: re.compile(rf" (?:د )?(?:اسلامی امارت )?(?:سرپرست )?| د {_PS}{{1,3}}"),
}
_AGENT_NAME = {  # the head noun first: وزارة الخارجية الروسية, ارتش پاکستان, президент России
    Language.EN: re.compile(r" of (?:the )?"),
    Language.RU: re.compile(rf" {_RU}{{0,2}}"),
    Language.AR: re.compile(
        r" (?:و?ال(?!ی |تی |ذی)\w+ ){0,3}(?:فی )?(?:حکومه )?(?:دوله )?(?:باسم )?(?:لدی )?(?:ال|لل)?"
    ),
    Language.FA: re.compile(rf" {_FA}{{0,2}}"),
    Language.PS: re.compile(r" "),  # «پوځ د پاکستان پر پوستو» are two: the owner stands first
}
# Whom a place gives its state: "police in Kano", "traders from Herat", but not "troops in Syria", "refugees in Chad".
_AT_HOME = re.compile(
    r"police|policemen|riot police|officials|authorities|government|municipality|mayor|rulers|presidency"
    r"|traders|merchants|businessmen|banks?|companies|drivers|truckers|journalists|reporters"
    r"|residents?|people|students?|women|men|man|woman|children|girls|villagers?|families|family|public|voters"
    r"|(?:protest(?:e|o)rs|demonstrators|activists?|farmers|teachers|doctors|clerics|scholars|worshippers|workers)"
    r"|miners|pensioners|shoppers|commuters|fishermen|herders|youths|mobs?|crowds?|supporters|trade unions?|civilians?"
)
_HOME = re.compile(r" (?:in|from|across) (?:the )?(?:\w+ern )?(?:capital,? |city of |province of )?")

_AGENT_AGENT = {
    Language.EN: re.compile(rf"'?s? (?:of |for |of the |for the )?| {_EN}"),
    Language.RU: re.compile(r" (?:и\.о\. )?"),
    Language.AR: re.compile(r" (?:ال|باسم |باسم ال|لل|فی |فی ال|بال|ب|ل)?"),
    Language.FA: re.compile(r" "),
    Language.PS: re.compile(r" (?:د )?"),
}
# «МИД в Кабуле» is Kabul's, the embassy or envoy in Kabul is not; «сенатор из Ташкента» is Tashkent's.
_RUSSIAN_ORGAN = re.compile(
    r"\b(?:мид|министерств|минобороны|мвд|минюст|суд|верховн\w+ суд|прокуратур|генпрокуратур|полици|власт|правительств"
    r"|парламент|генштаб)"
)
_RUSSIAN_SEAT = re.compile(r" во? ")
_RUSSIAN_ORIGIN = re.compile(r" из (?:столичн\w+ )?")
_TITLES = (
    r"mr\.?|general|gen\.?|sheikh|mullah|mawlawi|maulvi|dr\.?|senator|field marshal|الملا|الشیخ|المولوی|مولوی"
    r"|ملا|شیخ|شاغلی|ښاغلی|اقای|мулла|маулави|г-н|генерал"
)
_APPOSITION = re.compile(rf",? (?:ال)?(?:(?:{_TITLES}) )?")


def join(hits: list[Hit], folded: str, language: Language) -> list[Phrase]:
    """Return the hits grouped into phrases, in order of standing."""
    phrases: list[Phrase] = []
    for hit in hits:
        last = phrases[-1] if phrases else None
        if last and _belongs(last, hit, folded, language):
            last.hits.append(hit)
            last.end = hit.end
        else:
            phrases.append(Phrase(hit.start, hit.end, [hit]))
    return phrases


def _belongs(phrase: Phrase, hit: Hit, folded: str, language: Language) -> bool:
    """Tell whether a hit names the same party as the phrase before it."""
    before = phrase.hits[-1]
    gap = folded[phrase.end : hit.start]
    if {before.entry.kind, hit.entry.kind} & {"outlet", "stop"} or len(gap) > 40:
        return False
    if hit.entry.alias is None:
        if language == Language.FA and _is_ministry_then_envoy(before, hit):
            return False
        return _takes_agent(phrase, gap, language)
    if hit.entry.alias.use == "person":
        where = before.entry.alias is not None and before.entry.alias.use in {"place", "capital"}
        return not (where and language == Language.RU) and _takes_person(phrase, hit.entry.alias, gap)
    if before.entry.kind == "agent":
        if language == Language.AR and folded.startswith("ال", before.start) and gap == " ":
            # «الحكومة الروسية» is one party, «دعت الحكومة الأمم المتحدة» are two
            return not phrase.named and hit.entry.alias.use == "adjective"
        if language == Language.AR and gap == " " and " ال" in folded[before.start : before.end]:
            # «وزير الدفاع الروسي» is one, «هدد وزير الدفاع كابل» are two
            return not phrase.named and hit.entry.alias.use == "adjective"
        joins = (
            _AGENT_NAME[language].fullmatch(gap)
            or _lives_at(phrase, gap, language)
            or (language == Language.RU and _is_seated(before, gap))
        )
        return not phrase.named and bool(joins)
    if language == Language.RU and before.entry.alias and before.entry.alias.use in {"place", "capital"}:
        return False  # «в Термезе узбекские военные», «в Казани Лавров»: where, then who
    return _takes_name(phrase, hit.entry.alias, gap)


def _lives_at(phrase: Phrase, gap: str, language: Language) -> bool:
    """Tell whether the people before a place's name are its own."""
    agent = phrase.hits[-1].entry.agent
    if language != Language.EN or agent is None or not _HOME.fullmatch(gap):
        return False
    return agent.role in {"JUD", "LEG", "OPP"} or _AT_HOME.fullmatch(agent.form) is not None


def _is_seated(head: Hit, gap: str) -> bool:
    """Tell whether a Russian head noun belongs to the place named after it: an organ in a capital, people from it."""
    agent = head.entry.agent
    if agent is None or agent.role == "REB":
        return False
    return bool(_RUSSIAN_ORIGIN.fullmatch(gap) or (_RUSSIAN_SEAT.fullmatch(gap) and _RUSSIAN_ORGAN.search(agent.form)))


_PERSIAN_ENVOYS = re.compile(r"سفیر|سفارت|کاردار|دیپلمات|کنسول|قونسل|شهروند|اتباع|تبعه|مهاجر|سرباز|وابسته نظامی")


def _is_ministry_then_envoy(before: Hit, hit: Hit) -> bool:
    """Tell «وزارت خارجه سفیر پاکستان را فراخواند», two parties, from «سخنگوی وزارت خارجه پاکستان», one."""
    if not (before.entry.agent and hit.entry.agent):
        return False
    return before.entry.agent.form.startswith("وزارت ") and bool(_PERSIAN_ENVOYS.match(hit.entry.agent.form))


def _takes_agent(phrase: Phrase, gap: str, language: Language) -> bool:
    before = phrase.hits[-1].entry
    if before.kind == "agent":
        party_first = phrase.hits[0].entry.alias is not None
        joins_on = not phrase.named or party_first or language in {Language.AR, Language.FA}
        return joins_on and bool(_AGENT_AGENT[language].fullmatch(gap))
    if before.alias and before.alias.use == "person":
        return False
    if language == Language.RU and before.alias and before.alias.use != "adjective" and gap != " ":
        return False  # «талибы задержали граждан»
    return language in _NAME_AGENT and bool(_NAME_AGENT[language].fullmatch(gap))


def _takes_person(phrase: Phrase, person: Alias, gap: str) -> bool:
    if any(alias.code != person.code for alias in phrase.named):
        return False
    if any(hit.entry.kind == "agent" for hit in phrase.hits):
        return bool(_APPOSITION.fullmatch(gap))
    return gap in {" ", " ال", "'s "}


def _takes_name(phrase: Phrase, alias: Alias, gap: str) -> bool:
    """Join a name to a name: Pakistan's Senate, Russia's Kabul (embassy), Afghan Taliban."""
    before = phrase.hits[-1].entry
    if before.alias is None:
        return False
    if before.kind == "actor" and alias.use in {"seat", "capital"}:
        return gap == "'s " or (gap == " " and alias.use == "seat" and alias.code == before.alias.code)
    return before.alias.code == alias.code and gap in {" ", " ال"} and "adjective" in {before.alias.use, alias.use}
