# ruff: noqa: ARG001, E501 - one signature for all rules; a docstring states the fault; patterns stay unbroken
"""Dates, weeks and calendars."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from marsad.check.context import Context
from marsad.check.dates import DateSpan
from marsad.check.finding import Level, Mark, rule
from marsad.check.reading import Kind, Sentence, Text
from marsad.domain.words import Language
from marsad.language.calendars import MONTHS, month_names
from marsad.language.numerals import western_digits

_WEEKDAYS = {
    Language.AR: "الاثنين|الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    Language.EN: "monday tuesday wednesday thursday friday saturday sunday",
    Language.FA: "دوشنبه سه‌شنبه|سه\\sشنبه چهارشنبه پنجشنبه|پنج‌شنبه جمعه شنبه یکشنبه|یک‌شنبه",
    Language.PS: "دوشنبه|دوشنبې سې‌شنبه|سه‌شنبه|سه‌شنبې چارشنبه|چهارشنبه|چهارشنبې پنجشنبه|پنجشنبې جمعه|جمعې شنبه|شنبې یکشنبه|یکشنبې",
    Language.RU: "понедельник вторник|вторника сред[ау]|среды четверг пятниц[ау]|пятницы суббот[ау]|субботы воскресенье",
}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def _issue_days(text: Text) -> tuple[date, date] | None:
    """First and last day of the issue's week: of the front matter, else of the cover."""
    period = text.front_matter.get("period")
    if isinstance(period, list) and len(period) == 2 and all(isinstance(day, date) for day in period):
        return period[0], period[1]
    return (text.period.first, text.period.last) if text.period else None


@rule("impossible-date", Level.ERROR)
def impossible_date(text: Text, context: Context) -> Iterator[Mark]:
    """A day that no calendar has, such as 31 June."""
    for found in text.dates:
        if found.fault:
            yield Mark(found.start, found.end, "There is no such day: check it against the source.")


@rule("date-range-reversed", Level.ERROR)
def date_range_reversed(text: Text, context: Context) -> Iterator[Mark]:
    """A range of days that ends before it begins: the two were changed over, most often by right-to-left display."""
    if text.period and text.period.last < text.period.first:
        yield Mark(text.period.start, text.period.end, "The range ends before it begins.")


@rule("week-range-length", Level.WARN)
def week_range_length(text: Text, context: Context) -> Iterator[Mark]:
    """A weekly issue whose range of days is not seven long."""
    if text.period is None or text.period.last < text.period.first:
        return
    n_days = (text.period.last - text.period.first).days + 1
    if n_days != 7 and n_days < 15:
        message = f"The range covers {n_days} days, not seven: correct it, or say why."
        yield Mark(text.period.start, text.period.end, message)


@rule("weekday-mismatch", Level.ERROR)
def weekday_mismatch(text: Text, context: Context) -> Iterator[Mark]:
    """A weekday that is not the weekday of the date beside it."""
    for found in text.dates:
        language = text.language
        block = next((b for b in text.blocks if b.start <= found.start < b.end), None)
        if found.day is None or block is None:
            continue
        language = block.language
        before = text.raw[max(block.start, found.start - 18) : found.start]
        for number, names in enumerate(_WEEKDAYS[language].split(" ")):
            match = re.search(rf"(?<![\w\u200c])(?:ال)?(?:{names})(?!\w)[،,]?\s*(?:the\s)?\(?$", before, re.IGNORECASE)
            if match and found.day.weekday() != number:
                right = found.day.strftime("%A")
                start = found.start - len(before) + match.start()
                yield Mark(start, found.end, f"{found.day.isoformat()} was a {right}: correct the day or the date.")
                break


@rule("calendars-disagree", Level.ERROR)
def calendars_disagree(text: Text, context: Context) -> Iterator[Mark]:
    """One day given in two calendars that do not mean the same day.

    Told of dates beside one another, parted by a bracket, a slash, an equals sign or «corresponding to». An Islamic date
    may differ by one day, as the month is sighted.
    """
    joined = re.compile(
        r"\s*(?:هـ\.?\s?ش|ه‍?\.?ش|م|ش|هـ|SH|AH|года|г\.)?\s*[()=/|–-]?\s*(?:الموافق(?: ل\w*)?|برابر با|مطابق|corresponding to|سره سم)?\s*[()=/]?\s*"
    )
    for one, other in zip(text.dates, text.dates[1:], strict=False):
        if one.calendar == other.calendar or one.day is None or other.day is None:
            continue
        between = text.raw[one.end : other.start]
        slack = 1 if "islamic" in {one.calendar, other.calendar} else 0
        is_beside = len(between) < 24 and "\n" not in between and joined.fullmatch(between)
        if is_beside and abs(one.day - other.day).days > slack:
            message = f"These are {one.day.isoformat()} and {other.day.isoformat()}: one of the two is wrong."
            yield Mark(one.start, other.end, message)


@rule("source-outside-week", Level.WARN)
def source_outside_week(text: Text, context: Context) -> Iterator[Mark]:
    """A source published outside the week the issue covers.

    Background may be older; a weekly issue none of whose sources falls in its week should say what is new.
    """
    days = _issue_days(text)
    if days is None:
        return
    dated = [(found, entry) for entry in text.sources for found in text.dates_in(entry)[:1] if found.day]
    inside = [found for found, _ in dated if found.day and days[0] <= found.day <= days[1] + timedelta(days=1)]
    for found, _ in dated:
        if found in inside or found.day is None or len(inside) * 2 > len(dated):
            continue
        gap = (days[0] - found.day).days if found.day < days[0] else (found.day - days[1]).days
        side = "before" if found.day < days[0] else "after"
        yield Mark(found.start, found.end, f"Published {gap} days {side} the issue's week: say that it is background.")


@rule("source-from-future", Level.ERROR)
def source_from_future(text: Text, context: Context) -> Iterator[Mark]:
    """A source dated after the issue's as-of day, or more than a month after its week."""
    days, as_of = _issue_days(text), text.front_matter.get("as_of")
    last = as_of if isinstance(as_of, date) else days[1] + timedelta(days=31) if days else None
    for entry in text.sources:
        for found in text.dates_in(entry)[:1]:
            if last and found.day and found.day > last:
                yield Mark(found.start, found.end, "The source is dated after this issue closed: check the date.")


@rule("date-colon", Level.ERROR)
def date_colon(text: Text, context: Context) -> Iterator[Mark]:
    """A colon between day and month: it belongs after the label and was moved by a bidi fault."""
    names = "|".join(re.escape(name) for key in Language for name in MONTHS[key])
    pattern = re.compile(rf"(?:[^\s,،.]+\s+){{0,2}}\d{{1,2}}\s*:\s*(?:{names})(?!\w)(?:\s*/\s*\w+)?(?:\s+\d{{4}})?")
    for match in pattern.finditer(text.raw):
        yield Mark(match.start(), match.end(), "The colon stands inside the date: move it to the label before it.")


@rule("month-style-mixed", Level.INFO)
def month_style_mixed(text: Text, context: Context) -> Iterator[Mark]:
    """Month names in two styles: يونيو here, يونيو/حزيران or حزيران there."""
    styled = [(style, found) for found in text.dates if (style := _month_style(found, text.language))]
    counts = Counter(style for style, _ in styled)
    for style in list(counts)[:]:
        others = [other for other in counts if other != style]
        if others and counts[style] < max(counts[other] for other in others):
            found = next(found for name, found in styled if name == style)
            usual = max(others, key=lambda other: counts[other])
            yield Mark(found.start, found.end, f"Month name in {style} style, elsewhere {usual}: keep to one.")


def _month_style(found: DateSpan, language: Language) -> str:
    if found.calendar != "gregorian" or not found.month:
        return ""
    if "/" in found.month:
        return "double"
    if language is Language.AR:
        return "Levantine" if found.month in month_names(language, variant="mashriqi") else "single"
    if language is Language.FA:
        return "Afghan" if found.month in month_names(language, variant="afghan") else "Iranian"
    return "single"


def _is_dated(text: Text, sentence: Sentence) -> bool:
    return bool(text.dates_in(sentence))


@rule("undated-event", Level.ERROR)
def undated_event(text: Text, context: Context) -> Iterator[Mark]:
    """An event told with «recently» or «last week» and no date, and without a note that would give it.

    The reader of an archived issue cannot resolve it.
    """
    for sentence in text.analysis:
        if text.role_of(sentence.block) not in {"introduction", "summary", "events", ""}:
            continue
        relative = text.hits("relative_time", sentence.start, sentence.end)
        if relative and text.has("act", sentence) and not _is_dated(text, sentence) and not text.is_cited(sentence):
            message = "Relative time only: give the day, and where it happened."
            yield Mark(sentence.start, sentence.end, message)


@rule("relative-time", Level.INFO)
def relative_time(text: Text, context: Context) -> Iterator[Mark]:
    """«Recently», «last week»: true on the day of writing only. A date stays true."""
    for hit in text.hits("relative_time"):
        sentence = text.sentence_at(hit.start)
        if sentence and not _is_dated(text, sentence):
            yield Mark(hit.start, hit.end, "Say when: a date, or the week's number.")


@rule("undated-statement", Level.WARN)
def undated_statement(text: Text, context: Context) -> Iterator[Mark]:
    """A named person's statement without the day and place it was made."""
    for sentence in text.analysis:
        said = text.hits("statement", sentence.start, sentence.end)
        office = text.hits("office", sentence.start, sentence.end)
        near = [one for one in said for other in office if abs(one.start - other.start) < 60]
        if near and not _is_dated(text, sentence) and not text.has("anonymous", sentence):
            yield Mark(
                near[0].start, sentence.end, "A statement without date or venue: say when and where it was made."
            )


@rule("inconsistent-period", Level.WARN)
def inconsistent_period(text: Text, context: Context) -> Iterator[Mark]:
    """A change put at «the last two or three years» here and since a year longer ago there."""
    days = _issue_days(text)
    this_year = days[1].year if days else max((found.day.year for found in text.dates if found.day), default=0)
    spans = [hit for hit in text.hits("recent_years") if text.sentence_at(hit.start)]
    if not spans or not this_year:
        return
    for hit in text.hits("since_year"):
        year = _YEAR.match(western_digits(text.raw[hit.end :].lstrip("() ")[:4]))
        if year and text.sentence_at(hit.start) and 3 < this_year - int(year[0]) < 8:
            sentence = text.sentence_at(spans[0].start)
            assert sentence is not None
            message = f"The last few years here, since {year[0]} elsewhere: give the change one date."
            yield Mark(max(sentence.start, spans[0].start - 40), spans[0].end, message)
            return


@rule("single-calendar", Level.INFO)
def single_calendar(text: Text, context: Context) -> Iterator[Mark]:
    """An issue for readers in Afghanistan or Iran dated in the Gregorian calendar alone."""
    if text.period is None or not (text.language in {Language.FA, Language.PS} or _is_afghan(text)):
        return
    cover = [found for block in text.of(Kind.FRONT) for found in text.dates_in(block)]
    if not any(found.calendar == "solar_hijri" for found in cover):
        yield Mark(text.period.start, text.period.end, "Give the Solar Hijri date beside the Gregorian.")


def _is_afghan(text: Text) -> bool:
    return any(text.has("afghan", block) for block in text.of(Kind.IMPRINT))
