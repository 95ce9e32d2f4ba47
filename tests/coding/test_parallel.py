from marsad.coding import parallel

TEXTS = ["Iran condemned the Pakistani strikes.", "Россия обвинила Иран.", "باكستان تتهم أفغانستان."]


def records(n):
    return [{"id": number, "text": TEXTS[number % len(TEXTS)]} for number in range(n)]


def test_many_texts_over_two_processes_are_answered_as_by_one_and_in_order(monkeypatch):
    monkeypatch.setattr(parallel, "_FEW", 5)
    monkeypatch.setattr(parallel, "_CHUNK", 4)
    alone = list(parallel.code_texts(records(23), n_processes=1))
    assert list(parallel.code_texts(records(23), n_processes=2)) == alone
    assert [answer["id"] for answer in alone] == list(range(23))


def test_the_first_answers_do_not_wait_for_later_texts():
    given = iter(records(3))
    answers = parallel.code_texts(given)
    assert next(answers)["id"] == 0
    assert next(given)["id"] == 1
