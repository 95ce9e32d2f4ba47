"""Acts as a language model reads them: off unless a user runs one, and nothing of it is taken on trust.

The model is asked for a list of acts in a fixed shape. What it says counts only where the text bears it out: the quote
must stand in the text letter by letter, both parties must be named inside it and be known to our own registry, type and
mode must be the codebook's. So a model can find an act that the lexicons miss; it cannot invent a sentence or an actor.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from marsad.coding.sentence import Mention
from marsad.domain.words import Context, EventType, Language, Status
from marsad.errors import ModelUnreadable
from marsad.vocab.codebook import MODES, definition

Ask = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Posts a request to an OpenAI-compatible ``/chat/completions`` and returns its answer."""

TRUST = 0.6
"""Confidence of an act that only the model tells; a desk with a measured figure for its model declares that instead."""

_AGREED = 0.95  # at most, when coder and model tell the same act, unless the coder alone is surer


@dataclass(frozen=True)
class ReadAct:
    """One act a model read, as far as the text bears it out; offsets into the text."""

    source: Mention
    target: Mention | None
    event_type: EventType
    mode: str | None
    context: str | None
    quote: tuple[int, int]


@dataclass(frozen=True)
class LanguageModel:
    """A model that reads acts.

    Args:
        name: the model's name at its server.
        ask: the edge to it.
        trust: 0..1, see ``TRUST``.
    """

    name: str
    ask: Ask
    trust: float = TRUST

    def read(self, text: str, language: Language, day: date | None, mentions: Sequence[Mention]) -> list[ReadAct]:
        """Return the reported acts of a text that stand up to the text, in order.

        Args:
            text: of one report.
            language: of the text.
            day: of the report.
            mentions: the actors our own finder knows in it.

        Raises:
            ModelUnreadable: the server's answer is not in the shape asked for.
        """
        answer = self.ask(request(self.name, text, language, day))
        acts = [act for told in _acts_told(answer, self.name) if (act := _borne_out(told, text, mentions)) is not None]
        return sorted(acts, key=lambda act: act.quote)

    def confidence(self, of_coder: float | None) -> float:
        """Return the confidence of an act the model tells, given the coder's own if that tells it too.

        >>> model = LanguageModel("any", dict, trust=0.6)
        >>> model.confidence(None), model.confidence(0.5)
        (0.6, 0.8)
        """
        if of_coder is None:
            return self.trust
        return min(max(_AGREED, of_coder), round(1 - (1 - of_coder) * (1 - self.trust), 3))


def request(model: str, text: str, language: Language, day: date | None) -> dict[str, Any]:
    """Return the body of the request: the codebook, the text, the shape of the answer; the same for the same text."""
    types = "\n".join(
        f"- {kind.value}: {definition(kind.value)} Modes: {', '.join(MODES[kind.value]) or 'none'}."
        for kind in EventType
    )
    rules = (
        "You code political events. List each act that the text reports as done: who did what to whom.\n"
        "Leave out what is planned, possible, denied, asked, recommended, or old background.\n"
        "quote: the shortest stretch of the text that tells the act, copied letter by letter. source and target: the "
        "parties as they are named inside the quote, copied letter by letter; target may be null.\n"
        f"Types:\n{types}\nContexts: {', '.join(context.value for context in Context)}."
    )
    said = f"Language: {language.value}. Day of the report: {day or 'unknown'}.\n\n{text}"
    return {
        "model": model,
        "temperature": 0,
        "seed": 0,
        "messages": [{"role": "system", "content": rules}, {"role": "user", "content": said}],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "acts", "strict": True, "schema": _schema()},
        },
    }


def _schema() -> dict[str, Any]:
    modes = sorted({mode for modes in MODES.values() for mode in modes})
    act = {
        "quote": {"type": "string"},
        "source": {"type": "string"},
        "target": {"type": ["string", "null"]},
        "event_type": {"enum": [kind.value for kind in EventType]},
        "mode": {"enum": [*modes, None]},
        "context": {"enum": [*(context.value for context in Context), None]},
        "status": {"enum": [status.value for status in Status]},
    }
    item = {"type": "object", "properties": act, "required": list(act), "additionalProperties": False}
    return {
        "type": "object",
        "properties": {"acts": {"type": "array", "items": item}},
        "required": ["acts"],
        "additionalProperties": False,
    }


def _acts_told(answer: Mapping[str, Any], model: str) -> list[Mapping[str, Any]]:
    try:
        acts = json.loads(answer["choices"][0]["message"]["content"])["acts"]
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise ModelUnreadable(model, f"{type(error).__name__}: {error}") from error
    if not isinstance(acts, list):
        raise ModelUnreadable(model, f"acts is a {type(acts).__name__}, not a list")
    return [act for act in acts if isinstance(act, dict)]


def _borne_out(told: Mapping[str, Any], text: str, mentions: Sequence[Mention]) -> ReadAct | None:
    """Return the act if the text bears it out, else None."""
    quote = told.get("quote")
    kind, mode, context = str(told.get("event_type")), told.get("mode"), told.get("context")
    if not isinstance(quote, str) or not quote.strip() or told.get("status") != Status.REPORTED.value:
        return None
    start = text.find(quote)
    if start < 0 or kind not in EventType.__members__:
        return None
    end = start + len(quote)
    source = _named(told.get("source"), text, start, end, mentions)
    target = _named(told.get("target"), text, start, end, mentions)
    if source is None or (told.get("target") and target is None):
        return None
    return ReadAct(
        source,
        target,
        EventType(kind),
        mode if mode in MODES[kind] else None,
        context if context in {each.value for each in Context} else None,
        (start, end),
    )


def _named(name: object, text: str, start: int, end: int, mentions: Sequence[Mention]) -> Mention | None:
    """Return the known actor that a name inside the quote means; outlets act for nobody."""
    if not isinstance(name, str) or not name.strip():
        return None
    at = text.find(name, start, end)
    if at < 0:
        return None
    inside = [each for each in mentions if each.start < at + len(name) and each.end > at and each.kind != "outlet"]
    return max(inside, key=lambda each: (each.end - each.start, -each.start), default=None)
