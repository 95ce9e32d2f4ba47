import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

import marsad.publish.labels as room
from marsad.domain.ladder import CONFLICT_RUNGS, COOPERATION_RUNGS
from marsad.domain.words import Language
from marsad.publish.labels import Labels, labels


@pytest.mark.parametrize("language", list(Language))
def test_every_language_has_every_label_and_no_other(language):
    text = (Path(room.__file__).parent / "labels" / f"{language}.toml").read_text(encoding="utf-8")
    assert set(tomllib.loads(text)) == {field.name.strip("_") for field in fields(Labels)}


@pytest.mark.parametrize("language", list(Language))
def test_every_language_names_every_rung(language):
    words = labels(language)
    assert len(words.cooperation_rungs) == len(COOPERATION_RUNGS)
    assert len(words.conflict_rungs) == len(CONFLICT_RUNGS)


@pytest.mark.parametrize("language", list(Language))
def test_labels_take_the_same_values_in_every_language(language):
    english = labels(Language.EN)
    for field in fields(Labels):
        mine, theirs = getattr(labels(language), field.name), getattr(english, field.name)
        if isinstance(mine, str):
            assert sorted(re.findall(r"\{\w+\}", mine)) == sorted(re.findall(r"\{\w+\}", theirs)), field.name
