"""The modules of a macro book and of the add-in, as text.

Ours lie in `macros/`; the module that talks to Python is taken from the installed
xlwings when it is needed, with its BSD licence at its head, and changed only as
`patches` says. A patch whose place is not found is an error: then xlwings is another
version than the one that was looked at.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from jcm_xl.hosts.excel.vba.patches import XLWINGS as XLWINGS
from jcm_xl.hosts.excel.vba.patches import Carrier as Carrier
from jcm_xl.hosts.excel.vba.patches import NoXlwings as NoXlwings
from jcm_xl.hosts.excel.vba.patches import patched
from jcm_xl.hosts.excel.vba.project import CODE_PAGE, Module
from jcm_xl.hosts.excel.vba.wizard import wizard_text
from jcm_xl.places import macros

WRAPPER = "xlwings_udfs"
WIZARD = "JcmWizard"
"""Tells the function wizard of Excel what our functions take."""

_OURS = {
    Carrier.BOOK: ("JcmTools",),
    Carrier.ADDIN: ("JcmTools", "JcmRibbon"),
}


@lru_cache(maxsize=2)
def modules(carrier: Carrier) -> tuple[Module, ...]:
    """Return the modules that do not depend on the sheets."""
    ours = (*_OURS[carrier], WRAPPER)
    return (
        _xlwings_module(carrier),
        *(Module(name, own_text(name)) for name in ours),
        Module(WIZARD, wizard_text()),
    )


def own_text(name: str) -> str:
    """Return the text of a module of ours, the same in both carriers.

    The workbook of a function call is the one that holds the macros: xlwings looks for
    code on its sheets, and the open one may be a stranger's.
    """
    return (macros() / f"{name}.bas").read_text(encoding="utf-8")


def _xlwings_module(carrier: Carrier) -> Module:
    path = xlwings_folder() / carrier.value
    text = path.read_bytes().decode(CODE_PAGE).replace("\r\n", "\n")
    return Module("xlwings", patched(text, carrier))


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
