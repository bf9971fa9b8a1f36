"""Find the line of a key in a TOML text.

`tomllib` gives no positions; the format forbids deep nesting, so a scan of the
headers and of the keys under them finds every key a message may name.
"""

from __future__ import annotations

from jcm_xl.text.late import late_pattern

_HEADER = late_pattern(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-\" ]+?)\s*\]\]?\s*(#.*)?$")
_KEY = late_pattern(r"^\s*([A-Za-z0-9_\-]+)\s*=")

_OPENED = late_pattern(r"^\s*([A-Za-z0-9_\-]+)\s*=\s*\[")
_WORDS = late_pattern(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')

KeyPath = tuple[str | int, ...]


def index_lines(text: str) -> dict[KeyPath, int]:
    """Return the line (from 1) of every header and key path in the text.

    Array tables count from 0: `("formulas", 2, "unit")`, and nested ones hang under
    the last entry: `("parameters", "EG_i_p", "monitoring", 0, "option")`.
    """
    found: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    here: KeyPath = ()
    in_string = False
    rows: _Rows | None = None
    for number, line in enumerate(text.splitlines(), 1):
        toggles = line.count('"""') % 2 == 1
        if not in_string:
            here = _enter(line, number, here, found, counts)
            if opened := _OPENED.match(line):
                rows = _Rows((*here, opened.group(1)))
            if rows is not None and not rows.read(line, number, found):
                rows = None
        in_string ^= toggles
    return found


class _Rows:
    """An array whose tables stand in lines of their own, such as a table's rows."""

    def __init__(self, path: KeyPath) -> None:
        self._path, self._depth, self._count = path, 0, 0

    def read(self, line: str, number: int, found: dict[KeyPath, int]) -> bool:
        """Note the tables that begin in a line; tell whether the array goes on."""
        for sign in _WORDS.sub("", line).partition("#")[0]:
            if sign == "{" and self._depth == 1:
                found.setdefault((*self._path, self._count), number)
                self._count += 1
            self._depth += (sign in "[{") - (sign in "]}")
        return self._depth > 0


def _enter(
    line: str,
    number: int,
    here: KeyPath,
    found: dict[KeyPath, int],
    counts: dict[KeyPath, int],
) -> KeyPath:
    header = _HEADER.match(line)
    if header:
        here = _resolve(header.group(2), header.group(1) == "[[", counts)
        found.setdefault(here, number)
    elif key := _KEY.match(line):
        found.setdefault((*here, key.group(1)), number)
    return here


def _resolve(dotted: str, is_array: bool, counts: dict[KeyPath, int]) -> KeyPath:
    path: KeyPath = ()
    parts = [part.strip().strip('"') for part in dotted.split(".")]
    for position, part in enumerate(parts):
        path = (*path, part)
        if position == len(parts) - 1 and is_array:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def line_of(lines: dict[KeyPath, int], path: KeyPath) -> int:
    """Return the line of the path, of what it holds, or of what holds it; else 1."""
    for end in range(len(path), 0, -1):
        above = path[:end]
        if above in lines:
            return lines[above]
        if inside := [n for known, n in lines.items() if known[:end] == above]:
            return min(inside)
    return 1
