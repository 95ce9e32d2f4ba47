from itertools import pairwise

from event_rows import day, event, events, instant
from marsad.forecast import explain, issue
from marsad.forecast.explaining import reasons_in_words

DYADS = [("RUS", "AFG"), ("USA", "AFG")]
ORIGIN = 104  # a Sunday: 15 weeks of record


def explained(rows, origin=ORIGIN, dyad=("RUS", "AFG"), later=()):
    opened = issue(events(*rows), day(origin), DYADS, known_at=instant(origin + 1))
    found = explain(opened, events(*rows, *later))
    (said,) = [
        row | reasons
        for row, reasons in zip(opened.to_pylist(), found, strict=True)
        if (row["source"], row["target"]) == dyad and row["quad_class"] == "verbal_cooperation"
    ]
    return said


ROWS = [event(n) for n in (1, 2, 50, 101)] + [event(15, "USA-AFG"), event(20, "USA-AFG"), event(44, "USA-AFG")]


def test_what_was_seen_is_counted_in_weeks_and_named_newest_first():
    said = explained(ROWS)
    assert (said["weeks_seen"], said["weeks_watched"], said["last_seen"]) == (3, 15, day(ORIGIN))
    assert [e["date"] for e in said["events"]] == [day(101), day(50), day(2), day(1)]
    assert said["events"][0]["what"] == "RUS CONSULT AFG"


def test_the_nearest_case_is_the_week_most_like_the_last_and_tells_how_it_went_on():
    # Russia in its last week (of 0..14): seen in 1 of 4 weeks, 2 of 13, 3 of 15. In weeks 7 to 10 the same with 2 of 15,
    # in week 10 last; in week 14, within four weeks of it, it acted again.
    nearest = explained(ROWS)["nearest"][0]
    assert (nearest["source"], nearest["week_ending"], nearest["happened"]) == ("RUS", day(76), True)


def test_cases_of_one_dyad_do_not_overlap_and_their_horizon_is_over():
    said = explained(ROWS)
    assert 4 <= said["n_cases"] <= 6  # 11 weeks whose horizon is over, four apart: at most three for each dyad
    for source in ("RUS", "USA"):
        endings = sorted(case["week_ending"] for case in said["nearest"] if case["source"] == source)
        assert all((later - earlier).days >= 28 for earlier, later in pairwise(endings))
        assert all(ending <= day(ORIGIN - 28) for ending in endings)


def test_later_events_explain_nothing():
    later = [event(ORIGIN + 1), event(60, event_id="late", known_at=instant(ORIGIN + 5))]
    assert explained(ROWS, later=later) == explained(ROWS)


def test_a_short_record_has_no_cases_and_says_so():
    said = explained([event(1)], origin=6)
    assert said["n_cases"] == 0
    assert "too short" in reasons_in_words(said)[1]


def test_the_reasons_name_events_window_and_cases():
    first, second = reasons_in_words(explained(ROWS))
    assert first.startswith("Seen in 3 of the last 15 weeks. Latest: RUS CONSULT AFG on 2026-04-16 [")
    assert second.startswith("Of the 5 past cases most like this one it happened within 4 weeks in ")


def test_a_reaction_names_the_weighty_act_apart_from_the_third_partys_own():
    own = {"event_id": "e2", "source": "USA", "target": "AFG", "date": day(3), "what": "USA SANCTION AFG"}
    pact = {"event_id": "e1", "source": "RUS", "target": "AFG", "date": day(9), "what": "RUS AGREE AFG"}
    row = {"source": "USA", "target": "AFG", "weeks_seen": 1, "weeks_watched": 52, "horizon_weeks": 4, "n_cases": 0}
    row["after"] = ["AFG-RUS act"]
    assert reasons_in_words(row | {"events": [pact, own], "nearest": []})[0] == (
        "After RUS AGREE AFG on 2026-01-14 [e1]. Seen in 1 of the last 52 weeks. "
        "Latest: USA SANCTION AFG on 2026-01-08 [e2]."
    )


def test_a_reaction_to_a_fall_names_what_was_before_it():
    row = {"source": "USA", "target": "AFG", "weeks_seen": 0, "weeks_watched": 52, "horizon_weeks": 4, "n_cases": 0}
    blow = {"event_id": "e1", "source": "PAK", "target": "AFG", "date": day(9), "what": "PAK ASSAULT AFG"}
    row |= {"events": [blow], "nearest": [], "after": ["AFG-PAK conflict fall 2026-W05"]}
    assert reasons_in_words(row)[0] == (
        "After a fall of conflict AFG-PAK since 2026-W05 (before it, PAK ASSAULT AFG on 2026-01-14 [e1]). "
        "Not seen in the last 52 weeks."
    )
