"""What went along with the change: drivers, what each side gained, third parties."""

from collections.abc import Sequence
from typing import Any

from marsad.vocab.actors import load_registry
from marsad.write.material import Row
from marsad.write.page import Sentence
from marsad.write.writing import Writing, week_of

CLEAR = 0.1  # p-value up to which a difference is told at all
_FEWEST = 2  # events behind such a sentence: one alone is an event, not a rate
_TOLD = 4
_MAP_WEEKS = 13
_FRESH_WEEKS = 52  # a break older than this is no news, whatever is measured around it
_DIMENSIONS = ("military", "security", "political", "geopolitical", "economic", "humanitarian")


def drivers(writing: Writing) -> None:
    """Add each behaviour's rates before and after the break; association, and said to be no more."""
    page, book = writing.page, writing.book
    page.heading("drivers", book.words["headings"]["drivers"])
    rows = _at_latest_break(writing.material.of_pair("drivers", writing.subject))
    clear = clear_drivers(writing)
    if not clear:
        page.draft([_nothing(writing, "drivers", rows)])
        return
    sentences = [driver_sentence(writing, row) for row in clear[:_TOLD]]
    page.draft([*sentences, writing.sentence("drivers_caution", basis="structure")])
    if len(clear) > 1:
        page.directive("drivers", " ".join(writing.subject))


def drivers_table(writing: Writing) -> None:
    """Add the rates of the behaviours that changed clearly, or say that none did."""
    book = writing.book
    clear = clear_drivers(writing)
    if not clear:
        rows = _at_latest_break(writing.material.of_pair("drivers", writing.subject))
        writing.page.draft([_nothing(writing, "drivers", rows)])
        return
    lines = [[book.cell(_driver_name(writing, row)), *_rates(writing, row)] for row in clear]
    writing.page.table(book.words["tables"]["drivers"], lines)


def clear_drivers(writing: Writing) -> list[Row]:
    """Return the behaviours that changed clearly around a break of the past year, the clearest first."""
    rows = _at_latest_break(writing.material.of_pair("drivers", writing.subject))
    return [] if _is_stale(writing, rows) else sorted((row for row in rows if _is_clear(row)), key=_by_p)


def driver_finding(writing: Writing) -> list[Sentence]:
    """Return the clearest change of behaviour without its numbers, if there is one."""
    return [
        writing.sentence(
            f"finding_{_turn(row)}", row["events"] or (), what=_driver_name(writing, row), week=_week(writing, row)
        )
        for row in clear_drivers(writing)[:1]
    ]


def driver_sentence(writing: Writing, row: Row) -> Sentence:
    """Return one behaviour's change of rate."""
    before, after, p = _rates(writing, row)
    return writing.sentence(
        f"driver_{_turn(row)}",
        row["events"] or (),
        week=_week(writing, row),
        driver=_driver_name(writing, row),
        before=before,
        after=after,
        p=p,
    )


def gains(writing: Writing) -> None:
    """Add what each side had from the other by dimension, in a sentence a side, and the matrix with first days."""
    page, book = writing.page, writing.book
    page.heading("gains", book.words["headings"]["gains"])
    rows = _gains(writing)
    if not rows:
        page.draft([writing.sentence("gains_none")])
        return
    shared = [row for row in rows if _is_shared(row, rows) and row["party"] == writing.subject[0]]
    sentences = [_gains_of(writing, "gain_shared", shared)] if shared else []
    is_told = False
    for party in reversed(writing.subject):
        own = [row for row in rows if row["party"] == party and not _is_shared(row, rows)]
        if own:
            sentences.append(_gains_of(writing, "gain_back" if is_told else "gain", own))
            is_told = True
    page.draft([*sentences, writing.sentence("gains_note", basis="structure")])
    page.directive("gains", " ".join(writing.subject))


def gains_table(writing: Writing) -> None:
    """Add the matrix of gains, or say that there is none."""
    book = writing.book
    rows = _gains(writing)
    if not rows:
        writing.page.draft([writing.sentence("gains_none")])
        return
    known = {(row["party"], row["dimension"]): row for row in rows}
    others = sorted({row["dimension"] for row in rows} - set(_DIMENSIONS))
    lines = [
        [
            book.cell(book.word("dimensions", dimension)),
            *(_gain_cell(writing, known.get((party, dimension))) for party in writing.subject),
        ]
        for dimension in (*_DIMENSIONS, *others)
        if any((party, dimension) in known for party in writing.subject)
    ]
    head = [*book.words["tables"]["gains"], book.cell(str(writing.a)), book.cell(str(writing.b))]
    writing.page.table(head, lines)


def _gains(writing: Writing) -> list[Row]:
    """Return what either side had from the other, most acts first."""
    pair = set(writing.subject)
    rows = [row for row in writing.material.tables.get("gains", []) if {row["party"], row["giver"]} == pair]
    return sorted((row for row in rows if row["n_events"]), key=lambda row: (-row["n_events"], row["dimension"]))


def third_parties(writing: Writing) -> None:
    """Add what third parties changed after the break, held against comparison dates."""
    page, book = writing.page, writing.book
    page.heading("third-parties", book.words["headings"]["third-parties"])
    clear = _clear_third_parties(writing)
    if clear:
        page.draft([_spill_sentence(writing, row) for row in clear[:_TOLD]])
    else:
        page.draft([_nothing(writing, "spill", _spillover(writing))])
    if len(clear) > 1:
        page.table(book.words["tables"]["spillover"], [_spill_cells(writing, row) for row in clear])
    if len(_pairs_of_states(writing)) > 1:
        page.figure("map", {"weeks": str(_MAP_WEEKS)})


def _pairs_of_states(writing: Writing) -> set[frozenset[str]]:
    """Return the pairs of states that dealt with each other in the weeks the map shows."""
    kinds, week = load_registry().kinds, writing.material.week
    shown = {str(week.shift(-back)) for back in range(_MAP_WEEKS)}
    return {
        frozenset((row["source"], row["target"]))
        for row in writing.material.tables.get("dyad_weeks", [])
        if row["week"] in shown
        and row["source"] != row["target"]
        and kinds.get(row["source"]) == kinds.get(row["target"]) == "state"
    }


def third_party_finding(writing: Writing) -> list[Sentence]:
    """Return the clearest change of a third party's conduct without its numbers, if there is one."""
    return [
        writing.sentence(
            f"finding_third_{_turn(row)}",
            row["events"] or (),
            **_spill_parties(writing, row),
            week=_week(writing, row),
        )
        for row in _clear_third_parties(writing)[:1]
    ]


def _spillover(writing: Writing) -> list[Row]:
    rows = [row for row in writing.material.tables.get("spillover", []) if row["side"] in writing.subject]
    rows = [row for row in rows if row["third"] not in writing.subject and row["p_value"] is not None]
    return _at_latest_break(rows)


def _clear_third_parties(writing: Writing) -> list[Row]:
    rows = _spillover(writing)
    return [] if _is_stale(writing, rows) else sorted((row for row in rows if _is_clear(row)), key=_by_p)


def _nothing(writing: Writing, section: str, rows: Sequence[Row]) -> Sentence:
    """Say in one sentence why a section has no finding: no break, one too recent or too far back, no difference."""
    measured = rows[0]["week"] if rows else ""
    if any(row["week"] > measured for row in writing.breaks()):
        return writing.sentence(f"{section}_early", basis="structure")
    if not rows:
        return writing.sentence(f"{section}_missing", basis="structure")
    key = "stale" if _is_stale(writing, rows) else "none"
    return writing.sentence(f"{section}_{key}", week=_week(writing, rows[0]))


def _is_stale(writing: Writing, rows: Sequence[Row]) -> bool:
    """Tell whether the break the rates were compared around lies more than a year back."""
    return bool(rows) and writing.material.week.index - week_of(rows[0]).index > _FRESH_WEEKS


def _turn(row: Row) -> str:
    return "up" if row["after"] > row["before"] else "down"


def _driver_name(writing: Writing, row: Row) -> str:
    names = writing.book.words["drivers"]
    a, b = writing.book.party(row["source"]).as_object(), writing.book.party(row["target"]).as_object()
    if row["driver"].startswith("theme_"):
        _, _, issues = writing.book.topic(row["driver"].removeprefix("theme_"))
        return str(names["theme"]).format(a=a, b=b, issues=issues)
    return str(names.get(row["driver"], row["driver"])).format(a=a, b=b)


def _week(writing: Writing, row: Row) -> str:
    """Name the week of the break that rates were compared around: it need not be the latest one."""
    form = "on" if writing.book.language == "ps" else "name"
    return writing.dates.write(form, week_of(row).start)


def _rates(writing: Writing, row: Row) -> list[str]:
    number, none = writing.book.number, writing.book.words["tables"]["none"]
    p = none if row["p_value"] is None else number(row["p_value"], 2)
    return [number(row["before"], 2), number(row["after"], 2), p]


def _is_shared(row: Row, rows: Sequence[Row]) -> bool:
    """Tell whether the other side gained from just the same acts: it is then said once, of both."""
    mirror = (row["giver"], row["dimension"], row["events"])
    return any((other["party"], other["dimension"], other["events"]) == mirror for other in rows)


def _gains_of(writing: Writing, key: str, rows: Sequence[Row]) -> Sentence:
    """Say what one side, or both alike, gained in every dimension."""
    book = writing.book
    items = [
        str(book.words["tables"]["gain_item"]).format(
            dimension=book.word("dimensions", row["dimension"]), events=book.count(row["n_events"], "act")
        )
        for row in rows
    ]
    ids = [event for row in rows for event in row["events"] or ()]
    ends = {end: book.party(rows[0][end]) for end in ("party", "giver")}
    return writing.sentence(key, ids, party=ends["party"], giver=ends["giver"].as_object(), gains=book.listing(items))


def _gain_cell(writing: Writing, row: Row | None) -> str:
    tables = writing.book.words["tables"]
    if row is None:
        return str(tables["none"])
    cited = writing.material.best_reports(row["events"] or (), writing.book.language, 2)
    text = str(tables["gain"]).format(n=writing.book.number(row["n_events"]), date=writing.dates.plain(row["first"]))
    return text + writing.page.cite(cited)


def _spill_sentence(writing: Writing, row: Row) -> Sentence:
    before, after, p = _rates(writing, row)
    return writing.sentence(
        f"spill_{_turn(row)}",
        row["events"] or (),
        **_spill_parties(writing, row),
        week=_week(writing, row),
        before=before,
        after=after,
        p=p,
    )


def _spill_parties(writing: Writing, row: Row) -> dict[str, Any]:
    book = writing.book
    ends = {end: book.party(row[end]).as_object() for end in ("third", "side")}
    return {"acts": book.word("quads", row["quad_class"]), **ends}


def _spill_cells(writing: Writing, row: Row) -> list[str]:
    book = writing.book
    names = [book.cell(str(book.party(row[end]))) for end in ("third", "side")]
    return [*names, book.cell(book.word("quads", row["quad_class"])), *_rates(writing, row)]


def _at_latest_break(rows: Sequence[Row]) -> list[Row]:
    latest = max((row["week"] for row in rows), default="")
    return [row for row in rows if row["week"] == latest]


def _is_clear(row: Row) -> bool:
    has_events = len(row["events"] or ()) >= _FEWEST
    return has_events and row["p_value"] is not None and row["p_value"] <= CLEAR and row["before"] != row["after"]


def _by_p(row: Row) -> tuple[float, str, str]:
    p = 1.0 if row["p_value"] is None else row["p_value"]
    return p, str(row.get("driver") or row.get("third")), str(row.get("quad_class"))
