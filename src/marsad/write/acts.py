"""One natural sentence for one act: who did what to whom, where, when, and who says so."""

from collections.abc import Mapping

from marsad.write.page import Sentence
from marsad.write.salience import Act
from marsad.write.writing import CITED_AT_MOST, Writing


def act_sentence(writing: Writing, act: Act) -> Sentence:
    """Return the sentence of an act with its evidence."""
    book, event = writing.book, act.event
    is_domestic = event["source"] == event["target"]
    source = book.party(event["source"], event["source_role"], is_domestic=is_domestic)
    target = book.party(event["target"], event["target_role"], is_domestic=is_domestic)
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


def _phrase(acts: Mapping[str, str], event_type: str, mode: str | None) -> str:
    return acts.get(f"{event_type}.{mode}") or acts[event_type]


def _speaking(writing: Writing, act: Act, cited: tuple[str, ...]) -> list[str]:
    """Return the outlets, the cited ones first."""
    first = [writing.material.reports[key]["outlet"] for key in cited]
    return list(dict.fromkeys([*first, *writing.material.outlets(act.event_ids)]))
