"""What matters of a computer for live functions; a value, so that tests make some."""

from __future__ import annotations

import locale
import os
import shutil
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from jcm_xl.dataclass import dataclass
from jcm_xl.hosts.excel_rules import ExcelRules, excel_rules

MANIFEST = "MANIFEST.sha256"
"""The list of files that a bundle carries."""


@dataclass(frozen=True, slots=True)
class Machine:
    """A computer as its user has it.

    python:  the Python that runs jcm_xl.
    found:   where a program is that is called by its name alone, or nothing.
    office_data: the folder of LibreOffice's user data.
    excel:   what Excel allows here.
    """

    is_windows: bool
    python: Path
    xlwings: str
    has_pywin32: bool
    home: Path
    office_data: Path
    found: Callable[[str], str | None]
    expand: Callable[[str], str]
    excel: ExcelRules = ExcelRules()

    @property
    def is_bundled(self) -> bool:
        """Tell whether this Python came in one archive with the add-in: has no pip."""
        return (self.python.parent.parent / MANIFEST).is_file()

    @property
    def settings(self) -> Path:
        """Return xlwings' settings of the user."""
        return self.home / ".xlwings" / "xlwings.conf"

    @property
    def encoding(self) -> str:
        """Return the encoding in which a macro reads that file."""
        return "mbcs" if self.is_windows else locale.getpreferredencoding(False)


def this_machine() -> Machine:
    """Look at the computer that this runs on."""
    is_windows = sys.platform == "win32"
    home = Path.home()
    if is_windows:
        data = Path(os.environ.get("APPDATA", home)) / "LibreOffice"
    elif sys.platform == "darwin":
        data = home / "Library" / "Application Support" / "LibreOffice"
    else:
        base = os.environ.get("XDG_CONFIG_HOME", "")
        data = (Path(base) if base else home / ".config") / "libreoffice"
    return Machine(
        is_windows=is_windows,
        python=Path(sys.executable),
        xlwings=_version("xlwings"),
        has_pywin32=find_spec("win32api") is not None,
        home=home,
        office_data=data,
        found=shutil.which,
        expand=os.path.expandvars,
        excel=excel_rules(),
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
