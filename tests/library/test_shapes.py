"""Shapes that the library lacks: each is sound and the same in every host."""

from __future__ import annotations

from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.adopt.adoption import adopt
from jcm_xl.definition.library import DEFINITIONS
from jcm_xl.definition.lint.run import lint_file
from jcm_xl.inputs.example import example_inputs
from jcm_xl.model.submission import Stage
from tests.adopt.books import as_official
from tests.hosts.__main__ import main

SHAPES = sorted((Path(__file__).parents[1] / "definitions" / "shapes").glob("*.toml"))


NOT_ADOPTED = {
    "EX_AM913": "rows that have names are not read as units",
    "EX_AM914": "units of a choice are counted by SUMPRODUCT",
    "EX_AM916": "an interpolation is not taken apart",
    "EX_AM918": "units of a choice are counted by SUMPRODUCT",
}
"""What `adopt` says of these is that a formula is not understood; the rest holds."""


def stem(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", SHAPES, ids=stem)
def test_a_shape_is_usable_and_its_examples_are_clean(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lint_file(path).exit_code == 0
    monkeypatch.setenv(DEFINITIONS, str(path))
    m = api.load(path.stem)
    for number, example in enumerate(m.examples, 1):
        book = tmp_path / f"{number}.xlsx"
        book.write_bytes(api.fill(m, example_inputs(m, number)))
        report = api.check(book)
        assert report.exit_code == 0, api.render(report)
        assert api.calc(book).results[Stage.REPORT].credited == example.credited


@pytest.mark.parametrize("path", SHAPES, ids=stem)
def test_a_blank_of_a_shape_adopted_is_its_definition(
    path: Path, tmp_path: Path
) -> None:
    m = api.load(str(path))
    found = adopt(as_official(m, tmp_path), m, fills=20)
    if m.id in NOT_ADOPTED:
        words = "the formula is not understood"
        assert any(i.reason.startswith(words) for i in found.differences)
        return
    assert [(i.item, i.verdict, i.place, i.reason) for i in found.differences] == []
    assert found.proof.is_equal


@pytest.mark.office
@pytest.mark.browser
@pytest.mark.library
def test_a_shape_has_the_same_figures_in_every_host(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DEFINITIONS, str(SHAPES[0].parent))
    assert main([path.stem for path in SHAPES]) == 0
    assert capsys.readouterr().out.rstrip().endswith("no difference")
