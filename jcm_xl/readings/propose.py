"""A first assignment for logs: what their headings and lines show, the rest asked."""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple

from jcm_xl.errors import JcmError
from jcm_xl.plan.plan import Plan
from jcm_xl.readings.logs import book_as_lines

_LINES, _BYTES = 60, 200_000
_SEPARATORS = (";", "\t", ",", "|")
_TIMES = (
    ("iso", r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?"),
    ("%Y/%m/%d %H:%M:%S", r"\d{4}/\d\d?/\d\d? \d\d?:\d\d:\d\d"),
    ("%Y/%m/%d %H:%M", r"\d{4}/\d\d?/\d\d? \d\d?:\d\d"),
    ("%Y/%m/%d", r"\d{4}/\d\d?/\d\d?"),
    ("%d/%m/%Y %H:%M:%S", r"\d\d?/\d\d?/\d{4} \d\d?:\d\d:\d\d"),
    ("%d/%m/%Y %H:%M", r"\d\d?/\d\d?/\d{4} \d\d?:\d\d"),
    ("%d/%m/%Y", r"\d\d?/\d\d?/\d{4}"),
    ("%d.%m.%Y %H:%M:%S", r"\d\d?\.\d\d?\.\d{4} \d\d?:\d\d:\d\d"),
    ("%d.%m.%Y %H:%M", r"\d\d?\.\d\d?\.\d{4} \d\d?:\d\d"),
    ("%d.%m.%Y", r"\d\d?\.\d\d?\.\d{4}"),
    ("%d-%m-%Y %H:%M", r"\d\d?-\d\d?-\d{4} \d\d?:\d\d"),
    ("%Y-%m", r"\d{4}-\d\d"),
    ("%m/%Y", r"\d\d?/\d{4}"),
)
_NUMBER = re.compile(r"[+-]?\d{1,3}([.,' ]\d{3})*([.,]\d+)?|[+-]?\d+([.,]\d+)?")
_UNIT = re.compile(r"[\[(（]\s*(Wh|kWh|MWh|GWh|GJ|MJ|m3|Nm3|kL|L|t|kg)\s*[\])）]", re.I)
_UNITS = {u.lower(): u for u in ("Wh", "kWh", "MWh", "GWh", "GJ", "MJ", "m3", "Nm3",
                                 "kL", "L", "t", "kg")}  # fmt: skip


class Sample(NamedTuple):
    """The first lines of a log, taken apart."""

    name: str
    encoding: str
    separator: str
    lines: list[list[str]]


def proposal(paths: Sequence[Path], plan: Plan) -> str:
    """Return the text of an assignment for logs; what nobody can see is left open.

    The words `<...>` are to be replaced; a file with them is refused by its line.
    """
    m = plan.methodology
    amounts = [p for p in m.inputs if p.is_monitored and p.is_additive]
    known = ", ".join(f"{p.name} ({str(p.unit).removesuffix('/p')})" for p in amounts)
    lines = [
        f"# Which column is which meter, for {m.key}. Kept and used for later reports.",
        f"# parameter: {known}",
        '# stamp: "start" or "end" of what a line measured. kind: "interval", or',
        '# "cumulative" where the meter counts on.',
    ]
    seen: set[str] = set()
    for path in paths:
        block = list(_block(path, amounts[0].name if len(amounts) == 1 else "<...>"))
        text = "\n".join(block[1:])
        if text not in seen:
            seen.add(text)
            lines += ["", *block]
    return "\n".join(lines) + "\n"


def _block(path: Path, parameter: str) -> Iterator[str]:
    sample = _sample(path)
    head, first = _head(sample.lines)
    heads = sample.lines[head - 1] if head else []
    time, form = _time(first)
    values = [
        n for n, text in enumerate(first, 1) if n not in time and _is_number(text)
    ]
    rows = sample.lines[head : head + 40]
    texts = [row[n - 1] for row in rows for n in values if n <= len(row)]
    decimal, thousands = _signs(texts)
    yield "[[log]]"
    yield f"files       = {_quoted(_pattern(path.name))}"
    if sample.encoding != "utf-8":
        yield f"encoding    = {_quoted(sample.encoding)}"
    yield f"head        = {head}"
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        yield f"separator   = {_quoted(sample.separator)}"
    if decimal != ".":
        yield f"decimal     = {_quoted(decimal)}"
    if thousands:
        yield f"thousands   = {_quoted(thousands)}"
    names = [_named(heads, n) for n in time]
    yield f"time        = [{', '.join(names)}]"
    yield f"time_format = {_quoted(form)}"
    yield 'zone        = ""'
    counts = bool(values) and _counts_on(rows, values[0], decimal, thousands)
    yield f'kind        = "{"cumulative" if counts else "interval"}"'
    if not counts:
        yield 'stamp       = "<start or end>"'
    for row, n in enumerate(values, 1):
        unit = _UNIT.search(heads[n - 1]) if n <= len(heads) else None
        yield ""
        yield "[[log.meter]]"
        yield f"column      = {_named(heads, n)}"
        yield f'unit        = "{_UNITS[unit[1].lower()] if unit else "<...>"}"'
        yield f'parameter   = "{parameter}"'
        yield f"row         = {row}"


def _quoted(text: str) -> str:
    return (
        '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'
    )


def _named(heads: Sequence[str], n: int) -> str:
    text = heads[n - 1] if n <= len(heads) else ""
    return _quoted(text) if text and list(heads).count(text) == 1 else str(n)


def _pattern(name: str) -> str:
    """Return `meter-*.csv` for `meter-2025-01.csv`."""
    stem, dot, ending = name.rpartition(".")
    return re.sub(r"\d[\d_.-]*", "*", stem) + dot + ending


def _sample(path: Path) -> Sample:
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        with tempfile.TemporaryDirectory() as folder:
            copy = book_as_lines(path, "", Path(folder))
            with copy.open(encoding="utf-8", newline="") as stream:
                rows = list(islice(csv.reader(stream), _LINES))
        return Sample(path.name, "utf-8", ",", rows)
    try:
        with path.open("rb") as stream:
            data = stream.read(_BYTES)
    except OSError as error:
        raise JcmError(f"{path} cannot be read: {error.strerror}.") from None
    encoding = _encoding(data)
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    lines = text.splitlines()[:_LINES]
    separator = max(_SEPARATORS, key=lambda sign: _fit(lines, sign))
    return Sample(
        path.name, encoding, separator,
        [[c.strip() for c in next(csv.reader([line], delimiter=separator), [])]
         for line in lines],
    )  # fmt: skip


def _encoding(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    whole = data[: data.rfind(b"\n") + 1] or data
    for name, letters in (
        ("utf-8", ""), ("cp932", r"[\u3040-\u30ff\u4e00-\u9fff]"),
        ("cp874", r"[\u0e00-\u0e7f]{2}"),
    ):  # fmt: skip
        try:
            text = whole.decode(name)
        except UnicodeDecodeError:
            continue
        if not letters or re.search(letters, text):
            return name
    return "cp1252"


def _fit(lines: Sequence[str], sign: str) -> tuple[int, int]:
    """Return how many of the last lines have as many of a sign as the very last."""
    counts = [line.count(sign) for line in lines[-20:] if line.strip()]
    usual = max(set(counts), key=counts.count) if counts else 0
    return (counts.count(usual) if usual else 0, usual)


def _head(lines: Sequence[Sequence[str]]) -> tuple[int, Sequence[str]]:
    """Return the line of the headings, and the first line with a time and numbers."""
    for number, cells in enumerate(lines):
        if _time(cells)[0] and any(map(_is_number, cells)):
            return number, cells
    return 0, []


def _time(cells: Sequence[str]) -> tuple[list[int], str]:
    for form, pattern in _TIMES:
        for n, cell in enumerate(cells, 1):
            if re.fullmatch(pattern, cell):
                clock = cells[n] if n < len(cells) else ""
                if re.fullmatch(r"\d\d?:\d\d(:\d\d)?", clock):
                    seconds = ":%S" if clock.count(":") == 2 else ""
                    both = form if form != "iso" else "%Y-%m-%d"
                    return [n, n + 1], f"{both} %H:%M{seconds}"
                return [n], form
    return [], "iso"


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text))


def _signs(texts: Sequence[str]) -> tuple[str, str]:
    """Return decimal and thousands sign, where the numbers show them."""
    commas, points, both = 0, 0, ""
    for text in texts:
        marks = [sign for sign in text if sign in ",."]
        if len(set(marks)) == 2:
            both = marks[-1]
        commas += text.count(",") == 1
        points += text.count(".") == 1
    if both:
        return both, "." if both == "," else ","
    return ("," if commas > points else "."), ""


def _counts_on(
    rows: Sequence[Sequence[str]], n: int, decimal: str, thousands: str
) -> bool:
    numbers = []
    for row in rows:
        text = row[n - 1] if n <= len(row) else ""
        text = text.replace(thousands, "") if thousands else text
        try:
            numbers.append(float(text.replace(decimal, ".")))
        except ValueError:
            continue
    rises = all(a <= b for a, b in pairwise(numbers))
    return len(numbers) > 3 and rises and numbers[0] > 10 * (numbers[-1] - numbers[0])
