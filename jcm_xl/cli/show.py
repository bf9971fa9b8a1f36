"""jcm-xl show."""

from __future__ import annotations

import click

from jcm_xl.cli import options
from jcm_xl.cli.screen import show


@click.command("show")
@click.argument("key", metavar="ID[@VERSION]")
@options.DEFINITIONS
@options.OVERLAYS
def command(key: str) -> None:
    """Show what a methodology asks for, calculates and rests on.

    Instead of an id, the path of a definition file may be given.
    """
    from jcm_xl.definition.library import load
    from jcm_xl.documents.methodology.show import methodology_lines

    show(methodology_lines(load(key)))
