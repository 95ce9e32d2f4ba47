"""The mode of an act where its words alone do not settle it."""

from marsad.coding.sentence import Party, Sentence
from marsad.coding.triggers import Trigger

_GOVERNING = frozenset({None, "GOV", "MIL", "LEG"})  # roles that may stand for the state itself
_BETWEEN = 3  # words that may stand between "recognised" and the state: "officially", "the", "Islamic"
_BEHIND = ("and", "oblique", "locative", "boundary", "after", "skip")


def mode_of(sentence: Sentence, trigger: Trigger, target: Party | None) -> str | None:
    """Return the mode of an act; None where the pattern's own would claim too much.

    A verb that tells "recognise" and no more (``recognise``, «اعترف», «признал») is a recognition only of the state it
    names as its object: "recognised Russia" is one, "recognised Russian diplomas", "recognised that Russia" are none.
    """
    mode = trigger.pattern.mode
    if mode != "recognise" or len(trigger.words) > 1 or not trigger.is_verb:
        return mode
    return mode if target is not None and _is_object(sentence, trigger, target) else None


def _is_object(sentence: Sentence, trigger: Trigger, target: Party) -> bool:
    if target.role not in _GOVERNING or target.start <= trigger.end:
        return False
    of_others = {at for party in sentence.parties if party != target for at in range(party.start, party.end + 1)}
    between = [at for at in range(trigger.end + 1, target.start) if at not in of_others]
    if len(between) > _BETWEEN or any(sentence.tokens[at].is_after_break for at in between):
        return False
    behind = target.end + 1
    if behind == len(sentence.tokens) or sentence.tokens[behind].is_after_break:
        return True
    return sentence.tokens[behind].text.isdigit() or any(
        start == behind for name in _BEHIND for start, _ in sentence.cues.get(name, ())
    )
