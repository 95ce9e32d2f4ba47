from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.domain.tables import BREAKS, COVERAGE
from marsad.measure.breaks import breaks
from marsad.measure.scan import Scan, find_alarms
from measure.samples import AS_OF, MONDAY, RUN, act, after, table, weekly


def find(rows, n=None, **more):
    found = breaks(table(rows), run=RUN, as_of=AS_OF if n is None else after(n), **more)
    assert found.schema == BREAKS.schema
    return found.to_pylist()


def test_a_rise_is_named_in_the_week_the_ratio_reaches_the_threshold():
    # Twelve quiet weeks and a prior of one act in four: 1/16 a week; two acts in the thirteenth: joint rate 3/17.
    # 2 log(2 x 17/3) + log(1/16 x 17/3) = 3.82.
    counts = np.zeros((13, 1))
    counts[12] = 2
    (alarm,) = find_alarms(counts[None], np.ones(13), Scan(3.8, ((2,),)))
    assert (alarm.onset, alarm.crossed, alarm.rises) == (12, 12, True)
    assert alarm.statistic == pytest.approx(2 * np.log(34 / 3) + np.log(17 / 48))
    assert find_alarms(counts[None], np.ones(13), Scan(3.9, ((2,),))) == []


def test_three_reproaches_are_no_rise_and_two_blows_are_one():
    counts = np.zeros((13, 1))
    counts[12] = 3
    assert find_alarms(counts[None], np.ones(13), Scan(1.0, ((1,),))) == []
    counts[12] = 2
    assert len(find_alarms(counts[None], np.ones(13), Scan(1.0, ((4,),)))) == 1


def test_a_fall_adds_up_over_silent_weeks():
    # 48 + 1 acts in 12 + 4 weeks; after two silent weeks the joint rate is 49/18: 49 log(18/16) = 5.77.
    counts = np.array([[4.0]] * 12 + [[0.0]] * 4)
    (alarm,) = find_alarms(counts[None], np.ones(16), Scan(4.0, ((2,),)))
    assert (alarm.onset, alarm.crossed, alarm.rises) == (12, 13, False)
    assert alarm.statistic == pytest.approx(49 * np.log(18 / 16))


def test_silence_of_a_failed_collection_is_no_fall():
    counts = np.array([[4.0]] * 12 + [[0.0]] * 4)
    shares = np.array([1.0] * 12 + [0.0] * 4)
    assert find_alarms(counts[None], shares, Scan(4.0, ((2,),))) == []


def test_the_same_rise_says_less_in_a_bursty_feed():
    # Weeks of 0 and 8 have the mean of weeks of 4 and a variance of 192/11: 48/11 times the mean.
    steady, bursty = np.full((13, 1), 4.0), np.array([[0.0], [8.0]] * 6 + [[0.0]])
    steady[12] = bursty[12] = 40
    (plain,) = find_alarms(steady[None], np.ones(13), Scan(4.0, ((1,),)))
    (damped,) = find_alarms(bursty[None], np.ones(13), Scan(4.0, ((1,),)))
    assert damped.statistic == pytest.approx(plain.statistic * 11 / 48)


def test_a_rise_is_dated_to_the_week_the_counts_changed_not_to_a_first_stir():
    # One act in week 11, five in week 13. From week 13 on: 5 log(5 x 17/7) + 2 log(2/16 x 17/7) = 10.1;
    # from week 11 on: 6 log(2 x 18/7) + log(1/15 x 18/7) = 8.1.
    counts = np.zeros((14, 1))
    counts[11], counts[13] = 1, 5
    (alarm,) = find_alarms(counts[None], np.ones(14), Scan(9.0, ((4,),)))
    assert (alarm.onset, alarm.crossed) == (13, 13)
    assert alarm.statistic == pytest.approx(5 * np.log(85 / 7) + 2 * np.log(34 / 112))


def test_what_goes_on_is_no_new_rise_but_what_grows_again_is():
    lasting = np.array([[0.0]] * 12 + [[5.0]] * 10)
    growing = np.array([[0.0]] * 12 + [[5.0]] * 6 + [[25.0]] * 4)
    scan = Scan(6.0, ((4,),))
    assert [alarm.onset for alarm in find_alarms(lasting[None], np.ones(22), scan)] == [12]
    assert [alarm.onset for alarm in find_alarms(growing[None], np.ones(22), scan)] == [12, 18]


def test_what_only_equals_the_weeks_before_is_no_rise():
    assert find_alarms(np.full((1, 24, 1), 4.0), np.ones(24), Scan(1.0, ((4,),))) == []


def test_more_words_while_blows_fall_off_are_a_rise_in_number_and_no_fall():
    blows, words = weekly([1] * 13 + [0], "PAK", "AFG", "ASSAULT"), weekly([0] * 13 + [60], "AFG", "PAK", "ACCUSE")
    (row,) = find(blows + words, 14)
    assert (row["week"], row["from_rung"], row["to_rung"], len(row["events"])) == ("2026-W15", 4, 4, 20)


def test_failed_weeks_before_a_fall_do_not_lower_the_rung_it_falls_from():
    # Silent weeks would make the mean of twelve 4 x 8/12, rung 3.
    failed = range(8, 12)
    rows = weekly([0 if n in failed else 4 for n in range(14)], "PAK", "AFG", "ASSAULT")
    days = [MONDAY + timedelta(weeks=week, days=n) for week in failed for n in range(7)]
    ledger = [{"feed": "f", "day": d, "expected": 5, "received": 0, "failed": 5, "known_at": AS_OF} for d in days]
    (row,) = breaks(table(rows), COVERAGE.from_rows(ledger), run=RUN, as_of=after(18)).to_pylist()
    assert (row["week"], row["from_rung"], row["to_rung"]) == ("2026-W16", 4, 0)


def test_fighting_that_breaks_out_is_a_break_of_conflict_with_its_events():
    rows = weekly([0] * 14 + [3, 6], "PAK", "AFG", "ASSAULT") + weekly([1] * 16, "PAK", "AFG", "CONSULT")
    (row,) = find(rows, 16)
    assert (row["source"], row["target"], row["ladder"], row["week"]) == ("AFG", "PAK", "conflict", "2026-W16")
    assert (row["from_rung"], row["to_rung"], len(row["events"])) == (0, 4, 3)
    assert 0.5 < row["probability"] < 1


def test_a_first_defence_pact_is_a_break_of_standing_even_on_a_desk_with_one_report_a_week():
    rows = [
        act("2025-04-17", "RUS", "AFG", "CONCEDE", "delist", "legal", event_id="delist"),
        act("2025-07-03", "RUS", "AFG", "SUPPORT", "recognise", "diplomatic", event_id="recognise"),
        act("2026-05-27", "RUS", "AFG", "AGREE", "sign", "military", event_id="pact"),
    ]
    found = find(rows)
    assert [row["noticed"] for row in found] == [row["week"] for row in found]
    assert [(row["week"], row["from_rung"], row["to_rung"], row["events"]) for row in found] == [
        ("2025-W16", 0, 3, ["delist"]),
        ("2025-W27", 3, 3, ["recognise"]),  # a first of its kind deepens the political rung
        ("2026-W22", 3, 5, ["pact"]),
    ]
    assert [row["probability"] for row in found] == pytest.approx([0.9] * 3)


def test_a_step_needs_three_days_of_a_coder_that_does_not_say_how_sure_it_is():
    days = ("2026-05-25", "2026-05-27", "2026-05-29")
    acts = [act(day, "RUS", "AFG", "AGREE", "sign", "military", confidence=None) for day in days]
    mirrored = [*acts[:2], act(days[0], "AFG", "RUS", "AGREE", "sign", "military", confidence=None)]
    assert find(acts[:2]) == find(mirrored) == []
    (step,) = find(acts)
    assert step["probability"] == pytest.approx(1 - (3 / 4) ** 3)


def test_the_end_of_the_highest_measure_is_a_fall_of_standing():
    rows = [
        act("2026-01-05", "PAK", "AFG", "SANCTION", "close_border", event_id="closed"),
        act("2026-03-05", "PAK", "AFG", "RETREAT", "reopen_border", event_id="open"),
    ]
    assert [
        (row["week"], row["from_rung"], row["to_rung"], row["events"])
        for row in find(rows)
        if row["ladder"] == "conflict"
    ] == [
        ("2026-W02", 0, 2, ["closed"]),
        ("2026-W10", 2, 0, ["open"]),
    ]


def test_a_commitment_below_the_highest_in_force_is_no_break():
    rows = [
        act("2025-07-03", "RUS", "AFG", "SUPPORT", "recognise", "diplomatic"),
        act("2025-09-03", "RUS", "AFG", "AGREE", "sign", "economic"),
    ]
    assert [row["week"] for row in find(rows)] == ["2025-W27"]


def test_only_the_pairs_asked_for_are_given():
    rows = [
        act("2025-07-03", "RUS", "AFG", "SUPPORT", "recognise"),
        act("2025-07-04", "CHN", "AFG", "SUPPORT", "accredit"),
    ]
    assert [row["source"] + row["target"] for row in find(rows, pairs=[("RUS", "AFG")])] == ["AFGRUS"]


def test_a_break_is_noticed_in_the_week_by_whose_end_the_evidence_sufficed():
    # Two acts a week, then none. With the prior, 25 acts in 16 weeks: 25 log(1 + n / 16) is above 9 from n = 7 weeks on.
    rows = weekly([2] * 14 + [0] * 8, "QAT", "AFG", "AID")
    (fall,) = [row for row in find(rows, 22) if row["to_rung"] < row["from_rung"]]
    assert (fall["week"], fall["noticed"]) == ("2026-W16", "2026-W22")
    assert [row["noticed"] for row in find(rows, 21)] == ["2026-W22"]
    assert find(rows, 20) == []


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_later_events_never_change_or_remove_a_break(data):
    acts = st.sampled_from(
        [("ASSAULT", None, None), ("SANCTION", "embargo", None), ("AGREE", "sign", "military"), ("CONSULT", None, None)]
    )
    drawn = data.draw(st.lists(st.tuples(st.integers(0, 27), acts, st.integers(1, 4)), max_size=25))
    rows = [
        act(MONDAY + timedelta(weeks=w, days=n), "RUS", "AFG", *kind, event_id=f"{i:03}-{n}")
        for i, (w, kind, count) in enumerate(drawn)
        for n in range(count)
    ]
    early, late = find(rows, 14), find(rows, 28)
    key = ("ladder", "week", "noticed", "from_rung", "to_rung", "probability", "events")
    late_keys = [[row[name] for name in key] for row in late]
    assert all([row[name] for name in key] in late_keys for row in early)
    assert find(data.draw(st.permutations(rows)), 28) == late
