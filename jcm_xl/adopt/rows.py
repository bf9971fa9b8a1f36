"""What stands beside the values, compared: symbol, wording, unit, lists, texts."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.adopt.found import Labelled, OfficialSheets, Region
from jcm_xl.adopt.items import ComparedItem, Verdict, at, compared
from jcm_xl.adopt.lists import offered_at
from jcm_xl.adopt.names import same_symbol, same_words
from jcm_xl.foreign.match import Named
from jcm_xl.foreign.rows import printed
from jcm_xl.foreign.words import is_no_unit, option_letter, same_unit
from jcm_xl.formula.evaluation.book import evaluate_cells
from jcm_xl.model.methodology import Constant, Methodology, Parameter
from jcm_xl.plan.layout import Layout
from jcm_xl.text.symbols import typed_symbol
from jcm_xl.xlsx.grid import (
    Cell,
    CellError,
    CellValue,
    Grid,
    Position,
)

_TEXTS = ("source", "procedure", "frequency")


def kind_of(item: Named) -> str:
    """Return `parameters`, `constants` or `formulas`."""
    if isinstance(item, Parameter):
        return "parameters"
    return "constants" if isinstance(item, Constant) else "formulas"


def key_of(item: Named) -> str:
    """Return the name of an item as overlays and gaps name it."""
    return f"{kind_of(item)}.{item.name}"


class RowComparison:
    """Compares what stands beside the values."""

    def __init__(
        self, m: Methodology, grid: Grid, sheets: OfficialSheets, layout: Layout
    ) -> None:
        self.m, self.grid, self.sheets, self.layout = m, grid, sheets, layout

    def compare(self) -> Iterator[ComparedItem]:
        """Yield symbol, wording, unit and kind of every row, then lists and texts."""
        for found in self.sheets.labelled:
            if found.unit > 1 and found.part in (Region.UNITS, Region.BY_UNIT):
                continue
            yield from self._beside(found)
            if isinstance(found.item, Parameter):
                yield from self._kind(found, found.item)
                yield from self._choices(found, found.item)
                yield from self._options(found, found.item)
        for row in self.sheets.unnamed:
            name = row.symbol or row.label
            yield ComparedItem(
                f"{row.part}: {name}", Verdict.ONLY_OFFICIAL, "", row.label or name,
                *at(row.spot), "no item of the definition has this symbol or wording",
            )  # fmt: skip
        yield from self._measures()

    def _beside(self, found: Labelled) -> Iterator[ComparedItem]:
        item, key = found.item, key_of(found.item)
        ours = typed_symbol(item.symbol)
        if found.symbol is not None:
            text = found.symbol.cell.value
            same = same_symbol(text, item.symbol) or self._is_of_unit(found, text)
            yield compared(
                f"{key}.symbol", found.symbol, ours, printed(text), same=same
            )
        if found.label is not None:
            text = found.label.cell.value
            same = same_words(text, item.label)
            yield compared(
                f"{key}.label", found.label, item.label, printed(text), same=same
            )
        measure = found.measure.cell.value if found.measure else found.behind or None
        if measure is not None:
            unit = _unit(item)
            same = same_unit(measure, unit) or (unit == "-" and is_no_unit(measure))
            where = found.measure or found.symbol or found
            yield compared(f"{key}.unit", where, unit, printed(measure), same=same)

    def _is_of_unit(self, found: Labelled, text: CellValue) -> bool:
        """Tell whether the symbol names one unit: `EC_PJ,2,p`."""
        if not isinstance(found.item, Parameter) or not found.unit:
            return False
        from jcm_xl.foreign.match import Matcher

        return Matcher(self.m).unit_of(found.item, text) == found.unit

    def _kind(self, found: Labelled, p: Parameter) -> Iterator[ComparedItem]:
        if found.part not in (Region.TABLE1, Region.TABLE2) or found.unit > 1:
            return
        ours = Region.TABLE1 if p.is_monitored else Region.TABLE2
        if not p.is_input:
            reason = "the workbook asks for a number that the definition gives"
            yield compared(f"{key_of(p)}.kind", found, "default", found.part,
                           same=False, reason=reason)  # fmt: skip
            return
        yield compared(f"{key_of(p)}.kind", found, ours, found.part,
                       same=ours == found.part)  # fmt: skip

    def _measures(self) -> Iterator[ComparedItem]:
        unit = str(self.m.formulas[self.m.results.reduction].unit)
        for spot in self.sheets.measures.values():
            text = spot.cell.value
            yield compared("results.unit", spot, unit, printed(text),
                           same=same_unit(text, unit))  # fmt: skip

    # -- lists -----------------------------------------------------------------------

    def _choices(self, found: Labelled, p: Parameter) -> Iterator[ComparedItem]:
        if not p.is_choice or not found.part.is_typed:
            return
        listed = self._list(found.place[0], found.place[1:])
        if listed:
            ours = self.m.choices(p)
            yield compared(f"{key_of(p)}.choices", found, "; ".join(ours),
                           "; ".join(listed), same=listed == ours)  # fmt: skip

    def _options(self, found: Labelled, p: Parameter) -> Iterator[ComparedItem]:
        line = found.line
        if line is None or not p.is_monitored or found.part is not Region.TABLE1:
            return
        columns = line.head.columns.get("option")
        if not columns:
            return
        place = line.view.name, line.row, columns.start
        spot = line.own("option")
        listed = self._list(place[0], place[1:])
        letters = tuple(option_letter(text) for text in listed)
        shown = option_letter(spot.cell.value) if spot else ""
        if not letters and shown and len(p.options) == 1:
            letters = (shown,)
        if letters:
            yield compared(
                f"{key_of(p)}.options", place, ", ".join(p.options),
                ", ".join(letters), same=letters == p.options,
            )  # fmt: skip
        yield from self._texts(found, p, place, shown)

    def _list(self, sheet: str, place: Position) -> tuple[str, ...]:
        """Return the texts of the drop-down list of a cell."""
        return offered_at(self.grid, (sheet, *place))

    # -- texts of the monitoring options ---------------------------------------------

    def _texts(
        self, found: Labelled, p: Parameter, option: tuple[str, int, int], shown: str
    ) -> Iterator[ComparedItem]:
        """Compare source, procedure and frequency under each option."""
        line = found.line
        assert line is not None
        for role in _TEXTS:
            columns = line.head.columns.get(role)
            if not columns:
                continue
            place = line.view.name, line.row, columns.start
            for block in p.monitoring:
                text = self._text(place, option, block.option, shown)
                ours = getattr(block, role)
                if text is not None:
                    yield compared(f"monitoring.{p.name}.{block.option}.{role}", place,
                                   ours, text, same=same_words(text, ours))  # fmt: skip

    def _text(
        self, place: tuple[str, int, int], option: tuple[str, int, int], letter: str,
        shown: str,
    ) -> str | None:  # fmt: skip
        """Return the text of a cell under an option; nothing where none is printed."""
        there = self.grid.sheet(place[0])
        cell = there.cells.get(place[1:]) if there else None
        if cell is None:
            return None
        if cell.formula is None:
            is_shown = not shown or shown == letter
            return cell.value if isinstance(cell.value, str) and is_shown else None
        grid = with_values(self.grid, {option: f"Option {letter}"})
        value = evaluate_cells(grid, [place])[place].value
        return value if isinstance(value, str) and value else None


def with_values(grid: Grid, values: dict[tuple[str, int, int], CellValue]) -> Grid:
    """Return a book with other values in some cells, formulas there left out."""
    from dataclasses import replace

    sheets = []
    for sheet in grid.sheets:
        own = {p[1:]: Cell(v) for p, v in values.items() if p[0] == sheet.name}
        sheets.append(replace(sheet, cells={**sheet.cells, **own}) if own else sheet)
    return replace(grid, sheets=tuple(sheets))


def _unit(item: Named) -> str:
    """Return the unit of an item as the sheets print it."""
    if isinstance(item, Parameter) and item.is_choice:
        return "-"
    return str(item.unit)


def shown_value(value: CellValue) -> str:
    """Return a value of a cell as a comparison prints it."""
    return value.code if isinstance(value, CellError) else printed(value)
