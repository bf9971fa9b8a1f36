"""Read a definition file: text, TOML, model, rules, examples."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from pathlib import Path
from typing import Any

from jcm_xl.dataclass import dataclass
from jcm_xl.definition.clauses import clauses_are_told
from jcm_xl.definition.facts import cite, cited, digest_of, facts_for
from jcm_xl.definition.families import Family
from jcm_xl.definition.lines import KeyPath, index_lines
from jcm_xl.definition.named_sources import with_sources
from jcm_xl.definition.problems import Collector, DefinitionError, Problem
from jcm_xl.definition.resolve import resolve
from jcm_xl.definition.rules import apply_rules
from jcm_xl.definition.slips import cure
from jcm_xl.model.methodology import Methodology
from jcm_xl.plain_file import DEFINITION_BYTES, TooLarge, read_plain

MAX_BYTES = DEFINITION_BYTES


@dataclass(frozen=True, slots=True)
class Reading:
    """A definition file as far as it could be read, with every problem.

    methodology: `None` unless all blocks resolve and all rules between them hold;
    an example that fails leaves it standing.
    """

    name: str
    problems: tuple[Problem, ...]
    content: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[KeyPath, int] = field(default_factory=dict)
    methodology: Methodology | None = None


def load_file(path: str | Path, *, with_examples: bool = True) -> Methodology:
    """Load one definition file and prove its examples.

    Raises `DefinitionError` with every problem of the file at once.
    """
    return _sound(read_file(path, with_examples=with_examples))


def read_file(path: str | Path, *, with_examples: bool = True) -> Reading:
    """Read a definition file as far as possible; raises nothing."""
    path = Path(path)
    try:
        data = read_plain(path, MAX_BYTES)
    except TooLarge:
        return _nothing(path.name, "is larger than 2 MB")
    except OSError as error:
        return _nothing(path.name, f"cannot be read: {error.strerror}")
    return read_bytes(data, path.name, path.parent, with_examples=with_examples)


def load_bytes(data: bytes, name: str, *, with_examples: bool = True) -> Methodology:
    """Load a definition from the bytes of a file of this name."""
    return _sound(read_bytes(data, name, with_examples=with_examples))


def read_bytes(
    data: bytes, name: str, folder: Path = Path(), *, with_examples: bool = True
) -> Reading:
    """Read a definition as far as possible; raises nothing.

    folder: where the file lies, which may hold the facts that it cites.
    """
    try:
        text, stated = parse_toml(data, name)
    except DefinitionError as error:
        return Reading(name, error.problems)
    lines = index_lines(text)
    problems = Collector(name, lines)
    facts = facts_for(folder) if cited(stated) else {}
    digest = digest_of(text, stated, facts)
    content = with_sources(cite(stated, facts, problems), problems)
    methodology = resolve(content, problems, digest)
    _file_name_agrees(methodology, name, problems)
    order: tuple[str, ...] = ()
    if not problems.problems:
        order = apply_rules(methodology, problems)
    methodology = dataclasses.replace(methodology, order=order)
    if not problems.problems and content.get("schema") != 1:
        clauses_are_told(methodology, problems.of(Family.SOURCE))
    is_sound = not problems.problems
    if is_sound and with_examples:
        from jcm_xl.definition.examples import check_examples

        check_examples(methodology, problems.of(Family.EXAMPLE))
    found = tuple(problems.problems)
    return Reading(name, found, content, lines, methodology if is_sound else None)


def parse_toml(data: bytes, name: str) -> tuple[str, dict[str, Any]]:
    """Return the text and content of a TOML file; raise `DefinitionError`."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        reason = "is not UTF-8 text; save it as UTF-8"
        raise DefinitionError([Problem(name, 1, "(file)", reason)]) from None
    try:
        return text, tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line, reason = cure(text, _line(error), str(error))
    except (ValueError, ArithmeticError):
        reason = "a number has more digits than any number of a methodology"
        line = _line_of_digits(text)
    raise DefinitionError([Problem(name, line, "(file)", reason)])


def _sound(reading: Reading) -> Methodology:
    if reading.problems or reading.methodology is None:
        raise DefinitionError(reading.problems)
    return reading.methodology


def _nothing(name: str, reason: str, line: int = 1) -> Reading:
    return Reading(name, (Problem(name, line, "(file)", reason),))


def _line(error: Exception) -> int:
    # Before Python 3.14 the line stands in the message only.
    match = re.search(r"\(at line (\d+)", str(error))
    return getattr(error, "lineno", int(match[1]) if match else 1)


def _line_of_digits(text: str) -> int:
    """Return where the number stands that Python refuses to read."""
    digits = re.search(r"[0-9_]{1000}", text)
    return text.count("\n", 0, digits.start()) + 1 if digits else 1


def _file_name_agrees(m: Methodology, name: str, problems: Collector) -> None:
    if problems.problems:
        return
    expected = f"{m.id}_ver{m.padded_version}.toml"
    if name != expected:
        reason = f"id and version ask for the file name {expected}"
        problems.add(("methodology", "id"), reason, Family.IDENTITY)
