from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from event_rows import day, event, events
from marsad.domain.fields import FIELDS, field_of
from marsad.domain.query import Act, Query, parse_query
from marsad.domain.words import Context, EventType, QuadClass, Stance
from marsad.errors import BadInput

GROUPS = {"west": ["USA", "GBR"], "central_asia": ["UZB", "TJK"]}


def found(text, *rows):
    return parse_query(text, GROUPS).select(events(*rows))["event_id"].to_pylist()


def sanction(n, pair="USA-AFG", **other):
    row = {"event_type": "SANCTION", "event_id": f"{pair}-{n}"}
    return event(n, pair, "material_conflict", **row | other)


codes = st.lists(st.sampled_from(["USA", "AFG", "ISKP", "UNO"]), max_size=3, unique=True).map(tuple)
acts = st.builds(
    Act,
    st.sampled_from(["*", *map(str, EventType), *map(str, QuadClass), *map(str, Stance)]),
    st.sampled_from([None, "embargo", "air_strike"]),
    st.sampled_from([None, *map(str, Context)]),
    st.sampled_from([None, *FIELDS]),
)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
queries = st.builds(
    Query,
    codes,
    st.lists(acts, max_size=3).map(tuple).filter(lambda found: found != (Act("*"),)),
    codes,
    st.integers(1, 99),
    st.none() | days.map(lambda d: d.replace(year=2019)),
    st.none() | days,
)


@given(queries)
def test_a_printed_query_reads_back_as_the_same(query):
    assert parse_query(str(query)) == query


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("USA SANCTION AFG", ["USA-AFG-1"]),
        ("west SANCTION AFG", ["USA-AFG-1", "GBR-AFG-2"]),
        ("* SANCTION AFG", ["USA-AFG-1", "GBR-AFG-2", "RUS-AFG-3"]),
        ("USA * AFG", ["USA-AFG-1"]),
        ("west material_conflict *", ["USA-AFG-1", "GBR-AFG-2"]),
        ("AFG SANCTION USA", []),
        ("* COERCE AFG", []),
        ("* COERCE,SANCTION AFG", ["USA-AFG-1", "GBR-AFG-2", "RUS-AFG-3"]),
        ("* SANCTION/embargo AFG", ["GBR-AFG-2"]),
        ("* SANCTION:economic AFG", ["RUS-AFG-3"]),
        ("* SANCTION@economic AFG", ["RUS-AFG-3"]),
        ("* *@political AFG", ["USA-AFG-1", "GBR-AFG-2"]),
        ("* hostile AFG", ["USA-AFG-1", "GBR-AFG-2", "RUS-AFG-3"]),
        ("* hostile@economic AFG", ["RUS-AFG-3"]),
        ("* friendly AFG", []),
        ("* SANCTION/embargo,SANCTION:economic AFG", ["GBR-AFG-2", "RUS-AFG-3"]),
    ],
)
def test_a_query_selects_the_acts_it_names(text, expected):
    rows = [sanction(1), sanction(2, "GBR-AFG", mode="embargo"), sanction(3, "RUS-AFG", context="economic")]
    assert found(text, *rows) == expected


@pytest.mark.parametrize("kind", EventType)
@pytest.mark.parametrize("context", [None, *Context])
def test_a_field_in_a_query_is_the_field_movers_stand_under(kind, context):
    row = event(1, event_type=kind, quad_class=kind.quad_class.value, context=context)
    assert [name for name in FIELDS if found(f"RUS *@{name} AFG", row)] == [field_of(kind, context)]


def test_both_dates_count():
    rows = [sanction(n) for n in (4, 5, 9, 10)]
    assert found(f"USA SANCTION AFG from {day(5)} by {day(9)}", *rows) == ["USA-AFG-5", "USA-AFG-9"]


def test_either_direction_is_asked_for_by_naming_both_on_both_sides():
    rows = [event(1, "RUS-AFG", event_id="a"), event(2, "AFG-RUS", event_id="b"), event(3, "AFG-AFG", event_id="c")]
    assert found("RUS,AFG CONSULT RUS,AFG", *rows) == ["a", "b"]


def test_an_act_inside_one_house_is_found_only_when_asked_for():
    rows = [event(3, "AFG-AFG", event_id="c")]
    assert found("* CONSULT *", *rows) == []
    assert found("AFG CONSULT AFG", *rows) == ["c"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("USA SANCTION", "needs a source"),
        ("USA SANCTON AFG", "unknown act 'SANCTON'"),
        ("USA SANCTION:lunar AFG", "unknown context 'lunar'"),
        ("USA SANCTION@lunar AFG", "unknown field 'lunar'"),
        ("east SANCTION AFG", "no group of the desk"),
        ("USA SANCTION AFG by tomorrow", "'tomorrow' is no date"),
        ("USA SANCTION AFG by", "cannot read 'by'"),
        ("USA SANCTION AFG before 2026-01-01", "cannot read 'before'"),
        ("USA SANCTION AFG by 2026-01-01 by 2026-01-02", "cannot read 'by'"),
        ("USA SANCTION AFG >= 0", "asks for no number"),
        ("USA SANCTION AFG from 2026-02-01 by 2026-01-01", "ends on 2026-01-01"),
    ],
)
def test_what_cannot_be_read_is_named(text, fault):
    with pytest.raises(BadInput, match=fault):
        parse_query(text, GROUPS)


def test_a_group_stands_in_the_query_by_its_members():
    assert (
        str(parse_query("central_asia,RUS agree afg_group", GROUPS | {"afg_group": ["AFG"]})) == "UZB,TJK,RUS AGREE AFG"
    )
