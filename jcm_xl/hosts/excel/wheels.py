"""Wheels as a packager names them: looked at, checked, unpacked as they are.

No pip runs where they are used, so each has to be a wheel for that very Python and
system, and each of its files the one that its own list names.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from email.parser import HeaderParser
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import (
    InvalidWheelFilename,
    canonicalize_name,
    parse_wheel_filename,
)

from jcm_xl.errors import JcmError

_LARGEST = 600_000_000
"""Bytes that a wheel may have unpacked."""
_UNSAFE = re.compile(r"(^|/)\.\.(/|$)|^/|^[A-Za-z]:|\\|\0")
_DATA = re.compile(r"[^/]+\.data/(purelib|platlib|data|scripts|headers)/(.+)")


class CannotBundle(JcmError):
    """What a packager named is not what the bundle needs."""


class Wheel(NamedTuple):
    """A wheel that was checked.

    files: those of the folder of packages. beside: those that lie beside Python.
    """

    name: str
    version: str
    files: Mapping[str, bytes]
    beside: Mapping[str, bytes]
    requires: tuple[Requirement, ...]


class TargetPython(NamedTuple):
    """The Python that is to read them: `version` as (3, 13), and its platforms."""

    version: tuple[int, int]
    platforms: tuple[str, ...]

    def takes(self) -> frozenset[Tag]:
        """Return the tags of wheels that it can read."""
        platforms = list(self.platforms)
        return frozenset(
            (
                *cpython_tags(self.version, platforms=platforms),
                *compatible_tags(self.version, platforms=platforms),
            )
        )

    def environment(self) -> dict[str, str]:
        """Return what conditions of requirements are asked of."""
        short = ".".join(map(str, self.version))
        return {
            "python_version": short, "python_full_version": f"{short}.0",
            "os_name": "nt", "sys_platform": "win32", "platform_system": "Windows",
            "platform_machine": "AMD64", "implementation_name": "cpython",
            "platform_python_implementation": "CPython", "extra": "",
        }  # fmt: skip


def read_wheel(path: Path, target: TargetPython) -> Wheel:
    """Read and check a wheel; raise `CannotBundle` with what is wrong."""
    try:
        name, version, _, tags = parse_wheel_filename(path.name)
    except InvalidWheelFilename:
        raise CannotBundle(f"{path.name} is not named as a wheel is.") from None
    if not tags & target.takes():
        wanted = f"Python {target.version[0]}.{target.version[1]}"
        raise CannotBundle(
            f"{path.name} is not for {wanted} and {', '.join(target.platforms)}; "
            "fetch the wheel of that Python and system."
        )
    try:
        parts = _parts(path)
    except (OSError, zipfile.BadZipFile) as fault:
        raise CannotBundle(f"{path.name} cannot be read: {fault}.") from fault
    info = next((n.partition("/")[0] for n in parts if _is_record(n)), "")
    _check(path.name, parts, info)
    head = HeaderParser().parsestr(parts[f"{info}/METADATA"].decode("utf-8"))
    wants = tuple(map(Requirement, head.get_all("Requires-Dist", [])))
    files, beside = _placed(parts)
    return Wheel(name, f"{version}", files, beside, wants)


def _is_record(name: str) -> bool:
    return bool(re.fullmatch(r"[^/]+\.dist-info/RECORD", name))


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        listed = [entry for entry in archive.infolist() if not entry.is_dir()]
        if sum(entry.file_size for entry in listed) > _LARGEST:
            raise CannotBundle(f"{path.name} is larger than a wheel of ours can be.")
        if bad := [e.filename for e in listed if _UNSAFE.search(e.filename)]:
            raise CannotBundle(f"{path.name} has a file named {bad[0]!r}.")
        return {entry.filename: archive.read(entry) for entry in listed}


def _check(name: str, parts: Mapping[str, bytes], info: str) -> None:
    """Compare each file with the list of the wheel itself."""
    if not info:
        raise CannotBundle(f"{name} has no RECORD: it is no wheel.")
    text = parts[f"{info}/RECORD"].decode("utf-8")
    told = {row[0]: row[1] for row in csv.reader(io.StringIO(text)) if len(row) > 1}
    for part, data in parts.items():
        if part == f"{info}/RECORD":
            continue
        kind, _, digest = told.get(part, "").partition("=")
        found = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=")
        if kind != "sha256" or digest != found.decode():
            raise CannotBundle(
                f"{name}: {part} is not the file that the wheel lists; fetch it anew."
            )


def _placed(parts: Mapping[str, bytes]) -> tuple[dict[str, bytes], dict[str, bytes]]:
    files: dict[str, bytes] = {}
    beside: dict[str, bytes] = {}
    for name, data in parts.items():
        match = _DATA.fullmatch(name)
        if match is None:
            files[name] = data
        elif match[1] in ("purelib", "platlib"):
            files[match[2]] = data
        elif match[1] == "data":
            beside[match[2]] = data
    return files, beside


def missing(wheels: Iterable[Wheel], target: TargetPython) -> Iterator[str]:
    """Yield what jcm_xl with its extra `excel` needs and no wheel gives."""
    there = {canonicalize_name(wheel.name): wheel for wheel in wheels}
    todo, seen = [("jcm-xl", "excel")], {("jcm-xl", "excel")}
    while todo:
        name, extra = todo.pop()
        wheel = there.get(canonicalize_name(name))
        if wheel is None:
            yield name
            continue
        for want in wheel.requires:
            asked = {**target.environment(), "extra": extra}
            if want.marker is not None and not want.marker.evaluate(asked):
                continue
            found = there.get(canonicalize_name(want.name))
            if found and not want.specifier.contains(found.version, prereleases=True):
                yield f"{want} (there is {found.version})"
            for more in ("", *sorted(want.extras)):
                if (want.name, more) not in seen:
                    seen.add((want.name, more))
                    todo.append((want.name, more))
