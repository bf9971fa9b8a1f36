"""jcm-xl explain."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jcm_xl.cli import options
from jcm_xl.cli.screen import show

if TYPE_CHECKING:
    from jcm_xl.submission.settings import Settings


@click.command("explain")
@options.BOOK
@click.argument("quantity", default="")
@options.JSON
@options.STAGE
@options.GUARD
@options.ALL
@options.DEFINITIONS
@options.OVERLAYS
def command(
    file: Path,
    quantity: str,
    is_json: bool,
    stage: str,
    guard: Settings,
    is_whole: bool,
) -> None:
    """Show how a figure comes about, down to inputs and sources.

    QUANTITY is a name such as RE_p, or RE_i_p[2] for the second unit; without one
    the emission reductions are explained.
    """
    from jcm_xl import api
    from jcm_xl.documents.explanation import SHOWN
    from jcm_xl.text.visible import json_text

    found = api.explain(file, quantity, stage=stage, guard=guard)
    if is_json:
        click.echo(json_text(found.as_dict()), nl=False)
    else:
        show(found.lines(options.limit(is_whole, SHOWN)))
