import pytest

from event_rows import day, event, events, instant
from marsad.domain.query import parse_query
from marsad.errors import BadInput
from marsad.forecast import answer, issue
from marsad.forecast.opening import MODEL

WATCHED = [("USA", "AFG"), ("GBR", "AFG"), ("RUS", "AFG")]
ORIGIN = 111  # 16 weeks of record end here


def sanction(n, pair="USA-AFG", **other):
    row = {"event_type": "SANCTION", "event_id": f"{pair}-{n}"}
    return event(n, pair, "material_conflict", **row | other)


def asked(text, rows, origin=ORIGIN, watched=WATCHED, until=28):
    query = parse_query(f"{text} by {day(origin + until)}")
    return answer(events(event(0), *rows), query, day(origin), known_at=instant(origin + 1), watched=watched)


def test_a_whole_class_of_a_watched_dyad_is_answered_as_the_weekly_forecast_says():
    rows = [sanction(n) for n in (3, 20, 60)] + [sanction(50, "RUS-AFG")]
    said = asked("USA material_conflict AFG", rows)
    weekly = issue(events(event(0), *rows), day(ORIGIN), WATCHED, known_at=instant(ORIGIN + 1)).to_pylist()
    (row,) = [r for r in weekly if (r["source"], r["quad_class"]) == ("USA", "material_conflict")]
    assert said.base_rate == pytest.approx(row["base_rate"])
    assert (said.base_n, said.model) == (4, MODEL)
    assert list(said.reasons) == row["reasons"] == ["USA-AFG-60", "USA-AFG-20", "USA-AFG-3"]


def test_a_base_rate_by_hand():
    # 112 days are 4 windows of 28; sanctions in two. Alone: share (2 + 1/2) / 5 = 1/2, spread 1/4, weight 50.
    said = asked("USA SANCTION AFG", [sanction(3), sanction(110)], watched=[])
    assert said.base_rate == pytest.approx((2 + 50 / 2) / (4 + 50))


def test_two_events_are_left_to_the_base_rate():
    said = asked("USA SANCTION AFG >= 2", [sanction(90), sanction(91), sanction(30)], watched=[])
    # One window of four: share (1 + 1/2) / 5.
    assert said.probability is None
    assert said.base_rate == pytest.approx((1 + 50 * 0.3) / (4 + 50))


def test_any_of_several_is_likelier_than_each_and_as_likely_as_not_all_failing():
    rows = [sanction(n) for n in (3, 60)] + [sanction(100, "GBR-AFG")]
    usa, gbr, either = (asked(f"{who} SANCTION AFG", rows).probability for who in ("USA", "GBR", "USA,GBR"))
    assert either == pytest.approx(1 - (1 - usa) * (1 - gbr))


def test_a_longer_window_is_likelier():
    chances = [asked("USA SANCTION AFG", [sanction(60)], until=n).probability for n in (3, 7, 17, 28, 90)]
    assert chances == sorted(chances)


def test_anyone_is_as_frequent_as_all_together():
    rows = [sanction(n, f"{who}-AFG") for n, who in ((3, "USA"), (33, "GBR"), (60, "IRN"), (90, "PAK"))]
    assert asked("* SANCTION AFG", rows).base_rate > asked("USA SANCTION AFG", rows).base_rate


def test_later_or_later_known_events_change_nothing():
    rows = [sanction(60)]
    unseen = [sanction(ORIGIN + 1), sanction(90, event_id="late", known_at=instant(ORIGIN + 2))]
    assert asked("USA SANCTION AFG", rows + unseen) == asked("USA SANCTION AFG", rows)


def test_silence_after_the_end_of_collection_says_nothing():
    rows = [event(0), sanction(20), sanction(60)]
    query = parse_query(f"USA SANCTION AFG by {day(ORIGIN + 28)}")
    asleep = answer(events(*rows), query, day(ORIGIN), known_at=instant(ORIGIN + 1), recorded_to=day(83))
    awake = answer(events(*rows), query.within(None, day(111)), day(83), known_at=instant(84))
    assert asleep == awake


def test_a_record_shorter_than_the_window_has_no_base_rate():
    said = asked("USA SANCTION AFG", [sanction(2)], origin=10)
    assert (said.base_rate, said.base_n) == (None, 0)
    assert 0 < said.probability < 1


@pytest.mark.parametrize("text", ["USA SANCTION AFG", f"USA SANCTION AFG by {day(ORIGIN)}"])
def test_a_question_without_a_day_left_is_refused(text):
    with pytest.raises(BadInput, match="no day left"):
        answer(events(), parse_query(text), day(ORIGIN), known_at=instant(ORIGIN + 1))
