"""How letters look in a style: colour, ground, size, font, and how they lie in a cell.

Only what can hide them is kept. A rule of conditional formatting states a part of it, a
`LookChange`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from jcm_xl.xlsx.colours import BLACK, WHITE, Palette, is_legible, patterned
from jcm_xl.xlsx.theme import Theme

LEAST_POINTS = 6.0
_FALSE = ("0", "false")
_SYMBOLS = (
    "wingdings", "webdings", "symbol", "marlett", "zapfdingbats", "zapf dingbats",
    "opensymbol", "starsymbol", "bookshelf symbol", "mt extra", "ms outlook",
    "ms reference specialty", "segoe mdl", "segoe fluent", "barcode", "libre barcode",
    "code 39", "code39", "free 3 of 9", "code 128", "adobe blank",
    "standard symbols", "d050000l", "holomdl",
    "redacted", "flow block", "flow circular", "flow rounded",
)  # fmt: skip
_SYMBOL_SETS = ("2",)
_FAR = 4_000.0
_RAISED = 0.6
"""Letters above or below the line have about this share of their size."""


class Look(NamedTuple):
    """How a cell looks. Colours are six hexadecimal digits.

    grounds:   what lies under the letters, several where it is no single colour.
    rotation:  in degrees, 255 for letters below each other. indent: in steps.
    alignment: `fill` repeats what stands in the cell.
    is_crossed: whether a line runs through the cell from corner to corner.
    """

    colour: str = BLACK
    grounds: tuple[str, ...] = (WHITE,)
    points: float = 11.0
    fonts: tuple[str, ...] = ("Calibri",)
    is_symbolic: bool = False
    is_struck: bool = False
    is_crossed: bool = False
    rotation: int = 0
    indent: int = 0
    alignment: str = ""
    is_shrunk: bool = False
    wraps: bool = False
    is_bold: bool = False
    is_italic: bool = False

    @property
    def can_be_seen(self) -> bool:
        """Tell whether the letters stand out from their ground."""
        return is_legible(self.colour, self.grounds)


PLAIN = Look()


class LookChange(NamedTuple):
    """What a rule changes in a look; nothing where it says nothing of it."""

    colour: str = ""
    grounds: tuple[str, ...] = ()
    points: float = 0.0
    is_struck: bool = False
    format: str = ""

    @property
    def is_harmless(self) -> bool:
        """Tell whether it can hide nothing, whatever the look of the cell is."""
        if self.format or self.is_struck or 0 < self.points < LEAST_POINTS:
            return False
        if self.colour and self.grounds:
            return is_legible(self.colour, self.grounds)
        return not (self.colour or self.grounds)

    def on(self, look: Look) -> Look:
        """Return a look with this change."""
        return look._replace(
            colour=self.colour or look.colour,
            grounds=self.grounds or look.grounds,
            points=self.points or look.points,
            is_struck=self.is_struck or look.is_struck,
        )


class FontReader:
    """A font while it is read."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.colour: Mapping[str, str] | None = None
        self.points = 0.0
        self.name = self.scheme = ""
        self.is_struck = self.is_symbolic = self.is_raised = False
        self.is_bold = self.is_italic = False

    def take(self, name: str, said: Mapping[str, str]) -> None:
        """Handle an element inside by its local name."""
        value = said.get("val", "")
        if name == "color":
            self.colour = said
        elif name == "sz":
            self.points = size(value)
        elif name in ("strike", "b", "i"):
            self._flag(name, said.get("val", "1") not in _FALSE)
        elif name == "charset":
            self.is_symbolic = value in _SYMBOL_SETS
        elif name in ("name", "rFont"):
            self.name = value
        elif name == "scheme":
            self.scheme = value
        elif name == "vertAlign":
            self.is_raised = value in ("superscript", "subscript")

    def _flag(self, name: str, is_set: bool) -> None:
        if name == "strike":
            self.is_struck = is_set
        elif name == "b":
            self.is_bold = is_set
        else:
            self.is_italic = is_set

    def names(self, theme: Theme) -> tuple[str, ...]:
        """Return its own name, and that of the theme's font that it stands for."""
        of_theme = {"minor": theme.minor, "major": theme.major}.get(self.scheme, "")
        return tuple(name for name in (self.name, of_theme) if name)


class _Fill:
    """A fill while it is read."""

    def __init__(self) -> None:
        self.pattern = ""
        self.above: Mapping[str, str] | None = None
        self.below: Mapping[str, str] | None = None
        self.stops: list[Mapping[str, str]] = []

    def take(self, name: str, said: Mapping[str, str]) -> None:
        if name == "patternFill":
            self.pattern = said.get("patternType", "")
        elif name == "fgColor":
            self.above = said
        elif name == "bgColor":
            self.below = said
        elif name == "color":
            self.stops.append(said)

    def grounds(self, palette: Palette) -> tuple[str, ...]:
        if self.stops:
            return tuple(palette.colour(stop, WHITE) for stop in self.stops)
        above = palette.colour(self.above or {}, BLACK)
        if self.pattern in ("", "none"):
            return (WHITE,)
        if self.pattern == "solid":
            return (above,)
        below = palette.colour(self.below or {}, WHITE)
        return patterned(above, below, self.pattern)

    def changed(self, palette: Palette) -> tuple[str, ...]:
        """Return the ground that a rule gives: its fills count the other way round."""
        if self.stops:
            return self.grounds(palette)
        stated = self.below or self.above
        if stated is None or self.pattern == "none":
            return ()
        colour = palette.colour(stated, WHITE)
        if self.pattern in ("", "solid"):
            return (colour,)
        return patterned(palette.colour(self.above or {}), colour, self.pattern)


class _Border:
    """A border while it is read: only the lines through the cell count."""

    def __init__(self) -> None:
        self._is_wanted = self.is_crossed = False

    def take(self, name: str, said: Mapping[str, str]) -> None:
        if name == "border":
            ways = (said.get("diagonalUp", "0"), said.get("diagonalDown", "0"))
            self._is_wanted = any(way not in _FALSE for way in ways)
        elif name == "diagonal" and said.get("style", "none") != "none":
            self.is_crossed = self._is_wanted


class LookChangeReader:
    """Reads the inside of one `dxf`, element by element."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._font, self._fill = FontReader(), _Fill()
        self._code = ""
        self._section = ""

    def take(self, name: str, said: Mapping[str, str]) -> None:
        """Handle a start tag by its local name."""
        if name in ("font", "fill", "border", "alignment", "protection"):
            self._section = name
        elif name == "numFmt":
            self._code = said.get("formatCode", "General") or '""'
        elif self._section == "font":
            self._font.take(name, said)
        elif self._section == "fill":
            self._fill.take(name, said)

    def change(self, palette: Palette) -> LookChange:
        """Return what it changes."""
        font = self._font
        return LookChange(
            "" if font.colour is None else palette.colour(font.colour),
            self._fill.changed(palette),
            font.points,
            font.is_struck,
            self._code,
        )


class LookReader:
    """Gathers fonts, fills, alignments and changes from the style part."""

    def __init__(self, local: Callable[[str], str]) -> None:
        """`local` gives the local name of an element, nothing for a foreign one."""
        self._local = local
        self._fonts: list[FontReader] = []
        self._fills: list[_Fill] = []
        self._indexed: list[str] = []
        self._borders: list[_Border] = []
        self._styles: list[tuple[str, ...]] = []
        self._alignments: dict[int, Mapping[str, str]] = {}
        self._changes: list[LookChangeReader] = []
        self._lists: dict[str, tuple[str, Any, list[Any]]] = {
            "fonts": ("font", FontReader, self._fonts),
            "fills": ("fill", _Fill, self._fills),
            "borders": ("border", _Border, self._borders),
            "dxfs": ("dxf", LookChangeReader, self._changes),
        }
        self._list: tuple[str, Any, list[Any]] | None = None
        self._has_palette = False

    def enter(self, tag: str) -> None:
        """Handle the start tag of a section such as `fonts`."""
        name = self._local(tag)
        self._list = self._lists.get(name)
        self._has_palette = name == "colors"

    def start(self, tag: str, said: Mapping[str, str]) -> None:
        """Handle a start tag within the section."""
        if self._list is not None:
            item, make, made = self._list
            name = self._local(tag)
            if name == item:
                made.append(make())
            if made:
                made[-1].take(name, said)
        elif self._has_palette and self._local(tag) == "rgbColor":
            self._indexed.append(said.get("rgb", "").upper()[-6:])

    def style(self, said: Mapping[str, str]) -> None:
        """Note which font, fill and border the next cell style has."""
        ids = (said.get(name, "0") for name in ("fontId", "fillId", "borderId"))
        self._styles.append(tuple(ids))

    def alignment(self, said: Mapping[str, str]) -> None:
        """Note how what the last cell style holds lies in its cell."""
        self._alignments[len(self._styles) - 1] = said

    def palette(self, theme: Theme) -> Palette:
        """Return the colours of the book."""
        return Palette(theme, self._indexed[:64])

    def looks(self, theme: Theme, palette: Palette) -> Iterator[Look]:
        """Yield the look of each cell style."""
        fonts = {
            str(n): _look(font, theme, palette) for n, font in enumerate(self._fonts)
        }
        fills = {str(n): fill.grounds(palette) for n, fill in enumerate(self._fills)}
        crossed = {str(n) for n, b in enumerate(self._borders) if b.is_crossed}
        made: dict[tuple[str, ...], Look] = {}
        for number, style in enumerate(self._styles):
            look = made.get(style)
            if look is None:
                font, fill, border = style
                made[style] = look = fonts.get(font, PLAIN)._replace(
                    grounds=fills.get(fill, PLAIN.grounds), is_crossed=border in crossed
                )
            if number in self._alignments:
                look = _aligned(look, self._alignments[number])
            yield look

    def changes(self, palette: Palette) -> Iterator[LookChange]:
        """Yield what the rules may change, by their numbers."""
        for reader in self._changes:
            yield reader.change(palette)


def is_symbol_font(name: str) -> bool:
    """Tell whether a font has signs in the place of letters and digits."""
    return name.casefold().strip().startswith(_SYMBOLS)


def size(text: str) -> float:
    """Return a size in points, 0 for what is none."""
    try:
        points = float(text)
    except ValueError:
        return 0.0
    return points if 0 < points < _FAR else 0.0


def _look(font: FontReader, theme: Theme, palette: Palette) -> Look:
    names = font.names(theme)
    points = font.points or PLAIN.points
    return Look(
        colour=BLACK if font.colour is None else palette.colour(font.colour),
        points=points * _RAISED if font.is_raised else points,
        fonts=names or PLAIN.fonts,
        is_symbolic=font.is_symbolic or any(map(is_symbol_font, names)),
        is_struck=font.is_struck,
        is_bold=font.is_bold,
        is_italic=font.is_italic,
    )


def _aligned(look: Look, said: Mapping[str, str]) -> Look:
    return look._replace(
        rotation=_steps(said.get("textRotation", "0")),
        indent=_steps(said.get("indent", "0")),
        alignment=said.get("horizontal", ""),
        is_shrunk=said.get("shrinkToFit", "0") in ("1", "true"),
        wraps=said.get("wrapText", "0") in ("1", "true"),
    )


def _steps(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
