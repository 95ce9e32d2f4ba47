import re
from datetime import date
from importlib.resources import files

import pytest

from marsad.domain.words import Language, Role
from marsad.vocab.actors import load_registry
from marsad.vocab.letters import fold_text
from marsad.vocab.places import load_places

REGISTRY = load_registry()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Russian", "RUS"),
        ("российскими", "RUS"),
        ("الروسية", "RUS"),
        ("روسی", "RUS"),
        ("د روسیې", "RUS"),
        ("U.S.", "USA"),
        ("الولايات المتحدة الأمريكية", "USA"),
        ("ОДКБ", "CSTO"),
        ("تحريك طالبان باكستان", "TTP"),
        ("طالبان", "AFG"),
        ("«Талибан»".strip("«»"), "AFG"),
        ("gunmen", "UNK"),
        ("AFG", "AFG"),
        ("Lilliput", None),
    ],
)
def test_every_usual_name_leads_to_its_code(name, code):
    assert REGISTRY.code_of(name) == code


def test_every_code_has_a_name_in_arabic_and_english():
    for code in REGISTRY.kinds:
        assert REGISTRY.name(code, "en")[0].isascii(), code
        assert REGISTRY.name(code, "ar")[0] > "\u0600", code


def test_every_display_name_leads_back_to_its_code():
    shared = {"TAL", "COG", "DMA"}  # the Taliban's name is AFG today; the two Congos and the Dominicas share words
    for language in Language:
        for code in REGISTRY.kinds:
            name = REGISTRY.name(code, language)
            if code not in shared and name != REGISTRY.name(code, "en"):
                assert REGISTRY.code_of(name, language) == code, (code, language, name)


def test_the_taliban_are_a_movement_before_the_fall_of_kabul_and_the_government_after():
    named = [alias for alias in REGISTRY.aliases("en") if alias.form == "taliban"]
    assert {alias.code for alias in named if alias.holds_on(date(2021, 8, 14))} == {"TAL"}
    assert {alias.code for alias in named if alias.holds_on(date(2021, 8, 15))} == {"AFG"}


def test_an_office_holder_counts_only_in_office():
    trump = [alias for alias in REGISTRY.aliases("en") if alias.form == "trump"]
    assert not any(alias.holds_on(date(2023, 6, 1)) for alias in trump)
    assert any(alias.holds_on(date(2025, 6, 1)) for alias in trump)


def test_every_role_is_one_of_the_domain():
    assert {alias.role for language in Language for alias in REGISTRY.aliases(language)} <= set(Role)


def test_every_data_file_says_its_version_and_source():
    folder = files("marsad.vocab.actors")
    data = [entry for entry in folder.iterdir() if entry.name.endswith(".csv")]
    assert len(data) >= 8
    for entry in data:
        header = entry.read_text(encoding="utf-8").split("\n", 3)
        assert "Version" in header[1], entry.name
        assert "Source" in header[1], entry.name


def test_no_name_mixes_scripts():
    for alias in REGISTRY.aliases("ru"):
        assert not re.search(r"[а-я][a-z]|[a-z][а-я]", alias.form), alias.form


def test_places_lie_on_the_globe_and_in_known_states():
    for place in load_places():
        assert -60 < place.latitude < 75, place.name
        assert -180 < place.longitude <= 180, place.name
        assert REGISTRY.kind(place.country) == "state", place.name


def test_places_are_named_once():
    names = [place.name for place in load_places()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("RUS", {"en": "Kremlin", "ar": "الكرملين", "fa": "کرملین", "ps": "کرملین", "ru": "Кремль"}),
        ("USA", {"en": "White House", "ar": "البيت الأبيض", "fa": "کاخ سفید", "ps": "سپینه ماڼۍ", "ru": "Белый дом"}),
        ("USA", {"en": "Pentagon", "ar": "البنتاغون", "fa": "پنتاگون", "ps": "پنټاګون", "ru": "Пентагон"}),
        ("IRN", {"en": "IRGC", "ar": "الحرس الثوري", "fa": "سپاه پاسداران", "ps": "سپاه پاسداران", "ru": "КСИР"}),
    ],
)
def test_seats_of_power_stand_for_their_state_in_every_language(code, names):
    for language, name in names.items():
        form = fold_text(name.removeprefix("ال"))
        assert {alias.code for alias in REGISTRY.aliases(Language(language)) if alias.form == form} == {code}, name
