"""How the parts of a package hang together, and what in it could act by itself."""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from jcm_xl.xlsx import strict
from jcm_xl.xlsx.content_types import ContentTypes
from jcm_xl.xlsx.grid import Odd
from jcm_xl.xlsx.markup import elements
from jcm_xl.xlsx.odd_facts import OddFacts
from jcm_xl.xlsx.package import Package

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
    "digital-signature/origin": Odd.SIGNED,
}
# Signs that one program takes for themselves and another one for something else, and
# steps to this or the upper folder where they lead nowhere else.
_ODD_TARGET = re.compile(r"[%?#\\\s]|/{2}|[^/.]/\.\.?(?:/|$)|^/\.|/$")
_HARMLESS_LINKS = ("http:", "https:", "mailto:", "#")
_MASHUP = (b"DataMashup", "DataMashup".encode("utf-16-le"))


# The kinds of relations by which a part is read; the workbook has one each of some.
_READ = {
    kind.lower(): kind
    for kind in (
        "officeDocument", "worksheet", "chartsheet", "dialogsheet", "styles",
        "sharedStrings", "theme", "drawing", "vmlDrawing", "table",
        "custom-properties", "customProperties",
    )
}  # fmt: skip
_ONE_EACH = ("officedocument", "styles", "sharedstrings", "theme", "custom-properties")
_TYPES_OF_READ = frozenset(
    f"{space}/{kind}"
    for kind in _READ.values()
    for space in (strict.OFFICE_RELATIONS, strict.STRICT_RELATIONS)
)


class Relation(NamedTuple):
    """One relation of a part; the target is a part name unless it is external.

    `stated` is the target as it stands there.
    """

    key: str
    type: str
    target: str
    is_external: bool
    stated: str = ""


def tail(relation_type: str) -> str:
    """Return the last word of a relation's type, by which its kind is known."""
    return relation_type.rpartition("/")[2]


class Relations:
    """All relations of a package, by the part that they start from."""

    __slots__ = ("_by_part", "_names")

    def __init__(self, package: Package, odd: OddFacts) -> None:
        """Read every relation part once."""
        self._names = [n for n in package.names if n.lower().endswith(".rels")]
        self._by_part = {
            name.lower(): _read(package, name, odd) for name in self._names
        }

    def of(self, source: str) -> list[Relation]:
        """Return the relations of a part; of the package itself for an empty name."""
        folder, name = posixpath.split(source)
        return self._by_part.get(
            posixpath.join(folder, "_rels", f"{name}.rels").lower(), []
        )

    def parts(self) -> Iterator[tuple[str, list[Relation]]]:
        """Yield each part of relations, as spelled, with what it says."""
        for name in self._names:
            yield name, self._by_part[name.lower()]

    def __iter__(self) -> Iterator[Relation]:
        """Go through the relations of all parts."""
        for found in self._by_part.values():
            yield from found


def _read(package: Package, name: str, odd: OddFacts) -> list[Relation]:
    folder = name.rpartition("_rels/")[0]
    part, noted = strict.noted_part(package.part(name), name, strict.RELATIONS)
    for kind, text in noted:
        odd.add(kind, "", text)
    stated = [
        element.attributes
        for element in part.elements
        if element.depth == 2 and element.name == "Relationship"
    ]
    found = [_relation(attributes, folder) for attributes in stated]
    for kind, text in _contradictions(package, found, stated):
        odd.add(kind, "", f"{text} in {name}")
    return found


def _contradictions(
    package: Package, found: list[Relation], stated: list[Mapping[str, str]]
) -> Iterator[strict.OddFact]:
    """Yield what one program could read this way and another one that way."""
    yield from _keys_twice(found)
    kinds: Counter[str] = Counter()
    for relation, attributes in zip(found, stated, strict=True):
        kind = tail(relation.type).lower()
        if kind not in _READ:
            if not relation.is_external and _is_in_other_capitals(package, relation):
                yield Odd.OTHER_CAPITALS, f"{relation.stated} of {relation.key}"
            continue
        kinds[kind] += 1
        if relation.type not in _TYPES_OF_READ:
            yield Odd.FOREIGN_NAME, f"type of {relation.key}"
        if not relation.is_external:
            yield from _spelling(package, relation, attributes.get("Target", ""))
    for kind in _ONE_EACH:
        if kinds[kind] > 1:
            yield Odd.TWICE, f"{_READ[kind]} part"


def _keys_twice(found: list[Relation]) -> Iterator[strict.OddFact]:
    keys = [relation.key for relation in found]
    if len(set(keys)) != len(keys):
        for key, count in Counter(keys).items():
            if count > 1:
                yield Odd.TWICE, f"relation {key}"


def _is_in_other_capitals(package: Package, relation: Relation) -> bool:
    return not package.has_exactly(relation.target) and relation.target in package


def _spelling(
    package: Package, relation: Relation, target: str
) -> Iterator[strict.OddFact]:
    if _ODD_TARGET.search(target) or "%" in relation.target:
        yield Odd.ESCAPED_NAME, f"{target} of {relation.key}"
    elif _is_in_other_capitals(package, relation):
        yield Odd.OTHER_CAPITALS, f"{target} of {relation.key}"


def note_active_content(
    package: Package, related: Relations, types: ContentTypes, odd: OddFacts
) -> None:
    """Note everything in the package that could run, load or link something."""
    told: set[tuple[Odd, str]] = set()
    for kind, detail in _active_content(package, related, types):
        if (kind, detail) not in told:
            told.add((kind, detail))
            odd.add(kind, "", detail)


def _active_content(
    package: Package, related: Relations, types: ContentTypes
) -> Iterator[tuple[Odd, str]]:
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
    for name, word in types.parts(_ACTIVE):
        yield _ACTIVE[word], name


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
        attributes.get("Id", ""), attributes.get("Type", ""), target, is_external,
        attributes.get("Target", ""),
    )  # fmt: skip
