"""A hand-made relation: recognition, ambassadors, a military agreement; four outlets, one week in May 2026."""

from datetime import UTC, date, datetime

import pyarrow as pa

from marsad.domain.desk import Desk, Imprint
from marsad.domain.tables import TABLES
from marsad.domain.week import Week
from marsad.domain.words import Language

WEEK = Week(2026, 22)  # 25 to 31 May 2026
RUN = str(WEEK)
DESK = Desk(
    title={"ar": "نشرة", "en": "Bulletin"},
    languages=(Language.AR, Language.EN, Language.FA, Language.PS),
    watched=(("PAK", "AFG"),),
    feeds=(),
    imprint=Imprint(name={}, about={}),
    first_week=Week(2026, 1),
    subject=("RUS", "AFG"),
)
NAMES = {
    "RUS": {"ar": "روسيا", "en": "Russia", "fa": "روسیه", "ps": "روسیه"},
    "AFG": {"ar": "أفغانستان", "en": "Afghanistan", "fa": "افغانستان", "ps": "افغانستان"},
    "PAK": {"ar": "باكستان", "en": "Pakistan", "fa": "پاکستان", "ps": "پاکستان"},
    "UNO": {"ar": "الأمم المتحدة", "en": "United Nations", "fa": "ملل متحد", "ps": "ملګري ملتونه"},
}
KINDS = {"RUS": "state", "AFG": "state", "PAK": "state", "UNO": "igo"}


def name_of(code: str, language: str) -> str:
    return NAMES[code][language]


def kind_of(code: str) -> str:
    return KINDS[code]


def instant(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def event(key, day, source, event_type, mode, context, target, **more):
    return {
        "event_id": key,
        "event_date": day,
        "source": source,
        "source_role": "GOV",
        "event_type": event_type,
        "mode": mode,
        "context": context,
        "target": target,
        "target_role": "GOV",
        "quad_class": "verbal_cooperation",
        "goldstein": 4.0,
        "place": None,
        "status": "reported",
        "confidence": 0.9,
        "review": False,
        "coder": "hand",
        "ontology": "PLOVER",
        "backfilled": False,
        "known_at": instant(day.year, day.month, day.day),
    } | more


def report(key: str, outlet: str, day: date, text: str, language: str = "en"):
    return {
        "report_id": key,
        "feed": "hand",
        "outlet": outlet,
        "url": f"https://example.org/{key}",
        "published_at": instant(day.year, day.month, day.day),
        "published_estimated": False,
        "language": language,
        "title": None,
        "text": text,
        "sha256": key,
        "story_id": key,
        "backfilled": False,
        "known_at": instant(day.year, day.month, day.day),
    }


def mention(event_id: str, report_id: str, outlet: str, day: date):
    return {
        "event_id": event_id,
        "report_id": report_id,
        "quote_start": 0,
        "quote_end": 9,
        "attribution": None,
        "feed": "hand",
        "outlet": outlet,
        "story_id": report_id,
        "known_at": instant(day.year, day.month, day.day),
    }


_RECOGNISED, _ACCREDITED, _SIGNED, _AID, _STRIKE = (
    date(2025, 7, 3),
    date(2026, 1, 15),
    date(2026, 5, 27),
    date(2026, 5, 26),
    date(2026, 5, 28),
)
_CUT = {"known_at": WEEK.cutoff}

ROWS: dict[str, list[dict]] = {
    "events": [
        event("e-recognise", _RECOGNISED, "RUS", "SUPPORT", "recognise", "diplomatic", "AFG", place="Moscow"),
        event("e-accredit", _ACCREDITED, "RUS", "SUPPORT", "accredit", "diplomatic", "AFG", place="Москва"),
        event("e-sign", _SIGNED, "RUS", "AGREE", "sign", "military", "AFG", place="Moscow"),
        event("e-sign-back", _SIGNED, "AFG", "AGREE", "sign", "military", "RUS", place="Moscow"),
        event("e-aid", _AID, "UNO", "AID", "humanitarian", "humanitarian", "AFG", place="Kabul"),
        event("e-strike", _STRIKE, "PAK", "ASSAULT", "air_strike", "military", "AFG", goldstein=-10.0),
        event("e-denied", _SIGNED, "RUS", "AGREE", "sign", "energy", "AFG", status="negated"),
        event("e-waiting", _SIGNED, "RUS", "AGREE", "sign", "water", "AFG", review=True),
    ],
    "reports": [
        report(
            "r1",
            "TASS",
            _SIGNED,
            "Russia and the Taliban government signed a military agreement in Moscow on Wednesday, the agency said today",
        ),
        report("r2", "الجزيرة", _SIGNED, "وقّعت روسيا وأفغانستان اتفاقاً عسكرياً في موسكو", "ar"),
        report("r3", "Tolo", _AID, "The United Nations sent food to Kabul"),
        report("r4", "BBC", _STRIKE, "Pakistan bombed the border"),
        report("r5", "Tolo", _STRIKE, "Air strikes hit the east"),
        report("r6", "TASS", _RECOGNISED, "Moscow recognised the government in Kabul"),
        report("r7", "TASS", _ACCREDITED, "The ambassador handed over his credentials"),
    ],
    "mentions": [
        mention("e-sign", "r1", "TASS", _SIGNED),
        mention("e-sign-back", "r2", "الجزيرة", _SIGNED),
        mention("e-aid", "r3", "Tolo", _AID),
        mention("e-strike", "r4", "BBC", _STRIKE),
        mention("e-strike", "r5", "Tolo", _STRIKE),
        mention("e-recognise", "r6", "TASS", _RECOGNISED),
        mention("e-accredit", "r7", "TASS", _ACCREDITED),
    ],
    "standings": [
        {
            "run": RUN,
            "source": "AFG",
            "target": "RUS",
            "ladder": "cooperation",
            "commitment": name,
            "rung": rung,
            "opened": day,
            "opened_by": by,
            "closed_by": [],
            **_CUT,
        }
        for name, rung, day, by in (
            ("recognition", 3, _RECOGNISED, ["e-recognise"]),
            ("ambassador", 3, _ACCREDITED, ["e-accredit"]),
            ("military_pact", 5, _SIGNED, ["e-sign", "e-sign-back"]),
        )
    ],
    "breaks": [
        {
            "run": RUN,
            "source": "AFG",
            "target": "RUS",
            "ladder": "cooperation",
            "week": RUN,
            "from_rung": 3,
            "to_rung": 5,
            "probability": 0.97,
            "events": ["e-sign", "e-sign-back"],
            **_CUT,
        }
    ],
    "levels": [
        {
            "run": RUN,
            "source": "AFG",
            "target": "RUS",
            "ladder": "cooperation",
            "week": RUN,
            "p": [0, 0, 0, 0.1, 0.3, 0.6],
            "mean": 4.5,
            "low": 3.0,
            "high": 5.0,
            "n_events": 2,
            "is_covered": True,
            **_CUT,
        }
    ],
    "drivers": [
        {
            "run": RUN,
            "source": "RUS",
            "target": "AFG",
            "week": RUN,
            "driver": name,
            "before": before,
            "after": after,
            "effect": 0.5,
            "p_value": p,
            "events": ["e-sign", "e-accredit"],
            **_CUT,
        }
        for name, before, after, p in (("engagement", 0.5, 1.25, 0.04), ("theme_narcotics", 0.1, 0.1, 0.8))
    ],
    "gains": [
        {
            "run": RUN,
            "party": "AFG",
            "giver": "RUS",
            "dimension": "political",
            "n_events": 2,
            "first": _RECOGNISED,
            "events": ["e-recognise", "e-accredit"],
            **_CUT,
        },
        {
            "run": RUN,
            "party": "RUS",
            "giver": "AFG",
            "dimension": "military",
            "n_events": 1,
            "first": _SIGNED,
            "events": ["e-sign-back"],
            **_CUT,
        },
    ],
    "spillover": [
        {
            "run": RUN,
            "third": "PAK",
            "group": "neighbours",
            "side": "AFG",
            "week": RUN,
            "quad_class": "material_conflict",
            "before": 0.25,
            "after": 1.0,
            "p_value": 0.03,
            "events": ["e-strike", "e-aid"],
            **_CUT,
        }
    ],
    "movers": [
        {
            "run": RUN,
            "source": "PAK",
            "target": "AFG",
            "field": "security",
            "surprise": 3.2,
            "direction": -1.0,
            "n_events": 1,
            "events": ["e-strike"],
            **_CUT,
        }
    ],
    "forecasts": [
        {
            "question_id": f"q-{source}-{quad}",
            "source": source,
            "target": target,
            "quad_class": quad,
            "event_type": None,
            "field": None,
            "origin": date(2026, 6, 1),
            "horizon_weeks": 4,
            "due": date(2026, 6, 28),
            "probability": p,
            "base_rate": base,
            "base_n": 52,
            "anyway": None,
            "model": "m",
            "resolution_rule": "",
            "reasons": reasons,
            "backfilled": False,
            "known_at": WEEK.cutoff,
        }
        for source, target, quad, p, base, reasons in (
            ("PAK", "AFG", "material_conflict", 0.88, 0.6, ["e-strike"]),
            ("RUS", "AFG", "verbal_cooperation", 0.96, 0.9, ["e-sign"]),
        )
    ],
}

SCORECARD_ROWS = [
    {"model": "m", "group": "all", "n": 40, "n_happened": 10, "n_void": 1, "n_backfilled": 40, "brier": 0.15, "base_brier": 0.18, "skill": 1 - 0.15 / 0.18},
    {"model": "m", "group": "material_conflict", "n": 20, "n_happened": 8, "n_void": 0, "n_backfilled": 20, "brier": 0.17, "base_brier": 0.19, "skill": 1 - 0.17 / 0.19},
]  # fmt: skip


def tables(**changes: list[dict]) -> dict[str, pa.Table]:
    """Return the small tables; a keyword replaces one table's rows."""
    rows = ROWS | changes
    made = {name: TABLES[name].from_rows(rows[name]) for name in rows if name in TABLES}
    return made | {"scorecard": pa.Table.from_pylist(rows.get("scorecard", SCORECARD_ROWS))}
