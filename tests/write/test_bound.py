from datetime import UTC, date, datetime

import pytest

from marsad import write
from marsad.domain.tables import JUDGEMENTS, RESOLUTIONS
from marsad.domain.words import Language
from marsad.errors import BadInput
from write.small_tables import DESK, WEEK, kind_of, name_of, tables

HYPOTHESES = """:::{hypotheses}
:H1: It lasts
:H2: It fades
:from: 2026-05-25
:by: 2026-05-31
- a strike by Pakistan | PAK ASSAULT AFG | 0.6 | 0.2
- sanctions | RUS SANCTION AFG | -- | +
:::"""
JUDGEMENT = """:::{judgement}
:probability: 0.7
:by: 2026-09-30
:resolve: USA SANCTION AFG
:confidence: moderate
:author: A. Analyst
New sanctions will come.
:::"""


def bound(text, language="en", given=None, week=WEEK, desk=DESK):
    return write.bind(
        text,
        given or tables(),
        desk,
        week=week,
        as_of=week.cutoff,
        language=Language(language),
        name_of=name_of,
        kind_of=kind_of,
    )


@pytest.mark.parametrize(("language", "said"), [("ar", "97%"), ("en", "97%"), ("fa", "۹۷٪"), ("ru", "97\u00a0%")])
def test_a_value_is_printed_in_the_issues_digits_whatever_was_shown(language, said):
    rows = [row | {"probability": 0.97} for row in tables()["breaks"].to_pylist()]
    assert bound("p {value}`12% <break RUS AFG>`.", language, tables(breaks=rows)).text == f"p {said}."


def test_a_rung_called_by_its_name_keeps_its_name():
    assert bound("at the {value}`defence level <standing RUS AFG>`").text == "at the defence level"
    assert bound("at rung {value}`standing RUS AFG`").text == "at rung 5"


def test_a_source_becomes_a_note_with_its_definition():
    text = bound("Signed.{source}`r1`\n").text
    assert text.startswith("Signed.[^r1]\n\n[^r1]: TASS, 27 May 2026, ")


def test_a_note_already_there_is_not_defined_again():
    text = "Signed.{source}`r1`\n\n[^r1]: my own words"
    assert bound(text).text == "Signed.[^r1]\n\n[^r1]: my own words"


def test_an_event_is_cited_by_its_reports_the_readers_language_first():
    assert bound("Signed.{event}`e-sign e-sign-back`", "ar").text.startswith("Signed.[^r2][^r1]")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("\n{source}`r99`", "issue: line 2: source 'r99': no report of the desk has this id"),
        ("{event}`e-denied`", "line 1: event 'e-denied': no event known"),
        ("a\n\n{value}`count RUS DANCE AFG`", "line 3: .*unknown act 'DANCE'"),
        ("{note}`r1`", "line 1: unknown role 'note'"),
        (":::{gains} RUS\n:::", "line 1: gains: needs two parties"),
    ],
)
def test_a_fault_names_its_line(text, fault):
    with pytest.raises(BadInput, match=fault):
        bound(text)


def test_a_fault_after_a_table_that_grew_still_names_the_files_line():
    with pytest.raises(BadInput, match="line 4: "):
        bound(":::{gains} RUS AFG\n:::\n\n{source}`r99`")


def test_each_line_knows_where_it_came_from():
    found = bound("one\n:::{gains} RUS AFG\n:::\nfour")
    assert len(found.lines) == found.text.count("\n") + 1
    assert (found.lines[0], found.lines[1], set(found.lines[1:-1]) - {4}) == (1, 2, {2})


@pytest.mark.parametrize("language", ["ar", "en", "fa", "ps"])
def test_gains_and_drivers_become_tables_in_the_issues_words(language):
    for name in ("gains", "drivers"):
        text = bound(f":::{{{name}}} RUS AFG\n:::", language).text
        assert "| --- |" in text or ":::{draft}" in text
        assert f"{{{name}}}" not in text


def test_a_judgement_says_how_likely_by_when_what_settles_it_and_how_sure_apart():
    text = bound(JUDGEMENT).text
    assert "> **Judgement.** New sanctions will come." in text
    assert (
        "Probability 70%, “likely” on our scale, by 30 September 2026. Confidence: moderate. Author: A. Analyst."
        in text
    )
    assert "`USA SANCTION AFG`" in text


def test_a_judgement_the_ledger_has_settled_says_what_became_of_it():
    said = {
        "judgement_id": "j1",
        "issue": "22",
        "sentence": "in other words",
        "probability": 0.7,
        "origin": date(2026, 4, 1),
        "due": date(2026, 9, 30),
        "resolution_rule": "USA SANCTION AFG from 2026-04-02 by 2026-09-30",
        "author": "A. Analyst",
        "known_at": datetime(2026, 4, 1, tzinfo=UTC),
    }
    became = {
        "question_id": "j1",
        "origin": date(2026, 4, 1),
        "due": date(2026, 9, 30),
        "outcome": True,
        "resolved_at": datetime(2026, 5, 2, tzinfo=UTC),
        "events": [],
        "known_at": datetime(2026, 5, 2, tzinfo=UTC),
    }
    given = tables() | {"judgements": JUDGEMENTS.from_rows([said]), "resolutions": RESOLUTIONS.from_rows([became])}
    assert "It came true; settled on 2 May 2026." in bound(JUDGEMENT, given=given).text
    other = JUDGEMENT.replace("USA SANCTION", "GBR SANCTION")
    assert "came true" not in bound(other, given=given).text


def test_a_set_of_hypotheses_is_filled_from_the_record():
    text = bound(HYPOTHESES).text
    assert "- **H1** It lasts" in text
    assert "| a strike by Pakistan | seen on 28 May 2026 (1)" in text
    assert "| fits | does not fit | 3.0 |" in text
    assert "| Weight |  | 75% | 25% |  |" in text  # .6 : .2


def test_a_set_whose_days_are_over_has_its_post_mortem():
    text = bound(HYPOTHESES, week=WEEK.shift(2)).text
    # .6 * .9 : .2 * .3 = .54 : .06
    assert "The question is closed: H1 fared best, with 90% of the weight." in text
    assert "What told most was this: a strike by Pakistan." in text


@pytest.mark.parametrize("language", ["ar", "en", "fa", "ps"])
def test_every_word_of_a_block_is_in_the_issues_language(language):
    for block in (JUDGEMENT, HYPOTHESES):
        assert "{" not in bound(block, language).text


def test_a_file_without_roles_or_directives_is_left_as_it_is():
    text = "---\nnumber: 1\n---\n\n:::{draft}\nA sentence.\n:::\n"
    assert bound(text, "ru").text == text


def test_the_analysts_hypotheses_are_carried_and_the_machines_are_not_put_beside_them():
    draft = write.draft("en", WEEK, DESK, tables(), carried=[HYPOTHESES], name_of=name_of, kind_of=kind_of)
    part = draft.markdown.split("{#hypotheses}")[1].split("\n## ")[0]
    assert part.strip() == HYPOTHESES


def test_the_machines_hypotheses_are_marked_and_can_be_set():
    draft = write.draft("ar", WEEK, DESK, tables(), name_of=name_of, kind_of=kind_of)
    part = draft.markdown.split("{#hypotheses}")[1].split("\n## ")[0]
    assert "::::{draft}\n:::{hypotheses}" in part
    assert "**ف1**" in bound(part, "ar").text
