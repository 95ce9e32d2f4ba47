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
from write.small_tables import DESK, ROWS, SCORECARD_ROWS, WEEK, event, kind_of, mention, name_of, report, tables

LANGUAGES = ("ar", "en", "fa", "ps")
SECTIONS = (
    "introduction summary events level drivers gains third-parties reactions hypotheses change-view scorecard conclusion "
    "recommendations sources"
)


def drafted(language="ar", given_tables=None, **more):
    return write.draft(language, WEEK, DESK, given_tables or tables(), name_of=name_of, kind_of=kind_of, **more)


def head(language):
    return yaml.safe_load(drafted(language).markdown.split("---\n")[1])


def read_out(markdown):
    """The text with its values as they are shown."""
    return re.sub(r"\{value\}`([^<`]*?) <[^`]*>`", r"\1", markdown)


def section(markdown, key):
    return read_out(markdown).split(f"{{#{key}}}")[1].split("\n## ")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_stands_in_its_order_under_its_id(language):
    ids = re.findall(r"^## .* \{#([a-z-]+)\}$", drafted(language).markdown, re.MULTILINE)
    assert ids == SECTIONS.split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_a_draft_block_has_its_evidence_row(language):
    draft = drafted(language)
    blocks = re.findall(r"^:::\{draft\}\n(.*?)\n:::", draft.markdown, re.DOTALL | re.MULTILINE)
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
    printed = re.sub(
        r"^:::\{hypotheses\}.*?^:::$", "", body, flags=re.DOTALL | re.MULTILINE
    )  # set before it is printed
    bare = re.sub(f"{LRI}[^{PDI}]*{PDI}", "", printed)
    assert not re.search(r"\d{4}-\d{2}-\d{2}", bare)


def test_the_title_names_the_weightiest_earlier_commitment_and_the_newest():
    assert {language: head(language)["title"] for language in LANGUAGES} == {
        "ar": "روسيا وأفغانستان: من الاعتراف إلى الاتفاق العسكري",
        "en": "Russia and Afghanistan: from recognition to a military agreement",
        "fa": "روسیه و افغانستان: از به رسمیت‌شناسی تا توافق‌نامهٔ نظامی",
        "ps": "روسیه او افغانستان: په رسمیت پېژندنه، بیا پوځي هوکړه",
    }


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ar", "شنّت باكستان غارات جوية على أفغانستان يوم 28 مايو، بحسب «BBC» و«Tolo»."),
        ("en", "Pakistan carried out air strikes on Afghanistan on 28 May, according to BBC and Tolo."),
        ("fa", "به گزارش «BBC» و «Tolo»، پاکستان به تاریخ ۲۸ می بر افغانستان حملات هوایی کرد."),
        (
            "ps",
            "د «BBC» او «Tolo» د راپورونو له مخې، پاکستان د مۍ په ۲۸مه پر افغانستان هوايي بریدونه وکړل.",
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
    assert "## أسبوع بلا أحداث مسجَّلة: أبرز ما سبقه {#events}" in draft.markdown
    assert "لم نسجّل في الأسبوع من 8 إلى 14 يونيو 2026" in events
    assert events.index("وفيما يأتي أبرز ما سُجّل في الأسابيع الثمانية السابقة") < events.index("شنّت باكستان")
    assert "لم يُسجَّل في أسبوع هذا العدد أي حدث بين روسيا وأفغانستان." in section(draft.markdown, "introduction")
    assert (
        yaml.safe_load(draft.markdown.split("---\n")[1])["title"]
        == "روسيا وأفغانستان: الأسبوع الثاني بعد الاتفاق العسكري"
    )


def test_rows_learnt_after_the_cutoff_are_not_looked_at():
    late = event("e-late", date(2026, 5, 29), "PAK", "SANCTION", "close_border", "economic", "AFG")
    late["known_at"] = datetime(2026, 6, 2, tzinfo=UTC)
    assert drafted(given_tables=tables(events=[*ROWS["events"], late])).markdown == drafted().markdown


def test_a_likelihood_word_stands_with_its_probability_and_never_with_confidence():
    text = section(drafted("ar").markdown, "reactions")
    assert "مرجَّح جداً (الاحتمال 88%، والمعدّل الأساسي 60% في 52 مدة سابقة)" in text
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
    assert "٦ (الاحتمال 88%" in read_out(markdown)


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
        "languages": ["ar", "en", "fa", "ps"],
        "subject": ["RUS", "AFG"],
        "hypothesis": "The rapprochement between Russia and Afghanistan is taking root and will lead to practical steps.",
        "status": "draft",
        "authors": [],
    }


def test_an_agreement_that_gives_to_both_is_said_once():
    shared = {"n_events": 3, "first": date(2026, 1, 15), "dimension": "economic", "events": ["e-accredit"]}
    rows = [ROWS["gains"][1] | shared, ROWS["gains"][0] | shared]
    text = section(drafted("ar", tables(gains=rows)).markdown, "gains")
    assert text.count("تقاسم الطرفان المكاسب في البعد الاقتصادي (ثلاثة أفعال).") == 1
    assert "حصلت" not in text


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


def test_a_rate_that_rests_on_one_event_is_no_finding_and_gets_no_table():
    lone = [row | {"events": ["e-strike"]} for row in ROWS["spillover"]]
    text = section(drafted("en", tables(spillover=lone)).markdown, "third-parties")
    assert "Third parties did nothing after the change of the week of 25 May" in text
    assert "|" not in text


def test_only_clear_differences_stand_in_a_table_and_one_alone_in_a_sentence():
    first = ROWS["spillover"][0]
    more = [first, first | {"third": "UNO", "p_value": 0.05}, first | {"quad_class": "verbal_conflict", "p_value": 0.5}]
    text = section(drafted("en", tables(spillover=more)).markdown, "third-parties")
    assert text.count("\n|") == 4
    assert "|" not in section(drafted("en").markdown, "third-parties")


def test_a_break_of_more_than_a_year_ago_is_no_news():
    old = [row | {"week": str(WEEK.shift(-53))} for row in ROWS["drivers"]]
    text = section(drafted("en", tables(drivers=old, breaks=[])).markdown, "drivers")
    assert text.count("too long ago to be news of this issue") == 1
    assert "0.50" not in text


def asked(*questions):
    return tables(
        forecasts=[
            ROWS["forecasts"][0] | {"source": source, "target": target, "question_id": key, "probability": p}
            for key, source, target, p in questions
        ]
    )


def test_third_parties_come_first_those_of_the_desks_groups_before_all_then_by_distance_from_the_base_rate():
    rows = asked(
        ("q1", "RUS", "AFG", 0.95),
        ("q2", "UNO", "AFG", 0.90),
        ("q3", "PAK", "RUS", 0.85),
        ("q4", "PAK", "AFG", 0.70),
    )
    desk = DESK.__class__(**{**DESK.__dict__, "groups": {"neighbours": ("PAK",)}})
    text = section(write.draft("en", WEEK, desk, rows, name_of=name_of, kind_of=kind_of).markdown, "reactions")
    told = [re.search(r"[Tt]hat (.*?) will", line)[1] for line in text.splitlines() if line.startswith("- ")]
    assert told == ["Pakistan", "Pakistan", "the United Nations", "Russia"]
    assert text.index("at 85%") < text.index("at 70%")


def test_a_reaction_names_its_field_and_what_would_have_been_anyway():
    row = ROWS["forecasts"][0] | {"quad_class": "hostile", "field": "security", "anyway": 0.7}
    expected = {
        "en": "Pakistan will take a hostile step against Afghanistan in the security field",
        "ar": "إقدام باكستان على خطوة عدائية ضد أفغانستان في المجال الأمني",
        "fa": "در عرصهٔ امنیتی در برابر افغانستان گامی خصمانه بردارد",
        "ps": "په امنیتي برخه کې د افغانستان پر وړاندې دښمنانه ګام پورته کړي",
    }
    for language, words in expected.items():
        text = section(drafted(language, tables(forecasts=[row])).markdown, "reactions")
        assert words in text
    english = section(drafted("en", tables(forecasts=[row])).markdown, "reactions")
    assert "without this week's events it would be 70%, and the base rate is 60% over" in english


def test_a_forecast_no_better_than_its_base_rate_is_said_to_be_no_different():
    text = section(drafted("en", asked(("q1", "PAK", "AFG", 0.61), ("q2", "RUS", "AFG", 0.58))).markdown, "reactions")
    assert "No forecast of a third party's conduct lies 3 percentage points or more from its base rate." in text
    assert "61%" not in text


def test_forecasts_that_do_not_beat_the_base_rate_come_with_a_caution():
    equal = [row | {"skill": 0.0} for row in SCORECARD_ROWS]
    even = [row | {"skill_low": -0.1, "skill_high": 0.1} for row in equal]
    caution = "So far the forecasts have done no better than the base rate"
    assert caution in section(drafted("en", tables(scorecard=even)).markdown, "reactions")
    assert caution not in section(drafted("en").markdown, "reactions")


def test_the_issue_says_what_came_into_force_since_the_one_before_or_that_nothing_did():
    text = section(drafted("en").markdown, "level")
    assert (
        "The change in cooperation is a matter of record, not of estimate: a military agreement, on 27 May.[^r1]"
        in text
    )
    assert "since the last issue" not in text  # what the change rests on is not said twice
    bare = [row | {"events": []} for row in ROWS["breaks"]]
    text = section(drafted("en", tables(breaks=bare)).markdown, "level")
    assert "New since the last issue: a military agreement.[^r1]" in text
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
    assert basis["Pakistan carried out air strikes on Afghanistan on 28 May, according to BBC and Tolo."] == "events"
    assert next(kind for text, kind in basis.items() if "rose from the political level" in text) == "measure"
    assert next(kind for text, kind in basis.items() if "do not prove what caused it" in text) == "structure"


def test_an_interval_without_width_is_not_printed_as_two_equal_ends():
    wide, flat = (
        read_out(drafted("ar", tables(levels=[ROWS["levels"][0] | ends])).markdown)
        for ends in ({}, {"low": 4.5, "high": 4.52})
    )
    assert "ويتراوح التقدير بين 3.0 و5.0 في نطاق 90%" in wide
    assert "4.5 درجة على سلّم التعاون الممتد من 0 إلى 5، بهامش دون عُشر درجة" in flat


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_indicator_is_bound_to_a_query_that_reads_back(language):
    queries = re.findall(r"`([^`]+)`", section(drafted(language).markdown, "change-view"))
    assert queries
    for query in queries:
        assert str(parse_query(query)) == query


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_stands_twice(language):
    sentences = drafted(language).evidence["sentence"].to_pylist()
    assert len(sentences) == len(set(sentences))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "ar",
            "موضوع هذا العدد الاتفاق العسكري بين روسيا وأفغانستان في موسكو يوم 27 مايو 2026 (6 جوزا 1405 هـ ش)، بحسب «الجزيرة» و«TASS».",
        ),
        (
            "en",
            "This issue is about a military agreement between Russia and Afghanistan in Moscow on 27 May 2026, according to TASS and الجزيرة.",
        ),
        (
            "fa",
            "محور این شماره توافق‌نامهٔ نظامی میان روسیه و افغانستان است؛ به گزارش «TASS» و «الجزيرة»، این رویداد به تاریخ ۲۷ می ۲۰۲۶ (۶ جوزا ۱۴۰۵) در مسکو رخ داد.",
        ),
        (
            "ps",
            "د دې ګڼې اصلي موضوع دا ده: د روسیې او افغانستان ترمنځ پوځي هوکړه؛ د «TASS» او «الجزيرة» د راپورونو له مخې، دا پېښه د ۲۰۲۶ کال د مۍ په ۲۷مه (د ۱۴۰۵ کال د غبرګولي ۶مه) په مسکو کې رامنځته شوه.",
        ),
    ],
)
def test_the_introduction_names_the_act_the_issue_is_about_with_its_notes(language, sentence):
    row = drafted(language).evidence.to_pylist()[0]
    assert (row["section"], row["sentence"]) == ("introduction", sentence)
    assert set(row["report_ids"]) == {"r1", "r2"}


def test_the_introduction_says_how_much_of_the_week_rests_on_one_outlet():
    assert "A single outlet is the only source for 1 of the 3." in section(drafted("en").markdown, "introduction")


def test_an_act_that_opened_nothing_new_heads_the_issue_and_its_conclusion():
    old = [row | {"opened": date(2026, 1, 28)} for row in ROWS["standings"] if row["rung"] == 5]
    draft = drafted("en", tables(standings=old, breaks=[]))
    assert (
        yaml.safe_load(draft.markdown.split("---\n")[1])["title"]
        == "A military agreement between Russia and Afghanistan"
    )
    assert (
        "what is new this week is a military agreement between Russia and Afghanistan; it falls within the defence level, "
        "which relations between Russia and Afghanistan had reached on 28 January."
    ) in section(draft.markdown, "conclusion")


def test_a_conclusion_from_lone_outlets_is_held_with_low_confidence():
    told = [row for row in ROWS["mentions"] if row["report_id"] not in {"r2", "r5"}]
    assert "moderate confidence" in section(drafted("en").markdown, "conclusion")
    assert "low confidence, because most" in section(drafted("en", tables(mentions=told)).markdown, "conclusion")


def test_two_acts_of_one_pair_and_day_are_told_in_one_sentence_with_the_notes_of_both():
    threat = event("e-threat", date(2026, 5, 28), "PAK", "THREATEN", "force", "military", "AFG", goldstein=-7.0)
    told = [mention("e-threat", key, outlet, date(2026, 5, 28)) for key, outlet in (("r4", "BBC"), ("r5", "Tolo"))]
    rows = tables(events=[*ROWS["events"], threat], mentions=[*ROWS["mentions"], *told])
    found = [row for row in drafted("en", rows).evidence.to_pylist() if "e-threat" in row["event_ids"]]
    sentence = next(row for row in found if row["basis"] == "events")
    assert sentence["sentence"] == (
        "Pakistan carried out air strikes on Afghanistan on 28 May; the same day Pakistan threatened Afghanistan with "
        "force, according to BBC and Tolo."
    )
    assert sentence["event_ids"] == ["e-strike", "e-threat"]


def test_at_most_eight_acts_are_listed():
    many = [
        event(f"e-{n}", date(2026, 5, 25 + n % 7), "UNO", "AID", None, context, "AFG")
        for n, context in enumerate(("economic", "health", "water", "energy", "transport", "culture", "rights") * 2)
    ]
    text = section(drafted("en", tables(events=[*ROWS["events"], *many])).markdown, "events")
    assert text.count("gave") + text.count("signed") + text.count("strikes") == 8
    assert "The 8 weightiest follow." in text


def test_two_reports_with_one_address_share_a_note():
    twin = report("r9", "Mirror", date(2026, 5, 28), "Pakistan bombed the border, again") | {
        "url": "https://example.org/r4"
    }
    told = [*ROWS["mentions"], mention("e-strike", "r9", "Mirror", date(2026, 5, 28))]
    rows = drafted("en", tables(reports=[*ROWS["reports"], twin], mentions=told)).evidence.to_pylist()
    assert all("r9" not in row["report_ids"] for row in rows)


def test_what_a_feed_adds_to_an_outlets_name_stays_out_of_the_sentence():
    aside = [row | {"outlet": "Tolo (a repost)"} if row["outlet"] == "Tolo" else row for row in ROWS["mentions"]]
    named = [row | {"outlet": "Tolo (a repost)"} if row["outlet"] == "Tolo" else row for row in ROWS["reports"]]
    draft = drafted("en", tables(mentions=aside, reports=named))
    assert "according to BBC and Tolo." in draft.markdown
    assert "[^r5]: Tolo (a repost)" in draft.markdown


def test_what_an_unnamed_party_said_is_not_told():
    said = event("e-said", date(2026, 5, 29), "UNK", "ACCUSE", "blame", "security", "AFG")
    assert drafted(given_tables=tables(events=[*ROWS["events"], said])).markdown == drafted().markdown


def test_a_base_rate_from_a_few_windows_is_no_yardstick():
    young = [row | {"base_n": 2} for row in ROWS["forecasts"]]
    draft = drafted("en", tables(forecasts=young))
    assert "Base rates have not settled yet" in section(draft.markdown, "reactions")
    assert "Farthest from its base rate" not in draft.markdown


def test_a_break_too_recent_to_be_measured_around_is_said_to_be():
    before = [row | {"week": str(WEEK.shift(-60))} for row in ROWS["spillover"]]
    text = section(drafted("en", tables(spillover=before)).markdown, "third-parties")
    assert "the latest change is too recent to show its effects" in text
