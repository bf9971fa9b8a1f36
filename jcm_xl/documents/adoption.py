"""An official workbook beside our definition, as text and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from jcm_xl.adopt.adoption import Adoption
from jcm_xl.adopt.confirmed import AdoptedOverlay
from jcm_xl.adopt.confirmed import counted as counted_of
from jcm_xl.adopt.definition_file import WrittenDefinition
from jcm_xl.adopt.drawn_definition import DrawnDefinition
from jcm_xl.adopt.items import ComparedItem, Verdict
from jcm_xl.adopt.prove import Proof
from jcm_xl.documents.lines import BLANK, Line, counted, counters, line, table
from jcm_xl.model.methodology import Methodology

CANNOT = 2
"""The exit code of a workbook that cannot be read."""
_SHOWN = 90
"""Longest text printed of one side."""


def adoption_lines(
    name: str, sha256: str, found: Adoption, *, is_whole: bool = False
) -> Iterator[Line]:
    """Yield the comparison: what differs first, then what no sheet prints.

    is_whole: list what is the same, too.
    """
    m = found.methodology
    yield line(f"{name} beside {m.key} {m.title}", "head")
    yield line(f"SHA-256 {sha256}", "dim", 2)
    yield line(_definition(m), "dim", 2)
    yield BLANK
    for item in found.differences:
        yield from _difference(item)
    if is_whole:
        yield line("the same:", "head")
        for item in found.items:
            if item.verdict is Verdict.SAME:
                yield line(f"{item.item}: {_short(item.ours)} ({item.place})", "", 2)
    yield line("not printed on any sheet:", "head")
    for item in found.items:
        if item.verdict is Verdict.NOT_PRINTED:
            where = f" ({item.place})" if item.place else ""
            yield line(f"{item.item}{where}: {item.reason}", "dim", 2)
    yield BLANK
    yield from _proof(found.proof)
    yield line(_sum(found))


def _proof(proof: Proof) -> Iterator[Line]:
    """Yield what the filled workbook gave beside our engine."""
    yield line(f"proof by calculation: {proof}", "" if proof.is_equal else "error")
    if proof.fills:
        yield line(f"the workbook was calculated by {proof.engine}", "dim", 2)
    if proof.counterexample:
        yield line(f"smallest counterexample, {proof.cell}:", "", 2)
        yield line(proof.counterexample, "", 4)
    if proof.fills and proof.reason:
        yield line(proof.reason, "dim", 2)


def adoption_dict(name: str, sha256: str, found: Adoption) -> dict[str, Any]:
    """Return the comparison for programs."""
    return {
        "file": name,
        "sha256": sha256,
        "methodology": found.methodology.key,
        "definition": found.methodology.editions,
        "items": [
            {
                "item": item.item,
                "verdict": str(item.verdict),
                "ours": item.ours,
                "official": item.official,
                "sheet": item.sheet,
                "cell": item.cell,
                "reason": item.reason,
                "counterexample": item.counterexample,
            }
            for item in found.items
        ],
        "counts": {str(v): _counts(found)[v] for v in Verdict},
        "proof": str(found.proof),
        "proof_by": found.proof.engine,
        "proof_note": found.proof.reason if found.proof.fills else "",
        "counterexample": found.proof.counterexample,
        "counterexample_cell": found.proof.cell,
    }


def definition_summary(made: WrittenDefinition) -> Iterator[Line]:
    """Yield what was replaced in a definition, and what still differs."""
    yield line(f"replaced: {', '.join(made.replaced)}")
    for item in made.left:
        yield line(f"not written, {item.verdict}: {item.item} ({item.place})", "", 2)
    words = counted(len(made.remaining), "difference")
    yield line(f"the workbook and this definition: {words}")


def drawn_summary(made: DrawnDefinition) -> Iterator[Line]:
    """Yield what a definition drawn in Excel holds, and how it was proved."""
    m, found = made.methodology, made.adoption
    parts = (
        counted(len(m.inputs), "input"), counted(len(m.formulas), "formula"),
        counted(len(m.tables), "table"),
    )  # fmt: skip
    yield line(f"{m.key}: {', '.join(parts)}", "head")
    yield line(f"the workbook calculated beside it: {found.proof}")
    for item in found.differences:
        yield from _difference(item)
    yield line(
        "The spreadsheet prints no title, eligibility criterion or emission source: "
        "their places hold a sentence that says so. `jcm-xl lint` lists what is left "
        "to write."
    )


class AdoptedRow(NamedTuple):
    """A line of the table of a folder.

    taken: how many statements the overlay confirms, or why there is none.
    """

    file: str
    methodology: str = ""
    version: str = ""
    same: int = 0
    differs: int = 0
    taken: str = ""
    proof: str = ""
    exit_code: int = CANNOT

    def as_dict(self) -> dict[str, Any]:
        """Return the line for programs."""
        return self._asdict()


def row_of(
    name: str, found: Adoption | None, *, taken: str = "", reason: str = ""
) -> AdoptedRow:
    """Return the line of one workbook; without a comparison the reason."""
    if found is None:
        return AdoptedRow(name, proof=reason)
    m, counts = found.methodology, _counts(found)
    return AdoptedRow(
        name, m.id, m.version, counts[Verdict.SAME], len(found.differences), taken,
        str(found.proof), int(not found.is_same),
    )  # fmt: skip


def adopted_table(rows: Sequence[AdoptedRow]) -> Iterator[Line]:
    """Yield one line a workbook: id, version, same, differs, taken, proof."""
    yield from table(
        ("id", "version", "same", "differs", "taken", "proof", "file"),
        (
            (row.methodology or "?", row.version or "?", str(row.same),
             str(row.differs), row.taken or "-", row.proof, row.file)
            for row in rows
        ),
    )  # fmt: skip


def overlay_summary(made: AdoptedOverlay) -> Iterator[Line]:
    """Yield what an overlay confirms, and what differs and was not taken."""
    parts = [f"{count:,} {what}" for what, count in counted_of(made.confirmed).items()]
    yield line(f"confirmed: {', '.join(parts)}")
    for item in made.left:
        yield line(f"not taken, {item.verdict}: {item.item} ({item.place})", "", 2)


def _definition(m: Methodology) -> str:
    return f"definition {m.digest[:16]}, not official in it: {counters(m)}"


def _difference(item: ComparedItem) -> Iterator[Line]:
    place = f"  {item.place}" if item.place else ""
    yield line(f"{item.verdict}: {item.item}{place}", "error")
    if item.ours:
        yield line(f"ours:     {_short(item.ours)}", "", 4)
    if item.official:
        yield line(f"official: {_short(item.official)}", "", 4)
    if item.counterexample:
        yield line(f"example:  {item.counterexample}", "", 4)
    if item.reason:
        yield line(item.reason, "dim", 4)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 3]}..."


def _counts(found: Adoption) -> Counter[Verdict]:
    return Counter(item.verdict for item in found.items)


def _sum(found: Adoption) -> str:
    counts = _counts(found)
    parts = [f"{counts[verdict]:,} {verdict}" for verdict in Verdict if counts[verdict]]
    guards = ""
    if found.guards:
        guards = f" {counted(found.guards, 'guard')} against empty cells taken off."
    return f"{', '.join(parts)}.{guards}"
