"""An issue as an e-mail: plain text and a light page, both with the summary, ready to be sent by any mail program."""

import re
from datetime import UTC, datetime, time
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from markupsafe import Markup

from marsad.domain.desk import Desk
from marsad.publish.addresses import issue_address
from marsad.publish.html import open_template
from marsad.publish.issue import Analyst, Block, Draft, Heading, Issue, Listing, Paragraph, Quote, plain
from marsad.publish.labels import labels
from marsad.publish.markup import Setter
from marsad.publish.periods import periods

_SECTION = "summary"


def to_email(issue: Issue, desk: Desk) -> bytes:
    """Set an issue's summary as a multipart message.

    Subject and sender are the issue's and the imprint's; the list of receivers is left to the mail program. A machine
    draft says so in both parts.

    Args:
        issue: what is sent; its section ``summary`` stands in the message, without notes and analyst's questions.
        desk: imprint, e-mail address and website.

    Returns:
        A message (RFC 5322) with a text and an HTML part, the same bytes for the same input.
    """
    front, words = issue.front, labels(issue.front.language)
    setter = _MailSetter(issue, words, {})
    number = words.issue.format(number=setter.digits(front.number))
    imprint = desk.imprint.name.get(front.language, "")
    link = issue_address(desk, front.number, front.language)
    blocks = summary_blocks(issue)
    message = EmailMessage(policy=SMTP.clone(refold_source="none"))
    message.set_raw("Subject", _header("Subject", f"{number}: {front.title}"))
    if desk.imprint.email:
        message.set_raw("From", f"{_header('From', imprint)} <{desk.imprint.email}>")
    message["Date"] = format_datetime(datetime.combine(front.as_of, time(), UTC))
    host = re.sub(r"^https?://(?:www\.)?|/.*$", "", desk.imprint.website) or "localhost"
    message["Message-ID"] = f"<issue-{front.number}-{front.language}@{host}>"
    message["Content-Language"] = front.language.value
    head = [imprint, number, *periods(issue, words), "", front.title, front.subtitle]
    status = [words.draft_issue] if front.is_draft else []
    text = "\n".join([*head, *status, "", summary_text(blocks, words.draft), "", link]).strip() + "\n"
    message.set_content(re.sub("\n{3,}", "\n\n", text), cte="base64")
    page = open_template("email.html.j2").render(
        front=front,
        lang=front.language.value,
        direction="rtl" if front.language.is_rtl else "ltr",
        words=words,
        imprint=imprint,
        issue_label=number,
        title=setter.text(front.title),
        subtitle=setter.text(front.subtitle),
        periods=[setter.text(period) for period in periods(issue, words)],
        body=setter.blocks(blocks),
        link=link,
    )
    message.add_alternative(page, subtype="html", cte="base64")
    message.set_boundary(f"marsad-{front.number}-{front.language}")
    return message.as_bytes()


def _header(name: str, text: str) -> str:
    """Return a header's text encoded; EmailMessage itself loses a space where it folds long Arabic text."""
    return Header(text, "utf-8", header_name=name).encode()


def summary_blocks(issue: Issue) -> tuple[Block, ...]:
    """Return the blocks of the summary, or of the first section where none is called so, without analyst's boxes."""
    headings = [block.id for block in issue.blocks if isinstance(block, Heading) and block.level == 2]
    wanted = _SECTION if _SECTION in headings else next(iter(headings), None)
    section, chosen = None, []
    for block in issue.blocks:
        if isinstance(block, Heading) and block.level == 2:
            section = block.id
        elif section == wanted and isinstance(block, Paragraph | Listing | Quote | Draft | Heading):
            chosen.append(block)
    return tuple(chosen)


def summary_text(blocks: tuple[Block, ...], draft: str) -> str:
    """Return blocks as plain text, a machine draft headed by the words `draft`."""
    return "\n".join(_text(blocks, draft)).strip()


def _text(blocks: tuple[Block, ...], draft: str) -> list[str]:
    """Return blocks as lines of plain text."""
    lines: list[str] = []
    for block in blocks:
        match block:
            case Paragraph(children) | Heading(children=children):
                lines += [plain(children), ""]
            case Listing(items=items):
                lines += [f"- {' '.join(line for line in _text(item, draft) if line)}" for item in items] + [""]
            case Quote(inner):
                lines += _text(inner, draft)
            case Draft(inner):
                lines += [f"[{draft}]", *_text(inner, draft)]
            case Analyst():
                pass
            case _:
                pass
    return lines


class _MailSetter(Setter):
    """Mail programs know no popovers: notes are left to the issue."""

    def note_ref(self, *_args: object, **_keywords: object) -> Markup:
        """Leave the mark of a note out."""
        return Markup("")
