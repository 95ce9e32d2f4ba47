from datetime import date

import pytest

from event_rows import coverage, event, events
from marsad.binding import find_directives
from marsad.binding.hypotheses import Verdict, parse_hypotheses, weigh
from marsad.binding.values import Vintage
from marsad.domain.tables import COVERAGE
from marsad.domain.week import Week
from marsad.errors import BadInput

W02 = Week(2026, 2)
BLOCK = (
    ":H1: It lasts",
    ":H2: It fades",
    ":from: 2026-01-05",
    ":by: 2026-01-18",
    "- an accord | RUS AGREE AFG | + | --",
    "- a measure | RUS SANCTION AFG | 0.2 | 0.6",
    "- talks | RUS CONSULT AFG >= 2 | 0 | 0",
)


def declared(*lines):
    (directive,) = find_directives("\n".join([":::{hypotheses}", *(lines or BLOCK), ":::"]))
    return parse_hypotheses(directive, date(2026, 1, 5))


def weighed(*rows, week=W02, coverage=None):
    tables = {"events": events(*rows), "coverage": COVERAGE.empty() if coverage is None else coverage}
    return weigh(declared(), Vintage(tables, week, week.cutoff))


def test_nothing_seen_while_the_days_run_weighs_nothing():
    found = weighed()
    assert [one.verdict for one in found.standings] == [Verdict.OPEN] * 3
    assert found.weights == (0.5, 0.5)
    assert not found.is_resolved


def test_what_was_seen_multiplies_each_weight_by_the_likelihood_declared():
    found = weighed(event(3, event_type="AGREE"))
    assert found.standings[0].seen_on == date(2026, 1, 8)
    assert found.weights == pytest.approx((7 / 8, 1 / 8))  # .7 : .1
    assert (found.consistent, found.inconsistent) == ((1, 0), (0, 1))


def test_silence_counts_once_the_days_and_a_weeks_grace_are_over():
    assert weighed(week=Week(2026, 3)).standings[0].verdict is Verdict.OPEN  # ends on the last day
    found = weighed(event(3, event_type="AGREE"), week=Week(2026, 4))
    assert [one.verdict for one in found.standings] == [Verdict.SEEN, Verdict.ABSENT, Verdict.ABSENT]
    # .7 * (1 - .2) * .5 : .1 * (1 - .6) * .5 = .28 : .02
    assert found.weights == pytest.approx((14 / 15, 1 / 15))
    assert found.is_resolved


def test_silence_while_collection_failed_says_nothing():
    found = weighed(week=Week(2026, 4), coverage=coverage(*range(8)))  # 8 of 14 days
    assert {one.verdict for one in found.standings} == {Verdict.UNKNOWN}
    assert found.weights == (0.5, 0.5)


def test_diagnosticity_is_the_largest_ratio_of_likelihoods():
    found = weighed(event(3, event_type="AGREE"), week=Week(2026, 4))
    assert [one.diagnosticity for one in found.standings] == pytest.approx([7.0, 2.0, 1.0])  # .7/.1, .8/.4, .5/.5


def test_an_event_before_or_after_the_days_of_the_set_is_none_of_it():
    found = weighed(event(-1, event_type="AGREE"), event(14, event_type="AGREE"), week=Week(2026, 4))
    assert found.standings[0].verdict is Verdict.ABSENT


def test_fewer_events_than_asked_do_not_decide():
    assert weighed(event(3)).standings[2].verdict is Verdict.OPEN
    assert weighed(event(3), event(4, event_id="other")).standings[2].verdict is Verdict.SEEN


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ((BLOCK[0], *BLOCK[3:]), "line 4: hypotheses: an indicator has 2 marks for 1|needs two hypotheses"),
        (BLOCK[:4], "has no indicator"),
        ((*BLOCK[:3], *BLOCK[4:]), "has no last day"),
        ((*BLOCK[:4], "- an accord | RUS AGREE AFG | +"), "line 6: hypotheses: an indicator has 1 marks for 2"),
        ((*BLOCK[:4], "- an accord | RUS AGREE AFG | + | maybe"), "'maybe' is no mark"),
        ((*BLOCK[:4], "- an accord | RUS DANCE AFG | + | -"), "unknown act 'DANCE'"),
        ((*BLOCK[:3], ":by: 2025-01-01", BLOCK[4]), "ends on 2025-01-01, before it begins"),
    ],
)
def test_a_faulty_set_is_named_with_its_line(lines, fault):
    with pytest.raises(BadInput, match=fault):
        declared(*lines)
