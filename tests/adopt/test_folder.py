"""A folder of official workbooks, skeletons of them, and the list of what to fetch."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from jcm_xl import api
from jcm_xl.plan.plan import make_plan
from tests.adopt.books import edit
from tests.cli.conftest import Run as Run
from tests.cli.conftest import run as run
from tests.support import example_book, methodology

KEY = "MM_AM005@1.0"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two workbooks in the place of official ones, and a file that is none."""
    found = tmp_path / "official"
    found.mkdir()
    for key in (KEY, "TH_AM001@3.0"):
        path = found / f"{key}.xlsx"
        path.write_bytes(api.new(key))
        edit(path, {})
    openpyxl.Workbook().save(found / "Z empty.xlsx")
    return found


@pytest.mark.slow
def test_a_folder_ends_with_one_table(run: Run, folder: Path, tmp_path: Path) -> None:
    overlays = tmp_path / "overlays"
    result = run("adopt", folder, "--overlay", overlays, "--confirmed-by", "N. N.")
    assert result.exit_code == 2
    head, first, second, last = result.output.splitlines()
    assert " ".join(head.split()) == "id version same differs taken proof file"
    assert first.split()[:2] == ["MM_AM005", "1.0"]
    assert "equal on 200 of 200" in second
    assert "Z empty.xlsx prints no id" in last
    assert len(list(overlays.iterdir())) == 2
    rows = json.loads(run("adopt", folder, "--format", "json").output)
    assert [row["exit_code"] for row in rows] == [0, 0, 2]


def test_a_skeleton_is_adopted_as_the_workbook_is(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "skeleton.json"
    official = folder / f"{KEY}.xlsx"
    plan = make_plan(methodology(KEY))
    edit(official, {"mps.quantity:PE_p": 1}, plan)
    assert run("skeleton", official, "-o", path).exit_code == 0
    assert run("skeleton", official, "-o", path).exit_code == 2
    whole = json.loads(run("adopt", official, "--format", "json").output)
    bare = json.loads(run("adopt", path, "--format", "json").output)
    assert bare["sha256"] == whole["sha256"]
    wrong = [
        [i for i in facts["items"] if i["verdict"] == "differs"]
        for facts in (whole, bare)
    ]
    assert wrong[0] == wrong[1]
    assert [i["item"] for i in wrong[0]] == ["formulas.PE_p"]


def test_a_skeleton_holds_nothing_that_was_typed(run: Run, tmp_path: Path) -> None:
    plan, submission = example_book(KEY)
    book = tmp_path / "filled.xlsx"
    book.write_bytes(api.book(plan, submission))
    edit(book, {})
    other = openpyxl.load_workbook(book)
    other["MPS(input)"]["N30"] = "Prepared by Ms Nobody"
    other["MSS"]["B6"] = "Ms Nobody"
    other.properties.creator = "Ms Nobody"
    other.save(book)
    path = tmp_path / "skeleton.json"
    assert run("skeleton", book, "-o", path).exit_code == 0
    text = path.read_text(encoding="utf-8")
    assert "Nobody" not in text
    values = [
        cell.get("value")
        for sheet in json.loads(text)["sheets"]
        for cell in sheet["cells"].values()
    ]
    typed = {v for v in submission.values.values() if isinstance(v, float)}
    assert typed
    assert not typed & {v for v in values if isinstance(v, float)}


@pytest.mark.parametrize("text", ["", "[]", '{"skeleton": 2}', '{"skeleton": 1}'])
def test_what_is_no_skeleton(run: Run, tmp_path: Path, text: str) -> None:
    path = tmp_path / "skeleton.json"
    path.write_text(text, encoding="utf-8")
    result = run("adopt", path)
    assert (result.exit_code, "is no skeleton" in result.output) == (2, True)


def test_the_list_of_what_to_fetch(run: Run) -> None:
    result = run("gaps", KEY, "--fetch-list")
    assert result.exit_code == 1
    assert "open https://www.jcm.go.jp/" in result.output
    assert "save JCM_MM_AM005_ver01.0.xlsx, the methodology spreadsheet" in (
        result.output
    )
