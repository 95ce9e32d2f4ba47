import numpy as np

from coding.naming import find_names
from marsad.coding.acts import acts_of
from marsad.coding.candidates import anchors, candidates
from marsad.coding.pair_reader import NOTHING, PairsRead
from marsad.coding.sentence import open_sentence
from marsad.coding.window import TYPES
from marsad.domain.words import Language

EVEN = np.full(NOTHING, 1 / NOTHING, np.float32)


def reading(text, **seen):
    """Lay a sentence open, with what a reader sees in it: RUS_IRN=("SANCTION", .7); nothing between others."""
    sentence = open_sentence(text, 0, len(text), Language.EN, find_names(text, Language.EN, None))
    numbers = {code: 1 + at for at, code in enumerate(dict.fromkeys(party.code for party in sentence.parties))}
    table = np.zeros((len(numbers) + 1, len(numbers) + 1, NOTHING + 1), np.float32)
    table[:, :, NOTHING] = 1
    for pair, (kind, probability) in seen.items():
        source, target = (numbers[code] for code in pair.split("_"))
        table[source, target, TYPES.index(kind)] = probability
        table[source, target, NOTHING] = 1 - probability
    return sentence, PairsRead(numbers, table)


def told(sentence, read, *, may_see=True):
    """Return who, what and whom of every reading, by anchor."""
    found = anchors(sentence, acts_of(sentence), read, may_see=may_see)
    return [
        {
            (each.source.code if each.source else None, each.event_type, each.target.code if each.target else None)
            for each in candidates(sentence, anchor, EVEN, read, len(found))
        }
        for anchor in found
    ]


def test_the_rules_pair_is_always_read_and_another_only_where_the_reader_sees_something():
    sentence, blind = reading("Russia condemned Iran over Pakistan.")
    (of_act,) = told(sentence, blind)
    assert {pair[::2] for pair in of_act} == {("RUS", "IRN")}
    sentence, read = reading("Russia condemned Iran over Pakistan.", RUS_PAK=("ACCUSE", 0.2))
    (of_act,) = told(sentence, read)
    assert {("RUS", "ACCUSE", "IRN"), ("RUS", "ACCUSE", "PAK")} <= of_act


def test_the_rules_pair_is_never_read_turned_round():
    sentence, read = reading("Russia condemned Iran.", IRN_RUS=("ACCUSE", 0.9))
    (of_act,) = told(sentence, read)
    assert ("RUS", "ACCUSE", "IRN") in of_act
    assert ("IRN", "ACCUSE", "RUS") not in of_act


def test_who_only_says_so_did_nothing():
    sentence, read = reading("A Taliban spokesman said that Pakistan attacked Iran.", AFG_IRN=("ASSAULT", 0.9))
    (of_act,) = told(sentence, read)
    assert {pair[::2] for pair in of_act} == {("PAK", "IRN")}


def test_what_the_reader_says_of_the_rules_pair_is_a_reading_beside_the_triggers():
    sentence, read = reading("Russia condemned Iran.", RUS_IRN=("SANCTION", 0.2))
    (of_act,) = told(sentence, read)
    assert {("RUS", "ACCUSE", "IRN"), ("RUS", "SANCTION", "IRN")} <= of_act


def test_of_acts_of_both_sides_the_first_named_is_the_source():
    sentence, read = reading("Russia and Iran signed an agreement.", RUS_IRN=("AGREE", 0.5), IRN_RUS=("AGREE", 0.5))
    (of_act,) = told(sentence, read)
    assert ("RUS", "AGREE", "IRN") in of_act
    assert ("IRN", "AGREE", "RUS") not in of_act


def test_pairs_of_which_the_reader_sees_an_act_are_read_if_it_may_the_surest_first():
    text = "Russia and Iran are neighbours of Pakistan."
    sentence, read = reading(text, RUS_IRN=("COOPERATE", 0.4), IRN_PAK=("SANCTION", 0.8))
    assert told(sentence, read, may_see=False) == []
    surest, second = told(sentence, read)
    assert ("IRN", "SANCTION", "PAK") in surest
    assert second == {("RUS", "COOPERATE", "IRN")}


def test_beside_a_told_act_the_reader_may_see_another_one():
    sentence, read = reading("Russia condemned Iran and Pakistan.", IRN_PAK=("REJECT", 0.6))
    assert {("IRN", "REJECT", "PAK")} in told(sentence, read)
