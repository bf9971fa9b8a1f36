"""Cell styles, reduced to what a check asks: locked, the look, the number format."""

from __future__ import annotations

import re
from dataclasses import field
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from jcm_xl.dataclass import dataclass
from jcm_xl.text.late import late_pattern
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.colours import Palette
from jcm_xl.xlsx.looks import PLAIN, Look, LookChange, LookReader
from jcm_xl.xlsx.markup import Part
from jcm_xl.xlsx.theme import USUAL, Theme

if TYPE_CHECKING:
    from jcm_xl.xlsx.strict_styles import StyleJudge

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: "$#,##0_);($#,##0)", 6: "$#,##0_);[Red]($#,##0)",
    7: "$#,##0.00_);($#,##0.00)", 8: "$#,##0.00_);[Red]($#,##0.00)",
    9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "mm-dd-yy", 15: "d-mmm-yy",
    16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "m/d/yy h:mm", 37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
    42: '_($* #,##0_);_($* (#,##0);_($* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    44: '_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0",
    48: "##0.0E+0", 49: "@",
}  # fmt: skip
# In East Asian Excel 27-36 and 50-58 are dates of the local calendar, here Japan's.
_ERA_SHORT, _ERA_LONG = "[$-411]ge.m.d", '[$-411]ggge"年"m"月"d"日"'
_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_LOCAL_DATES = {
    **dict.fromkeys((27, 36, 50, 57), _ERA_SHORT),
    **dict.fromkeys((28, 29, 51, 54, 58), _ERA_LONG),
    **dict.fromkeys((34, 52, 55), _YEAR_MONTH),
    **dict.fromkeys((35, 53, 56), _MONTH_DAY),
    30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"時"mm"分"', 33: 'h"時"mm"分"ss"秒"',
}  # fmt: skip
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.I)
_DATE_LETTER = late_pattern(r"[dmhysegb]", re.I)


@dataclass(frozen=True, slots=True)
class Styles:
    """All cell styles of a book; a cell carries the number of its style."""

    formats: tuple[str, ...] = ("General",)
    unlocked: frozenset[int] = frozenset()
    hidden_formulas: frozenset[int] = frozenset()
    looks: tuple[Look, ...] = ()
    changes: tuple[LookChange, ...] = ()
    """What rules of conditional formatting change, by their numbers."""
    palette: Palette = field(default_factory=Palette, compare=False)

    def is_locked(self, style: int) -> bool:
        """Tell whether sheet protection locks a cell of this style."""
        return style not in self.unlocked

    def number_format(self, style: int) -> str:
        """Return the number format code, ``General`` for an unknown style."""
        return self.formats[style] if 0 <= style < len(self.formats) else "General"

    def look(self, style: int) -> Look:
        """Return how a cell of a style looks."""
        return self.looks[style] if 0 <= style < len(self.looks) else PLAIN

    def is_date(self, style: int) -> bool:
        """Tell whether a number of this style shows as a date or a time."""
        return is_date_format(self.number_format(style))


@lru_cache(maxsize=1024)
def is_date_format(code: str) -> bool:
    """Tell whether a number format code shows a date or a time."""
    first_section = _LITERAL.sub("", code).partition(";")[0]
    return "general" not in first_section.lower() and bool(
        _DATE_LETTER.search(re.sub(r"0[Ee][+-]0", "", first_section))
    )


class _StyleReader:
    """Gathers number formats and cell formats from the style part."""

    def __init__(self, part: Part, judge: StyleJudge) -> None:
        self.codes: dict[str, str] = {}
        self.formats: list[str] = []
        self.unlocked: set[int] = set()
        self.hidden: set[int] = set()
        self.looks = LookReader(partial(_local, part))
        self._part = part
        self._formats, self._cells = part.tag("numFmts"), part.tag("cellXfs")
        self._format, self._cell = part.tag("numFmt"), part.tag("xf")
        self._protection = part.tag("protection")
        self._alignment = part.tag("alignment")
        self._depth = 0
        self._section = ""
        self._judge = judge

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        local = _local(self._part, name)
        self._judge.schema.start(local, attributes)
        if self._depth == 3 and local:
            self._judge.member(_local(self._part, self._section), attributes)
        if self._depth == 2:
            self._section = name
            self.looks.enter(name)
            self._judge.section(name)
        elif self._depth > limits.XML_DEPTH:
            raise self._part.too_deep()
        elif self._section == self._cells:
            self._cell_format(name, attributes)
        elif self._section == self._formats and name == self._format:
            code = attributes.get("formatCode", "General")
            key = attributes.get("numFmtId", "")
            self._judge.code(key, code)
            self.codes[key] = code
        else:
            self.looks.start(name, attributes)

    def end(self, _: str) -> None:
        self._depth -= 1
        self._judge.schema.end()

    def _cell_format(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._cell:
            self._judge.numbers(attributes)
            self.formats.append(attributes.get("numFmtId", "0"))
            self.looks.style(attributes)
            if len(self.formats) > limits.STYLES:
                raise self._part.broken(
                    "too-many-styles", "it has too many cell styles"
                )
        elif name == self._alignment:
            self.looks.alignment(attributes)
        elif name == self._protection:
            for flag in ("locked", "hidden"):
                self._judge.truth(flag, attributes.get(flag, "0"))
            if attributes.get("locked", "1") in ("0", "false"):
                self.unlocked.add(len(self.formats) - 1)
            if attributes.get("hidden", "0") in ("1", "true"):
                self.hidden.add(len(self.formats) - 1)


def read_styles(
    data: bytes, name: str, judge: StyleJudge, theme: Theme = USUAL
) -> Styles:
    """Return the cell styles of the style part, in the colours of the theme.

    ``judge`` hears what is odd in it.
    """
    judge.names(data)
    part = Part(data, name)
    reader = _StyleReader(part, judge)
    part.parser.StartElementHandler = reader.start
    part.parser.EndElementHandler = reader.end
    part.parse()
    judge.finish()
    palette = reader.looks.palette(theme)
    return Styles(
        tuple(_code(key, reader.codes) for key in reader.formats) or ("General",),
        frozenset(reader.unlocked),
        frozenset(reader.hidden),
        tuple(reader.looks.looks(theme, palette)),
        tuple(reader.looks.changes(palette)),
        palette,
    )


def _local(part: Part, tag: str) -> str:
    """Return the name of an element of SpreadsheetML, nothing for a foreign one."""
    return "" if part.is_foreign(tag) else tag.removeprefix(part.prefix)


def _code(key: str, codes: dict[str, str]) -> str:
    if key in codes:
        return codes[key]
    if not key.isdecimal():
        return "General"
    number = int(key[:9])
    return _LOCAL_DATES.get(number) or BUILT_IN.get(number, "General")
