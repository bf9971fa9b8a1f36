"""jcm-xl addin."""

from __future__ import annotations

from pathlib import Path

import click

from jcm_xl.cli import options
from jcm_xl.cli.files import CannotWrite, write_document


@click.command("addin")
@click.argument("host", type=click.Choice(["libreoffice"]))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True,
              metavar="FILE", help="The add-in to write, .oxt.")  # fmt: skip
@options.DEFINITIONS
@options.OVERLAYS
@options.FORCE
def command(host: str, output: Path, definitions: Path | None, force: bool) -> None:
    """Make the add-in with the live functions for a spreadsheet program.

    It carries the definitions of the library, completed by the official figures of
    --overlays; on the user's machine nothing else has to be installed.
    """
    from jcm_xl.addin.libreoffice.build import build
    from jcm_xl.definition import library

    if output.suffix.lower() != ".oxt":
        raise CannotWrite(f"{output}: an extension of LibreOffice ends in .oxt.")
    entries = list(library.entries(definitions))
    data = build(library.load(entry.key, definitions) for entry in entries)
    write_document(output, data, force=force)
    click.echo(
        f"{len(entries)} definitions. In LibreOffice: Tools > Extension Manager > Add, "
        "then start it anew; =JCM.VERSION() shows that it is there."
    )
