"""What is missing on a computer for live functions, in plain words, with the remedy."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from jcm_xl.dataclass import dataclass
from jcm_xl.documents.lines import Line, line
from jcm_xl.errors import JcmError
from jcm_xl.hosts.excel.settings_sheet import INTERPRETER, MADE_WITH, NAME
from jcm_xl.hosts.excel.vba.sources import XLWINGS
from jcm_xl.hosts.excel_rules import NONE, SIGNED, ExcelRules
from jcm_xl.hosts.machine import Machine
from jcm_xl.plain_file import read_plain
from jcm_xl.version import __version__

_LONGEST_MARK = 65_536

OK, NOTE, MISSING = "ok", "note", "missing"
_STYLES = {OK: "good", NOTE: "dim", MISSING: "error"}
_KEY = INTERPRETER.upper()
_WITH_MACROS = (".xlsm", ".xlam", ".xlsb", ".xls")
_OFTEN = ("python", "pythonw")  # xlwings looks for these two on the path
_BITNESS = {32: "; Excel is of 32 bits", 64: "; Excel is of 64 bits"}
_INSTALL = "pip install 'jcm-xl[excel]'"
_AGAIN = "Unpack the archive jcm-excel anew and double-click its install.cmd."


@dataclass(frozen=True, slots=True)
class Symptom:
    """One thing that was looked at: `ok`, a `note`, or `missing` with its remedy."""

    state: str
    text: str
    remedy: str = ""


def examine(machine: Machine, file: Path | None = None) -> tuple[Symptom, ...]:
    """Look at the computer, and at a workbook or add-in if one is given."""
    return (
        Symptom(OK, f"jcm_xl {__version__}, Python {sys.version.split()[0]} "
                f"({machine.python})"),
        *_excel(machine),
        *_office(machine),
        *(_file(machine, file) if file is not None else ()),
    )  # fmt: skip


def is_well(symptoms: tuple[Symptom, ...]) -> bool:
    """Tell whether nothing is missing."""
    return all(symptom.state != MISSING for symptom in symptoms)


def doctor_lines(symptoms: tuple[Symptom, ...]) -> Iterator[Line]:
    """Yield the text, one line for each symptom and one for each remedy."""
    for symptom in symptoms:
        yield line(f"{symptom.state:<8} {symptom.text}", _STYLES[symptom.state])
        if symptom.remedy:
            yield line(f"What to do: {symptom.remedy}", "", 9)


# -- Excel -----------------------------------------------------------------------------


def _excel(machine: Machine) -> Iterator[Symptom]:
    if not machine.is_windows:
        yield Symptom(
            NOTE, "Excel: live functions and buttons need Excel on Windows; this is "
            "none, so that part was not looked at.",
        )  # fmt: skip
        return
    yield from _packages(machine)
    yield from _interpreter(machine)
    yield from _allowed(machine.excel)


def _allowed(rules: ExcelRules) -> Iterator[Symptom]:
    """Tell which macros run, who decides that, and what Protected View does."""
    whose = "A policy of this computer" if rules.is_policy else "Excel"
    remedy = (
        "Only those who look after this computer can change that; plain books and this "
        "command work all the same."
        if rules.is_policy
        else "In Excel: File > Options > Trust Center > Trust Center Settings > Macro "
        "Settings: 'Disable VBA macros with notification'. On a company computer ask "
        "those who look after it."
    )
    if rules.macros == NONE:
        yield Symptom(MISSING, f"{whose} blocks all macros without asking.", remedy)
    elif rules.macros == SIGNED:
        yield Symptom(
            MISSING, f"{whose} lets only signed macros run; those of jcm_xl carry no "
            "signature.", remedy,
        )  # fmt: skip
    else:
        yield Symptom(OK, "Excel asks before it runs macros, or runs them.")
    if rules.blocks_marked:
        yield Symptom(
            NOTE, "A policy blocks macros of files from the internet for good: make "
            "such a file anew on this computer, or put it into a trusted folder.",
        )  # fmt: skip
    if rules.trusts_none:
        yield Symptom(NOTE, "A policy turned all trusted folders off.")
    elif rules.trusted:
        folders = ", ".join(folder.path for folder in rules.trusted)
        yield Symptom(NOTE, f"Excel opens files of these folders unasked: {folders}.")
    if rules.views_off:
        yield Symptom(
            NOTE, "Protected View is turned off in part, so that files of strangers "
            f"open for editing at once: {', '.join(rules.views_off)}.",
        )  # fmt: skip


def _packages(machine: Machine) -> Iterator[Symptom]:
    anew = _AGAIN if machine.is_bundled else ""
    if machine.xlwings != XLWINGS:
        there = f"xlwings {machine.xlwings}" if machine.xlwings else "no xlwings"
        yield Symptom(
            MISSING, f"There is {there} in this Python; the macros load {XLWINGS} and "
            "no other.", anew or f"{_INSTALL}, in a command window of this Python.",
        )  # fmt: skip
        return
    yield Symptom(OK, f"xlwings {XLWINGS}")
    if not machine.has_pywin32:
        yield Symptom(MISSING, "The package pywin32 is not there; xlwings needs it.",
                      anew or "pip install pywin32")  # fmt: skip
    yield _library(machine.python, machine.excel.bits, anew)


def _library(python: Path, bits: int, anew: str) -> Symptom:
    """Look for xlwings' DLL where the macro does: beside Python, or one above.

    bits: of Excel, which loads it; 64 where nobody knows. anew: where pip is not there.
    """
    name = f"xlwings{bits or 64}-{XLWINGS}.dll"
    if any((folder / name).is_file() for folder in list(python.parents)[:2]):
        return Symptom(OK, f"{name} is beside {python.name} or one folder above"
                       f"{_BITNESS.get(bits, '')}.")  # fmt: skip
    return Symptom(
        MISSING, f"{name} is neither in {python.parent} nor one folder above; the "
        "functions would show #VALUE!" + _BITNESS.get(bits, "") + ".",
        anew or f"pip install --force-reinstall xlwings=={XLWINGS}",
    )  # fmt: skip


def _interpreter(machine: Machine) -> Iterator[Symptom]:
    named = read_settings(machine).get(_KEY, "")
    if named:
        where = f"{machine.settings} names"
    else:
        where, named = "Excel would start", machine.found("python") or ""
        if not named:
            yield Symptom(
                MISSING, f"Excel would not find Python: {machine.settings} names none, "
                "and none is on the path.", "jcm-xl doctor --write-settings",
            )  # fmt: skip
            return
    yield _judged(machine, machine.expand(named), where,
                  "jcm-xl doctor --write-settings")  # fmt: skip


def _judged(machine: Machine, named: str, where: str, remedy: str) -> Symptom:
    """Tell whether a Python that Excel would start is there, and is this one."""
    if named.lower() in _OFTEN:
        named = machine.found(named) or named
    path = Path(named)
    if not path.is_file():
        return Symptom(MISSING, f"{where} {named}, which is not there.", remedy)
    if not _same(path, machine.python):
        return Symptom(
            NOTE, f"{where} {named}; this is {machine.python}. That one needs jcm_xl "
            f"and xlwings {XLWINGS} of its own: run its 'jcm-xl doctor', or point to "
            "this one.", remedy,
        )  # fmt: skip
    return Symptom(OK, f"{where} this Python.")


def _same(first: Path, second: Path) -> bool:
    def folder(path: Path) -> str:
        return str(path.parent).lower()  # pythonw.exe lies beside python.exe

    return folder(first) == folder(second)


def read_settings(machine: Machine) -> Mapping[str, str]:
    """Return the user's settings, names in capitals; none where there is no file."""
    try:
        text = machine.settings.read_text(encoding=machine.encoding, errors="replace")
    except OSError:
        return {}
    rows = (row for row in csv.reader(text.splitlines()) if len(row) > 1)
    return {row[0].strip().upper(): row[1].strip() for row in rows}


def write_settings(machine: Machine) -> Path:
    """Name this Python in the user's settings; the other lines stay."""
    if not machine.is_windows:
        raise JcmError("The settings of Excel are written on Windows only.")
    path = machine.settings
    lines: list[str] = []
    if path.exists():
        old = path.read_text(encoding=machine.encoding, errors="replace").splitlines()
        pattern = re.compile(rf'\s*"?{_KEY}"?\s*,', re.I)
        lines = [text for text in old if text.strip() and not pattern.match(text)]
    lines.append(f'"{_KEY}","{machine.python}"')  # as VBA's Write # does
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding=machine.encoding)
    return path


# -- LibreOffice -----------------------------------------------------------------------


def _office(machine: Machine) -> Iterator[Symptom]:
    if not machine.found("soffice") and not machine.office_data.is_dir():
        yield Symptom(NOTE, "LibreOffice was not found.")
        return
    installed = _installed_version(machine.office_data)
    if not installed:
        yield Symptom(
            NOTE, "LibreOffice is there, the extension jcm_xl is not installed in it.",
            "For live functions there: jcm-xl addin libreoffice -o jcm.oxt, then "
            "Tools > Extension Manager > Add.",
        )  # fmt: skip
    elif installed != __version__:
        yield Symptom(
            MISSING, f"LibreOffice has the extension of jcm_xl {installed}; this is "
            f"{__version__}, so results may differ.",
            "jcm-xl addin libreoffice -o jcm.oxt, then Tools > Extension Manager, Add.",
        )  # fmt: skip
    else:
        yield Symptom(OK, f"LibreOffice has the extension of jcm_xl {installed}.")


def _installed_version(data: Path) -> str:
    from jcm_xl.hosts.libreoffice.descriptions import IDENTIFIER

    places = "*/user/uno_packages/cache/uno_packages/*/*/description.xml"
    for path in sorted(data.glob(places)):
        text = path.read_text(encoding="utf-8", errors="replace")
        if f'"{IDENTIFIER}"' in text:
            match = re.search(r'<version value="([^"]+)"', text)
            return match[1] if match else "of an unknown version"
    return ""


# -- a file ----------------------------------------------------------------------------


def _file(machine: Machine, file: Path) -> Iterator[Symptom]:
    if not file.is_file():
        yield Symptom(MISSING, f"{file} is not there.", "Look at the path.")
        return
    yield _mark(file, machine.excel)
    settings = settings_in(file)
    if settings is None:
        yield Symptom(
            NOTE, f"{file.name} has no sheet {NAME}: it carries no macros of jcm_xl. "
            "A plain workbook needs none; the add-in jcm.xlam serves it.",
        )  # fmt: skip
        return
    made = settings.get(MADE_WITH.upper(), "")
    if made == XLWINGS:
        yield Symptom(OK, f"{file.name} loads xlwings {made}.")
    else:
        yield Symptom(
            MISSING, f"{file.name} was made for xlwings {made or '(unknown)'}; this is "
            f"{XLWINGS}.",
            "Make it anew with this jcm_xl; `jcm-xl repair` carries the inputs over.",
        )  # fmt: skip
    named = settings.get(_KEY, "")
    if named and machine.is_windows:
        yield _judged(machine, machine.expand(named), f"{file.name} names",
                      f"Mend the line {INTERPRETER} on the sheet {NAME}, or delete it: "
                      "then the computer's setting counts.")  # fmt: skip


def _mark(file: Path, rules: ExcelRules) -> Symptom:
    """Look for the Mark of the Web: a second stream that Windows keeps of a file."""
    try:
        mark = read_plain(f"{file}:Zone.Identifier", _LONGEST_MARK)
        text = mark.decode("utf-8", "replace")
    except OSError:
        return Symptom(OK, f"{file.name} is not marked as coming from the internet.")
    zone = re.search(r"ZoneId=(\d)", text)
    if zone is None or int(zone[1]) < 3:
        return Symptom(OK, f"{file.name} comes from this computer or network.")
    marked = f"{file.name} is marked as coming from the internet"
    if rules.trusts(str(file.absolute())):
        return Symptom(OK, f"{marked}, but lies in a trusted folder of Excel.")
    if file.suffix.lower() not in _WITH_MACROS:
        return Symptom(
            NOTE, f"{marked}: it opens in Protected View, which shows its results and "
            "calculates nothing. 'Enable Editing' lets you type.",
        )  # fmt: skip
    return Symptom(
        MISSING, f"{marked}, so Excel blocks its macros without asking.",
        "If you know where it comes from: right-click it in the Explorer, Properties, "
        "Unblock. Or make it anew on this computer, or put it into a trusted folder "
        "(File > Options > Trust Center > Trusted Locations).",
    )  # fmt: skip


def settings_in(file: Path) -> Mapping[str, str] | None:
    """Return what the sheet xlwings.conf says, names in capitals; `None` without it."""
    from jcm_xl.xlsx.read import read_grid

    sheet = read_grid(file).sheet(NAME)
    if sheet is None:
        return None
    found, row = {}, 1
    while (key := sheet.cells.get((row, 1))) is not None and key.value is not None:
        value = sheet.cells.get((row, 2))
        text = "" if value is None or value.value is None else str(value.value)
        found[str(key.value).strip().upper()] = text.strip()
        row += 1
    return found
