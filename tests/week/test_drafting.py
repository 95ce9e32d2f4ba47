"""A draft about a chosen pair, judgements kept at publishing, and the page on this machine, on the tiny desk."""

import re
import threading
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
from click.testing import CliRunner

from marsad import issuefile
from marsad.bulletin import check_file, publish_file
from marsad.cli import main
from marsad.coding.coder import default_coder
from marsad.desk import open_desk
from marsad.drafting import draft_issue
from marsad.edges import Edges
from marsad.errors import BadInput, CheckFailed
from marsad.preview import Preview, serve
from marsad.store import Disk
from tiny_desk import NOW, W22, NoNetwork, TinyDesk

JUDGEMENT = """
:::{judgement}
:probability: 0.7
:by: 2026-12-31
:resolve: PAK ASSAULT AFG
:author: A. Analyst
Pakistan will strike again.
:::
"""


def drafted(tiny: TinyDesk, source="PAK", target="AFG", **options):
    opened = open_desk(tiny.root)
    edges = Edges(tiny.root, NoNetwork, lambda: NOW, Disk(), default_coder(), tiny.said.append)
    return draft_issue(source, target, opened.settings, opened.store, edges, W22, **options)


def published(tiny: TinyDesk, path: Path):
    opened = open_desk(tiny.root)
    return publish_file(path, opened.settings, opened.store, path.parent, Disk(), NOW)


def errors(tiny: TinyDesk, path: Path):
    opened = open_desk(tiny.root)
    return [one.rule for one in check_file(path, opened.settings, opened.store)[1] if one.level == "error"]


def test_a_desk_that_never_ran_drafts_an_issue_about_the_pair_asked_for(desk: TinyDesk):
    (path,) = drafted(desk, languages=["en"])
    text = path.read_text("utf-8")
    assert path == desk.root / "issues/22/issue.en.md"
    assert "subject: [PAK, AFG]" in text
    assert (path.parent / "evidence.en.csv").exists()


def test_names_do_for_codes_and_the_desks_languages_are_the_default(desk: TinyDesk):
    paths = drafted(desk, "Pakistan", "أفغانستان")
    assert [path.name for path in paths] == ["issue.ar.md", "issue.en.md"]


def test_a_drafted_issue_is_checked_and_published_without_a_run(desk: TinyDesk):
    (path,) = drafted(desk, languages=["en"])
    assert errors(desk, path) == []
    assert {"issue.en.pdf", "issue.en.html"} <= {file.name for file in published(desk, path)}


def test_drafting_again_replaces_the_machines_draft_and_never_an_analysts(desk: TinyDesk):
    (path,) = drafted(desk, languages=["en"])
    assert drafted(desk, "RUS", "AFG", languages=["en"]) == (path,)
    edited = path.read_text("utf-8").replace("In sum,", "To sum up,")
    path.write_text(edited, "utf-8")
    assert drafted(desk, languages=["en"]) == (path.parent / "issue.en.draft.md",)
    assert path.read_text("utf-8") == edited


def test_the_weekly_run_keeps_a_drafted_issue_and_publishes_it(desk: TinyDesk):
    (path,) = drafted(desk, languages=["en"])
    text = path.read_text("utf-8")
    desk.run()
    assert path.read_text("utf-8") == text
    assert "Pakistan" in re.search(r"<title>(.*?)</title>", (path.parent / "issue.en.html").read_text("utf-8"))[1]


@pytest.mark.parametrize(
    ("source", "target", "options", "fault"),
    [
        ("PAK", "PAK", {}, "both are the same actor"),
        ("PAK", "Atlantis", {}, "neither in the registry nor in the events"),
        ("PAK", "AFG", {"languages": ["ru"]}, "no bulletin is written in it"),
    ],
)
def test_a_draft_that_cannot_be_is_refused_with_the_reason(desk: TinyDesk, source, target, options, fault):
    with pytest.raises(BadInput, match=fault):
        drafted(desk, source, target, **options)


def test_a_value_that_went_stale_holds_the_issue_and_the_right_one_passes(desk: TinyDesk):
    (path,) = drafted(desk, languages=["en"])
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("## Conclusion", "Strikes: {value}`9 <count PAK ASSAULT AFG>`.\n\n## Conclusion"), "utf-8"
    )
    assert errors(desk, path) == ["value-stale"]
    with pytest.raises(CheckFailed):
        published(desk, path)
    path.write_text(path.read_text("utf-8").replace("`9 <", "`1 <"), "utf-8")
    assert errors(desk, path) == []


def test_a_published_judgement_stands_in_the_ledger_once_for_all_languages_and_reruns(desk: TinyDesk):
    paths = drafted(desk)
    for path in paths:
        path.write_text(path.read_text("utf-8").replace("\n## ", f"\n{JUDGEMENT}\n## ", 1), "utf-8")
        published(desk, path)
        published(desk, path)
    rows = open_desk(desk.root).store.read("judgements").to_pylist()
    assert [(row["issue"], row["probability"], row["author"]) for row in rows] == [("22", 0.7, "A. Analyst")]
    assert rows[0]["resolution_rule"].startswith("PAK ASSAULT AFG from ")


def test_a_changed_probability_is_another_judgement(desk: TinyDesk):
    (path,) = drafted(desk, languages=["en"])
    opened = open_desk(desk.root)
    text = path.read_text("utf-8") + JUDGEMENT
    for changed in (text, text, text.replace("0.7", "0.6")):
        issuefile.enter_judgements(changed, opened.settings, opened.store, now=NOW, where="issue.en.md")
    assert opened.store.read("judgements")["probability"].to_pylist() in ([0.7, 0.6], [0.6, 0.7])


def test_an_analysts_hypotheses_are_asked_again_in_the_next_issue(desk: TinyDesk):
    (path,) = drafted(desk, languages=["en"])
    block = ":::{hypotheses}\n:H1: Mine\n:H2: Other\n:by: 2026-12-31\n- x | PAK ASSAULT AFG | + | -\n:::"
    text = re.sub(r"::::\{draft\}\n:::\{hypotheses\}.*?\n::::", block, path.read_text("utf-8"), flags=re.DOTALL)
    path.write_text(text, "utf-8")
    desk.run(W22.shift(1))
    after = (desk.root / "issues/23/issue.en.md").read_text("utf-8")
    assert block in after
    assert ":::{hypotheses}" in (desk.root / "issues/23/issue.ar.md").read_text("utf-8")


def test_the_preview_shows_the_page_and_sets_it_anew_on_saving(desk: TinyDesk):
    (path,) = drafted(desk, languages=["en"])
    opened = open_desk(desk.root)
    with serve(Preview(path, opened.settings, opened.store), 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:

            def get(name, host="127.0.0.1"):
                with closing(HTTPConnection("127.0.0.1", server.server_port, timeout=30)) as connection:
                    connection.request("GET", name, headers={"Host": f"{host}:{server.server_port}"})
                    answer = connection.getresponse()
                    return answer.status, answer.read()

            status, page = get("/")
            version = get("/version")[1]
            assert (status, b"In sum," in page, version in page) == (200, True, True)
            assert get("/version")[1] == version
            good = path.read_text("utf-8")
            path.write_text(good.replace("In sum,", "To sum up,"), "utf-8")
            assert get("/version")[1] != version
            assert b"To sum up," in get("/")[1]
            path.write_text(good + "\n:::{gains} RUS\n:::\n", "utf-8")
            page = get("/")[1].decode()
            assert "gains: needs two parties" in page
            assert "To sum up," in page  # the last good page stays
            path.write_text(good.replace("In sum,", "All in all,"), "utf-8")
            page = get("/")[1].decode()
            assert "All in all," in page
            assert 'role="alert"' not in page
            assert get("/Amiri-Regular.ttf")[0] == 200
            assert get("/../desk.toml")[0] == 404
            assert get("/", host="elsewhere.example")[0] == 403
        finally:
            server.shutdown()
            thread.join()


def test_a_taken_port_is_bad_input(desk: TinyDesk):
    opened = open_desk(desk.root)
    preview = Preview(desk.root / "issue.en.md", opened.settings, opened.store)
    with serve(preview, 0) as server, pytest.raises(BadInput, match=f"port {server.server_port}"):
        serve(preview, server.server_port)


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_the_verb_takes_several_languages_after_one_option(desk: TinyDesk):
    done = run("draft", "PAK", "AFG", "--lang", "ar", "en", "--desk", desk.root, "--week", "2026-W22")
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert [Path(line).name for line in lines if line.endswith(".md")] == ["issue.ar.md", "issue.en.md"]
    assert f"Next: marsad preview {desk.root}/issues/22/issue.ar.md" in done.output


def test_a_third_party_is_not_taken_for_a_language(desk: TinyDesk):
    done = run("draft", "PAK", "AFG", "RUS", "--desk", desk.root, "--week", "2026-W22")
    assert done.exit_code == 2
    assert "names three parties" in done.output


def test_a_file_in_a_desk_is_checked_by_that_desk(desk: TinyDesk):
    declaration = desk.root / "desk.toml"
    declaration.write_text(declaration.read_text("utf-8") + '\n[check]\nempty-link = "off"\n', "utf-8")
    note = desk.root / "note.md"
    note.write_text("# Note\n\nSee [this](#).\n", "utf-8")
    assert "empty-link" not in run("check", note).output
    drafted(desk, languages=["en"])
    path = desk.root / "issues/22/issue.en.md"
    path.write_text(path.read_text("utf-8") + "\n{value}`9 <count PAK ASSAULT AFG>`\n", "utf-8")
    assert "value-stale" in run("check", path).output
