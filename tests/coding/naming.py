"""A finder of names for the tests: a handful of names per language, nothing else."""

import re
from dataclasses import dataclass

from marsad.coding import Coder

NAMES = {
    "RUS": "Russia|Russian|Moscow|روسيا|الروسي|موسكو|روسیه|مسکو|روسیې|روسیه|России|Россия|Москва|российской",
    "AFG": "Afghanistan|Afghan|Taliban|Kabul|أفغانستان|طالبان|كابول|افغانستان|کابل|Афганистане?|Талибан|Кабул",
    "PAK": "Pakistan|Pakistani|Islamabad|باكستان|الباكستاني|باكستانية|پاکستان|اسلام‌اباد|Пакистан|Исламабад",
    "IRN": "Iran|Iranian|Tehran|إيران|الإيراني|ایران|Иран",
}


@dataclass(frozen=True)
class Name:
    start: int
    end: int
    code: str
    role: str = "GOV"
    kind: str = "state"
    is_attribution: bool = False


def find_names(text, language, day):
    found = [
        Name(match.start(), match.end(), code)
        for code, names in NAMES.items()
        for match in re.finditer(rf"(?<!\w)(?:{names})(?!\w)", text)
    ]
    return sorted(found, key=lambda name: name.start)


CODER = Coder(find_names)
