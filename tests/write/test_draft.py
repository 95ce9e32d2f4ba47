import re
from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad import write
from marsad.domain.query import parse_query
from marsad.errors import BadInput
from marsad.language.numerals import LRI, PDI
from write.small_tables import DESK, ROWS, WEEK, event, kind_of, mention, name_of, report, tables

LANGUAGES = ("ar", "en", "fa", "ps")
SECTIONS = "summary events level drivers gains third-parties reactions change-view scorecard recommendations sources"


def drafted(language="ar", given_tables=None, **more):
    return write.draft(language, WEEK, DESK, given_tables or tables(), name_of=name_of, kind_of=kind_of, **more)


def head(language):
    return yaml.safe_load(drafted(language).markdown.split("---\n")[1])


def section(markdown, key):
    return markdown.split(f"{{#{key}}}")[1].split("\n## ")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_stands_in_its_order_under_its_id(language):
    ids = re.findall(r"^## .* \{#([a-z-]+)\}$", drafted(language).markdown, re.MULTILINE)
    assert ids == SECTIONS.split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_a_draft_block_has_its_evidence_row(language):
    draft = drafted(language)
    blocks = re.findall(r":::\{draft\}\n(.*?)\n:::", draft.markdown, re.DOTALL)
    written = re.sub(r"\[\^\w+\]", "", "\n".join(blocks))
    rows = draft.evidence.to_pylist()
    assert all(row["sentence"] in written for row in rows)
    left = written
    for row in sorted(rows, key=lambda row: -len(row["sentence"])):
        left = left.replace(row["sentence"], "", 1)
    assert not re.sub(r"[-\s]", "", left)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_without_events_rests_on_a_measure_or_claims_nothing(language):
    for row in drafted(language).evidence.to_pylist():
        assert row["event_ids"] or row["basis"] in {"measure", "structure"}
        assert set(row["event_ids"]) <= {entry["event_id"] for entry in ROWS["events"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_note_is_defined_once_and_every_definition_is_used(language):
    markdown = drafted(language).markdown
    body, _, notes = markdown.partition("{#sources}")
    defined = re.findall(r"^\[\^(\w+)\]:", notes, re.MULTILINE)
    assert defined == list(dict.fromkeys(re.findall(r"\[\^(\w+)\]", body)))


@pytest.mark.parametrize("language", ["ar", "fa", "ps"])
def test_no_iso_date_stands_bare_in_text_that_runs_right_to_left(language):
    body = drafted(language).markdown.split("---\n", 2)[2]
    bare = re.sub(f"{LRI}[^{PDI}]*{PDI}", "", body)
    assert not re.search(r"\d{4}-\d{2}-\d{2}", bare)


def test_the_title_names_the_weightiest_earlier_commitment_and_the_newest():
    assert {language: head(language)["title"] for language in LANGUAGES} == {
        "ar": "روسيا وأفغانستان: من الاعتراف إلى الاتفاق العسكري",
        "en": "Russia and Afghanistan: from recognition to a military agreement",
        "fa": "روسیه و افغانستان: از به رسمیت‌شناسی تا توافق‌نامهٔ نظامی",
        "ps": "روسیه او افغانستان: له په رسمیت پېژندنې څخه تر پوځي هوکړې",
    }


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ar", "شنّت باكستان غارات جوية على أفغانستان يوم 28 مايو 2026 (7 جوزا 1405 هـ ش)، بحسب «BBC» و«Tolo»."),
        ("en", "Pakistan carried out air strikes on Afghanistan on 28 May 2026, according to BBC and Tolo."),
        ("fa", "به گزارش «BBC» و «Tolo»، پاکستان به تاریخ ۲۸ می ۲۰۲۶ (۷ جوزا ۱۴۰۵) بر افغانستان حملات هوایی کرد."),
        (
            "ps",
            "د «BBC» او «Tolo» د راپورونو له مخې، پاکستان د ۲۰۲۶ کال د مۍ په ۲۸مه (د ۱۴۰۵ کال د غبرګولي ۷مه) پر افغانستان هوايي بریدونه وکړل.",
        ),
    ],
)
def test_an_act_is_told_in_one_sentence_with_doer_day_and_outlets(language, sentence):
    assert sentence in drafted(language).evidence["sentence"].to_pylist()


def test_an_agreement_coded_from_both_sides_is_told_once_with_both_events():
    rows = [row for row in drafted().evidence.to_pylist() if row["sentence"].startswith("وقّعت روسيا وأفغانستان")]
    assert {tuple(row["event_ids"]) for row in rows} == {("e-sign", "e-sign-back")}
    assert "ثلاثة أحداث" in section(drafted().markdown, "events")


def test_what_was_denied_or_waits_for_review_is_not_told():
    markdown = drafted("en").markdown
    assert "energy" not in markdown
    assert "water" not in markdown


def test_a_report_in_the_readers_language_is_cited_first():
    row = next(row for row in drafted("ar").evidence.to_pylist() if "e-sign" in row["event_ids"])
    assert row["report_ids"] == ["r2", "r1"]
    row = next(row for row in drafted("en").evidence.to_pylist() if "e-sign" in row["event_ids"])
    assert row["report_ids"] == ["r1", "r2"]


def test_one_outlet_is_cited_once_for_a_sentence():
    twice = [*ROWS["reports"], report("r9", "TASS", date(2026, 5, 28), "The same again")]
    told = [*ROWS["mentions"], mention("e-sign", "r9", "TASS", date(2026, 5, 28))]
    rows = drafted("en", tables(reports=twice, mentions=told)).evidence.to_pylist()
    assert all("r9" not in row["report_ids"] for row in rows)


def test_the_second_calendar_stands_at_the_first_mention_alone():
    markdown = drafted("ar").markdown
    assert markdown.count("27 مايو 2026 (6 جوزا 1405 هـ ش)") == 1
    assert "يوم 27 مايو،" in markdown


def test_a_week_without_events_says_so_and_shows_what_came_before_under_its_own_heading():
    week = WEEK.shift(2)
    draft = write.draft("ar", week, DESK, tables(), as_of=week.cutoff, name_of=name_of, kind_of=kind_of)
    events = section(draft.markdown, "events")
    assert "لم نسجّل في الأسبوع من 8 إلى 14 يونيو 2026" in events
    assert events.index("### أبرز أحداث الأسابيع الثمانية السابقة") < events.index("شنّت باكستان")


def test_rows_learnt_after_the_cutoff_are_not_looked_at():
    late = event("e-late", date(2026, 5, 29), "PAK", "SANCTION", "close_border", "economic", "AFG")
    late["known_at"] = datetime(2026, 6, 2, tzinfo=UTC)
    assert drafted(given_tables=tables(events=[*ROWS["events"], late])).markdown == drafted().markdown


def test_a_likelihood_word_stands_with_its_probability_and_never_with_confidence():
    text = section(drafted("ar").markdown, "reactions")
    assert "مرجَّح جداً (الاحتمال 88%، والمعدّل الأساس 60% في 52 مدة سابقة)" in text
    assert "ثقة" not in text


def test_a_desk_names_parties_and_likelihood_its_own_way():
    desk = DESK.__class__(
        **{
            **DESK.__dict__,
            "names": {"AFG": {"ar": "إمارة أفغانستان الإسلامية"}},
            "likelihood": {"ar": tuple("١٢٣٤٥٦٧")},
        }
    )
    markdown = write.draft("ar", WEEK, desk, tables(), name_of=name_of, kind_of=kind_of).markdown
    assert "وقّعت روسيا وإمارة أفغانستان الإسلامية اتفاقاً" in markdown
    assert "٦ (الاحتمال 88%" in markdown


def test_forecasts_that_did_worse_than_their_base_rate_are_said_to_have():
    row = {
        "model": "m",
        "group": "all",
        "n": 3,
        "n_happened": 1,
        "n_void": 0,
        "n_backfilled": 0,
        "brier": 0.3,
        "base_brier": 0.2,
        "skill": -0.5,
    }
    text = section(drafted("en", tables(scorecard=[row])).markdown, "scorecard")
    assert (
        "The mean Brier score is 0.300 against 0.200 for the base rate: the forecasts were 50% less accurate." in text
    )


def test_without_any_table_the_issue_says_what_is_missing():
    markdown = drafted("en", {"events": tables()["events"].slice(0, 0)}).markdown
    assert "None of the earlier forecasts has come due yet." in markdown
    assert "No commitment of cooperation between Russia and Afghanistan is on record" in markdown


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_the_draft_is_the_same_for_any_order_of_rows(random):
    shuffled = {}
    for name, table in tables().items():
        order = list(range(table.num_rows))
        random.shuffle(order)
        shuffled[name] = table.take(pa.array(order, pa.int64()))
    assert drafted("ar", shuffled).markdown == drafted("ar").markdown


def test_the_desks_subject_is_kept_while_it_is_alive():
    assert write.choose_subject(tables(), week=WEEK, desk=DESK) == ("RUS", "AFG")


def test_a_silent_subject_gives_way_to_the_likeliest_recent_break_or_surprise():
    events = [row for row in ROWS["events"] if row["event_id"] == "e-strike"]
    alive = tables(events=events, breaks=[])
    assert write.choose_subject(alive, week=WEEK, desk=DESK) == ("PAK", "AFG")
    broken = tables(events=events, breaks=[ROWS["breaks"][0] | {"source": "AFG", "target": "UNO"}], movers=[])
    assert write.choose_subject(broken, week=WEEK, desk=DESK) == ("AFG", "UNO")


def test_a_break_of_two_months_ago_does_not_choose_the_subject():
    old = ROWS["breaks"][0] | {"source": "AFG", "target": "UNO", "week": str(WEEK.shift(-4))}
    events = [row for row in ROWS["events"] if row["event_id"] == "e-strike"]
    assert write.choose_subject(tables(events=events, breaks=[old], movers=[]), week=WEEK, desk=DESK) == ("AFG", "PAK")


def test_with_nothing_to_write_about_the_fault_names_the_week_and_the_remedy():
    desk = DESK.__class__(**{**DESK.__dict__, "subject": None, "watched": ()})
    with pytest.raises(BadInput, match=r"week 2026-W22.*name subject or watched"):
        write.choose_subject({}, week=WEEK, desk=desk)


def test_no_bulletin_is_written_in_a_language_without_a_phrasebook():
    with pytest.raises(BadInput, match="language 'ru'"):
        drafted("ru")


def test_a_week_has_its_number_period_and_cutoff_in_the_head():
    assert head("en") == {
        "number": 22,
        "week": "2026-W22",
        "lang": "en",
        "title": "Russia and Afghanistan: from recognition to a military agreement",
        "subtitle": "Analysis of the week from 25 to 31 May 2026 (from 4 to 10 Jawza 1405 SH)",
        "period": [date(2026, 5, 25), date(2026, 5, 31)],
        "as_of": date(2026, 5, 31),
        "subject": ["RUS", "AFG"],
        "status": "draft",
        "authors": [],
    }


def test_an_agreement_that_gives_to_both_is_said_once():
    shared = {"n_events": 3, "first": date(2026, 1, 15), "dimension": "economic", "events": ["e-accredit"]}
    rows = [ROWS["gains"][1] | shared, ROWS["gains"][0] | shared]
    text = section(drafted("ar", tables(gains=rows)).markdown, "gains")
    assert text.count("في البعد الاقتصادي سجّلنا ثلاثة أفعال لصالح الطرفين معاً") == 1


def test_a_skill_whose_interval_holds_nought_is_called_no_difference():
    row = {
        "model": "m",
        "group": "all",
        "n": 30,
        "n_happened": 6,
        "n_void": 0,
        "n_backfilled": 30,
        "brier": 0.16,
        "base_brier": 0.17,
        "skill": 0.06,
        "skill_low": -0.1,
        "skill_high": 0.2,
    }
    text = section(drafted("en", tables(scorecard=[row])).markdown, "scorecard")
    assert "the difference is no larger than chance would bring. All of them were made in retrospect" in text


def test_the_word_is_that_of_the_probability_as_printed():
    low = [row | {"probability": 0.0496} for row in ROWS["forecasts"][:1]]
    text = section(drafted("en", tables(forecasts=low)).markdown, "reactions")
    assert "at 5%, “very unlikely” on our scale" in text


def test_without_commitments_the_title_names_the_rung_a_break_reached():
    up = ROWS["breaks"][0] | {"ladder": "conflict", "from_rung": 0, "to_rung": 4}
    found = {
        language: yaml.safe_load(drafted(language, tables(standings=[], breaks=[up])).markdown.split("---\n")[1])[
            "title"
        ]
        for language in LANGUAGES
    }
    assert found == {
        "ar": "روسيا وأفغانستان: تصعيد يبلغ مستوى المواجهة المسلحة",
        "en": "Russia and Afghanistan: conflict rises to the level of armed confrontation",
        "fa": "روسیه و افغانستان: بالاگرفتن خصومت تا سطح رویارویی مسلحانه",
        "ps": "روسیه او افغانستان: دښمني د وسله‌والې نښتې کچې ته لوړه شوه",
    }


def test_a_rate_that_rests_on_one_event_is_left_to_the_table():
    lone = [row | {"events": ["e-strike"]} for row in ROWS["spillover"]]
    text = section(drafted("en", tables(spillover=lone)).markdown, "third-parties")
    assert "The conduct of the third parties we measure does not differ" in text
    assert "| Pakistan | Afghanistan | Hostile action | 0.25 | 1.00 | 0.03 |" in text


def test_third_parties_and_the_pair_take_turns_the_most_telling_first():
    rows = [
        row | {"source": source, "target": target, "question_id": key, "probability": p}
        for row in ROWS["forecasts"][:1]
        for key, source, target, p in (
            ("q1", "PAK", "AFG", 0.9),
            ("q2", "PAK", "RUS", 0.85),
            ("q3", "AFG", "RUS", 0.65),
        )
    ]
    text = section(drafted("en", tables(forecasts=rows)).markdown, "reactions")
    assert [line.split(" will")[0].split("that ")[1] for line in text.splitlines() if line.startswith("- We")] == [
        "Pakistan",
        "Afghanistan",
        "Pakistan",
    ]


def test_the_issue_says_what_came_into_force_since_the_one_before_or_that_nothing_did():
    assert "New since the last issue: a military agreement.[^r1]" in section(drafted("en").markdown, "level")
    week = WEEK.shift(1)
    later = write.draft("en", week, DESK, tables(), name_of=name_of, kind_of=kind_of).markdown
    assert "Since the last issue nothing has changed in the commitments" in section(later, "level")


def test_what_ended_since_the_issue_before_is_said_with_the_event_that_ended_it():
    ended = [
        row | {"closed": date(2026, 5, 28), "closed_by": ["e-strike"]} if row["commitment"] == "recognition" else row
        for row in ROWS["standings"]
    ]
    rows = drafted("en", tables(standings=ended)).evidence.to_pylist()
    found = next(row for row in rows if row["sentence"] == "No longer in force since the last issue: recognition.")
    assert found["event_ids"] == ["e-strike"]


def test_what_reports_say_and_what_tables_say_are_told_apart():
    basis = {row["sentence"]: row["basis"] for row in drafted("en").evidence.to_pylist()}
    assert (
        basis["Pakistan carried out air strikes on Afghanistan on 28 May 2026, according to BBC and Tolo."] == "events"
    )
    assert next(kind for text, kind in basis.items() if "rose from the political level" in text) == "measure"
    assert next(kind for text, kind in basis.items() if "do not prove what caused it" in text) == "structure"


def test_an_interval_without_width_is_not_printed_as_two_equal_ends():
    wide, flat = (
        drafted("ar", tables(levels=[ROWS["levels"][0] | ends])).markdown for ends in ({}, {"low": 4.5, "high": 4.52})
    )
    assert "ويتراوح التقدير بين 3.0 و5.0 في نطاق 90%" in wide
    assert "4.5 درجة على سلّم التعاون الممتد من 0 إلى 5، بهامش دون عُشر درجة" in flat


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_indicator_is_bound_to_a_query_that_reads_back(language):
    queries = re.findall(r"`([^`]+)`", section(drafted(language).markdown, "change-view"))
    assert queries
    for query in queries:
        assert str(parse_query(query)) == query
