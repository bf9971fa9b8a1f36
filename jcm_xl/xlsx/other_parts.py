"""XML parts that belong to a book but are not read to their end.

Properties, themes, drawings and charts hold no figure, but a book in which one of them
is broken is opened by no Excel, or only after a repair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

from jcm_xl.xlsx.content_types import ContentTypes
from jcm_xl.xlsx.grid import Odd
from jcm_xl.xlsx.package import Package
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
_READ = ("main+xml", "worksheet+xml", "styles+xml", "sharedstrings+xml",
         "relationships+xml")  # fmt: skip
_OF_PACKAGE = ("[content_types].xml", ".rels")
_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)""")
_ALLOWED = ("utf-8", "utf-16")


def faults(
    package: Package, types: ContentTypes, related: Relations
) -> Iterator[OddFact]:
    """Yield parts that are broken, of another kind or in another encoding."""
    linked = {r.target.lower() for r in related if not r.is_external}
    for name in package.names:
        stated = types.of(name)
        is_of_package = name.lower().endswith(_OF_PACKAGE)
        is_xml = stated.endswith("xml") and name.lower() in linked
        if not is_xml and not is_of_package:
            continue
        data = package.part(name)
        declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf")[:200])
        if declared and declared[1].decode("latin-1").lower() not in _ALLOWED:
            yield Odd.OTHER_ENCODING, f"{declared[1].decode('latin-1')} in {name}"
        if is_of_package or stated.endswith(_READ):
            continue
        if not _is_whole(data, _root_of(stated)):
            yield Odd.BROKEN_PART, name


def _root_of(stated: str) -> str:
    ends = (ending for ending in _ROOTS if stated.endswith(f".{ending}"))
    return _ROOTS.get(next(ends, ""), "")


def _is_whole(data: bytes, root: str) -> bool:
    """Tell whether this is XML to its end, with a root of this name if there is one."""
    parser = expat.ParserCreate(None, " ")
    found: list[str] = []

    def first(name: str, _: object) -> None:
        found.append(name.rpartition(" ")[2])
        parser.StartElementHandler = None

    parser.StartElementHandler = first
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError):
        return False
    finally:
        parser.StartElementHandler = None
    return not root or found == [root]
