from datetime import date

from marsad.domain.tables import GAINS
from marsad.measure.gains import gains
from measure.samples import AS_OF, RUN, act, table


def gained(rows, **more):
    found = gains(table(rows), "RUS", "AFG", run=RUN, as_of=AS_OF, **more)
    assert found.schema == GAINS.schema
    return [(row["party"], row["giver"], row["dimension"], row["n_events"]) for row in found.to_pylist()]


def test_an_agreement_gives_to_both_and_aid_to_the_target_only():
    rows = [
        act("2026-05-27", "RUS", "AFG", "AGREE", "sign", "military"),
        act("2026-05-28", "RUS", "AFG", "AID", "humanitarian"),
    ]
    assert gained(rows) == [
        ("AFG", "RUS", "military", 1),
        ("AFG", "RUS", "humanitarian", 1),
        ("RUS", "AFG", "military", 1),
    ]


def test_recognition_is_a_political_and_a_geopolitical_gain():
    assert gained([act("2025-07-03", "RUS", "AFG", "SUPPORT", "recognise")]) == [
        ("AFG", "RUS", "political", 1),
        ("AFG", "RUS", "geopolitical", 1),
    ]


def test_recognition_by_a_third_party_is_geopolitical_and_its_aid_is_not_looked_at():
    rows = [act("2025-08-01", "CHN", "AFG", "SUPPORT", "recognise"), act("2025-08-02", "CHN", "AFG", "AID", "economic")]
    assert gained(rows) == [("AFG", "CHN", "geopolitical", 1)]


def test_talk_and_threats_give_nothing():
    rows = [act("2025-07-03", "RUS", "AFG", "CONSULT", "visit"), act("2025-07-03", "RUS", "AFG", "SUPPORT", "praise")]
    assert gained([*rows, act("2025-07-04", "RUS", "AFG", "THREATEN", "force")]) == []


def test_first_occurrence_and_order_of_evidence():
    rows = [
        act("2026-02-01", "RUS", "AFG", "COOPERATE", "trade", "energy", event_id="second"),
        act("2026-01-01", "RUS", "AFG", "COOPERATE", "trade", "economic", event_id="first"),
    ]
    row = gains(table(rows), "RUS", "AFG", run=RUN, as_of=AS_OF).to_pylist()[0]
    assert (row["first"], row["events"], row["n_events"]) == (date(2026, 1, 1), ["first", "second"], 2)
    assert gained(rows, since=date(2026, 1, 15)) == [("AFG", "RUS", "economic", 1), ("RUS", "AFG", "economic", 1)]
