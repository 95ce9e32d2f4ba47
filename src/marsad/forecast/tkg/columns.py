"""The columns of a candidate's features, by name, and the lengths of memory behind them."""

from enum import IntEnum, auto

import numpy as np

HALF_LIVES = np.array([2.0, 5.0, 10.0, 30.0, 60.0, 100.0, 200.0])  # days; rows of the fading table
F2, F5, F10, F30, F60, F100, F200 = range(7)


class Own(IntEnum):
    """Columns counted by target: what the source itself did with it, and from LOG5 on what others did.

    ANY is every relation, SAME the one asked for, ROOT and QUAD those of its CAMEO root and quad class, BACK its
    inverse; ANSWER is how often the pair's earlier relations were followed by the one asked for. A number is a
    half-life in days.
    """

    ANY2 = 0
    ANY10 = auto()
    ANY60 = auto()
    ANY = auto()
    ANY_AGE = auto()
    FIRST_AGE = auto()
    SAME5 = auto()
    SAME30 = auto()
    SAME200 = auto()
    SAME = auto()
    SAME_AGE = auto()
    SAME_AGE_BEFORE = auto()
    ROOT10 = auto()
    ROOT100 = auto()
    BACK10 = auto()
    BACK60 = auto()
    BACK_AGE = auto()
    ANSWER = auto()
    ANSWER_MAX = auto()
    QUAD10 = auto()
    YESTERDAY = auto()
    LOG5 = auto()
    LOG30 = auto()
    LOG = auto()
    LOG_AGE = auto()
    LOG_KIN = auto()
    LOG_SECTOR = auto()
    ALIKE = auto()
    HOP2 = auto()
    HOP = auto()
    HOP60 = auto()
    HOP_ROOT = auto()


N_OWN = len(Own)
SHARED_COLUMNS = (
    Own.ANY10, Own.ANY60, Own.SAME30, Own.SAME200, Own.ROOT100, Own.ANSWER, Own.LOG30, Own.ALIKE, Own.HOP,
    Own.LOG_KIN, Own.LOG_SECTOR, Own.HOP60, Own.HOP_ROOT,
)  # fmt: skip
SHARED = np.array(SHARED_COLUMNS)


class Extra(IntEnum):
    """Columns after the shares within a question: the target, what its country did, the question, and ratios."""

    BUSY1 = N_OWN + len(SHARED_COLUMNS)
    BUSY2 = auto()
    BUSY5 = auto()
    BUSY60 = auto()
    BUSY = auto()
    IDLE_DAYS = auto()
    ROOT_BUSY = auto()
    TREND = auto()
    FRESH_SHARE = auto()
    FRESH_SOURCE = auto()
    LIKENESS = auto()
    ANCHORED = auto()
    ANCHORED_ANY = auto()
    SAME_COUNTRY = auto()
    SECTOR_SHARE = auto()
    KIN_SHARE = auto()
    SOURCE_IS_STATE = auto()
    TARGET_IS_STATE = auto()
    COUNTRY_TO5 = auto()
    COUNTRY_TO_ANY = auto()
    COUNTRY_TO_QUAD = auto()
    TO_COUNTRY5 = auto()
    TO_COUNTRY_ANY = auto()
    TO_COUNTRY_QUAD = auto()
    COUNTRIES5 = auto()
    COUNTRIES_ROOT = auto()
    SECTOR_OF_COUNTRY = auto()
    COUNTRY_TO_SHARE = auto()
    TO_COUNTRY_SHARE = auto()
    TO_COUNTRY_SAME = auto()
    TO_SECTOR_SAME = auto()
    TO_SECTOR_ANY = auto()
    PLACE = auto()
    MIXTURE = auto()
    GAP = auto()
    N_OWN = auto()
    N_SAME = auto()
    OWN10 = auto()
    ASKED30 = auto()
    SOURCE_BUSY2 = auto()
    N_PARTNERS = auto()
    N_SAME_PARTNERS = auto()
    NEW_PARTNERS = auto()
    TOP_SHARE = auto()
    IS_SELF = auto()


NAMES = (
    *(column.name.lower() for column in Own),
    *(f"{column.name.lower()}_share" for column in SHARED_COLUMNS),
    *(column.name.lower() for column in Extra),
)
N_FEATURES = len(NAMES)
