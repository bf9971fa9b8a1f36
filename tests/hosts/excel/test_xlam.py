"""The add-in file: its parts, its type, the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from jcm_xl.cli import main
from jcm_xl.hosts.excel.settings_sheet import FUNCTIONS, INTERPRETER, NAME, settings
from jcm_xl.hosts.excel.vba.build import macro_binary
from jcm_xl.hosts.excel.vba.sources import Carrier, modules
from jcm_xl.hosts.excel.xlam import excel_addin

pytest.importorskip("xlwings")


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_addin_has_type_ribbon_and_macros() -> None:
    found = parts(excel_addin())
    types = found["[Content_Types].xml"].decode()
    assert types.count("application/vnd.ms-excel.addin.macroEnabled.main+xml") == 1
    assert "sheet.macroEnabled" not in types
    assert found["xl/vbaProject.bin"] == macro_binary(Carrier.ADDIN, 1)
    relations = dict(
        re.findall(r'Type="(\S+)" Target="(\S+)"', found["_rels/.rels"].decode())
    )
    base = "http://schemas.microsoft.com/office/{}/relationships/ui/extensibility"
    for year, part, schema in (
        (2006, "customUI/customUI.xml", "2006/01"),
        (2007, "customUI/customUI14.xml", "2009/07"),
    ):
        assert relations[base.format(year)] == part
        assert f'xmlns="http://schemas.microsoft.com/office/{schema}/customui"' in (
            found[part].decode()
        )
    book = found["xl/workbook.xml"].decode()
    assert '<workbookView visibility="hidden"' in book
    assert 'codeName="ThisWorkbook"' in book
    assert 'codeName="Sheet1"' in found["xl/worksheets/sheet1.xml"].decode()


def test_the_same_version_is_the_same_file() -> None:
    first = excel_addin()
    macro_binary.cache_clear()
    modules.cache_clear()
    assert excel_addin() == first


@pytest.mark.parametrize("interpreter", ["", r"C:\Python\python.exe"])
def test_the_settings_stand_as_xlwings_reads_them(interpreter: str) -> None:
    file = io.BytesIO(excel_addin(interpreter))
    file.name = "jcm.xlsm"  # openpyxl knows no add-ins
    data = parts(file.getvalue())
    types = data["[Content_Types].xml"].replace(b".addin.", b".sheet.")
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        for name, content in {**data, "[Content_Types].xml": types}.items():
            archive.writestr(name, content)
    sheet = openpyxl.load_workbook(book)[NAME]
    found = {
        a.value: b.value
        for a, b in sheet.iter_rows(max_col=2, max_row=len(settings(interpreter)))
    }
    assert found == settings(interpreter)
    assert found["UDF Modules"] == FUNCTIONS
    assert found.get(INTERPRETER, "") == interpreter
    assert sheet.cell(len(found) + 1, 1).value is None


def test_the_module_it_names_has_the_functions() -> None:
    from importlib import import_module

    assert callable(import_module(FUNCTIONS).JCM_ER)


HINT = (
    "In Excel for Windows: File > Options > Add-ins > Excel Add-ins, Go, Browse; "
    "the tab JCM then appears. 'jcm-xl doctor' says what is missing there.\n"
)


def test_the_command_writes_it_once(tmp_path: Path) -> None:
    path = tmp_path / "jcm.xlam"
    call = ["addin", "excel", "-o", str(path)]
    written, refused, named = (
        CliRunner().invoke(main, words)
        for words in (call, call, ["addin", "excel", "-o", str(tmp_path / "a.xlsx")])
    )
    assert (written.exit_code, written.output) == (0, f"Wrote {path}\n" + HINT)
    assert path.read_bytes() == excel_addin()
    assert refused.exit_code == 2
    assert "exists already; --force replaces it." in refused.output
    assert named.exit_code == 2
    assert "the add-in for excel ends in .xlam." in named.output
