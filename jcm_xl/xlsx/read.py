"""From a checked package to a grid: which parts there are, and what each one says."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from jcm_xl.xlsx import limits, other_parts, packaging, strict
from jcm_xl.xlsx.cell_values import CellValues
from jcm_xl.xlsx.content_types import ContentTypes
from jcm_xl.xlsx.drawings import (
    chart_links,
    chart_text,
    odd_of_drawing,
    read_drawings,
    read_notes,
    small_charts,
)
from jcm_xl.xlsx.excel_limits import CELL_TEXT, size
from jcm_xl.xlsx.fast_path import quick_texts
from jcm_xl.xlsx.grid import CellTable, Drawing, Grid, Odd, Oddity, Sheet
from jcm_xl.xlsx.markup import small_part
from jcm_xl.xlsx.odd_facts import OddFacts
from jcm_xl.xlsx.package import Package, open_package
from jcm_xl.xlsx.quota import (
    SHORTEST_CELL,
    Room,
    count_cells,
    too_full,
    too_many_cells,
)
from jcm_xl.xlsx.refusal import Refusal
from jcm_xl.xlsx.relations import Relation, Relations, note_active_content, tail
from jcm_xl.xlsx.remarks import KINDS as REMARKS
from jcm_xl.xlsx.remarks import linked_text, read_remarks
from jcm_xl.xlsx.shared import Book
from jcm_xl.xlsx.sheet_part import read_sheet
from jcm_xl.xlsx.style_part import NO_STYLES, StylePart, read_style_part
from jcm_xl.xlsx.tables import odd_of_table, read_table
from jcm_xl.xlsx.texts import RunText, shared_texts
from jcm_xl.xlsx.theme import USUAL, Theme
from jcm_xl.xlsx.theme_part import read_theme
from jcm_xl.xlsx.workbook_part import ListedSheet, WorkbookPart, contradictions

_WRITTEN = ("chart", "chartEx", "chartUserShapes", "diagramData")
"""The last words of relations from a drawing, or a chart, to what has texts."""


def _is_no_form(_: str) -> bool:
    return False


def read_grid(
    source: Package | str | os.PathLike[str],
    *,
    is_quick: bool = True,
    is_form: Callable[[str], bool] = _is_no_form,
) -> Grid:
    """Return everything a check looks at; raise ``CannotRead`` with the reason.

    Without ``is_quick`` the parser reads every part; the grid is the same. ``is_form``
    tells by its name that a sheet is filled in: such may have fewer cells than others.
    """
    package = source if isinstance(source, Package) else open_package(source)
    try:
        return _BookReader(package, is_quick, is_form).read()
    except Refusal as refusal:
        raise package.refused(refusal) from None


def read_again(package: Package, before: Grid, changed: Collection[str]) -> Grid:
    """Return the grid of a book of which only the cells of some sheets are new.

    changed: their names. Everything else is taken from `before`, the same book as it
    was read whole. Raises ``CannotRead``.
    """
    try:
        return _BookReader(package, True, _is_no_form).read_again(before, changed)
    except Refusal as refusal:
        raise package.refused(refusal) from None


class _BookReader:
    """Reads the parts of one book in the order in which they depend on each other."""

    def __init__(
        self, package: Package, is_quick: bool, is_form: Callable[[str], bool]
    ) -> None:
        self._package = package
        self._is_quick = is_quick
        self._is_form = is_form
        self._odd = OddFacts()
        self._types = ContentTypes(package, self._odd)
        self._related_parts = related = Relations(package, self._odd)
        self._root = {tail(r.type): r for r in reversed(related.of(""))}
        name = self._book_relation().target
        self._relations = related.of(name)
        self._book = WorkbookPart(package, name, self._relations, self._odd)

    def read(self) -> Grid:
        self._note_package()
        styles = self._styles()
        listed = self._listed()
        self._count(listed)
        sheets = tuple(self._sheets(listed, styles))
        drawings = tuple(self._drawings(listed, sheets))
        tables = tuple(self._tables(listed))
        self._package.check_rest()
        return Grid(
            sheets=sheets,
            styles=styles.styles,
            names=self._book.names([sheet.name for sheet in listed]),
            properties=self._properties(),
            oddities=(*self._odd.all(), *_oddities(sheets), *self._pivots(listed)),
            sha256=self._package.sha256,
            is_date1904=self._book.flag("workbookPr", "date1904"),
            is_structure_protected=self._book.flag(
                "workbookProtection", "lockStructure"
            ),
            calculation=self._book.attributes("calcPr"),
            drawings=drawings,
            tables=tables,
            window=self._book.window,
        )

    def read_again(self, before: Grid, changed: Collection[str]) -> Grid:
        listed = self._book.listed()
        wanted = [sheet for sheet in listed if sheet.name in changed]
        styles = StylePart(before.styles, OddFacts())
        new = {sheet.name: sheet for sheet in self._sheets(wanted, styles)}
        sheets = tuple(new.get(sheet.name, sheet) for sheet in before.sheets)
        return replace(before, sheets=sheets, sha256=self._package.sha256)

    def _note_package(self) -> None:
        note_active_content(self._package, self._related_parts, self._types, self._odd)
        found = (
            *packaging.faults(self._package, self._types, self._related_parts),
            *other_parts.faults(
                self._package, self._types, self._related_parts,
                is_strict=self._book.is_strict,
            ),
        )  # fmt: skip
        for kind, text in found:
            self._odd.add(kind, "", text)
        if self._package.has_unlisted_bytes:
            self._odd.add(Odd.UNLISTED_BYTES)
        if self._book.is_strict:
            self._odd.add(Odd.STRICT)

    def _book_relation(self) -> Relation:
        if relation := self._root.get("officeDocument"):
            return relation
        raise Refusal(
            "no-workbook-part", "it does not say which of its parts is the workbook."
        )

    def _drawings(
        self, listed: list[ListedSheet], sheets: tuple[Sheet, ...]
    ) -> Iterator[Drawing]:
        for place, sheet in zip(listed, sheets, strict=True):
            yield from small_charts(sheet)
            for relation in self._related_parts.of(place.part):
                part = relation.target
                if relation.is_external:
                    continue
                if tail(relation.type) == "drawing":
                    found = small_part(self._package.part(part), part)
                    self._note(odd_of_drawing(found))
                    for drawing in read_drawings(found, sheet):
                        yield _with_link(drawing, sheets)
                    yield from self._texts_of(part, sheet, sheets)
                elif tail(relation.type) == "vmlDrawing":
                    yield from read_notes(self._package.part(part), sheet)
                elif tail(relation.type) in REMARKS and part in self._package:
                    yield from read_remarks(self._package.part(part), part, sheet)

    def _pivots(self, listed: list[ListedSheet]) -> Iterator[Oddity]:
        for sheet in listed:
            for relation in self._related_parts.of(sheet.part):
                if tail(relation.type) == "pivotTable":
                    yield Oddity(Odd.PIVOT_TABLE, sheet.name)

    def _texts_of(
        self, drawing: str, sheet: Sheet, sheets: tuple[Sheet, ...]
    ) -> Iterator[Drawing]:
        """Yield what is written in charts and diagrams of a drawing."""
        for relation in self._related_parts.of(drawing):
            kind, part = tail(relation.type), relation.target
            if relation.is_external or kind not in _WRITTEN:
                continue
            data = self._package.part(part)
            links = (linked_text(link, sheets) for link in chart_links(data))
            text = " | ".join(filter(None, (chart_text(data), *links)))
            yield Drawing(sheet.name, "chart", 0, 0, 0, 0, text, covers=False)
            if kind == "chart":
                yield from self._texts_of(part, sheet, sheets)

    def _tables(self, listed: list[ListedSheet]) -> Iterator[CellTable]:
        names: set[str] = set()
        for sheet in listed:
            for relation in self._related_parts.of(sheet.part):
                if tail(relation.type) == "table" and not relation.is_external:
                    part = relation.target
                    found = small_part(self._package.part(part), part)
                    self._note(odd_of_table(found))
                    table = read_table(found, sheet.name)
                    if table is None:
                        continue
                    if table.name.casefold() in names:
                        self._odd.add(Odd.TWICE, "", f"table {table.name}")
                    names.add(table.name.casefold())
                    yield table

    def _related(self, kind: str) -> str | None:
        """Return the part that the workbook part names for this purpose."""
        for relation in self._relations:
            if tail(relation.type) == kind and not relation.is_external:
                return relation.target
        return None

    def _styles(self) -> StylePart:
        part = self._related("styles")
        if part is None:
            return NO_STYLES
        found = read_style_part(self._package.part(part), part, self._theme())
        self._odd.take(found.odd)
        return found

    def _theme(self) -> Theme:
        part = self._related("theme")
        if part is None:
            return USUAL
        found = read_theme(self._package.part(part), part)
        self._note(found.odd)
        return found.theme

    def _note(self, odd: Iterable[strict.OddFact]) -> None:
        for kind, text in odd:
            self._odd.add(kind, "", text)

    def _shared(self) -> list[str]:
        part = self._related("sharedStrings")
        if part is None:
            return []
        data = self._package.part(part)
        quick = quick_texts(data) if self._is_quick else None
        texts, rest = quick or ([], data)
        texts = texts + shared_texts(rest, part, self._hear)
        for text in texts:
            if len(text) > CELL_TEXT // 2 and size(text) > CELL_TEXT:
                note = f"text of {size(text)} characters"
                self._odd.add(Odd.TOO_MUCH, "", note)
        return texts

    def _hear(self, kind: Odd) -> None:
        self._odd.add(kind, "", "in a shared text")

    def _listed(self) -> list[ListedSheet]:
        """Return the sheets that are listed; what contradicts the list is noted."""
        listed = self._book.listed()
        book_type = self._types.contradicts(
            self._book_relation().target, "officeDocument"
        )
        if book_type:
            self._odd.add(Odd.OTHER_KIND, "", self._book_relation().target)
        self._note(contradictions(self._package, self._types, self._relations, listed))
        return listed

    def _count(self, listed: list[ListedSheet]) -> None:
        """Refuse a book of too many cells before any of them is read."""
        parts = [(sheet.name, sheet.part) for sheet in listed if sheet.part]
        bytes_of_all = sum(self._package.size(part) for _, part in parts)
        if bytes_of_all <= SHORTEST_CELL * limits.FORM_CELLS:
            return  # as nearly every book
        cells = {name: count_cells(self._package.part(part)) for name, part in parts}
        forms = {name: n for name, n in cells.items() if self._is_form(name)}
        if sum(forms.values()) > limits.FORM_CELLS:
            raise too_full(forms)
        if sum(cells.values()) > limits.CELLS:
            raise too_many_cells()

    def _sheets(self, listed: list[ListedSheet], part: StylePart) -> Iterator[Sheet]:
        shared, styles = self._shared(), part.styles
        book = Book(
            values=CellValues(shared, self._book.flag("workbookPr", "date1904")),
            styles={str(style): style for style in range(len(styles.formats))},
            room=Room(),
            is_quick=self._is_quick,
            style_part=part,
            has_runs=any(type(text) is RunText for text in shared),
        )
        for sheet in listed:
            if sheet.kind != "worksheet":
                yield Sheet(sheet.name, sheet.state, kind=sheet.kind)
                continue
            data = self._package.part(sheet.part)
            keys = {relation.key for relation in self._related_parts.of(sheet.part)}
            yield read_sheet(data, sheet, keys, book)

    def _properties(self) -> dict[str, str]:
        relation = self._root.get("custom-properties") or self._root.get(
            "customProperties"
        )
        if relation is None or relation.is_external:
            return {}
        place = relation.target
        data = self._package.part(place)
        part, noted = strict.noted_part(data, place, strict.PROPERTIES)
        self._note(noted)
        values: list[str] = []
        found: dict[str, str] = {}
        for element in part.elements:
            if element.depth == 3:
                values.append(element.text)
            elif element.depth == 2:
                name = element.attributes.get("name", "")
                if name in found:
                    self._odd.add(Odd.TWICE, "", f"property {name}")
                found[name] = "".join(values)
                values = []
        return found


def _with_link(drawing: Drawing, sheets: tuple[Sheet, ...]) -> Drawing:
    """Return a drawing with the texts of the cells that it shows."""
    if not drawing.links:
        return drawing
    texts = (drawing.text, *(linked_text(link, sheets) for link in drawing.links))
    return drawing._replace(text=" ".join(filter(None, texts)), covers=True)


def _oddities(sheets: tuple[Sheet, ...]) -> Iterator[Oddity]:
    for sheet in sheets:
        yield from sheet.oddities
