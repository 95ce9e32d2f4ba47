"""Arabic: gender by the head of the name, prefixes, nominative and oblique of sound plurals."""

from collections.abc import Sequence

from marsad.write.grammar.party import Party

# States whose name is masculine; all others are feminine.
_MASCULINE_STATES = frozenset(
    {"IRQ", "JOR", "LBN", "MAR", "SDN", "YEM", "SOM", "SSD", "VAT", "NER", "SEN", "CMR", "CHL"}
)
_MASCULINE_HEADS = (
    "اتحاد",
    "حلف",
    "حزب",
    "تنظيم",
    "مجلس",
    "جيش",
    "صندوق",
    "بنك",
    "مكتب",
    "برنامج",
    "مهاجمون",
    "مسلحون",
    "الحوثيون",
    "مركز",
)
_FEMININE_HEADS = ("طالبان", "حماس", "الأمم", "الولايات", "بوكو", "فتح", "أنصار", "القاعدة")
_GOVERNING_HEADS = ("إمارة", "حكومة", "سلطة", "الحكومة", "الإمارة")


def party(name: str, code: str, kind: str, role: Sequence[str] | None) -> Party:
    """Return a party's Arabic forms.

    Args:
        name: display name.
        code: its code.
        kind: of the registry: state, igo, group, region.
        role: nominative, oblique and gender of the sector that acts (القضاء), None for the party as a whole.

    >>> party("العراق", "IRQ", "state", None).form, party("روسيا", "RUS", "state", None).form
    (0, 1)
    >>> party("الأمم المتحدة", "UNO", "igo", None).li, party("روسيا", "RUS", "state", ("القضاء", "القضاء", "m")).name
    ('للأمم المتحدة', 'القضاء في روسيا')
    """
    plain = _oblique(name)
    if role is not None:
        whole, oblique, form = f"{role[0]} في {plain}", f"{role[1]} في {plain}", 0 if role[2] == "m" else 1
    else:
        whole, oblique, form = name, plain, 0 if _is_masculine(name, code, kind) else 1
    speakers = ("ممثلون عن", "ممثلين عن") if kind != "state" else ("مسؤولون من", "مسؤولين من")
    is_government = kind != "state" or name.startswith(_GOVERNING_HEADS)
    authorities = oblique if role is not None or is_government else f"السلطات في {plain}"
    return Party(
        name=whole,
        form=form,
        obl=oblique,
        li=_with_li(oblique),
        bi=f"ب{oblique}",
        gen=oblique,
        dat=oblique,
        envoys=whole if role is not None else f"{speakers[0]} {plain}",
        envoys_obl=oblique if role is not None else f"{speakers[1]} {plain}",
        protesters=f"محتجون {'في' if role is not None else 'من'} {plain}",
        authorities=authorities,
    )


def _is_masculine(name: str, code: str, kind: str) -> bool:
    head = name.partition(" ")[0]
    if head in _FEMININE_HEADS:
        return False
    if head.removeprefix("ال") in _MASCULINE_HEADS or head in _MASCULINE_HEADS:
        return True
    if kind == "state":
        return code in _MASCULINE_STATES and not head.endswith("ة")
    return not head.endswith("ة")


def _oblique(name: str) -> str:
    """Bend a sound masculine plural, with its adjective: مهاجمون مجهولون -> مهاجمين مجهولين."""
    return " ".join(f"{word[:-2]}ين" if word.endswith("ون") and len(word) > 4 else word for word in name.split())


def _with_li(name: str) -> str:
    return f"لل{name[2:]}" if name.startswith("ال") else f"ل{name}"
