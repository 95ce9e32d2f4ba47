"""Find who is named in a text: one mention per party, with code and role; places and outlets are told apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from marsad.coding.actor_lexicon import Scan, scan
from marsad.coding.actor_phrases import Phrase, join
from marsad.coding.actor_places import says_where
from marsad.domain.words import Language
from marsad.language.script import word_end
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
