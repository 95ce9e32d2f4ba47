"""People's word put over the coder's events."""

from datetime import date

from event_rows import event, events, instant
from marsad.coding import ask_first, corrected, default_coder
from marsad.coding.corrections import as_labelled
from marsad.domain.tables import CORRECTIONS, MENTIONS, REPORTS

STRIKE = {"event_type": "ASSAULT", "mode": "air_strike", "review": True, "confidence": 0.4, "coder": "lexicon"}


def struck(event_id="strike", **other):
    return event(0, "PAK-AFG", "material_conflict", **({"event_id": event_id, "backfilled": False} | STRIKE | other))


def word(verdict, n=5, event_id="strike", **other):
    row = {
        "event_id": event_id,
        "verdict": verdict,
        "event_date": event(0)["event_date"],
        "source": "PAK",
        "event_type": "ASSAULT",
        "mode": "air_strike",
        "target": "AFG",
        "as_coded": "PAK ASSAULT/air_strike AFG",
        "report_id": "R1",
        "quote_start": 0,
        "author": "Nadia",
        "known_at": instant(n),
    }
    return row | other


def told(*event_ids, start=0):
    rows = [{"event_id": key, "report_id": "R1", "quote_start": start, "quote_end": start + 40} for key in event_ids]
    return MENTIONS.from_rows(rows)


def stand(table, mentions, *words):
    return corrected(table, mentions, CORRECTIONS.from_rows(list(words))).to_pylist()


def test_without_a_word_the_very_same_table_comes_back():
    table = events(struck())
    assert corrected(table, told("strike"), CORRECTIONS.empty()) is table


def test_an_accepted_event_leaves_review_and_is_known_from_the_day_it_was_accepted():
    (row,) = stand(events(struck()), told("strike"), word("accepted"))
    assert (row["review"], row["confidence"], row["coder"]) == (False, 1.0, "lexicon+person")
    assert row["known_at"] == instant(5)


def test_a_backfilled_event_keeps_the_day_it_counts_as_known():
    (row,) = stand(events(struck(backfilled=True)), told("strike"), word("accepted"))
    assert row["known_at"] == instant(0, 12)


def test_accepting_what_was_already_published_changes_nothing_of_when_it_was_known():
    (row,) = stand(events(struck(review=False)), told("strike"), word("accepted"))
    assert row["known_at"] == instant(0, 12)


def test_a_rejected_event_is_gone():
    assert stand(events(struck()), told("strike"), word("rejected")) == []


def test_a_corrected_event_has_the_new_type_with_its_class_and_weight():
    (row,) = stand(
        events(struck()), told("strike"), word("corrected", source="UNK", event_type="ACCUSE", mode="condemn")
    )
    assert (row["source"], row["event_type"], row["quad_class"]) == ("UNK", "ACCUSE", "verbal_conflict")
    assert row["goldstein"] < 0
    assert row["event_id"] == "strike"


def test_the_latest_word_counts():
    (row,) = stand(events(struck()), told("strike"), word("rejected", 5), word("accepted", 6))
    assert row["confidence"] == 1.0


def test_a_word_holds_for_what_a_later_coder_reads_in_the_same_sentence_in_the_same_way():
    again = struck("other-id")
    assert stand(events(again), told("other-id"), word("rejected")) == []
    assert len(stand(events(again), told("other-id", start=80), word("rejected"))) == 1


def test_what_a_person_put_right_stays_an_event_when_the_coder_finds_nothing_there():
    (row,) = stand(events(), told(), word("corrected"))
    assert (row["event_id"], row["coder"], row["target"]) == ("strike", "person", "AFG")
    assert row["status"] == "reported"


def test_doubtful_and_weighty_events_of_watched_pairs_are_asked_about_first_and_types_take_turns():
    sure = struck("sure", confidence=0.95, goldstein=-10.0)
    doubted = struck("doubted", confidence=0.5, goldstein=-10.0)
    likewise = struck("likewise", confidence=0.5, goldstein=-10.0)
    talk = event(1, "PAK-AFG", event_id="talk", confidence=0.5, goldstein=2.0)
    watched = event(1, "RUS-AFG", event_id="watched", confidence=0.5, goldstein=2.0)
    table = events(sure, doubted, likewise, talk, watched)
    order = [row["event_id"] for row in ask_first(table, CORRECTIONS.empty(), [("AFG", "RUS")])]
    # Worth: doubted 1 * 12, likewise 12 / 2, sure .19 * 12 / 3 = .76, watched 4 * 2, talk 4 / 2.
    assert order == ["doubted", "watched", "likewise", "talk", "sure"]


def test_an_event_somebody_answered_for_is_not_asked_about_again():
    assert ask_first(events(struck(goldstein=-10.0)), CORRECTIONS.from_rows([word("rejected")])) == []


TEXT = "Pakistan bombed Afghanistan on Monday. The weather was fine in Kabul."
REPORT = {"report_id": "R1", "text": TEXT, "language": "en", "published_at": instant(0)}


def labelled(*words):
    mentions = MENTIONS.from_rows(
        [{"event_id": "strike", "report_id": "R1", "quote_start": 0, "quote_end": TEXT.index(" The")}]
    )
    return as_labelled(CORRECTIONS.from_rows(list(words)), REPORTS.from_rows([REPORT]), mentions, default_coder())


def test_words_become_labelled_sentences_with_the_spans_of_the_parties():
    (row,) = labelled(word("accepted"))
    assert row["text"] == "Pakistan bombed Afghanistan on Monday."
    assert row["date"] == date(2026, 1, 5).isoformat()
    (told_event,) = row["events"]
    assert [row["text"][slice(*told_event[side])] for side in ("source", "target")] == ["Pakistan", "Afghanistan"]


def test_a_sentence_whose_event_was_rejected_is_a_negative():
    (row,) = labelled(word("rejected"))
    assert row["events"] == []


def test_a_sentence_whose_named_party_cannot_be_found_in_it_is_left_out():
    assert labelled(word("corrected", target="CHN")) == []
