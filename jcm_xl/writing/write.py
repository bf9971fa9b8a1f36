"""Plan and values to an .xlsx: native formulas together with their cached values."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from jcm_xl.model.key import Key
from jcm_xl.model.result import Result
from jcm_xl.model.submission import (
    CellError,
    DateNumber,
    Stage,
    StageInputs,
    Submission,
    Value,
)
from jcm_xl.plan.cached_values import CachedValues
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot
from jcm_xl.plan.stamp import stamp_of
from jcm_xl.plan.tables import FIRST_COLUMN
from jcm_xl.text.days import serial
from jcm_xl.text.symbols import plain_symbol, symbol_parts
from jcm_xl.writing.additions import UNDRESSED, Dress, comment, write_own_sheet
from jcm_xl.writing.formats import properties_of, stored
from jcm_xl.writing.live_cells import look_of_live, write_trace
from jcm_xl.writing.month_charts import draw_months
from jcm_xl.writing.month_marks import mark_months
from jcm_xl.writing.pages import set_page
from jcm_xl.writing.unneeded import grey_unneeded
from jcm_xl.writing.validations import add_validations
from jcm_xl.writing.worksheet import ExactWorksheet
from jcm_xl.writing.wrong_cells import redden_wrong
from jcm_xl.xlsx.grid import address, parse_address

CREATED = datetime(2013, 1, 1)
"""A fixed moment (JCM's first year): the same book twice is the same bytes."""


class _EmptyText(str):
    """An empty text as a formula's value, stored as Excel does: with its type.

    XlsxWriter takes a value that equals "" for "not calculated" and leaves the type
    out; a reader could then not tell an empty result from a missing one.
    """

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


EMPTY_TEXT = _EmptyText()
"""What a formula gives that shows nothing."""
_LIKE_MARKUP = re.compile("<r>.*</r>", re.DOTALL)

_EXCEL_2019 = 191029
"""Engine of Excel 2019 and 365; Excel calculates anew what an older one calculated."""
Overrides = Mapping[str, object] | Mapping[Key, object]
"""What else stands in a cell, by its key, the text of its key or its address."""
Finish = Callable[[Any, Plan, Mapping[str, Any]], None]
"""Adds parts of its own to the finished sheets: macros, buttons."""


def write(
    plan: Plan,
    submission: Submission,
    inputs: Mapping[Stage, StageInputs],
    results: Mapping[Stage, Result],
    overrides: Overrides | None = None,
    dress: Dress = UNDRESSED,
    finish: Finish | None = None,
) -> bytes:
    """Return the bytes of the workbook, with what `dress` adds to the plan.

    `overrides` puts something else into a slot (`{"mps.unit:EF": "kg"}`; a text
    that begins with `=` is a formula, a pair is formula and cached value) or into
    any cell (`"'MSS'!H9"`): how the tests make faulty books.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_numbers": False,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        },
    )
    cached = CachedValues(plan, submission, inputs, results)
    writer = _Writer(book, plan, submission, cached, _places(overrides or {}), dress)
    writer.write()
    if finish is not None:
        finish(book, plan, writer.sheets)
    book.close()
    return buffer.getvalue()


def _places(overrides: Overrides) -> dict[Key | str, object]:
    return {
        place if isinstance(place, Key) or "!" in place else Key.parse(place): value
        for place, value in overrides.items()
    }


class _Writer:
    def __init__(
        self,
        book: Any,
        plan: Plan,
        submission: Submission,
        cached: CachedValues,
        overrides: dict[Key | str, object],
        dress: Dress,
    ) -> None:
        self.book, self.plan, self.submission = book, plan, submission
        self.cached, self.overrides, self.dress = cached, overrides, dress
        self.formats: dict[tuple[str, bool], Any] = {}
        self.sheets: dict[str, Any] = {}

    def write(self) -> None:
        for name in self.plan.sheets.values():
            self.sheets[name] = self.book.add_worksheet(name, ExactWorksheet)
        self._properties()
        for slot in self.plan.slots.values():
            if slot.link:  # first, as the cell is written over what a link shows
                at = slot.row - 1, slot.column - 1
                self.sheets[slot.sheet].write_url(*at, f"internal:{slot.link}")
            self._slot(slot)
        for place, value in self.overrides.items():
            if not isinstance(place, Key):
                self._anywhere(place, value)
        for key, name in self.plan.sheets.items():
            set_page(self.plan, key, self.sheets[name], self.submission)
        for own in self.dress.sheets:
            write_own_sheet(self.book, self._format, own)
        self._remarks_beside()
        add_validations(self.plan, self.sheets)
        self._conditions()
        self._leave_unmarked()
        self._chart()
        if "monthly" in self.plan.sheets and self.plan.is_steady:
            place = self.plan.sheets["monthly"]
            draw_months(self.plan, self.book, self.sheets[place])
        for name, place in self.plan.names.items():
            self.book.define_name(name, f"={place}")

    def _properties(self) -> None:
        m = self.plan.methodology
        self.book.set_properties(
            {
                "title": f"{m.spreadsheet_id} {m.title}",
                "created": CREATED,
                "author": "",
                "comments": "",
            }
        )
        for name, value in stamp_of(self.plan).properties().items():
            self.book.set_custom_property(name, value, "text")
        self.book.set_calc_mode("auto", None if self._asks_anew() else _EXCEL_2019)
        self.book.calc_on_load = self._asks_anew()

    def _asks_anew(self) -> bool:
        """Tell whether the program has to calculate on opening.

        Where every formula stands with its result it has not, and closing a book that
        was only looked at asks nothing: decision 0024.
        """
        return bool(self.plan.live or self.overrides or self.dress.formulas)

    # -- cells -------------------------------------------------------------------

    def _format(self, style: str, is_input: bool, mark: str = "") -> Any:
        key = (f"{style} {mark}", is_input)
        if key not in self.formats:
            styles = self.plan.layout.styles
            colour = {"bg": styles[mark]["bg"]} if mark else {}
            self.formats[key] = self.book.add_format(
                {
                    **properties_of({**styles[style], **colour}),
                    "locked": not is_input,
                }
            )
        return self.formats[key]

    def _slot(self, slot: Slot) -> None:
        sheet = self.sheets[slot.sheet]
        remark = self.dress.remarks.get(slot.key)
        typed = self.submission.get(slot.key) if slot.is_input else None
        mark = remark.style if remark else ""
        form = self._format(_style(slot, typed), slot.is_open, mark)
        row, column = slot.row - 1, slot.column - 1
        if remark:
            comment(sheet, row, column, remark.text)
        if slot.span > 1:
            sheet.merge_range(row, column, row, column + slot.span - 1, "", form)
        if slot.key in self.overrides:
            self._override(sheet, row, column, self.overrides[slot.key], form)
            return
        if slot.key in self.dress.formulas:
            formula, value = self.dress.formulas[slot.key]
            sheet.write_formula(row, column, f"={formula}", form, stored(value))
            return
        if typed is not None:
            self._put(sheet, row, column, typed, form)
        elif slot.formula and slot.role != "live_array":
            value = self.cached.of(slot)
            shown = EMPTY_TEXT if value == "" else stored(value)
            sheet.write_formula(row, column, f"={slot.formula}", form, shown)
        else:
            self._fixed(sheet, slot, form)

    def _fixed(self, sheet: Any, slot: Slot, form: Any) -> None:
        """Write what stands in a cell before anybody types, no formula."""
        row, column = slot.row - 1, slot.column - 1
        if slot.role == "live_array":
            write_trace(sheet, slot, self.cached.of(slot), self._format)
        elif slot.role == "symbol":
            self._symbol(sheet, row, column, str(slot.content), form)
        elif slot.content is not None and slot.content != "":
            self._put(sheet, row, column, slot.content, form)
        else:
            sheet.write_blank(row, column, None, form)

    def _override(
        self, sheet: Any, row: int, column: int, value: object, form: Any
    ) -> None:
        if isinstance(value, tuple):
            sheet.write_formula(row, column, value[0], form, value[1])
        elif isinstance(value, str) and value.startswith("="):
            sheet.write_formula(row, column, value, form)
        else:
            self._put(sheet, row, column, value, form)

    def _put(self, sheet: Any, row: int, column: int, value: object, form: Any) -> None:
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value, form)
        elif isinstance(value, float | int | Decimal):
            sheet.write_number(row, column, float(value), form)
        elif isinstance(value, date):
            sheet.write_number(row, column, serial(value), form)
        elif isinstance(value, DateNumber):
            sheet.write_number(row, column, value.number, form)
        elif value is None:
            sheet.write_blank(row, column, None, form)
        elif isinstance(value, CellError):
            # A constant error is a formula of one word; the writer knows no other way.
            sheet.write_formula(row, column, f"={value.code}", form, value.code)
        elif _LIKE_MARKUP.fullmatch(str(value)):
            # XlsxWriter would store the text as markup; a text in three pieces not.
            text = str(value)
            sheet.write_rich_string(row, column, text[:1], text[1:2], text[2:], form)
        else:
            sheet.write_string(row, column, str(value), form)

    def _symbol(
        self, sheet: Any, row: int, column: int, symbol: str, form: Any
    ) -> None:
        parts = symbol_parts(symbol)
        if not any(is_low for _, is_low in parts) or len(parts) < 2:
            sheet.write_string(row, column, plain_symbol(symbol), form)
            return
        low = self._low()
        fragments: list[Any] = []
        for text, is_low in parts:
            fragments += [low, text] if is_low else [text]
        sheet.write_rich_string(row, column, *fragments, form)

    def _low(self) -> Any:
        key = ("_low", False)
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"font_script": 2})
        return self.formats[key]

    def _anywhere(self, place: str, value: object) -> None:
        name, _, cell = place.rpartition("!")
        sheet = self.sheets[name.strip("'")]
        row, column = parse_address(cell)
        self._override(sheet, row - 1, column - 1, value, None)

    def _remarks_beside(self) -> None:
        """Comment cells that no slot is at: something stood there that is gone."""
        for place, remark in self.dress.remarks.items():
            if not isinstance(place, Key):
                name, _, cell = place.rpartition("!")
                row, column = parse_address(cell)
                sheet = self.sheets[name.strip("'")]
                sheet.write_blank(row - 1, column - 1, None, self._mark(remark.style))
                comment(sheet, row - 1, column - 1, remark.text)

    def _mark(self, style: str) -> Any:
        return self._format("plain", False, style)

    # -- sheets ------------------------------------------------------------------

    def _conditions(self) -> None:
        """Grey what cannot be calculated yet; redden what is typed in a wrong kind."""
        grey, wrong, good = (self._plain(k) for k in ("grey", "wrong", "good"))
        places = self.plan.sheets
        for key in ("mps_calc", "mrs_calc"):
            name = places[key]
            rows = max(s.row for s in self.plan.by_place[name].values())
            last, top = self.plan.last_columns[name], self.plan.layout.header_rows
            self.sheets[name].conditional_format(
                top, FIRST_COLUMN - 1, rows, last, {"type": "errors", "format": grey}
            )
        redden_wrong(self.plan, self.sheets, wrong)
        if self.plan.is_steady:
            grey_unneeded(self.plan, self.sheets, self._plain("unneeded"))
            if "monthly" in places:
                amber = self._plain("doubt")
                mark_months(self.plan, self.sheets[places["monthly"]], amber)
        for stage in Stage:
            result = self.plan[Key(stage, "result")]
            self.sheets[result.sheet].conditional_format(
                result.address,
                {
                    "type": "formula",
                    "format": wrong,
                    "criteria": f"=ISTEXT({result.address})",
                },
            )
        self._check_conditions(self.sheets[places["check"]], wrong, good)
        if "live" in places:
            pale = self._plain("pale")
            look_of_live(
                self.plan, self.sheets[places["live"]], (grey, pale), (good, wrong)
            )

    def _leave_unmarked(self) -> None:
        """Name the cells that Excel would mark in green although they are meant so.

        Texts of the option stand in cells that a participant may edit; a row that is
        not filled is #N/A; numbers of meters and projects are texts.
        """
        found: dict[str, dict[str, list[str]]] = {}
        for slot in self.plan.inputs:
            if kind := _marked_as(slot):
                cells = found.setdefault(slot.sheet, {}).setdefault(kind, [])
                cells.append(slot.address)
        for key in ("mps_calc", "mrs_calc"):
            name = self.plan.sheets[key]
            last = max(self.plan.by_place[name])[0], self.plan.last_columns[name]
            found.setdefault(name, {})["eval_error"] = [f"A1:{address(*last)}"]
        for name, kinds in found.items():
            self.sheets[name].ignore_errors(
                {kind: " ".join(cells) for kind, cells in kinds.items()}
            )

    def _check_conditions(self, sheet: Any, wrong: Any, good: Any) -> None:
        states = [s for s in self.plan.where("state") if s.key.stage == "check"]
        if self.plan.is_steady:
            self._marked_columns(sheet, [s for s in states if s.key.unit], wrong, good)
        for slot in () if self.plan.is_steady else states:
            if slot.key == Key("check", "writes"):
                continue
            cell, words = slot.address, (self.plan.messages("check.ok"), "-")
            for sign, form, word in (("=", good, "OR"), ("<>", wrong, "AND")):
                criteria = f"={word}({_each(cell, sign, words)})"
                rule = {"type": "formula", "format": form, "criteria": criteria}
                sheet.conditional_format(cell, rule)
        for slot in self.plan.where("verdict"):
            ready = self.plan.messages(f"check.{slot.key.name}_ready")
            row, left = slot.row - 1, slot.column - 1
            if self.plan.is_steady:
                word = self.plan.messages(f"check.{slot.key.name}_look")
                self._amber(sheet, slot.fixed, word, left + slot.span - 1)
            for sign, form in (("=", good), ("<>", wrong)):
                criteria = f'={slot.fixed}{sign}"{ready}"'
                rule = {"type": "formula", "format": form, "criteria": criteria}
                sheet.conditional_format(row, left, row, left + slot.span - 1, rule)

    def _marked_columns(
        self, sheet: Any, states: Sequence[Slot], wrong: Any, good: Any
    ) -> None:
        """Mark the answers of a stage by one rule a colour: `-` has none."""
        text = self.plan.messages
        look, fine = text("check.look"), (text("check.ok"), text("check.unneeded"))
        rows = [slot.row for slot in states]
        for column in sorted({slot.column for slot in states}):
            cell = address(min(rows), column)
            for criteria, form in (
                (f'=LEFT({cell},{len(look)})="{look}"', self._plain("doubt")),
                (f"=OR({_each(cell, '=', fine)})", good),
                (f"=AND({_each(cell, '<>', (*fine, '-'))})", wrong),
            ):
                rule = {
                    "type": "formula", "format": form, "criteria": criteria,
                    "stop_if_true": True,
                }  # fmt: skip
                place = min(rows) - 1, column - 1, max(rows) - 1, column - 1
                sheet.conditional_format(*place, rule)

    def _amber(self, sheet: Any, cell: str, word: str, last: int = 0) -> None:
        """Mark what begins with a word that asks to look, before all other rules."""
        row, column = parse_address(cell.replace("$", ""))
        rule = {
            "type": "formula", "format": self._plain("doubt"), "stop_if_true": True,
            "criteria": f'=LEFT({cell},{len(word)})="{word}"',
        }  # fmt: skip
        left = column - 1
        sheet.conditional_format(row - 1, left, row - 1, max(left, last), rule)

    def _plain(self, style: str) -> Any:
        return self.book.add_format(
            {
                k: v
                for k, v in properties_of(self.plan.layout.styles[style]).items()
                if k in ("bg_color", "font_color")
            }
        )

    def _chart(self) -> None:
        """Draw reference, project and reduction beside the Check sheet's figures."""
        name, m, text = (
            self.plan.sheets["check"],
            self.plan.methodology,
            self.plan.messages,
        )
        names = (m.results.reference, m.results.reduction)
        symbols = [self.plan[Key("check", "figure.symbol", n)] for n in names]
        chart = self.book.add_chart({"type": "column"})
        for stage, word in ((Stage.PLAN, "plan"), (Stage.REPORT, "report")):
            figures = [self.plan[Key("check", "figure", stage, part=n)] for n in names]
            chart.add_series(
                {
                    "name": text(f"check.{word}"),
                    "categories": _place(*symbols),
                    "values": _place(*figures),
                }
            )
        unit = m.formulas[m.results.reduction].unit
        chart.set_title({"name": text("check.chart"), "name_font": {"size": 12}})
        chart.set_y_axis({"name": str(unit), "num_format": "#,##0"})
        chart.set_size({"width": 760, "height": 300})
        last = symbols[-1]
        self.sheets[name].insert_chart(last.row + 3, last.column - 1, chart)


def _each(cell: str, sign: str, words: Sequence[str]) -> str:
    return ",".join(f'{cell}{sign}"{word}"' for word in words)


def _marked_as(slot: Slot) -> str:
    """Return what Excel would mark in an input that is meant so, as XlsxWriter says."""
    if slot.formula:
        return "formula_unlocked"
    return "number_stored_as_text" if slot.style == "identifier" else ""


def _style(slot: Slot, typed: Value) -> str:
    """Return the style of a cell; a copy shows as a date what was shown as one."""
    return "date" if isinstance(typed, DateNumber) else slot.style


def _place(first: Slot, last: Slot) -> list[str | int]:
    """Return a range as the writer's charts take it."""
    return [first.sheet, first.row - 1, first.column - 1, last.row - 1, last.column - 1]
