"""One natural sentence for one act: who did what to whom, where, when, and who says so."""

from collections.abc import Mapping

from marsad.write.grammar.party import Party
from marsad.write.material import Row
from marsad.write.page import Sentence
from marsad.write.salience import Act, is_mutual
from marsad.write.writing import CITED_AT_MOST, Writing


def act_sentence(writing: Writing, act: Act) -> Sentence:
    """Return the sentence of an act with its evidence."""
    book, event = writing.book, act.event
    source, target = _ends(writing, event)
    coop, field, issues = book.topic(event["context"])
    where = {"place": book.place(event["place"]), "date": f" {writing.dates.write('on', event['event_date'])}"}
    clause = book.fill(
        _phrase(book.acts, event["event_type"], event["mode"]),
        source=source,
        target=target.as_object(),
        both=book.both(source, target),
        coop=coop,
        field=field,
        issues=issues,
        w="".join(where[part] for part in book.words["where"]["order"]),
    )
    cited = writing.material.best_reports(act.event_ids, book.language, CITED_AT_MOST)
    by = book.attribution(_speaking(writing, act, cited))
    return Sentence(book.fill(book.words["sentence"], clause=clause, by=by), act.event_ids, cited)


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


def _speaking(writing: Writing, act: Act, cited: tuple[str, ...]) -> list[str]:
    """Return the outlets, the cited ones first."""
    first = [writing.material.reports[key]["outlet"] for key in cited]
    return list(dict.fromkeys([*first, *writing.material.outlets(act.event_ids)]))
