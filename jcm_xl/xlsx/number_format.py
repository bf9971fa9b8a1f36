"""What a number format shows: the number, its sign, the words beside it; a day; a text.

Only the plain part of the little language of formats is understood: digits, separators,
one exponent, per cent, blanks, colours, texts in quotes, days. What is shown under any
other code is unknown, and `ShownNumber.is_known` says so. Nothing here knows a unit.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from jcm_xl.text.late import late_pattern

_TOKEN = late_pattern(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<pad>.)|\*(?P<fill>.)'
    r"|\[\$(?P<symbol>[^\]-]*)(?:-(?P<locale>[0-9A-Za-z,]*))?\]"
    r"|\[(?P<bracket>[^\]]*)\]|(?P<general>General)|(?P<exponent>[Ee][+-])"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)"
    r"|(?P<noon>(?i:AM/PM|A/P))|(?P<days>(?i:[ymdhsgeba]+))|(?P<plain>.)",
    re.DOTALL,
)
_CONDITION = late_pattern(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
_COLOUR = late_pattern(
    r"black|blue|cyan|green|magenta|red|white|yellow|color ?\d{1,2}", re.IGNORECASE
)
_MINUS = "-−‐–▲△"
_SAID = " +()/:'!^&~{}<>=" + _MINUS + "\u00a0\u202f"
"""What may stand in a code without quotes and is shown as it is."""
_LITERAL = frozenset(("escaped", "quoted", "plain"))
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
_GREGORIAN = frozenset(("", "0", "00", "01", "1"))


class Token(NamedTuple):
    """A piece of a code: its kind, as the pattern calls it, and what it says."""

    kind: str
    text: str


class ShownNumber(NamedTuple):
    """What a cell shows of its number.

    number:   what a reader takes it for, None where no number is seen.
    text:     how it looks, without the blanks around it.
    words:    what stands beside the digits, signs and brackets left out.
    colour:   that of the format, as it is spelt there, usually none.
    percents: how many per cent signs are shown. is_scaled: whether thousands are left
    out, as by a comma behind the digits.
    is_known: whether the code is of the plain part of the language.
    """

    number: float | None
    text: str = ""
    words: str = ""
    colour: str = ""
    percents: int = 0
    is_known: bool = True
    is_scaled: bool = False


class ShownDay(NamedTuple):
    """What a format shows of a day.

    is_whole:     year, month and day are there, in whatever order.
    is_other_era: the year is counted otherwise and nothing says so.
    words:        what stands beside them.
    """

    is_whole: bool
    is_other_era: bool
    words: str


@lru_cache(maxsize=1024)
def sections(code: str) -> tuple[tuple[Token, ...], ...]:
    """Return the sections of a code, each as its pieces."""
    found: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = str(match.lastgroup)
        if kind == "locale":  # the last group of a locale or currency
            kind = "symbol"
        if kind == "plain" and match[0] == ";":
            found.append([])
        else:
            text = match[0] if kind == "symbol" else match[kind]
            found[-1].append(Token(kind, text or ""))
    return tuple(map(tuple, found))


@lru_cache(maxsize=1024)
def plain_code(code: str) -> str:
    """Return a code in one spelling: LibreOffice puts a backslash before blanks."""
    return ";".join(
        "".join(f"\\{sign}" if kind in _LITERAL else sign for kind, sign in section)
        for section in sections(code)
    )


def shown_text(code: str, text: str) -> str | None:
    """Return what a cell of this format shows of a text, None where nobody can tell."""
    parts = sections(code)
    section = parts[3] if len(parts) > 3 else parts[-1]
    if len(parts) < 4 and not any(token.kind == "text" for token in section):
        return text  # the format says nothing of texts
    out = ""
    for kind, said in section:
        if kind == "text":
            out += text
        elif kind in ("quoted", "escaped"):
            out += said
        elif kind == "pad" or (kind == "fill" and said == " "):
            out += " "
        elif kind == "plain" and said in _SAID:
            out += said
        elif kind != "bracket" or not _COLOUR.fullmatch(said):
            return None
    return out


@lru_cache(maxsize=4096)
def shown_number(code: str, value: float) -> ShownNumber:
    """Return what a cell of this format shows of a number."""
    section, is_negative = _section(code, value)
    if section is None:
        return ShownNumber(None, is_known=False)
    reading = _Reading(section)
    colour = reading.colour
    if not reading.is_known:
        return ShownNumber(None, colour=colour, is_known=False)
    if reading.is_general:
        shown = abs(value) if is_negative is None else value
        return reading.shown(shown, f"{shown:.15g}")
    if not reading.digits:
        return ShownNumber(None, reading.said.strip(), reading.words, colour)
    magnitude = Decimal(abs(value)) if is_negative is None else Decimal(value)
    try:
        return reading.rendered(magnitude)
    except (InvalidOperation, OverflowError, ValueError):  # hundreds of digits
        return ShownNumber(None, colour=colour, is_known=False)


def shown_colour(code: str, value: float) -> str:
    """Return the colour that a format gives to a number, usually none."""
    return shown_number(code, value).colour if "[" in code else ""


@lru_cache(maxsize=1024)
def shown_day(code: str) -> ShownDay:
    """Return what a format shows of a day."""
    tokens = sections(code)[0]
    if any(t.kind == "symbol" and t.text.upper() == "[$-F800]" for t in tokens):
        return ShownDay(True, False, "")
    seen, words, other = "", "", False
    tokens = tuple(t for t in tokens if t.kind != "noon")
    for place, (kind, said) in enumerate(tokens):
        if kind == "days":
            seen += _parts_of_day(said.lower(), seen, _after(tokens, place))
        elif kind in ("quoted", "escaped"):
            words += f" {said}"
        elif kind == "symbol":
            other = other or _counts_otherwise(said)
        elif kind == "bracket" and not _COLOUR.fullmatch(said):
            words += f"[{said}]"
        elif kind in ("digit", "general", "exponent", "percent", "text", "fill"):
            words += f"{said}?"
    years = {"y", "e"} & set(seen)
    is_whole = len(years) == 1 and all(seen.count(x) == 1 for x in ("m", "d", *years))
    other = other or ("e" in seen and "g" not in seen)
    return ShownDay(is_whole, other, words.strip())


def _after(tokens: tuple[Token, ...], place: int) -> str:
    """Return the next letters of a day behind a place."""
    rest = (t.text.lower() for t in tokens[place + 1 :] if t.kind == "days")
    return next(rest, "")


def _parts_of_day(run: str, seen: str, after: str) -> str:
    """Return a letter for each part that a run of letters shows; weekdays are none."""
    out = ""
    for match in re.finditer(r"(.)\1*", run):
        letter, size = match[1], len(match[0])
        rest = run[match.end() :] or after
        if letter == "m" and ((seen + out)[-1:] == "h" or rest[:1] == "s"):
            out += "n"  # minutes
        elif letter == "m" and size == 5:
            out += "?"  # the first letter of a month names four of them
        elif letter == "b":
            out += "?"  # Excel shows 2566 or 66, LibreOffice the letter
        elif letter != "a" and (letter != "d" or size < 3):
            out += letter
    return out


def _counts_otherwise(symbol: str) -> bool:
    """Tell whether a locale brings another calendar, one whose years nobody can tell.

    The Thai years, 543 more, cannot be taken for others.
    """
    locale = symbol.strip("[]").rpartition("-")[2].upper()
    calendar = locale[-6:-4] if len(locale) > 4 else ""
    return calendar not in _GREGORIAN | {"07", "7"}


def _section(code: str, value: float) -> tuple[tuple[Token, ...] | None, bool | None]:
    """Return the section that shows a number, and whether it has its own sign.

    The second is None where the section shows the amount alone.
    """
    parts = sections(code)
    if 1 < len(parts) < 4 and any(token.kind == "text" for token in parts[-1]):
        parts = parts[:-1]
    parts = parts[:3]
    conditions = [_condition(part) for part in parts]
    if any(conditions):
        if value < 0:
            return None, False  # programs differ in the sign
        for part, condition in zip(parts[:2], conditions, strict=False):
            if condition and _holds(value, *condition):
                return part, False
        return parts[-1], False
    if value < 0 and len(parts) > 1:
        return parts[1], None
    return parts[2] if value == 0 and len(parts) > 2 else parts[0], False


def _condition(section: tuple[Token, ...]) -> tuple[str, float] | None:
    for kind, text in section:
        found = _CONDITION.fullmatch(text) if kind == "bracket" else None
        if found:
            return found[1], float(found[2])
    return None


def _holds(value: float, sign: str, limit: float) -> bool:
    return {
        "<": value < limit, "<=": value <= limit, ">": value > limit,
        ">=": value >= limit, "=": value == limit, "<>": value != limit,
    }[sign]  # fmt: skip


class _Reading:
    """One section for numbers, taken apart."""

    def __init__(self, section: tuple[Token, ...]) -> None:
        self.is_known, self.is_general = True, False
        self.digits, self.decimals, self.exponent = "", "", ""
        self.before = self.after = self.colour = ""
        self.percents = self._commas = self.scaled = 0
        self._place = "before"
        for kind, text in section:
            self._take(kind, text)
        self.scaled += self._commas
        if self.is_general and (self.digits or self.percents):
            self.is_known = False

    @property
    def said(self) -> str:
        return self.before + self.after

    @property
    def words(self) -> str:
        """What is said besides signs, brackets and per cent."""
        return "".join(c for c in self.said if c not in _MINUS + "+()%").strip()

    def _take(self, kind: str, text: str) -> None:
        if kind == "digit":
            self._digit(text)
        elif kind == "general" or (kind == "text" and not self.is_general):
            self.is_general = True
            self._place = "after"
        elif kind == "point" and self._place in ("before", "digits"):
            self.scaled, self._commas = self.scaled + self._commas, 0
            self._place = "decimals"
            self.digits = self.digits or "#"
        elif kind == "comma" and self._place in ("digits", "decimals"):
            self._commas += 1
        elif kind == "exponent" and self._place in ("digits", "decimals"):
            self._place, self.exponent = "exponent", text
        elif kind in ("bracket", "symbol"):
            self._bracket(kind, text)
        else:
            self._word(kind, text)

    def _digit(self, text: str) -> None:
        if self._place in ("before", "digits"):
            self._place = "digits"
            if self._commas:
                self.digits, self._commas = self.digits + ",", 0
            self.digits += text
        elif self._place == "decimals":
            self.decimals += text
        elif self._place == "exponent":
            self.exponent += text
        else:
            self.is_known = False  # digits on both sides of a word

    def _bracket(self, kind: str, text: str) -> None:
        if kind == "symbol":
            said = text[2:-1].rpartition("-")[0] if "-" in text else text[2:-1]
            if said:
                self._word("quoted", said)
        elif _COLOUR.fullmatch(text):
            self.colour = text
        elif not _CONDITION.fullmatch(text):
            self.is_known = False

    def _word(self, kind: str, text: str) -> None:
        if kind == "percent":
            self.percents, text = self.percents + 1, "%"
        elif kind == "pad":
            text = " "
        elif kind == "fill":
            self.is_known = self.is_known and text == " "
            text = " "
        elif kind == "plain" and text not in _SAID and text.isascii():
            self.is_known = self.is_known and text in "$"
        elif kind not in ("quoted", "escaped", "plain"):
            self.is_known = False
        if self._place in ("digits", "decimals", "exponent") and text:
            self._place = "after"
            self.scaled, self._commas = self.scaled + self._commas, 0
        if self._place == "before":
            self.before += text
        else:
            self.after += text

    def rendered(self, value: Decimal) -> ShownNumber:
        """Return the digits that are shown of a number."""
        scaled = value.scaleb(2 * self.percents - 3 * self.scaled, _WIDE)
        number, digits = (
            self._with_exponent(scaled) if self.exponent else self._plain(scaled)
        )
        return self.shown(float(number), digits)

    def _plain(self, value: Decimal) -> tuple[Decimal, str]:
        places = len(self.decimals)
        number = value.quantize(Decimal(1).scaleb(-places), context=_WIDE)
        grouped = "," if "," in self.digits else ""
        whole, _, rest = f"{abs(number):{grouped}.{places}f}".partition(".")
        least = len(self.decimals.rstrip("#?"))
        while len(rest) > least and rest.endswith("0"):
            rest = rest[:-1]
        if whole == "0" and "0" not in self.digits:
            whole = ""
        elif not grouped:
            whole = whole.zfill(self.digits.count("0"))
        point = "." if self.decimals else ""
        sign = "-" if value < 0 and (whole or rest) and number else ""
        return number, f"{sign}{whole}{point if whole or rest else ''}{rest}"

    def _with_exponent(self, value: Decimal) -> tuple[Decimal, str]:
        step = max(1, len(self.digits.replace(",", "")))
        power = value.adjusted() if value else 0
        power -= power % step
        one = Decimal(1).scaleb(-len(self.decimals))
        mantissa = value.scaleb(-power, _WIDE).quantize(one, context=_WIDE)
        sign = "-" if power < 0 else "+" if "+" in self.exponent else ""
        digits = str(abs(power)).zfill(self.exponent.count("0"))
        return mantissa.scaleb(power, _WIDE), f"{mantissa}E{sign}{digits}"

    def shown(self, number: float, digits: str) -> ShownNumber:
        """Return digits with what stands around them."""
        text = f"{self.before}{digits}{self.after}".strip()
        if not digits:
            return ShownNumber(None, text, self.words, self.colour, self.percents)
        signs = sum(self.before.count(sign) for sign in _MINUS)
        brackets = "(" in self.before and ")" in self.after
        is_odd = signs + brackets + digits.startswith("-") > 1 or any(
            sign in self.after for sign in _MINUS if sign != "-"
        )
        if is_odd or ("-" in self.after.replace(" ", "")[:1]):
            return ShownNumber(None, text, self.words, self.colour, is_known=False)
        value = -number if signs or brackets else number
        return ShownNumber(
            value, text, self.words, self.colour, self.percents, True, self.scaled > 0
        )
