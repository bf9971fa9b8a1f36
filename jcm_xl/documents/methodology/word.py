"""A methodology document for Word: the same blocks, with equations Word can edit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

from jcm_xl.documents.methodology.blocks import (
    Document,
    DocumentBlock,
    Equation,
    Heading,
    InlineFormula,
    InlineText,
    Paragraph,
    PrintedTable,
    Section,
    Span,
)
from jcm_xl.documents.methodology.document import methodology_document
from jcm_xl.expr.to_omml import to_omml
from jcm_xl.model.methodology import Methodology
from jcm_xl.text.visible import visible
from jcm_xl.writing.zipped import unzipped, zipped

_DAWN = datetime(2000, 1, 1)
"""Stands for every date in the file, so that making it twice gives the same bytes."""
_PAGE_CM = 17.0
_COLOURS = {"weak": "8A3D00", "open": "93170B", "sure": "1B6B2F", "dim": "57606A"}
_BOLD = {"strong", "weak", "open"}
_HEAD, _DRAFT, _NOTICE, _PLAIN = "E7EEF6", "FFF7E6", "F4F8FC", "F4F6F8"


def methodology_docx(m: Methodology) -> bytes:
    """Return the document as a .docx file."""
    return document_docx(methodology_document(m))


def document_docx(document: Document) -> bytes:
    """Return a document that was built already."""
    return _Word(document).data()


class _Word:
    """Writes one document with python-docx."""

    def __init__(self, document: Document) -> None:
        import docx

        self._document = document
        self._word: Any = docx.Document()
        self._marks = 0

    def data(self) -> bytes:
        self._set_up()
        self._cover()
        for section in self._document.sections:
            self._section(section)
        self._lines(self._word.add_paragraph(), (Span(self._document.made, "dim"),))
        stream = BytesIO()
        self._word.save(stream)
        return _without_times(stream.getvalue())

    def _set_up(self) -> None:
        from docx.shared import Cm, Pt

        properties = self._word.core_properties
        title = f"{self._document.spreadsheet_id}: {self._document.title}"
        properties.title = visible(title)[:255]  # Word takes no more
        properties.author = properties.last_modified_by = "jcm_xl"
        properties.comments = self._document.made
        properties.created = properties.modified = _DAWN
        page = self._word.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2)
        page.top_margin = page.bottom_margin = Cm(2)
        styles = self._word.styles
        for name, size in (("Normal", 10), ("Title", 20), ("Heading 1", 14)):
            styles[name].font.size = Pt(size)
            styles[name].font.name = "Calibri"
        styles["Normal"].paragraph_format.space_after = Pt(4)
        for name in ("Heading 1", "Heading 2"):
            styles[name].paragraph_format.keep_with_next = True
        draft = " – DRAFT" if self._document.is_draft else ""
        page.header.paragraphs[0].text = f"{self._document.spreadsheet_id}{draft}"
        self._page_number(page.footer.paragraphs[0])

    def _page_number(self, paragraph: Any) -> None:
        paragraph._p.append(_xml(
            f'<w:fldSimple {_word_namespace()} w:instr="PAGE"><w:r><w:t>1</w:t></w:r>'
            "</w:fldSimple>"
        ))  # fmt: skip

    # -- cover -----------------------------------------------------------------------

    def _cover(self) -> None:
        document = self._document
        self._word.add_heading(visible(document.title), 0)
        if document.is_draft:
            self._draft()
        cell = self._box(_NOTICE)
        self._lines(cell.paragraphs[0], document.notice)
        self._word.add_paragraph()
        rows = [((Span(name, "strong"),), cell) for name, cell in document.facts]
        self._table(rows, (28, 72), first_column=_PLAIN)
        self._word.add_paragraph()

    def _draft(self) -> None:
        document = self._document
        count = len(document.unconfirmed)
        noun = "part" if count == 1 else "parts"
        cell = self._box(_DRAFT)
        head = f"DRAFT: {count} {noun} without an official document"
        self._lines(cell.paragraphs[0], (Span(head, "weak"),))
        why = "Compare these with the approved text before anything rests on them:"
        self._lines(cell.add_paragraph(), (Span(why),))
        for name, reason in document.unconfirmed:
            words = (Span(f"• {name}", "strong"), Span(f" – {reason}"))
            paragraph = cell.add_paragraph()
            paragraph.paragraph_format.space_after = 0
            self._lines(paragraph, words)
        self._word.add_paragraph()

    def _box(self, colour: str) -> Any:
        table = self._new_table(1, (100,))
        _shade(table.cell(0, 0), colour)
        return table.cell(0, 0)

    # -- sections --------------------------------------------------------------------

    def _section(self, section: Section) -> None:
        letter = f"{section.letter}. " if section.letter else ""
        self._word.add_heading(f"{letter}{section.title}", 1)
        for block in section.blocks:
            self._block(block)

    def _block(self, block: DocumentBlock) -> None:
        match block:
            case Heading(text):
                self._word.add_heading(text, 2)
            case Paragraph(text):
                self._lines(self._word.add_paragraph(), text)
            case PrintedTable():
                self._grid(block)
            case Equation():
                self._equation(block)

    def _grid(self, grid: PrintedTable) -> None:
        if grid.title:
            paragraph = self._word.add_paragraph()
            paragraph.paragraph_format.keep_with_next = True
            self._lines(paragraph, (Span(grid.title, "strong"),))
        head = tuple((Span(heading, "strong"),) for heading in grid.headings)
        self._table((head, *grid.rows), grid.widths, first_row=_HEAD)
        self._word.add_paragraph()

    def _equation(self, equation: Equation) -> None:
        label = (Span(equation.label, "strong"), Span(f" ({equation.unit})"))
        paragraph = self._word.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        self._lines(paragraph, label)
        table = self._new_table(1, (90, 10), style="Normal Table")
        left, right = table.rows[0].cells
        left.paragraphs[0]._p.append(_xml(visible(to_omml(equation.box))))
        self._lines(right.paragraphs[0], (Span(f"({equation.number})"),))
        if equation.note:
            self._lines(self._word.add_paragraph(), (Span(equation.note, "dim"),))
        self._lines(self._word.add_paragraph(), equation.trust)
        if equation.where is not None:
            self._grid(equation.where)

    # -- tables and text -------------------------------------------------------------

    def _table(
        self,
        rows: Sequence[Sequence[InlineText]],
        widths: Sequence[int],
        *,
        first_row: str = "",
        first_column: str = "",
    ) -> None:
        table = self._new_table(len(rows), widths)
        for number, row in enumerate(rows):
            # Asking the table for single cells takes a time that grows as its square.
            for place, (target, cell) in enumerate(
                zip(table.rows[number].cells, row, strict=True)
            ):
                target.paragraphs[0].paragraph_format.space_after = 0
                self._lines(target.paragraphs[0], cell)
                colour = first_row if number == 0 else ""
                if colour := colour or (first_column if place == 0 else ""):
                    _shade(target, colour)
            _keep_together(
                table.rows[number], is_heading=number == 0 and bool(first_row)
            )

    def _new_table(
        self, rows: int, widths: Sequence[int], style: str = "Table Grid"
    ) -> Any:
        from docx.shared import Cm

        table = self._word.add_table(rows, len(widths))
        table.style = style
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(_PAGE_CM * width / 100)
            for cell in column.cells:
                cell.width = column.width
        return table

    def _lines(self, paragraph: Any, cell: InlineText) -> None:
        for piece in cell:
            if isinstance(piece, InlineFormula):
                math = to_omml(piece.box, is_block=False)
                paragraph._p.append(_xml(visible(math)))
            else:
                self._span(paragraph, piece)

    def _span(self, paragraph: Any, span: Span) -> None:
        parent = paragraph._p
        if span.address.startswith(("https://", "http://")):
            from docx.opc.constants import RELATIONSHIP_TYPE

            link = paragraph.part.relate_to(
                visible(span.address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
            names = f'{_word_namespace()} {_word_namespace("r")} r:id="{link}"'
            hyperlink = _xml(f"<w:hyperlink {names}/>")
            parent.append(hyperlink)
            run = paragraph.add_run()
            hyperlink.append(run._r)
            _paint(run, "0B5394")
            run.underline = True
        else:
            run = paragraph.add_run()
            run.bold = True if span.style in _BOLD else None
            if span.style in _COLOURS:
                _paint(run, _COLOURS[span.style])
        for number, part in enumerate(span.text.split("\n")):
            if number:
                run.add_break()
            run.add_text(visible(part))
        if span.tag:
            self._name(parent, span.tag, run._r)

    def _name(self, parent: Any, tag: str, run: Any) -> None:
        """Give a run a name that stays with it when the file is edited.

        A content control is held best by Word; LibreOffice drops its tag and keeps a
        bookmark, so there are both.
        """
        self._marks += 1
        names = f'{_word_namespace()} w:id="{self._marks}"'
        parent.append(_xml(f"<w:bookmarkStart {names} w:name={quoteattr(tag)}/>"))
        parent.append(_content_control(tag, run))
        parent.append(_xml(f"<w:bookmarkEnd {names}/>"))


def _xml(text: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(text)


def _content_control(tag: str, run: Any) -> Any:
    """Return a run in a content control of this tag."""
    control = _xml(
        f"<w:sdt {_word_namespace()}><w:sdtPr><w:tag w:val={quoteattr(tag)}/></w:sdtPr>"
        "<w:sdtContent/></w:sdt>"
    )
    control[1].append(run)
    return control


def _word_namespace(prefix: str = "w") -> str:
    from docx.oxml.ns import nsdecls

    return str(nsdecls(prefix))


def _shade(cell: Any, colour: str) -> None:
    shading = f'<w:shd {_word_namespace()} w:val="clear" w:fill="{colour}"/>'
    cell._tc.get_or_add_tcPr().append(_xml(shading))


def _paint(run: Any, colour: str) -> None:
    from docx.shared import RGBColor

    run.font.color.rgb = RGBColor.from_string(colour)


def _keep_together(row: Any, *, is_heading: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(_xml(f"<w:cantSplit {_word_namespace()}/>"))
    if is_heading:
        properties.append(_xml(f"<w:tblHeader {_word_namespace()}/>"))


def _without_times(data: bytes) -> bytes:
    """Return the file with one date in all its parts."""
    parts = unzipped(data)
    # Word wants the list of content types first.
    names = sorted(parts, key=lambda name: (name != "[Content_Types].xml", name))
    return zipped((name, parts[name]) for name in names)
