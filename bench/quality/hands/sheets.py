"""The five sheets by openpyxl, as a hand with certain habits types them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName

from bench.quality.hands.formulas import typed
from bench.quality.hands.habits import BANDS, BLOCKS, HEADS, TITLES, Habits

Place = tuple[str, str]
STAGES = ("mps", "mrs")
_WIDEST = 40


def book_by_hand(
    m: Any, given: Mapping[str, Any], rows: Mapping[str, int], habits: Habits
) -> bytes:
    """Return the book of a methodology with the values of a submission.

    `given`: slot key as text -> value, `rows`: set -> how many units it has.
    """
    file = io.BytesIO()
    _Hand(m, given, rows, habits).book().save(file)
    return file.getvalue()


class _Hand:
    """One book; `cells`: (stage, name, unit) -> sheet and address."""

    def __init__(
        self, m: Any, given: Mapping[str, Any], rows: Mapping[str, int], habits: Habits
    ) -> None:
        self.m, self.given, self.rows, self.habits = m, given, rows, habits
        self.file = openpyxl.Workbook()
        self.file.remove(self.file.active)
        self.cells: dict[tuple[str, str, int], Place] = {}
        self.waiting: list[tuple[Any, int, int, str, str, int]] = []
        self.results: dict[str, tuple[Any, int, int]] = {}
        self.sheet: Any = None
        self.row = 1

    def book(self) -> Any:
        for stage in STAGES:
            self._input(stage)
            if self.habits.units in ("sheet", "column") and self.m.sets:
                self._begin(f"{stage}_units")
                self._unit_tables(stage)
            self._totals()
            _Calculation(self, stage).write()
            if stage == "mps":
                self._structure()
        for sheet in self.file:
            for column in range(1, _WIDEST):
                sheet.column_dimensions[get_column_letter(column)].width = 24
        return self.file

    # -- tools -----------------------------------------------------------------------

    def said(self, pair: tuple[str, str]) -> str:
        """Return a text in the words of this hand."""
        if self.habits.words == "both":
            return f"{pair[0]} / {pair[1]}" if len(pair[0]) > 6 else "\n".join(pair)
        return pair[self.habits.words == "ja"]

    def put(self, column: int, value: object, row: int = 0, width: int = 1) -> Place:
        """Write into a column, counted from the left corner, and return the place."""
        row = row or self.row
        at = self.habits.corner[1] + column
        if value is not None and value != "":
            self.sheet.cell(row, at).value = value
        if width > 1:
            self.sheet.merge_cells(
                start_row=row, end_row=row, start_column=at, end_column=at + width - 1
            )
        return self.sheet.title, f"{get_column_letter(at)}{row}"

    def _begin(self, key: str) -> None:
        self.sheet = self.file.create_sheet(self.habits.names[key])
        self.row = 1 + self.habits.corner[0]
        if "confidential" in self.habits.extra:
            self.put(1, "Confidential")
            self.row += 1
        self.put(9, f"Monitoring Spreadsheet: {self.m.spreadsheet_id}")
        self.row += 1
        self.put(9, f"Reference Number: {self.given['reference_number']}")
        self.row += 1
        self.put(1, self.said(BANDS[key]))
        self.row += 2

    def symbol(self, symbol: str, index: str | None = None, unit: int = 0) -> list[str]:
        """Return a symbol as this hand types it, in one piece or two."""
        head, _, low = symbol.replace("{", "").replace("}", "").partition("_")
        if unit and index:
            low = ",".join(str(unit) if t == index else t for t in low.split(","))
        match self.habits.symbols:
            case "two":
                return [head, low]
            case "low":
                return [head + low]
            case "wide":
                return [_wide(head + low)]
            case "blanks":
                return [f"{head} {low.replace(',', ', ')}".strip()]
        return [f"{head}_{low}" if low else head]

    def unit(self, unit: object) -> str:
        """Return a unit of measure as this hand spells it."""
        text = "-" if str(unit) in ("-", "1", "text") else str(unit)
        match self.habits.spelling:
            case "dash":
                return re.sub(r"(?<=[a-z])CO2", "-CO2", text)
            case "low":
                return (
                    text.replace("CO2", "CO₂").replace("m2", "m²").replace("m3", "m³")
                )
            case "blanks":
                return text.replace("/", " / ")
            case "wide":
                return _wide(text)
            case "period":
                return re.sub(r"/p$", "/period", text)
            case "bullet":
                return f"[{text}]" if text != "-" else text
        return text

    def units_of(self, p: Any) -> list[int]:
        """Return the units that have rows; 0 where a parameter has none."""
        return list(range(1, self.rows[p.index] + 1)) if p.index else [0]

    def value(self, stage: str, p: Any, unit: int) -> Any:
        """Return what is typed, or the link to the plan."""
        own = stage if p.is_monitored else "mps"
        value = self.given.get(f"{own}.value:{p.name}" + (f"[{unit}]" if unit else ""))
        if stage == "mrs" and not p.is_monitored and self.habits.repeated == "link":
            sheet, at = self.cells["mps", p.name, unit]
            return f"='{sheet}'!{at}"
        return value

    def option(self, stage: str, p: Any, unit: int) -> str:
        key = f"{stage}.option:{p.name}" + (f"[{unit}]" if unit else "")
        letter = str(self.given.get(key) or f"Option {p.options[0]}")[-1]
        return self._said_option(letter)

    # -- the input sheets ------------------------------------------------------------

    def _input(self, stage: str) -> None:
        self._begin(stage)
        for number in self.habits.order:
            if self.habits.titles:
                self.put(1, self.said(TITLES[f"{stage}{number}"]))
                self.row += 1
            (self._table1, self._table2, self._table3)[int(number) - 1](stage)
            self.row += 1
            if number == "2" and self.habits.units == "below" and self.m.sets:
                self._unit_tables(stage)
        if "notes" in self.habits.extra:
            self.put(1, "Note: figures were read from the meters on the last day.")
            self.row += 2
        if "legend" in self.habits.extra:
            self._legend()

    def _columns(self, roles: list[str], stage: str) -> dict[str, int]:
        """Write letters and headings; return the column of each role."""
        habits, columns, column = self.habits, {}, 1
        step = 2 if habits.merged == "across" else 1
        for role in roles:
            columns[role] = column
            wide = max(step, 2 if role == "symbol" and habits.symbols == "two" else 1)
            column += wide
            if role == "value" and "column" in habits.extra:
                columns["own"] = column
                column += 1
        if habits.letters:
            for n, role in enumerate(roles):
                self.put(columns[role], f"({chr(97 + n)})")
            self.row += 1
        for role, at in columns.items():
            key = f"{stage}.value" if role == "value" else role
            if role == "value" and "point" not in roles:
                key = "mps.value"
            text = "TPE check" if role == "own" else self.said(HEADS[key])
            others = [c for c in columns.values() if c > at]
            width = min(others, default=at + step) - at
            self.put(at, text, width=width)
            if habits.merged == "down" and width == 1:
                cell = self.put(at, None)[1]
                below = self.put(at, None, self.row + 1)[1]
                self.sheet.merge_cells(f"{cell}:{below}")
        self.row += 2 if habits.merged == "down" else 1
        return columns

    def _table1(self, stage: str) -> None:
        roles = ["point", "symbol", "label", "value", "unit", "option", "source",
                 "procedure", "frequency", "comment"]  # fmt: skip
        columns = self._columns(["period", *roles] if stage == "mrs" else roles, stage)
        monitored = [p for p in self.m.inputs if p.is_monitored]
        for n, p in enumerate(monitored, 1):
            for unit in self._row_units(p):
                point = (
                    f"({n})-{unit}"
                    if unit and self.habits.units == "point"
                    else f"({n})"
                )
                self.put(columns["point"], point)
                if stage == "mrs":
                    self.put(columns["period"], self._period())
                self._line(stage, p, unit, columns)
                self.put(
                    columns["option"],
                    self.option(stage, p, unit or (1 if p.index else 0)),
                )
                block = self._block(p, columns)
                for role in ("source", "procedure", "frequency"):
                    self.put(columns[role], getattr(block, role))
                self._next()
            if "total" in self.habits.extra and p.index and self._in_rows:
                self._total(stage, p, columns)

    def _block(self, p: Any, columns: Mapping[str, int]) -> Any:
        """Return the methodology's texts of the option in this row."""
        at = self.habits.corner[1] + columns["option"]
        written = self.sheet.cell(self.row, at).value
        named = (b for b in p.monitoring if written == self._said_option(b.option))
        return next(named, p.monitoring[0])

    def _said_option(self, letter: str) -> str:
        return self.habits.option.format(letter, letter)

    @property
    def _in_rows(self) -> bool:
        return self.habits.units in ("point", "symbol")

    def _row_units(self, p: Any) -> list[int]:
        return self.units_of(p) if self._in_rows else [0]

    def _line(self, stage: str, p: Any, unit: int, columns: Mapping[str, int]) -> None:
        numbered = self.habits.units == "symbol" or not p.is_monitored
        pieces = self.symbol(p.symbol, p.index, unit if numbered else 0)
        for n, piece in enumerate(pieces):
            self.put(columns["symbol"] + n, piece)
        self.put(columns["label"], p.label)
        self.put(columns["unit"], self.unit("-" if p.is_choice else p.unit))
        if p.index and not unit:
            place = self.put(columns["value"], self._pointer(stage))
            if "total" in self.habits.extra and p.is_monitored:
                at = self.sheet[place[1]]
                self.waiting.append((self.sheet, at.row, at.column, stage, p.name, 0))
            return
        place = self.put(columns["value"], self.value(stage, p, unit))
        self.cells[stage, p.name, unit] = place
        if "own" in columns:
            self.put(columns["own"], "ok")

    def _pointer(self, stage: str) -> str:
        if self.habits.units == "below":
            return "see below"
        return f"see {self.habits.names[f'{stage}_units']}"

    def _total(self, stage: str, p: Any, columns: Mapping[str, int]) -> None:
        """Write the sum of the units below them, as people do."""
        first = self.cells[stage, p.name, 1][1]
        last = self.cells[stage, p.name, self.rows[p.index]][1]
        self.put(columns["label"], "Total")
        self.put(columns["value"], f"=SUM({first}:{last})")
        self.put(columns["unit"], self.unit(p.unit))
        self._next()

    def _totals(self) -> None:
        """Write the sums of unit tables into Table 1, once their places are known."""
        for sheet, row, column, stage, name, _ in self.waiting:
            index = self.m.parameters[name].index
            there, first = self.cells[stage, name, 1]
            last = self.cells[stage, name, self.rows[index]][1]
            sheet.cell(row, column).value = f"=SUM('{there}'!{first}:{last})"
        self.waiting.clear()

    def _next(self) -> None:
        self.row += 2 if "gaps" in self.habits.extra else 1

    def _table2(self, stage: str) -> None:
        roles = ["symbol", "label", "value", "unit", "source", "comment"]
        columns = self._columns(roles, stage)
        for p in self.m.inputs:
            if not p.is_monitored:
                for unit in self._row_units(p):
                    self._line(stage, p, unit, columns)
                    self._next()
        if self.habits.constants == "asked":
            for item in self.known():
                for n, piece in enumerate(self.symbol(item.symbol)):
                    self.put(columns["symbol"] + n, piece)
                self.put(columns["label"], item.label)
                place = self.put(columns["value"], float(item.value))
                self.cells[stage, item.name, 0] = place
                self.put(columns["unit"], self.unit(item.unit))
                self._next()

    def known(self) -> Iterator[Any]:
        """Yield the numbers that the methodology gives and nobody types."""
        yield from self.m.constants.values()
        for p in self.m.parameters.values():
            if not p.is_input and p.value is not None:
                yield p

    def _table3(self, stage: str) -> None:
        columns, at = {}, 1
        for role in (
            ("period", "result", "unit") if stage == "mrs" else ("result", "unit")
        ):
            columns[role] = at
            text = self.said(HEADS[role])
            if role == "result" and self.habits.result:
                text = self.habits.result
            self.put(at, text)
            at += 2
        self.row += 1
        if stage == "mrs":
            self.put(columns["period"], self._period())
        self.put(columns["unit"], self.unit("tCO2/p"))
        self.results[stage] = (
            self.sheet,
            self.row,
            self.habits.corner[1] + columns["result"],
        )
        self.row += 1

    def _period(self) -> str:
        days = self.given["period.start"], self.given["period.end"]
        return self.habits.period.format(*days)

    def _legend(self) -> None:
        self.put(1, "[Monitoring option]")
        for letter, text in zip("ABC", ("public data", "transactions", "measurement"),
                                strict=True):  # fmt: skip
            self.row += 1
            self.put(1, f"Option {letter}")
            self.put(3, f"Based on {text}")
        self.row += 2

    # -- tables of units -------------------------------------------------------------

    def _unit_tables(self, stage: str) -> None:
        for index in self.m.sets:
            over = [p for p in self.m.inputs if p.index == index]
            self.put(1, f"Units {index}")
            self.row += 1
            if self.habits.units == "column":
                self._by_column(stage, index, over)
            else:
                self._by_row(stage, index, over)
            self.row += 1

    def _heads(self, over: list[Any]) -> Iterator[tuple[int, str, str]]:
        for n, p in enumerate(over):
            symbol = "_".join(self.symbol(p.symbol))
            yield n, symbol, self.unit("-" if p.is_choice else p.unit)

    def _by_row(self, stage: str, index: str, over: list[Any]) -> None:
        self.put(1, self.said(HEADS["number"]))
        for n, symbol, unit in self._heads(over):
            if self.habits.heads == "one":
                self.put(2 + n, f"{symbol} [{unit}]")
            else:
                self.put(2 + n, symbol)
                self.put(2 + n, unit, self.row + 1)
        self.row += 1 if self.habits.heads == "one" else 2
        for unit in range(1, self.rows[index] + 1):
            self.put(1, f"({unit})")
            for n, p in enumerate(over):
                place = self.put(2 + n, self.value(stage, p, unit))
                self.cells[stage, p.name, unit] = place
            self.row += 1
        if "remark" in self.habits.extra:
            self.put(1, f"({self.rows[index] + 1})")
            self.put(2, "not installed")
            self.row += 1

    def _by_column(self, stage: str, index: str, over: list[Any]) -> None:
        self.put(1, self.said(HEADS["symbol"]))
        self.put(2, self.said(HEADS["label"]))
        self.put(3, self.said(HEADS["unit"]))
        units = range(1, self.rows[index] + 1)
        for unit in units:
            self.put(3 + unit, f"({unit})")
        self.row += 1
        for n, symbol, measure in self._heads(over):
            self.put(1, symbol)
            self.put(2, over[n].label)
            self.put(3, measure)
            for unit in units:
                place = self.put(3 + unit, self.value(stage, over[n], unit))
                self.cells[stage, over[n].name, unit] = place
            self.row += 1

    # -- the structure sheet ---------------------------------------------------------

    def _structure(self) -> None:
        self._begin("mss")
        self.put(1, self.said(HEADS["person"]))
        self.put(2, self.said(HEADS["role"]))
        self.row += 1
        self.put(1, self.given["mss.person:1"])
        self.put(2, self.given["mss.role:1"])


class _Calculation:
    """The calculation sheet of one stage: first every place, then every formula."""

    def __init__(self, hand: _Hand, stage: str) -> None:
        self.hand, self.stage, self.m = hand, stage, hand.m
        self.places: dict[tuple[str, int], Place] = {}
        self.listed: dict[str, tuple[str, str]] = {}
        self.tables: dict[str, tuple[str, bool]] = {}
        self.by_class: dict[str, tuple[list[list[str]], bool]] = {}

    def write(self) -> None:
        hand, m = self.hand, self.m
        hand._begin(f"{self.stage}_calc")
        top = hand.row
        blocks = self._blocks()
        self._reserve(blocks)
        self._list(top + sum(len(names) + 2 for names in blocks))
        hand.row = top
        for number, names in enumerate(blocks):
            self._block(BLOCKS[(0, 2, 3)[number]], names)
        self._by_unit()
        sheet, row, column = hand.results[self.stage]
        er = self._ref(m.results.reduction, 0)
        sheet.cell(row, column).value = {
            "ROUNDDOWN": f"=ROUNDDOWN({er},0)", "INT": f"=INT({er})",
            "TRUNC": f"=TRUNC({er})", "FLOOR": f"=FLOOR({er},1)",
            "IF": f'=IF({er}="","",ROUNDDOWN({er},0))', "calc": f"={er}",
        }[hand.habits.rounding]  # fmt: skip

    def _blocks(self) -> list[list[str]]:
        """Return the quantities without unit, by the blocks of the form."""
        m = self.m
        single = [f.name for f in m.formulas.values() if f.index is None]
        below: set[str] = set()
        waiting = [m.results.project]
        while waiting:
            name = waiting.pop()
            if name in m.formulas and name not in below:
                below.add(name)
                waiting += re.findall(r"[A-Za-z_]\w*", m.formulas[name].text)
        reference = [n for n in single if n != m.results.reduction and n not in below]
        return [
            [m.results.reduction],
            sorted(reference, key=lambda n: n != m.results.reference),
            sorted(
                (n for n in single if n in below), key=lambda n: n != m.results.project
            ),
        ]

    def _reserve(self, blocks: list[list[str]]) -> None:
        """Give every quantity its place before any formula is written."""
        hand = self.hand
        row = hand.row
        for names in blocks:
            row += 1
            for name in names:
                self.places[name, 0] = hand.put(self._figure, None, row)
                row += 1
            row += 1
        for index in self.m.sets:
            row += 30  # below the list of default values
            formulas = [f for f in self.m.formulas.values() if f.index == index]
            for unit in range(1, hand.rows[index] + 1):
                for n, f in enumerate(formulas):
                    self.places[f.name, unit] = hand.put(2 + n, None, row + 2 + unit)
            row += hand.rows[index] + 4

    @property
    def _figure(self) -> int:
        return 7 if self.hand.habits.swapped else 6

    def _block(self, title: tuple[str, str], names: list[str]) -> None:
        hand, m = self.hand, self.m
        hand.put(1, hand.said(title))
        order = ["fuel", "figure", "unit", "parameter"]
        if hand.habits.swapped:
            order = ["fuel", "parameter", "figure", "unit"]
        for n, key in enumerate(order):
            hand.put(5 + n, hand.said(HEADS[key]))
        hand.row += 1
        for name in names:
            f = m.formulas[name]
            hand.put(1, f.label)
            formula = self._formula(f.text, 0)
            if name == m.results.reduction and hand.habits.rounding == "calc":
                formula = f"=ROUNDDOWN({formula[1:]},0)"
            hand.put(self._figure, 0 if f.text.strip() == "0" else formula)
            hand.put(5 + order.index("unit"), hand.unit(f.unit))
            hand.put(5 + order.index("parameter"), "_".join(hand.symbol(f.symbol)))
            hand.row += 1
        hand.row += 1

    def _by_unit(self) -> None:
        hand = self.hand
        for index in self.m.sets:
            formulas = [f for f in self.m.formulas.values() if f.index == index]
            for n, f in enumerate(formulas):
                top = int(re.sub(r"\D", "", self.places[f.name, 1][1])) - 1
                hand.put(2 + n, f"{'_'.join(hand.symbol(f.symbol))} ({f.unit})", top)
                for unit in range(1, hand.rows[index] + 1):
                    hand.put(1, unit, top + unit)
                    hand.put(2 + n, self._formula(f.text, unit), top + unit)

    # -- default values --------------------------------------------------------------

    def _list(self, row: int) -> None:
        """Print the default values and constants, where this hand prints them."""
        hand, habits = self.hand, self.hand.habits
        hand.row = row
        known = list(hand.known()) if habits.constants == "block5" else []
        if not known and not self.m.tables:
            return
        hand.put(1, hand.said(BLOCKS[4]))
        hand.row += 1
        if habits.factors == "hlookup":
            self._across(known)
        else:
            self._down(known)
        for table in self.m.tables.values():
            self._table(table)

    def _down(self, known: list[Any]) -> None:
        hand = self.hand
        first = hand.row
        for item in known:
            hand.put(1, "_".join(hand.symbol(item.symbol)))
            sheet, at = hand.put(2, float(item.value))
            hand.put(3, hand.unit(item.unit))
            hand.put(4, item.label)
            name = f"{self.stage}_{item.name}"
            self._name(name, sheet, at)
            self.listed[item.name] = f"'{sheet}'!{at}", name
            hand.row += 1
        if self.hand.habits.factors == "vlookup":
            top, bottom = (
                hand.put(1, None, first)[1],
                hand.put(2, None, hand.row - 1)[1],
            )
            for item in known:
                key = "_".join(hand.symbol(item.symbol))
                text = f'VLOOKUP("{key}",{top}:{bottom},2,FALSE)'
                self.listed[item.name] = text, text

    def _across(self, known: list[Any]) -> None:
        hand = self.hand
        for n, item in enumerate(known):
            hand.put(2 + n, "_".join(hand.symbol(item.symbol)))
            hand.put(2 + n, float(item.value), hand.row + 1)
            hand.put(2 + n, hand.unit(item.unit), hand.row + 2)
        top = hand.put(2, None)[1]
        bottom = hand.put(1 + max(len(known), 1), None, hand.row + 1)[1]
        for item in known:
            key = "_".join(hand.symbol(item.symbol))
            text = f'HLOOKUP("{key}",{top}:{bottom},2,FALSE)'
            self.listed[item.name] = text, text
        hand.row += 4

    def _table(self, table: Any) -> None:
        """Print a table of defaults with one key."""
        hand = self.hand
        is_across = hand.habits.factors == "hlookup"
        hand.put(1, table.label)
        hand.row += 1
        if table.match == "class":
            self._classes(table)
            return
        corners = []
        for n, line in enumerate(table.rows):
            if is_across:
                corners += [hand.put(1 + n, line.key)[1]]
                corners += [hand.put(1 + n, float(line.value), hand.row + 1)[1]]
            else:
                corners += [hand.put(1, line.key)[1], hand.put(2, float(line.value))[1]]
                hand.row += 1
        hand.row += 3 if is_across else 1
        self.tables[table.name] = f"{corners[0]}:{corners[-1]}", is_across

    def _classes(self, table: Any) -> None:
        """Print a table by classes: lower limit, upper limit, value."""
        hand = self.hand
        top = hand.row
        for line in table.rows:
            for n, number in enumerate((line.start, line.end, line.value)):
                hand.put(1 + n, float(number))
            hand.row += 1
        columns = [
            [hand.put(1 + n, None, row)[1] for row in range(top, hand.row)]
            for n in range(3)
        ]
        self.by_class[table.name] = columns, table.rows[-1].is_closed
        hand.row += 1

    def _in_class(self, table: str, key: str) -> str:
        (starts, ends, values), is_closed = self.by_class[table]
        match self.hand.habits.classes:
            case "vlookup":
                found = f"VLOOKUP({key},{starts[0]}:{values[-1]},3,TRUE)"
            case "nested":
                found = values[-1]
                for start, value in zip(starts[:0:-1], values[-2::-1], strict=True):
                    found = f"IF({key}<{start},{value},{found})"
            case _:
                keys = f"{starts[0]}:{starts[-1]}"
                found = f"INDEX({values[0]}:{values[-1]},MATCH({key},{keys},1))"
        sign = "<=" if is_closed else "<"
        return f"IF(AND({key}>={starts[0]},{key}{sign}{ends[-1]}),{found},NA())"

    def _name(self, name: str, sheet: str, at: str) -> None:
        match = re.fullmatch(r"([A-Z]+)(\d+)", at)
        assert match
        text = f"'{sheet}'!${match[1]}${match[2]}"
        self.hand.file.defined_names[name] = DefinedName(name, attr_text=text)

    # -- formulas --------------------------------------------------------------------

    def _formula(self, text: str, unit: int) -> str:
        return "=" + typed(
            text,
            lambda name: self._ref(name, unit),
            self._range,
            lambda table, key: self._found(table, self._ref(key, unit)),
        )

    def _found(self, table: str, key: str) -> str:
        if table in self.by_class:
            return self._in_class(table, key)
        area, is_across = self.tables[table]
        return f"{'HLOOKUP' if is_across else 'VLOOKUP'}({key},{area},2,FALSE)"

    def _range(self, name: str) -> str:
        if self.hand.habits.products and (parts := self._factors(name)):
            columns = [self._column(part) for part in parts]
            if len(set(map(_is_down, columns))) == 1:  # Excel takes no other pair
                return f"SUMPRODUCT({','.join(columns)})"
        return self._column(name)

    def _factors(self, name: str) -> list[str]:
        """Return the two columns whose product a column is, nothing for any other."""
        f = self.m.formulas.get(name)
        match = re.fullmatch(r"\(?(\w+) \* (\w+)\)?", f.text) if f else None
        parts = list(match.groups()) if match else []
        same = all(
            (item := self.m.item(part)) and getattr(item, "index", None) == f.index
            for part in parts
        )
        return parts if same else []

    def _column(self, name: str) -> str:
        f = self.m.item(name)
        first, last = self._ref(name, 1), self._ref(name, self.hand.rows[f.index])
        return f"{first}:{last.rpartition('!')[2]}"

    def _ref(self, name: str, unit: int) -> str:
        hand, item = self.hand, self.m.item(name) or self.m.constants.get(name)
        at = unit if getattr(item, "index", None) else 0
        if name in self.m.formulas:
            sheet, cell = self.places[name, at]
            return f"'{sheet}'!{cell}"
        for stage in (self.stage, "mps"):
            if (stage, name, at) in hand.cells:
                sheet, cell = hand.cells[stage, name, at]
                if hand.habits.factors == "names" and not at:
                    self._name(f"{stage}_{name}", sheet, cell)
                    return f"{stage}_{name}"
                return f"'{sheet}'!{cell}"
        if name in self.listed:
            direct, named = self.listed[name]
            return named if hand.habits.factors == "names" else direct
        return repr(float(item.value))


def _is_down(area: str) -> bool:
    """Tell whether a range lies in one column."""
    first, last = area.rpartition("!")[2].split(":")
    return first.rstrip("0123456789") == last.rstrip("0123456789")


def _wide(text: str) -> str:
    """Return a text in the full-width signs of a Japanese keyboard."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
