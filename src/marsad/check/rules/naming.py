# ruff: noqa: ARG001 - one signature for all rules; a docstring states the fault
"""One party, one name; one treaty, one name; no actor out of nowhere."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from marsad.check.context import Context
from marsad.check.finding import Level, Mark, rule
from marsad.check.lexicon import Hit, word_lists
from marsad.check.ordinals import words_of
from marsad.check.reading import Kind, Text
from marsad.check.slips import stem
from marsad.domain.words import Language
from marsad.language.script import fold
from marsad.vocab.actors.registry import load_registry


def _spoken(text: Text, key: str) -> list[Hit]:
    """Hits in the author's own words: not in sources, notes or the imprint."""
    return [hit for hit in text.hits(key) if text.sentence_at(hit.start)]


@rule("party-naming", Level.WARN)
def party_naming(text: Text, context: Context) -> Iterator[Mark]:
    """One party under several names; each name takes a side. Declare one, and keep others to quotations."""
    for party, names in word_lists(text.language)["party"].items():
        said = {name: _spoken(text, f"party.{party}.{name}") for name in names}
        said = {name: _outside_longer(hits, said, name) for name, hits in said.items()}
        said = {name: [hit for hit in hits if not _is_qualified(text, hit)] for name, hits in said.items()}
        used = {name: hits for name, hits in said.items() if hits}
        if len(used) < 2:
            continue
        usual = max(used, key=lambda name: len(used[name]))
        for name, hits in used.items():
            if name != usual:
                for hit in hits:
                    message = f"Elsewhere this party is «{text.slice(used[usual][0])}»: keep to the declared name."
                    yield Mark(hit.start, hit.end, message)


def _outside_longer(hits: list[Hit], said: dict[str, list[Hit]], name: str) -> list[Hit]:
    """Leave out a name that stands inside a longer one of the same party."""
    longer = [hit for other, others in said.items() if other != name for hit in others]
    return [hit for hit in hits if not any(o.start <= hit.start and hit.end <= o.end and o != hit for o in longer)]


def _is_qualified(text: Text, hit: Hit) -> bool:
    """Tell whether a name is another party's (the Pakistani Taliban), or a noun with its adjective."""
    after, before = text.raw[hit.end : hit.end + 20], text.raw[max(0, hit.start - 14) : hit.start]
    if re.match(r"\s+(?:ال)?(?:باكستان|پاکستان|Pakistan)", after) or re.search(
        r"(?:Pakistani?|пакистанск\w+|تحریک)\s$", before
    ):
        return True  # another movement of that name
    alone = fold(text.slice(hit)) in {fold("الحركة"), fold("الجماعة")}
    return alone and bool(re.match(r"\s+ال\w+(?:ي|ية)(?!\w)", after))


@rule("naming-policy", Level.WARN)
def naming_policy(text: Text, context: Context) -> Iterator[Mark]:
    """An actor under another name than the desk has declared for it."""
    if context.desk is None:
        return
    registry = load_registry()
    for code, names in sorted(context.desk.names.items()):
        declared = names.get(text.language)
        if not declared:
            continue
        policy = fold(declared)
        full = {
            alias.form
            for alias in registry.aliases(text.language)
            if alias.code == code and alias.use in {"name", "movement"}
        }
        others = sorted((form for form in full if len(form) > 4 and form not in policy and policy not in form), key=len)
        for form in others:
            pattern = re.compile(rf"(?<!\w)(?:ال|وال|بال|لل|و|ب|ل)?{re.escape(form)}(?!\w)")
            for sentence in text.analysis:
                folded = fold(text.slice(sentence))
                if pattern.search(folded) and policy not in folded:
                    yield Mark(sentence.start, sentence.end, f"The desk calls {code} «{declared}»: use that name.")
                    break


@rule("agreement-naming", Level.WARN)
def agreement_naming(text: Text, context: Context) -> Iterator[Mark]:
    """One instrument under three names or more: a reader asks whether they are the same, and what kind it is."""
    named: dict[str, list[tuple[int, int]]] = {}
    for hit in text.hits("instrument"):
        sentence = text.sentence_at(hit.start)
        block = next((b for b in text.of(Kind.HEADING, Kind.FRONT) if b.start <= hit.start < b.end), None)
        span = sentence or block
        if span is None or (block and block.kind is Kind.FRONT and text.front_matter):
            continue
        following = re.match(r"\s+([^\W\d_][\w-]*)(?:\s+([^\W\d_][\w-]*))?", text.raw[hit.end : span.end])
        if following is None:
            continue
        name = _instrument_name(text.slice(hit), following[1], following[2] or "", text.language)
        if name:
            end = hit.end + (following.end(2) if following[2] and "+" in name else following.end(1))
            named.setdefault(name.replace("+", " "), []).append((hit.start, end))
    if len(named) < 3:
        yield from _kinds_of_instrument(text)
        return
    usual = max(named, key=lambda name: len(named[name]))
    for name, places in named.items():
        if name != usual:
            message = f"One instrument, {len(named)} names («{usual}», «{name}» …): name it as its text does."
            yield Mark(*places[0], message)


def _kinds_of_instrument(text: Text) -> Iterator[Mark]:
    """Mark the first of each other noun where one thing is «the agreement», «the deal» and «the contract» in turn."""
    kinds: dict[str, list[Hit]] = {}
    for hit in _spoken(text, "instrument"):
        before = text.raw[max(0, hit.start - 6) : hit.start].lower()
        is_definite = {
            Language.AR: fold(text.slice(hit)).lstrip("وفبکل").startswith(("ال", "ل")) or "هذ" in before,
            Language.EN: bool(re.search(r"\b(?:the|this)\s$", before)),
        }.get(text.language, False)
        if is_definite:
            kinds.setdefault(" ".join(words_of(text.slice(hit))).rstrip("s")[-5:], []).append(hit)
    if len(kinds) < 3:
        return
    usual = max(kinds, key=lambda kind: len(kinds[kind]))
    for kind, hits in kinds.items():
        if kind != usual:
            names = ", ".join(f"«{text.slice(found[0])}»" for found in kinds.values())
            yield Mark(
                hits[0].start, hits[0].end, f"One instrument, several nouns ({names}): name it as its text does."
            )


def _instrument_name(noun: str, one: str, other: str, language: str) -> str:
    """A name of kind (security agreement, agreement on military cooperation), or "" if no kind is told."""
    kinds = {
        "ar": r"ال\w+ي(?:ة)?(?:-\w+)?$|التعاون$|الشراكة$|الدفاع$",
        "fa": r"امنیتی|نظامی|دفاعی|همکاری|سیاسی|اقتصادی|استراتژیک|راهبردی|فنی|تخنیکی",
        "ps": r"امنیتي|پوځي|دفاعي|همکارۍ|سیاسي|اقتصادي|ستراتیژیک|تخنیکي",
        "ru": r"о$|об$",
        "en": r"on$|for$",
    }
    if not re.match(kinds[language], one):
        return ""
    core = " ".join(words_of(noun)).removeprefix("و").removeprefix("ال")
    if language in {"ru", "en"} or one in {"التعاون", "الشراكة", "همکاری", "همکارۍ"}:
        return f"{core[:6]}+{fold(one)} {fold(other)}" if other else ""
    return f"{core[:6]} {fold(one)}"


@rule("scope-leap", Level.WARN)
def scope_leap(text: Text, context: Context) -> Iterator[Mark]:
    """A state that enters late, in passing («also»), after an analysis that never spoke of it."""
    if text.n_words < 500:
        return
    late = text.raw.find("\n", len(text.raw) // 3)
    first: dict[str, tuple[int, int, int]] = {}
    counts: Counter[str] = Counter()
    for code, start, end in _states(text):
        counts[code] += 1
        first.setdefault(code, (start, end, counts.total()))
    for code, (start, end, _) in first.items():
        sentence = text.sentence_at(start)
        if start < late or sentence is None or counts[code] > 3:
            continue
        near = [
            hit
            for hit in text.hits("also", sentence.start, sentence.end)
            if -30 < hit.start - end < 30 or -30 < hit.end - start < 30
        ]
        if near:
            begin, last = min(start, near[0].start), max(end, near[-1].end)
            yield Mark(begin, last, "This actor was not spoken of before: bring evidence, or leave it out.")


def _states(text: Text) -> Iterator[tuple[str, int, int]]:
    """Names of states in running text, with their codes, in order."""
    for match in re.compile(r"[^\W\d_]{3,}").finditer(text.raw):
        if match[0][0].islower():
            continue
        code = _state_forms(text.language).get(stem(fold(match[0]), text.language))
        if code and text.sentence_at(match.start()):
            yield code, match.start(), match.end()


@cache
def _state_forms(language: Language) -> dict[str, str]:
    """Folded one-word names of states, without particles, and their codes."""
    registry = load_registry()
    return {
        stem(alias.form, language): alias.code
        for alias in registry.aliases(language)
        if alias.use == "name" and registry.kind(alias.code) == "state" and alias.holds_on(None)
    }


@rule("abbreviation-undefined", Level.INFO)
def abbreviation_undefined(text: Text, context: Context) -> Iterator[Mark]:
    """An abbreviation in capitals never spelt out: the reader should not have to know it."""
    known = {
        "UN",
        "EU",
        "USA",
        "US",
        "UK",
        "NATO",
        "BBC",
        "CNN",
        "PDF",
        "AFP",
        "TASS",
        "DW",
        "RFE",
        "RL",
        "VOA",
        "USD",
        "GDP",
        "ISSN",
        "DOI",
        "ISBN",
        "AM",
        "PM",
        "США",
        "ООН",
        "ЕС",
        "НАТО",
        "СССР",
        "РФ",
        "МИД",
        "ТАСС",
        "РИА",
        "СМИ",
        "ВВП",
    }
    seen: set[str] = set()
    for sentence in text.analysis:
        for match in re.compile(r"(?<![\w./#-])(?:[A-Z]{2,6}|[А-Я]{2,6})(?![\w/-])").finditer(
            text.raw, sentence.start, sentence.end
        ):
            name = match[0]
            bracketed = re.search(rf"\({name}\)|{name}\s*\(", text.raw)
            roman = re.fullmatch(r"[IVXLCDM]+", name)
            if name not in known | seen and not bracketed and not roman and not text.slice(sentence).isupper():
                seen.add(name)
                yield Mark(match.start(), match.end(), "Spell it out at its first use.")
