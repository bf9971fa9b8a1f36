"""What Excel does not take though no schema says so: lengths, overlaps, names, caches.

Microsoft, "Excel specifications and limits", and what Excel refuses in its own windows;
each line is one rule. `faults` reads the parts with the standard library alone, so it
shares no mistake with our reader.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from itertools import combinations
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_LIMITS = {
    "formula": 8_192, "text in a formula": 255, "text of a cell": 32_767,
    "sheet name": 31, "defined name": 255, "validation title": 32,
    "validation message": 255, "validation formula": 255, "header or footer": 255,
}  # fmt: skip
_NESTED, _ARGUMENTS, _STYLES, _FONTS = 64, 255, 65_490, 1_024
_TALLEST, _WIDEST = 409.5, 255.0
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
_NAME = re.compile(r"[A-Za-z_\\][A-Za-z0-9_.\\?]*\Z")
_LIKE_A_CELL = re.compile(r"(?:[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*|[RrCc])\Z")
_TEXT = re.compile(r'"((?:[^"]|"")*)"')
_AREA = re.compile(r"([A-Z]+)([0-9]+)(?::([A-Z]+)([0-9]+))?\Z")
_Element = ElementTree.Element
_Area = tuple[int, int, int, int]


def faults(data: bytes) -> list[str]:
    """Return what Excel would not take of a book, one line each."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        parts = {
            name: ElementTree.fromstring(archive.read(name))
            for name in names
            if name.endswith((".xml", ".rels"))
        }
    found = [f"{name} stands twice" for name in names if names.count(name) > 1]
    found += _package(parts, set(names))
    book = parts["xl/workbook.xml"]
    found += _book(book)
    styles = parts["xl/styles.xml"]
    count = len(styles.findall(f"{_MAIN}cellXfs/{_MAIN}xf"))
    found += _styles(styles, count)
    for name, root in parts.items():
        if name.startswith("xl/worksheets/"):
            found += (f"{name}: {text}" for text in _sheet(root, count))
        if name == "xl/sharedStrings.xml":
            found += _texts(root)
    return found


def _long(what: str, text: str | None) -> Iterator[str]:
    size = len((text or "").encode("utf-16-le")) // 2
    if size > _LIMITS[what]:
        yield f"{what} of {size} characters: {(text or '')[:40]}"


def _package(parts: Mapping[str, _Element], names: set[str]) -> Iterator[str]:
    types = parts["[Content_Types].xml"]
    stated = {e.get("PartName", "").lstrip("/") for e in types} - {""}
    endings = {e.get("Extension", "") for e in types} - {""}
    yield from (f"a type for {name}, which is not there" for name in stated - names)
    for name in names - {*stated, "[Content_Types].xml"}:
        if name.rpartition(".")[2] not in endings:
            yield f"{name} has no content type"
    for name, root in parts.items():
        if name.endswith(".rels"):
            keys = [e.get("Id") for e in root]
            yield from (f"{name}: {k} twice" for k in {*keys} if keys.count(k) > 1)


def _book(book: _Element) -> Iterator[str]:
    sheets = [e.get("name", "") for e in book.iter(f"{_MAIN}sheet")]
    folded = [name.lower() for name in sheets]
    yield from (f"two sheets {n}" for n in {*folded} if folded.count(n) > 1)
    for name in sheets:
        yield from _long("sheet name", name)
        if not name or _NOT_IN_SHEET_NAMES.search(name):
            yield f"sheet name {name}"
    names = [
        (e.get("name", ""), e.get("localSheetId"))
        for e in book.iter(f"{_MAIN}definedName")
    ]
    folded_names = [(name.lower(), local) for name, local in names]
    yield from (f"two names {n}" for n in {*folded_names} if folded_names.count(n) > 1)
    for name, _ in names:
        plain = name.removeprefix("_xlnm.")
        yield from _long("defined name", name)
        if not _NAME.match(plain) or _LIKE_A_CELL.match(plain):
            yield f"defined name {name}"


def _styles(styles: _Element, count: int) -> Iterator[str]:
    if count > _STYLES:
        yield f"{count} cell styles"
    for lists, one, attribute in (
        ("fonts", "font", "fontId"), ("fills", "fill", "fillId"),
        ("borders", "border", "borderId"),
    ):  # fmt: skip
        there = len(styles.findall(f"{_MAIN}{lists}/{_MAIN}{one}"))
        if one == "font" and there > _FONTS:
            yield f"{there} fonts"
        for form in styles.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf"):
            if int(form.get(attribute, "0")) >= there:
                yield f"a cell style names {attribute} {form.get(attribute)} of {there}"


def _texts(root: _Element) -> Iterator[str]:
    for item in root:
        yield from _long("text of a cell", "".join(item.itertext()))


def _sheet(root: _Element, styles: int) -> Iterator[str]:
    for row in root.iter(f"{_MAIN}row"):
        if float(row.get("ht", "0")) > _TALLEST:
            yield f"row {row.get('r')} is {row.get('ht')} points high"
    for column in root.iter(f"{_MAIN}col"):
        if float(column.get("width", "0")) > _WIDEST:
            yield f"column {column.get('min')} is {column.get('width')} wide"
    for cell in root.iter(f"{_MAIN}c"):
        yield from (f"{cell.get('r')}: {text}" for text in _cell(cell, styles))
    yield from _merges(root)
    yield from _validations(root)
    yield from _conditions(root)
    for element in root.iterfind(f"{_MAIN}headerFooter/*"):
        yield from _long("header or footer", element.text)
    if len(root.findall(f"{_MAIN}drawing")) > 1:
        yield "two drawings"


def _cell(cell: _Element, styles: int) -> Iterator[str]:
    if int(cell.get("s", "0")) >= styles:
        yield f"style {cell.get('s')} of {styles}"
    formula, value = cell.find(f"{_MAIN}f"), cell.find(f"{_MAIN}v")
    if formula is not None:
        yield from _formula(formula.text or "")
        if value is None or (value.text is None and cell.get("t") != "str"):
            yield "a formula without its result"


def _formula(text: str) -> Iterator[str]:
    yield from _long("formula", text)
    for quoted in _TEXT.findall(text):
        yield from _long("text in a formula", quoted)
    bare = _TEXT.sub('""', re.sub(r"'(?:[^']|'')*'", "x", text))
    if re.search(r"\de[+-]?\d", bare):
        yield f"a small e in a number of {text[:60]}"
    if "_xlfn" in bare:
        yield f"a function of later years in {text[:60]}"
    commas, deepest = [0], 0
    for sign in bare:
        if sign == "(":
            commas.append(1)
        elif sign == ")":
            commas.pop()
        elif sign == ",":
            commas[-1] += 1
        deepest = max(deepest, len(commas) - 1)
        if commas and commas[-1] > _ARGUMENTS:
            yield f"more than {_ARGUMENTS} arguments"
            return
    if deepest > _NESTED:
        yield f"brackets {deepest} deep"


def _merges(root: _Element) -> Iterator[str]:
    found = [_area(e.get("ref", "")) for e in root.iter(f"{_MAIN}mergeCell")]
    yield from (f"one merged cell {a}" for a in found if a[:2] == a[2:])
    yield from (
        f"merges {a} and {b} overlap" for a, b in combinations(found, 2) if _meet(a, b)
    )


def _validations(root: _Element) -> Iterator[str]:
    areas: list[_Area] = []
    for rule in root.iter(f"{_MAIN}dataValidation"):
        for title in ("promptTitle", "errorTitle"):
            yield from _long("validation title", rule.get(title))
        for text in ("prompt", "error"):
            yield from _long("validation message", rule.get(text))
        for formula in rule:
            yield from _long("validation formula", formula.text)
            yield from _formula(formula.text or "")
        areas += map(_area, rule.get("sqref", "").split())
    yield from _overlaps("validations", areas)


def _conditions(root: _Element) -> Iterator[str]:
    rules = list(root.iter(f"{_MAIN}cfRule"))
    orders = [rule.get("priority") for rule in rules]
    if len({*orders}) != len(orders):
        yield "two conditions of one priority"
    for rule in rules:
        for formula in rule.iterfind(f"{_MAIN}formula"):
            yield from _formula(formula.text or "")


def _area(text: str) -> _Area:
    match = _AREA.match(text)
    assert match, text
    left, top, right, bottom = match.groups()
    first = int(top), _column(left)
    last = (int(bottom), _column(right)) if right else first
    return (*first, *last)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _overlaps(what: str, areas: list[_Area]) -> Iterator[str]:
    for one, other in combinations(areas, 2):
        if _meet(one, other):
            yield f"{what} {one} and {other} overlap"


def _meet(a: _Area, b: _Area) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]
