"""Expected reactions, what would change the view, the score of earlier forecasts, recommendations."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import zip_longest

from marsad.domain.query import Query
from marsad.domain.words import QuadClass
from marsad.language.numerals import isolate_ltr
from marsad.vocab.codebook import is_mutual
from marsad.write.material import Row
from marsad.write.page import Sentence
from marsad.write.writing import Writing

_TOLD, _LISTED = 3, 8
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
    """Add the forecasts on both sides: probability, the scale's word, base rate and last day."""
    page, book = writing.page, writing.book
    page.heading("reactions", book.words["headings"]["reactions"])
    rows = ranked_forecasts(writing)
    if not rows:
        page.draft([writing.sentence("forecasts_none", basis="structure")])
        return
    page.draft([forecast_sentence(writing, row) for row in rows[:_TOLD]], as_list=True)
    page.table(book.words["tables"]["forecasts"], [_forecast_cells(writing, row) for row in rows[:_LISTED]])


def ranked_forecasts(writing: Writing) -> list[Row]:
    """Return the questions on either side, farthest from their base rate first, third parties and the pair in turn."""
    sides = set(writing.subject)
    rows = [row for row in writing.material.tables.get("forecasts", []) if sides & {row["source"], row["target"]}]
    latest = max((row["origin"] for row in rows), default=None)
    asked = {row["question_id"]: row for row in rows if row["origin"] == latest}  # one model each: the last by name
    ranked = sorted(asked.values(), key=lambda row: (-abs(row["probability"] - row["base_rate"]), row["question_id"]))
    own = [row for row in ranked if {row["source"], row["target"]} <= sides]
    third = [row for row in ranked if not {row["source"], row["target"]} <= sides]
    first, second = (own, third) if ranked and own and ranked[0] is own[0] else (third, own)
    return [row for turn in zip_longest(first, second) for row in turn if row is not None]


def forecast_sentence(writing: Writing, row: Row) -> Sentence:
    """Return one forecast: the act, the last day, probability with its word, base rate. No confidence beside it."""
    book = writing.book
    return writing.sentence(
        "forecast",
        row["reasons"] or (),
        source=book.party(row["source"]).as_object() if book.language == "ar" else book.party(row["source"]),
        act=_act(writing, row),
        date=writing.dates.write("until", row["due"]),
        p=book.percent(row["probability"]),
        word=_word(writing, row),
        base=book.percent(row["base_rate"]),
        windows=book.count(max(row["base_n"], 1), "window", "genitive"),
    )


def change_view(writing: Writing) -> None:
    """Add dated indicators, each bound to the query over events that will tell whether it came true."""
    page, book = writing.page, writing.book
    page.heading("change-view", book.words["headings"]["change-view"])
    first = writing.material.week.end + timedelta(days=1)
    last = max((row["due"] for row in ranked_forecasts(writing)), default=first + _DEFAULT_HORIZON - timedelta(days=1))
    page.draft([writing.sentence("view_changes", basis="structure", date=writing.dates.write("until", last))])
    items = _AT_ARMS if _is_at_arms(writing) else _INDICATORS
    page.table(book.words["tables"]["indicators"], [_indicator_cells(writing, item, first, last) for item in items])


def scorecard(writing: Writing) -> None:
    """Add how earlier forecasts did against their base rate, good or bad."""
    page, book = writing.page, writing.book
    page.heading("scorecard", book.words["headings"]["scorecard"])
    rows = writing.material.tables.get("scorecard", [])
    overall = max(
        (row for row in rows if row["group"] == "all"), key=lambda row: (row["n"], row["model"]), default=None
    )
    if overall is None or not overall["n"]:
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
        [_score_cells(writing, row) for row in rows if row["model"] == overall["model"]],
    )


def _verdict(row: Row) -> str:
    """Tell better from worse only where the interval of skill leaves nought out; without one, by the sign."""
    skill, low, high = row["skill"], row.get("skill_low"), row.get("skill_high")
    if skill is None or (low is not None and high is not None and low <= 0 <= high):
        return "score_equal"
    return "score_better" if skill >= 0 else "score_worse"


def recommendations(writing: Writing) -> None:
    """Leave the recommendations to the analyst, with the questions each must answer."""
    writing.page.heading("recommendations", writing.book.words["headings"]["recommendations"])
    writing.page.analyst(writing.book.words["analyst"]["recommendation"])


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
    chances = [book.percent(row["probability"]), _word(writing, row), book.percent(row["base_rate"])]
    return [act, *chances, writing.dates.plain(row["due"])]


def _word(writing: Writing, row: Row) -> str:
    """Return the word of the probability as it is printed, so that 5 % never stands beside the word below it."""
    return writing.scale.word(round(row["probability"], 2), writing.book.language)


def _indicator_cells(
    writing: Writing, item: tuple[str, int, tuple[str, ...], QuadClass], first: date, last: date
) -> list[str]:
    key, side, types, quad = item
    book = writing.book
    source, target = writing.subject[side], writing.subject[1 - side]
    text = book.fill(
        book.words["indicators"][key],
        source=book.party(source).as_object(),
        target=book.party(target).as_object(),
    )
    query = f"`{_query(source, target, types, first, last)}`"
    return [
        text,
        isolate_ltr(query) if book.language.is_rtl else query,
        writing.dates.plain(last),
        _probability(writing, (source, target), types, quad),
    ]


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
