"""Pashto: small words that only look like a negation or a plan, and threats told by a bare future."""

import pytest

from marsad.coding.acts import acts_of
from marsad.coding.coder import default_actors, opened
from marsad.coding.pashto import denials, is_past, told_threat
from marsad.coding.status import sentence_status
from marsad.coding.tokens import tokenize
from marsad.domain.words import Language, Status


def status(text):
    mentions = default_actors()(text, Language.PS, None)
    return next(
        sentence_status(sentence, [act.status for act in acts_of(sentence)])
        for sentence in opened(text, Language.PS, mentions)
    )


def codes(text):
    return {text[each.start : each.end]: each.code for each in default_actors()(text, Language.PS, None)}


def kept(text):
    tokens = tokenize(text, 0, len(text))
    return denials(tokens, [(at, at) for at, token in enumerate(tokens) if token.text == "نه"])


@pytest.mark.parametrize(
    "text",
    [
        "هند له کابل نه خپل سفیر راوغوښت",
        "د زلزلې نه وروسته چین مرسته وکړه",
        "باید ووځي، که نه جګړه به پیل شي",
        "ایران نه بلکې عراق برید وکړ",
        "د ویزو د نه ورکولو له امله",
        "مصر له قطر نه ووت",
    ],
)
def test_from_or_else_and_a_noun_denied_are_no_denial_of_the_act(text):
    assert kept(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "کابل مرسته نه ده رسولې",
        "له ترکیې سره اړیکې نه لري",
        "عراقچي لا له ډیلي نه و تللی",
        "له تهران سره خبرې نه کوي",
        "کاراکاس له چا نه وېرېږي",
        "نه کابل او نه اسلام‌اباد هوکړه وکړه",
    ],
)
def test_a_verb_denied_stays_denied(text):
    assert kept(text)


def test_who_asks_from_another_denies_nothing():
    assert status("ترکیې له امریکا نه مننه وکړه.") is Status.REPORTED
    assert status("قطر د مصر د سفارت د بې بنسټه ادعا پر ضد اعتراض وکړ.") is Status.REPORTED


@pytest.mark.parametrize(
    "text",
    [
        "مصر وویل چې که ایتوپیا بند ډک کړي، پوځ به وخوځوي.",
        "هند پاکستان ته وویل چې اوبه به بندې شي.",
        "الجزایر وویل چې د فرانسې د هر ګام ځواب به سخت وي.",
        "ترکیې سوریې ته درې ورځې وخت ورکړ، که نه جګړه به پیل شي.",
    ],
)
def test_a_threat_told_in_the_bare_future_is_reported(text):
    assert status(text) is Status.REPORTED


@pytest.mark.parametrize(
    "text",
    [
        "هند به سبا له ایران سره تړون لاسلیک کړي، ویاند وویل.",
        "که هند برید وکړي، پاکستان به ځواب ووایي.",
        "د ترکیې وزیر وویل چې له سوریې سره به تړون لاسلیک کړي.",
    ],
)
def test_what_is_only_announced_or_supposed_is_no_threat(text):
    assert status(text) is Status.JUDGEMENT


def test_the_word_of_a_threat_is_the_verb_of_saying():
    tokens = tokenize("مصر وویل چې که باران وي جنګ به وي", 0, 33)
    threat = told_threat(tokens, {0})
    assert threat is not None
    assert tokens[threat.start].text == "وویل"
    assert told_threat(tokens[2:], set()) is None


def test_a_plan_beside_a_past_verb_does_not_make_the_act_planned():
    assert status("مصر د قطر دوه وګړي د برید د پلان په تور ونیول.") is Status.REPORTED
    assert status("مصر پلان لري چې قطر ته پلاوی ولېږي.") is Status.JUDGEMENT
    assert [is_past(word) for word in ("وکړ", "ونیول", "وکړی", "لاسلیکوی")] == [True, True, False, False]


def test_although_sets_no_condition():
    assert status("مصر د قطر وړاندیز ومانه، که څه هم سوریې نیوکه کوي.") is Status.REPORTED


def test_crowds_in_one_place_are_its_own_whatever_other_state_they_act_on():
    assert codes("سوداګرو په ډیلي کې د ترکیې پر مڼو بندیز ولګاوه.")["سوداګرو"] == "IND"


def test_a_gate_is_no_place_and_the_north_is_pyongyang_beside_seoul():
    assert "دروازه" not in codes("پاکستان دروازه وتړله.")
    assert codes("سیول شمال ته خبرداری ورکړ.")["شمال"] == "PRK"
    assert "شمال" not in codes("سیول د هېواد په شمال کې تمرین وکړ.")


def test_mali_is_a_state_beside_its_neighbours_and_money_elsewhere():
    assert codes("مالي، بورکینافاسو او نیجر ووتل.")["مالي"] == "MLI"
    assert "مالي" not in codes("چین کابل ته مالي مرسته وکړه.")
