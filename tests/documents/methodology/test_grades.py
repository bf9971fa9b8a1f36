"""The page that counts what was read of each definition is that of the library."""

from __future__ import annotations

from pathlib import Path

from jcm_xl.definition.library import entries, load
from jcm_xl.documents.methodology.grades import grades_page, repeated
from jcm_xl.model.methodology import Evidence, Matter

PAGE = Path(__file__).parents[3] / "docs" / "definitions.md"


def test_the_committed_page_is_that_of_the_library() -> None:
    every = [load(entry.key) for entry in entries()]
    assert PAGE.read_text(encoding="utf-8") == grades_page(every), (
        "Write it anew: make docs"
    )


def test_no_document_is_without_clause_and_day() -> None:
    """The loader refuses one; the page counts none that it could not show."""
    for entry in entries():
        m = load(entry.key)
        sources = [
            p.source for p in m.parameters.values() if p.evidence is Evidence.DOCUMENT
        ]
        sources += [
            row.source
            for t in m.tables.values()
            for row in t.rows
            if row.evidence is Evidence.DOCUMENT
        ]
        sources += [
            part.source
            for part in (*m.formulas.values(), *m.criteria, *m.terms)
            if part.evidence is Evidence.DOCUMENT
        ]
        sources += [
            block.cited
            for p in m.parameters.values()
            for block in p.monitoring
            if block.evidence is Evidence.DOCUMENT
        ]
        for source in sources:
            assert source is not None
            assert source.section
            assert source.says
            assert source.read
            assert source.version == m.version


def test_no_number_is_stated_by_several_definitions() -> None:
    found = repeated([load(entry.key) for entry in entries()])
    assert found == (), (
        "Put each into workbook_templates/facts/numbers.toml and cite it: fact = '...'"
    )


def test_the_counts_add_up() -> None:
    for entry in entries():
        m = load(entry.key)
        for matter in Matter:
            assert m.tallies[matter].total == sum(
                s.matter is matter for s in m.statements
            )
