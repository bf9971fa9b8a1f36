"""jcm-xl units."""

from __future__ import annotations

import click

from jcm_xl.cli.screen import show


@click.command("units")
def command() -> None:
    """List the units that a definition may name, and how they are joined."""
    from jcm_xl.documents.units import unit_lines

    show(unit_lines())
