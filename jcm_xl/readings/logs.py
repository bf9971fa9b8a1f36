"""The files themselves: which format is whose, their headings and their lines."""

from __future__ import annotations

import csv
import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from fnmatch import fnmatch
from pathlib import Path

from jcm_xl.dataclass import dataclass
from jcm_xl.errors import JcmError
from jcm_xl.plain_file import NOT_PLAIN
from jcm_xl.readings.assignment import Assignment, LogColumn, LogFormat
from jcm_xl.text.days import EPOCH, EPOCH_1904
from jcm_xl.text.nearest import nearest
from jcm_xl.text.readings import folded
from jcm_xl.xlsx.grid import CellError, Grid, Sheet

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")
_BOOKS = (".xlsx", ".xlsm")
_PIECE = 1 << 20
_UTF8 = ("utf-8", "utf-8-sig", "utf8", "ascii")
_UNEVEN = (b"\n\n", b"\n\r", b'"')


@dataclass(frozen=True, slots=True)
class Log:
    """A log and how it is read.

    path: what is read in UTF-8: the file, or a copy in a folder of ours.
    of_book: it was a sheet; every row is a line of the copy.
    is_plain: no number of it can have a power of ten, 1.5E3.
    is_even: every line below the headings is a row: none is blank, no cell is quoted.
    """

    name: str
    path: Path
    format: LogFormat
    sha256: str
    of_book: bool = False
    is_plain: bool = False
    is_even: bool = False

    @property
    def separator(self) -> str:
        """Return what stands between two cells of a line."""
        return "," if self.of_book else self.format.separator

    @property
    def decimal(self) -> str:
        """Return the decimal sign; a sheet holds numbers."""
        return "." if self.of_book else self.format.decimal

    @property
    def thousands(self) -> str:
        """Return the sign between thousands, if there is one."""
        return "" if self.of_book else self.format.thousands


def log_paths(given: Iterable[Path]) -> list[Path]:
    """Return the files that are named, and those of folders; raise `JcmError`."""
    found: dict[Path, None] = {}
    for path in given:
        if path.is_dir():
            inside = [p for p in path.iterdir() if p.suffix.lower() in ENDINGS]
            found |= dict.fromkeys(sorted(inside))
        elif not path.exists():
            raise JcmError(f"There is no file {path}.")
        elif not path.is_file():
            raise JcmError(f"{path} cannot be read: {NOT_PLAIN}.")
        elif path.suffix.lower() not in ENDINGS:
            raise JcmError(f"{path}: a log is a .csv, .tsv, .txt or .xlsx file.")
        else:
            found[path] = None
    if not found:
        raise JcmError("No log was found; name .csv or .xlsx files, or their folder.")
    return list(found)


def logs_of(paths: Sequence[Path], assignment: Assignment, folder: Path) -> list[Log]:
    """Return the logs by name, whatever the order in which they were given."""
    names = [path.name for path in paths]
    logs = []
    for path in paths:
        is_alone = names.count(path.name) == 1
        name = path.name if is_alone else f"{path.parent.name}/{path.name}"
        form = _format_of(path, assignment)
        logs.append(_log(path, name, form, folder))
    return sorted(logs, key=lambda log: (log.name, log.sha256))


def _format_of(path: Path, assignment: Assignment) -> LogFormat:
    for form in assignment.formats:
        if fnmatch(path.name, form.files):
            return form
    patterns = ", ".join(form.files for form in assignment.formats)
    raise JcmError(
        f"{path.name}: no block [[log]] of {assignment.name} is for it; their files "
        f"are {patterns}. Add a block, or leave the file out."
    )


def _log(path: Path, name: str, form: LogFormat, folder: Path) -> Log:
    sha256, is_plain, is_even = _digest(path, form.head)
    if path.suffix.lower() in _BOOKS:
        copy = book_as_lines(path, form.sheet, folder)
        return Log(name, copy, form, sha256, True)
    if form.encoding.lower() in _UTF8:
        return Log(name, path, form, sha256, is_plain=is_plain, is_even=is_even)
    return Log(name, _in_utf8(path, form.encoding, folder), form, sha256)


def _digest(path: Path, head: int) -> tuple[str, bool, bool]:
    """Return the SHA-256 of a file, and whether it is plain and even; see `Log`."""
    digest, is_plain, is_even, last = hashlib.sha256(), True, True, b"\n"
    with path.open("rb") as stream:
        for _ in range(head):
            digest.update(stream.readline())
        while piece := stream.read(_PIECE):
            digest.update(piece)
            is_plain = is_plain and b"e" not in piece and b"E" not in piece
            seam, last = last + piece[:2], piece[-2:]
            is_even = is_even and not any(
                odd in part for odd in _UNEVEN for part in (piece, seam)
            )
    return digest.hexdigest(), is_plain, is_even


def _in_utf8(path: Path, encoding: str, folder: Path) -> Path:
    copy = _new_file(folder)
    try:
        with (
            path.open(encoding=encoding, newline="") as source,
            copy.open("w", encoding="utf-8", newline="") as target,
        ):
            while piece := source.read(_PIECE):
                target.write(piece)
    except LookupError:
        raise JcmError(f"There is no encoding {encoding}; try cp1252.") from None
    except UnicodeError:
        raise JcmError(
            f"{path.name} is not in {encoding}; name its `encoding` in the assignment."
        ) from None
    return copy


def _new_file(folder: Path) -> Path:
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".csv", delete=False) as made:
        return Path(made.name)


def book_as_lines(path: Path, name: str, folder: Path) -> Path:
    """Write a sheet as lines, every row of it one, also the blank ones."""
    from jcm_xl.xlsx.read import read_grid

    grid = read_grid(path)
    sheet = grid.sheet(name) if name else grid.sheets[0]
    if sheet is None:
        there = ", ".join(f"'{sheet.name}'" for sheet in grid.sheets)
        raise JcmError(f"{path.name} has no sheet '{name}'; its sheets are {there}.")
    copy = _new_file(folder)
    with copy.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows(_rows(grid, sheet))
    return copy


def _rows(grid: Grid, sheet: Sheet) -> Iterator[list[str]]:
    last_row = max((row for row, _ in sheet.cells), default=0)
    last = max((column for _, column in sheet.cells), default=1)
    for row in range(1, last_row + 1):
        cells = (sheet.cells.get((row, column)) for column in range(1, last + 1))
        yield ["" if c is None else _text(grid, c.value, c.style) for c in cells] + [
            ""
        ]  # a row of one blank cell would be a blank line


def _text(grid: Grid, value: object, style: int) -> str:
    """Return what a cell holds as a log would spell it."""
    if isinstance(value, CellError):
        return value.code
    if not isinstance(value, float):
        return "" if value is None else " ".join(str(value).split())
    if grid.styles.is_date(style):
        epoch = EPOCH_1904 if grid.is_date1904 else EPOCH
        seconds = round(value * 86_400)
        days, seconds = divmod(seconds, 86_400)
        clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        if value < 1:
            return clock
        day = epoch + timedelta(days=days)
        return f"{day} {clock}" if seconds else str(day)
    return format(Decimal(repr(value)), "f")


# -- headings and lines ----------------------------------------------------------------


def headings(log: Log) -> list[str]:
    """Return the headings, nothing where the format says that there are none."""
    head = log.format.head
    if not head:
        return []
    with log.path.open(encoding="utf-8-sig", newline="", errors="replace") as stream:
        for number, line in enumerate(stream, 1):
            if number == head:
                cells = next(csv.reader([line], delimiter=log.separator), [])
                return [" ".join(cell.split()) for cell in cells]
    raise JcmError(f"{log.name} ends before line {head}, where its headings should be.")


def column_of(log: Log, heads: Sequence[str], column: LogColumn) -> int:
    """Return the number of a column from 1; raise `JcmError` where there is none."""
    if isinstance(column, int):
        return column
    wanted = folded(column)
    there = [n for n, head in enumerate(heads, 1) if folded(head) == wanted]
    if len(there) == 1:
        return there[0]
    known = [head for head in heads if head]
    if there:
        told = f"has {len(there)} columns '{column}': give the number of the one"
    else:
        told = f"has no column '{column}'{nearest(column, known)}"
    listed = ", ".join(f"{n} '{head}'" for n, head in enumerate(heads, 1) if head)
    raise JcmError(
        f"{log.name} {told}. Line {log.format.head} has the columns {listed}. "
        "Correct `column`, `time` or `head` in the assignment."
    )


def lines_of(log: Log, rows: Iterable[int]) -> dict[int, int]:
    """Return row -> line of rows that are counted from 0 below the headings.

    Blank lines are no rows, and a cell in quotation marks may have several lines.
    """
    wanted = set(rows)
    head = log.format.head
    if log.of_book or log.is_even:
        return {row: head + row + 1 for row in wanted}
    found: dict[int, int] = {}
    with log.path.open(encoding="utf-8-sig", newline="", errors="replace") as stream:
        for _ in range(head):
            stream.readline()
        reader = csv.reader(stream, delimiter=log.separator)
        row, before = 0, 0
        for cells in reader:
            first, before = before + 1, reader.line_num
            if not cells:
                continue
            if row in wanted:
                found[row] = head + first
                if len(found) == len(wanted):
                    break
            row += 1
    return found
