"""A party as a sentence needs it."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Party:
    """A party's name with the forms the phrases ask for; a form a language lacks equals the plain name.

    In a phrase ``{source}`` prints the name and ``{source[وقّع|وقّعت]}`` the alternative that agrees with it.

    Args:
        name: as subject.
        form: which alternative agrees, 0 or 1: gender in Arabic and Pashto, number in Dari.
        obl: as object or after a preposition.
        li, bi: with the Arabic prefixes ل and ب.
        gen: as owner (Pashto د …).
        dat: as receiver (Pashto … ته).
        envoys, envoys_obl: those who speak for it.
        protesters: its people in the street.
        authorities: those who govern.
        la, la_envoys, par: with the Pashto prepositions له and پر, which stand inside a genitive (د کابل له چارواکو).

    >>> f"{Party('روسيا', form=1)}", "{p[وقّع|وقّعت]} {p}".format(p=Party("روسيا", form=1))
    ('روسيا', 'وقّعت روسيا')
    """

    name: str
    form: int = 0
    obl: str = ""
    li: str = ""
    bi: str = ""
    gen: str = ""
    dat: str = ""
    envoys: str = ""
    envoys_obl: str = ""
    protesters: str = ""
    authorities: str = ""
    la: str = ""
    la_envoys: str = ""
    par: str = ""

    def __str__(self) -> str:
        return self.name

    def __getitem__(self, alternatives: str) -> str:
        return alternatives.split("|")[self.form]

    def as_object(self) -> "Party":
        """Return the party printing its oblique form."""
        return replace(self, name=self.obl or self.name)
