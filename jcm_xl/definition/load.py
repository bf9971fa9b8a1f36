"""Read a definition file: text, TOML, model, rules, examples."""

from __future__ import annotations

import dataclasses
import hashlib
import tomllib
from decimal import Decimal
from pathlib import Path

from jcm_xl.definition.examples import check_examples
from jcm_xl.definition.lines import index_lines
from jcm_xl.definition.problems import Collector, DefinitionError, Problem
from jcm_xl.definition.resolve import resolve
from jcm_xl.definition.rules import apply_rules
from jcm_xl.model.methodology import Methodology

MAX_BYTES = 2_000_000


def load_file(path: str | Path, *, with_examples: bool = True) -> Methodology:
    """Load one definition file and prove its examples.

    Raises `DefinitionError` with every problem of the file at once.
    """
    path = Path(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DefinitionError([_whole(path, "is larger than 2 MB")])
        data = path.read_bytes()
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
        raise DefinitionError([_whole(path, reason)]) from None
    return load_bytes(data, path.name, with_examples=with_examples)


def load_bytes(data: bytes, name: str, *, with_examples: bool = True) -> Methodology:
    """Load a definition from the bytes of a file of this name."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        content = tomllib.loads(text, parse_float=Decimal)
    except UnicodeDecodeError:
        reason = "is not UTF-8 text; save it as UTF-8"
        raise DefinitionError([Problem(name, 1, "(file)", reason)]) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise DefinitionError([Problem(name, line, "(file)", str(error))]) from None
    problems = Collector(name, index_lines(text))
    digest = hashlib.sha256(text.encode()).hexdigest()
    methodology = resolve(content, problems, digest)
    _file_name_agrees(methodology, name, problems)
    order: tuple[str, ...] = ()
    if not problems.problems:
        order = apply_rules(methodology, problems)
    methodology = dataclasses.replace(methodology, order=order)
    if not problems.problems and with_examples:
        check_examples(methodology, problems)
    if problems.problems:
        raise DefinitionError(problems.problems)
    return methodology


def _whole(path: Path, reason: str) -> Problem:
    return Problem(path.name, 1, "(file)", reason)


def _file_name_agrees(m: Methodology, name: str, problems: Collector) -> None:
    if problems.problems:
        return
    expected = f"{m.id}_ver{m.padded_version}.toml"
    if name != expected:
        problems.add(
            ("methodology", "id"), f"id and version ask for the file name {expected}"
        )
