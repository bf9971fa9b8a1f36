"""Verdicts as they are kept: the JSON report without what names the judging program."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.field.book_text import rebuild

FOLDER = Path(__file__).parent
TODAY = "2026-11-30"
PROSE = ("message", "remedy", "basis", "page")
_ENGINE = re.compile(r"(?<=IronCalc )\d+(\.\d+)*")


@dataclass(frozen=True)
class Kept:
    """A book of a release with its verdict.

    made: how the book was made and what is wrong with it. plan: the name of the kept
    book that it was judged against, if any.
    """

    release: str
    name: str
    file: str
    made: str
    plan: str
    report: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.release}-{self.name}"

    @property
    def text(self) -> str:
        """Return the book as text."""
        path = FOLDER / self.release / f"{self.name}.book"
        return path.read_text(encoding="utf-8")

    def write(self, folder: Path) -> Path:
        """Rebuild the book in a folder."""
        path = folder / self.file
        path.write_bytes(rebuild(self.text))
        return path


def kept_books() -> Iterator[Kept]:
    """Yield the books of all releases."""
    for path in sorted(FOLDER.glob("*/*.json")):
        facts = json.loads(path.read_text(encoding="utf-8"))
        yield Kept(path.parent.name, path.stem, **facts)


def trimmed(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return the report on the one file of a JSON document.

    Left out are the versions of the programs, where a rule is described, and the prose
    of a finding: its code and what was found, expected and where say what it means.
    """
    (facts,) = report["files"]
    versions = {k: v for k, v in facts["versions"].items() if k != "jcm_xl"}
    findings = [_without_prose(finding) for finding in facts["findings"]]
    judged = {**facts, "versions": versions, "findings": findings}
    whole: dict[str, Any] = json.loads(_ENGINE.sub("*", json.dumps(judged)))
    return whole


def _without_prose(finding: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in finding.items() if key not in PROSE}


def differences(was: Any, now: Any, place: str = "") -> Iterator[str]:
    """Yield where a verdict is not what it was; a mapping may have gained keys."""
    if isinstance(was, dict) and isinstance(now, dict):
        for key, value in was.items():
            yield from differences(value, now.get(key), f"{place}.{key}")
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for number, (old, new) in enumerate(zip(was, now, strict=True)):
            yield from differences(old, new, f"{place}[{number}]")
    elif was != now:
        yield f"{place.lstrip('.')}: was {was!r}, is {now!r}"
