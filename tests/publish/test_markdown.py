from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import BadInput
from marsad.publish.issue import (
    Analyst,
    Break,
    Code,
    CodeBlock,
    Draft,
    Figure,
    Heading,
    Link,
    Listing,
    NoteList,
    NoteRef,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    Text,
    laid_out,
    plain,
)
from marsad.publish.markdown import parse
from publish import sample

FRONT = (
    "---\nnumber: 22\nweek: 2026-W22\nlang: ar\ntitle: T\nperiod: [2026-05-25, 2026-05-31]\nas_of: 2026-06-01\n---\n"
)


def blocks(text):
    return parse(FRONT + text).blocks


def test_the_front_matter_is_read_and_keys_of_other_rooms_are_passed_over():
    front = parse(FRONT.replace("title: T", "title: T\nhypothesis: h\nsubject: [RUS, AFG]")).front
    assert (front.number, front.week, front.language, front.subject) == (22, "2026-W22", "ar", ("RUS", "AFG"))
    assert (front.period, front.as_of) == ((date(2026, 5, 25), date(2026, 5, 31)), date(2026, 6, 1))
    assert front.is_draft


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("number: 22", "number: x"), "line 2: number is wrong"),
        (("lang: ar", "lang: xx"), "line 4: lang is wrong"),
        (("title: T\n", ""), "title is missing"),
        (("title: T", "title: [a, b"), "not valid YAML"),
        (("2026-05-31]", "2026-05-20]"), "period is wrong"),
        (("as_of: 2026-06-01", "as_of: 2026-06-01\nstatus: accepted"), "line 8: status is wrong"),
    ],
)
def test_a_faulty_front_matter_is_named_with_its_line(change, said):
    with pytest.raises(BadInput, match=said):
        parse(FRONT.replace(*change))


def test_a_file_without_front_matter_is_refused():
    with pytest.raises(BadInput, match="front matter is missing"):
        parse("## Heading")


def test_inline_styles_nest():
    (paragraph,) = blocks("a *b **c*** ~~d~~ `e*` [f](https://g.org)  \nh")
    assert paragraph == Paragraph(
        (
            Text("a "),
            Span("em", (Text("b "), Span("strong", (Text("c"),)))),
            Text(" "),
            Span("strike", (Text("d"),)),
            Text(" "),
            Code("e*"),
            Text(" "),
            Link("https://g.org", (Text("f"),)),
            Break(),
            Text("h"),
        )
    )


def test_lists_nest_and_keep_their_first_number():
    (outer,) = blocks("3. a\n4. b\n   - c\n   - d")
    assert isinstance(outer, Listing)
    assert (outer.start, outer.is_tight, len(outer.items)) == (3, True, 2)
    assert outer.items[1][1] == Listing(
        start=None, is_tight=True, items=((Paragraph((Text("c"),)),), (Paragraph((Text("d"),)),))
    )


def test_a_list_with_blank_lines_between_items_is_loose():
    (listing,) = blocks("- a\n\n- b")
    assert isinstance(listing, Listing)
    assert not listing.is_tight


def test_tables_keep_head_rows_and_sides():
    (table,) = blocks("| a | b |\n|:--|--:|\n| 1 | *2* |\n| 3 | |")
    assert isinstance(table, Table)
    assert table.align == ("left", "right")
    assert [plain(cell.children) for cell in table.head] == ["a", "b"]
    assert [[plain(cell.children) for cell in row] for row in table.rows] == [["1", "2"], ["3", ""]]


def test_quotes_rules_and_code_blocks_come_through():
    assert blocks("> a\n\n---\n\n```\nx  y\n```") == (Quote((Paragraph((Text("a"),)),)), Rule(), CodeBlock("x  y"))


def test_directives_hold_blocks():
    draft, analyst = blocks(":::{draft}\na\n\n- b\n:::\n\n:::{analyst}\nc\n:::")
    assert isinstance(draft, Draft)
    assert len(draft.blocks) == 2
    assert analyst == Analyst((Paragraph((Text("c"),)),))


def test_a_figure_carries_its_options_caption_and_line():
    (figure,) = blocks(":::{figure} relation\n:source: RUS\n:target: AFG\n:caption: نص: فيه نقطتان\n:::")
    assert figure == Figure("relation", (("source", "RUS"), ("target", "AFG")), "نص: فيه نقطتان", 9)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (":::{drafft}\na\n:::", "line 9: unknown directive 'drafft'"),
        ("a\n\n:::{draft}\nb", "line 11: the directive draft is never closed"),
        (":::{figure} relation\nsource RUS\n:::", "line 10: 'source RUS' is no option"),
        ("a\n\nb [^x] c", "line 11: the note x is not defined"),
        ("a [b](javascript:alert(1))", "line 9: the link 'javascript:alert"),
        ("a [b](#nowhere)", "line 9: no heading has the id nowhere"),
        ("![alt](a.png)", "line 9: an image stands in the text"),
        ("## a {#x}\n\n## b {#x}", "line 11: two headings have the id x"),
    ],
)
def test_what_cannot_be_set_is_named_with_its_line(text, said):
    with pytest.raises(BadInput) as caught:
        blocks(text)
    assert said in str(caught.value)


def test_heading_ids_are_given_or_made_from_the_words_and_stay_apart():
    found = blocks("## المصادر {#sources}\n\n## a b\n\n## a b\n\n# c")
    assert [(h.level, h.id) for h in found if isinstance(h, Heading)] == [
        (2, "sources"),
        (2, "a-b"),
        (2, "a-b-2"),
        (2, "c"),
    ]


def test_notes_are_numbered_by_first_use_and_an_unused_one_is_left_out():
    issue = parse(FRONT + "a[^z] b[^y][^z]\n\n[^y]: Y\n[^x]: X\n[^z]: Z")
    assert [(n.number, n.label, plain(n.children), n.n_uses) for n in issue.notes] == [
        (1, "z", "Z", 2),
        (2, "y", "Y", 1),
    ]
    assert issue.blocks == (Paragraph((Text("a"), NoteRef(1, 0), Text(" b"), NoteRef(2, 0), NoteRef(1, 1))),)


def test_the_note_list_ends_the_sources_section():
    text = "a[^x]\n\n## S {#sources}\n\nb\n\n### c\n\n## d\n\n[^x]: X"
    placed = laid_out(parse(FRONT + text), "Sources")
    assert isinstance(placed[4], NoteList)
    assert isinstance(placed[3], Heading)


def test_raw_html_is_text():
    assert blocks("<b>a</b> <script>x</script>") == (Paragraph((Text("<b>a</b> <script>x</script>"),)),)


@pytest.mark.parametrize("language", sample.LANGUAGES)
def test_the_samples_hold_every_kind_of_block(language):
    kinds = {type(block) for block in parse(sample.markdown(language)).blocks}
    assert {Paragraph, Heading, Listing, Quote, Table, Draft, Analyst, Figure} <= kinds


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=60))
def test_any_line_of_text_is_read_or_refused_with_a_line(line):
    try:
        found = parse(FRONT + line).blocks
    except BadInput as refusal:
        said = str(refusal)
    else:
        said = f"line {len(found)}"
    assert "line " in said
