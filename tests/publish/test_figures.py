import csv
import io
from datetime import date

import pyarrow as pa
import pytest

from marsad.domain.tables import LEVELS, STANDINGS
from marsad.errors import BadInput
from marsad.publish.figures import draw_figures
from marsad.publish.markdown import parse
from marsad.publish.relation import relation_points
from publish import sample

FRONT = "---\nnumber: 22\nweek: 2026-W22\nlang: {lang}\ntitle: T\nperiod: [2026-05-25, 2026-05-31]\nas_of: 2026-06-01\n---\n"


def drawn(text, lang="en", tables=None):
    issue = parse(FRONT.format(lang=lang) + text)
    return draw_figures(issue, sample.desk(), sample.tables() if tables is None else tables)


def rows_of(drawing):
    return list(csv.DictReader(io.StringIO(drawing.csv.decode())))


def standing(opened, closed=None, term=None, rung=3):
    return {
        "run": sample.RUN, "source": "AFG", "target": "UZB", "ladder": "cooperation", "commitment": "c", "rung": rung,
        "opened": opened, "closed": closed, "term": term, "known_at": sample.KNOWN,
    }  # fmt: skip


def test_the_tidy_table_has_a_row_for_each_ladder_and_week():
    (drawing,) = drawn(":::{figure} relation\n:source: UZB\n:target: AFG\n:::").values()
    rows = rows_of(drawing)
    assert len(rows) == 26 * 2
    assert drawing.name == "relation-UZB-AFG"
    assert {row["ladder"] for row in rows} == {"cooperation", "conflict"}
    assert [row["standing"] for row in rows if row["ladder"] == "cooperation"][-2:] == ["2", "3"]


def test_a_pair_is_found_whichever_way_round_it_is_stored():
    assert relation_points("UZB", "AFG", sample.tables(), 52) == relation_points("AFG", "UZB", sample.tables(), 52)


def test_only_the_last_weeks_asked_for_are_shown():
    (drawing,) = drawn(":::{figure} relation\n:source: UZB\n:target: AFG\n:weeks: 4\n:::").values()
    assert [row["week"] for row in rows_of(drawing)][::2] == ["2026-W19", "2026-W20", "2026-W21", "2026-W22"]


def test_only_the_latest_run_is_drawn():
    old = sample.tables()["levels"]
    earlier = old.set_column(0, "run", pa.array(["2026-W01"] * old.num_rows))
    tables = sample.tables() | {"levels": pa.concat_tables([earlier, old])}
    assert len(relation_points("UZB", "AFG", tables, 52)) == 26 * 2


@pytest.mark.parametrize(
    ("row", "rung"),
    [
        (standing(date(2026, 5, 31)), 3),  # opened on the last day of the week
        (standing(date(2026, 6, 1)), 0),  # a day too late
        (standing(date(2020, 1, 1), closed=date(2026, 5, 31)), 0),
        (standing(date(2020, 1, 1), closed=date(2026, 6, 1)), 3),
        (standing(date(2020, 1, 1), term=date(2026, 5, 30)), 0),
        (standing(date(2020, 1, 1), term=date(2026, 5, 31)), 3),
    ],
)
def test_a_commitment_stands_from_its_opening_to_its_closing_or_term(row, rung):
    tables = sample.tables() | {"standings": STANDINGS.from_rows([row])}
    assert [p.standing for p in relation_points("UZB", "AFG", tables, 1) if p.ladder == "cooperation"] == [rung]


def test_weeks_without_collection_are_said_in_the_table():
    (drawing,) = drawn(":::{figure} relation\n:source: UZB\n:target: AFG\n:::").values()
    assert [row for row in drawing.rows if row[1] == "week without collection"]
    assert drawing.head[0] == "Week"


def test_the_description_says_where_the_pair_stands_and_when_it_changed():
    (drawing,) = drawn(":::{figure} relation\n:source: UZB\n:target: AFG\n:::").values()
    assert drawing.title == "Uzbekistan – Afghanistan: the relation week by week"
    assert "commitments in force at rung 3" in drawing.alt
    assert "Dated breaks: 11 May 2026" in drawing.alt


@pytest.mark.parametrize("lang", ["ar", "en", "fa", "ps", "ru"])
def test_a_drawing_is_the_same_each_time_and_its_words_are_shapes(lang):
    text = ":::{figure} relation\n:source: UZB\n:target: AFG\n:::"
    (first,), (second,) = drawn(text, lang).values(), drawn(text, lang).values()
    assert first.svg == second.svg
    assert "<text" not in first.svg
    assert "2026-" not in first.svg  # no date of making


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (":::{figure} relations\n:::", "line 9: no figure is called 'relations'"),
        (":::{figure} relation\n:colour: red\n:::", "line 9: figure relation has no option 'colour'"),
        (
            ":::{figure} relation\n:source: XXX\n:target: YYY\n:::",
            "line 9: figure relation: no level is known for XXX and YYY",
        ),
        (":::{figure} relation\n:::", "names no pair"),
        (":::{figure} relation\n:source: UZB\n:target: AFG\n:weeks: 1\n:::", "weeks '1'"),
    ],
)
def test_a_figure_that_cannot_be_drawn_is_named_with_its_line(text, said):
    with pytest.raises(BadInput) as caught:
        drawn(text)
    assert said in str(caught.value)


def test_no_table_at_all_is_no_level():
    with pytest.raises(BadInput, match="no level is known"):
        drawn(":::{figure} relation\n:source: UZB\n:target: AFG\n:::", tables={"levels": LEVELS.empty()})
