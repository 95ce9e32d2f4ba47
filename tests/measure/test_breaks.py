from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.domain.tables import BREAKS
from marsad.measure.breaks import breaks
from marsad.measure.cusum import Cusum, Stream, find_alarms
from measure.samples import AS_OF, MONDAY, RUN, act, after, table, weekly


def find(rows, n=None, **more):
    found = breaks(table(rows), run=RUN, as_of=AS_OF if n is None else after(n), **more)
    assert found.schema == BREAKS.schema
    return found.to_pylist()


def test_a_rise_is_named_in_the_week_the_ratio_reaches_the_threshold():
    # Baseline of 12 quiet weeks: (0 + 1/4) / (12 + 1) = 1/52 a week; risen rate 1 + 1/52.
    # One act: log(53) - 1 = 2.97 < 4; two acts in the week: 2 log(53) - 1 = 6.94 > 4.
    flow = Cusum(4.0, (Stream((2,), ratio=2.5),))
    one, two = np.zeros((13, 1)), np.zeros((13, 1))
    one[12], two[12] = 1, 2
    assert find_alarms(one[None], np.ones(13), flow) == []
    (alarm,) = find_alarms(two[None], np.ones(13), flow)
    assert (alarm.onset, alarm.crossed, alarm.rises) == (12, 12, True)
    assert alarm.statistic == pytest.approx(2 * np.log(53) - 1)


def test_a_fall_adds_up_over_silent_weeks():
    # Baseline (48 + 1/4) / 13 a week; each silent week adds rate x (1 - 1/2.5).
    counts = np.array([[4.0]] * 12 + [[0.0]] * 4)
    (alarm,) = find_alarms(counts[None], np.ones(16), Cusum(4.0, (Stream((2,), ratio=2.5),)))
    assert (alarm.onset, alarm.crossed, alarm.rises) == (12, 13, False)
    assert alarm.statistic == pytest.approx(2 * 48.25 / 13 * 0.6)


def test_silence_of_a_failed_collection_is_no_fall():
    counts = np.array([[4.0]] * 12 + [[0.0]] * 4)
    shares = np.array([1.0] * 12 + [0.0] * 4)
    assert find_alarms(counts[None], shares, Cusum(4.0, (Stream((2,)),))) == []


def test_a_burst_of_a_bursty_stream_says_less_than_one_of_a_steady_stream():
    # Baseline 1/52; risen 1 + 1/52 = 53/52. Four acts, size 1: 4 log(53 (1 + 1/52) / (1 + 53/52)) - log((105/52) / (53/52))
    # = 4 log(53 x 53 / 105) - log(105/53) = 12.46; Poisson: 4 log(53) - 1 = 14.88.
    counts = np.zeros((13, 1))
    counts[12] = 4
    (bursty,) = find_alarms(counts[None], np.ones(13), Cusum(4.0, (Stream((1,), size=1.0),)))
    (steady,) = find_alarms(counts[None], np.ones(13), Cusum(4.0, (Stream((1,)),)))
    assert bursty.statistic == pytest.approx(4 * np.log(53 * 53 / 105) - np.log(105 / 53))
    assert steady.statistic == pytest.approx(4 * np.log(53) - 1)


def test_a_rise_is_dated_to_the_week_the_counts_changed_not_to_a_first_stir():
    # Baseline 1/44 a week. One act in week 10: log(45) - 1 = 2.8, and 0.8 is left of it when five acts come in week 13:
    # 0.8 + 5 log(45) - 1 = 18.8. From week 13 on: 5 log(5 x 44) - 5 = 22; from week 10 on: 6 log(1.5 x 44) - 6 = 19.1.
    counts = np.zeros((17, 1))
    counts[10], counts[13:] = 1, 5
    (alarm,) = find_alarms(counts[None], np.ones(17), Cusum(12.0, (Stream((4,)),)))
    assert (alarm.onset, alarm.crossed) == (13, 13)


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
    assert [(row["week"], row["from_rung"], row["to_rung"], row["events"]) for row in found] == [
        ("2025-W16", 0, 3, ["delist"]),
        ("2025-W27", 3, 3, ["recognise"]),  # a first of its kind deepens the political rung
        ("2026-W22", 3, 5, ["pact"]),
    ]
    assert [row["probability"] for row in found] == pytest.approx([0.9] * 3)


def test_one_act_of_a_coder_that_does_not_say_how_sure_it_is_makes_no_step():
    one = [act("2026-05-25", "RUS", "AFG", "AGREE", "sign", "military", confidence=None)]
    mirrored = [*one, act("2026-05-25", "AFG", "RUS", "AGREE", "sign", "military", confidence=None)]
    again = [*mirrored, act("2026-05-27", "RUS", "AFG", "AGREE", "sign", "military", confidence=None)]
    assert find(one) == find(mirrored) == []
    assert [row["probability"] for row in find(again)] == [0.75]  # two days: 1 - 1/2 x 1/2


def test_an_act_told_in_both_directions_and_in_copies_counts_once_in_the_flow():
    # Six rows are one act a day on one day: 1 act against a baseline of 1/52 stays under the threshold of 3.5.
    day = MONDAY + timedelta(weeks=14)
    copies = [
        act(day, *ends, "ASSAULT", event_id=f"{n}{ends[0]}")
        for n in range(3)
        for ends in (("PAK", "AFG"), ("AFG", "PAK"))
    ]
    assert find(copies + weekly([1] * 15, "PAK", "AFG", "CONSULT"), 15) == []


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
    key = ("ladder", "week", "from_rung", "to_rung", "probability", "events")
    late_keys = [[row[name] for name in key] for row in late]
    assert all([row[name] for name in key] in late_keys for row in early)
    assert find(data.draw(st.permutations(rows)), 28) == late
