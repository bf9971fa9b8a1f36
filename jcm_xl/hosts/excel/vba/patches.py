"""What is changed in xlwings' module, and why.

A workbook that somebody sent may be open beside our macros. Neither its sheets, its
name and path, nor what lies in its folder may say which program is started or which
code runs; its cells and pictures may not call what starts one.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from jcm_xl.errors import JcmError

XLWINGS = "0.37.8"
"""The one version whose text is patched here; its DLL carries it in its name."""


class NoXlwings(JcmError):
    """xlwings is not installed, or in another version."""


class Carrier(Enum):
    """What the macros travel in; the value is xlwings' module for it."""

    BOOK = "xlwings.bas"
    ADDIN = "xlwings_custom_addin.bas"


class Patch(NamedTuple):
    """A change of a foreign text: `old` stands there exactly `times` times."""

    reason: str
    old: str
    new: str
    times: int = 1

    def apply(self, text: str, name: str) -> str:
        """Return the changed text."""
        found = text.count(self.old)
        if found != self.times:
            raise NoXlwings(
                f"{name} of xlwings has {found} places '{self.old}', {self.times} are "
                f"known: it is not the file of xlwings {XLWINGS}. Install that one: "
                "pip install 'jcm-xl[excel]'."
            )
        return text.replace(self.old, self.new)


SAME = "the same"
"""The reason of a patch that goes on with the one before."""

# Excel stands in the folder of the workbook that was opened last.
_NO_FOLDER = "set NoDefaultCurrentDirectoryInExePath=1& "
_FOLDER_PATCHES = (
    Patch(
        "Python imports nothing from the folder that Excel stands in (-P)",
        ' -B -c ""import ',
        ' -P -B -c ""import ',
        2,
    ),
    Patch(
        "no empty place to import from is sent, which would be that folder again",
        '_WIN") & ";" & GetConfig("PYTHONPATH")',
        '_WIN") & AddedPlaces()',
        3,
    ),
    Patch(SAME, '_MAC") & ";" & GetConfig("PYTHONPATH")', '_MAC") & AddedPlaces()'),
    Patch(
        SAME,
        "Private Sub CleanUp()\n",
        "Private Function AddedPlaces() As String\n"
        '    AddedPlaces = GetConfig("PYTHONPATH")\n'
        '    If AddedPlaces <> "" Then AddedPlaces = ";" & AddedPlaces\n'
        "End Function\n\nPrivate Sub CleanUp()\n",
    ),
    Patch(
        "no program that lies in that folder is taken for cmd.exe or Python",
        'WScript.Run("cmd.exe /C " & DriveCommand',
        f'WScript.Run(Environ("ComSpec") & " /C {_NO_FOLDER}" & DriveCommand',
    ),
    Patch(
        SAME,
        'PYTHON_WIN = "cmd.exe " & ConsoleSwitch',
        'PYTHON_WIN = Environ("ComSpec") & " " & ConsoleSwitch',
        2,
    ),
    Patch(
        SAME,
        '" /K " & Chr(34) & Chr(34) & PYTHON_WIN',
        f'" /K " & Chr(34) & "{_NO_FOLDER}" & Chr(34) & PYTHON_WIN',
    ),
    Patch(
        SAME,
        "CondaCmd = Chr(34) & Chr(34) & CondaPath",
        f'CondaCmd = Chr(34) & "{_NO_FOLDER}" & Chr(34) & CondaPath',
    ),
)

_MAC_PATCHES = (
    Patch(
        "on a Mac no class of another project is named, so that the macros compile",
        "    Dim d As Dictionary\n    Set d = New Dictionary\n",
        "    Dim d As Object\n"
        '    Err.Raise 1003, Description:="There is no Python for Excel on a Mac."\n',
    ),
)

_RUN = "Public Function RunPython(PythonCommand As String)\n"
_EXECUTE = "Optional PYTHONPATH As String, Optional FrozenArgs As String) As Integer\n"
_SAVE = "Optional sValue As String) As Boolean\n'Adopted from"


def _caller_patches(refused: str, told: str) -> tuple[Patch, ...]:
    """Refuse a call that comes from elsewhere than our own buttons."""
    check = (
        "Private Sub RefuseForeignCall()\n"
        f"    If TypeName(Application.Caller) {refused} Then\n"
        f'        Err.Raise 1003, Description:="{told}"\n'
        "    End If\n"
        "End Sub\n\n"
    )
    call = "    RefuseForeignCall\n"
    return (
        Patch(
            "neither a cell nor a picture of an open workbook can start a program",
            _RUN,
            f"{check}{_RUN}{call}",
        ),
        Patch(SAME, _EXECUTE, f"{_EXECUTE}{call}"),
        Patch(SAME, _SAVE, _SAVE.replace("\n", f"\n{call}")),
    )


_ADDIN_PATCHES = (
    Patch(
        "the settings are on the sheet xlwings.conf, as in a macro book",
        'PROJECT_NAME As String = "myaddin"',
        'PROJECT_NAME As String = "xlwings"',
    ),
    Patch(
        "settings say which program is started, so they are never taken from the open "
        "workbook, which may be a stranger's",
        "GetConfigFromSheet(ActiveWorkbook)",
        "GetConfigFromSheet(ThisWorkbook)",
        2,
    ),
    Patch(
        SAME,
        'SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf")',
        'SheetExists(ThisWorkbook, PROJECT_NAME & ".conf")',
    ),
    Patch(
        "nor from a file beside the open workbook",
        "GetDirectoryPath(ActiveWorkbook)",
        "GetDirectoryPath(ThisWorkbook)",
    ),
    Patch(
        SAME,
        'If GetFullName(ActiveWorkbook) <> ""',
        'If GetFullName(ThisWorkbook) <> ""',
    ),
    Patch(
        "code is not looked for on the sheets of the open workbook",
        "If i = 1 Then\n            Set wb = ActiveWorkbook",
        "If i = 1 Then\n            Set wb = ThisWorkbook",
    ),
    Patch(
        "no path of a workbook is sent, which xlwings would cut at each ; and whose "
        "variables it would expand into places to import from",
        'If InStr(ActiveWorkbook.FullName, "://") = 0 Then\n'
        "            ActiveFullName = ToPosixPath(ActiveWorkbook.FullName)\n"
        "            ThisFullName = ToPosixPath(ThisWorkbook.FullName)",
        'If InStr(ThisWorkbook.FullName, "://") = 0 Then\n'
        '            ActiveFullName = ""\n'
        '            ThisFullName = ""',
    ),
    Patch(SAME, "ActiveFullName = ActiveWorkbook.FullName", 'ActiveFullName = ""', 2),
    Patch(SAME, "ThisFullName = ThisWorkbook.FullName", 'ThisFullName = ""', 2),
    Patch(
        SAME,
        'AddExcelDir & ";" & ActiveWorkbook.FullName & ";" & ThisWorkbook.FullName & ',
        'AddExcelDir & ";" & "" & ";" & "" & ',
    ),
    Patch(
        "nor its name, in which cmd.exe would replace variables: jcm_xl asks Excel for "
        "the active workbook",
        '" --wb=" & """" & ActiveWorkbook.Name & """ --from_xl=1"',
        '" --wb= --from_xl=1"',
    ),
    Patch(SAME, 'ParameterString + "|" + ActiveWorkbook.Name',
          'ParameterString + "|"'),
)  # fmt: skip

PATCHES = {
    Carrier.BOOK: (
        *_FOLDER_PATCHES,
        *_MAC_PATCHES,
        *_caller_patches('= "Range"', "Only a button starts Python."),
    ),
    Carrier.ADDIN: (
        *_ADDIN_PATCHES,
        *_FOLDER_PATCHES,
        *_MAC_PATCHES,
        *_caller_patches('<> "Error"', "Only the tab JCM starts Python."),
    ),
}

_CALLED_BY_US = ("RunPython", "XLPy")
_PUBLIC = re.compile(
    r"^( *)(?:Public )?((?:Declare (?:PtrSafe )?)?(?:Function|Sub) "
    rf"(?!(?:{'|'.join(_CALLED_BY_US)})\b))",
    re.M,
)
_WHY_PRIVATE = (
    "a cell of any open workbook can call a public function, also of a DLL: all are "
    f"private but {' and '.join(_CALLED_BY_US)}"
)


def patched(text: str, carrier: Carrier) -> str:
    """Return xlwings' module as a carrier holds it; its head says what was changed."""
    patches = PATCHES[carrier]
    for patch in patches:
        text = patch.apply(text, carrier.value)
    reasons = dict.fromkeys(p.reason for p in patches if p.reason != SAME)
    notes = "\n".join(f"' - {reason}" for reason in (*reasons, _WHY_PRIVATE))
    head, rest = _PUBLIC.sub(r"\1Private \2", text).split("\n", 1)
    return f"{head}\n' Changed by jcm_xl against xlwings {XLWINGS}:\n{notes}\n{rest}"
