"""Fixtures of the checks of forms: `form = "MoC"` above the cases.

A case starts from the form of the project of tests/forms/example.py, complete and
correct. Of the keys of `cases.py` it takes title, edit, file, expect and mend, and

    facts    pairs of texts: what is replaced in project.toml before the form is made
    later    such pairs that are replaced after it was made
    paper    whether it is the document for Word; `file` then changes its parts
    edit     the name of a cell, `contacts[1].participant`, or an address -> what is put
             there
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jcm_xl.checks.form_run import judge_form, judge_paper
from jcm_xl.documents.methodology.word import document_docx
from jcm_xl.forms.folder import FACTS as FILE
from jcm_xl.forms.folder import open_project
from jcm_xl.model.finding import Report
from jcm_xl.projects.forms import make_form, make_paper, open_form, open_paper
from jcm_xl.xlsx.patch import CellEdit, set_cells
from tests.checks.surgery import operate
from tests.forms.example import FACTS, example_project

Pairs = tuple[tuple[str, str], ...]


def made_form(data: Mapping[str, Any]) -> bytes:
    """Make the book, or the document, of a case."""
    if data.get("paper"):
        return operate(
            _paper(data["form"], _pairs(data, "facts")), data.get("file", [])
        )
    book, cells = _made(data["form"], _pairs(data, "facts"))
    edits = []
    for place, raw in data.get("edit", {}).items():
        value = float(raw) if type(raw) is int else raw
        text = value if isinstance(value, str) else ""
        formula = text.removeprefix("=") if text.startswith("=") else None
        edits.append(
            CellEdit(
                data["form"],
                cells.get(place, place),
                None if value == "" or formula else value,
                formula,
            )
        )
    return operate(set_cells(book, edits) if edits else book, data.get("file", []))


def judge_form_case(data: Mapping[str, Any], path: Path) -> Report:
    """Judge the book of a case beside its project."""
    folder = path.parent / "project"
    if not folder.exists():
        example_project(folder)
    facts = _replaced(FACTS, (*_pairs(data, "facts"), *_pairs(data, "later")))
    (folder / FILE).write_text(facts, encoding="utf-8")
    project = open_project(folder)
    if data.get("paper"):
        return judge_paper(open_paper(path, project), path.name)
    return judge_form(open_form(path, project), path.name)


def _pairs(data: Mapping[str, Any], key: str) -> Pairs:
    return tuple((old, new) for old, new in data.get(key, []))


def _replaced(text: str, pairs: Pairs) -> str:
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


@lru_cache(maxsize=8)
def _paper(code: str, pairs: Pairs) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        project = example_project(Path(folder) / "project", _replaced(FACTS, pairs))
        return document_docx(make_paper(project, code))


@lru_cache(maxsize=32)
def _made(code: str, pairs: Pairs) -> tuple[bytes, Mapping[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        project = example_project(Path(folder) / "project", _replaced(FACTS, pairs))
        made = make_form(project, code)
    return made.data, {cell.name: cell.address for cell in made.placed.cells}
