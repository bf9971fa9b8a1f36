"""One archive for people without Python: add-in, Python and packages, to be unpacked.

Everything in it was in a folder that the packager names; nothing is fetched, here or
where it is installed. The same files make the same bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from jcm_xl.hosts.excel.wheels import (
    CannotBundle,
    TargetPython,
    Wheel,
    missing,
    read_wheel,
)
from jcm_xl.hosts.excel.xlam import excel_addin
from jcm_xl.hosts.machine import MANIFEST
from jcm_xl.version import __version__
from jcm_xl.writing.zipped import zipped

ROOT = "jcm-excel"
"""The folder that the archive unpacks to."""
_STATIC = Path(__file__).parent / "bundled"
_EMBEDDED = re.compile(r"python-(3)\.(\d+)\.(\d+)-embed-(\w+)\.zip")
_PLATFORMS = {"amd64": ("win_amd64",), "win32": ("win32",), "arm64": ("win_arm64",)}
_OF_PYWIN32 = ("win32", "win32/lib", "pythonwin")
"""Folders that pywin32 wants to be looked for modules in."""


def bundle(
    folder: Path, platforms: Mapping[str, tuple[str, ...]] = _PLATFORMS
) -> bytes:
    """Return the archive of what lies in a folder; raise `CannotBundle`.

    platforms: of each kind of embeddable package, the systems of its wheels.
    """
    python, target = _python(folder, platforms)
    paths = sorted(folder.glob("*.whl"))
    wheels = [read_wheel(path, target) for path in paths]
    if gaps := sorted(set(missing(wheels, target))):
        words = ", ".join(gaps)
        short = ".".join(map(str, target.version))
        raise CannotBundle(
            f"{folder} has no wheel of: {words}. On a computer with internet: pip "
            f"download 'jcm-xl[excel]' --only-binary=:all: --python-version {short} "
            f"--platform {target.platforms[0]} -d {folder}"
        )
    files = dict(_files(python, wheels, target))
    lines = [
        f"{hashlib.sha256(d).hexdigest()}  {n}\n" for n, d in sorted(files.items())
    ]
    files[MANIFEST] = "".join(lines).encode()
    return zipped((f"{ROOT}/{name}", data) for name, data in sorted(files.items()))


def _python(
    folder: Path, platforms: Mapping[str, tuple[str, ...]]
) -> tuple[dict[str, bytes], TargetPython]:
    found = [
        (path, match)
        for path in sorted(folder.glob("*.zip"))
        if (match := _EMBEDDED.fullmatch(path.name)) and match[4] in platforms
    ]
    if len(found) != 1:
        there = ", ".join(path.name for path, _ in found) or "none"
        kinds = ", ".join(platforms)
        raise CannotBundle(
            f"{folder} holds of python.org's embeddable packages: {there}. It needs "
            f"one, python-3.N.M-embed-KIND.zip with KIND one of {kinds}."
        )
    path, match = found[0]
    try:
        with ZipFile(path) as archive:
            names = [entry for entry in archive.namelist() if not entry.endswith("/")]
            python = {name: archive.read(name) for name in names}
    except (OSError, BadZipFile) as fault:
        raise CannotBundle(f"{path.name} cannot be read: {fault}.") from fault
    return python, TargetPython((3, int(match[2])), platforms[match[4]])


def _files(
    python: Mapping[str, bytes], wheels: list[Wheel], target: TargetPython
) -> Iterator[tuple[str, bytes]]:
    owners: dict[str, str] = {}
    for wheel in wheels:
        for name, data in wheel.files.items():
            if (other := owners.setdefault(name, wheel.name)) != wheel.name:
                raise CannotBundle(f"{other} and {wheel.name} both bring {name}.")
            yield f"site/{name}", data
        for name, data in wheel.beside.items():
            yield f"python/{name}", data
    path_file = f"python{target.version[0]}{target.version[1]}._pth"
    if path_file not in python:
        raise CannotBundle(f"The embeddable package has no file {path_file}.")
    for name, data in python.items():
        if name != path_file:
            yield f"python/{name}", data
    yield f"python/{path_file}", _path_lines(target, owners).encode("ascii")
    yield "jcm.xlam", excel_addin()
    for path in sorted(_STATIC.iterdir()):
        text = path.read_text(encoding="utf-8").replace("{version}", __version__)
        yield path.name, text.replace("\n", "\r\n").encode("ascii")


def _path_lines(target: TargetPython, files: Mapping[str, str]) -> str:
    """Return where this Python looks for modules: nothing of the computer counts."""
    short = "".join(map(str, target.version))
    folders = [f"python{short}.zip", ".", "../site"]
    folders += [
        f"../site/{folder}"
        for folder in _OF_PYWIN32
        if any(name.startswith(f"{folder}/") for name in files)
    ]
    return "".join(f"{folder}\r\n" for folder in folders)
