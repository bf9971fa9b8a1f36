"""The module that tells Excel's function wizard what the live functions take.

xlwings tells it only while it imports functions, which our macro books never do. The
texts are those of the registry.
"""

from __future__ import annotations

from jcm_xl.live.functions import REGISTRY
from jcm_xl.live.registry import Function

CATEGORY = "JCM"
LONGEST = 255
"""Signs that Excel takes of a description."""
_HEAD = """\
Attribute VB_Name = "JcmWizard"
Option Explicit

' What the function wizard shows; runs when the macros are allowed. Where Excel refuses
' it (a hidden workbook alone), the functions work without help.
Public Sub Auto_Open()
    Dim was_saved As Boolean
    was_saved = ThisWorkbook.Saved
    #If Not Mac Then
        JcmDescribeAll
    #End If
    ThisWorkbook.Saved = was_saved
End Sub

Private Sub JcmDescribe(ByVal called As String, ByVal help As String, _
        ByVal arguments As Variant)
    Dim place As String
    place = "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!"
    On Error Resume Next
    Application.MacroOptions Macro:=place & called, Description:=help, _
        Category:="{category}", ArgumentDescriptions:=arguments
    On Error GoTo 0
End Sub

Private Sub JcmDescribeAll()
"""


def wizard_text() -> str:
    """Return the text of the module."""
    calls = "\n".join(map(_call, REGISTRY))
    return f"{_HEAD.replace('{category}', CATEGORY)}{calls}\nEnd Sub\n"


def description(entry: Function) -> str:
    """Return what the wizard says of a function."""
    unit = f" Unit: {entry.unit}." if entry.unit else ""
    return f"{entry.help}.{unit}"[:LONGEST]


def _call(entry: Function) -> str:
    arguments = ", _\n        ".join(_text(a.help) for a in entry.arguments)
    given = f"Array( _\n        {arguments})" if arguments else 'Array("")'
    start = f'    JcmDescribe "JCM_{entry.name}", _\n        '
    return f"{start}{_text(description(entry))}, {given}"


def _text(words: str) -> str:
    return '"' + words[:LONGEST].replace('"', '""') + '"'
