"""One tiny week from bytes to issue, without a network."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from marsad import ledger
from marsad.domain.week import Week
from marsad.errors import BadInput, DamagedTable, NoSpace
from marsad.forecast import forecasts_text
from marsad.store import Disk, Store
from tiny_desk import DESK, NOW, W22, TinyDesk, make_desk

ROOT = Path(__file__).parents[2]


def test_the_issue_appears_in_each_language_as_text_pdf_and_page(built):
    tiny, issue = built
    names = {path.name for path in issue.files}
    assert names >= {f"issue.{lang}.{kind}" for lang in ("ar", "en") for kind in ("md", "pdf", "html")}
    assert (issue.number, issue.n_reports, issue.n_new) == (22, 17, 19)
    assert (tiny.root / "issues/22/issue.ar.pdf").read_bytes().startswith(b"%PDF")


def test_the_relation_rises_to_defence_on_the_day_of_the_agreement(built):
    tiny, _ = built
    store = Store(tiny.root / "data")
    breaks = [row for row in store.read("breaks").to_pylist() if (row["source"], row["target"]) == ("AFG", "RUS")]
    assert [(row["week"], row["ladder"], row["to_rung"]) for row in breaks] == [
        ("2026-W15", "cooperation", 3),
        ("2026-W22", "cooperation", 5),
    ]


def test_the_break_opens_reactions_that_name_it(built):
    tiny, _ = built
    answer = ledger.open_forecasts(Store(tiny.root / "data"), NOW)
    after = {tuple(row["after"]) for row in answer["forecasts"] if row["after"]}
    assert after == {("AFG-RUS cooperation rise 2026-W22",)}
    assert "After a rise of cooperation AFG-RUS since 2026-W22 (" in forecasts_text(answer, None)


def test_forecasts_of_an_earlier_origin_tell_what_became_of_each(built):
    tiny, _ = built
    store = Store(tiny.root / "data")
    answer = ledger.open_forecasts(store, NOW, 1, date(2026, 4, 5))
    assert answer["origin"] == date(2026, 4, 5)
    assert {row["fate"] for row in answer["forecasts"]} <= {"yes", "no", "void"}
    with pytest.raises(BadInput, match="2026-04-05"):
        ledger.open_forecasts(store, NOW, 1, date(2026, 4, 6))


def test_one_agreement_told_by_four_reports_is_one_event(built):
    tiny, _ = built
    store = Store(tiny.root / "data")
    (event,) = [
        row for row in store.read("events").to_pylist() if row["event_type"] == "AGREE" and row["context"] == "military"
    ]
    mentions = [row["report_id"] for row in store.read("mentions").to_pylist() if row["event_id"] == event["event_id"]]
    assert set(mentions) == {"A07", "A08", "W5", "W6"}


def test_an_event_told_again_weeks_later_has_one_row_and_a_new_mention(desk: TinyDesk):
    desk.run()
    before = desk.root.joinpath("agency/reports.csv").read_text("utf-8")
    again = "A11,2026-06-23,false,First Agency,https://a.example/11,en,,"
    text = "Russia and Afghanistan signed a military cooperation agreement in Moscow on 27 May 2026."
    desk.root.joinpath("agency/reports.csv").write_text(f"{before}{again}{text}\n", "utf-8")
    desk.run(Week.parse("2026-W26"))
    store = Store(desk.root / "data")
    keys = store.read("events")["event_id"].to_pylist()
    assert len(keys) == len(set(keys))
    (signed,) = [row for row in store.read("events").to_pylist() if row["event_type"] == "AGREE"]
    assert sum(key == signed["event_id"] for key in store.read("mentions")["event_id"].to_pylist()) == 5


def test_every_sentence_of_the_machine_is_marked_and_noted(built):
    tiny, _ = built
    text = (tiny.root / "issues/22/issue.en.md").read_text("utf-8")
    assert "[^A07]" in text
    assert ":::{draft}" in text
    assert ":::{analyst}" in text


def test_a_rerun_replaces_the_issue_byte_for_byte(desk: TinyDesk):
    desk.run()
    before = desk.files("issues", "data")
    again = desk.run()
    assert desk.files("issues", "data") == before
    assert (again.n_new, again.n_opened) == (0, 0)


def test_a_past_week_is_rebuilt_byte_for_byte_after_later_reports(desk: TinyDesk):
    desk.run(as_of=date(2026, 5, 31))
    before = desk.files()
    late = 'A11,2026-05-30,false,Late Agency,https://l.example/11,en,,"Russia and Afghanistan signed an arms deal on 26 May 2026."\n'
    later = "A12,2026-06-10,false,First Agency,https://a.example/12,en,,Pakistan expelled the Afghan ambassador.\n"
    reports = desk.root / "agency/reports.csv"
    reports.write_text(reports.read_text("utf-8") + late + later, "utf-8")
    desk.run(Week.parse("2026-W24"))
    desk.run(as_of=date(2026, 5, 31))
    assert desk.files("issues/22") == before


def test_a_week_just_over_sees_what_is_known_now_and_an_old_one_only_its_own_time(desk: TinyDesk):
    desk.now = datetime(2026, 6, 5, tzinfo=UTC)
    assert desk.run().as_of == desk.now
    desk.now = NOW
    assert desk.run().as_of == datetime(2026, 6, 5, tzinfo=UTC)  # the archived cutoff
    assert desk.run(W22.shift(-1)).as_of == W22.shift(-1).cutoff


def test_an_analysts_text_is_kept_and_published_and_the_new_draft_laid_beside_it(desk: TinyDesk):
    desk.run()
    path = desk.root / "issues/22/issue.en.md"
    edited = path.read_text("utf-8").replace("status: draft", "status: final")
    path.write_text(edited, "utf-8")
    desk.run()
    assert path.read_text("utf-8") == edited
    assert (desk.root / "issues/22/issue.en.draft.md").exists()


def test_the_site_lays_out_what_was_published_in_one_command(built, tmp_path: Path):
    tiny, issue = built
    run = [sys.executable, "-m", "marsad", "site", "--desk", str(tiny.root), "--out", str(tmp_path), "--no-search"]
    said = subprocess.run(run, check=True, capture_output=True, text=True).stdout
    assert str(tmp_path / "index.html") in said
    for name in ("issue.ar.html", "issue.ar.pdf", "brief.ar.pdf", "citation.ar.bib", "evidence-table.ar.csv"):
        assert (tmp_path / "issues" / str(issue.number) / name).read_bytes() == (
            tiny.root / "issues" / str(issue.number) / name
        ).read_bytes()
    assert (tmp_path / "feed.ar.xml").exists()
    assert not list(tmp_path.rglob("*.draft.md"))


def test_the_evidence_table_leads_from_each_noted_passage_to_its_report(built):
    tiny, issue = built
    lines = (tiny.root / "issues" / str(issue.number) / "evidence-table.en.csv").read_text("utf-8")
    assert "https://w.example/" in lines


def test_a_site_without_a_published_issue_is_refused_with_the_next_step(desk: TinyDesk):
    run = [sys.executable, "-m", "marsad", "site", "--desk", str(desk.root)]
    ran = subprocess.run(run, check=False, capture_output=True, text=True)
    assert ran.returncode == 2
    assert "no published issue" in ran.stderr


def test_deleting_the_cache_loses_nothing(desk: TinyDesk):
    desk.run()
    before = desk.files()
    (desk.root / "desk.duckdb").unlink()
    desk.run()
    assert desk.files() == before


STAGES = [
    "reports",
    "coverage",
    "mentions",
    "events",
    "levels",
    "forecasts",
    "resolutions",
    "issue.ar.md",
    "findings",
    "issue.en.pdf",
    "issues",
]


@pytest.mark.parametrize("stage", STAGES)
def test_a_run_killed_at_any_stage_leaves_the_last_good_state(stage: str, desk: TinyDesk, built):
    """A real process dies in the middle of its first write of the stage; the next run ends as if nothing had been."""
    script = (
        "import os, sys; from pathlib import Path; sys.path.insert(0, sys.argv[3])\n"
        "from tiny_desk import TinyDesk; from marsad.store import Disk\n"
        "class Dying(Disk):\n"
        "    def write(self, path, content):\n"
        "        if sys.argv[2] in (path.name, path.parent.name):\n"
        "            part = path.with_name('.' + path.name + '.x.part')\n"
        "            part.parent.mkdir(parents=True, exist_ok=True); part.write_bytes(content[: len(content) // 2])\n"
        "            os._exit(9)\n"
        "        super().write(path, content)\n"
        "TinyDesk(Path(sys.argv[1]), disk=Dying()).run()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(desk.root), stage, str(ROOT / "tests")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 9, done.stderr
    for path in (desk.root / "data").rglob("[!.]*.parquet"):
        pq.read_table(path)
    desk.run()
    whole, _ = built
    assert without_parts(desk.files()) == whole.files()


def without_parts(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if not name.endswith(".part")}


def test_a_full_disk_gives_one_clear_error_and_loses_nothing(desk: TinyDesk):
    desk.run()
    before = desk.files("data", "issues")

    class Full(Disk):
        """No byte fits any more."""

        def write(self, path: Path, content: bytes) -> None:
            raise NoSpace(str(path), "No space left on device")

    desk.disk = Full()
    with pytest.raises(NoSpace):
        desk.run(W22.shift(1))
    assert desk.files("data", "issues") == before


def test_a_quiet_week_is_said_to_be_quiet(desk: TinyDesk):
    issue = desk.run(Week.parse("2026-W12"))
    quiet = desk.run(Week.parse("2026-W13"))
    assert (issue.n_events > 0, quiet.n_events) == (True, 0)


def test_a_week_before_the_first_issue_is_refused(desk: TinyDesk):
    with pytest.raises(BadInput, match="first issue"):
        desk.run(Week.parse("2025-W40"))


def marsad(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "marsad", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def one_line(done: subprocess.CompletedProcess[str], code: int) -> str:
    """Return the last line on stderr; there is no trace, and the exit code is as promised."""
    assert done.returncode == code, done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    return done.stderr.strip().splitlines()[-1]


def test_no_desk_at_all_is_one_clear_line(tmp_path: Path):
    assert "there is no desk here" in one_line(marsad("week", "--desk", tmp_path), 2)


def test_broken_toml_is_one_clear_line(tmp_path: Path):
    (tmp_path / "desk.toml").write_text("languages = [")
    assert "not valid TOML" in one_line(marsad("week", "--desk", tmp_path), 2)


def test_an_unknown_key_is_named(tmp_path: Path):
    (tmp_path / "desk.toml").write_text(DESK.replace("subject =", "subjet ="))
    assert "subjet" in one_line(marsad("week", "--desk", tmp_path), 2)


def test_an_unknown_actor_is_one_clear_line(desk: TinyDesk):
    assert "Atlantis" in one_line(marsad("level", "Atlantis", "AFG", "--desk", desk.root), 2)
    text = (desk.root / "desk.toml").read_text("utf-8").replace('"PAK-AFG"]', '"XQX-AFG"]')
    (desk.root / "desk.toml").write_text(text, "utf-8")
    assert "XQX" in one_line(marsad("week", "--desk", desk.root, "--week", "2026-W22"), 2)


def test_half_a_parquet_is_one_clear_line_and_is_left_alone(desk: TinyDesk):
    desk.run()
    path = desk.root / "data/reports/2026-W22.parquet"
    path.write_bytes(path.read_bytes()[:200])
    assert "2026-W22.parquet" in one_line(marsad("week", "--desk", desk.root, "--week", "2026-W22"), 2)
    with pytest.raises(DamagedTable):
        Store(desk.root / "data").read("reports")


def test_a_binary_file_among_the_reports_is_set_aside_and_the_week_goes_on(desk: TinyDesk):
    (desk.root / "notes/photo.txt").write_bytes(bytes(range(256)) * 40)
    done = marsad("week", "--desk", desk.root, "--week", "2026-W22", "--format", "json")
    assert done.returncode == 1, done.stderr
    summary = json.loads(done.stdout)
    assert any("photo.txt" in note for note in summary["notes"])
    assert summary["reports"] == 17


def test_an_empty_desk_is_one_clear_line(tmp_path: Path):
    root = make_desk(tmp_path / "desk")
    for path in root.rglob("*"):
        if path.is_file() and path.name != "desk.toml":
            path.unlink()
    assert "put reports into" in one_line(marsad("week", "--desk", root, "--week", "2026-W22"), 2)
