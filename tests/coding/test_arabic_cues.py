"""Which Arabic words really deny, plan or belong to the past, and which only look so."""

from datetime import date

import pytest

from marsad.coding.acts import acts_of
from marsad.coding.coder import default_actors, opened
from marsad.coding.status import sentence_status
from marsad.domain.words import Language, Status

DAY = date(2025, 6, 1)


def status(text):
    mentions = default_actors()(text, Language.AR, DAY)
    sentence = next(opened(text, Language.AR, mentions))
    return sentence_status(sentence, [act.status for act in acts_of(sentence)], DAY)


@pytest.mark.parametrize(
    "text",
    [
        "انسحبت القوات الفرنسية من المدينة بعدما وقعت باريس ومالي اتفاقاً.",  # not «عدم»
        "شيّد الوقف التركي مدرسة للبنات دون الصف السادس في جوزجان الأفغانية.",
        "وفّرت باريس ليريفان مظلة رادارات من دون مقابل.",
        "صافح دونالد ترامب في سنغافورة كيم جونغ أون.",  # no future «س»
        "وقّعت الصين اتفاقاً مع بلدية سيستان.",
        "رحّبت أنقرة بالمقرر الخاص وردّت طهران طلبه.",
    ],
)
def test_what_only_looks_like_a_denial_or_a_plan_leaves_the_act_reported(text):
    assert status(text) is Status.REPORTED


@pytest.mark.parametrize(
    "text",
    [
        "لم تتردد نيروبي في قبول عرض نيودلهي.",
        "لم تمضِ ساعات على الزلزال حتى أرسلت باكو منقذين إلى أنقرة.",
        "لم يوقع الوفد الإيراني مع كابل سوى اتفاق واحد.",
        "ليست المرة الأولى التي تسلّم فيها القاهرة مطلوبين إلى بغداد.",
    ],
)
def test_a_denial_that_affirms_is_none(text):
    assert status(text) is Status.REPORTED


def test_a_denial_holds_in_the_first_clause_and_not_for_what_was_done_before_it():
    assert status("لم يزر أي مسؤول بولندي برلين منذ تشكيل الحكومة.") is Status.NEGATED
    assert status("طوت باكستان تصاريح مئة شاحنة أفغانية، ولم تحدد متى تعيدها.") is Status.REPORTED


def test_the_first_meeting_in_decades_is_news():
    assert status("عقد وزيرا لبنان وإسرائيل أول اجتماع من نوعه منذ عقود.") is Status.REPORTED


def test_a_threat_stands_though_what_is_threatened_is_conditional():
    assert status("هدد ترامب بالتدخل إذا واصلت طهران القصف.") is Status.REPORTED
    assert status("خاطب قائد الجيش الباكستاني كابل قائلاً ستدفعون الثمن.") is Status.REPORTED


def test_what_nearly_happened_did_not():
    assert status("كادت باكستان والسعودية توقعان عقد المسيّرات لولا خلاف على السعر.") is not Status.REPORTED
