"""What Pashto says with small words: «نه» that is "from" and no "not", and threats told by a bare future."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from marsad.coding.tokens import Token
from marsad.coding.triggers import Trigger
from marsad.language.script import fold
from marsad.vocab.lexicon import Pattern, Slot, Word

Span = tuple[int, int]

# Behind «نه» these make a verb of it: "is not", "was not", "has not", "does not become".
_AUXILIARIES = frozenset(
    fold("دی ده دي و وو وه وې وي وای شي شو شوه شول شوې شوي کړ کړه کړل کړې کړي کړو کوي کوو لري لرو درلود مني").split()
)
_PERFECTIVE = re.compile(r"و(?!یل|ژل|تل|ړل|هل|یشت)\w{2,}(?:ل|ت|ړ|ه|د|ست)")  # «ووتل»; denied it would be «ونه وتل»
_CLOSES_WITH = frozenset({"سره", "څخه", "لاری", "خوا", "لوری", "امله", "مخی", "پلوه", "اړخه", "کبله", "نه", "ته", "کی"})
_AFTER_FROM = frozenset(fold("وروسته مخکې باندې بهر د تر").split())
_FROM_REACH = 6  # words between «له» and the «نه» that closes it


def denials(tokens: Sequence[Token], spans: Sequence[Span]) -> list[Span]:
    """Return the cues of negation without each «نه» that denies no verb.

    Such is «نه» behind «له», "from" («له نیجر نه ووتل»); «که نه», "otherwise"; «نه بلکې», which sets one thing against
    another; and that of an action's noun («د ویزو د نه ورکولو له امله»).
    """
    return [span for span in spans if span[0] != span[1] or not _denies_nothing(tokens, span[0])]


def _denies_nothing(tokens: Sequence[Token], at: int) -> bool:
    if tokens[at].text != "نه" or at == 0:
        return False
    before = tokens[at - 1].text
    behind = [token.text for token in tokens[at + 1 : at + 3]]
    if before == "که" or behind[:1] == ["بلکی"]:
        return True
    if before in {"د", "په"}:
        return any(text.endswith(("لو", "یدو")) for text in behind)
    if behind[:1] and behind[0] in _AFTER_FROM and not tokens[at].is_after_break and before not in {"او", "چی"}:
        return not tokens[at + 1].is_after_break  # «د سیلاب نه وروسته»
    return _is_from(tokens, at)


def _is_from(tokens: Sequence[Token], at: int) -> bool:
    """Tell that «نه» closes a «له» before it: no verb it could deny stands right behind."""
    for opening in range(at - 2, max(-1, at - 2 - _FROM_REACH), -1):
        if tokens[opening + 1].is_after_break or tokens[opening + 1].text in _CLOSES_WITH:
            return False
        if tokens[opening].text == "له":
            break
    else:
        return False
    if at + 1 == len(tokens):
        return True
    behind = tokens[at + 1]
    if behind.text in _AUXILIARIES:
        return False
    closes = at + 2 == len(tokens) or tokens[at + 2].is_after_break or tokens[at + 2].text in {"او", "چی", "خو"}
    is_present = closes and behind.text.endswith(("ی", "و", "م")) and not behind.is_after_break
    return behind.text.startswith("غواړ") or bool(_PERFECTIVE.fullmatch(behind.text)) or not is_present


_SAID = frozenset({"وویل", "ولیکل", "ولیکه", "ویلی"})
_ADDRESS = 3  # words between «ته» and the verb of saying
_RETALIATES = frozenset(
    fold("ځواب حساب بیه قیمت هدف هدفونه نښه ایرې خاورې دوزخ ماتې ورننوځي قبر وځپي وهو ووهو").split()
)
_THREAT = Pattern("THREATEN", "force", "verb", 0.8, (Slot((Word("وویل"),)),))


def told_threat(tokens: Sequence[Token], named: AbstractSet[int]) -> Trigger | None:
    """Return the word behind which a bare future threatens, or None: the verb of saying, or «که نه», "or else".

    «ټرمپ وویل چې که حماس ...، دوزخ به ...» says what follows upon an act; «کابل ته یې وویل چې ... به ...» tells a party
    what will befall it; an answer, a price or a reckoning to come is a threat to whomever. «... به لاسلیک کړي، ویاند
    وویل» only announces.

    Args:
        tokens: of the sentence.
        named: positions of the words that name a party.
    """
    texts = [token.text for token in tokens]
    for said, text in enumerate(texts):
        told = texts[said + 1 :]
        if "به" not in told:
            return None
        if text == "که" and told[0] == "نه":
            return Trigger(_THREAT, (said,))
        if text in _SAID and (_is_conditional(told) or _is_addressed(texts, said, named) or _RETALIATES & set(told)):
            return Trigger(_THREAT, (said,))
    return None


def _is_conditional(told: Sequence[str]) -> bool:
    return "که" in told and told.index("که") < told.index("به")


def _is_addressed(texts: Sequence[str], said: int, named: AbstractSet[int]) -> bool:
    before = range(max(0, said - _ADDRESS), said)
    return any(texts[at] == "ورته" or (texts[at] == "ته" and at - 1 in named) for at in before)


def conditions(tokens: Sequence[Token], spans: Sequence[Span]) -> list[Span]:
    """Return the cues of a condition without «که څه هم», "although"."""
    return [span for span in spans if [token.text for token in tokens[span[0] + 1 : span[0] + 3]] != ["څه", "هم"]]


_PAST = re.compile(r"(?:و|ور|را)?(?:کړ|کړه|کړل|شو|شوه|شول)|(?:و|ور|را|کې)\w{2,}(?:ل|له|وت|ست|ښت|وه|ند|ید|یده|یو|انه)")


def is_past(word: str) -> bool:
    """Tell a verb's form of the past, of which no wish, plan or future is said: «وکړ», «ونیول», not «وکړي»."""
    return _PAST.fullmatch(word) is not None
