"""Three hands on the main figures: what the report says of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jcm_xl.api import book
from jcm_xl.checks.opinions import summary
from jcm_xl.checks.run import check_file
from jcm_xl.checks.settings import Settings
from jcm_xl.documents.lines import as_text
from jcm_xl.documents.report_json import report_json
from jcm_xl.documents.report_text import report_lines
from jcm_xl.model.finding import Opinion, Report
from tests.checks.cases import TODAY
from tests.support import DEFINITIONS, example_book

DOUBLED = {"mrs.quantity:ER_p": ("=2*(G11-G14)", 2303.202)}


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
    assert {(o.difference, o.materiality) for o in report.opinions} == {(0.0, None)}
    sentence = report.compared["second opinion"]
    assert sentence.endswith("none of 8 figures differs from the definition's.")
    assert sentence in as_text(report_lines([report]))


def test_a_difference_is_told_in_tonnes_in_per_cent_and_as_a_class(
    tmp_path: Path,
) -> None:
    report = judged(tmp_path, DOUBLED)
    reduction = report.opinions[6]
    assert reduction == Opinion(
        "report", "ER_p", "mrs.quantity:ER_p", "MRS(calc_process)", "G6",
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
    change = ("=ERF(G11)", 1.0)
    report = judged(
        tmp_path, {"mrs.quantity:RE_p": change, "mps.quantity:RE_p": change}
    )
    given = {o.name for o in report.opinions if not o.reason}
    assert given == {"PE_p"}
    assert report.compared["second opinion"].endswith(
        "No second opinion on 6 of 8 figures: the function ERF was not proved in the "
        "second engine ('MPS(calc_process)'!G11)."
    )
    assert "no opinion" in as_text(report_lines([report]))


def test_it_can_be_left_out(tmp_path: Path) -> None:
    report = judged(tmp_path, second_opinion=False)
    assert report.opinions == ()
    assert report.compared["second opinion"] == summary(())
    assert "sheet's formulas" not in as_text(report_lines([report]))
