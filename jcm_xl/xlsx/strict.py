"""What a small part may hold beside what is read from it, so that all read it alike.

A program that knows a name space reads it, another one passes over it; a program that
looks for the first of two takes another one than one that looks for the last. So a
part may hold what it declares as ignorable and what stands in a list of extensions,
and nothing else twice, in alternatives or under a name that only looks like ours.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from jcm_xl.text.known import known_part
from jcm_xl.xlsx.grid import Odd
from jcm_xl.xlsx.markup import (
    ALTERNATIVE,
    COMPATIBILITY,
    EXTENSIONS,
    MAIN,
    STRICT_MAIN,
    Element,
    SmallPart,
    small_part,
)
from jcm_xl.xlsx.refusal import Refusal, shown
from jcm_xl.xlsx.schema import part_faults

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
    once:     by element, what may stand once only right within it.
    has_alternatives: whether alternatives may stand right below the root.
    is_open:  whether other name spaces and alternatives may stand anywhere.
    fault: what it is where the part breaks the schema; `None` where it has none here.
    """

    root: str
    spaces: frozenset[str]
    read: Mapping[str, tuple[str, ...]]
    once: Mapping[str, frozenset[str]] = {}
    has_alternatives: bool = False
    is_open: bool = False
    fault: Odd | None = None

    def __hash__(self) -> int:
        """Tell the few homes apart by their roots."""
        return hash(self.root)


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
    {
        "workbook": frozenset({
            "workbookPr", "workbookProtection", "bookViews", "sheets", "definedNames",
            "calcPr",
        }),
    },
    has_alternatives=True,
    fault=Odd.NOT_IN_SCHEMA,
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
    fault=Odd.BAD_RELATION,
)
TYPES = Home(
    "Types",
    frozenset({"http://schemas.openxmlformats.org/package/2006/content-types"}),
    {
        "Types": (),
        "Default": ("Extension", "ContentType"),
        "Override": ("PartName", "ContentType"),
    },
    fault=Odd.BAD_TYPE,
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
_ART = frozenset(
    {
        "http://schemas.openxmlformats.org/drawingml/2006/main",
        "http://purl.oclc.org/ooxml/drawingml/main",
    }
)
THEME_COLOURS = (
    "lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5",
    "accent6", "hlink", "folHlink",
)  # fmt: skip
THEME = Home(
    "theme",
    _ART,
    {
        **dict.fromkeys(("theme", "themeElements", "clrScheme", "fontScheme"), ()),
        **dict.fromkeys((*THEME_COLOURS, "minorFont", "majorFont"), ()),
        "srgbClr": ("val",),
        "sysClr": ("val", "lastClr"),
        "latin": ("typeface",),
    },
    {
        "theme": frozenset({"themeElements"}),
        "themeElements": frozenset({"clrScheme", "fontScheme"}),
        "clrScheme": frozenset(THEME_COLOURS),
        "fontScheme": frozenset({"minorFont", "majorFont"}),
        **dict.fromkeys(("minorFont", "majorFont"), frozenset({"latin"})),
        **dict.fromkeys(THEME_COLOURS, frozenset({"srgbClr", "sysClr"})),
    },
)
TABLE = Home(
    "table",
    _SHEETML,
    {
        "table": ("name", "displayName", "ref", "headerRowCount", "totalsRowCount"),
        "tableColumns": (),
        "tableColumn": ("name",),
    },
    {"table": frozenset({"tableColumns"})},
)
_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
DRAWING = Home(
    "wsDr",
    frozenset(
        {
            "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
            "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
            *_ART,
        }
    ),
    {
        # Other names, such as `t` of an equation, stand in several name spaces.
        **dict.fromkeys((*_ANCHORS, "wsDr", "from", "to", "col", "row"), ()),
        **dict.fromkeys(("colOff", "rowOff"), ()),
        "pos": ("x", "y"),
    },
    {
        **dict.fromkeys(_ANCHORS, frozenset({"from", "to", "pos", "ext"})),
        **dict.fromkeys(("from", "to"), frozenset({"col", "row", "colOff", "rowOff"})),
    },
    is_open=True,
)


class NotedPart(NamedTuple):
    """A part that is read as a whole, with what `note` says of it."""

    part: SmallPart
    odd: tuple[OddFact, ...]


@known_part
def noted_part(data: bytes, name: str, home: Home) -> NotedPart:
    """Return a part with what two programs could read differently in it."""
    part = small_part(data, name)
    return NotedPart(part, tuple(note(part, home)))


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
        elif element.inside and not home.is_open:
            yield Odd.ALTERNATIVE, f"{element.name} in {part.name}"
        if element.attributes:
            yield from _attributes(element, part, home)
    yield from _not_in_schema(part, home)
    yield from _twice(part, home)


def _not_in_schema(part: SmallPart, home: Home) -> Iterator[OddFact]:
    if home.fault is not None:
        for text in part_faults(part, home.spaces):
            yield home.fault, f"{text} in {part.name}"


def _twice(part: SmallPart, home: Home) -> Iterator[OddFact]:
    """Yield what stands twice within one element: parts are in order of end tags."""
    within: dict[int, Counter[str]] = {}
    for element in part.elements if home.once else ():
        counts = within.pop(element.depth + 1, None)
        once = home.once.get(element.name)
        if once and counts:
            yield from (
                (Odd.TWICE, f"{name} in {part.name}")
                for name in sorted(once)
                if counts[name] > 1
            )
        if element.inside != EXTENSIONS and element.namespace in home.spaces:
            within.setdefault(element.depth, Counter())[element.name] += 1


def _foreign(element: Element, part: SmallPart, home: Home) -> Iterator[OddFact]:
    """Judge an element of another name space."""
    where = f"{element.name} in {part.name}"
    if element.namespace == COMPATIBILITY and home.is_open:
        return
    if element.namespace == COMPATIBILITY:
        is_at_home = home.has_alternatives and element.depth == 2
        if element.name == ALTERNATIVE and not is_at_home:
            yield Odd.ALTERNATIVE, f"in {element.parent} of {part.name}"
    elif element.name in home.read:
        yield Odd.FOREIGN_NAME, where
    elif home.is_open or element.inside:
        return
    elif element.namespace not in part.ignorable:
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
        elif home.is_open or space in UNDERSTOOD:
            continue
        elif space not in part.ignorable:
            yield Odd.UNDECLARED, where
