"""Official-looking workbooks drawn cell by cell by openpyxl, each in a way of its own.

They imitate what people do with such sheets: subscripts, merged headings in two
languages, hidden lists, names, passwords, notes, formats, a unit in a cell of its own,
print settings. Nothing of them comes from `plan/` or `writing/`; wordings, symbols and
numbers are typed here as an office would type them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation

_PALE = PatternFill("solid", fgColor="FFCCFFCC")
_DARK = PatternFill("solid", fgColor="FF1F3864")
_GREY = PatternFill("solid", fgColor="FFD9D9D9")
_OPEN = Protection(locked=False)


def low(head: str, foot: str) -> CellRichText:
    """Return a symbol with a subscript: `EC` and, below the line, `PJ,i,p`."""
    return CellRichText(head, TextBlock(InlineFont(vertAlign="subscript"), foot))


def put(sheet: Any, cells: Mapping[str, Any]) -> None:
    """Type contents by address."""
    for at, content in cells.items():
        sheet[at] = content


def opened(sheet: Any, ranges: Iterable[str]) -> None:
    """Colour and unlock cells of the participant."""
    for area in ranges:
        rows = sheet[area] if ":" in area else ((sheet[area],),)
        for row in rows:
            for cell in row:
                cell.fill, cell.protection = _PALE, _OPEN
                cell.alignment = Alignment(wrap_text=True, vertical="top")


def headed(sheet: Any, ranges: Iterable[str], fill: Any = _GREY) -> None:
    """Colour headings."""
    for area in ranges:
        for row in sheet[area]:
            for cell in row:
                cell.fill = fill
                if fill is _DARK:
                    cell.font = Font(color="FFFFFFFF", bold=True)


def sealed(sheet: Any, password: str = "jcm-2015") -> None:
    """Protect a sheet by a password, and set it up for printing."""
    sheet.protection.sheet = True
    sheet.protection.set_password(password)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.right.text = "&P / &N"


def _title(sheet: Any, last: str, text: str, key: str, row: int = 3) -> None:
    put(sheet, {f"{last}1": f"Monitoring Spreadsheet: {key}", f"A{row}": text})
    sheet.merge_cells(f"A{row}:{last}{row}")
    headed(sheet, [f"A{row}:{last}{row}"], _DARK)
    sheet[f"{last}1"].alignment = Alignment(horizontal="right")


# -- refrigerators: a sheet of units, subscripts, hidden lists, a password ------------

_ID003 = "JCM_ID_AM003_ver01.0"
_HEADS = (
    "Monitoring point No.", "Parameters", "Description of data", "Estimated Values",
    "Units", "Monitoring option", "Source of data",
    "Measurement methods and procedures", "Monitoring frequency", "Other comments",
)  # fmt: skip
_LEGEND = (
    ("Option A", "Based on public data which is measured by entities other than the "
     "project participants (Data used: publicly recognized data such as statistical "
     "data and specifications)"),
    ("Option B", "Based on the amount of transaction which is measured directly using "
     "measuring equipments (Data used: commercial evidence such as invoices)"),
    ("Option C", "Based on the actual measurement using measuring equipments (Data "
     "used: measured values)"),
)  # fmt: skip
UNITS = 20


def refrigerators() -> Any:
    """Return the book of ID_AM003: a hidden sheet of lists, twenty rows of units."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for stage in ("MPS", "MRS"):
        _fridge_input(book.create_sheet(f"{stage}(input)"), stage)
        _fridge_units(book.create_sheet(f"{stage}(input_separate)"), stage)
        _fridge_calc(book.create_sheet(f"{stage}(calc_process)"), stage)
        if stage == "MPS":
            _structure(book.create_sheet("MSS"), _ID003)
    lists = book.create_sheet("List")
    put(lists, {
        "A1": "Type", "A2": "Individual quick freezer", "A3": "Cold storage",
        "B1": "Option", "B2": "Option A", "B3": "Option B", "B4": "Option C",
    })  # fmt: skip
    lists.sheet_state = "veryHidden"
    for name, area in (("Type_list", "List!$A$2:$A$3"), ("Option_C", "List!$B$4")):
        book.defined_names[name] = DefinedName(name, attr_text=area)
    info = book.create_sheet("Additional information")
    put(info, {
        "A1": "Additional information", "A3": "How the default COPs were found",
        "A4": "Refrigerators sold in Indonesia", "B4": 1.32, "C4": 1.71,
    })  # fmt: skip
    book.security = WorkbookProtection(workbookPassword="8A2C", lockStructure=True)
    return book


def _fridge_input(sheet: Any, stage: str) -> None:
    is_plan, at = stage == "MPS", "" if stage == "MPS" else "+"
    kind = "Plan" if is_plan else "Report"
    tail = (
        "[Attachment to Project Design Document]" if is_plan else "[For Verification]"
    )
    _title(sheet, "L", f"Monitoring {kind} Sheet (Input Sheet) {tail}", _ID003)
    put(sheet, {"K2": "Reference Number:", "A2": "Sectoral scope: 03"})
    opened(sheet, ["L2"])
    heads = list(_HEADS)
    first = "Table 1: Parameters to be monitored ex post"
    if at:
        heads[3], first = "Monitored Values", "Table 1: Parameters monitored ex post"
        heads = ["Monitoring period", *heads]
    columns = "BCDEFGHIJKL"[: len(heads)]
    put(sheet, {"A5": first})
    for n, (column, head) in enumerate(zip(columns, heads, strict=True)):
        put(sheet, {f"{column}6": f"({chr(97 + n)})", f"{column}7": head})
    headed(sheet, ["B6:L7"])
    c = dict(zip(("point", "symbol", "label", "value", "unit", "option", "source",
                  "procedure", "frequency", "comment"), columns[bool(at) :],
                 strict=True))  # fmt: skip
    put(sheet, {
        f"{c['point']}8": "(1)", f"{c['symbol']}8": low("EC", "PJ,i,p"),
        f"{c['label']}8": "Electricity consumption of project refrigerator i during "
                          "the period p",
        f"{c['value']}8": f"=SUM('{stage}(input_separate)'!C8:C{7 + UNITS})",
        f"{c['unit']}8": "MWh/p", f"{c['option']}8": "Option C",
        f"{c['source']}8": "Monitored data",
        f"{c['procedure']}8": "Measured by a power meter.\n- Calibration: see the "
                              "guideline.",
        f"{c['frequency']}8": "Continuously",
    })  # fmt: skip
    sheet[f"{c['value']}8"].number_format = "#,##0.0"
    put(sheet, {"B9": "Note 1) Amounts are those of the meters, without any estimate."})
    sheet.merge_cells("B9:L9")
    opened(sheet, [f"{c['option']}8:{columns[-1]}8"] + (["B8"] if at else []))
    rule = DataValidation("list", formula1="Option_C", allow_blank=True)
    rule.add(f"{c['option']}8")
    sheet.add_data_validation(rule)
    _fridge_fixed(sheet, stage)
    sealed(sheet)


def _fridge_fixed(sheet: Any, stage: str) -> None:
    is_plan = stage == "MPS"
    put(sheet, {
        "A11": "Table 2: Project-specific parameters to be fixed ex ante" if is_plan
        else "Table 2: Project-specific parameters fixed ex ante",
        "B12": "(a)", "D12": "(b)", "E12": "(c)", "F12": "(d)", "G12": "(e)",
        "K12": "(f)", "B13": "Parameters", "D13": "Description of data",
        "E13": "Estimated Values", "F13": "Units", "G13": "Source of data",
        "K13": "Other comments", "B14": low("EF", "elec"),
        "D14": "CO2 emission factor for consumed electricity", "F14": "tCO2/MWh",
    })  # fmt: skip
    for row in (12, 13, 14):
        for area in (f"B{row}:C{row}", f"G{row}:J{row}"):
            sheet.merge_cells(area)
    if not is_plan:
        put(sheet, {"E14": "='MPS(input)'!E14"})
    else:
        opened(sheet, ["E14", "G14", "K14"])
    sheet.conditional_formatting.add(
        "E14", CellIsRule(operator="greaterThan", formula=["1.5"], fill=_DARK)
    )
    title = "estimation" if is_plan else "calculation"
    put(sheet, {
        "A17": f"Table3: Ex-{'ante' if is_plan else 'post'} {title} of CO2 emission "
               "reductions",
        "E18": "CO2 emission reductions", "F18": "Units", "F19": "tCO2/p",
        "E19": f"=ROUNDDOWN('{stage}(calc_process)'!G6,0)",
    })  # fmt: skip
    if not is_plan:
        put(sheet, {"B18": "Monitoring period", "B19": "=B8"})
    put(sheet, {"A22": "[Monitoring option]"})
    for row, (option, text) in enumerate(_LEGEND, 23):
        put(sheet, {f"B{row}": option, f"D{row}": text})
        sheet.merge_cells(f"D{row}:L{row}")


def _fridge_units(sheet: Any, stage: str) -> None:
    kind = "Plan" if stage == "MPS" else "Report"
    _title(sheet, "G", f"Monitoring {kind} Sheet (Input Sheet) - each refrigerator",
           _ID003)  # fmt: skip
    put(sheet, {
        "B5": "No. of refrigerator i", "C5": "Table 1", "D5": "Table 2",
        "B6": "i", "C6": low("EC", "PJ,i,p"), "D6": low("Type", "i"),
        "E6": low("COP", "PJ,i"),
        "B7": "-", "C7": "MWh/p", "D7": "-", "E7": "-",
    })  # fmt: skip
    sheet.merge_cells("D5:E5")
    headed(sheet, ["B5:E7"])
    for unit in range(1, UNITS + 1):
        row = 7 + unit
        put(sheet, {f"B{row}": unit})
        if stage == "MRS":
            for column in "DE":
                text = f"'MPS(input_separate)'!{column}{row}"
                put(sheet, {f"{column}{row}": f'=IF({text}="","",{text})'})
    last = 7 + UNITS
    opened(sheet, [f"C8:C{last}"] + ([f"D8:E{last}"] if stage == "MPS" else []))
    rule = DataValidation("list", formula1="Type_list", allow_blank=True)
    rule.add(f"D8:D{last}")
    sheet.add_data_validation(rule)
    number = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0")
    number.add(f"C8:C{last}")
    sheet.add_data_validation(number)
    sealed(sheet)


def _fridge_calc(sheet: Any, stage: str) -> None:
    kind = "Plan" if stage == "MPS" else "Report"
    _title(sheet, "I", f"Monitoring {kind} Sheet (Calculation Process Sheet)", _ID003)
    units, last = f"'{stage}(input_separate)'", 30 + UNITS
    put(sheet, {
        "A5": "1. Calculations for emission reductions", "F5": "Fuel type",
        "G5": "Value", "H5": "Units", "I5": "Parameter",
        "B6": "Emission reductions during the period p", "F6": "n/a", "G6": "=G12-G15",
        "H6": "tCO2/p", "I6": low("ER", "p"),
        "A8": "2. Selected default values, etc.",
        "B9": "CO2 emission factor for consumed electricity", "F9": "Electricity",
        "G9": f"='{stage}(input)'!E14", "H9": "tCO2/MWh", "I9": low("EF", "elec"),
        "A11": "3. Calculations for reference emissions",
        "B12": "Reference emissions during the period p", "F12": "n/a",
        "G12": f"=SUM(F31:F{last})", "H12": "tCO2/p", "I12": low("RE", "p"),
        "A14": "4. Calculations of the project emissions",
        "B15": "Project emissions during the period p", "F15": "n/a",
        "G15": f"=SUM(G31:G{last})", "H15": "tCO2/p", "I15": low("PE", "p"),
        "A18": "[List of Default Values]",
        "B19": "Default COP of the reference refrigerator", "B20": "Type of project "
        "refrigerator", "G20": low("COP", "RE,i"), "B21": "Individual quick freezer",
        "G21": 1.32, "B22": "Cold storage", "G22": 1.71,
        "A27": "[Calculation for each refrigerator]",
        "B28": "i", "C28": low("EC", "PJ,i,p"), "D28": low("COP", "PJ,i"),
        "E28": low("COP", "RE,i"), "F28": low("RE", "i,p"), "G28": low("PE", "i,p"),
        "C29": "MWh/p", "D29": "-", "E29": "-", "F29": "tCO2/p", "G29": "tCO2/p",
    })  # fmt: skip
    headed(sheet, ["F5:I5", "B28:G29"])
    for unit in range(1, UNITS + 1):
        row, of = 30 + unit, 7 + unit
        put(sheet, {
            f"B{row}": unit,
            f"C{row}": f'=IF({units}!C{of}="","",{units}!C{of})',
            f"D{row}": f'=IF({units}!E{of}="","",{units}!E{of})',
            f"E{row}": f'=IF({units}!D{of}="","",'
                       f"INDEX($G$21:$G$22,MATCH({units}!D{of},$B$21:$B$22,0)))",
            f"F{row}": f'=IF(C{row}="","",C{row}*D{row}/E{row}*$G$9)',
            f"G{row}": f'=IF(C{row}="","",C{row}*$G$9)',
        })  # fmt: skip
    sheet.conditional_formatting.add(
        f"B31:G{last}", FormulaRule(formula=['$C31=""'], fill=_GREY)
    )
    sealed(sheet)


def _structure(sheet: Any, key: str, rows: int = 6) -> None:
    _title(sheet, "C", "Monitoring Structure Sheet [Attachment to Project Design "
           "Document]", key)  # fmt: skip
    put(sheet, {"B5": "Responsible personnel", "C5": "Role"})
    headed(sheet, ["B5:C5"])
    opened(sheet, [f"B6:C{5 + rows}"])
    sealed(sheet)


def saved(book: Any, path: Path) -> Path:
    """Save a book and return where."""
    book.save(path)
    return path


# -- waste heat: two languages in two rows, units before values, names, indented lines -

_MM005 = "JCM_MM_AM005_ver01.0"
_BOTH = (
    ("Monitoring point No.", "モニタリングポイント番号"), ("Parameters", "パラメータ"),
    ("Description of data", "データの説明"), ("Units", "単位"),
    ("Estimated Values", "推定値"),
    ("Monitoring option", "モニタリングオプション"), ("Source of data", "データの出典"),
    ("Measurement methods and procedures", "測定方法及び手順"),
    ("Monitoring frequency", "モニタリング頻度"), ("QA/QC check", "確認欄"),
    ("Other comments", "その他コメント"),
)  # fmt: skip
_HEAT = (
    ("(1)", low("EG", "SUP,p"), "Quantity of the electricity supplied from the WHR "
     "system to the cement production facility during the period p", "MWh/p", "EG_SUP",
     "C"),
    ("(2)", low("D", "p"), "Number of days during the period p", "day/p", "D_p", "A"),
)  # fmt: skip
_AUX = (
    "Total maximum rated capacity of equipment of the WHR system which consumes "
    "electricity, except for the capacity of equipment which directly uses the "
    "electricity generated by the WHR system"
)
_GRID = (
    "CO2 emission factor of the grid and/or captive electricity displaced by the "
    "project"
)


def waste_heat() -> Any:
    """Return the book of MM_AM005: the version in sheets' names, names in formulas."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for stage in ("MPS", "MRS"):
        _heat_input(book, book.create_sheet(f"{stage}(input)_ver01.0"), stage)
        _heat_calc(book.create_sheet(f"{stage}(calc_process)_ver01.0"), stage)
        if stage == "MPS":
            _structure(book.create_sheet("MSS_ver01.0"), _MM005)
    return book


def _heat_input(book: Any, sheet: Any, stage: str) -> None:
    is_plan = stage == "MPS"
    english, japanese = ("Plan", "計画") if is_plan else ("Report", "報告")
    tail = (
        "[Attachment to Project Design Document]" if is_plan else "[For Verification]"
    )
    text = f"Monitoring {english} Sheet (Input Sheet) {tail}\n"
    _title(
        sheet, "M", f"{text}モニタリング{japanese}シート（入力シート）", _MM005, row=4
    )
    put(sheet, {"M2": "Reference Number: ", "M3": "Sectoral Scope: 01"})
    heads = (
        list(_BOTH) if is_plan else [("Monitoring period", "モニタリング期間"), *_BOTH]
    )
    if not is_plan:
        heads[5] = ("Monitored Values", "モニタリング値")
    heads[-2:-2] = []
    put(sheet, {"A6": "Table 1: Parameters " + ("to be " if is_plan else "")
                + "monitored ex post / 表1"})  # fmt: skip
    columns = "BCDEFGHIJKLM"[: len(heads)]
    for column, (first, second) in zip(columns, heads, strict=True):
        put(sheet, {f"{column}7": first, f"{column}8": second})
    headed(sheet, ["B7:M8"])
    shift = 0 if is_plan else 1
    at = dict(zip(("point", "symbol", "label", "unit", "value", "option", "source",
                   "procedure", "frequency", "own", "comment"), columns[shift:],
                  strict=True))  # fmt: skip
    for row, (point, symbol, label, unit, name, option) in enumerate(_HEAT, 9):
        put(sheet, {
            f"{at['point']}{row}": point, f"{at['symbol']}{row}": symbol,
            f"{at['label']}{row}": label, f"{at['unit']}{row}": unit,
            f"{at['option']}{row}": f"Option {option}",
        })  # fmt: skip
        opened(sheet, [f"{at['value']}{row}", f"{at['option']}{row}:{columns[-1]}{row}"]
               + ([] if is_plan else [f"B{row}"]))  # fmt: skip
        sheet[f"{at['value']}{row}"].number_format = "#,##0.00_ "
        _named(book, f"{stage}_{name}", sheet, f"{at['value']}{row}")
    _heat_fixed(book, sheet, stage)
    sealed(sheet, "")


def _heat_fixed(book: Any, sheet: Any, stage: str) -> None:
    is_plan = stage == "MPS"
    put(sheet, {
        "A12": "Table 2: Project-specific parameters " + ("to be " if is_plan else "")
               + "fixed ex ante / 表2",
        "B13": "Parameters", "D13": "Description of data", "E13": "Units",
        "F13": "Estimated Values", "G13": "Source of data", "K13": "Other comments",
        "B14": "パラメータ", "D14": "データの説明", "E14": "単位", "F14": "推定値",
        "G14": "データの出典", "K14": "その他コメント",
        "B15": low("EC", "CAP"), "D15": _AUX, "E15": "MW",
        "B16": low("EF", "elec"), "D16": _GRID, "E16": "tCO2/MWh",
    })  # fmt: skip
    headed(sheet, ["B13:M14"])
    for row in range(13, 17):
        for area in (f"B{row}:C{row}", f"G{row}:J{row}", f"K{row}:M{row}"):
            sheet.merge_cells(area)
    for row, name in ((15, "EC_CAP"), (16, "EF_elec")):
        if is_plan:
            opened(sheet, [f"F{row}", f"G{row}", f"K{row}"])
        else:
            put(sheet, {f"F{row}": f"='MPS(input)_ver01.0'!F{row}"})
        _named(book, f"{stage}_{name}", sheet, f"F{row}")
    words = "estimation" if is_plan else "calculation"
    put(sheet, {
        "A19": f"Table 3: Ex-{'ante' if is_plan else 'post'} {words} of CO2 emission "
               "reductions / 表3",
        "E20": "Units", "F20": "CO2 emission reductions\nCO2排出削減量",
        "E22": "tCO2/p",
        "F22": f"=INT('{stage}(calc_process)_ver01.0'!G6)",
        "A24": "*1 Values of Option A are those that were published last.",
        "A25": "※ 黄色のセルに入力してください。",
    })  # fmt: skip
    sheet.merge_cells("F20:F21")
    sheet.merge_cells("A24:M24")


def _named(book: Any, name: str, sheet: Any, at: str) -> None:
    text = f"'{sheet.title}'!${at[0]}${at[1:]}"
    book.defined_names[name] = DefinedName(name, attr_text=text)


def _heat_calc(sheet: Any, stage: str) -> None:
    kind = "Plan" if stage == "MPS" else "Report"
    _title(sheet, "I", f"Monitoring {kind} Sheet (Calculation Process Sheet)", _MM005)
    put(sheet, {
        "A5": "1. Calculations for emission reductions", "F5": "Fuel type",
        "G5": "Value", "H5": "Units", "I5": "Parameter",
        "B6": "Emission reductions during the period p", "F6": "n/a",
        "G6": "=SUM(G14,-G24)", "H6": "tCO2/p", "I6": low("ER", "p"),
        "A8": "2. Selected default values, etc.", "B9": "Hours per day", "G9": 24,
        "H9": "h/day", "I9": "hours_per_day",
        "A12": "3. Calculations for reference emissions", "F12": "Fuel type",
        "G12": "Value", "H12": "Units", "I12": "Parameter",
        "A13": "(The electricity replaces that of the grid.)",
        "B14": "Reference emissions during the period p", "F14": "Electricity",
        "G14": "=G15*G19", "H14": "tCO2/p", "I14": low("RE", "p"),
        "C15": "Net electricity generated by the WHR system, which replaces grid "
               "and/or captive electricity, during the period p",
        "G15": "=G16-G17", "H15": "MWh/p", "I15": low("EG", "p"),
        "D16": _HEAT[0][2], "G16": f"={stage}_EG_SUP", "H16": "MWh/p",
        "I16": low("EG", "SUP,p"),
        "D17": "Auxiliary electricity consumption of the WHR system during the period "
               "p, conservatively at rated capacity around the clock",
        "G17": f"=PRODUCT({stage}_EC_CAP,G9)*G18", "H17": "MWh/p",
        "I17": low("EG", "AUX,p"),
        "E18": _HEAT[1][2], "G18": f"={stage}_D_p", "H18": "day/p",
        "I18": low("D", "p"),
        "C19": _GRID, "F19": "Electricity", "G19": f"={stage}_EF_elec",
        "H19": "tCO2/MWh", "I19": low("EF", "elec"),
        "A22": "4. Calculations of the project emissions",
        "B24": "Project emissions during the period p", "F24": "n/a", "G24": 0,
        "H24": "tCO2/p", "I24": low("PE", "p"),
    })  # fmt: skip
    headed(sheet, ["F5:I5", "F12:I12"])
    sealed(sheet)


# -- solar: rows of units in the tables, units as columns in the calculation, texts ----

_TH001 = "JCM_TH_AM001_ver03.0"
_SUPPLY = (
    "Grid only: directly or by an internal grid without a captive generator",
    "Grid and a captive generator on one internal grid",
    "Captive generator only: not connected to the grid",
)
SYSTEMS = 5


def solar() -> Any:
    """Return the book of TH_AM001: five systems, a column each in the calculation."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    cover = book.create_sheet("Cover")
    put(cover, {"B2": "Joint Crediting Mechanism (JCM)", "B4": "Monitoring Spreadsheet",
                "B5": "Version 03.0", "B6": "Thailand - Japan"})  # fmt: skip
    for stage in ("MPS", "MRS"):
        _solar_input(book.create_sheet(f"{stage} (input)"), stage)
        _solar_calc(book.create_sheet(f"{stage} (calc_process)"), stage)
        if stage == "MPS":
            _structure(book.create_sheet("MSS"), _TH001)
    lists = book.create_sheet("Sheet1")
    for row, text in enumerate(_SUPPLY, 1):
        put(lists, {f"A{row}": text})
    lists.sheet_state = "hidden"
    return book


def _solar_input(sheet: Any, stage: str) -> None:
    is_plan = stage == "MPS"
    kind, tail = ("Plan", "[Attachment to Project Design Document]") if is_plan else (
        "Report", "[For Verification]")  # fmt: skip
    _title(sheet, "M", f"{tail} Monitoring {kind} Sheet (Input Sheet)", _TH001)
    put(sheet, {"M2": "Reference Number:"})
    sheet.merge_cells("K2:L2")
    put(sheet, {"B5": "Table 1: Parameters " + ("to be " if is_plan else "")
                + "monitored ex post"})  # fmt: skip
    heads = list(_HEADS)
    if not is_plan:
        heads[3] = "Monitored Values"
        heads = ["Monitoring period", *heads]
    columns = "BCDEFGHIJKLM"[: len(heads)]
    for n, (column, head) in enumerate(zip(columns, heads, strict=True)):
        put(sheet, {f"{column}6": f"({chr(97 + n)})", f"{column}7": head})
    headed(sheet, ["B6:M7"])
    c = columns if is_plan else columns[1:]
    for unit in range(1, SYSTEMS + 1):
        row = 7 + unit
        put(sheet, {
            f"{c[0]}{row}": f"(1)-{unit}", f"{c[1]}{row}": low("EG", f"{unit},p"),
            f"{c[2]}{row}": "Quantity of the electricity generated by project solar PV "
                            "system i during the period p",
            f"{c[4]}{row}": "MWh/p", f"{c[5]}{row}": "Option C",
            f"{c[6]}{row}": "Monitored data", f"{c[8]}{row}": "Continuously",
        })  # fmt: skip
        opened(sheet, [f"{c[3]}{row}", f"{c[5]}{row}:{columns[-1]}{row}"]
               + ([] if is_plan else [f"B{row}"]))  # fmt: skip
    if not is_plan:
        sheet.merge_cells(f"B8:B{7 + SYSTEMS}")
    _solar_fixed(sheet, stage)


def _solar_fixed(sheet: Any, stage: str) -> None:
    is_plan, top = stage == "MPS", 16
    put(sheet, {
        "B15": "Table 2: Project-specific parameters " + ("to be " if is_plan else "")
               + "fixed ex ante",
        f"B{top}": "Parameters", f"D{top}": "Description of data",
        f"E{top}": "Estimated Values", f"F{top}": "Units", f"G{top}": "Source of data",
        f"K{top}": "Other comments",
    })  # fmt: skip
    sheet.merge_cells(f"B{top}:C{top}")
    rule = DataValidation("list", formula1="Sheet1!$A$1:$A$3", allow_blank=True)
    sheet.add_data_validation(rule)
    for unit in range(1, SYSTEMS + 1):
        row = top + unit
        put(sheet, {
            f"B{row}": low("Connection", f"{unit}"),
            f"D{row}": "How the internal grid of project solar PV system i is "
                       "connected",
            f"F{row}": "-",
        })  # fmt: skip
        sheet.merge_cells(f"B{row}:C{row}")
        if is_plan:
            opened(sheet, [f"E{row}", f"G{row}", f"K{row}"])
            rule.add(f"E{row}")
        else:
            text = f"'MPS (input)'!E{row}"
            put(sheet, {f"E{row}": f'=IF(ISBLANK({text}),"",{text})'})
    put(sheet, {
        "B24": f"Table 3: Ex-{'ante estimation' if is_plan else 'post calculation'} of "
               "CO2 emission reductions",
        "D25": "CO2 emission reductions", "F25": "Units", "F26": "tCO2/p",
        "D26": f"=ROUNDDOWN('{stage} (calc_process)'!G6,0)",
    })  # fmt: skip
    if not is_plan:
        put(sheet, {"B25": "Monitoring Period"})


def _solar_calc(sheet: Any, stage: str) -> None:
    kind = "Plan" if stage == "MPS" else "Report"
    _title(sheet, "L", f"Monitoring {kind} Sheet (Calculation Process Sheet)", _TH001)
    last = chr(ord("G") + SYSTEMS - 1)
    put(sheet, {
        "B5": "1. Calculations for emission reductions", "F5": "Fuel type",
        "G5": "Value", "H5": "Units", "I5": "Parameter",
        "C6": "Emission reductions during the period p", "F6": "n/a",
        "G6": "=G15-G24", "H6": "tCO2/p", "I6": low("ER", "p"),
        "B8": "2. Selected default values, etc.",
        "C9": "Conservative CO2 emission factor of grid electricity",
        "F9": "Electricity", "G9": "=$C$44", "H9": "tCO2/MWh",
        "I9": low("EF", "RE,grid"),
        "C10": "Conservative CO2 emission factor of captive electricity",
        "F10": "Electricity", "G10": "=$C$45", "H10": "tCO2/MWh",
        "I10": low("EF", "RE,captive"),
        "B13": "3. Calculations for reference emissions",
        "C15": "Reference emissions during the period p", "F15": "n/a",
        "G15": f"=SUMPRODUCT(G32:{last}32,G34:{last}34)", "H15": "tCO2/p",
        "I15": low("RE", "p"),
        "B22": "4. Calculations of the project emissions",
        "C24": "Project emissions during the period p", "F24": "n/a", "G24": "=0",
        "H24": "tCO2/p", "I24": low("PE", "p"),
        "B30": "[Calculation for each system]", "E31": "Parameter", "F31": "Units",
        "C32": "Quantity of the electricity generated by project solar PV system i "
               "during the period p", "E32": low("EG", "i,p"), "F32": "MWh/p",
        "C33": "How the internal grid of project solar PV system i is connected",
        "E33": low("Connection", "i"), "F33": "-",
        "C34": "Reference CO2 emission factor of the electricity displaced by project "
               "solar PV system i", "E34": low("EF", "RE,i"), "F34": "tCO2/MWh",
        "B43": "[List of Default Values]", "B44": low("EF", "RE,grid"), "C44": 0.319,
        "D44": "tCO2/MWh", "B45": low("EF", "RE,captive"), "C45": 0.533,
        "D45": "tCO2/MWh",
    })  # fmt: skip
    value = "E" if stage == "MPS" else "F"
    for unit in range(1, SYSTEMS + 1):
        column = chr(ord("G") + unit - 1)
        supply = f"{column}33"
        put(sheet, {
            f"{column}31": unit,
            f"{column}32": f"=IF(ISNUMBER('{stage} (input)'!{value}{7 + unit}),"
                           f"'{stage} (input)'!{value}{7 + unit},0)",
            f"{column}33": f"='{stage} (input)'!E{16 + unit}",
            f"{column}34": f'=IF({supply}="{_SUPPLY[0]}",$G$9,'
                           f'IF({supply}="{_SUPPLY[1]}",MIN($G$9,$G$10),$G$10))',
        })  # fmt: skip
