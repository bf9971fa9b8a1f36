"""An official workbook opened: read, and known by the id on its sheets."""

from __future__ import annotations

from pathlib import Path

from jcm_xl.adopt.adoption import Adoption, CannotAdopt, adopt
from jcm_xl.dataclass import dataclass
from jcm_xl.definition.library import load
from jcm_xl.foreign.words import plain
from jcm_xl.plan.identity import identify
from jcm_xl.plan.layout import layout as official_layout
from jcm_xl.text.visible import visible
from jcm_xl.xlsx.grid import Grid
from jcm_xl.xlsx.package import open_package
from jcm_xl.xlsx.read import read_grid


@dataclass(frozen=True, eq=False)
class OfficialFile:
    """A workbook that somebody says is the official one.

    key: the methodology that its sheets print, `TH_AM001@1.0`, nothing where none.
    """

    name: str
    grid: Grid
    key: str

    @property
    def says_ours(self) -> bool:
        """Tell whether it prints wording that only our template has."""
        layout = official_layout()
        known = plain(layout("calc.complete"))
        draft = plain(layout("header.draft", numbers="", formulas="", texts=""))
        draft = draft.partition(":")[0]
        return any(
            isinstance(cell.value, str)
            and (plain(cell.value) == known or plain(cell.value).startswith(draft))
            for sheet in self.grid.sheets
            for cell in sheet.cells.values()
        )

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the file."""
        return self.grid.sha256


def open_official(path: str | Path) -> OfficialFile:
    """Read an official workbook; raise `CannotRead` or `CannotAdopt`.

    A book with our stamp is refused: it would only confirm itself.
    """
    return official_of(Path(path).name, read_grid(open_package(path)))


def official_of(name: str, grid: Grid) -> OfficialFile:
    """Return a workbook that was read as an official one; raise `CannotAdopt`."""
    identity = identify(grid)
    if identity.stamp is not None:
        raise CannotAdopt(
            f"{visible(name)} was made by jcm_xl from the definition of "
            f"{identity.key}; it says nothing that the definition does not. Take "
            "the approved methodology spreadsheet as it was published."
        )
    return OfficialFile(name, grid, identity.key)


def opened(path: str | Path) -> OfficialFile:
    """Return an official workbook, or the one that a skeleton was made of."""
    if Path(path).suffix.lower() == ".json":
        from jcm_xl.adopt.skeleton import read_skeleton

        return read_skeleton(Path(path))
    return open_official(path)


def adopt_file(
    path: str | Path, key: str = "", definitions: Path | None = None
) -> tuple[OfficialFile, Adoption]:
    """Compare an official workbook with the definition of its id, or of `key`.

    Raises `CannotRead`, `CannotAdopt` and, where the library has no such definition,
    `UnknownMethodology`.
    """
    official = opened(path)
    wanted = official.key or key
    if not wanted:
        raise CannotAdopt(
            f"{visible(official.name)} prints no id 'JCM_<CC>_AM<nnn>_ver<NN.N>' in "
            "its first rows. Name the methodology with --methodology ID@VERSION."
        )
    if key and official.key and not official.key.startswith(key.partition("@")[0]):
        raise CannotAdopt(
            f"{visible(official.name)} prints the id of {official.key}, {key} was "
            "asked for. Leave --methodology out, or take the other file."
        )
    m = load(wanted, definitions)
    try:
        return official, adopt(official.grid, m)
    except CannotAdopt as error:
        raise CannotAdopt(f"{visible(official.name)}: {error}") from None
