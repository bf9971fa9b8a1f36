"""The book for xlwings Lite: its file part is read back; it was never run in Excel."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from jcm_xl import api
from jcm_xl.cli import main
from jcm_xl.hosts.lite import main_py, with_lite
from jcm_xl.model.submission import Stage
from jcm_xl.xlsx.read import read_grid
from tests.keys import slot_key
from tests.live.hosts import ranges, written
from tests.office.harness import Office
from tests.support import example_book

KEY = "TH_AM001@1.0"
_SPACE = "{http://schemas.microsoft.com/office/webextensions/webextension/2010/11}"

# Lite's own decorators register a function; all that matters here is that our code
# calls them as xlwings has them.
STUB = """
def func(f):
    return f


def arg(name, *, err_to_str=False, ndim=None, doc=None):
    def keep(f):
        assert name in f.__code__.co_varnames
        assert err_to_str
        return f

    return keep
"""


def stored(data: bytes) -> dict[str, str]:
    """Return the files that Lite would find in the workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read("xl/webextensions/webextension1.xml")
    properties = ElementTree.fromstring(text).iter(f"{_SPACE}property")
    return {p.attrib["name"]: json.loads(p.attrib["value"]) for p in properties}


def test_the_code_is_read_back_as_it_was_written() -> None:
    plan, submission = example_book(KEY)
    data = with_lite(api.book(plan, submission), plan.methodology)
    assert stored(data)["main.py"] == main_py(plan.methodology)
    assert set(stored(data)) == {"main.py", "requirements.txt"}


def test_the_same_book_twice_is_the_same_bytes() -> None:
    plan, submission = example_book(KEY)
    book = api.book(plan, submission)
    assert with_lite(book, plan.methodology) == with_lite(book, plan.methodology)


def test_cells_are_as_without_the_code(tmp_path: Path) -> None:
    plan, submission = example_book(KEY)
    book = api.book(plan, submission)
    path = tmp_path / "lite.xlsx"
    path.write_bytes(with_lite(book, plan.methodology))
    plain = written(plan, submission, tmp_path)
    assert [s.cells for s in read_grid(path).sheets] == [s.cells for s in plain.sheets]


def test_every_part_is_declared_and_related() -> None:
    plan, submission = example_book(KEY)
    data = with_lite(api.book(plan, submission), plan.methodology)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        types = archive.read("[Content_Types].xml").decode()
        relations = archive.read("_rels/.rels").decode()
    parts = [name for name in names if name.startswith("xl/webextensions/")]
    assert len(parts) == 3
    assert len(names) == len(set(names))
    for part in parts:
        assert f'PartName="/{part}"' in types or part.endswith(".rels")
    assert 'Target="xl/webextensions/taskpanes.xml"' in relations


def test_the_module_calculates_on_its_own(tmp_path: Path) -> None:
    plan, submission = example_book(KEY)
    given = ranges(written(plan, submission, tmp_path), plan, Stage.REPORT)
    (tmp_path / "xlwings.py").write_text(STUB)
    (tmp_path / "main.py").write_text(main_py(plan.methodology), encoding="utf-8")
    (tmp_path / "given.json").write_text(json.dumps([KEY, *given]))
    program = (
        "import json, main; given = json.load(open('given.json'));"
        "print(json.dumps([main.jcm_er(*given), main.jcm_credited(*given),"
        " main.jcm_check(given[0], None, *given[1:])]));"
        "import jcm_xl; assert jcm_xl.__file__.startswith(main.FOLDER)"
    )
    answer = subprocess.run(
        [sys.executable, "-S", "-c", program],  # -S: no installed jcm_xl is seen
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    result = api.calculate_stages(plan, submission)[1][Stage.REPORT]
    expected = [result.unrounded, result.sheet_credited, "ok"]
    assert json.loads(answer.stdout) == expected


@pytest.mark.office
def test_libreoffice_opens_it_and_calculates(office: Office, tmp_path: Path) -> None:
    plan, submission = example_book(KEY)
    path = tmp_path / "lite.xlsx"
    path.write_bytes(with_lite(api.book(plan, submission), plan.methodology))
    slot = plan[slot_key("mrs.quantity:ER_p")]
    result = api.calculate_stages(plan, submission)[1][Stage.REPORT]
    assert office.recalculate(path)[slot.sheet][slot.address] == result.unrounded


def test_the_command_asks_for_a_flag_and_writes_the_book(tmp_path: Path) -> None:
    path = tmp_path / "lite.xlsx"
    arguments = ["new", KEY, "-o", str(path), "--live=lite"]
    refused = CliRunner().invoke(main, arguments)
    assert refused.exit_code == 2
    assert "add --experimental to try it" in refused.output
    assert CliRunner().invoke(main, [*arguments, "--experimental"]).exit_code == 0
    assert "def jcm_er(id_version" in stored(path.read_bytes())["main.py"]
    live = next(s for s in read_grid(path).sheets if s.name == "Live")
    formulas = [c.formula for c in live.cells.values() if c.formula]
    assert any(f.startswith("_xldudf_JCM_ER(") for f in formulas)
    assert {d.code for d in api.check(path).diagnostics} >= {"JX107"}
