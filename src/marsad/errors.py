"""The whole error tree, sorted by consequence. Errors carry facts and do nothing.

::

    MarsadError
    ├── BadInput         the call or the file is wrong: nothing was done (exit 2)
    │   ├── BadDesk      desk.toml cannot be used
    │   └── OutOfRange   a number lies where it cannot
    ├── SourceError      one feed is skipped, the week goes on
    │   └── FeedChanged  a feed answered in a shape we do not know
    ├── ModelError       a model the user runs beside Marsad cannot be used: nothing was coded with it
    │   ├── ModelUnreachable  its server gave no answer
    │   └── ModelUnreadable   it answered in another shape than asked for
    ├── StoreError       the desk's data cannot be read or written: the week stops, the last good state stays
    │   ├── DamagedTable one Parquet file is unreadable
    │   └── NoSpace      a write failed; nothing was replaced
    ├── CheckFailed      the draft has error-level findings: draft and findings stay, nothing is published (exit 1)
    └── RenderFailed     PDF or page could not be made: the draft stays
"""

from dataclasses import dataclass


class MarsadError(Exception):
    """Base of every error a user can meet; its text is one line: what, where, what was kept, what next."""


@dataclass(eq=False)
class BadInput(MarsadError):
    """The call or a given file is wrong; nothing was done."""

    what: str
    fault: str
    next_step: str

    def __str__(self) -> str:
        return f"{self.what}: {self.fault}. Next: {self.next_step}"


@dataclass(eq=False)
class BadDesk(BadInput):
    """desk.toml is missing, broken, or asks for something unknown."""


@dataclass(eq=False)
class OutOfRange(BadInput):
    """A number lies outside the range its meaning allows, such as a probability of 1.2."""


class SourceError(MarsadError):
    """One feed cannot be used this time; the others go on."""


@dataclass(eq=False)
class FeedChanged(SourceError):
    """A feed answered in a shape we do not know; retrying cannot help, a person must look."""

    feed: str
    expected: str
    found: str

    def __str__(self) -> str:
        return (
            f"feed {self.feed}: expected {self.expected}, found {self.found}. "
            f"Nothing of it was used, the other feeds go on. "
            f"Next: look at the source, then marsad collect --feed {self.feed}"
        )


@dataclass(eq=False)
class FeedUnreachable(SourceError):
    """A feed gave no answer; the days it should have covered are marked as failed, not as quiet."""

    feed: str
    where: str
    fault: str

    def __str__(self) -> str:
        return (
            f"feed {self.feed}: no answer from {self.where} ({self.fault}). "
            f"Its days are marked as not collected. Next: marsad collect --feed {self.feed} when the source is back"
        )


class ModelError(MarsadError):
    """A model the user runs beside Marsad cannot be used; nothing was coded with it."""


@dataclass(eq=False)
class ModelUnreachable(ModelError):
    """The server of a model gave no answer."""

    where: str
    fault: str

    def __str__(self) -> str:
        return (
            f"model server {self.where}: no answer ({self.fault}). The reports are kept, none was coded with it. "
            f"Next: start the server, or take it out of [coder] in desk.toml"
        )


@dataclass(eq=False)
class ModelUnreadable(ModelError):
    """The server answered in another shape than asked for."""

    model: str
    fault: str

    def __str__(self) -> str:
        return (
            f"model {self.model}: its answer is not in the shape asked for ({self.fault}). "
            f"The reports are kept, this one was not coded. Next: use a server that honours a JSON schema"
        )


class StoreError(MarsadError):
    """The desk's data cannot be read or written."""


@dataclass(eq=False)
class DamagedTable(StoreError):
    """One Parquet file is unreadable; it is left where it is."""

    path: str
    fault: str

    def __str__(self) -> str:
        return (
            f"{self.path}: unreadable ({self.fault}). The file was left as it is and nothing was written. "
            f"Next: restore it from a copy, or move it away and run the week again to rebuild it"
        )


@dataclass(eq=False)
class NoSpace(StoreError):
    """A write failed, most often for want of disk space; the old file is still whole."""

    path: str
    fault: str

    def __str__(self) -> str:
        return (
            f"{self.path}: could not be written ({self.fault}). The last good state was kept. "
            f"Next: free disk space and run again"
        )


@dataclass(eq=False)
class NewerDesk(StoreError):
    """The desk was written by a newer Marsad."""

    path: str
    found: int
    known: int

    def __str__(self) -> str:
        return (
            f"{self.path}: written with schema {self.found}, this Marsad knows up to {self.known}. "
            f"Nothing was touched. Next: install the newer Marsad"
        )


@dataclass(eq=False)
class CheckFailed(MarsadError):
    """A draft has error-level findings; draft and findings stay, nothing is published."""

    draft: str
    n_errors: int
    first: str

    def __str__(self) -> str:
        return (
            f"{self.draft}: {self.n_errors} error(s) found, first: {self.first}. "
            f"Draft kept, nothing published. Next: marsad check {self.draft}"
        )


@dataclass(eq=False)
class RenderFailed(MarsadError):
    """A PDF or page could not be made; the draft stays."""

    what: str
    fault: str

    def __str__(self) -> str:
        return (
            f"{self.what}: could not be rendered ({self.fault}). The draft was kept. "
            f"Next: look at the draft near the named place"
        )
