"""Russian sentences: whose a bare noun is, and which small words deny nothing."""

from datetime import date

import pytest

from marsad.coding import code_text, default_coder
from marsad.coding.actors import find_actors
from marsad.coding.anaphora import resolve_anaphora
from marsad.vocab.actors import load_registry

REGISTRY = load_registry()
DAY = date(2025, 6, 1)


def named(text, day=DAY):
    found = resolve_anaphora(text, "ru", find_actors(text, "ru", REGISTRY, day))
    return {text[mention.start : mention.end]: mention.code for mention in found}


def status(text, day="2025-07-01"):
    line = code_text({"id": "1", "text": text, "language": "ru", "date": day}, default_coder())
    return line["sentences"][0]["status"]


@pytest.mark.parametrize(
    ("text", "noun", "code"),
    [
        ("Кенийский спецназ избивал дубинками демонстрантов.", "демонстрантов", "KEN"),
        ("Тбилисцы перекрыли проспект, полиция разогнала их.", "полиция", "GEO"),
        ("Боевики ТТП похитили троих солдат.", "солдат", "PAK"),
        ("Иранцы вышли на улицы против правительства.", "правительства", "IRN"),
    ],
)
def test_a_bare_noun_is_of_the_only_country_named(text, noun, code):
    assert named(text)[noun] == code


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Китай и Япония спорят, полиция молчит.", "полиция"),
        ("Демонстранты забросали яйцами посольство США.", "Демонстранты"),
        ("Грузия выразила соболезнования премьеру Джонсону.", "премьеру"),
        ("Об этом заявил вице-премьер, вернувшийся из Ирана.", "премьер"),
    ],
)
def test_a_bare_noun_is_of_no_country_where_several_or_a_foreign_house_or_its_own_name_stand(text, noun):
    assert noun not in named(text)


def test_a_junta_is_of_a_state_that_soldiers_rule():
    assert named("Китай призвал Мьянму к миру, и хунта согласилась.")["хунта"] == "MMR"
    assert "хунта" not in named("Китай и Япония спорят, а хунта молчит.")


def test_a_name_of_three_parts_is_known_in_every_case():
    assert named("Россия вручила ноту Абдул Саламу Ханафи.")["Абдул Саламу Ханафи"] == "AFG"


def test_khorasan_in_quotes_is_the_branch_and_without_quotes_a_land():
    assert named("Спецназ талибов уничтожил главарей «Хорасана».")["Хорасана"] == "ISKP"
    assert "ISKP" not in named("Караваны шли из Хорасана в Индию.").values()


def test_kurds_of_a_named_state_are_not_the_syrian_forces():
    assert named("Анкара пригрозила курдам.")["курдам"] == "SDF"
    assert "SDF" not in named("Багдад заплатил иракским курдам.").values()


@pytest.mark.parametrize(
    "text",
    [
        "Китай тем не менее подписал с Пакистаном соглашение.",
        "Ли Чжэ Мён предложил Пхеньяну переговоры.",
        "Ван И без предупреждения прилетел в Кабул.",
        "Ниамей не принял извинений и отклонил предложение Парижа.",
        "Ни пяди земли американцам Кабул не отдаст, талибы ни за что не отдадут базу Вашингтону.",
        "Вашингтон заморозил военную помощь Исламабаду, пока тот не уступит.",
        "Роскомнадзор пригрозил закрыть Google, если тот не выполнит закон.",
        "Пекин отменил пошлины на австралийское вино, введённые в 2020 году.",
        "Сеул разорвал соглашение 2018 года с Пхеньяном.",
        "Пограничники России ушли из Армении, где стояли с 1992 года.",
        "Аддис-Абеба собирает три дивизии у границы Эритреи.",
        "Полиция Польши облила краской посла России; Минск не ответил.",
    ],
)
def test_small_words_that_deny_nothing_leave_an_act_reported(text):
    assert status(text) == "reported"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Китай не подписал с Пакистаном соглашение.", "negated"),
        ("Индия и Китай разошлись без подписания соглашения.", "negated"),
        ("Признания талибов со стороны Астаны пока не последовало.", "judgement"),
        ("Пекин собирается подписать договор с Кабулом.", "judgement"),
        ("СССР вторгся в Афганистан в декабре 1979 года.", "background"),
        ("Если Иран нападёт, Израиль ответит.", "judgement"),
    ],
)
def test_what_is_not_done_or_long_past_stays_unreported(text, expected):
    assert status(text) == expected
