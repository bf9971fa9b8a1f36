"""jcm-xl whatif."""

from __future__ import annotations

from pathlib import Path

import click

from jcm_xl.cli import options
from jcm_xl.cli.screen import show


@click.command("whatif")
@options.BOOK
@click.argument("changes", nargs=-1, required=True, metavar="NAME[ROW]=VALUE...")
@options.JSON
@options.STAGE
@options.DEFINITIONS
@options.OVERLAYS
@click.pass_context
def command(
    ctx: click.Context, file: Path, changes: tuple[str, ...], is_json: bool,
    stage: str,
) -> None:  # fmt: skip
    """Calculate a book with other values; the book is not written.

    As 'EC_PJ_i_p[2]=405' or 'EF_grid=0.77'. Exit code 1: there is no figure then.
    """
    from jcm_xl import api
    from jcm_xl.text.visible import json_text

    found = api.what_if(file, changes, stage=stage)
    if is_json:
        click.echo(json_text(found.as_dict()), nl=False)
    else:
        show(found.lines())
    ctx.exit(0 if found.is_complete else 1)
