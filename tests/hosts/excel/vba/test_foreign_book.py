"""A stranger's workbook is open: it does not choose what our macros run.

No Excel is here: what the macros would send is read off their text, and xlwings' own
function and a Python that is started as the macros start it take it from there.
"""

from __future__ import annotations

import ntpath
import posixpath
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

import jcm_xl
from jcm_xl.hosts.excel.vba.sources import Carrier, modules, xlwings_folder

pytest.importorskip("xlwings")
pytest.importorskip("antlr4_vba")

from xlwings import utils

from tests.hosts.excel.vba.grammar import procedures

ADDIN = r"C:\Users\me\jcm.xlam"
HOSTILE = "x/a;b;c;d;e;$VAR/sub/book.xlsx"
FOLDERS = (
    HOSTILE,
    r"C:\x\a;b;c;d;e;%VAR%\sub\book.xlsx",
    "true;C:/x/book.xlsx;;;;;;%VAR%",
    "https://example.org/;;;;;;;$VAR/book.xlsx",
)


def text_of(carrier: Carrier) -> str:
    (text,) = (m.text for m in modules(carrier) if m.name == "xlwings")
    return text


def shipped(carrier: Carrier) -> str:
    data = (xlwings_folder() / carrier.value).read_bytes()
    return data.decode("cp1252").replace("\r\n", "\n")


def sent(text: str, active: str, added: str = "") -> list[str]:
    """Return what `RunPython` and the functions hand to `prepare_sys_path`."""
    values = {
        "AddExcelDir": "false",  # as the sheet xlwings.conf of the add-in says
        "ActiveWorkbook.FullName": active,
        "ThisWorkbook.FullName": ADDIN,
        'GetConfig("PYTHONPATH")': added,
        "AddedPlaces()": added and f";{added}",
    }
    for name in ("ActiveFullName", "ThisFullName"):
        values[name] = value_of(
            re.findall(rf"^ +{name} = (.+)$", text, re.M)[-1], values
        )
    found = re.findall(r"^ +PYTHONPATH = (AddExcelDir & .*_WIN.*)$", text, re.M)
    assert len(found) == 2, "RunPython and XLPyCommand"
    return ["".join(value_of(w, values) for w in e.split(" & ")) for e in found]


def value_of(word: str, values: dict[str, str]) -> str:
    if word in values:
        return values[word]
    return word[1:-1] if word.startswith('"') else ""  # a setting that is not made


def places(monkeypatch: pytest.MonkeyPatch, sent: str, system: object) -> list[str]:
    """Return what xlwings puts in front of the places to import from."""
    with monkeypatch.context() as patch:
        patch.setenv("VAR", "stranger")
        patch.setattr(sys, "path", ["own"])
        patch.setattr(utils, "os", SimpleNamespace(path=system))
        utils.prepare_sys_path(sent)
        assert sys.path.pop() == "own"
        return list(sys.path)


@pytest.mark.parametrize("system", [ntpath, posixpath])
@pytest.mark.parametrize("path", FOLDERS)
def test_the_path_of_the_open_book_is_no_place_to_import_from(
    path: str, system: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    for line in sent(text_of(Carrier.ADDIN), path):
        assert line == "false;;;;;"
        assert places(monkeypatch, line, system) == []
    for line in sent(text_of(Carrier.ADDIN), path, r"c:\own;c:\more"):
        found = places(monkeypatch, line, ntpath)
        assert sorted(found) == [r"c:\more", r"c:\own"]


def test_it_was_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for line in sent(shipped(Carrier.ADDIN), HOSTILE):
        found = places(monkeypatch, line, posixpath)
        assert "stranger/sub/book.xlsx" in found
        assert "" in found, "the current folder"


@pytest.mark.parametrize("carrier", list(Carrier))
def test_the_current_folder_is_none_in_a_book_either(
    carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    for line in sent(text_of(carrier), "book.xlsx"):
        assert places(monkeypatch, line, ntpath) == []


def test_a_book_that_is_a_package_of_our_name_is_not_imported(tmp_path: Path) -> None:
    book = tmp_path / "sub" / "book.xlsx"
    book.parent.mkdir()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("jcm_xl/__init__.py", "raise SystemExit('theirs')")
    (tmp_path / "jcm_xl.py").write_text("raise SystemExit('theirs')", "utf-8")
    (tmp_path / "struct.py").write_text("raise SystemExit('theirs')", "utf-8")
    told = {}
    for which, text in (("as sent", text_of), ("as shipped", shipped)):
        macros = text(Carrier.ADDIN)
        options = re.findall(r'" ([-BP ]+) -c ""import ', macros)
        for flags, line in zip(options, sent(macros, HOSTILE), strict=True):
            start = f"import xlwings.utils;xlwings.utils.prepare_sys_path({line!r})"
            code = f"{start}; import jcm_xl, struct; print(jcm_xl.__file__)"
            done = subprocess.run(
                [sys.executable, *flags.split(), "-c", code], cwd=tmp_path,
                env={"VAR": str(tmp_path)}, capture_output=True, text=True, check=False,
            )  # fmt: skip
            told.setdefault(which, set()).add((done.stdout + done.stderr).strip())
    assert told == {"as sent": {jcm_xl.__file__}, "as shipped": {"theirs"}}


@pytest.mark.parametrize("carrier", list(Carrier))
def test_cells_and_pictures_cannot_call_what_starts_a_program(carrier: Carrier) -> None:
    text = text_of(carrier)
    assert procedures(text) == ["RunPython", "XLPy"]
    assert re.findall(r"^ *(?!Private)\w* ?Declare .*", text, re.M) == []
    for name in ("RunPython", "ExecuteWindows", "SaveConfigToFile"):
        start = text.index(f"Function {name}(")
        head = re.sub(r" _\n +", " ", text[start:]).split("\n")
        assert head[1] == "    RefuseForeignCall"
    allowed = {Carrier.BOOK: '= "Range"', Carrier.ADDIN: '<> "Error"'}[carrier]
    assert f"If TypeName(Application.Caller) {allowed} Then" in text


def test_the_addin_hands_nothing_of_the_open_book_to_a_command_line() -> None:
    text = text_of(Carrier.ADDIN)
    for name in ("Function RunPython", "Sub ExecuteMac", "Function ExecuteWindows",
                 "Function XLPyCommand", "Function GetConfig(", "Sub XLPyLoadDLL",
                 "Function GetDirectoryConfigFilePath", "Function XLPy()"):  # fmt: skip
        start = text.index(name)
        body = text[start : text.index("\nEnd ", start)]
        uses = [line.strip() for line in body.split("\n") if "ActiveWorkbook" in line]
        # As an object, not as a text: Python asks Excel, nothing is looked up by it.
        given = 'XLPy.SetAttr XLPy.Module("xlwings._xlwindows"), "BOOK_CALLER", '
        assert uses == (
            [f"{given}ActiveWorkbook"] if name.endswith("RunPython") else []
        )
    udfs = "".join(m.text for m in modules(Carrier.ADDIN) if m.name == "xlwings_udfs")
    assert "ActiveWorkbook" not in udfs
    assert ", ThisWorkbook, Application.Caller)" in udfs


@pytest.mark.parametrize("carrier", list(Carrier))
def test_no_program_is_looked_for_in_the_current_folder(carrier: Carrier) -> None:
    text = text_of(carrier)
    assert '"cmd.exe' not in text
    assert text.count('Environ("ComSpec")') == 3
    assert text.count("set NoDefaultCurrentDirectoryInExePath=1& ") == 3
