import numpy as np
import pytest

from coding.naming import find_names
from marsad.coding.candidates import blended
from marsad.coding.pair_reader import NOTHING, PairsRead, load_reader
from marsad.coding.sentence import Party, open_sentence
from marsad.coding.window import TYPES
from marsad.domain.words import Language


def party(code):
    return Party(0, 0, code, None, is_attribution=False)


def table(**seen):
    """Nothing between anybody, but for what is said: A_B=("SANCTION", .7)."""
    rows = np.zeros((3, 3, NOTHING + 1), np.float32)
    rows[:, :, NOTHING] = 1
    for pair, (kind, probability) in seen.items():
        source, target = (("0", "A", "B").index(side) for side in pair.split("_"))
        rows[source, target, TYPES.index(kind)] = probability
        rows[source, target, NOTHING] = 1 - probability
    return PairsRead({"AFG": 1, "PAK": 2}, rows)


def test_pairs_are_looked_up_by_code_and_the_unnamed_stand_first():
    read = table(A_B=("SANCTION", 0.7), **{"0_A": ("ASSAULT", 0.6), "B_0": ("MOBILIZE", 0.5)})
    assert read.of(party("AFG"), party("PAK"))[TYPES.index("SANCTION")] == pytest.approx(0.7)
    assert read.of(party("PAK"), party("AFG"))[NOTHING] == 1
    assert read.of(None, party("AFG"))[TYPES.index("ASSAULT")] == pytest.approx(0.6)
    assert read.of(party("PAK"), None)[TYPES.index("MOBILIZE")] == pytest.approx(0.5)


def test_a_doer_coded_as_unknown_is_looked_up_by_its_own_name():
    rows = table().table.copy()
    rows[1, 2, TYPES.index("ASSAULT")] = 0.9
    assert PairsRead({"UNK": 1, "PAK": 2}, rows).of(None, party("PAK"))[TYPES.index("ASSAULT")] == pytest.approx(0.9)


def test_likely_acts_come_surest_first_and_nobody_to_nobody_never():
    read = table(A_B=("SANCTION", 0.4), B_A=("REJECT", 0.8), **{"0_0": ("PROTEST", 0.9), "A_0": ("MOBILIZE", 0.2)})
    assert [(source, target, TYPES[kind]) for source, target, kind in read.likely(0.3)] == [
        ("PAK", "AFG", "REJECT"),
        ("AFG", "PAK", "SANCTION"),
    ]


def test_probabilities_of_every_pair_sum_to_one_whatever_the_number_of_parties():
    for spans in ([], [[(0, 4)]], [[(0, 4), (20, 24)], [(9, 15)]]):
        read = load_reader().read("Iran and Russia told Iran to wait.", spans)
        assert read.shape == (len(spans) + 1, len(spans) + 1, NOTHING + 1)
        assert read.sum(axis=-1) == pytest.approx(1, abs=1e-5)


def test_of_a_text_too_long_to_read_the_end_is_passed_over():
    text = "Iran condemned Russia. " + "and so on " * 300 + "Cuba"
    read = load_reader().read(text, [[(0, 4)], [(15, 21)], [(len(text) - 4, len(text))]])
    assert np.isfinite(read).all()


@pytest.mark.parametrize(
    ("text", "doer", "other"),
    [
        ("فرضت روسيا عقوبات على إيران.", "روسيا", "إيران"),
        ("Sanctions were imposed on Iran by Russia.", "Russia", "Iran"),
        ("روسیه ایران را تحریم کرد.", "روسیه", "ایران"),
        ("روسیې پر ایران بندیزونه ولګول.", "روسیې", "ایران"),
        ("Против Ирана Россия ввела санкции.", "Россия", "Ирана"),
    ],
)
def test_in_every_language_it_sees_the_doer_act_rather_than_the_one_acted_on(text, doer, other):
    spans = [[(text.index(name), text.index(name) + len(name))] for name in (doer, other)]
    read = load_reader().read(text, spans)
    assert read[1, 2, :NOTHING].sum() > 5 * read[2, 1, :NOTHING].sum()


def test_parties_of_a_sentence_are_read_by_their_codes():
    text = "Russia imposed sanctions on Iran."
    sentence = open_sentence(text, 0, len(text), Language.EN, find_names(text, Language.EN, None))
    read = load_reader().read_parties(sentence)
    assert read.numbers == {"RUS": 1, "IRN": 2}
    assert read.of(party("RUS"), party("IRN")).argmax() == TYPES.index("SANCTION")


def test_what_head_and_reader_both_hold_likely_wins():
    head, reader = np.array([0.5, 0.4, 0.1], np.float32), np.array([0.0, 0.6, 0.4], np.float32)
    assert blended(head, reader).argmax() == 1
    assert float(blended(head, reader).sum()) == pytest.approx(1)
