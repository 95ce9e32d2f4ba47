"""PETRARCH's unit records against our coder: a test of syntax with invented countries, not a gold of acts.

Run: PYTHONPATH=src python benchmarks/petrarch.py

The records' own actor dictionary takes the place of our registry. A record is met if our published events, as (source,
type, target), are the record's: actors by the first three letters of their code, the CAMEO code by our crosswalk. Many
records code what is planned or possible ("is about to restore"), which our codebook holds to be no event; they are
counted against us all the same.
"""

import os
import re
from collections import Counter
from pathlib import Path

from marsad.coding import Coder, code_text
from marsad.domain.words import Language
from marsad.vocab.cameo import codes

SHARED = Path(os.environ.get("MARSAD_SHARED", Path(__file__).resolve().parents[2] / "shared"))
GOLD = SHARED / "data" / "gold"
_RECORD = re.compile(r'<Sentence [^>]*?category="(\w+)".*?>(.*?)</Sentence>', re.DOTALL)
_EVENT = re.compile(r"<EventCoding([^>]*)>")
_FIELD = re.compile(r'(\w+)="([^"]*)"')
_ENTRY = re.compile(r"^\+?([A-Z][^\[#]*?)\s*(?:\[([^\]]+)\])?\s*(?:#.*)?$")


class Named:
    """An actor of the dictionary where it stands in a text."""

    role, kind, is_attribution = "", "state", False

    def __init__(self, start: int, end: int, code: str) -> None:
        self.start, self.end, self.code = start, end, code


def dictionary() -> list[tuple[re.Pattern[str], str]]:
    """Return the actors' patterns with the first three letters of their codes; synonyms share the entry's code."""
    found, code = [], ""
    for line in (GOLD / "PETR.Validate.actors.txt").read_text("utf-8", errors="replace").splitlines():
        entry = _ENTRY.match(line.strip())
        if not entry:
            continue
        code = (entry[2] or code).split()[-1][:3].upper()
        words = re.split(r"[_\s]+", entry[1].strip())
        pattern = r"\s+".join(re.escape(word) for word in words if word)
        if pattern and code.isalpha():
            found.append((re.compile(rf"\b{pattern}\w*", re.IGNORECASE), code))
    return sorted(found, key=lambda item: -len(item[0].pattern))


def main() -> None:
    """Print how many records are met, by category."""
    actors = dictionary()

    def find(text: str, _language: Language, _day: object) -> list[Named]:
        taken: set[int] = set()
        named = []
        for pattern, code in actors:
            for match in pattern.finditer(text):
                if taken.isdisjoint(range(match.start(), match.end())):
                    taken.update(range(match.start(), match.end()))
                    named.append(Named(match.start(), match.end(), code))
        return sorted(named, key=lambda each: each.start)

    coder = Coder(find)
    met: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for category, body in _RECORD.findall((GOLD / "PETR.UnitTest.records.xml").read_text("utf-8", errors="replace")):
        text = re.search(r"<Text>(.*?)</Text>", body, re.DOTALL)
        if text is None:
            continue
        line = code_text({"id": "", "text": " ".join(text[1].split()), "language": "en"}, coder)
        told = {
            (event["source"], event["event_type"], event["target"])
            for sentence in line["sentences"]
            for event in sentence["events"]
            if not event.get("review")
        }
        seen[category] += 1
        met[category] += told == _gold(body)
    print(f"PETRARCH unit records met: {met.total()} of {seen.total()}")
    print("  " + ", ".join(f"{name} {met[name]}/{n}" for name, n in seen.most_common()))


def _gold(body: str) -> set[tuple[str, str | None, str]]:
    events = set()
    for fields in map(dict, map(_FIELD.findall, _EVENT.findall(body))):
        if not {"sourcecode", "targetcode", "eventcode"} <= fields.keys():  # noevents, or an error looked for
            continue
        code = codes().get(fields["eventcode"]) or codes().get(fields["eventcode"].ljust(3, "0"))
        if code is not None and code.event_type is None:
            continue  # a statement: no act in our codebook
        events.add((fields["sourcecode"][:3], code.event_type if code else None, fields["targetcode"][:3]))
    return events


if __name__ == "__main__":
    main()
