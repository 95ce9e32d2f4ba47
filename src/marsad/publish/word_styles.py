"""The styles of the Word file, and what python-docx has no call for."""

from typing import TYPE_CHECKING, Any

from marsad.domain.words import Language

if TYPE_CHECKING:
    from docx.document import Document

MACHINE, QUESTION = "Machine draft", "For the analyst"
_ACCENT, _INK = "1F3F6E", "1B1D21"
_SIZES = {
    "Title": 24,
    "Subtitle": 15,
    "Heading 1": 16,
    "Heading 2": 13,
    "Heading 3": 12,
    "Caption": 10,
    "Note": 10,
    "Cell": 10,
}
_SHADES = {MACHINE: "FBF5E6", QUESTION: "EEF2F8"}
_LOCALES = {
    Language.AR: "ar-SA",
    Language.EN: "en-GB",
    Language.FA: "fa-AF",
    Language.PS: "ps-AF",
    Language.RU: "ru-RU",
}
_ORDER = ("keepNext", "keepLines", "numPr", "pBdr", "shd", "tabs", "bidi", "spacing", "ind", "jc", "outlineLvl")
_INDENT = 360  # twentieths of a point a list level moves in


def element(name: str, values: dict[str, str] | None = None) -> Any:
    """Return an element of WordprocessingML.

    >>> element("w:lang", {"w:val": "ar-SA"}).tag.rpartition("}")[2]
    'lang'
    """
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    made: Any = OxmlElement(name)
    for key, value in (values or {}).items():
        made.set(qn(key), value)
    return made


def add_styles(document: "Document", language: Language) -> None:
    """Set the styles for a language and add ours (``Machine draft``, ``For the analyst``, ``Note``, ``Cell``).

    Right-to-left languages turn every paragraph style and the page round; sizes and weights are set for both kinds of
    script, as Word keeps them apart.
    """
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn

    styles = document.styles
    for name in (MACHINE, QUESTION, "Note", "Cell"):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    for name in (
        "Normal",
        "Quote",
        "List Paragraph",
        "Header",
        *(f"Heading {n}" for n in range(4, 6)),
        *_SIZES,
        *_SHADES,
    ):
        _set(styles[name].element, name, language)
    colour = element("w:color", {"w:val": _ACCENT})
    styles["Hyperlink"].element.get_or_add_rPr().append(colour)
    if language.is_rtl:
        section: Any = document.sections[0]._sectPr  # noqa: SLF001 python-docx has no call for it
        section.find(qn("w:docGrid")).addprevious(element("w:bidi"))


def _set(style: Any, name: str, language: Language) -> None:
    text, paragraph = style.get_or_add_rPr(), style.get_or_add_pPr()
    for old in list(text):
        text.remove(old)
    face = "Amiri" if language.is_rtl else "Georgia"
    is_heading = name == "Title" or name.startswith("Heading")
    size = str(2 * _SIZES.get(name, 12 if language.is_rtl else 11))
    text.append(element("w:rFonts", {"w:ascii": face, "w:hAnsi": face, "w:cs": "Amiri", "w:eastAsia": face}))
    if is_heading:
        text.extend([element("w:b"), element("w:bCs")])
    text.append(element("w:color", {"w:val": _ACCENT if is_heading else _INK}))
    text.extend([element("w:sz", {"w:val": size}), element("w:szCs", {"w:val": size})])
    text.append(element("w:lang", {"w:val": _LOCALES[language], "w:bidi": _LOCALES[language]}))
    for tag in ("pBdr", "shd", "bidi", "contextualSpacing", "jc"):
        for old in paragraph.findall(f"{{{paragraph.nsmap['w']}}}{tag}"):
            paragraph.remove(old)
    if name in _SHADES:
        paragraph.append(element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": _SHADES[name]}))
    if language.is_rtl:
        paragraph.append(element("w:bidi"))
    _in_order(paragraph)


def _in_order(paragraph: Any) -> None:
    """Put a paragraph's properties in the order the schema asks for; Word calls a file broken otherwise."""
    children = sorted(paragraph, key=lambda child: _ORDER.index(child.tag.rpartition("}")[2]))
    for child in children:
        paragraph.append(child)


def listing_number(document: "Document", start: int | None) -> int:
    """Add a list's numbering: bullets if `start` is None, else figures counted from it; return its id.

    Each list counts for itself, whatever lists stand before it.
    """
    root: Any = document.part.numbering_part.element
    ids = [
        int(found.get(f"{{{root.nsmap['w']}}}abstractNumId"))
        for found in root.findall(f"{{{root.nsmap['w']}}}abstractNum")
    ]
    own = max(ids, default=0) + 1
    pattern = element("w:abstractNum", {"w:abstractNumId": str(own)})
    pattern.append(element("w:multiLevelType", {"w:val": "hybridMultilevel"}))
    for level in range(3):
        step = element("w:lvl", {"w:ilvl": str(level)})
        step.append(element("w:start", {"w:val": str(start or 1)}))
        step.append(element("w:numFmt", {"w:val": "bullet" if start is None else "decimal"}))
        step.append(element("w:lvlText", {"w:val": "•" if start is None else f"%{level + 1}."}))
        step.append(element("w:lvlJc", {"w:val": "left"}))
        indent = element("w:pPr")
        indent.append(element("w:ind", {"w:left": str(_INDENT * (level + 1)), "w:hanging": str(_INDENT)}))
        step.append(indent)
        pattern.append(step)
    numbers = root.findall(f"{{{root.nsmap['w']}}}num")
    if numbers:
        numbers[0].addprevious(pattern)
    else:
        root.append(pattern)
    return int(root.add_num(own).numId)
