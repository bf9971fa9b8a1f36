"""From a checked package to a grid: which parts there are, and what each one says."""

import os
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jcm_xl.xlsx.cell_styles import Styles, read_styles
from jcm_xl.xlsx.cell_values import CellValues
from jcm_xl.xlsx.drawings import read_drawings
from jcm_xl.xlsx.fast_path import quick_texts
from jcm_xl.xlsx.grid import Drawing, Grid, Odd, Oddity, Sheet
from jcm_xl.xlsx.markup import MAIN, STRICT_MAIN, Element, elements
from jcm_xl.xlsx.odd_facts import OddFacts
from jcm_xl.xlsx.package import Package, open_package
from jcm_xl.xlsx.quota import Room
from jcm_xl.xlsx.refusal import Refusal, shown
from jcm_xl.xlsx.relations import Relation, Relations, note_active_content
from jcm_xl.xlsx.shared import Book
from jcm_xl.xlsx.sheet_part import read_sheet
from jcm_xl.xlsx.texts import shared_texts

_TRUE = ("1", "true")
_STATES = ("visible", "hidden", "veryHidden")


def read_grid(
    source: Package | str | os.PathLike[str], *, is_quick: bool = True
) -> Grid:
    """Return everything a check looks at; raise ``CannotRead`` with the reason.

    Without ``is_quick`` the parser reads every part; the grid is the same.
    """
    package = source if isinstance(source, Package) else open_package(source)
    try:
        return _BookReader(package, is_quick).read()
    except Refusal as refusal:
        raise package.refused(refusal) from None


class _Listed(NamedTuple):
    """A sheet as the workbook part lists it."""

    name: str
    state: str
    kind: str
    part: str


class _BookReader:
    """Reads the parts of one book in the order in which they depend on each other."""

    def __init__(self, package: Package, is_quick: bool) -> None:
        self._package = package
        self._is_quick = is_quick
        self._odd = OddFacts()
        self._related_parts = related = Relations(package)
        self._root = {_tail(r.type): r for r in reversed(related.of(""))}
        self._book_part = self._book_relation().target
        self._relations = related.of(self._book_part)
        part = package.part(self._book_part)
        self._elements = [
            element
            for element in elements(part, self._book_part)
            if element.namespace in (MAIN, STRICT_MAIN)
        ]

    def read(self) -> Grid:
        note_active_content(self._package, self._related_parts, self._odd)
        if self._package.has_unlisted_bytes:
            self._odd.add(Odd.UNLISTED_BYTES)
        if any(element.namespace == STRICT_MAIN for element in self._elements):
            self._odd.add(Odd.STRICT)
        styles = self._styles()
        listed = list(self._listed())
        sheets = tuple(self._sheets(listed, styles))
        self._package.check_rest()
        return Grid(
            sheets=sheets,
            styles=styles,
            names=dict(self._names([sheet.name for sheet in listed])),
            properties=self._properties(),
            oddities=self._odd.all() + tuple(_oddities(sheets)),
            sha256=self._package.sha256,
            is_date1904=self._flag("workbookPr", "date1904"),
            is_structure_protected=self._flag("workbookProtection", "lockStructure"),
            calculation=self._attributes("calcPr"),
            drawings=tuple(self._drawings(listed)),
        )

    def _book_relation(self) -> Relation:
        if relation := self._root.get("officeDocument"):
            return relation
        raise Refusal(
            "no-workbook-part", "it does not say which of its parts is the workbook."
        )

    def _attributes(self, element_name: str) -> Mapping[str, str]:
        for element in self._elements:
            if element.depth == 2 and element.name == element_name:
                return element.attributes
        return {}

    def _drawings(self, listed: list[_Listed]) -> Iterator[Drawing]:
        for sheet in listed:
            for relation in self._related_parts.of(sheet.part):
                if _tail(relation.type) == "drawing" and not relation.is_external:
                    part = relation.target
                    yield from read_drawings(self._package.part(part), part, sheet.name)

    def _flag(self, element_name: str, attribute: str) -> bool:
        return any(
            element.attributes.get(attribute) in _TRUE
            for element in self._elements
            if element.depth == 2 and element.name == element_name
        )

    def _related(self, tail: str) -> str | None:
        """Return the part that the workbook part names for this purpose."""
        for relation in self._relations:
            if _tail(relation.type) == tail and not relation.is_external:
                return relation.target
        return None

    def _styles(self) -> Styles:
        part = self._related("styles")
        return read_styles(self._package.part(part), part) if part else Styles()

    def _shared(self) -> list[str]:
        part = self._related("sharedStrings")
        if part is None:
            return []
        data = self._package.part(part)
        quick = quick_texts(data) if self._is_quick else None
        if quick is None:
            return shared_texts(data, part, self._hear)
        texts, rest = quick
        return texts + shared_texts(rest, part, self._hear)

    def _hear(self, kind: Odd) -> None:
        self._odd.add(kind, "", "in a shared text")

    def _listed(self) -> Iterator[_Listed]:
        by_key = {relation.key: relation for relation in self._relations}
        parts: set[str] = set()
        names: set[str] = set()
        for element in self._elements:
            if not _is_listed(element, "sheets", "sheet"):
                continue
            sheet = _listed(element, by_key)
            if sheet.part.lower() in parts:
                raise Refusal(
                    "part-of-two-sheets",
                    "its sheet {sheet} shares its part with another sheet.",
                    sheet=shown(sheet.name),
                )
            if sheet.name.lower() in names:
                self._odd.add(Odd.SAME_SHEET_NAME, "", sheet.name)
            parts.add(sheet.part.lower())
            names.add(sheet.name.lower())
            yield sheet
        if not parts:
            raise Refusal("no-sheets", "it has no sheets.")

    def _sheets(self, listed: list[_Listed], styles: Styles) -> Iterator[Sheet]:
        book = Book(
            values=CellValues(self._shared(), self._flag("workbookPr", "date1904")),
            styles={str(style): style for style in range(len(styles.formats))},
            room=Room(),
            is_quick=self._is_quick,
        )
        for sheet in listed:
            if sheet.kind != "worksheet":
                yield Sheet(sheet.name, sheet.state, kind=sheet.kind)
                continue
            data = self._package.part(sheet.part)
            yield read_sheet(data, sheet.part, sheet.name, sheet.state, book)

    def _names(self, sheets: list[str]) -> Iterator[tuple[str, str]]:
        for element in self._elements:
            if not _is_listed(element, "definedNames", "definedName"):
                continue
            name = element.attributes.get("name", "")
            sheet = element.attributes.get("localSheetId", "")
            if sheet.isdecimal() and len(sheet) < 6 and int(sheet) < len(sheets):
                name = f"{sheets[int(sheet)]}!{name}"
            yield name, element.text

    def _properties(self) -> dict[str, str]:
        relation = self._root.get("custom-properties") or self._root.get(
            "customProperties"
        )
        if relation is None or relation.is_external:
            return {}
        values: list[str] = []
        found = {}
        for element in elements(self._package.part(relation.target), relation.target):
            if element.depth == 3:
                values.append(element.text)
            elif element.depth == 2:
                found[element.attributes.get("name", "")] = "".join(values)
                values = []
        return found


def _listed(element: Element, by_key: dict[str, Relation]) -> _Listed:
    """Return a listed sheet with the part that its relation names."""
    name = element.attributes.get("name", "")
    key = next(
        (v for k, v in element.attributes.items() if k.endswith("relationships id")), ""
    )
    relation = by_key.get(key)
    if relation is None or relation.is_external:
        raise Refusal(
            "sheet-without-part", "its sheet {sheet} has no part.", sheet=shown(name)
        )
    state = element.attributes.get("state", "visible")
    kind = _tail(relation.type)
    if kind.lower().endswith("macrosheet"):
        kind = "macrosheet"
    return _Listed(
        name, state if state in _STATES else "visible", kind, relation.target
    )


def _is_listed(element: Element, parent: str, name: str) -> bool:
    """Tell whether an element of the workbook part is a member of this list."""
    return (element.depth, element.parent, element.name) == (3, parent, name)


def _tail(relation_type: str) -> str:
    return relation_type.rpartition("/")[2]


def _oddities(sheets: tuple[Sheet, ...]) -> Iterator[Oddity]:
    for sheet in sheets:
        yield from sheet.oddities
