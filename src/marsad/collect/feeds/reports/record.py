"""One record of a report folder, whatever its format, to one row of ``reports``: strict reading, field by field."""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from marsad.collect.batch import Request, Row
from marsad.collect.decoding import is_broken
from marsad.domain.desk import Feed
from marsad.domain.words import Language
from marsad.language import detect

DATE_FIELDS = ("published", "published_at", "date")
FIELDS = ("id", *DATE_FIELDS, "published_estimated", "outlet", "url", "language", "title", "text")

_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
_FIRST_YEAR = 1900  # an earlier year is a Solar Hijri or Islamic one, not a Gregorian date
_TRUE, _FALSE = frozenset({"true", "1", "yes", "y"}), frozenset({"false", "0", "no", "n", ""})
_LANGUAGE_NAMES = {"prs": "fa", "dari": "fa", "fas": "fa", "per": "fa", "pus": "ps", "pbt": "ps", "pst": "ps"}
_LANGUAGE_NAMES |= {"ara": "ar", "eng": "en", "rus": "ru"}


@dataclass(frozen=True)
class Record:
    """Fields as found, by name, and where they stood."""

    fields: dict[str, object]
    line: int
    raw: bytes


@dataclass(frozen=True)
class SetAside:
    """A record that cannot be a report: the rule it breaks, why, and the day it would have counted for if known."""

    rule: str
    reason: str
    day: date | None = None


@dataclass
class Notes:
    """What is worth one remark per file, counted while its records are read."""

    unknown_fields: Counter[str] = field(default_factory=Counter)
    other_languages: Counter[str] = field(default_factory=Counter)
    undated: int = 0
    future: int = 0


def instant(value: object) -> datetime:
    """Return a publication time as an instant; a day without an hour is its midnight, a time without zone is UTC.

    Raises:
        ValueError: not an ISO date or time, or a year before 1900: another calendar.

    >>> instant("2026-05-28").isoformat(), instant("2026-05-28T09:30:00+04:30").isoformat()
    ('2026-05-28T00:00:00+00:00', '2026-05-28T05:00:00+00:00')
    """
    if isinstance(value, datetime):
        found = value
    elif isinstance(value, date):
        found = datetime.combine(value, time())
    else:
        found = datetime.fromisoformat(str(value).strip())
    if found.year < _FIRST_YEAR:
        raise ValueError(f"year {found.year} is not Gregorian")
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def content_id(outlet: str, url: str, text: str) -> str:
    """Return the report's own id: 16 hex digits of SHA-256 over outlet, url and text, the same on every run.

    >>> content_id("Amu", "https://a.example/1", "Text.")
    '6670e7ab6b25c62f'
    """
    return hashlib.sha256(f"{outlet}\x1f{url}\x1f{text}".encode()).hexdigest()[:16]


def report_row(record: Record, feed: Feed, request: Request, notes: Notes) -> Row | SetAside:
    """Return the row of ``reports``, or why there is none. Known fields are popped, the rest go to ``notes``.

    A report without an outlet bears the feed's name; one without a language gets the feed's, else the one its text is
    in; one whose format cannot carry a date (``published`` absent and not required) is dated to its collection and
    marked estimated.
    """
    fields = dict(record.fields)
    given = next((value for name in DATE_FIELDS if (value := fields.pop(name, None)) not in (None, "")), None)
    try:
        published = None if given is None else instant(given)
    except (ValueError, OverflowError) as error:
        return SetAside("bad-date", f"date {str(given)[:40]!r} cannot be read ({error}); write it as 2026-05-28")
    day = published.date() if published else None
    texts = {name: _text(fields.pop(name, None)) for name in ("id", "outlet", "url", "language", "title", "text")}
    if wrong := next((name for name, value in texts.items() if value is None), None):
        return SetAside("bad-value", f"{wrong} is not a text", day)
    estimated = _truth(fields.pop("published_estimated", None))
    if estimated is None:
        return SetAside("bad-value", "published_estimated is neither true nor false", day)
    notes.unknown_fields.update(str(name) for name in fields)
    own = {name: str(value) for name, value in texts.items()}
    if any(is_broken(value) for value in own.values()):
        return SetAside("bad-encoding", "the text holds bytes that are not UTF-8", day)
    if not own["text"]:
        return SetAside("no-text", "no text", day)
    if published is None:
        notes.undated += 1
        published, estimated = request.now, True
    elif (published - request.now).days >= 1:
        notes.future += 1
    outlet = own["outlet"] or feed.name
    report_id = own["id"] if _ID.fullmatch(own["id"]) else content_id(outlet, own["url"], own["text"])
    return {
        "report_id": report_id,
        "feed": feed.name,
        "outlet": outlet,
        "url": own["url"] or None,
        "published_at": published,
        "published_estimated": estimated,
        "language": _language(own["language"] or feed.language or "", own["text"], notes),
        "title": own["title"] or None,
        "text": own["text"],
        "sha256": hashlib.sha256(record.raw).hexdigest(),
        "story_id": report_id,
        "backfilled": request.is_backfill,
        "known_at": request.known_at(published),
    }


def _text(value: object) -> str | None:
    """Take a text or a number as text, nothing as empty; anything else is None."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    return str(value).strip()


def _truth(value: object) -> bool | None:
    if value is None or isinstance(value, bool):
        return bool(value)
    word = str(value).strip().lower()
    return True if word in _TRUE else False if word in _FALSE else None


def _language(given: str, text: str, notes: Notes) -> str | None:
    """Take the stated language if it is ours; tell an unstated one from the text, note a foreign one."""
    code = re.split(r"[-_]", given.strip().lower())[0]
    code = _LANGUAGE_NAMES.get(code, code)
    if not code:
        found = detect.identify(text)
        return found.value if found else None
    if code in set(Language):
        return code
    notes.other_languages[given] += 1
    return None
