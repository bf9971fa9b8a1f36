"""What is wrong with a line that TOML cannot read, and the cure, in plain words."""

from __future__ import annotations

import re
import unicodedata

_LISTS = "formulas|eligibility|examples|history|terms|emission_sources"
_SINGLE = re.compile(rf"^\s*\[({_LISTS})\]\s*(#.*)?$")
_SHOWN = 80
_CURES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("[\u2018-\u201f\u300c-\u300f\u00ab\u00bb]"),
     "the quotation marks are not straight; TOML wants \" or '"),
    (re.compile("[\u00a0\u2000-\u200b\u202f\u2060\u3000\ufeff]"),
     "there is a blank that is no ordinary one; type it anew"),
    (re.compile("[\uff01-\uff5e\u2212]"),
     "there are full-width signs; type them in half width"),
    (re.compile(r"=\s*[-+]?\d+,\d"),
     "the number has a decimal comma; TOML wants a point, 0.56"),
    (re.compile(r"=\s*[-+]?[\d.]+\s*%"),
     "the number has a per cent sign; write the fraction, 56 % is 0.56"),
    (re.compile(r"^\s*(//|;|--|')"), "a comment begins with #"),
    (re.compile(r'"[^"]*\\[^"\\bfnrtuU]'),
     "there is a backslash in a text; write it twice, or the text in '...'"),
    (re.compile(r'"[^"]*\\[uU](?![0-9A-Fa-f]{4})'),
     "there is a backslash in a text; write it twice, or the text in '...'"),
    (re.compile(r"^\s*[\w.]+\s*=\s*$"), "a value is missing after the ="),
    (re.compile(r"^\s*[\w.]+\s*=\s*(?!true\b|false\b|inf\b|nan\b)[A-Za-z]"),
     "a text stands in quotation marks"),
    (re.compile(r"^\s*[\w.]+\s*:\s"), "a key is followed by =, not by a colon"),
    (re.compile(r"=\s*[-+]?\.\d"), "a digit is missing before the point; write 0.56"),
    (re.compile(r"=\s*[-+]?\d+\.(?!\d)"), "a digit is missing behind the point"),
    (re.compile(r"=\s*[-+]?0\d"), "the number begins with 0; leave it out"),
    (re.compile(r"=\s*[-+]?\d+\s+\d"), "the number has a blank in it; write 1000"),
    (re.compile(r"^\s*\[[^\]]*$"), "the closing bracket ] is missing"),
    (re.compile(r"^\s*\[[^\[].*\]\]"),
     "the brackets do not match; write [name], or [[name]] for one of a list"),
    (re.compile(r'^[^"]*"(?:[^"\\]|\\.)*$'), "the closing quotation mark is missing"),
)  # fmt: skip


def cure(text: str, line: int, parser: str) -> tuple[int, str]:
    """Return the line, from 1, that is to be mended, and what is wrong with it.

    parser: what the parser says, for lines in which nothing known is wrong.
    """
    rows = text.split("\n")
    if re.search("overwrite|declare|twice", parser):
        for number, row in enumerate(rows, 1):
            if found := _SINGLE.match(row):
                name = found[1]
                words = f"a list of tables is written [[{name}]], this is [{name}]"
                return number, _with(words, row)
    row = rows[line - 1] if 0 < line <= len(rows) else ""
    if "overwrite" in parser or "twice" in parser:
        return line, _with("the key or the block stands twice", row)
    if "Unclosed" in parser:
        line = _unclosed(rows, line)
        bracket = "]" if "array" in parser else "}"
        words = f"the closing bracket {bracket} is missing in this line or below it"
        return line, _with(words, rows[line - 1])
    outside = re.sub(r"^\s*#.*", "", row)
    for pattern, words in _CURES:
        if pattern.search(outside):
            return line, _with(words, row)
    return line, _with(f"is no TOML: {parser}", row)


def _unclosed(rows: list[str], line: int) -> int:
    """Return the last line, up to this one, that opens more brackets than it closes."""
    for number in range(min(line, len(rows)), 0, -1):
        bare = re.sub(r'"[^"]*"', "", rows[number - 1]).partition("#")[0]
        if sum(map(bare.count, "[{")) > sum(map(bare.count, "]}")):
            return number
    return line


def _with(words: str, row: str) -> str:
    printed = "".join(
        sign if sign.isprintable() and not unicodedata.combining(sign) else "?"
        for sign in row.strip()
    )
    if not printed:
        return words
    shown = printed if len(printed) <= _SHOWN else f"{printed[:_SHOWN]}..."
    return f"{words}. The line reads: {shown}"
