"""The functions through xlwings: its generated macros, its conversion of COM values.

xlwings' own code runs, on stand-ins for the modules that only Windows has; Excel does
not: nothing here compiles or calculates a macro.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from jcm_xl import api
from jcm_xl.hosts.excel.vba.sources import Carrier, own_text
from jcm_xl.live.functions import REGISTRY
from jcm_xl.model.submission import Stage
from jcm_xl.version import __version__
from tests.hosts.excel.com_side import as_com, as_com_book, called
from tests.hosts.excel.wrapper import generated, patched
from tests.live.hosts import ranges, written
from tests.support import example_book

pytest.importorskip("xlwings")
ROOT = Path(__file__).parents[3]
KEY = "ID_AM003@1.0"


@pytest.mark.parametrize("carrier", list(Carrier))
def test_the_wrapper_is_what_xlwings_generates_with_one_patch(carrier: Carrier) -> None:
    made = generated(carrier)
    # For an add-in the generator hands over the open workbook, which our functions do
    # not need and on whose sheets xlwings would look for code.
    text = made.text.replace(", ActiveWorkbook, ", ", ThisWorkbook, ")
    assert own_text("xlwings_udfs") == patched(text), (
        "The registry of functions changed: python -m tests.hosts.excel.wrapper"
    )
    assert sorted(name.split("!")[1] for name, _, _ in made.help) == sorted(
        f"JCM_{entry.name}" for entry in REGISTRY
    )
    for _, description, arguments in made.help:
        assert all(0 < len(text) <= 255 for text in (description, *arguments))


def test_a_generator_of_another_kind_is_noticed() -> None:
    with pytest.raises(Exception, match=r"has 0 places 'JCM_ER = Err\.Description'"):
        patched("Function JCM_ER(a)\nfailed:\n    JCM_ER = Empty\nEnd Function\n")


NA, DIV0 = {"error": -2146826246}, {"error": -2146826281}


def test_values_ranges_errors_and_omissions_as_excel_hands_them_over(
    tmp_path: Path,
) -> None:
    plan, submission = example_book(KEY)
    grid = written(plan, submission, tmp_path)
    given = [as_com(rows) for rows in ranges(grid, plan, Stage.REPORT)]
    result = api.calculate_stages(plan, submission)[1][Stage.REPORT]
    units = given[-2]["range"]
    broken = [[NA if value == 135.0 else value for value in row] for row in units]
    assert broken != units
    blanks = {"range": [[None] for _ in given[3]["range"]]}
    facts = called(
        ("JCM_ER", [KEY, *given]),
        ("JCM_CREDITED", [{"range": [[KEY]]}, *given]),
        ("JCM_TRACE", [KEY, "ER_p", *given, "(missing)"]),
        ("JCM_CHECK", [KEY, "(missing)", *given, "(missing)"]),
        ("JCM_ER", [KEY, *given[:-2], {"range": broken}, given[-1]]),
        ("JCM_CHECK", [KEY, "(missing)", *given[:-2], {"range": broken}, given[-1],
                       "(missing)"]),
        ("JCM_ER", [KEY, *given[:3], blanks, *given[4:]]),
        ("JCM_ER", [KEY, *given[:3], "(missing)", *given[4:]]),
        ("JCM_ER", ["XX_AM999@1.0", *given]),
        ("JCM_CONVERT", [1500.0, "kWh", "MWh"]),
        ("JCM_CONVERT", [{"range": [[1500.0]]}, {"range": [["kWh"]]}, "MWh"]),
        ("JCM_CONVERT", [{"range": [[DIV0]]}, "kWh", "MWh"]),
        ("JCM_CONVERT", [DIV0, "kWh", "MWh"]),
        ("JCM_CONVERT", [{"range": [[None]]}, "kWh", "MWh"]),
        ("JCM_CONVERT", [{"range": [["1500"]]}, "kWh", "MWh"]),
        ("JCM_CONVERT", [True, "kWh", "MWh"]),
        ("JCM_VERSION", ["(missing)"]),
        ("JCM_CONVERT", [{"range": [[{"money": 1500.123456}]]}, "kWh", "MWh"]),
        ("JCM_CONVERT", [{"money": 1500.123456}, "kWh", "MWh"]),
        ("JCM_CONVERT", [{"range": [[{"day": "2024-01-02"}]]}, "kWh", "MWh"]),
    )  # fmt: skip
    (er, whole, trace, ok, no_er, why, blank, short, unknown, scalar, cell, bad,
     bad_value, empty, text, truth, version, money, cut,
     day) = facts["answers"]  # fmt: skip
    assert er == result.unrounded
    assert whole == result.sheet_credited
    assert trace[0][0] == "ERp"
    assert trace[0][1] == result.unrounded
    assert {len(row) for row in trace} == {4}
    assert ok == "ok"
    assert "#N/A" in no_er["raised"]
    assert why in no_er["raised"]
    for refused in (no_er, blank, short, unknown, bad, bad_value, empty, text, truth):
        assert refused["raised"].startswith("FunctionError: "), refused
    assert (scalar, cell) == (1.5, 1.5)
    assert "holds the error #DIV/0!" in bad["raised"]
    assert bad_value == bad
    assert "is blank" in empty["raised"]
    assert "holds the text '1500'" in text["raised"]
    assert money == 1.500123456
    assert "currency amount 1500.1235, which may be cut" in cut["raised"]
    assert "shows the date 2024-01-02" in day["raised"]
    assert version == f"jcm_xl {__version__}"
    # performance: the test that is slow outside a browser is not asked on this path
    assert facts["is_jsnull"] == 0


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_what_xlwings_would_blank_out_is_refused(value: Any) -> None:
    from jcm_xl.hosts.excel import functions as xlwings_udfs
    from jcm_xl.live.arguments import FunctionError

    with pytest.raises(FunctionError, match="no finite number"):
        xlwings_udfs._told(value)


def test_nothing_needs_the_parts_of_xlwings_that_want_another_licence() -> None:
    pattern = re.compile(r"xlwings[. ]+(?:import )?(?:pro|server|reports)\b")
    sources = [*ROOT.glob("jcm_xl/**/*.py"), *ROOT.glob("macros/Jcm*.bas")]
    assert [path for path in sources if pattern.search(path.read_text("utf-8"))] == []


QUESTIONS = ("RE", "PE", "ER", "CREDITED")


def test_a_call_without_ranges_is_asked_of_the_book_of_the_cell(tmp_path: Path) -> None:
    plan, submission = example_book(KEY)
    grid = written(plan, submission, tmp_path)
    given = [as_com(rows) for rows in ranges(grid, plan, Stage.REPORT)]
    long = [(f"JCM_{name}", [KEY, *given]) for name in QUESTIONS]
    short = [(f"JCM_{name}", ["(missing)"]) for name in QUESTIONS]
    cell = {"area": ["MRS(calc_process)", 12, 7, 12, 7]}
    facts = called(
        *long, *short,
        ("JCM_CREDITED", ["plan"]),
        ("JCM_VINTAGE", [2021.0]),
        ("JCM_WHATIF", ["EC_PJ_i_p[1]=140"]),
        ("JCM_WHATIF", ["EC_PJ_i_p[1]=140", KEY, *given]),
        ("JCM_BRIDGE", []),
        ("JCM_SENSITIVITY", []),
        ("JCM_ELIGIBLE", [2.0]),
        ("JCM_EXPLAIN", [cell]),
        ("JCM_EXPLAIN", ["RE_p"]),
        ("JCM_CHECK", ["report", "(missing)"]),
        ("JCM_QUANTITY", ["report", "RE_p"]),
        book=as_com_book(grid),
    )  # fmt: skip
    answers = facts["answers"]
    assert answers[:4] == answers[4:8]
    plan_, year, what_if, written_, bridge, first, met, told, named, ok, re_ = answers[
        8:
    ]
    assert (plan_, year, re_) == (25.0, 25.0, answers[0])
    assert what_if == written_
    assert (bridge[0][0], bridge[-1][3]) == ("plan", 25.0)
    assert first[0][0] == "COPPJ,i (1)"
    assert met.startswith("met")
    assert told == named, (told, named)
    assert told.startswith("REp = 135.6975 tCO2/p: ")
    assert ok == "ok"


def test_what_may_not_be_calculated_yet_is_refused_without_ranges(
    tmp_path: Path,
) -> None:
    plan, submission = example_book(KEY)
    book = as_com_book(written(plan, submission, tmp_path))
    cells = book["sheets"]["MRS(input_separate)"]
    place = next(cell for cell in cells if cell[:2] == [10, 3])
    for value, formula, words in (
        (135.0, "=100+35", "'MRS(input_separate)'!C10 or a cell below holds a formula"),
        ("abc", "", "ECPJ,i,p of unit (1) holds the text 'abc'; a number is expected."),
        (None, "", "ECPJ,i,p of unit (1) is blank."),
        (NA, "", "ECPJ,i,p of unit (1) holds the error #N/A."),
    ):
        place[2:] = [value, formula]
        facts = called(("JCM_CREDITED", []), ("JCM_CHECK", ["report", "(missing)"]),
                       ("JCM_BRIDGE", []), book=book)  # fmt: skip
        credited, why, bridge = facts["answers"]
        assert words in credited["raised"]
        assert words in why
        assert words in bridge["raised"]
    stranger = {**book, "properties": {}}
    (refused,) = called(("JCM_CREDITED", []), book=stranger)["answers"]
    assert "has no sheet Live" in refused["raised"]


def test_the_macro_is_made_again_only_where_no_range_is_written() -> None:
    lines = own_text("xlwings_udfs").splitlines()
    heads = [i for i, line in enumerate(lines) if line.startswith("Function JCM_")]
    for at in heads:
        is_again = (
            lines[at + 1].strip() == "If IsMissing(names1) Then Application.Volatile"
        )
        assert is_again == ("names1" in lines[at])
