from datetime import date

import numpy as np
import pytest

from marsad.collect.actor_names import codes_by_day, known
from marsad.vocab.actors import load_registry
from marsad.vocab.leaders import _by_first_word

DAY_ZERO = date(1970, 1, 1)


def code_on(name, day):
    days = np.array([(date.fromisoformat(day) - DAY_ZERO).days])
    return codes_by_day([name], np.array([0]), days)[0]


def test_an_office_holder_counts_for_the_office_held_on_the_day():
    assert code_on("Federica_Mogherini", "2014-06-01") == "ITA"
    assert code_on("Federica_Mogherini", "2015-06-01") == "EUE"
    assert code_on("Federica_Mogherini", "2021-06-01") is None


def test_a_minister_who_became_president_is_known_in_both_offices():
    assert code_on("Fumio_Kishida", "2014-06-01") == code_on("Fumio_Kishida", "2022-06-01") == "JPN"
    assert code_on("Ashraf_Ghani_Ahmadzai", "2014-12-01") == "AFG"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Afghan_National_Army", "AFG"),
        ("Armed Forces of the Republic of Armenia", "ARM"),
        ("Royal_Thai_Police", "THA"),
        ("Iranian Parliament", "IRN"),
    ],
)
def test_a_states_own_body_is_the_state(name, code):
    assert [term.code for term in known(name).terms] == [code]


@pytest.mark.parametrize("name", ["Toronto Police Service", "Free Syrian Army", "National Liberation Army", "Joseph"])
def test_a_city_a_rebel_army_and_a_first_name_are_no_state(name):
    assert known(name).terms == ()


def test_every_office_holder_is_of_a_known_actor_and_leaves_after_coming():
    kinds = load_registry().kinds
    for names in _by_first_word().values():
        for words, terms in names.items():
            assert len(words) > 1
            for term in terms:
                assert term.code in kinds
                assert term.since is None or term.until is None or term.since <= term.until
