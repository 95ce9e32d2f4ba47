"""Dari: plural verbs after plural doers; no gender, no cases."""

from collections.abc import Sequence

from marsad.write.grammar.party import Party

_PLURAL_HEADS = ("طالبان", "مهاجمان", "حوثی‌ها", "جنگجویان", "شورشیان")


def party(name: str, code: str, kind: str, role: Sequence[str] | None) -> Party:  # noqa: ARG001 (all grammars are called alike)
    """Return a party's Dari forms; ``form`` 1 asks for a plural verb.

    >>> party("روسیه", "RUS", "state", ("پارلمان", "پارلمان", "m")).name, party("طالبان", "TAL", "group", None).form
    ('پارلمان روسیه', 1)
    """
    whole = f"{role[0]} {name}" if role is not None else name
    form = int(role[2] == "f") if role is not None else int(name.startswith(_PLURAL_HEADS))
    speakers = f"{'مقام‌های' if kind == 'state' else 'نمایندگان'} {name}"
    authorities = whole if role is not None or kind != "state" else f"مقام‌های {name}"
    return Party(
        name=whole,
        form=form,
        obl=whole,
        li=whole,
        bi=whole,
        gen=whole,
        dat=whole,
        envoys=whole if role is not None else speakers,
        envoys_obl=whole if role is not None else speakers,
        protesters=f"معترضان در {name}" if role is not None else f"معترضان {name}",
        authorities=authorities,
    )
