from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.naming import CODER
from marsad.coding import code
from marsad.domain.tables import EVENTS, MENTIONS, REPORTS
from marsad.domain.week import Week


def report(key, text, language="en", day=27, **other):
    at = datetime(2026, 5, day, 12, tzinfo=UTC)
    row = {
        "report_id": key,
        "feed": "test",
        "outlet": f"outlet {key}",
        "url": f"https://example.org/{key}",
        "published_at": at,
        "published_estimated": False,
        "language": language,
        "title": "",
        "text": text,
        "sha256": "",
        "story_id": key,
        "backfilled": True,
        "known_at": at,
    }
    return row | other


def coded(*rows):
    return code(REPORTS.from_rows(list(rows)), CODER)


def test_one_event_across_languages_has_all_its_mentions():
    found = coded(
        report("a", "Russia and Afghanistan signed a military agreement on Wednesday."),
        report("b", "وقعت روسيا اتفاقية عسكرية مع أفغانستان يوم الأربعاء.", "ar"),
        report("c", "Россия подписала соглашение с Афганистан 27 мая 2026 года.", "ru", day=28),
    )
    assert found.events.schema == EVENTS.schema
    assert found.mentions.schema == MENTIONS.schema
    assert found.events.num_rows == 1
    assert found.mentions["report_id"].to_pylist() == ["a", "b", "c"]
    (event,) = found.events.to_pylist()
    assert (event["source"], event["event_type"], event["target"]) == ("RUS", "AGREE", "AFG")
    assert event["event_date"].isoformat() == "2026-05-27"


def test_an_event_is_known_when_its_first_report_is():
    late = report("a", "Russia praised Iran on Wednesday.", known_at=datetime(2026, 6, 9, tzinfo=UTC))
    early = report("b", "Russia praised Iran on Wednesday.", known_at=datetime(2026, 5, 28, tzinfo=UTC))
    assert coded(late, early).events["known_at"][0].as_py() == datetime(2026, 5, 28, tzinfo=UTC)


def test_the_same_reports_in_any_order_give_the_same_tables():
    rows = [report("a", "Russia praised Iran."), report("b", "Iran accused Pakistan."), report("c", "Iran met Russia.")]
    assert coded(*rows) == coded(*reversed(rows))


def test_both_directions_of_an_attack_are_two_events():
    found = coded(report("a", "Pakistan attacked Iran."), report("b", "Iran attacked Pakistan."))
    assert found.events.num_rows == 2


def test_wire_copies_share_a_story_and_a_lone_report_is_its_own():
    text = "Russia and Afghanistan signed a military-technical cooperation agreement in Moscow on Wednesday"
    found = coded(
        report("b", text + "."), report("a", text + ", Interfax reported."), report("c", "Iran accused Pakistan.")
    )
    stories = dict(zip(found.mentions["report_id"].to_pylist(), found.mentions["story_id"].to_pylist(), strict=True))
    assert stories == {"a": "a", "b": "a", "c": "c"}


def test_no_reports_give_empty_tables():
    found = coded()
    assert (found.events.num_rows, found.mentions.num_rows) == (0, 0)


def test_a_quote_lies_within_its_report():
    text = "Rain fell. Russia praised Iran."
    (mention,) = coded(report("a", text)).mentions.to_pylist()
    assert text[mention["quote_start"] : mention["quote_end"]] == "Russia praised Iran."


MONDAY = datetime(2026, 5, 4, 12, tzinfo=UTC)
TOLD = [
    "Pakistan attacked Iran.",
    "Pakistan bombed Iran on Sunday.",
    "Pakistan shelled Iran on 10 May 2026, killing three people near the border crossing.",
    "Pakistan shelled Iran on 10 May 2026, killing three people near the border crossing, officials said.",
    "Iran and Russia held talks.",
    "Russia and Iran signed a military agreement on Monday.",
    "Russia and Iran signed an agreement.",
]


@st.composite
def records(draw):
    """Reports of four weeks, some learnt late."""
    drawn = draw(st.lists(st.tuples(st.integers(0, 27), st.integers(0, 20), st.sampled_from(TOLD)), max_size=14))
    rows = []
    for number, (day, lag, text) in enumerate(drawn):
        at = MONDAY + timedelta(days=day)
        late = at + timedelta(days=lag if lag > 10 else 0)
        rows.append(report(f"r{number:02}", text, published_at=at, known_at=late))
    return rows


def of_weeks(table, weeks):
    names = pa.array([str(Week.of(at.date())) for at in table["known_at"].to_pylist()], pa.string())
    return table.filter(pc.is_in(names, pa.array([str(week) for week in weeks], pa.string()))).to_pylist()


@settings(max_examples=60, deadline=None)
@given(records(), st.integers(0, 3))
def test_later_reports_never_change_what_was_known(rows, n_weeks):
    last = Week.of(MONDAY.date()).shift(n_weeks)
    whole, part = coded(*rows), coded(*[row for row in rows if row["known_at"] < last.cutoff])
    weeks = [Week.of(MONDAY.date()).shift(step) for step in range(n_weeks + 1)]
    assert of_weeks(whole.events, weeks) == part.events.to_pylist()
    assert of_weeks(whole.mentions, weeks) == part.mentions.to_pylist()


@settings(max_examples=60, deadline=None)
@given(records(), st.integers(1, 3))
def test_a_week_read_with_the_one_before_has_the_ids_of_the_whole_record(rows, n_weeks):
    week = Week.of(MONDAY.date()).shift(n_weeks)
    pair = [week.shift(-1), week]
    whole, part = coded(*rows), coded(*[row for row in rows if Week.of(row["known_at"].date()) in pair])
    ids = {(row["event_id"], row["report_id"]) for row in of_weeks(whole.mentions, [week])}
    assert ids == {(row["event_id"], row["report_id"]) for row in of_weeks(part.mentions, [week])}
    earlier = {row["event_id"] for row in whole.events.to_pylist() if Week.of(row["known_at"].date()) < pair[0]}
    fresh = [row for row in of_weeks(part.events, [week]) if row["event_id"] not in earlier]
    assert fresh == of_weeks(whole.events, [week])


def test_an_act_told_on_both_sides_of_a_sunday_is_one_event():
    sunday = report("a", "Pakistan attacked Iran.", day=24)
    monday = report("b", "Pakistan bombed Iran with jets in the night.", day=25)
    (event,) = coded(sunday, monday).events.to_pylist()
    assert (event["event_date"].isoformat(), event["mode"]) == ("2026-05-24", "offensive")


def test_an_act_dated_on_a_day_already_known_is_the_same_event_weeks_later():
    first = report("a", "Russia and Iran signed an agreement on 6 May 2026.", day=7)
    late = report("b", "Russia and Iran signed an agreement on 6 May 2026, it was confirmed.", day=30)
    found = coded(first, late)
    assert found.events.num_rows == 1
    assert found.mentions["report_id"].to_pylist() == ["a", "b"]
