import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pyarrow as pa
import pytest

from marsad import check
from marsad.check.files import read_file
from marsad.check.finding import Level
from marsad.domain.desk import parse_desk
from marsad.domain.words import Language
from marsad.errors import BadInput, CheckFailed
from tiny_desk import DESK

ROOT = Path(__file__).resolve().parents[2]
SEED = Path(os.environ.get("MARSAD_SHARED", ROOT.parent / "shared")) / "seed"


def rules(text, **options):
    return [finding.rule for finding in check.run(text, **options)]


def test_every_quote_stands_at_its_place():
    text = "# خبر\n\nوقعت روسيا وطلبان اتفاقاً، وقد تستعيد طالبان نشاطها.\n\nSee [this](#)."
    for finding in check.run(text):
        start = sum(len(line) + 1 for line in text.split("\n")[: finding.line - 1]) + finding.column - 1
        assert text.startswith(finding.quote, start)


def test_findings_come_in_the_order_of_the_text():
    findings = check.run("# Note\n\nThe the border.\n\nSee [this](#).")
    assert findings == sorted(findings)
    assert [finding.line for finding in findings] == sorted(finding.line for finding in findings)


def test_the_same_text_gives_the_same_findings():
    text = "# Note\n\nThe the border may open. See [this](#)."
    assert check.run(text) == check.run(text)


def test_an_empty_text_has_no_findings():
    assert check.run("") == []


def test_a_waiver_with_a_reason_lets_its_rule_pass():
    text = "# Note\n\n<!-- marsad: allow empty-link: address follows -->\nSee [this](#)."
    assert "empty-link" not in rules(text)


def test_a_waiver_covers_only_the_paragraph_after_it():
    text = "# Note\n\n<!-- marsad: allow empty-link: address follows -->\nSee [this](#).\n\nSee [that](#)."
    assert rules(text).count("empty-link") == 1


def test_a_waiver_without_reason_is_a_finding_and_waives_nothing():
    found = rules("# Note\n\n<!-- marsad: allow empty-link -->\nSee [this](#).")
    assert {"waiver-without-reason", "empty-link"} <= set(found)


def test_a_waiver_of_an_unknown_rule_is_a_finding():
    assert "waiver-unknown" in rules("# Note\n\n<!-- marsad: allow no-such-rule: because -->\nText.")


def test_a_waiver_that_hides_nothing_is_a_finding():
    assert "waiver-unused" in rules("# Note\n\n<!-- marsad: allow empty-link: because -->\nText.")


def test_a_desk_can_switch_a_rule_off_or_change_its_level():
    text = "# Note\n\nSee [this](#)."
    assert "empty-link" not in rules(text, config={"empty-link": "off"})
    assert check.run(text, config={"empty-link": "info"})[0].level is Level.INFO


def test_a_configuration_that_names_no_rule_or_no_level_is_refused():
    with pytest.raises(BadInput, match="no rule is called"):
        check.run("", config={"no-such-rule": "off"})
    with pytest.raises(BadInput, match="is no level"):
        check.run("", config={"empty-link": "loud"})


def test_a_draft_with_an_error_is_held_and_the_message_names_the_first():
    findings = check.run("# Note\n\nSee [this](#).")
    with pytest.raises(CheckFailed, match="empty-link, line 3"):
        check.require_clean(findings, "issue.en.md")
    check.require_clean([finding for finding in findings if finding.level is not Level.ERROR], "issue.en.md")


def test_sarif_names_rule_level_and_region():
    findings = [finding for finding in check.run("# Note\n\nSee [this](#).") if finding.rule == "empty-link"]
    log = json.loads(check.as_sarif(findings, "a.md", {"empty-link": check.explain("empty-link")}))
    result = log["runs"][0]["results"][0]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (log["version"], result["ruleId"], result["level"]) == ("2.1.0", "empty-link", "error")
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (3, 5, 14)


def test_sarif_names_the_file_by_an_address_that_may_stand_in_one():
    finding = check.run("# Note\n\nSee [this](#).")[:1]
    log = json.loads(check.as_sarif(finding, "issues/22/عدد 22.md", {}))
    (location,) = log["runs"][0]["results"][0]["locations"]
    uri = location["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[A-Za-z0-9/._~%-]+", uri)


def test_a_desk_declares_the_level_of_rules(tmp_path):
    declared = DESK.replace("[issue]", '[check]\nempty-link = "info"\n\n[issue]')
    desk = parse_desk(declared)
    text = "# Note\n\nSee [this](#)."
    assert check.run(text, desk=desk)[0].level is Level.INFO
    assert check.run(text, desk=desk, config={})[0].level is Level.ERROR


def test_json_has_the_six_names_of_the_contract():
    rows = json.loads(check.as_json(check.run("# Note\n\nSee [this](#).")))
    assert all(list(row) == ["rule", "level", "line", "column", "quote", "message"] for row in rows)


def test_an_unknown_rule_cannot_be_explained():
    with pytest.raises(BadInput, match="no rule is called that"):
        check.explain("no-such-rule")


ISSUE = (
    "## Key points {#summary}\n\n:::{draft}\n- Pakistan struck; the chance is 97%.[^00000000000000aa]\n:::\n\n"
    "[^00000000000000aa]: TASS, 3 June 2026, <https://tass.com/a>\n"
)


def _evidence(sentence, report):
    return {
        "reports": pa.Table.from_pylist(
            [{"report_id": "00000000000000aa", "outlet": "TASS", "title": "", "text": report}]
        ),
        "evidence": pa.Table.from_pylist([{"section": "summary", "sentence": sentence}]),
    }


def test_a_number_the_machine_computed_needs_no_report():
    evidence = _evidence("Pakistan struck; the chance is 97%.", "Pakistani jets struck.")
    assert "citation-unsupported" not in rules(ISSUE, evidence=evidence)


def test_a_number_changed_by_hand_is_held():
    evidence = _evidence("Pakistan struck; the chance is 57%.", "Pakistani jets struck.")
    assert "citation-unsupported" in rules(ISSUE, evidence=evidence)


def test_a_name_that_no_cited_report_has_is_held():
    evidence = _evidence("Pakistan struck; the chance is 97%.", "Iranian jets struck.")
    assert "citation-unsupported" in rules(ISSUE, evidence=evidence)


def test_a_name_is_found_in_a_report_of_another_language():
    evidence = _evidence("Pakistan struck; the chance is 97%.", "قصفت الطائرات الباكستانية الحدود.")
    assert "citation-unsupported" not in rules(ISSUE, evidence=evidence)


def test_number_words_and_digits_of_any_script_are_the_same_number():
    issue = "## Events {#events}\n\nنشستی با ۳ وزیر برگزار شد.[^00000000000000aa]\n"
    found = rules(issue, evidence=_evidence("", "Three ministers met."))
    assert "citation-unsupported" not in found
    assert "citation-unsupported" in rules(issue, evidence=_evidence("", "Four ministers met."))


def test_a_word_file_is_read_with_headings_lists_and_notes(tmp_path):
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        f'<w:document {w}><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>خبر</w:t></w:r></w:p>'
        '<w:p><w:r><w:t>وصل الوفد</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p></w:body></w:document>'
    )
    notes = f'<w:footnotes {w}><w:footnote w:id="2"><w:p><w:r><w:t>تاس</w:t></w:r></w:p></w:footnote></w:footnotes>'
    path = tmp_path / "issue.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", body)
        archive.writestr("word/footnotes.xml", notes)
    assert read_file(path) == "# خبر\n\nوصل الوفد[^2]\n\n[^2]: تاس\n"


def test_a_word_file_that_declares_entities_is_refused(tmp_path):
    path = tmp_path / "issue.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>")
    with pytest.raises(BadInput, match="declares entities"):
        read_file(path)


@pytest.mark.parametrize("name", ["missing.md", "picture.png"])
def test_a_file_that_cannot_be_read_is_bad_input(tmp_path, name):
    if name.endswith("png"):
        (tmp_path / name).write_bytes(b"x")
    with pytest.raises(BadInput):
        read_file(tmp_path / name)


@pytest.mark.skipif(not SEED.exists(), reason="the seed bulletin is not beside this repository (MARSAD_SHARED)")
def test_the_seed_bulletin_keeps_its_floor():
    """At least 55 of the 84 listed defects, no negative control, at most 10 other error-level findings."""
    script = ROOT / "benchmarks" / "check.py"
    run = subprocess.run(
        [sys.executable, str(script), str(SEED / "bulletin-517.ar.txt"), str(SEED / "defects.md")],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )
    first = run.stdout.splitlines()[0].split(": ")[1]
    found, other = int(first.split("/")[0]), int(first.split(", ")[1].split()[0])
    assert found >= 80
    assert other <= 10
    assert "alarms on negative controls: 0" in run.stdout


def test_a_weekday_joined_to_its_number_is_not_read_as_saturday():
    text = "# خبر\n\nمسکو روز سه\u200cشنبه ۱۵ میزان ۱۴۰۴ میزبان نشست بود."
    assert "weekday-mismatch" not in rules(text, language=Language.FA)


def test_an_address_kept_inside_another_in_escaped_form_is_one_address():
    assert "malformed-link" not in rules("# Note\n\nSee <https://example.org/p/https:%2F%2Fwww.example.com%2Fa>.")
    assert "malformed-link" in rules("# Note\n\nSee <https://example.org/ahttps://example.org/a>.")


def test_who_is_not_named_is_sought_in_no_report():
    reports = pa.Table.from_pylist([{"report_id": "r1", "outlet": "BBC", "title": None, "text": "وقع هجوم في كابول"}])
    text = "# خبر\n\n## أحداث {#events}\n\nشنّ مهاجمون مجهولون هجوماً في كابول.[^r1]\n\n[^r1]: BBC، 1 يونيو 2026"
    found = rules(text, language=Language.AR, evidence={"reports": reports})
    assert "citation-unsupported" not in found
