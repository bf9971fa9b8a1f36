"""new and fill: what they write, and what they refuse to write over."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.cli import files
from jcm_xl.model.key import PERIOD_END, PERIOD_START
from jcm_xl.model.submission import Stage
from jcm_xl.plan.plan import make_plan
from jcm_xl.submission.open import open_book
from tests.cli.conftest import KEY, Run
from tests.keys import texts
from tests.named import named

INPUTS = """
[ex_ante]
EC_PJ_i_p = [135]
[fixed]
COP_PJ_i = [1.63]
type_i   = ["Individual quick freezer"]
EF_elec  = 0.814
"""


def test_new(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    result = run("new", "ID_AM003", "-o", path, "--rows", "i=5", "--reference-number",
                 "ID003", "--lang", "ja", "--monthly", "--meters")  # fmt: skip
    assert (result.exit_code, result.output) == (0, f"Wrote {path}\n")
    context = open_book(path)
    assert context.plan.rows == {"i": 5}
    assert context.plan.messages.language == "ja"
    assert context.plan.monthly
    assert context.plan.meters
    assert texts(context.submission.values) == {"reference_number": "ID003"}


def test_the_same_call_makes_the_same_bytes(run: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    for path in (first, second):
        run("new", KEY, "-o", path)
    assert first.read_bytes() == second.read_bytes()


def test_new_of_a_registered_plan(
    run: Run, tmp_path: Path, books: dict[str, Path]
) -> None:
    path = tmp_path / "next.xlsx"
    result = run("new", KEY, "--plan", books["report"], "-o", path)
    assert result.exit_code == 0
    context = open_book(path)
    assert context.results[Stage.PLAN].credited == 25
    assert context.results[Stage.REPORT].status == "incomplete"
    keys = context.submission.values
    assert not any(key.stage == "mrs" or key == PERIOD_END for key in keys)
    day = keys[PERIOD_START]
    place = f"'{context.plan[PERIOD_START].sheet}'!F4"
    assert result.output.splitlines()[1:] == [
        f"First day: {day}, the day after the last period. It stands in {place}; "
        "change it if yours is another one."
    ]
    again = run("new", "--plan", books["report"], "-o", tmp_path / "again.xlsx")
    assert again.exit_code == 0
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--rows", "i"], "'i' is not like i=5."),
        (["--rows", "i=-1"], "'i=-1' is not like i=5."),
        (["--rows", "i=1", "--rows", "i=2"], "'i' is given twice."),
        (["--rows", "i=101"], "takes 1 to 100 rows"),
        (["--rows", "k=1"], "has no set 'k'"),
        (["--reference-number", "TH 1"], "'TH 1' is not like TH001"),
        (["--lang", "xx"], "There are no texts in 'xx'"),
        (["--plan", "none.xlsx"], "there is no such file"),
    ],
)
def test_what_new_refuses(
    words: list[str], says: str, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "blank.xlsx"
    result = run("new", KEY, "-o", path, *words)
    assert result.exit_code == 2
    assert says in result.stderr
    assert not path.exists()


def test_fill_from_a_file(run: Run, tmp_path: Path) -> None:
    inputs, path = tmp_path / "inputs.toml", tmp_path / "book.xlsx"
    inputs.write_text(INPUTS)
    result = run("fill", "ID_AM003", "--inputs", inputs, "-o", path)
    assert result.exit_code == 0
    assert result.output == (
        f"Wrote {path}\nplan: 25 tCO2 (rounded down from 25.8075)\n"
    )
    assert api.calc(path).results[Stage.PLAN].credited == 25


def test_an_incomplete_book_is_written_and_said(run: Run, tmp_path: Path) -> None:
    inputs, path = tmp_path / "inputs.toml", tmp_path / "book.xlsx"
    inputs.write_text("[ex_ante]\nEC_PJ_i_p = [135]\n[ex_post]\nEC_PJ_i_p = [130]\n")
    result = run("fill", "ID_AM003", "--inputs", inputs, "-o", path)
    assert result.exit_code == 1
    cells = (
        "  «mps.value:type_i[1]»: Type_i row 1\n"
        "  «mps.value:COP_PJ_i[1]»: COP_PJ,i row 1\n"
        "  «mps.value:EF_elec»: EF_elec\n"
    )
    assert result.output == f"Wrote {path}\n" + named(
        make_plan(api.load(KEY)),
        f"plan: 3 cells missing\n{cells}report: 3 cells missing\n{cells}",
    )
    assert path.exists()


def test_wrong_inputs_write_nothing(run: Run, tmp_path: Path) -> None:
    inputs, path = tmp_path / "inputs.toml", tmp_path / "book.xlsx"
    inputs.write_text(INPUTS.replace("135", '"135,0"') + "EF_elc = 1\n")
    result = run("fill", "ID_AM003", "--inputs", inputs, "-o", path)
    assert result.exit_code == 2
    assert result.stderr == (
        "2 problems in the inputs:\n"
        "  inputs.toml: line 3: ex_ante.EC_PJ_i_p[1]: found '135,0'; expected a number "
        "in MWh/p (is 135 meant?)\n"
        "  inputs.toml: line 8: fixed.EF_elc: ID_AM003@1.0 has no parameter "
        "'EF_elc' (did you mean 'EF_elec'?)\n"
    )
    assert not path.exists()


@pytest.mark.parametrize(
    ("words", "credited"), [(["--example"], 25), (["--example", "2"], 93)]
)
def test_fill_with_an_example(
    words: list[str], credited: int, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    result = run("fill", "ID_AM003", *words, "-o", path, "--lang", "ja", "--monthly")
    assert result.exit_code == 0
    assert f"report: {credited} tCO2" in result.output


def test_fill_wants_either_inputs_or_an_example(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    for words in ([], ["--example", "--inputs", "x.toml"]):
        result = run("fill", KEY, *words, "-o", path)
        assert result.exit_code == 2
        assert "Give either --inputs FILE or --example [N]." in result.stderr
    result = run("fill", KEY, "--example", "7", "-o", path)
    assert "has the examples 1 to 2; there is no 7" in result.stderr


@pytest.mark.parametrize("words", [["new", KEY], ["fill", KEY, "--example"]])
class TestWriting:
    """Both commands write books under the same rules."""

    def test_an_existing_file_is_kept(
        self, words: list[str], run: Run, tmp_path: Path
    ) -> None:
        path = tmp_path / "book.xlsx"
        path.write_text("mine")
        result = run(*words, "-o", path)
        assert result.exit_code == 2
        assert result.stderr == f"{path} exists already; --force replaces it.\n"
        assert path.read_text() == "mine"
        assert run(*words, "-o", path, "--force").exit_code == 0
        assert path.read_bytes()[:2] == b"PK"

    @pytest.mark.parametrize(
        ("name", "says"),
        [
            ("book", "a workbook's name ends in .xlsx"),
            ("book.xlsm", "a workbook's name ends in .xlsx"),
            ("none/book.xlsx", "There is no folder"),
            ("folder.xlsx", "is a folder; name a file in it"),
        ],
    )
    def test_places_that_cannot_be_written(
        self, words: list[str], name: str, says: str, run: Run, tmp_path: Path
    ) -> None:
        (tmp_path / "folder.xlsx").mkdir()
        result = run(*words, "-o", tmp_path / name, "--force")
        assert result.exit_code == 2
        assert says in result.stderr
        assert result.stderr.count("\n") == 1

    def test_a_file_that_is_open_elsewhere(
        self, words: list[str], run: Run, tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        def locked(part: str, target: Path) -> None:
            raise PermissionError(13, "The process cannot access the file")

        path = tmp_path / "book.xlsx"
        path.write_bytes(b"old")
        monkeypatch.setattr(os, "replace", locked)
        result = run(*words, "-o", path, "--force")
        assert result.exit_code == 2
        assert "it is open in another program, such as Excel" in result.stderr
        assert list(tmp_path.iterdir()) == [path]  # no half-written file stays
        assert path.read_bytes() == b"old"

    def test_a_full_disk(
        self, words: list[str], run: Run, tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        def full(number: int, mode: str) -> None:
            os.close(number)
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fdopen", full)
        result = run(*words, "-o", tmp_path / "book.xlsx")
        assert result.exit_code == 2
        assert result.stderr.endswith("cannot be written: No space left on device.\n")


def test_the_registered_plan_is_never_written_over(
    run: Run, books: dict[str, Path]
) -> None:
    path = books["plan"]
    before = path.read_bytes()
    result = run("new", KEY, "--plan", path, "-o", path, "--force")
    assert result.exit_code == 2
    assert "is read by this command; choose another name" in result.stderr
    assert path.read_bytes() == before


def test_inputs_are_never_written_over(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "inputs.xlsx"
    path.write_text("x")
    result = run("fill", KEY, "--inputs", path, "-o", path, "--force")
    assert "is read by this command" in result.stderr


def test_a_new_file_is_readable_as_any_other(run: Run, tmp_path: Path) -> None:
    path, other = tmp_path / "book.xlsx", tmp_path / "other"
    other.touch()
    run("new", KEY, "-o", path)
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)


def test_a_report_is_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(files.CannotWrite, match="a report is no workbook"):
        files.write_report(tmp_path / "book.xlsx", "x", [])
