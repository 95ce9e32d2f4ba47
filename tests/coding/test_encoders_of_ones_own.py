"""Encoders a user brings: an ONNX model in a folder, a server on the network."""

import numpy as np
import pytest

from marsad.coding.onnx_encoder import OnnxEncoder
from marsad.coding.remote_encoder import RemoteEncoder
from marsad.desk import coder_of
from marsad.domain.desk import parse_desk
from marsad.errors import BadDesk, BadInput, ModelUnreadable
from tiny_desk import DESK

WORDS = ["[PAD]", "[UNK]", "query", ":", "peace", "war"]
# One vector a token: padding would spoil the mean if it were counted.
TABLE = np.array([[9, 9], [0, 0], [0, 0], [0, 0], [2, 0], [0, 4]], np.float32)


@pytest.fixture
def folder(tmp_path):
    onnx = pytest.importorskip("onnx", reason="the small model is built with onnx")
    tokenizers = pytest.importorskip("tokenizers", reason="needs the extra onnx")
    nodes = [onnx.helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])]
    ids = onnx.helper.make_tensor_value_info("input_ids", onnx.TensorProto.INT64, ["n", "t"])
    layer = onnx.helper.make_tensor_value_info("last_hidden_state", onnx.TensorProto.FLOAT, ["n", "t", 2])
    graph = onnx.helper.make_graph(nodes, "tiny", [ids], [layer], [onnx.numpy_helper.from_array(TABLE, "table")])
    opset = [onnx.helper.make_opsetid("", 17)]
    onnx.save(onnx.helper.make_model(graph, opset_imports=opset, ir_version=9), tmp_path / "model.onnx")
    words = tokenizers.models.WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token="[UNK]")
    tokenizer = tokenizers.Tokenizer(words)
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    return tmp_path


def test_an_onnx_model_gives_the_mean_of_its_tokens_with_length_one_padding_left_out(folder):
    pytest.importorskip("tokenizers", reason="needs the extra onnx")
    rows = OnnxEncoder(folder, "tiny").encode(["peace", "peace war war"])
    # query : peace -> (2/3, 0); query : peace war war -> (2/5, 8/5), of length sqrt(68)/5.
    assert rows == pytest.approx(np.array([[1, 0], [2 / 68**0.5, 8 / 68**0.5]]), abs=1e-6)


def test_more_texts_than_a_batch_come_back_in_order(folder):
    pytest.importorskip("tokenizers", reason="needs the extra onnx")
    texts = ["peace", "war"] * 20
    rows = OnnxEncoder(folder, "tiny").encode(texts)
    assert rows.round(3).tolist() == [[1.0, 0.0], [0.0, 1.0]] * 20


def test_a_folder_without_a_model_is_one_clear_line(tmp_path):
    pytest.importorskip("tokenizers", reason="needs the extra onnx")
    with pytest.raises(BadInput, match=r"holds no model\.onnx"):
        OnnxEncoder(tmp_path, "tiny")


def canned(answer):
    asked = []

    def embed(request):
        asked.append(request)
        return answer(request)

    return embed, asked


def test_a_servers_vectors_come_back_in_the_order_of_the_texts_with_length_one():
    embed, asked = canned(
        lambda request: {
            "data": [
                {"index": at, "embedding": [3.0 * (at + 1), 4.0 * (at + 1)]}
                for at in reversed(range(len(request["input"])))
            ]
        }
    )
    rows = RemoteEncoder("big", embed).encode(["peace"] * 65)
    assert rows.shape == (65, 2)
    assert rows == pytest.approx(np.full((65, 2), [0.6, 0.8]), abs=1e-6)
    assert [len(request["input"]) for request in asked] == [64, 1]
    assert asked[0]["input"][0] == "query: peace"


@pytest.mark.parametrize(
    "answer", [{}, {"data": [{"index": 0}]}, {"data": []}, {"data": [{"index": 0, "embedding": "many"}]}]
)
def test_an_answer_that_is_not_one_vector_a_text_is_a_clear_fault(answer):
    with pytest.raises(ModelUnreadable):
        RemoteEncoder("big", lambda _: answer).encode(["peace"])


def desk_with(encoder):
    return parse_desk(f"{DESK}\n[encoder]\n{encoder}\n")


def test_a_desk_may_bring_an_onnx_model_whose_vectors_the_head_reads(folder):
    pytest.importorskip("tokenizers", reason="needs the extra onnx")
    settings = desk_with(f'name = "multilingual-e5-small-q4"\nonnx = "{folder}"')
    assert isinstance(coder_of(settings, folder).encoder, OnnxEncoder)


def test_vectors_the_head_was_not_learnt_on_are_refused(tmp_path):
    settings = desk_with('name = "another"\nserver = "http://127.0.0.1:9/v1"')
    with pytest.raises(BadInput, match="not of another"):
        coder_of(settings, tmp_path)


def test_a_head_that_is_not_there_is_one_clear_line(tmp_path):
    settings = desk_with('name = "another"\nserver = "http://127.0.0.1:9/v1"\nhead = "gone.npz"')
    with pytest.raises(BadInput, match="no head can be read"):
        coder_of(settings, tmp_path)


def test_an_encoder_is_either_a_folder_or_a_server():
    with pytest.raises(BadDesk, match="needs a folder or a server"):
        desk_with('name = "both"\nonnx = "here"\nserver = "http://127.0.0.1:9/v1"')
