"""XML parts that belong to a book but are not read to their end.

Properties, themes, drawings and charts hold no figure, but a book in which one of them
is broken, or breaks its schema, is opened by no Excel, or only after a repair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jcm_xl.xlsx.content_types import ContentTypes
from jcm_xl.xlsx.grid import Odd
from jcm_xl.xlsx.markup import STRICT_MAIN
from jcm_xl.xlsx.package import Package
from jcm_xl.xlsx.part_faults import BrokenXml, judged_part
from jcm_xl.xlsx.relations import Relations
from jcm_xl.xlsx.strict import OddFact

_ROOTS = {
    "core-properties+xml": "coreProperties",
    "extended-properties+xml": "Properties",
    "custom-properties+xml": "Properties",
    "theme+xml": "theme",
    "drawing+xml": "wsDr",
    "drawingml.chart+xml": "chartSpace",
    "comments+xml": "comments",
    "table+xml": "table",
    "calcchain+xml": "calcChain",
}
"""The root of a part, by the end of its content type in lower case."""
_SPACES = {
    "core-properties+xml": ("metadata/core-properties",),
    "extended-properties+xml": (
        "officeDocument/2006/extended-properties",
        "officeDocument/extendedProperties",
    ),
    "custom-properties+xml": (
        "officeDocument/2006/custom-properties",
        "officeDocument/customProperties",
    ),
    "theme+xml": ("drawingml/2006/main", "drawingml/main"),
    "drawing+xml": (
        "drawingml/2006/spreadsheetDrawing",
        "drawingml/spreadsheetDrawing",
    ),
    "drawingml.chart+xml": ("drawingml/2006/chart", "drawingml/chart"),
    "comments+xml": ("spreadsheetml/2006/main", "spreadsheetml/main"),
    "table+xml": ("spreadsheetml/2006/main", "spreadsheetml/main"),
    "calcchain+xml": ("spreadsheetml/2006/main", "spreadsheetml/main"),
}
"""How the name space of that root ends: transitional or strict."""
_CELLS = ("worksheet+xml", "styles+xml", "sharedstrings+xml")
_READ = ("main+xml", "worksheet+xml", "styles+xml", "sharedstrings+xml",
         "relationships+xml")  # fmt: skip
_OF_PACKAGE = ("[content_types].xml", ".rels")
_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)""")
_ALLOWED = ("utf-8", "utf-16")
_HEAD = 4_096
_KEYS = re.compile(rb'<[^<>]*?\sr:(?:id|embed|link)="([^"]+)"')


def faults(
    package: Package, types: ContentTypes, related: Relations, *, is_strict: bool
) -> Iterator[OddFact]:
    """Yield parts that are broken, of another kind or in another encoding.

    is_strict: whether the workbook is of strict Open XML, as all of its parts then are.
    """
    linked = {r.target.lower() for r in related if not r.is_external}
    for name in package.names:
        stated = types.of(name)
        is_of_package = name.lower().endswith(_OF_PACKAGE)
        is_xml = stated.endswith("xml") and name.lower() in linked
        if not is_xml and not is_of_package:
            continue
        head = package.head(name, _HEAD)
        declared = _DECLARED.match(head.removeprefix(b"\xef\xbb\xbf")[:200])
        if declared and declared[1].decode("latin-1").lower() not in _ALLOWED:
            yield Odd.OTHER_ENCODING, f"{declared[1].decode('latin-1')} in {name}"
        if head[:2] in (b"<\0", b"\0<"):
            yield Odd.OTHER_ENCODING, f"UTF-16 without its mark in {name}"
        if stated.endswith(_CELLS) and (STRICT_MAIN.encode() in head) != is_strict:
            yield Odd.BROKEN_PART, name
        if not is_of_package and not stated.endswith(_READ):
            yield from _unread(package.part(name), name, stated, related)


def _unread(
    data: bytes, name: str, stated: str, related: Relations
) -> Iterator[OddFact]:
    """Judge a part that nobody reads to its end, and the relations that it names."""
    try:
        judged = judged_part(data)
    except BrokenXml:
        yield Odd.BROKEN_PART, name
    else:
        if not _fits(judged.root, stated):
            yield Odd.BROKEN_PART, name
        for fault in judged.faults:
            yield Odd.NOT_IN_SCHEMA, f"{fault} in {name}"
    named = {key.decode("utf-8", "replace") for key in _KEYS.findall(data)}
    for key in sorted(named - {relation.key for relation in related.of(name)}):
        yield Odd.BAD_RELATION, f"{name} names {key}, which is no relation of it"


def _fits(root: str, stated: str) -> bool:
    """Tell whether a root is that of this kind of part; some have none of their own."""
    kind = next((ending for ending in _ROOTS if stated.endswith(f".{ending}")), "")
    space, _, local = root.rpartition(" ")
    return not kind or (
        local == _ROOTS[kind] and space.endswith(_SPACES.get(kind, ("",)))
    )
