"""Which acts may open a commitment: the same in all five languages."""

import pytest

from marsad.coding import code_text, default_coder


def acts(text, language):
    line = code_text({"id": "x", "text": text, "language": language, "date": "2026-05-28"}, default_coder())
    return [(event["event_type"], event["mode"]) for sentence in line["sentences"] for event in sentence["events"]]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia and Afghanistan signed a memorandum on transit."),
        ("en", "A security pact was signed by Russia and Afghanistan in Moscow."),
        ("en", "Iran and Pakistan reached a deal on gas."),
        ("ar", "وقّعت روسيا وأفغانستان اتفاقية للعبور."),
        ("ar", "توصلت إيران وباكستان إلى اتفاق بشأن الغاز."),
        ("fa", "روسیه و افغانستان توافق‌نامهٔ ترانزیتی را امضا کردند."),
        ("ps", "روسیې او افغانستان د ټرانزیټ تړون لاسلیک کړ."),
        ("ru", "Россия и Афганистан заключили договор о транзите."),
        ("ru", "Россия и Афганистан подписали соглашение о транзите."),
    ],
)
def test_a_signed_instrument_is_an_agreement_signed(text, language):
    assert acts(text, language) == [("AGREE", "sign")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russian and Afghan deputy defence ministers met and agreed on further joint steps."),
        ("en", "Russia and Afghanistan agreed to deepen military cooperation."),
        ("ar", "اتفقت روسيا وأفغانستان على خطوات عسكرية مشتركة."),
        ("fa", "روسیه و افغانستان در مورد گام‌های نظامی مشترک توافق کردند."),
        ("ps", "روسیې او افغانستان پر ګډو پوځي ګامونو هوکړه وکړه."),
        ("ru", "Россия и Афганистан договорились о дальнейших совместных шагах в военной сфере."),
    ],
)
def test_agreeing_without_an_instrument_signs_nothing(text, language):
    found = acts(text, language)
    assert found
    assert not {mode for _, mode in found} & {"sign", "treaty"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia recognised the Islamic Emirate of Afghanistan."),
        ("en", "Sweden recognised Palestine on Thursday."),
        ("ar", "اعترفت روسيا بالإمارة الإسلامية في أفغانستان."),
        ("fa", "روسیه امارت اسلامی افغانستان را به رسمیت شناخت."),
        ("ps", "روسیې د افغانستان اسلامي امارت په رسمیت وپېژاند."),
        ("ru", "Россия официально признала Исламский Эмират Афганистан."),
    ],
)
def test_a_state_or_a_government_is_recognised(text, language):
    assert acts(text, language) == [("SUPPORT", "recognise")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia recognised the Afghan chargé d'affaires in Moscow."),
        ("en", "Russia accredited a diplomat of Afghanistan."),
        ("ar", "اعترفت روسيا بالقائم بالأعمال الأفغاني في موسكو."),
        ("fa", "روسیه کاردار افغانستان را به رسمیت شناخت."),
        ("ps", "روسیې د افغانستان شارژدافیر په رسمیت وپېژاند."),
        ("ru", "Россия признала временного поверенного в делах Афганистана."),
    ],
)
def test_a_charge_received_is_no_recognition(text, language):
    assert acts(text, language) == [("SUPPORT", "receive_envoy")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia accepted the credentials of the ambassador of Afghanistan."),
        ("ar", "اعتمدت روسيا سفير أفغانستان لديها."),
        ("fa", "روسیه اعتمادنامهٔ سفیر افغانستان را پذیرفت."),
        ("ps", "روسیې د افغانستان د سفیر باورلیک ومانه."),
        ("ru", "Посол Афганистана вручил верительные грамоты президенту России."),
    ],
)
def test_an_ambassador_is_accredited(text, language):
    assert acts(text, language) == [("SUPPORT", "accredit")]


@pytest.mark.parametrize(
    "text", ["Russia recognised that Afghanistan needs aid.", "Russia recognised Afghan diplomas."]
)
def test_what_is_recognised_besides_a_state_opens_nothing(text):
    assert "recognise" not in {mode for _, mode in acts(text, "en")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia said that this does not mean recognition of the Taliban."),
        ("ar", "قالت روسيا إن قبول المبعوث لا يعني الاعتراف بطالبان."),
        ("fa", "روسیه گفت که پذیرش نماینده به معنای به رسمیت شناختن طالبان نیست."),
        ("ps", "روسیې وویل چې د استازي منل د طالبانو په رسمیت پېژندل نه دي."),
        ("ru", "Россия заявила, что это не означает признания талибов."),
        ("en", "Russia said that accepting the envoy does not mean recognition of the Taliban."),
        ("ru", "Лавров сказал, что аккредитация дипломата талибов не означает их признания Москвой."),
    ],
)
def test_what_is_said_to_be_no_recognition_is_no_support(text, language):
    assert {kind for kind, _ in acts(text, language)} <= {"REJECT"}


@pytest.mark.parametrize(
    ("language", "text", "act"),
    [
        ("en", "Pakistan closed the Torkham crossing with Afghanistan.", ("SANCTION", "close_border")),
        ("ar", "أغلقت باكستان معبر تورخم مع أفغانستان.", ("SANCTION", "close_border")),
        ("fa", "پاکستان گذرگاه تورخم با افغانستان را بست.", ("SANCTION", "close_border")),
        ("ps", "پاکستان له افغانستان سره د تورخم دروازه وتړله.", ("SANCTION", "close_border")),
        ("ru", "Пакистан закрыл границу с Афганистаном.", ("SANCTION", "close_border")),
        ("en", "Pakistan reopened the Torkham crossing with Afghanistan.", ("RETREAT", "reopen_border")),
        ("ar", "أعادت باكستان فتح معبر تورخم مع أفغانستان.", ("RETREAT", "reopen_border")),
        ("fa", "پاکستان گذرگاه تورخم با افغانستان را باز کرد.", ("RETREAT", "reopen_border")),
        ("ps", "پاکستان له افغانستان سره د تورخم دروازه پرانیستله.", ("RETREAT", "reopen_border")),
        ("ru", "Пакистан открыл границу с Афганистаном.", ("RETREAT", "reopen_border")),
        ("en", "India reopened its embassy in Afghanistan.", ("SUPPORT", "open_mission")),
        ("ar", "أعادت الهند فتح سفارتها في أفغانستان.", ("SUPPORT", "open_mission")),
        ("fa", "هند سفارت خود را در افغانستان بازگشایی کرد.", ("SUPPORT", "open_mission")),
        ("ps", "هند په افغانستان کې خپل سفارت پرانیست.", ("SUPPORT", "open_mission")),
        ("ru", "Индия вновь открыла посольство в Афганистане.", ("SUPPORT", "open_mission")),
        ("en", "Russia invited Afghanistan to the forum.", ("COOPERATE", "invite")),
        ("ar", "وجهت روسيا دعوة إلى أفغانستان لحضور المنتدى.", ("COOPERATE", "invite")),
        ("fa", "روسیه افغانستان را به نشست مسکو دعوت کرد.", ("COOPERATE", "invite")),
        ("ps", "روسیې افغانستان ته د ګډون بلنه ورکړه.", ("COOPERATE", "invite")),
        ("ru", "Россия пригласила Афганистан на форум.", ("COOPERATE", "invite")),
        ("en", "Afghanistan guarded the Russian embassy.", ("COOPERATE", "guard")),
        ("en", "Russia handed over the embassy to Afghanistan.", ("COOPERATE", None)),
        ("ru", "Россия передала посольство Афганистану.", ("COOPERATE", None)),
    ],
)
def test_borders_missions_and_invitations_follow_the_codebook(text, language, act):
    assert act in acts(text, language)
    assert {kind for kind, _ in acts(text, language)} == {act[0]}
