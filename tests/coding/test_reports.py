from datetime import UTC, datetime

from coding.naming import CODER
from marsad.coding import code
from marsad.domain.tables import EVENTS, MENTIONS, REPORTS


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
