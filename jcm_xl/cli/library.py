"""jcm-xl list."""

from __future__ import annotations

import click

from jcm_xl.cli.screen import show


@click.command("list")
def command() -> None:
    """Show the methodologies in the library."""
    from jcm_xl.definition.library import entries, load
    from jcm_xl.documents.methodology import library_lines

    show(library_lines(load(entry.key) for entry in entries()))
