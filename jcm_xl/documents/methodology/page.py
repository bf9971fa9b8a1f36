"""A methodology document as one page of HTML, with equations in MathML."""

from __future__ import annotations

from typing import Any

from jcm_xl.documents.methodology.blocks import Document
from jcm_xl.documents.methodology.document import methodology_document
from jcm_xl.documents.page import render
from jcm_xl.expr.to_mathml import to_mathml
from jcm_xl.expr.typeset import Box
from jcm_xl.model.methodology import Methodology
from jcm_xl.text.visible import visible


def methodology_html(m: Methodology) -> str:
    """Return the document as one page without scripts or foreign parts."""
    return document_html(methodology_document(m))


def document_html(document: Document) -> str:
    """Return a document that was built already."""
    facts: dict[str, Any] = {
        "document": document,
        "math": _math,
        "kind": lambda block: type(block).__name__,
    }
    return render("methodology.html.j2", visible, facts)


def _math(box: Box, plain: str, is_block: bool = False) -> Any:
    from markupsafe import Markup

    return Markup(visible(to_mathml(box, plain, is_block=is_block)))
