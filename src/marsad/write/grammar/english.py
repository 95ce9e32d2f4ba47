"""English: the article before unions and organisations."""

from collections.abc import Sequence

from marsad.write.grammar.party import Party

_TAKES_ARTICLE = (
    "United ",
    "UAE",
    "UN",
    "EU",
    "US",
    "UK",
    "Netherlands",
    "Philippines",
    "Maldives",
    "Bahamas",
    "Gambia",
)
_ARTICLE_WORDS = frozenset(
    {"Union", "Nations", "Organisation", "Organization", "Court", "Council", "League", "Army", "Republic", "Emirate"}
    | {"Bank", "Fund", "Agency", "Commission", "Emirates", "Committee", "Bloc", "Cross", "Front"}
)


def party(name: str, code: str, kind: str, role: Sequence[str] | None) -> Party:  # noqa: ARG001 (all grammars are called alike)
    """Return a party's English forms.

    >>> party("European Union", "EUE", "igo", None).name, party("Russia", "RUS", "state", None).envoys
    ('the European Union', 'officials from Russia')
    """
    needs_article = name == "Taliban" or name.startswith(_TAKES_ARTICLE) or not _ARTICLE_WORDS.isdisjoint(name.split())
    plain = f"the {name}" if needs_article else name
    whole = f"{role[0]} in {plain}" if role is not None else plain
    speakers = "officials from" if kind == "state" else "representatives of"
    return Party(
        name=whole,
        obl=whole,
        li=whole,
        bi=whole,
        gen=whole,
        dat=whole,
        envoys=whole if role is not None else f"{speakers} {plain}",
        envoys_obl=whole if role is not None else f"{speakers} {plain}",
        protesters=f"protesters {'in' if role is not None else 'from'} {plain}",
        authorities=whole if role is not None or kind != "state" else f"the authorities in {plain}",
    )
