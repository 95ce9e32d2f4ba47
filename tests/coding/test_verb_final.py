"""Persian, Dari and Pashto: the verb closes the clause, small words tell who does what to whom."""

import pytest

from marsad.coding import code_text, default_coder


def line(text, language):
    return code_text({"id": "1", "text": text, "language": language, "date": "2025-11-20"}, default_coder())


def told(text, language):
    events = [event for sentence in line(text, language)["sentences"] for event in sentence["events"]]
    return [(event["source"], event["event_type"], event["target"]) for event in events]


def test_the_object_before_its_marker_is_the_target_not_the_names_inside_it():
    text = "کابل درخواست اسلام‌آباد برای صدور فتوا علیه تحریک طالبان پاکستان را نپذیرفت."
    assert told(text, "fa")[0] == ("AFG", "REJECT", "PAK")
    assert [e["target"] for each in line(text, "fa")["sentences"] for e in each["events"] if not e.get("review")] == [
        "PAK"
    ]


def test_the_second_verb_shares_the_subject_of_the_first():
    text = "پاکستان اتهام هند را رد کرد و افغانستان را به حمله تهدید کرد."
    assert set(told(text, "fa")) == {("PAK", "REJECT", "IND"), ("PAK", "THREATEN", "AFG")}


def test_a_request_goes_to_whom_it_is_asked_from():
    assert told("ایران از هند خواست به پاکستان گندم بفرستد.", "fa")[0] == ("IRN", "REQUEST", "IND")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fa", "ایران، ترکیه و هند این اقدام پاکستان را تقبیح کردند.", ["IRN", "TUR", "IND"]),
        ("ps", "بورکینافاسو او چاډ له فرانسې سره اړیکې پرې کړې.", ["BFA", "TCD"]),
    ],
)
def test_each_of_coordinated_subjects_does_the_act(language, text, expected):
    acts = told(text, language)
    assert [source for source, _, _ in acts] == expected
    assert len({(kind, target) for _, kind, target in acts}) == 1


def test_three_who_meet_are_three_pairs():
    acts = told("نشست سه‌جانبه افغانستان، ایران و چین برگزار شد.", "fa")
    assert [(one, other) for one, _, other in acts] == [("AFG", "IRN"), ("AFG", "CHN"), ("IRN", "CHN")]


def test_a_comma_behind_the_and_of_an_enumeration_opens_another_one():
    acts = told("به میانجی‌گری قطر و ترکیه، کابل و اسلام‌آباد بر سر آتش‌بس توافق کردند.", "fa")
    assert ("AFG", "PAK") in [(source, target) for source, _, target in acts]


def test_the_agent_of_a_noun_is_not_the_subject_of_an_active_verb():
    text = "آلمان نسبت به اخراج دسته‌جمعی از سوی پاکستان ابراز نگرانی کرد."
    assert told(text, "fa")[0] == ("DEU", "ACCUSE", "PAK")


def test_the_agent_of_a_passive_is_the_source():
    assert told("دو تبعه چین توسط نیروهای طالبان بازداشت شدند.", "fa") == [("AFG", "COERCE", "CHN")]
    assert told("د برېتانیا شارژدافېر د ایران له خوا احضار شو.", "ps") == [("IRN", "ACCUSE", "GBR")]


def test_a_mission_shut_in_the_passive_was_shut_by_its_owner():
    assert told("قونسلگری تاجیکستان در کابل مسدود گردید.", "fa") == [("TJK", "SANCTION", "AFG")]


def test_the_noun_next_to_the_light_verb_makes_the_compound():
    acts = told("نیروهای طالبان تظاهرات شهروندان پاکستان را پراکنده کردند.", "fa")
    assert acts[0][1] == "COERCE"


def test_a_pattern_tries_the_second_of_two_like_words():
    acts = told("سفارت سوریه در ریاض پس از دوازده سال فعالیت خود را از سر گرفت.", "fa")
    assert acts[0] == ("SYR", "SUPPORT", "SAU")


def test_a_pattern_does_not_reach_over_a_closed_clause():
    kinds = {kind for _, kind, _ in told("هند تظاهرات را غیرقانونی خواند و با ایران دیدار کرد.", "fa")}
    assert "PROTEST" not in kinds


def test_a_warning_of_what_will_be_done_is_told_as_done():
    assert told("ایران به افغانستان هشدار داد که پاسخ سخت خواهد داد.", "fa")[0][1] == "THREATEN"
    assert told("پاکستان افغانستان ته خبرداری ورکړ چې برید به وکړي.", "ps")[0][1] == "THREATEN"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fa", "آمریکا نیروهایش را از عراق بیرون برده بود."),
        ("fa", "در صورت تصویب، ایران به ترکیه گاز صادر می‌کند."),
        ("fa", "روسیه وعده سپرد که به سوریه گندم بفرستد."),
        ("fa", "تیم ملی ایران به دروازه عراق حمله کرد."),
        ("ps", "د افغانستان لوبډلې پر پاکستان برید وکړ."),
        ("ps", "هند هیله لري چې له روسیې سره تړون لاسلیک کړي."),
        ("ps", "هند او قطر غواړي ګډې ګزمې وکړي."),
        ("ps", "ممکنه ده چې ریاض کابل ته بلنه ورکړي."),
        ("ps", "کابل او واشنګټن تر هوکړې پورې لا نه دي رسېدلي."),
        ("ps", "ترکیې د روسیې ادعا نه تایید کړه او نه یې رد کړه."),
        ("ps", "په ۱۳۵۷ کال کې کابل او مسکو د دوستۍ تړون لاسلیک کړ."),
    ],
)
def test_what_is_past_planned_or_played_is_no_event(language, text):
    assert told(text, language) == []


@pytest.mark.parametrize(
    "text",
    [
        "عهدنامه ترکمانچای در ۱۸۲۸ میان ایران و روسیه امضا شد.",
        "روسیه در سال ۱۳۵۸ به افغانستان حمله کرد.",
        "اگر ارتش لبنان به لیتانی برود، اسرائیل تانک‌هایش را از لبنان بیرون می‌برد.",
        "مانور مشترک هند و ازبکستان برای ماه اپریل در نظر گرفته شده است.",
        "ایران بازداشت شهروند فرانسه را نه تأیید و نه رد کرد.",
    ],
)
def test_persian_history_conditions_and_plans_are_no_events(text):
    assert told(text, "fa") == []


def statuses(text):
    return [each["status"] for each in line(text, "fa")["sentences"]]


@pytest.mark.parametrize(
    "text",
    [
        "برنامه جهانی غذا به افغانستان گندم داد.",
        "عربستان سپرده خود نزد پاکستان را تمدید کرد.",
        "الجزایر برای نخستین بار در یازده سال مرز خود با لیبی را باز کرد.",
        "آلمان که پیش از این با ایران گفت‌وگو کرده بود، دیروز از تهران خواست بازرسان را بپذیرد.",
        "ایران و ترکیه پیمان امضا کردند؛ اگر تصویب شود نافذ است.",
        "تاجیکستان گفت احترام می‌خواهد و از روسیه خواست با کارگران مدارا کند.",
        "روسیه ادعای آمریکا درباره قصد حمله را رد کرد.",
        "پیام آلمان به گوش اسرائیل نرفت و آن را رد کرد.",
    ],
)
def test_words_of_plan_denial_or_past_beside_a_persian_act_leave_it_told_as_done(text):
    assert statuses(text) == ["reported"]


@pytest.mark.parametrize(
    "text",
    [
        "ایران خواهد کوشید و فردا با ترکیه گفت‌وگو خواهد کرد.",
        "نشست دوحه، اگر طالبان بپذیرند، برپا می‌شود.",
        "وزیر دفاع ایتالیا با آلبانی درباره بمباران حرفی نزد.",
        "آمریکا نخستین بار در آذر ۱۳۹۰ با ایران گفت‌وگو کرد.",
    ],
)
def test_persian_plans_conditions_and_history_stay_untold(text):
    assert told(text, "fa") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("آمریکا گفت اگر ایران توافق نکند، بمباران خواهد شد.", "THREATEN"),
        ("طالبان گفت یک وجب خاک به آمریکا نخواهد داد.", "REJECT"),
        ("ایران دعوت آمریکا را قبول نکرد.", "REJECT"),
        ("پاکستان گفت سخنان هند درست نیست.", "REJECT"),
    ],
)
def test_a_persian_threat_or_refusal_is_an_act_though_its_verb_is_future_or_denied(text, kind):
    assert statuses(text) == ["reported"]
    assert kind in [event for _, event, _ in told(text, "fa")]


def test_a_persian_year_of_late_or_of_a_party_makes_no_history():
    assert told("روسیه و ایران در سال ۱۴۰۴ پیمان امضا کردند.", "fa") == [("RUS", "AGREE", "IRN")]
    text = "ایران شهروند فرانسوی را که در سال ۲۰۱۹ دستگیر شده بود آزاد کرد."
    assert ("IRN", "RETREAT", "FRA") in told(text, "fa")


def test_an_infinitive_tells_no_act():
    assert told("پکن و مسکو از به رسمیت شناختن تحریم‌های اتحادیه اروپا سر باز زدند.", "fa")[0][1] == "REJECT"


def test_who_speaks_is_told_from_who_acts():
    text = "عباس عراقچی، وزیر خارجه ایران، گفت نیروهای پاکستان به افغانستان حمله کردند."
    assert told(text, "fa") == [("PAK", "ASSAULT", "AFG")]


def test_whose_the_attacker_is_stands_beside_him():
    assert told("مهاجم انتحاری القاعده در میان سربازان پاکستانی خود را منفجر کرد.", "fa")[0] == (
        "AQA",
        "ASSAULT",
        "PAK",
    )


def test_a_pashto_postposition_belongs_to_the_name_before_it():
    text = "د ایران پولیسو په ورامین کې دوه سوه افغان کډوال ونیول."
    assert told(text, "ps") == [("IRN", "COERCE", "AFG")]


def test_a_pashto_adverbial_before_the_verb_does_not_make_it_an_occasion():
    acts = told("باکو د الوتکې د پېښې له امله له مسکو بښنه وغوښته.", "ps")
    assert acts == [("AZE", "CONCEDE", "RUS")]


def test_the_name_of_an_organisation_tells_no_act():
    kinds = {kind for _, kind, _ in told("نیروهای پشتیبانی سریع به خارطوم حمله کردند.", "fa")}
    assert kinds == {"ASSAULT"}


@pytest.mark.parametrize(
    ("language", "name", "code"),
    [
        ("fa", "ازبیکستان", "UZB"),
        ("fa", "هسپانیا", "ESP"),
        ("fa", "قرغزستان", "KGZ"),
        ("fa", "ناروی", "NOR"),
        ("fa", "اکواس", "ECW"),
        ("ps", "ایتوپیا", "ETH"),
        ("ps", "برېتانیا", "GBR"),
        ("ps", "سویلي افریقا", "ZAF"),
        ("ps", "ایسلنډ", "ISL"),
    ],
)
def test_the_world_is_known_under_its_dari_and_pashto_names(language, name, code):
    verb = " حملهٔ ایران را محکوم کرد." if language == "fa" else " د ایران برید وغانده."
    assert (code, "ACCUSE", "IRN") in told(name + verb, language)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("تقاضای دیدار با روبیو از سوی باکو", ("AZE", "REQUEST", "USA")),
        ("تهدید بوداپست به قطع گاز از جانب کی‌یف", ("UKR", "THREATEN", "HUN")),
    ],
)
def test_the_doer_named_behind_the_noun_of_a_headline_acts(text, expected):
    assert told(text, "fa") == [expected]


def test_a_side_is_the_doer_only_behind_its_preposition():
    assert ("CHN", "COOPERATE", "IND") in told("دعوت‌نامه رسمی برای هند از جانب پکن فرستاده شد.", "fa")
    assert told("جانب پاکستان این حمله کابل را محکوم کرد.", "fa")[0][0] == "PAK"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fa", "سخنگوی وزارت خارجه روسیه از اظهار نظر درباره گزارش کابل خودداری کرد."),
        ("ps", "د روسیې د بهرنیو چارو وزارت د کابل د راپور په اړه له تبصرې ډډه وکړه."),
    ],
)
def test_who_declines_to_comment_refuses_nothing(language, text):
    assert told(text, language) == []


def test_a_deputy_is_no_aid():
    acts = told("د روسیې د بهرنیو چارو مرستیال وزیر په کابل کې له افغان چارواکو سره خبرې وکړې.", "ps")
    assert {kind for _, kind, _ in acts} == {"CONSULT"}


def test_what_pashto_wants_of_someone_is_asked_and_a_solar_year_of_late_is_no_history():
    assert told("پاکستان له افغانستان غواړي چې وسله‌وال ور وسپاري.", "ps")[0] == ("PAK", "REQUEST", "AFG")
    assert told("په ۱۴۰۴ کال کې کابل او مسکو د دوستۍ تړون لاسلیک کړ.", "ps") == [("AFG", "AGREE", "RUS")]
