import pytest

from marsad.coding.actors import find_actors
from marsad.vocab.actors import load_registry


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The Kremlin, the White House and the Pentagon", ["RUS", "USA", "USA"]),
        ("ru", "Кремль, Белый дом и Пентагон", ["RUS", "USA", "USA"]),
        ("en", "Revolutionary Guards", ["IRN"]),
        ("ru", "бакинские власти", ["AZE"]),
        ("en", "The Emirate thanked Algiers.", ["AFG", "DZA"]),
        ("ru", "Эмират поблагодарил Иран.", ["AFG", "IRN"]),
        ("en", "the Emirate of Sharjah", []),
    ],
)
def test_seats_capitals_and_the_emirate_stand_for_their_governments(language, text, expected):
    found = find_actors(text, language, load_registry())
    assert [mention.code for mention in found if mention.kind != "place"] == expected
