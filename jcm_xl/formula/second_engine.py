"""A book's own formulas, evaluated by an engine that is not ours: IronCalc.

Only what the wanted cells read is handed over, and only formulas that `formula_scan`
lets through: the engine is native code, which a hostile formula could bring down
together with this program. What is not evaluated is said, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import Any, NamedTuple

from jcm_xl.dataclass import dataclass
from jcm_xl.formula.named_places import NamedPlaces
from jcm_xl.formula.no_opinion import because
from jcm_xl.formula.scan import CellPlace, Scan, places, scan
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.grid import Cell, CellError, CellValue, Grid, address

_NUMBER_LETTERS = 24
_ERRORS = frozenset(
    ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")
)
_NO_VALUES = {
    "#ERROR!": "unreadable",
    "#NAME?": "unknown-name",
    "#CIRC!": "reads-itself",
    "#N/IMPL!": "not-there",
    "#SPILL!": "spills",
    "#CALC!": "not-calculated",
}


_NOTHING: Mapping[CellPlace, CellValue] = {}


class EngineAnswer(NamedTuple):
    """The value of one cell; or why there is none, and at which cell."""

    value: CellValue = None
    reason: str = ""
    place: CellPlace | None = None


def engine_name() -> str:
    """Return name and version of the second engine; nothing where it is not there."""
    try:
        import ironcalc
    except ImportError:
        return ""
    return f"IronCalc {ironcalc.__version__}"


def evaluate(
    grid: Grid,
    wanted: Iterable[CellPlace],
    given: Mapping[CellPlace, CellValue] = _NOTHING,
) -> Mapping[CellPlace, EngineAnswer]:
    """Evaluate the formulas of some cells and of all that they read.

    given: what formulas give that the engine is not handed, as far as they are asked.
    """
    wanted = tuple(wanted)
    answers = _evaluate(grid, wanted, given, takes_given=False)
    if given and any(answer.reason for answer in answers.values()):
        return _evaluate(grid, wanted, given, takes_given=True)
    return answers


def _evaluate(
    grid: Grid,
    wanted: tuple[CellPlace, ...],
    given: Mapping[CellPlace, CellValue],
    *,
    takes_given: bool,
) -> Mapping[CellPlace, EngineAnswer]:
    keys = {place: (place[0].casefold(), *place[1:]) for place in wanted}
    try:
        import ironcalc
    except ImportError:
        return dict.fromkeys(wanted, EngineAnswer(reason=because("not-installed")))
    if grid.is_date1904:
        return dict.fromkeys(wanted, EngineAnswer(reason=because("days-from-1904")))
    gathered = _Gathered(grid, _by_key(given) if takes_given else {})
    try:
        nodes = {place: gathered.node(key) for place, key in keys.items()}
        model = _filled(ironcalc, gathered)
    except _TooMuch as refused:
        return dict.fromkeys(wanted, EngineAnswer(reason=refused.reason))
    except ironcalc.WorkbookError as words:
        reason = because("refused", words=f"{words}")
        return dict.fromkeys(wanted, EngineAnswer(reason=reason))
    if model is None:
        return dict.fromkeys(wanted, EngineAnswer(reason=because("failed")))
    return {
        place: EngineAnswer(reason=node.fault, place=gathered.printed(node.at))
        if node.fault
        else _answer(ironcalc, model, gathered, keys[place])
        for place, node in nodes.items()
    }


def _by_key(given: Mapping[CellPlace, CellValue]) -> dict[CellPlace, CellValue]:
    return {(at[0].casefold(), *at[1:]): value for at, value in given.items()}


# -- what is read ------------------------------------------------------------------


class _TooMuch(Exception):
    """More than is handed over."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.reason = because(key, **facts)


class _Node(NamedTuple):
    """What is known of a cell and of all that it reads.

    fault: why it cannot be evaluated, at which cell. levels: how deep an engine
    descends. letters: how long a text of it can be.
    """

    levels: int = 0
    letters: int = _NUMBER_LETTERS
    fault: str = ""
    at: CellPlace | None = None


@dataclass
class _Gathered:
    """The cells that are handed over: found by following the formulas."""

    grid: Grid
    given: Mapping[CellPlace, CellValue]
    nodes: dict[CellPlace, _Node] = field(default_factory=dict)
    cells: dict[CellPlace, Cell] = field(default_factory=dict)
    sheets: set[str] = field(default_factory=set)
    _work: int = 0
    _joined: int = 0

    def __post_init__(self) -> None:
        sheets = self.grid.sheets
        self._named = NamedPlaces(self.grid)
        self.titles = {s.name.casefold(): s.name for s in sheets}
        self._stored = {s.name.casefold(): s.cells for s in sheets}
        self._arrays = {
            (s.name.casefold(), part.partition(":")[0])
            for s in sheets
            for part in s.arrays
        }

    def printed(self, place: CellPlace | None) -> CellPlace | None:
        """Return a place with its sheet spelled as in the book."""
        return (self.titles[place[0]], *place[1:]) if place else None

    def node(self, place: CellPlace) -> _Node:
        """Look at a cell and everything below it, without descending ourselves."""
        nodes = self.nodes
        if place in nodes:
            return nodes[place]
        nodes[place] = _IN_WORK
        below = self._enter(place)
        open_ = [(place, below, iter(below))]
        while open_:
            current, below, rest = open_[-1]
            for child in rest:
                if child not in nodes:
                    nodes[child] = _IN_WORK
                    further = self._enter(child)
                    if further:
                        open_.append((child, further, iter(further)))
                        break
                    nodes[child] = self._leave(child, ())
            else:
                nodes[current] = self._leave(current, below)
                open_.pop()
        return nodes[place]

    def _enter(self, place: CellPlace) -> Sequence[CellPlace]:
        """Take a cell; return what it reads."""
        name, row, column = place
        stored = self._stored
        cell = stored[name].get((row, column)) if name in stored else None
        if cell is None:
            return ()
        cell = self._spelt_out(place, cell)
        self.cells[place] = cell
        self.sheets.add(name)
        if len(self.cells) > limits.EVALUATED_CELLS:
            raise _TooMuch("too-many-cells", count=limits.EVALUATED_CELLS)
        if cell.formula is None:
            return ()
        self._work += scan(cell.formula).work
        if self._work > limits.EVALUATED_VALUES:
            raise _TooMuch("too-much-work")
        below = []
        for read in places(cell.formula, name):
            sheet, row, column = read
            if sheet in stored:
                if (row, column) in stored[sheet]:
                    below.append(read)
                elif sheet not in self.sheets:
                    self.sheets.add(sheet)  # an empty cell is no missing sheet
        return below

    def _spelt_out(self, place: CellPlace, cell: Cell) -> Cell:
        """Return what is handed over of a cell: no name, the value that was given."""
        if place in self.given:
            return Cell(self.given[place])
        if cell.formula is None:
            return cell
        return cell._replace(formula=self._named.spelt_out(cell.formula, place[0]))

    def _leave(self, place: CellPlace, below: Sequence[CellPlace]) -> _Node:
        """Sum up a cell once everything that it reads is known."""
        cell = self.cells.get(place)
        if cell is None:
            return _PLAIN
        if cell.formula is None:
            return _of_value(cell.value, place)
        seen, nodes = scan(cell.formula), self.nodes
        levels = letters = most = 0
        for child in below:
            node = nodes[child]
            if node.fault:
                return _Node(fault=node.fault, at=node.at or place)
            levels = max(levels, node.levels)
            letters += node.letters
            most = max(most, node.letters)
        levels += seen.levels
        letters = self._joined_letters(seen, letters) if seen.joins else most
        fault = seen.refusal
        if self._arrays and (place[0], address(*place[1:])) in self._arrays:
            fault = fault or because("array")
        if levels > limits.CHAIN_LEVELS:
            fault = fault or because("chain")
        if letters > limits.JOINED_CHARACTERS:
            fault = fault or because("text-too-long")
        letters = max(letters, seen.letters, _NUMBER_LETTERS)
        return _Node(levels, letters, fault, place if fault else None)

    def _joined_letters(self, seen: Scan, letters: int) -> int:
        letters += seen.letters
        self._joined += letters
        if self._joined > limits.ALL_JOINED_CHARACTERS:
            raise _TooMuch("too-many-texts")
        return letters


_IN_WORK = _Node(fault=because("reads-itself"))
_PLAIN = _Node()


def _of_value(value: CellValue, place: CellPlace) -> _Node:
    if isinstance(value, CellError) and value.code not in _ERRORS:
        return _Node(fault=because("unknown-error"), at=place)
    return _Node(letters=len(value)) if isinstance(value, str) else _PLAIN


# -- the engine --------------------------------------------------------------------


def _filled(ironcalc: Any, gathered: _Gathered) -> Any:
    """Return the engine's model, evaluated; `None` where it failed."""
    try:
        model = ironcalc.create("book", "en", "UTC", "en")
        sheets = _sheets(model, gathered)
        for place, cell in gathered.cells.items():
            if not gathered.nodes[place].fault:
                _put(model, (sheets[place[0]], *place[1:]), cell)
        model.evaluate()
    except BaseException as fault:
        # A panic of the native code is no Exception.
        if type(fault).__module__ != "pyo3_runtime":
            raise
        return None
    return model


def _sheets(model: Any, gathered: _Gathered) -> dict[str, int]:
    """Make the sheets that something stands on, under their names."""
    names = _names(gathered)
    for number, name in enumerate(names):
        title = gathered.titles[name]
        if number:
            model.add_sheet(title)
        else:
            model.rename_sheet(0, title)
    return {name: number for number, name in enumerate(names)}


def _names(gathered: _Gathered) -> list[str]:
    """Return the sheets that are read, in the order of the model."""
    return [name for name in gathered.titles if name in gathered.sheets]


def _put(model: Any, at: tuple[int, int, int], cell: Cell) -> None:
    value = cell.value
    if cell.formula is not None:
        model.update_cell_with_formula(*at, f"={cell.formula}")
    elif isinstance(value, bool):
        model.update_cell_with_bool(*at, value)
    elif isinstance(value, CellError):
        model.update_cell_with_formula(*at, f"={value.code}")
    elif isinstance(value, str):
        model.update_cell_with_text(*at, value)
    elif value is not None:
        model.update_cell_with_number(*at, value)


def _answer(
    ironcalc: Any, model: Any, gathered: _Gathered, place: CellPlace
) -> EngineAnswer:
    if place not in gathered.cells:
        return EngineAnswer()
    at = (_names(gathered).index(place[0]), *place[1:])
    value, kind = model.get_cell_value(*at), model.get_cell_type(*at)
    if kind != ironcalc.CellType.ErrorValue:
        return EngineAnswer(value)
    if key := _NO_VALUES.get(value):
        return EngineAnswer(reason=because(key), place=gathered.printed(place))
    return EngineAnswer(CellError(value))


class FilledBook:
    """A book whose inputs are typed anew again and again, evaluated by the engine.

    reason: why there is nothing to evaluate, nothing where there is.
    """

    def __init__(
        self, grid: Grid, wanted: Iterable[CellPlace], typed: Iterable[CellPlace]
    ) -> None:
        """Hand over what the wanted cells read; `typed` are the cells of the inputs."""
        self._keys = {place: (place[0].casefold(), *place[1:]) for place in wanted}
        self._typed = {(place[0].casefold(), *place[1:]) for place in typed}
        self._model: Any = None
        self.reason = ""
        try:
            import ironcalc
        except ImportError:
            self.reason = because("not-installed")
            return
        self._ironcalc = ironcalc
        self._gathered = _Gathered(_with_places(grid, self._typed), {})
        try:
            self._nodes = {p: self._gathered.node(k) for p, k in self._keys.items()}
            self._model = _filled(ironcalc, self._gathered)
        except _TooMuch as refused:
            self.reason = refused.reason
        except ironcalc.WorkbookError as words:
            self.reason = because("refused", words=f"{words}")
        if self._model is None:
            self.reason = self.reason or because("failed")

    def answers(
        self, values: Mapping[CellPlace, CellValue]
    ) -> Mapping[CellPlace, EngineAnswer]:
        """Type values, all other inputs left empty, and return the wanted cells."""
        if self._model is None:
            return dict.fromkeys(self._keys, EngineAnswer(reason=self.reason))
        names = {name: n for n, name in enumerate(_names(self._gathered))}
        given = {(at[0].casefold(), *at[1:]): value for at, value in values.items()}
        for place in self._typed & self._gathered.cells.keys():
            at = (names[place[0]], *place[1:])
            value = given.get(place)
            if value is None:
                self._model.clear_cell_contents(*at)
            else:
                _put(self._model, at, Cell(value))
        self._model.evaluate()
        return {
            place: EngineAnswer(reason=node.fault)
            if node.fault
            else _answer(self._ironcalc, self._model, self._gathered, self._keys[place])
            for place, node in self._nodes.items()
        }


def _with_places(grid: Grid, typed: Iterable[CellPlace]) -> Grid:
    """Return a book in which every input holds a number, so that it is handed over."""
    by_sheet: dict[str, dict[tuple[int, int], Cell]] = {}
    for sheet, row, column in typed:
        by_sheet.setdefault(sheet, {})[row, column] = Cell(1.0)
    sheets = [
        replace(s, cells={**s.cells, **by_sheet.get(s.name.casefold(), {})})
        for s in grid.sheets
    ]
    return replace(grid, sheets=tuple(sheets))
