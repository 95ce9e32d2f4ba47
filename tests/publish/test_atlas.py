import math
import re

import pytest

from marsad.errors import BadInput
from marsad.publish.atlas import Projection, state_seats
from marsad.vocab.actors.registry import load_registry
from marsad.vocab.outlines import load_outlines
from publish import sample
from publish.test_figures import rows_of
from publish.test_more_figures import one


def test_the_map_shows_the_ties_between_states_and_colours_who_acted():
    drawing = one("map\n:weeks: 1")
    assert [(row["source"], row["target"], row["n_events"]) for row in rows_of(drawing)] == [
        ("AFG", "PAK", "5"),
        ("AFG", "UZB", "4"),
    ]
    assert drawing.svg.count('id="mark-') == 2
    party = dict(drawing.colours)["party"]
    assert len(re.findall(f"fill: {party}", drawing.svg)) == 3  # Afghanistan, Pakistan, Uzbekistan
    assert "Map of 3 states" in drawing.alt


@pytest.mark.parametrize("lang", sample.LANGUAGES)
def test_the_map_says_in_the_issues_language_that_its_borders_judge_nothing(lang):
    drawing = one("map", lang)
    assert "Natural Earth" in drawing.svg.replace("\u2066", "")
    assert drawing.title != one("map", "en" if lang != "en" else "ar").title


def test_groups_have_no_place_on_the_map_and_are_left_to_the_network():
    rows = [sample.dyad_week("AFG", "TTP", bad=9), sample.dyad_week("AFG", "PAK", bad=1)]
    table = sample.DYAD_WEEKS.from_rows(rows)
    assert [row["target"] for row in rows_of(one("map", tables={"dyad_weeks": table}))] == ["PAK"]
    with pytest.raises(BadInput, match="no two states acted"):
        one("map", tables={"dyad_weeks": sample.DYAD_WEEKS.from_rows(rows[:1])})


def test_a_state_far_away_comes_into_view():
    table = sample.DYAD_WEEKS.from_rows([sample.dyad_week("AFG", "USA", bad=1)])
    near, far = one("map").svg, one("map", tables={"dyad_weeks": table}).svg
    assert far.count("<path") > near.count("<path")


def test_areas_keep_their_size_wherever_they_lie():
    """A square of one degree covers the same on the map at the centre and far from it: Lambert's promise."""

    def size(east, north):
        width = 1 / max(1e-9, math.cos(math.radians(north)))
        corners = [(east, north), (east + width, north), (east + width, north + 1), (east, north + 1)]
        points = [Projection((60.0, 35.0))(*corner) for corner in corners]
        pairs = zip(points, [*points[1:], points[0]], strict=True)
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2

    assert size(60, 35) == pytest.approx(size(-20, 10), rel=0.02)


def test_every_state_has_a_seat_and_most_an_outline():
    states = {code for code, kind in load_registry().kinds.items() if kind == "state"}
    small = {
        "ATG",
        "BRB",
        "GRD",
        "HKG",
        "KNA",
        "LIE",
        "MCO",
        "MHL",
        "MLT",
        "NRU",
        "SMR",
        "SYC",
        "TON",
        "TUV",
        "VAT",
        "MDV",
    }
    assert states - load_outlines().keys() <= small
    seats = state_seats()
    assert states - seats.keys() <= small
    assert seats["RUS"] == (37.62, 55.76)


def test_outlines_are_closed_rings_and_neighbours_share_their_border():
    outlines = load_outlines()
    assert all(ring[0] == ring[-1] for rings in outlines.values() for ring in rings)
    ours, theirs = ({point for ring in outlines[code] for point in ring} for code in ("AFG", "PAK"))
    assert len(ours & theirs) > 20
