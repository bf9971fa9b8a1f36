"""Recomputations, explanations and methodologies as they are printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jcm_xl import api
from jcm_xl.definition.library import entries
from jcm_xl.documents.calculation import Calculation
from jcm_xl.documents.lines import Line, as_text, counted, number, table
from jcm_xl.documents.methodology.show import library_lines, methodology_lines
from jcm_xl.inputs.example import example_inputs
from jcm_xl.model.methodology import Methodology
from jcm_xl.text.visible import json_text
from jcm_xl.text.width import width
from tests.goldens import assert_golden
from tests.questions import of_every

OURS = Path(__file__).parents[1] / "definitions"
SOLAR = str(OURS / "EX_AM901_ver01.0.toml")
GRID = "Grid only: directly or by an internal grid without a captive generator"


def book(folder: Path, m: Methodology, inputs: Any) -> Path:
    path = folder / "book.xlsx"
    path.write_bytes(api.fill(m, inputs))
    return path


def solar(folder: Path, electricity: list[object]) -> Path:
    grids = ["Northern grid", "Southern grid"][: len(electricity)]
    inputs = {
        "reference_number": "EX000",
        "ex_ante": {"EG_i_p": electricity},
        "fixed": {"grid_i": grids},
        "text": {"i": {"source": ["Letter of the utility", ""][: len(electricity)]}},
    }
    return book(folder, api.load(SOLAR), inputs)


def calc(path: Path) -> Calculation:
    return api.calc(path, definitions=OURS)


def scrubbed(text: str, calculation: Calculation) -> str:
    """Leave out what changes with every edit of a definition or the layout."""
    facts = calculation.facts
    for word in (facts.sha256, facts.fingerprint, facts.versions["definition"]):
        text = text.replace(word, "(hash)")
    return text.replace(facts.versions["jcm_xl"], "(version)")


def test_a_recomputation(tmp_path: Path) -> None:
    found = calc(solar(tmp_path, [1200, 850.5]))
    assert_golden("calc.txt", scrubbed(as_text(found.lines()), found))
    assert_golden("calc.json", scrubbed(json_text(found.as_dict()), found))


def test_an_incomplete_recomputation(tmp_path: Path) -> None:
    found = calc(solar(tmp_path, [1200, ""]))
    assert not found.is_complete
    assert_golden("calc_incomplete.txt", scrubbed(as_text(found.lines()), found))
    plan = json.loads(json_text(found.as_dict()))["plan"]
    assert plan["status"] == "incomplete"
    cell = "'MPS(input_separate)'!C11"
    assert plan["missing"] == [{"name": "EG_i_p", "index": 2, "cell": cell}]
    assert (plan["unrounded"], plan["credited"], plan["sheet_credited"]) == (None,) * 3


def test_an_explanation(tmp_path: Path) -> None:
    path = solar(tmp_path, [1200, 850.5])
    found = api.explain(path, definitions=OURS)
    text = as_text(found.lines())
    assert_golden("explain.txt", scrubbed(text, found.calculation))
    text = json_text(found.as_dict())
    assert_golden("explain.json", scrubbed(text, found.calculation))


def test_the_json_of_a_recomputation_has_the_agreed_keys(tmp_path: Path) -> None:
    m = api.load("ID_AM003")
    data = calc(book(tmp_path, m, example_inputs(m))).as_dict()
    agreed = {"schema", "methodology", "version", "draft", "plan", "report"}
    assert agreed <= set(data)
    for stage in ("plan", "report"):
        result = data[stage]
        assert isinstance(result, dict)
        assert {"status", "quantities", "unrounded", "sheet_credited", "credited",
                "missing"} <= set(result)  # fmt: skip
        for quantity in result["quantities"]:
            assert list(quantity) == ["name", "index", "value", "unit", "expr", "from"]
    quantities = {(q["name"], q["index"]): q for q in result["quantities"]}
    assert quantities["RE_i_p", 1]["from"] == [
        "EC_PJ_i_p", "COP_PJ_i", "COP_RE_i", "EF_elec"
    ]  # fmt: skip
    assert quantities["COP_RE_i", 1]["from"] == ["type_i", "COP_RE_by_type"]
    assert quantities["EC_PJ_i_p", 1]["from"] == ["'MRS(input_separate)'!C10"]
    assert (result["credited"], result["sheet_credited"]) == (25, 25)


def test_both_readings_are_named_on_the_knife_edge(tmp_path: Path) -> None:
    text = as_text(calc(solar(tmp_path, [189.493433395872])).lines())
    assert "Table 3: 101 tCO2/p (rounded down from 100.99999999999977)" in text
    assert "Knife edge: the sheet's arithmetic gives 101, exact arithmetic 100." in text


def test_long_columns_are_cut_with_exact_counts(tmp_path: Path) -> None:
    m = api.load("TH_AM001@1.0")
    inputs = {
        "ex_ante": {"EG_i_p": [1.5] * 150},
        "fixed": {"connection_i": [GRID] * 150},
    }
    path = book(tmp_path, m, inputs)
    found = calc(path)
    text = as_text(found.lines(12))
    assert text.count("\n  EG_i,p ") == 13  # twelve rows and their count
    assert "and 138 more rows" in text
    assert as_text(found.lines(None)).count("\n  EG_i,p") == 150
    tree = as_text(api.explain(path, "RE_p").lines(5))
    assert "... and 145 more rows of RE_i,p (150 in all)" in tree
    assert tree.count("RE_i,p[") == 5


def test_missing_cells_are_cut_with_exact_counts(tmp_path: Path) -> None:
    m = api.load("TH_AM001@1.0")
    path = book(tmp_path, m, {"ex_ante": {"EG_i_p": [1.5] * 100}})
    text = as_text(calc(path).lines(12))
    assert text.count("missing: ") == 12
    assert "... and 88 more cells (100 in all)" in text


def test_what_a_participant_typed_does_not_steer(tmp_path: Path) -> None:
    evil = "\x1b[2J\u202e\nPLAN (MPS): complete"
    m = api.load("ID_AM003")
    inputs = example_inputs(m) | {"text": {"EF_elec": {"source": evil}}}
    path = book(tmp_path, m, inputs)
    text = as_text(api.explain(path).lines())
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "given as: \\u001b[2J\\u202e\\nPLAN (MPS): complete" in text


@of_every(entry.key for entry in entries())
def test_every_methodology_can_be_shown(key: str) -> None:
    m = api.load(key)
    text = as_text(methodology_lines(m))
    for item in (*m.parameters.values(), *m.formulas.values()):
        assert item.label in text
    for parameter in m.inputs:
        assert f"  {parameter.name} " in text
    for source in {str(f.source) for f in m.formulas.values()}:
        assert source in text
    assert ("DRAFT" in text) == m.is_draft


def test_a_methodology_as_it_is_shown() -> None:
    assert_golden("show.txt", as_text(methodology_lines(api.load(SOLAR))))
    two = (SOLAR, str(OURS / "EX_AM902_ver01.0.toml"))
    assert_golden("list.txt", as_text(library_lines(map(api.load, two))))


def test_columns_are_as_wide_as_they_look() -> None:
    rows = [("日本", "1"), ("a", "2"), ("e\u0301e", "3")]
    assert (
        as_text(table(("x", "n"), rows)) == "x     n\n日本  1\na     2\ne\u0301e    3\n"
    )
    assert width("日本e\u0301") == 5


def test_words_for_numbers() -> None:
    assert [counted(n, "cell") for n in (0, 1, 1234)] == [
        "0 cells", "1 cell", "1,234 cells"
    ]  # fmt: skip
    assert [number(x) for x in (0.1 + 0.2, 5.0, None, "both")] == [
        "0.3", "5", "-", "both"
    ]  # fmt: skip
    assert str(Line("x", indent=2)) == "  x"
    assert str(Line("", indent=2)) == ""


def test_moved_lines_are_undone_and_named_as_the_file_counts(tmp_path: Path) -> None:
    import openpyxl

    m = api.load("ID_AM003")
    path = book(tmp_path, m, example_inputs(m))
    before = calc(path)
    saved = openpyxl.load_workbook(path)
    saved["MPS(input_separate)"].insert_rows(7)
    saved["MRS(input)"].title = "MRS (input)"
    saved.save(path)
    after = calc(path)
    assert [r.credited for r in after.results.values()] == [25, 25]
    assert after.facts.sha256 != before.facts.sha256
    assert after.facts.fingerprint == before.facts.fingerprint
    text = as_text(after.lines())
    assert "'MPS(input_separate)'!C11" in text
    assert "'MRS(input_separate)'!C10" in text
