"""Bytes to text: byte-order marks, UTF-16, old Arabic and Russian code pages, and bytes that are no text."""

import codecs
import re
from dataclasses import dataclass

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_BROKEN = re.compile(r"[\ud800-\udfff]")
# Latin letters with accents in Windows-1256; the same bytes are the commonest small letters of Russian in Windows-1251.
_ACCENTED_1256 = frozenset(b"\xe0\xe2\xe7\xe8\xe9\xea\xeb\xee\xef\xf4\xf9\xfb\xfc")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Decoded:
    """A text and how it was read.

    Args:
        text: the characters, line ends as in the file. Undecodable bytes of a UTF-8 text stand as lone surrogates:
        see :func:`is_broken`. encoding: what it was read as. is_guess: True when nothing but the letters tells the
        encoding.
    """

    text: str
    encoding: str
    is_guess: bool = False


def is_broken(text: str) -> bool:
    r"""Return whether a text holds bytes that could not be decoded.

    >>> is_broken("caf\udce9"), is_broken("café")
    (True, False)
    """
    return _BROKEN.search(text) is not None


def shown(text: str) -> str:
    r"""Return a text that can be printed and stored: what could not be decoded is the replacement character.

    >>> shown("caf\udce9") == "caf\ufffd"
    True
    """
    return _BROKEN.sub("\ufffd", text)


def decode(raw: bytes) -> Decoded | None:
    r"""Return the text of ``raw``, or None when the bytes are no text.

    A text that is UTF-8 but for a few bytes stays UTF-8, and those bytes are left visible as lone surrogates; one
    that is not UTF-8 at all is read as Windows-1256 (Arabic, Persian) or Windows-1251 (Russian) by its commonest
    letters.

    >>> decode("أفغانستان".encode("cp1256"))
    Decoded(text='أفغانستان', encoding='cp1256', is_guess=True)
    >>> decode(b"%PDF-1.7\x00\x01\x02") is None
    True
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _by_mark(raw, encoding)
    if b"\x00" in raw:
        return _utf16_without_mark(raw)
    if _CONTROL.search(raw):
        return None
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    text = raw.decode("utf-8", errors="surrogateescape")
    n_broken = len(_BROKEN.findall(text))
    n_whole = sum(1 for letter in text if letter > "\x7f") - n_broken
    if n_whole > n_broken:
        return Decoded(text, "utf-8")
    return _code_page(raw)


def _by_mark(raw: bytes, encoding: str) -> Decoded | None:
    if encoding == "utf-8-sig":
        return Decoded(raw.decode(encoding, errors="surrogateescape"), encoding) if b"\x00" not in raw else None
    try:
        return Decoded(raw.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _utf16_without_mark(raw: bytes) -> Decoded | None:
    """Read as UTF-16 when one byte order gives letters, spaces and line ends only."""
    if len(raw) % 2:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(letter.isprintable() or letter in "\t\r\n\u200c\u200d\u200e\u200f" for letter in text) and " " in text:
            return Decoded(text, encoding, is_guess=True)
    return None


def _code_page(raw: bytes) -> Decoded | None:
    high = [byte for byte in raw if byte >= 0x80]
    accented = sum(1 for byte in high if byte in _ACCENTED_1256)
    encoding = "cp1251" if accented > len(high) / 5 else "cp1256"
    try:
        return Decoded(raw.decode(encoding), encoding, is_guess=True)
    except UnicodeDecodeError:
        return None
