"""jcm-xl catalogue."""

from __future__ import annotations

from pathlib import Path

import click

from jcm_xl.cli import options


@click.command("catalogue")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True,
              metavar="FILE.html", help="The page to write.")  # fmt: skip
@options.DEFINITIONS
@options.OVERLAYS
@options.FORCE
def command(output: Path, force: bool) -> None:
    """Write one searchable page of all methodologies in the library."""
    from jcm_xl.cli.files import CannotWrite, write_document
    from jcm_xl.definition.library import entries
    from jcm_xl.documents.methodology.catalogue import catalogue_html

    if output.suffix.lower() not in (".html", ".htm"):
        raise CannotWrite(f"{output}: the catalogue is a page; end its name in .html.")
    every = options.loaded(entries())
    write_document(output, catalogue_html(every).encode(), force=force)
