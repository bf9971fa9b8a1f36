"""The rules of packages: types, relations and names of parts (ECMA-376 part 2).

The numbers in brackets are those of the rules in its annex H. A part is what the list
of types knows; whatever else lies in the archive is no part, and programs differ in
what they do with it.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator

from jcm_xl.xlsx.content_types import CONTENT_TYPES, ContentTypes
from jcm_xl.xlsx.grid import Odd
from jcm_xl.xlsx.package import Package
from jcm_xl.xlsx.relations import Relation, Relations, tail
from jcm_xl.xlsx.strict import OddFact

_OOXML = "application/vnd.openxmlformats-officedocument."
_SHEETS = f"{_OOXML}spreadsheetml."
_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
_MAIN = {
    ".xlsx": f"{_SHEETS}sheet.main+xml",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    ".xltx": f"{_SHEETS}template.main+xml",
    ".xltm": "application/vnd.ms-excel.template.macroEnabled.main+xml",
    ".xlam": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
}
"""The type of the workbook part, by the ending of the file's name."""
_EXPECTED = {
    "worksheet": f"{_SHEETS}worksheet+xml",
    "chartsheet": f"{_SHEETS}chartsheet+xml",
    "styles": f"{_SHEETS}styles+xml",
    "sharedstrings": f"{_SHEETS}sharedStrings+xml",
    "theme": f"{_OOXML}theme+xml",
    "core-properties": "application/vnd.openxmlformats-package.core-properties+xml",
    "extended-properties": f"{_OOXML}extended-properties+xml",
    "custom-properties": f"{_OOXML}custom-properties+xml",
    "drawing": f"{_OOXML}drawing+xml",
    "chart": f"{_OOXML}drawingml.chart+xml",
    "comments": f"{_SHEETS}comments+xml",
    "table": f"{_SHEETS}table+xml",
    "calcchain": f"{_SHEETS}calcChain+xml",
    "externallink": f"{_SHEETS}externalLink+xml",
}
"""The type of a part, by the last word of the relation that names it."""
_READ = ("_rels/", "xl/_rels/")
"""Where the relations stand of which `contradictions` tells what is of another kind."""
_ONE_OF_THE_PACKAGE = ("core-properties", "extended-properties")
_SEGMENT = re.compile(
    r"(?:[\w\-.~!$&'()*+,;=:@]|[^\x00-\x7f]|%(?!2[Ff]|5[Cc])[0-9A-Fa-f]{2})+"
)
_NEEDLESS_ESCAPE = re.compile(
    "%(?:4[1-9A-Fa-f]|5[0-9Aa]|6[1-9A-Fa-f]|7[0-9Aa]|3[0-9]|2[DdEe]|5[Ff]|7[Ee])"
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def faults(
    package: Package, types: ContentTypes, related: Relations
) -> Iterator[OddFact]:
    """Yield what breaks a rule of packages."""
    linked = {r.target.lower() for r in related if not r.is_external}
    yield from _names(package)
    for name in package.names:
        if name != CONTENT_TYPES:
            yield from _untyped(name, types, linked)
    for part, relations in related.parts():
        yield from _source(package, part)
        for relation in relations:
            where = f"{relation.key or '-'} in {part}"
            yield from _relation(package, relation, where)
            is_read = part.lower().startswith(_READ)
            yield from _type(package, types, relation, is_read)
    yield from _more_than_one(related)


def _untyped(name: str, types: ContentTypes, linked: set[str]) -> Iterator[OddFact]:
    """Every part has a content type [M2.4]; relations have theirs [M1.30]."""
    stated = types.of(name)
    if name.lower().endswith(".rels"):
        if stated != _RELATIONS:
            yield Odd.OTHER_TYPE, _said(name, stated)
    elif not stated:
        kind = Odd.OTHER_TYPE if name.lower() in linked else Odd.NO_PART
        yield kind, _said(name, stated)


def _said(name: str, stated: str) -> str:
    return f"{name}: {stated or 'none'}"


def _type(
    package: Package, types: ContentTypes, relation: Relation, is_read: bool
) -> Iterator[OddFact]:
    """A part has the type that its relation asks for; what is read is told there."""
    if relation.is_external or relation.target not in package:
        return
    kind, stated = tail(relation.type), types.of(relation.target)
    if kind == "officeDocument":
        expected = _MAIN.get(os.path.splitext(package.path)[1].lower(), "")
        if not expected and stated in {main.lower() for main in _MAIN.values()}:
            return
    else:
        expected = _EXPECTED.get(kind.lower(), "")
        if not expected:
            return
    if (
        stated
        and stated != expected.lower()
        and not (is_read and types.contradicts(relation.target, kind))
    ):
        yield Odd.OTHER_TYPE, _said(relation.target, stated)


def _source(package: Package, part: str) -> Iterator[OddFact]:
    """Relations belong to a part that is there, and to no relations [M1.25, M1.30]."""
    folder, _, name = part.rpartition("_rels/")
    source = folder + name[: -len(".rels")]
    if part.lower() == "_rels/.rels":
        return
    if source.lower().endswith(".rels") or source not in package:
        yield Odd.BAD_RELATION, f"{part} is of no part"


def _relation(package: Package, relation: Relation, where: str) -> Iterator[OddFact]:
    """A target is a part that is there, and no relations [M1.25, M1.28, M1.29]."""
    if relation.is_external or relation.stated.startswith("#"):
        return
    if relation.target.lower().endswith(".rels"):
        yield Odd.BAD_RELATION, f"{where} names relations"
    elif _SCHEME.match(relation.stated):
        yield Odd.BAD_RELATION, f"{where} names no part: {relation.stated}"
    elif relation.stated and relation.target not in package:
        yield Odd.BAD_RELATION, f"{where}: {relation.stated} is not there"


def _names(package: Package) -> Iterator[OddFact]:
    """Names of parts follow a grammar, and none continues another [M1.6 to M1.11]."""
    folded = {name.lower() for name in package.names}
    yield from ((Odd.BAD_PART_NAME, name) for name in package.misspelled)
    for name in package.names:
        if name == CONTENT_TYPES:
            continue
        segments = name.split("/")
        is_sound = (
            all(_SEGMENT.fullmatch(s) and not s.endswith(".") for s in segments)
            and not _NEEDLESS_ESCAPE.search(name)
        )  # fmt: skip
        if not is_sound:
            yield Odd.BAD_PART_NAME, name
        for count in range(1, len(segments)):
            if "/".join(segments[:count]).lower() in folded:
                yield Odd.BAD_PART_NAME, name


def _more_than_one(related: Relations) -> Iterator[OddFact]:
    """A package has its properties once [M4.1; part 1, 15.2.12]."""
    counts = Counter(tail(relation.type).lower() for relation in related.of(""))
    for kind in _ONE_OF_THE_PACKAGE:
        if counts[kind] > 1:
            yield Odd.TWICE, f"{kind} part in _rels/.rels"
