"""Just enough of pywin32 to import what xlwings runs on Windows, unchanged, here.

`install` must come before xlwings is imported, so the callers are processes of their
own: a pytest process has imported it long ago.
"""

from __future__ import annotations

import ctypes
import sys
import types
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock


class ComError(Exception):
    """pywintypes.com_error."""


def install(*, with_com: bool = False) -> None:
    """Put the modules in place; `with_com` for xlwings' COM side, too."""
    pythoncom, pywintypes, win32com, client = (
        types.ModuleType(name)
        for name in ("pythoncom", "pywintypes", "win32com", "win32com.client")
    )
    pythoncom.CoInitialize = lambda: None  # type: ignore[attr-defined]
    pythoncom.IID_IDispatch = object()  # type: ignore[attr-defined]
    pythoncom.TypeIIDs = {pythoncom.IID_IDispatch: object}  # type: ignore[attr-defined]
    pywintypes.com_error = ComError  # type: ignore[attr-defined]
    pywintypes.TimeType = type("TimeType", (), {})  # type: ignore[attr-defined]
    client.Dispatch = lambda thing, **_: thing  # type: ignore[attr-defined]
    win32com.client = client  # type: ignore[attr-defined]
    for module in (pythoncom, pywintypes, win32com, client):
        sys.modules[module.__name__] = module
    if with_com:
        _install_com(pythoncom)


def _install_com(pythoncom: Any) -> None:
    # These are imported by xlwings' COM side and not called by a function's call.
    for name in ("win32api", "win32con", "win32event", "win32gui", "win32process",
                 "win32com.server", "win32com.server.util", "win32com.server.policy",
                 "win32com.server.dispatcher", "win32timezone", "comtypes",
                 "comtypes.client", "comtypes.automation"):  # fmt: skip
        sys.modules.setdefault(name, MagicMock(name=name))
    ctypes.windll = MagicMock(name="windll")  # type: ignore[attr-defined]
    ctypes.oledll = MagicMock(name="oledll")  # type: ignore[attr-defined]
    ctypes.WINFUNCTYPE = ctypes.CFUNCTYPE  # type: ignore[attr-defined]
    ctypes.PyDLL = MagicMock(name="PyDLL")  # type: ignore[misc]
    pythoncom.__getattr__ = lambda attribute: MagicMock(name=attribute)
    client = sys.modules["win32com.client"]
    for name in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass", "DispatchEx"):
        setattr(client, name, type(name, (), {}))


def real_decorators() -> Any:
    """Give xlwings the decorators it has on Windows; here they do nothing else."""
    import xlwings
    from xlwings import udfs

    xlwings.func, xlwings.arg, xlwings.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
    return udfs


class Workbook:
    """The open book of `import_udfs`: keeps the module that Excel would import."""

    def __init__(self, name: str) -> None:
        self.Name, self.text = name, ""
        self.options: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
        self.VBProject = types.SimpleNamespace(VBComponents=_Components(self))
        self.Application = types.SimpleNamespace(
            Version="16.0", MacroOptions=lambda *a, **k: self.options.append((a, k))
        )

    def __bool__(self) -> bool:
        return False  # so that it is not searched for code on sheets


class _Components:
    def __init__(self, book: Workbook) -> None:
        self.book = book

    def __call__(self, name: str) -> None:
        raise ComError(f"no component {name}")

    def Remove(self, component: object) -> None:
        raise AssertionError("there is nothing to remove")

    def Import(self, path: str) -> None:
        self.book.text = Path(path).read_text(encoding="utf-8")
