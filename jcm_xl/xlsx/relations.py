"""How the parts of a package hang together, and what in it could act by itself."""

import posixpath
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from jcm_xl.xlsx.grid import Odd
from jcm_xl.xlsx.markup import Element, elements
from jcm_xl.xlsx.odd_facts import OddFacts
from jcm_xl.xlsx.package import Package

CONTENT_TYPES = "[Content_Types].xml"

# Looked for in relation types and content types, both in lower case.
_ACTIVE = {
    "vbaproject": Odd.MACROS,
    "macrosheet": Odd.MACRO_SHEET,
    "externallink": Odd.EXTERNAL_LINK,
    "oleobject": Odd.OLE_OBJECT,
    "activex": Odd.ACTIVE_X,
    "relationships/control": Odd.ACTIVE_X,
    "connections": Odd.CONNECTION,
    "querytable": Odd.QUERY,
    "webextension": Odd.WEB_EXTENSION,
    "extensibility": Odd.CUSTOM_RIBBON,
    "dialogsheet": Odd.MACRO_SHEET,
    "powerpivot": Odd.QUERY,
    "volatiledependencies": Odd.CONNECTION,  # the last answers of RTD servers
    "webimage": Odd.REMOTE_CONTENT,
    "xmlmaps": Odd.XML_MAP,
}
_HARMLESS_LINKS = ("http:", "https:", "mailto:", "#")
_ACTIVE_BYTES = tuple(word.encode() for word in _ACTIVE)
_MASHUP = (b"DataMashup", "DataMashup".encode("utf-16-le"))


class Relation(NamedTuple):
    """One relation of a part; the target is a part name unless it is external."""

    key: str
    type: str
    target: str
    is_external: bool


class Relations:
    """All relations of a package, by the part that they start from."""

    __slots__ = ("_by_part",)

    def __init__(self, package: Package) -> None:
        """Read every relation part once."""
        self._by_part = {
            name.lower(): _read(package, name)
            for name in package.names
            if name.lower().endswith(".rels")
        }

    def of(self, source: str) -> list[Relation]:
        """Return the relations of a part; of the package itself for an empty name."""
        folder, name = posixpath.split(source)
        return self._by_part.get(
            posixpath.join(folder, "_rels", f"{name}.rels").lower(), []
        )

    def __iter__(self) -> Iterator[Relation]:
        """Go through the relations of all parts."""
        for found in self._by_part.values():
            yield from found


def _read(package: Package, name: str) -> list[Relation]:
    folder = name.rpartition("_rels/")[0]
    return [
        _relation(element.attributes, folder)
        for element in elements(package.part(name), name)
        if element.depth == 2 and element.name == "Relationship"
    ]


def note_active_content(package: Package, related: Relations, odd: OddFacts) -> None:
    """Note everything in the package that could run, load or link something."""
    told: set[tuple[Odd, str]] = set()
    for kind, detail in _active_content(package, related):
        if (kind, detail) not in told:
            told.add((kind, detail))
            odd.add(kind, "", detail)


def _active_content(package: Package, related: Relations) -> Iterator[tuple[Odd, str]]:
    for relation in related:
        yield from _of_relation(relation)
    for name in package.names:
        folded = name.lower()
        if folded.startswith("xl/externallinks/") and folded.endswith(".xml"):
            yield from _of_link(package, name)
        elif folded.startswith("customxml/") and folded.endswith(".xml"):
            part = package.part(name)
            if any(word in part for word in _MASHUP):
                yield Odd.QUERY, name
    for element in _listed_types(package):
        if part_name := element.attributes.get("PartName", "").lstrip("/"):
            content_type = element.attributes.get("ContentType", "").lower()
            for word, odd in _ACTIVE.items():
                if word in content_type:
                    yield odd, part_name


def _listed_types(package: Package) -> list[Element]:
    """Return the elements of the type list, or none if no type in it could act."""
    part = package.part(CONTENT_TYPES)
    text = part.lower()
    if b"&" in part or b"\0" in part or any(word in text for word in _ACTIVE_BYTES):
        return elements(part, CONTENT_TYPES)
    return []


def _of_relation(relation: Relation) -> list[tuple[Odd, str]]:
    kind = relation.type.lower()
    active = [odd for word, odd in _ACTIVE.items() if word in kind]
    if relation.is_external and not active:
        if not kind.endswith("/hyperlink"):
            active = [Odd.REMOTE_CONTENT]
        elif not relation.target.lower().startswith(_HARMLESS_LINKS):
            active = [Odd.FILE_LINK]
    return [(odd, relation.target) for odd in active]


def _of_link(package: Package, name: str) -> list[tuple[Odd, str]]:
    return [
        (Odd.DDE_LINK, name)
        for element in elements(package.part(name), name)
        if element.name in ("ddeLink", "oleLink")
    ]


def _part_name(folder: str, target: str) -> str:
    """Return the part that a target names from a folder (which ends in a slash)."""
    name = target if target.startswith("/") else folder + target
    if "/." in f"/{name}" or "//" in name:
        name = posixpath.normpath(f"/{name}")
    return name.lstrip("/")


def _relation(attributes: Mapping[str, str], folder: str) -> Relation:
    target = attributes.get("Target", "")
    is_external = attributes.get("TargetMode") == "External"
    if not is_external:
        target = _part_name(folder, unquote(target))
    return Relation(
        attributes.get("Id", ""), attributes.get("Type", ""), target, is_external
    )
