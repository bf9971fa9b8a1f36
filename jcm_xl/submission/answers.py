"""Answers to findings: read from the sheet Answers, matched with what was found.

A warning may be answered with a reason; an error may not. An answer holds for a code at
a place, and, where it says what stood there (in any language), only as long as that
still stands there. It says why; whether that is enough is decided by who judges.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from jcm_xl.dataclass import dataclass
from jcm_xl.errors import JcmError
from jcm_xl.model.answer import Answer
from jcm_xl.model.finding import Diagnostic, Severity
from jcm_xl.model.methodology import fold_symbol
from jcm_xl.model.shown import shown
from jcm_xl.plain_file import TooLarge, read_plain
from jcm_xl.text.days import day_of
from jcm_xl.text.languages import in_each, languages, messages
from jcm_xl.text.late import late_pattern
from jcm_xl.xlsx.grid import CellValue, Grid, Sheet, address
from jcm_xl.xlsx.read import read_grid

FIELDS = ("code", "at", "found", "reason", "by", "on")
"""The columns of the sheet Answers, in order; their headings are in the catalogue."""
_KEYS = (*FIELDS, "file")
_CODE = re.compile(r"JX\d{3}", re.I)
_LAST_HEADING_ROW = 10
_LONGEST_FILE = 4 * 1024 * 1024
_FEWEST_LETTERS, _FEWEST_UNSPACED = 8, 5
_UNSPACED = late_pattern(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]")
"""Thai, Lao, Myanmar, Khmer, Japanese and Chinese letters."""
_SERIAL_DAYS = (36_526, 73_051)  # what shows as a date of 2000 to 2099


class UnusableAnswer(NamedTuple):
    """An answer that cannot be used; `reason` is a key of the catalogue."""

    answer: Answer
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the answers.

    refused:   answers to errors, with the error each was for.
    unmatched: answers to what was not found, with what was found there instead.
    """

    refused: tuple[tuple[Answer, Diagnostic], ...] = ()
    unmatched: tuple[tuple[Answer, Diagnostic | None], ...] = ()
    problems: tuple[UnusableAnswer, ...] = ()


NO_ANSWERS = Outcome()


def answer_all(
    found: Sequence[Diagnostic], answers: Iterable[Answer]
) -> tuple[list[Diagnostic], Outcome]:
    """Return the findings, warnings with their reasons, and what became of the rest."""
    answered = list(found)
    refused: list[tuple[Answer, Diagnostic]] = []
    unmatched: list[tuple[Answer, Diagnostic | None]] = []
    problems: list[UnusableAnswer] = []
    for answer in answers:
        if reason := _problem(answer):
            problems.append(UnusableAnswer(answer, reason))
            continue
        there = [i for i, d in enumerate(answered) if _is_about(answer, d)]
        same = [i for i in there if _still_stands(answer, answered[i])]
        if not same:
            unmatched.append((answer, answered[there[0]] if there else None))
        for i in same:
            if answered[i].severity is Severity.ERROR:
                refused.append((answer, answered[i]))
            else:
                answered[i] = replace(answered[i], acknowledged=answer.statement)
    outcome = Outcome(tuple(refused), tuple(unmatched), tuple(problems))
    return answered, outcome


def _problem(answer: Answer) -> str:
    if answer.code == _NO_HEADINGS:
        return "no_headings"
    if not _CODE.fullmatch(answer.code):
        return "no_code"
    if answer.is_hidden:
        return "hidden"
    if not answer.reason:
        return "no_reason"
    return "" if is_sentence(answer.reason) else "no_sentence"


def is_sentence(text: str) -> bool:
    """Tell whether a text can be a reason: some words, not a sign or a single word.

    Scripts that write no blanks between words are counted by their letters.
    """
    plain = unicodedata.normalize("NFKC", text)
    letters = [sign for sign in plain if sign.isalpha()]
    if any(_UNSPACED.match(sign) for sign in letters):
        return len(letters) >= _FEWEST_UNSPACED
    words = [word for word in plain.split() if any(map(str.isalpha, word))]
    return len(words) > 1 and len(letters) >= _FEWEST_LETTERS


def _is_about(answer: Answer, d: Diagnostic) -> bool:
    if answer.code.upper() != d.code:
        return False
    at = answer.at
    if not at:
        return not (d.sheet or d.parameter)
    places = (_place(f"{d.sheet}!{d.cells}"), _place(d.sheet))
    if at == str(d.slot) or _place(at) in places:
        return True
    return bool(d.parameter) and fold_symbol(at) == fold_symbol(d.parameter)


@lru_cache(maxsize=1 << 12)
def _place(text: str) -> str:
    """Return `mrs(input)!f8` for `='MRS(input)'!$F$8`."""
    plain = text.strip().removeprefix("=").replace("'", "").replace("$", "")
    return plain.removeprefix("#").rstrip("!").casefold()


def _still_stands(answer: Answer, d: Diagnostic) -> bool:
    if not answer.found:
        return True
    texts = [messages(name) for name in languages()]
    return any(_is_same(answer.found, found) for found in in_each(texts, d.found))


def _is_same(answered: str, found: str) -> bool:
    first, second = answered.split(), found.split()
    if first == second:
        return True
    try:
        return float("".join(first)) == float("".join(second))
    except ValueError:
        return False


# -- the sheet in the book -------------------------------------------------------------

_NO_HEADINGS = "(headings)"


def sheet_answers(grid: Grid, planned: Collection[str] = ()) -> Iterator[Answer]:
    """Yield the answers on the book's own sheet, whatever language names it.

    It is none of the `planned` sheets.
    """
    for sheet in grid.sheets:
        if sheet.name not in planned and sheet.name.casefold() in _sheet_names():
            yield from _of_sheet(sheet, grid.is_date1904)


@lru_cache(maxsize=1)
def _sheet_names() -> frozenset[str]:
    return frozenset(messages(n)("answers.sheet").casefold() for n in languages())


@lru_cache(maxsize=1)
def _headings() -> Mapping[str, str]:
    """Return heading -> field, over all languages and the fields' own names."""
    found = {name: name for name in _KEYS}
    for language in languages():
        headings = messages(language)("answers.headings")
        found |= {_folded(h): f for h, f in zip(headings, FIELDS, strict=True)}
    return found


def _folded(heading: object) -> str:
    return " ".join(str(heading).split()).casefold()


def _of_sheet(sheet: Sheet, is_1904: bool) -> Iterator[Answer]:
    head, columns = _head(sheet)
    if not columns:
        if any(cell.value not in (None, "") for cell in sheet.cells.values()):
            yield Answer(_NO_HEADINGS, place=f"'{sheet.name}'", sheet=sheet.name)
        return
    rows: dict[int, dict[str, str]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        field = columns.get(column)
        if field and row > head:
            is_day = field == "on"
            if text := _text(cell.value, is_1904 if is_day else None):
                rows.setdefault(row, {})[field] = text
    first = next(c for c, field in columns.items() if field == "code")
    is_shown = sheet.state == "visible" and not sheet.hidden_columns & columns.keys()
    for row, given in rows.items():
        where = address(row, first)
        is_hidden = not is_shown or row in sheet.hidden_rows
        yield replace(
            _answer(given, f"'{sheet.name}'!{where}"),
            sheet=sheet.name, cell=where, is_hidden=is_hidden,
        )  # fmt: skip


def _answer(given: Mapping[str, Any], place: str) -> Answer:
    return Answer(**{"code": "", **given}, place=place)


def _head(sheet: Sheet) -> tuple[int, Mapping[int, str]]:
    """Return the row of the headings and which field each column holds."""
    known = _headings()
    lines: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet.cells.items():
        field = known.get(_folded(cell.value)) if row <= _LAST_HEADING_ROW else None
        if field and field not in lines.setdefault(row, {}).values():
            lines[row][column] = field
    for row, columns in sorted(lines.items()):
        if {"code", "reason"} <= set(columns.values()):
            return row, columns
    return 0, {}


def _text(value: CellValue, is_1904: bool | None) -> str:
    if isinstance(value, float):
        first, last = _SERIAL_DAYS
        if is_1904 is not None and first <= value < last:
            return str(day_of(value, is_1904=is_1904))
    return shown(value).strip()


# -- a file beside the book ------------------------------------------------------------


def read_answers(path: str | Path) -> tuple[Answer, ...]:
    """Read answers from a TOML, CSV or xlsx file; raise `JcmError` for another one."""
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        answers = tuple(
            replace(a, place=f"{path.name}, {a.place}", sheet="", cell="")
            for a in sheet_answers(read_grid(path))
        )
        if not answers:
            sheet = messages("en")("answers.sheet")
            raise JcmError(
                f"{path} has no answers: no sheet '{sheet}', or no row on it."
            )
        return answers
    if suffix not in (".toml", ".csv"):
        raise JcmError(f"{path}: answers are a .toml, .csv or .xlsx file.")
    try:
        text = read_plain(path, _LONGEST_FILE).decode("utf-8-sig")
    except TooLarge:
        raise JcmError(f"{path} is too long for a list of answers.") from None
    except OSError as error:
        raise JcmError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise JcmError(f"{path} is not in UTF-8; save it as UTF-8.") from None
    rows = _toml_rows(path, text) if suffix == ".toml" else _csv_rows(path, text)
    return tuple(_answer(given, f"{path.name}, {where}") for where, given in rows)


Rows = Iterator[tuple[str, dict[str, str]]]


def _toml_rows(path: Path, text: str) -> Rows:
    import tomllib

    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise JcmError(f"{path} is no sound TOML: {error}.") from None
    rows = data.get("answer")
    if not isinstance(rows, list) or set(data) != {"answer"}:
        raise JcmError(f"{path}: write each answer as a block [[answer]].")
    for number, row in enumerate(rows, 1):
        yield f"answer {number}", _known(path, f"answer {number}", row)


def _csv_rows(path: Path, text: str) -> Rows:
    reader = csv.reader(io.StringIO(text))
    try:
        lines = [(reader.line_num, line) for line in reader]
    except csv.Error as error:
        raise JcmError(f"{path} is no sound CSV: {error}.") from None
    known = _headings()
    head = (
        [known.get(_folded(name), _folded(name)) for name in lines[0][1]]
        if lines
        else []
    )
    if not {"code", "reason"} <= set(head):
        raise JcmError(
            f"{path}: the first line must name the columns: {', '.join(_KEYS)}."
        )
    for number, line in lines[1:]:
        if any(part.strip() for part in line):
            where = f"line {number}"
            pairs = {n: v for n, v in zip(head, line, strict=False) if n}
            yield where, _known(path, where, pairs)


def _known(path: Path, where: str, row: object) -> dict[str, str]:
    """Return the texts of one answer; an unknown key is no slip to pass over."""
    if not isinstance(row, dict):
        raise JcmError(f"{path}, {where}: write it as a block [[answer]].")
    if unknown := [str(key) for key in row if key not in _KEYS]:
        raise JcmError(
            f"{path}, {where}: '{unknown[0]}' is not known; known: {', '.join(_KEYS)}."
        )
    return {key: str(value).strip() for key, value in row.items()}
