"""What a small part may hold beside what is read from it, so that all read it alike.

A program that knows a name space reads it, another one passes over it; a program that
looks for the first of two takes another one than one that looks for the last. So a
part may hold what it declares as ignorable and what stands in a list of extensions,
and nothing else twice, in alternatives or under a name that only looks like ours.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from jcm_xl.xlsx.grid import Odd
from jcm_xl.xlsx.markup import (
    ALTERNATIVE,
    COMPATIBILITY,
    EXTENSIONS,
    MAIN,
    STRICT_MAIN,
    Element,
    SmallPart,
)
from jcm_xl.xlsx.refusal import Refusal, shown

OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
RELATION_KEYS = (f"{OFFICE_RELATIONS} id", f"{STRICT_RELATIONS} id")
UNDERSTOOD = frozenset({
    OFFICE_RELATIONS, STRICT_RELATIONS, COMPATIBILITY,
    "http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2001/XMLSchema-instance",
})  # fmt: skip
_FORCED = ("ProcessContent", "MustUnderstand")

OddFact: TypeAlias = tuple[Odd, str]
"""A kind of oddity and its detail."""


class Home(NamedTuple):
    """What is read from a kind of part.

    root:     the local name of its root, which is refused under another one.
    spaces:   its name spaces.
    read:     the elements that are read, each with its attributes that are.
    once:     elements of the second level that may stand once only.
    has_alternatives: whether alternatives may stand right below the root.
    """

    root: str
    spaces: frozenset[str]
    read: Mapping[str, tuple[str, ...]]
    once: frozenset[str] = frozenset()
    has_alternatives: bool = False


_SHEETML = frozenset({MAIN, STRICT_MAIN})
WORKBOOK = Home(
    "workbook",
    _SHEETML,
    {
        "workbook": (),
        "workbookPr": ("date1904",),
        "workbookProtection": ("lockStructure",),
        "bookViews": (),
        "workbookView": ("showSheetTabs", "visibility", "activeTab", "firstSheet"),
        "sheets": (),
        "sheet": ("name", "sheetId", "state", "id"),
        "definedNames": (),
        "definedName": ("name", "localSheetId", "hidden", "function", "xlm"),
        "calcPr": (
            "calcMode", "refMode", "iterate", "iterateCount", "iterateDelta",
            "fullPrecision", "fullCalcOnLoad", "calcOnSave",
        ),
    },
    frozenset({
        "workbookPr", "workbookProtection", "bookViews", "sheets", "definedNames",
        "calcPr",
    }),
    has_alternatives=True,
)  # fmt: skip
STYLES = Home(
    "styleSheet",
    _SHEETML,
    {
        "styleSheet": (),
        "numFmts": (),
        "numFmt": ("numFmtId", "formatCode"),
        **dict.fromkeys(("fonts", "fills", "cellXfs", "cellStyleXfs", "dxfs"), ()),
        **dict.fromkeys(("font", "fill", "protection", "dxf"), ("locked", "hidden")),
        **dict.fromkeys(
            ("color", "fgColor", "bgColor", "rgbColor"),
            ("rgb", "theme", "tint", "indexed", "auto"),
        ),
        **dict.fromkeys(("sz", "name", "strike", "b", "i", "u"), ("val",)),
        "patternFill": ("patternType",),
        "xf": ("numFmtId", "fontId", "fillId", "xfId", "borderId"),
        "alignment": (
            "horizontal", "vertical", "indent", "textRotation", "shrinkToFit",
            "wrapText",
        ),
    },
)  # fmt: skip
RELATIONS = Home(
    "Relationships",
    frozenset({"http://schemas.openxmlformats.org/package/2006/relationships"}),
    {"Relationships": (), "Relationship": ("Id", "Type", "Target", "TargetMode")},
)
TYPES = Home(
    "Types",
    frozenset({"http://schemas.openxmlformats.org/package/2006/content-types"}),
    {
        "Types": (),
        "Default": ("Extension", "ContentType"),
        "Override": ("PartName", "ContentType"),
    },
)
_PROPERTY_TYPES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes",
)
PROPERTIES = Home(
    "Properties",
    frozenset({
        "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
        "http://purl.oclc.org/ooxml/officeDocument/customProperties",
        "http://purl.oclc.org/ooxml/officeDocument/custom-properties",
        *_PROPERTY_TYPES,
    }),
    {"Properties": (), "property": ("name",)},
)  # fmt: skip


def note(part: SmallPart, home: Home) -> Iterator[OddFact]:
    """Yield what two programs could read differently; refuse another root."""
    root = part.elements[-1]
    if root.name != home.root or root.namespace not in home.spaces:
        raise Refusal(
            "other-root", "its part {part} is not what its place says.",
            part=shown(part.name),
        )  # fmt: skip
    for kind in sorted(part.remarks):
        yield Odd[kind], part.name
    for element in part.elements if not part.has_one_space else ():
        if element.inside == EXTENSIONS:
            continue
        if element.namespace not in home.spaces:
            yield from _foreign(element, part, home)
        elif element.inside:
            yield Odd.ALTERNATIVE, f"{element.name} in {part.name}"
        if element.attributes:
            yield from _attributes(element, part, home)
    if home.once:
        counts = Counter(
            element.name for element in part.elements if element.depth == 2
        )
        yield from (
            (Odd.TWICE, f"{name} in {part.name}")
            for name in sorted(home.once)
            if counts[name] > 1
        )


def _foreign(element: Element, part: SmallPart, home: Home) -> Iterator[OddFact]:
    """Judge an element of another name space."""
    where = f"{element.name} in {part.name}"
    if element.namespace == COMPATIBILITY:
        is_at_home = home.has_alternatives and element.depth == 2
        if element.name == ALTERNATIVE and not is_at_home:
            yield Odd.ALTERNATIVE, f"in {element.parent} of {part.name}"
    elif element.name in home.read:
        yield Odd.FOREIGN_NAME, where
    elif not element.inside and element.namespace not in part.ignorable:
        yield Odd.UNDECLARED, where


def _attributes(element: Element, part: SmallPart, home: Home) -> Iterator[OddFact]:
    is_home = element.namespace in home.spaces
    names = home.read.get(element.name, ()) if is_home else ()
    for key in element.attributes:
        space, _, local = key.rpartition(" ")
        if not space:
            continue
        where = f"{local} of {element.name} in {part.name}"
        if space == COMPATIBILITY and local in _FORCED:
            yield Odd.ALTERNATIVE, where
        elif local in names:
            if key not in RELATION_KEYS or local != "id":
                yield Odd.FOREIGN_NAME, where
        elif space not in UNDERSTOOD and space not in part.ignorable:
            yield Odd.UNDECLARED, where
