"""Pashto: oblique names, د for the owner, ته for the receiver, gender of intransitive verbs."""

from collections.abc import Sequence

from marsad.write.grammar.party import Party

# Names whose oblique no ending tells.
_OBLIQUE = {
    "ملګري ملتونه": "ملګرو ملتونو",
    "متحده ایالات": "متحده ایالاتو",
    "د امریکا متحده ایالتونه": "د امریکا متحدو ایالتونو",
    "نامعلومه وسله وال": "نامعلومو وسله والو",
    "نامعلوم وسله‌وال": "نامعلومو وسله‌والو",
    "متحده عربي امارات": "متحده عربي اماراتو",
    "اروپايي ټولنه": "اروپايي ټولنې",
    "اروپايي اتحادیه": "اروپايي اتحادیې",
}
_FEMININE_ENDINGS = ("ه", "ا", "ې", "ۍ")


def party(name: str, code: str, kind: str, role: Sequence[str] | None) -> Party:  # noqa: ARG001 (all grammars are called alike)
    """Return a party's Pashto forms.

    >>> russia = party("روسیه", "RUS", "state", None)
    >>> russia.obl, russia.gen, russia.dat, russia.envoys
    ('روسیې', 'د روسیې', 'روسیې ته', 'د روسیې چارواکو')
    """
    plain = oblique(name)
    whole, bent = (f"{genitive(plain)} {form}" for form in role[:2]) if role is not None else (name, plain)
    is_feminine = role[2] == "f" if role is not None else name.endswith(_FEMININE_ENDINGS)
    speakers = f"{genitive(plain)} {'چارواکو' if kind == 'state' else 'استازو'}"
    has_own = role is not None or kind != "state"
    return Party(
        name=whole,
        form=int(is_feminine),
        obl=bent,
        li=bent,
        bi=bent,
        gen=genitive(bent),
        dat=f"{bent} ته",
        envoys=bent if role is not None else speakers,
        envoys_obl=bent if role is not None else speakers,
        protesters=f"{genitive(plain)} لاریون کوونکو",
        authorities=whole if has_own else f"{genitive(plain)} چارواکي",
        la=_with("له", bent),
        la_envoys=_with("له", bent if role is not None else speakers),
        par=_with("پر", bent),
    )


def oblique(name: str) -> str:
    """Return the oblique of a name.

    >>> oblique("ترکیه"), oblique("پاکستان"), oblique("ملګري ملتونه"), oblique("د داعش خراسان څانګه")
    ('ترکیې', 'پاکستان', 'ملګرو ملتونو', 'د داعش خراسان څانګې')
    """
    if name in _OBLIQUE:
        return _OBLIQUE[name]
    return f"{name[:-1]}ې" if name.endswith(("یه", "نه", "ګه", "ډله")) else name


def genitive(bent: str) -> str:
    """Return د with an oblique name; two in a row become one.

    >>> genitive("روسیې"), genitive("د افغانستان اسلامي امارت")
    ('د روسیې', 'د افغانستان اسلامي امارت')
    """
    return bent if bent.startswith("د ") else f"د {bent}"


def _with(preposition: str, bent: str) -> str:
    """Set a preposition before the head of a genitive, with the adjective that belongs to it.

    >>> _with("له", "روسیې"), _with("له", "د کابل چارواکو"), _with("پر", "د افغانستان اسلامي امارت")
    ('له روسیې', 'د کابل له چارواکو', 'د افغانستان پر اسلامي امارت')
    """
    words = bent.split()
    if not bent.startswith("د ") or len(words) < 3:
        return f"{preposition} {bent}"
    n_head = 2 if len(words) >= 4 and words[-2].endswith(("ي", "متحدو")) else 1
    return " ".join([*words[:-n_head], preposition, *words[-n_head:]])
