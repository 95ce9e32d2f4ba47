import itertools
import tomllib
from importlib.resources import files
from string import Formatter

import pytest

from marsad.domain.words import Context, EventType, Language, QuadClass, Role
from marsad.write.phrasebook import WRITTEN, open_phrasebook

ROOM = files("marsad.write").joinpath("phrases")
NAMES = {
    "RUS": {"ar": "روسيا", "en": "Russia", "fa": "روسیه", "ps": "روسیه"},
    "IRQ": {"ar": "العراق", "en": "Iraq", "fa": "عراق", "ps": "عراق"},
    "TTP": {
        "ar": "حركة طالبان باكستان",
        "en": "Tehrik-e Taliban Pakistan",
        "fa": "تحریک طالبان پاکستان",
        "ps": "تحریک طالبان پاکستان",
    },
    "UNK": {"ar": "مهاجمون مجهولون", "en": "unknown attackers", "fa": "مهاجمان ناشناس", "ps": "نامعلومه وسله وال"},
}


def read(name):
    return tomllib.loads(ROOM.joinpath(name).read_text(encoding="utf-8"))


def book(language):
    kinds = {"RUS": "state", "IRQ": "state"}
    return open_phrasebook(language, NAMES, lambda code, _: code, lambda code: kinds.get(code, "group"))


def keys(tree, path=()):
    for name, value in tree.items():
        yield from keys(value, (*path, name)) if isinstance(value, dict) else [(*path, name)]


def test_every_act_phrase_exists_in_every_language():
    acts = {language: set(read(f"{language}.events.toml")) for language in WRITTEN}
    assert all(known == acts[Language.AR] for known in acts.values())
    assert {kind.value for kind in EventType} <= acts[Language.AR]


def test_every_kind_of_act_can_be_named_and_every_name_is_of_an_act_that_can_be_told():
    for language in WRITTEN:
        names = read(f"{language}.toml")["nominal"].keys()
        assert {kind.value for kind in EventType} <= names
        assert names <= read(f"{language}.events.toml").keys()


@pytest.mark.parametrize("language", WRITTEN)
def test_every_name_of_an_act_fills_in_for_every_kind_of_party(language):
    words = book(language)
    for source, target in itertools.permutations(NAMES, 2):
        ends = words.party(source).as_object(), words.party(target).as_object()
        for phrase in words.words["nominal"].values():
            text = phrase.format(source=ends[0], target=ends[1], pact=words.commitment("military_pact"))
            assert "{" not in text
            assert "  " not in text


def test_every_sentence_heading_and_word_exists_in_every_language():
    bent = {"rungs_oblique", "after"}  # only Pashto bends them, only English needs an article after "after"
    forms = {("nouns",)}  # languages count by their own forms
    found = {
        language: {key for key in keys(read(f"{language}.toml")) if key[0] not in bent and key[:1] not in forms}
        for language in WRITTEN
    }
    for language in WRITTEN:
        assert found[language] == found[Language.AR], language


def test_sentences_take_the_same_parts_in_every_language():
    def parts(text):
        return {name.split(".")[0].split("[")[0] for _, name, _, _ in Formatter().parse(text) if name}

    says = {language: read(f"{language}.toml")["say"] for language in WRITTEN}
    for key in says[Language.EN]:
        assert {frozenset(parts(says[language][key])) for language in WRITTEN} == {
            frozenset(parts(says[Language.EN][key]))
        }, key


@pytest.mark.parametrize("language", WRITTEN)
def test_every_act_phrase_fills_in_for_every_kind_of_party(language):
    words = book(language)
    for source, target in itertools.permutations(NAMES, 2):
        ends = words.party(source), words.party(target).as_object()
        coop, field, issues = words.topic("military")
        for phrase in words.acts.values():
            text = words.fill(
                phrase,
                source=ends[0],
                target=ends[1],
                both=words.both(*ends),
                coop=coop,
                field=field,
                issues=issues,
                w="",
            )
            assert "{" not in text
            assert "  " not in text
            assert text == text.strip()


@pytest.mark.parametrize("language", WRITTEN)
def test_closed_vocabularies_are_covered(language):
    words = read(f"{language}.toml")
    assert {context.value for context in Context} <= words["topics"].keys()
    assert {quad.value for quad in QuadClass} <= words["quads"].keys()
    assert {kind.value for kind in [*QuadClass, *EventType]} <= words["acts"].keys()
    assert {role.value for role in Role} - {"IGO", "NGO"} <= words["roles"].keys()
    assert len(words["rungs"]["cooperation"]) == 6
    assert len(words["rungs"]["conflict"]) == 5


def test_no_arabic_phrase_hedges_without_a_band():
    text = ROOM.joinpath("ar.toml").read_text(encoding="utf-8") + ROOM.joinpath("ar.events.toml").read_text(
        encoding="utf-8"
    )
    assert not {"قد", "ربما", "يمكن"} & set(text.replace("«", " ").replace('"', " ").split())


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("RUS", "شنّت روسيا غارات جوية على أفغانستان"),
        ("IRQ", "شنّ العراق غارات جوية على أفغانستان"),
        ("TTP", "شنّت حركة طالبان باكستان غارات جوية على أفغانستان"),
        ("UNK", "شنّ مهاجمون مجهولون غارات جوية على أفغانستان"),
    ],
)
def test_an_arabic_verb_agrees_with_its_doer(code, expected):
    words = book("ar")
    assert words.fill(words.acts["ASSAULT.air_strike"], source=words.party(code), target="أفغانستان", w="") == expected


def test_arabic_prefixes_and_cases_bend_the_name():
    words = book("ar")
    assert (words.party("IRQ").li, words.party("IRQ").bi) == ("للعراق", "بالعراق")
    assert str(words.party("UNK").as_object()) == "مهاجمين مجهولين"


def test_a_court_is_named_as_a_court_and_a_government_as_its_state():
    words = book("ar")
    assert str(words.party("RUS", "JUD")) == "القضاء في روسيا"
    assert str(words.party("RUS", "GOV")) == "روسيا"
    assert str(words.party("RUS", "GOV", is_domestic=True)) == "السلطات في روسيا"


def test_a_pashto_doer_of_a_transitive_past_is_oblique():
    words = book("ps")
    text = words.fill(words.acts["SANCTION"], source=words.party("RUS"), target=words.party("UNK"), field="", w="")
    assert text == "روسیې پر نامعلومو وسله والو بندیزونه ولګول"


def test_a_place_is_named_in_the_readers_language_or_left_out():
    assert book("ar").place("Москва") == " في موسكو"
    assert book("ps").place("Kabul") == " په کابل کې"
    assert book("fa").place("somewhere unheard of") == ""


def test_one_outlet_is_named_as_the_only_one():
    words = book("ar")
    assert words.attribution(["TASS"]) == "، بحسب مصدر واحد هو «TASS»"
    assert words.attribution(["A", "B", "C"]) == "، بحسب «A» و«B» ومصادر أخرى"


def test_a_percentage_is_never_rounded_to_certainty():
    assert book("en").percent(0.998) == "99%"
    assert book("en").percent(0.001) == "1%"


def test_a_negative_number_keeps_its_sign_where_text_runs_right_to_left():
    assert book("ar").number(-0.01, 2) == "\u2066-0.01\u2069"
    assert book("en").number(-0.01, 2) == "-0.01"


def test_a_pashto_preposition_stands_inside_a_genitive():
    words = book("ps")
    text = words.fill(
        words.acts["CONSULT.meeting"], source=words.party("RUS"), target=words.party("IRQ"), issues="پوځي چارو", w=""
    )
    assert text == "د روسیې چارواکو د عراق له چارواکو سره ولیدل او د پوځي چارو په اړه یې خبرې وکړې"
