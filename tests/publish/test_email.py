from email import message_from_bytes
from email.policy import default

import pytest

from marsad.publish.email import to_email
from marsad.publish.markdown import parse
from publish import sample
from publish.test_figures import FRONT


def sent(markdown):
    return message_from_bytes(to_email(parse(markdown), sample.desk()), policy=default)


def parts(message):
    return [part.get_content().replace("\r\n", "\n") for part in message.iter_parts()]


@pytest.mark.parametrize("lang", sample.LANGUAGES)
def test_a_message_has_a_text_and_a_page_in_the_issue_s_language_and_direction(lang):
    message = sent(sample.markdown(lang))
    issue = parse(sample.markdown(lang))
    assert message.get_content_type() == "multipart/alternative"
    assert issue.front.title in message["Subject"]
    assert message["From"].addresses[0].addr_spec == "desk@example.org"
    text, page = parts(message)
    assert f'dir="{"rtl" if issue.front.language.is_rtl else "ltr"}"' in page
    assert issue.front.title in text
    assert f"https://www.example.org/issues/22/issue.{lang}.html" in text
    assert f"https://www.example.org/issues/22/issue.{lang}.html" in page
    assert not message.defects


def test_only_the_summary_is_sent_without_notes_and_without_questions_to_the_analyst():
    text, page = parts(
        sent(
            FRONT.format(lang="en")
            + "## S {#summary}\n\n:::{draft}\n- Said.[^a]\n:::\n\n:::{analyst}\nWhy?\n:::\n\n## E {#events}\n\nLater.\n\n[^a]: A"
        )
    )
    for shown in (text, page):
        assert "Said." in shown
        assert "machine draft" in shown
        assert "Why?" not in shown
        assert "Later." not in shown
    assert "- Said.\n" in text
    assert "popover" not in page


def test_the_same_issue_gives_the_same_message():
    assert to_email(parse(sample.markdown("ar")), sample.desk()) == to_email(
        parse(sample.markdown("ar")), sample.desk()
    )
