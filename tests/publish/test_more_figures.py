import csv
import io

import pyarrow as pa
import pytest

from marsad.domain.tables import MOVERS
from marsad.domain.week import Week
from marsad.errors import BadInput
from marsad.publish.network import seated
from marsad.publish.ties import Tie, ties
from publish import sample
from publish.test_figures import drawn, rows_of

NOW = Week.parse(sample.RUN)


def one(text, lang="en", tables=None):
    (drawing,) = drawn(f":::{{figure}} {text}\n:::", lang, tables).values()
    return drawing


def test_movers_stand_by_surprise_and_say_where_they_moved():
    drawing = one("movers")
    assert [row["target"] for row in rows_of(drawing)] == ["UZB", "PAK", "IRN"]
    assert [row[3] for row in drawing.rows] == ["towards cooperation", "towards conflict", "both ways"]
    assert drawing.rows[0] == ("Afghanistan – Uzbekistan", "economy", "6.2", "towards cooperation", "3")
    assert "Afghanistan – Uzbekistan (6.2)" in drawing.alt


def test_only_as_many_movers_are_drawn_as_asked_for():
    assert len(rows_of(one("movers\n:count: 2"))) == 2


def test_calibration_holds_the_groups_of_the_model_with_most_resolved_forecasts():
    few = sample.reliability([(0, 3, 0.5, 0.5)], model="a-newer-one")
    tables = {"reliability": pa.concat_tables([few, sample.tables()["reliability"]])}
    drawing = one("calibration", tables=tables)
    assert drawing.rows == (("2%", "5%", "1%–11%", "40"), ("30%", "25%", "21%–31%", "60"))
    assert "Chart of 100 resolved forecasts" in drawing.alt
    assert [row["model"] for row in rows_of(one("calibration\n:model: a-newer-one", tables=tables))] == ["a-newer-one"]


def test_small_probabilities_keep_a_decimal():
    tables = {"reliability": sample.reliability([(0, 40, 0.004, 0.011)])}
    assert one("calibration", tables=tables).rows[0][:2] == ("0.4%", "1.1%")


def test_a_tie_pools_both_directions_counts_events_and_keeps_to_the_weeks():
    found = ties(sample.tables(), NOW, NOW, 14)
    assert found == [Tie("AFG", "PAK", 0, 5), Tie("AFG", "UZB", 3, 1)]
    assert ties(sample.tables(), NOW.shift(-13), NOW, 14)[0] == Tie("AFG", "PAK", 9, 5)


def test_only_ties_between_the_busiest_parties_are_drawn():
    assert ties(sample.tables(), NOW, NOW, 2) == [Tie("AFG", "PAK", 0, 5)]


def test_a_party_sits_beside_those_it_deals_with():
    order = seated([Tie("A", "C", 9, 0), Tie("B", "D", 9, 0), Tie("A", "B", 1, 0)])
    assert abs(order.index("A") - order.index("C")) == 1
    assert abs(order.index("B") - order.index("D")) == 1


def test_the_network_names_its_weeks_and_its_strongest_ties():
    drawing = one("network\n:weeks: 2")
    assert drawing.title == "Who dealt with whom, 18 May 2026 – 31 May 2026"
    assert drawing.rows == (("Afghanistan – Pakistan", "5", "0", "5"), ("Afghanistan – Uzbekistan", "4", "3", "1"))
    assert "Network of 3 parties" in drawing.alt


@pytest.mark.parametrize("lang", ["ar", "en", "fa", "ps", "ru"])
@pytest.mark.parametrize("kind", ["movers", "calibration", "network"])
def test_each_figure_is_the_same_each_time_in_shapes_with_a_table_as_wide_as_its_head(kind, lang):
    first, second = one(kind, lang), one(kind, lang)
    assert first.svg == second.svg
    assert "<text" not in first.svg
    assert {len(row) for row in first.rows} == {len(first.head)}
    assert next(csv.reader(io.StringIO(first.csv.decode())))[0] in {"source", "model"}


@pytest.mark.parametrize(
    ("text", "tables", "said"),
    [
        ("movers", {"movers": MOVERS.empty()}, "no pair acted"),
        ("movers\n:count: none", None, "count 'none' is no number above 0"),
        ("calibration", {}, "no forecast is resolved"),
        ("calibration\n:group: other", None, "no group is called 'other'"),
        ("calibration\n:model: unheard-of", None, "no forecast is resolved"),
        ("network", {}, "no party acted between 2026-W10 and 2026-W22"),
    ],
)
def test_a_figure_without_rows_says_so(text, tables, said):
    with pytest.raises(BadInput) as caught:
        one(text, tables=tables)
    assert said in str(caught.value)
