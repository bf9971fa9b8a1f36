"""The working copy for Excel: macros, code names, buttons, and the way back."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from jcm_xl import api
from jcm_xl.cli import main
from jcm_xl.desk import excel
from jcm_xl.hosts.excel.macro_book import BUTTONS
from jcm_xl.hosts.excel.settings_sheet import NAME, settings
from jcm_xl.hosts.excel.vba.build import macro_binary
from jcm_xl.hosts.excel.vba.sources import Carrier, own_text
from jcm_xl.model.submission import Submission
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import make_plan
from jcm_xl.text.languages import languages, messages
from tests.support import example_book

xlwings = pytest.importorskip("xlwings")

from tests.desk.fake_excel import open_in_excel, said  # noqa: E402
from tests.keys import slot_key  # noqa: E402

KEY = "ID_AM003@1.0"


def live_book(key: str = KEY, **more: Any) -> bytes:
    plan, submission = example_book(key)
    live = make_plan(plan.methodology, plan.rows, Edition(live="excel", **more))
    return api.book(live, Submission(submission.methodology, submission.version,
                                     live.rows, submission.values))  # fmt: skip


def parts(data: bytes) -> dict[str, str | bytes]:
    found: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            found[name] = content if name.endswith(".bin") else content.decode()
    return found


@pytest.mark.parametrize(
    ("key", "more"),
    [(KEY, {}), (KEY, {"monthly": True, "language": "ja"}), ("TH_AM001@1.0", {})],
)
def test_every_sheet_has_its_module(key: str, more: dict[str, Any]) -> None:
    found = parts(live_book(key, **more))
    sheets = sorted(
        (n for n in found if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n)),
        key=lambda name: int(name[len("xl/worksheets/sheet") : -4]),
    )
    names = [re.search(r'codeName="(\w+)"', str(found[name]))[1] for name in sheets]  # type: ignore[index]
    assert names == [f"Sheet{n}" for n in range(1, len(sheets) + 1)]
    assert 'codeName="ThisWorkbook"' in str(found["xl/workbook.xml"])
    assert found["xl/vbaProject.bin"] == macro_binary(Carrier.BOOK, len(sheets))
    kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    assert kind in str(found["[Content_Types].xml"])


@pytest.mark.parametrize("language", languages())
def test_the_buttons_call_macros_that_are_there(language: str) -> None:
    found = parts(live_book(language=language))
    vml = str(found["xl/drawings/vmlDrawing1.vml"])
    macros = re.findall(r"<x:FmlaMacro>\[0\]!(\w+)</x:FmlaMacro>", vml)
    assert macros == list(BUTTONS.values())
    text = own_text("JcmTools")
    assert all(f"Public Sub {macro}()" in text for macro in macros)
    captions = re.findall(r"<font[^>]*>([^<]*)</font>", vml)
    assert captions == [messages(language)(f"live.buttons.{w}") for w in BUTTONS]


def test_the_same_book_is_the_same_file() -> None:
    first = live_book()
    macro_binary.cache_clear()
    assert live_book() == first


def test_the_settings_are_there_without_a_path_of_this_computer() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(live_book()))[NAME]
    rows = sheet.iter_rows(max_col=2, values_only=True)
    found = {key: value for key, value in rows if key}
    assert found == settings()
    assert "Interpreter_Win" not in found


def test_check_says_that_it_is_a_working_copy_and_judges_it(tmp_path: Path) -> None:
    plain, live = tmp_path / "plain.xlsx", tmp_path / "live.xlsm"
    plain.write_bytes(api.book(*example_book(KEY)))
    live.write_bytes(live_book())
    of_plain, of_live = (api.check(path) for path in (plain, live))
    codes = [d.code for d in of_live.diagnostics]
    assert codes == ["JX130", *(d.code for d in of_plain.diagnostics)]
    assert of_live.figures == of_plain.figures
    assert (of_plain.exit_code, of_live.exit_code) == (0, 1)


def test_remove_leaves_the_plain_submission(tmp_path: Path) -> None:
    path = tmp_path / "live.xlsm"
    path.write_bytes(live_book())
    plain = openpyxl.load_workbook(io.BytesIO(api.book(*example_book(KEY))))
    kept = open_in_excel(path, answers=("no",))
    excel.run("remove", kept)
    assert kept.impl.file.sheetnames == [*plain.sheetnames, "Live", NAME]
    book = open_in_excel(path, answers=("yes",))
    excel.run("check", book)
    excel.run("remove", book)
    assert "choose File, Save As" in said(book)[-1][1]
    assert book.impl.file.sheetnames == plain.sheetnames
    for sheet in plain.worksheets:
        there = book.impl.file[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                assert there[cell.coordinate].value == cell.value


def test_the_command_wants_the_right_name(tmp_path: Path) -> None:
    def call(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, [*words])
        return done.exit_code, done.output

    book, plain = str(tmp_path / "a.xlsm"), str(tmp_path / "a.xlsx")
    new = ("new", "ID_AM003", "-o")
    assert call(*new, book, "--live") == (0, f"Wrote {book}\n")
    code, text = call(*new, plain, "--live", "excel")
    assert (code, "ends in .xlsm." in text) == (2, True)
    code, text = call(*new, book, "--live", "libreoffice", "--force")
    assert (code, "ends in .xlsx." in text) == (2, True)
    assert (
        call("fill", "ID_AM003", "--example", "--live", "-o", book, "--force")[0] == 0
    )
    assert call("calc", book)[0] == 0


@pytest.mark.office
def test_in_libreoffice_the_live_cells_say_that_they_are_not_available(
    office: Any, tmp_path: Path
) -> None:
    path = tmp_path / "live.xlsm"
    path.write_bytes(live_book())
    plan, submission = example_book(KEY)
    live = make_plan(plan.methodology, plan.rows, Edition(live="excel"))
    sheets = office.recalculate(path)
    verdicts = [sheets["Live"][slot.address] for slot in live.where("live_verdict")]
    assert verdicts == ["live functions not available"] * 8
    results = api.calculate_stages(plan, submission)[1]
    for stage, result in results.items():
        slot = plan[slot_key(f"{stage}.result")]
        assert sheets[slot.sheet][slot.address] == result.sheet_credited
    names, _ = office.macros(path)
    assert {"JcmTools", "xlwings", "xlwings_udfs"} < set(names)
