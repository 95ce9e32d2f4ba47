from datetime import date

import pytest

from marsad.coding.episodes import Telling, episodes
from marsad.domain.week import Week

DAY, WEEK = date(2026, 5, 27), Week(2026, 22)


def telling(source, event_type, target, mode=None, *, day=DAY, order=0, story="s"):
    return Telling(source, event_type, mode, target, day, is_dated=True, story_id=story, week=WEEK, order=order)


def n_events(*tellings):
    return len(episodes(tellings))


def test_a_clash_and_an_attack_of_one_side_on_the_same_day_are_one_event():
    assert n_events(telling("IRN", "ASSAULT", "AFG", "clash"), telling("IRN", "ASSAULT", "AFG", "offensive")) == 1
    assert n_events(telling("AFG", "ASSAULT", "IRN", "clash"), telling("IRN", "ASSAULT", "AFG", "offensive")) == 1


def test_attacks_in_both_directions_are_two_events():
    assert n_events(telling("IRN", "ASSAULT", "AFG", "drone"), telling("AFG", "ASSAULT", "IRN", "offensive")) == 2


def test_a_group_and_its_branch_are_one_party():
    assert n_events(telling("ISIS", "ASSAULT", "RUS", "bombing"), telling("ISKP", "ASSAULT", "RUS", "shooting")) == 1


def test_credentials_given_and_taken_are_one_event():
    assert n_events(telling("RUS", "SUPPORT", "AFG", "accredit"), telling("AFG", "SUPPORT", "RUS", "accredit")) == 1
    assert n_events(telling("RUS", "SUPPORT", "AFG", "praise"), telling("AFG", "SUPPORT", "RUS", "praise")) == 2


@pytest.mark.parametrize(("mode", "n"), [("shooting", 1), ("bombing", 2)])
def test_an_unnamed_attacker_is_the_named_one_of_the_same_mode(mode, n):
    assert n_events(telling("UNK", "ASSAULT", "RUS", "shooting"), telling("TTP", "ASSAULT", "RUS", mode)) == n


def test_the_fuller_telling_gives_the_event_its_parties():
    (event,) = episodes(
        [telling("UNO", "SUPPORT", None, "praise", order=0), telling("UNO", "SUPPORT", "AFG", "praise", order=1)]
    )
    assert [each.target for each in event.first] == ["AFG", None]


def test_a_meeting_and_an_agreement_of_one_visit_stay_two_events():
    assert n_events(telling("RUS", "CONSULT", "AFG", "visit"), telling("RUS", "AGREE", "AFG", "sign")) == 2
