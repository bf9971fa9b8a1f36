"""jcm-xl list."""

from __future__ import annotations

import click

from jcm_xl.cli import options
from jcm_xl.cli.screen import show


@click.command("list")
@click.option("--all", "is_whole", is_flag=True,
              help="List those, too, whose text nobody here has seen.")  # fmt: skip
@options.OVERLAYS
def command(is_whole: bool) -> None:
    """Show the methodologies in the library."""
    from jcm_xl.definition.library import entries, load
    from jcm_xl.documents.known import known_lines
    from jcm_xl.documents.methodology import library_lines

    methodologies = [load(entry.key) for entry in entries()]
    lines = known_lines if is_whole else library_lines
    show(lines(methodologies))
