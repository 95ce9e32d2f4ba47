import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.publish.bidi import isolates, short_address


def kept(text, *, is_rtl=True):
    return [piece for piece, is_kept in isolates(text, is_rtl=is_rtl) if is_kept]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("في 2026-05-25 نشر", ["2026-05-25"]),
        ("الأسبوع 2026-W20، ثم", ["2026-W20"]),
        ("هاتف +93 780 618 000، أو", ["+93 780 618 000"]),
        ("(+62.5%)", ["+62.5%"]),
        ("(+۶۲٫۵٪) است", ["+۶۲٫۵٪"]),
        (
            "بريد desk@example.org، وموقع https://www.example.org/a?b=1.",
            ["desk@example.org", "https://www.example.org/a?b=1"],
        ),
        ("موقع example.org/a/b. ثم", ["example.org/a/b"]),
        ("NTR، 28 مايو", ["NTR"]),
        ("«Uzbekistan, Afghanistan seal deal»، 3", ["Uzbekistan, Afghanistan seal deal"]),
        ("قرار UNSC 2615 (2021)", ["UNSC 2615"]),
        ("منظومة S-400 الروسية", ["S-400"]),
        ("كلمة Deal (final) ثم", ["Deal (final)"]),
        ("سعره $5.20 اليوم", ["$5.20"]),
        ("بين 2021-2024 و40 إلى 65", []),
        ("بنسبة 45%", []),
        ("وكالة ТАСС الروسية", ["ТАСС"]),
    ],
)
def test_a_right_to_left_line_keeps_its_left_to_right_parts_whole(text, pieces):
    assert kept(text) == pieces


def test_a_left_to_right_line_keeps_its_arabic_names_whole():
    assert kept("By وكالة الجسر, 27 May", is_rtl=False) == ["وكالة الجسر"]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("روسيا – العالم الإسلامي, 29 April", ["روسيا – العالم الإسلامي"]),
        ("عرب نيوز 24 (بي بي سي), 17 March", ["عرب نيوز 24 (بي بي سي)"]),
        ("عرب 48, 27 February", ["عرب 48"]),
        ("In كابل 27 people", ["كابل"]),
        ("the office (كابل) and (هرات)", ["كابل", "هرات"]),
    ],
)
def test_an_arabic_name_in_a_left_to_right_line_is_one_piece(text, pieces):
    assert kept(text, is_rtl=False) == pieces


@pytest.mark.parametrize(
    ("text", "is_rtl", "pieces"),
    [
        ("«\u2068The deal of 28…\u2069»، 3", True, ["The deal of 28…"]),
        ("«\u2068قال المتحدث TASS يوم 25…\u2069»، 3", True, ["TASS"]),  # runs with the line
        ("“\u2068قال المتحدث TASS يوم 25…\u2069”, 3", False, ["قال المتحدث TASS يوم 25…"]),
        ("“\u2068The deal of كابل…\u2069”, 3", False, ["كابل"]),
        ("«\u20672026\u2069»", False, ["2026"]),
    ],
)
def test_a_title_isolated_by_its_first_letter_runs_by_it(text, is_rtl, pieces):
    assert kept(text, is_rtl=is_rtl) == pieces


def test_marks_of_isolation_set_by_the_writer_are_replaced_by_ours():
    assert list(isolates("في \u20662026-05-01\u2069 نص", is_rtl=True)) == [
        ("في ", False),
        ("2026-05-01", True),
        (" نص", False),
    ]


@given(st.text(max_size=80), st.booleans())
def test_no_character_is_lost(text, is_rtl):
    marks = str.maketrans("", "", "\u2066\u2067\u2068\u2069")
    assert "".join(piece for piece, _ in isolates(text, is_rtl=is_rtl)) == text.translate(marks)


def test_an_address_is_shown_without_scheme_and_within_its_room():
    assert short_address("https://www.dw.com/ar/") == "dw.com/ar"
    assert short_address("https://arab48.com/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/%D8%B9%D8%B1%D8%A8") == "arab48.com/…"
    long = short_address("https://example.org/" + "a" * 90, 40)
    assert len(long) == 40
    assert "…" in long
