# ruff: noqa: ARG001, E501 - one signature for all rules; a docstring states the fault; patterns stay unbroken
"""What the sources are and how the text uses them."""

import re
from collections.abc import Iterator

from marsad.check.context import Context
from marsad.check.finding import Level, Mark, rule
from marsad.check.outlets import find_outlets, outlets
from marsad.check.reading import WORD, Kind, Marker, Sentence, Text
from marsad.language.script import fold

_URL = re.compile(r"https?://|www\.|doi\.org|\b10\.\d{4,}/|\bISBN\b", re.IGNORECASE)
_NEAR = re.compile(
    r"المستقبل القريب|القريب العاجل|قريباً|near future|soon|shortly|آینده نزدیک|آیندهٔ نزدیک|به زودی|نږدې راتلونکي|ډېر ژر|ближайшем будущем|вскоре|скоро"
)
_LATER = re.compile(
    r"مستقبلاً|في المستقبل|in (?:the )?future|one day|eventually|در آینده|په راتلونکي کې|в будущем|когда-нибудь"
)
_ENDEAVOUR = re.compile(r"(?:تسعى|يسعى|تحاول|يحاول)|seeks?|aims?|tries|در تلاش|می‌کوشد|هڅه کوي|стремится|намерен")


@rule("source-incomplete", Level.ERROR)
def source_incomplete(text: Text, context: Context) -> Iterator[Mark]:
    """A source a reader could not find again: without a date, or with neither an address nor an identifier."""
    for entry in text.sources:
        words = text.slice(entry)
        missing = []
        if not _URL.search(words):
            missing.append("address")
        if not text.dates_in(entry) and not re.search(r"\d{4}", words):
            missing.append("date")
        if not _names_outlet(words):
            missing.append("outlet")
        if missing:
            yield Mark(entry.start, entry.end, f"Missing: {', '.join(missing)}. Give outlet, author, date, address.")


def _names_outlet(words: str) -> bool:
    """An outlet is known by name, or stands as a part of its own before the date or address."""
    if find_outlets(words):
        return True
    before = re.split(r"https?://|<|\[[^\]^]*\]\(", re.sub(r"^\s*\[\^[^\]]*\]:", "", words))[0]
    return len([part for part in re.split(r"[,،;؛:«»]", before) if part.strip()]) >= 2


@rule("duplicate-source", Level.WARN)
def duplicate_source(text: Text, context: Context) -> Iterator[Mark]:
    """One address under two notes: the sources look more than they are."""
    seen: set[str] = set()
    for entry in text.sources:
        for match in re.finditer(r"https?://[^\s<>)\]]+", text.slice(entry)):
            address = match[0].rstrip("/.,")
            if address in seen:
                start = entry.start + match.start()
                yield Mark(start, start + len(address), "This address stands in another note: refer to that note.")
            seen.add(address)


@rule("source-name-mismatch", Level.INFO)
def source_name_mismatch(text: Text, context: Context) -> Iterator[Mark]:
    """One outlet under two names: in full here, by initials or by its service there."""
    body = [
        (number, hit)
        for block in text.of(Kind.PROSE, Kind.ITEM)
        for number, hit in find_outlets(text.slice(block), block.start)
    ]
    notes = [(number, hit) for entry in text.sources for number, hit in find_outlets(text.slice(entry), entry.start)]
    for number, hit in body:
        listed = next((other for at, other in notes if at == number and fold(other.phrase) != fold(hit.phrase)), None)
        alike = any(at == number and fold(other.phrase) == fold(hit.phrase) for at, other in notes)
        if listed and not alike:
            message = f"The sources call it «{listed.phrase}» ({outlets()[number].names[0]}): name it alike, with its service."
            yield Mark(hit.start, hit.end, message)
            return


@rule("paraphrase-drift", Level.WARN)
def paraphrase_drift(text: Text, context: Context) -> Iterator[Mark]:
    """A sentence that tells what a source's title says, with another time or another strength.

    Compared where half of the title's words stand in the sentence: «in the near future» against «in future», a plain
    «will not» against «seeks». Quote the source, or follow it.
    """
    titled = [(entry, _stems(text, entry)) for entry in text.sources]
    for sentence in text.analysis:
        stems = _stems(text, sentence)
        for entry, title in titled:
            if len(title) < 5 or len(title & stems) < 0.45 * min(len(title), 12):
                continue
            one, other = text.slice(sentence), text.slice(entry)
            nearer = bool(_NEAR.search(other)) and not _NEAR.search(one)
            softer = bool(_ENDEAVOUR.search(one)) and not _ENDEAVOUR.search(other)
            later = bool(_LATER.search(one)) and not _LATER.search(other)
            if nearer or (softer and later):
                hits = [match.start() for match in _ENDEAVOUR.finditer(one)]
                start = sentence.start + (hits[0] if hits else 0)
                message = "The source's own title says it otherwise (time or strength): quote it or keep to it."
                yield Mark(start, sentence.end, message)
                break


_PREFIX = re.compile(r"^(?:وال|فال|بال|كال|لل|ال|و|ب|ل|ف)(?=\w{3})")
_SUFFIX = re.compile(r"(?:ها|هم|ات|ين|ون|ان|یه|ه|ی|ا|s|ed|ing|ами|ого|ов|ой|ая|ие|а|ы|и|у|е)$")


def _stems(text: Text, span: Sentence | Marker) -> set[str]:
    """Rough stems of the words of four letters and more: enough to see that two texts speak of the same."""
    words = (fold(word) for word in WORD.findall(text.slice(span)))
    cut = (_SUFFIX.sub("", _PREFIX.sub("", word)) for word in words)
    return {stem[:5] for stem in cut if len(stem) >= 3}


@rule("no-primary-source", Level.ERROR)
def no_primary_source(text: Text, context: Context) -> Iterator[Mark]:
    """Officials or documents are invoked without naming one, and no note leads to a primary source.

    A primary source is a text of those who acted: a ministry, a communiqué, the treaty, a register.
    """
    if any(text.hits("primary", entry.start, entry.end) for entry in text.sources):
        return
    for hit in text.hits("official_statements"):
        sentence = text.sentence_at(hit.start)
        if sentence and not text.has("office", sentence):
            message = "Officials or documents are invoked and none is named or cited: give one primary source."
            yield Mark(hit.start, hit.end, message)
            return


@rule("single-anonymous-source", Level.ERROR)
def single_anonymous_source(text: Text, context: Context) -> Iterator[Mark]:
    """A claim that rests on an unnamed source: say what the source could know, and that nobody else confirms it."""
    for hit in text.hits("anonymous"):
        sentence = text.sentence_at(hit.start)
        if sentence:
            said = text.hits("quoted_by", sentence.start, hit.start)
            start = said[-1].start if said else hit.start
            message = "Rests on one unnamed source: describe its access, and mark the claim as uncorroborated."
            yield Mark(start, hit.end, message)


@rule("attribution-without-citation", Level.WARN)
def attribution_without_citation(text: Text, context: Context) -> Iterator[Mark]:
    """What a government wants or fears, told as fact and without a note."""
    for sentence in text.analysis:
        if text.is_cited(sentence) or sentence.block.container == "draft":
            continue
        hits = text.hits("wish", sentence.start, sentence.end) or text.hits("mind_state", sentence.start, sentence.end)
        if hits:
            message = (
                "A government's wish or fear as plain fact: say who said so, with a note, or mark it as judgement."
            )
            yield Mark(hits[0].start, min(sentence.end, hits[0].end + 40), message)


@rule("quote-without-note", Level.WARN)
def quote_without_note(text: Text, context: Context) -> Iterator[Mark]:
    """Six words or more in quotation marks and no note in the paragraph: a quotation must be checkable."""
    quoted = re.compile(r"«([^«»\n]{10,})»|“([^“”\n]{10,})”|\"([^\"\n]{10,})\"")
    for block in text.of(Kind.PROSE, Kind.ITEM):
        if text.is_cited(block):
            continue
        for match in quoted.finditer(text.raw, block.start, block.end):
            if len(match[0].split()) >= 6:
                yield Mark(match.start(), match.end(), "A quotation without a note: say where it stands.")
