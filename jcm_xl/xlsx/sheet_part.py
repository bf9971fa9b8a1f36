"""One worksheet part: its cells and the facts around them, in one pass."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from jcm_xl.text.known import known_part
from jcm_xl.xlsx import captions, excel_limits, limits
from jcm_xl.xlsx.captions import Captions
from jcm_xl.xlsx.cell_values import CellValues
from jcm_xl.xlsx.conditions import Conditions
from jcm_xl.xlsx.fast_path import QuickCells, quick_cells
from jcm_xl.xlsx.grid import (
    Cell,
    Odd,
    Position,
    Sheet,
    Validation,
    address,
    parse_address,
)
from jcm_xl.xlsx.markup import Part, has_longer_run, local_name
from jcm_xl.xlsx.odd_facts import OddFacts
from jcm_xl.xlsx.page import PageReader
from jcm_xl.xlsx.quick_frame import without_harmless, without_merges
from jcm_xl.xlsx.quota import Room
from jcm_xl.xlsx.schema import SchemaJudge
from jcm_xl.xlsx.shared import Book
from jcm_xl.xlsx.sheet_cells import SheetCells
from jcm_xl.xlsx.sheet_frame import (
    ONCE,
    TRUTHS,
    SheetFrame,
    has_foreign_names,
    has_prefixed_attributes,
)
from jcm_xl.xlsx.sheet_look import USUAL_LOOK, SheetLook
from jcm_xl.xlsx.strict import RELATION_KEYS
from jcm_xl.xlsx.style_part import StylePart
from jcm_xl.xlsx.texts import RunText
from jcm_xl.xlsx.workbook_part import ListedSheet

_TRUE, _FALSE = ("1", "true"), ("0", "false")
_LEAST_LETTERS = 0.5
_USUAL_NAMES = 100
_HIDING = ("hiddenRows", "hiddenColumns", "filter", "showFormulas")
_KEYS = ("r:id", *RELATION_KEYS)
_Attributes = dict[str, str]


def read_sheet(
    data: bytes, listed: ListedSheet, keys: Collection[str], book: Book
) -> Sheet:
    """Return the sheet that this part holds; `keys` are those of its relations."""
    part_name, name = listed.part, listed.name
    quick = quick_cells(data, part_name, book)
    found: QuickCells | SheetCells
    if quick:
        around = _around(quick.rest, part_name, name, frozenset(keys), book.style_part)
        odd, found = OddFacts(name), quick
        odd.take(around.odd)
        quick.finish(book.room)
    else:
        part = Part(data, part_name)
        sheet = _SheetPart(part, name, book, has_foreign_names(part, data))
        if has_prefixed_attributes(data):
            sheet.watch()
        around = sheet.read(frozenset(keys))
        odd, found = around.odd, sheet.cells
    if has_longer_run(data, excel_limits.FORMULA):
        _note_long(found.cells, odd)
    for row, height in found.heights.items():
        if height > excel_limits.ROW_HEIGHT:
            odd.add(Odd.TOO_MUCH, f"row {row}", f"{height:g} points high")
    return _whole(listed, around, odd, found, has_runs=not quick or book.has_runs)


class _Around(NamedTuple):
    """What stands around the cells of a sheet, which nobody changes."""

    merges: tuple[str, ...]
    hidden_columns: frozenset[int]
    is_protected: bool
    validations: tuple[Validation, ...]
    look: Mapping[str, Any]
    odd: OddFacts


@known_part
def _around(
    rest: bytes, part_name: str, name: str, keys: frozenset[str], styles: StylePart
) -> _Around:
    """Return what the part of a sheet says that was read without its cells.

    Sheets of one template have much of it in common, byte for byte.
    """
    frame, merges = without_merges(without_harmless(rest, styles.styles))
    part = Part(frame, part_name)
    book = Book(CellValues([], False), {}, Room(), style_part=styles)
    sheet = _SheetPart(part, name, book, has_foreign_names(part, frame), merges)
    return sheet.read(keys)


def _whole(
    listed: ListedSheet,
    around: _Around,
    odd: OddFacts,
    found: QuickCells | SheetCells,
    *,
    has_runs: bool,
) -> Sheet:
    cells = found.cells
    return Sheet(
        name=listed.name,
        state=listed.state,
        cells=cells,
        merges=around.merges,
        arrays=found.arrays,
        hidden_rows=frozenset(found.hidden_rows),
        hidden_columns=around.hidden_columns,
        is_protected=around.is_protected,
        validations=around.validations,
        duplicates=tuple(found.duplicates),
        oddities=odd.all(),
        look=SheetLook(
            heights=found.heights,
            rich=tuple(found.rich),
            has_runs=has_runs and any(type(c.value) is RunText for c in cells.values()),
            **around.look,
        ),
    )


class _SheetPart:
    """Receives the events outside of ``sheetData``."""

    def __init__(
        self,
        part: Part,
        name: str,
        book: Book,
        has_foreign_names: bool,
        merges: Sequence[str] = (),
    ) -> None:
        self._part = part
        self._odd = OddFacts(name)
        self._frame = SheetFrame(part, self._odd) if has_foreign_names else None
        self._once: set[str] = set()
        self._schema = SchemaJudge(partial(self._odd.add, Odd.NOT_IN_SCHEMA, ""))
        self.cells = SheetCells(part, book, self._odd)
        self._names: dict[str, str] = {}
        self._depth = 0
        self._has_data = False
        self._merges = [*merges]
        self._hidden_columns: set[int] = set()
        self._is_protected = False
        self._rules = _Rules(self.cells.texts)
        self._conditions = Conditions(part, self.cells.texts, book.looks)
        self._view = _View()
        self._captions = Captions()
        self._book = book
        self._keys: Collection[str] = ()
        tag = part.tag
        self._starts: dict[str, tuple[int, Callable[[_Attributes], None]]] = {
            tag("sheetData"): (2, self._enter_data),
            tag("sheetFormatPr"): (2, self._row_format),
            tag("sheetPr"): (2, self._properties),
            tag("sheetView"): (3, self._view.sheet_view),
            tag("pane"): (4, self._view.pane),
            tag("picture"): (2, self._view.picture),
            tag("customSheetView"): (3, self._view.own_view),
            tag("pageSetup"): (2, self._view.page.setup),
            tag("pageMargins"): (2, self._view.page.margins),
            tag("pageSetUpPr"): (3, self._view.page.properties),
            tag("sheetProtection"): (2, self._protection),
            tag("col"): (3, self._columns),
            tag("mergeCell"): (3, self._merge),
        }

    def watch(self) -> None:
        """Look at the names of all attributes of rows and cells."""
        self._frame = self._frame or SheetFrame(self._part, self._odd)
        self.cells.frame = self._frame

    def read(self, keys: frozenset[str]) -> _Around:
        """Read the part; `keys` of the sheet's relations are those it may name."""
        self._keys = keys
        parser = self._part.parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.cells.texts.append
        parser.CommentHandler = lambda _: self._remark(Odd.COMMENT)
        parser.StartCdataSectionHandler = lambda: self._remark(Odd.CDATA)
        parser.ProcessingInstructionHandler = lambda *_: self._remark(Odd.INSTRUCTION)
        self._part.parse()
        if not self._has_data:
            raise self._part.broken("no-cell-area", "it has no cell area")
        self.cells.finish()
        self._beyond_excel()
        return _Around(
            merges=tuple(self._merges),
            hidden_columns=frozenset(self._hidden_columns),
            is_protected=self._is_protected,
            validations=tuple(self._rules.found),
            look=self._view.look(
                conditions=tuple(self._conditions.found),
                captions=tuple(self._captions.found),
                charts=tuple(self._captions.charts),
                on_call=tuple(self._captions.on_call),
            ),
            odd=self._odd,
        )

    def _beyond_excel(self) -> None:
        """Note what is merged or wider as Excel takes none."""
        odd = partial(self._odd.add, Odd.TOO_MUCH)
        if found := excel_limits.overlap(self._merges):
            odd("", f"merged ranges {found} overlap")
        for fault in excel_limits.area_faults("mergeCell", self._merges):
            self._odd.add(Odd.BAD_SETTING, "", fault)
        for first, _, width in self._view.widths:
            if width > excel_limits.COLUMN_WIDTH:
                odd(f"column {first}", f"{width:g} characters wide")

    def _start(self, name: str, attributes: _Attributes) -> None:
        self._depth += 1
        self.cells.texts.clear()
        if self._depth == 1 and name != self._part.tag("worksheet"):
            raise self._part.broken("not-a-worksheet", "it is not a worksheet")
        if self._depth > limits.XML_DEPTH:
            raise self._part.too_deep()
        own = self._names[name] if name in self._names else self._own_name(name)
        self._schema.start(own, attributes)
        self._judge_names(own, attributes)
        if self._frame:
            self._frame.start(name, self._depth, attributes)
        if self._depth == 2:
            self._second_level(name)
        if found := self._starts.get(name):
            if found[0] == self._depth:
                found[1](attributes)
        elif self._conditions.is_open or name.endswith("onditionalFormatting"):
            self._conditions.start(local_name(name), attributes)
            self._change(attributes.get("dxfId", "0"))
        elif name.endswith("dataValidation"):
            self._validation(attributes)
        elif name.endswith(captions.ELEMENTS):
            self._captions.start(name, attributes)

    def _own_name(self, name: str) -> str:
        """Return a name without its name space, nothing for a foreign one."""
        is_foreign = self._part.is_foreign(name)
        own = "" if is_foreign else name[len(self._part.prefix) :]
        if len(self._names) < _USUAL_NAMES:
            self._names[name] = own
        return own

    def _judge_names(self, own: str, attributes: _Attributes) -> None:
        """Note a key that is no relation of the sheet, and what is no range."""
        if area := excel_limits.AREAS.get(own):
            stated = attributes.get(area, "").split()
            for fault in excel_limits.area_faults(own, stated):
                self._odd.add(Odd.BAD_SETTING, "", fault)
        if attributes.keys().isdisjoint(_KEYS):
            return
        for name in _KEYS:
            key = attributes.get(name)
            if key and key not in self._keys:
                said = f"{own} names {key}, which is no relation of the sheet"
                self._odd.add(Odd.BAD_RELATION, "", said)

    def _validation(self, attributes: _Attributes) -> None:
        self._rules.start(attributes)
        self._captions.prompt(attributes)
        for fault in excel_limits.rule_faults(attributes):
            self._odd.add(Odd.TOO_MUCH, "", fault)
        if len(self._rules.found) > limits.RULES_OF_A_SHEET:
            raise self._part.broken(
                "too-many-validations", "it has too many data validations"
            )

    def _change(self, number: str) -> None:
        """Note a rule that names a change which the styles do not have."""
        known = len(self._book.looks.changes)
        if known and number.isdecimal() and int(number[:9]) >= known:
            self._odd.add(Odd.NOT_IN_SCHEMA, "", f"dxfId {number} of {known}")

    def _second_level(self, name: str) -> None:
        """Note what stands twice though programs look for one."""
        if name in self._once and local_name(name) in ONCE:
            self._odd.add(Odd.TWICE, "", local_name(name))
        self._once.add(name)

    def _truth(self, attributes: _Attributes, flag: str, element: str) -> bool:
        if attributes.get(flag) not in TRUTHS:
            self._odd.add(Odd.BAD_SETTING, "", f"{flag} of {element}")
        return attributes.get(flag) in _TRUE

    def _end(self, name: str) -> None:
        self._schema.end()
        if self._frame:
            self._frame.end(self._depth)
        self._depth -= 1
        if self._rules.is_open:
            self._rules.end(name)
        elif self._conditions.is_open:
            self._conditions.end(local_name(name))
        elif name.endswith(captions.ELEMENTS):
            self._captions.end(name, "".join(self.cells.texts))

    def _enter_data(self, _: _Attributes) -> None:
        if self._has_data:
            raise self._part.broken("two-cell-areas", "it has two cell areas")
        self._has_data = True
        self.cells.enter(self._leave_data)

    def _leave_data(self, name: str) -> None:
        self._part.parser.StartElementHandler = self._start
        self._part.parser.EndElementHandler = self._end
        self._end(name)

    def _remark(self, kind: Odd) -> None:
        if self.cells.is_in_cell:
            self._odd.add(kind, self.cells.where())

    def _row_format(self, attributes: _Attributes) -> None:
        self._view.format(attributes)
        if self._truth(attributes, "zeroHeight", "sheetFormatPr"):
            self._odd.add(Odd.ZERO_HEIGHT)

    def _properties(self, attributes: _Attributes) -> None:
        if self._truth(attributes, "transitionEvaluation", "sheetPr"):
            self._odd.add(Odd.OTHER_ARITHMETIC)

    def _protection(self, attributes: _Attributes) -> None:
        self._is_protected = self._truth(attributes, "sheet", "sheetProtection")

    def _merge(self, attributes: _Attributes) -> None:
        self._merges.append(attributes.get("ref", ""))
        if len(self._merges) > limits.RULES_OF_A_SHEET:
            raise self._part.broken("too-many-merges", "it has too many merged ranges")

    def _columns(self, attributes: _Attributes) -> None:
        self._view.columns(attributes)
        for fault in excel_limits.column_faults(attributes):
            self._odd.add(Odd.TOO_MUCH, "", fault)
        if not self._truth(attributes, "hidden", "col") and not _is_narrow(attributes):
            return
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if not (first.isdecimal() and last.isdecimal() and len(first + last) < 16):
            raise self._part.broken(
                "impossible-column", "a column has an impossible number"
            )
        start, stop = int(first), min(int(last), limits.COLUMNS)
        if not {start, stop} <= self._hidden_columns:  # else told already
            self._hidden_columns.update(range(start, stop + 1))


def _note_long(cells: Mapping[Position, Cell], odd: OddFacts) -> None:
    """Note the formulas and texts that are longer than Excel takes."""
    for position, (value, formula, _) in cells.items():
        length = excel_limits.size(formula or "")
        if length > excel_limits.FORMULA:
            told = f"formula of {length} characters"
            odd.add(Odd.TOO_MUCH, address(*position), told)
        length = excel_limits.size(value) if isinstance(value, str) else 0
        if length > excel_limits.CELL_TEXT:
            told = f"text of {length} characters"
            odd.add(Odd.TOO_MUCH, address(*position), told)


class _View:
    """Sizes of lines and what the window shows, while they are read."""

    def __init__(self) -> None:
        self.widths: list[tuple[int, int, float]] = []
        self.page = PageReader()
        self._facts: dict[str, Any] = {}
        self._first = USUAL_LOOK.first
        self._hiding: list[str] = []
        self._is_own = False

    def sheet_view(self, said: _Attributes) -> None:
        """Note a view; of several windows one that hides something is enough."""
        facts = self._facts
        if said.get("showZeros") in _FALSE:
            facts["shows_zeros"] = False
        if said.get("showFormulas") in _TRUE:
            facts["shows_formulas"] = True
        self._first = _place(said.get("topLeftCell", "A1"))
        facts.setdefault("first", self._first)

    def own_view(self, said: _Attributes) -> None:
        """Note what a view hides that people may call up; it comes after the usual."""
        self._is_own = True
        hidden = [flag for flag in _HIDING if said.get(flag) in _TRUE]
        if said.get("zeroValues") in _FALSE:
            hidden.append("zeroValues")
        if said.get("state") in ("hidden", "veryHidden"):
            hidden.append("state")
        self._hiding += hidden

    def pane(self, said: _Attributes) -> None:
        if self._is_own:
            return
        if said.get("state") in ("frozen", "frozenSplit") and "frozen" not in (
            self._facts
        ):
            rows, columns = _size(said, "ySplit", 0), _size(said, "xSplit", 0)
            self._facts["frozen"] = int(rows), int(columns)
            self._facts["first"] = self._first

    def picture(self, _: _Attributes) -> None:
        self._facts["has_background"] = True

    def format(self, said: _Attributes) -> None:
        height = _size(said, "defaultRowHeight", USUAL_LOOK.default_height)
        width = _size(said, "baseColWidth", 8) + 1.140625
        self._facts["default_height"] = height
        self._facts["default_width"] = _size(said, "defaultColWidth", width)

    def columns(self, said: _Attributes) -> None:
        first, last = said.get("min", ""), said.get("max", "")
        if first.isdecimal() and last.isdecimal() and len(first + last) < 16:
            width = _size(said, "width", USUAL_LOOK.default_width)
            is_hidden = said.get("hidden") in _TRUE
            if len(self.widths) < limits.COLUMNS:
                self.widths.append((int(first), int(last), 0 if is_hidden else width))

    def look(self, **facts: Any) -> Mapping[str, Any]:
        """Return what a `SheetLook` holds, but for what rows and cells say."""
        hidden = tuple(dict.fromkeys(self._hiding))
        page = self.page.page()
        own = {"widths": tuple(self.widths), "page": page, "hidden_by_views": hidden}
        return {**own, **facts, **self._facts}


def _size(said: _Attributes, name: str, otherwise: float) -> float:
    """Return a size as stored, another number where it is none."""
    try:
        size = float(said.get(name, otherwise))
    except ValueError:
        return otherwise
    return size if 0 <= size < limits.ROWS else otherwise


def _place(address: str) -> Position:
    try:
        return parse_address(address)
    except ValueError:
        return 1, 1


def _is_narrow(column: _Attributes) -> bool:
    """Tell whether nothing can be read in a column of this width (in letters)."""
    try:
        return float(column.get("width", "9")) < _LEAST_LETTERS
    except ValueError:
        return False


class _Rules:
    """The data validations, both the plain ones and those of Excel 2010 (``x14``)."""

    def __init__(self, texts: list[str]) -> None:
        self.found: list[Validation] = []
        self.is_open = False
        self._texts = texts
        self._attributes: _Attributes = {}
        self._inner: dict[str, str] = {}
        self._last = ""

    def start(self, attributes: _Attributes) -> None:
        self.is_open = True
        self._attributes = attributes
        self._inner = {}

    def end(self, name: str) -> None:
        local = local_name(name)
        text = "".join(self._texts).strip()
        self._texts.clear()
        if local == "f":  # x14 wraps the formula once more
            self._last = text
        elif local in ("formula1", "formula2", "sqref"):
            self._inner[local] = text or self._last
            self._last = ""
        elif local == "dataValidation":
            self._close()

    def _close(self) -> None:
        self.is_open = False
        self.found.append(
            Validation(
                self._attributes.get("sqref") or self._inner.get("sqref", ""),
                self._attributes.get("type", "none"),
                self._inner.get("formula1", ""),
                self._inner.get("formula2", ""),
                self._attributes.get("operator", "between"),
            )
        )
