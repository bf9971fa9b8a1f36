"""A workbook with some cells changed in place: every other part byte for byte.

So a person's own file, or the official one, is handed in as it is, with only those
cells typed that were meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple, TypeAlias

from jcm_xl.errors import JcmError
from jcm_xl.text.days import EPOCH, EPOCH_1904, FIRST_SERIAL
from jcm_xl.xlsx.content_types import ContentTypes
from jcm_xl.xlsx.excel_limits import CELL_TEXT, size
from jcm_xl.xlsx.grid import CellValue, Grid, Odd, Position, parse_address
from jcm_xl.xlsx.markup import small_part
from jcm_xl.xlsx.odd_facts import OddFacts
from jcm_xl.xlsx.package import Package, open_bytes
from jcm_xl.xlsx.read import read_grid
from jcm_xl.xlsx.refusal import Refusal
from jcm_xl.xlsx.relations import Relations, tail
from jcm_xl.xlsx.repack import repacked
from jcm_xl.xlsx.sheet_patch import NewContent, NotPatched, SheetPatch
from jcm_xl.xlsx.workbook_part import WorkbookPart

TypedValue: TypeAlias = CellValue | int | date
Parts: TypeAlias = dict[str, bytes | None]

_CALC = re.compile(rb"<((?:\w+:)?)calcPr\b[^>]*?/?>")
_ON_LOAD = re.compile(rb"""\sfullCalcOnLoad\s*=\s*(?:"[^"]*"|'[^']*')""")
_AFTER_CALC = re.compile(
    rb"<(?:\w+:)?(?:oleSize|customWorkbookViews|pivotCaches|smartTagPr|smartTagTypes|"
    rb"webPublishing|fileRecoveryPr|webPublishObjects|extLst)\b|</(?:\w+:)?workbook\s*>"
)
_CHAIN = re.compile(rb"<(?:\w+:)?c\b[^>]*?/>")
_FACT = re.compile(rb"""\s([\w:]+)\s*=\s*["']([^"']*)["']""")


class CannotPatch(JcmError):
    """A cell that is not typed into a workbook as it stands; nothing is written."""


class CellEdit(NamedTuple):
    """One cell and what is typed into it.

    value: a number, text, truth value or day; nothing empties the cell.
    formula: without `=`; `value` is its result then.
    keeps_formula: the formula that stands there stays, `value` is its new result.
    """

    sheet: str
    cell: str
    value: TypedValue
    formula: str | None = None
    keeps_formula: bool = False


def set_cells(
    data: bytes,
    edits: Iterable[CellEdit],
    *,
    calculates_on_opening: bool = False,
    name: str = "the workbook",
) -> bytes:
    """Return a workbook with these cells changed, and nothing else of it.

    Styles, merged cells and all other parts stay as they are. A day is the serial
    number of the book's own date system where the cell shows days, else a text such as
    `2026-04-01`. Stored results of formulas are not touched unless an edit names them;
    `calculates_on_opening` has spreadsheet programs calculate all of them anew.

    Raises `CannotRead` for what is no workbook, `CannotPatch` for an unknown sheet or
    address, a cell under merged ones, one in an array formula, and a signed workbook.
    """
    book = PatchedBook(open_bytes(data, name))
    book.set(edits)
    if calculates_on_opening:
        book.calculate_on_opening()
    return book.saved()


class PatchedBook:
    """A workbook while it is changed: the parts that are new, and nothing else.

    parts: name -> new content, `None` for a part that is left out.
    """

    def __init__(self, package: Package, grid: Grid | None = None) -> None:
        """Read the list of sheets; `grid` saves reading the book again."""
        self.package = package
        self.grid = read_grid(package) if grid is None else grid
        self.parts: Parts = {}
        self._saved: tuple[tuple[tuple[str, bytes | None], ...], bytes] | None = None
        try:
            odd = OddFacts()
            ContentTypes(package, odd)
            related = Relations(package, odd)
            root = (r for r in related.of("") if tail(r.type) == "officeDocument")
            self.workbook = next(root).target
            self.relations = related.of(self.workbook)
            part = WorkbookPart(package, self.workbook, self.relations, odd)
            self.sheet_parts = {s.name: s.part for s in part.listed()}
        except Refusal as refusal:
            raise package.refused(refusal) from None
        if any(o.kind is Odd.SIGNED for o in self.grid.oddities):
            raise CannotPatch(
                f"{package.path} is signed, and its signature would not be valid any "
                "more. Take the signature off in Excel (File, Info), and sign the "
                "finished workbook."
            )

    def part(self, name: str) -> bytes:
        """Return a part as it stands now."""
        found = self.parts.get(name)
        return self.package.part(name) if found is None else found

    def set(self, edits: Iterable[CellEdit]) -> None:
        """Change cells; raise `CannotPatch`."""
        by_sheet: dict[str, dict[Position, NewContent]] = {}
        for edit in edits:
            place, content = self.content(edit)
            by_sheet.setdefault(edit.sheet, {})[place] = content
        gone: set[tuple[str, Position]] = set()
        for sheet, contents in by_sheet.items():
            part = self.sheet_parts[sheet]
            patch = SheetPatch(self.part(part))
            for place, content in contents.items():
                is_left = content.keeps_formula or content.formula is not None
                if not is_left and patch.formula_at(place):
                    gone.add((sheet, place))
            try:
                new = patch.patched(contents)
            except NotPatched as refused:
                raise CannotPatch(
                    f"{self.package.path}: '{sheet}'!{refused.cell} is not changed: "
                    f"{refused}."
                ) from None
            if new != self.part(part):
                self.parts[part] = new
        if gone:
            self._unchain(gone)

    def content(self, edit: CellEdit) -> tuple[Position, NewContent]:
        """Return where an edit goes, and what is stored there."""
        if edit.sheet not in self.sheet_parts or not self.sheet_parts[edit.sheet]:
            known = ", ".join(f"'{name}'" for name in self.sheet_parts)
            raise CannotPatch(
                f"{self.package.path} has no sheet '{edit.sheet}'; it has {known}."
            )
        try:
            place = parse_address(edit.cell)
        except ValueError as error:
            raise CannotPatch(f"'{edit.sheet}': {error}, such as E8.") from None
        value = self._stored(edit, place)
        if isinstance(value, str) and size(value) > CELL_TEXT:
            raise CannotPatch(
                f"'{edit.sheet}'!{edit.cell} takes no text of {size(value):,} "
                f"characters; a cell holds {CELL_TEXT:,}. Shorten it."
            )
        return place, NewContent(value, edit.formula, edit.keeps_formula)

    def _stored(self, edit: CellEdit, place: Position) -> CellValue:
        value = edit.value
        if isinstance(value, date):
            sheet = self.grid.sheet(edit.sheet)
            cell = sheet.cells.get(place) if sheet else None
            if cell is None or not self.grid.styles.is_date(cell.style):
                return value.isoformat()[:10]
            return serial_of(value, is_1904=self.grid.is_date1904)
        return float(value) if type(value) is int else value

    def calculate_on_opening(self) -> None:
        """Have spreadsheet programs calculate every formula as they open the book."""
        text = self.part(self.workbook)
        found = _CALC.search(text)
        if found is None:
            at = _AFTER_CALC.search(text)
            if at is None:
                raise CannotPatch(
                    f"{self.package.path}: its list of sheets has no end."
                )
            prefix = re.match(rb"</?(\w+:)?", at[0])
            p = (prefix[1] or b"") if prefix else b""
            new = text[: at.start()] + b'<%scalcPr fullCalcOnLoad="1"/>' % p
            self.parts[self.workbook] = new + text[at.start() :]
            return
        tag = _ON_LOAD.sub(b"", found[0])
        end = len(tag) - (2 if tag.endswith(b"/>") else 1)
        tag = tag[:end].rstrip() + b' fullCalcOnLoad="1"' + tag[end:]
        self.parts[self.workbook] = text[: found.start()] + tag + text[found.end() :]

    def saved(self) -> bytes:
        """Return the workbook as a file."""
        stand = tuple(self.parts.items())
        if self._saved is None or self._saved[0] != stand:
            self._saved = stand, repacked(self.package, self.parts)
        return self._saved[1]

    def _unchain(self, gone: Iterable[tuple[str, Position]]) -> None:
        """Take cells that hold no formula any more out of the order of calculation.

        Excel calls a book damaged whose list names a cell without a formula.
        """
        name = next(
            (r.target for r in self.relations if tail(r.type) == "calcChain"), ""
        )
        if name not in self.package:
            return
        numbers = {
            e.attributes.get("name"): e.attributes.get("sheetId", "")
            for e in small_part(self.part(self.workbook), self.workbook).elements
            if e.name == "sheet"
        }
        leaving = {(numbers.get(sheet, ""), place) for sheet, place in gone}
        sheet, kept = "", 0
        stated = ""

        def entry(match: re.Match[bytes]) -> bytes:
            nonlocal sheet, kept, stated
            facts = {k.decode(): v.decode() for k, v in _FACT.findall(match[0])}
            sheet = facts.get("i", sheet)
            if (sheet, parse_address(facts["r"])) in leaving:
                return b""
            kept += 1
            text = match[0]
            if "i" not in facts and sheet != stated:
                text = text[:-2] + b' i="%s"/>' % sheet.encode()
            stated = sheet
            return text

        new = _CHAIN.sub(entry, self.part(name))
        if kept:
            self.parts[name] = new
        else:
            self._leave_out(name)

    def _leave_out(self, name: str) -> None:
        """Leave out a part of which nothing is left, with what names it."""
        folder, _, file = self.workbook.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels"
        last = re.escape(name.rpartition("/")[2].encode())
        for part, element in (
            (relations, b"Relationship"),
            ("[Content_Types].xml", b"Override"),
        ):
            pattern = rb"<(?:\w+:)?%s\b[^>]*?%s[\"'][^>]*?/>" % (element, last)
            self.parts[part] = re.sub(pattern, b"", self.part(part), count=1)
        self.parts[name] = None


def serial_of(day: date, *, is_1904: bool = False) -> float:
    """Return the number by which a book of this date system stores a day."""
    if is_1904:
        return float((date(day.year, day.month, day.day) - EPOCH_1904).days)
    days = (date(day.year, day.month, day.day) - EPOCH).days
    return float(days - 1 if days < FIRST_SERIAL else days)


def changed_parts(before: bytes, after: bytes) -> Mapping[str, str]:
    """Return which parts differ between two files: name -> changed, added, gone."""
    a, b = open_bytes(before).checksums, open_bytes(after).checksums
    told = {name: "changed" for name in a.keys() & b.keys() if a[name] != b[name]}
    told |= dict.fromkeys(b.keys() - a.keys(), "added")
    return told | dict.fromkeys(a.keys() - b.keys(), "gone")
