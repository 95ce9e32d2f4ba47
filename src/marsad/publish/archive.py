"""The archive: a static site of all issues, to be laid on any web server."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from marsad.binding import readable
from marsad.domain.desk import Desk
from marsad.domain.words import Language
from marsad.errors import BadInput
from marsad.language.calendars import format_date
from marsad.language.numerals import format_number
from marsad.publish.feed import to_feed
from marsad.publish.html import DOWNLOADS, FONTS, TEMPLATES, open_template
from marsad.publish.issue import Issue
from marsad.publish.labels import labels
from marsad.publish.markdown import parse

ENDONYMS = {
    Language.AR: "العربية",
    Language.EN: "English",
    Language.FA: "دری",
    Language.PS: "پښتو",
    Language.RU: "Русский",
}

Index = Callable[[Mapping[str, str]], Mapping[str, bytes]]


@dataclass(frozen=True)
class Finished:
    """One issue in one language as it was published.

    Args:
        markdown: the issue file.
        files: what :func:`marsad.publish.render` made of it, by name.
    """

    markdown: str
    files: Mapping[str, bytes]


def build_site(finished: Iterable[Finished], desk: Desk, *, index: Index | None = None) -> Iterator[tuple[str, bytes]]:
    """Give the files of the archive one by one, so that a long archive need not fit into memory.

    ``index.html`` names the languages, ``<lang>/index.html`` lists the issues with the newest on top,
    ``issues/<number>/…`` holds each issue at the address it keeps, ``feed.<lang>.xml`` announces new ones. All links
    within the site are relative: it works below any address and from a disk; only search needs a web server.

    Args:
        finished: all issues, in any order; drafts too, marked as such.
        desk: imprint and website.
        index: makes the search of all pages, for example :func:`marsad.publish.search.index_pages`; None leaves
            search out.

    Yields:
        Path from the root of the site, and content; the same for the same input.

    Raises:
        BadInput: two issues have one number and language, or there is none.
    """
    issues: dict[tuple[Language, int], Issue] = {}
    pages: dict[str, str] = {}
    for one in finished:
        issue = parse(readable(one.markdown))
        key = (issue.front.language, issue.front.number)
        if key in issues:
            raise BadInput(
                f"issue {key[1]} ({key[0]})", "stands twice in the archive", "give each issue its own number"
            )
        issues[key] = issue
        for name, content in one.files.items():
            if name not in FONTS:
                yield f"issues/{key[1]}/{name}", content
        page = f"issue.{key[0]}.html"
        pages[f"issues/{key[1]}/{page}"] = one.files[page].decode()
    if not issues:
        raise BadInput("the archive", "has no issue", "publish one first")
    languages = [language for language in Language if any(key[0] is language for key in issues)]
    yield "index.html", _front_page(languages, desk)
    for language in languages:
        newest_first = [issues[key] for key in sorted(issues, reverse=True) if key[0] is language]
        yield (
            f"{language}/index.html",
            _list_page(newest_first, language, languages, desk, has_search=index is not None),
        )
        yield f"feed.{language}.xml", to_feed(newest_first, language, desk)
    yield from _shared({number for _, number in issues})
    if index is not None:
        yield "search.js", (TEMPLATES / "search.js").read_bytes()
        yield from index(pages).items()


def _shared(numbers: set[int]) -> Iterator[tuple[str, bytes]]:
    """Give the style and the faces; issue pages look for the faces beside themselves."""
    import fontpkg_amiri

    fonts = Path(fontpkg_amiri.ROOT) / "files"
    yield "site.css", (TEMPLATES / "site.css").read_bytes()
    for name in FONTS:
        content = (fonts / name).read_bytes()
        yield name, content
        for number in sorted(numbers):
            yield f"issues/{number}/{name}", content


def _front_page(languages: list[Language], desk: Desk) -> bytes:
    first = desk.languages[0] if desk.languages[0] in languages else languages[0]
    return (
        open_template("languages.html.j2")
        .render(
            lang=first.value,
            direction="rtl" if first.is_rtl else "ltr",
            imprint=desk.imprint.name.get(first, ""),
            css=_css(),
            languages=[
                (
                    language.value,
                    ENDONYMS[language],
                    desk.imprint.name.get(language, ""),
                    "rtl" if language.is_rtl else "ltr",
                )
                for language in languages
            ],
        )
        .encode()
    )


def _list_page(
    issues: list[Issue], language: Language, languages: list[Language], desk: Desk, *, has_search: bool
) -> bytes:
    words = labels(language)
    return (
        open_template("archive.html.j2")
        .render(
            lang=language.value,
            direction="rtl" if language.is_rtl else "ltr",
            words=words,
            css=_css(),
            imprint=desk.imprint.name.get(language, ""),
            about=desk.imprint.about.get(language, ""),
            desk_title=desk.title.get(language, ""),
            has_search=has_search,
            others=[(other.value, ENDONYMS[other]) for other in languages if other is not language],
            downloads=DOWNLOADS,
            issues=[
                {
                    "front": issue.front,
                    "label": words.issue.format(number=format_number(issue.front.number, language, grouping=False)),
                    "date": format_date(issue.front.as_of, language),
                }
                for issue in issues
            ],
        )
        .encode()
    )


def _css() -> Markup:
    return Markup((TEMPLATES / "style.css").read_text(encoding="utf-8"))  # noqa: S704 (our own file)
