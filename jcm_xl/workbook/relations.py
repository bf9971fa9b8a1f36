"""How the parts of a package hang together, and what in it could act by itself."""

import posixpath
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote

from jcm_xl.workbook.grid import Odd
from jcm_xl.workbook.markup import elements
from jcm_xl.workbook.odd_facts import OddFacts
from jcm_xl.workbook.package import Package

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
}
_MASHUP = (b"DataMashup", "DataMashup".encode("utf-16-le"))


class Relation(NamedTuple):
    """One relation of a part; the target is a part name unless it is external."""

    key: str
    type: str
    target: str
    is_external: bool


def relations(package: Package, source: str) -> list[Relation]:
    """Return the relations of a part; of the package itself for an empty name."""
    folder, name = posixpath.split(source)
    part = posixpath.join(folder, "_rels", f"{name}.rels")
    if part not in package:
        return []
    return [
        _relation(element.attributes, folder)
        for element in elements(package.part(part), part)
        if element.depth == 2 and element.name == "Relationship"
    ]


def note_active_content(package: Package, odd: OddFacts) -> None:
    """Note everything in the package that could run, load or link something."""
    told: set[tuple[Odd, str]] = set()
    for kind, detail in _active_content(package):
        if (kind, detail) not in told:
            told.add((kind, detail))
            odd.add(kind, "", detail)


def _active_content(package: Package) -> list[tuple[Odd, str]]:
    found: list[tuple[Odd, str]] = []
    for name in package.names:
        folded = name.lower()
        if folded.endswith(".rels"):
            found += _of_relations(package, name)
        elif folded.startswith("xl/externallinks/") and folded.endswith(".xml"):
            found += _of_link(package, name)
        elif folded.startswith("customxml/") and folded.endswith(".xml"):
            part = package.part(name)
            found += [(Odd.QUERY, name)] * any(word in part for word in _MASHUP)
    for element in elements(package.part(CONTENT_TYPES), CONTENT_TYPES):
        content_type = element.attributes.get("ContentType", "").lower()
        part_name = element.attributes.get("PartName", "").lstrip("/")
        if part_name:
            found += [(odd, part_name) for word, odd in _ACTIVE.items()
                      if word in content_type]  # fmt: skip
    return found


def _of_relations(package: Package, name: str) -> list[tuple[Odd, str]]:
    folder, _, file = name.rpartition("_rels/")
    found = []
    for relation in relations(package, folder + file.removesuffix(".rels")):
        kind = relation.type.lower()
        active = [
            (odd, relation.target) for word, odd in _ACTIVE.items() if word in kind
        ]
        found += active
        if relation.is_external and not active and not kind.endswith("/hyperlink"):
            found.append((Odd.REMOTE_CONTENT, relation.target))
    return found


def _of_link(package: Package, name: str) -> list[tuple[Odd, str]]:
    return [
        (Odd.DDE_LINK, name)
        for element in elements(package.part(name), name)
        if element.name in ("ddeLink", "oleLink")
    ]


def _relation(attributes: Mapping[str, str], folder: str) -> Relation:
    target = attributes.get("Target", "")
    is_external = attributes.get("TargetMode") == "External"
    if not is_external:
        target = posixpath.normpath(posixpath.join("/", folder, unquote(target)))
        target = target.lstrip("/")
    return Relation(
        attributes.get("Id", ""), attributes.get("Type", ""), target, is_external
    )
