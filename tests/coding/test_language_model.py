"""A language model's reading, held against the text; the server is a small one on this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest
from click.testing import CliRunner

from marsad.cli import main
from marsad.coding import code_text, default_coder
from marsad.coding.coder import with_model
from marsad.coding.language_model import LanguageModel, request
from marsad.domain.words import Language
from marsad.errors import ModelUnreadable
from tiny_desk import DESK

TEXT = "Pakistan gave Afghanistan the cold shoulder in Doha. Iran sent Kabul a stern note."
ACT = {
    "quote": "Pakistan gave Afghanistan the cold shoulder",
    "source": "Pakistan",
    "target": "Afghanistan",
    "event_type": "REJECT",
    "mode": None,
    "context": "diplomacy",
    "status": "reported",
}


def says(*acts):
    content = json.dumps({"acts": list(acts)})
    return {"choices": [{"message": {"content": content}}]}


def events(*acts, text=TEXT):
    coder = with_model(default_coder(), LanguageModel("canned", lambda _: says(*acts)))
    line = code_text({"id": "1", "text": text, "language": "en", "date": "2026-05-27"}, coder)
    return [event for sentence in line["sentences"] for event in sentence["events"]]


def of_model(*acts, text=TEXT):
    return [(e["source"], e["event_type"], e["target"]) for e in events(*acts, text=text) if e["confidence"] == 0.6]


def test_an_act_the_text_bears_out_becomes_an_event_with_the_models_quote():
    assert of_model(ACT) == [("PAK", "REJECT", "AFG")]
    (event,) = [event for event in events(ACT) if event["confidence"] == 0.6]
    assert TEXT[slice(*event["quote"])] == ACT["quote"]


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "Pakistan gave Afghanistan a cold shoulder"},
        {"quote": ""},
        {"source": "China"},
        {"source": "Iran"},  # stands in the text, not in the quote
        {"target": "cold shoulder"},  # stands in the quote, is no actor
        {"event_type": "SNUB"},
        {"status": "judgement"},
        {"source": None},
    ],
)
def test_what_the_text_does_not_bear_out_is_dropped(change):
    assert of_model(ACT | change) == []


def test_a_mode_that_is_not_the_types_is_left_out():
    (event,) = [event for event in events(ACT | {"mode": "air_strike"}) if event["confidence"] == 0.6]
    assert event["mode"] is None


def test_an_act_both_tell_is_surer_than_either_alone():
    text = "Pakistan bombed Afghanistan."
    act = ACT | {"quote": text, "event_type": "ASSAULT"}
    alone = code_text({"id": "1", "text": text, "language": "en"}, default_coder())["sentences"][0]["events"]
    both = events(act, text=text)
    assert len(both) == len(alone) == 1
    assert both[0]["confidence"] >= max(alone[0]["confidence"], 0.95)


def test_agreement_adds_to_a_doubtful_act_and_takes_nothing_from_a_sure_one():
    model = LanguageModel("canned", dict, trust=0.6)
    assert model.confidence(0.5) == 0.8
    assert model.confidence(0.9) == 0.95
    assert model.confidence(0.97) == 0.97


def test_the_coders_name_says_that_a_model_was_asked():
    assert with_model(default_coder(), LanguageModel("canned", dict)).name == f"{default_coder().name}+canned"


def test_an_answer_in_another_shape_is_a_clear_fault():
    model = LanguageModel("canned", lambda _: {"choices": [{"message": {"content": "Sure! Here are the acts."}}]})
    with pytest.raises(ModelUnreadable, match="not in the shape asked for"):
        model.read(TEXT, Language.EN, None, [])


def test_the_request_holds_the_codebook_the_text_and_a_schema_that_names_every_type():
    asked = request("m", TEXT, Language.EN, None)
    schema = asked["response_format"]["json_schema"]["schema"]["properties"]["acts"]["items"]
    assert len(schema["properties"]["event_type"]["enum"]) == 16
    assert TEXT in asked["messages"][1]["content"]
    assert asked["temperature"] == 0


class _Server(BaseHTTPRequestHandler):
    asked: ClassVar[list] = []

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.asked.append((self.path, self.headers.get("authorization"), body["model"]))
        told = json.dumps(says(ACT)).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_):
        return None


@pytest.fixture
def server():
    _Server.asked.clear()
    running = HTTPServer(("127.0.0.1", 0), _Server)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}/v1"
    running.shutdown()
    running.server_close()


def desk_with(tmp_path, server):
    (tmp_path / "desk.toml").write_text(f'{DESK}\n[coder]\nserver = "{server}"\nmodel = "small"\n', "utf-8")
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "1", "text": TEXT, "language": "en"}) + "\n", "utf-8")
    return [str(tmp_path / "in.jsonl"), "--desk", str(tmp_path)]


def test_marsad_code_asks_the_desks_model_over_the_network_with_its_key(tmp_path, server, monkeypatch):
    monkeypatch.setenv("MARSAD_API_KEY", "sesame")
    done = CliRunner().invoke(main, ["code", *desk_with(tmp_path, server)])
    assert done.exit_code == 0, done.stderr
    told = [event for sentence in json.loads(done.stdout)["sentences"] for event in sentence["events"]]
    assert ("PAK", "REJECT", "AFG") in {(e["source"], e["event_type"], e["target"]) for e in told}
    assert _Server.asked == [("/v1/chat/completions", "Bearer sesame", "small")]


def test_a_server_that_does_not_answer_is_one_clear_line(tmp_path):
    done = CliRunner().invoke(main, ["code", *desk_with(tmp_path, "http://127.0.0.1:9/v1")])
    assert done.exit_code == 1
    assert "no answer" in done.stderr
    assert "Next: start the server" in done.stderr


def test_without_a_declared_model_none_is_asked(tmp_path, server):
    words = desk_with(tmp_path, server)
    (tmp_path / "desk.toml").write_text(DESK, "utf-8")
    done = CliRunner().invoke(main, ["code", *words])
    assert done.exit_code == 0, done.stderr
    assert _Server.asked == []
