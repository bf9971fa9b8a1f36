"""A workbook as text, one line for each cell, for review and for golden tests."""

from collections.abc import Iterator

from jcm_xl.xlsx.grid import Cell, CellError, CellValue, Grid, Sheet, address


def dump(grid: Grid) -> str:
    """Return ``Sheet!A1 | value | =formula | locked`` for each cell, sorted."""
    lines = [line for sheet in grid.sheets for line in _lines(grid, sheet)]
    return "".join(f"{line}\n" for line in lines)


def spelled(value: CellValue) -> str:
    """Return a value so that no two different ones look alike."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, CellError):
        return value.code
    if isinstance(value, str):
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{"".join(map(_visible, quoted))}"'
    return repr(value).removesuffix(".0")


def _lines(grid: Grid, sheet: Sheet) -> Iterator[str]:
    for (row, column), cell in sorted(sheet.cells.items()):
        place = f"{sheet.name}!{address(row, column)}"
        content = f"{spelled(cell.value)} | {_formula(cell)}"
        yield f"{place} | {content} | {_lock(grid, cell)}"


def _formula(cell: Cell) -> str:
    return "" if cell.formula is None else "=" + "".join(map(_visible, cell.formula))


def _lock(grid: Grid, cell: Cell) -> str:
    return "locked" if grid.styles.is_locked(cell.style) else "unlocked"


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(
        character, f"\\u{ord(character):04x}"
    )
