"""The document of a methodology: its sections, as a page and for Word."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import docx

from jcm_xl.definition.library import entries
from jcm_xl.definition.load import load_bytes, load_file
from jcm_xl.documents.methodology.blocks import Document, Equation, PrintedTable, Span
from jcm_xl.documents.methodology.document import methodology_document
from jcm_xl.documents.methodology.page import document_html, methodology_html
from jcm_xl.documents.methodology.word import methodology_docx
from tests.questions import of_every

NAME = "EX_AM902_ver01.0.toml"
PATH = Path(__file__).parents[2] / "definitions" / NAME
TEXT = PATH.read_text(encoding="utf-8")
FIGURES = (
    'source = { title = "Illustrative figures", section = "I", '
    'says = "An illustration.", read = 2026-11-30, version = "1.0" }'
)
SOUND = load_file(PATH)
FILES = [entry.path for entry in entries()]


def changed(*pairs: tuple[str, str]) -> Document:
    text = TEXT
    for find, put in pairs:
        assert find in text
        text = text.replace(find, put)
    return methodology_document(load_bytes(text.encode(), NAME))


def equations(document: Document, letter: str) -> list[str]:
    section = next(s for s in document.sections if s.letter == letter)
    return [
        f"({block.number}) {block.plain}"
        for block in section.blocks
        if isinstance(block, Equation)
    ]


def words(document: Document, letter: str) -> str:
    section = next(s for s in document.sections if s.letter == letter)
    cells = [
        cell
        for block in section.blocks
        if isinstance(block, PrintedTable)
        for row in block.rows
        for cell in row
    ]
    return " | ".join(
        "".join(
            getattr(p, "text", p.plain if not isinstance(p, Span) else "") for p in cell
        )
        for cell in cells
    )


def test_the_sections_are_those_of_the_official_document() -> None:
    document = methodology_document(SOUND)
    titles = [f"{s.letter} {s.title}".strip() for s in document.sections]
    assert titles == [
        "A Title of the methodology",
        "B Terms and definitions",
        "C Summary of the methodology",
        "D Eligibility criteria",
        "E Emission sources and GHG types",
        "F Establishment and calculation of reference emissions",
        "G Calculation of project emissions",
        "H Calculation of emission reductions",
        "I Data and parameters fixed ex ante",
        "History of the document",
    ]


def test_every_equation_stands_once_on_its_side() -> None:
    document = methodology_document(SOUND)
    assert equations(document, "F") == [
        "(1) RE_p = Σ RE_i,p",
        "(2) RE_i,p = EC_PJ,i,p × (COP_PJ,i / COP_RE,i) × EF_elec",
        "(3) COP_RE,i = Table 1(CC_i)",
    ]
    assert equations(document, "G") == [
        "(4) PE_p = Σ PE_i,p",
        "(5) PE_i,p = EC_PJ,i,p × EF_elec",
    ]
    assert equations(document, "H") == ["(6) ER_p = RE_p - PE_p"]


def test_what_is_not_confirmed_makes_a_draft_and_is_listed() -> None:
    assert not methodology_document(SOUND).is_draft
    document = changed(
        (
            f'{FIGURES}\nevidence = "document"',
            f'{FIGURES}\nevidence = "recollection"',
        )
    )
    assert document.unconfirmed == (
        (
            "Reference COP by class of rated cooling capacity",
            "3 of 3 rows: recollection, not confirmed",
        ),
    )
    html = document_html(document)
    assert "DRAFT: 1 part without an official document" in html


def test_an_open_value_is_visibly_open() -> None:
    document = changed(
        (
            f"value  = 0.560\n{FIGURES.replace('figures', 'figure')}\n"
            'evidence = "document"',
            'open   = { note = "See section I.", address = "https://example.org/i" }',
        ),
        ("[examples.given]", "[examples.given]\nEF_elec = 0.56"),
    )
    assert "OPEN, in tCO2/MWh | See section I." in words(document, "I")
    assert document.unconfirmed[0] == ("EF_elec", "open: the number is not known")
    assert 'href="https://example.org/i"' in document_html(document)


def test_limits_are_told_where_the_reference_is_established() -> None:
    document = changed(
        (
            "value  = 0.560",
            'value  = 0.560\nlimits = { lower = 0.56, upper = 0.6, used = "lower" }',
        )
    )
    assert "lies between 0.56 and 0.6 tCO2/MWh; the lower value" in document_html(
        document
    )


def test_each_default_tells_its_safe_direction_and_why_or_that_nobody_knows() -> None:
    low = "It is the lower limit of what is published."
    told = words(methodology_document(SOUND), "F")
    assert f"EF_elec | a lower value credits less | {low} | recollection" in told
    reason = next(line for line in TEXT.splitlines() if low in line)
    unknown = words(changed((reason, "")), "F")
    assert "EF_elec | a lower value credits less | unknown | –" in unknown


def test_each_criterion_tells_what_it_serves_or_that_nobody_knows() -> None:
    assert " | registration, benchmark | " in words(methodology_document(SOUND), "D")
    silent = changed(('serves   = "registration"\nform     = "benchmark"', ""))
    assert " | unknown, unknown | " in words(silent, "D")


def test_foreign_text_is_text_on_the_page() -> None:
    html = document_html(
        changed(("Introduction of room", "<script>alert(1)</script> \u202eroom"))
    )
    assert "<script" not in html
    assert "\u202e" not in html
    assert html.count("<math ") == html.count("</math>") > 5


def test_a_word_file_is_the_same_twice_and_has_real_equations() -> None:
    data = methodology_docx(SOUND)
    assert data == methodology_docx(SOUND)
    epoch = (1980, 1, 1, 0, 0, 0)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {epoch}
        body = archive.read("word/document.xml").decode()
    assert body.count("</m:oMathPara>") == 6
    assert "<m:f>" in body
    document = docx.Document(BytesIO(data))
    headings = [
        p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"
    ]
    assert headings[0] == "A. Title of the methodology"
    assert headings[-1] == "History of the document"


def test_a_word_file_survives_signs_that_xml_forbids() -> None:
    text = TEXT.replace("Introduction of room", "Introduction \\u0007 of room")
    data = methodology_docx(load_bytes(text.encode(), NAME))
    title = docx.Document(BytesIO(data)).paragraphs[0].text
    assert title.startswith("Introduction \\u0007 of room")


@of_every(FILES, lambda path: path.stem)
def test_every_definition_of_the_library_has_its_page(path: Path) -> None:
    m = load_file(path, with_examples=False)
    html = methodology_html(m)
    assert html == methodology_html(m)
    printed = sorted(int(n) for n in re.findall(r'id="equation-(\d+)"', html))
    assert printed == list(range(1, len(m.formulas) + 1))
    assert ("DRAFT" in html) >= m.is_draft
