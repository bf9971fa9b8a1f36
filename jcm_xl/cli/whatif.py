"""jcm-xl whatif."""

from __future__ import annotations

from pathlib import Path

import click

from jcm_xl.cli import options
from jcm_xl.cli.screen import show


@click.command("whatif")
@options.BOOK
@click.argument("changes", nargs=-1, required=True, metavar="NAME[ROW]=VALUE...")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
              help="Write a copy with a sheet of native formulas, .xlsx.")  # fmt: skip
@options.FORCE
@options.JSON
@options.STAGE
@options.DEFINITIONS
@options.OVERLAYS
@click.pass_context
def command(
    ctx: click.Context, file: Path, changes: tuple[str, ...], output: Path | None,
    force: bool, is_json: bool, stage: str,
) -> None:  # fmt: skip
    """Calculate a book with other values; the book is not written.

    As 'EC_PJ_i_p[2]=405' or 'EF_grid=0.77'. A copy (-o) has a sheet with a column for
    a verifier's values, which calculates by itself. Exit code 1: there is no figure.
    """
    from jcm_xl import api
    from jcm_xl.text.visible import json_text

    found = api.what_if(file, changes, stage=stage)
    if is_json:
        click.echo(json_text(found.as_dict()), nl=False)
    else:
        show(found.lines())
    if output is not None:
        from jcm_xl.cli.files import refuse_book, write_book
        from jcm_xl.copies.what_if_sheet import write_what_if

        refuse_book(output, force=force, sources=[file])
        data = write_what_if(file, changes, stage)
        write_book(output, data, force=force, sources=[file])
        click.echo(f"Wrote {output}", err=is_json)
    ctx.exit(0 if found.is_complete else 1)
