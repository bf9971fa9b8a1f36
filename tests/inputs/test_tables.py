"""The long form: CSV, xlsx tables and frames say the same."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from jcm_xl import api
from jcm_xl.inputs.problems import InputsError
from jcm_xl.inputs.read import read_inputs
from jcm_xl.model.submission import Value
from tests.keys import texts as by_text

HEAD = ["parameter", "unit", "stage", "value", "option", "source", "comment"]
ROWS: list[list[Any]] = [
    ["reference_number", None, None, "ID009", None, None, None],
    ["period_start", None, None, "2021-01-01", None, None, None],
    ["period_end", None, None, "2021-12-31", None, None, None],
    ["structure", None, None, "Plant manager", None, None, "Archiving"],
    ["EC_PJ_i_p", 1, "plan", 1200, None, "Meter, hall 1", None],
    ["EC_PJ_i_p", 2, "ex ante", 950.5, None, None, None],
    ["EC_PJ_i_p", 1, "report", 1180.25, None, None, "Meter exchanged"],
    ["EC_PJ_i_p", 2, "ex post", 0, None, None, None],
    ["EI_grid_p", None, "plan", 15000, "B", None, "Invoices"],
    ["EI_grid_p", None, "report", 14000, "Option C", None, None],
    ["supply", None, "plan", "BOTH", None, "Contract", None],
    ["T_chilled_out_i", 1, None, 300, None, "Catalogue", None],
    ["T_chilled_out_i", 2, None, 450, None, "Catalogue", None],
    ["COP_PJ_i", 2, "", 6.5, None, "Test record", None],
    [None] * 7,
]
VALUES: dict[str, Value] = {
    "reference_number": "ID009",
    "period.start": date(2021, 1, 1),
    "period.end": date(2021, 12, 31),
    "mss.person:1": "Plant manager",
    "mss.role:1": "Archiving",
    "mps.value:EC_PJ_i_p[1]": 1200.0,
    "mps.value:EC_PJ_i_p[2]": 950.5,
    "mrs.value:EC_PJ_i_p[1]": 1180.25,
    "mrs.value:EC_PJ_i_p[2]": 0.0,
    "mps.source:i[1]": "Meter, hall 1; Catalogue",
    "mps.source:i[2]": "Catalogue; Test record",
    "mrs.comment:i[1]": "Meter exchanged",
    "mps.value:EI_grid_p": 15000.0,
    "mrs.value:EI_grid_p": 14000.0,
    "mps.option:EI_grid_p": "Option B",
    "mrs.option:EI_grid_p": "Option C",
    "mps.comment:EI_grid_p": "Invoices",
    "mps.value:supply": "both",
    "mps.source:supply": "Contract",
    "mps.value:T_chilled_out_i[1]": 300.0,
    "mps.value:T_chilled_out_i[2]": 450.0,
    "mps.value:COP_PJ_i[2]": 6.5,
}
KEY = "ID_AM002"


def csv_text(rows: list[list[Any]], sign: str = ",") -> str:
    def cell(value: object) -> str:
        text = "" if value is None else str(value)
        return f'"{text}"' if sign in text or "\n" in text else text

    return "".join(sign.join(map(cell, row)) + "\n" for row in [HEAD, *rows])


def values_of(source: object) -> dict[str, Value]:
    return by_text(read_inputs(source, api.load(KEY)).submission.values)


def problems_of(source: object, key: str = KEY) -> list[str]:
    with pytest.raises(InputsError) as failure:
        read_inputs(source, api.load(key))
    return [str(problem) for problem in failure.value.problems]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_csv(sign: str, mark: str, tmp_path: Path) -> None:
    path = tmp_path / "inputs.csv"
    path.write_text(mark + csv_text(ROWS, sign), encoding="utf-8")
    assert values_of(path) == VALUES


def test_csv_as_unicode_text_of_excel(tmp_path: Path) -> None:
    path = tmp_path / "inputs.txt"
    path.write_bytes(csv_text(ROWS, "\t").encode("utf-16"))
    assert values_of(path) == VALUES


def test_a_frame() -> None:
    assert values_of(pd.DataFrame(ROWS, columns=HEAD)) == VALUES


def test_a_frame_of_texts_and_one_of_numbers() -> None:
    texts = pd.DataFrame(ROWS, columns=HEAD).astype("string")
    assert values_of(texts) == VALUES
    numbers = pd.DataFrame({"parameter": ["EC_PJ_i_p"] * 2, "unit": [1.0, 2.0],
                            "stage": "plan", "value": [1.5, float("nan")]})  # fmt: skip
    assert values_of(numbers) == {"mps.value:EC_PJ_i_p[1]": 1.5}


def xlsx(path: Path, rows: list[list[Any]], above: int = 0) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    sheet = book.create_sheet("Inputs")
    for _ in range(above):
        sheet.append(["A title"])
    for row in [HEAD, *rows]:
        sheet.append(row)
    book.save(path)
    return path


def test_an_xlsx_table(tmp_path: Path) -> None:
    rows = [list(row) for row in ROWS]
    rows[1][3], rows[2][3] = date(2021, 1, 1), datetime(2021, 12, 31)
    assert values_of(xlsx(tmp_path / "inputs.xlsx", rows, above=3)) == VALUES


def test_an_xlsx_table_that_counts_days_from_1904(tmp_path: Path) -> None:
    path = tmp_path / "inputs.xlsx"
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for row in ([HEAD[0], HEAD[2], HEAD[3]], ["period_start", None, date(2021, 1, 1)],
                ["EI_grid_p", "report", None], ["supply", "report", None]):  # fmt: skip
        book.active.append(row)
    book.active.append(["h_gen_p", "report", 1])
    book.save(path)
    assert values_of(path)["period.start"] == date(2021, 1, 1)


def test_xlsx_cells_that_hold_no_value(tmp_path: Path) -> None:
    name = "T_chilled_out_i"
    rows = [[name, 1, "plan", "=1+1"], [name, 2, "plan", "135"],
            ["supply", None, "plan", True]]  # fmt: skip
    assert problems_of(xlsx(tmp_path / "inputs.xlsx", rows)) == [
        "inputs.xlsx: 'Inputs' row 2: value: the formula has no stored result; "
        "open and save it in Excel",
        "inputs.xlsx: 'Inputs' row 3: T_chilled_out_i: found '135'; expected a "
        "number in degC (is 135 meant?)",
        "inputs.xlsx: 'Inputs' row 4: supply: found true; expected one of "
        "'grid only', 'captive only', 'both'",
    ]


def test_an_xlsx_without_a_table_and_a_book_in_its_place(tmp_path: Path) -> None:
    empty = tmp_path / "empty.xlsx"
    openpyxl.Workbook().save(empty)
    assert "no sheet has a row of headings" in problems_of(empty)[0]
    book = tmp_path / "book.xlsx"
    book.write_bytes(api.new(KEY))
    assert "this is a monitoring workbook" in problems_of(book)[0]


def test_every_problem_of_a_csv_is_said_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "inputs.csv"
    rows = [
        ["EC_PJ_i_p", 1, "plan", "1,200", None, "several\nlines", None],
        ["EC_PJ_ip", 1, "plan", 5, None, None, None],
        ["EC_PJ_i_p", None, "plan", 5, None, None, None],
        ["EC_PJ_i_p", "one", "plan", 5, None, None, None],
        ["EC_PJ_i_p", 2, "later", 5, None, None, None],
        ["EC_PJ_i_p", 2, None, 5, None, None, None],
        ["EC_PJ_i_p", 101, "plan", 5, None, "x", None],
        ["EI_grid_p", 1, "plan", 5, None, None, None],
        ["T_chilled_out_i", 3, "report", 5, None, None, None],
        ["T_chilled_out_i", 4, "plan", 5, None, None, None],
        ["T_chilled_out_i", 4, "plan", 5, None, None, None],
        ["EF_grid", None, "plan", 0.8, "C", None, None],
        [None, 5, "plan", 5, None, None, None],
    ]
    text = csv_text(rows) + "T_chilled_out_i,5,plan,1,,,,too,many\n"
    path.write_text(text, encoding="utf-8")
    assert problems_of(path) == [
        "inputs.csv: row 2: EC_PJ_i_p: found '1,200'; expected a number in MWh/p "
        "(is it 1200 or 1.2?)",
        "inputs.csv: row 3: EC_PJ_ip: ID_AM002@2.0 has no parameter 'EC_PJ_ip' "
        "(did you mean 'EC_PJ_i_p'?)",
        "inputs.csv: row 4: EC_PJ_i_p: found '5'; expected the number of the unit, "
        "one row for each project chiller",
        "inputs.csv: row 5: EC_PJ_i_p: found unit 'one'; expected the number of the "
        "unit row: 1, 2, 3, ...",
        "inputs.csv: row 6: EC_PJ_i_p: found 'later'; expected the stage 'plan', "
        "'fixed' or 'report'",
        "inputs.csv: row 7: EC_PJ_i_p: EC_PJ_i_p is monitored: its stage is 'plan' "
        "or 'report'",
        "inputs.csv: row 8: EC_PJ_i_p: unit row 101, but the sheet takes at most "
        "100 rows",
        "inputs.csv: row 9: EI_grid_p: found '5'; EI_grid_p has no units; leave the "
        "column 'unit' blank",
        "inputs.csv: row 10: T_chilled_out_i: T_chilled_out_i is fixed before "
        "the project: its stage is 'plan'",
        "inputs.csv: row 12: T_chilled_out_i: found 5; it is given twice (see row 11)",
        "inputs.csv: row 13: EF_grid: EF_grid is fixed and has no monitoring option",
        "inputs.csv: row 14: found nothing; expected the name of a parameter in the "
        "column 'parameter'",
        "inputs.csv: row 15: found 'too'; more cells than headings; a text with a "
        "comma needs quotes",
    ]


def test_headings(tmp_path: Path) -> None:
    path = tmp_path / "inputs.csv"
    path.write_text("Parameter,units,value,value\nEF_grid,,1,\n")
    assert problems_of(path) == [
        "inputs.csv: row 1: (headings): found 'units'; unknown column (did you mean "
        "'unit'?); known are parameter, unit, stage, value, option, month, "
        "month_unit, source, comment",
        "inputs.csv: row 1: (headings): found 'value'; this column stands twice",
    ]
    path.write_text("a;b\n1;2\n")
    assert "the column 'parameter' is missing" in problems_of(path)[2]
    path.write_text("\n \n")
    assert problems_of(path) == ["inputs.csv: the file is empty"]


def test_an_option_may_stand_on_a_row_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "inputs.csv"
    rows = [["EI_grid_p", None, None, None, "B", "Invoices", None],
            ["EI_grid_p", None, "plan", 5, None, None, None],
            ["EI_grid_p", None, "report", 6, None, None, None]]  # fmt: skip
    path.write_text(csv_text(rows))
    assert values_of(path) == {
        "mps.value:EI_grid_p": 5.0,
        "mrs.value:EI_grid_p": 6.0,
        "mps.option:EI_grid_p": "Option B",
        "mrs.option:EI_grid_p": "Option B",
        "mps.source:EI_grid_p": "Invoices",
        "mrs.source:EI_grid_p": "Invoices",
    }


def test_a_mapping_takes_columns_of_frames() -> None:
    frame = pd.DataFrame({"use": [1.5, 2.5], "cap": [300, 450]})
    found = values_of(
        {
            "ex_ante": {"EC_PJ_i_p": frame["use"]},
            "fixed": {"T_chilled_out_i": (300, 450)},
        }
    )
    assert found == {
        "mps.value:EC_PJ_i_p[1]": 1.5,
        "mps.value:EC_PJ_i_p[2]": 2.5,
        "mps.value:T_chilled_out_i[1]": 300.0,
        "mps.value:T_chilled_out_i[2]": 450.0,
    }


def test_problems_of_a_mapping_have_no_lines() -> None:
    assert problems_of({"fixed": {"T_chilled_out_i": ["x"]}}) == [
        "inputs: fixed.T_chilled_out_i[1]: found 'x'; expected a number in degC"
    ]


def test_a_problem_is_one_line_whatever_was_typed() -> None:
    (problem,) = problems_of(
        {"fixed": {"T_chilled_out_i": ["x\nWrote book.xlsx\x1b[2J"]}}
    )
    assert problem == (
        "inputs: fixed.T_chilled_out_i[1]: found 'x\\nWrote book.xlsx\\u001b[2J'; "
        "expected a number in degC"
    )


def _list(tmp_path: Path, *values: str, first: str = "", sign: str = ";") -> Path:
    rows = [f"EC_PJ_i_p{sign}{n}{sign}plan{sign}{v}" for n, v in enumerate(values, 1)]
    head = sign.join(("parameter", "unit", "stage", "value"))
    path = tmp_path / "inputs.csv"
    path.write_text("\n".join((*([first] if first else []), head, *rows)) + "\n")
    return path


def _read(path: Path) -> tuple[list[Value], tuple[str, ...]]:
    given = read_inputs(path, api.load("ID_AM002"))
    values = by_text(given.submission.values)
    return [v for k, v in values.items() if ":EC_PJ_i_p" in k], given.remarks


def test_a_list_with_semicolons_says_itself_how_it_writes_decimals(
    tmp_path: Path,
) -> None:
    found, said = _read(_list(tmp_path, "42.826", "0,5", "1200", "1.234,5"))
    assert found == [42826.0, 0.5, 1200.0, 1234.5]
    (sentence,) = said
    assert sentence.endswith("read with a decimal comma, as '0,5' in row 3 is written")


def test_one_decimal_point_in_the_list_decides_as_well(tmp_path: Path) -> None:
    assert _read(_list(tmp_path, "42.826", "0.5")) == ([42.826, 0.5], ())


@pytest.mark.parametrize("sign", [",", "\t"])
def test_a_list_without_semicolons_writes_points(sign: str, tmp_path: Path) -> None:
    assert _read(_list(tmp_path, "42.826", sign=sign)) == ([42.826], ())


def test_where_nothing_decides_the_number_is_asked_about(tmp_path: Path) -> None:
    (problem,) = problems_of(_list(tmp_path, "42.826", "1200"))
    assert "row 2: EC_PJ_i_p: found '42.826'; is it 42.826 or 42826?" in problem


def test_both_marks_in_one_list_are_asked_about(tmp_path: Path) -> None:
    (problem,) = problems_of(_list(tmp_path, "0,5", "0.5"))
    assert "row 2: EC_PJ_i_p: found '0,5'; expected a number" in problem


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"'])
def test_the_first_line_of_excel_names_the_separator(
    first: str, tmp_path: Path
) -> None:
    assert _read(_list(tmp_path, "1200", first=first)) == ([1200.0], ())
    (problem,) = problems_of(_list(tmp_path, "x", first=first))
    assert "row 3: EC_PJ_i_p" in problem


def test_unknown_headings_are_told_alone(tmp_path: Path) -> None:
    path = tmp_path / "inputs.csv"
    path.write_text("パラメータ,unit,stage,値\nEC_PJ_i_p,1,plan,1200\n", "utf-8")
    found = problems_of(path)
    assert len(found) == 4
    assert all("(headings)" in problem for problem in found)
