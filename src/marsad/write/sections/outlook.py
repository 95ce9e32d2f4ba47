"""Expected reactions, what would change the view, the score of earlier forecasts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from marsad.domain.query import Query
from marsad.domain.words import QuadClass
from marsad.language.numerals import isolate_ltr
from marsad.vocab.codebook import is_mutual
from marsad.write.material import Row
from marsad.write.page import Sentence
from marsad.write.writing import Writing

_TOLD, _TOLD_OF_REST, _LISTED = 3, 2, 8
_FEWEST_WINDOWS = 12  # a base rate from fewer earlier windows is no yardstick
_DEPARTS = 0.03  # a forecast nearer to its base rate than this is told as no different from it
_DEFAULT_HORIZON = timedelta(weeks=4)
# indicator -> who acts (0 the pair's first, 1 its second), event types, the quad class whose forecast speaks of it
_INDICATORS = (
    ("reversal", 0, ("SANCTION", "COERCE"), QuadClass.MATERIAL_CONFLICT),
    ("reversal", 1, ("SANCTION", "COERCE"), QuadClass.MATERIAL_CONFLICT),
    ("denial", 0, ("REJECT",), QuadClass.VERBAL_CONFLICT),
    ("denial", 1, ("REJECT",), QuadClass.VERBAL_CONFLICT),
    ("deepening", 0, ("AGREE",), QuadClass.VERBAL_COOPERATION),
)
# Instead, for a pair that fought within the trailing weeks.
_AT_ARMS = (
    ("attack", 0, ("ASSAULT",), QuadClass.MATERIAL_CONFLICT),
    ("attack", 1, ("ASSAULT",), QuadClass.MATERIAL_CONFLICT),
    ("ceasefire", 0, ("AGREE", "RETREAT"), QuadClass.VERBAL_COOPERATION),
    ("ceasefire", 1, ("AGREE", "RETREAT"), QuadClass.VERBAL_COOPERATION),
)


def reactions(writing: Writing) -> None:
    """Add the forecasts that depart from their base rate, third parties first, and say plainly what does not."""
    page, book = writing.page, writing.book
    page.heading("reactions", book.words["headings"]["reactions"])
    rows = ranked_forecasts(writing)
    if not rows:
        page.draft([writing.sentence("forecasts_none", basis="structure")])
        return
    third = _departing([row for row in rows if _rank(writing, row) == 0])
    rest = _departing([row for row in rows if _rank(writing, row) > 0])
    told = [*third[:_TOLD], *rest[:_TOLD_OF_REST]]
    if all(row["base_n"] < _FEWEST_WINDOWS for row in rows):
        notes = [writing.sentence("reactions_young", basis="structure")]
    elif not third:
        notes = [writing.sentence("reactions_none", points=_points(writing))]
    else:
        n_settled = sum(row["base_n"] >= _FEWEST_WINDOWS for row in rows)
        n_near = book.number(n_settled - len(third) - len(rest))
        notes = [writing.sentence("reactions_rest", n=n_near, points=_points(writing))]
    if not is_better_than_base(writing):
        notes.append(writing.sentence("reactions_caution", basis="structure"))
    page.draft([forecast_sentence(writing, row, is_first=row is told[0]) for row in told], as_list=True)
    page.draft(notes)
    listed = [*third, *rest][:_LISTED]
    if len(listed) > len(told):
        page.table(book.words["tables"]["forecasts"], [_forecast_cells(writing, row) for row in listed])


def ranked_forecasts(writing: Writing) -> list[Row]:
    """Return the questions on either side: third parties' conduct, the pair's own, the pair's towards third parties.

    Within each the desk's groups come first, then what lies farthest from its base rate.
    """
    sides = set(writing.subject)
    rows = [row for row in writing.material.tables.get("forecasts", []) if sides & {row["source"], row["target"]}]
    latest = max((row["origin"] for row in rows), default=None)
    asked = {row["question_id"]: row for row in rows if row["origin"] == latest}  # one model each: the last by name
    grouped = {code for codes in writing.desk.groups.values() for code in codes}

    def order(row: Row) -> tuple[int, bool, float, str]:
        is_grouped = bool(grouped & ({row["source"], row["target"]} - sides))
        return _rank(writing, row), not is_grouped, -_departure(row), row["question_id"]

    return sorted(asked.values(), key=order)


def forecast_finding(writing: Writing) -> list[Sentence]:
    """Return the third party's forecast farthest from its base rate in short, if any departs from it."""
    third = [row for row in ranked_forecasts(writing) if _rank(writing, row) == 0]
    return [
        writing.sentence("finding_forecast", row["reasons"] or (), **_forecast_parts(writing, row))
        for row in sorted(_departing(third), key=_departure)[-1:]
    ]


def forecast_sentence(writing: Writing, row: Row, *, is_first: bool) -> Sentence:
    """Return one forecast: the act, the last day, probability with its word, base rate. No confidence beside it."""
    key = "forecast" if is_first else "forecast_next"
    windows = writing.book.count(max(row["base_n"], 1), "window", "genitive")
    return writing.sentence(key, row["reasons"] or (), **_forecast_parts(writing, row), windows=windows)


def is_better_than_base(writing: Writing) -> bool:
    """Tell whether the forecasts resolved so far beat their base rate by more than chance."""
    overall = _overall(writing)
    return overall is not None and _verdict(overall) == "score_better"


def _forecast_parts(writing: Writing, row: Row) -> dict[str, Any]:
    book = writing.book
    source = book.party(row["source"])
    return {
        "source": source.as_object() if book.language == "ar" else source,
        "act": _act(writing, row),
        "date": writing.dates.write("until", row["due"]),
        "p": _bound(writing, "forecast", row),
        "word": _word(writing, row),
        "base": _bound(writing, "base", row),
    }


def _bound(writing: Writing, kind: str, row: Row) -> str:
    """Return a forecast's probability or base rate, bound to the question it answers."""
    share = row["probability"] if kind == "forecast" else row["base_rate"]
    asked = f"{kind} {row['source']} {row['event_type'] or row['quad_class']} {row['target']}"
    return writing.value(asked, writing.book.percent(share))


def _rank(writing: Writing, row: Row) -> int:
    """Return 0 for a third party's act, 1 for one within the pair, 2 for the pair's towards a third party."""
    if row["source"] not in writing.subject:
        return 0
    return 1 if row["target"] in writing.subject else 2


def _departure(row: Row) -> float:
    """Return how far a forecast lies from its base rate, as both are printed."""
    return abs(float(round(row["probability"], 2)) - float(round(row["base_rate"], 2)))


def _departing(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row["base_n"] >= _FEWEST_WINDOWS and _departure(row) >= _DEPARTS - 1e-9]


def _points(writing: Writing) -> str:
    return writing.book.number(100 * _DEPARTS, 0)


def change_view(writing: Writing) -> None:
    """Add dated indicators, each bound to the query over events that will tell whether it came true."""
    page, book = writing.page, writing.book
    page.heading("change-view", book.words["headings"]["change-view"])
    first, last = _span(writing)
    page.draft([writing.sentence("view_changes", basis="structure", date=writing.dates.write("until", last))])
    rows = [_indicator_cells(writing, item, first, last) for item in _items(writing)]
    header = book.words["tables"]["indicators"]
    n_columns = len(header) if any(row[-1] != book.words["tables"]["none"] for row in rows) else len(header) - 1
    page.table(header[:n_columns], [row[:n_columns] for row in rows])


def first_indicator(writing: Writing) -> tuple[str, date]:
    """Return the indicator the view hangs on most, in words, and its last day."""
    key, side, *_ = _items(writing)[0]
    return _indicator(writing, key, side), _span(writing)[1]


def _items(writing: Writing) -> tuple[tuple[str, int, tuple[str, ...], QuadClass], ...]:
    return _AT_ARMS if _is_at_arms(writing) else _INDICATORS


def _span(writing: Writing) -> tuple[date, date]:
    """Return the first and the last day the indicators are watched: as long as the forecasts run."""
    first = writing.material.week.end + timedelta(days=1)
    last = max((row["due"] for row in ranked_forecasts(writing)), default=first + _DEFAULT_HORIZON - timedelta(days=1))
    return first, last


def scorecard(writing: Writing) -> None:
    """Add how earlier forecasts did against their base rate, good or bad."""
    page, book = writing.page, writing.book
    page.heading("scorecard", book.words["headings"]["scorecard"])
    overall = _overall(writing)
    if overall is None:
        page.draft([writing.sentence("score_none", basis="structure")])
        return
    number = book.number
    sentences = [
        writing.sentence(
            "score",
            questions=book.count(overall["n"], "question", "genitive"),
            share=book.percent(overall["n_happened"] / overall["n"]),
        ),
        writing.sentence(
            _verdict(overall),
            brier=number(overall["brier"], 3),
            base=number(overall["base_brier"], 3),
            skill=book.percent(min(abs(overall["skill"] or 0.0), 1.0)),
        ),
    ]
    if overall["n_backfilled"]:
        key = "score_all_backfilled" if overall["n_backfilled"] == overall["n"] else "score_backfilled"
        questions = book.count(overall["n_backfilled"], "question")
        sentences.append(writing.sentence(key, questions=questions))
    page.draft(sentences)
    page.table(
        book.words["tables"]["scorecard"],
        [_score_cells(writing, row) for row in _scores(writing) if row["model"] == overall["model"]],
    )
    if any(row["group"] == "all" for row in writing.material.tables.get("reliability", [])):
        page.figure("calibration", {})


def _scores(writing: Writing) -> list[Row]:
    return writing.material.tables.get("scorecard", [])


def _overall(writing: Writing) -> Row | None:
    """Return the score of all resolved forecasts of the model that made most; None if none is resolved."""
    rows = [row for row in _scores(writing) if row["group"] == "all" and row["n"]]
    return max(rows, key=lambda row: (row["n"], row["model"]), default=None)


def _verdict(row: Row) -> str:
    """Tell better from worse only where the interval of skill leaves nought out; without one, by the sign."""
    skill, low, high = row["skill"], row.get("skill_low"), row.get("skill_high")
    if skill is None or (low is not None and high is not None and low <= 0 <= high):
        return "score_equal"
    return "score_better" if skill >= 0 else "score_worse"


def _is_at_arms(writing: Writing) -> bool:
    recent = writing.material.between(writing.material.trailing_start, writing.material.week.end)
    pair = set(writing.subject)
    return any(row["event_type"] == "ASSAULT" and {row["source"], row["target"]} == pair for row in recent)


def _act(writing: Writing, row: Row) -> str:
    key = row["event_type"] or row["quad_class"]
    target = writing.book.party(row["target"]).as_object()
    return str(writing.book.words["acts"][key]).format(target=target)


def _forecast_cells(writing: Writing, row: Row) -> list[str]:
    book = writing.book
    act = book.cell(f"{book.party(row['source'])}: {_act(writing, row)}")
    chances = [_bound(writing, "forecast", row), _word(writing, row), _bound(writing, "base", row)]
    return [act, *chances, writing.dates.plain(row["due"])]


def _word(writing: Writing, row: Row) -> str:
    """Return the word of the probability as it is printed, so that 5 % never stands beside the word below it."""
    return writing.scale.word(round(row["probability"], 2), writing.book.language)


def _indicator_cells(
    writing: Writing, item: tuple[str, int, tuple[str, ...], QuadClass], first: date, last: date
) -> list[str]:
    key, side, types, quad = item
    source, target = writing.subject[side], writing.subject[1 - side]
    query = f"`{_query(source, target, types, first, last)}`"
    return [
        writing.book.cell(_indicator(writing, key, side)),
        isolate_ltr(query) if writing.book.language.is_rtl else query,
        _probability(writing, (source, target), types, quad),
    ]


def _indicator(writing: Writing, key: str, side: int) -> str:
    book = writing.book
    source, target = (book.party(writing.subject[end]).as_object() for end in (side, 1 - side))
    return str(book.words["indicators"][key]).format(source=source, target=target)


def _query(source: str, target: str, types: tuple[str, ...], first: date, last: date) -> Query:
    """Bind an indicator; what two sides do together is coded from whichever is named first, and counts either way."""
    query = Query.of(source, types, target, first, last)
    both = (source, target)
    return replace(query, sources=both, targets=both) if all(is_mutual(kind) for kind in types) else query


def _probability(writing: Writing, pair: tuple[str, str], types: tuple[str, ...], quad: QuadClass) -> str:
    """Return the open forecast that asks for exactly these acts; one of the whole class would overstate them."""
    for row in ranked_forecasts(writing):
        is_asked = (row["source"], row["target"]) == pair and row["quad_class"] == quad
        if is_asked and row["event_type"] and (row["event_type"],) == types:
            return writing.book.percent(row["probability"])
    return str(writing.book.words["tables"]["none"])


def _score_cells(writing: Writing, row: Row) -> list[str]:
    book, number = writing.book, writing.book.number
    group = book.words["tables"]["all"] if row["group"] == "all" else book.word("quads", row["group"])
    skill = book.words["tables"]["none"] if row["skill"] is None else number(row["skill"], 2)
    return [book.cell(str(group)), number(row["n"]), number(row["brier"], 3), number(row["base_brier"], 3), str(skill)]
