import pytest

from marsad.language.detect import identify


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("وزارة الخارجية الأفغانية ترحب بالقرار", "ar"),
        ("وزارت امور خارجه افغانستان از این تصمیم استقبال کرد", "fa"),
        ("د افغانستان د بهرنیو چارو وزارت له دې پرېکړې هرکلی وکړ", "ps"),
        ("МИД Афганистана приветствовал это решение", "ru"),
        ("The foreign ministry of Afghanistan welcomed the decision", "en"),
        ("اردوغان در مسکو", "fa"),
    ],
)
def test_our_five_languages_are_told_apart(text, language):
    assert identify(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026 — 12:30",
        "افغانستان کے وزیر خارجہ نے کہا ہے کہ یہ فیصلہ درست ہے",
        "Міністерство закордонних справ України привітало це рішення",
        "Вазорати корҳои хориҷии Тоҷикистон ин қарорро истиқбол кард",
        "Le ministère des Affaires étrangères a salué cette décision hier à Paris",
    ],
)
def test_other_languages_and_no_letters_are_unknown(text):
    assert identify(text) is None
