"""The modules of a macro book and of the add-in, as text.

Ours lie in `macros/`; the module that talks to Python is taken from the installed
xlwings when it is needed, with its BSD licence at its head, and changed only by the
patches that are named here. A patch whose place is not found is an error: then xlwings
is another version than the one that was looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from jcm_xl.addin.vba.project import CODE_PAGE, Module
from jcm_xl.errors import JcmError

XLWINGS = "0.37.8"
"""The one version whose text is patched here; its DLL carries it in its name."""

WRAPPER = "xlwings_udfs"
_THIS, _ACTIVE = (
    ", ThisWorkbook, Application.Caller)",
    ", ActiveWorkbook, Application.Caller)",
)


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


ADDIN_PATCHES = (
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
        "the same",
        'SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf")',
        'SheetExists(ThisWorkbook, PROJECT_NAME & ".conf")',
    ),
    Patch(
        "nor from a file beside the open workbook",
        "GetDirectoryPath(ActiveWorkbook)",
        "GetDirectoryPath(ThisWorkbook)",
    ),
    Patch(
        "nor from a file beside the open workbook",
        'If GetFullName(ActiveWorkbook) <> ""',
        'If GetFullName(ThisWorkbook) <> ""',
    ),
)

_OURS = {
    Carrier.BOOK: ("JcmTools",),
    Carrier.ADDIN: ("JcmTools", "JcmRibbon"),
}


def macros() -> Path:
    """Return the folder of our own macros."""
    return Path(str(resources.files("jcm_xl._macros")))


@lru_cache(maxsize=2)
def modules(carrier: Carrier) -> tuple[Module, ...]:
    """Return the modules that do not depend on the sheets."""
    ours = (*_OURS[carrier], WRAPPER)
    return (
        _xlwings_module(carrier),
        *(Module(name, own_text(name, carrier)) for name in ours),
    )


def own_text(name: str, carrier: Carrier = Carrier.BOOK) -> str:
    """Return the text of a module of ours as a carrier holds it."""
    text = (macros() / f"{name}.bas").read_text(encoding="utf-8")
    # xlwings' generator writes the workbook of a function call in the same way.
    return text.replace(_THIS, _ACTIVE) if carrier is Carrier.ADDIN else text


def _xlwings_module(carrier: Carrier) -> Module:
    path = xlwings_folder() / carrier.value
    text = path.read_bytes().decode(CODE_PAGE).replace("\r\n", "\n")
    patches = ADDIN_PATCHES if carrier is Carrier.ADDIN else ()
    for patch in patches:
        text = patch.apply(text, carrier.value)
    return Module("xlwings", _with_note(text, patches))


def _with_note(text: str, patches: Sequence[Patch]) -> str:
    """Say below the name of the module what was changed in it."""
    if not patches:
        return text
    reasons = dict.fromkeys(
        patch.reason for patch in patches if patch.reason != "the same"
    )
    head, rest = text.split("\n", 1)
    notes = "\n".join(f"' - {reason}" for reason in reasons)
    return f"{head}\n' Changed by jcm_xl against xlwings {XLWINGS}:\n{notes}\n{rest}"


def xlwings_folder() -> Path:
    """Return where xlwings lies, without importing it; raise `NoXlwings`."""
    spec = find_spec("xlwings")
    try:
        found = version("xlwings")
    except PackageNotFoundError:
        found = ""
    if spec is None or spec.origin is None or found != XLWINGS:
        there = f"xlwings {found} is installed" if found else "xlwings is not installed"
        raise NoXlwings(
            f"Macros for Excel need xlwings {XLWINGS}, but {there}. Install it with: "
            "pip install 'jcm-xl[excel]'."
        )
    return Path(spec.origin).parent
