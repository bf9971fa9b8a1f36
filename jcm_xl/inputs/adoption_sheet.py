"""The decisions that a person made in the workbook of `adopt --sheet`."""

from __future__ import annotations

from pathlib import Path

from jcm_xl.adopt.adoption import CannotAdopt
from jcm_xl.text.visible import visible
from jcm_xl.writing.adoption_sheet import HEADINGS, SHA256, SHEET, TAKE, YES
from jcm_xl.xlsx.grid import Position, Sheet, address
from jcm_xl.xlsx.read import read_grid

_NO = frozenset(("", "no", "-"))


def decided(path: Path, sha256: str) -> frozenset[str]:
    """Return the items of which the official number or text is to be taken.

    Raises `CannotRead`, and `CannotAdopt` where it is no such workbook, is of another
    official one, or has an answer that is neither yes nor nothing.
    """
    sheet = read_grid(path).sheet(SHEET)
    texts = _texts(sheet) if sheet else {}
    name = visible(path.name)
    head = next((r for (r, c), text in texts.items() if text == TAKE), 0)
    columns = {texts.get((head, c), ""): c for r, c in texts if r == head}
    if not head or not columns.keys() >= set(HEADINGS):
        raise CannotAdopt(
            f"{name} is no workbook of `jcm-xl adopt OFFICIAL.xlsx --sheet FILE.xlsx`. "
            "Write it anew and decide in its last column."
        )
    if not any(texts.get((r, c + 1)) == sha256 for (r, c), t in texts.items()
               if t == SHA256):  # fmt: skip
        raise CannotAdopt(
            f"{name} compares another official workbook: its SHA-256 is not {sha256}. "
            "Write it anew for this one."
        )
    return frozenset(_taken(name, texts, head, columns))


def _texts(sheet: Sheet) -> dict[Position, str]:
    return {
        at: cell.value.strip()
        for at, cell in sorted(sheet.cells.items())
        if isinstance(cell.value, str)
    }


def _taken(
    name: str, texts: dict[Position, str], head: int, columns: dict[str, int]
) -> set[str]:
    taken = set()
    for (row, column), text in texts.items():
        if row <= head or column != columns[TAKE] or text.casefold() in _NO:
            continue
        if text.casefold() != YES:
            raise CannotAdopt(
                f"'{SHEET}'!{address(row, column)} of {name} reads {visible(text)}; "
                f"choose {YES} or leave it empty."
            )
        taken.add(texts.get((row, columns["Item"]), ""))
    return taken
