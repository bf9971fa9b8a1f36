"""What Excel on this computer allows: macros, places, policies; read, never changed.

The names are those of the registry, as Microsoft's pages on Office security give them:
"Macros from the internet are blocked by default in Office", "Trusted Locations for
Office files" and "What is Protected View?".
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import PureWindowsPath
from typing import Any, TypeAlias

from jcm_xl.dataclass import dataclass

ALL, WITH_NOTICE, SIGNED, NONE = 1, 2, 3, 4
"""VBAWarnings: which macros run."""
BITS = {"x86": 32, "x64": 64}
_USER = r"Software\Microsoft\Office\16.0\Excel\Security"
_POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"
_PLACES = "Trusted Locations"
_MOST_PLACES = 100
_VIEW = "ProtectedView"
_VIEWS = (
    "DisableInternetFilesInPV", "DisableAttachmentsInPV", "DisableUnsafeLocationsInPV",
)  # fmt: skip
_CLICK_TO_RUN = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
_OUTLOOK = r"SOFTWARE\Microsoft\Office\16.0\Outlook"

Lookup: TypeAlias = Callable[[str, str, str], Any]
"""Hive (`HKCU` or `HKLM`), key and name to what the registry says, or `None`."""


@dataclass(frozen=True, slots=True)
class TrustedFolder:
    """A folder whose files Excel opens without asking."""

    path: str
    has_subfolders: bool = False

    def holds(self, file: str) -> bool:
        """Tell whether a file lies there; Windows takes no notice of capitals."""
        folder, inside = PureWindowsPath(self.path), PureWindowsPath(file)
        if self.has_subfolders:
            return inside.is_relative_to(folder)
        return inside.parent == folder


@dataclass(frozen=True, slots=True)
class ExcelRules:
    """What is set.

    bits: 32 or 64, 0 where it is not known.
    macros: which macros run, `None` where nothing is set: with a notice.
    is_policy: whether an administrator set that, so that the user cannot change it.
    blocks_marked: whether a policy blocks macros of files from the internet.
    trusts_none: whether a policy turned all trusted folders off.
    views_off: the parts of Protected View that are turned off.
    """

    bits: int = 0
    macros: int | None = None
    is_policy: bool = False
    blocks_marked: bool = False
    trusts_none: bool = False
    trusted: tuple[TrustedFolder, ...] = ()
    views_off: tuple[str, ...] = ()

    def trusts(self, file: str) -> bool:
        """Tell whether a file lies in a trusted folder."""
        return not self.trusts_none and any(f.holds(file) for f in self.trusted)


def excel_rules(lookup: Lookup | None = None) -> ExcelRules:
    """Read the registry of this computer; nothing is known where there is none."""
    look = lookup or _of_windows()
    if look is None:
        return ExcelRules()
    of_policy = look("HKCU", _POLICY, "VBAWarnings")
    own = look("HKCU", _USER, "VBAWarnings")
    return ExcelRules(
        bits=_bits(look),
        macros=_number(own if of_policy is None else of_policy),
        is_policy=of_policy is not None,
        blocks_marked=look("HKCU", _POLICY, "blockcontentexecutionfrominternet") == 1,
        trusts_none=any(
            look("HKCU", rf"{key}\{_PLACES}", "AllLocationsDisabled") == 1
            for key in (_POLICY, _USER)
        ),
        trusted=tuple(_trusted(look)),
        views_off=tuple(
            name for name in _VIEWS
            if 1 in (look("HKCU", rf"{key}\{_VIEW}", name) for key in (_POLICY, _USER))
        ),
    )  # fmt: skip


def _bits(look: Lookup) -> int:
    for key, name in ((_CLICK_TO_RUN, "Platform"), (_OUTLOOK, "Bitness")):
        if bits := BITS.get(str(look("HKLM", key, name))):
            return bits
    return 0


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def _trusted(look: Lookup) -> Iterator[TrustedFolder]:
    for root in (_POLICY, _USER):
        for number in range(_MOST_PLACES):
            key = rf"{root}\{_PLACES}\Location{number}"
            if path := look("HKCU", key, "Path"):
                yield TrustedFolder(
                    str(path), look("HKCU", key, "AllowSubFolders") == 1
                )


def _of_windows() -> Lookup | None:
    if sys.platform != "win32":
        return None
    import os
    import winreg

    hives = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}

    def look(hive: str, key: str, name: str) -> Any:
        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        try:
            with winreg.OpenKey(hives[hive], key, 0, access) as opened:
                value, _ = winreg.QueryValueEx(opened, name)
        except OSError:
            return None
        return os.path.expandvars(value) if isinstance(value, str) else value

    return look
