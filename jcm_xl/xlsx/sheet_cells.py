"""The cells of one sheet, read as a stream: everything inside ``sheetData``.

This is the hot path: two calls for each element, one dictionary look-up for each
address. It is strict about what may stand in what, so that no nesting can go deep and
no cell can hide in another; whatever it does not know is skipped and noted.
"""

from collections.abc import Callable, Mapping

from jcm_xl.xlsx import limits
from jcm_xl.xlsx.cell_values import number
from jcm_xl.xlsx.fast_path import height_of, is_flat
from jcm_xl.xlsx.grid import Cell, CellValue, Odd, Position, address, parse_address
from jcm_xl.xlsx.markup import Part, local_name
from jcm_xl.xlsx.odd_facts import OddFacts
from jcm_xl.xlsx.quota import too_many_cells
from jcm_xl.xlsx.schema import attribute_faults
from jcm_xl.xlsx.shared import Book
from jcm_xl.xlsx.sheet_formulas import SheetFormulas
from jcm_xl.xlsx.sheet_frame import (
    TRUTHS,
    SheetFrame,
    element_among_cells,
)
from jcm_xl.xlsx.texts import TextRuns

_IN_DATA, _IN_ROW, _IN_CELL, _IN_VALUE = range(4)
_DATA_DEPTH = 2  # of sheetData itself; a row is one deeper, a cell two
_INLINE_DEPTH = _DATA_DEPTH + 3
_USUAL = frozenset(("r", "s", "t"))
_NO_ATTRIBUTES: Mapping[str, str] = {}
_new_cell = tuple.__new__  # twice as fast as Cell(...)


class SheetCells:
    """Receives the events of one ``sheetData`` and keeps the cells."""

    __slots__ = (
        "_attributes", "_cell_tag", "_converters", "_count", "_data_tag", "_formula",
        "_formula_attributes", "_formula_tag", "_formulas", "_inline", "_inline_tag",
        "_is_extended", "_leave", "_odd", "_part", "_position", "_room", "_row",
        "_row_tag", "_runs", "_skipped", "_state", "_styles", "_text", "_value_tag",
        "cells", "duplicates", "frame", "heights", "hidden_rows", "rich", "texts",
    )  # fmt: skip

    def __init__(self, part: Part, book: Book, odd: OddFacts) -> None:
        """Prepare an empty sheet."""
        self._part = part
        self._converters = book.values.by_type
        self._styles = book.styles
        self._odd = odd
        self._room = book.room
        self._formulas = SheetFormulas(part.name, odd, book.room)
        self._runs = TextRuns(
            part, "is", _INLINE_DEPTH, self._keep_inline, self._odd_text
        )
        self._row_tag, self._cell_tag = part.tag("row"), part.tag("c")
        self._value_tag, self._formula_tag = part.tag("v"), part.tag("f")
        self._inline_tag, self._data_tag = part.tag("is"), part.tag("sheetData")
        self.texts = self._runs.texts
        self.cells: dict[Position, Cell] = {}
        self.duplicates: list[Position] = []
        self.rich: list[Position] = []
        self.hidden_rows: set[int] = set()
        self.heights: dict[int, float] = {}
        self._state = _IN_DATA
        self._row = self._count = self._skipped = 0
        self._position: Position = (0, 0)
        self._attributes = self._formula_attributes = _NO_ATTRIBUTES
        self._text: str | None = None
        self._inline: str | None = None
        self._formula: str | None = None
        self._leave: Callable[[str], object] = str
        self.frame: SheetFrame | None = None
        self._is_extended = False

    @property
    def is_in_cell(self) -> bool:
        """Whether the parser stands inside a cell just now."""
        return self._state >= _IN_CELL

    @property
    def arrays(self) -> tuple[str, ...]:
        """The ranges of the array formulas."""
        return self._formulas.arrays

    def enter(self, leave: Callable[[str], object]) -> None:
        """Take over the parser until the end of ``sheetData``."""
        self._leave = leave
        self._part.parser.StartElementHandler = self._starter()
        self._part.parser.EndElementHandler = self.end

    def finish(self) -> None:
        """Complete the formulas after the last cell."""
        self._room.take_cells(len(self.cells))
        self._formulas.finish(self.cells)

    def where(self) -> str:
        """Return the address of the cell that is being read, as the file states it."""
        return self._attributes.get("r") or f"row {self._row}"

    def _starter(self) -> Callable[[str, dict[str, str]], None]:
        return self._watched_start if self.frame else self.start

    def _watched_start(self, name: str, attributes: dict[str, str]) -> None:
        """Handle a start tag after a look at the names of its attributes."""
        self.start(name, attributes)
        for key in attributes:
            if self.frame and (":" in key or " " in key):
                where = self._attributes.get("r") or f"row {self._row}"
                self.frame.attribute(key, attributes, local_name(name), where)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Handle a start tag."""
        if name == self._cell_tag:
            if self._state != _IN_ROW:
                raise self._part.broken(
                    "cell-outside-row", "a cell stands outside of a row"
                )
            self._state = _IN_CELL
            self._attributes = attributes
            if not attributes.keys() <= _USUAL:
                self._judge("c", {k: attributes[k] for k in attributes.keys() - _USUAL})
        elif name == self._value_tag:
            if self._state != _IN_CELL:
                raise self._part.broken(
                    "value-outside-cell", "a value stands outside of a cell"
                )
            self._state = _IN_VALUE
            self.texts.clear()
        elif name == self._formula_tag:
            if self._state != _IN_CELL:
                raise self._part.broken(
                    "formula-outside-cell", "a formula stands outside of a cell"
                )
            self._state = _IN_VALUE
            self._formula_attributes = attributes
            self._judge("f", attributes)
            if self._text is not None:
                self._odd.add(Odd.NOT_IN_SCHEMA, self.where(), "f behind v")
            self.texts.clear()
        elif name == self._row_tag:
            self._start_row(attributes)
        else:
            self._start_other(name)

    def _judge(self, name: str, attributes: Mapping[str, str]) -> None:
        for fault in attribute_faults(name, attributes):
            self._odd.add(Odd.NOT_IN_SCHEMA, self.where(), fault)

    def end(self, name: str) -> None:
        """Handle an end tag."""
        if name == self._value_tag:
            self._state = _IN_CELL
            if self._text is not None:
                self._odd.add(Odd.SECOND_VALUE, self.where())
            self._text = self._joined()
        elif name == self._cell_tag:
            self._state = _IN_ROW
            self._end_cell()
        elif name == self._formula_tag:
            self._state = _IN_CELL
            if self._formula is not None:
                self._odd.add(Odd.SECOND_VALUE, self.where())
            self._formula = self._joined()
        elif name == self._row_tag:
            self._state = _IN_DATA
            if len(self.cells) + len(self.duplicates) > self._room.cells:
                raise too_many_cells()
        elif name == self._data_tag:
            self._leave(name)

    def _joined(self) -> str:
        text = "".join(self.texts)
        if len(text) > limits.TEXT_CHARACTERS:
            raise self._part.broken(
                "cell-text-too-long",
                "the text of {cell} is too long",
                cell=self.where(),
            )
        return text

    def _end_cell(self) -> None:
        attributes = self._attributes
        try:
            position = parse_address(attributes["r"])
        except (KeyError, ValueError):
            position = self._implied(attributes)
        if attributes.get("r", place := address(*position)) != place:
            self._odd.add(Odd.ODD_ADDRESS, place, attributes["r"])
        if position[0] != self._row:
            self._odd.add(Odd.MISPLACED_CELL, attributes["r"])
        self._position = position
        if "vm" in attributes:
            self.rich.append(position)
        text, kind = self._text, attributes.get("t")
        value: CellValue
        if text is None:
            value = self._inline_value(kind)
        elif kind is None:
            self._text = None
            value = number(text, self._report)
        else:
            self._text = None
            value = self._converted(kind, text)
        formula = self._formula
        if formula is not None:
            self._formula = None
            formula = self._stated(formula.removeprefix("="))
        try:
            style = self._styles[attributes["s"]] if "s" in attributes else 0
        except KeyError:
            style = self._unusual_style(attributes["s"])
        self.cells[position] = _new_cell(Cell, (value, formula, style))
        self._count += 1
        if len(self.cells) != self._count:
            self._count -= 1
            self.duplicates.append(position)
            self._odd.add(Odd.DUPLICATE_CELL, address(*position))

    def _converted(self, kind: str, text: str) -> CellValue:
        if kind in self._converters:
            return self._converters[kind](text, self._report)
        self._report(Odd.BAD_VALUE, text)
        return text

    def _inline_value(self, kind: str | None) -> CellValue:
        text, self._inline = self._inline, None
        if kind is not None and kind not in self._converters:
            self._report(Odd.NOT_IN_SCHEMA, f"t={kind} of c")
        if text is None:
            return None
        if kind != "inlineStr":
            self._report(Odd.BAD_VALUE, "a text that the cell does not announce")
            return None
        return text

    def _stated(self, text: str) -> str | None:
        attributes = self._formula_attributes
        if attributes:
            return self._formulas.formula(self._position, attributes, text) or None
        if not text:
            self._report(Odd.BAD_VALUE, "a formula without text")
        return text or None

    def _implied(self, attributes: Mapping[str, str]) -> Position:
        """Return the place after the last cell, where a cell without address stands."""
        if "r" in attributes:
            raise self._part.broken(
                "impossible-address", "a cell has an impossible address"
            )
        row, column = self._position
        if row != self._row:
            return self._row, 1
        if column >= limits.COLUMNS:
            raise self._part.broken("row-too-long", "a row is too long")
        return row, column + 1

    def _unusual_style(self, stored: str) -> int:
        number_text = stored.strip().lstrip("0") or "0"
        if not stored:
            self._report(Odd.NOT_IN_SCHEMA, "s= of c")
        if number_text in self._styles:
            return self._styles[number_text]
        if number_text != "0":
            self._report(Odd.BAD_STYLE, stored)
        return 0

    def _report(self, kind: Odd, text: str) -> None:
        self._odd.add(kind, address(*self._position), text)

    def _start_row(self, attributes: dict[str, str]) -> None:
        if self._state != _IN_DATA:
            raise self._part.broken("row-in-row", "a row stands in a row")
        self._state = _IN_ROW
        stored = attributes.get("r")
        if stored is None:
            self._row += 1
        elif stored.isdecimal() and stored.isascii() and len(stored) < 9:
            self._row = int(stored)
        else:
            raise self._part.broken("impossible-row", "a row has an impossible number")
        if not 0 < self._row <= limits.ROWS:
            raise self._part.broken("impossible-row", "a row has an impossible number")
        self._attributes = _NO_ATTRIBUTES
        self._judge("row", attributes)
        hidden, height = attributes.get("hidden"), height_of(attributes.get("ht"))
        if height is not None:
            self.heights[self._row] = height
        if hidden in ("1", "true") or is_flat(height):
            self.hidden_rows.add(self._row)
            self.heights[self._row] = 0.0
        elif hidden not in TRUTHS:
            self._odd.add(Odd.BAD_SETTING, f"row {self._row}", "hidden of row")

    def _start_other(self, name: str) -> None:
        if self._state == _IN_VALUE:
            raise self._part.broken(
                "element-in-value", "an element stands inside a value"
            )
        parser = self._part.parser
        if name == self._inline_tag and self._state == _IN_CELL:
            self._state = _IN_VALUE
            parser.StartElementHandler = self._runs.start
            parser.EndElementHandler = self._runs.end
            self._runs.enter()
            return
        is_extension = name.endswith("extLst")
        if not is_extension:
            place = self.where() if self._state == _IN_CELL else ""
            kind = element_among_cells(name, self._part.is_foreign(name))
            self._odd.add(kind, place, name.rpartition(" ")[2])
        self._skipped = 1
        self._is_extended = is_extension and self._state == _IN_CELL
        parser.StartElementHandler = self._skip_start
        parser.EndElementHandler = self._skip_end

    def _odd_text(self, kind: Odd) -> None:
        self._odd.add(kind, self.where())

    def _keep_inline(self, text: str) -> None:
        if self._inline is not None or self._text is not None:
            self._odd.add(Odd.SECOND_VALUE, self.where())
        self._inline = text
        self._state = _IN_CELL
        self._resume()

    def _skip_start(self, _: str, __: object) -> None:
        self._skipped += 1
        if _DATA_DEPTH + self._state + self._skipped > limits.XML_DEPTH:
            raise self._part.too_deep()

    def _skip_end(self, _: str) -> None:
        self._skipped -= 1
        if not self._skipped:
            self._resume()
            if self._is_extended:
                self._part.parser.StartElementHandler = self._start_behind

    def _start_behind(self, name: str, attributes: dict[str, str]) -> None:
        """Handle the start tag after an extension, which is the last of a cell."""
        self._part.parser.StartElementHandler = self._starter()
        if self._state == _IN_CELL:
            fault = f"{local_name(name)} behind an extension"
            self._odd.add(Odd.NOT_IN_SCHEMA, self.where(), fault)
        self._starter()(name, attributes)

    def _resume(self) -> None:
        self._part.parser.StartElementHandler = self._starter()
        self._part.parser.EndElementHandler = self.end
