"""The field an act lies in: diplomatic, economic, security ... from the words round it."""

from marsad.coding.sentence import Sentence
from marsad.coding.triggers import Trigger, context_matcher

# What the kind of act itself says of its field, by mode or type; words of the sentence may outweigh it.
_OF_MODE = {
    "recognise": ("diplomatic", 3),
    "accredit": ("diplomatic", 3),
    "receive_envoy": ("diplomatic", 3),
    "invite": ("diplomatic", 2),
    "open_mission": ("diplomatic", 2),
    "close_mission": ("diplomatic", 2),
    "expel": ("diplomatic", 2),
    "downgrade": ("diplomatic", 2),
    "delist": ("legal", 3),
    "designate": ("legal", 2),
    "convict": ("legal", 2),
    "deport": ("migration", 3),
    "trade": ("economic", 2),
    "freeze": ("economic", 2),
    "close_border": ("economic", 1),
    "reopen_border": ("economic", 1),
    "humanitarian": ("humanitarian", 2),
    "air_strike": ("military", 3),
    "drone": ("military", 3),
    "artillery": ("military", 3),
    "clash": ("military", 2),
    "offensive": ("military", 1),
    "suicide_bombing": ("security", 3),
    "bombing": ("security", 2),
    "abduct": ("security", 2),
    "shooting": ("security", 1),
    "supply_arms": ("military", 3),
    "joint_exercise": ("military", 3),
    "exercise": ("military", 3),
    "deploy": ("military", 2),
    "share_intelligence": ("intelligence", 2),
    "guard": ("security", 2),
    "arrest": ("security", 1),
}
_OF_TYPE = {"ASSAULT": ("military", 1), "CONSULT": ("diplomatic", 1), "SUPPORT": ("diplomatic", 1)}
_RANK = (
    "military terrorism narcotics migration water energy transport humanitarian health economic legal rights territory "
    "culture intelligence security political diplomatic"
)
_ORDER = {name: place for place, name in enumerate(_RANK.split())}


def context_of(sentence: Sentence, event_type: str, mode: str | None) -> str | None:
    """Return the field of an act, or None if nothing tells it.

    Each different word of a field counts once; the act's own field counts as many words as it is typical. At a tie the
    narrower field wins.
    """
    votes: dict[str, float] = {}
    for word in {(t.pattern.event_type, t.pattern.slots[0].words[0].text) for t in _words(sentence)}:
        votes[word[0]] = votes.get(word[0], 0.0) + (0.6 if word[0] == "diplomatic" else 1.0)
    for field, weight in (_OF_MODE.get(mode or "", ("", 0)), _OF_TYPE.get(event_type, ("", 0))):
        if field:
            votes[field] = votes.get(field, 0.0) + weight
    return min(votes, key=lambda name: (-votes[name], _ORDER[name])) if votes else None


def _words(sentence: Sentence) -> list[Trigger]:
    return context_matcher(sentence.language).find(sentence.tokens)
