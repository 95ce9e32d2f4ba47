import pytest

from marsad.binding import find_directives, find_roles, masked, metadata
from marsad.errors import BadInput


def test_a_role_tells_its_target_what_it_shows_and_its_line():
    (role,) = find_roles("one\nrose to {value}`72% <break RUS AFG>`.")
    assert (role.name, role.shown, role.target, role.line) == ("value", "72%", "break RUS AFG", 2)


def test_the_comparison_of_a_query_is_not_read_as_a_shown_text():
    (role,) = find_roles("{value}`count RUS AGREE AFG >= 2`")
    assert (role.shown, role.target) == ("", "count RUS AGREE AFG >= 2")


def test_a_role_in_fenced_code_is_an_example():
    assert find_roles("```\n{value}`count * * *`\n```\n") == []


def test_masking_keeps_every_offset_and_what_is_shown():
    text = "a {value}`3 <standing RUS AFG>` b {source}`r1` c"
    assert len(masked(text)) == len(text)
    assert masked(text).replace("_", "") == "a 3 b {source}`r1` c"


def test_directives_are_found_inside_others_with_their_lines():
    text = "x\n::::{draft}\n:::{hypotheses} renewal\n:H1: yes\n:H2: no\n- seen | RUS AGREE AFG | + | -\n:::\n::::\n"
    (one,) = find_directives(text)
    assert (one.name, one.argument, one.line, one.last_line) == ("hypotheses", "renewal", 3, 7)
    assert one.options == {"H1": "yes", "H2": "no"}
    assert one.items == ((6, "seen | RUS AGREE AFG | + | -"),)


def test_a_directive_in_fenced_code_is_an_example():
    assert find_directives("```text\n:::{gains} RUS AFG\n:::\n```\n") == []


def test_a_directive_that_is_never_closed_is_named_with_its_line():
    with pytest.raises(BadInput, match=r"issue: line 2: the directive gains is never closed"):
        find_directives("x\n:::{gains} RUS AFG\n")


def test_a_head_that_is_no_mapping_is_no_head():
    assert metadata("---\n- a\n---\n") == {}
    assert metadata("no head") == {}
