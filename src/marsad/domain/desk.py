"""The desk's declaration (`desk.toml`) as frozen values. Pure: text in, values out."""

import tomllib
from dataclasses import dataclass, field
from typing import Any

from marsad.domain.week import Week
from marsad.domain.words import Language
from marsad.errors import BadDesk, BadInput

FEED_KINDS = ("reports", "tkg", "icews", "gdelt", "rss")


@dataclass(frozen=True)
class Feed:
    """One declared feed.

    Args:
        name: unique in the desk; stands on every report and in the coverage ledger.
        kind: one of ``FEED_KINDS``.
        where: folder, file or address, as written; relative paths are relative to the desk.
        licence: the feed's terms, in words; export obeys them.
        daily_reports: how many reports a day this feed normally brings, for the completeness ledger; 0 if unknown.
    """

    name: str
    kind: str
    where: str
    licence: str
    language: str | None = None
    daily_reports: int = 0


@dataclass(frozen=True)
class Imprint:
    """Who publishes, in each of the desk's languages."""

    name: dict[str, str]
    about: dict[str, str]
    email: str = ""
    website: str = ""
    phone: str = ""


@dataclass(frozen=True)
class ModelServer:
    """A language model the user runs, that reads acts beside our coder.

    Args:
        server: address of its OpenAI-compatible interface, up to and with ``/v1``.
        model: its name there.
        trust: 0..1, confidence of an act that only the model tells.
    """

    server: str
    model: str
    trust: float


@dataclass(frozen=True)
class EncoderSource:
    """Sentence vectors of the user's own, in place of the bundled encoder's.

    Args:
        name: of the model; the card of the head that reads its vectors bears the same.
        onnx: folder with ``model.onnx`` and ``tokenizer.json``, relative to the desk; or
        server: address of an OpenAI-compatible interface, up to and with ``/v1``.
        head: file of a head learnt on these vectors, relative to the desk; ours if empty.
    """

    name: str
    onnx: str = ""
    server: str = ""
    head: str = ""


@dataclass(frozen=True)
class Desk:
    """What a user declares about a desk. Built by :func:`parse_desk`."""

    title: dict[str, str]
    languages: tuple[Language, ...]
    watched: tuple[tuple[str, str], ...]
    feeds: tuple[Feed, ...]
    imprint: Imprint
    first_week: Week
    first_number: int = 1
    subject: tuple[str, str] | None = None
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(default_factory=dict)  # naming policy: actor code -> language -> name
    likelihood: dict[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # language -> the seven words, lowest band first
    checks: dict[str, str] = field(default_factory=dict)  # rule of the checker -> off, error, warn or info
    model: ModelServer | None = None
    encoder: EncoderSource | None = None

    def number_of(self, week: Week) -> int:
        """Return the issue number of a week: one number a week, counted from the first.

        Raises:
            BadInput: the week lies before the first issue.
        """
        number = self.first_number + week.index - self.first_week.index
        if number < 1:
            raise BadInput(
                f"week {week}",
                f"lies before this desk's first issue ({self.first_week})",
                "name a later week, or set [issue] first_week in desk.toml",
            )
        return number


def parse_desk(text: str, where: str = "desk.toml") -> Desk:
    """Read a desk's declaration; complain about everything unknown.

    Args:
        text: the contents of ``desk.toml``.
        where: how to name the file in a fault.

    Raises:
        BadDesk: not TOML, a missing or unknown key, an unknown language or feed kind.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadDesk(where, f"not valid TOML: {error}", "correct the named line") from error
    reader = _Reader(raw, where)
    issue = reader.section("issue")
    languages = tuple(_language(code, where) for code in reader.pop("languages", list))
    desk = Desk(
        title=_by_language(reader.pop("title", dict), where),
        languages=languages,
        watched=tuple(_pair(item, where) for item in reader.pop("watched", list)),
        subject=_pair(subject, where) if (subject := reader.pop_or("subject", "")) else None,
        groups={name: tuple(codes) for name, codes in reader.pop_or("groups", {}).items()},
        names={code: dict(by_language) for code, by_language in reader.pop_or("names", {}).items()},
        likelihood={code: tuple(words) for code, words in reader.pop_or("likelihood", {}).items()},
        checks={str(rule): str(level) for rule, level in reader.pop_or("check", {}).items()},
        feeds=tuple(_feed(entry, where) for entry in reader.pop_or("feed", [])),
        imprint=_imprint(reader.section("imprint"), where),
        first_week=Week.parse(issue.pop("first_week", str)),
        first_number=issue.pop_or("first_number", 1),
        model=_model(reader.section("coder"), where) if "coder" in raw else None,
        encoder=_encoder(reader.section("encoder"), where) if "encoder" in raw else None,
    )
    issue.done()
    reader.done()
    if not languages:
        raise BadDesk(where, "languages is empty", 'name at least one, for example languages = ["ar", "en"]')
    for code, words in desk.likelihood.items():
        if len(words) != 7:
            raise BadDesk(where, f"likelihood.{code} has {len(words)} words", "give seven, lowest band first")
    names = [feed.name for feed in desk.feeds]
    if twice := {name for name in names if names.count(name) > 1}:
        raise BadDesk(where, f"two feeds are called {min(twice)!r}", "give each feed its own name")
    return desk


class _Reader:
    """Pop every known key, then complain about the rest."""

    def __init__(self, raw: dict[str, Any], where: str, path: str = "") -> None:
        self._raw, self._where, self._path = dict(raw), where, path

    def pop(self, key: str, kind: type) -> Any:
        if key not in self._raw:
            raise BadDesk(self._where, f"{self._path}{key} is missing", "see the commented desk that marsad new writes")
        value = self._raw.pop(key)
        if not isinstance(value, kind):
            raise BadDesk(
                self._where, f"{self._path}{key} is not a {kind.__name__}", "see the desk that marsad new writes"
            )
        return value

    def pop_or(self, key: str, default: Any) -> Any:
        return self.pop(key, type(default)) if key in self._raw else default

    def section(self, key: str) -> "_Reader":
        return _Reader(self.pop(key, dict), self._where, f"{key}.")

    def done(self) -> None:
        if self._raw:
            raise BadDesk(self._where, f"unknown key {self._path}{min(self._raw)}", "correct or remove it")


def _language(code: object, where: str) -> Language:
    try:
        return Language(str(code))
    except ValueError as error:
        raise BadDesk(where, f"unknown language {code!r}", "use ar, en, fa, ps or ru") from error


def _by_language(raw: dict[str, Any], where: str) -> dict[str, str]:
    return {str(_language(code, where)): str(text) for code, text in raw.items()}


def _pair(item: object, where: str) -> tuple[str, str]:
    source, dash, target = str(item).partition("-")
    if not (source and dash and target):
        raise BadDesk(where, f"{item!r} is not a pair", 'write it as "RUS-AFG"')
    return source, target


def _feed(entry: dict[str, Any], where: str) -> Feed:
    reader = _Reader(entry, where, "feed.")
    feed = Feed(
        name=reader.pop("name", str),
        kind=reader.pop("kind", str),
        where=reader.pop("where", str),
        licence=reader.pop("licence", str),
        language=reader.pop_or("language", "") or None,
        daily_reports=reader.pop_or("daily_reports", 0),
    )
    reader.done()
    if feed.kind not in FEED_KINDS:
        raise BadDesk(
            where, f"feed {feed.name!r} has unknown kind {feed.kind!r}", f"use one of {', '.join(FEED_KINDS)}"
        )
    return feed


def _model(reader: _Reader, where: str) -> ModelServer:
    model = ModelServer(reader.pop("server", str), reader.pop("model", str), float(reader.pop_or("trust", 0.6)))
    reader.done()
    if not 0 < model.trust < 1:
        raise BadDesk(where, f"coder.trust is {model.trust}", "give a number between 0 and 1")
    return model


def _encoder(reader: _Reader, where: str) -> EncoderSource:
    texts = {key: reader.pop_or(key, "") for key in ("onnx", "server", "head")}
    source = EncoderSource(reader.pop("name", str), **texts)
    reader.done()
    if bool(source.onnx) == bool(source.server):
        raise BadDesk(where, "encoder needs a folder or a server", 'give onnx = "folder" or server = "http://…/v1"')
    return source


def _imprint(reader: _Reader, where: str) -> Imprint:
    imprint = Imprint(
        name=_by_language(reader.pop("name", dict), where),
        about=_by_language(reader.pop_or("about", {}), where),
        email=reader.pop_or("email", ""),
        website=reader.pop_or("website", ""),
        phone=reader.pop_or("phone", ""),
    )
    reader.done()
    return imprint
