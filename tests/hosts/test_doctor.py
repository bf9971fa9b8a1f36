"""doctor on computers that are made here: folders, settings files, marks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from jcm_xl import api
from jcm_xl.cli import main
from jcm_xl.errors import JcmError
from jcm_xl.hosts.doctor import (
    MISSING,
    NOTE,
    OK,
    Symptom,
    examine,
    is_well,
    read_settings,
    settings_in,
    write_settings,
)
from jcm_xl.hosts.excel.settings_sheet import settings
from jcm_xl.hosts.excel.vba.sources import XLWINGS
from jcm_xl.hosts.excel.xlam import excel_addin
from jcm_xl.hosts.excel_rules import ExcelRules, TrustedFolder, excel_rules
from jcm_xl.hosts.libreoffice.descriptions import description
from jcm_xl.hosts.machine import Machine, this_machine
from jcm_xl.version import __version__

DLL = f"xlwings64-{XLWINGS}.dll"


class Windows(Machine):
    """A Windows computer whose settings file this computer can read, too."""

    encoding = "utf-8"


@pytest.fixture
def well(tmp_path: Path) -> Machine:
    """A computer with everything in place: a virtual environment, and settings."""
    scripts = tmp_path / "venv" / "Scripts"
    scripts.mkdir(parents=True)
    python = scripts / "python.exe"
    python.touch()
    (tmp_path / "venv" / DLL).touch()
    machine = Windows(
        is_windows=True, python=python, xlwings=XLWINGS, has_pywin32=True,
        home=tmp_path, office_data=tmp_path / "LibreOffice",
        found={"python": str(python)}.get, expand=str,
    )  # fmt: skip
    write_settings(machine)
    return machine


def faults(machine: Machine, file: Path | None = None) -> list[Symptom]:
    found = examine(machine, file)
    assert is_well(found) == (not [s for s in found if s.state == MISSING])
    assert all(s.remedy for s in found if s.state == MISSING)
    return [s for s in found if s.state == MISSING]


def told(machine: Machine, word: str, file: Path | None = None) -> Symptom:
    (symptom,) = (s for s in examine(machine, file) if word in s.text)
    return symptom


def test_a_computer_with_everything_is_well(well: Machine) -> None:
    assert faults(well) == []
    assert told(well, "names this Python").state == OK
    assert told(well, DLL).state == OK


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (
            {"xlwings": ""},
            f"There is no xlwings in this Python; the macros load {XLWINGS}",
        ),
        ({"xlwings": "0.33.1"}, "There is xlwings 0.33.1 in this Python"),
        ({"has_pywin32": False}, "pywin32 is not there"),
        ({"excel": ExcelRules(macros=4)}, "Excel blocks all macros without asking."),
        (
            {"excel": ExcelRules(macros=3, is_policy=True)},
            "A policy of this computer lets only signed macros run",
        ),
        (
            {"excel": ExcelRules(bits=32)},
            f"xlwings32-{XLWINGS}.dll is neither in ",
        ),
    ],
)
def test_what_is_missing_is_named(
    well: Machine, change: dict[str, object], text: str
) -> None:
    (symptom,) = faults(replace(well, **change))
    assert text in symptom.text


@pytest.mark.parametrize(
    ("rules", "text"),
    [
        (ExcelRules(blocks_marked=True), "A policy blocks macros of files from the"),
        (ExcelRules(trusts_none=True), "A policy turned all trusted folders off."),
        (
            ExcelRules(trusted=(TrustedFolder(r"C:\\jcm"),)),
            r"these folders unasked: C:",
        ),
        (
            ExcelRules(views_off=("DisableInternetFilesInPV",)),
            "Protected View is turned",
        ),
    ],
)
def test_what_excel_allows_is_said_in_words(
    well: Machine, rules: ExcelRules, text: str
) -> None:
    assert told(replace(well, excel=rules), text).state == NOTE
    assert faults(replace(well, excel=rules)) == []


def test_the_library_for_a_32_bit_excel_is_looked_for(well: Machine) -> None:
    (well.home / "venv" / f"xlwings32-{XLWINGS}.dll").touch()
    machine = replace(well, excel=ExcelRules(bits=32))
    assert faults(machine) == []
    assert told(machine, "xlwings32").text.endswith("; Excel is of 32 bits.")


USER = r"Software\Microsoft\Office\16.0\Excel\Security"
POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"
CLICK_TO_RUN = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"


def test_the_registry_is_read_as_excel_reads_it() -> None:
    registry = {
        (
            "HKLM",
            r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration",
            "Platform",
        ): "x86",
        ("HKCU", USER, "VBAWarnings"): 1,
        ("HKCU", POLICY, "VBAWarnings"): 4,
        ("HKCU", POLICY, "blockcontentexecutionfrominternet"): 1,
        ("HKCU", USER + r"\Trusted Locations\Location2", "Path"): "C:\\Jcm\\",
        ("HKCU", USER + r"\Trusted Locations\Location2", "AllowSubFolders"): 1,
        ("HKCU", USER + r"\ProtectedView", "DisableAttachmentsInPV"): 1,
    }
    rules = excel_rules(lambda *place: registry.get(place))
    assert rules == ExcelRules(
        bits=32, macros=4, is_policy=True, blocks_marked=True,
        trusted=(TrustedFolder("C:\\Jcm\\", has_subfolders=True),),
        views_off=("DisableAttachmentsInPV",),
    )  # fmt: skip
    assert rules.trusts(r"c:\jcm\2024\book.xlsm")
    assert not rules.trusts(r"C:\jcm2\book.xlsm")
    shut = POLICY + r"\Trusted Locations", "AllLocationsDisabled"
    rules = excel_rules(lambda *p: 1 if p[1:] == shut else registry.get(p))
    assert not rules.trusts(r"C:\Jcm\book.xlsm")
    flat = TrustedFolder(r"C:\Jcm")
    assert flat.holds(r"C:\jcm\a.xlsm")
    assert not flat.holds(r"C:\jcm\b\a.xlsm")
    assert excel_rules(lambda *_: None) == ExcelRules()


def test_a_missing_library_is_named(well: Machine) -> None:
    (well.home / "venv" / DLL).unlink()
    (symptom,) = faults(well)
    assert symptom.text.startswith(f"{DLL} is neither in ")


def test_a_wrong_path_in_the_settings_is_named_and_written_right(well: Machine) -> None:
    well.settings.write_text(
        '"SHOW CONSOLE","True"\n"interpreter_win","C:\\old\\python.exe"\n',
        encoding="utf-8",
    )
    (symptom,) = faults(well)
    assert symptom.text == (
        f"{well.settings} names C:\\old\\python.exe, which is not there."
    )
    assert symptom.remedy == "jcm-xl doctor --write-settings"
    assert write_settings(well) == well.settings
    assert faults(well) == []
    assert read_settings(well) == {
        "SHOW CONSOLE": "True", "INTERPRETER_WIN": str(well.python),
    }  # fmt: skip


def test_another_python_is_told_but_may_be_right(well: Machine, tmp_path: Path) -> None:
    other = tmp_path / "other" / "python.exe"
    other.parent.mkdir()
    other.touch()
    well.settings.unlink()
    machine = replace(well, found={"python": str(other)}.get)
    assert faults(machine) == []
    assert told(machine, "Excel would start").state == NOTE
    (symptom,) = faults(replace(well, found={}.get))
    assert symptom.text.startswith("Excel would not find Python")


# -- LibreOffice -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "state"), [(__version__, OK), ("0.0.1", MISSING), ("", NOTE)]
)
def test_the_extension_of_libreoffice_is_found(
    well: Machine, version: str, state: str
) -> None:
    folder = well.office_data / "4" / "user"
    folder.mkdir(parents=True)
    if version:
        place = (
            folder / "uno_packages" / "cache" / "uno_packages" / "lu1.tmp_" / "a.oxt"
        )
        place.mkdir(parents=True)
        text = description().replace(f'value="{__version__}"', f'value="{version}"')
        (place / "description.xml").write_text(text, encoding="utf-8")
    assert told(well, "LibreOffice").state == state


def test_no_libreoffice_is_a_note(well: Machine) -> None:
    assert told(well, "LibreOffice") == Symptom(NOTE, "LibreOffice was not found.")


# -- a file ----------------------------------------------------------------------------


@pytest.fixture
def addin(tmp_path: Path) -> Path:
    pytest.importorskip("xlwings")
    path = tmp_path / "jcm.xlam"
    path.write_bytes(excel_addin())
    return path


def test_an_addin_of_ours_is_well(well: Machine, addin: Path) -> None:
    assert faults(well, addin) == []
    assert settings_in(addin) == {k.upper(): v for k, v in settings().items()}


def test_a_wrong_path_in_a_file_is_named(well: Machine, addin: Path) -> None:
    addin.write_bytes(excel_addin(r"D:\gone\python.exe"))
    (symptom,) = faults(well, addin)
    assert symptom.text == r"jcm.xlam names D:\gone\python.exe, which is not there."
    assert "Interpreter_Win" in symptom.remedy


def test_the_mark_of_the_web_is_named(well: Machine, addin: Path) -> None:
    mark = Path(f"{addin}:Zone.Identifier")  # where Windows has a stream of the file
    mark.write_text("[ZoneTransfer]\r\nZoneId=3\r\n", encoding="utf-8")
    (symptom,) = faults(well, addin)
    assert "marked as coming from the internet" in symptom.text
    trusted = ExcelRules(trusted=(TrustedFolder(str(addin.parent)),))
    assert faults(replace(well, excel=trusted), addin) == []
    mark.write_text("[ZoneTransfer]\r\nZoneId=1\r\n", encoding="utf-8")
    assert faults(well, addin) == []


def test_a_marked_book_without_macros_opens_in_protected_view(
    well: Machine, tmp_path: Path
) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(api.new("ID_AM003"))
    Path(f"{book}:Zone.Identifier").write_text("ZoneId=3\n", encoding="utf-8")
    assert faults(well, book) == []
    assert told(well, "Protected View", book).state == NOTE


def test_a_file_for_another_version_is_named(
    well: Machine, addin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jcm_xl.hosts.doctor.XLWINGS", "0.40.0")
    found = [s.text for s in faults(replace(well, xlwings="0.40.0"), addin)]
    assert f"jcm.xlam was made for xlwings {XLWINGS}; this is 0.40.0." in found


def test_plain_books_and_lost_files(well: Machine, tmp_path: Path) -> None:
    path = tmp_path / "plain.xlsx"
    path.write_bytes(api.new("ID_AM003"))
    assert faults(well, path) == []
    assert told(well, "has no sheet xlwings.conf", path).state == NOTE
    (symptom,) = faults(well, tmp_path / "lost.xlsm")
    assert symptom.text.endswith("lost.xlsm is not there.")


def test_the_command_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    machine = this_machine()
    assert machine.python.is_file()
    done = CliRunner().invoke(main, ["doctor", str(tmp_path / "lost.xlsm")])
    assert done.exit_code == 1
    assert done.output.startswith(f"ok       jcm_xl {__version__}, Python 3.")
    assert "What to do: Look at the path." in done.output
    if not machine.is_windows:
        with pytest.raises(JcmError, match="on Windows only"):
            write_settings(machine)
