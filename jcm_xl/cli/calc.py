"""jcm-xl calc."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jcm_xl.cli import options
from jcm_xl.cli.screen import show

if TYPE_CHECKING:
    from jcm_xl.submission.settings import Settings


@click.command("calc")
@options.BOOK
@options.JSON
@options.STAGE
@options.GUARD
@options.ALL
@options.DEFINITIONS
@options.OVERLAYS
@click.pass_context
def command(
    ctx: click.Context,
    file: Path,
    is_json: bool,
    stage: str,
    guard: Settings,
    is_whole: bool,
) -> None:
    """Recompute a workbook from its inputs alone.

    Nothing that the sheet shows is used. Exit code 1: inputs are missing, or a
    quantity cannot be calculated.
    """
    from jcm_xl import api
    from jcm_xl.documents.calculation import SHOWN_ROWS
    from jcm_xl.text.visible import json_text

    calculation = api.calc(file, stage=stage, guard=guard)
    if is_json:
        click.echo(json_text(calculation.as_dict()), nl=False)
    else:
        show(calculation.lines(options.limit(is_whole, SHOWN_ROWS)))
    ctx.exit(0 if calculation.is_complete else 1)
