from datetime import date

import pytest

from marsad.binding import find_directives
from marsad.binding.judgement import parse_judgement
from marsad.domain.words import Language
from marsad.errors import BadInput
from marsad.vocab.likelihood import load_scale

END = date(2026, 5, 31)


def judged(*lines, language=Language.EN):
    (directive,) = find_directives("\n".join([":::{judgement}", *lines, ":::"]))
    return parse_judgement(directive, load_scale(), language, END, {"west": ("USA", "GBR")})


WHOLE = (":probability: 0.7", ":by: 2026-09-30", ":resolve: west SANCTION AFG", "New sanctions will come.")


def test_a_whole_judgement_is_read_with_its_groups_written_out():
    said = judged(*WHOLE, ":confidence: moderate", ":author: A. Analyst")
    assert (said.probability, said.due, str(said.query)) == (0.7, date(2026, 9, 30), "USA,GBR SANCTION AFG")
    assert (said.text, said.confidence, said.author) == ("New sanctions will come.", "moderate", "A. Analyst")


def test_a_word_of_the_scale_stands_for_the_middle_of_its_band():
    lines = (":likelihood: مرجَّح", *WHOLE[1:])
    said = judged(*lines, language=Language.AR)
    assert (said.probability, said.is_worded) == (0.675, True)  # (0.55 + 0.80) / 2


def test_a_horizon_runs_from_the_weeks_end():
    said = judged(":probability: 70%", ":horizon: 4 weeks", ":resolve: USA SANCTION AFG", "Yes.")
    assert (said.due, said.probability) == (date(2026, 6, 28), 0.7)


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (WHOLE[:3], "says nothing"),
        ((WHOLE[0], WHOLE[2], WHOLE[3]), "has no last day"),
        (WHOLE[1:], "needs a probability or a word of the scale"),
        ((":likelihood: likely", *WHOLE), "needs a probability or a word of the scale, one of the two"),
        ((":likelihood: perhaps", *WHOLE[1:]), "'perhaps' is no word of the desk's scale"),
        ((":probability: 1.2", *WHOLE[1:]), "'1.2' is no probability"),
        ((":confidence: sure", *WHOLE), "unknown confidence 'sure'"),
        ((":oods: 3", *WHOLE), "unknown option 'oods'"),
        ((WHOLE[0], WHOLE[1], WHOLE[3]), "nothing would settle it"),
        ((WHOLE[0], ":by: soon", *WHOLE[2:]), "'soon' is no date"),
    ],
)
def test_a_part_that_is_missing_or_wrong_is_named(lines, fault):
    with pytest.raises(BadInput, match=fault):
        judged(*lines)
