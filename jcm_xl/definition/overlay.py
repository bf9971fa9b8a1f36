"""An overlay: official figures for a definition whose own file stays untouched.

It is merged with the definition's dictionary before that is resolved, so that the
amended definition passes every rule a definition passes. What an overlay may say is in
`amend.py`.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from jcm_xl.dataclass import dataclass
from jcm_xl.definition.amend import BLOCKS, Amendment, Translate, amend, translation
from jcm_xl.definition.block import Block
from jcm_xl.definition.examples import check_examples
from jcm_xl.definition.families import Family
from jcm_xl.definition.lines import KeyPath, index_lines
from jcm_xl.definition.load import MAX_BYTES, parse_toml, read_file
from jcm_xl.definition.problems import Collector, DefinitionError, Problem
from jcm_xl.definition.resolve import resolve
from jcm_xl.definition.rules import apply_rules
from jcm_xl.model.methodology import Methodology, Overlay
from jcm_xl.plain_file import TooLarge, read_plain

SCHEMA = 1
SUFFIX = ".overlay.toml"
_HEAD = ("schema", "overlay", "confirmed_by", "confirmed_on", "source")


class OverlayError(DefinitionError):
    """An overlay that cannot be used; `problems` lists every fault."""

    subject = "overlay"


_NAME = re.compile(r"^([A-Z]{2}_(?:AM|PM)\d{3})_ver(\d{2}\.\d)\.overlay\.toml$")


@dataclass(frozen=True, slots=True)
class Amended:
    """A definition with its overlay, and what its author should look at.

    hints: examples that no longer hold, because the official number is another.
    """

    methodology: Methodology
    hints: tuple[str, ...]


def overlay_name(m: Methodology) -> str:
    """Return how the overlay file of a methodology is called."""
    return f"{m.id}_ver{m.padded_version}{SUFFIX}"


def prove(definition: Path, overlay: Path, *, with_examples: bool = True) -> Amended:
    """Load a definition with an overlay and tell which examples no longer hold.

    Raises `OverlayError` with every problem of the overlay at once.
    """
    try:
        data = read_plain(overlay, MAX_BYTES)
    except TooLarge:
        raise OverlayError([_whole(overlay.name, "is larger than 2 MB")]) from None
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
        raise OverlayError([_whole(overlay.name, reason)]) from None
    return prove_bytes(definition, data, overlay.name, with_examples=with_examples)


def prove_bytes(
    definition: Path, data: bytes, name: str, *, with_examples: bool = True
) -> Amended:
    """Load a definition with the bytes of an overlay file of this name."""
    base = read_file(definition, with_examples=False)
    if base.methodology is None:
        raise DefinitionError(base.problems)
    text, content = _read(data, name)
    problems = Collector(name, index_lines(text))
    top = Block(content, (), problems)
    about = _about(top, base.methodology, text)
    amendment = amend(base.content, top, _source(top))
    _refuse_unknown(top)
    _agree_on_name(name, base.methodology, problems)
    about = dataclasses.replace(about, entries=tuple(amendment.entries))
    digest = hashlib.sha256((about.base + about.digest).encode()).hexdigest()
    m = _resolved(amendment, problems, digest)
    if problems.problems:
        raise OverlayError(problems.problems)
    m = dataclasses.replace(m, overlay=about)
    return Amended(m, _hints(m) if with_examples else ())


def _read(data: bytes, name: str) -> tuple[str, dict[str, Any]]:
    try:
        return parse_toml(data, name)
    except DefinitionError as error:
        raise OverlayError(error.problems) from None


def _whole(name: str, reason: str) -> Problem:
    return Problem(name, 1, "(file)", reason)


def _about(top: Block, m: Methodology, text: str) -> Overlay:
    if top.raw("schema") != SCHEMA:
        top.fault("schema", f"this version reads schema = {SCHEMA}")
    key = top.text("overlay", required=True)
    if key and key != m.key:
        reason = f"'{key}' is not the definition it was read for, {m.key}"
        top.fault("overlay", reason, Family.IDENTITY)
    day = top.date("confirmed_on")
    if "confirmed_on" not in top:
        top.lacks("confirmed_on", "missing; the day on which it was confirmed")
    return Overlay(
        file=top.problems.file,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        base=m.digest,
        confirmed_by=" ".join(top.text("confirmed_by", required=True).split()),
        confirmed_on=day or date.min,
        entries=(),
    )


def _source(top: Block) -> Any:
    """Return the source of the entries that name none of their own."""
    inner = top.block("source")
    if inner is None:
        return None
    title = inner.text("title", required=True)
    for key in ("address", "section", "seen_at", "says", "version"):
        inner.text(key)
    inner.date("retrieved")
    inner.date("read")
    inner.close()
    given = {key: inner.raw(key) for key in inner.names()}
    return {k: v for k, v in given.items() if isinstance(v, str)} | {"title": title}


def _refuse_unknown(top: Block) -> None:
    for key in (*_HEAD, *BLOCKS):
        top.raw(key)
    top.close()
    if not any(key in top for key in BLOCKS):
        top.fault("", "it confirms nothing; give at least one number or text")


def _agree_on_name(name: str, m: Methodology, problems: Collector) -> None:
    expected = overlay_name(m)
    if name != expected:
        reason = f"the overlay of {m.key} is to be called {expected}"
        problems.add(("overlay",), reason, Family.IDENTITY)


def key_of(name: str) -> str:
    """Return the methodology an overlay file is for, by its name."""
    match = _NAME.match(name)
    if match is None:
        reason = "an overlay is called like TH_AM001_ver03.0.overlay.toml"
        raise OverlayError([_whole(name, reason)])
    return f"{match[1]}@{match[2]}"


@dataclass(slots=True)
class _Translating(Collector):
    """Notes problems of the amended definition where the overlay causes them."""

    translate: Translate = lambda path: path

    def add(self, path: KeyPath, reason: str, family: Family | None = None) -> None:
        """Note a problem at a key path of the definition."""
        Collector.add(self, self.translate(path), reason, family)


def _resolved(amendment: Amendment, problems: Collector, digest: str) -> Methodology:
    """Resolve the amended definition and apply the rules."""
    translate = translation(amendment.content, amendment.places)
    found = _Translating(
        problems.file, problems.lines, problems.problems, translate=translate
    )
    m = resolve(amendment.content, found, digest)
    order = () if problems.problems else apply_rules(m, found)
    return dataclasses.replace(m, order=order)


def _hints(m: Methodology) -> tuple[str, ...]:
    """Return the examples that the official figures no longer reproduce."""
    assert m.overlay is not None
    problems = Collector(m.key)
    check_examples(m, problems)
    found: dict[int, list[str]] = {}
    for problem in problems.problems:
        number = int(problem.key.split(".")[1])
        found.setdefault(number, []).append(problem.reason)
    return tuple(
        f"Example {number + 1} ({m.examples[number].title}) no longer holds: "
        f"{reasons[0]}{_more(len(reasons) - 1)}."
        for number, reasons in found.items()
    )


def _more(count: int) -> str:
    return f" (and {count} more)" if count else ""


def amended(definition: Path, overlay: Path) -> Methodology:
    """Load a definition with its overlay, once as long as neither file changes."""
    changed = definition.stat().st_mtime_ns, overlay.stat().st_mtime_ns
    return _amended(definition, overlay, changed)


@lru_cache(maxsize=256)
def _amended(definition: Path, overlay: Path, _: tuple[int, int]) -> Methodology:
    return prove(definition, overlay, with_examples=False).methodology
