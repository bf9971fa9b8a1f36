"""An official workbook adopted: found, lifted and compared with its definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jcm_xl.adopt.beside import compare_beside
from jcm_xl.adopt.find import find
from jcm_xl.adopt.formulas import Formulas
from jcm_xl.adopt.found import OfficialSheets
from jcm_xl.adopt.items import ComparedItem, Verdict, once
from jcm_xl.adopt.lift import Lifter
from jcm_xl.adopt.names import Names
from jcm_xl.adopt.prove import FILLS, NOT_TRIED, Proof, prove
from jcm_xl.adopt.rows import RowComparison, key_of
from jcm_xl.dataclass import dataclass
from jcm_xl.errors import JcmError
from jcm_xl.expr.nodes import Expr
from jcm_xl.foreign.match import Named
from jcm_xl.model.methodology import Formula, Methodology, Parameter
from jcm_xl.plan.builder import STAGES
from jcm_xl.plan.layout import Layout
from jcm_xl.plan.layout import layout as official_layout
from jcm_xl.xlsx.grid import Grid


class CannotAdopt(JcmError):
    """A workbook in which no sheet of a monitoring spreadsheet was found."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """What an official workbook says beside our definition.

    items:  the verdicts, each item once a sheet where it is the same.
    guards: how many formulas had a guard against empty cells that was taken off.
    proof:  what the filled workbook gives beside our engine.
    trees:  formula -> what the workbook calculates, where our language can say it and
            all of its cells do the same.
    """

    methodology: Methodology
    sheets: OfficialSheets
    items: tuple[ComparedItem, ...]
    guards: int
    proof: Proof
    trees: Mapping[str, Expr]

    @property
    def differences(self) -> tuple[ComparedItem, ...]:
        """Return what somebody has to look at."""
        return tuple(item for item in self.items if item.verdict.is_difference)

    @property
    def is_same(self) -> bool:
        """Tell whether all that the workbook prints is as the definition has it."""
        return not self.differences and self.proof.equal == self.proof.fills


def adopt(
    grid: Grid, m: Methodology, layout: Layout | None = None, fills: int = FILLS
) -> Adoption:
    """Compare an official workbook with a definition; raise `CannotAdopt`.

    Words and columns are those of `layout`, as far as no sheet has its own. fills: how
    often workbook and engine are filled and calculated, 0 for not at all.
    """
    layout = layout or official_layout()
    sheets = find(grid, Names(m), layout)
    if not sheets.labelled:
        raise CannotAdopt(
            "no table and no calculation of a monitoring spreadsheet was found in it. "
            "adopt reads the approved methodology spreadsheet, as it was published."
        )
    lifter = Lifter(grid, sheets)
    formulas = Formulas(m, lifter)
    rows = RowComparison(m, grid, sheets, layout).compare()
    found = [*rows, *compare_beside(m, sheets), *formulas.compare()]
    found += _missing(m, sheets, formulas, found)
    items = (*once(found), *_never_printed(m))
    proof = prove(m, grid, lifter, fills) if fills else NOT_TRIED
    trees = {
        name: tree
        for name, found_ in formulas.trees.items()
        if len(found_) == 1 and (tree := next(iter(found_))) is not None
    }
    return Adoption(m, sheets, items, len(lifter.guards), proof, trees)


def _missing(
    m: Methodology, sheets: OfficialSheets, formulas: Formulas,
    found: list[ComparedItem],
) -> Iterator[ComparedItem]:  # fmt: skip
    """Yield what the definition has and the sheets of a stage do not print."""
    wrong = {i.item for i in found if i.verdict.is_difference}
    differing = [name for name in m.formulas if f"formulas.{name}" in wrong]
    given = set(sheets.given())
    there = [s for s in STAGES if f"{s}_calc" in sheets.views]
    for stage in there:
        sheet = sheets.views[f"{stage}_calc"].name
        labelled = [f for f in sheets.labelled if f.stage == stage]
        printed = {f.item.name for f in labelled}
        typed = {f.item.name for f in labelled if f.part.is_typed} | given
        for item in (*m.items, *m.constants.values()):
            is_asked = isinstance(item, Parameter) and item.is_input
            if item.name not in (typed if is_asked else printed):
                yield _unprinted(item, sheet, differing)
        for name, table in m.tables.items():
            if (stage, name) not in formulas.tables:
                reason = "no look-up was found in its place; its formulas are compared"
                yield ComparedItem(f"tables.{name}", Verdict.NOT_PRINTED, table.label,
                                   "", sheet, "", reason)  # fmt: skip


def _unprinted(item: Named, sheet: str, differing: list[str]) -> ComparedItem:
    """Return the verdict on an item without a cell; `differing`: formulas that do."""
    key = key_of(item)
    if isinstance(item, Parameter) and item.is_input:
        return ComparedItem(key, Verdict.ONLY_OURS, item.label, "", sheet, "",
                            "no row has its symbol or wording")  # fmt: skip
    ours = item.text if isinstance(item, Formula) else str(item.value)
    reason = (
        "it is calculated within the cells of other quantities"
        if isinstance(item, Formula)
        else "it stands as a number in the formulas that use it"
    )
    if differing:
        reason += f"; of these differ: {', '.join(differing)}"
    return ComparedItem(key, Verdict.NOT_PRINTED, ours, "", sheet, "", reason)


_DOCUMENT = "it stands in the methodology document, not in its spreadsheet"
_OURS = "it is an aid of the definition; no spreadsheet has it"


def _never_printed(m: Methodology) -> Iterator[ComparedItem]:
    """Yield what no monitoring spreadsheet prints, each with the reason."""
    parts = [
        ("methodology.title", bool(m.title), _DOCUMENT),
        ("methodology.approved", bool(m.approved), _DOCUMENT),
        ("methodology.gases", bool(m.gases), _DOCUMENT),
        ("summary", bool(m.summary), _DOCUMENT),
        ("terms", bool(m.terms), _DOCUMENT),
        ("eligibility", bool(m.criteria), _DOCUMENT),
        ("emission_sources", bool(m.emission_sources), _DOCUMENT),
        ("history", bool(m.history), _DOCUMENT),
        ("sources and evidence", True, _OURS),
        ("parameters: range, plausible, required_when, note", True, _OURS),
        ("sets: label, max_rows", bool(m.sets), _OURS),
        ("examples, net reduction", True, _OURS),
    ]
    for name, is_there, reason in parts:
        if is_there:
            yield ComparedItem(name, Verdict.NOT_PRINTED, reason=reason)
