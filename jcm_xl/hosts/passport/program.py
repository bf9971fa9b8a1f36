"""Which program saved a passport, by what it says of itself in two places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from jcm_xl.text.days import day_of
from jcm_xl.xlsx.markup import elements
from jcm_xl.xlsx.package import Package

SIMULATED = "jcm_xl simulated"
"""A property of books that tests make; such a book confirms nothing."""
_EXCEL, _LIBREOFFICE = "Microsoft Excel", "LibreOffice"
_APART = timedelta(hours=38)
"""A book calculated in any zone of the world and saved on the same day."""


class SavingProgram(NamedTuple):
    """A program, as the properties of the file and as its own cells name it.

    doubts: why the two do not fit each other, in words; nothing where they do.
    """

    name: str
    version: str
    calculated: datetime | None
    doubts: tuple[str, ...]

    def __str__(self) -> str:
        """Return name and version."""
        return f"{self.name} {self.version}".strip()


def saving_program(package: Package, facts: Mapping[str, object]) -> SavingProgram:
    """Read who saved the file; `facts` are the cells with what it says itself."""
    told = _properties(package, "docProps/app.xml")
    name, version = told.get("Application", ""), told.get("AppVersion", "")
    release = str(facts.get("release") or "")
    doubts = []
    if name.startswith(_LIBREOFFICE):
        match = re.match(r"LibreOffice(?:Dev)?/([\d.]+)\S* ?(.*)", name)
        name, version = _LIBREOFFICE, match[1] if match else ""
        builds = set(re.findall(r"\d+", match[2] if match else ""))
        fits = set(re.findall(r"\d+", release)) <= builds and bool(release)
    elif name == _EXCEL:
        fits = bool(re.fullmatch(r"\d+\.\d+", release)) and version.startswith(release)
        version = release or version
    else:
        fits = True
        who = name or "who saved it"
        doubts.append(f"nobody here knows how {who} names itself in cells")
    if not fits:
        doubts.append(
            f"the file says that {name} {version} saved it, its cell says release "
            f"'{release}'"
        )
    moment = _moment(facts.get("calculated"))
    if moment is None:
        doubts.append("the moment of the calculation is not there")
    else:
        doubts += _late(moment, _properties(package, "docProps/core.xml"))
    return SavingProgram(name, version, moment, tuple(doubts))


def _late(moment: datetime, core: Mapping[str, str]) -> list[str]:
    try:
        saved = datetime.fromisoformat(core.get("modified", "")).replace(tzinfo=None)
    except ValueError:
        return ["the moment of saving is not there"]
    if abs(saved - moment) > _APART:
        return [f"it was calculated at {moment:%Y-%m-%d %H:%M} and saved at "
                f"{saved:%Y-%m-%d %H:%M}"]  # fmt: skip
    return []


def _moment(value: object) -> datetime | None:
    day = day_of(value) if isinstance(value, float) else None
    if day is None or not isinstance(value, float):
        return None
    return datetime.combine(day, datetime.min.time()) + timedelta(days=value % 1)


def _properties(package: Package, part: str) -> dict[str, str]:
    if part not in package:
        return {}
    return {one.name: one.text for one in elements(package.part(part), part)}
