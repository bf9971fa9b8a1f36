"""Each function that the second engine is given means the same in LibreOffice."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from jcm_xl.definition.library import entries, load
from jcm_xl.formula.scan import PROVED, scan
from jcm_xl.formula.second_engine import evaluate
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import make_plan
from jcm_xl.xlsx.grid import CellError, address, parse_address
from jcm_xl.xlsx.read import read_grid
from tests.office.harness import Office

TABLE = tomllib.loads(
    Path(__file__).with_name("second_opinion.toml").read_text(encoding="utf-8")
)
KNOWN = {name for known in TABLE["difference"] for name in known["formulas"]}
_CALL = re.compile(r"([A-Z]+)\(")


def formulas() -> Iterator[tuple[str, str]]:
    """Yield (as the table spells it, as the sheet does) of every formula."""
    places = {name: f"A{n}" for n, name in enumerate(TABLE["values"], 1)}
    for text in TABLE["formulas"]["single"]:
        for name, place in places.items():
            if re.search(r"\bx\b", text):
                yield f"{text} of {name}", re.sub(r"\bx\b", place, text)
    names = list(TABLE["values"])
    first, last = (names.index(name) + 1 for name in ("negative", "near"))
    ranges = {"all": f"$A$1:$A${len(names)}", "sound": f"$A${first}:$A${last}"}
    for text in TABLE["formulas"]["column"]:
        for name, area in ranges.items():
            spelled = re.sub(r"\bt\b", "$B$1:$B$4", re.sub(r"\br\b", area, text))
            yield f"{text} of {name}", spelled


def book(path: Path) -> dict[str, str]:
    """Write the book; return the formulas by the address of their cell."""
    made = {}
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Edges")
        for row, value in enumerate(TABLE["values"].values()):
            if isinstance(value, str) and value.startswith("'"):
                sheet.write_string(row, 0, value[1:])
            elif value != "":
                sheet.write(row, 0, value)
        for row in range(4):
            sheet.write_number(row, 1, row * 2 + 1)
        for row, (name, formula) in enumerate(formulas()):
            sheet.write_formula(row, 3, f"={formula}")
            made[name] = address(row + 1, 4)
    return made


def test_every_proved_function_is_in_the_table() -> None:
    used = {name for _, text in formulas() for name in _CALL.findall(text)}
    assert used == PROVED


def test_the_second_engine_may_be_given_every_official_formula_of_the_library() -> None:
    refused = set()
    for entry in entries():
        plan = make_plan(load(entry.key), edition=Edition(monthly=True))
        for slot in plan.slots.values():
            if slot.formula and slot.sheet in plan.official:
                refused.add(scan(slot.formula).refusal)
    assert refused == {""}


@pytest.mark.office
def test_both_engines_give_the_same(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "edges.xlsx"
    made = book(path)
    there = office.recalculate(path)["Edges"]
    places = {name: ("Edges", *parse_address(at)) for name, at in made.items()}
    answers = evaluate(read_grid(path), list(places.values()))
    differing = {}
    for name, place in places.items():
        answer, theirs = answers[place], there.get(made[name], "")
        ours = (
            answer.value.code if isinstance(answer.value, CellError) else answer.value
        )
        if answer.reason or not same(ours, theirs):
            differing[name] = (answer.reason or ours, theirs)
    unknown = {name: pair for name, pair in differing.items() if name not in KNOWN}
    assert unknown == {}
    assert differing.keys() >= KNOWN, "a known difference is gone: strike it out"


def same(ours: object, theirs: object) -> bool:
    if isinstance(ours, float | bool) and isinstance(theirs, float | int):
        return abs(ours - theirs) <= 1e-9 * max(1, abs(ours))
    return (ours if ours is not None else "") == theirs
