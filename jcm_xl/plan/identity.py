"""Which methodology a workbook is for: by its stamp, else by its printed id."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from jcm_xl.dataclass import dataclass
from jcm_xl.model.methodology import Methodology
from jcm_xl.plan.copies import copy_of
from jcm_xl.plan.edition import SHAPE, Edition
from jcm_xl.plan.layout import Layout
from jcm_xl.plan.layout import layout as official_layout
from jcm_xl.plan.plan import Plan, RowsError, make_plan
from jcm_xl.plan.stamp import Stamp, read_stamp
from jcm_xl.text.languages import languages, messages
from jcm_xl.text.late import late_pattern
from jcm_xl.xlsx.grid import Grid

_PRINTED = re.compile(
    r"Monitoring Spreadsheet:\s*(?:JCM_)?([A-Z]{2}_(?:AM|PM)\d{3})_ver(\d{1,2}\.\d)",
    re.I,
)
PRINTED_ANYWHERE = late_pattern(
    r"\bJCM[\s_]*([A-Z]{2})[\s_]*(AM|PM)[\s_]*(\d{3})[\s_,]*ver\.?\s*(\d{1,2}\.\d)",
    re.I,
)
"""The id alone, as hand-made books spell it: `JCM_ID_AM001_ver02.0`."""
_HEADER_ROWS = 4
_TOP_ROWS = 12


@dataclass(frozen=True, slots=True)
class Identity:
    """What a book says of itself.

    stamp:   from the custom properties, `None` where another program lost them.
    printed: sheet name -> (methodology id, version) in the header of that sheet.
    """

    stamp: Stamp | None
    printed: dict[str, tuple[str, str]]

    @property
    def key(self) -> str:
        """Return `TH_AM001@1.0`, or nothing where the book names no methodology."""
        if self.stamp:
            return f"{self.stamp.methodology}@{self.stamp.version}"
        for code, version in self.printed.values():
            return f"{code}@{version}"
        return ""


def identify(grid: Grid) -> Identity:
    """Read the stamp and the ids printed on the sheets."""
    printed: dict[str, tuple[str, str]] = {}
    for sheet in grid.sheets:
        for (row, _), cell in sheet.cells.items():
            if row > _HEADER_ROWS or not isinstance(cell.value, str):
                continue
            if match := _PRINTED.search(cell.value):
                version = f"{int(match[2].split('.')[0])}.{match[2].split('.')[1]}"
                printed[sheet.name] = (match[1].upper(), version)
    stamp = read_stamp(grid.properties)
    if not printed and stamp is None:
        printed = dict(_printed_anywhere(grid))
    return Identity(stamp, printed)


def _printed_anywhere(grid: Grid) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the first id on each sheet of a book that somebody made by hand."""
    for sheet in grid.sheets:
        for (row, _), cell in sorted(sheet.cells.items()):
            if row > _TOP_ROWS or not isinstance(cell.value, str):
                continue
            text = unicodedata.normalize("NFKC", cell.value)
            if match := PRINTED_ANYWHERE.search(text):
                country, kind, number, version = match.groups()
                major, minor = version.split(".")
                code = f"{country}_{kind}{number}".upper()
                yield sheet.name, (code, f"{int(major)}.{minor}")
                break


def plan_of(
    grid: Grid,
    identity: Identity,
    m: Methodology,
    layout: Layout | None = None,
    shape: int = SHAPE,
) -> Plan:
    """Return the plan by which this book was made, inferred where the stamp is lost.

    It is laid out by `layout`, by that of the stamp where none is given, and built by
    the shape of the stamp, by `shape` where there is none. The stamp names a layout and
    a shape that are known.
    """
    stamp = identity.stamp
    layout = layout or official_layout(stamp.layout if stamp else None)
    shape = stamp.shape if stamp else shape
    if stamp and set(stamp.rows) == set(m.sets) and stamp.language in languages():
        try:
            made = Edition(
                stamp.language, stamp.monthly, stamp.meters,
                live=_live(grid, layout, stamp.live),
                copy=copy_of(grid, stamp.copy), layout=layout, shape=shape,
            )  # fmt: skip
            return make_plan(m, stamp.rows, made)
        except RowsError:
            pass
    inferred = Edition(
        _language(grid, layout),
        monthly=grid.sheet(layout.sheet("monthly")) is not None,
        meters=grid.sheet(layout.sheet("meters")) is not None,
        copy=copy_of(grid),
        layout=layout,
        shape=shape,
    )
    return make_plan(m, _rows(grid, m, layout), inferred)


def _live(grid: Grid, layout: Layout, host: str) -> str:
    """Return for which program the sheet Live is, nothing where it is gone.

    It only reads, and who deletes it leaves the plain submission.
    """
    return host if host and grid.sheet(layout.sheet("live")) is not None else ""


def _rows(grid: Grid, m: Methodology, layout: Layout) -> dict[str, int]:
    """Count the numbered rows (1), (2), ... of each set, in the order of the sets."""
    sheet = grid.sheet(layout.sheet("mps_separate"))
    numbers = layout.table("separate")["number"].first
    counts: list[int] = []
    for (_, column), cell in sorted(sheet.cells.items()) if sheet else ():
        if column != numbers or not isinstance(cell.value, str):
            continue
        if cell.value.strip() == "(1)":
            counts.append(1)
        elif counts and cell.value.strip() == f"({counts[-1] + 1})":
            counts[-1] += 1
    return {
        name: min(count, m.sets[name].max_rows)
        for name, count in zip(m.sets, counts, strict=False)
    }


def _language(grid: Grid, layout: Layout) -> str:
    sheet = grid.sheet(layout.sheet("check"))
    texts = {c.value for c in sheet.cells.values()} if sheet else set()
    for language in languages():
        if messages(language)("check.title") in texts:
            return language
    return "en"
