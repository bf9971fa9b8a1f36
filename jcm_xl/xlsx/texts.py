"""Texts of cells: shared strings, rich runs, phonetic guides and escapes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import NamedTuple

from jcm_xl.text.late import late_pattern
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.grid import Odd
from jcm_xl.xlsx.looks import LEAST_POINTS, FontReader, is_symbol_font
from jcm_xl.xlsx.markup import ALTERNATIVE, EXTENSIONS, Part, local_name
from jcm_xl.xlsx.schema import attribute_faults

_BESIDE = frozenset(("rPr", "rPh", "phoneticPr", EXTENSIONS))
"""What stands beside the runs of a text."""
_RUN_FONT = late_pattern(rb"<rPr>(.*?)</rPr>", re.DOTALL)
_PROPERTY = late_pattern(rb'<([A-Za-z]+)(?: ([A-Za-z]+)="([^"]*)")?/>')
_DARK = (
    (), (("theme", "1"),), (("auto", "1"),), (("indexed", "8"),), (("indexed", "64"),),
    (("rgb", "FF000000"),), (("rgb", "00000000"),), (("", ""),),
)  # fmt: skip
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LITERAL = re.compile("_x005[Ff]_x[0-9A-Fa-f]{4}_")
_SURROGATE = late_pattern("[\ud800-\udfff]")


_READ_AS_SUCH = re.compile(
    r"_x(?!00[01]|005[Ff]|007[Ff]|[Dd][89A-Fa-f]|[Ff]{3})[0-9A-Fa-f]{4}_"
)
_FIGURES = late_pattern(r"[0-9A-Za-z]+(?:[.,][0-9]+)*")


def has_odd_escape(text: str) -> bool:
    """Tell whether letters are escaped that need it not.

    Excel shows `_x004D_Wh` as MWh, LibreOffice as it stands. Signs that XML cannot hold
    and the sign `_` before such a code are honest.
    """
    return "_x" in text and _READ_AS_SUCH.search(_LITERAL.sub("", text)) is not None


def _has_other_figures(reading: str, text: str) -> bool:
    """Tell whether a reading (furigana) has figures or letters of its own."""
    below = unicodedata.normalize("NFKC", text).casefold()
    above = unicodedata.normalize("NFKC", reading).casefold()
    return any(figure not in below for figure in _FIGURES.findall(above))


def unescaped(text: str) -> str:
    """Decode ``_x000D_`` and its kind, by which Excel stores control characters."""
    if "_x" not in text:
        return text
    decoded = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    if _SURROGATE.search(decoded):
        decoded = decoded.encode("utf-16-le", "surrogatepass").decode(
            "utf-16-le", "replace"
        )
    return decoded


class RunFont(NamedTuple):
    """What a run of a text states of its letters, where that could hide them."""

    colour: tuple[tuple[str, str], ...] | None = None
    points: float = 0.0
    is_struck: bool = False
    is_symbolic: bool = False

    @property
    def is_plain(self) -> bool:
        """Tell whether it can hide nothing on light ground."""
        is_dark = self.colour is None or self.colour in _DARK
        is_large = not 0 < self.points < LEAST_POINTS
        return is_dark and is_large and not (self.is_struck or self.is_symbolic)


class RunText(str):
    """A text of which some letters have a look of their own."""

    __slots__ = ("fonts",)
    fonts: tuple[RunFont, ...]

    def __new__(cls, text: str, fonts: tuple[RunFont, ...]) -> RunText:
        """Keep the fonts beside the text."""
        self = super().__new__(cls, text)
        self.fonts = fonts
        return self

    def __reduce__(self) -> tuple[object, ...]:
        """Let it travel between processes."""
        return RunText, (str(self), self.fonts)


def has_plain_fonts(part: bytes) -> bool:
    """Tell whether no run could hide its letters, or breaks the schema."""
    for piece in set(_RUN_FONT.findall(part)):
        font = FontReader()
        for found in _PROPERTY.findall(piece):
            name, key, value = (text.decode("utf-8", "replace") for text in found)
            said = {key: value} if key else {}
            if any(attribute_faults(name, said)):
                return False
            font.take(name, said)
        if not _of(font).is_plain:
            return False
    return True


def _of(font: FontReader) -> RunFont:
    colour = None if font.colour is None else tuple(font.colour.items())
    is_symbolic = font.is_symbolic or is_symbol_font(font.name)
    return RunFont(colour, font.points, font.is_struck, is_symbolic)


class TextRuns:
    """Joins the runs of one ``si`` or ``is`` and leaves out all but ``r`` and ``t``.

    What stands in any other element is not the cell's text: fonts, and the phonetic
    guides (``rPh``) that are usual in Japanese files.
    """

    __slots__ = (
        "_above", "_container", "_depth", "_finished", "_fonts", "_home", "_in_run",
        "_is_in_text", "_odd", "_part", "_pieces", "_plain", "_run", "_run_font",
        "_runs", "_skipped", "_text", "texts",
    )  # fmt: skip

    def __init__(
        self, part: Part, container: str, home: int, finished: Callable[[str], object],
        odd: Callable[[Odd], object],
    ) -> None:  # fmt: skip
        """Call ``finished`` with each container's text; ``home`` is their depth.

        ``odd`` hears of what programs could read differently.
        """
        self._part = part
        self._container = part.tag(container)
        self._run = part.tag("r")
        self._text = part.tag("t")
        self._run_font = part.tag("rPr")
        self._fonts: list[FontReader] = []
        self._finished = finished
        self._odd = odd
        self._plain = self._runs = self._in_run = 0
        self._pieces: list[str] = []
        self._above: list[str] = []
        self._home = home
        self._depth = 0
        self._skipped = 0
        self._is_in_text = False
        self.texts: list[str] = []

    def enter(self) -> None:
        """Handle the start tag of a container that somebody else received."""
        self._depth = self._home
        self._begin()

    def _begin(self) -> None:
        self._pieces.clear()
        self._above.clear()
        self._fonts.clear()
        self._plain = self._runs = self._in_run = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Handle a start tag."""
        self._depth += 1
        if self._depth > limits.XML_DEPTH:
            raise self._part.too_deep()
        if self._is_in_text:
            raise self._part.broken(
                "element-in-text", "an element stands inside a text"
            )
        self.texts.clear()
        if name == self._text:
            self._is_in_text = True
            self._plain += self._depth == self._home + 1
            self._in_run += self._depth == self._home + 2 and not self._skipped
        elif name == self._container:
            if self._depth != self._home:
                raise self._part.broken(
                    "text-in-text", "a text stands inside of another"
                )
            self._begin()
        elif name == self._run:
            self._runs += self._depth == self._home + 1
            self._in_run *= self._in_run > 1
        elif not self._skipped and self._depth >= self._home:
            if name == self._run_font:
                self._fonts.append(FontReader())
            self._foreign(name, attributes)
        elif self._fonts and not self._part.is_foreign(name):
            self._of_font(name.removeprefix(self._part.prefix), attributes)

    def _of_font(self, local: str, attributes: Mapping[str, str]) -> None:
        self._fonts[-1].take(local, attributes)
        if any(attribute_faults(local, attributes)):
            self._odd(Odd.NOT_IN_SCHEMA)

    def _foreign(self, name: str, attributes: Mapping[str, str]) -> None:
        """Pass over an element that is no text of a cell; tell if it looks like one."""
        self._skipped = self._depth
        if self._part.is_foreign(name):
            local = local_name(name)
            is_like_ours = local in ("si", "is", "r", "t")
            self._odd(
                Odd.ALTERNATIVE if local == ALTERNATIVE
                else Odd.FOREIGN_NAME if is_like_ours else Odd.UNDECLARED
            )  # fmt: skip
            return
        local = local_name(name)
        if local not in _BESIDE or any(attribute_faults(local, attributes)):
            self._odd(Odd.NOT_IN_SCHEMA)

    def end(self, name: str) -> None:
        """Handle an end tag."""
        if name == self._text:
            self._is_in_text = False
            (self._above if self._skipped else self._pieces).extend(self.texts)
        elif name == self._container:
            if self._plain > 1 or (self._plain and self._runs) or self._in_run > 1:
                self._odd(Odd.SECOND_VALUE)
            self._finished(self._joined())
        elif self._depth == self._skipped:
            self._skipped = 0
        self._depth -= 1

    def _joined(self) -> str:
        text = "".join(self._pieces)
        if len(text) > limits.TEXT_CHARACTERS:
            raise self._part.broken("text-too-long", "a text is too long")
        if has_odd_escape(text):
            self._odd(Odd.ESCAPED_TEXT)
        text = unescaped(text)
        if self._above and _has_other_figures("".join(self._above), text):
            self._odd(Odd.OTHER_READING)
        if self._fonts:
            fonts = {
                font for reader in self._fonts if not (font := _of(reader)).is_plain
            }
            if fonts:
                return RunText(text, tuple(sorted(fonts, key=repr)))
        return text


def shared_texts(data: bytes, name: str, odd: Callable[[Odd], object]) -> list[str]:
    """Return the texts of the shared string part; ``odd`` hears of hidden pieces."""
    part = Part(data, name)
    found: list[str] = []

    def keep(text: str) -> None:
        found.append(text)
        if len(found) > limits.SHARED_TEXTS:
            raise part.broken("too-many-texts", "it has too many texts")

    runs = TextRuns(part, "si", 2, keep, odd)
    parser = part.parser
    parser.StartElementHandler = runs.start
    parser.EndElementHandler = runs.end
    parser.CharacterDataHandler = runs.texts.append
    parser.CommentHandler = lambda _: odd(Odd.COMMENT)
    parser.StartCdataSectionHandler = lambda: odd(Odd.CDATA)
    parser.ProcessingInstructionHandler = lambda *_: odd(Odd.INSTRUCTION)
    part.parse()
    return found
