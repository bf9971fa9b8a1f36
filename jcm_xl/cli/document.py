"""jcm-xl document."""

from __future__ import annotations

from pathlib import Path

import click

from jcm_xl.cli import options


@click.command("document")
@click.argument("key", metavar="ID[@VERSION]")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
              help="The file to write, .html or .docx; without it, one named after the "
              "methodology in this folder.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["html", "docx"]),
              help="The form, if the file's name does not tell.")  # fmt: skip
@options.DEFINITIONS
@options.OVERLAYS
@options.FORCE
def command(key: str, output: Path | None, form: str | None, force: bool) -> None:
    """Write the document of a methodology as a page or for Word.

    Instead of an id, the path of a definition file may be given.
    """
    from jcm_xl.cli.files import write_document
    from jcm_xl.definition.library import load
    from jcm_xl.documents.methodology.page import methodology_html
    from jcm_xl.documents.methodology.word import methodology_docx
    from jcm_xl.errors import JcmError

    m = load(key)
    if output is None:
        output = Path(f"{m.spreadsheet_id}.{form or 'html'}")
    ending = output.suffix.lower()
    form = form or {".html": "html", ".htm": "html", ".docx": "docx"}.get(ending)
    if form is None:
        raise JcmError(f"{output}: name it .html or .docx, or say --format.")
    source = [Path(key)] if key.endswith(".toml") else []
    is_page = form == "html"
    data = methodology_html(m).encode() if is_page else methodology_docx(m)
    write_document(output, data, force=force, sources=source)
