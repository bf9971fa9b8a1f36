"""The live functions as a host calls them: with whatever stands in the ranges."""

from __future__ import annotations

import math
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcm_xl.definition import library
from jcm_xl.engine.calculate import calculate
from jcm_xl.live.arguments import FunctionError
from jcm_xl.live.functions import FUNCTIONS, REGISTRY, ArgumentKind, Function, call
from jcm_xl.model.submission import Stage
from jcm_xl.plan.stage import stage_inputs
from jcm_xl.version import __version__
from tests.books import CORE
from tests.live.hosts import ranges, written
from tests.support import example_book, methodology

SOLAR = "TH_AM001@1.0"


def live(name: str, *given: object) -> object:
    return call(library.load, name, *given)


def refused(name: str, *given: object) -> str:
    with pytest.raises(FunctionError) as failure:
        live(name, *given)
    return str(failure.value)


@pytest.mark.parametrize("key", CORE)
@pytest.mark.parametrize("stage", list(Stage))
def test_every_quantity_of_a_book_is_that_of_the_engine(
    key: str, stage: Stage, tmp_path: Path
) -> None:
    plan, submission = example_book(key)
    m = plan.methodology
    given = ranges(written(plan, submission, tmp_path), plan, stage)
    result = calculate(m, stage_inputs(plan, submission, stage))
    assert result.status == "complete"
    assert live("ER", key, *given) == result.unrounded
    assert live("CREDITED", key, *given) == result.sheet_credited
    assert live("CHECK", key, None, *given) == "ok"
    for name, function in ((m.results.reference, "RE"), (m.results.project, "PE")):
        value = result.quantities[name, None].value
        assert live(function, key, *given) == value
    for (name, row), quantity in result.quantities.items():
        if isinstance(quantity.value, float) and name not in m.constants:
            assert live("QUANTITY", key, name, *given, row) == quantity.value


def units(*rows: tuple[object, object]) -> tuple[tuple[object, ...], ...]:
    """The unit table of the solar methodology, as on the sheet."""
    return (
        ("No.", "EGi,p", "Option", "Connectioni", "Comment"),
        (None, "Quantity of electricity", None, "Which electricity", None),
        (None, "MWh/p", None, "-", None),
        *((f"({n})", row[0], None, row[1], None) for n, row in enumerate(rows, 1)),
    )


GRID = "Grid only: directly or by an internal grid without a captive generator"
TABLES = (
    (("EGi,p",), ("see MRS(input_separate)",)),
    (("Connectioni",), (None,)),
)
SHEET = (*TABLES[0], *TABLES[1])
"""Tables 1 and 2 of the solar methodology: its inputs all stand in the unit table."""


def test_the_id_is_read_as_the_corner_of_the_sheet_prints_it() -> None:
    m = library.load(SOLAR)
    printed = f"Monitoring Spreadsheet: {m.spreadsheet_id}"
    there = f"jcm_xl {__version__}, {SOLAR}, definition {m.digest[:16]}, DRAFT"
    assert live("VERSION", printed) == live("VERSION", SOLAR) == there
    assert live("VERSION") == f"jcm_xl {__version__}"


@pytest.mark.parametrize("key", [None, "", 3.0, "TH_AM001", "solar", "#REF!", True])
def test_an_id_without_version_is_refused(key: object) -> None:
    assert "write the id with its version, such as" in refused("ER", key, *SHEET)


def test_an_unknown_version_is_refused_with_those_there_are() -> None:
    assert refused("ER", "TH_AM001@9.0", *SHEET) == (
        "TH_AM001 version 9.0 is not in the library; it has 1.0, 2.0, 3.0."
    )


def test_an_empty_row_is_unused_and_a_half_filled_one_is_an_error() -> None:
    full, empty = (1200.0, GRID), (None, None)
    assert live("ER", SOLAR, *SHEET, units(full, empty)) == 382.8
    assert live("ER", SOLAR, *SHEET, units(empty, full)) == 382.8
    assert refused("ER", SOLAR, *SHEET, units(full, (None, GRID))) == (
        "EGi,p of unit (2) is blank."
    )
    assert refused("ER", SOLAR, *SHEET, units(empty)).startswith(
        "No row of the unit table is in use"
    )


def test_a_unit_of_the_plan_counts_as_in_use_in_the_report() -> None:
    report, plan = units((1200.0, GRID), (None, None)), units((1.0, GRID), (2.0, GRID))
    assert refused("ER", SOLAR, *SHEET, report, plan) == "EGi,p of unit (2) is blank."


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "is blank"),
        ("", "is blank"),
        ("abc", "holds the text 'abc'; a number is expected"),
        ("12", "holds the text '12'; a number is expected"),
        ("#DIV/0!", "holds the error #DIV/0!"),
        ("Err:502", "holds the error Err:502"),
        (True, "holds TRUE; a number is expected"),
        (datetime(2024, 1, 2), "shows the date 2024-01-02; a number is expected"),
        (
            Decimal("0.3199"),
            "holds the currency amount 0.3199, which may be cut to four "
            "decimals; give the cell the format General; a number is expected",
        ),
        ("1200\u200b", "holds the text '1200\\u200b'; a number is expected"),
        (math.nan, "holds the error #NUM!"),
        (math.inf, "holds the error #NUM!"),
    ],
)
def test_whatever_is_no_number_is_an_error_and_check_says_why(
    value: object, words: str
) -> None:
    table = units((value, GRID))
    reason = f"EGi,p of unit (1) {words}."
    for name in ("RE", "ER", "CREDITED"):
        assert refused(name, SOLAR, *SHEET, table) == reason
    assert live("CHECK", SOLAR, None, *SHEET, table) == reason
    assert live("CHECK", SOLAR, "EG_i,p", *SHEET, table, None, 1) == reason
    assert live("CHECK", SOLAR, "Connectioni", *SHEET, table) == "ok"
    assert live("PE", SOLAR, *SHEET, table) == 0.0, "PE needs no input here"


def test_check_names_what_cannot_be_seen_in_a_choice() -> None:
    table = units((1200, GRID.replace(" ", "\u00a0", 1)))
    said = str(live("CHECK", SOLAR, None, *SHEET, table))
    spelled = GRID.replace(" ", "\\u00a0", 1)
    assert f"holds the text '{spelled}'; expected is one of: " in said
    assert said.endswith("; it holds a no-break blank after 'Grid'.")


def test_a_choice_is_taken_in_any_case_and_a_foreign_text_is_refused() -> None:
    assert live("ER", SOLAR, *SHEET, units((1200, GRID.upper()))) == 382.8
    assert refused("ER", SOLAR, *SHEET, units((1200, "Gas"))) == (
        "Connectioni of unit (1) holds the text 'Gas'; expected is one of: "
        f"{GRID}, Grid and a captive generator on one internal grid, Captive generator "
        "only: not connected to the grid."
    )


def test_names_are_matched_without_spaces_underscores_commas_and_braces() -> None:
    for spelled in ("EG_{i,p}", "EG i p", "egip", "EG_i_p", "EGi, p"):
        table = (("", spelled, "Connectioni"), ("(1)", 1200, GRID))
        assert live("ER", SOLAR, *SHEET, table) == 382.8


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ((("EGi,p",), (1, 2)), "names1 has 1 cells and values1 has 2"),
        ((("XY",), (1,)), "'XY' in names1 is no input of TH_AM001@1.0; its inputs are"),
        ((("ER_p",), (1,)), "'ER_p' in names1 is no input"),
        (((None,), (1,)), "A cell of names1 is blank; a name is expected."),
        ((("#REF!",), (1,)), "A cell of names1 holds the error #REF!"),
        ((("EGi,p", "EG_i,p"), (1, 2)), "EGi,p stands twice in the ranges."),
        ((("EGi,p",), (1,), ("EGi,p",), (1,)), "EGi,p stands twice in the ranges."),
    ],
)
def test_a_name_that_is_unknown_or_double_is_refused(
    tables: tuple[object, ...], words: str
) -> None:
    assert words in refused("ER", SOLAR, *tables, *[None] * (4 - len(tables)))


def test_the_unit_table_begins_at_its_symbols_and_has_each_once() -> None:
    full = units((1200.0, GRID))
    assert "let the range begin at the row of symbols" in refused(
        "ER", SOLAR, *SHEET, full[1:]
    )
    assert refused("ER", SOLAR, *SHEET, (*full, *full)) == (
        "The unit table of 'i' is given twice."
    )
    twice = tuple((*row, row[1]) for row in full)
    assert refused("ER", SOLAR, *SHEET, twice) == "EGi,p has two columns."
    short = tuple(row[:2] for row in full)
    assert refused("ER", SOLAR, *SHEET, short) == (
        "Connectioni of unit (1) has no column in the unit table."
    )


def test_what_is_not_needed_is_ignored() -> None:
    key = "ID_AM002@2.0"
    names1, names2 = ("EI_grid,p", "h_gen,p"), ("Supply", "EF_grid", "RC_gen")
    table = (
        ("ECPJ,i,p", "COPRE,i", "COPPJ,i", "Tcooling-out,i", "Tchilled-out,i"),
        (347.2, 5.33, 6.2, 37, 7),
    )
    given = (names1, ("n/a", "#N/A"), names2, ("grid only", 0.814, "none"), table)
    assert live("ER", key, *given) == pytest.approx(46.13135009380863, rel=1e-12)
    both = (names1, ("n/a", "#N/A"), names2, ("both", 0.814, "none"), table)
    assert refused("ER", key, *both) == (
        "EIgrid,p holds the text 'n/a'; a number is expected."
    )


def test_quantity_asks_for_the_row_of_what_runs_over_units() -> None:
    table = units((None, None), (1200.0, GRID))
    assert live("QUANTITY", SOLAR, "EF_RE,i", *SHEET, table, None, 2) == 0.319
    assert live("QUANTITY", SOLAR, "EG_i,p", *SHEET, table, None, 2.0) == 1200.0
    for row in (None, 1, 3, 1.5, "2"):
        words = refused("QUANTITY", SOLAR, "EF_RE,i", *SHEET, table, None, row)
        assert words.startswith("EFRE,i runs over units and the row")
        assert words.endswith("rows in use are: 2.")
    assert "leave the row out" in refused(
        "QUANTITY", SOLAR, "RE_p", *SHEET, table, None, 2
    )
    assert f"is the text '{GRID}'" in refused(
        "QUANTITY", SOLAR, "Connectioni", *SHEET, table, None, 2
    )
    assert "holds the text 'XY'; TH_AM001@1.0 has: EGi,p" in refused(
        "QUANTITY", SOLAR, "XY", *SHEET, table
    )


def test_trace_tells_from_what_each_value_comes() -> None:
    m = library.load(SOLAR)
    (row,) = [r for r in m.tables["EF_RE_by_connection"].rows if r.key == GRID]
    assert live("TRACE", SOLAR, "ER_p", *SHEET, units((1200.0, GRID))) == (
        ("ERp", 382.8, "tCO2/p", "REp - PEp"),
        ("REp", 382.8, "tCO2/p", "Σ REi,p"),
        ("PEp", 0.0, "tCO2/p", "0"),
        ("REi,p (1)", 382.8, "tCO2/p", "EGi,p × EFRE,i"),
        ("EGi,p (1)", 1200.0, "MWh/p", "Table 1 (monitored)"),
        ("EFRE,i (1)", 0.319, "tCO2/MWh", _LOOKED_UP),
        ("Connectioni (1)", GRID, "-", "Table 2 (fixed before)"),
        (
            "EF_RE_by_connection (1)",
            0.319,
            "tCO2/MWh",
            f"{m.tables['EF_RE_by_connection'].label}: {GRID}; {row.source}",
        ),
    )
    assert refused("TRACE", SOLAR, "ER_p", *SHEET, units((None, GRID))) == (
        "EGi,p of unit (1) is blank."
    )


_LOOKED_UP = "EF_RE_by_connection(Connectioni)"


def test_check_names_a_value_out_of_range() -> None:
    table = units((-1.0, GRID))
    assert live("CHECK", SOLAR, "EG_i,p", *SHEET, table) == (
        "EGi,p of unit (1) is -1; expected: at least 0."
    )
    assert live("CHECK", SOLAR, None, *SHEET, table) == (
        "EGi,p of unit (1) is -1; expected: at least 0."
    )
    assert live("CHECK", "nothing", None, *SHEET, table) != "ok"


def test_default_gives_values_tables_and_classes() -> None:
    assert live("DEFAULT", "PH_AM004@1.0", "GWP_CH4") == 28.0
    assert live("DEFAULT", SOLAR, "EF_RE_by_connection", GRID) == 0.319
    classes = (methodology, "DEFAULT", "EX_AM902@1.0", "COP_RE_by_class")
    assert call(*classes, 3) == 3.40
    assert "expected is one of: Grid only: directly" in refused(
        "DEFAULT", SOLAR, "EF_RE_by_connection", 5
    )
    assert "'gas' is no row of the table" in refused(
        "DEFAULT", SOLAR, "EF_RE_by_connection", "gas"
    )
    with pytest.raises(FunctionError, match="lies outside every class"):
        call(*classes, -5)
    assert refused("DEFAULT", SOLAR, "EG_i,p") == (
        "The name holds the text 'EG_i,p'; default values and tables of TH_AM001@1.0: "
        "EF_RE_by_connection."
    )
    assert "leave the key out" in refused("DEFAULT", "PH_AM004@1.0", "GWP_CH4", 1)


def test_convert_goes_by_its_table_alone() -> None:
    assert live("CONVERT", 0.1, "kWh", "MWh") == 0.0001
    assert live("CONVERT", 3.6, "GJ", "MWh") == 1.0
    assert live("CONVERT", 50, "%", "1") == 0.5
    assert "is mass in g and" in refused("CONVERT", 1, "kg", "kWh")
    assert "'toe' is not in the table of units" in refused("CONVERT", 1, "toe", "GJ")
    for value in (None, "1", True, "#N/A"):
        assert "a number is expected" in refused("CONVERT", value, "kg", "t")
    assert "write it as a text" in refused("CONVERT", 1, None, "t")


ANYTHING = st.none() | st.floats() | st.text(max_size=5) | st.booleans() | st.integers()
RAGGED = st.recursive(
    ANYTHING, lambda inner: st.lists(inner, max_size=4), max_leaves=12
)


@given(st.data())
def test_no_argument_whatsoever_gives_anything_but_an_answer_or_a_sentence(
    data: st.DataObject,
) -> None:
    function = data.draw(st.sampled_from(REGISTRY))
    given = [
        data.draw(st.just(SOLAR) | RAGGED if a.name == "id_version" else RAGGED)
        for a in function.arguments
    ]
    words = ""
    answer: object = None
    try:
        answer = live(function.name, *given)
    except FunctionError as failure:
        words = str(failure)
    assert (answer is None) == bool(words)
    assert function.name != "CHECK" or isinstance(answer, str)
    assert not isinstance(answer, float) or math.isfinite(answer)


@given(st.floats(0, 1e9, allow_subnormal=False), st.sampled_from(["kWh", "GJ", "TJ"]))
def test_converting_there_and_back_gives_the_number_again(
    value: float, unit: str
) -> None:
    there = live("CONVERT", value, unit, "MWh")
    assert live("CONVERT", there, "MWh", unit) == pytest.approx(value, rel=1e-15)


def test_every_function_says_what_it_does_and_takes() -> None:
    assert set(FUNCTIONS) == {
        "RE", "PE", "ER", "CREDITED", "QUANTITY", "DEFAULT", "CHECK", "TRACE",
        "CONVERT", "VERSION", "WHATIF", "SENSITIVITY", "BRIDGE", "VINTAGE", "ELIGIBLE",
        "BAU", "EXPLAIN",
    }  # fmt: skip
    for function in REGISTRY:
        assert function.help, f"{function.name} needs a line of help in the registry."
        assert all(
            a.help and isinstance(a.kind, ArgumentKind) for a in function.arguments
        )
        optional = [a.is_optional for a in function.arguments]
        assert optional == sorted(optional)
    assert refused("QUANTITY", SOLAR) == "QUANTITY takes 2 to 9 arguments, not 1."
    assert "No row of the unit table is in use" in refused("ER", SOLAR)


@pytest.mark.parametrize("function", REGISTRY, ids=lambda f: f.name)
def test_the_manual_lists_the_function_as_it_is(function: Function) -> None:
    given = ", ".join(
        f"[{a.name}]" if a.is_optional else a.name for a in function.arguments
    )
    tables = (
        "[names1], [values1], [names2], [values2], [unit_table], [plan_units]",
        "[plan_names1], [plan_values1], [plan_names2], [plan_values2]",
    )
    for words, short in zip(reversed(tables), ("plan_tables", "tables"), strict=True):
        given = given.replace(words, short)
    unit = f"; unit: {function.unit}" if function.unit else ""
    line = f"| `{function.name}` | {function.help}{unit} | `{given}` |"
    manual = Path(__file__).parents[2] / "docs" / "live-functions.md"
    assert line in manual.read_text(encoding="utf-8").splitlines(), line
