"""What went along with the change: drivers, what each side gained, third parties."""

from collections.abc import Sequence

from marsad.domain.week import Week
from marsad.write.material import Row
from marsad.write.page import Sentence
from marsad.write.writing import Writing

CLEAR = 0.1  # p-value below which a difference is put into a sentence; all are in the tables
_FEWEST = 2  # events behind such a sentence: one alone is an event, not a rate
_TOLD = 4
_DIMENSIONS = ("military", "security", "political", "geopolitical", "economic", "humanitarian")


def drivers(writing: Writing) -> None:
    """Add each behaviour's rates before and after the break; association, and said to be no more."""
    page, book = writing.page, writing.book
    page.heading("drivers", book.words["headings"]["drivers"])
    rows = _at_latest_break(writing.material.of_pair("drivers", writing.subject))
    if not rows:
        page.draft([writing.sentence("drivers_missing", basis="structure")])
        return
    clear = [driver_sentence(writing, row) for row in clear_drivers(writing)[:_TOLD]]
    page.draft(
        [
            *(clear or [writing.sentence("drivers_none", week=_week(writing, rows[0]))]),
            writing.sentence("drivers_caution", basis="structure"),
        ]
    )
    page.table(
        book.words["tables"]["drivers"],
        [[book.cell(_driver_name(writing, row)), *_rates(writing, row)] for row in sorted(rows, key=_by_p)],
    )


def clear_drivers(writing: Writing) -> list[Row]:
    """Return the behaviours that changed clearly, the clearest first."""
    rows = _at_latest_break(writing.material.of_pair("drivers", writing.subject))
    return sorted((row for row in rows if _is_clear(row)), key=_by_p)


def driver_sentence(writing: Writing, row: Row) -> Sentence:
    """Return one behaviour's change of rate."""
    key = "driver_up" if row["after"] > row["before"] else "driver_down"
    before, after, p = _rates(writing, row)
    return writing.sentence(
        key,
        row["events"] or (),
        week=_week(writing, row),
        driver=_driver_name(writing, row),
        before=before,
        after=after,
        p=p,
    )


def gains(writing: Writing) -> None:
    """Add the matrix of parties and dimensions, and its fullest cells in words."""
    page, book = writing.page, writing.book
    page.heading("gains", book.words["headings"]["gains"])
    pair = set(writing.subject)
    rows = [row for row in writing.material.tables.get("gains", []) if {row["party"], row["giver"]} == pair]
    rows = [row for row in rows if row["n_events"]]
    if not rows:
        page.draft([writing.sentence("gains_none")])
        return
    told = sorted(rows, key=lambda row: (-row["n_events"], row["dimension"], row["party"]))
    told = [row for row in told if not (_is_shared(row, rows) and row["party"] == writing.subject[1])]
    page.draft([_gain_sentence(writing, row, is_shared=_is_shared(row, rows)) for row in told[:_TOLD]])
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
    page.table([*book.words["tables"]["gains"], str(writing.a), str(writing.b)], lines)


def third_parties(writing: Writing) -> None:
    """Add what third parties changed after the break, held against comparison dates."""
    page, book = writing.page, writing.book
    page.heading("third-parties", book.words["headings"]["third-parties"])
    rows = [row for row in writing.material.tables.get("spillover", []) if row["side"] in writing.subject]
    rows = [row for row in _at_latest_break(rows) if row["third"] not in writing.subject and row["p_value"] is not None]
    if not rows:
        page.draft([writing.sentence("spill_missing", basis="structure")])
        return
    rows.sort(key=_by_p)
    clear = [_spill_sentence(writing, row) for row in rows if _is_clear(row)][:_TOLD]
    page.draft(clear or [writing.sentence("spill_none", week=_week(writing, rows[0]))])
    page.table(book.words["tables"]["spillover"], [_spill_cells(writing, row) for row in rows[: 2 * _TOLD]])


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
    return writing.dates.write(form, Week.parse(row["week"]).start)


def _rates(writing: Writing, row: Row) -> list[str]:
    number, none = writing.book.number, writing.book.words["tables"]["none"]
    p = none if row["p_value"] is None else number(row["p_value"], 2)
    return [number(row["before"], 2), number(row["after"], 2), p]


def _is_shared(row: Row, rows: Sequence[Row]) -> bool:
    """Tell whether the other side gained from just the same acts: it is then said once, of both."""
    mirror = (row["giver"], row["dimension"], row["events"])
    return any((other["party"], other["dimension"], other["events"]) == mirror for other in rows)


def _gain_sentence(writing: Writing, row: Row, *, is_shared: bool) -> Sentence:
    """Say one cell of the matrix."""
    book = writing.book
    return writing.sentence(
        "gain_both" if is_shared else "gain_one" if row["n_events"] == 1 else "gain_many",
        row["events"] or (),
        party=book.party(row["party"]).as_object(),
        giver=book.party(row["giver"]).as_object(),
        events=book.count(row["n_events"], "act", "accusative"),
        dimension=book.word("dimensions", row["dimension"]),
        date=writing.dates.write("on" if row["n_events"] == 1 else "since", row["first"]),
    )


def _gain_cell(writing: Writing, row: Row | None) -> str:
    tables = writing.book.words["tables"]
    if row is None:
        return str(tables["none"])
    cited = writing.material.best_reports(row["events"] or (), writing.book.language, 2)
    text = str(tables["gain"]).format(n=writing.book.number(row["n_events"]), date=writing.dates.plain(row["first"]))
    return text + writing.page.cite(cited)


def _spill_sentence(writing: Writing, row: Row) -> Sentence:
    book = writing.book
    before, after, p = _rates(writing, row)
    return writing.sentence(
        "spill_up" if row["after"] > row["before"] else "spill_down",
        row["events"] or (),
        acts=book.word("quads", row["quad_class"]),
        third=book.party(row["third"]).as_object(),
        side=book.party(row["side"]).as_object(),
        week=_week(writing, row),
        before=before,
        after=after,
        p=p,
    )


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
