"""Acts in words: one natural sentence for what two parties did on a day, or a noun phrase that names an act."""

import re
from collections.abc import Iterable, Mapping, Sequence

from marsad.domain.ladder import rung
from marsad.write.grammar.party import Party
from marsad.write.material import Row
from marsad.write.page import Sentence
from marsad.write.salience import Act, is_mutual
from marsad.write.writing import CITED_AT_MOST, Writing

_PACTS = {2: "economic_pact", 4: "security_pact", 5: "military_pact"}
# What a feed adds to an outlet's name: "(repost)", "via another agency". The note keeps it.
_ASIDE = re.compile(r"\s*[(（][^)）]*[)）]|\s+via\s.*$")


def act_sentence(writing: Writing, acts: Sequence[Act]) -> Sentence:
    """Return the sentence of acts told together with its evidence: the first in full, the others of the same day."""
    book = writing.book
    first, *others = acts
    clauses = [_clause(writing, first.event, _where(writing, first.event))]
    clauses.extend(_clause(writing, act.event, _elsewhere(writing, act, first)) for act in others)
    ids = tuple(dict.fromkeys(key for act in acts for key in act.event_ids))
    cited = _cited(writing, acts)
    text = book.fill(
        book.words["sentence"],
        clause=str(book.words["same_day"]).join(clauses),
        by=book.attribution(_speaking(writing, ids, cited)),
    )
    return Sentence(text, ids, cited)


def naming_sentence(writing: Writing, key: str, act: Act) -> Sentence:
    """Return a sentence of the phrasebook that names an act, with its day, place and outlets."""
    book = writing.book
    cited = _cited(writing, [act])
    text = book.say(
        key,
        act=act_name(writing, act.event),
        when=_where(writing, act.event).strip(),
        by=book.attribution(_speaking(writing, act.event_ids, cited)),
    )
    return Sentence(text, act.event_ids, cited)


def act_name(writing: Writing, event: Row) -> str:
    """Name an act as a heading does: "air strikes by Pakistan on Afghanistan"."""
    source, target = _ends(writing, event)
    _, height = rung(event["event_type"], event["mode"], event["context"])
    pact = writing.book.commitment(_PACTS.get(height, "political_pact"))
    phrase = _phrase(writing.book.words["nominal"], event["event_type"], event["mode"])
    return phrase.format(source=source.as_object(), target=target.as_object(), pact=pact)


def _clause(writing: Writing, event: Row, where: str) -> str:
    book = writing.book
    source, target = _ends(writing, event)
    coop, field, issues = book.topic(event["context"])
    return _phrase(book.acts, event["event_type"], event["mode"]).format(
        source=source,
        target=target.as_object(),
        both=book.both(source, target),
        coop=coop,
        field=field,
        issues=issues,
        w=where,
    )


def _where(writing: Writing, event: Row) -> str:
    """Return " in Moscow on 27 May", in the language's order."""
    book = writing.book
    where = {"place": book.place(event["place"]), "date": f" {writing.dates.write('on', event['event_date'])}"}
    return "".join(where[part] for part in book.words["where"]["order"])


def _elsewhere(writing: Writing, act: Act, first: Act) -> str:
    """Return the place of an act told after another, if it is not the same; the day is."""
    here, there = (writing.book.place(one.event["place"]) for one in (act, first))
    return here if here != there else ""


def _ends(writing: Writing, event: Row) -> tuple[Party, Party]:
    """Return doer and receiver; of an act done together the issue's own first party comes first."""
    is_domestic = event["source"] == event["target"]
    ends = [(event[end], event[f"{end}_role"]) for end in ("source", "target")]
    if is_mutual(event) and (event["target"], event["source"]) == writing.subject:
        ends.reverse()
    source, target = (writing.book.party(code, role, is_domestic=is_domestic) for code, role in ends)
    return source, target


def _phrase(acts: Mapping[str, str], event_type: str, mode: str | None) -> str:
    return acts.get(f"{event_type}.{mode}") or acts[event_type]


def _cited(writing: Writing, acts: Sequence[Act]) -> tuple[str, ...]:
    """Return the reports cited: of acts told together two of each, one for each address."""
    limit = CITED_AT_MOST if len(acts) == 1 else CITED_AT_MOST - 1
    found = [key for act in acts for key in writing.material.best_reports(act.event_ids, writing.book.language, limit)]
    if len({writing.book.place(act.event["place"]) for act in acts}) > 1:
        return tuple(dict.fromkeys(found))  # each place is in its own report
    by_address = {writing.material.reports[key]["url"] or key: key for key in reversed(found)}
    return tuple(key for key in dict.fromkeys(found) if key in by_address.values())


def _speaking(writing: Writing, event_ids: Iterable[str], cited: Iterable[str]) -> list[str]:
    """Return the outlets by their plain names, the cited ones first."""
    first = [writing.material.reports[key]["outlet"] for key in cited]
    names = [*first, *writing.material.outlets(event_ids)]
    return list(dict.fromkeys(_ASIDE.sub("", name).strip() or name for name in names))
