"""The registry of actors: one code for every name, one name for every code."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from marsad.domain.words import Language
from marsad.vocab.actors import forms
from marsad.vocab.letters import fold_text

TALIBAN_GOVERN_SINCE = date(2021, 8, 15)
_NEWS_TAIL = timedelta(days=14)  # who is deposed, killed or has resigned stands in the news for some days more
_LANGUAGES = tuple(Language)
_LOCALES = {Language.FA: ("fa", "fa_AF")}


@dataclass(frozen=True, slots=True)
class Alias:
    """One written form of an actor.

    Args:
        form: folded search form, without the Arabic article.
        text: the form as its source writes it, to compare capitals.
        code: ISO 3166-1 alpha-3, or the registry's code of a group.
        role: of the actor so named (a person: the role of the office).
        use: ``name``, ``movement``, ``adjective``, ``person``, ``seat``, ``capital`` or ``place``: decides how
            the form may stand in a sentence.
        language: of the form.
        needs_article: an Arabic name that is only one with its article (الهند, not هند).
        since, until: first and last day on which the form means this actor; None is open.
    """

    form: str
    text: str
    code: str
    role: str
    use: str
    language: Language
    needs_article: bool = False
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date | None) -> bool:
        """Tell whether the form means this actor on ``day``; without a day, whether it does so today (open end)."""
        if day is None:
            return self.until is None
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, eq=False)
class Registry:
    """Codes, kinds and names of all actors. Built by :func:`load_registry`; a language is read when it is asked for."""

    kinds: Mapping[str, str]

    def name(self, code: str, language: Language | str) -> str:
        """Return the display name of a code, in English if the language has none; an unknown code is its own name.

        >>> load_registry().name("RUS", "ar"), load_registry().name("ISKP", "fa")
        ('روسيا', 'داعش خراسان')
        """
        return _names(Language(language)).get(code) or _names(Language.EN).get(code) or code

    def code_of(self, name: str, language: Language | str | None = None) -> str | None:
        """Return the code behind a name, alias, adjective or code as used today, or None.

        Args:
            name: in any spelling the fold levels.
            language: look only among this language's forms; None looks in all.

        >>> registry = load_registry()
        >>> [
        ...     registry.code_of(name)
        ...     for name in ("Russian Federation", "الإمارات", "طالبان", "د روسیې", "талибами", "Narnia")
        ... ]
        ['RUS', 'ARE', 'AFG', 'RUS', 'AFG', None]
        """
        if name in self.kinds:
            return name
        form = _search_form(name)
        written = (form, form.removeprefix("ال"), form.removeprefix("د "))  # Arabic article, Pashto "of"
        if language is None:
            return next((_codes()[text] for text in written if text in _codes()), None)
        named = (alias for alias in self.aliases(language) if alias.form in written)
        return next((alias.code for alias in named if alias.use != "person" and alias.holds_on(None)), None)

    def kind(self, code: str) -> str:
        """Return ``state``, ``igo``, ``group`` or ``region``; an unknown code is a ``group``.

        >>> load_registry().kind("SCO"), load_registry().kind("AFG")
        ('igo', 'state')
        """
        return self.kinds.get(code, "group")

    def aliases(self, language: Language | str) -> tuple[Alias, ...]:
        """Return every written form of one language, for the finder.

        >>> any(alias.form == "российскими" for alias in load_registry().aliases("ru"))
        True
        """
        return _aliases(Language(language))


@cache
def load_registry() -> Registry:
    """Return the registry; its names and forms are read from the data files and CLDR language by language, once."""
    kinds = dict.fromkeys((row["code"] for row in data_rows("states.csv")), "state")
    return Registry(kinds | {row["code"]: row["kind"] for row in data_rows("organisations.csv")})


@cache
def _names(language: Language) -> Mapping[str, str]:
    """Return the displayed name of every code that has one in a language."""
    groups = {row["code"]: parts(row[language])[0] for row in data_rows("organisations.csv") if row[language]}
    return {code: written[0] for code, written in _state_names(language).items()} | groups


@cache
def _aliases(language: Language) -> tuple[Alias, ...]:
    stages = (_states, _organisations, _taliban, _seats, _office_holders)
    return tuple(dict.fromkeys(alias for stage in stages for alias in stage(language)))


@cache
def _codes() -> Mapping[str, str]:
    """Return the code of every form of every language, as used today; of two, a state's name wins over a seat's."""
    codes: dict[str, str] = {}
    for stage in (_states, _organisations, _taliban, _seats):
        for language in _LANGUAGES:
            for alias in stage(language):
                if alias.holds_on(None):
                    codes.setdefault(alias.form, alias.code)
    return codes


@cache
def _state_names(language: Language) -> Mapping[str, list[str]]:
    """Return the names of every state, the displayed one first: ours, then CLDR's; Dari adds its own to the Persian."""
    from babel import Locale

    tables = [Locale.parse(name).territories for name in _LOCALES.get(language, (language.value,))]
    further = {row["code"]: parts(row[language]) for row in data_rows("aliases.csv")}
    return {
        row["code"]: list(
            dict.fromkeys([*further.get(row["code"], []), *(_plain(table[row["iso2"]]) for table in tables)])
        )
        for row in data_rows("states.csv")
    }


def _states(language: Language) -> Iterator[Alias]:
    named = _state_names(language)
    for row in data_rows("states.csv"):
        yield from _name_aliases(named[row["code"]], row["code"], "GOV", language)
        yield from _adjective_aliases(parts(row[language]), row["code"], language)


def _plain(name: str) -> str:
    """Drop CLDR's additions in brackets and its abbreviation marks."""
    return name.split(" (", maxsplit=1)[0].strip()


def _organisations(language: Language) -> Iterator[Alias]:
    for row in data_rows("organisations.csv"):
        if row["code"] != "TAL":  # its names are the Taliban's, dated in their own file
            yield from _name_aliases(parts(row[language]), row["code"], row["role"], language)


def _taliban(language: Language) -> Iterator[Alias]:
    for row in data_rows("taliban.csv"):
        if row["language"] != language:
            continue
        written = parts(row["names"])
        yield from _name_aliases(written, "AFG", "GOV", language, use="movement", since=TALIBAN_GOVERN_SINCE)
        yield from _name_aliases(
            written, "TAL", "REB", language, use="movement", until=TALIBAN_GOVERN_SINCE - timedelta(days=1)
        )


def _seats(language: Language) -> Iterator[Alias]:
    for row in data_rows("seats.csv"):
        yield from _name_aliases(parts(row[language]), row["code"], row["role"], language, use="seat")


def _office_holders(language: Language) -> Iterator[Alias]:
    for row in data_rows("office_holders.csv"):
        terms = zip(row["since"].split(";"), row["until"].split(";"), strict=True)
        tail = timedelta(0) if row["code"] == "TAL" else _NEWS_TAIL  # the Taliban change their code on one day
        for since, until in terms:
            yield from _name_aliases(
                parts(row[language]),
                row["code"],
                row["role"],
                language,
                use="person",
                since=date.fromisoformat(since),
                until=date.fromisoformat(until) + tail if until else None,
            )


def _name_aliases(
    written: Iterable[str],
    code: str,
    role: str,
    language: Language,
    *,
    use: str = "name",
    since: date | None = None,
    until: date | None = None,
) -> Iterator[Alias]:
    for name in written:
        for text in _name_forms(name, language, use):
            bare, had_article = _without_article(text, language)
            # Two words with an article say enough; one word may be another without it.
            needs_article = had_article and " " not in bare
            yield Alias(_search_form(bare), bare, code, role, use, language, needs_article, since, until)


def _name_forms(name: str, language: Language, use: str) -> set[str]:
    if language == Language.RU:
        if name.endswith(("ский", "цкий")) and name.islower():
            return forms.russian_adjective_forms(name)
        if use == "person":
            first, _, last = name.rpartition(" ")
            return {f"{first} {form}".strip() for form in forms.russian_surname_forms(last)} | _declined_pair(
                first, last
            )
        return forms.russian_people_forms(name) if name.islower() and " " not in name else forms.russian_forms(name)
    if language == Language.PS:
        return forms.pashto_name_forms(name)
    return {name}


def _declined_pair(first: str, last: str) -> set[str]:
    """Decline a given name with the surname: Сергея Лаврова, Абдул Саламу Ханафи, Нура Ахмада Нура."""
    if not first:
        return set()
    surnames = forms.russian_surname_forms(last)
    given = forms.russian_forms(first)
    head, _, tail = first.rpartition(" ")
    if head:
        tails = forms.russian_forms(tail)
        given |= {f"{head} {form}" for form in tails}
        given |= {f"{one} {form}" for one in forms.russian_forms(head) for form in tails if one[-1] == form[-1]}
    return {f"{name} {surname}" for name in given for surname in surnames}


def _adjective_aliases(written: Iterable[str], code: str, language: Language) -> Iterator[Alias]:
    for adjective in written:
        if language != Language.RU:
            found = _PEOPLE[language](adjective)
        elif adjective.endswith(("ий", "ый")):
            found = forms.russian_adjective_forms(adjective)
            for stem in {adjective[:-2], adjective[:-4]} if adjective.endswith("ский") else {adjective[:-2]}:
                # российско-афганский, афгано-пакистанский
                yield Alias(_search_form(stem + "о-"), stem + "о-", code, "GOV", "adjective", language)
        else:
            found = forms.russian_people_forms(adjective)
        for text in sorted(found):
            # Afghans, россияне, الأفغان, افغان‌ها: the people; a head noun after it says otherwise
            is_people = _IS_PEOPLE[language](text, adjective)
            yield Alias(_search_form(text), text, code, "CIV" if is_people else "GOV", "adjective", language)


_IS_PEOPLE: dict[Language, Callable[[str, str], bool]] = {
    Language.EN: lambda form, adjective: form == adjective + "s" or form in {"Afghans", "Brits"},
    Language.AR: lambda form, _: form.endswith(("ون", "ين")) or not form.endswith(("ي", "ية")),
    Language.FA: lambda form, adjective: form != adjective,
    Language.PS: lambda form, _: form.endswith(("ان", "انو")) and not form.endswith("ستان"),
    Language.RU: lambda _, adjective: not adjective.endswith(("ий", "ый")),
}
_PEOPLE = {
    Language.AR: forms.arabic_nisba_forms,
    Language.FA: forms.persian_people_forms,
    Language.PS: forms.pashto_people_forms,
    Language.EN: forms.english_people_forms,
}


def _without_article(name: str, language: Language) -> tuple[str, bool]:
    if language == Language.AR and name.startswith("ال") and len(name) > 4:
        return name[2:], True
    return name, False


def _search_form(name: str) -> str:
    return fold_text(name).strip()


def parts(cell: str) -> list[str]:
    """Return the entries of one cell, which semicolons part."""
    return [part.strip() for part in cell.split(";") if part.strip()]


@cache
def data_rows(name: str) -> list[dict[str, str]]:
    """Read one data file; lines that begin with # say where it comes from."""
    text = (files("marsad.vocab.actors") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
