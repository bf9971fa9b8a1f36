"""Everything that jcm_xl writes for Office, one by one: name and how it is made."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from jcm_xl import api
from jcm_xl.adopt.fill_in import FillableFile
from jcm_xl.copies.annotate import annotate
from jcm_xl.definition.library import entries, load
from jcm_xl.inputs.example import example_inputs
from jcm_xl.model.key import Key
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import Submission
from jcm_xl.plan.edition import Edition
from jcm_xl.projects.forms import make_form
from jcm_xl.submission.settings import AS_USUAL
from jcm_xl.xlsx.package import open_bytes
from jcm_xl.xlsx.read import read_grid
from tests.foreign.official import Hand, by_hand
from tests.foreign.test_read import HANDS
from tests.forms.example import KNOWN as FORMS
from tests.forms.example import example_project
from tests.keys import texts
from tests.support import example_book

_MACROS = "excel"
VARIANTS: Mapping[str, Mapping[str, Any]] = {
    "plain": {},
    "months and meters": {"monthly": True, "meters": True},
    "Japanese": {"language": "ja"},
    "macros": {"live": _MACROS, "monthly": True, "meters": True},
    "LibreOffice": {"live": "libreoffice"},
    "Lite": {"live": "lite"},
}
"""The editions of a book, by the arguments that ask for them."""


PASSPORT_OF = ("ID_AM003@1.0", "TH_AM001@3.0")
"""Definitions whose formulas the passport tries that is looked at."""


class Written(NamedTuple):
    """A file that we write: what it is, how its name ends, how it is made."""

    name: str
    ending: str
    make: Callable[[], bytes]


def books(m: Methodology, variant: str) -> Iterator[Written]:
    """Yield the blank of a methodology and the first example, filled."""
    edition = VARIANTS[variant]
    ending = ".xlsm" if edition.get("live") == _MACROS else ".xlsx"
    yield Written(
        f"{m.key} {variant}, blank", ending, functools.partial(api.new, m, **edition)
    )
    if m.examples:
        yield Written(
            f"{m.key} {variant}, filled", ending,
            lambda: api.fill(m, example_inputs(m), **edition),
        )  # fmt: skip


def examples(m: Methodology) -> Iterator[Written]:
    """Yield the further examples of a methodology, filled."""
    for number in range(1, len(m.examples)):
        yield Written(
            f"{m.key}, example {number + 1}", ".xlsx",
            lambda n=number: api.book(*example_book(m, number=n)),  # type: ignore[misc]
        )  # fmt: skip


def copies(m: Methodology) -> Iterator[Written]:
    """Yield what is made of a filled book: marked, mended, carried on."""
    if not m.examples:
        return
    made: Mapping[str, Callable[[Path], bytes]] = {
        "annotated": lambda path: annotate(path, AS_USUAL, "en")[0],
        "annotated, Japanese": lambda path: annotate(path, AS_USUAL, "ja")[0],
        "repaired": lambda path: api.repair(path).data,
        "carried on": lambda path: api.new(m, plan=path),
        "typed into": lambda path: api.type_in(path.read_bytes(), {("MSS", "B7"): "x"}),
    }
    for name, make in made.items():
        yield Written(f"{m.key}, {name}", ".xlsx", functools.partial(_of, m, make))


def in_place(m: Methodology) -> Iterator[Written]:
    """Yield a hand-made blank filled in place, by every hand, and one annotated."""
    _, submission = example_book(m.key)
    for name, hand in HANDS.items():
        yield Written(
            f"{m.key}, filled in place, {name}", ".xlsx",
            functools.partial(_filled_in_place, m, submission, hand),
        )  # fmt: skip
    yield Written(f"{m.key}, annotated itself", ".xlsx",
                  functools.partial(_annotated_itself, m, submission))  # fmt: skip


def _filled_in_place(m: Methodology, submission: Submission, hand: Hand) -> bytes:
    empty = {key: "" for key in texts(submission.values) if ".value:" in key}
    blank = by_hand(m, submission, replace(hand, edit={**hand.edit, **empty}))
    package = open_bytes(blank, "official.xlsx")
    return FillableFile(package, read_grid(package), m).filled(submission).data


def _annotated_itself(m: Methodology, submission: Submission) -> bytes:
    fault = {key: "n/a" for key in texts(submission.values) if ".value:" in key}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(by_hand(m, submission, Hand(edit=fault)))
        return api.annotate(path)[0]


def _with_a_fault(m: Methodology) -> bytes:
    """Return a filled book whose plan gives another quantity."""
    plan, submission = api.filled(m, example_inputs(m), Edition())
    fault = {Key("mps", "quantity", m.results.reduction): 52.0}
    return api.book(plan, submission, fault)


def _of(m: Methodology, make: Callable[[Path], bytes]) -> bytes:
    data = _with_a_fault(m)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(data)
        return make(path)


def documents(m: Methodology) -> Iterator[Written]:
    """Yield the net figures as charts, the list of gaps and the document for Word."""
    from jcm_xl.definition.gaps import gaps_of
    from jcm_xl.documents.methodology.word import methodology_docx
    from jcm_xl.writing.gap_sheet import write_gap_sheet
    from jcm_xl.writing.net_book import write_net_book

    if m.examples:
        yield Written(
            f"{m.key}, net", ".xlsx", lambda: write_net_book("Net", api.net(m.key).net)
        )
    yield Written(
        f"{m.key}, gaps",
        ".xlsx",
        lambda: write_gap_sheet(list(gaps_of(m, with_texts=True))),
    )
    yield Written(f"{m.key}, document", ".docx", lambda: methodology_docx(m))


def others() -> Iterator[Written]:
    """Yield what is of no methodology: the table of many books, the add-in, forms."""
    from jcm_xl.hosts.excel.xlam import excel_addin
    from jcm_xl.hosts.passport.book import passport

    yield Written("the table of many books", ".xlsx", _table)
    yield Written("the add-in for Excel", ".xlam", lambda: excel_addin(""))
    for has_macros in (False, True):
        make = functools.partial(passport, PASSPORT_OF, has_macros=has_macros)
        yield Written("a passport", ".xlsm" if has_macros else ".xlsx", make)
    for code in FORMS:
        yield Written(f"form {code}", ".xlsx", functools.partial(_form, code))


def _form(code: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        project = example_project(Path(folder) / "project")
        return make_form(project, code).data


def _table() -> bytes:
    from jcm_xl.bulk.row import row_of, said
    from jcm_xl.bulk.table import xlsx_table
    from jcm_xl.text.languages import messages

    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for key in ("TH_AM001@1.0", "ID_AM003@1.0"):
            paths.append(Path(folder) / f"{key}.xlsx")
            paths[-1].write_bytes(api.book(*example_book(key)))
        paths.append(Path(folder) / "none.xlsx")
        reports = zip(paths, api.check_many(paths), strict=True)
        rows = [said(row_of(r, str(path)), [messages("en")]) for path, r in reports]
        return xlsx_table(rows, messages("en"))


def everything() -> Iterator[Written]:
    """Yield all of it: every definition in every edition, and what is made of them."""
    for entry in entries():
        m = load(entry.key)
        for variant in VARIANTS:
            yield from books(m, variant)
        yield from examples(m)
        yield from copies(m)
        yield from documents(m)
    yield from others()
