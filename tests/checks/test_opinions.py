"""Three hands on the main figures: what the report says of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jcm_xl.api import book
from jcm_xl.checks.arithmetic.opinions import differs, is_disputed, is_split, summary
from jcm_xl.checks.run import check_file
from jcm_xl.documents.lines import as_text
from jcm_xl.documents.report.forms.json import report_json
from jcm_xl.documents.report.forms.text import report_lines
from jcm_xl.model.finding import Opinion, Report
from jcm_xl.model.tolerance import same_number
from jcm_xl.submission.settings import Settings
from tests.checks.cases import TODAY
from tests.checks.surgery import operate
from tests.keys import slot_key
from tests.named import named
from tests.support import DEFINITIONS, example_book

PLAN = example_book("EX_AM901")[0]
RE, PE = (named(PLAN, f"«mrs.quantity:{name}|address»") for name in ("RE_p", "PE_p"))
DOUBLED = {"mrs.quantity:ER_p": (f"=2*({RE}-{PE})", 2303.202)}


def judged(
    folder: Path, overrides: dict[str, object] | None = None, **settings: object
) -> Report:
    path = folder / "book.xlsx"
    path.write_bytes(book(*example_book("EX_AM901"), overrides))
    asked = Settings(today=TODAY, definitions=DEFINITIONS, **settings)  # type: ignore[arg-type]
    return check_file(path, asked)


def figures(report: Report) -> list[tuple[object, ...]]:
    return [(o.stage, o.name, o.own, o.second, o.stored) for o in report.opinions]


def test_a_sound_book_has_one_number_three_times(tmp_path: Path) -> None:
    report = judged(tmp_path)
    values = {"RE_p": 1151.601, "PE_p": 0.0, "ER_p": 1151.601, "Table 3": 1151.0}
    assert figures(report) == [
        (stage, name, pytest.approx(v), pytest.approx(v), pytest.approx(v))
        for stage in ("plan", "report")
        for name, v in values.items()
    ]
    said = {(o.difference, o.share, o.materiality, o.is_edge) for o in report.opinions}
    assert said == {(0.0, 0.0, None, False)}
    sentence = report.compared["second opinion"]
    assert sentence.endswith("none of 8 figures differs from the definition's.")
    assert sentence in as_text(report_lines([report]))


def test_a_difference_is_told_in_tonnes_in_per_cent_and_as_a_class(
    tmp_path: Path,
) -> None:
    report = judged(tmp_path, DOUBLED)
    reduction = report.opinions[6]
    assert reduction == Opinion(
        "report", "ER_p", slot_key("mrs.quantity:ER_p"), "MRS(calc_process)", "G6",
        own=pytest.approx(1151.601), second=pytest.approx(2303.202),
        stored=pytest.approx(2303.202), difference=pytest.approx(1151.601),
        share=pytest.approx(100), materiality=10.0,
    )  # fmt: skip
    assert report.compared["second opinion"].endswith(
        "2 of 8 figures differ from the definition's."
    )
    text = as_text(report_lines([report]))
    assert "100 % of the reductions, reaches the step of 10 %" in text
    assert "no threshold of the JCM is known" in text
    entry = json.loads(report_json([report]))["files"][0]["opinions"][6]
    assert entry["sheet_formulas"] == pytest.approx(2303.202)
    assert entry["materiality_step_percent"] == 10


@pytest.mark.parametrize(
    ("factor", "step"), [("1.004", 0.0), ("1.006", 0.5), ("1.03", 2.0), ("0.94", 5.0)]
)
def test_the_class_is_the_highest_step_reached(
    factor: str, step: float, tmp_path: Path
) -> None:
    change = (f"={factor}*(G11-G14)", float(factor) * 1151.601)
    report = judged(tmp_path, {"mrs.quantity:ER_p": change})
    assert report.opinions[6].materiality == step
    other = judged(tmp_path, {"mrs.quantity:ER_p": change}, materiality=(3.0,))
    assert other.opinions[6].materiality == (3.0 if step > 2 else 0.0)


def test_where_nothing_can_be_evaluated_nothing_agrees(tmp_path: Path) -> None:
    change = (f"=ERF({RE})", 1.0)
    report = judged(
        tmp_path, {"mrs.quantity:RE_p": change, "mps.quantity:RE_p": change}
    )
    given = {o.name for o in report.opinions if not o.reason}
    assert given == {"PE_p"}
    assert report.compared["second opinion"].endswith(
        "none of 2 figures differs from the definition's. "
        "No second opinion on 6 of 8 figures: the function ERF was not proved in the "
        f"second engine ({named(PLAN, '«mps.quantity:RE_p»')})."
    )
    assert "no opinion" in as_text(report_lines([report]))


def test_it_can_be_left_out(tmp_path: Path) -> None:
    report = judged(tmp_path, second_opinion=False)
    assert report.opinions == ()
    assert report.compared["second opinion"] == summary(())
    assert "sheet's formulas" not in as_text(report_lines([report]))


def test_a_figure_whose_cell_is_empty_has_no_number_there(tmp_path: Path) -> None:
    report = judged(tmp_path, {"mrs.quantity:ER_p": None})
    emptied = report.opinions[6]
    assert (emptied.name, emptied.second, emptied.stored) == ("ER_p", None, None)
    assert (emptied.difference, emptied.share) == (None, None)
    assert is_disputed(emptied)


def test_the_figures_of_a_renamed_sheet_are_found(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    rename = {"do": "rename_sheet", "sheet": "MRS(calc_process)", "to": "Report calc"}
    path.write_bytes(operate(book(*example_book("EX_AM901")), [rename]))
    report = check_file(path, Settings(today=TODAY, definitions=DEFINITIONS))
    assert [o.sheet for o in report.opinions][4:7] == ["Report calc"] * 3
    assert {(o.difference, o.reason) for o in report.opinions} == {(0.0, "")}


def test_the_figures_of_a_deleted_sheet_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    delete = {"do": "delete_sheet", "sheet": "MRS(calc_process)"}
    path.write_bytes(operate(book(*example_book("EX_AM901")), [delete]))
    report = check_file(path, Settings(today=TODAY, definitions=DEFINITIONS))
    assert [(o.stage, o.name) for o in report.opinions][4:] == [("report", "Table 3")]


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [(0.0, 1e-9, True), (0.0, 1.5e-9, False), (-1.0, 1.0, False),
     (1e12, 1e12 + 999, True), (1e12, 1e12 + 1001, False),
     (-1e12, -1e12 - 999, True), (1151.0, 1150.0, False)],
)  # fmt: skip
def test_numbers_are_compared_in_their_last_digits(
    first: float, second: float, is_same: bool
) -> None:
    assert same_number(first, second) is same_number(second, first) is is_same
    assert differs(first, second) is differs(second, first) is not is_same


@pytest.mark.parametrize(
    ("first", "second", "is_other"),
    [("#N/A", "#N/A", False), ("#N/A", "#REF!", True), (None, "", False),
     ("#N/A", None, True), (None, 3.0, True), (3.0, "3", True)],
)  # fmt: skip
def test_texts_and_errors_of_a_figure_are_compared_as_they_are(
    first: float | str | None, second: float | str | None, is_other: bool
) -> None:
    assert differs(first, second) is differs(second, first) is is_other


def figure(own: object, second: object, **facts: object) -> Opinion:
    return Opinion("report", "Table 3", slot_key("mrs.result"), "MRS(input)", "B9",
                   own, second, second, **facts)  # type: ignore[arg-type]  # fmt: skip


@pytest.mark.parametrize(
    ("opinion", "disputed", "split"),
    [(figure(931.0, 931.0, is_edge=True), False, False),
     (figure(931.0, 930.0, is_edge=True), False, True),
     (figure(931.0, 930.0), True, False),
     (figure(931.0, 929.0, is_edge=True), True, False),
     (figure(931.0, "#N/A", is_edge=True), True, False),
     (figure(931.0, None, reason="no function ERF"), False, False),
     (figure("incomplete", 931.0, is_edge=True), False, False)],
)  # fmt: skip
def test_on_the_edge_of_a_tonne_either_is_honest(
    opinion: Opinion, disputed: bool, split: bool
) -> None:
    assert (is_disputed(opinion), is_split(opinion)) == (disputed, split)


def test_the_summary_counts_what_was_given_and_what_was_not() -> None:
    sound, off = figure(931.0, 931.0), figure(931.0, 929.0)
    first, second = (figure(931.0, None, reason=why) for why in ("why", "because"))
    assert summary([first, second]) == "No second opinion: why."
    assert summary([sound, off, first, second]).endswith(
        ": 1 of 2 figures differ from the definition's. "
        "No second opinion on 2 of 4 figures: why."
    )


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        (0.0, None, True),
        (0.0, "", True),
        (None, "", False),
        (1.0, 1.0 + 1e-12, False),
        (1.0, 1.001, True),
        (25.0, "incomplete: 1 cell", True),
    ],
)
def test_an_emptied_cell_is_no_zero(
    first: float | str | None, second: float | str | None, wanted: bool
) -> None:
    assert differs(first, second) is wanted
    assert differs(second, first) is wanted
