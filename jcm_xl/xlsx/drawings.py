"""Where pictures, shapes, charts and notes lie over the cells of a sheet.

An anchor names two corners, one corner and a size, or a place on the sheet; all three
become the first and the last cell that are covered. Slivers at an edge cover nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple

from jcm_xl.text.late import late_pattern
from jcm_xl.xlsx.drawn_reach import DrawnReach, Extent
from jcm_xl.xlsx.grid import Drawing, Odd, Sheet, parse_range
from jcm_xl.xlsx.markup import Element, SmallPart
from jcm_xl.xlsx.sheet_look import Ruler
from jcm_xl.xlsx.strict import DRAWING, OddFact, note

_KINDS = {
    "pic": "picture", "graphicFrame": "chart", "sp": "shape", "cxnSp": "line",
    "grpSp": "group of shapes", "contentPart": "ink", "AlternateContent": "control",
}  # fmt: skip
PAGE_PICTURE = "picture of the page"
"""One in the head or foot of printed pages: it lies over no cell."""
_FORMS = ("AlternateContent", "Choice", "Fallback")
_HOLLOW = frozenset(("line",))
_A_PIXEL = 9525
"""In the unit of drawings, 1/914,400 inch."""
_SLIVER = 4.0
"""So many pixels of a cell may be covered: a border, a slip of the hand."""

_NOTE = late_pattern(rb"<(?:[\w.-]+:)?shape\b", re.IGNORECASE)
_NOTE_KIND = late_pattern(rb"ObjectType\s*=\s*[\"'](\w+)[\"']")
_NOTE_PLACE = late_pattern(rb"<(?:[\w.-]+:)?Anchor[^>]*>([^<]*)</")
_NOTE_TEXT = late_pattern(
    rb"<(?:[\w.-]+:)?textbox\b[^>]*>(.*?)</(?:[\w.-]+:)?textbox", re.DOTALL
)
_VISIBILITY = late_pattern(rb"visibility\s*:\s*(\w*)", re.IGNORECASE)
_SHOWN = late_pattern(rb"<(?:[\w.-]+:)?Visible\s*/?>")
_IMAGE = late_pattern(rb"<(?:[\w.-]+:)?imagedata\b")
_TAG = late_pattern(r"<[^>]*>")
_CHART_TEXT = late_pattern(rb"<(?:[\w.-]+:)?[tv](?:\s[^<>]*)?>([^<]+)</")
_TITLE_LINK = late_pattern(
    rb"<(?:[\w.-]+:)?title\b[^<>]*>(?:(?!</(?:[\w.-]+:)?title\b).)*?"
    rb"<(?:[\w.-]+:)?f>([^<]+)</",
    re.DOTALL,
)
_WORD_ART = late_pattern(rb"<(?:[\w.-]+:)?textpath\b[^<>]*?\sstring\s*=\s*\"([^\"]*)\"")
_TEXT = 20_000
_WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\x00": "utf-16-le",
         b"\x00<": "utf-16-be"}  # fmt: skip


class _Box(NamedTuple):
    """A rectangle in pixels from the upper left corner of the sheet."""

    left: float
    top: float
    right: float
    bottom: float


class _Object:
    """What is gathered of one anchor."""

    def __init__(self) -> None:
        self.kind = ""
        self.links: list[str] = []
        self.texts: list[str] = []
        self.facts: dict[str, int] = {}
        self.is_filled = self.is_hollow = self.is_turned = False
        self.hidden: bool | None = None
        self.reach = DrawnReach()

    @property
    def is_hidden(self) -> bool:
        return bool(self.hidden)


def read_drawings(part: SmallPart, sheet: Sheet) -> Iterator[Drawing]:
    """Yield each object of a drawing part with the cells that it lies over.

    Of alternatives every form is taken, as programs take one or the other.
    """
    found, rulers = _Object(), sheet.look.rulers()
    for element in part.elements:
        is_ours = element.namespace in DRAWING.spaces
        if is_ours and element.name.endswith("Anchor"):
            box = _box(element.name, found, rulers)
            if box and found.kind and not found.is_hidden:
                yield from _drawn(sheet.name, found, box, rulers)
            found = _Object()
        elif is_ours or element.name in _KINDS:
            _take(found, element)
            found.reach.take(element)


def _drawn(
    sheet: str, found: _Object, box: _Box, rulers: tuple[Ruler, Ruler]
) -> Iterator[Drawing]:
    """Yield an object, and its text where that runs on over the cells beside it."""
    box = _stretched(box, found.reach.of_group())
    drawing = _drawing(sheet, found, box, rulers)
    yield drawing
    extent = found.reach.of_text(box.right - box.left, box.bottom - box.top)
    if extent != Extent() and any(map(str.isnumeric, drawing.text)):
        wider = _drawing(sheet, found, _stretched(box, extent), rulers)
        if wider[2:6] != drawing[2:6]:
            yield wider._replace(kind="text of a " + found.kind)


def _stretched(box: _Box, extent: Extent) -> _Box:
    wide, high = box.right - box.left, box.bottom - box.top
    wide, high = max(wide, 1.0), max(high, 1.0)
    return _Box(
        max(0.0, box.left + extent.left * wide),
        max(0.0, box.top + extent.top * high),
        box.left + extent.right * wide,
        box.top + extent.bottom * high,
    )


def read_notes(data: bytes, sheet: Sheet) -> Iterator[Drawing]:
    """Yield the notes and controls of a VML part that are always shown.

    Such a part need not be well-formed; it is searched, not parsed. What is stated
    twice counts in both ways.
    """
    rulers = sheet.look.rulers()
    wide = _WIDE.get(data[:2])
    data = data.decode(wide, "replace").encode() if wide else data
    for shape in _NOTE.split(data)[1:]:
        kinds, places = _NOTE_KIND.findall(shape), _NOTE_PLACE.findall(shape)
        for art in _WORD_ART.findall(shape):
            said = unescape(art.decode("utf-8", "replace"))[:_TEXT]
            yield Drawing(sheet.name, "word art", 0, 0, 0, 0, said, covers=False)
        if not (kinds and places):
            if _IMAGE.search(shape):
                yield Drawing(sheet.name, PAGE_PICTURE, 0, 0, 0, 0, "", False)
            continue
        is_note = set(kinds) == {b"Note"}
        if is_note and _is_hidden(shape):
            continue
        found = _Object()
        found.kind = "note" if is_note else "control"
        if text := _NOTE_TEXT.search(shape):
            found.texts = [_TAG.sub(" ", text[1].decode("utf-8", "replace"))]
        for place in places:
            numbers = [_number(n.decode(errors="replace")) for n in place.split(b",")]
            if len(numbers) == 8:
                yield _drawing(sheet.name, found, _note_box(numbers, rulers), rulers)


def chart_links(data: bytes) -> list[str]:
    """Return the cells whose texts the titles of a chart show."""
    return [
        unescape(link.decode("utf-8", "replace")) for link in _TITLE_LINK.findall(data)
    ]


def chart_text(data: bytes) -> str:
    """Return what is written in a chart: its titles, names and the texts it keeps."""
    pieces = (p.decode("utf-8", "replace") for p in _CHART_TEXT.findall(data))
    return " | ".join(unescape(piece) for piece in pieces)[:_TEXT]


def small_charts(sheet: Sheet) -> Iterator[Drawing]:
    """Yield the charts that lie within single cells, behind what stands there."""
    for ranges in sheet.look.charts:
        for stated in ranges.split():
            try:
                top, left, bottom, right = parse_range(stated)
            except ValueError:
                continue
            yield Drawing(
                sheet.name, "sparkline", top, left, bottom, right, covers=False
            )


def _is_hidden(shape: bytes) -> bool:
    stated = {word.lower() for word in _VISIBILITY.findall(shape)}
    return stated == {b"hidden"} and not _SHOWN.search(shape)


def odd_of_drawing(part: SmallPart) -> Iterator[OddFact]:
    """Yield what in a drawing part programs could read differently."""
    yield from note(part, DRAWING)
    for element in part.elements:
        if element.name in ("from", "to") and element.parent in _FORMS:
            yield Odd.ALTERNATIVE, f"{element.name} in {part.name}"


def _note_box(numbers: list[int], rulers: tuple[Ruler, Ruler]) -> _Box:
    """Return the box of a note: four lines, each with pixels behind its beginning."""
    rows, columns = rulers
    left, lead, top, above, right, behind, bottom, below = numbers
    return _Box(
        columns.before(left + 1) + lead,
        rows.before(top + 1) + above,
        columns.before(right + 1) + behind,
        rows.before(bottom + 1) + below,
    )


def _take(found: _Object, element: Element) -> None:
    name, parent, said = element.name, element.parent, element.attributes
    if said.get("textlink"):
        found.links.append(said["textlink"])
    if name in ("col", "row", "colOff", "rowOff") and parent in ("from", "to"):
        found.facts[f"{parent} {name}"] = _number(element.text)
    elif parent.endswith("Anchor"):
        found.facts.update(_measures(name, said))
        if name in _KINDS:
            found.kind = found.kind or _KINDS[name]
    elif parent in _FORMS and name in _KINDS:
        found.kind = found.kind or _KINDS[name]
    elif name == "t":
        found.texts.append(element.text)
    elif name == "cNvPr":
        _note_hidden(found, element)
    else:
        _note_look(found, element)


def _note_hidden(found: _Object, element: Element) -> None:
    is_hidden = element.attributes.get("hidden") in ("1", "true")
    if found.hidden is None:  # the outermost comes first
        found.hidden = is_hidden
    elif element.inside:  # in another form it may be shown
        found.hidden = found.hidden and is_hidden


def _note_look(found: _Object, element: Element) -> None:
    name, parent = element.name, element.parent
    if parent == "spPr" and name == "noFill":
        found.is_hollow = True
    elif parent in ("spPr", "grpSpPr") and name.endswith("Fill"):
        found.is_filled = True
    elif name == "xfrm" and _number(element.attributes.get("rot", "0")):
        found.is_turned = True


def _measures(name: str, said: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    if name in ("pos", "ext"):
        for key in ("x", "y", "cx", "cy"):
            if key in said:
                yield key, _number(said[key])


def _box(anchor: str, found: _Object, rulers: tuple[Ruler, Ruler]) -> _Box | None:
    """Return what an anchor encloses, None where it does not say where that is."""
    facts = found.facts
    if anchor == "absoluteAnchor" and "x" in facts:
        left, top = facts["x"] / _A_PIXEL, facts.get("y", 0) / _A_PIXEL
    elif "from row" in facts:
        left, top = _corner(facts, "from", rulers)
    else:
        return None
    if "to row" in facts:
        right, bottom = _corner(facts, "to", rulers)
    else:
        right = left + facts.get("cx", 0) / _A_PIXEL
        bottom = top + facts.get("cy", 0) / _A_PIXEL
    box = _Box(min(left, right), min(top, bottom), max(left, right), max(top, bottom))
    return _turned(box) if found.is_turned else box


def _corner(
    facts: Mapping[str, int], end: str, rulers: tuple[Ruler, Ruler]
) -> tuple[float, float]:
    rows, columns = rulers
    column, row = facts.get(f"{end} col", 0) + 1, facts.get(f"{end} row", 0) + 1
    return (
        columns.before(column) + facts.get(f"{end} colOff", 0) / _A_PIXEL,
        rows.before(row) + facts.get(f"{end} rowOff", 0) / _A_PIXEL,
    )


def _turned(box: _Box) -> _Box:
    """Return what is enclosed however an object is turned around its centre."""
    across, down = (box.right - box.left) / 2, (box.bottom - box.top) / 2
    far = max(across, down)
    x, y = box.left + across, box.top + down
    return _Box(max(0, x - far), max(0, y - far), x + far, y + far)


def _drawing(
    sheet: str, found: _Object, box: _Box, rulers: tuple[Ruler, Ruler]
) -> Drawing:
    rows, columns = rulers
    top, left = rows.at(box.top + _SLIVER), columns.at(box.left + _SLIVER)
    bottom = max(top, rows.at(box.bottom - _SLIVER))
    right = max(left, columns.at(box.right - _SLIVER))
    text = " ".join(" ".join(found.texts).split())
    is_hollow = found.kind in _HOLLOW or (found.is_hollow and not found.is_filled)
    covers = bool(text) or not is_hollow
    links = tuple(found.links)
    return Drawing(
        sheet, found.kind, top, left, bottom, right, text[:_TEXT], covers, links
    )


def _number(text: str) -> int:
    """Return a whole number, 0 for what is none."""
    stored = text.strip()
    sign = -1 if stored.startswith("-") else 1
    plain = stored.removeprefix("-")
    if not (plain.isascii() and plain.isdecimal()):
        return 0
    return sign * int(plain[:12])
