import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.language.sentences import split


def sentences(text, language):
    return [text[start:end] for start, end in split(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "n"),
    [
        ("en", "Gen. Asim Munir met S. Jaishankar. They spoke for 1.5 hours.", 2),
        ("en", "The U.S. embassy closed. It had been open since 2019.", 2),
        ("en", "He went back to the U.S. The embassy stayed.", 2),
        ("en", '"Why now?" he asked. Nobody answered.', 2),
        ("en", "See www.example.org for more. Thanks!", 2),
        ("ru", "В 2021 г. Россия и Иран, т.е. соседи, подписали договор. С. В. Лавров приехал.", 2),
        ("ru", "«Мы готовы!» — заявил он. Переговоры продолжатся.", 2),
        ("ar", "هل وصل الوفد؟ نعم. وقال د. أحمد إن المحادثات بدأت؛ ثم توقفت.", 3),
        ("fa", "سخنگو گفت: «می‌آییم.» سپس رفت. آیا برمی‌گردد؟", 3),
        ("ps", "پلاوی کابل ته ورسېد۔ خبرې پيل شوې. څه به کېږي؟", 3),
    ],
)
def test_sentences_end_where_a_reader_ends_them(language, text, n):
    assert len(sentences(text, language)) == n


def test_a_closing_quote_stays_with_its_sentence():
    assert sentences("قال: «انتهى الأمر.» ثم غادر.", "ar")[0] == "قال: «انتهى الأمر.»"


def test_a_heading_on_its_own_line_is_its_own_span():
    assert sentences("Border closed\nPakistan closed the border.", "en") == [
        "Border closed",
        "Pakistan closed the border.",
    ]


def test_a_wrapped_line_does_not_end_a_sentence():
    text = "The two ministers, who had not met since the spring of that year, agreed\non a plan for the border. It is short."
    assert len(sentences(text, "en")) == 2


@given(st.text(alphabet='Ab. !?\n؟۔«»"1г'))
def test_between_spans_lies_only_white_space(text):
    spans = split(text, "en")
    rest = text
    for start, end in reversed(spans):
        assert start < end
        rest = rest[:start] + rest[end:]
    assert not rest.strip()
